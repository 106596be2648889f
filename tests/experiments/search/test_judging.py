import numpy as np
import pytest

from experiments.analysis.robustness import nondominated
from experiments.search import judging

RNG = np.random.default_rng(20260203)


@pytest.mark.parametrize("number", [1, 40, 700])
def test_the_front_of_many_is_that_of_its_parts(number):
    scores = RNG.normal(size=(number, 3)).round(1)
    assert judging.front_of(scores).tolist() == nondominated(scores).tolist()


def test_the_front_of_many_that_are_all_on_it_is_found_too():
    steps = RNG.permutation(600)
    assert judging.front_of(np.column_stack([steps, -steps])).all()


def test_a_candidate_of_which_a_run_failed_is_on_no_front():
    scores = np.array([[1.0, 1.0], [np.nan, 9.0], [2.0, 0.0]])
    assert judging.front_of(scores).tolist() == [True, False, True]


def test_what_is_covered_is_the_area_below_the_front():
    scores = np.array([[0.0, 1.0], [0.5, 0.5], [1.0, 0.0], [0.2, 0.2]])
    side = 1 + judging.MARGIN
    steps = [(0.1, 1.1), (0.5, 0.6), (0.5, 0.1)]
    area = sum(width * height for width, height in steps) / side**2
    assert judging.covered(scores, judging.box_of(scores)) == pytest.approx(area)


def test_the_best_at_every_goal_covers_the_whole_box_whatever_the_units():
    scores = RNG.normal(size=(30, 4)) * [1, 100, 0.001, 1]
    scores[7] = scores.max(axis=0)
    assert judging.covered(scores, judging.box_of(scores)) == pytest.approx(1.0)


def test_a_goal_that_never_varies_leaves_the_rest_comparable():
    scores = np.column_stack([np.arange(5.0), np.ones(5)])
    assert judging.front_of(scores).tolist() == [False] * 4 + [True]
    assert 0 < judging.covered(scores, judging.box_of(scores)) <= 1


def test_what_is_covered_only_grows_with_the_generations():
    scores, generations = RNG.normal(size=(60, 3)), np.repeat([1, 2, 3], 20)
    found = judging.progress(scores, generations, judging.box_of(scores))
    assert found[:, 0].tolist() == [20, 40, 60]
    assert (np.diff(found[:, 1]) >= 0).all()


def test_membership_is_the_share_of_resamples_on_the_front():
    again = np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 1.0], [0.0, 0.0]]])
    assert judging.membership(again).tolist() == [1.0, 0.5]
