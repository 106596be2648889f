"""Levers: what each says of a strategy, between which levels it stands, and the strategy when it is pulled.

A lever is a key of a strategy file, a dimension of design in the words of docs/designs.md, or a transform.
Whatever their order in the file, what makes stages anew comes before what is said of each of them, and keys
are said together, so that no lever undoes another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from experiments.sweeps import orders
from experiments.sweeps.experiment import Lever, Orders
from model import dimensions, transforms
from model.strategy import Strategy
from model.strategy_variants import EVERY_STAGE, merged
from model.vocabulary import InputError

#: What can be said of the stages as a whole, in the order in which it is done.
SEQUENCE, STEPS = "the order of the stages", "the number of steps"
SECTORS, PROFILE = "the order of sectors", "the profile of relief"
FIRST = (SEQUENCE, STEPS, SECTORS, PROFILE)
#: What each transform says.
TRANSFORMS = {"steps": STEPS, "sectors": SECTORS, "profile": PROFILE, "talks": "talks.track"}


# --- what a lever says -------------------------------------------------------------------------------------


def refuse_collisions(levers: Sequence[Lever], ordered: bool = False) -> None:
    """Raise if two levers say the same, so that one would undo the other.

    Parameters
    ----------
    levers : sequence of Lever
    ordered : bool
        Whether the stages are put in other orders as well.

    Raises
    ------
    InputError
        With the two levers and the key.
    """
    said = {lever.name: keys_of(lever) for lever in levers}
    if ordered:
        said["order"] = {SEQUENCE}
    for (name, keys), (other, others) in combinations(said.items(), 2):
        if same := sorted(key for key in others if any(overlapping(key, each) for each in keys)):
            raise InputError(
                f"generate.levers: '{name}' and '{other}' both say {same[0]}: one would undo the other; a "
                "lever with a key of its own, or a transform, says less than a dimension"
            )


def keys_of(lever: Lever) -> set[str]:
    """Return the keys of a strategy file that a lever says, and what it says of the stages as a whole."""
    if lever.transform is not None:
        return {TRANSFORMS[lever.transform]}
    keys = {str(lever.key)}
    if lever.key is None:
        keys = {key for said in choice_of(lever).levels.values() for key in said_by(said)}
    relief = any(key.endswith("_stage.relief") for key in keys)
    return keys | {SECTORS, PROFILE} if relief else keys


def said_by(level: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a level of a dimension says; rules are added to one another, and so collide with none."""
    for key in dimensions.keys_of(level):
        if key == "relief_by_stage":
            yield from (STEPS, PROFILE)
        elif key == "stages":
            yield from FIRST
            yield from (f"{EVERY_STAGE}.{said}" for stage in level[key] for said in stage)
        elif key != "rules":
            yield key


def overlapping(key: str, other: str) -> bool:
    """Return whether two keys are one, or one is a part of the other; each stage is one of every stage."""
    return all(
        part == beside
        or (EVERY_STAGE in (part, beside) and part.endswith("_stage") and beside.endswith("_stage"))
        for part, beside in zip(key.split("."), other.split("."), strict=False)
    )


def choice_of(lever: Lever) -> dimensions.Choice:
    """Return the question of design that a lever answers."""
    return dimensions.choice_of(str(lever.dimension), lever.about, [str(level) for level in lever.levels])


# --- levels ------------------------------------------------------------------------------------------------


def levels_of(lever: Lever) -> tuple[Any, ...]:
    """Return the levels of a lever, those of a range being even steps through it."""
    if lever.dimension is not None:
        return lever.levels or tuple(choice_of(lever).levels)
    if lever.low is None or lever.high is None:
        return lever.levels
    steps = [float(step) for step in np.linspace(lever.low, lever.high, lever.count)]
    return tuple(dict.fromkeys(map(round, steps))) if is_whole(lever) else tuple(steps)


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


def spelt(level: Any) -> str:
    """Return a level in words."""
    if isinstance(level, bool):
        return "yes" if level else "no"
    if isinstance(level, tuple | list):
        return " + ".join(map(str, level)) or "none"
    if isinstance(level, dict):
        return ", ".join(f"{key} {spelt(value)}" for key, value in level.items()) or "none"
    return f"{level:g}" if isinstance(level, float) else str(level)


# --- strategies --------------------------------------------------------------------------------------------


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
    try:
        pairs = orders.pairs_of(titles, said.before)
        valid = orders.count(len(titles), pairs)
    except InputError as fault:
        raise InputError(f"generate.order: '{base.name}': {fault}") from None
    if valid == 1:
        raise InputError(f"generate.order: the stages of '{base.name}' have one valid order only")
    return pairs, valid


