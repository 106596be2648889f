"""What a strategy file says, in words: keys, values with their units, and text without its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from model.dimensions import SHARES
from model.strategy_format import Script, Stage
from model.strategy_variants import EVERY_STAGE

#: The longest title of a control that is not cut.
LONGEST = 75
#: Whose keys a level says, where it is stages.
STAGES = (EVERY_STAGE, "first_stage", "last_stage")
#: Keys that are said with their table.
SHORT = ("by", "every", "final", "handling", "intensity", "level", "months", "number", "phase", "role")


def plain(text: str) -> str:
    """Return a text without the signs that Markdown puts around words."""
    return re.sub(r"\*\*|`", "", text)


def cut(text: str) -> tuple[str, str]:
    """Return a short title, and what a longer text says beyond it."""
    if len(text) <= LONGEST:
        return text, ""
    title, *more = re.split("[:;,] ", text, maxsplit=1)
    return title, "".join(f"{rest[0].upper()}{rest[1:]}." for rest in more)


def flat(said: Mapping[str, Any], *at: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield what is said key by key, with the way to each."""
    for key, value in said.items():
        if isinstance(value, Mapping) and key not in SHARES:
            yield from flat(value, *at, key)
        else:
            yield (*at, key), value


def in_words(way: Sequence[str], value: Any) -> str:
    """Return the value of a key with its unit."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return _amount(way, value)
        case Mapping():
            return ", ".join(f"{spaced(key)} {100 * share:g} %" for key, share in value.items()) or "none"
        case list() | tuple():
            return ", ".join(spaced(str(each)) for each in value) or "none"
    return spaced(str(value))


def _amount(way: Sequence[str], value: float) -> str:
    """Return a number with its unit, or the words that the format has for none."""
    field, kind = _declared(way)
    none = re.search(r"; 0 for ([^();]+)", field.description or "")
    if value == 0 and none:
        return none[1].strip()
    if "Share" in kind:
        return f"{100 * value:g} %"
    if "Months" in kind:
        return f"{value:g} month{'' if value == 1 else 's'}"
    return f"{value:g}"


def label_of(way: Sequence[str]) -> str:
    """Return a key in words; one that says little by itself with its table."""
    *tables, key = (part for part in way if part not in STAGES)
    return " ".join(spaced(part) for part in (*(tables[-1:] if key in SHORT else ()), key))


def sets(said: Mapping[str, Any]) -> str:
    """Return in words what is said of tables: each key with its value."""
    told = (f"{label_of(way)}: {in_words(way, value)}" for way, value in flat(said) if way[0] != "rules")
    return "; ".join(told)


def spaced(word: str) -> str:
    """Return a word of the format as plain words."""
    return re.sub(r"(?<!\bco)[_-]", " ", word)


def _declared(way: Sequence[str]) -> tuple[Any, str]:
    """Return how the format declares the key at a place, and of what kind it is."""
    is_staged = way[0] in STAGES
    table: Any = Stage if is_staged else Script
    *tables, key = way[1:] if is_staged else way
    for name in tables:
        table = table.model_fields[name].annotation
    return table.model_fields[key], str(table.__annotations__[key])
