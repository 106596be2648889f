"""A comparison on the terminal: progress while it runs, then the table, the sentences and where it wrote."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from experiments import progress, store

if TYPE_CHECKING:
    import pandas as pd

    from experiments import compare, report

#: Below this width the table leaves out what the report still has.
WIDE = 110
NUMBERS = ("settled\nand lasted", "95%\ninterval", "months\nto relief", "months to\nagreement", "hardship")


def console() -> Console:
    """Return the terminal, or 120 columns of plain text where there is none."""
    screen = Console()
    if not screen.is_terminal and "COLUMNS" not in os.environ:
        return Console(width=120)
    return screen


def compare_aloud(order: compare.Order, out: Path | None) -> None:
    """Run a comparison with its progress shown, then print what it found."""
    from experiments import compare

    comparison = compare.prepare(order)
    place = out or store.default_folder("compare", comparison.scenario.name)
    count = len(comparison.strategies)
    what = f"{count} {'strategy' if count == 1 else 'strategies'} x {order.replicates:,} replicates"
    with progress.Progressing(what) as board:
        brief = compare.compare(comparison, place, board)
    announce(brief, place, console())


def announce(brief: report.Brief, place: Path, screen: Console) -> None:
    """Print the table, which differences are real, and where the results are."""
    from experiments import report

    screen.print(f"\n{brief.finding}.\n", style="bold", highlight=False, markup=False)
    screen.print(tabled(brief.table, screen.width))
    opening = [brief.about] if brief.about else []
    notes = [*opening, *brief.waits, *brief.verdicts, *brief.controls, *brief.unequal, *brief.misfits]
    for sentence in notes:
        screen.print(f"- {sentence}", highlight=False, markup=False)
    closing = f"\n{report.LABEL}. Written to {place} (open {place / 'report.html'})"
    screen.print(closing, highlight=False, markup=False, soft_wrap=True)


def tabled(table: pd.DataFrame, width: int) -> Table:
    """Return one row a strategy, fit for a terminal of `width` columns."""
    wide = width >= WIDE
    result = Table(box=None, pad_edge=False, header_style="bold", collapse_padding=True)
    result.add_column("strategy", overflow="fold")
    for heading in [*NUMBERS, *(["leaks", "reversals"] if wide else [])]:
        result.add_column(heading, justify="right", no_wrap=True)
    result.add_column("commonest failure")
    for name, row in table.iterrows():
        result.add_row(str(name), *_cells(row, wide))
    return result


def _cells(row: pd.Series[Any], wide: bool) -> list[str]:
    from experiments import report

    cells = [f"{row['share']:.0%}", f"{row['low']:.0%}–{row['high']:.0%}"]
    cells += [report.wait(row["relief"]), report.wait(row["agreement"]), _mean(row, "hardship")]
    cells += [_mean(row, "leaks"), _mean(row, "reversals")] if wide else []
    return [*cells, f"{row['failure']} ({row['failure_share']:.0%})" if wide else str(row["failure"])]


def _mean(row: pd.Series[Any], name: str) -> str:
    return f"{row[name]:.2f}" if name in row else "–"
