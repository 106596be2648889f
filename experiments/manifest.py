"""The manifest of a results folder: what made it, so that another can make it again."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import model
from experiments.label import LABEL

MANIFEST = "manifest.json"
#: Where the bundled scenarios and strategies lie.
BUNDLED = Path(model.__file__).parent
NAMED = ("backchannel", "numpy", "numba", "mesa", "pandas", "scipy", "duckdb")


def now() -> str:
    """Return the time, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that results depend on."""
    found = {"python": platform.python_version()}
    for name in NAMED:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def source_commit() -> dict[str, Any]:
    """Return the commit of the checkout that the model runs from, and whether files differ from it."""
    folder = Path(__file__).parent
    commit = _git(folder, "rev-parse", "HEAD")
    changes = _git(folder, "status", "--porcelain")
    return {"commit": commit, "dirty": None if changes is None else bool(changes)}


def _git(folder: Path, *words: str) -> str | None:
    try:
        answer = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, text=True, timeout=20, check=False
        )
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def source_of(entry: Any) -> dict[str, str | None]:
    """Return the name, place and SHA-256 of a scenario or strategy; of a strategy, of all that it says.

    Of a bundled one the place is "bundled", as seen from the model, the same on every machine; of any
    other it is "path", as it was typed.
    """
    path = Path(entry.path) if getattr(entry, "path", None) else None
    said = getattr(entry, "text", None)
    if callable(said):  # what a variant says stands in two files
        content = str(said()).encode()
    else:
        content = path.read_bytes() if path is not None and path.is_file() else repr(entry).encode()
    digest = hashlib.sha256(content).hexdigest()
    return {"name": entry.name, **place_of(path), "sha256": digest}


def place_of(path: Path | None) -> dict[str, str | None]:
    """Return where a file lies, as a manifest says it: in the model, or where somebody typed."""
    if path is not None and path.is_relative_to(BUNDLED):
        return {"bundled": path.relative_to(BUNDLED).as_posix()}
    return {"path": str(path) if path else None}


def describe(
    command: str, scenario: Any, strategies: Iterable[Any], started: str, settings: dict[str, Any]
) -> dict[str, Any]:
    """Return the manifest of results made by `command`; `settings` are its seed, replicates, ranges, ..."""
    return {
        "command": command,
        "started": started,
        "finished": now(),
        "versions": versions(),
        "source": source_commit(),
        "scenario": source_of(scenario),
        "strategies": [source_of(strategy) for strategy in strategies],
        **settings,
    }


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write `manifest`, labelled, into `folder`, in place of one there; at any moment one is whole."""
    text = json.dumps({"label": LABEL} | manifest, indent=2, ensure_ascii=False, allow_nan=False)
    unfinished = folder / f".{MANIFEST}.unfinished"
    unfinished.write_text(text + "\n", encoding="utf-8")
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(folder / MANIFEST)


def missing(folder: Path) -> str:
    """Return what is wrong with a folder that holds no results, with a like one that is there."""
    if folder.is_dir():
        return f"'{folder}' has no {MANIFEST}"
    like = sorted(folder.parent.glob(f"{folder.name}-*/{MANIFEST}"))
    hint = f" (did you mean '{like[-1].parent}'?)" if like and folder.name else ""
    return f"there is no folder '{folder}'{hint}"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest in `folder`.

    Raises
    ------
    InputError
        If there is none, or it is damaged.
    """
    from model.vocabulary import InputError

    path = folder / MANIFEST
    if not path.is_file():
        raise InputError(f"{missing(folder)}: name a folder of results, as sweep, search or compare write it")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"'{path}' is damaged: {error}") from error
    if not isinstance(found, dict):
        raise InputError(f"'{path}' is damaged: a table is expected")
    return found