def combined(
    base: Strategy, order: orders.Order | None, levers: Sequence[Lever], levels: Mapping[str, Any]
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
    for lever in sorted(levers, key=turn_of):
        if lever.key is None:
            strategy = pulled(strategy, lever, levels[lever.name])
    if keyed := [(lever, levels[lever.name]) for lever in levers if lever.key is not None]:
        strategy = told(strategy, keyed)
    return strategy.model_copy(update=dict.fromkeys(("name", "title", "description"), "generated"))


def turn_of(lever: Lever) -> int:
    """Return when a lever is pulled: what makes stages anew before what is said of them."""
    keys = keys_of(lever)
    return next((turn for turn, key in enumerate(FIRST) if key in keys), len(FIRST))


def pulled(strategy: Strategy, lever: Lever, level: Any) -> Strategy:
    """Return the strategy with one lever at a level.

    Raises
    ------
    InputError
        If it cannot be: the message names the lever and the level.
    """
    if lever.key is not None:
        return told(strategy, [(lever, level)])
    try:
        if lever.transform is not None:
            return transformed(strategy, lever.transform, level)
        return dimensions.at_level(strategy, choice_of(lever), str(level))
    except InputError as fault:
        raise refused([(lever, level)], fault) from None


def told(strategy: Strategy, keyed: Sequence[tuple[Lever, Any]]) -> Strategy:
    """Return the strategy with keys of its file at other values, all of them at once.

    A key is a path such as ``talks.secrecy_months``, or ``every_stage.verify.every`` for every stage.

    Raises
    ------
    InputError
        If they cannot be: the message names the levers and their levels.
    """
    try:
        said: dict[str, Any] = {}
        for lever, level in keyed:
            said = dimensions.together(said, table_of(str(lever.key), level))
        if everywhere := said.pop(EVERY_STAGE, None):
            said["stages"] = [merged(transforms.said_of(stage), everywhere) for stage in strategy.stages]
        return strategy.derived("said", "", said)
    except InputError as fault:
        raise refused(keyed, fault) from None


def table_of(key: str, level: Any) -> dict[str, Any]:
    """Return the table of a strategy file in which one key has a value."""
    first, _, rest = key.partition(".")
    if not rest:
        raise InputError(f"key '{key}' names no table: write talks.secrecy_months or every_stage.dwell")
    said: Any = list(level) if isinstance(level, tuple) else level
    for word in reversed(rest.split(".")):
        said = {word: said}
    return {first: said}


def refused(pulled: Sequence[tuple[Lever, Any]], fault: InputError) -> InputError:
    """Return why a strategy cannot be made, with the levers and their levels."""
    told = ", ".join(f"'{lever.name}' at {spelt(level)}" for lever, level in pulled)
    reason = re.sub(r"^strategy '[^']*': ", "", str(fault).splitlines()[0])
    return InputError(f"{'lever' if len(pulled) == 1 else 'levers'} {told}: {reason}")


def transformed(strategy: Strategy, transform: str, level: Any) -> Strategy:
    """Return the strategy after one of the transforms.

    Raises
    ------
    InputError
        If the level is none of its, or the strategy cannot be taken there.
    """
    if transform == "steps":
        if isinstance(level, bool) or not isinstance(level, int):
            raise InputError("steps are counted in whole numbers, 1 or more")
        return transforms.in_steps(strategy, level)
    if transform == "profile":
        return transforms.profiled(strategy, str(level))
    if transform == "talks":
        return transforms.switched(strategy, str(level))
    return transforms.sector_order(strategy, level if isinstance(level, tuple) else [str(level)])


# --- names -------------------------------------------------------------------------------------------------


def named_by(
    strategy: Strategy, base: Strategy, order: orders.Order | None, acting: Mapping[str, Any]
) -> Strategy:
    """Return the strategy, called by its base, the places of its stages, and the levels that act."""
    levels = {name: spelt(level) for name, level in acting.items() if level is not None}
    words = [f"{name}-{dimensions.suffix_of(level)}".strip("-") for name, level in levels.items()]
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


def distinct(strategy: Strategy, taken: set[str]) -> Strategy:
    """Return the strategy under a name that is not yet ``taken``, and take it: two levels may read alike."""
    name, turn = strategy.name, 1
    while name in taken:
        turn += 1
        name = f"{strategy.name}-{turn}"
    taken.add(name)
    return strategy.model_copy(update={"name": name})


def letter(place: int) -> str:
    """Return the letter by which a step is called in the name of an order."""
    return "abcdefghijklmnopqrstuvwxyz"[place]
