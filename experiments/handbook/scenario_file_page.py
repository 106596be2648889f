"""The page of the keys of a scenario file, made from what reads it: docs/scenario-files.md."""

from __future__ import annotations

import inspect
from enum import IntEnum
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from experiments.handbook.filling import coded, table
from experiments.handbook.places import NOTE
from experiments.handbook.strategy_file_page import default_of, kinds_in
from model import scenario_names
from model.growth import Growth, Ranges
from model.scenario_format import ENTRIES
from model.world import TABLES

#: Whose columns the keys of an entry fill: a table of the world, by the entry's place in a file.
FILLS = {
    "states": "states",
    "bodies": "bodies",
    "mediators": "mediators",
    "civil_society": "civil",
    "trust": "trust",
    "disputes": "disputes",
    "disputes.parties": "parties",
    "disputes.milestones": "disputes",
    "disputes.channels": "channels",
}
#: What a key says that fills no column, or that says it otherwise than the column.
SAYS: dict[str, dict[str, str]] = {
    "": {
        "name": "what it is called in commands and tables",
        "title": "how it is headed",
        "description": "what it is about",
        "start": "the first month",
        "months": "how long a run lasts unless it is asked otherwise",
        "sources": "where its figures are from",
    },
    "acquaintance": {
        "belief": "what one who watches another believes of it at first",
        "evidence": "on how many promises' worth of experience",
        "layers": "along which layers actors watch one another",
        "least_trade": "how large a share of trade makes one watch",
    },
    "states": {
        "name": "how other tables refer to it",
        "next_election": "its next regular election, if there is one",
    },
    "bodies": {"name": "how other tables refer to it"},
    "mediators": {"name": "how other tables refer to it", "home": "state it belongs to"},
    "civil_society": {
        "name": "how other tables refer to it",
        "access": "access it has before a strategy grants more",
    },
    "trade": {
        "from": "whose trade",
        "to": "with whom",
        "share": "of its trade in every sector",
        "shares": "of its trade in these sectors, instead",
    },
    "members": {"state": "who", "body": "of what", "vote": "with how much weight"},
    "constituencies": {"civil_society": "who", "state": "into which state", "reach": "how far it reaches"},
    "transnational": {"first": "one", "second": "the other", "weight": "how closely they are tied"},
    "proximity": {"first": "one", "second": "the other", "weight": "how near they lie"},
    "trust": {"from": "who believes", "to": "of whom"},
    "disputes": {
        "name": "how it is called",
        "issue": "what it is about",
        "target": "of whom something is asked",
        "lead": "who leads the senders",
    },
    "disputes.parties": {
        "state": "who",
        "veto_of": "the party whose moves a veto player can block",
    },
    "disputes.parties.prior": {
        "sincere": "chance of a sincere leader",
        "opportunist": "chance of an opportunist",
        "hardline": "chance of a hardline leader",
    },
    "disputes.milestones": {"name": "what is asked"},
    "calendar": {
        "date": "when it happens",
        "kind": "what happens",
        "dispute": "in which dispute, where there are several",
        "state": "whose election, or whose measures",
        "sectors": "in which sectors measures are raised",
        "amount": "to which level measures are raised, or how much an incident heats",
        "note": "a remark for the reader",
    },
    "grow": {
        "generator": "which generator of networks makes the map",
        "seed": "root of its draws",
        "states": "how many states",
        "bodies": "how many bodies",
        "mediators": "how many mediators",
        "civil_society": "how many groups of civil society",
        "disputes": "how many disputes",
        "status": "where the disputes stand at the start",
        "io_backed": "chance that an international organisation backs the measures",
        "senders": "most senders of a dispute",
        "fewest_senders": "fewest senders; as many as the most where it is not said",
        "neighbours": "neighbours of each target that are party to its dispute",
        "allies": "allies of each target",
        "spoilers": "spoilers of each dispute",
        "channels": "possible back channels of each dispute",
        "trade_partners": "strongest ties of trade that each state has",
    },
    "grow.ranges": {
        "exposure": "share of output that hangs on foreign trade",
        "covered_trade": "share of the target's trade that the senders hold together",
        "cost": "what the whole demand costs the target",
        "worth": "what the whole demand is worth to the lead sender",
        "threat": "level that a sender's measures have, or would have",
        "access": "a mediator's access to either side",
        "hostile_belief": "what the sides of a dispute believe of each other",
        "belief": "what a target believes of its allies",
    },
}
#: What a key holds, by the type that reads it.
HOLDS = (
    (scenario_names.Levels, "shares by sector"),
    (scenario_names.Flows, "points by sector"),
    (scenario_names.Share, "share"),
    (scenario_names.Amount, "0 or more"),
    (scenario_names.Months, "months"),
    (scenario_names.Name, "name"),
    (scenario_names.Date, "month"),
    (scenario_names.LaterDate, "month"),
    (scenario_names.StateName, "a state"),
    (scenario_names.BodyName, "a body"),
    (scenario_names.MediatorName, "a mediator"),
    (scenario_names.CivilName, "a group"),
    (scenario_names.ActorName, "an actor"),
    (scenario_names.DisputeName, "a dispute"),
    (scenario_names.SectorWord, "[Sector](words.md#sector)"),
    (bool, "yes or no"),
    (int, "whole number"),
    (float, "number"),
    (str, "text"),
)


