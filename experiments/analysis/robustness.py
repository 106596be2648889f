"""How strategies stand up where nobody knows the state of the world: regret, satisficing, ranks, the front.

Regret is how far a strategy falls short of the best one in the same state (Savage 1951); a strategy
satisfices where it meets every threshold (Starr's domain criterion; Herman et al. 2015); it is on the Pareto
front where no other is at least as good at every goal and better at one. Every interval is from drawing the
states anew with replacement, draw by draw, so that states with the same numbers in several scenarios stay
together.

Scores here are tables with a row a state and a column a strategy, turned so that more is better.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from experiments import statistics

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
TAIL = 0.9
RESAMPLES = 1000
#: Keeps these resamples apart from other uses of the same seed.
STREAM = 0x40B
#: Differences below this are rounding, not worth.
ROUNDING = 1e-12


def weights(clusters: ArrayLike, seed: int, resamples: int = RESAMPLES) -> Floats:
    """Return how often each state is taken in each resample, the clusters being drawn with replacement.

    Parameters
    ----------
    clusters : array_like, shape (states,)
        States with equal numbers are drawn together.
    seed, resamples : int

    Returns
    -------
    ndarray, shape (resamples, states)
    """
    _, member = np.unique(np.asarray(clusters), return_inverse=True)
    count = int(member.max()) + 1
    chance = np.random.default_rng((seed, STREAM))
    return chance.multinomial(count, np.full(count, 1 / count), size=resamples).astype(float)[:, member]


def means(scores: pd.DataFrame, weights: Floats) -> Floats:
    """Return the mean of every strategy in every resample, shape (resamples, strategies)."""
    result: Floats = weights @ scores.to_numpy(float) / weights.sum(axis=1, keepdims=True)
    return result


def tails(values: pd.DataFrame, weights: Floats, share: float = TAIL) -> Floats:
    """Return what `share` of the states stay at or below, shape (resamples, strategies)."""
    total = weights.sum(axis=1)
    result = np.empty((len(weights), values.shape[1]))
    for place, column in enumerate(values.to_numpy(float).T):
        order = np.argsort(column, kind="stable")
        reached = np.cumsum(weights[:, order], axis=1)
        result[:, place] = column[order][(reached >= share * total[:, None] - ROUNDING).argmax(axis=1)]
    return result


def regrets(scores: pd.DataFrame) -> pd.DataFrame:
    """Return how far each strategy falls short of the best in the same state: never below 0."""
    return scores.rsub(scores.max(axis=1), axis=0)


def regret_table(scores: pd.DataFrame, weights: Floats) -> pd.DataFrame:
    """Return mean, 90th percentile and maximum regret of each strategy, least mean first.

    Columns: mean, tail and worst, each with its _low and _high (95 % of the resamples); minimax, the share of
    resamples in which its maximum is the least, shared where several are level. A resample never holds a
    worse state than was seen, so the interval of the maximum ends at what was measured: a lower bound.
    """
    missed = regrets(scores)
    ways: dict[str, Callable[[pd.DataFrame, Floats], Floats]] = {
        "mean": means,
        "tail": tails,
        "worst": partial(tails, share=1.0),
    }
    once = np.ones((1, len(scores)))
    table = pd.DataFrame(index=scores.columns.rename("strategy"))
    for name, way in ways.items():
        again = way(missed, weights)
        table[name] = way(missed, once)[0]
        table[f"{name}_low"], table[f"{name}_high"] = np.quantile(again, [0.025, 0.975], axis=0)
    table["minimax"] = _placed(-again)[:, 0]
    return table.sort_values(["mean", "worst"], kind="stable")


def least(values: pd.Series[float]) -> list[str]:
    """Return which strategies have the least of `values`, level ones together."""
    return [str(name) for name in values.index[values <= values.min() + ROUNDING]]


def regret_beyond_luck(first: pd.DataFrame, second: pd.DataFrame) -> pd.Series[float]:
    """Return the mean regret of each strategy against a best that is chosen without looking at its luck.

    The best strategy of a state is chosen by the scores of one half of its replicates (level ones count
    equally) and measured in the other half; both ways are averaged. A best chosen so is never better than
    the true best, so this is a lower bound of the true mean regret, in expectation, where measured regret
    is an upper bound: a best chosen and measured by the same runs owes part of its lead to luck.
    """
    bounds = []
    for chosen, held in ((first, second), (second, first)):
        best = chosen.ge(chosen.max(axis=1) - ROUNDING, axis=0)
        bounds.append((held.where(best).mean(axis=1)).mean() - held.mean())
    return (bounds[0] + bounds[1]) / 2


def default_thresholds(values: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """Return the median of each goal over all strategies and states.

    Where the median is the least or the greatest of all values (yes and no, one run a state) nothing would
    be asked or nearly nothing met: there it is the mean.
    """
    result = {}
    for name, table in values.items():
        seen = table.to_numpy(float)
        middle = float(np.median(seen))
        result[name] = float(seen.mean()) if middle in (seen.min(), seen.max()) else middle
    return result


def meets(scores: Mapping[str, pd.DataFrame], least: Mapping[str, float]) -> pd.DataFrame:
    """Return in which states each strategy reaches every one of the scores in `least`: True or False."""
    met = [(scores[name] >= bound - ROUNDING) for name, bound in least.items()]
    return pd.DataFrame(np.logical_and.reduce(met), index=met[0].index, columns=met[0].columns)


def satisficing(met: pd.DataFrame, clusters: ArrayLike) -> pd.DataFrame:
    """Return the share of states in which each strategy satisfices, highest first, with Wilson's interval.

    The interval counts draws: the states of one draw in several scenarios count as one, which is cautious.
    Columns: share, low, high.
    """
    count = len(np.unique(np.asarray(clusters)))
    rows = {}
    for name, column in met.items():
        share = float(column.mean())
        reach = statistics.wilson(round(share * count), count)
        rows[name] = (share, min(reach.low, share), max(reach.high, share))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["share", "low", "high"])
    return table.rename_axis("strategy").sort_values("share", ascending=False, kind="stable")


def tightening(scores: Mapping[str, pd.DataFrame], levels: ArrayLike | None = None) -> pd.DataFrame:
    """Return the share of states in which each strategy satisfices as all thresholds tighten together.

    Parameters
    ----------
    scores : mapping of str to DataFrame
    levels : array_like, optional
        How tight: the part of all strategies and states, goal by goal, that a threshold leaves behind (so 0.5
        is the median of every goal); 0 to 0.95 by default.

    Returns
    -------
    DataFrame
        Index: the level. A column a strategy.
    """
    tight = np.asarray(np.arange(0, 1, 0.05) if levels is None else levels, dtype=float)
    bounds = {name: np.quantile(table.to_numpy(float), tight) for name, table in scores.items()}
    rows = [meets(scores, {name: bounds[name][at] for name in scores}).mean() for at in range(len(tight))]
    return pd.DataFrame(rows, index=pd.Index(tight, name="level"))


def places(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the share of states in which each strategy is in each place (1 is best), level ones sharing.

    Rows and columns each add up to 1.
    """
    count = scores.shape[1]
    return pd.DataFrame(
        _placed(scores.to_numpy(float)),
        index=scores.columns.rename("strategy"),
        columns=pd.RangeIndex(1, count + 1, name="place"),
    )


