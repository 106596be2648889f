"""What is made of the first page of the handbook: its contents."""

from __future__ import annotations

from experiments.handbook.filling import filled
from experiments.handbook.nav import is_there, sections, title_of
from experiments.handbook.places import DOCS

PAGE = DOCS / "index.md"


def page() -> str:
    """Return the page with the contents of the handbook as they are."""
    return filled(PAGE.read_text(encoding="utf-8"), {"the contents": contents()})


def contents() -> str:
    """Return a list of the pages of docs/, section by section."""
    lines = []
    for name, pages in sections().items():
        links = [
            f"[{title_of(f'docs/{page}')}]({page})"
            for page in pages
            if page.endswith(".md") and is_there(page)
        ]
        if len(pages) > 1 and links:
            lines.append(f"- **{name}**: {'; '.join(links)}.")
    return "\n".join(lines)
