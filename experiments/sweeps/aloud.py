"""Sweeps on the terminal: progress while they run, how to go on with one, what one would take."""

from __future__ import annotations

import shlex
from pathlib import Path

import typer
from rich.console import Console

from experiments import briefing, progress
from experiments.label import LABEL
from experiments.sweeps import sweep
from experiments.sweeps.experiment import Experiment, load_experiment
from experiments.sweeps.results import Results

#: Exit status of a command that was stopped by Ctrl-C.
STOPPED = 130
#: Bytes of a megabyte, seconds of a minute and of an hour.
MEGABYTE, MINUTE, HOUR = 1e6, 60, 3600


def command_of(named: str, out: Path | None, workers: int | None, cluster: str | None) -> str:
    """Return the command line that runs a sweep, or goes on with it."""
    words = ["backchannel", "sweep", named]
    words += ["--out", str(out)] if out else []
    words += ["--workers", str(workers)] if workers else []
    words += ["--cluster", cluster] if cluster else []
    return shlex.join(words)


def sweep_aloud(
    named: str, out: Path | None, workers: int | None, cluster: str | None, retry_failed: bool
) -> Results:
    """Run a sweep with its progress shown, or go on with it; say what came of it and what to ask next."""
    experiment, screen = load_experiment(named), briefing.console()
    command = command_of(named, out, workers, cluster)
    with progress.Progressing(f"'{experiment.name}'") as board:
        try:
            results = sweep.run_sweep(experiment, out, workers, cluster, board, retry_failed, command)
        except KeyboardInterrupt as stop:
            told = str(stop) or "what was done is kept"
            typer.echo(f"backchannel: stopped; {told}. To go on: {command}", err=True)
            raise typer.Exit(STOPPED) from None
    say(results, screen)
    return results


def say(results: Results, screen: Console) -> None:
    """Print how large a finished sweep is, what failed, and which questions can be asked of it."""
    account = results.account
    failures = results.failures()
    lines = [
        f"{results.title}: {account['runs']:,} runs of {counted(account['strategies'], 'strategy')} "
        f"in {counted(len(results.scenarios), 'scenario')}, kept in {results.folder}",
        *account["notes"],
        *failed(len(failures), failures["reason"].iloc[0] if len(failures) else "", results.folder),
        "",
        f"{LABEL}. Next: backchannel report {results.folder}",
    ]
    for line in lines:
        screen.print(line, highlight=False, markup=False, soft_wrap=True)


def failed(number: int, reason: str, folder: Path) -> list[str]:
    """Return in a sentence how many runs failed, if any did, and how they are done again."""
    if not number:
        return []
    told = f"{counted(number, 'run')} failed, the first with: {reason}"
    return [f"{told} ({folder}/failures has all; --retry-failed does them again)"]


def counted(number: int, noun: str) -> str:
    """Return a number of things: "1 strategy", "2 strategies"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def dry_run_aloud(named: str, workers: int | None) -> None:
    """Say how many runs an experiment has, how long it takes and how big it will be; nothing is kept."""
    experiment, screen = load_experiment(named), briefing.console()
    for line in estimate_told(experiment, sweep.dry_run(experiment, workers)):
        screen.print(line, highlight=False, markup=False, soft_wrap=True)


def estimate_told(experiment: Experiment, found: sweep.Estimate) -> list[str]:
    """Return in sentences what a sweep would take."""
    scenarios = counted(len(experiment.scenarios), "scenario")
    replicates = counted(experiment.replicates, "replicate")
    return [
        f"{experiment.title}: {counted(found.runs, 'run')}, {counted(found.rows, 'row')}",
        f"  {scenarios} x {counted(found.draws, 'draw')} x {replicates} x "
        f"{counted(found.strategies, 'strategy')}",
        f"  about {lasting(found.seconds)} here, and {found.bytes / MEGABYTE:.3g} MB on disk "
        f"(from {found.sample} runs tried now)",
        *(f"  {note}" for note in found.notes),
    ]


def lasting(seconds: float) -> str:
    """Return a duration as a person says it."""
    if seconds < 2 * MINUTE:
        return counted(round(seconds), "second")
    if seconds < 2 * HOUR:
        return f"{seconds / MINUTE:.0f} minutes"
    return f"{seconds / HOUR:.1f} hours"


def list_aloud() -> None:
    """Print the bundled experiments: name and question."""
    from rich.table import Table

    from experiments.sweeps.experiment import list_experiments

    table = Table("experiment", "question", box=None, pad_edge=False, header_style="bold")
    for name in list_experiments():
        table.add_row(name, load_experiment(name).title)
    briefing.console().print(table)
