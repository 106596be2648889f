"""What it is worth that one step comes before another, and in which place a step does best.

All orders of a ladder live through the same luck, so every effect is taken within each unit of luck and its
interval is over units. Three answers to "A before B":

- **over all orders** (`precedence`): orders with A before B against those with B before A. Where A is early,
  all that follows moves with it, and where some orders are forbidden third steps move with the pair.
- **neighbours swapped** (`swaps`): orders that are alike but for A and B, next to each other, exchanged.
  Nothing else differs, so nothing else is counted.
- **all pairs at once** (`additive`): least squares of the orders' means on who comes before whom (the
  pairwise order-of-addition model, Van Nostrand 1995); it needs no matched orders, but takes the worth of
  one pair to be the same whatever the rest does.

Where some of the valid orders were run and not all, another sample would have held others: the variance over
orders is added to that over luck, less the share of orders that was run, and the degrees of freedom are
Satterthwaite's. The variance over orders still holds luck, so these intervals are wide rather than narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from experiments import statistics
from experiments.analysis.ladder_orders import Floats, Orders
from experiments.statistics import CONFIDENCE, Interval

Marked = NDArray[np.bool_]
UNKNOWN = Interval(np.nan, np.nan, np.nan)


def before(orders: Orders, first: int, second: int) -> Marked:
    """Return in which orders the step `first` comes before `second` (places in the base), shape (orders,)."""
    return orders.places[:, first] < orders.places[:, second]


def told(gaps: Floats, spread: float = 0.0, freedom: float = np.inf) -> tuple[Interval, float]:
    """Return the mean of `gaps` with its interval and p value.

    Parameters
    ----------
    gaps : array, shape (units,)
        The effect within each unit of luck.
    spread : float
        Variance of the mean that is owed to the choice of orders; infinite where it cannot be known.
    freedom : float
        Its degrees of freedom.

    Returns
    -------
    Interval, float
        With no spread, those of the paired t test; else both variances add up (Satterthwaite).
    """
    found, p_value = statistics.paired_mean(gaps, np.zeros(len(gaps)))
    if spread == 0:
        return found, p_value
    if len(gaps) < 2 or not np.isfinite(spread):
        return Interval(found.estimate, -np.inf, np.inf), 1.0
    luck = gaps.var(ddof=1) / len(gaps)
    error = np.sqrt(luck + spread)
    satterthwaite = (luck + spread) ** 2 / (luck**2 / (len(gaps) - 1) + spread**2 / freedom)
    reach = stats.t.ppf((1 + CONFIDENCE) / 2, satterthwaite) * error
    p_value = float(2 * stats.t.sf(abs(found.estimate) / error, satterthwaite))
    return Interval(found.estimate, float(found.estimate - reach), float(found.estimate + reach)), p_value


def between(orders: Orders, group: Marked, scale: float = 1.0) -> tuple[Interval, float]:
    """Return the mean over orders in `group` minus that over the others, times `scale`, and its p value."""
    inside, outside = orders.values[:, group], orders.values[:, ~group]
    if not group.any() or group.all():
        return UNKNOWN, np.nan
    gaps = scale * (inside.mean(axis=1) - outside.mean(axis=1))
    if orders.unseen == 0:
        return told(gaps)
    freedom = len(group) - 2
    if freedom == 0:
        return told(gaps, np.inf)
    within = sum(((part.mean(axis=0) - part.mean()) ** 2).sum() for part in (inside, outside)) / freedom
    spread = within * (1 / group.sum() + 1 / (~group).sum())
    return told(gaps, scale**2 * orders.unseen * float(spread), freedom)


def corrected(rows: Sequence[tuple[object, ...]], columns: Sequence[str]) -> pd.DataFrame:
    """Return `rows` as a table that ends in p, with Holm's correction over those that could be tested."""
    table = pd.DataFrame(rows, columns=[*columns, "estimate", "low", "high", "p"])
    tested = table["p"].notna()
    table["corrected"] = np.nan
    table.loc[tested, "corrected"] = statistics.holm(table.loc[tested, "p"].tolist())
    table["apart"] = table["corrected"] < 1 - CONFIDENCE
    return table


def _pairs(orders: Orders) -> list[tuple[int, int]]:
    return list(combinations(range(len(orders.steps)), 2))


def _row(found: Interval, p_value: float) -> tuple[float, ...]:
    return found.estimate, found.low, found.high, p_value


def precedence(orders: Orders) -> pd.DataFrame:
    """Return for every pair of steps what it is worth, over all orders, that the first is before the second.

    Returns
    -------
    DataFrame
        A row a pair: first, second (titles), with_first, with_second (orders in which that one is first),
        estimate, low, high (in the unit of the outcome), p, corrected (Holm over all pairs) and apart. NaN
        where no order has the one, or none the other, first.
    """
    rows = []
    for first, second in _pairs(orders):
        group = before(orders, first, second)
        names = orders.steps[first], orders.steps[second]
        rows.append((*names, int(group.sum()), int((~group).sum()), *_row(*between(orders, group))))
    return corrected(rows, ["first", "second", "with_first", "with_second"])


