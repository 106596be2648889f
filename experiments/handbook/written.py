"""What a file of the model says of itself, read from its text: its idea, its equations and its functions."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from experiments.handbook.carrying import numbers_in
from experiments.handbook.places import ROOT

#: A first line longer than this is no heading.
LONGEST = 50
#: The decorators that mark what is compiled.
MARKS = ("rule", "phase", "kernel")


class Function(NamedTuple):
    """One function of a file: how it is called, what it says, what it carries, and how it reads."""

    name: str
    arguments: tuple[str, ...]
    mark: str
    carries: tuple[str, ...]
    told: str
    code: str


class Written(NamedTuple):
    """One file of the model, by what stands in it."""

    stem: str
    place: str
    title: str
    idea: str
    parts: tuple[str, ...]
    functions: tuple[Function, ...]
    numbers: tuple[str, ...]
    events: tuple[str, ...]
    streams: tuple[str, ...]


@cache
def written(place: str) -> Written:
    """Return what the file at ``place`` (from the root of the repository) says."""
    text = (ROOT / place).read_text(encoding="utf-8")
    tree = ast.parse(text)
    said = ast.get_docstring(tree) or ""
    stem = place.rsplit("/", 1)[-1].removesuffix(".py")
    first, *parts = _paragraphs(said)
    title, idea = _heading(first, stem)
    functions = tuple(
        _function(node, text)
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name[0] != "_"
    )
    return Written(
        stem,
        place,
        title,
        idea,
        tuple(parts),
        functions,
        tuple(dict.fromkeys(numbers_in(tree))),
        tuple(dict.fromkeys(_members(tree, "Event"))),
        tuple(dict.fromkeys(_members(tree, "Stream"))),
    )


def _paragraphs(said: str) -> list[str]:
    return [part.strip("\n") for part in said.split("\n\n") if part.strip()]


def _heading(first: str, stem: str) -> tuple[str, str]:
    line = " ".join(first.split())
    title, colon, idea = line.partition(": ")
    if colon and len(title) <= LONGEST:
        return title, idea[:1].upper() + idea[1:]
    if len(line) <= LONGEST:
        return line.rstrip("."), ""
    return stem.capitalize().replace("_", " "), line


def _function(node: ast.FunctionDef, text: str) -> Function:
    mark, carries = "", []
    for decorator in node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(called, ast.Name) and called.id in MARKS:
            mark = called.id
            named = decorator.args if isinstance(decorator, ast.Call) else []
            carries = [str(word.value) for word in named if isinstance(word, ast.Constant)]
    told = inspect.cleandoc(ast.get_docstring(node) or "")
    told = told.split("\n\nParameters\n")[0].split("\n\nReturns\n")[0].split("\n\nRaises\n")[0]
    body = node.body[1:] if ast.get_docstring(node) else node.body
    lines = text.splitlines()[body[0].lineno - 1 : node.end_lineno] if body else []
    return Function(
        node.name,
        tuple(argument.arg for argument in node.args.args),
        mark,
        tuple(carries),
        told,
        inspect.cleandoc("\n" + "\n".join(lines)),
    )


def _members(tree: ast.AST, vocabulary: str) -> Iterator[str]:
    """Yield the members of a ``vocabulary`` that a file hands on: to a function, or under a name."""
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == vocabulary
        ):
            user = parents[node]
            while not isinstance(user, ast.stmt | ast.Call | ast.Subscript | ast.Compare):
                user = parents[user]
            if isinstance(user, ast.Call | ast.Assign):
                yield node.attr


def is_equation(part: str) -> bool:
    """Return whether a paragraph of a docstring is set apart, as an equation is."""
    return all(line.startswith("    ") for line in part.splitlines())
