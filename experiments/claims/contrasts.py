"""What became of a contrast: the best arm of either side, their difference, its interval, and what that says.

A contrast **holds** in some worlds if its effect is at least the least effect of interest and its interval
excludes 0; it is **worse** if the same is true the other way round, the **same** if its interval lies within
the least effect on either side, and otherwise **open**. Effects are means over worlds, the arms of a world
being compared on the same luck; what is sampled are regions, so intervals allow for worlds of a region
being alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from experiments import measures, statistics
from experiments.claims.cases import regions_of
from experiments.claims.claim import Claim, Contrast, Found
from experiments.claims.trial import values
from model.outcomes import OUTCOMES, ZERO


@dataclass(frozen=True)
class Finding:
    """What became of a contrast in some worlds; an effect is positive where it speaks for the claim.

    Attributes
    ----------
    contrast : str
    arm, control : str
        The best of either side, chosen on other worlds.
    effect, low, high : float
        In the unit of the outcome, with the ends of the interval.
    units : int
        Worlds in which the outcome applies to both.
    found : str
        holds, worse, same or open.
    """

    contrast: str
    arm: str
    control: str
    effect: float
    low: float
    high: float
    units: int
    found: Found


@dataclass(frozen=True)
class Evidence:
    """The outcomes of a trial as tables, a row a world and a column an arm, larger being better."""

    claim: Claim
    tables: Mapping[str, pd.DataFrame]
    draws: pd.DataFrame

    @property
    def worlds(self) -> pd.Index:
        """Every world."""
        return next(iter(self.tables.values())).index

    def gaps(self, contrast: Contrast, sides: tuple[str, str], worlds: pd.Index) -> pd.Series[float]:
        """Return how much better the first side did than the second, world by world."""
        table = self.tables[contrast.outcome].loc[worlds]
        return table[sides[0]] - table[sides[1]]

    def level(self, sides: tuple[str, str], worlds: pd.Index) -> pd.Series[bool]:
        """Return in which worlds two arms come to the same in every outcome of the claim."""
        one, other = (
            pd.concat([table.loc[worlds, side] for table in self.tables.values()], axis=1).to_numpy(float)
            for side in sides
        )
        return pd.Series(((one == other) | (np.isnan(one) & np.isnan(other))).all(axis=1), worlds)


def even(worlds: pd.Index) -> pd.Index:
    """Return the worlds on which things are chosen."""
    return worlds[worlds.get_level_values("world") % 2 == 0]


def odd(worlds: pd.Index) -> pd.Index:
    """Return the worlds on which things are measured."""
    return worlds[worlds.get_level_values("world") % 2 == 1]


def oriented(rows: pd.DataFrame, claim: Claim) -> dict[str, pd.DataFrame]:
    """Return each outcome as a table, a row a world and a column an arm, turned so that more is better."""
    tables = {}
    for outcome in claim.outcomes:
        table = values(rows, outcome)
        if OUTCOMES[outcome].better == ZERO:
            table = table.abs()
        tables[outcome] = table if measures.measure_of(outcome).high_is_good else -table
    return tables


def chosen(evidence: Evidence, contrast: Contrast, worlds: pd.Index) -> tuple[str, str]:
    """Return the best arm of either side, by their means over ``worlds``."""
    table = evidence.tables[contrast.outcome].loc[worlds, [*contrast.better, *contrast.than]]
    means = table.dropna().mean().fillna(-np.inf)  # where it applies nowhere, any is as good
    return str(means[list(contrast.better)].idxmax()), str(means[list(contrast.than)].idxmax())


def finding(
    evidence: Evidence, contrast: Contrast, sides: tuple[str, str], worlds: pd.Index, looks: int = 1
) -> Finding:
    """Return what became of a contrast in some worlds."""
    effect, low, high, units = measured(evidence.gaps(contrast, sides, worlds), looks)
    return Finding(contrast.name, *sides, effect, low, high, units, found_of(contrast, effect, low, high))


def found_of(contrast: Contrast, effect: float, low: float, high: float) -> Found:
    """Return what an effect and its interval say of a contrast."""
    least = float(contrast.least)
    if effect <= -least and high < 0.0:
        return "worse"
    if contrast.kind == "no worse":
        return "holds" if low > -least else "open"
    if effect >= least and low > 0.0:
        return "holds"
    return "same" if -least < low and high < least else "open"


def measured(gaps: pd.Series[float], looks: int = 1) -> tuple[float, float, float, int]:
    """Return the mean of ``gaps``, a row a world, with its interval, and in how many worlds it is known."""
    return interval(gaps.to_numpy(float), regions_of(gaps.index), looks)


def interval(gaps: ArrayLike, regions: ArrayLike, looks: int = 1) -> tuple[float, float, float, int]:
    """Return the mean of ``gaps``, NaN left out, with its interval, and how many there are.

    The interval allows for gaps of one region being alike. Of a yes or no, or whatever else has no gap but
    -1, 0 and 1, it is also never narrower than Bonett and Price's, which has a width where no world told the
    arms apart. It is of 95 %, widened by Bonferroni's rule where it is one of several ``looks``.
    """
    numbers = np.asarray(gaps, dtype=float)
    known = numbers[~np.isnan(numbers)]
    confidence = 1 - (1 - statistics.CONFIDENCE) / looks
    mean, low, high = astuple(statistics.clustered_mean(numbers, regions, confidence))
    if len(known) and np.isin(known, (-1.0, 0.0, 1.0)).all():
        won, lost = np.array([(known > 0).sum()]), np.array([(known < 0).sum()])
        plain, _ = statistics.share_gaps(won, lost, len(known), confidence).only()
        low, high = min(low, plain.low), max(high, plain.high)
    return mean, low, high, len(known)
