"""The form of a strategy: for every key of the file a field, made from the file's own declaration.

No key, word, range or default is written down here: all of them are read off `model.strategy_format`, so that
a form has a field for whatever a file may say.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from model.strategy_format import Script, Table
from model.strategy_words import ALL, Months, Share, Shares
from model.vocabulary import Sector, word_of, words_of

#: Kinds of field whose values are numbers, those that are whole, and those that are tables of numbers.
NUMBERS = ("share", "number", "months", "count")
WHOLE = ("months", "count")
TABLES = ("shares", "depths")
#: How a column is stored, which a reader of the file need not know, and what stands for it.
STORED = {", one bit each": "", "1 + row of the state": "the state", "; 0 for all senders": "; left out, all"}


@dataclass(frozen=True)
class Entry:
    """One key of a table.

    Attributes
    ----------
    key, label : as the file spells it, and as the form shows it
    kind : word, words (several of them), share, number, months, count, yes-no, text, shares (by sector) or
        depths (by milestone)
    words : what it may say, where it says words; of shares and depths the words they are said by
    default : what holds where the file does not say it, as the file would spell it
    low, high : least and greatest number; None for none
    is_needed : whether a file has to say it
    meaning : what it means
    """

    key: str
    label: str
    kind: str
    words: tuple[str, ...]
    default: Any
    low: float | None
    high: float | None
    is_needed: bool
    meaning: str


@dataclass(frozen=True)
class Form:
    """The fields of one table.

    Attributes
    ----------
    key, title, meaning : as the file spells it, as the form shows it, and what it is about
    entries : its own keys
    parts : the tables within it
    lists : the tables of which it may hold several, one after another
    """

    key: str
    title: str
    meaning: str
    entries: tuple[Entry, ...]
    parts: tuple[Form, ...]
    lists: tuple[Form, ...]

    def part(self, key: str) -> Form | None:
        """Return the table within it that has this key."""
        return next((part for part in self.parts if part.key == key), None)

    def many(self, key: str) -> Form | None:
        """Return the table that it may hold several of, and that has this key."""
        return next((each for each in self.lists if each.key == key), None)

    def plain(self) -> dict[str, Any]:
        """Return the form as plain data."""
        return {
            "key": self.key,
            "title": self.title,
            "meaning": self.meaning,
            "entries": [vars(entry) | {"words": list(entry.words)} for entry in self.entries],
            "parts": [part.plain() for part in self.parts],
            "lists": {each.key: each.plain() for each in self.lists},
        }


@cache
def form_of(table: type[Table] = Script, key: str = "") -> Form:
    """Return the form of a table of the file; by default of a whole file."""
    hints = get_type_hints(table, include_extras=True)
    entries, parts, lists = [], [], []
    for name, field in table.model_fields.items():
        kind, inner = _without_none(hints[name]), _inner(hints[name])
        if _is_table(kind):
            parts.append(form_of(kind, name))
        elif _is_table(inner):
            lists.append(form_of(inner, name))
        else:
            entries.append(_entry(name, field, hints[name]))
    meaning = inspect.getdoc(table) or ""
    return Form(key, _label(key), meaning, tuple(entries), tuple(parts), tuple(lists))


def entry_at(path: Sequence[str | int]) -> Entry | None:
    """Return the field at a place in the file, stages and rules counted from 0; None where there is none."""
    if not path:
        return None
    form: Form | None = form_of()
    *way, last = path
    if len(way) > 1 and isinstance(way[1], int):
        form = form_of().many(str(way[0]))
        way = way[2:]
    for part in way:
        form = form.part(str(part)) if form else None
    return next((entry for entry in form.entries if entry.key == last), None) if form else None


def _entry(name: str, field: FieldInfo, hint: Any) -> Entry:
    kind, words = _kind(hint)
    low, high = _range(hint)
    needed = field.is_required()
    return Entry(
        key=name,
        label=_label(field.title or name),
        kind=kind,
        words=words,
        default=None if needed else _plain(field.default),
        low=low,
        high=high,
        is_needed=needed,
        meaning=_sentence(field.description or ""),
    )


def _kind(hint: Any) -> tuple[str, tuple[str, ...]]:
    kind = _without_none(hint)
    inner = _inner(hint)
    if isinstance(inner, type) and issubclass(inner, IntEnum):
        return "words", tuple(words_of(inner))
    if issubclass(kind, Shares):
        name = "shares" if kind.vocabulary is Sector else "depths"
        return name, (ALL, *words_of(kind.vocabulary))
    if issubclass(kind, IntEnum):
        return "word", tuple(words_of(kind))
    if kind is bool:
        return "yes-no", ()
    if kind is int:
        return ("months" if _is_such(hint, Months) else "count"), ()
    if kind is float:
        return ("share" if _is_such(hint, Share) else "number"), ()
    return "text", ()


def _without_none(hint: Any) -> Any:
    """Return what a hint allows, without what is annotated to it and without none."""
    if get_origin(hint) is Annotated:
        return _without_none(get_args(hint)[0])
    if NoneType in get_args(hint):
        return _without_none(next(each for each in get_args(hint) if each is not NoneType))
    return hint


def _inner(hint: Any) -> Any:
    """Return what a tuple of any length holds; None for what is no such tuple."""
    kind = _without_none(hint)
    return _without_none(get_args(kind)[0]) if get_origin(kind) is tuple else None


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Table)


def _marks(hint: Any) -> Iterator[Any]:
    """Yield all that is annotated to a hint."""
    if get_origin(hint) is Annotated:
        yield from get_args(hint)[1:]
    for each in get_args(hint):
        if get_origin(each) is not None:
            yield from _marks(each)


def _is_such(hint: Any, kind: Any) -> bool:
    return any(mark is get_args(kind)[-1] for mark in _marks(hint))


def _range(hint: Any) -> tuple[float | None, float | None]:
    bounds = [bound for mark in _marks(hint) for bound in getattr(mark, "metadata", ())]
    lows = [getattr(bound, name) for bound in bounds for name in ("ge", "gt") if hasattr(bound, name)]
    highs = [getattr(bound, name) for bound in bounds for name in ("le", "lt") if hasattr(bound, name)]
    return max(lows, default=None), min(highs, default=None)


def _plain(value: Any) -> Any:
    """Return a default as a file would spell it."""
    if isinstance(value, IntEnum):
        return word_of(value)
    if isinstance(value, Shares):
        return dict(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return None if value is PydanticUndefined else value


def _label(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _sentence(text: str) -> str:
    for stored, told in STORED.items():
        text = text.replace(stored, told)
    return text[:1].upper() + text[1:]
