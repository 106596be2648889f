import numpy as np
import pandas as pd
import pytest

from experiments.analysis import scores
from experiments.sweeps import sampling

NAMES = ["strong", "weak", "idle", "asleep"]


@pytest.fixture(scope="module")
def points():
    return sampling.latin_hypercube(dict.fromkeys(NAMES, 0.0), dict.fromkeys(NAMES, 1.0), 200, seed=7)


@pytest.fixture(scope="module")
def found(points):
    return scores.feature_scores(points, (4 * points["strong"] - 2 * points["weak"]).to_numpy())


def test_factors_come_in_the_order_of_what_they_foretell(found):
    assert list(found.table.index[:2]) == ["strong", "weak"]
    assert found.leading == ["strong", "weak"]
    assert list(found.table["direction"][:2]) == ["raises", "lowers"]


def test_idle_factors_score_nothing(found):
    assert (found.table.loc[["idle", "asleep"], "score"].abs() < 0.01).all()


def test_what_held_out_draws_owe_to_the_factors_is_told(found):
    assert found.explains and found.together.estimate > 0.9 and np.isnan(found.ranking)


def test_scores_of_trees_that_foretell_nothing_are_called_that(points):
    noise = np.random.default_rng(2).normal(size=len(points))
    found = scores.feature_scores(points, noise)
    assert not found.explains and found.leading == []


def test_an_outcome_of_yes_or_no_is_also_judged_by_its_ranking(points):
    found = scores.feature_scores(points, (points["strong"] > 0.5).to_numpy(float))
    assert found.ranking > 0.95


def test_a_lever_in_words_counts_as_one_factor(points):
    level = np.random.default_rng(3).choice(["early", "late", "never"], len(points))
    values = points["weak"].to_numpy() + 2 * (level == "late")
    found = scores.feature_scores(points.assign(release=level), values)
    assert found.leading[0] == "release" and found.table.at["release", "direction"] == "by level"
    assert len(found.table) == 5


def test_rows_of_one_group_are_held_out_together(points):
    twice = pd.concat([points, points], ignore_index=True)
    noise = np.tile(np.random.default_rng(2).normal(size=len(points)), 2)
    assert scores.feature_scores(twice, noise).explains  # each has its twin among the training rows
    assert not scores.feature_scores(twice, noise, list(range(len(points))) * 2).explains


def test_missing_values_are_left_out_and_counted(points):
    values = points["strong"].to_numpy().copy()
    values[:7] = np.nan
    found = scores.feature_scores(points, values)
    assert (found.kept, found.left_out) == (193, 7)


def test_a_constant_outcome_and_too_few_draws_give_no_scores(points):
    assert scores.feature_scores(points, np.ones(len(points))).constant
    few = scores.feature_scores(points[:10], np.arange(10.0))
    assert few.table.empty and not few.constant


def test_scores_are_the_same_every_time_and_leave_shared_luck_alone(points):
    before = np.random.get_state()  # noqa: NPY002
    values = points["strong"].to_numpy() ** 2
    tables = [scores.feature_scores(points, values).table for _ in range(2)]
    pd.testing.assert_frame_equal(*tables)
    after = np.random.get_state()  # noqa: NPY002
    assert np.array_equal(before[1], after[1]) and before[2:] == after[2:]
