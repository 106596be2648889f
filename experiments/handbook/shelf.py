"""Where a document of the repository stands in the handbook: pages, notebooks, and the code they link to."""

from __future__ import annotations

import ast
import os
import posixpath
import re
from collections.abc import Callable
from functools import cache

from experiments.handbook import notebooks
from experiments.handbook.nav import title_of
from experiments.handbook.places import ROOT

#: Documents that stand at the root of the repository and belong to the handbook.
AT_ROOT = ("CONTRIBUTING.md", "CHANGELOG.md")
#: The folder of the handbook in which code is shown, and how each kind of file is coloured.
CODE = "code"
COLOURED = {"py": "python", "toml": "toml", "html": "html", "ipynb": "json", "md": "markdown", "": "text"}
#: What begins a page that the search leaves out.
UNSEARCHED = "---\nsearch:\n  exclude: true\n---\n\n"
#: A link of Markdown to a file: what stands before the place, the place, and the anchor.
LINK = re.compile(r"(\]\()(?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?(?=\))")
#: A link of Markdown whose text is the name of a page's file.
NAMED = re.compile(r"\[([\w./-]+\.md)\]\(([^)#\s]+)")


def origin_of(page: str) -> str:
    """Return where in the repository a page of the handbook comes from."""
    if page in AT_ROOT:
        return page
    if page.startswith("notebooks/"):
        return page.removesuffix(".md") + ".ipynb"
    return f"docs/{page}"


def page_for(place: str) -> str:
    """Return the page of the handbook that shows what stands at ``place`` in the repository."""
    if place.startswith("docs/"):
        return place.removeprefix("docs/")
    if place in AT_ROOT:
        return place
    if place == "README.md":
        return "index.md"
    if place == "notebooks":
        place = notebooks.places()[0]
    if place.startswith("notebooks/") and place.endswith(".ipynb"):
        return place.removesuffix(".ipynb") + ".md"
    return f"{CODE}/{place}/index.md" if (ROOT / place).is_dir() else f"{CODE}/{place}.md"


def target_of(link: str, origin: str) -> str:
    """Return the place in the repository to which a link on a page of ``origin`` leads."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(origin), link))


def linked_code(text: str, origin: str) -> set[str]:
    """Return the files and folders of code to which a page links."""
    places = {target_of(match[2], origin) for match in LINK.finditer(text)}
    return {place for place in places if page_for(place).startswith(f"{CODE}/") and (ROOT / place).exists()}


def relinked(text: str, page: str) -> str:
    """Return the text of a page with every link out of docs/ turned to the page of the handbook for it."""
    origin = origin_of(page)

    def turned(match: re.Match[str]) -> str:
        place = target_of(match[2], origin)
        if not (ROOT / place).exists():
            return match[0]
        anchor = match[3] or ""
        there = page_for(place)
        if there.startswith(f"{CODE}/") and anchor:
            anchor = f"#{line_anchor(place, anchor[1:])}"
        return f"{match[1]}{posixpath.relpath(there, posixpath.dirname(page) or '.')}{anchor}"

    return LINK.sub(turned, NAMED.sub(_titled(origin), text))


def _titled(origin: str) -> Callable[[re.Match[str]], str]:
    """Return what names a page by its title where a link has only the name of its file."""

    def titled(match: re.Match[str]) -> str:
        place = target_of(match[2], origin)
        known = place.endswith(match[1].rsplit("/", 1)[-1]) and not page_for(place).startswith(f"{CODE}/")
        return f"[{title_of(place)}]({match[2]}" if known and (ROOT / place).is_file() else match[0]

    return titled


def line_anchor(place: str, name: str) -> str:
    """Return the anchor of the line on which a function of a file begins."""
    return f"__codelineno-0-{_lines(place).get(name, 1)}"


@cache
def _lines(place: str) -> dict[str, int]:
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
    return {node.name: node.lineno for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def code_page(place: str) -> str:
    """Return the page that shows a file of code, or lists a folder."""
    head = f"{UNSEARCHED}# {place}\n\n"
    path = ROOT / place
    if path.is_dir():
        return head + "\n".join(f"- [{inner}]({_beside(inner)})" for inner in shown_in(place)) + "\n"
    language = COLOURED.get(path.suffix.removeprefix("."), "text")
    body = path.read_text(encoding="utf-8").rstrip()
    return f'{head}``````{language} linenums="1"\n{body}\n``````\n'


def _beside(place: str) -> str:
    return f"{posixpath.basename(place)}.md"


def shown_in(folder: str) -> list[str]:
    """Return the files of a folder that the handbook shows."""
    found = sorted(os.scandir(ROOT / folder), key=lambda entry: entry.name)
    return [
        f"{folder}/{entry.name}"
        for entry in found
        if entry.is_file() and entry.name.endswith((".py", ".toml"))
    ]
