"""Survival: how long agreements live, how long relief is waited for, and what ends them.

A run is watched for a limited time, so an agreement that is alive at the end has a life that is not known,
only known to be longer than what was seen: it is censored. Kaplan and Meier (1958) count each month's deaths
against those still at risk,

    S(t) = product over s <= t of (1 - deaths(s) / at risk(s)),

and Aalen and Johansen (1978) split what died by what it died of, so that the shares of all ways and of the
living add up to one. Both are counted over independent units (`units`), which are resampled for intervals.

Only runs with an agreement have a life to follow, and which runs these are differs by strategy. What all
runs have is months under an agreement, none where none was concluded: that is comparable on the same luck.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from experiments import statistics
from experiments.analysis.lives import Lives
from experiments.statistics import CONFIDENCE, Floats, Interval

#: Agreements at risk below which a curve is not followed further, and agreements below which there is none.
FEWEST_AT_RISK = 5
FEWEST = 10
#: Resamples of units behind an interval, and the seed of their choice.
RESAMPLES, SEED = 1000, 7
#: Closer to none or to all than this is none, or all.
EDGE = 1e-12


# --- counting ----------------------------------------------------------------------------------------------


def tallied(lives: Lives) -> tuple[Floats, Floats]:
    """Return at risk, shape (units, span), and ended, shape (units, span, ways), by unit and month."""
    leaving = np.zeros((lives.units, lives.span))
    np.add.at(leaving, (lives.unit, lives.months), 1)
    ended = np.zeros((lives.units, lives.span, len(lives.ways)))
    seen = lives.ended
    np.add.at(ended, (lives.unit[seen], lives.months[seen], lives.way[seen]), 1)
    return leaving[:, ::-1].cumsum(axis=1)[:, ::-1], ended


def incidence(at_risk: Floats, ended: Floats) -> Floats:
    """Return Aalen and Johansen's cumulative incidence.

    Parameters
    ----------
    at_risk : array, shape (..., months)
    ended : array, shape (..., months, ways)

    Returns
    -------
    array, shape (..., months, ways)
        The share that has ended in each way by each month. One minus their sum is Kaplan and Meier's curve.
    """
    hazard = ended / np.maximum(at_risk, 1.0)[..., None]
    alive = np.cumprod(1.0 - hazard.sum(axis=-1), axis=-1)
    before = np.concatenate([np.ones_like(alive[..., :1]), alive[..., :-1]], axis=-1)
    found: Floats = np.cumsum(before[..., None] * hazard, axis=-2)
    return found


@cache
def weights(units: int) -> Floats:
    """Return how often each unit is drawn in each resample, shape (RESAMPLES, units), always the same."""
    chosen = np.random.default_rng(SEED).multinomial(units, np.full(units, 1 / units), size=RESAMPLES)
    drawn = chosen.astype(float)
    drawn.flags.writeable = False
    return drawn


def limits(samples: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the 95 % interval of resampled values, along their first axis."""
    low, high = np.quantile(samples, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], axis=0)
    return low, high


@cache
def _edges(count: int) -> tuple[float, float]:
    """Return Wilson's upper end of none of `count`, and the lower end of all."""
    return statistics.wilson(0, count).high, statistics.wilson(count, count).low


def _opened(share: Floats, low: Floats, high: Floats, count: int) -> tuple[Floats, Floats]:
    """Return the ends of intervals of shares, with Wilson's where none or all of `count` were seen to end."""
    none, every = _edges(count)
    low = np.where(share > 1 - EDGE, every, np.where(share < EDGE, 0.0, low))
    high = np.where(share < EDGE, none, np.where(share > 1 - EDGE, 1.0, high))
    return np.minimum(low, share), np.maximum(high, share)


def _log_log(lives: Lives) -> tuple[Floats, Floats]:
    with warnings.catch_warnings():  # the formula has no value where nobody or everybody has died
        warnings.simplefilter("ignore", RuntimeWarning)
        found = stats.ecdf(_censored(lives)).sf.confidence_interval(CONFIDENCE, method="log-log")
    months = np.arange(lives.span)
    return found.low.evaluate(months), found.high.evaluate(months)


