"""A draft of a strategy: what its file would hold, as a plain mapping, from a strategy or from a text.

A draft has a header in tables, a list of stages and a list of rules. It may have faults; what they are,
`browser.editor.review` says.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import tomli_w

from browser.editor.forms import TABLES, form_of
from browser.exchange import uploads
from browser.scene.limits import check_strategy
from browser.scene.settings import own_strategy
from model import list_strategies, load_strategy
from model.strategy import Strategy
from model.strategy_format import Script
from model.strategy_variants import VARIES, varied
from model.vocabulary import InputError

#: What a strategy file would hold.
Draft = dict[str, Any]
#: Most bytes that the file of a strategy may have.
LIMIT = uploads.LARGEST[uploads.STRATEGY]


def draft_of(strategy: Strategy) -> Draft:
    """Return what the file of a strategy says."""
    said: Draft = plain(strategy.model_dump(exclude_unset=True))
    return said


def own_copy(strategy: Strategy, own: Sequence[str] = ()) -> Draft:
    """Return a draft that says the same as a strategy under a name of its own, unless it is the reader's.

    Parameters
    ----------
    strategy : Strategy
    own : sequence of str
        Names of the reader's own strategies; those keep their names.
    """
    draft = draft_of(strategy)
    if strategy.name in own:
        return draft
    title = strategy.title
    lower = title[:1].lower() + title[1:] if title[1:2].islower() else title
    return draft | {
        "name": own_name(strategy.name),
        "title": f"My {lower}",
        "source": f"edited from {strategy.name}; {strategy.source}",
    }


def own_name(name: str) -> str:
    """Return a name that no bundled strategy has, made from another."""
    return f"my-{name.removeprefix('my-')}"


def draft_of_text(text: str) -> Draft:
    """Return what the text of a strategy file says, faults and all; of a variant, what it says in all.

    Raises
    ------
    InputError
        If it is too large, no TOML, of another shape than a strategy, or varies what is no bundled strategy.
    """
    content = uploads.table_of(uploads.text_of(text, LIMIT))
    check_strategy(content)
    try:
        return draft_of(own_strategy(text))
    except InputError:
        said = dict(content)
        if VARIES in content:
            if content[VARIES] not in list_strategies():
                raise
            said = varied(load_strategy(content[VARIES]).model_dump(exclude_unset=True), content)
        if not is_shaped(said):
            raise
        return ordered(plain(said))


def bounded(draft: Draft) -> Draft:
    """Return a draft if it is no larger than the file of a strategy may be.

    Raises
    ------
    InputError
        If it has too many stages or rules, or too much text.
    ValueError
        If it holds what no file can hold.
    """
    check_strategy(draft)
    if (size := len(tomli_w.dumps(draft).encode())) > LIMIT:
        raise InputError(f"this makes a strategy of {size / 1000:.0f} kB: at most {LIMIT / 1000:.0f} kB")
    return draft


def plain(value: Any) -> Any:
    """Return a value of a file as plain tables, lists, texts and numbers."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, str | bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)


def is_shaped(content: Mapping[str, Any]) -> bool:
    """Return whether a file's tables are tables and its stages and rules lists of tables."""
    form = form_of()
    tables = [content.get(part.key, {}) for part in form.parts]
    for each in form.lists:
        sections = content.get(each.key, [])
        if not isinstance(sections, list) or not all(isinstance(section, Mapping) for section in sections):
            return False
        within = [
            *(part.key for part in each.parts),
            *(one.key for one in each.entries if one.kind in TABLES),
        ]
        tables += [section.get(key, {}) for section in sections for key in within]
    return all(isinstance(table, Mapping) for table in tables)


def ordered(draft: Draft) -> Draft:
    """Return a draft with its keys in the order in which a strategy is written: plain keys before tables."""
    names = list(Script.model_fields)

    def turn(key: str) -> tuple[bool, bool, int]:
        return _is_long(draft[key]), key not in names, names.index(key) if key in names else 0

    return {key: draft[key] for key in sorted(draft, key=turn)}


def _is_long(value: Any) -> bool:
    """Return whether a value is written as a section of its own."""
    tables = value if isinstance(value, list) else [value]
    return any(isinstance(each, Mapping) for each in tables)
