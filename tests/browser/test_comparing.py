"""Two strategies on the same luck: the differences of their runs, and what is claimed of them."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from browser.charts import difference
from browser.charts.theme import DARK, LIGHT
from browser.reading import comparing
from browser.scene.crowd import Crowd
from browser.scene.settings import Plan, Settings
from browser.scene.sides import COLOURS, LETTERS, sides_of
from experiments.measures import MEASURES
from model import run_ensemble

PAIRS, MONTHS = 60, 36
TWO = Settings(plans=(Plan("step-for-step"), Plan("big-bang")), months=MONTHS)
LEVEL = ("D05", "What triggers relief", "the calendar")
LEVELLED = TWO.but(plans=(Plan(), Plan(levels=(LEVEL,))))


def crowd_of(settings, pairs=PAIRS):
    """Return a small ensemble of two plans, as the page has one of 300."""
    parts = [
        run_ensemble(
            settings.case(),
            settings.strategy(place),
            replicates=pairs,
            seed=settings.seed,
            months=settings.months,
        ).assign(plan=place)
        for place in range(len(settings.plans))
    ]
    return Crowd(settings, (), np.zeros((2, 0, 5, 0)), pd.concat(parts, ignore_index=True), 0.0)


def turned(crowd):
    """Return the same ensemble with its plans in each other's place."""
    settings = crowd.settings.but(plans=crowd.settings.plans[::-1])
    return replace(crowd, settings=settings, runs=crowd.runs.assign(plan=1 - crowd.runs["plan"]))


def doctored(crowd, **columns):
    """Return the ensemble with columns of its runs said otherwise, one value a run of A and then of B."""
    return replace(crowd, runs=crowd.runs.assign(**columns))


@pytest.fixture(scope="module")
def crowd():
    return crowd_of(TWO)


@pytest.fixture(scope="module")
def level():
    return crowd_of(TWO.but(plans=(Plan("big-bang"), Plan("big-bang"))))


# --- differences --------------------------------------------------------------------------------------------


def test_differences_are_means_of_the_differences_pair_by_pair(crowd):
    first = crowd.runs[crowd.runs["plan"] == 0].set_index("replicate")
    second = crowd.runs[crowd.runs["plan"] == 1].set_index("replicate")
    for gap in comparing.gaps(crowd):
        column = gap.measure.column
        if column != "months_waited":
            by_hand = (first[column].astype(float) - second[column].astype(float)).mean()
            assert gap.estimate == pytest.approx(by_hand)
            assert gap.low <= gap.estimate <= gap.high


def test_every_measure_that_strategies_are_compared_on_has_its_difference(crowd):
    assert tuple(gap.measure for gap in comparing.gaps(crowd)) == MEASURES


def test_rows_may_come_in_any_order(crowd):
    mixed = replace(crowd, runs=crowd.runs.sample(frac=1.0, random_state=3))
    before = [(gap.estimate, gap.low, gap.high, gap.ahead) for gap in comparing.gaps(crowd)]
    assert [(gap.estimate, gap.low, gap.high, gap.ahead) for gap in comparing.gaps(mixed)] == before


def test_what_never_came_is_waited_for_to_the_end(crowd):
    never = np.full(PAIRS, np.nan)
    soon = np.full(PAIRS, 4.0)
    gap = comparing.gaps(doctored(crowd, months_to_first_relief=np.concatenate([never, soon])))[2]
    assert gap.measure.column == "months_waited"
    assert gap.estimate == MONTHS - 4.0
    assert (gap.ahead, gap.behind, gap.better) == (0, PAIRS, "B")


def test_never_under_both_is_no_difference(crowd):
    never = np.full(2 * PAIRS, np.nan)
    gap = comparing.gaps(doctored(crowd, months_to_first_relief=never))[2]
    assert (gap.estimate, gap.level, gap.better) == (0.0, PAIRS, "")


def test_swapping_the_two_turns_every_difference_round(crowd):
    swapped = comparing.gaps(turned(crowd))
    assert any(gap.better for gap in swapped)
    for gap, other in zip(comparing.gaps(crowd), swapped, strict=True):
        assert gap.turned().estimate == pytest.approx(other.estimate)
        assert gap.turned().low == pytest.approx(other.low)
        assert (gap.ahead, gap.level, gap.behind) == (other.behind, other.level, other.ahead)
        assert other.better == {"A": "B", "B": "A", "": ""}[gap.better]


def test_equal_plans_are_never_told_apart(level):
    for gap in comparing.gaps(level):
        assert (gap.estimate, gap.ahead, gap.behind, gap.better) == (0.0, 0, 0, "")
    assert "are not told apart: in each of 60 pairs of runs both settled and lasted or neither did" in (
        comparing.sentence(level)
    )
    assert "better" not in comparing.beyond(level)


def test_nothing_is_claimed_where_the_interval_holds_nothing(crowd, level):
    for found in (*comparing.gaps(crowd), *comparing.gaps(level)):
        if found.low <= 0.0 <= found.high:
            assert not found.is_apart and found.better == ""


