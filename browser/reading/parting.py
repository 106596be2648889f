"""One pair of histories on the same luck: what differs between them, and where they part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from browser.scene.sides import LETTERS
from browser.scene.story import Chapter
from experiments.measures import MEASURES, Measure, measure_of

#: What makes two lines of a ledger tell the same: what happened, where, between whom, and why. How a
#: strategy calls its stages does not count.
SAME = ("month", "dispute", "kind", "who", "whom", "subject", "why")
#: What the two histories did or did not come to, and when: the outcome, and how one says it.
MILESTONES = (
    ("months_to_agreement", "concluded an agreement"),
    ("months_to_first_relief", "gave relief"),
)
#: Yes or no, counts and means that are told where they differ, beside the measures of ensembles.
BESIDES = ("agreement_months", "true_compliance", "escalations")


@dataclass(frozen=True)
class Parting:
    """Where two ledgers part.

    Attributes
    ----------
    month : the first month in which one tells what the other does not, counted from 0
    date : its date
    lines : what only A tells of that month, and what only B does; sentences in the order of the ledger
    """

    month: int
    date: str
    lines: tuple[tuple[str, ...], tuple[str, ...]]


def parting(chapters: Sequence[Chapter]) -> Parting | None:
    """Return where the ledgers of two histories part; None where they tell the same as far as both go."""
    first, second = (_lines(chapter.events) for chapter in chapters)
    until = min(chapter.lived for chapter in chapters)
    for month in sorted({*first, *second}):
        if month >= until:
            return None
        here, there = first.get(month, []), second.get(month, [])
        only = _only(here, there), _only(there, here)
        if any(only):
            return Parting(month, chapters[0].cast.scenario.date_of(month), only)
    return None


def _lines(events: pd.DataFrame) -> dict[int, list[tuple[Any, ...]]]:
    """Return the lines of a ledger by month, each with its sentence last."""
    months: dict[int, list[tuple[Any, ...]]] = {}
    for line in events[[*SAME, "sentence"]].itertuples(index=False, name=None):
        months.setdefault(int(line[0]), []).append(line)
    return months


def _only(lines: Sequence[tuple[Any, ...]], others: Sequence[tuple[Any, ...]]) -> tuple[str, ...]:
    """Return the sentences of those lines that have none that tells the same among the others."""
    left = Counter(line[:-1] for line in others)
    only = []
    for line in lines:
        if left[line[:-1]] > 0:
            left[line[:-1]] -= 1
        else:
            only.append(str(line[-1]))
    return tuple(dict.fromkeys(only))


def parting_told(chapters: Sequence[Chapter]) -> str:
    """Return where the two histories part, in a sentence."""
    found = parting(chapters)
    if found is None:
        lived = min(chapter.lived for chapter in chapters)
        if lived == 0:
            return "Nothing is lived yet: both histories stand at the same opening."
        return f"The two ledgers tell the same in all {_months(lived)} lived so far."
    same = f"tell the same for {_months(found.month)}, then part" if found.month else "part"
    told = [_side(letter, lines) for letter, lines in zip(LETTERS, found.lines, strict=True)]
    return f"The two ledgers {same} in {found.date}: {told[0]}; {told[1]}."


def _months(count: int) -> str:
    return f"{count} month" if count == 1 else f"{count} months"


def _side(letter: str, lines: Sequence[str]) -> str:
    if not lines:
        return f"under {letter}, nothing of the kind"
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    return f"under {letter}, “{lines[0].removesuffix('.')}”{more}"


def told(chapters: Sequence[Chapter]) -> str:
    """Return in a sentence what differs in this one history, as far as it is lived."""
    lived, horizon = min(chapter.lived for chapter in chapters), chapters[0].horizon
    outcomes = [chapter.outcome for chapter in chapters]
    opening = "In this one history" if lived >= horizon else f"In this one history, after {_months(lived)}"
    if lived == 0:
        return "In this one history, nothing is lived yet."
    parts = [*_milestones(chapters), _label(outcomes, lived < horizon), *_amounts(outcomes)]
    return f"{opening}: {'; '.join(parts)}."


def _milestones(chapters: Sequence[Chapter]) -> list[str]:
    parts = []
    for name, verb in MILESTONES:
        dates = [_date(chapter, chapter.outcome[name]) for chapter in chapters]
        if not any(dates):
            parts.append(f"neither {verb}")
        elif dates[0] == dates[1]:
            parts.append(f"both {verb} in {dates[0]}")
        else:
            whens = [f"in {date}" if date else "never" for date in dates]
            parts.append(
                f"A {verb} {whens[0]}, B {whens[1]}" if dates[0] else f"A never {verb}, B {whens[1]}"
            )
    return parts


def _date(chapter: Chapter, months: float) -> str:
    """Return the date that is so many months in; nothing where it never came, which is NaN."""
    return chapter.cast.scenario.date_of(int(months)) if months >= 0 else ""


def _label(outcomes: Sequence[Mapping[str, Any]], is_open: bool) -> str:
    labels = [str(outcome["label"]) for outcome in outcomes]
    if labels[0] == labels[1]:
        return f"both would count as “{labels[0]}” by now" if is_open else f"both count as “{labels[0]}”"
    would = "would count by now" if is_open else "counts"
    return f"A {would} as “{labels[0]}”, B as “{labels[1]}”"


def _amounts(outcomes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the other measures, where as many digits as are told differ."""
    parts = []
    for measure in numbers():
        amounts = [_amount(measure, outcome[measure.column]) for outcome in outcomes]
        if amounts[0] != amounts[1]:
            parts.append(f"{measure.phrase.partition(' (')[0]} {amounts[0]} under A, {amounts[1]} under B")
    if parts:
        return parts
    is_equal = all(str(outcomes[0][each.column]) == str(outcomes[1][each.column]) for each in numbers())
    return ["equal in every number that is compared" if is_equal else "all else alike to the digits told"]


def numbers() -> tuple[Measure, ...]:
    """Return the measures of one history that are numbers."""
    own = [measure for measure in MEASURES if measure.scale == 1 and measure.column != "months_waited"]
    return (*own, *(measure_of(name) for name in BESIDES))


def _amount(measure: Measure, value: float) -> str:
    whole = measure.unit in ("a run", "months")
    return f"{value:.0f}" if whole else measure.amount(value)
