"""Orders against brute force: all permutations, and those of them in which nothing comes too early."""

import itertools
import math
from collections import Counter

import numpy as np
import pytest
from scipy.stats import chisquare

from experiments.sweeps import orders
from model.vocabulary import InputError

#: Two steps before each of two others, and a fifth whenever.
SOME = (5, [(0, 2), (0, 3), (1, 3)])


def brute(steps, pairs):
    ways = itertools.permutations(range(steps))
    return [way for way in ways if all(way.index(first) < way.index(second) for first, second in pairs)]


def some_precedence(seed):
    """Return a number of steps and pairs that go in no circle, in no particular direction."""
    luck = np.random.default_rng(seed)
    steps = int(luck.integers(1, 7))
    places = [int(place) for place in luck.permutation(steps)]
    pairs = itertools.combinations(places, 2)
    return steps, [pair for pair in pairs if luck.random() < 0.3]


@pytest.mark.parametrize("seed", range(25))
def test_orders_are_those_permutations_in_which_nothing_comes_too_early(seed):
    steps, pairs = some_precedence(seed)
    valid = brute(steps, pairs)
    found = list(orders.every(steps, pairs))
    assert orders.count(steps, pairs) == len(found) == len(valid)
    assert set(found) == set(valid)


@pytest.mark.parametrize("seed", range(25))
def test_the_files_own_order_is_the_first_wherever_it_is_valid(seed):
    steps, pairs = some_precedence(seed)
    own = tuple(range(steps))
    is_valid = own in brute(steps, pairs)
    assert (next(orders.every(steps, pairs)) == own) == is_valid
    assert (orders.drawn(steps, pairs, 2, seed)[0] == own) == is_valid


@pytest.mark.parametrize("seed", range(10))
def test_every_rank_is_one_valid_order_as_words_stand_in_a_dictionary(seed):
    steps, pairs = some_precedence(seed)
    needed = orders.needs(steps, pairs)
    ways = orders.finishing(needed)
    assert [orders.at_rank(rank, needed, ways) for rank in range(ways(0))] == brute(steps, pairs)


def test_drawn_orders_are_valid_and_never_the_same():
    valid = set(brute(*SOME))
    for number in (2, len(valid) - 1, len(valid), 1000):
        found = orders.drawn(*SOME, number, seed=3)
        assert len(set(found)) == len(found) == min(number, len(valid))
        assert set(found) <= valid


def test_every_order_is_as_likely_to_be_drawn_as_any_other():
    others = Counter(orders.drawn(*SOME, 2, seed)[1] for seed in range(3000))
    assert set(others) == set(brute(*SOME)) - {(0, 1, 2, 3, 4)}
    assert chisquare(list(others.values())).pvalue > 0.001


def test_the_same_seed_draws_the_same_orders_and_another_seed_others():
    assert orders.drawn(9, [(0, 8)], 40, 1) == orders.drawn(9, [(0, 8)], 40, 1)
    assert set(orders.drawn(9, [(0, 8)], 40, 1)) != set(orders.drawn(9, [(0, 8)], 40, 2))


def test_nearly_all_of_many_orders_can_be_drawn():
    assert len(set(orders.drawn(7, [], math.factorial(7) - 1, 1))) == math.factorial(7) - 1


def test_random_keys_say_valid_orders_and_reach_every_one():
    luck = np.random.default_rng(1)
    steps, pairs = SOME
    said = {orders.by_keys(keys, pairs) for keys in luck.random((2000, steps))}
    assert said == set(brute(steps, pairs))


def test_keys_say_the_order_in_which_they_rise_where_nothing_has_to_wait():
    assert orders.by_keys([0.3, 0.1, 0.2], []) == (1, 2, 0)
    assert orders.by_keys([0.3, 0.1, 0.2], [(0, 1)]) == (2, 0, 1)


def test_twenty_steps_are_counted_and_one_more_is_refused():
    assert orders.count(20, []) == math.factorial(20)
    assert orders.count(20, [(place, place + 1) for place in range(19)]) == 1
    assert len(orders.drawn(20, [(0, 19), (3, 2)], 5, 1)) == 5
    with pytest.raises(InputError, match="an order of 21 steps; at most 20"):
        orders.count(21, [])


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ([("Oil", "Bank")], "'Bank' is the title of no stage; there are: .*did you mean 'Banks'"),
        ([("Oil", "Talks")], "'Talks' is the title of several stages"),
        ([("Oil", "Oil")], "goes in a circle"),
        ([("Oil", "Banks"), ("Banks", "Aid"), ("Aid", "Oil")], "before .* before .* goes in a circle"),
    ],
)
def test_what_no_order_can_satisfy_is_refused(before, told):
    with pytest.raises(InputError, match=told):
        orders.pairs_of(["Oil", "Banks", "Aid", "Talks", "Talks"], before)


def test_titles_become_places():
    assert orders.pairs_of(["Oil", "Banks", "Aid"], [("Aid", "Oil")]) == [(2, 0)]
