"""Where a strategy stands in each question of design, and which levels set by hand still hold.

A level that is set later is laid over those before it, and may undo what one of them says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from browser.scene.settings import Levels, levelled
from browser.steering.wording import STAGES, flat, in_words, label_of
from model.dimensions import DESIGNS, Choice, at_level, choices
from model.matching import shares_of
from model.strategy import Strategy
from model.strategy_format import Script
from model.vocabulary import InputError

#: What does not tell two strategies apart here: what they say of themselves, and rules, which only add up.
ASIDE = ("name", "title", "description", "source", "rules")
#: Decimals to which numbers are compared: what is cut again comes out a little different.
DIGITS = 2


@lru_cache(maxsize=64)
def levels_of(name: str, text: str | None) -> dict[str, str]:
    """Return the levels at which a strategy stands by itself, by the keys of the first plan.

    A question is left out to which the strategy has an answer of its own.

    Parameters
    ----------
    name : str
        Of the strategy.
    text : str or None
        Of its file, if it is one of the reader's own.
    """
    strategy = levelled(name, text, ())
    found: dict[str, str] = {}
    for choice in choices():
        held = [level for level in choice.levels if _is_at(strategy, choice, level)]
        if len(held) == 1 and "rules" not in choice.levels[held[0]]:
            found[_key(choice)] = held[0]
    return found


@lru_cache(maxsize=64)
def stands_of(name: str, text: str | None) -> dict[str, str]:
    """Return where a strategy stands by itself, by the keys of the first plan: a level, or its own values."""
    strategy = levelled(name, text, ())
    own = {_key(choice): _own_answer(strategy, choice) for choice in bare()}
    return {key: words for key, words in own.items() if words} | levels_of(name, text)


@lru_cache(maxsize=64)
def overruled(name: str, text: str | None, levels: Levels) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Return which levels no longer hold, by dimension and question, each with the later that undid it."""
    found = {}
    for place, (dimension, about, level) in enumerate(levels[:-1], 1):
        choice = next(each for each in bare() if (each.id, each.about) == (dimension, about))
        checks_values = _reads(levelled(name, text, levels[:place]), choice, level)
        for until in range(len(levels), place - 1, -1):
            after = levelled(name, text, levels[:until])
            if _is_at(after, choice, level) and (not checks_values or _reads(after, choice, level)):
                if until < len(levels):
                    found[dimension, about] = levels[until]
                break
    return found


@cache
def bare() -> tuple[Choice, ...]:
    """Return every question of design without what is only said beside its levels."""
    table = tomllib.loads(DESIGNS.read_text(encoding="utf-8"))
    return tuple(
        Choice(
            entry["id"],
            choice.get("about", entry["name"]),
            {said["level"]: said for said in choice["levels"]},
        )
        for entry in [*table["dimension"], *table["institution"]]
        for choice in entry.get("choice", [entry])
    )


def _key(choice: Choice) -> str:
    return f"level/0/{choice.id}/{choice.about}"


def _is_at(strategy: Strategy, choice: Choice, level: str) -> bool:
    """Whether taking a strategy to a level changes nothing."""
    try:
        return _compared(at_level(strategy, choice, level)) == _compared(strategy)
    except InputError:
        return False


def _compared(strategy: Strategy) -> Any:
    return _rounded(strategy.model_dump(exclude=set(ASIDE)))


def _rounded(said: Any) -> Any:
    if isinstance(said, dict):
        return {key: _rounded(value) for key, value in said.items() if key != "title"}
    if isinstance(said, list | tuple):
        return [_rounded(each) for each in said]
    return round(said, DIGITS) if isinstance(said, float) else said


def _reads(strategy: Strategy, choice: Choice, level: str) -> bool:
    """Whether what a level says of tables stands in a strategy, word for word."""
    read = [(_values(strategy, way), value) for way, value in _readable(choice.levels[level])]
    said = [(set(map(repr, found)), {repr(_frozen(value))}) for found, value in read]
    return bool(said) and all(found == value for found, value in said)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _readable(said: Mapping[str, Any]) -> list[tuple[tuple[str, ...], Any]]:
    return list(flat(_tables(said)))


def _tables(said: Mapping[str, Any]) -> dict[str, Any]:
    tables = {key: part for key, part in said.items() if isinstance(part, Mapping)}
    return {key: part for key, part in tables.items() if key in STAGES or key in Script.model_fields}


def _values(strategy: Strategy, way: tuple[str, ...]) -> list[Any]:
    """Return what stands at a key, once for every stage where it is one of a stage."""
    said = strategy.model_dump()
    stages = list(said["stages"])
    staged = dict(zip(STAGES, (stages, stages[:1], stages[-1:]), strict=True))
    found = staged.get(way[0], [said])
    for part in way[1:] if way[0] in staged else way:
        found = [each[part] for each in found]
    return found


def _own_answer(strategy: Strategy, choice: Choice) -> str:
    """Return in words what a strategy says where the levels of a question say something."""
    named = [level for level in choice.levels if _reads(strategy, choice, level)]
    if len(named) == 1 and len(_tables(choice.levels[named[0]])) == len(choice.levels[named[0]]) - 1:
        return named[0]
    keys = {key for said in choice.levels.values() for key in said}
    if "relief_by_stage" in keys:
        return _steps(strategy)
    if "stages" in keys:
        return _counted(len(strategy.stages), "stage")
    if "rules" in keys:
        return _counted(len(strategy.rules), "rule")
    ways = dict.fromkeys(way for said in choice.levels.values() for way, _ in _readable(said))
    told = [(label_of(way), _told(way, _values(strategy, way))) for way in ways]
    return told[0][1] if len(told) == 1 else "; ".join(f"{label}: {words}" for label, words in told)


def _told(way: tuple[str, ...], values: list[Any]) -> str:
    said = list(dict.fromkeys(in_words(way, value) for value in values))
    return said[0] if len(said) == 1 else f"by stage {' | '.join(in_words(way, value) for value in values)}"


def _steps(strategy: Strategy) -> str:
    """Return how many stages give which part of all relief."""
    given = [sum(shares_of(stage)) for stage in strategy.stages]
    parts = [f"{100 * part / (sum(given) or 1.0):.0f}" for part in given]
    shares = f"{parts[0]} % each" if len(set(parts)) == 1 else f"{', '.join(parts)} %"
    return f"{len(given)} stage{'' if len(given) == 1 else 's'}, {shares} of the relief"


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'} of its own"
