"""The notebooks, run from top to bottom in a fresh interpreter: ``make notebooks``.

What a notebook shows is kept in its file, so that it can be read without being run. Nothing is kept that
changes by itself: no time of day, no version of an interpreter, no path of a machine.
"""

from __future__ import annotations

import os
import re
import tempfile
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "notebooks"
#: Seconds that a cell may take; compiling on a slow machine is the longest.
PATIENCE = 600
#: Mesa's progress bars ask for a widget that nothing here uses, and say so with a path of this machine.
QUIET = {
    "PYTHONWARNINGS": "ignore:IProgress not found",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
#: What colours the words of a traceback.
COLOUR = r"\x1b\[[0-9;]*m"


class Shown(NamedTuple):
    """A text that a notebook shows: by which code cell, counted from 1, and what it says."""

    cell: int
    text: str


def places() -> list[Path]:
    """Return where every notebook lies, in the order of their numbers."""
    return sorted(FOLDER.glob("*.ipynb"))


def executed(place: Path) -> Any:
    """Return the notebook at ``place``, run from top to bottom in a fresh interpreter beside its file."""
    import nbformat
    from nbclient import NotebookClient

    book = nbformat.read(place, as_version=4)
    where = {"metadata": {"path": place.parent}}
    client = NotebookClient(
        book,
        timeout=PATIENCE,
        kernel_name="python3",
        resources=where,
        coalesce_streams=True,  # how a text was cut up on its way is chance
    )
    manager = client.create_kernel_manager()
    with tempfile.TemporaryDirectory() as folder:
        # Nothing of this goes over a network port; kernel and client stand in different folders.
        manager.transport, manager.ip = "ipc", str(Path(folder) / "kernel")
        client.execute(env=os.environ | QUIET | {"PYTHONPATH": path_with(ROOT)})
    return without_occasion(book)


def path_with(folder: Path) -> str:
    """Return where Python looks for modules, ``folder`` first."""
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH", "")]))


def without_occasion(book: Any) -> Any:
    """Return ``book`` without what says only when and by which interpreter it was run."""
    book.metadata.language_info = {"name": "python"}
    for cell in book.cells:
        cell.metadata.pop("execution", None)
    return book


def shown(book: Any) -> list[Shown]:
    """Return the texts that ``book`` shows, in their order; of a figure only that there is one.

    What a cell prints is one text, however it was cut up on its way.
    """
    found = []
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    for number, cell in enumerate(cells, 1):
        for kind, outputs in groupby(cell.outputs, key=attrgetter("output_type")):
            texts = [each.get("text") or each.get("data", {}).get("text/plain", "") for each in outputs]
            together = ["".join(texts)] if kind == "stream" else texts
            found += [Shown(number, f"{kind}: {text}") for text in together]
    return found


def keep(place: Path) -> None:
    """Run the notebook at ``place`` and keep what it shows."""
    import nbformat

    nbformat.write(executed(place), place)


def main(
    named: Annotated[
        list[str] | None, typer.Argument(help="Beginnings of their names; all if none is named.")
    ] = None,
) -> None:
    """Run the notebooks afresh and keep what they show."""
    from nbclient.exceptions import CellExecutionError

    for place in places():
        if not named or place.name.startswith(tuple(named)):
            try:
                keep(place)
            except CellExecutionError as fault:
                typer.echo(f"{place.relative_to(ROOT)}: {re.sub(COLOUR, '', str(fault))}", err=True)
                raise typer.Exit(1) from None
            typer.echo(f"Ran {place.relative_to(ROOT)} ({place.stat().st_size / 1000:.0f} kB)")


if __name__ == "__main__":
    typer.run(main)
