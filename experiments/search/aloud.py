"""A search on the terminal: progress while it runs, how to go on with one, and what it found."""

from __future__ import annotations

import shlex
from pathlib import Path

import typer

from experiments import briefing, progress, report
from experiments.analysis import spoken
from experiments.search.search import run_search
from experiments.search.told import section
from experiments.sweeps.aloud import STOPPED
from experiments.sweeps.experiment import load_experiment


def command_of(
    named: str, out: Path | None, workers: int | None, cluster: str | None, enumerate_all: bool
) -> str:
    """Return the command line that runs a search, or goes on with it."""
    words = ["backchannel", "search", named]
    words += ["--out", str(out)] if out else []
    words += ["--workers", str(workers)] if workers else []
    words += ["--cluster", cluster] if cluster else []
    return shlex.join([*words, *(["--enumerate"] if enumerate_all else [])])


def search_aloud(
    named: str, out: Path | None, workers: int | None, cluster: str | None, enumerate_all: bool
) -> None:
    """Run a search with its progress shown, or go on with it; say what it found, and keep it."""
    experiment, screen = load_experiment(named), briefing.console()
    command = command_of(named, out, workers, cluster, enumerate_all)
    with progress.Progressing(f"the search of '{experiment.name}'") as board:
        try:
            results = run_search(
                experiment, out, workers, cluster, board, enumerate_all or None, command=command
            )
        except KeyboardInterrupt:
            typer.echo(f"backchannel: stopped; what was done is kept. To go on: {command}", err=True)
            raise typer.Exit(STOPPED) from None
    found = section(results)
    place = spoken.write(found, results.folder)
    spoken.say(found, screen)
    screen.print(
        f"\n{report.LABEL}. Figures and tables: {place}", highlight=False, markup=False, soft_wrap=True
    )
