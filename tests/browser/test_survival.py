"""Survival of first agreements, how runs end, and what is said of both."""

import json

import numpy as np
import pandas as pd
import pytest
import solara

from browser.charts.endings import endings, height_of, shown
from browser.charts.series import PLAN_DASHES
from browser.charts.survival import survival, survival_table
from browser.charts.theme import DARK, LIGHT
from browser.parts.crowd import CrowdPanel
from browser.reading import told
from browser.scene import story
from browser.scene.crowd import Crowd, crowd_of
from browser.scene.settings import RUNS, Plan, Settings
from experiments import palette, statistics
from experiments.measures import PRIMARY
from model.series import READ

MONTHS = 60
PLANS = (Plan(), Plan("big-bang"))
#: One agreement in four dies, after 3, 6 or 9 months; the others are alive for 20 months when the run ends.
LIVED = np.array([3, 20, 20, 20, 6, 20, 20, 20, 9, 20, 20, 20])


def crowd_like(concluded=120, labels=("stalled", "walked out", "settled and durable"), plans=1):
    """An ensemble in which the first so many runs of each plan came to an agreement."""
    lived = np.resize(LIVED, RUNS).astype(float)
    lived[concluded:] = np.nan
    runs = pd.DataFrame(
        {
            "plan": 0,
            "strategy": "step-for-step",
            "replicate": range(RUNS),
            "label": np.resize(labels, RUNS),
            PRIMARY: np.resize(labels, RUNS) == "settled and durable",
            "agreement_survival": lived,
            "agreement_ended": (lived < 20).astype(float),
            "agreement_cause": np.where(lived == 3, "cheating", np.where(lived < 20, "noise", "none")),
        }
    )
    runs = pd.concat([runs.assign(plan=plan) for plan in range(plans)], ignore_index=True)
    bands = np.zeros((plans, len(READ), 5, MONTHS))
    return Crowd(Settings(plans=PLANS[:plans], months=MONTHS), READ, bands, runs, 0.1)


@pytest.fixture(scope="module")
def real():
    return crowd_of(Settings(plans=PLANS))


def by_hand(runs, months):
    """Kaplan and Meier's curve, life by life, from the definition."""
    lived = runs["agreement_survival"].dropna().astype(int)
    died = runs.loc[lived.index, "agreement_ended"] == 1
    at_risk_until = lived.where(died, lived - 1)
    alive, curve = 1.0, []
    for month in range(months):
        at_risk = int((at_risk_until >= month).sum())
        if at_risk:
            alive *= 1 - int((died & (lived == month)).sum()) / at_risk
        curve.append(alive)
    return curve


# --- survival ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", [0, 1])
def test_survival_is_that_of_an_estimate_by_hand(real, plan):
    found = real.followed[plan]
    assert int(found.lives.ended.sum()) > 3
    expected = by_hand(real.runs_of(plan), found.months)
    option = survival(real.followed, ["A", "B"], palette.COLOURS[:2], LIGHT)
    (line,) = [series for series in option["series"] if series["id"] == f"alive-{plan}"]
    assert line["data"] == pytest.approx(100 * np.array(expected), abs=1e-3)
    assert line["step"] == "end"


def test_an_agreement_alive_at_the_end_is_neither_dropped_nor_dead():
    found = crowd_like(concluded=120).followed[0]
    curve = found.curve["survival"]
    assert curve[2] == 1.0
    assert curve[3] == pytest.approx(110 / 120)
    assert curve[19] == pytest.approx(90 / 120)
    assert found.months == 20


def test_the_band_lies_around_the_curve(real):
    option = survival(real.followed, ["A", "B"], palette.COLOURS[:2], LIGHT)
    series = {each["id"]: np.array(each["data"]) for each in option["series"] if each["type"] == "line"}
    for plan in (0, 1):
        low, gap, alive = (series[f"{name}-{plan}"] for name in ("low", "gap", "alive"))
        assert (low <= alive + 1e-6).all()
        assert (alive <= low + gap + 1e-6).all()
        assert gap.max() > 1


