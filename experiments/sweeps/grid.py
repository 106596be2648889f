"""An experiment laid out as runs: every scenario, draw, replicate and strategy, numbered in that order.

Strategies change fastest, so that a part of a sweep already compares all of them on the same luck. The
number of a run says all about it; a batch is a range of numbers within one scenario.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

import model
from experiments.sweeps.draws import drawn, luck_of, posterior_file
from experiments.sweeps.experiment import Experiment
from experiments.sweeps.faults import COLUMNS
from experiments.sweeps.made import Made, made
from model.ensemble import DESIGN, Setting, setting_of
from model.parameters import defaults
from model.vocabulary import InputError

#: Runs of a batch: a second or more of work, so that keeping it costs little, and losing it too.
BATCH = 4000
#: A small sweep is cut into at least so many batches, for there to be work for every worker.
PARTS = 16
LEAST = 64
#: What an experiment says of how it is told, which decides no row; and what has a digest of its own.
TELLING = {"title", "description", "outcome", "thresholds", "search"}
DIGESTED = {"scenarios", "strategies", "outcomes"}


class Batch(NamedTuple):
    """The unit of work: runs ``first`` to ``last`` of a sweep, all in one scenario."""

    number: int
    scenario: int
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many runs it has."""
        return self.last - self.first


@dataclass(frozen=True)
class Grid:
    """All runs of an experiment, with its files read: nothing is left that could be mistyped."""

    experiment: Experiment
    scenarios: list[Any]
    made: Made
    drawing: Callable[[], pd.DataFrame]

    @cached_property
    def draws(self) -> pd.DataFrame:
        """The drawn numbers: index draw, a column a number that varies."""
        return self.drawing()

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The draws as arrays: pandas would take longer to find a column than to copy it."""
        return {str(name): column.to_numpy() for name, column in self.draws.items()}

    @property
    def strategies(self) -> list[Any]:
        """The strategies, by their place in a run's number."""
        return self.made.strategies

    @property
    def per_scenario(self) -> int:
        """Runs in each scenario."""
        return len(self.draws) * self.experiment.replicates * len(self.strategies)

    @property
    def runs(self) -> int:
        """Runs in all."""
        return len(self.scenarios) * self.per_scenario

    @property
    def rows(self) -> int:
        """Rows in all: a run has one for every dispute of its scenario."""
        return self.per_scenario * sum(len(scenario.disputes) for scenario in self.scenarios)

    def months(self, scenario: int) -> int:
        """Return the length of a run in a scenario."""
        return int(self.experiment.months or self.scenarios[scenario].months)

    @cached_property
    def outcomes(self) -> list[str]:
        """Outcomes that are kept, in the order of the model's."""
        wanted = self.experiment.outcomes
        return [name for name in COLUMNS if not wanted or name in (*wanted, self.experiment.outcome)]

    @cached_property
    def batches(self) -> list[Batch]:
        """The batches, in order; their size depends on the number of runs alone."""
        size = min(BATCH, max(LEAST, -(-self.runs // PARTS)))
        found: list[Batch] = []
        for scenario in range(len(self.scenarios)):
            begin, end = scenario * self.per_scenario, (scenario + 1) * self.per_scenario
            for first in range(begin, end, size):
                found.append(Batch(len(found), scenario, first, min(first + size, end)))
        return found

    @cached_property
    def settings(self) -> list[Setting]:
        """What the runs of each scenario share, at the default numbers."""
        without = self.experiment.without
        return [setting_of(scenario, self.strategies, None, without) for scenario in self.scenarios]

    def designs(self, batch: Batch) -> Any:
        """Return one design a run of ``batch``; draws are counted from the first that it needs."""
        place = np.arange(batch.first, batch.last) % self.per_scenario
        replicates = self.experiment.replicates
        unit, plan = np.divmod(place, len(self.strategies))
        draw, replicate = np.divmod(unit, replicates)
        designs = np.zeros(batch.size, DESIGN).view(np.recarray)
        designs.plan, designs.draw = plan, draw
        fresh = luck_of(self.experiment.uncertain) == "fresh"
        designs.replicate = draw * replicates + replicate if fresh else replicate
        designs.seed = self.experiment.seed
        return designs

    def numbers(self, first: int, last: int) -> Any:
        """Return the model's numbers of draws ``first`` to ``last``, a row a draw."""
        table = defaults(last - first)
        for name, values in self.columns.items():
            table[name] = values[first:last]
        return table

    @cached_property
    def identity(self) -> dict[str, str]:
        """Digests of all that decides the rows, by what it is.

        Draws follow from the experiment, and are kept; a file that they are taken from does not.
        """
        from model.compiled import CACHE

        said = self.experiment.model_dump(mode="json", exclude=TELLING | DIGESTED)
        said["uncertain"].pop("posterior")
        posterior = posterior_file(self.experiment)
        return {
            "experiment": digest(said),
            "outcomes": digest(self.outcomes),
            "scenarios": digest([scenario.raw for scenario in self.scenarios]),
            "strategies": digest([strategy.text() for strategy in self.strategies]),
            "draws": hashlib.sha256(posterior.read_bytes() if posterior else b"").hexdigest(),
            "batches": digest([BATCH, PARTS, LEAST]),
            "model": CACHE.name,
        }


def digest(said: Any) -> str:
    """Return the SHA-256 of what can be said in JSON."""
    text = json.dumps(said, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def grid_of(experiment: Experiment, drawn_later: bool = False) -> Grid:
    """Return the runs of an experiment, everything that it names read and checked.

    Its numbers are drawn at once, unless it is said that they are ``drawn_later``, or never: those of a sweep
    that was begun are kept.

    Raises
    ------
    InputError
        If a file or a name is wrong, or a strategy fits none of the scenarios.
    """
    scenarios = [model.load_scenario(experiment.place(name)) for name in experiment.scenarios]
    _once("scenarios", [scenario.name for scenario in scenarios])
    bases = [model.load_strategy(experiment.place(name)) for name in experiment.strategies]
    _once("strategies", [base.name for base in bases])
    fitting = _fitting(made(experiment, bases), scenarios)
    grid = Grid(experiment, scenarios, fitting, lambda: drawn(experiment))
    if not drawn_later:
        _ = grid.draws
    return grid


def _once(key: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{key}: '{name}' is named twice; name each once")


def _fitting(made: Made, scenarios: list[Any]) -> Made:
    """Return what was made without the generated strategies that a scenario cannot take."""
    misfits: dict[str, str] = {}
    for strategy in made.strategies:
        for scenario in scenarios:
            try:
                strategy.check(scenario)
            except InputError as fault:
                if not made.levers and not made.orders:
                    raise
                misfits.setdefault(strategy.name, str(fault).splitlines()[0])
    if not misfits:
        return made
    fit = [strategy for strategy in made.strategies if strategy.name not in misfits]
    first = next(iter(misfits.values()))
    if not fit:
        raise InputError(f"no strategy that is generated fits every scenario: {first}")
    kept = [strategy.name for strategy in fit]
    note = f"{len(misfits)} of {len(made.strategies)} generated strategies do not fit, such as: {first}"
    return made._replace(
        strategies=fit,
        table=made.table.loc[kept],
        points=made.points[made.points.index.isin(kept)],
        notes=[*made.notes, note],
    )
