"""Editing a strategy: operations on a draft, each of which returns another and changes none.

Stages and rules are counted from 0 here, as they stand in the draft.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from browser.editor.drafts import Draft, ordered
from browser.editor.forms import NUMBERS, TABLES, WHOLE, Entry, entry_at
from model.paths import cumulated, increments, words_in
from model.strategy_format import MAIN, Stage
from model.vocabulary import InputError

#: Where something stands in a draft.
Path = tuple[str | int, ...]

#: What a new stage and a new rule say until they are told otherwise.
BLANK: dict[str, dict[str, Any]] = {
    "stages": {"title": "New stage", "release": "verified"},
    "rules": {"when": "leak", "then": "disclose"},
}


def moved(
    draft: Draft, section: str, place: int, to: int, track: str | None = None, keeps: bool = False
) -> Draft:
    """Return the draft with a stage or rule at another place.

    Parameters
    ----------
    draft : Draft
    section : str
        "stages" or "rules".
    place, to : int
        Where it stands, and where it is to stand then.
    track : str, optional
        The track that a stage is moved into; its own by default.
    keeps : bool
        Whether each stage goes on to add to the demand what it adds now, so that the depths that are asked
        are summed up anew; otherwise they move with the stages.
    """
    many = sections(draft, section)
    _within(place, many)
    order = [each for each in range(len(many)) if each != place]
    order.insert(min(max(to, 0), len(order)), place)
    changed = [dict(many[each]) for each in order]
    if track is not None and section == "stages":
        changed[order.index(place)] = _on_track(many[place], track)
    result = ordered(draft | {section: changed})
    return _with_sums(draft, result, order) if keeps and section == "stages" else result


def _on_track(stage: Mapping[str, Any], track: str) -> dict[str, Any]:
    if stage.get("track", MAIN) == track:
        return dict(stage)
    rest = {key: value for key, value in stage.items() if key != "track"}
    return rest if track == MAIN else rest | {"track": track}


def _with_sums(before: Draft, after: Draft, order: Sequence[int]) -> Draft:
    """Return the draft ``after`` with depths such that each stage adds what it added ``before``."""
    try:
        old, new = ([Stage.model_validate(each) for each in draft["stages"]] for draft in (before, after))
    except ValidationError:
        return after
    added: dict[int, dict[str, float]] = {}
    for track in _places_by_track(old).values():
        added |= zip(track, increments([old[place] for place in track]), strict=True)
    stages = copy.deepcopy(after["stages"])
    for track in _places_by_track(new).values():
        grown = [added[order[place]] for place in track]
        words = words_in([new[place] for place in track])
        for place, asks in zip(track, cumulated(grown, words), strict=True):
            stages[place] = _said(stages[place] | {"asks": asks})
    return after | {"stages": stages}


def _places_by_track(stages: Sequence[Stage]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, stage in enumerate(stages):
        places.setdefault(stage.track, []).append(place)
    return places


def added(draft: Draft, section: str, at: int, like: int | None = None, track: str | None = None) -> Draft:
    """Return the draft with one more stage or rule at a place: a blank one, or a copy of another.

    A blank stage is put on ``track``, by default the main one.
    """
    many = sections(draft, section)
    new = copy.deepcopy(BLANK[section] if like is None else many[_within(like, many)])
    if track is not None and like is None and section == "stages":
        new = _on_track(new, track)
    place = min(max(at, 0), len(many))
    return ordered(draft | {section: [*many[:place], new, *many[place:]]})


def removed(draft: Draft, section: str, place: int) -> Draft:
    """Return the draft without a stage or rule."""
    many = list(sections(draft, section))
    many.pop(_within(place, many))
    return _said(draft | {section: many})


def put(draft: Draft, path: Path, value: Any) -> Draft:
    """Return the draft saying ``value`` at a place; tables that are missing on the way are made.

    Of relief and asks either the whole table is said, or one share in it.

    Raises
    ------
    InputError
        If there is no such key, or it cannot hold such a value.
    """
    entry = entry_at(path)
    word = entry is None and (whole := entry_at(path[:-1])) is not None and whole.kind in TABLES
    if entry is None and not word:
        raise InputError(f"{_told(path)}: there is no such key")
    value = _number(value, False) if entry is None else value_for(entry, value)
    if value is None or (entry is not None and value in ({}, []) and not entry.default):
        return dropped(draft, path)
    result = copy.deepcopy(draft)
    table = _table(result, path)
    table[str(path[-1])] = value
    return ordered(result)


def dropped(draft: Draft, path: Path) -> Draft:
    """Return the draft saying nothing at a place, so that what is neutral holds; empty tables go with it."""
    result = copy.deepcopy(draft)
    tables = [result]
    for part in path[:-1]:
        table: Any = tables[-1]
        inside = isinstance(part, int) and isinstance(table, list) and 0 <= part < len(table)
        if not inside and not (isinstance(table, dict) and part in table):
            return draft
        tables.append(table[part])
    if isinstance(tables[-1], dict):
        tables[-1].pop(str(path[-1]), None)
    for place in range(len(tables) - 1, 0, -1):
        if tables[place] == {} and isinstance(tables[place - 1], dict):
            tables[place - 1].pop(str(path[place - 1]))
    return result


def named(draft: Draft, name: str, title: str | None = None) -> Draft:
    """Return the draft under another name and, if it is said, another title."""
    draft = put(draft, ("name",), name)
    return draft if title is None else put(draft, ("title",), title)


def value_for(entry: Entry, value: Any) -> Any:
    """Return a value as the file holds it: whole numbers whole, shares with a point; None for nothing said.

    Raises
    ------
    InputError
        If the key can hold nothing of this shape.
    """
    if value is None or (value == "" and (entry.kind in NUMBERS or not entry.is_needed)):
        return None
    if entry.kind in NUMBERS:
        return _number(value, entry.kind in WHOLE)
    if entry.kind in TABLES and isinstance(value, Mapping):
        shares = {str(word): _number(share, False) for word, share in value.items()}
        return {word: share for word, share in shares.items() if share is not None}
    shapes = {"text": str, "word": str, "words": list, "yes-no": bool}
    if not isinstance(value, shapes.get(entry.kind, type(None))):
        raise InputError(f"{entry.label}: {value!r} is no value for it")
    return [str(word) for word in value] if isinstance(value, list) else value


def _number(value: Any, is_whole: bool) -> float | int | None:
    """Return a number as a file has it; one that should be whole and is not stays as it is."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(f"{value!r} is no number")
    if is_whole:
        return int(value) if float(value).is_integer() else value
    return float(value)


def sections(draft: Draft, section: str) -> list[dict[str, Any]]:
    """Return the stages or the rules of a draft."""
    if section not in BLANK:
        raise InputError(f"'{section}': one of {', '.join(BLANK)}")
    return list(draft.get(section, []))


def _within(place: int, many: Sequence[Any]) -> int:
    if not 0 <= place < len(many):
        raise InputError(f"{place + 1}: there are {len(many)}")
    return place


def _table(draft: Draft, path: Path) -> dict[str, Any]:
    table: Any = draft
    for part in path[:-1]:
        if isinstance(part, int):
            table = table[_within(part, table)]
        else:
            table = table.setdefault(part, [] if part in BLANK else {})
    found: dict[str, Any] = table
    return found


def _said(table: dict[str, Any]) -> dict[str, Any]:
    """Return a table without what says nothing."""
    return {key: value for key, value in table.items() if value not in ({}, [])}


def _told(path: Path) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