def test_two_curves_differ_by_more_than_their_colour(real):
    option = survival(real.followed, ["A", "B"], palette.COLOURS[:2], LIGHT)
    lines = [each for each in option["series"] if each["id"].startswith("alive")]
    assert [line["lineStyle"]["type"] for line in lines] == list(PLAN_DASHES)
    assert len({line["lineStyle"]["color"] for line in lines}) == 2


def test_of_too_few_agreements_there_is_no_curve_but_a_sentence():
    crowd = crowd_like(concluded=6)
    assert crowd.followed == (None,)
    said = told.agreements_in_words(crowd, 0)
    assert said.startswith("In 6 of 300 runs an agreement was concluded; 2 of these died")
    assert said.endswith("too few for a curve.")
    assert survival(crowd.followed, [""], [palette.SENDER], LIGHT)["series"] == []
    assert survival_table(crowd.followed, [""]).empty


def test_where_there_is_no_agreement_it_is_said():
    assert told.agreements_in_words(crowd_like(concluded=0), 0).startswith("In none of 300 runs")


def test_what_agreements_died_of_and_how_many_are_at_risk_is_said():
    said = told.agreements_in_words(crowd_like(concluded=120), 0)
    assert (
        "In 120 of 300 runs an agreement was concluded; 30 of these died (noise 20 and cheating 10)." in said
    )
    assert "Still alive: 75% (" in said
    assert "At risk: 120 at first, 90 after 12 months" in said
    assert "24" not in said  # nobody was watched for so long


def test_a_curve_can_be_read_as_a_table(real):
    table = survival_table(real.followed, ["A", "B"])
    assert table.groupby("plan").size().tolist() == [found.months for found in real.followed]
    assert list(table.columns) == ["month", "alive", "low", "high", "at risk", "ended", "plan"]
    assert "plan" not in survival_table(real.followed[:1], [""])


# --- endings -----------------------------------------------------------------------------------------------


def test_shares_of_endings_add_up_to_one(real):
    table = real.endings()
    assert table.groupby("plan")["share"].sum().tolist() == pytest.approx([1, 1])
    assert table.groupby("plan")["runs"].sum().tolist() == [RUNS, RUNS]
    for plan in (0, 1):
        labels = real.runs_of(plan)["label"].astype(str)
        own = table[table["plan"] == plan].set_index("label")["runs"]
        assert own[own > 0].to_dict() == labels.value_counts()[lambda counts: counts > 0].to_dict()


def test_bars_are_in_the_order_and_the_colours_of_the_palette(real):
    table = real.endings()
    option = endings(table, ["A", "B"], LIGHT)
    labels = option["yAxis"]["data"]
    assert labels == palette.ending_order(real.runs["label"].astype(str))
    for place, series in enumerate(option["series"]):
        assert [bar["itemStyle"]["color"] for bar in series["data"]] == [
            palette.ENDINGS[label] for label in labels
        ]
        assert sum(bar["value"] for bar in series["data"]) == pytest.approx(100, abs=0.01)
        assert all(bar["label"]["formatter"].startswith("AB"[place]) for bar in series["data"])


def test_the_label_of_the_history_so_far_is_marked():
    option = endings(crowd_like().endings(), [""], LIGHT, ["stalled"])
    assert [label for label in option["yAxis"]["data"] if label.startswith("▶")] == ["▶ stalled"]


def test_a_name_cannot_smuggle_markup_into_a_tooltip(real):
    option = endings(real.endings(), ["<img src=x>", "B"], LIGHT)
    curves = survival(real.followed, ["<img src=x>", "B"], palette.COLOURS[:2], LIGHT)
    formatters = [bar["tooltip"]["formatter"] for bar in option["series"][0]["data"]]
    dots = next(each for each in curves["series"] if each["type"] == "scatter")
    formatters += [point["tooltip"]["formatter"] for point in dots["data"]]
    assert len(formatters) > 20
    assert not any("<img" in text for text in formatters)