def _placed(scores: Floats) -> Floats:
    """Return the share of rows in which each column is in each place, shape (strategies, places)."""
    rows, count = scores.shape
    first, last = (_ranked(scores, method).astype(np.intp) for method in ("min", "max"))
    shares, strategies = np.zeros((count, count + 1)), np.broadcast_to(np.arange(count), scores.shape)
    np.add.at(shares, (strategies, first - 1), 1 / (last - first + 1))
    np.add.at(shares, (strategies, last), -1 / (last - first + 1))
    return np.clip(np.cumsum(shares, axis=1)[:, :-1] / rows, 0, 1)


def _ranked(scores: Floats, method: str) -> Floats:
    """Return the place of each column in its row, 1 the best; what differs by rounding is level."""
    ranks: Floats = stats.rankdata(np.round(-scores, 9), method=method, axis=1)
    return ranks


def rank_table(scores: pd.DataFrame, weights: Floats) -> pd.DataFrame:
    """Return how sure the place of each strategy is, best mean place first.

    Columns: rank, the mean over states of its place in the state (level strategies have the mean of their
    places), with low and high (95 % of the resamples); best and top_3, the share of resamples in which its
    mean score is the best or among the best three, shared where several are level; best_in, the share of
    states in which it is the best, shared likewise.
    """
    ranks = pd.DataFrame(_ranked(scores.to_numpy(float), "average"), columns=scores.columns)
    again = means(ranks, weights)
    placed = _placed(means(scores, weights))
    table = pd.DataFrame(index=scores.columns.rename("strategy"))
    table["rank"] = ranks.mean()
    table["low"], table["high"] = np.quantile(again, [0.025, 0.975], axis=0)
    table["best"], table["top_3"] = placed[:, 0], placed[:, :3].sum(axis=1)
    table["best_in"] = places(scores)[1]
    return table.sort_values("rank", kind="stable")


