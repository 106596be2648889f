"""An effect is read by the least that matters, and its interval covers as often as it says."""

import numpy as np
import pandas as pd
import pytest

from experiments.claims.cases import FAMILIES, REAL
from experiments.claims.contrasts import found_of, interval, measured
from experiments.claims.trial import WORLD


@pytest.mark.parametrize(
    ("effect", "low", "high", "found"),
    [
        (0.20, 0.10, 0.30, "holds"),
        (0.10, 0.01, 0.19, "holds"),
        (0.20, -0.01, 0.41, "open"),
        (0.09, 0.05, 0.13, "open"),
        (0.05, 0.01, 0.09, "same"),
        (0.00, -0.09, 0.09, "same"),
        (0.00, -0.11, 0.11, "open"),
        (-0.20, -0.30, -0.10, "worse"),
        (-0.20, -0.41, 0.01, "open"),
        (-0.09, -0.13, -0.05, "open"),
        (np.nan, -np.inf, np.inf, "open"),
    ],
)
def test_an_effect_is_read_by_the_least_that_matters(claimed, effect, low, high, found):
    [contrast] = claimed(least=0.1).contrasts
    assert found_of(contrast, effect, low, high) == found


@pytest.mark.parametrize(
    ("effect", "low", "high", "found"),
    [
        (0.20, 0.10, 0.30, "holds"),
        (-0.05, -0.09, -0.01, "holds"),
        (-0.05, -0.11, 0.01, "open"),
        (-0.20, -0.30, -0.10, "worse"),
        (-0.20, -0.41, 0.01, "open"),
    ],
)
def test_no_worse_holds_unless_it_may_be_behind_by_what_matters(claimed, effect, low, high, found):
    [contrast] = claimed(least=0.1, contrast={"kind": "no worse"}).contrasts
    assert found_of(contrast, effect, low, high) == found


# --- intervals ---------------------------------------------------------------------------------------------

TRIALS = 800


def alone(gaps, looks=1):
    """The interval of gaps of which each is from a region of its own."""
    return interval(gaps, np.arange(len(gaps)), looks)


def covered(make, truth, looks=1):
    chance = np.random.default_rng(8)
    found = [alone(make(chance), looks) for _ in range(TRIALS)]
    return np.mean([low <= truth <= high for _, low, high, _ in found])


@pytest.mark.parametrize("units", [12, 100])
def test_intervals_of_means_cover_as_often_as_they_say(units):
    assert covered(lambda chance: chance.normal(0.3, 1.0, units), 0.3) == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize("odds", [(0.3, 0.5, 0.2), (0.05, 0.9, 0.05), (0.02, 0.88, 0.1)])
@pytest.mark.parametrize("units", [60])
def test_intervals_of_yes_or_no_cover_as_often_as_they_say_or_more(odds, units):
    def make(chance):
        return chance.choice([-1.0, 0.0, 1.0], units, p=odds)

    share = covered(make, odds[2] - odds[0])
    assert 0.935 <= share < 1.0


@pytest.mark.parametrize("looks", [5])
def test_one_of_several_looks_is_surer_so_that_all_together_are_as_sure_as_one(looks):
    def make(chance):
        return chance.normal(0.3, 1.0, 40)

    assert covered(make, 0.3, looks) == pytest.approx(1 - 0.05 / looks, abs=0.008)


def test_intervals_of_a_yes_or_no_widen_by_bonferronis_rule():
    gaps = np.repeat([-1.0, 0.0, 1.0], [10, 70, 20])
    mean, low, high, _ = alone(gaps)
    same_mean, lower, higher, _ = alone(gaps, 5)
    assert mean == same_mean == pytest.approx(0.1)
    assert (higher - lower) / (high - low) == pytest.approx(2.5758 / 1.9600, rel=0.03)


def test_an_interval_has_a_width_where_no_world_told_yes_from_no():
    mean, low, high, units = alone(np.zeros(50))
    assert (mean, units) == (0.0, 50)
    assert low < 0.0 < high


@pytest.mark.parametrize("gaps", [[], [0.2], [np.nan, 0.2, np.nan], [np.nan]])
def test_of_one_world_or_none_nothing_can_be_told(claimed, gaps):
    effect, low, high, units = alone(gaps)
    assert (low, high) == (-np.inf, np.inf)
    assert units == np.isfinite(gaps).sum()
    assert found_of(claimed().contrasts[0], effect, low, high) == "open"


def test_what_does_not_apply_changes_no_interval():
    gaps = np.random.default_rng(3).normal(size=30)
    assert alone([*gaps, np.nan, np.nan]) == alone(gaps)


# --- worlds that are alike in a region ---------------------------------------------------------------------

GROWN, EACH = 30, 10


def regional(chance, alike):
    """Gaps of worlds that share a part of their luck with the others of their region."""
    return np.repeat(chance.normal(0.0, alike, GROWN), EACH) + chance.normal(0.3, 1.0, GROWN * EACH)


@pytest.mark.parametrize("alike", [0.0, 0.5, 2.0])
def test_intervals_cover_as_often_as_they_say_however_alike_worlds_of_a_region_are(alike):
    chance, regions = np.random.default_rng(5), np.repeat(np.arange(GROWN), EACH)
    found = [interval(regional(chance, alike), regions) for _ in range(TRIALS)]
    assert np.mean([low <= 0.3 <= high for _, low, high, _ in found]) == pytest.approx(0.95, abs=0.02)


def test_taken_for_independent_they_would_miss_much_too_often():
    chance = np.random.default_rng(5)
    found = [alone(regional(chance, 2.0)) for _ in range(TRIALS)]
    assert np.mean([low <= 0.3 <= high for _, low, high, _ in found]) < 0.6


def test_worlds_that_only_repeat_one_another_tell_as_much_as_one_of_each():
    once = np.random.default_rng(6).normal(size=GROWN)
    regions = np.arange(GROWN)
    repeated = interval(np.repeat(once, EACH), np.repeat(regions, EACH))
    assert repeated[:3] == pytest.approx(interval(once, regions)[:3])


@pytest.mark.parametrize("gaps", [np.linspace(-1, 1, 8), np.array([0.0, 1.0] * 4)])
def test_of_one_grown_region_nothing_can_be_told_of_others(gaps):
    grown = [(FAMILIES[0], "one", world) for world in range(8)]
    real = [(REAL, REAL, world) for world in range(8)]
    index = {name: pd.MultiIndex.from_tuples(rows, names=WORLD) for name, rows in [("g", grown), ("r", real)]}
    assert measured(pd.Series(gaps, index["g"]))[1:3] == (-np.inf, np.inf)
    assert np.isfinite(measured(pd.Series(gaps, index["r"]))[:3]).all()
