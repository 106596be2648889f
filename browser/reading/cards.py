"""The card of one actor in one month: how it stands, its part in each dispute, its ties, what happened to it.

Every number is a column of the world, told with its unit; what a column means is said by its declaration.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from browser.reading.bonds import CHANGED, Bonds, bonds_of
from browser.reading.flows import sector_told
from browser.reading.look import column_of, held_in
from browser.reading.roles import role_told
from browser.scene.cast import Cast, Member
from browser.scene.snapshot import Snapshot
from browser.scene.story import Chapter
from model.agents import vocabulary_of
from model.chronicle import sentence_of
from model.records import Column
from model.vocabulary import Conduct, Kind, Role, Sector, word_of

#: Columns of each table that a card shows, in order.
SHOWN = {
    "states": (
        "support", "hardliners", "hardship", "elite_pain", "output", "loss", "gain", "legitimacy",
        "suspicion", "expectation", "resentment", "ownership", "rhetoric", "engagement",
        "size", "next_election",
    ),
    "bodies": ("rule", "cohesion", "votes", "in_favour", "pull", "can_host", "can_evaluate", "can_sponsor"),
    "mediators": ("credibility", "skill", "discretion", "bias", "busy", "capacity"),
    "civil": ("voice", "grievance", "aggrieved", "trust_in_government", "outlook"),
    "parties": ("character", "threat", "misreading", "red_line", "fatigue", "enforcement", "withheld"),
}  # fmt: skip
#: What is counted in months is called so.
TITLES = {"withheld": "months withheld"}
#: Events that a card shows at most.
EVENTS = 8


@dataclass(frozen=True)
class Fact:
    """One number or word of an actor.

    Attributes
    ----------
    name, title : the column, and what it is called here
    value, unit : as it is told
    meaning : what the column holds
    change : since the month before; empty where there is none
    share : for shares, how long its bar is, 0 to 1; None for others
    """

    name: str
    title: str
    value: str
    unit: str
    meaning: str
    change: str
    share: float | None


@dataclass(frozen=True)
class Measure:
    """The measures of a sender in one sector: their level before relief, and what of it is relieved."""

    sector: str
    imposed: float
    relieved: float


@dataclass(frozen=True)
class Part:
    """The part of an actor in one dispute.

    Attributes
    ----------
    dispute, role : in words
    said : how it stands there; empty where there is nothing to say
    facts : what the world holds of the party
    measures : its measures by sector, as far as it has any
    is_in_force : whether it keeps them in force
    """

    dispute: str
    role: str
    said: str
    facts: tuple[Fact, ...]
    measures: tuple[Measure, ...]
    is_in_force: bool


@dataclass(frozen=True)
class Happened:
    """One event that the actor had a part in."""

    date: str
    sentence: str


@dataclass(frozen=True)
class Card:
    """What a reader wants to know of one actor in one month."""

    name: str
    title: str
    kind: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    ties: tuple[Bonds, ...]
    events: tuple[Happened, ...]

    def plain(self) -> dict[str, Any]:
        """Return the card as plain data."""
        return asdict(self)


def card_of(chapter: Chapter, month: int, name: str) -> Card:
    """Return the card of an actor in a month."""
    cast, now, before = chapter.cast, chapter.at(month), chapter.at(max(month - 1, 0))
    member = cast.members[name]
    facts = facts_of(
        cast, member.table, now.row(member.table, member.row), before.row(member.table, member.row)
    )
    return Card(
        name,
        sentence_of(member.title),
        _kind(chapter, member, now),
        (*facts, *_trusted(cast, name, now, before)),
        tuple(_part(chapter, member, dispute, now, before) for dispute in member.roles),
        bonds_of(chapter, name, month),
        _events(chapter, name, now.month),
    )


def _kind(chapter: Chapter, member: Member, now: Snapshot) -> str:
    told = role_told(member, chapter.dispute)
    if member.kind == Kind.STATE:
        return told
    column = column_of(member.table, "kind")
    return f"{told}: {value_told(chapter.cast, column, now.row(member.table, member.row)['kind'])}"


# --- numbers ------------------------------------------------------------------------------------------------


def facts_of(cast: Cast, table: str, now: Any, before: Any) -> tuple[Fact, ...]:
    """Return what a card shows of one row of a table."""
    return tuple(fact_of(cast, column_of(table, name), now[name], before[name]) for name in SHOWN[table])


def fact_of(cast: Cast, column: Column, now: Any, before: Any) -> Fact:
    """Return one column of a row in words."""
    is_number = column.dtype.startswith("f")
    change = float(now) - float(before) if is_number else 0.0
    is_share = column.unit == "share" and column.low == 0.0
    return Fact(
        column.name,
        sentence_of(TITLES.get(column.name, column.name.replace("_", " "))),
        value_told(cast, column, now),
        "0–1" if is_share else column.unit if is_number and column.unit != "share" else "",
        sentence_of(column.meaning.partition(";")[0]),
        f"{change:+.3f}" if abs(change) >= CHANGED else "",
        min(max(float(now), 0.0), 1.0) if is_share else None,
    )


def value_told(cast: Cast, column: Column, value: Any) -> str:
    """Return a value of a column: a word, a date, a yes or no, or a number."""
    words = vocabulary_of(column)
    if words is not None:
        return word_of(words(int(value))).replace("-", " ")
    if column.unit == "month":
        return cast.scenario.date_of(int(value)) if value >= 0 else "never"
    if column.unit == "yes or no":
        return "yes" if value else "no"
    if not column.dtype.startswith("f"):
        return str(int(value))
    if not math.isfinite(value):
        return "–"
    return f"{float(value):.2f}" if abs(value) < 100 else f"{float(value):.0f}"


def _trusted(cast: Cast, name: str, now: Snapshot, before: Snapshot) -> list[Fact]:
    """Return the trust that others hold in an actor."""
    held, earlier = held_in(cast, now), held_in(cast, before)
    if name not in held:
        return []
    column = column_of("trust", "belief")._replace(
        name="trust_in_it", meaning="mean belief of others that it keeps its word"
    )
    return [fact_of(cast, column, held[name], earlier[name])]


# --- its part in a dispute ----------------------------------------------------------------------------------


def _part(chapter: Chapter, member: Member, dispute: str, now: Snapshot, before: Snapshot) -> Part:
    row = member.parties[dispute]
    party = now.row("parties", row)
    measures = tuple(
        Measure(
            sector_told(sector),
            round(float(party["imposed"][sector]), 3),
            round(float(party["relieved"][sector]), 3),
        )
        for sector in Sector
        if party["imposed"][sector] > 0
    )
    return Part(
        dispute.replace("-", " "),
        member.roles[dispute].replace("-", " "),
        _standing(now, party, bool(measures)),
        facts_of(chapter.cast, "parties", party, before.row("parties", row)),
        measures,
        bool(party["member"]),
    )


def _standing(now: Snapshot, party: Any, has_measures: bool) -> str:
    """Return how a party stands in its dispute."""
    role = Role(int(party["role"]))
    if role == Role.TARGET:
        dispute = now.row("disputes", int(party["dispute"]))
        if not dispute["agreed"].any():
            return "has promised nothing yet"
        conduct = Conduct(int(dispute["conduct"]))
        return f"{word_of(conduct)} in what it has promised"
    if role in (Role.LEAD_SENDER, Role.SENDER):
        if not has_measures:
            return "has no measures yet"
        return "keeps its measures in force" if party["member"] else "no longer keeps its measures in force"
    return ""


# --- events -------------------------------------------------------------------------------------------------


def _events(chapter: Chapter, name: str, month: int) -> tuple[Happened, ...]:
    """Return the last events that an actor had a part in, the latest first."""
    events = chapter.events
    mine = events[((events["who"] == name) | (events["whom"] == name)) & (events["month"] < month)]
    last = mine.tail(EVENTS)[["date", "sentence"]].itertuples(index=False)
    return tuple(Happened(str(date), str(sentence)) for date, sentence in last)[::-1]
