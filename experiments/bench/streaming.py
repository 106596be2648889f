"""The first start, and a long stream: seconds until there is an answer, memory and disk for many runs."""

from __future__ import annotations

import math
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from experiments.bench.measured import Measured, in_fresh_python
from experiments.bench.subjects import SCENARIOS, STRATEGY, fitting_strategies

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
from experiments.bench.streaming import streamed
print(json.dumps(streamed(sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]))))
"""


def starts() -> Iterator[Measured]:
    """Measure the first start on a machine, which compiles, and the next one, which does not."""
    with tempfile.TemporaryDirectory() as empty:
        for what, is_cold in (("first start, compiling", True), ("next start", False)):
            found = in_fresh_python(START, SCENARIOS[0], STRATEGY, XDG_CACHE_HOME=empty)
            if found["warm"] is is_cold:
                raise RuntimeError(f"{what}: the cache was {'warm' if is_cold else 'cold'}")
            yield Measured(what, found["seconds"], "seconds")


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
