"""A sweep: the batches of an experiment handed to a crew, and what comes of them kept, batch by batch.

Whatever happens to it, the same command goes on where it was: a batch is done when its file is there, and
what a run gives does not depend on when, where or beside whom it is done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from experiments import manifest, store
from experiments.sweeps import folder as shelf
from experiments.sweeps.batches import Product, failures_of, rows_of, work_of, worked
from experiments.sweeps.crews import Crew, check_cluster, crew_of
from experiments.sweeps.experiment import Experiment, load_experiment
from experiments.sweeps.grid import Batch, Grid, grid_of
from experiments.sweeps.results import Results
from model.ensemble import blank_outcomes, warm_up

#: Told what is being done, how many runs are done, how many there are, and how many failed.
Progress = Callable[[str, int, int, int], None]
#: Seconds after which a sweep looks up from waiting, to see whether there still is anybody at work.
LOOK = 1.0


@dataclass
class Sweep:
    """One sweep under way.

    A batch whose worker was lost is done again; one that loses it again is put off until all others are
    done, and then done alone, for another might have been to blame. If it loses its worker even then, its
    runs are recorded as failed.

    Attributes
    ----------
    grid, folder, crew : what is run, where it is kept, who runs it
    waiting : batches not yet handed over
    running : batches by the promise of what comes of them
    losses : how often batches lost their workers
    suspects : batches that are put off
    """

    grid: Grid
    folder: Path
    crew: Crew
    told: Progress
    waiting: Iterator[Batch]
    runs_done: int = 0
    runs_failed: int = 0
    running: dict[Future[Product], Batch] = field(default_factory=dict)
    losses: dict[Batch, int] = field(default_factory=dict)
    suspects: list[Batch] = field(default_factory=list)

    def run(self) -> None:
        """Hand over every batch and keep what comes of it."""
        self.carry_out()
        for batch in self.suspects:
            self.waiting = iter([batch])
            self.carry_out(alone=True)

    def carry_out(self, alone: bool = False) -> None:
        """Hand over what is waiting, and keep what comes of it, until nothing is left."""
        self.hand_over()
        while self.running:
            finished, _ = wait(self.running, LOOK, FIRST_COMPLETED)
            for future in finished:
                self.take(future, alone)
            self.crew.look()
            self.hand_over()

    def hand_over(self) -> None:
        """Keep every worker busy, with one more batch each at hand."""
        most = max(2 * self.crew.size, 1)
        while len(self.running) < most and (batch := next(self.waiting, None)) is not None:
            self.running[self.promised(batch)] = batch

    def promised(self, batch: Batch) -> Future[Product]:
        """Return the promise of what comes of a batch; a broken one if its worker is lost already."""
        try:
            return self.crew.submit(work_of(self.grid, batch))
        except Exception as error:
            if not self.crew.is_lost(error):
                raise
            broken: Future[Product] = Future()
            broken.set_exception(error)
            return broken

    def take(self, future: Future[Product], alone: bool) -> None:
        """Keep what came of a batch, or see what is to be done if its worker was lost."""
        batch = self.running.pop(future, None)
        if batch is None:  # it was lost with another
            return
        error = fault_of(future)
        if error is None:
            self.keep(batch, future.result())
        elif not self.crew.is_lost(error):
            raise error
        elif alone and is_blamed(error):
            self.crew.renew()
            self.give_up(batch, error)
        else:
            self.recover(batch, error)

    def recover(self, batch: Batch, error: BaseException) -> None:
        """Have a batch done again whose worker was lost, and those that were lost with it."""
        lost = [batch]
        if self.crew.fall_together:
            for future, beside in self.running.items():
                if future.done() and fault_of(future) is None:
                    self.keep(beside, future.result())
                else:
                    lost.append(beside)
            self.running.clear()
        self.crew.renew()
        again: list[Batch] = []
        for one in lost:
            self.losses[one] = self.losses.get(one, 0) + is_blamed(error)
            is_put_off = is_blamed(error) and self.losses[one] > self.crew.again
            (self.suspects if is_put_off else again).append(one)
        self.waiting = chain(again, self.waiting)

    def keep(self, batch: Batch, product: Product) -> None:
        """Write what came of a batch, and tell of it."""
        rows = rows_of(self.grid, batch, product)
        shelf.keep(self.folder, batch.number, rows, failures_of(self.grid, batch, product.failures))
        self.runs_done += batch.size
        self.runs_failed += len(product.failures)
        self.told("running", self.runs_done, self.grid.runs, self.runs_failed)

    def give_up(self, batch: Batch, error: BaseException) -> None:
        """Record all runs of a batch as failed."""
        reason = f"its worker was lost, also when it worked at nothing else: {type(error).__name__}"
        work = work_of(self.grid, batch)
        blank = blank_outcomes(work.setting, work.designs)
        self.keep(batch, Product(blank, dict.fromkeys(range(batch.size), reason)))


def fault_of(future: Future[Product]) -> BaseException | None:
    """Return why nothing came of a batch that is over, or None."""
    return CancelledError() if future.cancelled() else future.exception()


def is_blamed(error: BaseException) -> bool:
    """Return whether a batch may be to blame that its worker was lost: not if somebody took it back."""
    return not isinstance(error, CancelledError)


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
        If it is stopped; it says how many runs are kept.
    """
    grid = grid_of(load_experiment(experiment), drawn_later=True)
    folder = Path(out) if out is not None else shelf.default_folder(grid)
    opens = crew_of(workers, cluster)
    is_over = shelf.is_over(folder) and not retry_failed
    if cluster is not None and not is_over:
        check_cluster(cluster)
    if shelf.begun(folder):
        grid = replace(grid, drawing=partial(shelf.kept_draws, folder))
    shelf.opened(folder, grid, command)
    told = progress or silent
    with shelf.locked(folder):
        if retry_failed:
            shelf.forget_failed(folder)
        done = shelf.done(folder, grid)
        if len(done) < len(grid.batches):
            shelf.finish(folder, None)
            try:
                _run(grid, folder, opens, told, done)
            except KeyboardInterrupt:
                kept = runs_in(grid, shelf.done(folder, grid))
                raise KeyboardInterrupt(f"{kept:,} of {grid.runs:,} runs are kept") from None
        shelf.finish(folder, shelf.finished(folder) or manifest.now())
    return Results(folder)


def _run(grid: Grid, folder: Path, opens: Callable[[], Crew], told: Progress, done: set[int]) -> None:
    def compiling(doing: str, done: int, total: int) -> None:
        told(doing, done, total, 0)

    warm_up(grid.settings[0], grid.designs(grid.batches[0]), compiling)
    runs = runs_in(grid, done)
    failed = len(shelf.failed(folder))
    waiting = (batch for batch in grid.batches if batch.number not in done)
    with opens() as crew:
        told("running", runs, grid.runs, failed)
        Sweep(grid, folder, crew, told, waiting, runs, failed).run()


def runs_in(grid: Grid, done: set[int]) -> int:
    """Return how many runs the batches have that are ``done``."""
    return sum(batch.size for batch in grid.batches if batch.number in done)


def silent(doing: str, done: int, total: int, failed: int) -> None:
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
