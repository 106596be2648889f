"""What is made stands between two comments of a page that is otherwise written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence


def between(text: str, mark: str) -> re.Match[str]:
    """Return where ``text`` holds what is made, between the comments that name ``mark``."""
    found = re.search(rf"(?<=<!-- {mark} -->\n)(.*?)(?=<!-- end of {mark} -->)", text, re.DOTALL)
    if found is None:
        raise ValueError(f"the page has no place marked '{mark}'")
    return found


def filled(text: str, made: Mapping[str, str]) -> str:
    """Return ``text`` with what is ``made`` at each of its marks."""
    for mark, part in made.items():
        place = between(text, mark)
        text = f"{text[: place.start()]}\n{part.strip()}\n\n{text[place.end() :]}"
    return text


def table(headings: str, rows: Sequence[Sequence[str]]) -> str:
    """Return a table of Markdown; a column whose heading ends with a colon holds numbers."""
    names = [name.strip() for name in headings.split("|")]
    rule = "|".join("---:" if name.endswith(":") else "---" for name in names)
    lines = [f"| {' | '.join(name.rstrip(':') for name in names)} |", f"|{rule}|"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def coded(words: Iterable[str]) -> str:
    """Return words as code, one after another."""
    return ", ".join(f"`{word}`" for word in words)
