"""What is made of the first page of the handbook: its contents."""

from __future__ import annotations

import posixpath

from experiments.handbook import notebooks
from experiments.handbook.filling import filled
from experiments.handbook.nav import sections, title_of
from experiments.handbook.places import DOCS, ROOT
from experiments.handbook.shelf import origin_of

PAGE = DOCS / "index.md"


def page() -> str:
    """Return the page with the contents of the handbook as they are."""
    return filled(PAGE.read_text(encoding="utf-8"), {"the contents": contents()})


def contents() -> str:
    """Return a list of the pages that are there, section by section."""
    lines = []
    for name, pages in sections().items():
        places = [place for page in pages for place in _places(page)]
        links = [f"[{_title(place)}]({posixpath.relpath(place, 'docs')})" for place in places]
        if links and places != ["docs/index.md"]:
            lines.append(f"- **{name}**: {'; '.join(links)}.")
    return "\n".join(lines)


def _places(page: str) -> list[str]:
    """Return where in the repository stands what an entry of the contents names, if it is there yet."""
    found = notebooks.places() if page == "notebooks/" else [origin_of(page)]
    return [place for place in found if (ROOT / place).is_file()]


def _title(place: str) -> str:
    return notebooks.title_of(place) if place.endswith(".ipynb") else title_of(place)
