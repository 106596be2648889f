"""Which numbers may a box restrict? As few as are seen to help on worlds that the box was not fitted to.

Where hundreds of numbers vary, a slice of some of them is free of cases by luck alone, and peeling over all
of them at once restricts what has nothing to do with the matter. So numbers are taken in one at a time: the
one with which the chosen box gains most on the folds left out, as long as the gain exceeds its standard
error. Constraining which numbers peeling may touch follows Kwakkel (2019), A generalized many-objective
optimization approach for scenario discovery, Futures and Foresight Science 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from experiments.analysis import prim

#: Numbers that are tried at all, those whose distributions differ most between cases and others.
TRIED = 12
FOLDS = 5
#: Part of a box that one peel removes while numbers are being chosen: coarser, for speed.
COARSE = 0.1
#: Numbers that a box may restrict for a person still to read it.
MOST = 3


def parts(groups: ArrayLike, count: int, luck: np.random.Generator) -> NDArray[np.int64]:
    """Return for each world one of `count` parts of about equal size, worlds of one group together.

    Parameters
    ----------
    groups : array of int, shape (worlds,)
        Worlds that share coordinates by design have the same group.
    count : int
        How many parts.
    luck : Generator
        What decides.
    """
    names, places = np.unique(np.asarray(groups), return_inverse=True)
    dealt: NDArray[np.int64] = (luck.permutation(len(names)) % count)[places]
    return dealt


def separating(numbers: prim.Floats, cases: prim.Flags, most: int = TRIED) -> list[int]:
    """Return the columns, `most` of them, whose distributions differ most between cases and others.

    By the distance of Kolmogorov and Smirnov: but for a constant it is the most that a box with one limit on
    that number can hold beyond its share.
    """
    if numbers.shape[1] <= most:
        return list(range(numbers.shape[1]))
    order = np.argsort(numbers, axis=0, kind="stable")
    values = np.take_along_axis(numbers, order, axis=0)
    of_cases = cases[order].cumsum(axis=0) / max(int(cases.sum()), 1)
    of_others = (~cases)[order].cumsum(axis=0) / max(int((~cases).sum()), 1)
    ends = np.vstack(
        [values[1:] != values[:-1], np.ones((1, values.shape[1]), dtype=bool)]
    )  # ties go together
    distance = np.where(ends, np.abs(of_cases - of_others), 0.0).max(axis=0)
    return sorted(int(column) for column in np.argsort(-distance, kind="stable")[:most])


def beyond_unseen(
    numbers: prim.Floats, cases: prim.Flags, folds: NDArray[np.int64], least_mass: float
) -> prim.Floats:
    """Return, for each fold, what the box chosen on the others holds there beyond its share of worlds."""
    found = []
    for fold in np.unique(folds):
        seen = folds != fold
        boxes = prim.trajectory(numbers[seen], cases[seen], COARSE, least_mass)
        kept = prim.chosen(prim.measures(boxes, numbers[seen], cases[seen]))
        box = prim.sharpened(boxes[kept], numbers[seen], cases[seen], least_mass)
        measured = prim.measures([box], numbers[~seen], cases[~seen])
        found.append(float(measured["beyond"].iloc[0]))
    return np.array(found)


def restricting(
    numbers: prim.Floats,
    cases: prim.Flags,
    folds: NDArray[np.int64],
    least_mass: float = prim.LEAST_MASS,
    most: int = MOST,
) -> list[int]:
    """Return the columns that a box may restrict, in the order in which they were taken in; often none.

    Parameters
    ----------
    numbers : array of float, shape (worlds, numbers)
    cases : array of bool, shape (worlds,)
    folds : array of int, shape (worlds,)
        The part that each world is in.
    least_mass : float, 0 to 1
        Smallest part of the worlds that a box may hold.
    most : int
        How many columns at most.
    """
    tried = separating(numbers, cases)
    taken: list[int] = []
    before = np.zeros(len(np.unique(folds)))
    while len(taken) < min(most, len(tried)):
        after = {
            column: beyond_unseen(numbers[:, [*taken, column]], cases, folds, least_mass)
            for column in tried
            if column not in taken
        }
        best = max(after, key=lambda column: float(after[column].mean()))
        gains = after[best] - before
        if not gains.mean() > gains.std(ddof=1) / np.sqrt(len(gains)):
            break
        taken.append(best)
        before = after[best]
    return taken
