"""One month seen from within: what each phase read, what it moved, and what it wrote into the ledger.

The month is lived by the very phases of `model.calendar`, one at a time and uncompiled, on a branch: the
model that is looked into stays where it is. Their order is read from the calendar itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from model.vocabulary import MILESTONES, SECTORS, Milestone, Sector, words_of

if TYPE_CHECKING:
    from model import SanctionsModel

#: Columns of `Look.moved`.
MOVED = ("table", "who", "column", "before", "after", "unit", "meaning")
#: Tables that only keep account of what the others hold.
ACCOUNTS = ("tallies", "ledger", "seen")
#: The words of a column that holds several numbers, by how many there are.
PARTS = {SECTORS: words_of(Sector), MILESTONES: words_of(Milestone)}


@dataclass(frozen=True)
class Look:
    """One phase of one month.

    Attributes
    ----------
    name : str
        What it does, in a verb, as `model.calendar` calls it.
    family : str
        The file of mechanisms that it stands in.
    says : str
        The first sentence of its own description.
    reads : tuple of str
        The columns that it looked at, as in ``disputes.tension``.
    moved : pandas.DataFrame
        What it changed: a row for each number, with whose it is, and the number before and after.
    events : tuple of str
        What it wrote into the ledger, in sentences.
    """

    name: str
    family: str
    says: str
    reads: tuple[str, ...]
    moved: pd.DataFrame
    events: tuple[str, ...]


class Row(np.record):  # type: ignore[misc]
    """A row that notes which of its columns are looked at; a subclass for each table says which it is of."""

    table: ClassVar[str] = ""
    columns: ClassVar[frozenset[str]] = frozenset()
    noted: ClassVar[set[str]] = set()

    def __getattribute__(self, name: str) -> Any:
        own = type(self)
        if name in own.columns:
            own.noted.add(f"{own.table}.{name}")
        return super().__getattribute__(name)


class Table(np.ndarray[Any, Any]):
    """A table of such rows, whose columns read as attributes too."""

    def __getattr__(self, name: str) -> Any:
        if name not in (self.dtype.names or ()):
            raise AttributeError(name)
        Row.noted.add(f"{self.dtype.type.table}.{name}")
        return self.view(np.ndarray)[name]


def list_mechanisms() -> dict[str, str]:
    """Return what each mechanism with a switch of its own says, by its name, as in ``without=("M14",)``."""
    from model.parameters import SWITCHABLE

    return {name: words for name, words in said().items() if int(name[1:]) in SWITCHABLE}


def said() -> dict[str, str]:
    """Return every mechanism in order, and what it says."""
    from importlib.resources import files

    return dict(tomllib.loads((files("model") / "mechanisms.toml").read_text(encoding="utf-8")))


def look_inside(model: SanctionsModel) -> list[Look]:
    """Return the coming month of ``model`` phase by phase, in the order of `model.calendar`.

    The model does not move: a branch of it lives the month. It is lived as plain Python, which takes a moment
    in a large scenario, and comes out as `SanctionsModel.step` does, to the last bit. Rules of a user's own
    stand at the end.
    """
    return list(lived(model.branch()))


def lived(model: SanctionsModel) -> Iterator[Look]:
    """Live one month on ``model`` itself, a phase at a time; what happens after the last look is up to it."""
    from model.calendar import advance, begin
    from model.model import luck_of

    model._make_room()
    with np.errstate(over="ignore"):
        luck = np.uint64(luck_of(model.seed, model.replicate))
        given = model.terms.given._replace(luck=luck)
        if model.month == 0:  # hidden characters are drawn again, alike, as the first month does
            begin(model.world, given)
    for phase in [*phases_of(advance), *model.terms.phases]:
        before, written = tables_of(model), model.world.written
        Row.noted.clear()
        with np.errstate(over="ignore"):
            phase(noting(model.world), given, model.month)
        yield Look(
            phase.__name__,
            phase.__module__.rpartition(".")[2],
            (phase.__doc__ or "").strip().partition("\n")[0],
            tuple(sorted(Row.noted)),
            moved(model, before),
            tuple(model.events(written)["sentence"].astype(str)),
        )


def phases_of(advance: Any) -> list[Any]:
    """Return the phases of a month in their order, read from the code that calls them."""
    plain = getattr(advance, "py_func", advance)
    return [plain.__globals__[name] for name in plain.__code__.co_names]


def noting(world: Any) -> Any:
    """Return the same tables, with rows that note which of their columns are looked at."""
    return world._replace(
        **{
            name: table.view(np.ndarray).view(np.dtype((row_of(name), table.dtype)), Table)
            for name, table in zip(world._fields, world, strict=True)
            if name not in ACCOUNTS
        }
    )


@cache
def row_of(table: str) -> type[Row]:
    """Return the class of the rows of a table."""
    from model.world import TABLES

    columns = frozenset(column.name for column in TABLES[table])
    return type("Row", (Row,), {"table": table, "columns": columns})


def tables_of(model: SanctionsModel) -> dict[str, Any]:
    """Return a copy of every table but the accounts, as it stands."""
    kept = zip(model.world._fields, model.world, strict=True)
    return {name: table.view(np.ndarray).copy() for name, table in kept if name not in ACCOUNTS}


def moved(model: SanctionsModel, before: dict[str, Any]) -> pd.DataFrame:
    """Return every number that differs from ``before``, a row each."""
    from model.world import TABLES

    rows = []
    for table, then in before.items():
        now, names = getattr(model.world, table).view(np.ndarray), rows_named(model, table)
        for column in TABLES[table]:
            for place in zip(*np.nonzero(then[column.name] != now[column.name]), strict=True):
                part = f" ({PARTS[column.shape][place[1]]})" if column.shape in PARTS else ""
                values = (value[column.name][place].item() for value in (then, now))
                said = (column.name.replace("_", " ") + part, *values, column.unit, column.meaning)
                rows.append((table, names[place[0]], *said))
    return pd.DataFrame(rows, columns=list(MOVED))


def rows_named(model: SanctionsModel, table: str) -> list[str]:
    """Return whose row each row of ``table`` is."""
    case, ties = model.case, model.terms.setting.network.trust_ties
    mediators = [mediator.name for mediator in case.text.mediators]
    named: dict[str, list[str]] = {
        "states": [state.name for state in case.text.states],
        "bodies": [body.name for body in case.text.bodies],
        "mediators": mediators,
        "civil": [civil.name for civil in case.text.civil_society],
        "disputes": list(case.disputes),
        "parties": [f"{state} in {dispute}" for dispute, state in case.parties],
        "channels": [
            f"{mediators[row.mediator]} in {case.disputes[row.dispute]}" for row in model.world.channels
        ],
        "trust": [f"{case.actors[tie.who]} about {case.actors[tie.whom]}" for tie in ties],
    }
    tracks = list(model.strategy.tracks)
    named["processes"] = [
        f"{tracks[row.track] if row.track < len(tracks) else 'no track'} in {case.disputes[row.dispute]}"
        for row in model.world.processes
    ]
    return named[table]
