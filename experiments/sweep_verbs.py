"""The verbs of sweeps: run one, plan one, search, and ask a results folder one question after the other."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

File = Annotated[str, typer.Argument(help="A bundled experiment, or a path to a file.")]
Folder = Annotated[Path, typer.Argument(help="The results folder of a sweep.")]
Out = Annotated[Path | None, typer.Option(help="Folder for the results; the same one goes on with a sweep.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Processes; by default threads, one a processor.")]
Cluster = Annotated[str | None, typer.Option(help="Address of a running Dask scheduler, instead.")]
Scenario = Annotated[str | None, typer.Option(help="In which scenario; default: the first.")]
Dispute = Annotated[str | None, typer.Option(help="In which dispute; default: the scenario's first.")]
Outcome = Annotated[str | None, typer.Option(help="On which outcome; default: the experiment's own.")]
Outcomes = Annotated[list[str] | None, typer.Option("--outcome", help="On which outcomes; repeat it.")]
Strategy = Annotated[str | None, typer.Option(help="Of which strategy; default: the first.")]
Against = Annotated[str | None, typer.Option(help="Only against this strategy.")]


def add_to(main: typer.Typer) -> None:
    """Give the command line the verbs of sweeps."""
    panels: dict[str, tuple[Callable[..., None], ...]] = {
        "Sweeps": (sweep, replicates, search, experiments),
        "Questions to a sweep": (differences, orders, survival, robustness, drivers, conditions, report),
    }
    for panel, verbs in panels.items():
        for verb in verbs:
            main.command(rich_help_panel=panel)(verb)


def sweep(
    *,
    file: File,
    out: Out = None,
    workers: Workers = None,
    cluster: Cluster = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many, how long, how big.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Do failed runs again.")] = False,
) -> None:
    """Run an experiment in batches; the same command goes on with one that was stopped."""
    from experiments.sweeps import aloud

    if dry_run:
        aloud.dry_run_aloud(file, workers)
        return
    results = aloud.sweep_aloud(file, out, workers, cluster, retry_failed)
    raise typer.Exit(0 if results.finished else 1)


def experiments() -> None:
    """List the bundled experiments."""
    from experiments.sweeps import aloud

    aloud.list_aloud()


def replicates(
    *,
    file: File,
    outcome: Outcome = None,
    half_width: Annotated[
        float, typer.Option(min=0.0, help="Wanted: plus or minus so much, in the unit of the outcome.")
    ] = 0.05,
    strategy: Annotated[
        str | None, typer.Option(help="Only what this one differs from others; default: every pair.")
    ] = None,
    against: Against = None,
    at_most: Annotated[int, typer.Option(min=2, help="Give up after so many units of luck.")] = 20_000,
    out: Out = None,
) -> None:
    """Find out how many replicates are enough for a wanted interval (paired, sequential)."""
    from experiments.sweeps import enough_told
    from experiments.sweeps.experiment import load_experiment

    wanted = outcome or load_experiment(file).outcome
    enough_told.enough_aloud(file, half_width, wanted, strategy, against, at_most, out)


def search(
    *,
    file: File,
    out: Out = None,
    workers: Workers = None,
    cluster: Cluster = None,
    enumerate_all: Annotated[
        bool, typer.Option("--enumerate", help="Also run every candidate, and say what the search missed.")
    ] = False,
) -> None:
    """Search orders and levers for strategies that are good in several ways at once; resumable."""
    from experiments.search import aloud

    aloud.search_aloud(file, out, workers, cluster, enumerate_all)


def differences(
    *,
    results: Folder,
    scenario: Scenario = None,
    dispute: Dispute = None,
    outcome: Outcomes = None,
    against: Against = None,
) -> None:
    """Say which strategies differ, in pairs on the same luck."""
    _tell(results, "differences", scenario=scenario, dispute=dispute, outcomes=outcome, against=against)


def orders(
    *,
    results: Folder,
    scenario: Scenario = None,
    dispute: Dispute = None,
    outcome: Outcome = None,
    base: Annotated[str | None, typer.Option(help="Orders of which strategy's steps.")] = None,
) -> None:
    """Say what it is worth that one step comes before another."""
    _tell(results, "orders", scenario=scenario, dispute=dispute, outcome=outcome, base=base)


def survival(*, results: Folder, scenario: Scenario = None, dispute: Dispute = None) -> None:
    """Say how long agreements last, when relief comes, and in which ways it fails."""
    _tell(results, "survival", scenario=scenario, dispute=dispute)


def robustness(
    *,
    results: Folder,
    scenario: Annotated[str | None, typer.Option(help="One scenario; default: all together.")] = None,
    dispute: Dispute = None,
    outcome: Outcomes = None,
    threshold: Annotated[
        list[str] | None, typer.Option(help="What is good enough, as hardship=0.25; repeat it.")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Of the resamples.")] = None,
) -> None:
    """Say how strategies stand up in every state of the world: regret, thresholds, ranks, Pareto front."""
    wanted = _thresholds(threshold)
    told = {"scenario": scenario, "dispute": dispute, "outcomes": outcome, "thresholds": wanted, "seed": seed}
    _tell(results, "robustness", **told)


def drivers(
    *,
    results: Folder,
    scenario: Scenario = None,
    dispute: Dispute = None,
    outcome: Outcome = None,
    strategy: Annotated[str | None, typer.Option(help="Of which strategy; default: their mean.")] = None,
    against: Annotated[str | None, typer.Option(help="What drives its lead over this one.")] = None,
) -> None:
    """Say which uncertain numbers and which levers drive an outcome, or a difference between two."""
    told = {"scenario": scenario, "dispute": dispute, "outcome": outcome}
    _tell(results, "drivers", **told, strategy=strategy, against=against)


def conditions(
    *,
    results: Folder,
    strategy: Strategy = None,
    against: Annotated[str | None, typer.Option(help="Loses to which; default: the best other.")] = None,
    outcome: Outcome = None,
    margin: Annotated[float | None, typer.Option(min=0.0, help="By at least so much.")] = None,
    at_least: Annotated[float | None, typer.Option(help="Fails this threshold, instead.")] = None,
    number: Annotated[list[str] | None, typer.Option(help="Look at this number only; repeat it.")] = None,
    step: Annotated[int | None, typer.Option(min=0, help="Another box: its row in the trajectory.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Which half is held out.")] = None,
    scenario: Scenario = None,
    dispute: Dispute = None,
) -> None:
    """Say under which conditions a strategy loses, as boxes in words."""
    if margin is not None and at_least is not None:
        raise typer.BadParameter("--margin and --at-least exclude each other: a lead, or a threshold")
    told = {"scenario": scenario, "dispute": dispute, "outcome": outcome, "strategy": strategy}
    case = {"against": against, "margin": margin, "at_least": at_least}
    _tell(results, "conditions", **told, **case, numbers=tuple(number or ()), step=step, seed=seed)


def report(
    *,
    results: Folder,
    dispute: Annotated[
        str | None, typer.Option(help="Of which dispute; default: the first of each scenario.")
    ] = None,
) -> None:
    """Ask every question that a sweep can answer, and write one page with all of it."""
    from experiments.analysis import page

    page.report_aloud(results, dispute)


def _tell(folder: Path, verb: str, **options: Any) -> None:
    from experiments import briefing
    from experiments.analysis import page, spoken
    from experiments.analysis.questions import ask
    from experiments.report import LABEL
    from experiments.sweeps.results import Results

    results, screen = Results(folder), briefing.console()
    section = ask(results, verb, **options)
    place = spoken.write(section, folder)
    spoken.say(section, screen)
    scenario = options["scenario"] or (None if verb == "robustness" else results.scenarios[0])
    chapter = page.Chapter(verb, scenario, section)
    if any(len(results.disputes[name]) > 1 for name in ([scenario] if scenario else results.scenarios)):
        where = page.where_of(results, chapter, options["dispute"], "--dispute names another")
        screen.print(f"\n{where}", highlight=False, markup=False)
    screen.print(f"\n{LABEL}. Figures and tables: {place}", highlight=False, markup=False, soft_wrap=True)


def _thresholds(said: list[str] | None) -> dict[str, float] | None:
    found: dict[str, float] = {}
    for entry in said or ():
        name, _, value = entry.partition("=")
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise typer.BadParameter(f"--threshold {entry}: write it as hardship=0.25")
        if name.strip() in found:
            raise typer.BadParameter(f"--threshold {entry}: {name.strip()} is named twice")
        found[name.strip()] = number
    return found or None
