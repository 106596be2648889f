"""Links that a page of the site has and its text has not: a label such as M41 leads to its explanation."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache

from experiments.handbook.month import slug
from experiments.handbook.nav import is_there
from experiments.handbook.places import DOCS

#: Where labels are explained: in the first cell of a table's rows, or in headings.
EXPLAINED = ("mechanisms.md", "sources.md", "outcomes.md", "designs.md", "claims.md")
LABEL = r"[MFHKDIC]\d{2,3}"
GLOSSARY = "glossary.md"
#: What holds no links, or is one already.
BARRED = ("a", "code", "pre", "h1", "h2", "h3", "h4", "script", "style", "svg")


@cache
def places() -> dict[str, tuple[str, str]]:
    """Return for every label the page that explains it, and its place on it."""
    found: dict[str, tuple[str, str]] = {}
    for page in filter(is_there, EXPLAINED):
        for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
            row = re.match(rf"(?:\| |###? )({LABEL})\b", line)
            if row:
                found.setdefault(row[1], (page, row[1].lower()))
    return found


def linked(html: str, page: str) -> str:
    """Return a page with its labels linked, but for those that it explains itself; these become anchors."""
    parts: list[str] = []
    barred = 0
    for part in re.split(r"(<[^>]*>)", html):
        tag = re.match(r"<(/?)(\w+)", part)
        if tag:
            barred += (tag[2] in BARRED) * (-1 if tag[1] else not part.endswith("/>"))
            parts.append(part)
        else:
            parts.append(
                part if barred else re.sub(rf"\b{LABEL}\b", lambda label: _link(label[0], page), part)
            )
    return "".join(parts)


def _link(label: str, page: str) -> str:
    there, anchor = places().get(label, (page, ""))
    if there == page:
        return label
    address = posixpath.relpath(there.removesuffix(".md") + ".html", posixpath.dirname(page) or ".")
    return f'<a class="label" href="{address}#{anchor}">{label}</a>'


def anchored(html: str, page: str) -> str:
    """Return a page that explains labels, or the words of the glossary, with an anchor at each of them."""
    if page == GLOSSARY:
        return re.sub(r"<p><strong>([^<.]+?)[.:]?</strong>", _term, html)
    for label in own(page):
        anchor = rf'\1<span id="{label.lower()}"></span>{label}'
        html = re.sub(rf"(<td>|<h[23] [^>]*>){label}\b", anchor, html, count=1)
    return html


def _term(found: re.Match[str]) -> str:
    return found[0].replace("<p>", f'<p id="{slug(found[1].split(",")[0])}">')


def own(page: str) -> Iterator[str]:
    """Yield the labels that a page explains."""
    return (label for label, (there, _) in places().items() if there == page)
