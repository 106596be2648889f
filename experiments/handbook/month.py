"""The month as its calendar tells it: the items in order, the file of each, and the phases it calls."""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import groupby
from typing import NamedTuple

from experiments.handbook.places import ROOT
from experiments.handbook.written import Written, written

CALENDAR = "model/calendar.py"


class Item(NamedTuple):
    """One line of the calendar: its number, its name, what it says, its file, and the phases it calls."""

    number: int
    name: str
    told: str
    file: Written
    phases: tuple[str, ...]


@cache
def items() -> tuple[Item, ...]:
    """Return the lines of the calendar, in order."""
    tree = ast.parse((ROOT / CALENDAR).read_text(encoding="utf-8"))
    files = {file.title.lower(): file for file in mechanisms()} | {file.stem: file for file in mechanisms()}
    called = _called(tree)
    found, number = [], 0
    for line in (ast.get_docstring(tree) or "").splitlines():
        match = re.match(r"(?: ?(\d+)\.|   ) (\S[\w ]*?)  +(.*)", line)
        if match:
            number = int(match[1] or number)
            file = files[match[2]]
            phases = tuple(name for name, module in called if module == f"model.mechanisms.{file.stem}")
            found.append(Item(number, match[2], match[3], file, phases))
    return tuple(found)


def families() -> list[tuple[Item, ...]]:
    """Return the items of the month that stand under one number, number by number."""
    return [tuple(family) for _, family in groupby(items(), lambda item: item.number)]


def mechanisms() -> tuple[Written, ...]:
    """Return every file of mechanisms."""
    found = sorted((ROOT / "model" / "mechanisms").glob("*.py"))
    return tuple(written(path.relative_to(ROOT).as_posix()) for path in found if path.stem != "__init__")


def _called(tree: ast.Module) -> list[tuple[str, str]]:
    """Return the phases that a month calls, in order, each with the module it is from."""
    home = {
        alias.name: node.module or ""
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    (month,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "advance"]
    calls = [
        node.value.func
        for node in month.body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]
    return [(call.id, home[call.id]) for call in calls if isinstance(call, ast.Name)]


def address(family: tuple[Item, ...]) -> str:
    """Return the name of the page of a family of items."""
    return family[0].name.replace(" ", "-")


def page_of(mover: str) -> str:
    """Return the page, and the place on it, of the item of the month that is called ``mover``; or nothing."""
    for family in families():
        for item in family:
            if item.name == mover:
                return f"submodels/{address(family)}.md#{slug(item.file.title)}"
    return ""


def slug(title: str) -> str:
    """Return the anchor of a heading."""
    return re.sub(r"[\s]+", "-", re.sub(r"[^\w\s-]", "", title.lower()).strip())