def page() -> str:
    """Return the page of the keys of a scenario file."""
    parts = [
        "# Scenario files\n",
        NOTE,
        "A scenario is a TOML file: who is in the world, how they are tied, what is disputed, and which "
        "dates are known. Here is every table with its keys. A month reads like `2012-01`. Levels and "
        "beliefs are shares between 0 and 1, flows are in points (one per cent of a year's output, a "
        "year); what is said by sector reads like `{ energy = 0.6, finance = 0.4 }`. A fault is answered "
        "with its place and what is allowed. The format stands in "
        "[model/scenario_format.py](../model/scenario_format.py) and "
        "[model/dispute_format.py](../model/dispute_format.py), the bundled files in "
        "[model/scenarios](../model/scenarios).\n",
        *(part for place, entry in ENTRIES.items() for part in _entry(place, entry)),
        *_entry("grow", Growth, "A synthetic region. A file that has this table says no actors of its own."),
        *_entry(
            "grow.ranges", Ranges, "The range that each figure of a grown region is drawn from, low and high."
        ),
    ]
    return "\n".join(parts)


def _entry(place: str, entry: type[BaseModel], about: str = "") -> list[str]:
    says = dict(SAYS.get(place, {}))
    for name in (FILLS[place],) if place in FILLS else ():
        says = {column.name: column.meaning for column in TABLES[name]} | says
    if entry is Ranges:
        says = {column.name: column.meaning for column in COLUMNS} | says
    hints = get_type_hints(entry, include_extras=True)
    rows = []
    for name, field in entry.model_fields.items():
        key = field.alias or name
        path = f"{place}.{name}".removeprefix(".")
        if path in ENTRIES or path == "grow.ranges":
            rows.append((f"`{key}`", default_of(field), "", f"[below](#{path.replace('.', '')})"))
        else:
            rows.append((f"`{key}`", default_of(field), _holds(hints[name]), says.get(key, "")))
    title = f"`{_spelt(place)}`" if place else "The file"
    keys = table("key | default | holds | what it says", rows)
    return [f"## {title}\n", f"{about or inspect.getdoc(entry)}\n", keys, ""]


#: Columns whose meaning the ranges of a grown region share.
COLUMNS = [column for name in ("states", "parties", "disputes", "mediators") for column in TABLES[name]]


def _spelt(place: str) -> str:
    """Return the heading of a table as a file spells it: in two brackets where it may come several times."""
    *above, name = place.split(".")
    if place in ("disputes.parties.prior", "grow", "grow.ranges"):
        return f"[{place}]"
    many = "list[" in str(get_type_hints(ENTRIES[".".join(above)])[name])
    return f"[[{place}]]" if many else f"[{place}]"


def _holds(hint: Any) -> str:
    """Return what a key holds, in words."""
    for kind in kinds_in(hint):
        if isinstance(kind, type) and issubclass(kind, IntEnum):
            return f"[{kind.__name__}](words.md#{kind.__name__.lower()})"
    words = [word for kind in kinds_in(hint) for word in get_args(kind) if isinstance(word, str)]
    if words:
        return coded(words)
    for kind in (hint, *get_args(hint)):
        for known, told in HOLDS:
            if kind == known:
                return told
    return "low and high"
