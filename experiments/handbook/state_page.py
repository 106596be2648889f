"""The page of every column of the world and every monthly series: docs/state.md."""

from __future__ import annotations

from math import inf

from experiments.handbook.filling import coded, table
from experiments.handbook.month import page_of
from experiments.handbook.places import NOTE
from model.records import Column
from model.series import SERIES
from model.vocabulary import MILESTONES, SECTORS
from model.world import TABLES

#: What a row of each table is.
ROWS = {
    "states": ("States", "A row is a state, with its government and its public."),
    "bodies": (
        "Bodies",
        "A row is a regional organisation, an international one, a coalition or an inspectorate.",
    ),
    "mediators": ("Mediators", "A row is somebody who carries messages between two sides."),
    "civil": (
        "Civil society",
        "A row is a group of one society: a watchdog, a community, business, media and so on.",
    ),
    "parties": (
        "Parties",
        "A row is the part of one state in one dispute. What a government feels and wants in that dispute "
        "stands here.",
    ),
    "disputes": ("Disputes", "A row is a dispute: a coalition of senders, a target, and what is asked."),
    "processes": ("Processes", "A row is a track of talks in a dispute, with a clock of its own."),
    "channels": ("Back channels", "A row is a line that a mediator could keep, or keeps, between two sides."),
    "trust": ("Trust", "A row is what one actor believes of another."),
    "tallies": (
        "Tallies",
        "A row is the record of a dispute while it is lived. Nothing in it moves the world; outcomes are "
        "made of it.",
    ),
    "ledger": (
        "Ledger",
        "A row is an event. Which there are, and how they are told, says [events.md](events.md).",
    ),
    "seen": ("Counts of events", "A row is a dispute, and one more for what belongs to none."),
}
SHAPES = {SECTORS: "by sector", MILESTONES: "by milestone"}


def page() -> str:
    """Return the page of the state variables."""
    columns = sum(len(columns) for columns in TABLES.values())
    moved = sum(column.is_state for columns in TABLES.values() for column in columns)
    parts = [
        "# State variables\n",
        NOTE,
        f"A world is {len(TABLES)} tables with {columns} columns. {moved} of them are moved by the month; "
        "the others are set when a run starts, by the scenario or by what follows from it, and stay. "
        "Every column is declared once, in [model/world.py](../model/world.py) and "
        "[model/tallies.py](../model/tallies.py), with its unit, its range, what it means and what moves "
        "it; a test compares the last with the code.\n\nA **share** lies between 0 and 1 and moves by "
        "pushes, never by clipping. A **point** is one per cent of a year's output of the state in "
        "question, or the political equivalent that its government would trade for it. A **month** is "
        "counted from the start of the run; -1 is never. A **row** is the place of another table's row; "
        "-1 is none. Words are listed in [words.md](words.md).\n",
        *(part for name in TABLES for part in _section(name)),
        "## Monthly series\n",
        "What is read off a dispute at the end of each month, for a watched run and for an ensemble that "
        "is traced. Nothing in the month reads them.\n",
        table(
            "series | unit | what it is",
            [(f"`{one.name}`", one.unit, one.meaning) for one in SERIES.values()],
        ),
        "",
    ]
    return "\n".join(parts)


def _section(name: str) -> list[str]:
    title, about = ROWS[name]
    moved = [column for column in TABLES[name] if column.is_state]
    still = [column for column in TABLES[name] if not column.is_state]
    parts = [f"## {title}\n", f"Table `{name}`. {about}\n"]
    if moved:
        heading = "column | unit | range | what it is | moved by"
        parts += [table(heading, [(*_cells(column), _movers(column)) for column in moved]), ""]
    if still:
        parts += ["Set at the start:\n" if moved else "Set at the start.\n"]
        parts += [table("column | unit | range | what it is", [_cells(column) for column in still]), ""]
    return parts


def _cells(column: Column) -> tuple[str, str, str, str]:
    unit = f"[{column.unit}](words.md#{column.unit.lower()})" if column.unit[0].isupper() else column.unit
    shape = (
        f"{column.meaning}; {SHAPES.get(column.shape, f'{column.shape} values')}" if column.shape > 1 else ""
    )
    meaning = column.meaning if "by sector" in column.meaning or "each milestone" in column.meaning else shape
    return f"`{column.name}`", unit, range_of(column), meaning or column.meaning


def range_of(column: Column) -> str:
    """Return the range of a column in words."""
    if column.unit[0].isupper():
        return "one of its words"
    if column.unit in ("month", "row"):
        return "-1 or more" if column.low < 0 else "0 or more"
    low, high = (f"{end:g}" for end in (column.low, column.high))
    if column.high == inf:
        return "any" if column.low == -inf else f"{low} or more"
    return f"{low} to {high}"


def _movers(column: Column) -> str:
    found = []
    for mover in (word.strip() for word in column.moved_by.split(",")):
        place = page_of(mover)
        found.append(f"[{mover}]({place})" if place else mover)
    return ", ".join(found)


def columns_moved_by(mover: str) -> str:
    """Return the columns that an item of the month moves, as code, table by table."""
    found = [
        f"{name}.{column.name}"
        for name, columns in TABLES.items()
        for column in columns
        if mover in [word.strip() for word in column.moved_by.split(",")]
    ]
    return coded(found)
