"""The contents of the handbook, as mkdocs.yml orders them."""

from __future__ import annotations

import re
from typing import Any

from experiments.handbook.places import DOCS, ROOT

CONTENTS = ROOT / "mkdocs.yml"


def sections() -> dict[str, list[str]]:
    """Return the pages of every section, in order; a page that is no section's stands under its own name."""
    import yaml

    class Plain(yaml.SafeLoader):
        """Reads what names a Python object as nothing: here only the contents matter."""

    Plain.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    nav = yaml.load(CONTENTS.read_text(encoding="utf-8"), Plain)["nav"]
    return {name: _pages(entry) for each in nav for name, entry in each.items()}


def _pages(entry: Any) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    return [
        page
        for each in entry
        for page in _pages(next(iter(each.values())) if isinstance(each, dict) else each)
    ]


def title_of(place: str) -> str:
    """Return the title of a document at a place of the repository, from its first heading."""
    return heading_of((ROOT / place).read_text(encoding="utf-8")) or place


def heading_of(text: str) -> str:
    """Return the first heading of a document's text, or nothing where there is none."""
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1] if found else ""


def is_there(page: str) -> bool:
    """Return whether a page of docs/ has been written."""
    return (DOCS / page).is_file()