def nondominated(points: ArrayLike) -> Bools:
    """Return which of `points` are on the Pareto front: shape (..., points, goals), more is better.

    Returns
    -------
    ndarray of bool, shape (..., points)
        True where no other point is at least as good at every goal and better at one. Equal points are on
        the front together.
    """
    here = np.asarray(points, dtype=float)
    result: Bools = ~_dominates(here).any(axis=-2)
    return result


def _dominates(points: Floats) -> Bools:
    """Return whether the first of two points dominates the second, shape (..., points, points)."""
    shape = (*points.shape[:-1], points.shape[-2])
    at_least, better = np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for goal in np.moveaxis(points, -1, 0):
        gap = goal[..., :, None] - goal[..., None, :]
        at_least &= gap >= -ROUNDING
        better |= gap > ROUNDING
    return at_least & better


def front_table(scores: Mapping[str, pd.DataFrame], weights: Floats) -> pd.DataFrame:
    """Return which strategies are on the Pareto front of their means over the states, surest members first.

    Columns: front, whether it is on the front of the means; membership, the share of resamples in which it
    is; dominated_by, how many strategies dominate it on the means; by, the one of these that dominates it in
    most resamples ("" if none), and by_share, that share.
    """
    names = next(iter(scores.values())).columns
    now = np.stack([table.mean().to_numpy(float) for table in scores.values()], axis=-1)
    again = np.stack([means(table, weights) for table in scores.values()], axis=-1)
    wins, member = np.zeros((len(names), len(names))), np.zeros(len(names))
    for sample in again:
        dominated = _dominates(sample)
        wins += dominated
        member += ~dominated.any(axis=0)
    over = _dominates(now)
    often = np.where(over, wins, -1.0)
    table = pd.DataFrame(index=names.rename("strategy"))
    table["front"], table["membership"] = ~over.any(axis=0), member / len(again)
    table["dominated_by"] = over.sum(axis=0)
    table["by"] = np.where(over.any(axis=0), names.to_numpy(str)[often.argmax(axis=0)], "")
    table["by_share"] = np.where(over.any(axis=0), often.max(axis=0) / len(again), 0.0)
    return table.sort_values(["front", "membership"], ascending=False, kind="stable")


def level_with_best(scores: pd.DataFrame, clusters: ArrayLike) -> tuple[str, list[str]]:
    """Return which strategy has the best mean score, and which are not told apart from it.

    Paired t tests over the draws, with Holm's correction over all pairs: any might have come out best.
    """
    grouped = scores.astype(float).groupby(np.asarray(clusters)).mean()
    pairs = statistics.contrasts(grouped.to_numpy().T[:, :, np.newaxis], list(scores.columns))
    best = str(scores.mean().idxmax())
    apart = statistics.versus(pairs, best)["apart"]
    return best, [str(name) for name in scores.columns if name != best and not apart[name]]
