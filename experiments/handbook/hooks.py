"""What the site's builder is told beyond mkdocs.yml: which pages there are besides those of docs/.

Notebooks, the documents at the root of the repository and every file of code that a page links to become
pages of the site; links that lead out of docs/ are turned to them, so that one text serves both readers.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from experiments.handbook import crosslinks, notebooks, shelf
from experiments.handbook.places import DOCS, ROOT

#: The script that lets the search run where the site is read from the file system.
SHIM = "assets/iframe-worker.js"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave out of the contents what is not written yet, and fill in the notebooks."""
    config.nav = _present(config.nav)
    config.watch += [str(ROOT / "notebooks"), str(ROOT / "model")]
    return config


def _present(entries: Any) -> Any:
    kept: list[Any] = []
    for entry in entries:
        if isinstance(entry, dict):
            ((name, inner),) = entry.items()
            if inner == "notebooks/":
                inner = [shelf.page_for(place) for place in notebooks.places()]
            elif isinstance(inner, list):
                inner = _present(inner)
            if inner and (not isinstance(inner, str) or _is_there(inner)):
                kept.append({name: inner})
        elif _is_there(entry):
            kept.append(entry)
    return kept


def _is_there(page: str) -> bool:
    return page in shelf.AT_ROOT or page.startswith(f"{shelf.CODE}/") or (DOCS / page).is_file()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that come from outside docs/: root documents, notebooks with their pictures, and code."""
    texts = {
        file.src_uri: Path(file.abs_src_path or "").read_text("utf-8") for file in files.documentation_pages()
    }
    for name in shelf.AT_ROOT:
        texts[name] = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=texts[name]))
    for place in notebooks.places():
        text, pictures = notebooks.page_of(place)
        page = shelf.page_for(place)
        texts[page] = text
        files.append(File.generated(config, page, content=text))
        for name, picture in pictures.items():
            files.append(File.generated(config, f"notebooks/{name}", content=picture))
    for place in sorted(_code(texts)):
        files.append(File.generated(config, shelf.page_for(place), content=shelf.code_page(place)))
    files.append(File.generated(config, f"{shelf.CODE}/index.md", content=_index(sorted(_code(texts)))))
    files.append(File.generated(config, SHIM, content=_shim(config)))
    return files


def _code(texts: dict[str, str]) -> set[str]:
    """Return the files and folders of code that the pages link to, and the files in those folders."""
    linked = {
        place for page, text in texts.items() for place in shelf.linked_code(text, shelf.origin_of(page))
    }
    return linked | {file for place in linked if (ROOT / place).is_dir() for file in shelf.shown_in(place)}


def _index(places: list[str]) -> str:
    lines = [
        shelf.UNSEARCHED,
        "# Code that is referred to",
        "",
        "These files of the repository are shown here because a page of the handbook links to them.",
        "",
    ]
    return (
        "\n".join(
            [*lines, *(f"- [{place}]({shelf.page_for(place).removeprefix('code/')})" for place in places)]
        )
        + "\n"
    )


def _shim(config: MkDocsConfig) -> str:
    """Return a script that starts the theme's search worker from its text.

    From the file system a browser starts no worker by its address, and the theme would fetch a remedy from
    another machine.
    """
    (worker,) = [
        path
        for folder in config.theme.dirs
        for path in Path(folder).glob("assets/javascripts/workers/search.*.js")
    ]
    return (
        'if (location.protocol === "file:") {\n'
        f"  const text = {json.dumps(worker.read_text(encoding='utf-8'))};\n"
        '  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));\n'
        "  window.Worker = class extends Worker {\n"
        "    constructor() { super(address); }\n"
        "  };\n"
        "}\n"
    )


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links that lead out of docs/ to the pages of the site."""
    if not re.search(r"^##+ |^::: ", markdown, re.MULTILINE):
        page.meta["hide"] = ["toc"]  # leaves its room to what is wide
    if page.file.src_uri.startswith(f"{shelf.CODE}/"):
        return markdown
    return shelf.relinked(markdown, page.file.src_uri)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Link labels to where they are explained, and let lines of code count as anchors."""
    uri = page.file.src_uri
    if not uri.startswith(f"{shelf.CODE}/"):
        html = crosslinks.linked(crosslinks.anchored(html, uri), uri)
    anchors = re.findall(r'(?:id|name)="([^"]+)"', html)
    page.present_anchor_ids = (page.present_anchor_ids or set()) | set(anchors)
    return html
