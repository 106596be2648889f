"""The strategy as tracks of stages: where each stands in a month, and what happened to it.

Where a stage stands is read from the months that were lived, up to the one that is looked at; what happened
to it from the ledger, in the ledger's own sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np

from browser.reading import stage_words
from browser.reading.past import Past, When, past_of
from browser.reading.turns import Turn, rules_of, turns_of
from browser.scene.story import Chapter
from model import chronicle
from model.strategy_format import MAIN, Stage
from model.strategy_words import ALL
from model.vocabulary import Event, Standing, word_of

#: What of a stage's past is shown in full: its last so many entries in the ledger.
REMEMBERED = 4


class State(StrEnum):
    """Where one stage stands."""

    AHEAD = "ahead"
    TABLED = "on the table"
    REFUSED = "refused so far"
    AGREED = "being carried out"
    RELEASED = "relief given"
    DISPUTED = "finding disputed"
    PAUSED = "paused"
    STEPPED_BACK = "stepped back"
    SNAPPED_BACK = "snapped back"
    BROKEN = "broke down"
    DONE = "done"
    SET_ASIDE = "set aside"


class Entry(NamedTuple):
    """Something that the ledger says of a stage."""

    month: int
    date: str
    sentence: str


@dataclass(frozen=True)
class Step:
    """One stage in a month.

    Attributes
    ----------
    place : its number in the ledger, from 0, track by track
    title : what the strategy calls it
    state, label, note : where it stands, as a word, as this stage's card says it, and since when or how often
    is_at_hand : whether it is the one that its track has reached
    agreed, released, done : when it was last agreed, when its relief was last released, and when it was done
    refused, lately, repeated : how often it was refused, in all and since it was tabled, and repeated
    changed : the month in which something last happened to it; None if nothing has
    past : the last that the ledger says of it
    """

    place: int
    title: str
    state: State
    label: str
    note: str
    is_at_hand: bool
    agreed: When | None
    released: When | None
    done: When | None
    refused: int
    lately: int
    repeated: int
    changed: int | None
    past: tuple[Entry, ...]


@dataclass(frozen=True)
class Line:
    """One track of a strategy in a month: its name, where it stands, in a sentence too, and its stages."""

    name: str
    standing: Standing
    sentence: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Track:
    """A strategy in a month: its tracks, the turns of its process, and the rules that it provides."""

    title: str
    month: int
    lines: tuple[Line, ...]
    turns: tuple[Turn, ...]
    rules: tuple[Turn, ...]


def track_of(chapter: Chapter, month: int) -> Track:
    """Return the strategy of a story as it stands after so many months; nothing that came later is told."""
    past = past_of(chapter, month)
    lines, place = [], 0
    for number, (name, stages) in enumerate(chapter.strategy.tracks.items()):
        lines.append(_line(past, number, name, stages, place))
        place += len(stages)
    return Track(chapter.strategy.title, past.month, tuple(lines), turns_of(past), rules_of(past))


def _line(past: Past, number: int, name: str, stages: Sequence[Stage], first: int) -> Line:
    now = past.rows[-1, number]
    steps = tuple(_step(past, number, stages, here, first + here) for here in range(len(stages)))
    title = "" if name == MAIN else name.replace("-", " ")
    return Line(title, Standing(int(now["standing"])), _standing(past, number, steps), steps)


def _step(past: Past, number: int, stages: Sequence[Stage], here: int, place: int) -> Step:
    rows, stage = past.rows[:, number], stages[here]
    now = rows[-1]
    said = past.stages.get(place, [])
    refused = [event.month for event in said if event.kind == word_of(Event.REFUSED)]
    agreed = [event.month for event in said if event.kind == word_of(Event.AGREED)]
    at_hand = np.minimum(rows["stage"], len(stages) - 1)
    is_released = (rows["released_at"] == np.arange(len(rows)) - 1) & (at_hand == here)
    released = np.flatnonzero(is_released[1:]).tolist()
    done = [int(np.argmax(rows["stage"] > here)) - 1] if now["stage"] > here else []
    lately = sum(month >= now["since"] for month in refused)
    state, is_at_hand = _state(past, number, stages, here, released, lately)
    return Step(
        place=place,
        title=stage.title,
        state=state,
        label=_label(state, stage, is_at_hand),
        note=_note(past, state, is_at_hand, now, lately, done),
        is_at_hand=is_at_hand,
        agreed=past.last(agreed),
        released=past.last(released),
        done=past.last(done),
        refused=len(refused),
        lately=lately,
        repeated=int(rows["repeats"][rows["stage"] == here].max(initial=0)),
        changed=max((month + 1 for month in [*(e.month for e in said), *released, *done]), default=None),
        past=tuple(Entry(*past.when(event.month), event.sentence) for event in said[-REMEMBERED:]),
    )


def _state(
    past: Past, number: int, stages: Sequence[Stage], here: int, released: list[int], refused: int
) -> tuple[State, bool]:
    """Return where a stage stands, and whether it is the one at hand."""
    now = past.rows[-1, number]
    behind, standing = int(now["stage"]), Standing(int(now["standing"]))
    is_through = standing == Standing.CONCLUDED and behind >= len(stages)
    lost = [
        month
        for month in _taken(past, Event.SNAPPED_BACK, stages[here])
        if month > max(released, default=month)
    ]
    if here == min(behind, len(stages) - 1) and not is_through:
        state = _state_at_hand(past, now, stages[here], refused)
        return (State.SNAPPED_BACK if state == State.BROKEN and int(now["since"]) in lost else state), True
    if here < behind:
        if is_through and here == len(stages) - 1 and now["disputed"]:
            return State.DISPUTED, False
        return (State.SNAPPED_BACK if lost else State.DONE), False
    is_over = standing == Standing.CONCLUDED or past.is_given_up
    return (State.SET_ASIDE if is_over else State.AHEAD), False


def _state_at_hand(past: Past, now: Any, stage: Stage, refused: int) -> State:
    match Standing(int(now["standing"])):
        case Standing.WAITING:
            return State.AHEAD
        case Standing.TABLED:
            return State.REFUSED if refused else State.TABLED
        case Standing.PERFORMING:
            return State.DISPUTED if now["disputed"] else State.AGREED
        case Standing.DWELLING:
            return State.DISPUTED if now["disputed"] else State.RELEASED
        case Standing.PAUSED:
            is_back = int(now["since"]) in _taken(past, Event.STEPPED_BACK, stage)
            return State.STEPPED_BACK if is_back else State.PAUSED
        case Standing.BROKEN:
            return State.SET_ASIDE if past.is_given_up else State.BROKEN
        case Standing.CONCLUDED:
            return State.SET_ASIDE


def _taken(past: Past, kind: Event, stage: Stage) -> list[int]:
    """Return the months in which relief of a stage's sectors was taken back for what it was given for."""
    sectors = dict(stage.relief)
    return [
        event.month for event in past.of(kind) if event.why and (ALL in sectors or event.subject in sectors)
    ]


