import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.analysis import robustness

RNG = np.random.default_rng(20260201)


def scores(*rows, names="abc"):
    return pd.DataFrame(rows, columns=list(names[: len(rows[0])]), dtype=float)


def evenly(table):
    """Return weights under which every resample is the states as they are."""
    return np.ones((2, len(table)))


def drawn(table, seed=7):
    return robustness.weights(np.arange(len(table)), seed)


# Two states: in the first a is best, in the second c.
BOTH = scores((5, 3, 1), (0, 6, 8))


def test_regret_is_the_distance_from_the_best_of_the_same_state():
    assert robustness.regrets(BOTH).to_numpy().tolist() == [[0, 2, 4], [8, 2, 0]]


def test_minimax_takes_the_strategy_that_is_never_best_but_never_far():
    table = robustness.regret_table(BOTH, evenly(BOTH))
    assert table.loc[["a", "b", "c"], "mean"].tolist() == [4, 2, 2]
    assert table.loc[["a", "b", "c"], "worst"].tolist() == [8, 2, 4]
    assert robustness.least(table["worst"]) == ["b"]
    assert table.at["b", "minimax"] == 1


def test_what_is_added_to_all_strategies_of_a_state_leaves_regret_as_it_was():
    table = pd.DataFrame(RNG.normal(size=(30, 4)))
    shifted = table.add(RNG.normal(size=30) * 100, axis=0)
    assert robustness.regrets(shifted).to_numpy() == pytest.approx(robustness.regrets(table).to_numpy())


def test_somebody_is_without_regret_in_every_state_and_nobody_below():
    found = robustness.regrets(pd.DataFrame(RNG.normal(size=(40, 5)))).to_numpy()
    assert (found.min(axis=1) == 0).all()


def test_tail_of_regret_is_the_quantile_of_the_states():
    table = pd.DataFrame(RNG.normal(size=(37, 3)))
    expected = np.quantile(table, 0.9, axis=0, method="inverted_cdf")
    assert robustness.tails(table, evenly(table))[0] == pytest.approx(expected)


def test_tail_of_a_resample_is_that_of_the_states_it_repeats():
    table, taken = pd.DataFrame(RNG.normal(size=(20, 2))), RNG.integers(0, 5, (3, 20))
    for weights, found in zip(taken, robustness.tails(table, taken.astype(float)), strict=True):
        repeated = table.loc[table.index.repeat(weights)]
        assert found == pytest.approx(np.quantile(repeated, 0.9, axis=0, method="inverted_cdf"))


def test_interval_of_mean_regret_is_the_percentile_bootstrap():
    table = pd.DataFrame(RNG.normal(size=(60, 3)), columns=list("abc"))
    found = robustness.regret_table(table, drawn(table)).loc["a"]
    missed = robustness.regrets(table)["a"].to_numpy()
    reference = stats.bootstrap(
        (missed,), np.mean, n_resamples=4000, method="percentile", batch=500, rng=np.random.default_rng(1)
    ).confidence_interval
    assert found["mean_low"] == pytest.approx(reference.low, abs=0.05)
    assert found["mean_high"] == pytest.approx(reference.high, abs=0.05)


def test_the_same_seed_draws_the_same_states_and_another_seed_others():
    clusters = np.arange(50)
    assert (robustness.weights(clusters, 3) == robustness.weights(clusters, 3)).all()
    assert (robustness.weights(clusters, 3) != robustness.weights(clusters, 4)).any()


def test_states_of_one_draw_stay_together_in_every_resample():
    weights = robustness.weights([4, 4, 9, 9, 2, 2], 7, resamples=50)
    assert (weights[:, ::2] == weights[:, 1::2]).all()
    assert (weights.sum(axis=1) == 6).all()


def test_true_mean_regret_lies_between_regret_beyond_luck_and_regret_as_measured():
    truth = RNG.normal(size=(400, 4))
    runs = truth + RNG.normal(scale=1.5, size=(6, 400, 4))
    first, second, every = (pd.DataFrame(part.mean(axis=0)) for part in (runs[::2], runs[1::2], runs))
    true = robustness.regrets(pd.DataFrame(truth)).mean()
    low, high = robustness.regret_beyond_luck(first, second), robustness.regrets(every).mean()
    assert (low < true).all()
    assert (true < high).all()


def test_regret_that_is_luck_alone_vanishes_against_a_best_chosen_on_other_luck():
    first, second = (pd.DataFrame(RNG.normal(size=(4000, 5))) for _ in range(2))
    assert robustness.regret_beyond_luck(first, second).to_numpy() == pytest.approx(0, abs=0.08)
    assert (robustness.regrets(first).mean() > 1).all()


def test_a_strategy_satisfices_where_it_meets_every_threshold():
    lasting, hardship = scores((0.2, 0.4), (0.5, 0.6)), -scores((0.1, 0.5), (0.2, 0.3))
    met = robustness.meets({"lasting": lasting, "hardship": hardship}, {"lasting": 0.3, "hardship": -0.3})
    assert met.to_numpy().tolist() == [[False, False], [True, True]]
    assert robustness.satisficing(met, [0, 1])["share"].tolist() == [0.5, 0.5]


