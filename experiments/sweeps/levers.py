"""Strategies made from a strategy: by levers, each taken to one of its levels, and by orders of stages.

A lever is a key of a strategy file, a dimension of design in the words of docs/designs.md, or a transform.
A design lays points into the unit cube, one axis a lever; a point becomes a combination of levels, and a
combination a strategy. Combinations that say the same as an earlier one are run once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.sweeps import orders, sampling
from experiments.sweeps.experiment import Experiment, Generate, Lever, Orders
from model import dimensions, transforms
from model.strategy import Strategy
from model.strategy_variants import EVERY_STAGE, merged
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
        Index strategy; a column a lever: where each point of the design lies in the unit cube.
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


def made(experiment: Experiment, bases: Sequence[Strategy]) -> Made:
    """Return the strategies of an experiment: those it names, or what it generates from them.

    Raises
    ------
    InputError
        If a lever cannot be laid over a strategy, or there are too many orders.
    """
    said = experiment.generate
    if said is None:
        rows = [{"strategy": base.name, "base": base.name, "order": None, "steps": None} for base in bases]
        return Made(list(bases), pd.DataFrame(rows).set_index("strategy"), pd.DataFrame(), [], {}, [])
    parts = [_generated(said, base, experiment.seed) for base in bases]
    names = [lever.name for lever in said.levers]
    return Made(
        [strategy for part in parts for strategy in part.strategies],
        pd.concat([part.table for part in parts]),
        pd.concat([part.points for part in parts]),
        names,
        {base: counts for part in parts for base, counts in part.orders.items()},
        [note for part in parts for note in part.notes],
    )


def _generated(said: Generate, base: Strategy, seed: int) -> Made:
    refuse_collisions(said.levers)
    found, valid = orders_of(said.order, base, seed) if said.order else ([None], 0)
    cube = cube_of(said, len(found), seed)
    groups: dict[Strategy, list[Combination]] = {}
    for row in cube.to_dict("records"):
        order = found[place_in(row[ORDER], len(found))] if ORDER in row else None
        levels = {lever.name: level_at(lever, row[lever.name]) for lever in said.levers}
        strategy = combined(base, order, said.levers, levels)
        groups.setdefault(strategy, []).append(Combination(order, levels, row))
    if len(groups) == 1 and len(cube) > 1:
        raise InputError(f"generate: no level of any lever makes a difference to '{base.name}'")
    strategies, rows, points = [], {}, []
    for strategy, group in groups.items():
        acting = acting_of(group)
        named = named_by(strategy, base, group[0].order, acting)
        strategies.append(named)
        titles = tuple(stage.title for stage in base.stages) if said.order else None
        cells = {key: None if level is None else _told(level) for key, level in acting.items()}
        rows[named.name] = {"base": base.name, "order": group[0].order, "steps": titles} | cells
        points += [{"strategy": named.name} | combination.row for combination in group]
    repeats = len(cube) - len(groups)
    note = f"{repeats} of {len(cube)} combinations of {base.name} say the same as another and are run once."
    return Made(
        strategies,
        pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy"),
        pd.DataFrame(points).set_index("strategy"),
        [lever.name for lever in said.levers],
        {base.name: (valid, len(found))} if valid else {},
        [note] if repeats else [],
    )


class Combination(NamedTuple):
    """One point of a design: the order of stages, the level of each lever, and where it lies in the cube."""

    order: orders.Order | None
    levels: dict[str, Any]
    row: dict[Any, float]


def acting_of(group: Sequence[Combination]) -> dict[str, Any]:
    """Return the level of each lever in combinations that say the same; None where it cannot act there."""
    first = group[0].levels
    return {
        name: level if all(other.levels[name] == level for other in group) else None
        for name, level in first.items()
    }


def _told(level: Any) -> Any:
    """Return a level as a cell of a table: a number as it is, anything else in words."""
    if isinstance(level, bool) or not isinstance(level, int | float | str):
        return spelt(level)
    return level


def spelt(level: Any) -> str:
    """Return a level in words."""
    if isinstance(level, bool):
        return "yes" if level else "no"
    if isinstance(level, tuple | list):
        return " + ".join(map(str, level)) or "none"
    if isinstance(level, dict):
        return ", ".join(f"{key} {value}" for key, value in level.items())
    return f"{level:g}" if isinstance(level, float) else str(level)


def refuse_collisions(levers: Sequence[Lever]) -> None:
    """Raise if two levers say the same key: the later one would undo the earlier.

    Raises
    ------
    InputError
        With the two levers and the key.
    """
    sayers: dict[str, str] = {}
    for lever in levers:
        for key in keys_of(lever):
            if sayers.setdefault(key, lever.name) != lever.name:
                raise InputError(
                    f"generate.levers: '{sayers[key]}' and '{lever.name}' both say {key}: one would undo the "
                    "other; a lever with a key of its own, instead of a dimension, says nothing beside it"
                )


def keys_of(lever: Lever) -> set[str]:
    """Return the keys of a strategy file that a lever says."""
    if lever.key is not None:
        return {lever.key}
    if lever.transform is not None:
        return {"talks.track"} if lever.transform == "talks" else {"the stages"}
    choice = dimensions.choice_of(str(lever.dimension), lever.about, [str(level) for level in lever.levels])
    return {key for said in choice.levels.values() for key in dimensions.keys_of(said)}


# --- points and levels -------------------------------------------------------------------------------------


def cube_of(said: Generate, found: int, seed: int) -> pd.DataFrame:
    """Return the points of a design in the unit cube: a column a lever, and one for the order."""
    sizes = {ORDER: found} if said.order else {}
    sizes |= {lever.name: size_of(lever) for lever in said.levers}
    if said.design == "factorial":
        cells = {name: [(place + 0.5) / size for place in range(size)] for name, size in sizes.items()}
        return sampling.factorial(cells)
    names = list(sizes)
    lows, highs = dict.fromkeys(names, 0.0), dict.fromkeys(names, 1.0)
    return sampling.filled(said.design, lows, highs, said.points or 1, seed)


def levels_of(lever: Lever) -> tuple[Any, ...]:
    """Return the levels of a lever, those of a range being even steps through it."""
    if lever.dimension is not None:
        choice = dimensions.choice_of(lever.dimension, lever.about, [str(level) for level in lever.levels])
        return lever.levels or tuple(choice.levels)
    if lever.low is None or lever.high is None:
        return lever.levels
    steps = np.linspace(lever.low, lever.high, lever.count)
    return (
        tuple(dict.fromkeys(round(step) for step in steps)) if is_whole(lever) else tuple(map(float, steps))
    )


def size_of(lever: Lever) -> int:
    """Return how many levels a lever has in a factorial."""
    return len(levels_of(lever))


def is_whole(lever: Lever) -> bool:
    """Return whether the range of a lever is one of whole numbers."""
    return isinstance(lever.low, int) and isinstance(lever.high, int)


def level_at(lever: Lever, share: float) -> Any:
    """Return the level of a lever at ``share`` of the way, 0 to 1, through its levels or its range."""
    if lever.low is None or lever.high is None:
        levels = levels_of(lever)
        return levels[place_in(share, len(levels))]
    if is_whole(lever):
        return int(lever.low) + place_in(share, int(lever.high) - int(lever.low) + 1)
    return float(lever.low + share * (lever.high - lever.low))


def place_in(share: float, size: int) -> int:
    """Return which of ``size`` even cells of the unit interval ``share`` lies in."""
    return min(int(share * size), size - 1)


# --- strategies --------------------------------------------------------------------------------------------


def orders_of(said: Orders, base: Strategy, seed: int) -> tuple[list[orders.Order], int]:
    """Return the orders in which a strategy's stages are to stand, and how many are valid.

    Raises
    ------
    InputError
        If there is only one, or more than may be enumerated.
    """
    pairs, valid = rules_of(said, base)
    if said.sample is None and valid > said.at_most:
        raise InputError(
            f"generate.order: '{base.name}' has {valid:,} valid orders, more than at_most "
            f"({said.at_most:,}): name a sample, more of what comes before what, or a higher at_most"
        )
    steps = len(base.stages)
    if said.sample is not None:
        return orders.drawn(steps, pairs, said.sample, seed), valid
    return list(orders.every(steps, pairs)), valid


def rules_of(said: Orders, base: Strategy) -> tuple[orders.Pairs, int]:
    """Return which of a strategy's stages have to come before which, and how many orders that leaves.

    Raises
    ------
    InputError
        If it leaves one only, or the strategy has several tracks.
    """
    if len(base.tracks) > 1:
        raise InputError(f"generate.order: '{base.name}' has {len(base.tracks)} tracks; orders are of one")
    titles = [stage.title for stage in base.stages]
    pairs = orders.pairs_of(titles, said.before)
    valid = orders.count(len(titles), pairs)
    if valid == 1:
        raise InputError(f"generate.order: the stages of '{base.name}' have one valid order only")
    return pairs, valid


def combined(
    base: Strategy, order: orders.Order | None, levers: Sequence[Lever], levels: dict[str, Any]
) -> Strategy:
    """Return the strategy with its stages in an order and each of the levers at a level, under no name yet.

    Raises
    ------
    InputError
        If a lever cannot be laid over it.
    """
    strategy = base
    if order is not None:
        stages = transforms.reordered(base, [order])
        strategy = base.derived("order", "Its stages stand in another order.", {"stages": stages})
    for lever in levers:
        strategy = pulled(strategy, lever, levels[lever.name])
    return strategy.model_copy(update=dict.fromkeys(("name", "title", "description"), "generated"))


def named_by(
    strategy: Strategy, base: Strategy, order: orders.Order | None, acting: dict[str, Any]
) -> Strategy:
    """Return the strategy, called by its base, the places of its stages, and the levels that act."""
    levels = {name: spelt(level) for name, level in acting.items() if level is not None}
    words = [f"{name}-{dimensions.suffix_of(level)}" for name, level in levels.items()]
    told = [f"{name} {level}" for name, level in levels.items()]
    if order is not None:
        words.insert(0, "".join(letter(place) for place in order))
        told.insert(0, "order " + ", ".join(base.stages[place].title for place in order))
    own = {
        "name": "-".join([base.name, *words]),
        "title": f"{base.title}: {'; '.join(told)}",
        "description": f"{base.description} Generated: {'; '.join(told)}.",
    }
    return strategy.model_copy(update=own)


def letter(place: int) -> str:
    """Return the letter by which a step is called in the name of an order."""
    return "abcdefghijklmnopqrstuvwxyz"[place]


def pulled(strategy: Strategy, lever: Lever, level: Any) -> Strategy:
    """Return the strategy with one lever at a level.

    Raises
    ------
    InputError
        If it cannot be: the message names the lever and the level.
    """
    try:
        if lever.dimension is not None:
            choice = dimensions.choice_of(lever.dimension, lever.about, [str(level)])
            return dimensions.at_level(strategy, choice, str(level))
        if lever.transform is not None:
            return transformed(strategy, lever.transform, level)
        return said(strategy, str(lever.key), level)
    except InputError as fault:
        first = str(fault).splitlines()[0]
        raise InputError(f"lever '{lever.name}' at {spelt(level)}: {first}") from None


def transformed(strategy: Strategy, transform: str, level: Any) -> Strategy:
    """Return the strategy after one of the transforms."""
    if transform == "steps":
        return transforms.in_steps(strategy, int(level))
    if transform == "profile":
        return transforms.profiled(strategy, str(level))
    if transform == "talks":
        return transforms.switched(strategy, str(level))
    return transforms.sector_order(strategy, [level] if isinstance(level, str) else list(level))


def said(strategy: Strategy, key: str, level: Any) -> Strategy:
    """Return the strategy with one key of its file at another value.

    ``key`` is a path such as ``talks.secrecy_months``, or ``every_stage.verify.every`` for every stage.
    """
    first, _, rest = key.partition(".")
    if not rest:
        raise InputError(f"key '{key}' names no table: write talks.secrecy_months or every_stage.dwell")
    value: Any = list(level) if isinstance(level, tuple) else level
    for word in reversed(rest.split(".")):
        value = {word: value}
    if first != EVERY_STAGE:
        return strategy.derived("said", "", {first: value})
    stages = [merged(transforms.said_of(stage), value) for stage in strategy.stages]
    return strategy.derived("said", "", {"stages": stages})
