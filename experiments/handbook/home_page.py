"""What is made of the first page of the handbook: its contents."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path

from experiments.handbook import notebooks
from experiments.handbook.filling import filled
from experiments.handbook.nav import heading_of, sections, title_of
from experiments.handbook.places import DOCS, ROOT
from experiments.handbook.shelf import origin_of

PAGE = DOCS / "index.md"


def page(made: Mapping[Path, str]) -> str:
    """Return the page with the contents of the handbook once the pages that are ``made`` stand there."""
    return filled(PAGE.read_text(encoding="utf-8"), {"the contents": contents(made)})


def contents(made: Mapping[Path, str]) -> str:
    """Return a list of the pages that are there or about to be, section by section."""
    lines = []
    for name, pages in sections().items():
        places = [place for page in pages for place in _places(page, made)]
        links = [f"[{_title(place, made)}]({posixpath.relpath(place, 'docs')})" for place in places]
        if links and places != ["docs/index.md"]:
            lines.append(f"- **{name}**: {'; '.join(links)}.")
    return "\n".join(lines)


def _places(page: str, made: Mapping[Path, str]) -> list[str]:
    """Return where in the repository stands what an entry of the contents names, if it is there yet."""
    found = notebooks.places() if page == "notebooks/" else [origin_of(page)]
    return [place for place in found if ROOT / place in made or (ROOT / place).is_file()]


def _title(place: str, made: Mapping[Path, str]) -> str:
    if ROOT / place in made:
        return heading_of(made[ROOT / place]) or place
    return notebooks.title_of(place) if place.endswith(".ipynb") else title_of(place)
