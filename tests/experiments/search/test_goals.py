import numpy as np
import pytest

from experiments.search.asked import Target
from experiments.search.goals import aim_of

RNG = np.random.default_rng(20260202)


def aim(outcome, over="mean", **said):
    return aim_of(Target(outcome=outcome, over=over, **said), {})


@pytest.mark.parametrize(("outcome", "sign"), [("hardship", -1), ("legitimacy", 1)])
def test_worst_tenth_is_the_mean_of_the_states_that_go_worst(outcome, sign):
    values = RNG.normal(size=(3, 40))
    found = aim(outcome, "worst-tenth").measured(values, np.ones((1, 40)))[0]
    worst = np.sort(values * sign, axis=1)[:, :4].mean(axis=1) * sign
    assert found == pytest.approx(worst)


def test_a_state_across_the_edge_of_the_worst_tenth_counts_in_part():
    values = np.array([[3.0, 5.0] + [9.0] * 13])  # a tenth of fifteen states is one and a half
    found = aim("legitimacy", "worst-tenth").measured(values, np.ones((1, 15)))
    assert found == pytest.approx((3.0 + 0.5 * 5.0) / 1.5)


@pytest.mark.parametrize("over", ["mean", "worst-tenth", "satisficing"])
def test_a_resample_is_worth_what_the_states_that_it_repeats_are_worth(over):
    said = {"threshold": 0.2} if over == "satisficing" else {}
    goal, values = aim("hardship", over, **said), RNG.normal(size=(2, 20))
    taken = RNG.integers(0, 4, (3, 20))
    found = goal.measured(values, taken.astype(float))
    for weights, row in zip(taken, found, strict=True):
        again = np.repeat(values, weights, axis=1)
        assert row == pytest.approx(goal.measured(again, np.ones((1, again.shape[1])))[0])


def test_satisficing_counts_states_that_are_good_enough_and_more_of_them_is_better():
    hardship = aim("hardship", "satisficing", threshold=0.4)
    found = hardship.measured(np.array([[0.3, 0.4, 0.5, 0.6]]), np.ones((1, 4)))
    assert found == pytest.approx(0.5)
    assert (hardship.sign, hardship.unit) == (1, "share of states")
    assert hardship.phrase == "states with hardship at most 0.4"


def test_values_are_told_in_their_unit():
    assert aim("settled_and_lasted").amount(0.125) == "12.5%"
    assert aim("settled_and_lasted").gap(-0.125) == "-12.5 points"
    assert aim("months_to_first_relief").gap(3.21) == "+3.2 months"
    assert aim("hardship").amount(0.41234) == "0.412"
