"""The dimensions of design as levers: any strategy, taken to another level of one of them.

``designs.toml`` says of every dimension D01 to D46, and of every institution I01 to I20, which levels it has
and how a strategy file says each. A level is laid over a strategy as a variant is: tables key by key, what
it says of every stage into every stage. Where a level is about the cuts of relief, the strategy is cut into
so many steps along its own path, so that what it gives and asks in all stays the same; where a level writes
its stages out, they replace those of the strategy.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from model.strategy import Strategy
from model.strategy_variants import merged
from model.transforms import in_steps, recut, said_of, shares_of
from model.vocabulary import InputError, nearest

#: Every dimension with its levels, and how each is said.
DESIGNS = Path(__file__).with_name("designs.toml")
#: What a level may say that is no table of a strategy file.
SHORTHANDS = ("every_stage", "first_stage", "last_stage", "relief_by_stage", "stages", "level")


class Choice(NamedTuple):
    """A question of design whose levels exclude one another.

    Attributes
    ----------
    id, about : str
        The dimension or institution, and which of its questions.
    levels : dict
        What a strategy file says for each level, by the level's words.
    """

    id: str
    about: str
    levels: dict[str, dict[str, Any]]


@functools.cache
def choices() -> tuple[Choice, ...]:
    """Return every question of design, in the order of their ids."""
    table = tomllib.loads(DESIGNS.read_text(encoding="utf-8"))
    return tuple(
        Choice(entry["id"], choice.get("about", entry["name"]), _levels(choice))
        for entry in [*table["dimension"], *table["institution"]]
        for choice in entry.get("choice", [entry])
    )


def _levels(choice: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    # Stages beside a level are there for want of others: a strategy has its own.
    beside = {key: value for key, value in choice.get("beside", {}).items() if key != "stages"}
    return {level["level"]: together(beside, level) for level in choice["levels"]}


def together(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return what two fragments of a file say together: tables key by key, rules one after another."""
    said = merged(first, second)
    if "rules" in first and "rules" in second:
        said["rules"] = [*first["rules"], *second["rules"]]
    return said


def choice_of(dimension: str, about: str | None = None, levels: Sequence[str] = ()) -> Choice:
    """Return the question of a dimension that is meant: by what it is ``about``, or by its ``levels``.

    Raises
    ------
    InputError
        If there is no such dimension, question or level, or several questions could be meant.
    """
    ids = list(dict.fromkeys(choice.id for choice in choices()))
    found = [choice for choice in choices() if choice.id == dimension]
    if not found:
        raise InputError(f"'{dimension}' is no dimension of design; D01 to D46{nearest(dimension, ids)}")
    if about is not None:
        named = [choice.about for choice in found]
        found = [choice for choice in found if choice.about == about]
        if not found:
            raise InputError(f"{dimension} has no question '{about}'; one of: {'; '.join(named)}")
    meant = [choice for choice in found if all(level in choice.levels for level in levels)]
    if not meant:
        told = " | ".join("; ".join(choice.levels) for choice in found)
        raise InputError(f"{dimension} has not all of the levels {', '.join(levels)}; there are: {told}")
    if len(meant) > 1 and not levels:
        told = "; ".join(choice.about for choice in meant)
        raise InputError(f"{dimension} asks {len(meant)} things; say which (about): {told}")
    return meant[0]


def at_level(strategy: Strategy, choice: Choice, level: str) -> Strategy:
    """Return the strategy, called ``...-<level>``, at a level of a question of design.

    What can then no longer act is left out, as in a variant.

    Raises
    ------
    InputError
        If the strategy cannot be taken there.
    """
    said = choice.levels[level]
    if shares := said.get("relief_by_stage"):
        strategy = in_shares(strategy, shares)
    changes = {key: value for key, value in said.items() if key not in SHORTHANDS}
    if "rules" in changes:
        changes["rules"] = [*strategy.model_dump(exclude_unset=True).get("rules", []), *changes["rules"]]
    stages = stages_at(strategy, said)
    changes = together(reachable(strategy, len(stages)), changes) | {"stages": stages}
    return strategy.derived(suffix_of(level), f"{choice.id}: {level}.", changes)


def reachable(strategy: Strategy, stages: int) -> dict[str, Any]:
    """Return what a strategy says of being some stages on, brought to the number of ``stages`` there are."""
    places = {"handover": "after_stages", "civilians": "entry_stage"}
    return {
        table: {key: min(stages, place)}
        for table, key in places.items()
        if (place := getattr(getattr(strategy, table), key)) > stages
    }


def in_shares(strategy: Strategy, shares: Sequence[float]) -> Strategy:
    """Return the strategy cut into as many steps as there are ``shares``, each giving its share."""
    cut = in_steps(strategy, len(shares))
    totals = [sum(each) for each in zip(*map(shares_of, strategy.stages), strict=True)]
    whole = sum(shares)

    def by_share(track: Sequence[Any]) -> list[list[float]]:
        if len(track) != len(shares):  # another track keeps what it gives
            return [shares_of(stage) for stage in track]
        return [[share / whole * total for total in totals] for share in shares]

    return recut(cut, "shares", "", by_share)


def stages_at(strategy: Strategy, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the stages of a strategy after what a level says of all, of the first and of the last."""
    plain = {"release": "verified", **said.get("every_stage", {})}
    if "stages" in said:
        stages = [
            merged({"title": f"Step {place}", **plain}, stage)
            for place, stage in enumerate(said["stages"], 1)
        ]
    else:
        stages = [merged(said_of(stage), said.get("every_stage", {})) for stage in strategy.stages]
    stages[0] = merged(stages[0], said.get("first_stage", {}))
    stages[-1] = merged(stages[-1], said.get("last_stage", {}))
    return stages


def keys_of(said: Mapping[str, Any]) -> list[str]:
    """Return the keys of a strategy file that a level says, such as ``talks.track``."""
    keys = []
    for table, content in said.items():
        if table in ("stages", "relief_by_stage"):
            keys.append("the stages")
        elif table == "rules":
            keys.append("rules")
        elif table != "level":
            keys += [f"{table}.{key}" for key in content]
    return keys


def suffix_of(level: str) -> str:
    """Return the words of a level as a part of a name."""
    kept = "".join(letter if letter.isalnum() else "-" for letter in level.lower())
    return "-".join(filter(None, kept.split("-")))
