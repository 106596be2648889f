"""How a synthetic region is asked for: how many of each kind, and from which ranges they are drawn.

Every draw has an address (seed, what, who), so that asking for more of one kind leaves the others as
they were.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from model.scenario_names import Amount, Entry, Share


class About(IntEnum):
    """What a draw is about; part of its address, so that one draw does not shift another."""

    STATE = 0
    SIZE = 1
    BORDER = 2
    TRADE = 3
    BODY = 4
    MEMBER = 5
    MEDIATOR = 6
    CIVIL = 7
    TRANSNATIONAL = 8
    DISPUTE = 9
    PARTY = 10
    CHANNEL = 11
    TRUST = 12
    COALITION = 13
    COMMITMENT = 14


class Luck:
    """Draws of one region that belong to one subject and one actor."""

    def __init__(self, seed: int, about: About, *who: int) -> None:
        self.generator = np.random.default_rng([seed, int(about), *who])

    def between(self, bounds: list[float]) -> float:
        """Return a uniform draw between ``bounds``, rounded so that a person can read it."""
        return round(float(self.generator.uniform(bounds[0], bounds[1])), 3)

    def parts(self, total: float, evenness: list[float]) -> list[float]:
        """Return ``total`` split at random into parts in proportion to ``evenness``, on average."""
        return [round(total * float(part), 4) for part in self.generator.dirichlet(evenness)]

    def chance(self, probability: float) -> bool:
        """Return whether something of that ``probability`` happens."""
        return bool(self.generator.uniform() < probability)

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return int(self.generator.integers(low, high + 1))

    def heavy(self, median: float, spread: float) -> float:
        """Return a lognormal draw: heavy-tailed, as sizes of economies are."""
        return round(float(median * np.exp(spread * self.generator.normal())), 4)


def _rising(bounds: list[float]) -> list[float]:
    if bounds[0] > bounds[1]:
        raise ValueError(f"from {bounds[0]:g} to {bounds[1]:g}: the lower bound comes first")
    return bounds


Shares = Annotated[list[Share], Field(min_length=2, max_length=2), AfterValidator(_rising)]
Amounts = Annotated[list[Amount], Field(min_length=2, max_length=2), AfterValidator(_rising)]


def _from(low: float, high: float) -> Any:
    return Field(default_factory=lambda: [low, high])


class Ranges(Entry):
    """The range that each figure of a synthetic region is drawn from."""

    accountability: Shares = _from(0.2, 0.9)
    coherence: Shares = _from(0.4, 0.85)
    support: Shares = _from(0.35, 0.65)
    hardliners: Shares = _from(0.1, 0.4)
    exposure: Shares = _from(0.2, 0.5)
    covered_trade: Shares = _from(0.5, 0.85)
    tension: Shares = _from(0.2, 0.45)
    salience: Shares = _from(0.4, 0.7)
    commitment: Shares = _from(0.6, 0.6)
    cost: Amounts = _from(3.0, 6.0)
    worth: Amounts = _from(3.0, 6.0)
    noise: Amounts = _from(0.6, 1.2)
    misreading: Amounts = _from(1.2, 1.8)
    threat: Shares = _from(0.4, 0.9)
    enforcement: Shares = _from(0.5, 0.85)
    secondary: Shares = _from(0.0, 0.5)
    stake: Amounts = _from(0.8, 2.0)
    access: Shares = _from(0.4, 0.85)
    skill: Shares = _from(0.45, 0.8)
    discretion: Shares = _from(0.5, 0.9)
    credibility: Shares = _from(0.5, 0.7)
    hostile_belief: Shares = _from(0.2, 0.4)
    belief: Shares = _from(0.45, 0.7)


class Growth(Entry):
    """The table ``[grow]``: how many actors of each kind, and by which generator and seed."""

    generator: Literal["small-world", "scale-free", "core-periphery", "random-geometric"] = "small-world"
    seed: Annotated[int, Field(ge=0)] = 0
    states: Annotated[int, Field(ge=6, le=2000)] = 36
    bodies: Annotated[int, Field(ge=2, le=50)] = 3
    mediators: Annotated[int, Field(ge=1, le=200)] = 5
    civil_society: Annotated[int, Field(ge=0, le=2000)] = 16
    disputes: Annotated[int, Field(ge=1, le=50)] = 1
    status: Literal["threatened", "imposed"] = "threatened"
    io_backed: Share = 0.4
    senders: Annotated[int, Field(ge=1, le=30)] = 4
    fewest_senders: Annotated[int, Field(ge=1, le=30)] | None = None
    neighbours: Annotated[int, Field(ge=0, le=30)] = 2
    allies: Annotated[int, Field(ge=0, le=30)] = 1
    spoilers: Annotated[int, Field(ge=0, le=30)] = 1
    channels: Annotated[int, Field(ge=0, le=30)] = 3
    trade_partners: Annotated[int, Field(ge=1, le=50)] = 4
    ranges: Ranges = Field(default_factory=Ranges)

    @property
    def fewest(self) -> int:
        """The smallest coalition that a dispute may draw."""
        return self.senders if self.fewest_senders is None else self.fewest_senders

    @model_validator(mode="after")
    def _enough(self) -> Self:
        parties = 1 + self.senders + self.neighbours + self.allies + self.spoilers
        if parties > self.states:
            raise ValueError(f"states: {self.states} are too few for {parties} parties to a dispute")
        if self.fewest > self.senders:
            raise ValueError(f"fewest_senders: {self.fewest} are more than senders, {self.senders}")
        if 2 * self.disputes > self.states:
            raise ValueError(f"disputes: {self.disputes} need twice as many states, not {self.states}")
        if self.channels > self.mediators:
            raise ValueError(f"channels: {self.channels} need as many mediators, not {self.mediators}")
        return self


#: The entries of the table ``[grow]`` by their path.
GROWTH: dict[str, type[Entry]] = {"grow": Growth, "grow.ranges": Ranges}
