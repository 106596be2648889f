"""A sweep: the batches of an experiment handed to a crew, and what comes of them kept, batch by batch.

Whatever happens to it, the same command goes on where it was: a batch is done when its file is there, and
what a run gives does not depend on when, where or beside whom it is done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from experiments import manifest, store
from experiments.sweeps import folder as shelf
from experiments.sweeps.batches import Product, failures_of, rows_of, work_of, worked
from experiments.sweeps.crews import Crew, crew_of
from experiments.sweeps.experiment import Experiment, load_experiment
from experiments.sweeps.grid import Batch, Grid, grid_of
from experiments.sweeps.results import Results
from model.ensemble import blank_outcomes, warm_up

#: Told what is being done, how many runs are done, how many there are, and how many failed.
Progress = Callable[[str, int, int, int], None]
#: How often a batch whose worker was lost is tried by itself before it is given up.
TRIES = 2


@dataclass
class Sweep:
    """One sweep under way.

    Attributes
    ----------
    grid, folder, crew : what is run, where it is kept, who runs it
    waiting : batches not yet handed over
    running : batches by the promise of what comes of them
    suspects : batches whose worker was lost, with how often; each is tried alone
    """

    grid: Grid
    folder: Path
    crew: Crew
    told: Progress
    waiting: Iterator[Batch]
    runs_done: int = 0
    runs_failed: int = 0
    running: dict[Future[Product], Batch] = field(default_factory=dict)
    suspects: dict[Batch, int] = field(default_factory=dict)

    def run(self) -> None:
        """Hand over every batch and keep what comes of it."""
        self.hand_over()
        while self.running:
            finished, _ = wait(self.running, return_when=FIRST_COMPLETED)
            lost = [batch for future in finished if (batch := self.take(future)) is not None]
            if lost:
                self.recover(lost)
            self.hand_over()

    def hand_over(self) -> None:
        """Keep every worker busy, with one more batch each at hand."""
        while len(self.running) < 2 * self.crew.size and (batch := next(self.waiting, None)) is not None:
            self.running[self.crew.submit(work_of(self.grid, batch))] = batch

    def take(self, future: Future[Product]) -> Batch | None:
        """Keep what came of a batch; return it if its worker was lost."""
        batch = self.running.pop(future)
        error = future.exception() if not future.cancelled() else None
        if error is not None and self.crew.is_lost(error):
            return batch
        if error is not None:
            raise error
        self.keep(batch, future.result())
        return None

    def keep(self, batch: Batch, product: Product) -> None:
        """Write what came of a batch, and tell of it."""
        rows = rows_of(self.grid, batch, product)
        shelf.keep(self.folder, batch.number, rows, failures_of(self.grid, batch, product.failures))
        self.runs_done += batch.size
        self.runs_failed += len(product.failures)
        self.told("running", self.runs_done, self.grid.runs, self.runs_failed)

    def recover(self, lost: list[Batch]) -> None:
        """Do batches again whose worker was lost, each alone; give up one that always loses it."""
        for future, batch in list(self.running.items()):
            if future.done() and not future.cancelled() and future.exception() is None:
                self.keep(batch, future.result())
            else:
                future.cancel()
                lost.append(batch)
        self.running.clear()
        for batch in lost:
            self.keep(batch, self.alone(batch))

    def alone(self, batch: Batch) -> Product:
        """Return what comes of a batch that runs beside no other."""
        reason = ""
        for _ in range(TRIES):
            self.crew.renewed()
            try:
                return self.crew.submit(work_of(self.grid, batch)).result()
            except BaseException as error:
                if not self.crew.is_lost(error):
                    raise
                reason = f"its worker was lost {TRIES + 1} times: {type(error).__name__}"
        self.crew.renewed()
        work = work_of(self.grid, batch)
        return Product(blank_outcomes(work.setting, work.designs), dict.fromkeys(range(batch.size), reason))


def run_sweep(
    experiment: Experiment | str | Path | Mapping[str, Any],
    out: str | Path | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    retry_failed: bool = False,
    command: str = "",
) -> Results:
    """Run an experiment, or go on with it where it was left, and return its results.

    Parameters
    ----------
    experiment : Experiment, str, Path or mapping
        An experiment, the name of a bundled one, a file, or what such a file holds.
    out : str or Path, optional
        The results folder: new, empty, or one in which this experiment was begun. By default
        ``results/<name>-<digest>``, the same folder for the same experiment and model.
    workers : int, optional
        That many processes; threads of this process by default, one a processor.
    cluster : str, optional
        Address of a running Dask scheduler, instead.
    progress : callable, optional
        Called with (doing, runs done, runs in all, runs failed).
    retry_failed : bool
        Whether batches in which runs failed are done again.

    Returns
    -------
    Results

    Raises
    ------
    InputError
        If something that the experiment names is not usable, the folder holds another sweep or cannot be
        written, or no cluster answers. What was written before stays, and stays readable.
    KeyboardInterrupt
        If it is stopped; batches that were done are kept.
    """
    grid = grid_of(load_experiment(experiment))
    folder = Path(out) if out is not None else shelf.default_folder(grid)
    opens = crew_of(workers, cluster)
    shelf.opened(folder, grid, command)
    told = progress or _silent
    with shelf.locked(folder), store.refusals_explained(folder):
        if retry_failed:
            shelf.forget_failed(folder)
        done = shelf.done(folder, grid)
        if len(done) < len(grid.batches):
            shelf.finish(folder, None)
            _run(grid, folder, opens, told, done)
            shelf.finish(folder, manifest.now())
        elif manifest.read_manifest(folder)["finished"] is None:  # stopped between its last batch and this
            shelf.finish(folder, manifest.now())
    return Results(folder)


def _run(grid: Grid, folder: Path, opens: Callable[[], Crew], told: Progress, done: set[int]) -> None:
    def compiling(doing: str, done: int, total: int) -> None:
        told(doing, done, total, 0)

    warm_up(grid.settings[0], grid.designs(grid.batches[0]), compiling)
    runs = sum(batch.size for batch in grid.batches if batch.number in done)
    waiting = (batch for batch in grid.batches if batch.number not in done)
    told("running", runs, grid.runs, 0)
    with opens() as crew:
        Sweep(grid, folder, crew, told, waiting, runs, len(shelf.failed(folder))).run()


def _silent(doing: str, done: int, total: int, failed: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Estimate:
    """What a sweep will take, measured on a few of its runs.

    Attributes
    ----------
    runs, rows, strategies, draws : int
    sample : int
        Runs that were tried for it.
    seconds : float
        For all runs, on the crew that is asked for, as far as it scales.
    bytes : float
        On disk, for all runs.
    notes : list of str
        What was left out of the experiment, and why.
    """

    runs: int
    rows: int
    strategies: int
    draws: int
    sample: int
    seconds: float
    bytes: float
    notes: list[str]


def dry_run(experiment: Experiment | str | Path | Mapping[str, Any], workers: int | None = None) -> Estimate:
    """Return how many runs an experiment has, how long and how big it will be; nothing of it is kept.

    The time and the size come from trying a few runs of each scenario, on one thread.
    """
    import os
    import tempfile

    grid = grid_of(load_experiment(experiment))
    warm_up(grid.settings[0], grid.designs(grid.batches[0]))
    seconds = size = tried = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        for place in range(len(grid.scenarios)):
            batch = _sample(grid, place)
            began = time.perf_counter()
            rows = rows_of(grid, batch, worked(work_of(grid, batch)))
            seconds += (time.perf_counter() - began) * grid.per_scenario / batch.size
            path = Path(scratch) / f"{place}.parquet"
            store.write_runs(rows, path)
            size += path.stat().st_size * grid.per_scenario / batch.size
            tried += batch.size
    hands = workers or os.cpu_count() or 1
    return Estimate(
        grid.runs,
        grid.rows,
        len(grid.strategies),
        len(grid.draws),
        int(tried),
        seconds / hands,
        size,
        grid.made.notes,
    )


#: Runs of each scenario that an estimate tries.
SAMPLE = 256


def _sample(grid: Grid, scenario: int) -> Batch:
    first = scenario * grid.per_scenario
    return Batch(0, scenario, first, first + min(SAMPLE, grid.per_scenario))
