"""Which levers of generated strategies matter: shares of what differs between the strategies.

A generated strategy differs from its base in levers alone, so the variance of an outcome between strategies
is split among the levers: the share of a lever is what the fit by the levels of all levers loses without it
(eta squared; in a design in which levers are balanced it is the lever's main effect). What the levers do not
hold one by one is interaction.

The means of strategies are estimates, and a squared estimate is too large by its error. So squares are made
from products of different units (draws or replicates) only, which have independent luck: a lever that does
nothing has a share of 0 on average, and may come out below 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments import statistics
from experiments.analysis.drivers import NEGLIGIBLE
from experiments.statistics import CONFIDENCE, Interval

Floats = NDArray[np.float64]

RESAMPLES, SEED = 1000, 23
EDGES = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
#: With fewer units there is no telling how uncertain a share is.
FEWEST = 8
#: A lever with more levels than this, all of them numbers, is fitted by a line and a parabola.
MANY_LEVELS = 6
#: What a lever's level is called where the lever does not apply.
NOT_APPLIED = "does not apply"


@dataclass(frozen=True)
class LeverShares:
    """What each lever has to do with the differences between strategies.

    Attributes
    ----------
    table : DataFrame
        Index lever, the weightiest first; share, low, high (of the variance between strategies), apart
        (whether the interval lies above 0, and the share is no trifle), levels, and best (the level with the
        highest mean).
    levels : DataFrame
        A row a lever and level: strategies, mean, low, high of the outcome; none of levers with many.
    rest : Interval
        The share that no lever holds alone: interactions, and what else sets strategies apart.
    units : int
        How many units there were.
    """

    table: pd.DataFrame
    levels: pd.DataFrame
    rest: Interval
    units: int


def lever_shares(units: pd.DataFrame, levers: pd.DataFrame) -> LeverShares | None:
    """Return the share of each lever in the variance of the outcome between strategies.

    Parameters
    ----------
    units : DataFrame, floats, shape (units, strategies)
        The outcome, a row an independent unit and a column a strategy; units with NaN are left out.
    levers : DataFrame
        Index strategy, a column a lever with its level. Levers with one level only are left out.

    Returns
    -------
    LeverShares, or None
        None where no lever varies, fewer than `FEWEST` units are whole, or strategies do not
        differ by more than luck.

    Notes
    -----
    Intervals resample units (2.5 and 97.5 per cent of the resamples).
    """
    levers = levers.loc[[name for name in units.columns if name in levers.index]].astype(object)
    levers = levers.where(levers.notna(), NOT_APPLIED)
    levers = levers.loc[:, [levers[name].astype(str).nunique() > 1 for name in levers.columns]]
    whole = units[list(levers.index)].dropna().to_numpy(float)
    if levers.empty or len(whole) < FEWEST:
        return None
    squares = _squares(whole, levers)
    if np.quantile(squares[1:, -1], EDGES[0]) <= 1e-15:
        return None
    shares = squares[0, :-1] / squares[0, -1]
    held = squares[1:][squares[1:, -1] > 1e-15]
    spread = held[:, :-1] / held[:, -1:]
    rest = np.quantile(1 - spread.sum(axis=1), EDGES)
    levels = _levels(units[list(levers.index)].dropna(), levers)
    table = _table(levers, shares, np.quantile(spread, EDGES, axis=0), levels)
    return LeverShares(table, levels, Interval(1 - float(shares.sum()), *map(float, rest)), len(whole))


def _table(levers: pd.DataFrame, shares: Floats, ends: Floats, levels: pd.DataFrame) -> pd.DataFrame:
    table = pd.DataFrame(
        {"share": shares, "low": ends[0], "high": ends[1]}, index=pd.Index(levers.columns, name="lever")
    )
    table["apart"] = (table["low"] > 0) & (table["share"] >= NEGLIGIBLE * table["share"].max())
    table["levels"] = [levers[name].astype(str).nunique() for name in levers.columns]
    best = levels.sort_values("mean", ascending=False, kind="stable").drop_duplicates("lever")
    table["best"] = best.set_index("lever")["level"].reindex(table.index)
    return table.sort_values("share", ascending=False, kind="stable")


def _squares(values: Floats, levers: pd.DataFrame) -> Floats:
    """Return sums of squares, a row the sample and then each resample, a column a lever and the whole.

    A square of means is made from pairs of different units: the square of the sum less the units' own.
    """
    coded = {name: _coded(levers[name]) for name in levers.columns}
    spaces = [_alone(coded, name) for name in levers.columns]
    spaces.append(np.eye(values.shape[1]) - 1 / values.shape[1])
    luck = np.random.default_rng(SEED)
    drawn = luck.multinomial(len(values), np.full(len(values), 1 / len(values)), size=RESAMPLES)
    weights = np.vstack([np.ones(len(values)), drawn]).astype(float)
    pairs = weights.sum(axis=1) ** 2 - (weights**2).sum(axis=1)
    columns = []
    for space in spaces:
        parts = values @ space
        own = (weights**2) @ (parts**2).sum(axis=1)
        columns.append((((weights @ parts) ** 2).sum(axis=1) - own) / pairs)
    return np.column_stack(columns)


def _coded(lever: pd.Series[float]) -> Floats:
    """Return a lever as columns: a level each, or a line and a parabola where levels are many numbers."""
    numbers = pd.to_numeric(lever, errors="coerce")
    if lever.nunique() > MANY_LEVELS and numbers.notna().all():
        line = (numbers - numbers.mean()).to_numpy(float)
        return np.column_stack([line, line**2])
    return pd.get_dummies(lever.astype(str)).to_numpy(float)


def _alone(coded: dict[str, Floats], name: str) -> Floats:
    """Return an orthonormal base of what the lever can fit and all others cannot."""
    others = [np.ones((len(coded[name]), 1)), *(part for other, part in coded.items() if other != name)]
    base = _base(np.hstack(others))
    return _base(coded[name] - base @ (base.T @ coded[name]))


def _base(columns: Floats) -> Floats:
    left, sizes, _ = np.linalg.svd(columns, full_matrices=False)
    return np.asarray(left[:, sizes > 1e-9 * max(1.0, np.sqrt(len(columns)))], dtype=np.float64)


def _levels(units: pd.DataFrame, levers: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for name in levers.columns:
        if (
            levers[name].nunique() > MANY_LEVELS
            and pd.to_numeric(levers[name], errors="coerce").notna().all()
        ):
            continue
        for level, group in levers.groupby(levers[name].astype(str), sort=False):
            found = statistics.mean_with_interval(units[list(group.index)].mean(axis=1))
            rows.append((str(name), str(level), len(group), found.estimate, found.low, found.high))
    return pd.DataFrame(rows, columns=["lever", "level", "strategies", "mean", "low", "high"])
