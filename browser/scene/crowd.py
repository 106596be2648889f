"""Three hundred runs under the settings of a page: bands of every series, lives of agreements, endings."""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from browser.scene import limits
from browser.scene.settings import RUNS, Settings
from experiments import designs
from experiments.analysis.lives import Lives, lives_of
from experiments.analysis.survival import FEWEST, Followed, follow
from experiments.palette import ending_order
from model import Parameters, trace_ensemble
from model.ensemble import Progress

#: Quantiles of the bands: 90 % and 50 % of the runs, and the median.
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class Crowd:
    """An ensemble under the settings of a page, on the same luck for each of its plans.

    Attributes
    ----------
    settings : what it was made from
    names : the monthly series, in order
    bands : quantiles of each series, plans x series x `QUANTILES` x months
    runs : outcomes, one row a run (see `model.run_ensemble`), of the dispute that is looked at only;
        the column "plan" says to which plan a row belongs, 0 or 1
    seconds : how long it took
    """

    settings: Settings
    names: tuple[str, ...]
    bands: NDArray[np.float64]
    runs: pd.DataFrame
    seconds: float

    @property
    def plans(self) -> int:
        """How many plans were run: one, or two that are compared."""
        return len(self.bands)

    @property
    def months(self) -> int:
        """How many months each run has."""
        return int(self.bands.shape[-1])

    def band(self, plan: int, name: str) -> NDArray[Any]:
        """Return the quantiles of one series, `QUANTILES` x months."""
        found: NDArray[Any] = self.bands[plan, self.names.index(name)]
        return found

    def runs_of(self, plan: int) -> pd.DataFrame:
        """Return the runs of one plan, a row a run in the order of their luck."""
        return self.runs[self.runs["plan"] == plan]

    @cached_property
    def lives(self) -> tuple[Lives, ...]:
        """The lives of first agreements, by plan."""
        return tuple(_lives(self.runs_of(plan), self.months) for plan in range(self.plans))

    @cached_property
    def followed(self) -> tuple[Followed | None, ...]:
        """The survival of first agreements, by plan; None where too few were concluded to be followed."""
        return tuple(follow(lives) if len(lives) >= FEWEST else None for lives in self.lives)

    def endings(self) -> pd.DataFrame:
        """Return how the runs end: label, plan, runs and share, a row a label that occurs and plan."""
        labels = self.runs["label"].astype(str)
        counts = pd.crosstab(labels, self.runs["plan"]).loc[ending_order(labels)]
        table = counts.rename_axis("label").reset_index().melt("label", var_name="plan", value_name="runs")
        return table.assign(share=table["runs"] / table["plan"].map(self.runs["plan"].value_counts()))


def crowd_of(settings: Settings, progress: Progress | None = None) -> Crowd:
    """Return the ensemble under these settings.

    Each plan is run on its own, since two may go by one name; replicate r of both has the same luck and
    the same draw of the uncertain numbers.

    Parameters
    ----------
    settings : Settings
    progress : callable, optional
        Told how far it is, as ``model.run_ensemble`` tells it; what it raises ends the runs.

    Raises
    ------
    InputError
        If they cannot be run.
    """
    started = time.perf_counter()
    case, numbers = limits.check(settings).case(), numbers_of(settings)
    dispute = case.disputes[settings.place_of_dispute()]
    runs, bands = [], []
    names: tuple[str, ...] = ()
    for place in range(len(settings.plans)):
        told = trace_ensemble(
            case,
            settings.strategy(place),
            replicates=RUNS,
            seed=settings.seed,
            parameters=numbers,
            months=settings.months,
            without=settings.without,
            progress=progress,
        )
        chosen = (told.runs["dispute"] == dispute).to_numpy()
        runs.append(told.runs[chosen].assign(plan=place))
        bands.append(bands_of(told.series[chosen]))
        names = tuple(told.names)
    table = pd.concat(runs, ignore_index=True)
    return Crowd(settings, names, np.stack(bands), table, time.perf_counter() - started)


def numbers_of(settings: Settings) -> pd.DataFrame | Mapping[str, float] | None:
    """Return the model's numbers for the runs: those set by hand, and on request a draw of all others.

    A number that is set by hand leaves the draws of the others as they were, so that what changes in the
    picture is due to that number.
    """
    fixed = dict(settings.parameters)
    if not settings.uncertain:
        return fixed or None
    return designs.latin_hypercube(Parameters.table(), RUNS, settings.seed).assign(**fixed)


def bands_of(series: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the quantiles over runs of series, runs x months x series, as series x `QUANTILES` x months.

    What a run does not tell of (NaN) is left out; where no run tells, the quantiles are NaN.
    """
    if not np.isnan(series).any():
        found = np.quantile(series, QUANTILES, axis=0)
    else:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "All-NaN slice", RuntimeWarning)
            found = np.nanquantile(series, QUANTILES, axis=0)
    turned: NDArray[np.float64] = np.ascontiguousarray(found.transpose(2, 0, 1))
    return turned


def _lives(runs: pd.DataFrame, months: int) -> Lives:
    (found,) = lives_of(runs, "replicate", months).values()
    return found
