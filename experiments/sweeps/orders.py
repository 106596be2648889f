"""Valid orders of steps: counted, enumerated and drawn, under the rule that some come before others.

An order is valid if it is a linear extension of what has to come before what. All of them are listed by
networkx; how many there are, and the one of a given rank, follow from counting how many ways there are to
finish from each set of steps already taken. Ranks drawn evenly and without repetition are orders drawn so.
Counting is hard in general (Brightwell and Winkler 1991), but exact and quick to some twenty steps.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from model.vocabulary import InputError, nearest

#: Above so many steps the ways to finish are too many to be counted.
MOST_STEPS = 20
Order = tuple[int, ...]
Pairs = Sequence[tuple[int, int]]


def pairs_of(titles: Sequence[str], before: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Return pairs of titles as pairs of places, the first before the second.

    Raises
    ------
    InputError
        If a title is none of ``titles`` or stands there twice, or the pairs go in a circle.
    """
    import networkx

    for title in dict.fromkeys(title for pair in before for title in pair):
        if titles.count(title) != 1:
            told = "; ".join(titles)
            fault = "is the title of several stages" if title in titles else "is the title of no stage"
            raise InputError(f"before: '{title}' {fault}; there are: {told}{nearest(title, titles)}")
    pairs = [(titles.index(first), titles.index(second)) for first, second in before]
    graph = networkx.DiGraph(pairs)
    if not networkx.is_directed_acyclic_graph(graph):
        circle = " before ".join(titles[first] for first, _ in networkx.find_cycle(graph))
        raise InputError(f"before: {circle} goes in a circle; no order satisfies it")
    return pairs


def count(steps: int, pairs: Pairs) -> int:
    """Return how many orders of so many ``steps`` there are in which each pair stands first before second.

    Raises
    ------
    InputError
        If there are more steps than can be counted.
    """
    return finishing(needs(steps, pairs))(0)


def needs(steps: int, pairs: Pairs) -> list[int]:
    """Return for each step the set of those that have to come before it; sets are the bits of a number."""
    needed = [0] * steps
    for first, second in pairs:
        needed[second] |= 1 << first
    return needed


def finishing(needed: Sequence[int]) -> Callable[[int], int]:
    """Return a function that says in how many ways the steps that are not yet taken can follow.

    Raises
    ------
    InputError
        If there are more steps than can be counted.
    """
    steps = len(needed)
    if steps > MOST_STEPS:
        raise InputError(f"an order of {steps} steps; at most {MOST_STEPS} can be put in every order")

    @functools.cache
    def ways(taken: int) -> int:
        left = [step for step in range(steps) if not taken >> step & 1]
        if not any(needed[step] & ~taken for step in left):  # nothing has to wait for anything
            return math.factorial(len(left))
        return sum(ways(taken | 1 << step) for step in left if not needed[step] & ~taken)

    return ways


def ready(needed: Sequence[int], taken: int) -> list[int]:
    """Return the steps that may come next when some are ``taken``."""
    return [step for step, first in enumerate(needed) if not (taken >> step & 1 or first & ~taken)]


def every(steps: int, pairs: Pairs) -> Iterator[Order]:
    """Yield every valid order, that of the file first if it is valid."""
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(range(steps))
    graph.add_edges_from(pairs)
    own = tuple(range(steps))
    found = map(tuple, networkx.all_topological_sorts(graph))
    if all(first < second for first, second in pairs):
        yield own
    yield from (order for order in found if order != own)


def drawn(steps: int, pairs: Pairs, number: int, seed: int) -> list[Order]:
    """Return ``number`` different valid orders, drawn evenly; the file's own is the first if it is valid.

    Where there are no more than that, all are returned.
    """
    needed = needs(steps, pairs)
    ways = finishing(needed)
    if ways(0) <= number:
        return list(every(steps, pairs))
    own = int(all(first < second for first, second in pairs))  # if it is valid, its rank is 0
    luck = np.random.default_rng((seed, 0x0DE5))
    ranks = own + luck.choice(ways(0) - own, number - own, replace=False)
    return [at_rank(int(rank), needed, ways) for rank in [*range(own), *ranks]]


def at_rank(rank: int, needed: Sequence[int], ways: Callable[[int], int]) -> Order:
    """Return the valid order that has so many before it, as words stand in a dictionary."""
    order: Order = ()
    taken = 0
    while len(order) < len(needed):
        for step in ready(needed, taken):
            after = ways(taken | 1 << step)
            if rank < after:
                break
            rank -= after
        order, taken = (*order, step), taken | 1 << step
    return order


def by_keys(keys: Sequence[float], pairs: Pairs) -> Order:
    """Return the valid order that random keys say: at each turn the step with the least key that may come."""
    needed = needs(len(keys), pairs)
    order: Order = ()
    taken = 0
    while len(order) < len(keys):
        step = min(ready(needed, taken), key=lambda step: keys[step])
        order, taken = (*order, step), taken | 1 << step
    return order
