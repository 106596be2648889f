"""The space of a search: strategies made of a base, a valid order of its stages, and a level of each lever.

A candidate is named by a point of the unit cube: a coordinate for the base where there are several, a random
key a stage, a coordinate a lever. Every point is valid: at each turn the stage with the least key goes next
of those that may (Bean 1994). Ranges are walked in hundredths, whole ones in ones, so the space is finite and
its size is known. What says the same is one candidate, whichever point named it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.sweeps import levers, orders
from experiments.sweeps.experiment import Generate, Lever
from experiments.sweeps.grid import digest
from model.scenario import Scenario
from model.strategy import Strategy
from model.vocabulary import InputError

#: Steps in which a range that is not whole is walked.
FINE = 100
Floats = NDArray[np.float64]


class Place(NamedTuple):
    """Where a candidate lies: the number of its base, the order of its stages, the place of each level."""

    base: int
    order: orders.Order | None
    levels: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Candidate:
    """A strategy that may be tried.

    Attributes
    ----------
    key : str
        The same for candidates that say the same, in every search.
    base : str
    order : tuple of int or None
        Places of its stages in the base.
    levels : dict of str to Any
        The level of each lever; empty for a base as it stands.
    strategy : Strategy or None
        None where it cannot be made, or fits no scenario: then `fault` says why.
    """

    key: str
    base: str
    order: orders.Order | None
    levels: dict[str, Any]
    strategy: Strategy | None
    fault: str = ""

    @property
    def name(self) -> str:
        """The name of its strategy; "" where there is none."""
        return self.strategy.name if self.strategy is not None else ""


@dataclass
class Space:
    """All candidates that bases, orders and levers make.

    Attributes
    ----------
    said : Generate
    bases : sequence of Strategy
    scenarios : sequence of Scenario
        In which a candidate has to be possible.
    """

    said: Generate
    bases: Sequence[Strategy]
    scenarios: Sequence[Scenario]
    _made: dict[Place, Candidate] = field(default_factory=dict)
    _known: dict[Strategy, Candidate] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        levers.refuse_collisions(self.said.levers, self.said.order is not None)
        self._names |= {base.name for base in self.bases}
        for lever in self.said.levers:
            self._check(lever)
        if self.size == 1:
            raise InputError("search: there is one candidate only; name more levels, orders or strategies")

    def _check(self, lever: Lever) -> None:
        """Raise if a level cannot be laid over any of the bases: it is mistyped, not out of place."""
        ends = (lever.low, lever.high)
        for level in levers.levels_of(lever) if None in ends else ends:
            faults = []
            for base in self.bases:
                try:
                    levers.pulled(base, lever, level)
                except InputError as fault:
                    faults.append(fault)
            if len(faults) == len(self.bases):
                raise faults[0]

    @cached_property
    def rules(self) -> list[tuple[orders.Pairs, int]]:
        """For each base, which stages have to come before which, and how many orders that leaves."""
        if self.said.order is None:
            return [((), 1) for _ in self.bases]
        return [levers.rules_of(self.said.order, base) for base in self.bases]

    @cached_property
    def sizes(self) -> list[int]:
        """How many levels each lever has."""
        return [_size(lever) for lever in self.said.levers]

    @property
    def size(self) -> int:
        """How many combinations there are; some of them may say the same."""
        return sum(valid for _, valid in self.rules) * math.prod(self.sizes)

    @property
    def keys(self) -> int:
        """How many coordinates of a point say the order."""
        return max(len(base.stages) for base in self.bases) if self.said.order is not None else 0

    @property
    def dimensions(self) -> int:
        """How many coordinates a point has."""
        return (len(self.bases) > 1) + self.keys + len(self.sizes)

    def at(self, point: Floats) -> Candidate:
        """Return the candidate that a point of the unit cube names."""
        shares = [float(share) for share in point]
        base = levers.place_in(shares.pop(0), len(self.bases)) if len(self.bases) > 1 else 0
        keys, shares = shares[: self.keys], shares[self.keys :]
        order = None
        if keys:
            order = orders.by_keys(keys[: len(self.bases[base].stages)], self.rules[base][0])
        cells = (levers.place_in(share, size) for share, size in zip(shares, self.sizes, strict=True))
        return self.made(Place(base, order, tuple(cells)))

    def every(self) -> Iterator[Candidate]:
        """Yield every candidate once: those that are possible, in the order of bases, orders and levels."""
        seen = set()
        for number, (base, (pairs, _)) in enumerate(zip(self.bases, self.rules, strict=True)):
            ways: Iterator[orders.Order | None] = iter((None,))
            if self.said.order is not None:
                ways = orders.every(len(base.stages), pairs)
            for order in ways:
                for cells in itertools.product(*map(range, self.sizes)):
                    candidate = self.made(Place(number, order, cells))
                    if candidate.strategy is not None and candidate.key not in seen:
                        seen.add(candidate.key)
                        yield candidate

    def standing(self) -> list[Candidate]:
        """Return the bases as they stand, to compare the others with; they need not be in the space."""
        told = []
        for base in self.bases:
            for scenario in self.scenarios:
                base.check(scenario)
            order = tuple(range(len(base.stages))) if self.said.order is not None else None
            told.append(Candidate(key_of(base), base.name, order, {}, base))
        return told

    def made(self, place: Place) -> Candidate:
        """Return the candidate at a place; the one found first of several that say the same."""
        if place not in self._made:
            self._made[place] = self._new(place)
        return self._made[place]

    def _new(self, place: Place) -> Candidate:
        base, lines = self.bases[place.base], self.said.levers
        levels = {
            lever.name: levers.level_at(lever, _share(lever, cell, size))
            for lever, cell, size in zip(lines, place.levels, self.sizes, strict=True)
        }
        try:
            strategy = levers.combined(base, place.order, lines, levels)
            for scenario in self.scenarios:
                strategy.check(scenario)
        except InputError as fault:
            reason = str(fault).splitlines()[0]
            return Candidate(digest(place), base.name, place.order, levels, None, reason)
        if strategy not in self._known:
            named = self._named(levers.named_by(strategy, base, place.order, levels))
            self._known[strategy] = Candidate(key_of(strategy), base.name, place.order, levels, named)
        return self._known[strategy]

    def _named(self, strategy: Strategy) -> Strategy:
        """Return the strategy under a name that no other has: rounded levels may read alike."""
        name, turn = strategy.name, 1
        while name in self._names:
            turn += 1
            name = f"{strategy.name}-{turn}"
        self._names.add(name)
        return strategy.model_copy(update={"name": name})


def key_of(strategy: Strategy) -> str:
    """Return what is the same for strategies that say the same, whatever they are called."""
    said = strategy.model_dump(mode="json", exclude={"name", "title", "description"})
    return digest(said)[:20]


def _size(lever: Lever) -> int:
    if lever.low is None or lever.high is None:
        return levers.size_of(lever)
    return int(lever.high) - int(lever.low) + 1 if levers.is_whole(lever) else FINE + 1


def _share(lever: Lever, cell: int, size: int) -> float:
    """Return how far along a lever its level at ``cell`` lies, 0 to 1."""
    return cell / FINE if is_fine(lever) else (cell + 0.5) / size


def is_fine(lever: Lever) -> bool:
    """Return whether a lever has a range that is walked in hundredths."""
    return lever.low is not None and not levers.is_whole(lever)
