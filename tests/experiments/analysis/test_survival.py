"""Survival held against answers known by arithmetic, by simulation of known hazards, and by construction."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.analysis import lives as told_lives
from experiments.analysis import survival
from experiments.analysis.lives import Lives

NEVER = np.nan


def lives(months, way, unit=None, span=None, ways=("died",), units=None):
    months, way = np.asarray(months, np.int64), np.asarray(way, np.int64)
    unit = np.arange(len(months)) if unit is None else np.asarray(unit, np.int64)
    return Lives(months, way, unit, units or int(unit.max()) + 1, ways, span or int(months.max()) + 1)


def geometric(hazard, count, seed, horizon=48, ways=("died",)):
    """Return lives with the same chance to die every month, some of them cut off at the horizon."""
    rng = np.random.default_rng(seed)
    months = rng.geometric(hazard, count)
    cut = rng.integers(horizon // 4, horizon, count)
    way = np.where(months <= cut, rng.integers(0, len(ways), count), -1)
    return lives(np.minimum(months, cut), way, span=horizon, ways=ways)


def swept(strategy, begun, lived, ended, cause="none", **columns):
    """Return a run for each replicate, of one strategy."""
    count = len(begun)
    table = pd.DataFrame(
        {
            "strategy": strategy,
            "replicate": range(count),
            "draw": 0,
            "months_to_agreement": begun,
            "agreement_survival": lived,
            "agreement_ended": ended,
            "agreement_cause": cause,
        }
    )
    return table.assign(**columns)


# --- the curve ---


def test_without_censoring_the_curve_is_the_share_still_alive():
    months = np.random.default_rng(3).geometric(0.1, 200)
    curve = survival.kaplan_meier(lives(months, np.zeros(200)))
    assert curve["survival"].to_numpy() == pytest.approx([(months > t).mean() for t in curve.index])


def test_constant_hazards_give_the_exponential_curve_though_many_lives_are_cut_off():
    found = survival.follow(geometric(0.05, 4000, 5))
    months = np.arange(found.months)
    assert found.curve["survival"].loc[months].to_numpy() == pytest.approx(0.95**months, abs=0.03)
    assert found.mean(24).estimate == pytest.approx((1 - 0.95**24) / 0.05, abs=0.4)
    middle = found.median()
    assert middle.low <= 14 <= middle.high  # 0.95**13 is above a half, 0.95**14 below


def test_a_hand_worked_curve_with_censoring():
    # At risk 8: one is censored in month 2; two of seven die in month 3, one of five (one more is
    # censored) in month 5, one of three in month 8.
    curve = survival.kaplan_meier(lives([3, 3, 5, 8, 2, 5, 9, 9], [0, 0, 0, 0, -1, -1, -1, -1]))
    assert curve["at_risk"].tolist() == [8, 8, 8, 7, 5, 5, 3, 3, 3, 2]
    steps = [1, 1, 1, 5 / 7, 5 / 7, 5 / 7 * 4 / 5, 4 / 7, 4 / 7, 4 / 7 * 2 / 3, 8 / 21]
    assert curve["survival"].to_numpy() == pytest.approx(steps)


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
def test_the_band_is_the_log_log_one_where_every_life_is_a_unit():
    given = geometric(0.05, 60, 5)
    months = given.months.astype(float)
    data = stats.CensoredData(uncensored=months[given.ended], right=months[~given.ended])
    oracle = stats.ecdf(data).sf.confidence_interval(method="log-log")
    curve = survival.kaplan_meier(given)
    assert curve.loc[20, "low"] == pytest.approx(oracle.low.evaluate(20.0))
    assert curve.loc[20, "high"] == pytest.approx(oracle.high.evaluate(20.0))


def test_ten_equal_copies_of_each_life_in_a_unit_make_nothing_surer():
    once = geometric(0.05, 80, 5)
    copies = lives(np.repeat(once.months, 10), np.repeat(once.way, 10), np.repeat(once.unit, 10), once.span)
    alone, many = survival.kaplan_meier(once), survival.kaplan_meier(copies)
    assert many["survival"].to_numpy() == pytest.approx(alone["survival"].to_numpy())
    width = [float(curve.loc[12, "high"] - curve.loc[12, "low"]) for curve in (alone, many)]
    assert width[1] == pytest.approx(width[0], rel=0.2)
    independent = lives(np.repeat(once.months, 10), np.repeat(once.way, 10), span=once.span)
    narrow = survival.kaplan_meier(independent).loc[12]
    assert narrow["high"] - narrow["low"] < width[1] / 2


def test_a_curve_on_which_nobody_died_is_no_certainty():
    found = survival.follow(lives([9] * 20, [-1] * 20))
    assert found.at(5).estimate == 1.0
    assert 0.8 < found.at(5).low < 0.9
    assert found.median().estimate == np.inf
    assert found.mean(9).low < found.mean(9).estimate == 9.0


def test_a_curve_is_told_no_further_than_it_was_followed():
    found = survival.follow(lives([2] * 3 + [5] * 20 + [9] * 4, [0] * 3 + [-1] * 24))
    assert found.months == 6
    assert np.isnan(found.at(6).estimate)
    assert found.at(5).estimate == pytest.approx(24 / 27)


# --- lives and waits ---


def test_an_agreement_alive_at_the_end_is_known_to_be_longer_than_what_was_seen():
    runs = swept("a", [10, 10, 47, NEVER], [5.0, 38.0, 1.0, NEVER], [1.0, 0.0, 0.0, NEVER])
    runs["agreement_cause"] = ["leak", "none", "none", "none"]
    found = told_lives.lives_of(runs, "replicate", 48)["a"]
    assert found.months.tolist() == [5, 37, 0]
    assert found.way.tolist() == [0, -1, -1]
    assert (found.ways, found.units, found.shared) == (("leak",), 4, False)


def test_a_wait_that_never_ended_is_censored_and_not_left_out():
    runs = swept("a", [3.0, 5.0, NEVER, NEVER, NEVER], [NEVER] * 5, [NEVER] * 5)
    waits = told_lives.waits_of(runs, "replicate", 48, "months_to_agreement")["a"]
    found = survival.follow(waits)
    assert found.curve["survival"].iloc[-1] == pytest.approx(0.6)
    assert found.median().estimate == np.inf


def test_the_median_wait_is_that_of_all_runs_never_counting_as_longest():
    waited = [1.0, 4.0, 7.0, NEVER, NEVER]
    waits = told_lives.waits_of(swept("a", waited, waited, waited), "replicate", 9, "months_to_agreement")
    assert survival.follow(waits["a"]).median().estimate == 7.0


# --- ways to end ---


@pytest.mark.parametrize("shared", [False, True])
def test_all_ways_to_die_and_the_living_add_up_to_one(shared):
    given = geometric(0.08, 120, 11, ways=("leak", "noise", "turnover"))
    if shared:
        given = lives(given.months, given.way, np.arange(120) // 4, given.span, given.ways)
    found = survival.follow(given)
    assert found.share.sum(axis=1) + found.curve["survival"].to_numpy() == pytest.approx(1.0)
    assert ((found.resampled.low <= found.share) & (found.share <= found.resampled.high)).all()


def test_without_censoring_the_incidence_is_a_simple_proportion():
    months, way = [1, 1, 2, 3, 3, 3, 4, 4], [0, 1, 0, 1, 1, 0, 0, 0]
    found = survival.follow(lives(months, way, ways=("leak", "noise")))
    assert found.share[2].tolist() == pytest.approx([2 / 8, 1 / 8])
    assert found.share[4].tolist() == pytest.approx([5 / 8, 3 / 8])


def test_with_censoring_the_incidence_is_what_was_worked_by_hand():
    # One of four dies of a leak; one of the three is censored; one of the two left dies by noise.
    found = survival.follow(lives([1, 2, 3, 4], [0, -1, 1, -1], ways=("leak", "noise")))
    assert found.share[-1].tolist() == pytest.approx([1 / 4, 3 / 4 * 1 / 2])


def test_a_competing_way_takes_lives_that_another_would_have_ended():
    given = geometric(0.06, 4000, 2, ways=("leak", "noise"))
    alone = lives(given.months, np.where(given.way == 0, 0, -1), span=given.span)
    competing = survival.follow(given).share[40, 0]
    assert competing == pytest.approx(0.5 * (1 - 0.94**40), abs=0.03)
    assert survival.follow(alone).share[40, 0] > competing + 0.1  # one minus Kaplan and Meier claims too much


def test_intervals_over_resampled_units_hold_the_truth_as_often_as_they_say():
    inside = 0
    for seed in range(30):
        found = survival.follow(geometric(0.06, 100, seed, horizon=28, ways=("leak", "noise")))
        inside += found.resampled.low[20, 0] <= 0.5 * (1 - 0.94**20) <= found.resampled.high[20, 0]
    assert 25 <= inside <= 30


def test_labels_are_simple_proportions_told_at_the_end():
    runs = swept("a", [1] * 8, [1.0] * 8, [1.0] * 8, label=["stalled"] * 6 + ["walked out"] * 2)
    found = survival.follow(told_lives.ends_of(runs, "replicate")["a"])
    table = survival.aalen_johansen(found, [0]).set_index("way")
    assert table["share"].to_dict() == {"stalled": 0.75, "walked out": 0.25}


# --- comparing ---


def test_equal_groups_are_not_told_apart_and_unequal_ones_are():
    found = {name: survival.follow(geometric(0.05, 200, seed)) for name, seed in (("a", 1), ("b", 2))}
    assert not survival.compared(found, 36)["apart"].any()
    found["c"] = survival.follow(geometric(0.15, 200, 3))
    table = survival.compared(found, 36).set_index(["first", "second"])
    assert table["apart"].to_dict() == {("a", "b"): False, ("a", "c"): True, ("b", "c"): True}
    assert table.loc[("a", "c"), "low"] > 0  # a lives longer,
    assert table.loc[("a", "c"), "statistic"] < 0  # and so dies less often than expected


def test_the_log_rank_test_is_scipys():
    one, other = geometric(0.05, 50, 1), geometric(0.09, 50, 2)
    data = [
        stats.CensoredData(uncensored=each.months[each.ended], right=each.months[~each.ended])
        for each in (one, other)
    ]
    oracle = stats.logrank(*data)
    assert survival.logrank(one, other) == pytest.approx((oracle.statistic, oracle.pvalue))


def test_where_nobody_died_there_is_nothing_to_tell_apart():
    alive = lives([9] * 12, [-1] * 12)
    assert survival.logrank(alive, alive) == (0.0, 1.0)


def test_copies_of_a_run_in_one_unit_make_no_difference_significant():
    one, other = geometric(0.05, 40, 1), geometric(0.08, 40, 2)
    copied = [lives(np.repeat(g.months, 9), np.repeat(g.way, 9), np.repeat(g.unit, 9)) for g in (one, other)]
    assert survival.logrank(*copied) == survival.logrank(one, other)


# --- over all runs ---


def test_the_share_under_an_agreement_counts_runs_that_never_had_one():
    runs = swept("a", [2, 3, NEVER, NEVER], [2.0, 6.0, NEVER, NEVER], [1.0, 0.0, NEVER, NEVER])
    found = survival.living(runs, "replicate", 9).set_index("month")["share"]
    assert found.tolist() == [0, 0, 0.25, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25]


def test_the_share_under_an_agreement_sums_to_the_months_under_it():
    rng = np.random.default_rng(1)
    begun = rng.integers(0, 20, 50).astype(float)
    lived = rng.integers(1, 10, 50).astype(float)
    begun[::3] = lived[::3] = NEVER
    found = survival.living(swept("a", begun, lived, 1.0), "replicate", 30)
    assert found["share"].sum() == pytest.approx(np.nansum(lived) / 50)
