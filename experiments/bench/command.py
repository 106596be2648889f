"""``make bench``: every measurement, one after the other, printed beside the goals.

Side by side on one core: the ensemble, the same model stepped through Mesa, Mesa's batch runner, and a plain
Mesa model. Then what a second thread or process adds, a watched month, the first start (which compiles) and
every later one, the memory and disk that a long stream takes, and what a sweep costs beside the bare runs.
Nothing is extrapolated: what is told of was run. Timings depend on the machine and on what else runs there,
so they are printed and never tested.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from experiments.bench import contenders, streaming, sweeping
from experiments.bench.measured import Measured, amount, in_fresh_python, tabled
from experiments.bench.subjects import SCENARIOS, STRATEGY, YARDSTICK, size_of


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
    yield from streaming.starts()
    in_fresh_python(streaming.START, SCENARIOS[0], STRATEGY)  # the user's own cache is warm from here on
    yield from contenders.side_by_side(repeats)
    for name in SCENARIOS:
        yield from contenders.scaling(name, 4000, repeats)
    for name in SCENARIOS:
        yield from contenders.watched(name, repeats)
    yield from sweeping.sweeps(repeats)
    yield from sweeping.resuming(runs)
    yield from streaming.stream(YARDSTICK, runs)


def bench(
    *,
    runs: Annotated[
        int, typer.Option(min=1, help="Runs streamed and swept: 1000000 for the goal.")
    ] = 100_000,
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