def _censored(lives: Lives, first: bool = False) -> stats.CensoredData:
    kept = np.unique(lives.unit, return_index=True)[1] if first else np.arange(len(lives))
    months, ended = lives.months[kept].astype(float), lives.ended[kept]
    return stats.CensoredData(uncensored=months[ended], right=months[~ended])


# --- curves ------------------------------------------------------------------------------------------------


class Resampled(NamedTuple):
    """What resamples of the units say: ends of intervals, shape (span, ways), and mean lives.

    ``means`` has shape (RESAMPLES, span): the mean life, months after each month not counted.
    """

    low: Floats
    high: Floats
    means: Floats


@dataclass(frozen=True)
class Followed:
    """What became of at least one life, month by month.

    Attributes
    ----------
    lives : Lives
    curve : DataFrame
        Kaplan and Meier's. Index month, 0 to span - 1. Columns: survival (share still alive after that
        month), low and high (95 %), at_risk and ended (counts).
    share : array, shape (span, ways)
        Aalen and Johansen's cumulative incidence of each way to end.
    """

    lives: Lives
    curve: pd.DataFrame
    share: Floats

    @cached_property
    def resampled(self) -> Resampled:
        """The 95 % interval of `share`, and the mean life in each resample of the units."""
        samples = _samples(self.lives)
        ends = _opened(self.share, *limits(samples), len(np.unique(self.lives.unit)))
        return Resampled(*ends, (1.0 - samples.sum(axis=-1)).cumsum(axis=1))

    @property
    def months(self) -> int:
        """For how many months lives were followed: until too few were at risk, or on if all have died."""
        if self.curve["survival"].iloc[-1] < EDGE:
            return self.lives.span
        return int((self.curve["at_risk"] >= min(FEWEST_AT_RISK, len(self.lives))).sum())

    def at(self, month: int) -> Interval:
        """Return the share still alive after `month`; NaN where lives were not followed for so long."""
        if month >= self.months:
            return Interval(np.nan, np.nan, np.nan)
        row = self.curve.loc[month, ["survival", "low", "high"]]
        return Interval(*map(float, row))

    def median(self) -> Interval:
        """Return the first month by which half have ended, and where the band crosses a half; or infinity."""
        ends = []
        for column in ("survival", "low", "high"):
            below = np.flatnonzero(self.curve[column].to_numpy() <= 0.5 + EDGE)
            ends.append(float(below[0]) if len(below) else np.inf)
        return Interval(*ends)

    def mean(self, until: int) -> Interval:
        """Return the mean life, months after the first `until` not counted."""
        middle = float(self.curve["survival"].iloc[:until].sum())
        if self.curve["ended"].iloc[:until].sum() == 0:  # no resample can be shorter, but the next life can
            return Interval(middle, float(self.curve["low"].iloc[:until].sum()), middle)
        low, high = limits(self.resampled.means[:, until - 1])
        return Interval(middle, min(float(low), middle), max(float(high), middle))


def _samples(lives: Lives) -> Floats:
    """Return the incidence in each resample of the units, shape (RESAMPLES, span, ways)."""
    at_risk, ended = tallied(lives)
    drawn = weights(lives.units)
    dead = (drawn @ ended.reshape(lives.units, -1)).reshape(len(drawn), *ended.shape[1:])
    return incidence(drawn @ at_risk, dead)


def follow(lives: Lives) -> Followed:
    """Return what became of at least one life.

    The interval of the curve is the log-log one of `scipy.stats.ecdf` where every life is a unit of its own,
    else the percentiles over resamples of the units, as all other intervals are. Where nobody or everybody
    has died it is Wilson's.
    """
    at_risk, ended = (each.sum(axis=0) for each in tallied(lives))
    share = incidence(at_risk, ended)
    survival, count = 1.0 - share.sum(axis=-1), len(np.unique(lives.unit))
    band = limits(1.0 - _samples(lives).sum(axis=-1)) if lives.shared else _log_log(lives)
    low, high = _opened(survival, *band, count)
    columns = {"survival": survival, "low": low, "high": high}
    columns |= {"at_risk": at_risk, "ended": ended.sum(axis=-1)}
    curve = pd.DataFrame(columns).rename_axis("month").astype({"at_risk": int, "ended": int})
    return Followed(lives, curve, share)