def test_the_other_measures_pay_for_their_number(crowd):
    won = 6  # of six discordant pairs all won: p of 1 in 32, below 5 % but not when five are looked at
    yes = np.zeros(2 * PAIRS, dtype=bool)
    yes[:won] = True
    same = {"leaks": 0, "reversals": 0, "hardship": 0.5, "months_to_first_relief": 3.0}
    first, second = comparing.gaps(doctored(crowd, settled=yes, settled_and_lasted=yes, **same))[:2]
    assert first.p == second.p == pytest.approx(2 * 0.5**won)
    assert first.is_apart and not second.is_apart


def test_one_pair_tells_nothing_apart():
    found = comparing.gaps(crowd_of(TWO, 1))
    assert not any(gap.is_apart for gap in found)
    assert "unknown to unknown" in next(gap.interval() for gap in found if gap.measure.column == "hardship")


def test_one_plan_is_no_comparison(crowd):
    from model.vocabulary import InputError

    with pytest.raises(InputError, match="two strategies"):
        comparing.gaps(replace(crowd, settings=TWO.but(plans=TWO.plans[:1])))


# --- sentences ----------------------------------------------------------------------------------------------


def test_the_sentence_names_both_the_pairs_and_the_interval(crowd):
    said = comparing.sentence(crowd)
    assert said.startswith("On the same luck, ") and said.endswith(".") and said.count(". ") == 0
    assert "A (step-for-step)" in said and "B (big-bang)" in said
    assert "60 pairs of runs" in said and "95 % interval" in said


def test_the_sentence_begins_with_the_one_that_did_better(crowd):
    lasted = np.concatenate([np.zeros(PAIRS, dtype=bool), np.ones(PAIRS, dtype=bool)])
    said = comparing.sentence(doctored(crowd, settled_and_lasted=lasted))
    assert said.startswith(
        "On the same luck, B (big-bang) settled and lasted more often than A (step-for-step)"
    )
    assert "by 100 points over 60 pairs of runs" in said and "100% against 0%" in said


def test_as_often_but_in_other_pairs_is_said_so(crowd):
    lasted = np.tile([True, False, False, True], PAIRS // 2)
    lasted[PAIRS:] = ~lasted[:PAIRS]
    said = comparing.sentence(doctored(crowd, settled_and_lasted=lasted))
    assert "each settled and lasted in 50% of 60 pairs of runs, though not in the same ones" in said


def test_plans_of_one_strategy_have_names_that_differ():
    names = [side.name for side in sides_of(LEVELLED)]
    assert names == ["A (step-for-step)", "B (step-for-step, D05 at “the calendar”)"]
    same = [side.name for side in sides_of(TWO.but(plans=(Plan(), Plan())))]
    assert same == ["A (step-for-step)", "B (step-for-step)"]


def test_plans_of_one_strategy_are_compared_plan_by_plan():
    crowd = crowd_of(LEVELLED)
    waits = comparing.gaps(crowd)[2]
    assert waits.pairs == PAIRS
    assert "B (step-for-step, D05 at “the calendar”)" in comparing.sentence(crowd)


def test_each_side_has_one_colour_in_every_part_of_the_page():
    from browser.parts.series import named

    _, drawn = named([plan.strategy for plan in TWO.plans])
    assert tuple(drawn) == tuple(side.colour for side in sides_of(TWO)) == COLOURS
    assert len(set(COLOURS)) == len(LETTERS)


def test_unequal_means_are_said_and_equal_ones_are_not():
    assert any("effort" in said and "(A)" in said and "(B)" in said for said in comparing.unequal(TWO))
    assert comparing.unequal(TWO.but(plans=(Plan(), Plan()))) == []


def test_the_table_has_every_number_that_is_drawn(crowd):
    found = comparing.gaps(crowd)
    table = comparing.table(found)
    assert list(table["measure"]) == [gap.measure.phrase for gap in found]
    assert list(table["difference, A minus B"]) == [gap.measure.scale * gap.estimate for gap in found]
    assert (table["A better in"] + table["as good in"] + table["B better in"] == PAIRS).all()
    assert set(table["better"]) <= {"A", "B", "not told apart"}


# --- the chart ----------------------------------------------------------------------------------------------


def test_the_chart_is_plain_and_keeps_its_keys(crowd, level):
    drawn = [
        difference.option(comparing.gaps(each), COLOURS, theme)
        for each, theme in ((crowd, LIGHT), (level, DARK))
    ]
    assert set(drawn[0]) == set(drawn[1])
    for option in drawn:
        assert "NaN" not in json.dumps(option) and "Infinity" not in json.dumps(option)


def test_bars_hold_every_pair(crowd):
    option = difference.option(comparing.gaps(crowd), COLOURS, LIGHT)
    bars = [series for series in option["series"] if series["type"] == "bar"]
    for parts in zip(*(series["data"] for series in bars), strict=True):
        assert sum(part["value"] for part in parts) == pytest.approx(100.0, abs=0.05)


def test_what_favours_a_is_drawn_at_the_left(crowd):
    for gap in comparing.gaps(crowd):
        at = difference.favour(gap, gap.estimate)
        if gap.better:
            assert (at < 0) == (gap.better == "A")


def test_one_pair_can_be_drawn():
    option = difference.option(comparing.gaps(crowd_of(TWO, 1)), COLOURS, LIGHT)
    assert "NaN" not in json.dumps(option)
