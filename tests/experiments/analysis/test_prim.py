import warnings

import numpy as np
import pytest

from experiments.analysis import prim

NUMBERS = 4


def planted(seed, worlds=1500, inside=0.85, outside=0.1):
    """Return worlds in which cases are dense where the first number is high and the third is low."""
    luck = np.random.default_rng(seed)
    numbers = luck.random((worlds, NUMBERS))
    dense = (numbers[:, 0] > 0.6) & (numbers[:, 2] < 0.5)
    return numbers, luck.random(worlds) < np.where(dense, inside, outside)


def best(numbers, cases):
    boxes = prim.trajectory(numbers, cases)
    return prim.pruned(boxes[prim.chosen(prim.measures(boxes, numbers, cases))], numbers, cases)


def box(**limits):
    found = prim.whole(NUMBERS)
    for name, (low, high) in limits.items():
        found = found.moved(int(name[1:]), low, high)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_box_is_found_within_its_bounds(seed):
    found = best(*planted(seed))
    assert found.restricted.tolist() == [True, False, True, False]
    assert found.low[0] == pytest.approx(0.6, abs=0.05)
    assert found.high[2] == pytest.approx(0.5, abs=0.05)
    assert np.isinf([found.high[0], found.low[2]]).all()


def test_a_range_in_the_middle_is_found_from_both_sides():
    numbers = np.random.default_rng(4).random((2000, 3))
    found = best(numbers, (numbers[:, 1] > 0.3) & (numbers[:, 1] < 0.6))
    assert (found.low[1], found.high[1]) == (pytest.approx(0.3, abs=0.03), pytest.approx(0.6, abs=0.03))
    assert found.restricted.tolist() == [False, True, False]


def test_the_first_box_of_a_trajectory_is_all_worlds():
    numbers, cases = planted(0)
    first = prim.measures(prim.trajectory(numbers, cases), numbers, cases).iloc[0]
    assert (first["coverage"], first["mass"], first["restricted"]) == (1, 1, 0)
    assert first["density"] == cases.mean()
    assert first["beyond"] == pytest.approx(0)


def test_peels_remove_a_slice_at_a_time_and_never_more_than_is_allowed():
    numbers, cases = planted(1)
    masses = prim.measures(prim.trajectory(numbers, cases, 0.1, 0.2), numbers, cases)["mass"].to_numpy()
    falling = masses[: masses.argmin() + 1]
    assert falling[-1] >= 0.2
    assert falling[-1] * 0.9 < 0.2
    assert np.abs(falling[1:] / falling[:-1] - 0.9).max() < 0.005


def test_pasting_gives_back_what_peeling_took_too_much():
    numbers = (np.arange(100) + 0.5)[:, None] / 100
    cases = numbers[:, 0] > 0.3
    cases[60] = False
    narrow = prim.Box(np.array([0.5]), np.array([np.inf]))
    wider = prim._pasted(narrow, numbers, cases, 0.05)
    assert 0.3 < wider.low[0] < 0.5
    assert cases[wider.inside(numbers)].mean() > cases[narrow.inside(numbers)].mean()


def test_nothing_is_pasted_where_it_would_not_make_the_box_denser():
    numbers = (np.arange(100) + 0.5)[:, None] / 100
    narrow = prim.Box(np.array([0.5]), np.array([np.inf]))
    assert prim._pasted(narrow, numbers, numbers[:, 0] > 0.5, 0.05) is None


def test_limits_are_moved_to_the_edges_that_peeling_missed():
    numbers, cases = planted(8)
    found = prim.sharpened(box(n0=(0.3, np.inf), n2=(-np.inf, 0.8)), numbers, cases)
    assert found.low[0] == pytest.approx(0.6, abs=0.03)
    assert found.high[2] == pytest.approx(0.5, abs=0.03)
    assert found.restricted.tolist() == [True, False, True, False]


def test_moving_limits_never_leaves_a_box_below_the_least_mass():
    numbers, cases = planted(8)
    found = prim.sharpened(box(n0=(0.3, np.inf), n2=(-np.inf, 0.8)), numbers, cases, 0.4)
    assert found.inside(numbers).mean() >= 0.4


