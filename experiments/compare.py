"""Which strategy settles a dispute, and lasts? Every strategy on the same luck, told with its uncertainty."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

import model
from experiments import (
    controls,
    designs,
    figures,
    findings,
    manifest,
    measures,
    palette,
    report,
    statistics,
    store,
)
from model.scenario import Scenario
from model.vocabulary import InputError

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Order:
    """What is to be compared, and how.

    Attributes
    ----------
    scenario, strategies : names of bundled ones, paths to files, or what else `model.load_scenario` and
        `model.load_strategy` read; no strategies: all bundled, no variants
    replicates : runs of each strategy
    seed : the luck, and the draws of the uncertain parameters
    months : length of a run, None for the scenario's own
    workers : threads, None for as many as there are processors
    fixed : whether the uncertain parameters stay at their defaults
    matched : which of relief, pressure and effort are made equal before strategies are compared
    placebo : how many copies with shuffled stages each strategy is compared with
    dispute : in which dispute strategies are compared, None for the scenario's first
    """

    scenario: Any
    strategies: tuple[Any, ...] = ()
    replicates: int = 200
    seed: int = 7
    months: int | None = None
    workers: int | None = None
    fixed: bool = False
    matched: tuple[str, ...] = ()
    placebo: int = 0
    dispute: str | None = None

    def command(self) -> str:
        """Return the command line that gives the same numbers again."""
        words = ["backchannel", "compare", self.scenario]
        for name in self.strategies:
            words += ["--strategy", name]
        words += ["--replicates", str(self.replicates), "--seed", str(self.seed)]
        words += ["--months", str(self.months)] if self.months else []
        words += ["--matched", ",".join(self.matched)] if self.matched else []
        words += ["--placebo", str(self.placebo)] if self.placebo else []
        words += ["--dispute", self.dispute] if self.dispute else []
        return shlex.join([*words, *(["--fixed-parameters"] if self.fixed else [])])


@dataclass(frozen=True)
class Comparison:
    """An order with its files read: nothing is left that could be mistyped."""

    order: Order
    scenario: Any
    strategies: list[Any]
    months: int
    ranges: pd.DataFrame
    draws: pd.DataFrame | None
    misfits: list[str]
    copies: dict[str, list[str]]
    controls: list[str]

    @property
    def dispute(self) -> str:
        """The dispute that is compared."""
        return str(self.order.dispute or self.scenario.disputes[0])

    @property
    def shuffled(self) -> list[str]:
        """The names of all shuffled copies."""
        return [name for made in self.copies.values() for name in made]

    def told(self, runs: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the dispute that is compared, named as text and with waits counted."""
        return findings.prepared(runs[runs["dispute"] == self.dispute], self.months)


def prepare(order: Order) -> Comparison:
    """Read and check everything that `order` names.

    Raises
    ------
    InputError
        If a file or a name is wrong, a strategy is named twice, or means cannot be made equal.
    """
    is_read = isinstance(order.scenario, Scenario)
    scenario = order.scenario if is_read else model.load_scenario(order.scenario)
    scenario.place_of(order.dispute)
    named = [model.load_strategy(name) for name in order.strategies or model.list_strategies(False)]
    strategies, misfits = fitting(named, scenario, refuse=bool(order.strategies))
    check_once(strategies)
    strategies, copies, told = controls.controlled(strategies, scenario, order.matched, order.placebo)
    table = model.Parameters().table()
    ranges = designs.uncertain(table).iloc[:0] if order.fixed else designs.uncertain(table)
    draws = None if ranges.empty else designs.latin_hypercube(table, order.replicates, order.seed)
    months = order.months or scenario.months
    return Comparison(order, scenario, strategies, months, ranges, draws, misfits, copies, told)


def check_once(strategies: Sequence[Any]) -> None:
    """Raise if two of the strategies have one name."""
    twice = [name for name, times in Counter(strategy.name for strategy in strategies).items() if times > 1]
    if twice:
        raise InputError(f"strategy '{twice[0]}' (--strategy) is named twice: name each strategy once")


def fitting(strategies: list[Any], scenario: Any, refuse: bool) -> tuple[list[Any], list[str]]:
    """Return the strategies that can run in `scenario`, and of each other one why it cannot.

    Raises
    ------
    InputError
        If one cannot, and `refuse`: the user named it; or if none can.
    """
    fit, misfits = [], []
    for strategy in strategies:
        try:
            strategy.check(scenario)
        except InputError as misfit:
            if refuse:
                raise
            misfits.append(f"{strategy.name} is left out: {reason(misfit, strategy)}.")
        else:
            fit.append(strategy)
    if not fit:
        raise InputError(f"no bundled strategy fits '{scenario.name}': {misfits[0]}")
    return fit, misfits


def reason(misfit: InputError, strategy: Any) -> str:
    """Return the first reason why a strategy does not fit, without its name and the place of its file."""
    told = str(misfit).splitlines()[0]
    return told.removeprefix(f"{strategy.label}: ")


