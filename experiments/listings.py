"""What there is to choose from, and what a scenario or a strategy says, in words for the terminal."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.console import Console
from rich.table import Table

import model
from experiments import compare, findings
from model.vocabulary import InputError, nearest

if TYPE_CHECKING:
    from model.scenario import Scenario
    from model.strategy import Strategy


def first_sentence(text: str) -> str:
    """Return `text` up to the end of its first sentence."""
    words = " ".join(text.split())
    return words.split(". ")[0].rstrip(".") + "." if words else ""


def scenarios() -> Table:
    """Return the bundled scenarios with a line on each."""
    table = Table("scenario", "months", "what it is", box=None, pad_edge=False)
    for name in model.list_scenarios():
        entry = model.load_scenario(name)
        table.add_row(name, str(entry.months), first_sentence(entry.description) or entry.title)
    return table


def strategies(totals_in: str | None = None) -> Table:
    """Return the bundled strategies, each with a line, or with its totals in the scenario `totals_in`."""
    entries = [model.load_strategy(name) for name in model.list_strategies()]
    if totals_in is not None:
        return _totals(compare.planned(entries, model.load_scenario(totals_in)))
    table = Table("archetype", "strategy", "what it is", box=None, pad_edge=False)
    for entry in sorted((entry for entry in entries if entry.varies is None), key=_catalogued):
        table.add_row(
            entry.archetype or "neutral", entry.name, first_sentence(entry.description) or entry.title
        )
        for variant in (other for other in entries if other.varies == entry.name):
            table.add_row("", f"  {variant.name}", first_sentence(variant.description) or variant.title)
    return table


def _catalogued(entry: Strategy) -> tuple[str, str]:
    """Return by what bundled strategies are put in order: the neutral one, then archetype by archetype."""
    return entry.archetype or "", entry.name


def _totals(totals: pd.DataFrame) -> Table:
    table = Table("strategy", box=None, pad_edge=False)
    for name, unit in findings.MEANS.items():
        table.add_column(f"{name}\n({unit})", justify="right")
    for strategy, row in totals.iterrows():
        table.add_row(str(strategy), f"{row.relief:.2f}", f"{row.pressure:.1f}", f"{row.effort:,.0f}")
    return table


def parameters() -> Table:
    """Return every parameter with default, range, unit and source; a star marks those that vary."""
    table = Table(
        "parameter", "", "default", "low", "high", "unit", "source", "meaning", box=None, pad_edge=False
    )
    for name, row in model.Parameters().table().iterrows():
        numbers = [_number(row[column]) for column in ("default", "low", "high")]
        table.add_row(
            str(name),
            "*" if row.uncertain else "",
            *numbers,
            str(row.unit),
            str(row.source),
            str(row.meaning),
        )
    return table


def _number(value: float | tuple[float, ...]) -> str:
    return ", ".join(f"{one:.4g}" for one in (value if isinstance(value, tuple) else (value,)))


def show(name: str, console: Console) -> None:
    """Print the summary of the scenario or the strategy that is called `name`.

    Raises
    ------
    InputError
        If neither is called so.
    """
    scenarios, strategies = model.list_scenarios(), model.list_strategies()
    if name in strategies:
        _show_strategy(model.load_strategy(name), console)
    elif name in scenarios:
        _show_scenario(model.load_scenario(name), console)
    elif Path(name).is_file():
        _show_file(name, console)
    else:
        hint = (
            nearest(name, [*scenarios, *strategies])
            or "; backchannel scenarios and strategies list the names"
        )
        raise InputError(f"'{name}' is neither a scenario nor a strategy, nor a file{hint}")


def _show_file(name: str, console: Console) -> None:
    """Print what the file `name` holds; one with stages, or that varies another, is read as a strategy."""
    text = Path(name).read_text(encoding="utf-8", errors="replace")
    if re.search(r"^\s*(\[\[?\s*(stages|every_stage)\b|varies\s*=)", text, re.MULTILINE):
        _show_strategy(model.load_strategy(name), console)
    else:
        _show_scenario(model.load_scenario(name), console)


def _show_scenario(scenario: Scenario, console: Console) -> None:
    kinds = Counter(kind.name.lower().replace("_", " ") for kind in scenario.kind_of.values())
    lines = [
        " ".join(scenario.description.split()),
        f"{scenario.months} months from {scenario.start}",
        f"Disputes: {findings.listed(scenario.disputes, at_most=12)}",
        f"Principals: {findings.listed(scenario.principals, at_most=12)}",
        f"Actors: {', '.join(f'{kind} {number}' for kind, number in kinds.items())}",
    ]
    _print_entry(f"{scenario.name}  {scenario.title}", lines, console)


def _show_strategy(strategy: Strategy, console: Console) -> None:
    of = ", ".join(filter(None, [strategy.archetype, strategy.varies and f"varies {strategy.varies}"]))
    heading = f"{strategy.name}  {strategy.title}{f' ({of})' if of else ''}"
    _print_entry(heading, ["", strategy.text().rstrip()], console)


def _print_entry(heading: str, lines: list[str], console: Console) -> None:
    console.print(heading, style="bold", highlight=False, markup=False)
    for line in lines:
        console.print(line, highlight=False, markup=False)
