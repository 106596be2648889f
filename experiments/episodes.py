"""Simulated sanctions episodes as a coder of cases would tabulate them, and the estimators of such tables.

Worlds are grown from one bundled region, each from a seed of its own, and differ in what the published
facts are broken down by: whether an organisation backs the measures, how many send them, how firmly they
are bound to their threat, how hard the measures bite. Strategies take turns, one to a world: runs of one
world share its actors and much of its luck, so that a hundred of them say little more than one.

An estimator takes such a table and gives a value with its 95 % interval: Wilson's for shares,
Kaplan and Meier's for survival, and for the shape of the hazard the asymptotic one of a Weibull fit.
Episodes last whole months, so the fit takes each as having ended somewhere within its last month.
"""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

import model
from experiments.statistics import CONFIDENCE, Interval, wilson

Progress = Callable[[str, int, int], None]

#: The bundled region that every world is grown from, and what varies between worlds beside their seed.
REGION = "stylised-region"
GROW: dict[str, Any] = {
    "io_backed": 0.3,
    "fewest_senders": 1,
    "senders": 4,
    "ranges": {"commitment": [0.0, 1.0], "threat": [0.1, 0.95], "cost": [1.5, 4.5], "worth": [3.0, 6.5]},
}
#: Keeps the seeds of the worlds apart from every other use of the same seed.
STREAM = 0xFAC7

#: Endings, as the model words them, that count as giving way: before measures and under them.
GAVE_WAY = ("yielded to threat", "acquiesced fully", "acquiesced partly")
#: Where one class of commitment (0 to 1) and of cost (points of output a year) ends and the next begins.
COMMITMENT = {"weak": 1 / 3, "moderate": 2 / 3, "strong": np.inf}
COST = {"minor": 1.5, "major": 4.0, "severe": np.inf}

