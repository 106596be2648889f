"""Published facts: each figure by arithmetic on a hand-made record, and the worlds that it is asked of."""

import functools
import io
import json

import numpy as np
import pandas as pd
import pytest
from rich.console import Console
from scipy import stats
from typer.testing import CliRunner

from experiments import facts, facts_aloud
from experiments.command import main
from experiments.episodes import (
    Median,
    Sample,
    Share,
    Survival,
    Weibull,
    coded,
    simulated,
    survival_of,
    weibull_errors,
    world_of,
)
from experiments.statistics import Interval
from model.compiled import is_plain
from model.strategy import list_strategies
from model.vocabulary import Ending, InputError, words_of

HORIZON = 100
COLUMNS = (
    *("threatened_at", "imposed_at", "ended_at", "ending"),
    *("io_backed", "senders_most", "commitment", "felt_since"),
)
#: Sixteen episodes: when measures came and the episode ended, how, and what its strata are. The last column
#: is what the target felt on average since the measures came.
RECORD = [
    (0, 0, 6, "acquiesced fully", 1, 3, 0.9, 5.0),
    (0, 2, 14, "acquiesced fully", 1, 3, 0.9, 5.0),
    (0, 0, 24, "acquiesced partly", 1, 2, 0.5, 2.0),
    (0, 0, 12, "negotiated", 1, 1, 0.5, 2.0),
    (0, 4, 40, "negotiated", 0, 2, 0.1, 2.0),
    (0, 0, 60, "sender gave up", 0, 2, 0.1, 1.0),
    (0, 0, 36, "sender gave up", 0, 1, 0.1, 1.0),
    (0, 0, 2, "sender gave up", 0, 1, 0.5, 1.0),
    (0, 0, 84, "stalemate", 0, 1, 0.9, 1.0),
    (0, 0, 10, "acquiesced fully", 0, 1, 0.9, 1.0),
    (0, 0, None, "ongoing", 0, 1, 0.1, 1.0),
    (0, 40, None, "ongoing", 1, 2, 0.5, 2.0),
    (0, None, 3, "yielded to threat", 0, 1, 0.9, 0.0),
    (0, None, 8, "threat dropped", 0, 1, 0.1, 0.0),
    (0, None, 5, "yielded to threat", 0, 2, 0.5, 0.0),
    # It gave way to the threat; that measures came a year later is another story.
    (0, 17, 5, "yielded to threat", 0, 1, 0.5, 1.0),
]


def record():
    """Return the hand-made episodes as ``run_ensemble`` would hand them over."""
    table = pd.DataFrame(RECORD, columns=list(COLUMNS))
    table = table.astype({"imposed_at": float, "ended_at": float, "ending": "category"})
    since = (HORIZON - table.imposed_at).fillna(0.0)
    return table.assign(world=range(len(table)), cost=table.felt_since * since / HORIZON)


def read_off(fact, what):
    """Return the line of the comparison of the hand-made record that is about `what`."""
    table = facts.compared(coded(record(), HORIZON))
    lines = table[(table.fact == fact) & (table.what == what)]
    assert len(lines) == 1
    return lines.iloc[0]


# --- rates by arithmetic -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "what", "holds", "among"),
    [
        ("F01", "gave way", 4, 10),
        ("F02", "gave way or negotiated", 6, 10),
        ("F03", "acquiesced fully", 3, 10),
        ("F03", "acquiesced partly", 1, 10),
        ("F03", "negotiated", 2, 10),
        ("F03", "sender gave up", 3, 10),
        ("F03", "stalemate", 1, 10),
        ("F04", "gave way to the threat", 3, 4),
        ("F05", "imposed", 12, 16),
        ("F18", "gave way, with an organisation's backing", 3, 4),
        ("F18", "gave way, without", 1, 6),
        ("F18", "gave way or negotiated, with an organisation's backing", 4, 4),
        ("F18", "gave way or negotiated, without", 2, 6),
        ("F19", "gave way, several senders", 3, 5),
        ("F19", "gave way, one sender", 1, 5),
        ("F20", "gave way, minor cost", 1, 5),
        ("F20", "gave way, major cost", 1, 3),
        ("F20", "gave way, severe cost", 2, 2),
        ("F20", "gave way or negotiated, minor cost", 1, 5),
        ("F20", "gave way or negotiated, major cost", 3, 3),
        ("F20", "gave way or negotiated, severe cost", 2, 2),
        ("F22", "gave way to the threat, weak commitment", 0, 1),
        ("F22", "gave way to the threat, moderate commitment", 2, 2),
        ("F22", "gave way to the threat, strong commitment", 1, 1),
        ("F22", "imposed, weak commitment", 4, 5),
        ("F22", "imposed, moderate commitment", 4, 6),
        ("F22", "imposed, strong commitment", 4, 5),
    ],
)
def test_a_share_is_counted_as_in_the_record(fact, what, holds, among):
    line = read_off(fact, what)
    assert line.model == pytest.approx(holds / among)
    assert line.episodes == among
    known = stats.binomtest(holds, among).proportion_ci(method="wilson")
    assert (line.low, line.high) == pytest.approx((known.low, known.high))


