"""The dimensions of design as levers: any strategy, taken to another level of one of them.

``designs.toml`` says of every dimension D01 to D46, and of every institution I01 to I20, which levels it has
and how a strategy file says each. A level is laid over a strategy as a variant is: tables key by key, what
it says of every stage into every stage. Levels exclude one another: what only another level says of a table
goes back to its neutral default. Where a level is about the cuts of relief, the strategy is cut into so many
steps along its own path; where it says what the first stage gives, the others make up for it; so that what
is given in all stays the same. Where a level writes its stages out, they replace those of the strategy.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from model.matching import relief_table, said_of, shares_of
from model.paths import by_amount, cut_at, sums
from model.strategy import Strategy
from model.strategy_format import MAIN, Script, Stage, Table
from model.strategy_variants import EVERY_STAGE, merged
from model.strategy_words import Relief
from model.transforms import changed, in_steps, recut, refuse_single_senders
from model.vocabulary import SECTORS, InputError, nearest

#: Every dimension with its levels, and how each is said.
DESIGNS = Path(__file__).with_name("designs.toml")
#: What a level may say that is no table of a strategy file.
SHORTHANDS = (EVERY_STAGE, "first_stage", "last_stage", "relief_by_stage", "stages", "level")
#: Keys that hold shares by name, which are one value.
SHARES = ("relief", "asks")


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
    said = dict(first)
    for key, value in second.items():
        before = first.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping) and key not in SHARES:
            value = together(before, value)
        said[key] = [*before, *value] if key == "rules" and before else value
    return said


def choice_of(dimension: str, about: str | None = None, levels: Sequence[str] = ()) -> Choice:
    """Return the question of a dimension that is meant: by what it is ``about``, or by its ``levels``.

    Raises
    ------
    InputError
        If there is no such dimension, question or level, or several questions could be meant.
    """
    found = [choice for choice in choices() if choice.id == dimension]
    if not found:
        ids = list(dict.fromkeys(choice.id for choice in choices()))
        hint = nearest(dimension, ids)
        raise InputError(f"'{dimension}' is no dimension of design; D01 to D46 and I01 to I20{hint}")
    if about is not None:
        named = [choice.about for choice in found]
        found = [choice for choice in found if choice.about == about]
        if not found:
            told = "; ".join(named)
            raise InputError(f"{dimension} has no question '{about}'; one of: {told}{nearest(about, named)}")
    meant = [choice for choice in found if all(level in choice.levels for level in levels)]
    if not meant:
        told = " | ".join("; ".join(choice.levels) for choice in found)
        raise InputError(f"{dimension} has not all of the levels {', '.join(levels)}; there are: {told}")
    if len(meant) > 1:
        told = "; ".join(choice.about for choice in meant)
        raise InputError(f"{dimension} asks {len(meant)} such things; say which (about): {told}")
    return meant[0]


def at_level(strategy: Strategy, choice: Choice, level: str) -> Strategy:
    """Return the strategy, called ``...-<level>``, at a level of a question of design.

    What can then no longer act is left out, as in a variant.

    Raises
    ------
    InputError
        If the strategy cannot be taken there.
    """
    said = together(unsaid(choice, level), choice.levels[level])
    if shares := said.get("relief_by_stage"):
        strategy = in_shares(strategy, shares)
    changes = {key: value for key, value in said.items() if key not in SHORTHANDS}
    if "rules" in changes:
        changes["rules"] = [*strategy.model_dump(exclude_unset=True).get("rules", []), *changes["rules"]]
    stages = stages_at(strategy, said)
    changes = together(reachable(strategy, len(stages)), changes) | {"stages": stages}
    return strategy.derived(suffix_of(level), f"{choice.id}: {level}.", changes)


def unsaid(choice: Choice, level: str) -> dict[str, Any]:
    """Return the neutral default of what other levels say of a table, and this one does not."""
    own = set(keys_of(choice.levels[level]))
    others = dict.fromkeys(key for said in choice.levels.values() for key in keys_of(said))
    said: dict[str, Any] = {}
    for key in others:
        table, *path = key.split(".")
        if key in own or (table == EVERY_STAGE and len(path) == 1):
            continue  # what stands in a stage itself is its own
        if table == EVERY_STAGE:
            said = together(said, {EVERY_STAGE: {path[0]: neutral(Stage, *path)}})
        elif table in Script.model_fields and path:
            said = together(said, {table: neutral(Script, table, *path)})
    return said


def neutral(file: type[Table], table: str, key: str) -> dict[str, Any]:
    """Return the neutral default of a key in one of the tables of a strategy file, or of a stage."""
    return {key: file.model_fields[table].default.model_dump()[key]}


def reachable(strategy: Strategy, stages: int) -> dict[str, Any]:
    """Return what a strategy says of being some stages on, brought to the number of ``stages`` there are."""
    places = {"handover": "after_stages", "civilians": "entry_stage"}
    return {
        table: {key: min(stages, place)}
        for table, key in places.items()
        if (place := getattr(getattr(strategy, table), key)) > stages
    }


def in_shares(strategy: Strategy, shares: Sequence[float]) -> Strategy:
    """Return the strategy with its main track cut into as many steps as ``shares``, each giving its share.

    Relief comes along the path on which it came: what was given first is still given first.
    """
    ends = np.array(sums(shares)) / sum(shares)

    def by_share(track: Sequence[Stage]) -> list[list[float]]:
        given = [shares_of(stage) for stage in track]
        if track[0].track != MAIN:
            return given
        path = by_amount(given)
        return cut_at(path, [path[-1][0] * float(end) for end in ends])

    return recut(in_steps(strategy, len(shares)), "shares", "", by_share)


def stages_at(strategy: Strategy, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the stages of a strategy after what a level says of all, of the first and of the last."""
    everywhere, first = said.get(EVERY_STAGE, {}), said.get("first_stage", {})
    if "stages" in said:
        plain = {"release": "verified", **everywhere}
        stages = [
            merged({"title": f"Step {place}", **plain}, stage)
            for place, stage in enumerate(said["stages"], 1)
        ]
    else:
        own = made_up(strategy, first["relief"]) if "relief" in first else map(said_of, strategy.stages)
        stages = [merged(stage, everywhere) for stage in own]
    stages[0] = merged(stages[0], first)
    stages[-1] = merged(stages[-1], said.get("last_stage", {}))
    return stages