Z = float(stats.norm.ppf((1 + CONFIDENCE) / 2))
NOTHING = Interval(np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class Sample:
    """Which worlds are grown and how each is lived in.

    Attributes
    ----------
    regions : how many worlds
    replicates : runs in each; beyond the first, episodes of a world are alike and intervals too narrow
    seed : names the worlds and their luck
    months : length of a run
    """

    regions: int = 1200
    replicates: int = 1
    seed: int = 7
    months: int = 144

    @property
    def seeds(self) -> list[int]:
        """The seed of each world."""
        draws = np.random.default_rng((self.seed, STREAM)).integers(2**31, size=self.regions)
        return [int(draw) for draw in draws]


def world_of(seed: int) -> Any:
    """Return the world that is grown from `seed`, as a scenario."""
    return model.load_scenario(REGION, grow={**GROW, "seed": seed})


def simulated(
    sample: Sample,
    strategies: Sequence[Any],
    workers: int | None = None,
    parameters: pd.DataFrame | Mapping[str, float] | None = None,
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return the episodes of a sample, one row an episode; the strategies take the worlds in turn.

    Parameters
    ----------
    sample : Sample
    strategies : sequence of str or Strategy
    workers, parameters, without : as ``run_ensemble`` takes them
    progress : callable, optional
        Called with (doing, done, total), over all worlds.

    Returns
    -------
    DataFrame
        What ``run_ensemble`` returns, and the columns of `coded`.
    """
    parts = []
    for world, seed in enumerate(sample.seeds):
        scenario = world_of(seed)
        runs = model.run_ensemble(
            scenario,
            strategies[world % len(strategies)],
            replicates=sample.replicates,
            seed=seed,
            parameters=parameters,
            months=sample.months,
            workers=workers,
            progress=None if progress is None else _part_of(progress, world, sample.regions),
            without=without,
        )
        parts.append(runs.assign(world=world, commitment=scenario.text.disputes[0].commitment))
    return coded(pd.concat(parts, ignore_index=True), sample.months)


def _part_of(progress: Progress, world: int, worlds: int) -> Progress:
    def told(doing: str, done: int, total: int) -> None:
        if doing == "running":
            progress(doing, world * total + done, worlds * total)
        else:
            progress(doing, done, total)

    return told


def coded(runs: pd.DataFrame, months: int) -> pd.DataFrame:
    """Return `runs` with what a coder of cases would add to each episode.

    Parameters
    ----------
    runs : DataFrame
        The episode record of ``run_ensemble``, and the column "commitment" (0 to 1).
    months : int
        Length of the runs, at which an episode without an ending is censored.

    Returns
    -------
    DataFrame
        With the flags threatened, imposed (before it ended), resolved, gave_way, settled (gave way or
        negotiated), backed and multilateral; months_in_force (NaN if never imposed); and the classes of
        commitment and of cost. A cost is what the target felt, in points of a year's output, on average
        over the months since the measures were imposed.
    """
    ending = runs["ending"].astype(str)
    ended = runs["ended_at"].fillna(months)
    threatened = runs["threatened_at"].notna()
    imposed = runs["imposed_at"].notna() & (runs["imposed_at"] <= ended)
    since = (months - runs["imposed_at"]).clip(lower=1)
    gave_way = ending.isin(GAVE_WAY)
    return runs.assign(
        ending=ending,
        threatened=threatened,
        imposed=imposed,
        resolved=ending != "ongoing",
        gave_way=gave_way,
        settled=gave_way | (ending == "negotiated"),
        backed=runs["io_backed"] > 0,
        multilateral=runs["senders_most"] > 1,
        months_in_force=(ended - runs["imposed_at"]).where(imposed),
        commitment_class=_classes(runs["commitment"], COMMITMENT),
        cost_class=_classes(runs["cost"] * months / since, COST).where(imposed),
    )


def _classes(values: pd.Series[Any], ends: Mapping[str, float]) -> pd.Series[Any]:
    """Return the class of each value: the first whose end lies above it."""
    places = np.searchsorted(list(ends.values())[:-1], values, side="right")
    return pd.Series(np.array(list(ends))[places], index=values.index)


@dataclass(frozen=True)
class Estimate:
    """A value read off simulated episodes, with its interval and the count of episodes and worlds."""

    found: Interval
    episodes: int
    worlds: int


@dataclass(frozen=True)
class Estimator(ABC):
    """How one figure is read off a table of episodes: among which, and what.

    Attributes
    ----------
    among : a condition on the columns of an episode, as pandas reads it
    """

    among: str

    def of(self, episodes: pd.DataFrame) -> Estimate:
        """Return the value in `episodes`; NaN where the condition leaves too few."""
        pool = episodes.query(self.among)
        return Estimate(self.value(pool) if len(pool) else NOTHING, len(pool), int(pool["world"].nunique()))

    @abstractmethod
    def value(self, pool: pd.DataFrame) -> Interval:
        """Return the value among the episodes of `pool`."""

    @abstractmethod
    def told(self) -> str:
        """Return how the value is computed."""


@dataclass(frozen=True)
class Share(Estimator):
    """The share of episodes of which something holds, with Wilson's interval."""

    holds: str

    def value(self, pool: pd.DataFrame) -> Interval:
        """Return the share of `pool`."""
        return wilson(len(pool.query(self.holds)), len(pool))

    def told(self) -> str:
        """Return how the share is computed."""
        return f"share with {self.holds}, among {self.among}"


@dataclass(frozen=True)
class Survival(Estimator):
    """The share of measures still in force after so many months (Kaplan and Meier)."""

    month: int

    def value(self, pool: pd.DataFrame) -> Interval:
        """Return the survival of `pool`; NaN beyond the last month that was watched."""
        curve = survival_of(pool)
        known = curve[curve["month"] <= self.month]
        if pool["months_in_force"].max() < self.month and curve["survival"].iloc[-1] > 0.0:
            return NOTHING
        if known.empty:
            return Interval(1.0, 1.0, 1.0)
        last = known.iloc[-1]
        return Interval(float(last["survival"]), float(last["low"]), float(last["high"]))

    def told(self) -> str:
        """Return how the survival is computed."""
        return f"Kaplan-Meier survival of the measures at {self.month} months, among {self.among}"


@dataclass(frozen=True)
class Median(Estimator):
    """The months after which half of the measures are no longer in force (Kaplan and Meier)."""

    def value(self, pool: pd.DataFrame) -> Interval:
        """Return the median of `pool`, infinite where more than half outlast the record."""
        curve = survival_of(pool)
        return Interval(*(_crossing(curve, band) for band in ("survival", "low", "high")))

    def told(self) -> str:
        """Return how the median is computed."""
        return f"median of the Kaplan-Meier survival of the measures, among {self.among}"


def survival_of(pool: pd.DataFrame) -> pd.DataFrame:
    """Return the Kaplan-Meier curve of the measures in `pool`: month, survival, low, high, a row a step."""
    over, lasted = pool["resolved"].to_numpy(bool), pool["months_in_force"].to_numpy(float)
    observed = stats.ecdf(stats.CensoredData(uncensored=lasted[over], right=lasted[~over])).sf
    with warnings.catch_warnings():  # at a survival of 0 or 1 the bands have no width, and SciPy warns
        warnings.simplefilter("ignore", RuntimeWarning)
        bands = observed.confidence_interval(CONFIDENCE)
    low, high = (
        np.where(np.isnan(band.probabilities), observed.probabilities, band.probabilities)
        for band in (bands.low, bands.high)
    )
    columns = {
        "month": observed.quantiles,
        "survival": observed.probabilities,
        "low": low.clip(0, 1),
        "high": high.clip(0, 1),
    }
    return pd.DataFrame(columns)


def _crossing(curve: pd.DataFrame, band: str) -> float:
    """Return the month in which `band` of the curve reaches one half, infinite for never."""
    reached = curve.loc[curve[band] <= 0.5, "month"]
    return float(reached.iloc[0]) if len(reached) else np.inf


@dataclass(frozen=True)
class Weibull(Estimator):
    """A parameter of the Weibull distribution fitted to how long measures last: "shape" or "scale"."""

    which: str

    def value(self, pool: pd.DataFrame) -> Interval:
        """Return the parameter with its asymptotic interval; NaN where fewer than two episodes ended."""
        over, lasted = pool["resolved"].to_numpy(bool), pool["months_in_force"].to_numpy(float)
        ends = int(over.sum())
        if ends < 2:
            return NOTHING
        within = np.column_stack([lasted[over], lasted[over] + 1.0])
        data = stats.CensoredData(interval=within, right=lasted[~over])
        shape, _, scale = stats.weibull_min.fit(data, floc=0)
        value, error = (shape, weibull_errors(ends)[0])
        if self.which == "scale":
            value, error = scale, weibull_errors(ends)[1] / shape
        return Interval(float(value), float(value * np.exp(-Z * error)), float(value * np.exp(Z * error)))

    def told(self) -> str:
        """Return how the parameter is computed."""
        return f"{self.which} of a Weibull fit to the months in force, among {self.among}"


def weibull_errors(ends: int) -> tuple[float, float]:
    """Return the asymptotic errors of ln shape, and of shape x ln scale, after so many observed endings."""
    euler = float(np.euler_gamma)
    return float(np.sqrt(6.0 / np.pi**2 / ends)), float(
        np.sqrt((1.0 + 6.0 * (1.0 - euler) ** 2 / np.pi**2) / ends)
    )
