"""Patient rule induction: find the box of numbers in which cases of interest are dense.

A box holds a range for some numbers and leaves the others free. Beginning with the whole space, a thin slice
is peeled off one side of one number at a time, always the slice whose loss raises the density of cases most a
world removed; in the end slices are pasted back on where that raises it again. What results is a trajectory
of boxes, ever denser and ever smaller, of which one is chosen by a stated rule.

Sources: Friedman and Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9; Bryant
and Lempert (2010), Thinking inside the box, Technological Forecasting and Social Change 77 (coverage,
density, quasi-p-values); for the rule of choice, weighted relative accuracy: Lavrač, Flach and Zupan (1999).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Part of a box that one peel removes, or one paste adds.
SLICE = 0.05
#: Smallest part of all worlds that a box may hold.
LEAST_MASS = 0.05


@dataclass(frozen=True)
class Box:
    """A range for each number; an infinite end leaves that side free.

    Attributes
    ----------
    low, high : array of float, shape (numbers,)
        In the units of the numbers; low end in, high end in.
    """

    low: Floats
    high: Floats

    @property
    def restricted(self) -> Flags:
        """Which numbers are restricted, shape (numbers,)."""
        return np.isfinite(self.low) | np.isfinite(self.high)

    def inside(self, numbers: Floats) -> Flags:
        """Return which rows of `numbers`, shape (worlds, numbers), lie in the box."""
        held: Flags = ((numbers >= self.low) & (numbers <= self.high)).all(axis=1)
        return held

    def moved(self, column: int, low: float, high: float) -> Box:
        """Return the box with another range for one number."""
        lows, highs = self.low.copy(), self.high.copy()
        lows[column], highs[column] = low, high
        return Box(lows, highs)

    def without(self, column: int) -> Box:
        """Return the box with one number left free."""
        return self.moved(column, -np.inf, np.inf)


def whole(columns: int) -> Box:
    """Return the box of `columns` numbers that restricts none."""
    return Box(np.full(columns, -np.inf), np.full(columns, np.inf))


def trajectory(
    numbers: Floats, cases: Flags, part: float = SLICE, least_mass: float = LEAST_MASS
) -> list[Box]:
    """Return the boxes from the whole space to the densest, each a peel or a paste from the one before.

    Parameters
    ----------
    numbers : array of float, shape (worlds, numbers)
        Without NaN; columns may have few levels.
    cases : array of bool, shape (worlds,)
        Which worlds are of interest.
    part : float, 0 to 1
        How much of a box a peel removes (alpha); small is patient.
    least_mass : float, 0 to 1
        Part of all worlds below which no box is peeled.

    Returns
    -------
    list of Box
        At least one; the first is whole.
    """
    boxes = [whole(numbers.shape[1])]
    fewest = least_mass * len(cases)
    while (peeled := _peeled(boxes[-1], numbers, cases, part, fewest)) is not None:
        boxes.append(peeled)
    while (pasted := _pasted(boxes[-1], numbers, cases, part)) is not None:
        boxes.append(pasted)
    return boxes


def _peeled(box: Box, numbers: Floats, cases: Flags, part: float, fewest: float) -> Box | None:
    inside = box.inside(numbers)
    rows, hits = numbers[inside], cases[inside].astype(float)
    removed = max(1, int(part * len(rows)))
    if len(rows) - removed < max(fewest, 1):
        return None
    lows, highs = _cuts(rows, removed), -_cuts(-rows, removed)
    above, below = _gains(rows >= lows, hits, fewest), _gains(rows <= highs, hits, fewest)
    gains = np.concatenate([above, below])
    best = np.flatnonzero(gains == gains.max())
    if not np.isfinite(gains[best[0]]):
        return None
    known = [place for place in best if box.restricted[place % len(lows)]]
    place = int(known[0] if known else best[0])
    column = place % len(lows)
    if place < len(lows):
        return box.moved(column, float(lows[column]), float(box.high[column]))
    return box.moved(column, float(box.low[column]), float(highs[column]))


def _cuts(rows: Floats, removed: int) -> Floats:
    """Return for each column where to cut off its `removed` lowest values: halfway between two values.

    Ties stay together: fewer are cut off where that is possible, else the whole lowest level.
    """
    ordered = np.sort(rows, axis=0)
    cuts = np.full(rows.shape[1], -np.inf)
    for column, values in enumerate(ordered.T):
        first = values[removed]
        start = int(np.searchsorted(values, first, "left"))
        if start == 0:
            start = int(np.searchsorted(values, first, "right"))
        if start < len(values):
            cuts[column] = (values[start - 1] + values[start]) / 2
    return cuts


def _gains(kept: Flags, hits: Floats, fewest: float) -> Floats:
    """Return the gain in density a world removed, for each column of `kept`, shape (worlds, numbers)."""
    sizes = kept.sum(axis=0)
    lost = len(hits) - sizes
    density = hits @ kept / np.maximum(sizes, 1)
    possible = (lost > 0) & (sizes >= max(fewest, 1))
    return np.where(possible, (density - hits.mean()) / np.maximum(lost, 1), -np.inf)


def _pasted(box: Box, numbers: Floats, cases: Flags, part: float) -> Box | None:
    inside = box.inside(numbers)
    added = max(1, int(part * inside.sum()))
    best, found = 0.0, None
    for column in np.flatnonzero(box.restricted):
        for candidate in _widened(box, int(column), numbers, inside, added):
            held = candidate.inside(numbers)
            more = int(held.sum() - inside.sum())
            gain = (cases[held].mean() - cases[inside].mean()) / more if more else 0.0
            if gain > best:
                best, found = gain, candidate
    return found


def _widened(box: Box, column: int, numbers: Floats, inside: Flags, added: int) -> list[Box]:
    low, high = float(box.low[column]), float(box.high[column])
    beyond = numbers[box.without(column).inside(numbers) & ~inside, column]
    wider = []
    if np.isfinite(low):
        wider.append(box.moved(column, -_reach(-beyond[beyond < low], added), high))
    if np.isfinite(high):
        wider.append(box.moved(column, low, _reach(beyond[beyond > high], added)))
    return wider


def _reach(beyond: Floats, added: int) -> float:
    """Return how far up a box must reach to take in the `added` lowest of the values `beyond` it."""
    ordered = np.sort(beyond)
    later = ordered[ordered > ordered[added - 1]] if len(ordered) >= added else ordered[:0]
    return float((later[0] + ordered[added - 1]) / 2) if len(later) else np.inf


def measures(boxes: Sequence[Box], numbers: Floats, cases: Flags) -> pd.DataFrame:
    """Return what each box holds of `cases`, a row a box in the order given.

    Columns: coverage (part of all cases that lie in the box), density (part of the box that is a case; NaN
    where it is empty), mass (part of all worlds in the box), restricted (how many numbers are), beyond (cases
    in the box beyond its share of worlds, as a part of all worlds: mass times density less the overall
    share).
    """
    rows = []
    for box in boxes:
        held = box.inside(numbers)
        size, hits = int(held.sum()), int(cases[held].sum())
        rows.append(
            {
                "coverage": hits / max(int(cases.sum()), 1),
                "density": hits / size if size else np.nan,
                "mass": size / len(cases),
                "restricted": int(box.restricted.sum()),
                "beyond": (hits - size * float(cases.mean())) / len(cases),
            }
        )
    return pd.DataFrame(rows)


def chosen(measured: pd.DataFrame) -> int:
    """Return the row of the box to keep: the one with most cases beyond its share of worlds.

    This is the knee of coverage against mass, the point farthest above the line on which a box holds cases in
    proportion to its size. Of equals the earliest, which is the largest box.
    """
    return int(measured["beyond"].to_numpy().argmax())


def sharpened(box: Box, numbers: Floats, cases: Flags, least_mass: float = LEAST_MASS) -> Box:
    """Return the box with its limits moved, one at a time, to where it holds most beyond its share of worlds.

    Peeling looks one slice ahead and may stop short of an edge, or go past it; here a limit may be moved any
    distance, or go, while the others stay. It ends where no single move helps. No limit is added.
    """
    while True:
        moves = [
            _moved(box, int(column), numbers, cases, least_mass) for column in np.flatnonzero(box.restricted)
        ]
        worth = [float(beyond) for beyond in measures([box, *moves], numbers, cases)["beyond"]]
        best = int(np.argmax(worth))
        if worth[best] <= worth[0] + 1e-12:
            return box
        box = moves[best - 1]


def _moved(box: Box, column: int, numbers: Floats, cases: Flags, least_mass: float) -> Box:
    """Return the box with the limits of one number moved to where they are best, the low one first."""
    fewest, excess = least_mass * len(cases), cases - cases.mean()
    low, high = float(box.low[column]), float(box.high[column])
    if np.isfinite(low):
        rows = box.moved(column, -np.inf, high).inside(numbers)
        low = -_best_end(-numbers[rows, column], excess[rows], fewest)
    if np.isfinite(high):
        rows = box.moved(column, low, np.inf).inside(numbers)
        high = _best_end(numbers[rows, column], excess[rows], fewest)
    return box.moved(column, low, high)


def _best_end(values: Floats, excess: Floats, fewest: float) -> float:
    """Return up to where the sum of `excess` is greatest, halfway between two values, or infinity."""
    order = np.argsort(values, kind="stable")
    ordered, sums = values[order], excess[order].cumsum()
    apart = np.append(ordered[1:] > ordered[:-1], True)
    sums[~apart | (np.arange(1, len(sums) + 1) < fewest)] = -np.inf
    last = int(sums.argmax())
    return float((ordered[last] + ordered[last + 1]) / 2) if last + 1 < len(ordered) else np.inf


def quasi_p(box: Box, numbers: Floats, cases: Flags) -> Floats:
    """Return how likely the density of the box is if a restriction did nothing, NaN for numbers left free.

    With a restriction dropped, the box has a density; the chance of at least as many cases as the box holds,
    were they drawn from that density, is Bryant and Lempert's quasi-p-value (one-sided binomial). It is
    optimistic on the worlds that the box was fitted to, and honest on others. Shape (numbers,), 0 to 1.
    """
    found = np.full(len(box.low), np.nan)
    for column in np.flatnonzero(box.restricted):
        found[column] = _chance(box, box.without(int(column)), numbers, cases)
    return found


def _chance(box: Box, wider: Box, numbers: Floats, cases: Flags) -> float:
    from scipy import stats

    held, around = box.inside(numbers), wider.inside(numbers)
    density = cases[around].mean() if around.any() else 0.0
    return float(stats.binom.sf(int(cases[held].sum()) - 1, int(held.sum()), density))


def pruned(box: Box, numbers: Floats, cases: Flags, level: float = 0.05) -> Box:
    """Return the box without the sides that do nothing, the least useful dropped first.

    A side (low or high end of a number's range) goes while its quasi-p-value is at `level` or above.
    """
    while sides := _opened(box):
        chances = [_chance(box, wider, numbers, cases) for wider in sides]
        worst = int(np.argmax(chances))
        if chances[worst] < level:
            break
        box = sides[worst]
    return box


def _opened(box: Box) -> list[Box]:
    """Return the box with one side left free, for each of its sides."""
    lows = [box.moved(int(at), -np.inf, float(box.high[at])) for at in np.flatnonzero(np.isfinite(box.low))]
    highs = [box.moved(int(at), float(box.low[at]), np.inf) for at in np.flatnonzero(np.isfinite(box.high))]
    return lows + highs
