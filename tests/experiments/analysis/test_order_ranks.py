from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from experiments import statistics
from experiments.analysis import order_ranks
from experiments.analysis.ladder_orders import Orders


def all_orders(steps):
    return np.array(list(permutations(range(steps))))


#: +1 or −1 by whether an even or odd number of exchanges leads there: no pair of steps tells anything of it.
PARITY = np.array([np.linalg.det(np.eye(4)[order]) for order in all_orders(4)])


def lived(means, units=100, noise=1.0, seed=0, steps=3, **known):
    rng = np.random.default_rng(seed)
    orders = all_orders(steps)[: len(means)]
    values = means + 3 * rng.normal(size=(units, 1)) + noise * rng.normal(size=(units, len(means)))
    known.setdefault("valid", len(orders))
    return Orders("ladder", tuple("ABCD"[:steps]), orders, values, tuple(map(str, orders)), **known)


def by_pairs(steps, worths):
    """Return the mean of each order where `worths[A, B]` is won if A comes before B."""
    places = np.argsort(all_orders(steps), axis=1)
    return sum(worth * (places[:, a] < places[:, b]) for (a, b), worth in worths.items())


def alike(rng, size):
    """Return deviations of the orders of four steps; those with one first step share most of their luck."""
    shared, own = rng.normal(size=(*size, 4)), 0.2 * rng.normal(size=(*size, 24))
    values = np.repeat(shared, 6, axis=-1) + own
    return values - values.mean(axis=-1, keepdims=True)


def shuffled_p(gaps, rng, times=199):
    seen = (gaps.sum(axis=0) ** 2).sum()
    drawn = np.array([(rng.permuted(gaps, axis=1).sum(axis=0) ** 2).sum() for _ in range(times)])
    return ((drawn >= seen).sum() + 1) / (times + 1)


def test_orders_that_begin_alike_are_not_called_different_too_often_as_shuffled_labels_would():
    rng = np.random.default_rng(5)
    worlds = alike(rng, (200, 40))
    flipped = np.mean([order_ranks.no_effect(gaps, 199, seed) < 0.05 for seed, gaps in enumerate(worlds)])
    shuffled = np.mean([shuffled_p(gaps, rng) < 0.05 for gaps in worlds])
    assert 0.01 < flipped < 0.1  # 200 worlds: 5 % give or take 1.5
    assert shuffled > 0.12  # P(χ²₃/3 > 95 % quantile of χ²₂₃/23) = 0.21 where beginnings are all of the luck


def test_where_order_does_nothing_to_rare_yes_or_no_outcomes_an_effect_is_found_one_time_in_twenty():
    rng = np.random.default_rng(6)
    worlds = (rng.uniform(size=(400, 60, 6)) < 0.15).astype(float)
    worlds -= worlds.mean(axis=-1, keepdims=True)
    found = np.mean([order_ranks.no_effect(gaps, 199, seed) < 0.05 for seed, gaps in enumerate(worlds)])
    assert 0.025 < found < 0.08


def test_an_effect_of_order_is_found_where_there_is_one():
    orders = lived(by_pairs(3, {(0, 1): 0.5}))
    assert order_ranks.no_effect(order_ranks.deviations(orders)) < 0.001


def test_orders_that_go_alike_in_every_unit_have_no_effect():
    assert order_ranks.no_effect(np.zeros((50, 6))) == 1.0


def test_how_far_an_order_is_behind_the_best_is_their_paired_comparison():
    orders = lived(np.array([0, 0, 1.0, 0, 3.0, 0]))
    table = order_ranks.ranked(orders).set_index("place")
    for place in (0, 2):
        found, p_value = statistics.paired_mean(orders.values[:, 4], orders.values[:, place])
        row = table.loc[place, ["behind", "behind_low", "behind_high", "p"]].astype(float)
        assert row.to_numpy() == pytest.approx([found.estimate, found.low, found.high, p_value])


@pytest.mark.parametrize(("high_is_good", "first"), [(True, 4), (False, 2)])
def test_orders_are_ranked_by_what_is_good(high_is_good, first):
    table = order_ranks.ranked(lived(np.array([0, 0, -3.0, 0, 3.0, 0]), noise=0.5), high_is_good)
    assert table.loc[0, "place"] == first
    assert (table.loc[0, "behind"], table.loc[0, "apart"]) == (0, False)
    assert table.loc[1:, "apart"].all()
    assert table.loc[0, "order"] == " → ".join("ABC"[step] for step in all_orders(3)[first])


def test_no_order_is_called_worse_than_a_best_that_was_picked_by_luck():
    claims = [order_ranks.ranked(lived(np.zeros(6), 40, seed=seed))["apart"].any() for seed in range(200)]
    assert np.mean(claims) <= 0.09


def test_choosing_among_equals_is_worth_nothing_however_well_the_best_did():
    worlds = [lived(np.zeros(24), 30, seed=seed, steps=4) for seed in range(300)]
    found = [order_ranks.choosing(orders) for orders in worlds]
    means = np.array([orders.values.mean(axis=0) for orders in worlds])
    assert np.mean(means.max(axis=1) - means.mean(axis=1)) > 0.3
    assert abs(np.mean([interval.estimate for interval in found])) < 0.05
    assert np.mean([interval.low > 0 for interval in found]) < 0.055  # 2.5 % give or take 0.9


def test_choosing_is_worth_the_distance_of_the_best_from_the_mean():
    orders = lived(np.array([1.2, 0, 0, 0, 0, 0]), 200, noise=0.5)
    found = order_ranks.choosing(orders)
    assert found.low < 1.0 < found.high
    assert order_ranks.choosing(replace(orders, values=-orders.values), high_is_good=False) == found


def test_pairs_that_add_up_explain_all_of_the_differences():
    orders = lived(by_pairs(4, {(0, 1): 1.0, (2, 1): -0.5}), 200, steps=4)
    found = order_ranks.explained(orders)
    assert found.pairs.estimate > 0.97
    assert found.rest_p > 0.05


def test_steps_acting_all_together_are_not_explained_by_pairs():
    found = order_ranks.explained(lived(PARITY, 200, steps=4))
    assert found.pairs.high < 0.05
    assert found.rest_p < 0.001
    assert found.spread == pytest.approx(1.0, abs=0.1)


def test_what_luck_makes_of_equal_orders_is_taken_out_of_their_spread():
    squares = [order_ranks.explained(lived(np.zeros(6), 20, seed=seed), 1).spread for seed in range(200)]
    assert np.mean(np.array(squares) == 0) > 0.4  # half of the time the luck was less than expected


def test_the_share_explained_is_covered_by_its_interval():
    means = by_pairs(4, {(0, 1): 1.0}) + PARITY / 2
    truth = 0.25 / (0.25 + 0.25)
    found = [order_ranks.explained(lived(means, 60, seed=seed, steps=4), 1).pairs for seed in range(120)]
    assert np.mean([interval.low <= truth <= interval.high for interval in found]) > 0.9
    assert np.mean([interval.estimate for interval in found]) == pytest.approx(truth, abs=0.02)


def test_too_few_sampled_orders_do_not_tell_pairs_from_the_rest():
    found = order_ranks.explained(lived(np.arange(4.0), steps=4, valid=24))
    assert np.isnan(found.pairs.estimate)
