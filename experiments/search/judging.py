"""Fronts of candidates, and what they cover: numbers in, numbers out; more is better throughout.

The front is of the candidates that no other is as good as at every goal and better than at one. What it
covers is its hypervolume (Zitzler and Thiele 1998): the share of the box from a tenth below the worst to the
best value tried at every goal that some candidate of it is above.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.robustness import nondominated
from experiments.extras import needed
from experiments.search.goals import Aim

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: Points that are compared with one another at once: the front of all is that of the fronts of parts.
PART = 256
#: How far below the worst value the box begins, as a part of its side.
MARGIN = 0.1


def scored(values: Floats, outcomes: Sequence[str], aims: Sequence[Aim]) -> Floats:
    """Return the goals of candidates, more is better: shape (candidates, goals); NaN where a run failed.

    Parameters
    ----------
    values : array, shape (candidates, states, outcomes)
        In the units of the outcomes.
    outcomes : sequence of str
        Their names.
    aims : sequence of Aim
    """
    return turned(values, outcomes, aims, np.ones((1, values.shape[1])))[0]


def turned(values: Floats, outcomes: Sequence[str], aims: Sequence[Aim], weights: Floats) -> Floats:
    """Return the same in every resample of the states: shape (resamples, candidates, goals)."""
    columns = []
    broken = np.isnan(values).any(axis=(1, 2))
    whole = np.where(broken[:, np.newaxis, np.newaxis], 0.0, values)
    for aim in aims:
        found = aim.measured(whole[:, :, outcomes.index(aim.goal.name)], weights)
        columns.append(np.where(broken, np.nan, aim.sign * found))
    return np.stack(columns, axis=-1)


def front_of(scores: Floats) -> Bools:
    """Return which candidates are on the front: shape (candidates, goals) in, (candidates,) out."""
    places = np.flatnonzero(~np.isnan(scores).any(axis=1))
    while True:
        parts = [places[first : first + PART] for first in range(0, len(places), PART)]
        kept = [part[nondominated(scores[part])] for part in parts]
        left = np.concatenate([*kept, np.array([], dtype=np.intp)])
        if len(parts) <= 1 or len(left) == len(places):
            break
        places = left
    if len(left) > PART:  # each part is a front of its own
        left = left[nondominated(scores[left])]
    result = np.zeros(len(scores), dtype=bool)
    result[left] = True
    return result


def membership(again: Floats) -> Floats:
    """Return in which share of resamples each candidate is on the front.

    Parameters
    ----------
    again : array, shape (resamples, candidates, goals)
    """
    total = np.zeros(again.shape[1])
    for scores in again:
        total += front_of(scores)
    return total / len(again)


def box_of(scores: Floats) -> tuple[Floats, Floats]:
    """Return the worst and the best value of each goal; a goal that never varies has a side of 1."""
    low, high = np.nanmin(scores, axis=0), np.nanmax(scores, axis=0)
    return low, np.where(high > low, high, low + 1.0)


def covered(scores: Floats, box: tuple[Floats, Floats]) -> float:
    """Return the share of a box that candidates cover, 0 to 1; shape (candidates, goals) in."""
    needed("pymoo", "analysis")
    from pymoo.indicators.hv import HV

    low, high = box
    whole = scores[~np.isnan(scores).any(axis=1)]
    if not len(whole):
        return 0.0
    heights = (whole[front_of(whole)] - low) / (high - low) + MARGIN
    volume = float(HV(ref_point=np.zeros(len(low)))(-heights))
    return volume / (1 + MARGIN) ** len(low)


def progress(scores: Floats, generations: NDArray[np.int64], box: tuple[Floats, Floats]) -> Floats:
    """Return how many candidates were tried by the end of each generation, and what they cover.

    Parameters
    ----------
    scores : array, shape (candidates, goals)
    generations : array, shape (candidates,)
        In which each was tried, from 1.
    box : tuple of array

    Returns
    -------
    array, shape (generations, 2)
    """
    rows = []
    for generation in range(1, int(generations.max()) + 1):
        tried = generations <= generation
        rows.append((float(tried.sum()), covered(scores[tried], box)))
    return np.array(rows)


def dominates(first: Floats, second: Floats, rounding: float = 1e-12) -> bool:
    """Return whether the first is at least as good at every goal and better at one."""
    gap = first - second
    return bool((gap >= -rounding).all() and (gap > rounding).any())
