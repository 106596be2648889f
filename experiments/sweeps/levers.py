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
    valid_orders : dict of str to int
        By base, how many valid orders its stages have, where orders were asked for.
    notes : list of str
        What was left out, and why.
    """

    strategies: list[Strategy]
    table: pd.DataFrame
    points: pd.DataFrame
    levers: list[str]
    valid_orders: dict[str, int]
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
        {base: number for part in parts for base, number in part.valid_orders.items()},
        [note for part in parts for note in part.notes],
    )


def _generated(said: Generate, base: Strategy, seed: int) -> Made:
    found, valid = orders_of(said.order, base, seed) if said.order else ([None], 0)
    cube = cube_of(said, len(found), seed)
    strategies: dict[Strategy, str] = {}
    rows, points, repeats = {}, [], 0
    for row in cube.to_dict("records"):
        order = found[place_in(row[ORDER], len(found))] if ORDER in row else None
        levels = {lever.name: level_at(lever, row[lever.name]) for lever in said.levers}
        strategy = combined(base, order, said.levers, levels)
        same = _anonymous(strategy)
        repeats += same in strategies
        name = strategies.setdefault(same, strategy.name)
        points.append({"strategy": name} | row)
        if name not in rows:
            told = {key: _told(level) for key, level in levels.items()}
            titles = tuple(stage.title for stage in base.stages) if order is not None else None
            rows[name] = (strategy, {"base": base.name, "order": order, "steps": titles} | told)
    if len(rows) == 1 and len(cube) > 1:
        raise InputError(f"generate: no level of any lever makes a difference to '{base.name}'")
    notes = (
        [f"{repeats} of {len(cube)} combinations of {base.name} say the same as another."] if repeats else []
    )
    table = pd.DataFrame({name: row for name, (_, row) in rows.items()}).T.rename_axis("strategy")
    return Made(
        [strategy for strategy, _ in rows.values()],
        table,
        pd.DataFrame(points).set_index("strategy"),
        [lever.name for lever in said.levers],
        {base.name: valid} if valid else {},
        notes,
    )


def _anonymous(strategy: Strategy) -> Strategy:
    same = dict.fromkeys(("name", "title", "description"), "same")
    return strategy.model_copy(update=same)


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


# --- points and levels -------------------------------------------------------------------------------------


def cube_of(said: Generate, found: int, seed: int) -> pd.DataFrame:
    """Return the points of a design in the unit cube, a column a lever, and one for the order if it varies."""
    sizes = {ORDER: found} if said.order else {}
    sizes |= {lever.name: size_of(lever) for lever in said.levers}
    if said.design == "factorial":
        cells = {name: [(place + 0.5) / size for place in range(size)] for name, size in sizes.items()}
        return sampling.factorial(cells)
    names = list(sizes)
    lows, highs = dict.fromkeys(names, 0.0), dict.fromkeys(names, 1.0)
    return sampling.sampled(said.design, lows, highs, said.points or 1, seed)


def levels_of(lever: Lever) -> tuple[Any, ...]:
    """Return the levels of a lever, those of a range being even steps through it."""
    if lever.dimension is not None:
        choice = dimensions.choice_of(lever.dimension, lever.about, [str(level) for level in lever.levels])
        return lever.levels or tuple(choice.levels)
    if lever.low is None or lever.high is None:
        return lever.levels
    steps = np.linspace(lever.low, lever.high, lever.count)
    return (
        tuple(dict.fromkeys(int(round(step)) for step in steps))
        if is_whole(lever)
        else tuple(map(float, steps))
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
    if len(base.tracks) > 1:
        raise InputError(f"generate.order: '{base.name}' has {len(base.tracks)} tracks; orders are of one")
    titles = [stage.title for stage in base.stages]
    pairs = orders.pairs_of(titles, said.before)
    valid = orders.count(len(titles), pairs)
    if valid == 1:
        raise InputError(f"generate.order: the stages of '{base.name}' have one valid order only")
    if said.sample is None and valid > said.at_most:
        raise InputError(
            f"generate.order: '{base.name}' has {valid:,} valid orders, more than at_most = {said.at_most:,}: "
            "name a sample, more of what comes before what, or a higher at_most"
        )
    if said.sample is not None:
        return orders.drawn(len(titles), pairs, said.sample, seed), valid
    return list(orders.every(len(titles), pairs)), valid


def combined(
    base: Strategy, order: orders.Order | None, levers: Sequence[Lever], levels: dict[str, Any]
) -> Strategy:
    """Return the strategy with its stages in an order and each of the levers at a level.

    It is called by the base, the places of its stages, and the levels of its levers.

    Raises
    ------
    InputError
        If a lever cannot be laid over it.
    """
    strategy = base
    words = []
    if order is not None:
        stages = transforms.reordered(base, [order])
        words.append("".join(_letter(place) for place in order))
        strategy = base.derived("order", "Its stages stand in another order.", {"stages": stages})
    for lever in levers:
        strategy = pulled(strategy, lever, levels[lever.name])
        words.append(f"{lever.name}-{dimensions.suffix_of(spelt(levels[lever.name]))}")
    told = [f"{lever.name} {spelt(levels[lever.name])}" for lever in levers]
    if order is not None:
        told.insert(0, "order " + ", ".join(base.stages[place].title for place in order))
    own = {
        "name": "-".join([base.name, *words]),
        "title": f"{base.title}: {'; '.join(told)}",
        "description": f"{base.description} Generated: {'; '.join(told)}.",
    }
    return strategy.model_copy(update=own)


def _letter(place: int) -> str:
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
