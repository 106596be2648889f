"""The page of the keys of a strategy file, made from what reads it: docs/strategy-files.md."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import IntEnum
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from experiments.handbook.filling import coded, table
from experiments.handbook.places import NOTE
from model.plan import HEADERS, RULES, STAGES
from model.strategy_format import Script, Table
from model.vocabulary import word_of

#: What a key of a strategy file holds, by the column that it fills.
UNITS = {column.name: column.unit for column in (*HEADERS, *STAGES, *RULES)}
#: What every file says of itself.
ABOUT = {
    "name": "what it is called in commands and tables, in small letters with hyphens",
    "title": "how it is headed",
    "description": "what it is, in a sentence or two",
    "source": "where it is from: a seed paragraph, a case, a paper",
}


def page() -> str:
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


def _keys_of(title: str, entry: type[Table], path: str = "") -> list[str]:
    """Return what is told of a table of a strategy file, and of every table in it."""
    rows, inner = [], []
    for name, field in entry.model_fields.items():
        below = _table_in(field.annotation)
        if below is None:
            rows.append(
                (f"`{name}`", default_of(field), _unit(field), field.description or ABOUT.get(name, ""))
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


def default_of(field: FieldInfo) -> str:
    """Return the default of a key as a file spells it."""
    if field.is_required():
        return "must be said"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ((), {}, [], "") or isinstance(value, BaseModel):
        return "–"
    if isinstance(value, list) and all(isinstance(each, float) for each in value):
        return f"`{value}`"
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
    return next((each for each in kinds_in(kind) if isinstance(each, type) and issubclass(each, Table)), None)


def kinds_in(kind: Any) -> Iterator[Any]:
    """Yield a type, and those that it is made of."""
    yield kind
    for inner in get_args(kind):
        yield from kinds_in(inner)