def made_up(strategy: Strategy, relief: Mapping[str, float]) -> list[dict[str, Any]]:
    """Return the stages of a strategy when the first gives another ``relief`` and the others make up for it.

    Each gives the same part of what is left of a sector as before; equal parts where none gave any.

    Raises
    ------
    InputError
        If there is no other stage, or one is one sender's alone.
    """
    refuse_single_senders(strategy)
    given = np.array([shares_of(stage) for stage in strategy.stages])
    left = np.maximum(given.sum(axis=0) - Relief(relief.items()).spread([0.0] * SECTORS), 0.0)
    first, *others = strategy.stages
    if not others:
        raise InputError(f"strategy '{strategy.name}': has one stage; none could make up for what it gives")
    after = given[1:].sum(axis=0)
    parts = np.where(after > 0.0, given[1:] / np.where(after > 0.0, after, 1.0), 1.0 / len(others))
    rest = [
        changed(stage, {"relief": relief_table(shares)})
        for stage, shares in zip(others, (parts * left).tolist(), strict=True)
    ]
    return [said_of(first), *rest]


def keys_of(said: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Yield the keys of a strategy file that a level says, such as ``talks.track``."""
    for key, value in said.items():
        if isinstance(value, Mapping) and key not in SHARES:
            yield from keys_of(value, f"{at}{key}.")
        elif key != "level":
            yield f"{at}{key}"


def suffix_of(level: str) -> str:
    """Return the words of a level as a part of a name."""
    kept = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in level.lower())
    return "-".join(filter(None, kept.split("-")))
