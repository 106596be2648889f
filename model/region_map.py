"""The map of a synthetic region, and who plays which part on it.

The largest economies lead and join the coalitions; a target is of middling size and no neighbour of the
lead sender; neighbours and spoilers lie next to the target; an ally is large and stays out of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from model.growth import About, Growth, Luck
from model.network import borders
from model.vocabulary import Role


class Land(NamedTuple):
    """The map: names and sizes of the states by row, and who borders whom."""

    names: list[str]
    sizes: list[float]
    borders: list[tuple[int, int]]

    def beside(self, state: int) -> list[int]:
        """Return the neighbours of ``state``, largest first."""
        near = [pair[pair[0] == state] for pair in self.borders if state in pair]
        return sorted(near, key=lambda other: -self.sizes[other])

    def around(self, state: int) -> list[int]:
        """Return every state by its distance from ``state`` over borders, itself first."""
        found = [state]
        for place in found:
            found += [other for other in self.beside(place) if other not in found]
        return found

    @property
    def by_size(self) -> list[int]:
        """All states, largest first."""
        return sorted(range(len(self.sizes)), key=lambda state: -self.sizes[state])


class Cast(NamedTuple):
    """Who plays which part in one dispute, by row."""

    target: int
    lead: int
    others: list[tuple[int, Role]]

    @property
    def everyone(self) -> list[int]:
        """All parties, target and lead sender first."""
        return [state for state, _ in self.parts]

    @property
    def parts(self) -> list[tuple[int, Role]]:
        """All parties with their roles, target and lead sender first."""
        return [(self.target, Role.TARGET), (self.lead, Role.LEAD_SENDER), *self.others]


def land_of(growth: Growth) -> Land:
    """Return the map of the region."""
    names = [f"state-{row + 1:02d}" for row in range(growth.states)]
    sizes = [Luck(growth.seed, About.SIZE, row).heavy(0.3, 1.2) for row in range(growth.states)]
    return Land(names, sizes, borders(growth.generator, growth.states, growth.seed))


def _take(candidates: Iterable[int], number: int, taken: set[int]) -> list[int]:
    """Return the first ``number`` candidates that have no part yet, and count them as taken."""
    chosen = list(islice((state for state in candidates if state not in taken), number))
    taken.update(chosen)
    return chosen


def casts_of(growth: Growth, land: Land) -> list[Cast]:
    """Return who plays which part in every dispute: no state is lead or target twice."""
    ranked = land.by_size
    leads, rest = ranked[: growth.disputes], ranked[growth.disputes :]
    middling = rest[len(rest) // 4 : 3 * len(rest) // 4] + rest[: len(rest) // 4] + rest[3 * len(rest) // 4 :]
    targets: list[int] = []
    for row, lead in enumerate(leads):
        half = Luck(growth.seed, About.DISPUTE, row).generator.permutation(max(1, len(rest) // 2))
        order = [middling[place] for place in half] + middling
        free = [state for state in order if state not in targets]
        apart = [state for state in free if state not in land.beside(lead)]
        targets.append((apart or free)[0])
    return [_cast(growth, land, row, *pair) for row, pair in enumerate(zip(targets, leads, strict=True))]


def _cast(growth: Growth, land: Land, row: int, target: int, lead: int) -> Cast:
    taken = {target, lead}
    near, large = land.around(target), land.by_size
    senders = Luck(growth.seed, About.COALITION, row).whole(growth.fewest, growth.senders)
    parts = {
        Role.NEIGHBOUR: _take(near, growth.neighbours, taken),
        Role.SENDER: _take(large, senders - 1, taken),
        Role.SPOILER: _take(near, growth.spoilers, taken),
        Role.ALLY: _take(large, growth.allies, taken),
    }
    return Cast(target, lead, [(state, role) for role in sorted(parts) for state in parts[role]])
