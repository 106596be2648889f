"""Equations as a page shows them: the plain text of a docstring, set as mathematics is.

Nothing is added and nothing left out: what stands left of the sign of equality becomes a column of its own,
a cross between two names a times sign, a prime what a variable is a month later, and what is raised or set
below the line is raised or set below it.
"""

from __future__ import annotations

import html
import re
from typing import Any


def fence(source: str, *_: Any, **__: Any) -> str:
    """Return the equations of a fenced block as HTML, a row of two columns each."""
    rows = "".join(f"<tr><th>{left}</th><td>{right}</td></tr>" for left, right in rows_of(source))
    return f'<div class="equations"><table class="equation"><tbody>{rows}</tbody></table></div>'


def rows_of(source: str) -> list[tuple[str, str]]:
    """Return the rows of a block: what is told of on the left, what it is on the right."""
    rows: list[tuple[str, str]] = []
    for line in source.splitlines():
        text = line.strip()
        if not text:
            continue
        if line.startswith(" ") and rows:
            left, right = rows[-1]
            rows[-1] = (left, f"{right}<br>{typeset(text)}")
        else:
            rows.append(_split(text))
    return rows


def _split(text: str) -> tuple[str, str]:
    left, sign, right = _parted(text)
    if not sign:
        return "", typeset(text)
    return (
        f"{typeset(left.strip())}{':' if sign == ':' else ''}",
        f"{'= ' if sign == '=' else ''}{typeset(right.strip())}",
    )


def _parted(text: str) -> tuple[str, str, str]:
    """Return what stands left of the first colon or sign of equality, which of them it is, and the rest."""
    found = re.search(r": | = ", text)
    if found is None:
        return text, "", ""
    return text[: found.start()], found[0].strip(), text[found.end() :]


def typeset(text: str) -> str:
    """Return a line of plain text as mathematics, in HTML."""
    text = html.escape(text, quote=False)
    text = re.sub(r"(?<=[\w)’']) x (?=[\w(])", " × ", text)
    text = re.sub(r"(?<= )- |(?<![\w)])-(?=\d)", lambda sign: sign[0].replace("-", "−"), text)
    text = re.sub(r"(\w|\))'", r"\1′", text)
    text = re.sub(r"\b(sum)_(\w)\b", r"Σ<sub>\2</sub>", text)
    text = re.sub(r"_(\w{1,2})(?![\w])", r"<sub>\1</sub>", text)
    text = re.sub(r"\^(\w+)", r"<sup>\1</sup>", text)
    text = re.sub(r" {2,}", '<span class="gap"></span>', text)
    return re.sub(r"(?<![\w&/<])(exp|P|sum|over|up|down)(?![\w>;])", r"<b>\1</b>", text)
