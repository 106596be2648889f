"""What a comparison may claim: intervals for shares and waits, paired differences, and which are real.

Two strategies on one replicate live through the same luck and the same draw of the uncertain
parameters, so what is compared is the difference replicate by replicate: what both owe to luck
cancels. A share carries Wilson's interval. A median wait counts a run that never got there as
longer than any other, so nothing is dropped. A difference of shares is tested by McNemar's exact
test, a difference of means by the paired t test, and Holm's correction pays for looking at many
pairs at once: a difference that does not survive it is called "not told apart".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

CONFIDENCE = 0.95
#: So many numbers are looked at in one go at most, to bound the memory that many pairs take.
LARGEST = 4_000_000
Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Interval:
    """An estimate with the ends of its interval, of 95 % unless another was asked for, in its own unit."""

    estimate: float
    low: float
    high: float


def wilson(successes: int, trials: int) -> Interval:
    """Return the share ``successes / trials`` with Wilson's interval."""
    limits = stats.binomtest(successes, trials).proportion_ci(CONFIDENCE, method="wilson")
    return Interval(successes / trials, float(limits.low), float(limits.high))


def median_wait(months: ArrayLike) -> Interval:
    """Return the median of `months`, NaN standing for never; an infinite end means never.

    The interval runs between two order statistics, so it needs no assumption on the shape.
    """
    waits = np.sort(np.nan_to_num(np.asarray(months, dtype=float), nan=np.inf))
    count = len(waits)
    below = int(stats.binom.ppf((1 - CONFIDENCE) / 2, count, 0.5))
    low, high = waits[max(below - 1, 0)], waits[min(count - below, count - 1)]
    lower, upper = waits[(count - 1) // 2], waits[count // 2]
    middle = lower if lower == upper else (lower + upper) / 2
    return Interval(float(middle), float(low), float(high))


def quartiles(months: ArrayLike) -> tuple[float, float]:
    """Return the first and third quartile of `months`, NaN standing for never (infinite)."""
    waits = np.sort(np.nan_to_num(np.asarray(months, dtype=float), nan=np.inf))
    first, third = np.quantile(np.arange(len(waits)), [0.25, 0.75], method="nearest").astype(int)
    return float(waits[first]), float(waits[third])


def mean_with_interval(values: ArrayLike) -> Interval:
    """Return the mean of `values`, NaN left out, with Student's interval."""
    return mean_gaps(np.asarray(values, dtype=float)[np.newaxis]).only()[0]


def clustered_mean(values: ArrayLike, clusters: ArrayLike, confidence: float = CONFIDENCE) -> Interval:
    """Return the mean of `values`, NaN left out, with an interval that allows for likeness within clusters.

    Parameters
    ----------
    values : array, shape (values,)
    clusters : array of int, shape (values,)
        Which cluster each is of; clusters are independent of one another.
    confidence : float
        How often the interval is to cover the mean, between 0 and 1.

    Returns
    -------
    Interval
        The error is that of Liang and Zeger (1986) times G / (G - 1) under the root, for G clusters. The
        quantile is Student's; its degrees of freedom are one less than the effective number of clusters, that
        of equal ones in which two values are as often together (G, where all are equal). Where every value
        is a cluster of its own, this is Student's interval; of fewer than two nothing can be told, and the
        ends are infinite.
    """
    numbers = np.asarray(values, dtype=float)
    known = ~np.isnan(numbers)
    numbers = numbers[known]
    if not len(numbers):
        return Interval(np.nan, -np.inf, np.inf)
    mean = float(numbers.mean())
    places = np.unique(np.asarray(clusters)[known], return_inverse=True)[1]
    sums = np.bincount(places, weights=numbers - mean)
    effective = len(numbers) ** 2 / (np.bincount(places) ** 2).sum()
    if effective < 2:
        return Interval(mean, -np.inf, np.inf)
    error = np.sqrt(len(sums) / (len(sums) - 1) * (sums**2).sum()) / len(numbers)
    reach = float(stats.t.ppf((1 + confidence) / 2, effective - 1) * error)
    return Interval(mean, mean - reach, mean + reach)


class Compared(NamedTuple):
    """Differences, one a pair: estimates, their intervals (of 95 % by default), p values and units."""

    estimate: Floats
    low: Floats
    high: Floats
    p: Floats
    units: Places

    def only(self) -> tuple[Interval, float]:
        """Return the one difference there is, and its p value."""
        estimate, low, high, p_value = (float(part[0]) for part in self[:4])
        return Interval(estimate, low, high), p_value


def mean_gaps(gaps: Floats) -> Compared:
    """Return the mean of each row of `gaps`, NaN left out, with Student's interval and the t test of 0.

    Where every gap of a row is the same there is no spread to go by; then p is that of the sign test.
    """
    known = ~np.isnan(gaps)
    count = known.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.where(known, gaps, 0.0).sum(axis=1) / count
        squares = (np.where(known, gaps - centre[:, np.newaxis], 0.0) ** 2).sum(axis=1)
        error = np.sqrt(squares / (count - 1) / count)
        beyond = np.abs(centre) / error
    freedom = np.maximum(count - 1, 1)
    reach = np.where(count < 2, np.inf, stats.t.ppf((1 + CONFIDENCE) / 2, freedom) * error)
    p_values = np.where(error <= 1e-12 * np.abs(centre), 0.5**freedom, 2 * stats.t.sf(beyond, freedom))
    p_values = np.where((count < 2) | (centre == 0), 1.0, p_values)
    return Compared(centre, centre - reach, centre + reach, p_values, count)


def share_gaps(won: Floats, lost: Floats, pairs: int, confidence: float = CONFIDENCE) -> Compared:
    """Return differences of shares by how many of `pairs` only one side won, with McNemar's exact test.

    The interval is Bonett and Price's (2012): Wald's after one more of each discordant pair.
    """
    ahead, behind = (won + 1) / (pairs + 2), (lost + 1) / (pairs + 2)
    reach = stats.norm.ppf((1 + confidence) / 2) * np.sqrt(
        (ahead + behind - (ahead - behind) ** 2) / (pairs + 2)
    )
    p_values = np.minimum(2 * stats.binom.cdf(np.minimum(won, lost), won + lost, 0.5), 1.0)
    low, high = np.maximum(ahead - behind - reach, -1.0), np.minimum(ahead - behind + reach, 1.0)
    return Compared((won - lost) / pairs, low, high, p_values, np.full(len(won), pairs))


def paired_mean(first: ArrayLike, second: ArrayLike) -> tuple[Interval, float]:
    """Return the mean of `first` minus `second`, pair by pair, and the p value of no difference."""
    gaps = np.asarray(first, dtype=float) - np.asarray(second, dtype=float)
    return mean_gaps(gaps[np.newaxis]).only()


def paired_share(first: ArrayLike, second: ArrayLike) -> tuple[Interval, float]:
    """Return the share of `first` minus that of `second` and McNemar's exact p value."""
    yes, other = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    return share_gaps(np.array([(yes & ~other).sum()]), np.array([(~yes & other).sum()]), len(yes)).only()


def holm(p_values: ArrayLike) -> Floats:
    """Return `p_values` corrected by Holm's step-down method, in the order given."""
    given = np.asarray(p_values, dtype=float)
    order = np.argsort(given, kind="stable")
    scaled = given[order] * np.arange(len(given), 0, -1)
    corrected = np.empty_like(given)
    corrected[order] = np.minimum(np.maximum.accumulate(scaled), 1.0)
    return corrected


def matched(runs: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return `measure` with a row for each shared luck (replicate and draw) and a column a strategy."""
    keys = [key for key in ("replicate", "draw") if key in runs.columns]
    table = runs.assign(strategy=runs["strategy"].astype(str)).pivot(
        index=keys, columns="strategy", values=measure
    )
    return table[list(dict.fromkeys(runs["strategy"].astype(str)))]


def differences(runs: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return every pair of strategies compared on `measure`, one row a pair.

    Columns: first, second, estimate, low, high (first minus second), p, units, corrected (Holm over
    all pairs of this table) and apart (corrected below 0.05). A boolean measure is compared as a share.
    """
    table = matched(runs, measure)
    values = table.to_numpy(dtype=float).T[:, :, np.newaxis]
    return contrasts(values, list(table.columns), yes_or_no=runs[measure].dtype == bool)


def contrasts(
    values: Floats, names: Sequence[str], yes_or_no: bool = False, against: str | None = None
) -> pd.DataFrame:
    """Return pairs of strategies compared, one row a pair.

    Parameters
    ----------
    values : array, shape (strategies, units, runs of a unit)
        What is compared; entries in one place had the same luck and the same numbers. Units are independent,
        the runs of a unit need not be: their differences are averaged first. NaN leaves a pair of runs out.
    names : sequence of str
        Of the strategies.
    yes_or_no : bool
        Whether values are 0 or 1, with one run a unit and none missing: compared as shares then.
    against : str, optional
        Compare each with this strategy only; every pair by default.

    Returns
    -------
    DataFrame
        first, second, estimate, low, high (first minus second), p, units (in which both are known), corrected
        (Holm over all rows) and apart (corrected below 0.05). With `against`, it is always second.
    """
    first, second = _places(len(names), None if against is None else list(names).index(against))
    compare = _shares_apart if yes_or_no else _means_apart
    found = compare(values, first, second)
    labels = np.asarray(names, dtype=object)
    result = pd.DataFrame({"first": labels[first], "second": labels[second], **found._asdict()})
    result["corrected"] = holm(found.p)
    result["apart"] = result["corrected"] < 1 - CONFIDENCE
    return result


def _places(count: int, against: int | None) -> tuple[Places, Places]:
    if against is None:
        return np.triu_indices(count, 1)
    others = np.delete(np.arange(count), against)
    return others, np.full_like(others, against)


def _shares_apart(values: Floats, first: Places, second: Places) -> Compared:
    yes = values[:, :, 0]
    both, total = yes @ yes.T, yes.sum(axis=1)
    shared = both[first, second]
    return share_gaps(total[first] - shared, total[second] - shared, yes.shape[1])


def _means_apart(values: Floats, first: Places, second: Places) -> Compared:
    at_once = max(1, LARGEST // max(values[0].size, 1))
    starts = range(0, max(len(first), 1), at_once)
    parts = [
        mean_gaps(
            unit_means(values[first[start : start + at_once]] - values[second[start : start + at_once]])
        )
        for start in starts
    ]
    return Compared(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def unit_means(values: Floats) -> Floats:
    """Return the mean over the last axis, NaN left out; NaN where nothing is left."""
    if values.shape[-1] == 1:
        return values[..., 0]
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.where(known, values, 0.0).sum(axis=-1) / known.sum(axis=-1)


def versus(pairs: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows of `pairs` that `name` is in, by the other strategy, each as `name` minus the other."""
    ahead = pairs[pairs["first"] == name].set_index("second")
    behind = pairs[pairs["second"] == name].set_index("first")
    flips = {"estimate": "estimate", "low": "high", "high": "low"}
    turned = behind.assign(**{end: -behind[other] for end, other in flips.items() if other in behind})
    kept = [column for column in pairs.columns if column not in ("first", "second")]
    return pd.concat([ahead[kept], turned[kept]]).rename_axis("other")