def test_worlds_of_one_level_stay_together():
    luck = np.random.default_rng(2)
    numbers = luck.integers(0, 3, (600, 2)).astype(float)
    cases = luck.random(600) < np.where(numbers[:, 1] == 2, 0.8, 0.1)
    found = best(numbers, cases)
    assert found.low.tolist() == [-np.inf, 1.5]
    assert np.isinf(found.high).all()


def test_a_constant_number_is_never_restricted():
    numbers, cases = planted(3)
    numbers[:, 1] = 7.0
    assert not any(found.restricted[1] for found in prim.trajectory(numbers, cases))


def test_a_useless_restriction_has_a_quasi_p_that_is_not_small():
    numbers, cases = planted(5)
    values = prim.quasi_p(box(n0=(0.6, np.inf), n1=(0.3, 0.9), n2=(-np.inf, 0.5)), numbers, cases)
    assert values[0] < 1e-6
    assert values[2] < 1e-6
    assert values[1] > 0.05
    assert np.isnan(values[3])


def test_quasi_p_is_the_binomial_tail_of_the_box_without_the_restriction():
    numbers = np.column_stack([np.arange(20.0), np.zeros(20), np.zeros(20), np.zeros(20)])
    cases = np.arange(20) >= 14  # 6 of 20 are cases; the box holds 5 of them and none else
    values = prim.quasi_p(box(n0=(15.0, np.inf)), numbers, cases)
    assert values[0] == pytest.approx(0.3**5)


def test_pruning_drops_the_useless_side_and_keeps_the_useful_one():
    numbers, cases = planted(6)
    found = prim.pruned(box(n0=(0.6, 0.97), n1=(0.05, np.inf), n2=(-np.inf, 0.5)), numbers, cases)
    assert found.restricted.tolist() == [True, False, True, False]
    assert found.high[0] == np.inf


def test_the_chosen_box_holds_most_cases_beyond_its_share():
    numbers, cases = planted(7)
    boxes = prim.trajectory(numbers, cases)
    measured = prim.measures(boxes, numbers, cases)
    kept = measured.iloc[prim.chosen(measured)]
    gains = measured["mass"] * (measured["density"] - cases.mean())
    assert kept["beyond"] == pytest.approx(gains.max())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_peeling_agrees_with_the_workbench(seed):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the workbench and of what it imports
        pytest.importorskip("ema_workbench")
        import pandas as pd
        from ema_workbench.analysis import prim as workbench

        numbers, cases = planted(seed, worlds=800)
        names = [f"n{place}" for place in range(NUMBERS)]
        theirs = workbench.Prim(
            pd.DataFrame(numbers, columns=names),
            cases,
            obj_function=workbench.PRIMObjectiveFunctions.ORIGINAL,
            peel_alpha=prim.SLICE,
            paste_alpha=prim.SLICE,
            mass_min=prim.LEAST_MASS,
        ).find_box()
    boxes = prim.trajectory(numbers, cases)
    ours = prim.measures(boxes, numbers, cases)
    kept = prim.chosen(ours)
    path = theirs.peeling_trajectory
    peel = int((path["mass"] - ours["mass"][kept]).abs().argmin())
    limits = theirs.box_lims[peel]
    one_peel = prim.SLICE * ours["mass"][kept]
    assert abs(path["mass"][peel] - ours["mass"][kept]) <= one_peel
    assert path["density"][peel] == pytest.approx(ours["density"][kept], abs=0.03)
    assert path["coverage"][peel] == pytest.approx(ours["coverage"][kept], abs=0.05)
    for column, name in ((0, "n0"), (2, "n2")):
        low, high = limits[name].to_numpy(float)
        assert low == pytest.approx(max(boxes[kept].low[column], numbers[:, column].min()), abs=0.05)
        assert high == pytest.approx(min(boxes[kept].high[column], numbers[:, column].max()), abs=0.05)
