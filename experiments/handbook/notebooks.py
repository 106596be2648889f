"""The notebooks as pages: their words, their code and what they showed when they were last run."""

from __future__ import annotations

import json
import re

from experiments.handbook.places import ROOT

FOLDER = ROOT / "notebooks"


def places() -> list[str]:
    """Return the notebooks by their places in the repository, the numbered ones in order, others first."""
    found = sorted(FOLDER.glob("*.ipynb"), key=lambda path: (_number(path.stem), path.stem))
    return [path.relative_to(ROOT).as_posix() for path in found]


def _number(stem: str) -> int:
    found = re.match(r"\d+", stem)
    return int(found[0]) if found else 0


def title_of(place: str) -> str:
    """Return the title of a notebook, from the heading that it begins with."""
    cells = json.loads((ROOT / place).read_text(encoding="utf-8"))["cells"]
    found = re.search(r"^# (.+)$", "".join(cells[0]["source"]), re.MULTILINE) if cells else None
    return found[1] if found else place


def page_of(place: str) -> tuple[str, dict[str, bytes]]:
    """Return a notebook as Markdown, and its pictures by name; nothing is run."""
    import nbformat
    from nbconvert import MarkdownExporter

    book = nbformat.read(ROOT / place, as_version=4)
    stem = place.rsplit("/", 1)[-1].removesuffix(".ipynb")
    text, resources = MarkdownExporter().from_notebook_node(book, resources={"unique_key": stem})
    note = f"\n\n*This page shows `{place}` as it was last run; there you can change it and run it again.*\n"
    return text.strip() + note, dict(resources["outputs"])
