"""Faults of a scenario file in a user's words: file, key, what is wrong, and what is allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from model.scenario_format import ENTRIES, ScenarioText
from model.scenario_names import ACTOR_TABLES, Entry, Known, listed
from model.vocabulary import InputError, Kind, nearest

LIMITS = {
    "greater_than_equal": "the least is {ge:g}",
    "greater_than": "it has to exceed {gt:g}",
    "less_than_equal": "the most is {le:g}",
    "too_short": "at least {min_length} needed",
}

#: What stands in the way of a key that has to be there, where "missing" alone does not say it.
NEEDS = {
    "target": "every dispute needs a target and a lead sender",
    "lead": "every dispute needs a target and a lead sender",
    "disputes": "a scenario holds at least one dispute",
    "states": "a scenario holds at least two states",
}


def checked(raw: Mapping[str, Any], where: str) -> ScenarioText:
    """Return ``raw`` as a validated scenario.

    Raises
    ------
    InputError
        If it has faults; the message names every one, a line each, after ``where`` they stand.
    """
    faults = list(_repeated(raw))
    try:
        text = ScenarioText.model_validate(dict(raw), context=known_of(raw))
    except ValidationError as invalid:
        faults += told(invalid, ENTRIES)
    if faults:
        raise InputError("\n".join(f"{where}: {fault}" for fault in _once(faults)))
    return text


def _once(faults: list[str]) -> Iterator[str]:
    """Yield each fault at the first key that has it, and say at how many more keys it stands."""
    told_at: dict[str, list[str]] = {}
    for fault in faults:
        key, _, what = fault.partition(": ")
        told_at.setdefault(what if what.startswith("unknown actor") else fault, []).append(key)
    for what, keys in told_at.items():
        more = f" (and at {len(keys) - 1} more keys)" if len(keys) > 1 else ""
        yield f"{keys[0]}: {what}{more}" if what.startswith("unknown actor") else f"{what}{more}"


def told(invalid: ValidationError, entries: Mapping[str, type[Entry]], under: str = "") -> list[str]:
    """Return the faults that pydantic found, a line each: key, what is wrong, what is allowed.

    Parameters
    ----------
    invalid : ValidationError
        What pydantic found.
    entries : mapping
        The entry at every place of the file, by its path.
    under : str
        Table of the file that was validated; empty for the whole file.
    """
    return [line for error in invalid.errors() for line in _told(error, entries, under)]


def _told(error: ErrorDetails, entries: Mapping[str, type[Entry]], under: str) -> Iterator[str]:
    location = [*([under] if under else []), *error["loc"]]
    key = _key(location)
    context: dict[str, Any] = error.get("ctx", {})
    given = error["input"]
    match error["type"]:
        case "extra_forbidden":
            allowed = _allowed_at(location[:-1], entries)
            yield f"{key}: unknown key{listed(allowed, str(location[-1]), 'the keys')}"
        case "missing":
            need = NEEDS.get(str(location[-1]))
            yield f"{key}: missing" + (f"; {need}" if need else "")
        case "value_error":
            yield from (_joined(key, line) for line in str(context["error"]).splitlines())
        case "literal_error":
            allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            yield f"{key}: '{given}' is not one of {', '.join(allowed)}{nearest(str(given), allowed)}"
        case limit if limit in LIMITS:
            size = f"{len(given)} given" if limit == "too_short" else f"{given} is out of range"
            need = NEEDS.get(str(location[-1])) or LIMITS[limit].format(**context)
            yield f"{key}: {size}; {need}"
        case "model_type":
            yield f"{key}: {given!r} is not a table"
        case "string_type" if isinstance(given, date):
            yield f'{key}: write the month in quotes, as in "2012-01"'
        case _:
            wanted = error["msg"].removeprefix("Input should be ")
            yield f"{key}: {given!r} is not {wanted}" if wanted != error["msg"] else f"{key}: {wanted}"


def _key(location: list[int | str]) -> str:
    """Return where a fault stands, as in disputes[1].parties[2].role; counted from 1."""
    key = ""
    for part in location:
        if part != "[key]":
            key += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if key else part
    return key


def _joined(key: str, line: str) -> str:
    """Return a fault that an entry found in itself, with the path of its own key if it starts with one."""
    inner = line.split(":", maxsplit=1)[0]
    is_key = ": " in line and " " not in inner and "'" not in inner
    return f"{key}.{line}" if key and is_key else f"{key}: {line}" if key else line


def _allowed_at(location: list[int | str], entries: Mapping[str, type[Entry]]) -> list[str]:
    """Return the keys that are allowed in the table at ``location``."""
    table = entries[".".join(part for part in location if isinstance(part, str))]
    keys = [field.alias or name for name, field in table.model_fields.items()]
    return keys if location else [*keys, "grow"]


def _entries(raw: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    value = raw.get(key)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def known_of(raw: Mapping[str, Any]) -> Known:
    """Return the names that ``raw`` declares, passing over what is no name."""
    actors: dict[str, Kind] = {}
    for table, kind in ACTOR_TABLES.items():
        for entry in _entries(raw, table):
            if isinstance(entry.get("name"), str):
                actors.setdefault(entry["name"], kind)
    disputes = {str(entry.get("name")): _parties(entry, actors) for entry in _entries(raw, "disputes")}
    return Known(actors, disputes, str(raw.get("start")))


def _parties(dispute: Mapping[str, Any], actors: Mapping[str, Kind]) -> list[str]:
    """Return the states that a dispute names as its parties, each once."""
    written = [party.get("state") for party in _entries(dispute, "parties")]
    named = [dispute.get("target"), dispute.get("lead"), *written]
    return list(dict.fromkeys(name for name in named if isinstance(name, str) and name in actors))


def _repeated(raw: Mapping[str, Any]) -> Iterator[str]:
    """Yield a fault for every name that two actors or two disputes bear."""
    places = [
        (str(entry["name"]), f"{table}[{row}].name", table == "disputes")
        for table in (*ACTOR_TABLES, "disputes")
        for row, entry in enumerate(_entries(raw, table), start=1)
        if "name" in entry
    ]
    counts = Counter((name, is_dispute) for name, _, is_dispute in places)
    first: dict[tuple[str, bool], str] = {}
    for name, key, is_dispute in places:
        if counts[name, is_dispute] > 1 and (name, is_dispute) in first:
            yield f"{key}: '{name}' is the name of {first[name, is_dispute].removesuffix('.name')} already"
        first.setdefault((name, is_dispute), key)