def test_the_ways_in_which_imposed_episodes_end_add_up():
    table = facts.compared(coded(record(), HORIZON))
    assert table[table.fact == "F03"].model.sum() == pytest.approx(1.0)


def test_every_ending_of_the_model_is_counted_on_one_side():
    """A word that the model uses and the record does not would fall out of every share unseen."""
    endings = {word.replace("-", " ") for word in words_of(Ending)}
    asked = {line.what for line in facts.fact("F03").lines}
    assert endings == asked | {"ongoing", "yielded to threat", "threat dropped"}


# --- time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "share"),
    [
        # Months in force: 2, 6, 10, 12, 12, 24, 36, 36, 60, 84; of 12 one is watched for 60 and one for 100.
        (6, 10 / 12),
        (12, 7 / 12),
        (24, 6 / 12),
        (36, 4 / 12),
        (60, 3 / 12),
        (84, 3 / 12 / 2),
    ],
)
def test_survival_of_measures_counts_the_unfinished_as_long_as_they_are_watched(month, share):
    assert read_off("F11", f"in force after {month} months").model == pytest.approx(share)


def test_survival_is_not_told_beyond_what_was_watched():
    assert np.isnan(read_off("F11", "in force after 120 months").model)


def test_half_of_the_measures_are_gone_at_the_median():
    assert read_off("F11", "median, months").model == 24.0
    assert read_off("F18", "median months, with backing").model == 12.0
    assert read_off("F18", "median months, without").model == 36.0


def test_a_median_is_never_reached_where_most_outlast_the_record():
    short = coded(record().assign(ended_at=np.nan, ending="ongoing"), HORIZON)
    assert Median("imposed").of(short).found.estimate == np.inf
    assert Survival("imposed", 36).of(short).found.estimate == 1.0


def weibull_record(shape, scale, episodes):
    """Return imposed episodes that last as long as a Weibull distribution says, in whole months."""
    lasted = stats.weibull_min(shape, scale=scale).ppf((np.arange(episodes) + 0.5) / episodes)
    watched = lasted < HORIZON
    return pd.DataFrame(
        {
            "imposed": True,
            "resolved": watched,
            "months_in_force": np.floor(np.minimum(lasted, HORIZON)),
            "world": np.arange(episodes),
        }
    )


@pytest.mark.parametrize("shape", [0.5, 1.0])
def test_the_shape_and_the_scale_of_a_weibull_record_are_found_again(shape):
    record = weibull_record(shape, 60.0, 2000)
    found = Weibull("imposed", "shape").of(record).found
    assert found.estimate == pytest.approx(shape, rel=0.02)
    assert found.low < shape < found.high
    assert Weibull("imposed", "scale").of(record).found.estimate == pytest.approx(60.0, rel=0.03)


def test_the_error_of_a_published_shape_is_that_of_its_count_of_endings():
    """The interval that is published with the shape of 330 endings is 0.49 to 0.58."""
    published = facts.fact("F12").lines[0].published
    half = np.log(published.high / published.low) / 2 / 1.96
    assert weibull_errors(330)[0] == pytest.approx(half, rel=0.05)


# --- distances ---------------------------------------------------------------------------------------------


def line_of(fact):
    return facts.fact(fact).lines[0]


def test_a_share_that_is_met_has_no_distance():
    line = line_of("F01")
    assert facts.distance(line, Interval(0.419, 0.4, 0.44)) == (0.0, "z")


