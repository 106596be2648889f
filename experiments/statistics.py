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
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

CONFIDENCE = 0.95
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """An estimate with the ends of its 95 % interval, in the unit of the estimate."""

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
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if len(known) == 0:
        return Interval(np.nan, np.nan, np.nan)
    return _around(float(known.mean()), known)


def _around(centre: float, values: Floats) -> Interval:
    if len(values) < 2:
        return Interval(centre, -np.inf, np.inf)
    reach = stats.t.ppf((1 + CONFIDENCE) / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return Interval(centre, centre - float(reach), centre + float(reach))


def paired_mean(first: ArrayLike, second: ArrayLike) -> tuple[Interval, float]:
    """Return the mean of `first` minus `second`, pair by pair, and the p value of no difference."""
    gaps = np.asarray(first, dtype=float) - np.asarray(second, dtype=float)
    gaps = gaps[~np.isnan(gaps)]
    if len(gaps) == 0:
        return Interval(np.nan, np.nan, np.nan), 1.0
    found = _around(float(gaps.mean()), gaps)
    if len(gaps) < 2 or found.estimate == 0:
        return found, 1.0
    error = gaps.std(ddof=1) / np.sqrt(len(gaps))
    if error <= 1e-12 * abs(found.estimate):  # the same gap in every pair: the sign test is all there is
        return found, float(stats.binomtest(len(gaps), len(gaps)).pvalue)
    return found, float(2 * stats.t.sf(abs(found.estimate) / error, len(gaps) - 1))


def paired_share(first: ArrayLike, second: ArrayLike) -> tuple[Interval, float]:
    """Return the share of `first` minus that of `second` and McNemar's exact p value.

    The interval is Bonett and Price's (2012): Wald's after one more of each discordant pair.
    """
    yes, other = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    pairs, won, lost = len(yes), int((yes & ~other).sum()), int((~yes & other).sum())
    ahead, behind = (won + 1) / (pairs + 2), (lost + 1) / (pairs + 2)
    reach = stats.norm.ppf((1 + CONFIDENCE) / 2) * np.sqrt(
        (ahead + behind - (ahead - behind) ** 2) / (pairs + 2)
    )
    p_value = float(stats.binomtest(won, won + lost).pvalue) if won + lost else 1.0
    low, high = ahead - behind - reach, ahead - behind + reach
    return Interval((won - lost) / pairs, float(max(low, -1.0)), float(min(high, 1.0))), p_value


def holm(p_values: Sequence[float]) -> Floats:
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

    Columns: first, second, estimate, low, high (first minus second), p, corrected (Holm over all
    pairs of this table) and apart (corrected below 0.05). A boolean measure is compared as a share.
    """
    table = matched(runs, measure)
    compare = paired_share if runs[measure].dtype == bool else paired_mean
    rows = []
    for first, second in combinations(table.columns, 2):
        found, p_value = compare(table[first].to_numpy(), table[second].to_numpy())
        rows.append((first, second, found.estimate, found.low, found.high, p_value))
    result = pd.DataFrame(rows, columns=["first", "second", "estimate", "low", "high", "p"])
    result["corrected"] = holm(result["p"].tolist())
    result["apart"] = result["corrected"] < 1 - CONFIDENCE
    return result
