import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments import statistics

RNG = np.random.default_rng(20120113)


@pytest.mark.parametrize("successes", [0, 1, 7, 20])
def test_wilson_interval_contains_the_share_and_stays_a_share(successes):
    found = statistics.wilson(successes, 20)
    assert 0 <= found.low <= found.estimate <= found.high <= 1


def test_wilson_interval_is_the_published_one():
    found = statistics.wilson(81, 263)  # Newcombe (1998), table I
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_wilson_interval_covers_the_truth_about_as_often_as_it_says():
    drawn = RNG.binomial(100, 0.3, 2000)
    limits = {count: statistics.wilson(int(count), 100) for count in np.unique(drawn)}
    covered = np.mean([limits[count].low <= 0.3 <= limits[count].high for count in drawn])
    assert 0.93 < covered < 0.97


def test_a_run_that_never_got_there_waits_longer_than_any_other():
    assert statistics.median_wait([3, np.nan, 5]).estimate == 5
    assert statistics.median_wait([3, np.nan, np.nan]).estimate == np.inf


def test_median_of_complete_waits_is_the_ordinary_median():
    waits = RNG.integers(1, 60, 40).astype(float)
    assert statistics.median_wait(waits).estimate == np.median(waits)


def test_median_interval_covers_the_true_median_at_least_as_often_as_it_says():
    samples = RNG.exponential(1.0, (1000, 50))
    found = [statistics.median_wait(sample) for sample in samples]
    covered = np.mean([interval.low <= np.log(2) <= interval.high for interval in found])
    assert covered >= 0.94


def test_quartiles_see_the_runs_that_never_got_there():
    assert statistics.quartiles([1, 2, 3, np.nan, np.nan]) == (2.0, np.inf)


def test_paired_difference_is_narrower_than_unpaired_where_luck_is_shared():
    luck = RNG.normal(size=200)
    first, second = luck + 0.1 * RNG.normal(size=200) + 0.2, luck + 0.1 * RNG.normal(size=200)
    paired, p_value = statistics.paired_mean(first, second)
    unpaired = stats.ttest_ind(first, second).confidence_interval()
    assert paired.high - paired.low < 0.3 * (unpaired.high - unpaired.low)
    assert p_value < 1e-6


def test_paired_mean_agrees_with_the_paired_t_test():
    first, second = RNG.normal(size=60), RNG.normal(size=60)
    found, p_value = statistics.paired_mean(first, second)
    reference = stats.ttest_rel(first, second)
    assert p_value == pytest.approx(reference.pvalue)
    assert found.low == pytest.approx(reference.confidence_interval().low)


def test_identical_strategies_differ_by_nothing():
    values = RNG.normal(size=30)
    found, p_value = statistics.paired_mean(values, values)
    assert (found.estimate, found.low, found.high, p_value) == (0, 0, 0, 1)
    assert statistics.paired_share(values > 0, values > 0)[1] == 1


def test_the_same_gap_in_every_pair_is_real():
    found, p_value = statistics.paired_mean(np.arange(30.0) + 1, np.arange(30.0))
    assert found.estimate == 1
    assert p_value < 1e-6


def test_mcnemar_looks_only_at_pairs_that_disagree():
    first = np.array([True] * 12 + [False] * 2 + [True] * 300)
    second = np.array([False] * 12 + [True] * 2 + [True] * 300)
    found, p_value = statistics.paired_share(first, second)
    assert p_value == pytest.approx(stats.binomtest(12, 14).pvalue)
    assert found.estimate == pytest.approx(10 / 314)
    assert found.low < found.estimate < found.high


def test_holm_is_the_textbook_correction():
    assert statistics.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_never_makes_a_difference_more_certain():
    given = RNG.uniform(size=50)
    corrected = statistics.holm(given.tolist())
    assert (corrected >= given).all()
    assert (corrected <= 1).all()


def test_no_difference_is_found_among_equals_more_often_than_promised():
    found = 0
    for _ in range(200):
        lasted = RNG.uniform(size=(4, 60)) < 0.4
        runs = pd.DataFrame(
            {
                "strategy": np.repeat(list("abcd"), 60),
                "replicate": np.tile(np.arange(60), 4),
                "lasted": lasted.ravel(),
            }
        )
        found += bool(statistics.differences(runs, "lasted")["apart"].any())
    assert found <= 18  # 5 % of 200 is 10; 18 is the 99 % quantile


