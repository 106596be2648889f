"""The ledger as a timeline: its merged sentences with what each is about, who it concerns and how it tends.

Months are those of the page: an event of the ledger's month m is seen after m + 1 months.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from browser.scene.limits import MOST_ACTORS
from browser.scene.story import Chapter
from experiments import portrait
from model import chronicle
from model.vocabulary import Event, word_of, words_of

#: Kinds of events that the lanes of the picture of a history leave out: those that bring the sides together,
#: those that drive them apart, and those that do neither by themselves.
BESIDE = {
    "talks": (
        (Event.MEETING, Event.CONFIDENCE_STEP, Event.REOPENED, Event.RATIFIED),
        (Event.MIXED_SIGNALS,),
        (Event.TABLED, Event.DISCLOSURE, Event.LOCAL_TRACK, Event.ENDED),
    ),
    "relief": ((Event.TRUCE,), (Event.THREAT, Event.RETALIATION, Event.RUMOUR), ()),
    "verification": ((), (), (Event.CONDUCT_CHANGED,)),
    "coalition": ((), (), ()),
    "shocks": ((), (), ()),
    "strategy": ((Event.LEARNED,), (), (Event.RULE_FIRED, Event.REVIEWED)),
}

#: What each group of events is called.
GROUPS = {
    "talks": "Talks",
    "relief": "Measures and relief",
    "verification": "Conduct and checks",
    "coalition": "Coalition",
    "shocks": "Shocks and politics",
    "strategy": "Rules and reviews",
}


class Tone(IntEnum):
    """What an event does between the sides, in the order of `portrait.SIGNS`."""

    TOGETHER = 0
    APART = 1
    NEITHER = 2


#: What each is called.
TONES = {
    Tone.TOGETHER: "brings the sides together",
    Tone.APART: "drives them apart",
    Tone.NEITHER: "does neither by itself",
}


def _placed() -> dict[str, tuple[str, Tone]]:
    """Return the group and the tone of every kind of event, by its word."""
    known = set(words_of(Event))
    placed: dict[str, tuple[str, Tone]] = {}
    for group, beside in BESIDE.items():
        lanes: Sequence[Sequence[str]] = portrait.LANES.get(group, ((), (), ()))
        for tone, lane, more in zip(Tone, lanes, beside, strict=True):
            for word in (*lane, *map(word_of, more)):
                if word in known:
                    placed[word] = (group, tone)
    return placed


#: Group and tone of every kind of event, by its word.
KINDS = _placed()

#: What is read of an event besides what a merged sentence says.
READ = ("month", "dispute", "kind", "who", "whom", "amount", "sentence")

#: Kinds of events of which the amount says whether they go well: above 0 they do.
BY_AMOUNT = frozenset({word_of(Event.COMMON_LINE), word_of(Event.DISPUTE_SETTLED)})


class LedgerLine(NamedTuple):
    """One sentence of the ledger: the month of the page in which it is first seen, and what it is about."""

    month: int
    date: str
    dispute: str
    kind: str
    group: str
    tone: Tone
    actors: tuple[str, ...]
    sentence: str


def lines_of(chapter: Chapter) -> list[LedgerLine]:
    """Return the ledger of a story in merged sentences (see `model.chronicle.told`), in order.

    What happens at home is told of the principals only.
    """
    scenario, events = chapter.cast.scenario, chapter.events
    principals = {entry.name: (entry.lead, entry.target) for entry in scenario.text.disputes}
    found: dict[tuple[Any, Any], list[Any]] = {}
    for event in events[list(READ)].itertuples(index=False):
        found.setdefault((event.month, event.kind), []).append(event)
    told = chronicle.told(events, scenario.principals)
    return [
        _line(line, found[line.month, line.kind], principals.get(str(line.dispute), ()))
        for line in told.itertuples(index=False)
    ]


def _line(line: Any, candidates: Iterable[Any], principals: Iterable[str]) -> LedgerLine:
    """Return a line, with what the events of its month and kind that it tells of say besides."""
    events = [event for event in candidates if _is_told_by(event, line)]
    actors = dict.fromkeys(name for event in events for name in (event.who, event.whom) if name)
    actors |= dict.fromkeys(name for name in principals if chronicle.display_name(name) in line.sentence)
    group, tone = KINDS[line.kind]
    if line.kind in BY_AMOUNT and events:
        tone = Tone.TOGETHER if events[0].amount > 0.0 else Tone.APART
    return LedgerLine(
        line.month + 1, line.date, line.dispute, line.kind, group, tone, tuple(actors), line.sentence
    )


def _is_told_by(event: Any, line: Any) -> bool:
    if event.kind in chronicle.EASINGS:
        return bool(event.dispute == line.dispute)
    if event.dispute != line.dispute and event.kind not in chronicle.AT_HOME:
        return False
    alone = event.sentence.removeprefix(_at_start(event.who))
    return alone.removesuffix(".") in line.sentence


@lru_cache(maxsize=MOST_ACTORS)
def _at_start(actor: str) -> str:
    """Return an actor's name as a sentence begins with it."""
    return chronicle.sentence_of(chronicle.display_name(actor))


@dataclass(frozen=True)
class Filters:
    """What is to be seen of a ledger; an empty filter lets everything through.

    Attributes
    ----------
    groups : keys of `GROUPS`
    actor : name of somebody who acted or was concerned
    text : words that the sentence or the date must hold, each of them, whatever their case
    dispute : name of a dispute; what happened in none is let through
    """

    groups: tuple[str, ...] = ()
    actor: str = ""
    text: str = ""
    dispute: str = ""


def chosen(lines: Iterable[LedgerLine], filters: Filters) -> list[LedgerLine]:
    """Return the lines that the filters let through."""
    words = filters.text.lower().split()
    return [
        line
        for line in lines
        if (not filters.groups or line.group in filters.groups)
        and (not filters.actor or filters.actor in line.actors)
        and (not filters.dispute or line.dispute in ("", filters.dispute))
        and all(word in f"{line.date} {line.sentence}".lower() for word in words)
    ]


def changed(sent: Sequence[Any], lines: Sequence[Any], most: int = 40) -> dict[int, Any] | None:
    """Return the lines by place that differ from those sent before, or are new; None if too many are.

    A history that goes on adds lines, and tells some of the last ones anew; everything else was sent.
    """
    if len(lines) < len(sent):
        return None
    news = {place: line for place, line in enumerate(lines) if place >= len(sent) or line != sent[place]}
    return news if len(news) <= most else None


def dates_of(chapter: Chapter) -> list[str]:
    """Return the date of every month of the page, from the opening to the horizon."""
    return [chapter.cast.scenario.date_of(max(month - 1, 0)) for month in range(chapter.horizon + 1)]


def table_of(stories: Mapping[str, Sequence[LedgerLine]]) -> pd.DataFrame:
    """Return the lines of one or more stories as a table, with whose they are where there are several."""
    rows = [
        {
            "strategy": title,
            "date": line.date,
            "what": GROUPS[line.group],
            "how": TONES[line.tone],
            "": line.sentence,
        }
        for title, lines in stories.items()
        for line in lines
    ]
    frame = pd.DataFrame(rows, columns=["strategy", "date", "what", "how", ""])
    return (frame if len(stories) > 1 else frame.drop(columns="strategy")).sort_values("date", kind="stable")
