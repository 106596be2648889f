"""What is done to strategies before they are compared, and how it is told."""

import pandas as pd
import pytest

from experiments import controls, findings
from model.scenario import load_scenario
from model.strategy import load_strategy

CASE = load_scenario("iran-2012")


def named(*names):
    return [load_strategy(name) for name in names]


def test_without_controls_strategies_are_compared_as_they_are():
    strategies = named("big-bang", "step-for-step")
    assert controls.controlled(strategies, CASE) == (strategies, {}, [])


def test_matched_strategies_spend_the_same_and_it_is_told_what_was_added():
    strategies = named("big-bang", "maximum-pressure", "leverage-reserve")
    matched, copies, told = controls.controlled(strategies, CASE, findings.MEANS)
    totals = pd.DataFrame([strategy.totals(CASE) for strategy in matched], columns=list(findings.MEANS))
    assert findings.unequal_means(totals) == []
    assert copies == {}
    equal, pressed, idle = told
    assert equal.startswith("Planned means are equal for all, in iran-2012: relief ")
    assert pressed.endswith("before relief: big-bang and leverage-reserve.")
    assert "act on nothing" in idle
    assert all(f"{strategy.name} " in idle for strategy in strategies[:2])


def test_nothing_is_told_of_what_did_not_have_to_be_added():
    _, _, told = controls.controlled(named("leverage-reserve"), CASE, ["relief", "effort"])
    assert len(told) == 1


@pytest.mark.parametrize("copies", [1, 3])
def test_each_strategy_is_followed_by_its_shuffled_copies(copies):
    strategies = named("leverage-reserve", "big-bang")
    result, made, told = controls.controlled(strategies, CASE, copies=copies)
    numbers = range(1, copies + 1)
    assert made == {
        "leverage-reserve": [f"leverage-reserve-shuffled-{number}" for number in numbers],
        "big-bang": [],
    }
    assert [each.name for each in result] == ["leverage-reserve", *made["leverage-reserve"], "big-bang"]
    assert len({each.stages for each in result}) == copies + 2
    assert told[1] == "In one order only, and so without a copy: big-bang."


def test_there_are_no_more_copies_than_other_orders():
    twofold = load_strategy("goodwill-snapback")
    made = controls.shuffled_copies(twofold, 50)
    assert [copy.name for copy in made] == [f"goodwill-snapback-shuffled-{number}" for number in range(1, 6)]
    assert len({copy.stages for copy in [twofold, *made]}) == 6


def test_matched_strategies_are_shuffled_as_matched():
    result, copies, _ = controls.controlled(named("leverage-reserve"), CASE, ["effort"], copies=1)
    assert list(copies.values()) == [["leverage-reserve-matched-shuffled-1"]]
    assert result[0].totals(CASE) == pytest.approx(result[1].totals(CASE))


@pytest.mark.parametrize(
    ("apart", "told"),
    [
        ((True, False), "ladder is told apart from 1 of its 2 shuffled copies."),
        ((False, False), "ladder is not told apart from any of its 2 shuffled copies."),
        ((True,), "ladder is told apart from its shuffled copy."),
        ((False,), "ladder is not told apart from its shuffled copy."),
    ],
)
def test_a_strategy_is_held_against_its_shuffled_copies(apart, told):
    names = [f"ladder-shuffled-{number}" for number in range(1, len(apart) + 1)]
    pairs = pd.DataFrame({"first": names, "second": "ladder", "apart": apart})
    assert findings.against_shuffled(pairs, {"ladder": names, "stroke": []}) == [told]
