"""The controls of the page, made from the declarations: what can be set, to what, and where it comes from.

A control that is added to the model's numbers, its dimensions of design, its mechanisms or the keys of
a grown region appears here by itself. What a control is set to stands in the settings; see
`browser.steering.changes`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module
from math import floor, log10
from pathlib import Path
from typing import Any, Literal

import model
from browser.reading.codes import where
from browser.scene.limits import MOST_MONTHS
from browser.steering.wording import cut, plain, sets
from model.dimensions import DESIGNS, choices
from model.growth import Growth
from model.numbers import NUMBERS, Number
from model.parameters import CARRIED_BY, SWITCHABLE
from model.scenario_format import ScenarioText

#: What each mechanism says, by its name.
MECHANISMS = Path(model.__file__).with_name("mechanisms.toml")
#: The largest whole number that a browser tells from its neighbours.
WHOLE = 2**53 - 1
#: Groups of dimensions of design: the first of each, as ``designs.toml`` has them in order, and its title.
SECTIONS = {
    "D01": "The order of steps",
    "D14": "Criteria, verification, response",
    "D22": "The channel",
    "D29": "Who takes part",
    "Loops": "What runs across the dimensions",
    "I01": "Institutions",
}
#: Files of mechanisms that are not called like the group of numbers that acts in them.
FILES = {"civil society": "civil", "ledger": "record"}
#: Keys of the table ``[grow]`` in words.
GROWN = {
    "generator": "How borders are drawn",
    "seed": "Seed of the region",
    "states": "States",
    "bodies": "Regional and international bodies",
    "mediators": "Mediators",
    "civil_society": "Civil society actors",
    "disputes": "Disputes",
    "status": "Measures when it begins",
    "io_backed": "Chance that an international organisation has called for the measures",
    "senders": "Senders in a dispute, at most",
    "fewest_senders": "Senders in a dispute, at least",
    "neighbours": "Neighbours concerned with a dispute",
    "allies": "Allies of a target",
    "spoilers": "Spoilers in a dispute",
    "channels": "Mediators with access, by dispute",
    "trade_partners": "Trade partners of a state",
}


@dataclass(frozen=True)
class Option:
    """One of the values that a control may have.

    Attributes
    ----------
    value : what the control is set to
    title : in words
    about : what it is, in a few sentences
    reason : why it cannot be chosen; empty if it can
    group : what stands above it in a list
    """

    value: str | None
    title: str
    about: str = ""
    reason: str = ""
    group: str = ""


@dataclass(frozen=True)
class Control:
    """Something that can be set by hand.

    Attributes
    ----------
    key : by which a change names it, with parts between slashes
    kind : how it is set
    title : what it is, in words
    default : what it is without a change
    unit, low, high, step : of a number; a whole number without a default may be left empty
    source : where the default comes from
    meaning : what it does
    options : the values that it may have
    heading : what several controls in a row have in common
    empty : what it means that there is no value
    """

    key: str
    kind: Literal["select", "slider", "whole", "switch"]
    title: str
    default: Any = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    source: str = ""
    meaning: str = ""
    options: tuple[Option, ...] = ()
    heading: str = ""
    empty: str = ""


@dataclass(frozen=True)
class Group:
    """Controls that belong together."""

    key: str
    title: str
    controls: tuple[Control, ...]
    meaning: str = ""


@dataclass(frozen=True)
class Chapter:
    """Groups of controls of one kind."""

    key: str
    title: str
    groups: tuple[Group, ...]


@cache
def design() -> Chapter:
    """Return every question of design, by section; keys are those of the first plan."""
    table = tomllib.loads(DESIGNS.read_text(encoding="utf-8"))
    said = iter(choices())
    sections: dict[str, list[Control]] = {}
    for entry in [*table["dimension"], *table["institution"]]:
        if entry["id"] in SECTIONS:
            section = sections.setdefault(SECTIONS[entry["id"]], [])
        for question in entry.get("choice", [entry]):
            section.append(_question(entry, question, next(said).levels))
    groups = (Group(title, title, tuple(controls)) for title, controls in sections.items())
    return Chapter("design", "Design of the strategy", tuple(groups))


def _question(entry: Mapping[str, Any], question: Mapping[str, Any], levels: Mapping[str, Any]) -> Control:
    about = question.get("about", entry["name"])
    title, more = cut(plain(about))
    own = entry["id"] if entry["id"][1:].isdigit() else ""
    does = f"It {question['does']}." if "does" in question else ""
    # Stages beside a level are there for want of others: a strategy has its own.
    beside = {key: said for key, said in question.get("beside", {}).items() if key != "stages"}
    also = sets(beside)
    source = f"{entry['id'] if own else entry['name']} in docs/designs.md"
    remarks = (more, does, plain(question.get("acts", "")), f"Also sets {also}." if also else "")
    return Control(
        key=f"level/0/{entry['id']}/{about}",
        kind="select",
        title=title,
        source=source,
        meaning=" ".join(filter(None, remarks)),
        options=(Option(None, "as the strategy says"), *(Option(level, plain(level)) for level in levels)),
        heading=f"{own} {entry['name']}".strip(),
        empty="as the strategy says",
    )


@cache
def numbers() -> Chapter:
    """Return every uncertain number of the model, by the mechanisms in which it acts."""
    groups = (_family(name, declared) for name, declared in NUMBERS.items())
    return Chapter("numbers", "Numbers of the model", tuple(group for group in groups if group.controls))


def _family(name: str, declared: list[Number]) -> Group:
    said = import_module(f"model.mechanisms.{FILES.get(name, name)}").__doc__ or ""
    title, _, meaning = said.splitlines()[0].partition(": ")
    controls = tuple(_number(number) for number in declared if number.is_uncertain)
    return Group(f"numbers/{name}", title, controls, meaning)


def _number(number: Number) -> Control:
    return Control(
        key=f"number/{number.name}",
        kind="slider",
        title=number.meaning[0].upper() + number.meaning[1:],
        default=number.default,
        unit=number.unit,
        low=number.low,
        high=number.high,
        step=step_of(number.low, number.high),
        source=number.source,
        meaning=number.name,
    )


@cache
def mechanisms() -> Chapter:
    """Return every mechanism that has a switch; on is the default."""
    said = tomllib.loads(MECHANISMS.read_text(encoding="utf-8"))
    names = [f"M{number:02d}" for number in SWITCHABLE]
    controls = tuple(
        Control(f"without/{name}", "switch", said[name], default=True, heading=name, source=where(name))
        for name in names
    )
    carried = "; ".join(f"{name} is carried by {' and '.join(by)}" for name, by in CARRIED_BY.items())
    meaning = (
        f"{len(controls)} switches; {carried}. Without its tick a mechanism is switched off. The numbers are "
        "those of docs/mechanisms.md."
    )
    group = Group("without", "Mechanisms that act", controls, meaning)
    return Chapter("mechanisms", "Mechanisms", (group,))


def run(months: int) -> Chapter:
    """Return what is set of a run and of the ensemble beside it, where the scenario lasts some ``months``."""
    span = ScenarioText.model_json_schema()["properties"]["months"]
    controls = (
        Control(
            "months", "whole", "Length of a run", months, "months", span["minimum"],
            min(span["maximum"], MOST_MONTHS), 1.0, source="the scenario",
        ),
        Control(
            "uncertain", "switch", "The ensemble also draws the uncertain numbers", False,
            meaning="Each evenly from its range, but for those that are set by hand.",
            source="model/numbers.py",
        ),
    )  # fmt: skip
    return Chapter("run", "Length and ensemble", (Group("run", "Length and ensemble", controls),))


def region(table: Mapping[str, Any]) -> Chapter:
    """Return the keys of the ``table`` [grow] of a scenario's file."""
    declared = Growth.model_json_schema()["properties"]
    controls = tuple(
        _grown(name, schema, table.get(name, schema.get("default")))
        for name, schema in declared.items()
        if "$ref" not in schema
    )
    return Chapter("region", "The region that is grown", (Group("region", "How it is grown", controls),))


