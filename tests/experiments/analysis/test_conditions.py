import numpy as np
import pandas as pd
import pytest

from experiments.analysis import conditions, conditions_cases, prim
from experiments.statistics import Interval
from model.vocabulary import InputError

UNITS = pd.DataFrame(
    {"one": [0.2, 0.5, -0.9, np.nan], "other": [0.5, 0.5, 0.3, 0.1]}, index=pd.Index(range(4), name="draw")
)


def worlds(seed, count=900, inside=0.85, outside=0.15, numbers=4):
    luck = np.random.default_rng(seed)
    drawn = pd.DataFrame(luck.random((count, numbers)), columns=list("abcdefgh")[:numbers])
    dense = (drawn["a"] > 0.6) & (drawn["c"] < 0.5)
    return drawn, pd.Series(luck.random(count) < np.where(dense, inside, outside)), np.arange(count)


@pytest.mark.parametrize(
    ("better", "expected"),
    [("up", [True, False, True]), ("down", [False, False, False]), ("zero", [False, False, True])],
)
def test_worse_is_what_the_outcome_says_is_worse(better, expected):
    gaps = conditions_cases.behind(UNITS, "one", "other", better)
    assert conditions_cases.losing(gaps).tolist() == expected


def test_a_margin_is_reached_by_its_own_size_and_level_is_never_losing():
    gaps = conditions_cases.behind(UNITS, "one", "other", "up")
    assert conditions_cases.losing(gaps, 0.3).tolist() == [True, False, True]
    assert conditions_cases.losing(gaps, 0.31).tolist() == [False, False, True]


def test_a_negative_margin_is_refused():
    with pytest.raises(InputError, match="allowed is 0 or more"):
        conditions_cases.losing(pd.Series([0.1]), -0.1)


@pytest.mark.parametrize(
    ("better", "expected"),
    [("up", [False, False, True]), ("down", [False, True, False]), ("zero", [False, True, True])],
)
def test_missing_a_threshold_is_below_it_or_above_it(better, expected):
    assert conditions_cases.failing(UNITS["one"], better, 0.2).tolist() == expected


def test_worlds_of_one_block_of_a_design_fall_into_one_half():
    groups = conditions.blocks(pd.RangeIndex(60), {"design": "saltelli", "points": 10}, 60)
    fitted = conditions.halves(groups, seed=1)
    assert fitted.sum() == 30
    assert all(len(set(fitted[start : start + 6])) == 1 for start in range(0, 60, 6))
    assert conditions.blocks(pd.RangeIndex(3), {"design": "latin-hypercube", "points": 3}, 3).tolist() == [
        0,
        1,
        2,
    ]


@pytest.fixture(scope="module")
def found():
    return conditions.discovered(*worlds(1))


def test_a_planted_box_is_found_named_and_holds_out_of_sample(found):
    first = found[0]
    assert first.holds
    assert first.ranges.index.tolist() == ["a", "c"]
    assert first.ranges.loc["a", "low"] == pytest.approx(0.6, abs=0.08)
    assert first.ranges.loc["c", "high"] == pytest.approx(0.5, abs=0.08)
    assert np.isinf([first.ranges.loc["a", "high"], -first.ranges.loc["c", "low"]]).all()
    assert (first.ranges["quasi_p"] < 0.01).all()


def test_what_is_claimed_is_counted_in_the_half_that_was_not_fitted(found):
    drawn, cases, groups = worlds(1)
    unseen = ~conditions.halves(groups, 7)
    inside = unseen & found[0].box.inside(drawn.to_numpy(float))
    assert found[0].held.density.estimate == cases[inside].mean()
    assert found[0].held.elsewhere.estimate == cases[unseen & ~inside].mean()
    assert found[0].held.coverage.estimate == pytest.approx(cases[inside].sum() / cases[unseen].sum())
    assert (found[0].held.worlds, found[0].held.of) == (inside.sum(), unseen.sum())


def test_after_the_only_box_no_second_is_claimed(found):
    assert [one.holds for one in found] == [True, False]


def test_a_second_box_is_found_among_the_worlds_outside_the_first():
    drawn, cases, groups = worlds(2, count=1600)
    cases |= (drawn["b"] > 0.75) & (np.random.default_rng(3).random(1600) < 0.7)
    boxes = conditions.discovered(drawn, cases, groups)
    assert [one.holds for one in boxes] == [True, True]
    assert {name for one in boxes for name in one.ranges.index} >= {"a", "b", "c"}
    assert not (boxes[0].box.inside(drawn.to_numpy(float)).all())


def test_where_nothing_matters_conditions_are_rarely_found():
    claimed = sum(conditions.discovered(*worlds(seed, 240, 0.3, 0.3, 3))[0].holds for seed in range(20))
    assert claimed <= 2  # one in forty each, so that three or more would come in fewer than 2 of 100


def test_where_the_numbers_are_shuffled_the_planted_box_is_gone():
    drawn, cases, groups = worlds(1)
    shuffled = drawn.sample(frac=1, random_state=1).reset_index(drop=True)
    assert not conditions.discovered(shuffled, cases, groups)[0].holds


def test_limits_are_measured_as_they_are_said(found):
    assert found[0].ranges.loc["a", "low"] == round(found[0].ranges.loc["a", "low"], 3)
    assert found[0].box.low[0] == found[0].ranges.loc["a", "low"]


def test_another_step_of_the_trajectory_can_be_taken(found):
    other = conditions.discovered(*worlds(1), step=3)[0]
    assert (other.kept, other.path["mass"][3]) == (3, other.fitted.mass)
    assert other.fitted.mass > found[0].fitted.mass
    with pytest.raises(InputError, match="the trajectory has 0 to"):
        conditions.discovered(*worlds(1), step=4000)


def measured(hits, inside, all_hits=120, of=400):
    numbers = np.arange(of, dtype=float)[:, None]
    cases = np.zeros(of, dtype=bool)
    cases[:hits] = True
    cases[inside : inside + all_hits - hits] = True
    return conditions.measure(prim.Box(np.array([-np.inf]), np.array([inside - 0.5])), numbers, cases)


@pytest.mark.parametrize(
    ("hits", "inside", "looks", "expected"),
    [(30, 50, 1, True), (16, 50, 1, False), (12, 15, 1, False), (24, 50, 1, True), (24, 50, 20, False)],
    ids=["dense", "no denser", "too small", "somewhat denser", "the same at the twentieth look"],
)
def test_a_box_is_claimed_only_where_it_is_dense_large_and_not_the_best_of_many(
    hits, inside, looks, expected
):
    assert conditions.holds(measured(hits, inside), looks) is expected


def test_a_claim_needs_more_density_where_there_are_fewer_worlds():
    many, few = conditions.claimable(2000, 0.3), conditions.claimable(200, 0.3)
    assert 0.3 < many < few < 0.5
    assert np.isnan(conditions.claimable(40, 0.3))


def test_a_box_without_worlds_claims_nothing():
    empty = measured(0, 0)
    assert not conditions.holds(empty)
    assert np.isnan(empty.density.estimate)
    assert isinstance(empty.elsewhere, Interval)
