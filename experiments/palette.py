"""One colour for one thing, in every figure: strategies, endings, and the two sides of a dispute.

The colours of strategies are Okabe and Ito's, told apart by the colour-blind; where there are more
strategies than colours the mark changes too, so that the pair of mark and colour stays unique.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

INK, QUIET, RULE = "#222222", "#6b6b6b", "#d9d9d9"
SENDER, TARGET, SHARED = "#0072B2", "#D55E00", "#009E73"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#5B4A9C")
MARKS = ("o", "s", "D", "^", "v", "P", "X")

#: The colour of each role of a state in a dispute; of one without any part, and of the other kinds of actor.
ROLES = {
    "lead-sender": SENDER,
    "sender": COLOURS[5],
    "target": TARGET,
    "ally": COLOURS[4],
    "neighbour": "#c9b458",
    "veto-player": COLOURS[3],
    "spoiler": COLOURS[6],
    "bystander": "#9a9a9a",
    "": "#c8c8c8",
}
KINDS = {"body": QUIET, "mediator": SHARED, "civil-society": QUIET}
#: The colour and the stroke of each layer of ties.
LAYERS = {
    "trade": (QUIET, "solid"),
    "back channel": (SHARED, "solid"),
    "trust": (COLOURS[6], "solid"),
    "membership": (QUIET, "dashed"),
    "constituency": (COLOURS[5], "dashed"),
    "transnational": (COLOURS[3], "dotted"),
    "proximity": (RULE, "solid"),
}

#: Blue is settled, yellow never came about, red broke over conduct, violet was killed, grey was left.
ENDINGS = {
    "settled and durable": "#0b4f8a",
    "target yielded": "#3d8fc4",
    "settled but sham": "#a9cfe8",
    "never started": "#f5e6b8",
    "stalled": "#e8bf52",
    "walked out": "#b98a12",
    "leaked to death": "#f0a58a",
    "reversed by noise": "#dd6a45",
    "caught cheating": "#a23b1c",
    "killed by spoiler": "#d3b8e0",
    "killed by turnover": "#9467b5",
    "killed by shock": "#5b2d82",
    "sponsor exit": "#c9c9c9",
    "bloc fracture": "#8f8f8f",
    "sender gave up": "#4a4a4a",
}
UNKNOWN_ENDING = "#ececec"


def ending_colour(label: str) -> str:
    """Return the colour of a run's label."""
    return ENDINGS.get(label, UNKNOWN_ENDING)


def ending_order(labels: Iterable[str]) -> list[str]:
    """Return `labels` in the fixed order of the palette, unknown ones last."""
    known = list(ENDINGS)
    return sorted(
        set(labels), key=lambda label: (known.index(label) if label in ENDINGS else len(known), label)
    )


def strategy_marks(names: Iterable[str], catalogue: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return (colour, mark) of each strategy: bundled ones by place in the catalogue, then others."""
    others = sorted(set(names) - set(catalogue))
    places = {name: place for place, name in enumerate([*catalogue, *others])}
    return {name: _mark(places[name]) for name in names}


def _mark(place: int) -> tuple[str, str]:
    turn, colour = divmod(place, len(COLOURS))
    return COLOURS[colour], MARKS[turn % len(MARKS)]


def readable_on(colour: str) -> str:
    """Return black or white, whichever is read more easily on `colour` (by its relative luminance)."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.45 else "#ffffff"
