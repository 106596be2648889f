"""What is known in a month: the months that were lived so far, and what the ledger says of them.

Months are those of the page: an event of the ledger's month m is seen after m + 1 months.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from browser.scene.story import Chapter
from model import chronicle
from model.vocabulary import DisputeStatus, Event, word_of
from model.world import TRACKS

#: What the subject of an event begins with where it is a stage.
STAGE = "stage "

#: What is asked of the past: what concerns a stage, and what can befall a whole process.
TOLD = frozenset(
    word_of(kind)
    for kind in (
        *chronicle.STAGED,
        Event.GAVE_UP,
        Event.RELIEF_EXPIRED,
        Event.RULE_FIRED,
        Event.SNAPPED_BACK,
        Event.STEPPED_BACK,
        Event.YIELDED,
    )
)


class When(NamedTuple):
    """A month of the page, and its date."""

    month: int
    date: str


class Past(NamedTuple):
    """The past of the dispute that is looked at.

    Attributes
    ----------
    chapter, month : the story, and the month of the page
    rows : the dispute's rows of the table "processes" as they stood at the opening and in every month since
    kinds : its events so far, by the word of what happened
    stages : those that concern a stage, by the stage's number in the ledger, from 0
    """

    chapter: Chapter
    month: int
    rows: Any
    kinds: dict[str, list[Any]]
    stages: dict[int, list[Any]]

    def when(self, month: int) -> When:
        """Return a month of the ledger as one of the page."""
        return When(month + 1, self.date(month))

    def last(self, months: Sequence[int]) -> When | None:
        """Return the last of some months of the ledger, if there is any."""
        return self.when(months[-1]) if months else None

    def date(self, month: Any) -> str:
        """Return the date of a month of the ledger."""
        return self.chapter.cast.scenario.date_of(int(month))

    def sentence(self, kind: Event, stage: int | None = None) -> str:
        """Return what the ledger last said of this kind, of one stage only where it is named."""
        said = [event for event in self.of(kind) if stage is None or event.subject == f"{STAGE}{stage + 1}"]
        return str(said[-1].sentence) if said else ""

    def broken_at(self, stage: int) -> str:
        """Return at which stage the process broke down and why, the cause within the first words."""
        head, here, why = self.sentence(Event.BROKEN, stage).partition(" because ")
        return f"Broke down at {STAGE}{stage + 1}{here}{why}" if here else head

    def of(self, kind: Event) -> list[Any]:
        """Return what happened of a kind, in order."""
        return self.kinds.get(word_of(kind), [])

    def months_of(self, *kinds: Event) -> list[int]:
        """Return the months of the ledger in which something of these kinds happened, each once."""
        return sorted({event.month for kind in kinds for event in self.of(kind)})

    def whens(self, months: Iterable[int]) -> tuple[When, ...]:
        """Return months of the ledger as months of the page."""
        return tuple(self.when(month) for month in months)

    @property
    def is_given_up(self) -> bool:
        """Whether the measures, or the threat of them, were given up."""
        place = process_rows(self.chapter).start // TRACKS
        return int(self.chapter.snapshots[self.month].row("disputes", place)["status"]) == DisputeStatus.ENDED


def process_rows(chapter: Chapter) -> slice:
    """Return the rows of the table "processes" that belong to the dispute that is looked at."""
    first = chapter.cast.scenario.place_of(chapter.dispute) * TRACKS
    return slice(first, first + TRACKS)


def past_of(chapter: Chapter, month: int) -> Past:
    """Return what is known of the dispute of a story after so many months."""
    month = min(max(month, 0), chapter.lived)
    here = process_rows(chapter)
    rows = np.empty((month + 1, TRACKS), chapter.at(0).tables["processes"].dtype)
    for row, snapshot in zip(rows, chapter.snapshots, strict=False):
        row[:] = snapshot.tables["processes"][here]
    events = chapter.events
    known = events[
        events["kind"].isin(TOLD) & (events["dispute"] == chapter.dispute) & (events["month"] < month)
    ]
    kinds: dict[str, list[Any]] = {}
    stages: dict[int, list[Any]] = {}
    for event in known.itertuples(index=False):
        kinds.setdefault(str(event.kind), []).append(event)
        if str(event.subject).startswith(STAGE):
            stages.setdefault(int(str(event.subject).removeprefix(STAGE)) - 1, []).append(event)
    return Past(chapter, month, rows, kinds, stages)
