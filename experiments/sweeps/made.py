"""The strategies of an experiment: those that it names, or what it makes from them by levers and orders.

A design lays points into the unit cube, one axis a lever and one for the order of stages; a point becomes a
combination of levels, and a combination a strategy. Combinations that say the same are run once. Those that
cannot be, because two levels do not go together, are left out, and it is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from experiments.sweeps import levers, orders, sampling
from experiments.sweeps.experiment import Experiment, Generate, Orders
from model.strategy import Strategy
from model.vocabulary import InputError

#: The axis of a design that says in which order the stages stand.
ORDER = "order"


class Made(NamedTuple):
    """Strategies, what each was made of, and what became of the points that were asked for.

    Attributes
    ----------
    strategies : list of Strategy
    table : DataFrame
        Index strategy; base, order, steps, and a column a lever.
    points : DataFrame
        Index strategy; a column a lever: where each point of the design lies in the unit cube, base after
        base, in the order of the design.
    levers : list of str
    orders : dict of str to (int, int)
        By base, how many valid orders its stages have, and how many of them were taken.
    notes : list of str
        What was left out, and why.
    """

    strategies: list[Strategy]
    table: pd.DataFrame
    points: pd.DataFrame
    levers: list[str]
    orders: dict[str, tuple[int, int]]
    notes: list[str]


class Combination(NamedTuple):
    """One point of a design: the order of stages, the level of each lever, and where it lies in the cube."""

    order: orders.Order | None
    levels: dict[str, Any]
    row: dict[str, float]


def made(experiment: Experiment, bases: Sequence[Strategy]) -> Made:
    """Return the strategies of an experiment: those it names, or what it generates from them.

    Raises
    ------
    InputError
        If a lever cannot be laid over a strategy or makes no difference, or there are too many orders.
    """
    said = experiment.generate
    if said is None:
        rows = [{"strategy": base.name, "base": base.name, "order": None, "steps": None} for base in bases]
        return Made(list(bases), pd.DataFrame(rows).set_index("strategy"), pd.DataFrame(), [], {}, [])
    levers.refuse_collisions(said.levers, said.order is not None)
    taken: set[str] = set()
    parts = [Making(said, base, experiment.seed, taken) for base in bases]
    rows = [row for part in parts for row in part.rows]
    names = [lever.name for lever in said.levers]
    refuse_idle(names, rows)
    points = [point for part in parts for point in part.points()]
    return Made(
        [strategy for part in parts for strategy in part.strategies.values()],
        in_one_type(pd.DataFrame(rows, dtype=object).set_index("strategy"), names),
        pd.DataFrame(points).set_index("strategy"),
        names,
        {part.base.name: (part.valid, len(part.found)) for part in parts if part.valid},
        [note for part in parts for note in part.notes()],
    )


def refuse_idle(names: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Raise if a lever makes no difference to any strategy.

    Raises
    ------
    InputError
        With the lever and the strategies.
    """
    for name in names:
        if all(row[name] is None for row in rows):
            bases = ", ".join(dict.fromkeys(f"'{row['base']}'" for row in rows))
            raise InputError(f"generate.levers: no level of '{name}' makes a difference to {bases}")


