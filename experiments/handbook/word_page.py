"""The page of the words that the model knows: docs/words.md."""

from __future__ import annotations

import inspect
from enum import IntEnum

from experiments.handbook.filling import coded
from experiments.handbook.places import NOTE
from model import vocabulary
from model.vocabulary import words_of


def page() -> str:
    """Return the page of the vocabulary."""
    parts = [
        "# Words\n",
        NOTE,
        "Who acts, over what, in which step, and what is written down: the words that scenario files, "
        "strategy files, tables and ledgers use, as they are spelt there. They stand in "
        "[model/vocabulary.py](../model/vocabulary.py). What each level of a design (D..) says is in "
        "[designs.md](designs.md), what each event says in [events.md](events.md). Words of the field are "
        "explained in the [glossary](glossary.md).\n",
    ]
    for name, words in vocabularies().items():
        parts += [f"## {name}\n", f"{inspect.getdoc(words)}\n", f"{coded(words_of(words))}\n"]
    return "\n".join(parts)


def vocabularies() -> dict[str, type[IntEnum]]:
    """Return every enumeration of the model, in the order of its file."""
    return {
        name: words
        for name, words in vars(vocabulary).items()
        if isinstance(words, type) and issubclass(words, IntEnum) and words is not IntEnum
    }
