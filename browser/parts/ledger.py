"""The ledger: what happened, in plain sentences, with filters; a click jumps to the month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara

from browser.charts.lanes import height_of, lanes_option
from browser.charts.theme import Theme
from browser.parts.framed import Framed
from browser.reading.ledger import (
    GROUPS,
    TONES,
    Filters,
    LedgerLine,
    changed,
    chosen,
    dates_of,
    lines_of,
    table_of,
)
from browser.scene.sides import LETTERS
from browser.scene.story import Chapter
from model.chronicle import display_name, sentence_of


@solara.component
def LedgerPanel(
    chapters: Sequence[Chapter],
    month: int,
    on_month: Callable[[int], None],
    theme: Theme,
    testid: str = "ledger",
) -> None:
    """Show the ledger of one story, or of two with their months aligned: a timeline above the sentences.

    Parameters
    ----------
    chapters : sequence of Chapter
        One story, or two.
    month : int
        The month that is looked at.
    on_month : callable
        Told the month that is to be looked at.
    theme : Theme
    testid : str
        ``data-testid`` of the list; the timeline's has "-lanes" added.
    """
    first = chapters[0]
    Told(chapters, month, on_month, theme, testid).key(f"{id(first.cast)} {first.dispute} {len(chapters)}")


@solara.component
def Told(
    chapters: Sequence[Chapter], month: int, on_month: Callable[[int], None], theme: Theme, testid: str
) -> None:
    """Show a ledger with filters that last for as long as the cast and the dispute do."""
    first = chapters[0]
    disputes = first.cast.scenario.disputes
    filters, set_filters = solara.use_state(Filters(dispute=first.dispute if len(disputes) > 1 else ""))
    stories = solara.use_memo(lambda: [lines_of(chapter) for chapter in chapters], list(chapters))
    dates = solara.use_memo(lambda: dates_of(first), [first.cast, first.horizon])
    titles = titles_of(chapters)
    shown = {title: chosen(lines, filters) for title, lines in zip(titles, stories, strict=True)}
    with solara.Div(classes=["bc-ledger"]):
        Framed(
            "What happened",
            lanes_option(
                {title: [_marked(line) for line in lines] for title, lines in shown.items()},
                GROUPS,
                dates,
                month,
                theme,
            ),
            table=lambda: table_of(shown),
            testid=f"{testid}-lanes",
            label="What happened month by month, in a lane for each kind of event",
            height=f"{height_of(len(chapters), len(GROUPS))}px",
            fresh=f"{len(chapters)}",
            on_pick=lambda picked: on_month(int(picked["value"][0])),
            note="▲ brings the sides together, ▼ drives them apart, ◆ does neither by itself.",
        )
        sent = [use_sent([encoded(line, first) for line in lines]) for lines in stories]
        sent += [([], {})] * (2 - len(sent))
        LedgerView(
            fixed=fixed_of(chapters, titles, dates),
            dispute=filters.dispute,
            month=month,
            one=sent[0][0],
            one_news=sent[0][1],
            other=sent[1][0],
            other_news=sent[1][1],
            testid=testid,
            event_go=lambda month: on_month(int(month)),
            event_filter=lambda said: set_filters(filters_of(said)),
        )


@solara.component_vue("../vue/ledger.vue")
def LedgerView(
    fixed: dict[str, Any],
    dispute: str,
    month: int,
    one: list[list[Any]],
    one_news: dict[str, list[Any]],
    other: list[list[Any]],
    other_news: dict[str, list[Any]],
    testid: str,
    event_go: Callable[[int], None],
    event_filter: Callable[[dict[str, Any]], None],
) -> None:
    """Draw the filters and the sentences of one story or two; lines are as `encoded` makes them.

    What stays is ``fixed`` (see `fixed_of`). What was sent before stays in ``one`` and ``other``; what
    changed since is in the news, by place.
    """


def fixed_of(chapters: Sequence[Chapter], titles: list[str], dates: list[str]) -> dict[str, Any]:
    """Return what stays the same from month to month: what everything is called."""
    cast = chapters[0].cast
    disputes = list(cast.scenario.disputes)
    return {
        "titles": titles,
        "groups": [{"key": key, "title": title} for key, title in GROUPS.items()],
        "tones": list(TONES.values()),
        "actors": [
            {"name": name, "title": sentence_of(member.title)} for name, member in cast.members.items()
        ],
        "disputes": [{"name": name, "title": display_name(name)} for name in disputes if len(disputes) > 1],
        "dates": dates,
    }


def use_sent(lines: list[list[Any]]) -> tuple[list[list[Any]], dict[str, list[Any]]]:
    """Return the lines that the browser has, and by place what it is to put in their stead or to add."""
    kept: Any = solara.use_ref(None)
    news = None if kept.current is None else changed(kept.current, lines)
    if news is None:
        kept.current, news = lines, {}
    return kept.current, {str(place): line for place, line in news.items()}


def encoded(line: LedgerLine, chapter: Chapter) -> list[Any]:
    """Return a line as it is sent: month, the places of group, tone, dispute and actors, and the sentence."""
    places = list(GROUPS), list(chapter.cast.scenario.disputes)
    dispute = places[1].index(line.dispute) if line.dispute in places[1] else -1
    members = [chapter.cast.members[name].number for name in line.actors]
    return [line.month, places[0].index(line.group), int(line.tone), dispute, members, line.sentence]


def filters_of(said: Mapping[str, Any]) -> Filters:
    """Return the filters that the browser says are set."""
    groups = tuple(key for key in GROUPS if key in said["groups"])
    return Filters(groups, str(said["actor"]), str(said["text"]), str(said["dispute"]))


def titles_of(chapters: Sequence[Chapter]) -> list[str]:
    """Return what each story is called: by its strategy; of two, by the letter of its side too."""
    titles = [chapter.strategy.title for chapter in chapters]
    if len(titles) == 1:
        return titles
    return [f"{letter}: {title}" for letter, title in zip(LETTERS, titles, strict=True)]


def _marked(line: LedgerLine) -> tuple[int, str, int, str]:
    return line.month, line.group, int(line.tone), line.sentence