def in_one_type(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the table with the levels of each lever as numbers, or all in words."""
    for name in names:
        if not table[name].dropna().map(_is_number).all():
            table[name] = table[name].map(levers.spelt, na_action="ignore")
    return table


def _is_number(level: Any) -> bool:
    return isinstance(level, int | float) and not isinstance(level, bool)


@dataclass
class Making:
    """What is made of one strategy.

    Attributes
    ----------
    said, base, seed : what is made of which strategy, and what is drawn for it
    taken : names that other strategies have
    found, valid : the orders that are taken, and how many are valid
    combinations : the points of the design that can be, in its order
    strategies : what they come to, those that say the same once, under no name and under their own
    rows : what each strategy was made of
    """

    said: Generate
    base: Strategy
    seed: int
    taken: set[str]
    found: list[orders.Order] = field(default_factory=list)
    valid: int = 0
    combinations: list[Combination] = field(default_factory=list)
    strategies: dict[Strategy, Strategy] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    _known: dict[tuple[Any, ...], Strategy | InputError] = field(default_factory=dict)
    _impossible: list[tuple[Combination, InputError]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.said.order is not None:
            self.found, self.valid = orders_of(self.said.order, self.base, self.seed)
        self.lay_out()
        self.refuse_impossible()
        for strategy, group in self.groups().items():
            self.take(strategy, group)

    def lay_out(self) -> None:
        """Take the points of the design as combinations, and see which of them can be."""
        for row in cube_of(self.said, len(self.found), self.seed).to_dict("records"):
            combination = self.at({str(name): share for name, share in row.items()})
            strategy = self.strategy_at(combination)
            if isinstance(strategy, InputError):
                self._impossible.append((combination, strategy))
            else:
                self.combinations.append(combination)

    def take(self, strategy: Strategy, group: Sequence[Combination]) -> None:
        """Give the strategy of combinations that say the same a name of its own, and note what made it."""
        order, acting = group[0].order, self.acting(group)
        titles = tuple(stage.title for stage in self.base.stages) if self.found else None
        named = levers.distinct(levers.named_by(strategy, self.base, order, acting), self.taken)
        self.strategies[strategy] = named
        own = {"strategy": named.name, "base": self.base.name, "order": order, "steps": titles}
        self.rows.append(own | acting)

    def at(self, row: dict[str, float]) -> Combination:
        """Return the combination at a point of the cube."""
        order = self.found[levers.place_in(row[ORDER], len(self.found))] if self.found else None
        levels = {lever.name: levers.level_at(lever, row[lever.name]) for lever in self.said.levers}
        return Combination(order, levels, row)

    def strategy_at(self, combination: Combination) -> Strategy | InputError:
        """Return the strategy of a combination, under no name yet, or why there can be none."""
        order, levels, _ = combination
        key = (order, *map(repr, levels.values()))
        if key not in self._known:
            try:
                self._known[key] = levers.combined(self.base, order, self.said.levers, levels)
            except InputError as fault:
                self._known[key] = fault
        return self._known[key]

    def refuse_impossible(self) -> None:
        """Raise if a level can stand in no combination: it is mistyped, not out of place."""
        possible = {(name, repr(level)) for each in self.combinations for name, level in each.levels.items()}
        named = [lever.name for lever in self.said.levers if lever.low is None]
        for combination, fault in self._impossible:
            if not all((name, repr(combination.levels[name])) in possible for name in named) or not possible:
                raise InputError(f"generate: '{self.base.name}': {fault}")

    def groups(self) -> dict[Strategy, list[Combination]]:
        """Return the combinations of each strategy."""
        found: dict[Strategy, list[Combination]] = {}
        for combination in self.combinations:
            strategy = self.strategy_at(combination)
            assert isinstance(strategy, Strategy)
            found.setdefault(strategy, []).append(combination)
        return found

    def acting(self, group: Sequence[Combination]) -> dict[str, Any]:
        """Return the level of each lever in combinations that say the same; None where it cannot act."""
        first = group[0].levels
        return {
            lever.name: first[lever.name]
            if all(other.levels[lever.name] == first[lever.name] for other in group)
            and self.acts(lever.name, levers.levels_of(lever), group[0])
            else None
            for lever in self.said.levers
        }

    def acts(self, name: str, levels: Sequence[Any], combination: Combination) -> bool:
        """Return whether another level of a lever would make another strategy of a combination, or none."""
        strategy = self.strategy_at(combination)
        others = (
            self.strategy_at(combination._replace(levels=combination.levels | {name: level}))
            for level in levels
        )
        return any(other != strategy for other in others)

    def points(self) -> Iterator[dict[str, Any]]:
        """Yield where each combination lies, with the name of its strategy, in the order of the design."""
        for combination in self.combinations:
            strategy = self.strategy_at(combination)
            assert isinstance(strategy, Strategy)
            yield {"strategy": self.strategies[strategy].name} | combination.row

    def notes(self) -> Iterator[str]:
        """Yield what was left out, and why."""
        name, possible = self.base.name, len(self.combinations)
        if self._impossible:
            such = f"{possible + len(self._impossible)} combinations of {name} cannot be, such as"
            yield f"{len(self._impossible)} of {such}: {self._impossible[0][1]}"
        if repeats := possible - len(self.strategies):
            yield f"{repeats} of {possible} combinations of {name} say the same as another and are run once."


def cube_of(said: Generate, found: int, seed: int) -> pd.DataFrame:
    """Return the points of a design in the unit cube: a column a lever, and one for the order.

    Raises
    ------
    InputError
        If the design has not such a size.
    """
    sizes = {ORDER: found} if said.order else {}
    sizes |= {lever.name: levers.size_of(lever) for lever in said.levers}
    if said.design == "factorial":
        cells = {name: [(place + 0.5) / size for place in range(size)] for name, size in sizes.items()}
        return sampling.factorial(cells)
    lows, highs = dict.fromkeys(sizes, 0.0), dict.fromkeys(sizes, 1.0)
    try:
        return sampling.filled(said.design, lows, highs, said.points or 1, seed)
    except InputError as fault:
        raise InputError(f"generate.points: {fault}") from None


def orders_of(said: Orders, base: Strategy, seed: int) -> tuple[list[orders.Order], int]:
    """Return the orders in which a strategy's stages are to stand, and how many are valid.

    Raises
    ------
    InputError
        If there is only one, or more than may be enumerated.
    """
    pairs, valid = levers.rules_of(said, base)
    if said.sample is None and valid > said.at_most:
        raise InputError(
            f"generate.order: '{base.name}' has {valid:,} valid orders, more than at_most "
            f"({said.at_most:,}): name a sample, more of what comes before what, or a higher at_most"
        )
    steps = len(base.stages)
    if said.sample is not None:
        return orders.drawn(steps, pairs, said.sample, seed), valid
    return list(orders.every(steps, pairs)), valid
