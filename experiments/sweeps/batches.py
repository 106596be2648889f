"""The unit of work: a batch of runs, the same wherever it is done.

A run that raises is set aside with its reason, and the others of its batch are kept: the batch is done again
in halves until the run stands alone. What goes to a worker, and what comes back, are plain tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from experiments.sweeps.grid import Batch, Grid
from model.compiled import CACHE
from model.ensemble import SLICE, Setting, blank_outcomes, call_kernel, frame_of, sealed
from model.vocabulary import InputError
from model.world import World, copy_of

#: What names a run, before its outcomes.
NAMED = ("run", "scenario", "strategy", "dispute", "seed", "replicate", "draw")


class Work(NamedTuple):
    """What a worker needs for a batch: what its runs share, one design a run, and how long they last.

    ``model`` says by which version of the model it is to be done.
    """

    setting: Setting
    designs: Any
    months: int
    model: str


class Product(NamedTuple):
    """What came of it: outcomes, a row a run and dispute, and why runs failed, by place in the batch."""

    outcomes: Any
    failures: dict[int, str]


class Stopped(Exception):
    """Raised in a batch that was asked to stop: nothing of it is kept."""


def work_of(grid: Grid, batch: Batch) -> Work:
    """Return the work of a batch, with the draws that it needs and no others."""
    designs = grid.designs(batch)
    first, last = int(designs.draw.min()), int(designs.draw.max()) + 1
    designs.draw -= first
    setting = grid.settings[batch.scenario]._replace(parameters=grid.numbers(first, last))
    return Work(sealed(setting), designs, grid.months(batch.scenario), model_here())


def model_here() -> str:
    """Return which version of the model this process runs: its sources, and what they run on."""
    return CACHE.name


def worked(work: Work, is_stopping: Callable[[], bool] | None = None) -> Product:
    """Return what comes of a batch.

    Raises
    ------
    Stopped
        If it was asked to stop before it was done.
    InputError
        If it is meant for another version of the model than the one here.
    """
    if work.model != model_here():
        raise InputError(
            "a worker has another version of the model than the one that began the sweep: its rows could "
            "differ; what is done is kept"
        )
    sealed(work.setting)  # which a process that was sent it can write to
    outcomes = blank_outcomes(work.setting, work.designs)
    failures: dict[int, str] = {}
    world = copy_of(work.setting.opening)
    for first in range(0, len(work.designs), SLICE):
        if is_stopping is not None and is_stopping():
            raise Stopped
        _live(work, world, range(first, min(first + SLICE, len(work.designs))), outcomes, failures)
    return Product(outcomes, failures)


def _live(work: Work, world: World, runs: range, outcomes: Any, failures: dict[int, str]) -> None:
    """Live the ``runs``; where one of them raises, each half by itself, until it stands alone."""
    try:
        call_kernel(work.setting, world, work.designs, runs, range(work.months), outcomes)
    except Exception as error:  # whatever it was, it must not stop the sweep
        if len(runs) == 1:
            failures[runs.start] = f"{type(error).__name__}: {error}"
            return
        middle = len(runs) // 2
        _live(work, world, runs[:middle], outcomes, failures)
        _live(work, world, runs[middle:], outcomes, failures)


def rows_of(grid: Grid, batch: Batch, product: Product) -> pd.DataFrame:
    """Return the rows that are kept of a batch: those of runs that did not fail, with their numbers."""
    designs, scenario = grid.designs(batch), grid.scenarios[batch.scenario]
    names = [strategy.name for strategy in grid.strategies]
    frame = frame_of(product.outcomes, designs, scenario, names, None, ())
    frame.insert(0, "run", (batch.first + pd.RangeIndex(batch.size)).repeat(len(scenario.disputes)))
    kept = frame[[*NAMED, *grid.outcomes]]
    failed = [batch.first + place for place in product.failures]
    return kept[~kept["run"].isin(failed)] if failed else kept


def failures_of(grid: Grid, batch: Batch, failures: dict[int, str]) -> pd.DataFrame:
    """Return which runs of a batch failed, and why, a row a run; no table if none did."""
    if not failures:
        return pd.DataFrame()
    designs = grid.designs(batch)
    rows = [
        {
            "run": batch.first + place,
            "scenario": grid.scenarios[batch.scenario].name,
            "strategy": grid.strategies[int(designs.plan[place])].name,
            "seed": int(designs.seed[place]),
            "replicate": int(designs.replicate[place]),
            "draw": int(designs.draw[place]),
            "reason": reason,
        }
        for place, reason in sorted(failures.items())
    ]
    return pd.DataFrame(rows)
