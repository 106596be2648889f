"""The page of experiment files, made from what declares their keys: docs/experiments.md."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from experiments.report import TEMPLATES
from experiments.sweeps.experiment import Experiment, Generate, Lever, Orders, Uncertain, list_experiments
from model.strategy_format import Table


def page(note: str) -> str:
    """Return the page, with ``note`` on how it is made."""
    from experiments.search.asked import Search
    from experiments.sweeps.experiment import load_experiment

    bundled = [f"| `{name}` | {load_experiment(name).title} |" for name in list_experiments()]
    keys = [
        *_keys("The file", Experiment, ("uncertain", "generate", "search")),
        *_keys("`[uncertain]`", Uncertain),
        *_keys("`[generate]`", Generate, ("levers", "order")),
        *_keys("`[[generate.levers]]`, one section a lever", Lever),
        *_keys("`[generate.order]`", Orders),
        *_keys("`[search]`, for `backchannel search`", Search),
    ]
    text = (TEMPLATES / "experiments.md").read_text(encoding="utf-8")
    heading = "| experiment | question |\n|---|---|"
    for place, told in {
        "note": note,
        "bundled": "\n".join([heading, *bundled]),
        "keys": "\n".join(keys).strip(),
    }.items():
        text = text.replace(f"{{{place}}}", told)
    return text


def _keys(title: str, table: type[Table], told_below: tuple[str, ...] = ()) -> Iterator[str]:
    yield f"\n## {title}\n\n| key | default | meaning |\n|---|---|---|"
    for name, field in table.model_fields.items():
        if name not in told_below:
            yield f"| `{name}` | {default_of(field)} | {meaning_of(field)} |"


def default_of(field: FieldInfo) -> str:
    """Return the default of a key in words."""
    if field.is_required():
        return "must be said"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ((), {}, ""):
        return "–"
    if isinstance(value, tuple):  # goals, each a table of its own
        return ", ".join(f"`{getattr(entry, 'outcome', entry)}`" for entry in value)
    return f"`{value}`"


def meaning_of(field: FieldInfo) -> str:
    """Return what a key means, with the words that it may hold."""
    words = words_in(field.annotation)
    allowed = f" ({', '.join(f'`{word}`' for word in words)})" if words else ""
    return f"{field.description}{allowed}"


def words_in(kind: Any) -> list[str]:
    """Return the words that a key of this kind can hold, where they are few and fixed."""
    if get_origin(kind) is Literal:
        return [str(word) for word in get_args(kind)]
    if get_origin(kind) is Annotated or isinstance(kind, UnionType) or get_args(kind):
        return [word for inner in get_args(kind) if not isinstance(inner, str) for word in words_in(inner)]
    return []
