"""Whether order matters at all, which orders are best, and how much of it is who comes before whom.

The null "order makes no difference to the mean" is tested by flipping signs: within each unit of luck the
orders' deviations from the unit's mean are kept together, and their common sign is drawn anew. Labels are not
shuffled, nor is Friedman's test used: both take any two orders to be equally alike, while orders that begin
alike share their luck until they part, and would be called different too often.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from experiments import statistics
from experiments.analysis.ladder_orders import Floats, Orders
from experiments.analysis.order_effects import comparisons
from experiments.statistics import CONFIDENCE, Interval

FLIPS = 4999


def deviations(orders: Orders) -> Floats:
    """Return how much better each order went than the mean over orders, in each unit of luck."""
    return np.asarray(orders.values - orders.values.mean(axis=1, keepdims=True))


def no_effect(gaps: Floats, flips: int = FLIPS, seed: int = 0) -> float:
    """Return the p value of "all columns of `gaps` have mean 0", whatever their likeness to one another.

    Parameters
    ----------
    gaps : array, shape (units, columns)
        Deviations; units are independent, columns need not be.
    flips : int
        How often the signs of the units are drawn. The sum of squared column means is compared; the p value
        counts the runs as they were among the draws, so it is never below 1 / (flips + 1).
    """
    seen = float((gaps.sum(axis=0) ** 2).sum()) * (1 - 1e-9)
    if seen == 0:
        return 1.0
    rng, reached = np.random.default_rng(seed), 0
    for start in range(0, flips, 500):
        signs = rng.choice([-1.0, 1.0], size=(min(500, flips - start), len(gaps)))
        reached += int((((signs @ gaps) ** 2).sum(axis=1) >= seen).sum())
    return (reached + 1) / (flips + 1)


def ranked(orders: Orders, high_is_good: bool = True) -> pd.DataFrame:
    """Return the orders, best first.

    Returns
    -------
    DataFrame
        A row an order: place (its row in `orders`), strategy, order (titles), mean, low, high, within_low and
        within_high (without the luck that all orders share: of its distance from the mean over orders, added
        to that mean), behind (the mean of the first row minus this one's, with behind_low and behind_high,
        paired), p, corrected and apart. Holm's correction is over all pairs of orders, not only those with
        the best, because the best was picked from the same runs.
    """
    found = statistics.mean_gaps(orders.values.T)
    means, within = found.estimate, statistics.mean_gaps(deviations(orders).T)
    middle = orders.values.mean()
    rank = np.argsort(-means if high_is_good else means, kind="stable")
    table = pd.DataFrame(
        {
            "place": rank,
            "strategy": [orders.names[row] for row in rank],
            "order": [orders.titles(row) for row in rank],
            "mean": means[rank],
            "low": found.low[rank],
            "high": found.high[rank],
            "within_low": middle + within.low[rank],
            "within_high": middle + within.high[rank],
        }
    )
    return pd.concat([table, _behind(orders.values[:, rank])], axis=1)


def _behind(values: Floats) -> pd.DataFrame:
    """Return the first column minus every column, corrected over all pairs of columns."""
    names = [str(column) for column in range(values.shape[1])]
    pairs = statistics.contrasts(values.T[:, :, np.newaxis], names)
    ends = {"estimate": "behind", "low": "behind_low", "high": "behind_high"}
    beside = statistics.versus(pairs, "0").rename(columns=ends).reindex(names)
    itself = {
        "behind": 0.0,
        "behind_low": 0.0,
        "behind_high": 0.0,
        "p": 1.0,
        "corrected": 1.0,
        "apart": False,
    }
    return beside.fillna(itself).astype({"apart": bool}).reset_index(drop=True)


def choosing(orders: Orders, high_is_good: bool = True) -> Interval:
    """Return what it is worth to choose the order: the best one against the mean over all of them.

    The best is picked on every other unit and judged on the rest, so that it is not praised for its luck.
    (Picking it anew for each unit, from all others, praises it too: what is picked hardly ever changes.)
    """
    values = orders.values if high_is_good else -orders.values
    if len(values) < 2:
        return Interval(np.nan, -np.inf, np.inf)
    picked, rest = int(values[::2].mean(axis=0).argmax()), values[1::2]
    return statistics.mean_with_interval(rest[:, picked] - rest.mean(axis=1))


@dataclass(frozen=True)
class Explained:
    """What the differences between the means of orders are made of, once luck is taken out.

    Attributes
    ----------
    spread : float
        Standard deviation of the true means of the orders, in the unit of the outcome; 0 where luck alone
        would have made them differ as much, or there are fewer than three units.
    pairs : Interval
        Share of their variance that is who comes before whom, pair by pair, added up; NaN where there is
        no variance, or too few orders to tell.
    rest_p : float
        p value of "nothing is left beyond the pairs": whether three steps or more act together.
    """

    spread: float
    pairs: Interval
    rest_p: float


def explained(orders: Orders, flips: int = FLIPS, seed: int = 0) -> Explained:
    """Return how much of the variance between orders is explained by pairwise precedence.

    Sums of squares of the means are freed of luck by leaving out each unit's product with itself; the
    interval is the jackknife's over units. Where orders were sampled, the share is adjusted for the number of
    pairs fitted.
    """
    gaps, columns = deviations(orders), comparisons(orders)
    fitted = columns @ np.linalg.pinv(columns)
    kinds, freedom = len(fitted) - 1, len(fitted) - 1 - int(np.linalg.matrix_rank(columns))
    rest = gaps - gaps @ fitted
    if len(gaps) < 3:
        return Explained(0.0, Interval(np.nan, np.nan, np.nan), 1.0)
    total, total_without = _square_of_means(gaps)
    left, left_without = _square_of_means(rest)
    spread = float(np.sqrt(max(total, 0.0) / len(fitted)))
    if total <= 0 or (freedom == 0 and orders.unseen > 0):
        return Explained(spread, Interval(np.nan, np.nan, np.nan), 1.0)
    scale = kinds / freedom if orders.unseen > 0 else 1.0
    pairs = _jackknifed(1 - scale * left / total, 1 - scale * left_without / total_without)
    return Explained(spread, pairs, no_effect(rest, flips, seed) if freedom else 1.0)


def _square_of_means(gaps: Floats) -> tuple[float, Floats]:
    """Return the sum over columns of the squared true mean, and the same without each unit in turn."""
    units, sums = len(gaps), gaps.sum(axis=0)
    own = (gaps**2).sum(axis=1)
    cross = float(sums @ sums - own.sum())
    without = cross - 2 * (gaps @ sums - own)
    with np.errstate(divide="ignore", invalid="ignore"):
        return cross / (units * (units - 1)), np.asarray(without / ((units - 1) * (units - 2)))


def _jackknifed(estimate: float, without: Floats) -> Interval:
    units = len(without)
    error = np.sqrt((units - 1) / units * ((without - without.mean()) ** 2).sum())
    reach = stats.t.ppf((1 + CONFIDENCE) / 2, units - 1) * error
    low, middle, high = np.clip([estimate - reach, estimate, estimate + reach], 0.0, 1.0)
    return Interval(float(middle), float(low), float(high))
