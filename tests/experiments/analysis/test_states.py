import numpy as np
import pandas as pd
import pytest

from experiments.analysis import states
from model.vocabulary import InputError

RNG = np.random.default_rng(20260202)
MONTHS = {"a-case": 48, "another-case": 96}
LASTING, WAIT = states.goal("settled_and_lasted"), states.goal("months_to_first_relief")


def runs(values, scenarios=("a-case",), outcome="settled_and_lasted"):
    """Return runs from an array (strategies, draws, replicates), the same in every scenario."""
    values = np.asarray(values, dtype=float)
    strategy, draw, replicate = (axis.ravel() for axis in np.indices(values.shape))
    table = pd.DataFrame(
        {
            "strategy": np.array(["first", "second", "third"])[strategy],
            "draw": draw,
            "replicate": replicate,
            outcome: values.ravel(),
        }
    )
    return pd.concat([table.assign(scenario=name) for name in scenarios], ignore_index=True)


def of(table, *goals):
    goals = goals or (LASTING,)
    return states.states(states.judged(table, goals, MONTHS), goals)


def test_worth_in_a_state_is_the_mean_of_its_replicates():
    found = of(runs([[[1, 0], [1, 1]], [[0, 0], [0, 1]]]))
    assert found.values["settled_and_lasted"].to_numpy().tolist() == [[0.5, 0], [1, 0.5]]
    assert (found.kind, found.replicates, found.left_out) == ("draw", 2, 0)


def test_relief_that_never_came_was_waited_for_to_the_end_of_its_own_scenario():
    table = runs([[[10], [np.nan]], [[20], [30]]], MONTHS, "months_to_first_relief")
    assert of(table, WAIT).values[WAIT.name]["first"].tolist() == [10, 48, 10, 96]


def test_legitimacy_is_the_mean_of_both_sides():
    table = runs(RNG.random((2, 3, 1)), outcome="legitimacy_sender").assign(legitimacy_target=0.5)
    found = of(table, states.goal("legitimacy")).values["legitimacy"]
    expected = (table["legitimacy_sender"] + 0.5) / 2
    assert found.to_numpy().T.ravel() == pytest.approx(expected)


def test_a_gap_that_is_best_at_nothing_counts_by_its_size_run_by_run():
    goal = states.goal("delivery_gap")
    found = of(runs([[[-1, 1], [0, 0]], [[0.5, 0.5], [0, 0]]], outcome="delivery_gap"), goal)
    assert found.values["delivery_gap"].iloc[0].tolist() == [1, 0.5]
    assert found.scores(goal).iloc[0].tolist() == [-1, -0.5]


def test_a_state_that_some_strategy_lacks_is_left_out_and_counted():
    table = runs(RNG.random((2, 4, 2)))
    found = of(table.drop(index=[0]))
    assert found.clusters.tolist() == [1, 2, 3]
    assert found.left_out == 1


def test_a_strategy_that_some_scenario_lacks_is_left_out_and_named():
    table = runs(RNG.random((3, 4, 2)), MONTHS)
    found = of(table[(table["strategy"] != "third") | (table["scenario"] == "a-case")])
    assert found.absent == ("third",)
    assert len(found.clusters) == 8


def test_where_the_numbers_did_not_vary_the_replicates_are_the_states():
    found = of(runs(RNG.random((2, 1, 30))))
    assert (found.kind, found.replicates, len(found.clusters)) == ("replicate", 1, 30)


def test_a_draw_is_one_cluster_in_however_many_scenarios_it_was_run():
    assert of(runs(RNG.random((2, 3, 1)), MONTHS)).clusters.tolist() == [0, 1, 2, 0, 1, 2]


@pytest.mark.parametrize(
    ("shape", "told"), [((1, 5, 2), "at least two are needed"), ((2, 1, 1), "at least two draws")]
)
def test_what_cannot_be_compared_is_refused(shape, told):
    with pytest.raises(InputError, match=told):
        of(runs(RNG.random(shape)))


def test_an_unknown_outcome_is_refused_with_the_nearest_one():
    with pytest.raises(InputError, match="did you mean 'hardship'"):
        states.goal("hardshp")


@pytest.mark.parametrize("replicates", [2, 8])
def test_error_of_a_difference_is_found_from_what_luck_does_within_a_state(replicates):
    truth = RNG.normal(size=(3, 800, 1))
    noisy = truth + RNG.normal(scale=0.5, size=(3, 800, replicates)) + RNG.normal(size=(1, 800, replicates))
    found = states.luck(states.judged(runs(noisy), [LASTING], MONTHS), LASTING)
    assert found.error == pytest.approx(0.5 * np.sqrt(2 / replicates), rel=0.06)  # common luck cancels
    assert found.needed == np.ceil(found.error**2 * replicates / found.tolerated**2)


def test_a_single_run_a_state_gives_an_upper_bound_of_the_error():
    truth = RNG.normal(size=(3, 500, 1))
    noisy = truth + RNG.normal(scale=0.5, size=(3, 500, 1))
    found = states.luck(states.judged(runs(noisy), [LASTING], MONTHS), LASTING)
    assert found.error > 0.5 * np.sqrt(2)


def test_halves_share_no_run_and_average_to_the_whole():
    table = states.judged(runs(RNG.random((2, 5, 4))), [LASTING], MONTHS)
    first, second = states.halves(table, LASTING)
    whole = of(runs(table["settled_and_lasted"].to_numpy().reshape(2, 5, 4))).scores(LASTING)
    assert ((first + second) / 2).to_numpy() == pytest.approx(whole.to_numpy())
    assert (first != second).any(axis=None)


def test_a_single_run_a_state_has_no_halves():
    assert states.halves(states.judged(runs(RNG.random((2, 5, 1))), [LASTING], MONTHS), LASTING) is None
