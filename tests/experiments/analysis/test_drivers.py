import numpy as np
import pandas as pd
import pytest

from experiments.analysis import drivers
from experiments.sweeps import sampling

WIDE = {"first": -np.pi, "second": -np.pi, "third": -np.pi}
ENDS = dict.fromkeys(WIDE, np.pi)
#: Analytical indices of the Ishigami function with a = 7 and b = 0.1.
FIRST, TOTAL = (
    {"first": 0.3139, "second": 0.4424, "third": 0.0},
    {"first": 0.5576, "second": 0.4424, "third": 0.2437},
)


def ishigami(points):
    one, two, three = points.to_numpy().T
    return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def straight(points):
    return points.to_numpy() @ np.arange(1.0, points.shape[1] + 1)


@pytest.fixture(scope="module")
def blocks():
    return sampling.saltelli(WIDE, ENDS, 1024, seed=7)


@pytest.fixture(scope="module")
def trajectories():
    return sampling.morris(dict.fromkeys("abcd", 0.0), dict.fromkeys("abcd", 1.0), 20, seed=7)


def test_the_indices_of_a_known_function_lie_within_their_intervals(blocks):
    table = drivers.sobol_indices(blocks, ishigami(blocks)).table
    for name in WIDE:
        assert table.at[name, "first_low"] <= FIRST[name] <= table.at[name, "first_high"]
        assert table.at[name, "total_low"] <= TOTAL[name] <= table.at[name, "total_high"]
    assert (table["total_high"] - table["total_low"] < 0.2).all()


def test_factors_come_in_the_order_of_their_total_index_with_the_way_they_act(blocks):
    table = drivers.sobol_indices(blocks, ishigami(blocks)).table
    assert list(table.index) == ["first", "second", "third"]
    assert list(table["direction"]) == ["raises", "either way", "either way"]


def test_what_first_orders_do_not_add_up_to_is_interaction(blocks):
    together = drivers.sobol_indices(blocks, ishigami(blocks)).together
    assert together.low < 0.7563 < together.high < 0.95


def test_factors_that_only_add_up_leave_nothing_to_interaction(blocks):
    found = drivers.sobol_indices(blocks, straight(blocks))
    known = np.arange(1, 4) ** 2 / 14
    assert np.allclose(found.table["first"][["first", "second", "third"]], known, atol=0.02)
    assert np.allclose(found.table["total"][["first", "second", "third"]], known, atol=0.02)
    assert found.together.low < 1 < found.together.high


def test_one_missing_value_costs_its_block_and_nothing_else(blocks):
    values = ishigami(blocks)
    values[3 * 5 + 2] = np.nan
    found = drivers.sobol_indices(blocks, values)
    rest = np.r_[0:15, 20 : len(values)]
    without = drivers.sobol_indices(blocks.iloc[rest].reset_index(drop=True), values[rest])
    assert (found.kept, found.left_out) == (1023, 1)
    pd.testing.assert_frame_equal(found.table, without.table)


def test_one_missing_value_costs_its_trajectory_and_nothing_else(trajectories):
    values = straight(trajectories) ** 2
    values[7] = np.nan
    found = drivers.morris_effects(trajectories, values)
    without = drivers.morris_effects(
        trajectories.drop(range(5, 10)).reset_index(drop=True), np.delete(values, range(5, 10))
    )
    assert (found.kept, found.left_out) == (19, 1)
    pd.testing.assert_frame_equal(found.table, without.table)


def test_an_unfinished_design_is_read_as_far_as_it_goes(blocks):
    values = ishigami(blocks)
    values[512 * 5 + 1 :] = np.nan
    found = drivers.sobol_indices(blocks, values)
    assert (found.kept, found.left_out) == (512, 512)
    assert list(found.table.index) == ["first", "second", "third"]


@pytest.mark.parametrize("method", [drivers.sobol_indices, drivers.morris_effects])
def test_an_outcome_that_never_changes_has_no_drivers(method, blocks):
    found = method(blocks, np.full(len(blocks), 0.3))
    assert found.constant and found.table.empty and found.leading == []


