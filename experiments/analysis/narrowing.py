"""Units are added in rounds until the interval of every paired difference is narrow enough.

What is watched is the half-width of the 95 % interval of each difference. It falls as 1/sqrt(n), so after
each round the next is sized by what is still missing. A rule that stops when an interval looks narrow stops
a little too often where chance made it so; therefore it has to be narrow enough with one standard error of a
standard deviation, 1/sqrt(2n), to spare.

Sources: Y. S. Chow and H. Robbins, "On the asymptotic theory of fixed-width sequential confidence intervals
for the mean", Annals of Mathematical Statistics 36 (1965) 457-462; A. M. Law, "Simulation Modeling and
Analysis" (5th ed. 2015), chapters 9 and 11, on sequential procedures and common random numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments import statistics

#: A round adds at least this share of what is there, and at most as many as are there.
STEP = 1 / 8
#: From so many units on, a need of more than twice what is allowed is believed, and the rounds end.
BELIEVED = 256
Floats = NDArray[np.float64]
#: Hands out fresh units: (turn, count) to an array of shape (strategies, count, runs of a unit).
Sampler = Callable[[int, int], Floats]


class Grown(NamedTuple):
    """What came of adding units: their values, the pairs compared, and each round's half-widths."""

    values: Floats
    pairs: pd.DataFrame
    rounds: pd.DataFrame


def grown(
    sample: Sampler,
    names: Sequence[str],
    half_width: float,
    first: int,
    at_most: int,
    against: str | None = None,
    yes_or_no: bool = False,
) -> Grown:
    """Add units in rounds until every pair's interval is narrow enough, or no more are allowed.

    Parameters
    ----------
    sample : callable
        Given the turn (0, 1, ...) and how many, returns fresh units: an array of shape (strategies, units,
        runs of a unit), strategies in the order of `names`. NaN where an outcome does not apply.
    names : sequence of str
    half_width : float
    first, at_most : int
        Units of the first round, and how many are allowed.
    against : str, optional
        Compare each with this strategy only.
    yes_or_no : bool
        Whether single runs are 0 or 1.

    Returns
    -------
    Grown
        ``pairs`` has the widest first: first, second, estimate, low, high, units, half_width, needed
        (units for the wanted half-width; infinite where it cannot be told), unpaired (the same without
        common luck) and saved (how many times as many those are); ``rounds`` has units, widest and median.
    """
    values, turn, rounds = sample(0, first), 0, []
    while True:
        pairs = _compared(values, names, half_width, against, yes_or_no)
        count, spans = values.shape[1], pairs["half_width"]
        rounds.append({"units": count, "widest": spans.max(), "median": spans.median()})
        needed = float(pairs["needed"].max())
        hopeless = count >= BELIEVED and needed > 2 * at_most
        if needed <= count or count >= at_most or hopeless:
            break
        turn += 1
        wanted = min(max(needed, count * (1 + STEP)), 2 * count, at_most)
        values = np.concatenate([values, sample(turn, ceil(wanted) - count)], axis=1)
    pairs = _unpaired(pairs, own_means(values, names, half_width, yes_or_no), half_width, count)
    pairs = pairs.sort_values("half_width", ascending=False, kind="stable", ignore_index=True)
    return Grown(values, pairs, pd.DataFrame(rounds))


def _compared(
    values: Floats, names: Sequence[str], half_width: float, against: str | None, yes_or_no: bool
) -> pd.DataFrame:
    shares = yes_or_no and values.shape[2] == 1 and not np.isnan(values).any()
    table = statistics.contrasts(values, names, shares, against)
    reach = ((table["high"] - table["low"]) / 2).fillna(np.inf)
    kept = table[["first", "second", "estimate", "low", "high", "units"]]
    return kept.assign(half_width=reach, needed=needs(reach, half_width, values.shape[1]))


def needs(reach: pd.Series[float], half_width: float, units: int) -> pd.Series[float]:
    """Return units for half-widths of `half_width`, where `units` gave those of `reach`; 2 at least."""
    spare = 1 + 1 / np.sqrt(2 * units)
    return np.ceil(units * (reach * spare / half_width) ** 2).clip(lower=2)


def _unpaired(pairs: pd.DataFrame, own: pd.DataFrame, half_width: float, units: int) -> pd.DataFrame:
    sides = [own["half_width"].reindex(pairs[side]).to_numpy() for side in ("first", "second")]
    apart = pd.Series(np.hypot(*sides), index=pairs.index)
    with np.errstate(divide="ignore", invalid="ignore"):
        saved = (apart / pairs["half_width"]) ** 2
    return pairs.assign(unpaired=needs(apart, half_width, units), saved=saved)


def own_means(values: Floats, names: Sequence[str], half_width: float, yes_or_no: bool) -> pd.DataFrame:
    """Return each strategy's own mean with its interval, its half-width, and the units it needs."""
    count = values.shape[1]
    if yes_or_no and values.shape[2] == 1 and not np.isnan(values).any():
        ends = [statistics.wilson(int(row.sum()), count) for row in values[:, :, 0]]
        table = pd.DataFrame([(end.estimate, end.low, end.high) for end in ends], index=list(names))
    else:
        found = statistics.mean_gaps(statistics.unit_means(values))
        table = pd.DataFrame(dict(enumerate(found[:3])), index=list(names))
    table.columns = pd.Index(["mean", "low", "high"])
    reach = ((table["high"] - table["low"]) / 2).fillna(np.inf)
    told = table.assign(half_width=reach, needed=needs(reach, half_width, count))
    return told.rename_axis("strategy")
