"""Candidates lived through: each in every state of a ground, in batches, by the same crews as a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.analysis import states
from experiments.search.ground import Ground
from experiments.search.space import Candidate
from experiments.sweeps.batches import Product, rows_of
from experiments.sweeps.crews import Crew
from experiments.sweeps.grid import Batch, Grid
from experiments.sweeps.made import Made
from experiments.sweeps.sweep import Progress, Sweep
from model.ensemble import warm_up

Floats = NDArray[np.float64]


@dataclass
class Gathering(Sweep):
    """A sweep whose rows are gathered instead of kept."""

    rows: dict[int, pd.DataFrame] = field(default_factory=dict)

    def keep(self, batch: Batch, product: Product) -> None:
        """Gather what came of a batch, and tell of it."""
        self.rows[batch.number] = rows_of(self.grid, batch, product)
        self.told("running", batch.size, 0, len(product.failures))


@dataclass
class Simulation:
    """What lives candidates through, on one crew, telling how far it is.

    Attributes
    ----------
    crew : Crew
    told : Progress
    planned : int
        Runs that are expected, at most.
    """

    crew: Crew
    told: Progress
    planned: int = 0
    done: int = 0
    failed: int = 0
    is_warm: bool = False

    def __call__(self, candidates: Sequence[Candidate], ground: Ground) -> Floats:
        """Return the outcomes of candidates in every state: shape (candidates, states, outcomes)."""
        grid = grid_of(candidates, ground)
        if not self.is_warm:
            warm_up(grid.settings[0], grid.designs(grid.batches[0]), self._compiling)
            self.is_warm = True
        sweep = Gathering(grid, Path(), self.crew, self._count, iter(grid.batches))
        sweep.run()
        rows = pd.concat([sweep.rows[number] for number in sorted(sweep.rows)], ignore_index=True)
        return by_state(rows, [candidate.name for candidate in candidates], ground)

    def _compiling(self, doing: str, done: int, total: int) -> None:
        self.told(doing, done, total, 0)

    def _count(self, doing: str, runs: int, _: int, failed: int) -> None:
        self.done += runs
        self.failed += failed
        self.told(doing, self.done, max(self.planned, self.done), self.failed)


def grid_of(candidates: Sequence[Candidate], ground: Ground) -> Grid:
    """Return the runs of candidates on a ground."""
    strategies = [candidate.strategy for candidate in candidates if candidate.strategy is not None]
    made = Made(strategies, pd.DataFrame(), pd.DataFrame(), [], {}, [])
    return Grid(ground.experiment, list(ground.scenarios), made, lambda: ground.draws)


def by_state(rows: pd.DataFrame, names: Sequence[str], ground: Ground) -> Floats:
    """Return the mean outcomes of each strategy in each state, of the first dispute of each scenario.

    Parameters
    ----------
    rows : DataFrame
        A row a run and dispute, as a sweep has them.
    names : sequence of str
        Of the strategies. One that lacks any run is NaN throughout.
    ground : Ground

    Returns
    -------
    array, shape (strategies, states, outcomes)
    """
    first = {scenario.name: scenario.disputes[0] for scenario in ground.scenarios}
    rows = rows[rows["dispute"].astype(str) == rows["scenario"].astype(str).map(first)]
    months = {scenario.name: ground.experiment.months or scenario.months for scenario in ground.scenarios}
    runs = states.judged(rows, ground.outcomes, months)
    groups = runs.groupby(["strategy", "scenario", ground.kind], observed=True)[ground.names]
    index = pd.MultiIndex.from_tuples([(name, *state) for name in names for state in ground.states])
    values = groups.mean().reindex(index).to_numpy(float)
    counts = groups.size().reindex(index).to_numpy(float)
    expected = ground.runs / len(ground.states)
    shape = (len(names), len(ground.states), len(ground.names))
    whole = (counts.reshape(shape[:2]) == expected).all(axis=1)
    return np.where(whole[:, np.newaxis, np.newaxis], values.reshape(shape), np.nan)
