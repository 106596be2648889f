"""Under which conditions does a strategy lose, or fail? A box found in one half, measured in the other.

A state of the world is a draw of the uncertain numbers; over its replicates outcomes are averaged. Which
worlds are cases of interest is a question put to the outcomes; where they are dense is found by patient rule
induction on a half of the worlds. What is claimed of the box is counted in the other half, which had no part
in finding it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from experiments import statistics
from experiments.analysis import prim, restricting
from experiments.statistics import Interval
from model.vocabulary import InputError

#: Keeps the split of the worlds apart from the luck of the runs, which is addressed by the same seed.
STREAM = 0xB0C5
#: Fewest worlds that a box may hold, in the half it is found in and in the half it is measured in.
SUPPORT = 20
#: Fewest cases, and fewest other worlds, without which nothing is looked for.
FEWEST = 20
#: Designs whose worlds share coordinates in blocks.
BLOCKED = ("saltelli", "morris")
UNKNOWN = Interval(np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class Measured:
    """What a box holds in one half of the worlds.

    Attributes
    ----------
    density, elsewhere, overall : Interval
        Share of cases among worlds in the box, outside it, and among all.
    coverage : Interval
        Share of all cases that lie in the box.
    worlds, of : int
        How many worlds lie in the box, of how many.
    p : float
        Fisher's exact test, one-sided: the chance of so many cases in a box that has nothing to do with them.
    """

    density: Interval
    elsewhere: Interval
    overall: Interval
    coverage: Interval
    worlds: int
    of: int
    p: float

    @property
    def mass(self) -> float:
        """Part of the worlds that lie in the box."""
        return self.worlds / self.of


@dataclass(frozen=True)
class Conditions:
    """A box in words' reach: its ranges, the way to it, and what it holds in either half.

    Attributes
    ----------
    ranges : DataFrame
        Index: names of restricted numbers; low, high (infinite: free on that side), density_without (share of
        cases in the held-out half with that restriction dropped), quasi_p and quasi_p_fitted (in the held-out
        half, where it is honest, and in the half the box was fitted to).
    box : Box
        Over all columns of the numbers.
    path : DataFrame
        `prim.measures` of the trajectory in the half it was fitted to, and the same in the other half with
        the suffix "_held".
    kept : int
        The row of `path` that was chosen.
    fitted, held : Measured
    holds : bool
        Whether the claim survives the held-out half.
    """

    ranges: pd.DataFrame
    box: prim.Box
    path: pd.DataFrame
    kept: int
    fitted: Measured
    held: Measured
    holds: bool


def blocks(draws: pd.Index[int], sampling: Mapping[str, Any], total: int) -> np.ndarray[Any, Any]:
    """Return the block of each draw: those that share coordinates by design, else the draw itself.

    Parameters
    ----------
    draws : Index of int
        The draws asked about.
    sampling : mapping
        As `Results.sampling` tells it.
    total : int
        How many draws the design has.
    """
    points = int(sampling.get("points") or 0)
    blocked = sampling.get("design") in BLOCKED and points > 0 and total % points == 0
    return np.asarray(draws) // (total // points if blocked else 1)


def halves(groups: np.ndarray[Any, Any], seed: int) -> prim.Flags:
    """Return which worlds a box is to be fitted to: a random half, worlds of one block together."""
    return restricting.parts(groups, 2, np.random.default_rng((seed, STREAM))) == 0


def enough(cases: prim.Flags, fitted: prim.Flags) -> bool:
    """Return whether both halves have `FEWEST` cases and as many others."""
    return all(min(int(cases[half].sum()), int((~cases[half]).sum())) >= FEWEST for half in (fitted, ~fitted))


def discovered(
    numbers: pd.DataFrame,
    cases: pd.Series[bool],
    groups: np.ndarray[Any, Any],
    seed: int = 7,
    boxes: int = 2,
    looks: int = 1,
    step: int | None = None,
) -> list[Conditions]:
    """Return boxes in which cases are dense, the second among the worlds outside the first, and so on.

    The next box is looked for only where the one before holds, so that of all boxes taken together the chance
    to claim one wrongly is that of the first.

    Parameters
    ----------
    numbers : DataFrame
        A row a world, a column a number that varied, without NaN.
    cases : Series of bool
        Of the same worlds.
    groups : array of int, shape (worlds,)
        Worlds that share coordinates by design (`blocks`): they stay together when the worlds are split.
    seed : int
        The split into halves and folds.
    boxes : int
        How many are looked for at most.
    looks : int
        How many questions of this kind are put to the same sweep; Fisher's test is corrected for them.
    step : int, optional
        The row of the first box's path to take instead of the one the rule chooses.

    Returns
    -------
    list of Conditions
        At least one; all but the last hold. One that restricts nothing says that nothing was found.
    """
    table, flags = numbers.to_numpy(float), cases.to_numpy(bool)
    fitted, found = halves(groups, seed), list[Conditions]()
    left = np.ones(len(flags), dtype=bool)
    while len(found) < boxes:
        if found and not (found[-1].holds and enough(flags[left], fitted[left])):
            break
        remaining = numbers[left]
        one = _one(remaining, flags[left], fitted[left], groups[left], seed, looks, None if found else step)
        found.append(one)
        left &= ~one.box.inside(table)
    return found


def _one(
    numbers: pd.DataFrame,
    cases: prim.Flags,
    fitted: prim.Flags,
    groups: np.ndarray[Any, Any],
    seed: int,
    looks: int,
    step: int | None,
) -> Conditions:
    table = numbers.to_numpy(float)
    seen, its_cases = table[fitted], cases[fitted]
    folds = restricting.parts(groups[fitted], restricting.FOLDS, np.random.default_rng((seed, STREAM, 1)))
    least = max(prim.LEAST_MASS, SUPPORT / len(its_cases))
    columns = restricting.restricting(seen, its_cases, folds, least)
    path = _path(seen, its_cases, columns or restricting.separating(seen, its_cases), least)
    measured = prim.measures(path, seen, its_cases)
    kept = 0 if not columns else prim.chosen(measured)
    if columns and step is None:
        box = prim.pruned(prim.sharpened(path[kept], seen, its_cases, least), seen, its_cases)
        path.append(_sayable(box, table))
        kept = len(path) - 1
    elif step is not None:
        kept = _known_step(step, len(path))
    measured = prim.measures(path, seen, its_cases)
    other = prim.measures(path, table[~fitted], cases[~fitted]).add_suffix("_held")
    box = path[kept]
    held = measure(box, table[~fitted], cases[~fitted])
    return Conditions(
        _ranges(box, numbers, cases, fitted),
        box,
        pd.concat([measured, other], axis=1),
        kept,
        measure(box, seen, its_cases),
        held,
        bool(box.restricted.any()) and holds(held, looks),
    )


def _path(seen: prim.Floats, cases: prim.Flags, columns: Sequence[int], least: float) -> list[prim.Box]:
    """Return the trajectory over some columns, as boxes over all of them."""
    found = []
    for box in prim.trajectory(seen[:, list(columns)], cases, least_mass=least):
        full = prim.whole(seen.shape[1])
        full.low[list(columns)], full.high[list(columns)] = box.low, box.high
        found.append(full)
    return found


def _known_step(step: int, steps: int) -> int:
    if not 0 <= step < steps:
        raise InputError(f"step is {step}; the trajectory has 0 to {steps - 1}")
    return step


def _sayable(box: prim.Box, table: prim.Floats) -> prim.Box:
    """Return the box with limits as they are said, to about a hundredth of a number's span.

    So that what is measured is what is said.
    """
    span = np.ptp(table, axis=0)
    digits = 2 - np.floor(np.log10(np.where(span > 0, span, 1.0))).astype(int)
    lows = [round(float(low), int(places)) for low, places in zip(box.low, digits, strict=True)]
    highs = [round(float(high), int(places)) for high, places in zip(box.high, digits, strict=True)]
    return prim.Box(np.array(lows), np.array(highs))


def measure(box: prim.Box, numbers: prim.Floats, cases: prim.Flags) -> Measured:
    """Return what `box` holds of `cases`, with intervals and Fisher's test."""
    from scipy import stats

    inside = box.inside(numbers)
    worlds, of = int(inside.sum()), len(cases)
    hits, all_hits = int(cases[inside].sum()), int(cases.sum())
    return Measured(
        density=_share(hits, worlds),
        elsewhere=_share(all_hits - hits, of - worlds),
        overall=_share(all_hits, of),
        coverage=_share(hits, all_hits),
        worlds=worlds,
        of=of,
        p=float(stats.hypergeom.sf(hits - 1, of, all_hits, worlds)),
    )


