"""The ground that every candidate is tried on: the same states of the world, with the same luck.

Within a search all candidates meet the same draws and the same luck, so that what differs is owed to them.
What is chosen by them owes part of its lead to them, too (the winner's curse): so the front is tried again on
fresh ground, with draws and luck of another seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import model
from experiments.analysis import states, units
from experiments.search.asked import Search
from experiments.search.goals import aims_of, outcomes_of
from experiments.search.space import Candidate
from experiments.sweeps.draws import drawn
from experiments.sweeps.experiment import Experiment
from model.scenario import Scenario

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ground:
    """The states of the world that candidates are tried in.

    Attributes
    ----------
    experiment : Experiment
    scenarios : sequence of Scenario
    draws : DataFrame
        A row a draw.
    outcomes : sequence of states.Goal
        What is kept of a state.
    """

    experiment: Experiment
    scenarios: Sequence[Scenario]
    draws: pd.DataFrame
    outcomes: Sequence[states.Goal]

    @property
    def names(self) -> list[str]:
        """The names of the outcomes."""
        return [outcome.name for outcome in self.outcomes]

    @property
    def kind(self) -> str:
        """What a state is, apart from its scenario: a draw or, where there is only one, a replicate."""
        return units.unit_of(states.ALONE, len(self.draws))

    @cached_property
    def states(self) -> pd.MultiIndex:
        """Scenario and number of every state."""
        count = len(self.draws) if self.kind == "draw" else self.experiment.replicates
        numbers = [int(self.draws.index[0]) + place for place in range(count)]
        names = [scenario.name for scenario in self.scenarios]
        return pd.MultiIndex.from_product([names, numbers], names=["scenario", "state"])

    @property
    def runs(self) -> int:
        """Runs of a candidate."""
        return len(self.scenarios) * len(self.draws) * self.experiment.replicates


#: Returns the outcomes of candidates in every state of a ground, shape (candidates, states, outcomes), in
#: their own units; NaN in all of a candidate of which a run failed.
Evaluate = Callable[[Sequence[Candidate], Ground], Floats]


def ground_of(experiment: Experiment, said: Search) -> Ground:
    """Return the ground of a search."""
    outcomes = outcomes_of(aims_of(said, experiment.thresholds))
    columns = tuple(dict.fromkeys(column for outcome in outcomes for column in outcome.columns))
    scenarios = [model.load_scenario(experiment.place(name)) for name in experiment.scenarios]
    # What is varied, and how long it is searched, changes nothing about a state of the world.
    plain = experiment.model_copy(update={"outcomes": columns, "search": None, "generate": None})
    return Ground(plain, scenarios, drawn(experiment), outcomes)


def fresh_ground(ground: Ground, said: Search) -> Ground | None:
    """Return ground of another seed, as large as is asked for; None where none is asked for."""
    if said.fresh == 0:
        return None
    experiment = ground.experiment
    seed = experiment.seed + 1 if said.fresh_seed is None else said.fresh_seed
    changes: dict[str, object] = {"seed": seed}
    if said.fresh is not None and experiment.uncertain.design == "none":
        changes["replicates"] = said.fresh
    elif said.fresh is not None:
        changes["uncertain"] = experiment.uncertain.model_copy(update={"points": said.fresh})
    fresh = experiment.model_copy(update=changes)
    return Ground(fresh, ground.scenarios, drawn(fresh), ground.outcomes)
