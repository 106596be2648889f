"""The page of the keys of a claim file, made from what reads it: docs/claim-files.md."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from experiments.claims.claim import Claim
from experiments.handbook.filling import coded, table
from experiments.handbook.places import NOTE
from experiments.handbook.strategy_file_page import default_of
from model.strategy_format import Table

#: What keys mean that do not say it themselves, by their table and name.
ABOUT = {
    "Claim.id": "what it is called: as the seeds number it (C61), or small letters with hyphens",
    "Claim.title": "the claim as a heading",
    "Claim.says": "the claim in a sentence that can be wrong",
    "Claim.seeds": "the paragraphs that it is from",
    "Claim.status": "whether a rule says a part of it (partly emergent), or none does (emergent)",
    "Claim.base": "the strategy that every arm varies: a bundled one, or a path",
    "Arm.name": "what the arm is called in tables and figures",
    "Contrast.name": "what is set against what, in a few words",
    "Contrast.outcome": "on which outcome ([outcomes.md](outcomes.md))",
    "Also.outcomes": "outcomes that are told beside it, and judge nothing",
    "Band.number": "a number of the model ([parameters.md](parameters.md)), looked at in thirds of its range",
    "Ablation.without": "mechanisms that are switched off together ([mechanisms.md](mechanisms.md))",
    "Ablation.says": "what they are said to do",
    "Placebo.arm": "the arm whose stages are shuffled within their tracks",
    "Placebo.copies": "how many shuffled copies, of which the mean is taken",
    "Rule.confirmed": "the least share of the space in which it has to hold to be confirmed",
    "Rule.refuted": "the share of the space from which on it is refuted, where it fails there",
}


def page() -> str:
    """Return the page of the keys of a claim file."""
    parts = [
        "# Claim files\n",
        NOTE,
        "A claim is a TOML file that fixes, before anything is run, what is compared, on which outcome, "
        "by how much, and what would refute it. [Test a claim of your own](howto/own-claim.md) walks "
        "through one; the bundled ones stand in [experiments/claims](../experiments/claims), and "
        "[claims.md](claims.md) says what became of them and how a verdict is reached.\n",
        *keys_of("The file", Claim),
    ]
    return "\n".join(parts)


def keys_of(title: str, entry: type[Table]) -> Iterator[str]:
    """Yield what is told of a table of a claim file, and of every table in it."""
    tables = {name: table_in(field.annotation) for name, field in entry.model_fields.items()}
    rows = [
        (f"`{name}`", default_of(field), holds(field), field.description or ABOUT[f"{entry.__name__}.{name}"])
        for name, field in entry.model_fields.items()
        if tables[name] is None
    ]
    yield f"## {title}\n"
    yield f"{inspect.getdoc(entry)}\n"
    yield table("key | default | holds | what it says", rows)
    yield ""
    for name, inner in tables.items():
        if inner is not None:
            many = get_origin(entry.model_fields[name].annotation) is tuple
            yield from keys_of(f"`[[{name}]]`" if many else f"`[{name}]`", inner)


def table_in(annotation: Any) -> type[Table] | None:
    """Return the table that a key holds, one or many, or None."""
    for part in (annotation, *get_args(annotation)):
        if inspect.isclass(part) and issubclass(part, Table):
            return part
    return None


def holds(field: FieldInfo) -> str:
    """Return what a key holds: the words that are allowed, or the kind of value."""
    parts = [field.annotation, *get_args(field.annotation)]
    words = [word for part in parts if get_origin(part) is Literal for word in get_args(part)]
    if words:
        return coded(map(str, words))
    if get_origin(field.annotation) is tuple:
        return "a list of text"
    kinds = {"dict": "a table", "int": "a whole number", "float": "a number", "bool": "yes or no"}
    said = str(field.annotation).lower()
    return next((told for name, told in kinds.items() if name in said), "text")
