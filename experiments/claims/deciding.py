"""What decides a verdict: the code of the model, the claims, and what judges them.

A docstring or a comment may be mended without a verdict being out of date, so they are not in the digest.
"""

from __future__ import annotations

import ast
import hashlib
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import model
from experiments.claims.claim import CATALOGUE

#: The files that decide a verdict, beside the model and the claims: of this folder, and of experiments.
JUDGING = (
    *("arms.py", "cases.py", "claim.py", "contrasts.py", "judging.py", "parts.py", "trial.py", "why.py"),
    *("../controls.py", "../designs.py", "../measures.py", "../statistics.py"),
    *("../analysis/units.py", "../sweeps/sampling.py"),
)
#: How much of a digest is kept.
LENGTH = 16


@cache
def of_the_model() -> str:
    """Return a digest of the model's code, scenarios and strategies."""
    folder = Path(model.__file__).parent
    return digest(sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".toml")))


@cache
def of_all() -> str:
    """Return a digest of all that decides a verdict."""
    own = digest([*sorted(CATALOGUE.glob("*.toml")), *(CATALOGUE / name for name in JUDGING)])
    return hashlib.sha256((of_the_model() + own).encode()).hexdigest()[:LENGTH]


def digest(paths: Iterable[Path]) -> str:
    """Return a digest of what files say, not of how they are laid out and explained."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode())
        total.update(said_by(path).encode())
    return total.hexdigest()[:LENGTH]


def said_by(path: Path) -> str:
    """Return what a file of Python or TOML says, without docstrings, comments and layout."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        return repr(tomllib.loads(text))
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:]
    return ast.dump(tree)
