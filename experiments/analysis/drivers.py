"""What drives an outcome: how much of its variance between draws each uncertain number accounts for.

Two designs answer it, each in its own way. Saltelli's blocks give the indices of Sobol: the first-order
index of a number is the share of the variance that it accounts for alone, its total index the share that
would remain if all others were known; what total indices hold beyond first-order ones is interaction.
Morris's trajectories give elementary effects: by how much the outcome changes when one number crosses its
range; mu* is the mean size of that change, and sigma how much it differs from place to place, by curvature
or interaction.

Outcomes here are one value a draw, the mean over its replicates. A block or trajectory in which one value is
missing is left out whole, as one missing value would spoil every index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from experiments.extras import needed
from experiments.statistics import CONFIDENCE, Interval

Floats = NDArray[np.float64]

#: Resamples of blocks behind an interval, and their seed: not 0, which SALib takes for no seed at all.
RESAMPLES, SEED = 400, 20
#: Fewer whole blocks or trajectories than this say nothing.
FEWEST = 4
REACH = float(stats.norm.ppf((1 + CONFIDENCE) / 2))


@dataclass(frozen=True)
class Drivers:
    """What each factor has to do with an outcome.

    Attributes
    ----------
    method : str
        "sobol", "morris" or "scores".
    table : DataFrame
        Index factor, the weightiest first; the columns depend on the method. ``apart`` says whether the
        factor is told apart from one that does nothing, with the false discovery rate held to 5 %, and
        ``direction`` whether more of it "raises" or "lowers" the outcome, or "either way".
        Empty where the outcome did not vary, or too little is done.
    kept, left_out : int
        Blocks, trajectories or draws that were used, and that were left out as something was missing.
    constant : bool
        Whether the outcome was the same everywhere.
    together : Interval or None
        "sobol": the sum of all first-order indices. "scores": the variance explained on held-out draws.
    halves : DataFrame or None
        Index factor, columns "first half" and "second half": the importance by either half of the blocks.
    resamples : DataFrame or None
        "sobol": first-order indices on resampled blocks, a row a resample and a column a factor.
    """

    method: str
    table: pd.DataFrame
    kept: int
    left_out: int
    constant: bool = False
    together: Interval | None = None
    halves: pd.DataFrame | None = field(default=None, repr=False)
    resamples: pd.DataFrame | None = field(default=None, repr=False)

    @property
    def leading(self) -> list[str]:
        """The factors that are told apart from nothing, the weightiest first."""
        return [] if self.table.empty else [str(name) for name in self.table.index[self.table["apart"]]]


def whole_blocks(values: Floats, size: int) -> tuple[NDArray[np.bool_], int]:
    """Return which rows belong to blocks without a NaN, and how many blocks do not.

    Parameters
    ----------
    values : array of float, shape (rows,)
        In the order of the design; a last block that was not begun in full counts as left out.
    size : int
        Rows a block.
    """
    count, surplus = divmod(len(values), size)
    whole = ~np.isnan(values[: count * size]).reshape(count, size).any(axis=1)
    rows = np.concatenate([np.repeat(whole, size), np.zeros(surplus, dtype=bool)])
    return rows, int((~whole).sum()) + (surplus > 0)


def unvarying(values: Floats) -> bool:
    """Return whether `values` are the same but for rounding."""
    return bool(np.ptp(values) <= 1e-12 * max(1.0, float(np.abs(values).max())))


def sobol_indices(points: pd.DataFrame, values: Floats, noise: float = 0.0) -> Drivers:
    """Return the first-order and total indices of Sobol, with intervals, from Saltelli's blocks.

    Parameters
    ----------
    points : DataFrame, floats, shape (blocks * (factors + 2), factors)
        The design, as `experiments.sweeps.sampling.saltelli` makes it without pairs.
    values : array of float, shape (rows,)
        The outcome of each row; NaN where it is missing.
    noise : float
        The variance that luck of its own gives to each value; 0 where all rows share their luck. It would
        show up in the total index of every factor, and is taken off.

    Returns
    -------
    Drivers
        Columns first, first_low, first_high, total, total_low, total_high (shares of the variance between
        rows), p (of a total index of no more than 0), corrected, apart, direction; by total index.

    References
    ----------
    A. Saltelli et al., "Variance based sensitivity analysis of model output", Computer Physics
    Communications 181 (2010) 259-270.
    """
    names, size = [str(name) for name in points.columns], points.shape[1] + 2
    rows, left_out = whole_blocks(values, size)
    known = values[rows]
    kept = len(known) // size
    if kept < FEWEST or unvarying(known):
        return Drivers("sobol", pd.DataFrame(), kept, left_out, kept >= FEWEST)
    table, resamples = _sobol(names, known)
    free = known.reshape(kept, size)[:, [0, -1]]  # the two points of each block that are drawn freely
    _told_apart(table, "total", noise / float(free.var()))
    corners = points.loc[rows].to_numpy(float).reshape(kept, size, -1)[:, [0, -1]]
    table["direction"] = directions(corners.reshape(2 * kept, -1), free.ravel())
    halves = _halves(names, known, size)
    reach = REACH * float(resamples.sum(axis=1).std(ddof=1))
    sum_first = float(table["first"].sum())
    together = Interval(sum_first, sum_first - reach, sum_first + reach)
    table = table.sort_values("total", ascending=False, kind="stable")
    return Drivers("sobol", table, kept, left_out, False, together, halves, resamples)


def _sobol(names: Sequence[str], values: Floats) -> tuple[pd.DataFrame, pd.DataFrame]:
    analyze = needed("SALib.analyze.sobol", "analysis").analyze
    found = analyze(
        _problem(names),
        values,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        keep_resamples=True,
        seed=SEED,
    )
    table = pd.DataFrame(index=pd.Index(names, name="factor"))
    for column, key in (("first", "S1"), ("total", "ST")):
        table[column] = found[key]
        table[f"{column}_low"] = found[key] - found[f"{key}_conf"]
        table[f"{column}_high"] = found[key] + found[f"{key}_conf"]
    return table, pd.DataFrame(found["S1_conf_all"], columns=list(names))


def _halves(names: Sequence[str], values: Floats, size: int) -> pd.DataFrame | None:
    middle = len(values) // size // 2 * size
    parts = values[:middle], values[middle:]
    if middle < FEWEST * size or any(unvarying(part) for part in parts):
        return None
    totals = [_sobol(names, part)[0]["total"] for part in parts]
    return pd.DataFrame(dict(zip(("first half", "second half"), totals, strict=True)))


def morris_effects(points: pd.DataFrame, values: Floats, noise: float = 0.0) -> Drivers:
    """Return mu*, mu and sigma of Morris's elementary effects, with intervals, from trajectories.

    Parameters
    ----------
    points : DataFrame, floats, shape (trajectories * (factors + 1), factors)
        The design, as `experiments.sweeps.sampling.morris` makes it, each factor as the share of its range
        that is crossed, 0 to 1.
    values : array of float, shape (rows,)
        The outcome of each row; NaN where it is missing.
    noise : float
        The variance that luck of its own gives to each value; 0 where all rows share their luck. The size of
        effect that it would feign (mean absolute difference of two normal variables) is taken off mu*.

    Returns
    -------
    Drivers
        Columns mu_star, mu_star_low, mu_star_high, mu, sigma (in units of the outcome, for a factor that
        crosses its range), p (of a mu* of no more than 0), corrected, apart, direction; by mu*.

    References
    ----------
    F. Campolongo, J. Cariboni and A. Saltelli, "An effective screening design for sensitivity analysis of
    large models", Environmental Modelling & Software 22 (2007) 1509-1518.
    """
    names, size = [str(name) for name in points.columns], points.shape[1] + 1
    rows, left_out = whole_blocks(values, size)
    known, places = values[rows], points.to_numpy(float)[rows]
    kept = len(known) // size
    if kept < FEWEST or unvarying(known):
        return Drivers("morris", pd.DataFrame(), kept, left_out, kept >= FEWEST)
    step = float(np.abs(np.diff(places[:size], axis=0)).max())
    table = _morris(names, places, known, step)
    _told_apart(table, "mu_star", 2 * np.sqrt(noise / np.pi) / step)
    error = table["sigma"] / np.sqrt(kept)
    reach = stats.t.ppf((1 + CONFIDENCE) / 2, kept - 1) * error
    sure = table["mu"].abs() > np.maximum(reach, 1e-12)
    table["direction"] = np.where(sure, np.where(table["mu"] > 0, "raises", "lowers"), "either way")
    halves = None
    if kept >= 2 * FEWEST:
        cut = kept // 2 * size
        parts = [_morris(names, places[part], known[part], step) for part in (slice(cut), slice(cut, None))]
        halves = pd.DataFrame({"first half": parts[0]["mu_star"], "second half": parts[1]["mu_star"]})
    table = table.sort_values("mu_star", ascending=False, kind="stable")
    return Drivers("morris", table, kept, left_out, halves=halves)


def _morris(names: Sequence[str], places: Floats, values: Floats, step: float) -> pd.DataFrame:
    analyze = needed("SALib.analyze.morris", "analysis").analyze
    found = analyze(
        _problem(names),
        places,
        values,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        num_levels=round(2 * step / (2 * step - 1)),
        seed=SEED,
    )
    table = pd.DataFrame(index=pd.Index(names, name="factor"))
    table["mu_star"] = np.asarray(found["mu_star"])
    table["mu_star_low"] = table["mu_star"] - np.asarray(found["mu_star_conf"])
    table["mu_star_high"] = table["mu_star"] + np.asarray(found["mu_star_conf"])
    table["mu"], table["sigma"] = np.asarray(found["mu"]), np.asarray(found["sigma"])
    return table


def _problem(names: Sequence[str]) -> dict[str, object]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _told_apart(table: pd.DataFrame, column: str, floor: float) -> None:
    """Take `floor` off `column` and its interval, and test what is left against nothing."""
    ends = [column, f"{column}_low", f"{column}_high"]
    error = (table[ends[2]] - table[column]) / REACH
    table[ends] -= floor
    excess, exact = table[column].to_numpy(), error.to_numpy() <= 1e-12
    chance = stats.norm.sf(excess / np.where(exact, 1.0, error))
    table["p"] = np.where(exact, (excess <= 1e-12).astype(float), chance)
    table["corrected"] = stats.false_discovery_control(table["p"])
    table["apart"] = table["corrected"] < 1 - CONFIDENCE


def directions(points: Floats, values: Floats) -> list[str]:
    """Return whether more of each factor raises or lowers the outcome, by Spearman's rank correlation.

    Parameters
    ----------
    points : array of float, shape (rows, factors)
        Independent rows.
    values : array of float, shape (rows,)

    Returns
    -------
    list of str
        "raises" or "lowers" where the correlation is told apart from 0, else "either way".
    """
    ranks = stats.rankdata(points, axis=0) - (len(points) + 1) / 2
    order = stats.rankdata(values) - (len(values) + 1) / 2
    scale = np.sqrt((ranks**2).sum(axis=0) * (order**2).sum())
    found = np.divide(ranks.T @ order, scale, out=np.zeros(len(scale)), where=scale > 0)
    degrees = len(values) - 2
    score = found * np.sqrt(degrees / np.maximum(1 - found**2, 1e-12))
    sure = 2 * stats.t.sf(np.abs(score), degrees) < 1 - CONFIDENCE
    return np.where(sure, np.where(found > 0, "raises", "lowers"), "either way").tolist()


def agreement(found: Drivers, leaders: int = 5) -> tuple[int, int, float] | None:
    """Return how stable the order is: leaders that both halves share, how many leaders, rank correlation.

    Parameters
    ----------
    found : Drivers
        With `halves`.
    leaders : int
        How many of the weightiest are looked at; fewer where fewer are told apart from nothing.

    Returns
    -------
    tuple of int, int, float, or None
        How many leaders are among as many leaders of either half; how many leaders there are; and Spearman's
        correlation of the importance of all factors between the halves (NaN if undefined). None where there
        are no halves, or no leaders.
    """
    names = found.leading[:leaders]
    if found.halves is None or not names:
        return None
    best = [set(found.halves[half].nlargest(len(names)).index) for half in found.halves]
    same = len(set(names) & best[0] & best[1])
    steady = found.halves.nunique().min() < 2
    return same, len(names), np.nan if steady else float(stats.spearmanr(*found.halves.T.to_numpy())[0])
