"""What is taken away makes the same run again, says what it is, and is whole or refused in a sentence."""

import gc
import io
import json
import os
import subprocess
import sys
import time
import weakref
import zipfile

import duckdb
import numpy as np
import pandas as pd
import pytest
import solara

from browser.exchange.bringing import used
from browser.exchange.links import settings_of
from browser.exchange.tables import TABLES, Asked, whole
from browser.exchange.takeaway import ALL, FIGURE_KINDS, FIGURES, FILES, TABLE_KINDS, again, parcel_of
from browser.exchange.uploads import upload_of
from browser.parts.takeaway import TakeAwayPanel, groups_of, link_or_fault, settings_or_fault
from browser.scene.crowd import QUANTILES, crowd_of
from browser.scene.settings import RUNS, Plan, Settings
from experiments.report import LABEL
from model import SanctionsModel, list_scenarios
from model.parameters import uncertain_numbers
from model.vocabulary import InputError

NUMBER = uncertain_numbers()[0]
LEVELS = (("D01", "Who moves first", "both at once"),)
#: One plan; two of them in the second dispute; everything that can be changed by hand.
PLAIN = Settings(months=24)
PAIR = Settings("two-disputes", (Plan(), Plan("big-bang", LEVELS)), "oskarian-border", months=24)
CHANGED = Settings(
    "stylised-region",
    (Plan("step-for-step", LEVELS),),
    seed=3,
    replicate=2,
    months=24,
    parameters=((NUMBER.name, (NUMBER.low + NUMBER.high) / 2),),
    grow=(("states", 40), ("seed", 5)),
    without=("M14",),
)
CASES = {"plain": PLAIN, "pair": PAIR, "changed": CHANGED}


@pytest.fixture(scope="module")
def asked():
    """Return what is asked for in each case, with its ensemble."""
    return {name: Asked(settings, crowd_of(settings), 5, "watch") for name, settings in CASES.items()}


@pytest.mark.parametrize("case", CASES)
def test_the_files_make_the_same_history_again(asked, case, tmp_path):
    content = zipfile.ZipFile(io.BytesIO(parcel_of(ALL, asked[case]).data))
    content.extractall(tmp_path)
    settings = CASES[case]
    for place, plan in enumerate(settings.plans):
        strategy = settings.strategy(place).name
        watched = SanctionsModel(
            tmp_path / f"{settings.case().name}.toml",
            tmp_path / f"{strategy}.toml",
            settings.seed,
            settings.replicate,
            dict(settings.parameters) or None,
            settings.months,
            settings.without,
        ).run()
        told = pd.read_csv(tmp_path / "months.csv")
        told = told[told["plan"] == "AB"[place]].drop(columns=["plan", "strategy"]).reset_index(drop=True)
        again_lived = watched.series(settings.dispute)
        assert len(told) == 24
        pd.testing.assert_frame_equal(told, again_lived, check_exact=True, check_dtype=False)
        assert plan.strategy in (tmp_path / "README.txt").read_text()


@pytest.mark.parametrize("case", ["plain", "changed"])
def test_what_is_said_to_make_the_history_again_makes_it(asked, case, tmp_path):
    for key in ("scenario.toml", "strategy.toml"):
        parcel = parcel_of(key, asked[case])
        (tmp_path / parcel.name).write_bytes(parcel.data)
    lines = again(asked[case], 0)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([os.getcwd(), os.environ.get("PYTHONPATH", "")]),
    }
    if len(lines) == 1:
        words = lines[0].split()
        assert words[:2] == ["backchannel", "run"]
        command = [sys.executable, "-m", "experiments", *words[1:], "--no-figure", "--out", "again"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=300)
        lived = pd.read_csv(tmp_path / "again" / "months.csv")
    else:
        code = "\n".join([*lines, "history.series().to_csv('months.csv', index=False)"])
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, timeout=300)
        lived = pd.read_csv(tmp_path / "months.csv")
    told = pd.read_csv(io.BytesIO(parcel_of("months.csv", asked[case]).data)).drop(
        columns=["plan", "strategy"]
    )
    pd.testing.assert_frame_equal(told, lived[told.columns], check_exact=True, check_dtype=False)