def _share(hits: int, worlds: int) -> Interval:
    return statistics.wilson(hits, worlds) if worlds else UNKNOWN


def holds(held: Measured, looks: int = 1) -> bool:
    """Return whether a box may be claimed by what it holds in the half it was not fitted to.

    It must hold `SUPPORT` worlds, the interval of its density must lie above the share among all worlds, and
    Fisher's test must survive correction for `looks` questions.
    """
    return (
        held.worlds >= SUPPORT
        and held.density.low > held.overall.estimate
        and held.p * looks < 1 - statistics.CONFIDENCE
    )


def claimable(worlds: int, overall: float, mass: float = 0.25) -> float:
    """Return the smallest density at which a box of `mass` of the held-out `worlds` could be claimed.

    NaN where none could: where it would hold too few worlds, or nearly all are cases anyway.
    """
    size = int(mass * worlds)
    if size < SUPPORT:
        return np.nan
    shares = (statistics.wilson(hits, size) for hits in range(int(overall * size), size + 1))
    return next((share.estimate for share in shares if share.low > overall), np.nan)


def _ranges(box: prim.Box, numbers: pd.DataFrame, cases: prim.Flags, fitted: prim.Flags) -> pd.DataFrame:
    table = numbers.to_numpy(float)
    honest = prim.quasi_p(box, table[~fitted], cases[~fitted])
    optimistic = prim.quasi_p(box, table[fitted], cases[fitted])
    names, rows = [str(name) for name in numbers.columns], {}
    for column in np.flatnonzero(box.restricted):
        without = measure(box.without(int(column)), table[~fitted], cases[~fitted])
        rows[names[int(column)]] = {
            "low": float(box.low[column]),
            "high": float(box.high[column]),
            "density_without": without.density.estimate,
            "quasi_p": float(honest[column]),
            "quasi_p_fitted": float(optimistic[column]),
        }
    told = ["low", "high", "density_without", "quasi_p", "quasi_p_fitted"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=told).rename_axis("number")