def test_options_are_json_without_nan(real):
    for theme in (LIGHT, DARK):
        for option in (
            survival(real.followed, ["A", "B"], palette.COLOURS[:2], theme),
            endings(real.endings(), ["A", "B"], theme, ["stalled"]),
        ):
            assert json.loads(json.dumps(option, allow_nan=False)) == option


def test_a_picture_of_endings_has_room_for_its_rows():
    one, two = crowd_like().endings(), crowd_like(plans=2).endings()
    assert int(height_of(one).removesuffix("px")) >= 3 * 16
    assert int(height_of(two).removesuffix("px")) > int(height_of(one).removesuffix("px"))
    assert list(shown(one, [""]).columns) == ["label", "runs", "share"]
    assert set(shown(two, ["A", "B"])["plan"]) == {"A", "B"}


# --- sentences and the panel -------------------------------------------------------------------------------


def test_the_share_that_settled_and_lasted_has_its_interval(real):
    runs = real.runs_of(1)
    found = statistics.wilson(int(runs[PRIMARY].sum()), RUNS)
    said = told.settled_in_words(real, 1)
    assert found.low < found.estimate < found.high
    assert said == (
        f"Settled and lasted in {found.estimate:.0%} ({found.low:.0%} to {found.high:.0%}) of 300 runs."
    )


def test_rules_added_by_hand_are_said_to_be_missing_from_the_runs(monkeypatch):
    assert "by hand" not in told.runs_in_words(Settings())
    monkeypatch.setattr(story, "PHASES", (print,))
    assert "without the rules added by hand" in told.runs_in_words(Settings())


def shown_by(*arguments):
    """Render the panel; return every widget of it, and every text."""
    box, _ = solara.render(CrowdPanel(*arguments), handle_error=False)
    found = list(walked(box))
    return [each for each in found if not isinstance(each, str)], [
        each for each in found if isinstance(each, str)
    ]


def walked(widget):
    yield widget
    for child in [] if isinstance(widget, str) else getattr(widget, "children", []):
        yield from walked(child)


def charts(widgets):
    return {widget.testid: widget for widget in widgets if hasattr(widget, "testid")}


def outdated(widgets):
    return sum("bc-outdated" in (getattr(widget, "class_", None) or "") for widget in widgets)


@pytest.fixture(scope="module")
def chapter():
    lived = story.Story(Settings(months=MONTHS))
    lived.live(5)
    return lived.told()


def test_the_panel_shows_endings_and_survival(chapter):
    widgets, _ = shown_by(crowd_like(), False, (chapter,), LIGHT)
    assert set(charts(widgets)) == {"endings-chart", "survival-chart"}


def test_the_panel_without_an_ensemble_says_so(chapter):
    widgets, texts = shown_by(None, True, (chapter,), LIGHT)
    assert charts(widgets) == {}
    assert texts == ["There are no 300 runs under these settings yet."]


def test_an_outdated_ensemble_is_marked(chapter):
    widgets, texts = shown_by(crowd_like(), True, (chapter,), LIGHT)
    assert any("Outdated" in text for text in texts)
    assert outdated(widgets) == len(charts(widgets)) == 2
    widgets, texts = shown_by(crowd_like(), False, (chapter,), LIGHT)
    assert not any("Outdated" in text for text in texts)
    assert outdated(widgets) == 0


def test_two_plans_are_told_of_one_by_one(chapter):
    widgets, texts = shown_by(crowd_like(plans=2), False, (chapter,), LIGHT)
    (judged,) = [text for text in texts if "Settled and lasted" in text]
    lines = judged.splitlines()
    assert lines[0].startswith("A (step-for-step): Settled")
    assert lines[1].startswith("B (big-bang): Settled")
    assert len(json.loads(charts(widgets)["survival-chart"].option)["series"]) == 8


def test_few_agreements_leave_a_sentence_in_place_of_the_curve(chapter):
    widgets, texts = shown_by(crowd_like(concluded=6), False, (chapter,), LIGHT)
    assert set(charts(widgets)) == {"endings-chart"}
    assert any("too few for a curve" in text for text in texts)