@pytest.mark.parametrize("case", CASES)
def test_downloaded_settings_show_the_same_page_again(asked, case):
    parcel = parcel_of("settings.json", asked[case])
    assert used(Settings(), upload_of(parcel.data)) == CASES[case]


@pytest.mark.parametrize("scenario", list_scenarios())
def test_a_downloaded_scenario_can_be_uploaded_again(scenario):
    parcel = parcel_of("scenario.toml", Asked(Settings(scenario)))
    after = used(Settings(), upload_of(parcel.data))
    assert (after.scenario, after.case().actors) == (scenario, Settings(scenario).case().actors)


@pytest.mark.parametrize("stem", TABLES)
def test_a_table_holds_the_same_in_both_kinds_of_file(asked, stem, tmp_path):
    for name, each in asked.items():
        table = TABLES[stem](each)
        path = tmp_path / f"{name}.parquet"
        path.write_bytes(parcel_of(f"{stem}.parquet", each).data)
        with duckdb.connect() as connection:
            stored = connection.execute("SELECT * FROM read_parquet($1)", [str(path)]).df()
        read = pd.read_csv(io.BytesIO(parcel_of(f"{stem}.csv", each).data))
        assert list(stored.columns) == list(read.columns) == list(table.columns)
        assert len(stored) == len(read) == len(table) > 0


def test_the_runs_are_those_of_the_ensemble_and_the_bands_its_quantiles(asked):
    crowd = asked["pair"].crowd
    runs, bands = TABLES["runs"](asked["pair"]), TABLES["bands"](asked["pair"])
    assert runs.groupby("plan").size().to_dict() == {"A": RUNS, "B": RUNS}
    shown = bands[(bands["plan"] == "B") & (bands["series"] == "hardship")]
    median = crowd.band(1, "hardship")[QUANTILES.index(0.5)]
    np.testing.assert_array_equal(shown["q0.5"], median)


@pytest.mark.parametrize("key", [f"{stem}.{kind}" for stem in FIGURES for kind in FIGURE_KINDS])
def test_every_figure_says_that_it_is_no_forecast(asked, key):
    stem, _, kind = key.partition(".")
    figure = FIGURES[stem](asked["pair"])
    texts = [text.get_text() for text in figure.findobj(lambda each: hasattr(each, "get_text"))]
    assert any(LABEL in text for text in texts)
    data = parcel_of(key, asked["pair"]).data
    assert data.startswith(b"\x89PNG") if kind == "png" else b"<svg" in data


def test_everything_is_in_one_file_with_a_manifest(asked):
    content = zipfile.ZipFile(io.BytesIO(parcel_of(ALL, asked["pair"]).data))
    names = set(content.namelist())
    assert {f"{stem}.{kind}" for stem in TABLES for kind in TABLE_KINDS} <= names
    assert {f"{stem}.{kind}" for stem in FIGURES for kind in FIGURE_KINDS} <= names
    assert LABEL in content.read("README.txt").decode()
    account = json.loads(content.read("manifest.json"))
    assert (account["seed"], account["months"], account["label"]) == (7, 24, LABEL)
    assert {entry["path"] for entry in (account["scenario"], *account["strategies"])} <= names
    assert os.getcwd() not in content.read("manifest.json").decode()


def test_without_an_ensemble_the_rest_is_there():
    asked = Asked(PLAIN)
    names = zipfile.ZipFile(io.BytesIO(parcel_of(ALL, asked).data)).namelist()
    assert "months.csv" in names
    assert "runs.csv" not in names
    with pytest.raises(InputError, match="not ready yet"):
        parcel_of("runs.csv", asked)


