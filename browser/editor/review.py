"""What there is to say of a draft of a strategy: its faults and where each is, running sums and totals."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tomli_w
from pydantic import ValidationError

from browser.editor.drafts import Draft, own_name
from browser.editor.editing import Path, sections
from browser.scene.settings import Settings
from model import list_strategies
from model.means import Totals, months_in, totals_of
from model.strategy import Strategy, toml_of
from model.strategy_faults import ROUNDING, given_back, translated
from model.strategy_fit import Setting, ground_of, misfits
from model.strategy_format import Pressure, Script, Stage, Table
from model.vocabulary import InputError, Milestone, Sector, word_of, words_of

#: What a stage is taken to say where what it says cannot be read.
READABLE = {"title": "without a title", "release": "verified"}


@dataclass(frozen=True)
class Fault:
    """Something that is wrong: where (stages and rules counted from 0), and the sentence that says what."""

    place: Path
    text: str


@dataclass(frozen=True)
class Standing:
    """Where a strategy stands by the end of one stage.

    Attributes
    ----------
    title, track, trigger : of the stage
    asks, relief : what it asks and gives, in short, as the file says it
    begins, ends : least months from the opening until it begins and ends
    given : share of each sector's measures given back so far, by the sender who gives most
    asked : depth of each milestone asked so far on its track
    over : sectors in which more than all is given back by then
    below : milestones of which less is asked than an earlier stage of the track asks
    is_unreachable : whether an earlier stage of the track can never be passed
    """

    title: str
    track: str
    trigger: str
    asks: str
    relief: str
    begins: int
    ends: int
    given: Mapping[str, float]
    asked: Mapping[str, float]
    over: tuple[str, ...]
    below: tuple[str, ...]
    is_unreachable: bool


@dataclass(frozen=True)
class Review:
    """All that there is to say of a draft.

    Attributes
    ----------
    name : as the draft says it
    faults : what keeps it from being a strategy
    misfits : what keeps it from being used in this scenario, or under this name
    notes : what it leaves undone, which is no fault
    standings : one for each stage
    demanded : the milestones that the scenario's disputes demand
    totals : its means; None while they cannot be told
    change : how they differ from those of the strategy one started from; None where there is none
    text : its file
    """

    name: str
    faults: tuple[Fault, ...]
    misfits: tuple[Fault, ...]
    notes: tuple[str, ...]
    standings: tuple[Standing, ...]
    demanded: tuple[str, ...]
    totals: Totals | None
    change: Totals | None
    text: str

    @property
    def is_usable(self) -> bool:
        """Whether it can be put to use."""
        return not self.faults and not self.misfits


def review(draft: Draft, scenario: Setting, start: Strategy | None = None) -> Review:
    """Return what there is to say of a draft in a scenario, compared with the strategy one started from."""
    strategy, faults = judged(draft)
    script = strategy or readable(draft)
    known = script if strategy else well_formed(draft)
    wrong = [Fault(place_of(line), line) for line in misfits(known, scenario)] if known else []
    name = str(draft.get("name", ""))
    if name in list_strategies():
        told = f"name: '{name}' is a bundled strategy; a name of its own, such as {own_name(name)}"
        wrong.append(Fault(("name",), told))
    demanded = demanded_in(scenario)
    standings = tuple(_standings(script, faults))
    totals = totals_of(known, scenario) if known and known.stages else None
    return Review(
        name=name,
        faults=faults,
        misfits=tuple(wrong),
        notes=tuple(_notes(standings, demanded)),
        standings=standings,
        demanded=demanded,
        totals=totals,
        change=_change(totals, start.totals(scenario)) if totals and start else None,
        text=strategy.text() if strategy else unfinished(draft),
    )


def used(settings: Settings, place: int, reviewed: Review, former: str = "") -> Settings:
    """Return settings in which the plan at ``place`` executes the strategy that was reviewed.

    Parameters
    ----------
    settings : Settings
    place : int
    reviewed : Review
    former : str
        A name under which it was used before and that is given up, if nothing else uses it.

    Raises
    ------
    InputError
        If it has faults, or does not fit.
    """
    if not reviewed.is_usable:
        raise InputError("\n".join(fault.text for fault in (*reviewed.faults, *reviewed.misfits)))
    changed = settings.with_own_strategy(reviewed.text)
    changed = changed.with_plan(place, strategy=reviewed.name, levels=())
    if former == reviewed.name or former in [plan.strategy for plan in changed.plans]:
        return changed
    return changed.but(strategies=tuple(own for own in changed.strategies if own[0] != former))


# --- faults -------------------------------------------------------------------------------------------------


def judged(draft: Draft) -> tuple[Strategy | None, tuple[Fault, ...]]:
    """Return the strategy that a draft says, or None and its faults."""
    try:
        return Strategy.model_validate(draft), ()
    except ValidationError as error:
        lines = translated(error, Strategy)
    return None, tuple(Fault(place_of(line), line) for line in lines)


def place_of(line: str) -> Path:
    """Return the place that a fault begins with: "stages[2].asks.all: ..." is in stages, 1, asks, all."""
    key = line.partition(": ")[0]
    parts = re.findall(r"\[(\d+)\]|([^.\[\]]+)", key)
    return tuple(int(number) - 1 if number else name for number, name in parts)


def well_formed(draft: Draft) -> Script | None:
    """Return what a draft says if each of its keys is well formed by itself, whatever else is wrong."""
    try:
        return Script.model_validate(draft)
    except ValidationError:
        return None


def readable(draft: Draft) -> Script:
    """Return the stages and the pressure of a draft as far as they can be read; only for running sums."""
    stages = tuple(_readable(Stage, READABLE | stage) for stage in sections(draft, "stages"))
    pressure = _readable(Pressure, draft.get("pressure", {}))
    return Script.model_construct(stages=stages, pressure=pressure)


def _readable[Kind: Table](kind: type[Kind], said: Mapping[str, Any]) -> Kind:
    try:
        return kind.model_validate(said)
    except ValidationError as error:
        wrong = {details["loc"][0] for details in error.errors()}
    return kind.model_validate(
        {key: value for key, value in said.items() if key not in wrong}
        | {key: value for key, value in READABLE.items() if key in wrong}
    )


def unfinished(draft: Draft) -> str:
    """Return a draft with faults as the text of a file, so that work on it can be kept."""
    text = toml_of(draft)
    try:
        is_same = tomllib.loads(text) == draft
    except tomllib.TOMLDecodeError:
        is_same = False
    return text if is_same else tomli_w.dumps(draft)


# --- running sums -------------------------------------------------------------------------------------------


def demanded_in(scenario: Setting) -> tuple[str, ...]:
    """Return the milestones that some dispute of a scenario demands."""
    disputes = ground_of(scenario).world.disputes
    return tuple(word_of(each) for each in Milestone if any(row.asked[each] > 0.0 for row in disputes))


def _standings(script: Script, faults: Sequence[Fault]) -> Iterable[Standing]:
    blocked = {fault.place[1] for fault in faults if "unreachable" in fault.text and len(fault.place) > 1}
    reached: dict[str, list[float]] = {}
    months: dict[str, int] = {}
    closed: set[str] = set()
    for place, stage in enumerate(script.stages):
        before = reached.get(stage.track, [0.0] * len(Milestone))
        asked = stage.asks.spread(before)
        given = given_back(Script.model_construct(stages=script.stages[: place + 1]))
        begins = months.get(stage.track, script.pressure.months)
        months[stage.track] = begins + months_in(stage)
        yield Standing(
            title=stage.title,
            track=stage.track,
            trigger=word_of(stage.release),
            asks=in_short(stage.asks),
            relief=in_short(stage.relief),
            begins=begins,
            ends=months[stage.track],
            given=dict(zip(words_of(Sector), given, strict=True)),
            asked=dict(zip(words_of(Milestone), asked, strict=True)),
            over=tuple(word_of(each) for each in Sector if given[each] > 1.0 + ROUNDING),
            below=tuple(word_of(each) for each in Milestone if asked[each] < before[each]),
            is_unreachable=stage.track in closed,
        )
        reached[stage.track] = asked
        if place in blocked:
            closed.add(stage.track)


def in_short(shares: Iterable[tuple[str, float]]) -> str:
    """Return shares by name as a line of text."""
    return ", ".join(f"{word} {share:g}" for word, share in shares)


def _notes(standings: Sequence[Standing], demanded: Sequence[str]) -> Iterable[str]:
    """Yield what is demanded and never asked in full, or only where the script never comes."""
    deepest = {word: max((each.asked[word] for each in standings), default=0.0) for word in demanded}
    never = [word for word, depth in deepest.items() if depth == 0.0]
    if never:
        yield f"{', '.join(never)}: demanded in the dispute, and never asked"
    for depth in sorted({depth for depth in deepest.values() if 0.0 < depth < 1.0}):
        words = [word for word in demanded if deepest[word] == depth]
        yield f"{', '.join(words)}: asked to {depth:g} of what is demanded at most, never in full"
    open_ones = [each for each in standings if not each.is_unreachable]
    if len(open_ones) < len(standings):
        lost = [w for w in demanded if max((e.asked[w] for e in open_ones), default=0.0) < deepest[w]]
        yield f"unreachable as deep as asked: {', '.join(lost) or 'no milestone, but later relief'}"


def _change(now: Totals, before: Totals) -> Totals:
    return Totals(*(new - old for new, old in zip(now, before, strict=True)))
