"""What a month, a run and a million runs cost, measured side by side in one go: ``make bench``.

Five measurements: runs a second of the ensemble on one and on two threads, the same month watched through
Mesa one step at a time, the first start (which compiles) and every later one, and the memory and disk that
a long stream of outcomes takes. Nothing is extrapolated: the stream is really run, for ``--runs`` runs.
Timings depend on the machine and on what else runs there, so they are printed and never tested; of those
that are repeated, the best comes closest to what the work itself costs.
"""

from __future__ import annotations

import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

SCENARIOS = ("iran-2012", "stylised-region")
#: The scenario that the goals are stated for: 60 agents, 500 ties, 120 months.
YARDSTICK = "stylised-region"
STRATEGY = "step-for-step"
WORKERS = (1, 2)
MILLION = 1_000_000
GIGABYTE = 1e9

#: A fresh interpreter that runs one month, as the first command of a new user would, and says what it met.
START = """
import json, sys, time
began = time.perf_counter()
import model
from model.compiled import is_warm
warm = is_warm()
model.run_ensemble(sys.argv[1], sys.argv[2], replicates=1, months=1, workers=1)
print(json.dumps({"warm": warm, "seconds": time.perf_counter() - began}))
"""
#: A fresh interpreter that streams outcomes to disk, so that its memory is its own.
STREAM = """
import json, pathlib, sys
from experiments.bench import streamed
print(json.dumps(streamed(sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]))))
"""


@dataclass(frozen=True)
class Measured:
    """One figure: what was measured, how much, and what it should be where there is a goal."""

    what: str
    value: float
    unit: str
    goal: float | None = None
    high_is_good: bool = False
    #: Why the goal cannot be judged by this figure, or "".
    short_of: str = ""
    #: The median of the repeats where ``value`` is the best of them.
    median: float | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none, or this figure cannot tell."""
        if self.goal is None or self.short_of:
            return None
        return self.value >= self.goal if self.high_is_good else self.value < self.goal

    def verdict(self) -> str:
        """Return the goal and whether it is reached, in words."""
        if self.goal is None:
            return ""
        bound = "at least" if self.high_is_good else "under"
        told = self.short_of or ("reached" if self.reached else "not reached")
        return f"{bound} {amount(self.goal)} {self.unit}: {told}"


def amount(value: float) -> str:
    """Return ``value`` with three figures that matter."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def size_of(name: str) -> str:
    """Return how large a scenario is: its agents, the ties of all its layers, its months."""
    import model
    from model.network import graph_of

    scenario = model.load_scenario(name)
    ties = graph_of(scenario).number_of_edges()
    return f"{name}: {len(scenario.actors)} agents, {ties} ties, {scenario.months} months"


def fitting_strategies(scenario: Any) -> list[str]:
    """Return the bundled strategies that can run in ``scenario``."""
    import model
    from experiments.compare import fitting

    entries, _ = fitting([model.load_strategy(name) for name in model.list_strategies()], scenario, False)
    return [entry.name for entry in entries]


def pace(name: str, runs: int, repeats: int) -> Iterator[Measured]:
    """Measure runs a second of the ensemble, on one and on two threads in turn, every strategy alike."""
    import model

    scenario = model.load_scenario(name)
    strategies = fitting_strategies(scenario)
    replicates = math.ceil(runs / len(strategies))
    rates: dict[int, list[float]] = {workers: [] for workers in WORKERS}
    for _ in range(repeats):
        for workers in WORKERS:
            seconds = lasting(partial(model.run_ensemble, scenario, strategies, replicates, workers=workers))
            rates[workers].append(len(strategies) * replicates / seconds)
    for workers, found in rates.items():
        goal = 1000.0 if name == YARDSTICK and workers == max(WORKERS) else None
        what, middle = f"{name}, {workers} worker{'s' * (workers > 1)}", statistics.median(found)
        yield Measured(what, max(found), "runs a second", goal, high_is_good=True, median=middle)


def watched(name: str, repeats: int) -> Iterator[Measured]:
    """Measure the same month driven through Mesa, a step at a time, nothing collected."""
    import model

    steps = []
    for replicate in range(4 * repeats):
        life = model.SanctionsModel(name, STRATEGY, replicate=replicate, collect=False)
        steps.append(1e6 * lasting(life.run) / life.horizon)
    middle = statistics.median(steps)
    yield Measured(f"{name}, a watched month", min(steps), "microseconds", 100.0, median=middle)