def test_share_of_states_that_satisfice_has_wilsons_interval_over_the_draws():
    met = pd.DataFrame({"a": [True] * 81 + [False] * 182})
    found = robustness.satisficing(met, np.arange(263)).loc["a"]
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)  # Newcombe (1998), table I
    twice = robustness.satisficing(pd.concat([met, met]), np.tile(np.arange(263), 2)).loc["a"]
    assert twice.tolist() == found.tolist()  # the same draws in a second scenario are no more draws


def test_default_thresholds_are_medians_unless_a_median_would_ask_nothing():
    thresholds = robustness.default_thresholds(
        {"spread": scores((1, 2), (3, 7)), "rare": scores((0, 0), (0, 1))}
    )
    assert thresholds == {"spread": 2.5, "rare": 0.25}


def test_tighter_thresholds_are_met_in_no_more_states():
    goals = {name: pd.DataFrame(RNG.normal(size=(50, 3))) for name in ("speed", "durability")}
    curves = robustness.tightening(goals)
    assert (curves.loc[0.0] == 1).all()
    assert (curves.diff().iloc[1:] <= 0).all(axis=None)
    loose = {name: float(np.median(table)) for name, table in goals.items()}
    assert robustness.tightening(goals, [0.5]).iloc[0].equals(robustness.meets(goals, loose).mean())


def test_level_strategies_share_their_places():
    found = robustness.places(scores((3, 3, 1), (1, 2, 3)))
    assert found.loc["a"].tolist() == [0.25, 0.25, 0.5]
    assert found.loc["b"].tolist() == [0.25, 0.75, 0]
    assert found.loc["c"].tolist() == [0.5, 0, 0.5]


def test_every_strategy_has_one_place_and_every_place_one_strategy():
    found = robustness.places(pd.DataFrame(RNG.integers(0, 4, (60, 7))))
    assert found.sum(axis=0).to_numpy() == pytest.approx(1)
    assert found.sum(axis=1).to_numpy() == pytest.approx(1)


def test_ranks_follow_worth_and_say_how_sure_they_are():
    worth = pd.DataFrame(RNG.normal(loc=[2.0, 0.0, 0.0], size=(80, 3)), columns=list("abc"))
    found = robustness.rank_table(worth, drawn(worth))
    assert found.index[0] == "a"
    assert found.at["a", "best"] == 1
    assert found.loc[["b", "c"], "top_3"].tolist() == [1, 1]
    assert found["best"].sum() == pytest.approx(1)
    assert (found["low"] <= found["rank"]).all()
    assert (found["rank"] <= found["high"]).all()
    assert found["rank"].mean() == pytest.approx(2)


def test_front_of_a_table_reckoned_by_hand():
    points = [[1, 5], [3, 3], [5, 1], [2, 2], [3, 3], [1, 4]]
    assert robustness.nondominated(points).tolist() == [True, True, True, False, True, False]


@pytest.mark.parametrize("goals", [2, 3, 4])
def test_front_is_that_of_pymoo(goals):
    sorting = pytest.importorskip("pymoo.util.nds.non_dominated_sorting").NonDominatedSorting()
    for points in (RNG.normal(size=(40, goals)), RNG.integers(0, 5, (60, goals))):
        expected = sorting.do(-points.astype(float), only_non_dominated_front=True)
        assert sorted(np.flatnonzero(robustness.nondominated(points))) == sorted(expected)


def test_a_dominated_strategy_is_never_on_the_front():
    points = RNG.normal(size=(200, 6, 3))
    worse = points[:, :1] - RNG.uniform(0.01, 1, (200, 1, 3))
    assert not robustness.nondominated(np.concatenate([points, worse], axis=1))[:, -1].any()


def test_membership_of_the_front_is_sure_for_what_always_dominates_and_open_between_equals():
    luck = RNG.normal(size=(100, 4))
    table = {
        goal: pd.DataFrame(luck + 0.1 * RNG.normal(size=(100, 4)) + worth, columns=list("abcd"))
        for goal, worth in {"speed": [3.0, 0.0, 0.0, -3.0], "durability": [3.0, 0.0, 0.0, -3.0]}.items()
    }
    found = robustness.front_table(table, drawn(table["speed"]))
    assert found.loc["a", ["front", "membership", "dominated_by"]].tolist() == [True, 1, 0]
    assert found.loc["d", ["front", "membership", "dominated_by"]].tolist() == [False, 0, 3]
    assert found.at["d", "by_share"] == 1
    without = {goal: part[["b", "c"]] for goal, part in table.items()}
    open_still = robustness.front_table(without, drawn(table["speed"]))["membership"]
    assert open_still.between(0.02, 0.98).any()


def test_the_best_is_told_apart_only_from_what_is_really_behind():
    luck = RNG.normal(size=(60, 1))
    worth = luck + 0.3 * RNG.normal(size=(60, 3)) + [0.0, -0.02, -1.0]
    table = pd.DataFrame(worth, columns=["a", "b", "c"])
    best, level = robustness.level_with_best(table, np.arange(60))
    assert {best, *level} == {"a", "b"}