@pytest.mark.parametrize("method", [drivers.sobol_indices, drivers.morris_effects])
def test_too_few_whole_blocks_give_no_indices_and_are_not_called_constant(method, blocks):
    values = np.full(len(blocks), np.nan)
    values[:15] = np.arange(15)
    found = method(blocks, values)
    assert not found.constant and found.table.empty and found.kept < drivers.FEWEST


def test_straight_lines_have_effects_of_their_slope_without_spread(trajectories):
    table = drivers.morris_effects(trajectories, straight(trajectories)).table
    assert list(table.index) == ["d", "c", "b", "a"]
    assert np.allclose(table["mu_star"], [4, 3, 2, 1]) and np.allclose(table["mu"], [4, 3, 2, 1])
    assert np.allclose(table["sigma"], 0, atol=1e-9)
    assert table["apart"].all() and set(table["direction"]) == {"raises"}


@pytest.mark.parametrize("levels", [2, 4, 6, 8])
def test_effects_do_not_depend_on_how_fine_the_grid_is(levels):
    ends = dict.fromkeys("abcd", 1.0)
    points = sampling.morris(dict.fromkeys(ends, 0.0), ends, 10, 7, levels)
    assert np.allclose(drivers.morris_effects(points, straight(points)).table["mu_star"], [4, 3, 2, 1])


def test_effects_that_depend_on_another_factor_have_spread_and_either_way(trajectories):
    centred = trajectories.to_numpy() - 0.5
    table = drivers.morris_effects(trajectories, centred[:, 0] * centred[:, 1]).table
    assert (table.loc[["a", "b"], "sigma"] > 0.3).all()
    assert set(table.loc[["a", "b"], "direction"]) == {"either way"}
    assert list(table.loc[["c", "d"], "apart"]) == [False, False]


def test_an_idle_factor_is_not_told_apart_from_nothing(blocks):
    found = drivers.sobol_indices(blocks, np.sin(blocks["second"].to_numpy()))
    assert found.leading == ["second"]


def test_luck_of_its_own_is_taken_off_total_indices(blocks):
    values = blocks["first"].to_numpy() + np.random.default_rng(3).normal(size=len(blocks))
    naive, honest = drivers.sobol_indices(blocks, values), drivers.sobol_indices(blocks, values, noise=1.0)
    assert naive.table.at["third", "total"] > 0.15
    assert honest.table.at["third", "total_low"] < 0 < honest.table.at["third", "total_high"]
    assert honest.leading == ["first"]


def test_luck_of_its_own_is_taken_off_effects():
    ends = dict.fromkeys("abc", 1.0)
    points = sampling.morris(dict.fromkeys(ends, 0.0), ends, 200, seed=7)
    values = 2 * points["a"].to_numpy() + np.random.default_rng(3).normal(size=len(points))
    assert set(drivers.morris_effects(points, values).leading) == {"a", "b", "c"}
    assert drivers.morris_effects(points, values, noise=1.0).leading == ["a"]


def test_the_order_of_a_clear_case_is_the_same_on_both_halves(blocks):
    same, leaders, correlation = drivers.agreement(drivers.sobol_indices(blocks, ishigami(blocks)))
    assert (same, leaders) == (3, 3) and correlation == pytest.approx(1)


def test_where_nothing_leads_no_order_is_compared(blocks):
    values = np.random.default_rng(5).normal(size=len(blocks))
    assert drivers.agreement(drivers.sobol_indices(blocks, values, noise=1.0)) is None


def test_intervals_are_the_same_every_time_and_leave_shared_luck_alone(blocks, trajectories):
    before = np.random.get_state()  # noqa: NPY002
    for points, method in ((blocks, drivers.sobol_indices), (trajectories, drivers.morris_effects)):
        values = straight(points) ** 2
        pd.testing.assert_frame_equal(method(points, values).table, method(points, values).table)
    after = np.random.get_state()  # noqa: NPY002
    assert np.array_equal(before[1], after[1]) and before[2:] == after[2:]