def lasting(act: Callable[[], Any]) -> float:
    """Return how many seconds ``act`` takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def starts() -> Iterator[Measured]:
    """Measure the first start on a machine, which compiles, and the next one, which does not."""
    with tempfile.TemporaryDirectory() as empty:
        for what, is_cold in (("first start, compiling", True), ("next start", False)):
            found = in_fresh_python(START, SCENARIOS[0], STRATEGY, XDG_CACHE_HOME=empty)
            if found["warm"] is is_cold:
                raise RuntimeError(f"{what}: the cache was {'warm' if is_cold else 'cold'}")
            yield Measured(what, found["seconds"], "seconds")


def in_fresh_python(program: str, *words: str, **environment: str) -> Any:
    """Return what ``program``, run in an interpreter of its own, prints as JSON."""
    answer = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def stream(name: str, runs: int) -> Iterator[Measured]:
    """Measure the memory and the disk that at least ``runs`` runs take when streamed to Parquet."""
    with tempfile.TemporaryDirectory() as folder:
        found = in_fresh_python(STREAM, name, str(runs), folder)
    rows = found["rows"]
    short_of = "" if rows >= MILLION else f"not shown by fewer than {MILLION:,} runs (--runs)"
    told = f"{rows:,} runs streamed"
    yield Measured(f"{told}, most memory", found["peak"] / GIGABYTE, "GB", 2.0, short_of=short_of)
    yield Measured(f"{told}, rows on disk", rows, "rows")
    yield Measured(f"{told}, size on disk", found["bytes"] / 1e6, "MB")
    yield Measured(f"{told}, time", found["seconds"], "seconds")


def streamed(name: str, runs: int, folder: Path) -> dict[str, float]:
    """Stream at least ``runs`` runs of all strategies over drawn parameters into ``folder``; return the cost.

    Returns
    -------
    dict
        ``rows`` read back from disk, ``bytes`` there, ``seconds``, and ``peak``, the most memory in bytes
        that this process has held.
    """
    import model
    from experiments import designs, store

    began = time.perf_counter()
    scenario = model.load_scenario(name)
    strategies = fitting_strategies(scenario)
    replicates = math.ceil(runs / len(strategies))
    draws = designs.latin_hypercube(model.Parameters.table(), replicates, seed=7)
    batches = model.stream_ensemble(scenario, strategies, replicates, parameters=draws)
    for number, batch in enumerate(batches):
        store.write_runs(batch, folder / f"runs-{number:05d}.parquet")
    seconds = time.perf_counter() - began
    return {
        "rows": rows_in(folder),
        "bytes": sum(path.stat().st_size for path in folder.glob("runs-*.parquet")),
        "seconds": seconds,
        "peak": peak_memory(),
    }


def rows_in(folder: Path) -> int:
    """Return how many rows the Parquet files of ``folder`` hold."""
    import duckdb

    with duckdb.connect() as connection:
        answer = connection.execute("SELECT count(*) FROM read_parquet(?)", [f"{folder}/runs-*.parquet"])
        return int((answer.fetchone() or (0,))[0])


def peak_memory() -> int:
    """Return the most memory in bytes that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the parent held when it started this process
        kilobytes = next(line.split()[1] for line in status.read_text().splitlines() if "VmHWM" in line)
        return 1024 * int(kilobytes)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else 1024 * most


def machine() -> dict[str, Any]:
    """Return what the figures depend on: processors, versions, and how busy the machine was beforehand."""
    from experiments.manifest import source_commit, versions

    return {
        "scenarios": [size_of(name) for name in SCENARIOS],
        "processor": platform.machine(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "versions": versions(),
        "source": source_commit(),
    }


def measurements(runs: int, repeats: int) -> Iterator[Measured]:
    """Take every measurement, one after the other; nothing runs beside it."""
    yield from starts()
    in_fresh_python(START, SCENARIOS[0], STRATEGY)  # the user's own cache is warm from here on
    for name in SCENARIOS:
        yield from pace(name, 2000, repeats)
    for name in SCENARIOS:
        yield from watched(name, repeats)
    yield from stream(YARDSTICK, runs)


def tabled(found: list[Measured]) -> Table:
    """Return the figures beside their goals."""
    table = Table("measured", box=None, pad_edge=False, header_style="bold")
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("median", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("goal")
    for entry in found:
        middle = "" if entry.median is None else amount(entry.median)
        table.add_row(entry.what, amount(entry.value), middle, entry.unit, entry.verdict())
    return table


def bench(
    *,
    runs: Annotated[int, typer.Option(min=1, help="Runs streamed to disk: 1000000 for the goal.")] = 100_000,
    repeats: Annotated[int, typer.Option(min=1, help="How often the quick ones are repeated.")] = 5,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here too.")] = None,
) -> None:
    """Measure what a month, a run and many runs cost, and print it beside the goals."""
    from experiments.briefing import console

    about, found = machine(), []
    screen, aside = console(), Console(stderr=True)
    with aside.status("compiling the model, cold; a minute or two") as status:
        for entry in measurements(runs, repeats):
            found.append(entry)
            line = f"{entry.what}: {amount(entry.value)} {entry.unit}"
            status.update(f"{line}; next ...")
            if not aside.is_terminal:
                aside.print(line, highlight=False, soft_wrap=True)
    screen.print(tabled(found))
    busy = f"{about['processors']} processors, load {about['load']} before the start"
    told = "Repeated ones: the best, and the median; they lie apart where something else was running"
    for line in ("", *about["scenarios"], busy, told):
        screen.print(line, highlight=False)
    if json_file is not None:
        written = {
            "machine": about,
            "measured": [asdict(entry) | {"reached": entry.reached} for entry in found],
        }
        json_file.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(bench)
