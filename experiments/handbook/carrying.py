"""What carries a mechanism: the rules that declare it, the numbers it switches, the tests that show it."""

from __future__ import annotations

import ast
import re

from experiments.handbook.places import ROOT


def carriers() -> dict[str, list[str]]:
    """Return for each mechanism the rules and phases that declare it, in the order of the files."""
    import model.calendar
    import model.verdict  # noqa: F401
    from model.compiled import carried

    places: dict[str, list[str]] = {}
    own = [place for place in sorted(carried) if not place.startswith("tests.")]
    for place in own:
        for name in carried[place]:
            places.setdefault(name, []).append(place.removeprefix("mechanisms."))
    return {name: places[name] for name in sorted(places, key=lambda name: int(name[1:]))}


def numbers_switched() -> dict[str, list[str]]:
    """Return for each mechanism the numbers that its switch multiplies, or else stands beside."""
    close: dict[str, list[str]] = {}
    beside: dict[str, list[str]] = {}
    for source in sorted((ROOT / "model").rglob("*.py")):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and re.fullmatch(r"m\d{2,3}", node.attr):
                product: ast.AST = node
                while isinstance(parent := parents[product], ast.BinOp) and isinstance(parent.op, ast.Mult):
                    product = parent
                statement = product
                while not isinstance(statement, ast.stmt):
                    statement = parents[statement]
                close.setdefault(node.attr.upper(), []).extend(numbers_in(product))
                beside.setdefault(node.attr.upper(), []).extend(numbers_in(statement))
    return {name: list(dict.fromkeys(close[name] or beside[name])) for name in close}


def numbers_in(part: ast.AST) -> list[str]:
    """Return the numbers of the model that a part of its code reads."""
    reads = [node for node in ast.walk(part) if isinstance(node, ast.Attribute)]
    return [
        read.attr
        for read in reads
        if ast.unparse(read.value) in ("numbers", "given.parameters", "parameters")
    ]


def switches() -> set[str]:
    """Return the mechanisms whose switch some rule or phase reads."""
    return set(numbers_switched())


def showings() -> dict[str, list[str]]:
    """Return for each mechanism the tests that show it by switching it off."""
    found: dict[str, list[str]] = {}
    for source in sorted((ROOT / "tests" / "mechanisms").glob("test_*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Showing":
                named = [word.value for word in node.keywords if word.arg == "mechanism"] or node.args[:1]
                if named and isinstance(named[0], ast.Constant):
                    found.setdefault(str(named[0].value), []).append(source.name)
    return found
