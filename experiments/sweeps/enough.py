"""How many replicates are enough: an experiment is run on more and more fresh luck, as long as it takes.

All strategies live through the same fresh units of luck. Where every draw of the uncertain numbers has luck
of its own, the unit is the draw, and a small nested pilot tells whether more draws or more runs of each are
cheaper: with s the share of luck in a single run's variance, n draws of k runs have a mean whose variance is
proportional to (1 - s + s/k) / n, so for a mean over draws one run of each is never the dearer choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments import measures
from experiments.analysis import luck, narrowing
from experiments.measures import PRIMARY, Measure
from experiments.sweeps.experiment import Experiment, load_experiment
from experiments.sweeps.fresh import Fresh
from experiments.sweeps.grid import Grid, grid_of
from model.ensemble import Progress
from model.vocabulary import InputError, nearest

#: Units of the first round where a unit is one run; where it is a mean over many, fewer say as much.
FIRST, FEWEST = 64, 32
#: The nested pilot: so many draws, each lived so often.
NESTED = (128, 4)
#: Splits of units into replicates that are told.
SPLITS = (1, 2, 4, 8)
#: The turn of the nested pilot, beyond those of all rounds.
PILOT = 1_000_000


@dataclass(frozen=True)
class Enough:
    """How many units of luck are enough for intervals of a wanted half-width.

    Attributes
    ----------
    experiment : Experiment
    scenario, dispute : str
        Where the strategies were run: the experiment's first scenario, and its first dispute.
    measure : Measure
        The outcome.
    unit : str
        "draw" or "replicate": what has luck of its own.
    points, numbers : int
        Draws that the experiment has as it stands, and the numbers drawn.
    half_width : float
        What was wanted, in the outcome's unit (a share: 0.05 is five points).
    at_most : int
        Units that were allowed.
    units, runs : int
        Units lived, and runs in all, the nested pilot among them.
    pairs : DataFrame
        A row a pair, the widest first, as `narrowing.grown` tells them.
    strategies : DataFrame
        By strategy: mean, low, high, half_width and needed, of its own mean.
    rounds : DataFrame
        units, widest and median (half-widths over the pairs), a row a round.
    luck : Luck or None
        Luck's part in the difference of the widest pair, where the unit is the draw.
    """

    experiment: Experiment
    scenario: str
    dispute: str
    measure: Measure
    unit: str
    points: int
    numbers: int
    half_width: float
    at_most: int
    units: int
    runs: int
    pairs: pd.DataFrame
    strategies: pd.DataFrame
    rounds: pd.DataFrame
    luck: luck.Luck | None

    @property
    def reached(self) -> bool:
        """Whether every pair has an interval as narrow as wanted."""
        return bool(self.needed <= self.units)

    @property
    def needed(self) -> float:
        """Units that the widest pair needs."""
        return float(self.pairs["needed"].max())

    @property
    def widest(self) -> list[str]:
        """The two strategies whose difference is the least sure."""
        return _widest(self.pairs)

    @property
    def present(self) -> int:
        """Units that the experiment has as it stands."""
        return self.points if self.unit == "draw" else self.experiment.replicates

    @property
    def first(self) -> int:
        """Units of the first round: with fewer nothing was tried."""
        return int(self.rounds["units"].iloc[0])

    def reach(self, units: float) -> float:
        """Return the half-width of the widest pair that so many units give."""
        return float(self.pairs["half_width"].max() * np.sqrt(self.units / units))

    def splits(self) -> pd.DataFrame:
        """Return draws and runs of each strategy by replicates of a draw; empty where it cannot be told."""
        if self.luck is None or not np.isfinite(self.needed):
            return pd.DataFrame(columns=["draws", "runs of each strategy"])
        share, now = self.luck.of_a_run.estimate, self.experiment.replicates
        spread = {many: 1 - share + share / many for many in sorted({*SPLITS, now})}
        counts = {many: max(2, ceil(self.needed * part / spread[now])) for many, part in spread.items()}
        table = pd.DataFrame({"draws": counts}).rename_axis("replicates of a draw")
        return table.assign(**{"runs of each strategy": table["draws"] * table.index})


def enough(
    experiment: str | Path | Mapping[str, Any] | Experiment,
    half_width: float = 0.05,
    outcome: str = PRIMARY,
    strategy: str | None = None,
    against: str | None = None,
    at_least: int | None = None,
    at_most: int = 20_000,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Enough:
    """Run an experiment's strategies on growing numbers of fresh units until their intervals are narrow.

    Parameters
    ----------
    experiment : str, Path, mapping or Experiment
        A bundled one, a file, or what a file says.
    half_width : float
        Wanted half-width of the 95 % interval of each paired difference, in the outcome's unit.
    outcome : str
        On which outcome.
    strategy, against : str, optional
        Only the differences of this strategy from all others; with both, only that one pair. By default all.
    at_least, at_most : int
        Units of the first round, and how many are allowed. A first round has 64 by default, fewer where a
        unit is a mean over several draws.
    workers : int, optional
        Threads; one a core by default.
    progress : callable, optional
        Called with (doing, done, total).

    Raises
    ------
    InputError
        If a name, the half-width or a limit is not usable, or there is one strategy only.
    """
    grid = grid_of(load_experiment(experiment))
    measure = measures.measure_of(outcome)
    _usable(half_width, measure, at_least, at_most)
    names, centre = chosen([plan.name for plan in grid.strategies], strategy, against)
    source = Fresh(grid, outcome, workers, progress)
    first = at_least or _first(grid, source)
    yes_or_no = measure.scale > 1
    found = narrowing.grown(
        lambda turn, count: source.units(turn, count, names),
        names,
        half_width,
        min(first, at_most),
        at_most,
        centre,
        yes_or_no,
    )
    held, piloted = _luck_of(source, found.pairs)
    return Enough(
        experiment=grid.experiment,
        scenario=source.scenario.name,
        dispute=source.dispute,
        measure=measure,
        unit=source.unit,
        points=len(grid.draws),
        numbers=len(grid.draws.columns),
        half_width=half_width,
        at_most=at_most,
        units=found.values.shape[1],
        runs=found.values.size + piloted,
        pairs=found.pairs,
        strategies=narrowing.own_means(found.values, names, half_width, yes_or_no),
        rounds=found.rounds,
        luck=held,
    )


def _usable(half_width: float, measure: Measure, at_least: int | None, at_most: int) -> None:
    if not 0 < half_width < np.inf or (measure.scale > 1 and half_width >= 1):
        hint = "; of a share, 0.05 is five points" if measure.scale > 1 else ""
        raise InputError(f"half-width is {half_width:g}: it has to be above 0{hint}")
    if at_most < 2 or (at_least is not None and at_least < 2):
        raise InputError("units of luck: at least 2 are needed for an interval")


def _first(grid: Grid, source: Fresh) -> int:
    runs = grid.experiment.replicates if source.unit == "draw" else len(grid.draws)
    return max(FEWEST, FIRST // runs)


def chosen(names: list[str], strategy: str | None, against: str | None) -> tuple[list[str], str | None]:
    """Return the strategies that are run, and the one that the others are compared with, if only one is.

    Raises
    ------
    InputError
        If a name is unknown, both are the same, or there is one strategy only.
    """
    for name in (strategy, against):
        if name is not None and name not in names:
            raise InputError(f"'{name}' is not among the strategies of the experiment{nearest(name, names)}")
    if len(names) < 2:
        raise InputError(f"there is one strategy only, {names[0]}: a comparison takes two or more")
    if strategy is not None and strategy == against:
        raise InputError(f"'{strategy}' cannot be compared with itself: name two strategies")
    if strategy is not None and against is not None:
        return [strategy, against], against
    return names, strategy or against


def _luck_of(source: Fresh, pairs: pd.DataFrame) -> tuple[luck.Luck | None, int]:
    """Return luck's part in the widest pair's difference, from draws lived several times, and their runs."""
    if source.unit != "draw":
        return None, 0
    count, replicates = NESTED
    values = source.units(PILOT, count, _widest(pairs), replicates)
    return luck.luck_held(pd.DataFrame(values[0] - values[1]), common=False), values.size


def _widest(pairs: pd.DataFrame) -> list[str]:
    return [str(pairs[side].iloc[0]) for side in ("first", "second")]