def simulate(comparison: Comparison, progress: Progress | None = None) -> pd.DataFrame:
    """Return the runs of every strategy on every replicate, one row a run and dispute."""
    order = comparison.order
    return model.run_ensemble(
        comparison.scenario,
        comparison.strategies,
        replicates=order.replicates,
        seed=order.seed,
        parameters=comparison.draws,
        months=comparison.months,
        workers=order.workers,
        progress=progress,
    )


def interpret(comparison: Comparison, runs: pd.DataFrame, started: str, folder: Path) -> report.Brief:
    """Return what `runs` say of the dispute that is compared, with the figures drawn into `folder`."""
    known = comparison.told(runs)
    pairs = {measure: statistics.differences(known, measure.column) for measure in findings.measured(known)}
    table = findings.summary(known)
    primary = pairs[measures.MEASURES[0]]
    totals = planned(comparison.strategies, comparison.scenario).loc[list(table.index)]
    several, copies = len(table) > 1, comparison.shuffled
    return report.Brief(
        scenario=comparison.scenario,
        strategies=comparison.strategies,
        months=comparison.months,
        about=findings.about(comparison.dispute, comparison.scenario.disputes),
        finding=findings.headline(known, primary, copies),
        table=table,
        waits=findings.seldom(table),
        verdicts=[findings.verdict(known, pairs[each], each, copies) for each in pairs] if several else [],
        standings=findings.standings(known, primary) if several else [],
        totals=totals,
        unequal=findings.unequal_means(totals),
        misfits=comparison.misfits,
        controls=[*comparison.controls, *findings.against_shuffled(primary, comparison.copies)],
        ranges=comparison.ranges,
        pairs=primary,
        figures=draw(comparison, known, table, primary, folder),
        manifest=account(comparison, started),
    )


def planned(strategies: Sequence[Any], scenario: Any) -> pd.DataFrame:
    """Return the total relief, pressure and effort that each strategy plans, one row a strategy."""
    totals = {strategy.name: strategy.totals(scenario) for strategy in strategies}
    rows = {name: (total.relief, total.pressure, total.effort) for name, total in totals.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["relief", "pressure", "effort"], dtype=float)


def draw(
    comparison: Comparison, runs: pd.DataFrame, table: pd.DataFrame, pairs: pd.DataFrame, folder: Path
) -> dict[str, Path]:
    """Draw the figures of a comparison into `folder` and return where each is."""
    folder.mkdir(exist_ok=True)
    drawn = pictured(comparison, runs, table, pairs)
    for name, figure in drawn.items():
        figures.save(figure, folder / f"{name}.png")
    return {name: folder / f"{name}.png" for name in drawn}


def pictured(
    comparison: Comparison, runs: pd.DataFrame, table: pd.DataFrame, pairs: pd.DataFrame
) -> dict[str, Figure]:
    """Return the figures of a comparison by name."""
    order = [str(name) for name in table.index]
    marks = palette.strategy_marks(order, model.list_strategies())
    copies = comparison.shuffled
    drawn = {
        "shares": figures.shares(table, marks, findings.headline(runs, pairs, copies)),
        "endings": figures.endings(runs, order, findings.ending_title(runs)),
        "waits": figures.waits(table, comparison.months, marks, findings.waiting_title(table, copies)),
    }
    if len(order) > 2:  # a matrix of one pair says less than its sentence
        drawn["contrasts"] = figures.contrasts(pairs, order, findings.contrast_title(pairs))
    return drawn


def account(comparison: Comparison, started: str) -> dict[str, Any]:
    """Return the manifest of a comparison."""
    order = comparison.order
    columns = [name for name in ("low", "high", "default", "unit") if name in comparison.ranges]
    settings = {
        "seed": order.seed,
        "replicates": order.replicates,
        "months": comparison.months,
        "dispute": comparison.dispute,
        "fixed_parameters": order.fixed,
        "matched": list(order.matched),
        "placebo": order.placebo,
        "parameter_ranges": comparison.ranges[columns].to_dict("index"),
    }
    return manifest.describe(order.command(), comparison.scenario, comparison.strategies, started, settings)


def compare(comparison: Comparison, out: Path, progress: Progress | None = None) -> report.Brief:
    """Run a comparison and write its results folder `out`: runs, figures, report and manifest.

    Raises
    ------
    InputError
        If `out` is occupied or cannot be written; nothing is run then.
    """
    started = manifest.now()
    with store.results_folder(out) as folder:
        runs = simulate(comparison, progress)
        store.write_runs(runs, folder / store.RUNS)
        if comparison.controls:  # they stand in no file of their own
            store.write_strategies(comparison.strategies, folder)
        brief = interpret(comparison, runs, started, folder / "figures")
        (folder / "report.html").write_text(report.render(brief), encoding="utf-8")
        manifest.write_manifest(folder, brief.manifest)
    return brief