def _label(state: State, stage: Stage, is_at_hand: bool) -> str:
    """Return what a card says: a stage that gives nothing back, or puts it in escrow, says so."""
    if state == State.AHEAD and is_at_hand:
        return "not yet opened"
    if state != State.RELEASED or (stage.relief and not stage.escrow):
        return str(state)
    return "relief in escrow" if stage.escrow else "at rest"


def _note(past: Past, state: State, is_at_hand: bool, now: Any, refused: int, done: list[int]) -> str:
    """Return what a card says beside where the stage stands: since when, until when or how often."""
    since = past.date(now["since"])
    match state:
        case State.TABLED | State.RELEASED:
            return f"since {since}"
        case State.REFUSED:
            return f"{_times(refused)} since {since}"
        case State.AGREED:
            return f"since {since}{', found short' if now['failing'] else ''}"
        case State.DISPUTED:
            return f"since {past.date(now['disputed_since'])}"
        case State.PAUSED:
            return f"until {past.date(now['paused_until'])}"
        case State.DONE:
            return past.date(done[-1])
        case State.SNAPPED_BACK if not is_at_hand:
            return past.date(past.months_of(Event.SNAPPED_BACK)[-1])
        case State.SNAPPED_BACK | State.STEPPED_BACK | State.BROKEN:
            return since
    return since if is_at_hand and state == State.SET_ASIDE else ""


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _standing(past: Past, number: int, steps: tuple[Step, ...]) -> str:
    """Tell where a track stands, in a sentence."""
    now, strategy = past.rows[-1, number], past.chapter.strategy
    at_hand = next((step for step in steps if step.is_at_hand), steps[-1])
    match Standing(int(now["standing"])):
        case Standing.BROKEN if past.is_given_up:
            return past.sentence(Event.GAVE_UP)
        case Standing.BROKEN:
            return past.broken_at(at_hand.place)
        case Standing.WAITING:
            waits = stage_words.preconditions_of(strategy)
            return f"The talks have not opened{'; they wait for ' if waits else ''}{chronicle.joined(waits)}."
        case Standing.CONCLUDED if at_hand.state == State.SET_ASIDE:
            return past.sentence(Event.YIELDED)
        case Standing.CONCLUDED:
            return f"Every stage is done, the last one in {past.date(now['since'])}."
    stage = chronicle.stage_in_words(at_hand.place, chronicle.titles_of(strategy))
    return chronicle.sentence_of(f"{stage} {_predicate(at_hand, past.date(now['since']))}.")


def _predicate(step: Step, since: str) -> str:
    """Tell where the stage at hand stands, as the end of a sentence."""
    match step.state:
        case State.TABLED:
            return f"has been on the table since {since}"
        case State.REFUSED:
            return f"has been on the table since {since} and was refused {_times(step.lately)}"
        case State.AGREED:
            return f"was agreed and is being carried out {step.note}"
        case State.RELEASED:
            return f"rests until the next one is due: {step.label} {step.note}"
        case State.DISPUTED:
            return f"is held up: a finding has been in dispute {step.note}"
        case State.STEPPED_BACK:
            return f"is paused, and its relief was stepped back in {since}"
    return f"is {step.label} {step.note}"
