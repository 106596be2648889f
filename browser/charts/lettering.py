"""On which side of an actor its name stands, so that as many names as can be are read at once."""

from __future__ import annotations

from functools import lru_cache
from textwrap import wrap
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Pixels left, right, above and below the drawing, for the names at its edges.
MARGIN = {"left": 38, "right": 38, "top": 14, "bottom": 32}
#: Width and height in pixels of the drawing that names are placed for, without these margins.
MAP = (436.0, 246.0)
#: Letters in a line of a name; pixels of a letter and of a line.
LETTERS, LETTER, LINE = 16, 6.6, 13.0
#: Pixels from the edge of an actor to where its name begins.
GAP = 3.0
#: Pixels that stay free around a name.
PAD = 2.0
#: What is added to a box for the letters themselves.
INK = np.array([PAD, PAD, -PAD, -PAD])
#: Sides to choose from, the ones before the others.
SIDES = ("bottom", "top", "right", "left")
#: What it costs to lie on a name, on an actor, beyond the edge, and on a later side.
ON_NAME, ON_ACTOR, BEYOND, LATER = 4.0, 4.0, 40.0, 8.0
#: Square pixels of other actors that a name may lie on; one of a higher rank may always be read.
HIDDEN, ALWAYS = 60.0, 3.5


class Stand(NamedTuple):
    """The side of an actor on which its name stands, and whether it covers others wherever it stands."""

    side: str
    is_covering: bool = False


def lines_of(name: str) -> str:
    """Return a name in short lines."""
    return "\n".join(wrap(name, LETTERS)) or name


@lru_cache(maxsize=64)
def sides_of(
    places: tuple[tuple[float, float], ...],
    names: tuple[str, ...],
    ranks: tuple[float, ...],
    pixels: tuple[float, ...],
) -> tuple[Stand, ...]:
    """Return on which side of each actor its name, in lines, hides least of others.

    Names of a higher rank choose first; the same names on the same places always stand the same.
    """
    points = np.array(places, float).reshape(-1, 2) * MAP
    halves = np.array(pixels, float).reshape(-1, 1) / 2
    actors = np.column_stack([points - halves, points + halves])
    taken = np.empty((0, 4))
    found = [Stand("")] * len(names)
    for place in sorted(range(len(names)), key=lambda place: (-ranks[place], place)):
        others = np.delete(actors, place, axis=0)
        boxes = [box_of(points[place], names[place], side, pixels[place] / 2 + GAP) for side in SIDES]
        costs = [
            ON_NAME * overlap(box, taken)
            + ON_ACTOR * overlap(box + INK, others)
            + BEYOND * _outside(box)
            + LATER * later
            for later, box in enumerate(boxes)
        ]
        best = int(np.argmin(costs))
        if ranks[place] < ALWAYS and overlap(boxes[best] + INK, others) > HIDDEN:
            found[place] = Stand(SIDES[best], is_covering=True)
            continue
        found[place] = Stand(SIDES[best])
        taken = np.vstack([taken, boxes[best]])
    return tuple(found)


def box_of(point: NDArray[np.float64], name: str, side: str, off: float) -> NDArray[np.float64]:
    """Return left, bottom, right and top of a name that stands on a side of a point, so many pixels off."""
    lines = name.split("\n")
    width, height = LETTER * max(map(len, lines)), LINE * len(lines)
    x, y = point
    match side:
        case "bottom":
            left, low = x - width / 2, y - off - height
        case "top":
            left, low = x - width / 2, y + off
        case "right":
            left, low = x + off, y - height / 2
        case _:
            left, low = x - off - width, y - height / 2
    return np.array([left - PAD, low - PAD, left + width + PAD, low + height + PAD])


def overlap(box: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """Return the area that a box shares with others, in square pixels."""
    shared = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    return float(np.clip(shared, 0.0, None).prod(axis=1).sum())


def _outside(box: NDArray[np.float64]) -> float:
    """Return by how many square pixels a box reaches beyond the drawing and its margins."""
    width, height = box[2] - box[0], box[3] - box[1]
    wide = max(-MARGIN["left"] - box[0], 0.0) + max(box[2] - MAP[0] - MARGIN["right"], 0.0)
    high = max(-MARGIN["bottom"] - box[1], 0.0) + max(box[3] - MAP[1] - MARGIN["top"], 0.0)
    return float(wide * height + high * width)
