"""How a network is looked at: which layers can be drawn, and which quantity can give actors their size."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from browser.scene.cast import TABLES, Cast
from browser.scene.snapshot import Snapshot
from model.records import Column
from model.world import TABLES as WORLD


class Layer(NamedTuple):
    """One layer: its key, its name on a switch, and what its lines say."""

    key: str
    title: str
    about: str


#: Every layer that can be drawn, from what is played over the ties to the ties themselves.
LAYERS: dict[str, Layer] = {
    layer.key: layer
    for layer in (
        Layer("pressure", "Pressure", "measures in force, from each sender to the target"),
        Layer("spillover", "Spillover", "loss that reaches third states over their trade with the target"),
        Layer(
            "back channel", "Back channels", "back channels: bold and moving where open, dotted where closed"
        ),
        Layer("trust moves", "Trust moves", "beliefs that rose or fell this month"),
        Layer("trust", "Trust", "who believes that whom keeps its word, wider for a firmer belief"),
        Layer("trade", "Trade", "who trades with whom, wider for a larger share"),
        Layer("membership", "Members", "which states belong to which body"),
        Layer("constituency", "Publics", "into which states civil society reaches"),
        Layer("transnational", "Activists", "ties between civil society across borders"),
        Layer("proximity", "Borders", "who lies next to whom"),
    )
}


class Size(NamedTuple):
    """A quantity that gives actors their size.

    Attributes
    ----------
    key, title : how it is chosen, and what a reader chooses
    about : what it is in full
    columns : the column that is read, by table of the world; actors of other tables have no such quantity
    full : the value drawn largest, by table; else 1 of a share, of others the largest at the opening
    """

    key: str
    title: str
    about: str
    columns: Mapping[str, str]
    full: Mapping[str, float]


def _of(table: str, column: str, title: str, full: float | None = None) -> Size:
    about = column_of(table, column).meaning
    return Size(column, title, about, {table: column}, {} if full is None else {table: full})


def column_of(table: str, name: str) -> Column:
    """Return what the world declares of a column: its unit, its range and its meaning."""
    return next(column for column in WORLD[table] if column.name == name)


#: What the trust in an actor is.
TRUSTED = "mean belief of others that it keeps its word"

#: Every quantity to choose; that of trust is read from the beliefs that others hold.
SIZES: dict[str, Size] = {
    size.key: size
    for size in (
        Size(
            "influence",
            "Weight",
            "economy of a state, cohesion of a body, credibility of a mediator, voice of civil society",
            {"states": "size", "bodies": "cohesion", "mediators": "credibility", "civil": "voice"},
            {"bodies": 3.0, "mediators": 3.0, "civil": 3.0},
        ),
        Size("trust", "Trust in it", TRUSTED, dict.fromkeys(TABLES.values(), ""), {}),
        _of("states", "hardship", "Hardship"),
        _of("states", "support", "Support"),
        _of("states", "hardliners", "Hardliners"),
        _of("states", "legitimacy", "Legitimacy"),
        _of("states", "suspicion", "Suspicion"),
        _of("states", "ownership", "Ownership"),
        _of("states", "rhetoric", "Rhetoric"),
        _of("states", "loss", "Lost output", 10.0),
        _of("civil", "voice", "Voice"),
        _of("civil", "grievance", "Grievance"),
    )
}


@dataclass(frozen=True)
class Look:
    """How a network is looked at.

    Attributes
    ----------
    layers : the layers that are drawn, keys of `LAYERS`
    size : the quantity that gives actors their size, a key of `SIZES`
    card : the name of the actor whose card is open; empty for none
    """

    layers: tuple[str, ...] = ("pressure", "back channel", "trust moves")
    size: str = "influence"
    card: str = ""

    def switched(self, layer: str) -> Self:
        """Return this look with one layer the other way: drawn, or not; an unknown one changes nothing."""
        wanted = {*self.layers} ^ ({layer} & LAYERS.keys())
        return replace(self, layers=tuple(key for key in LAYERS if key in wanted))

    def sized(self, size: str) -> Self:
        """Return this look with another quantity for size; an unknown one changes nothing."""
        return replace(self, size=size) if size in SIZES else self

    def opened(self, card: str | None) -> Self:
        """Return this look with the card of another actor open, or none."""
        return replace(self, card=card or "")


class Quantity(NamedTuple):
    """The value of one actor, its unit, what it is, and how large it is drawn, 0 to 1."""

    value: float
    unit: str
    meaning: str
    share: float


def quantities(cast: Cast, now: Snapshot, opening: Snapshot, key: str) -> dict[str, Quantity]:
    """Return the quantity ``key`` of every actor that has it."""
    size = SIZES[key]
    trust = held_in(cast, now) if key == "trust" else {}
    found = {}
    for name, member in cast.members.items():
        column = size.columns.get(member.table)
        if key == "trust":
            if name in trust:
                found[name] = Quantity(trust[name], "share", TRUSTED, trust[name])
        elif column:
            value = float(now.row(member.table, member.row)[column])
            said = column_of(member.table, column)
            full = size.full.get(member.table) or _full(opening.tables[member.table][column], said)
            drawn = min(max(value / full, 0.0), 1.0) if full > 0 else 0.0
            found[name] = Quantity(value, said.unit, said.meaning, drawn)
    return found


def _full(opening: NDArray[Any], column: Column) -> float:
    """Return the value of a column drawn largest: 1 of a share, of others the largest at the opening."""
    return column.high if math.isfinite(column.high) else float(opening.max())


def held_in(cast: Cast, now: Snapshot) -> dict[str, float]:
    """Return the mean belief that others hold in each actor in whom somebody has a belief."""
    whom = [cast.members[tie.end].number for tie in cast.layer("trust")]
    number = len(cast.members)
    held: NDArray[np.float64] = np.bincount(whom, now.tables["trust"]["belief"], number)
    count: NDArray[np.int64] = np.bincount(whom, minlength=number)
    return {
        member.name: float(held[member.number] / count[member.number])
        for member in cast.members.values()
        if count[member.number]
    }