def test_a_share_is_measured_in_both_errors_and_a_discrepancy():
    found = Interval(0.519, 0.519 - 0.0392, 0.519 + 0.0392)
    published = (0.472 - 0.368) / (2 * 1.959964)
    expected = 0.1 / np.sqrt(published**2 + 0.02**2 + 0.05**2)
    assert facts.distance(line_of("F01"), found)[0] == pytest.approx(expected, rel=1e-4)


def test_a_published_share_without_an_interval_has_the_error_of_its_count():
    known = facts.known(facts.Figure(0.25, n=100))
    counted = stats.binomtest(25, 100).proportion_ci(method="wilson")
    assert (known.estimate, known.low, known.high) == (0.25, counted.low, counted.high)


def test_a_survival_curve_is_measured_point_by_point():
    distance, kind = facts.distance(line_of("F11"), Interval(0.8, 0.7, 0.9))
    assert kind == "difference"
    assert distance == pytest.approx(0.8 - 0.755)


def test_a_shape_is_measured_by_its_logarithm_as_much_above_as_below():
    line = line_of("F12")
    above = facts.distance(line, Interval(1.08, 1.0, 1.08**2))
    below = facts.distance(line, Interval(0.27, 0.25, 0.27**2 / 0.25))
    assert above[1] == below[1] == "z of logs"
    assert above[0] == pytest.approx(-below[0])


def test_a_time_without_an_interval_is_measured_by_its_ratio():
    line = facts.fact("F12").lines[1]
    assert facts.distance(line, Interval(132.0, 120.0, 144.0)) == (pytest.approx(np.log(2)), "log ratio")


def test_the_distance_of_a_curve_is_the_mean_over_its_months():
    table = facts.compared(coded(record(), HORIZON))
    points = table[(table.fact == "F11") & (table.distance_is == "difference")]
    mean = facts.summary(table).query("fact == 'F11' and distance_is == 'difference'")["mean"].item()
    assert mean == pytest.approx(points.distance.abs().mean())


def test_a_stratum_of_few_worlds_is_marked():
    many = pd.concat([record().assign(world=lambda table, n=n: table.world + 100 * n) for n in range(4)])
    table = facts.compared(coded(many, HORIZON)).set_index(["fact", "what"])
    assert table.loc[("F01", "gave way"), "worlds"] == 40
    assert not table.loc[("F01", "gave way"), "thin"]
    assert table.loc[("F19", "gave way, one sender"), "thin"]


# --- the worlds --------------------------------------------------------------------------------------------

LIVED = [
    pytest.mark.usefixtures("compiled"),
    pytest.mark.skipif(is_plain(), reason="hundreds of runs: compiled only"),
]


def lived(test):
    return functools.reduce(lambda done, mark: mark(done), LIVED, test)


def test_the_worlds_differ_in_what_the_facts_are_broken_down_by():
    disputes = [world_of(seed).text.disputes[0] for seed in Sample(regions=60).seeds]
    assert {dispute.io_backed for dispute in disputes} == {True, False}
    senders = {sum(bool(party.imposed) for party in each.parties) for each in disputes}
    assert senders == {1, 2, 3, 4}
    commitments = np.array([dispute.commitment for dispute in disputes])
    assert np.histogram(commitments, [0.0, 1 / 3, 2 / 3, 1.0])[0].min() >= 10


def test_a_larger_sample_keeps_the_worlds_of_a_smaller_one():
    assert Sample(regions=50).seeds[:20] == Sample(regions=20).seeds
    assert Sample(regions=20, seed=8).seeds != Sample(regions=20).seeds


@functools.cache
def grown():
    """Return the episodes of the first three hundred of the default worlds, each lived once."""
    plans, _ = facts.mixed(None)
    return simulated(Sample(regions=300), plans)


@lived
def test_every_stratum_of_every_fact_has_cases_in_the_first_of_the_default_worlds():
    table = facts.compared(grown()[grown().world < 240])
    assert list(dict.fromkeys(table.fact)) == [fact.id for fact in facts.FACTS]
    assert table.episodes.min() > 0
    assert table.model.notna().all()


@functools.cache
def plain():
    """Return the facts of a few worlds, lived for five years with nothing changed."""
    return facts.facts(regions=24, seed=1, months=60)


