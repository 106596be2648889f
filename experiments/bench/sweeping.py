"""What a sweep costs beside the bare runs, what a second process adds, and how soon a done one is found.

The same runs are lived bare by ``run_ensemble`` and as a sweep, which keeps every batch on disk and tells how
far it is. A finished sweep is then asked for again in a fresh interpreter, as a user's command would.
"""

from __future__ import annotations

import math
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from experiments.bench.measured import Measured, in_fresh_python, pace, rates_in_turn, ratio
from experiments.bench.subjects import YARDSTICK, fitting_strategies

#: Runs of a sweep that is measured again and again: so much work that starting processes hardly counts.
SWEPT = 50_000
#: How often, at most.
ROUNDS = 3
#: Runs of the sweep that is resumed, for the goal.
FINISHED = 100_000
#: A fresh interpreter that is asked for a sweep which is finished.
RESUME = """
import json, sys, time
from experiments.bench.sweeping import resumed
print(json.dumps(resumed(sys.argv[1], sys.argv[2])))
"""


def experiment_of(runs: int) -> dict[str, Any]:
    """Return an experiment of at least so many runs: every strategy over draws of all uncertain numbers."""
    import model

    strategies = fitting_strategies(model.load_scenario(YARDSTICK))
    return {
        "name": "bench",
        "title": "What does a sweep cost?",
        "scenarios": [YARDSTICK],
        "strategies": [entry.name for entry in strategies],
        "uncertain": {"design": "latin-hypercube", "points": math.ceil(runs / len(strategies))},
    }


@contextmanager
def progress_drawn() -> Iterator[Any]:
    """Give a progress bar that is drawn as on a terminal, where nobody sees it."""
    import os

    from rich.console import Console

    from experiments.progress import Progressing

    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        Progressing("a sweep", Console(file=nowhere, force_terminal=True)) as board,
    ):
        yield lambda doing, done, total, failed: board(doing, done, total)


def swept(said: dict[str, Any], workers: int | None) -> int:
    """Live a whole sweep into a folder that is thrown away; return its runs."""
    from experiments.sweeps.sweep import run_sweep

    with tempfile.TemporaryDirectory() as scratch, progress_drawn() as progress:
        results = run_sweep(said, Path(scratch) / "sweep", workers, progress=progress)
        return int(results.account["runs"])


def bare(said: dict[str, Any]) -> int:
    """Live the same runs without keeping them, on as many threads."""
    import model
    from experiments.sweeps.experiment import load_experiment
    from experiments.sweeps.grid import grid_of

    grid = grid_of(load_experiment(said))
    draws = grid.draws.assign(replicate=range(len(grid.draws)))
    return len(model.run_ensemble(grid.scenarios[0], grid.strategies, parameters=draws))


def sweeps(repeats: int) -> Iterator[Measured]:
    """Measure a sweep against the bare runs, and two worker processes against one, in turn."""
    said = experiment_of(SWEPT)
    crews = {"threads": None, "one process": 1, "two processes": 2}
    ways = {name: partial(swept, said, workers) for name, workers in crews.items()}
    rates = rates_in_turn({"bare": partial(bare, said), **ways}, min(repeats, ROUNDS))
    for name, found in rates.items():
        told = "the same runs bare" if name == "bare" else f"a sweep of {SWEPT:,} runs, {name}"
        yield pace(f"{YARDSTICK}, {told}", found)
    rounds = [100.0 * (of / kept - 1.0) for of, kept in zip(rates["bare"], rates["threads"], strict=True)]
    least = 100.0 * (max(rates["bare"]) / max(rates["threads"]) - 1.0)
    yield Measured("what a sweep adds to the bare runs", least, "%", 5.0, median=statistics.median(rounds))
    yield ratio("a sweep, two processes against one", rates["two processes"], rates["one process"], 1.8)


def resuming(runs: int) -> Iterator[Measured]:
    """Measure how soon a finished sweep of so many runs, or those of the goal, is found to be done."""
    import tomli_w

    from experiments.sweeps.sweep import run_sweep

    said = experiment_of(min(runs, FINISHED))
    with tempfile.TemporaryDirectory() as scratch:
        file, folder = Path(scratch) / "bench.toml", Path(scratch) / "sweep"
        file.write_text(tomli_w.dumps(said), encoding="utf-8")
        began = time.perf_counter()
        lived = int(run_sweep(file, folder).account["runs"])
        took = time.perf_counter() - began
        began = time.perf_counter()
        inside = in_fresh_python(RESUME, str(file), str(folder))
        whole = time.perf_counter() - began
    short_of = "" if lived >= FINISHED else f"not shown by fewer than {FINISHED:,} runs (--runs)"
    yield Measured(f"a sweep of {lived:,} runs, time", took, "seconds")
    yield Measured("asked for again, the whole command", whole, "seconds", 2.0, short_of=short_of)
    yield Measured("asked for again, the sweep alone", inside["seconds"], "seconds")


def resumed(file: str, folder: str) -> dict[str, float]:
    """Ask for a sweep that is finished; return how many seconds that took and how many runs it has."""
    from experiments.sweeps.sweep import run_sweep

    began = time.perf_counter()
    results = run_sweep(file, folder)
    return {"seconds": time.perf_counter() - began, "runs": int(results.account["runs"])}
