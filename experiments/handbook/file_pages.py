"""The pages of the keys of scenario and strategy files, made from what reads them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import IntEnum
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from experiments.handbook.filling import coded, table
from experiments.handbook.places import NOTE
from model.growth import Growth, Ranges
from model.plan import HEADERS, RULES, STAGES
from model.scenario_format import ENTRIES
from model.strategy_format import Script, Table
from model.vocabulary import word_of
from model.world import TABLES

#: Whose columns the keys of an entry fill: the tables of the world, by the entry's place in a file.
FILLS = {
    "states": ("states",),
    "bodies": ("bodies",),
    "mediators": ("mediators",),
    "civil_society": ("civil",),
    "trust": ("trust",),
    "disputes": ("disputes",),
    "disputes.parties": ("parties",),
    "disputes.milestones": ("disputes",),
    "disputes.channels": ("channels",),
}

#: What a key of a strategy file holds, by the column that it fills.
UNITS = {column.name: column.unit for column in (*HEADERS, *STAGES, *RULES)}
#: What every file says of itself.
ABOUT = {
    "name": "what it is called in commands and tables, in small letters with hyphens",
    "title": "how it is headed",
    "description": "what it is, in a sentence or two",
    "source": "where it is from: a seed paragraph, a case, a paper",
}


def scenario_files() -> str:
    """Return the page of the keys of a scenario file."""
    parts = [
        "# Scenario files\n",
        NOTE,
        "A scenario is a TOML file: who is in the world, how they are tied, what is disputed, and which "
        "dates are known. Here is every table with its keys. A key without a default must be said. Levels "
        "and beliefs are shares between 0 and 1, flows are in points; a key that speaks of sectors takes "
        "a table such as `{ all = 0.4, energy = 0.6 }`. Words in a key's meaning are listed in "
        "[words.md](words.md). A fault is answered with its place and what is allowed. The format stands "
        "in [model/scenario_format.py](../model/scenario_format.py) and "
        "[model/dispute_format.py](../model/dispute_format.py), the bundled files in "
        "[model/scenarios](../model/scenarios).\n",
        *(part for place, entry in ENTRIES.items() for part in _entry(place, entry)),
        *_entry("grow", Growth, "A synthetic region. A file that has this table says no actors of its own."),
        *_entry("grow.ranges", Ranges),
    ]
    return "\n".join(parts)


def strategy_files() -> str:
    """Return the page of the keys of a strategy file."""
    parts = [
        "# Strategy files\n",
        NOTE,
        "A strategy is a TOML file: a header in named tables, an ordered list of `[[stages]]` and a list "
        "of `[[rules]]`. A key that is left out keeps the neutral default below, so that strategies "
        "differ in what they say and in nothing else. D.. is the dimension of design that a key belongs "
        "to: [designs.md](designs.md) shows each of its levels as a file says it. A file may "
        'begin with `varies = "step-for-step"` and say only its differences. The format stands in '
        "[model/strategy_format.py](../model/strategy_format.py), the bundled files in "
        "[model/strategies](../model/strategies).\n",
        *_keys_of("The file", Script),
    ]
    return "\n".join(parts)


def _entry(place: str, entry: type[BaseModel], about: str = "") -> list[str]:
    columns = {column.name: column.meaning for name in FILLS.get(place, ()) for column in TABLES[name]}
    rows = []
    for name, field in entry.model_fields.items():
        key = field.alias or name
        path = f"{place}.{name}".removeprefix(".")
        meaning = (
            f"a table of its own, [below](#{path.replace('.', '')})"
            if path in ENTRIES
            else columns.get(name, "")
        )
        rows.append((f"`{key}`", _default(field), meaning))
    heading = "key | default | what it says"
    if not any(meaning for _, _, meaning in rows):
        return _told(place, entry, about, table("key | default", [row[:2] for row in rows]))
    return _told(place, entry, about, table(heading, rows))


def _told(place: str, entry: type[BaseModel], about: str, keys: str) -> list[str]:
    title = f"`{place}`" if place else "The file"
    return [f"## {title}\n", f"{about or inspect.getdoc(entry)}\n", keys, ""]


def _keys_of(title: str, entry: type[Table], path: str = "") -> list[str]:
    """Return what is told of a table of a strategy file, and of every table in it."""
    rows, inner = [], []
    for name, field in entry.model_fields.items():
        below = _table_in(field.annotation)
        if below is None:
            rows.append(
                (f"`{name}`", _default(field), _unit(field), field.description or ABOUT.get(name, ""))
            )
        else:
            place = f"{path}.{name}".removeprefix(".")
            many = "tuple" in str(field.annotation)
            inner += _keys_of(f"`[[{place}]]`" if many else f"`[{place}]`", below, place)
    return [
        f"## {title}\n",
        f"{inspect.getdoc(entry)}\n",
        table("key | default | holds | what it says", rows),
        "",
        *inner,
    ]


def _default(field: FieldInfo) -> str:
    """Return the default of a key as a file spells it."""
    if field.is_required():
        return "must be said"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ((), {}, [], "") or isinstance(value, BaseModel):
        return "–"
    if isinstance(value, tuple | list):
        return coded(word_of(each) if isinstance(each, IntEnum) else str(each) for each in value)
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{word_of(value) if isinstance(value, IntEnum) else value}`"


def _unit(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    column = UNITS.get(str(extra.get("column"))) if isinstance(extra, dict) else None
    if column is None:
        return ""
    return f"[{column}](words.md#{column.lower()})" if column[0].isupper() else column


def _table_in(kind: Any) -> type[Table] | None:
    """Return the table of a file that a key holds, or holds several of; None where it holds a value."""
    return next((each for each in _kinds(kind) if isinstance(each, type) and issubclass(each, Table)), None)


def _kinds(kind: Any) -> Iterator[Any]:
    yield kind
    for inner in get_args(kind):
        yield from _kinds(inner)
