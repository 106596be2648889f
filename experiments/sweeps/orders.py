"""Valid orders of steps: counted, enumerated and drawn, under the rule that some come before others.

An order is valid if it is a linear extension of what has to come before what. All of them are listed by
networkx; how many there are, and one drawn evenly among them, follow from counting how many ways there are
to finish from each set of steps already taken (Brightwell and Winkler 1991; exact, and quick to some twenty
steps).
"""

from __future__ import annotations

import functools
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
            raise InputError(f"order.before: '{title}' {fault}; there are: {told}{nearest(title, titles)}")
    pairs = [(titles.index(first), titles.index(second)) for first, second in before]
    graph = networkx.DiGraph(pairs)
    if not networkx.is_directed_acyclic_graph(graph):
        circle = " before ".join(titles[first] for first, _ in networkx.find_cycle(graph))
        raise InputError(f"order.before: {circle} goes in a circle; no order satisfies it")
    return pairs


def count(steps: int, pairs: Pairs) -> int:
    """Return how many orders of so many ``steps`` there are in which each pair stands first before second.

    Raises
    ------
    InputError
        If there are more steps than can be counted.
    """
    return finishing(steps, pairs)(frozenset())


def finishing(steps: int, pairs: Pairs) -> Callable[[frozenset[int]], int]:
    """Return a function that says in how many ways the steps not yet taken can follow."""
    if steps > MOST_STEPS:
        raise InputError(f"an order of {steps} steps; at most {MOST_STEPS} can be put in every order")

    @functools.cache
    def ways(taken: frozenset[int]) -> int:
        if len(taken) == steps:
            return 1
        return sum(ways(taken | {step}) for step in ready(steps, pairs, taken))

    return ways


def ready(steps: int, pairs: Pairs, taken: frozenset[int]) -> list[int]:
    """Return the steps that may come next when some are ``taken``."""
    waiting = {second for first, second in pairs if first not in taken}
    return [step for step in range(steps) if step not in taken and step not in waiting]


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
    ways = finishing(steps, pairs)
    if ways(frozenset()) <= number:
        return list(every(steps, pairs))
    luck = np.random.default_rng((seed, 0x0DE5))
    own = tuple(range(steps))
    found = {own: None} if all(first < second for first, second in pairs) else {}
    while len(found) < number:
        found.setdefault(one(steps, pairs, ways, luck))
    return list(found)


def one(steps: int, pairs: Pairs, ways: Callable[[frozenset[int]], int], luck: np.random.Generator) -> Order:
    """Return one valid order, each as likely as any other: a next step by how many orders go on from it."""
    order: Order = ()
    while len(order) < steps:
        taken = frozenset(order)
        choices = ready(steps, pairs, taken)
        weights = np.array([ways(taken | {step}) for step in choices], dtype=float)
        order = (*order, int(luck.choice(choices, p=weights / weights.sum())))
    return order


def by_keys(keys: Sequence[float], pairs: Pairs) -> Order:
    """Return the valid order that random keys say: at each turn the step with the least key that may come."""
    order: Order = ()
    while len(order) < len(keys):
        order = (*order, min(ready(len(keys), pairs, frozenset(order)), key=lambda step: keys[step]))
    return order