def test_replicates_are_matched_whatever_the_order_of_rows(runs):
    shuffled = runs.sample(frac=1, random_state=1)
    one = statistics.differences(runs, "hardship")
    other = statistics.differences(shuffled, "hardship")
    gaps = {frozenset((pair.first, pair.second)): abs(pair.estimate) for pair in one.itertuples()}
    for pair in other.itertuples():
        assert abs(pair.estimate) == pytest.approx(gaps[frozenset((pair.first, pair.second))])


def test_every_pair_is_compared_as_two_alone_would_be():
    values = RNG.normal(size=(5, 40))
    found = statistics.contrasts(values[:, :, np.newaxis], list("abcde"))
    for pair in found.itertuples():
        one, other = ("abcde".index(name) for name in (pair.first, pair.second))
        reference = stats.ttest_rel(values[one], values[other])
        assert pair.p == pytest.approx(reference.pvalue)
        assert pair.high == pytest.approx(reference.confidence_interval().high)


def test_in_parts_many_pairs_are_compared_as_at_once(monkeypatch):
    values = RNG.normal(size=(7, 20, 3))
    whole = statistics.contrasts(values, list("abcdefg"))
    monkeypatch.setattr(statistics, "LARGEST", 100)
    pd.testing.assert_frame_equal(statistics.contrasts(values, list("abcdefg")), whole)


def test_a_comparison_seen_from_the_other_side_is_turned_round():
    pairs = statistics.contrasts(RNG.normal(size=(3, 20, 1)), list("abc"))
    seen, other = statistics.versus(pairs, "b").loc["a"], pairs.iloc[0]
    assert (seen.estimate, seen.low, seen.high) == (-other.estimate, -other.high, -other.low)
    assert statistics.versus(pairs, "b").index.tolist() == ["c", "a"]


# --- values that are alike in clusters ---------------------------------------------------------------------


@pytest.fixture
def clustered():
    chance = np.random.default_rng(12)
    clusters = np.repeat(np.arange(15), chance.integers(1, 9, 15))
    return chance.normal(0.0, 0.7, 15)[clusters] + chance.normal(0.4, 1.0, len(clusters)), clusters


def test_a_clustered_interval_is_that_of_a_regression_on_nothing_but_a_constant(clustered):
    regression = pytest.importorskip("statsmodels.api").OLS
    values, clusters = clustered
    fitted = regression(values, np.ones(len(values))).fit(
        cov_type="cluster", cov_kwds={"groups": clusters, "use_correction": False}, use_t=True
    )
    found = statistics.clustered_mean(values, clusters)
    sizes = np.unique(clusters, return_counts=True)[1]
    count, effective = len(sizes), sizes.sum() ** 2 / (sizes**2).sum()
    plain = float(fitted.bse[0]) * np.sqrt(count / (count - 1))
    assert found.estimate == pytest.approx(float(fitted.params[0]))
    assert (found.high - found.low) / 2 == pytest.approx(stats.t.ppf(0.975, effective - 1) * plain)
    assert 1 < effective < count


def test_where_each_value_is_a_cluster_of_its_own_the_interval_is_students(clustered):
    values, _ = clustered
    alone = statistics.clustered_mean([*values, np.nan], np.arange(len(values) + 1))
    student = statistics.mean_with_interval(values)
    assert (alone.low, alone.high) == pytest.approx((student.low, student.high))


@pytest.mark.parametrize("large", [40, 1000])
def test_of_one_large_cluster_and_a_tiny_one_nothing_can_be_told_either(large):
    found = statistics.clustered_mean(np.arange(large + 1.0), [0] * large + [1])
    assert (found.low, found.high) == (-np.inf, np.inf)
    even = statistics.clustered_mean([0.0, 0.1, 0.9, 1.0], [0, 0, 1, 1])
    assert np.isfinite([even.low, even.high]).all()


@pytest.mark.parametrize("values", [[], [np.nan], [0.2, 0.4]])
def test_of_one_cluster_or_none_nothing_can_be_told(values):
    found = statistics.clustered_mean(values, np.zeros(len(values)))
    assert (found.low, found.high) == (-np.inf, np.inf)