def _grown(name: str, schema: Mapping[str, Any], default: Any) -> Control:
    bounds = {**schema, **schema.get("anyOf", [{}])[0]}
    low, high = float(bounds.get("minimum", 0)), float(bounds.get("maximum", WHOLE))
    told = {"title": GROWN.get(name, name), "default": default, "source": "the scenario's table [grow]"}
    if "enum" in bounds:
        options = tuple(Option(word, word.replace("-", " ")) for word in bounds["enum"])
        return Control(f"grow/{name}", "select", options=options, **told)
    if bounds["type"] == "integer":
        empty = "as many as at most" if default is None else ""
        return Control(f"grow/{name}", "whole", low=low, high=high, step=1.0, empty=empty, **told)
    step = step_of(low, high)
    return Control(f"grow/{name}", "slider", unit="share", low=low, high=high, step=step, **told)


def step_of(low: float, high: float) -> float:
    """Return a round step that takes a slider from end to end in 100 to 250 of them."""
    least = (high - low) / 250.0
    tens = 10.0 ** floor(log10(least))
    return next(round(tens * times, 12) for times in (1, 2, 5, 10) if tens * times >= least)


def record(said: Any) -> Any:
    """Return a control, or whatever holds some, as JSON says it; what is empty stays out."""
    if isinstance(said, tuple):
        return [record(each) for each in said]
    if not isinstance(said, Chapter | Group | Control | Option):
        return said
    kept = {field.name: getattr(said, field.name) for field in fields(said)}
    return {name: record(value) for name, value in kept.items() if value not in (None, "", ())}
