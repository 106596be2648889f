"""What the codes on the page are: each numbers something that a page of the handbook lists."""

from __future__ import annotations

import re

#: What a code numbers, and the page that lists it, by the letters that it begins with.
CODES = {
    "M": ("a mechanism of the model", "docs/mechanisms.md"),
    "D": ("a dimension of the design of a strategy", "docs/designs.md"),
    "I": ("an institution that a strategy can set up", "docs/designs.md"),
    "ST": ("an archetype of strategies", "docs/glossary.md"),
    "F": ("a published fact that a number rests on", "docs/sources.md"),
    "H": ("a hint that a number follows", "docs/sources.md"),
}


def key_in_words() -> str:
    """Return what every code is, in a sentence."""
    told = [f"{letters}.. is {what} ({page})" for letters, (what, page) in CODES.items()]
    return f"{'; '.join(told)}."


def where(text: str) -> str:
    """Return a text with the page that lists its first code; one without a code as it is."""
    found = re.match(r"([A-Z]+)[0-9]{2}\b", text)
    page = CODES[found[1]][1] if found and found[1] in CODES else ""
    return f"{text} in {page}" if page else text
