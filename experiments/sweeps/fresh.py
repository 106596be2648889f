"""Units of luck that an experiment has not lived yet, as many as are asked for.

A unit is what had luck of its own: a draw of the uncertain numbers where every draw has fresh luck, else a
replicate. Each turn has a seed of its own, made from the experiment's and its place, so that turns share
neither luck nor draws with one another or with the sweep itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.analysis import units
from experiments.sweeps import draws
from experiments.sweeps.experiment import Experiment
from experiments.sweeps.grid import Grid
from model.ensemble import Progress, stream_ensemble
from model.vocabulary import InputError

#: Keeps the seeds of turns apart from all else that an experiment's seed names.
STREAM = 0xF2E5
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fresh:
    """Where fresh units come from: an experiment in its first scenario and dispute, and one outcome.

    Attributes
    ----------
    grid : Grid
        The experiment, laid out.
    outcome : str
        Which outcome is looked at; a wait counts as the whole span where it never came.
    workers : int, optional
        Threads; one a core by default.
    progress : callable, optional
        Called with (doing, done, total).
    """

    grid: Grid
    outcome: str
    workers: int | None = None
    progress: Progress | None = None

    @property
    def unit(self) -> str:
        """What has luck of its own, "draw" or "replicate"."""
        said = self.grid.experiment.uncertain
        fresh = draws.luck_of(said) == "fresh" and said.design != "none"
        return "draw" if fresh else "replicate"

    @property
    def scenario(self) -> Any:
        """The scenario in which they are lived."""
        return self.grid.scenarios[0]

    @property
    def dispute(self) -> str:
        """The dispute that is looked at."""
        return str(self.scenario.disputes[0])

    def units(self, turn: int, count: int, names: Sequence[str], replicates: int | None = None) -> Floats:
        """Return what fresh units come to, an array of shape (strategies, units, runs of a unit).

        Parameters
        ----------
        turn : int
            Another turn has other luck and other draws.
        count : int
            How many units.
        names : sequence of str
            Of the strategies.
        replicates : int, optional
            Runs of each draw; as many as the experiment has by default. Where the unit is the replicate, its
            runs are one for each draw of the experiment.

        Raises
        ------
        InputError
            If the outcome is text, or the design has no other draws than those it has.
        """
        experiment = _at(self.grid.experiment, turn, count)
        if self.unit == "replicate":
            table = self.grid.draws if len(self.grid.draws.columns) else None
            lived = self._lived(names, experiment.seed, table, count, f"{count:,} more replicates")
            return lived.reshape(len(names), -1, count).transpose(0, 2, 1)
        repeated = replicates or experiment.replicates
        table = _drawn(experiment).loc[np.repeat(np.arange(count), repeated)].reset_index(drop=True)
        often = f", each {repeated} times" if repeated > 1 else ""
        what = f"{count:,} more draws{often}"
        tied = table.assign(replicate=np.arange(len(table)))
        lived = self._lived(names, experiment.seed, tied, 1, what)
        return lived.reshape(len(names), count, repeated)

    def _lived(
        self, names: Sequence[str], seed: int, table: pd.DataFrame | None, replicates: int, what: str
    ) -> Floats:
        experiment = self.grid.experiment
        strategies = {strategy.name: strategy for strategy in self.grid.strategies}
        parts = stream_ensemble(
            self.scenario,
            [strategies[name] for name in names],
            replicates,
            seed,
            table,
            experiment.months,
            self.workers,
            self._named(what),
            experiment.without,
        )
        wanted = ["scenario", "dispute", self.outcome]
        runs = pd.concat([part[wanted] for part in parts], ignore_index=True)
        runs = runs[runs["dispute"] == self.dispute]
        months = {self.scenario.name: self.grid.months(0)}
        return units.prepared(runs, [self.outcome], months)[self.outcome].to_numpy(dtype=float)

    def _named(self, what: str) -> Progress | None:
        progress = self.progress
        if progress is None:
            return None
        return lambda doing, done, total: progress(
            f"running {what}" if doing == "running" else doing, done, total
        )


def _at(experiment: Experiment, turn: int, count: int) -> Experiment:
    """Return the experiment with the seed of a turn, and with `count` draws."""
    seed = int(np.random.SeedSequence((experiment.seed, STREAM, turn)).generate_state(1)[0])
    uncertain = experiment.uncertain.model_copy(update={"points": count})
    return experiment.model_copy(update={"seed": seed, "uncertain": uncertain})


def _drawn(experiment: Experiment) -> pd.DataFrame:
    """Return draws of an experiment; designs whose points hang together are replaced by a hypercube."""
    said = experiment.uncertain
    if said.design == "factorial":
        raise InputError(
            "uncertain.luck: a factorial has no other draws than those of its levels, so with fresh luck it "
            "cannot have more units: ask with luck = 'common'"
        )
    if said.design != "posterior":
        uncertain = said.model_copy(update={"design": "latin-hypercube"})
        experiment = experiment.model_copy(update={"uncertain": uncertain})
    return draws.drawn(experiment)