def kaplan_meier(lives: Lives) -> pd.DataFrame:
    """Return the survival curve of at least one life (see `Followed`)."""
    return follow(lives).curve


def aalen_johansen(found: Followed, months: Sequence[int]) -> pd.DataFrame:
    """Return the share that has ended in each way by each of some months, a row each: share, low, high."""
    low, high, _ = found.resampled
    rows = [
        (month, way, found.share[month, place], low[month, place], high[month, place])
        for month in months
        for place, way in enumerate(found.lives.ways)
    ]
    return pd.DataFrame(rows, columns=["month", "way", "share", "low", "high"])


def logrank(one: Lives, other: Lives) -> tuple[float, float]:
    """Return the log-rank statistic (positive: `one` dies sooner) and the p value of equal hazards.

    It takes lives as independent: of those that share a unit the first counts. It makes no use of pairing.
    """
    if not (one.ended.any() or other.ended.any()):
        return 0.0, 1.0
    found = stats.logrank(_censored(one, True), _censored(other, True))
    known = np.isfinite(found.statistic)
    return (float(found.statistic), float(found.pvalue)) if known else (0.0, 1.0)


def compared(found: Mapping[str, Followed], until: int, against: str | None = None) -> pd.DataFrame:
    """Return every pair of strategies, or each with `against`, compared on the lives of their agreements.

    Returns
    -------
    DataFrame
        A row a pair: first, second; estimate, low and high, by how many months the first's mean life over
        the first `until` months is longer (percentiles over resamples of the units, the same for both);
        statistic and p of the log-rank test, corrected (Holm over the pairs) and apart.
    """
    rows = []
    for first, second in combinations(found, 2):
        if against not in (None, first, second):
            continue
        one, other = found[first], found[second]
        low, high = limits((one.resampled.means - other.resampled.means)[:, until - 1])
        gap = one.mean(until).estimate - other.mean(until).estimate
        rows.append((first, second, gap, float(low), float(high), *logrank(one.lives, other.lives)))
    columns = ["first", "second", "estimate", "low", "high", "statistic", "p"]
    table = pd.DataFrame(rows, columns=columns)
    table["corrected"] = statistics.holm(table["p"].tolist())
    return table.assign(apart=table["corrected"] < 1 - CONFIDENCE)


def living(runs: pd.DataFrame, unit: str, months: int) -> pd.DataFrame:
    """Return the share of all runs whose first agreement is alive, by strategy and month.

    A run without an agreement counts as one without a living agreement. Columns: strategy, month, share, and
    low and high (95 %: percentiles over resamples of the units; Wilson's where it is none or all).
    """
    begun = runs["months_to_agreement"].fillna(months).to_numpy(float)[:, None]
    lived = runs["agreement_survival"].fillna(0).to_numpy(float)[:, None]
    alive = (np.arange(months) >= begun) & (np.arange(months) < begun + lived)
    codes, units = pd.factorize(runs[unit], sort=True)
    names, tables = runs["strategy"].astype(str).to_numpy(), []
    for name in dict.fromkeys(names):
        own = names == name
        total, count = np.zeros((len(units), months)), np.zeros((len(units), 1))
        np.add.at(total, codes[own], alive[own])
        np.add.at(count, codes[own], 1)
        drawn, share = weights(len(units)), total.sum(axis=0) / count.sum()
        low, high = _opened(share, *limits(drawn @ total / np.maximum(drawn @ count, 1)), len(units))
        columns = {"strategy": name, "month": np.arange(months), "share": share, "low": low, "high": high}
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)