def neighbours(orders: Orders, first: int, second: int) -> list[tuple[int, int]]:
    """Return the pairs of orders that differ in `first` and `second` alone, next to each other.

    In the first of each pair `first` comes right before `second`.
    """
    known = {tuple(order): row for row, order in enumerate(orders.orders.tolist())}
    found = []
    for order, row in known.items():
        place = order.index(first)
        if order[place + 1 : place + 2] == (second,):
            swapped = (*order[:place], second, first, *order[place + 2 :])
            if swapped in known:
                found.append((row, known[swapped]))
    return found


def swaps(orders: Orders) -> pd.DataFrame:
    """Return for every pair of steps what it is worth that the first comes right before the second.

    Returns
    -------
    DataFrame
        As `precedence`, with `matched` (pairs of orders that differ in nothing else) instead of the counts;
        NaN where there are none. Where orders were sampled, the variance over matched pairs is added, less
        the share of such pairs that a sample of this size is expected to hold; of one matched pair it cannot
        be known, and the interval is infinite.
    """
    rows = []
    for first, second in _pairs(orders):
        matched = neighbours(orders, first, second)
        row = (orders.steps[first], orders.steps[second], len(matched))
        rows.append((*row, *_row(*_swapped(orders, matched))))
    return corrected(rows, ["first", "second", "matched"])


def _swapped(orders: Orders, matched: Sequence[tuple[int, int]]) -> tuple[Interval, float]:
    if not matched:
        return UNKNOWN, np.nan
    ahead, behind = np.array(matched).T
    gaps = orders.values[:, ahead] - orders.values[:, behind]
    unseen = orders.unseen_pairs
    if unseen == 0:
        return told(gaps.mean(axis=1))
    if len(matched) == 1:
        return told(gaps[:, 0], np.inf)
    spread = unseen * float(gaps.mean(axis=0).var(ddof=1)) / len(matched)
    return told(gaps.mean(axis=1), spread, len(matched) - 1)


def comparisons(orders: Orders) -> Floats:
    """Return who comes before whom, shape (orders, pairs): +½, or −½ for the other way round, centred."""
    signs = [before(orders, first, second) - 0.5 for first, second in _pairs(orders)]
    columns = np.array(signs).T.reshape(len(orders.orders), len(signs))
    return np.asarray(columns - columns.mean(axis=0))


def additive(orders: Orders) -> pd.DataFrame:
    """Return the worth of every pair if pairs simply add up: least squares on all of them at once.

    Returns
    -------
    DataFrame
        As `precedence`, without the counts; NaN where the orders do not tell a pair from others. Where
        orders were sampled, the residual variance over orders is added.
    """
    columns = comparisons(orders)
    inverse = np.linalg.pinv(columns)
    alone = np.isclose(inverse @ columns, np.eye(columns.shape[1]), atol=1e-8).all(axis=1)
    spread, freedom = _residual(orders, columns, inverse)
    gaps = orders.values @ inverse.T
    rows = []
    for place, (first, second) in enumerate(_pairs(orders)):
        own = spread * float((inverse[place] ** 2).sum()) if spread else 0.0
        found = told(gaps[:, place], own, freedom) if alone[place] else (UNKNOWN, np.nan)
        rows.append((orders.steps[first], orders.steps[second], *_row(*found)))
    return corrected(rows, ["first", "second"])


def _residual(orders: Orders, columns: Floats, inverse: Floats) -> tuple[float, float]:
    """Return the variance of an order's mean around the sum of its pairs, less what was seen; its freedom."""
    if orders.unseen == 0:
        return 0.0, np.inf
    means = orders.values.mean(axis=0) - orders.values.mean()
    rest = means - columns @ (inverse @ means)
    freedom = len(means) - 1 - int(np.linalg.matrix_rank(columns))
    return (orders.unseen * float(rest @ rest) / freedom if freedom > 0 else np.inf), freedom


def positions(orders: Orders) -> pd.DataFrame:
    """Return for every step and place how much better the orders are that have it there.

    Returns
    -------
    DataFrame
        A row a step and place: step (title), place (1 is first), orders (how many have it there), estimate
        (their mean minus the mean over all orders), low, high, p, corrected (Holm over all rows) and apart.
        NaN where no order has it there, or all have.
    """
    rows = []
    for step, title in enumerate(orders.steps):
        for place in range(len(orders.steps)):
            group = orders.places[:, step] == place
            found = between(orders, group, 1 - float(group.mean()))
            rows.append((title, place + 1, int(group.sum()), *_row(*found)))
    return corrected(rows, ["step", "place", "orders"])


def square(table: pd.DataFrame, steps: Sequence[str], column: str = "estimate") -> Floats:
    """Return `column` of a table of pairs as a matrix, row before column; an estimate changes its sign below.

    Returns
    -------
    array, shape (steps, steps), in the order of `steps`; NaN on the diagonal.
    """
    places = {title: place for place, title in enumerate(steps)}
    result = np.full((len(steps), len(steps)), np.nan)
    sign = -1.0 if column == "estimate" else 1.0
    for first, second, value in zip(table["first"], table["second"], table[column], strict=True):
        result[places[first], places[second]] = float(value)
        result[places[second], places[first]] = sign * float(value)
    return result