def test_an_ensemble_of_earlier_settings_is_not_taken_for_this_one(asked):
    with pytest.raises(InputError, match="not ready yet"):
        parcel_of("endings.png", Asked(PLAIN.but(seed=8), asked["plain"].crowd))


@pytest.mark.parametrize("key", ["history-b.png", "strategy-b.toml"])
def test_there_is_no_second_strategy_where_none_is_compared(key):
    with pytest.raises(InputError, match="nothing is compared"):
        parcel_of(key, Asked(PLAIN))


@pytest.mark.parametrize("key", ["", "x", "months.exe", "../../etc/passwd", "months", ".csv"])
def test_what_is_not_there_cannot_be_asked_for(key):
    with pytest.raises(InputError, match="no file"):
        parcel_of(key, Asked(PLAIN))


def test_a_history_that_is_too_long_for_a_page_is_not_lived():
    with pytest.raises(InputError, match="too long"):
        whole(Settings(months=10**6), 0)


def test_all_that_is_offered_can_be_asked_for(asked):
    offered = [
        file["key"] for group in groups_of(asked["pair"]) for each in group["items"] for file in each["files"]
    ]
    made = {*FILES, *(f"{stem}.{kind}" for stem in FIGURES for kind in FIGURE_KINDS)}
    made |= {f"{stem}.{kind}" for stem in TABLES for kind in TABLE_KINDS}
    assert sorted(offered) == sorted(made)


def test_the_link_says_where_the_page_stands(asked):
    query = link_or_fault(asked["pair"])["query"]
    assert settings_of(query) == PAIR
    assert "month=5" in query
    assert "tab=watch" in query


def test_a_file_that_cannot_be_used_is_told_and_changes_nothing():
    after, told = settings_or_fault(PLAIN, {"name": "bad.toml", "text": "stages = [", "size": 10, "place": 0})
    assert after is None
    assert told["isFault"]
    assert told["text"].startswith("bad.toml: this is not a TOML file")


@pytest.mark.parametrize("file", [{}, {"text": None, "size": "x"}, {"text": 3, "place": "x"}])
def test_an_odd_message_changes_nothing(file):
    after, told = settings_or_fault(PLAIN, file)
    assert (after, told["isFault"]) == (None, True)


def test_the_view_is_drawn_with_and_without_an_ensemble(asked):
    for each in (asked["pair"], Asked(PLAIN)):
        panel = TakeAwayPanel(each.settings, each.crowd, lambda settings: None)
        box, context = solara.render(panel, handle_error=False)
        assert box.children
        context.close()


def test_a_view_that_was_left_leaves_nothing_in_memory():
    crowd = crowd_of(PLAIN)
    kept = weakref.ref(crowd)
    _, context = solara.render(TakeAwayPanel(PLAIN, crowd, lambda settings: None), handle_error=False)
    context.close()
    del crowd, context
    end = time.monotonic() + 20
    while gc.collect() >= 0 and kept() is not None:
        assert time.monotonic() < end, "it stays"
        time.sleep(0.005)


def test_a_file_that_is_wanted_is_made_beside_the_page():
    _, context = solara.render(TakeAwayPanel(PLAIN, None, lambda settings: None), handle_error=False)
    widget = next(each for each in context.find().widgets if hasattr(each, "parcel"))
    widget.vue_event_want("settings.json")
    end = time.monotonic() + 20
    while not widget.parcel:
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.005)
    assert (widget.parcel["number"], widget.parcel["name"]) == (1, "settings.json")
    context.close()


@pytest.mark.parametrize("stem", ["history", "fans", "endings"])
def test_every_figure_says_what_is_changed_by_hand(asked, stem):
    def texts(case):
        found = FIGURES[stem](asked[case]).findobj(lambda each: hasattr(each, "get_text"))
        return " ".join(" ".join(text.get_text().split()) for text in found)

    for said in (NUMBER.name, "D01 at “both at once”", "without M14", "grown with states 40"):
        assert said in texts("changed")
    assert "Changed by hand" not in texts("plain")