@lived
def test_the_same_seed_gives_the_same_facts_and_another_seed_others():
    again, other = (facts.facts(regions=24, seed=seed, months=60) for seed in (1, 2))
    pd.testing.assert_frame_equal(plain(), again)
    assert not again.model.equals(other.model)


@lived
def test_targets_give_way_about_as_often_as_in_the_record():
    """F01 is a rate over many cases, so it is asked of many regions and not of the bundled one."""
    table = facts.compared(grown())
    rates = table[table.fact == "F01"]
    assert len(rates) == 1
    assert 0.25 <= float(rates.model.iloc[0]) <= 0.60


@lived
def test_strategies_take_the_worlds_in_turn():
    many = len(list_strategies())
    episodes = simulated(Sample(regions=2 * many, months=3), list_strategies())
    counts = episodes.strategy.astype(str).value_counts()
    assert set(counts) == {2}
    assert len(counts) == many


@lived
def test_the_numbers_and_the_mechanisms_can_be_changed():
    for change in ({"parameters": {"weariness": 1.0}}, {"without": ("M61",)}):
        changed = facts.facts(regions=24, seed=1, months=60, **change)
        assert not changed.model.equals(plain().model)


# --- the verb ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("compiled")
def test_the_verb_prints_every_fact_and_keeps_what_it_found(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    out = tmp_path / "facts"
    words = ["facts", "--regions", "4", "--months", "30", "--strategy", "step-for-step", "--out", str(out)]
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 0, answer.output
    for fact in facts.FACTS:
        assert f"\n{fact.id} " in f"\n{answer.stdout}"
    assert "Morgan, Bapat and Kobayashi 2014" in answer.stdout
    assert "Nothing is fitted here" in answer.stdout
    assert f"Exploratory, not a forecast. Written to {out}" in answer.stdout
    assert "* rests on fewer than 30 worlds" in answer.stdout
    kept = pd.read_csv(out / "facts.csv")
    assert len(kept) == sum(len(fact.lines) for fact in facts.FACTS)
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["command"].startswith("backchannel facts --strategy step-for-step --regions 4")
    assert manifest["label"] == "Exploratory, not a forecast"
    assert manifest["grown"]["ranges"]["commitment"] == [0.0, 1.0]
    assert (out / "episodes.parquet").exists()


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_of_facts_fits_the_terminal(width):
    table = facts.compared(coded(record(), HORIZON))
    screen = Console(width=width, record=True, file=io.StringIO())
    screen.print(facts_aloud.tabled(table))
    told = screen.export_text()
    assert max(map(len, told.splitlines())) <= width
    assert "0.40 [0.17, 0.69]" in told
    assert "…" not in told


def test_the_survival_curve_says_in_its_title_how_far_it_is_off(tmp_path):
    episodes = coded(record(), HORIZON)
    figure = facts_aloud.survival(episodes)
    curve = survival_of(episodes[episodes.imposed])
    assert "points" in figure.get_suptitle()
    drawn = figure.axes[0].lines[0].get_ydata()
    assert drawn[0] == 1.0
    assert drawn[-1] == curve.survival.iloc[-1]


def test_a_strategy_that_does_not_exist_is_told_in_one_line(tmp_path):
    answer = CliRunner().invoke(main, ["facts", "--strategy", "no-talks", "--out", str(tmp_path / "out")])
    assert answer.exit_code == 2
    assert len(answer.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_strategy_that_is_named_twice_is_refused():
    with pytest.raises(InputError, match=r"'big-bang'.*twice"):
        facts.mixed(["big-bang", "step-for-step", "big-bang"])


def test_a_share_is_told_as_it_is_computed():
    line = facts.fact("F18").lines[0]
    assert isinstance(line.estimator, Share)
    assert line.estimator.told() == "share with gave_way, among imposed and resolved and backed"


def test_the_screen_says_where_the_published_figures_are_from():
    told = " ".join(facts_aloud.sources())
    assert "TIES 4, 1945-2005 (Morgan, Bapat and Kobayashi 2014)" in told
    assert "all matters (F03, F05)" in told
    for fact in facts.FACTS:
        assert fact.id in told
        assert fact.source.rpartition(": ")[2] in told
