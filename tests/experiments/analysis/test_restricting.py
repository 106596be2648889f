import numpy as np
import pytest
from scipy import stats

from experiments.analysis import restricting


def worlds(seed, count=600, numbers=30, inside=0.8, outside=0.15):
    luck = np.random.default_rng(seed)
    drawn = luck.random((count, numbers))
    dense = (drawn[:, 4] > 0.6) & (drawn[:, 17] < 0.5)
    return drawn, luck.random(count) < np.where(dense, inside, outside), luck


def test_parts_are_of_equal_size_and_keep_groups_together():
    groups = np.repeat(np.arange(20), 3)
    dealt = restricting.parts(groups, 5, np.random.default_rng(1))
    assert np.bincount(dealt).tolist() == [12] * 5
    assert all(len(set(dealt[groups == group])) == 1 for group in range(20))


def test_the_numbers_tried_are_those_of_greatest_distance_in_distribution():
    drawn, cases, _ = worlds(1)
    distances = [
        stats.ks_2samp(column[cases], column[~cases], method="asymp").statistic for column in drawn.T
    ]
    assert restricting.separating(drawn, cases, 7) == sorted(np.argsort(distances)[::-1][:7].tolist())


def test_numbers_with_few_levels_are_compared_level_by_level():
    luck = np.random.default_rng(3)
    drawn = luck.integers(0, 3, (300, 15)).astype(float)
    cases = luck.random(300) < np.where(drawn[:, 9] > 0, 0.7, 0.2)
    distances = [
        stats.ks_2samp(column[cases], column[~cases], method="asymp").statistic for column in drawn.T
    ]
    assert restricting.separating(drawn, cases, 1) == [9] == [int(np.argmax(distances))]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_numbers_that_matter_are_taken_in_and_few_others(seed):
    drawn, cases, luck = worlds(seed)
    taken = restricting.restricting(drawn, cases, restricting.parts(np.arange(len(cases)), 5, luck))
    assert set(taken[:2]) == {4, 17}


def test_no_more_numbers_are_taken_in_than_a_person_can_read():
    drawn, cases, luck = worlds(1)
    folds = restricting.parts(np.arange(len(cases)), 5, luck)
    assert len(restricting.restricting(drawn, cases, folds, most=1)) == 1
