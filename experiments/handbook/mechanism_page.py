"""The page of the mechanisms: docs/mechanisms.md."""

from __future__ import annotations

from collections.abc import Iterable

from experiments.handbook.carrying import carriers, numbers_switched, showings
from experiments.handbook.places import NOTE
from experiments.inside import said


def mechanisms_page() -> str:
    """Return the page of the mechanisms: what each says, where it lives, and what shows it."""
    from model.parameters import CARRIED_BY

    known, places, numbers, tests = said(), carriers(), numbers_switched(), showings()
    rows = []
    for name in known:
        through = CARRIED_BY.get(name, ())
        switch = "through " + " and ".join(through) if through else f"`{name}`"
        own = through or (name,)
        read = dict.fromkeys(number for each in own for number in numbers.get(each, ()))
        where = dict.fromkeys(place for each in own for place in places.get(each, ()))
        cells = (name, known[name], _coded(where), _coded(read), switch, _coded(tests.get(name, ())))
        rows.append("| " + " | ".join(cells) + " |")
    parts = [
        "# Mechanisms\n",
        NOTE,
        f"The seeds of the model name {len(known)} mechanisms, M01 to M{len(known)}. Each has a switch, or "
        "is carried by others that express the same cause and effect and is switched with them: "
        '`without=("M14",)` of `SanctionsModel` and of `run_ensemble`. A place is a file of '
        "`model/mechanisms/` or `model/` and a rule or phase in it that declares the mechanism; the numbers "
        "are those that its switch multiplies, or else stands beside; the test is the one that switches it "
        "off in a scenario built to expose it, on the same luck. It shows that the mechanism acts and which "
        "way, not that the world is so.\n",
        "| | what it says | where it lives | numbers | switch | shown by |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
    ]
    return "\n".join(parts)


def _coded(words: Iterable[str]) -> str:
    return "; ".join(f"`{word}`" for word in words)
