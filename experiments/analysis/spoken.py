"""A section said on the terminal and kept in the results folder: its answer, its tables, its figures."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from experiments import figures, report, store
from experiments.analysis.section import Section

#: Where sections are kept in a results folder.
FOLDER = "analysis"
#: Rows of a table that a terminal shows; the file has all.
MOST_ROWS = 12


def say(section: Section, screen: Console) -> None:
    """Print a section: the question, the answer, sentences, the heads of its tables, and its notes."""
    screen.print(f"\n{section.question}", highlight=False, markup=False)
    screen.print(f"{ended(section.finding)}\n", style="bold", highlight=False, markup=False)
    for sentence in section.sentences:
        screen.print(f"- {sentence}", highlight=False, markup=False)
    for name, table in section.tables.items():
        if fits(table, screen.width):
            screen.print(
                f"\n{name.replace('-', ' ').capitalize()}", style="bold", highlight=False, markup=False
            )
            screen.print(tabled(table))
            if len(table) > MOST_ROWS:
                screen.print(f"... {len(table) - MOST_ROWS} more rows in the file", highlight=False)
    if section.notes:
        screen.print()
    for note in section.notes:
        screen.print(f"  {note}", style="dim", highlight=False, markup=False)


def ended(sentence: str) -> str:
    """Return a sentence with a full stop at its end."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def fits(table: pd.DataFrame, width: int) -> bool:
    """Return whether the head of a table can be read on a terminal; if not, its file has it."""
    shown = table.head(MOST_ROWS).reset_index() if table.index.name is not None else table.head(MOST_ROWS)
    widths = [
        max([len(str(name)), *(len(cell(value)) for value in column)]) for name, column in shown.items()
    ]
    return len(table) > 0 and sum(widths) + len(widths) <= width


def tabled(table: pd.DataFrame, rows: int = MOST_ROWS) -> Table:
    """Return the head of a table, fit for a terminal."""
    result = Table(box=None, pad_edge=False, header_style="bold", collapse_padding=True)
    named = table.index.name is not None
    for name in [*([str(table.index.name)] if named else []), *map(str, table.columns)]:
        result.add_column(name, overflow="fold")
    for index, row in table.head(rows).iterrows():
        result.add_row(*([str(index)] if named else []), *(cell(value) for value in row))
    return result


def cell(value: Any) -> str:
    """Return a cell as a reader wants it: few figures, yes or no, a dash where nothing applies."""
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if value is None or value is pd.NA:
        return "–"
    return report.number(float(value)) if isinstance(value, float) else str(value)


def write(section: Section, folder: Path, scenario: str | None = None) -> Path:
    """Write the figures and tables of a section into a results folder, in place of earlier ones.

    Where it is asked in several scenarios, the name of the ``scenario`` is a part of the place.

    Returns
    -------
    Path
        The folder in which they are.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    place = folder / FOLDER / (section.key if scenario is None else f"{section.key}-{scenario}")
    with store.refusals_explained(place):
        if place.exists():
            shutil.rmtree(place)
        place.mkdir(parents=True)
        for name, figure in section.figures.items():
            figures.save(figure, place / f"{name}.png")
        for name, table in section.tables.items():
            table.to_csv(place / f"{name.replace(' ', '-')}.csv", index=table.index.name is not None)
        text = [section.question, ended(section.finding), *section.sentences, *section.notes]
        (place / "findings.txt").write_text("\n\n".join([*text, report.LABEL]) + "\n", encoding="utf-8")
    return place
