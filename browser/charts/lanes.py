"""The timeline of the ledger: what happened, in a lane for each kind of thing, on one axis of months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import shorten
from typing import Any

from browser.charts.theme import Theme
from experiments.portrait import SIGNS

#: The marks of a picture of a history, as this chart draws them: symbol and turn.
MARKS = {"^": ("triangle", 0), "v": ("triangle", 180), "D": ("diamond", 0)}
#: Sentences that a tooltip holds, and letters of each.
TOLD, LENGTH = 4, 150
#: Height of a lane, of the title over the lanes of one of several stories, and of the axis, in pixels.
LANE, TITLE, AXIS = 17, 18, 22


def lanes_option(
    stories: Mapping[str, Sequence[tuple[int, str, int, str]]],
    groups: Mapping[str, str],
    dates: Sequence[str],
    month: int,
    theme: Theme,
) -> dict[str, Any]:
    """Return the lanes of one story, or of several, one above the other on the same axis of months.

    Parameters
    ----------
    stories : mapping
        What happened in each story, by its title: (month, group, tone, sentence), in order; the tone is a
        place in `experiments.portrait.SIGNS`.
    groups : mapping
        What each lane is called, by its group, from the top.
    dates : sequence of str
        The date of every month from 0 to the horizon.
    month : int
        The month that is looked at; what comes later is faint.
    theme : Theme
    """
    several = len(stories) > 1
    grids = [_top(place, len(groups), several) for place in range(len(stories))]
    titles = [
        {"text": title, "left": 0, "top": top - TITLE, "textStyle": {"fontSize": 12, "color": theme.ink}}
        for title, top in zip(stories, grids, strict=True)
        if several
    ]
    return {
        **theme.base(),
        "title": titles,
        "tooltip": theme.tooltip(
            trigger="item", extraCssText="white-space: normal; max-width: 330px; line-height: 1.35"
        ),
        "grid": [{"left": 132, "right": 10, "top": top, "height": LANE * len(groups)} for top in grids],
        "xAxis": [
            _months(place, dates, theme, is_last=place == len(grids) - 1) for place in range(len(grids))
        ],
        "yAxis": [_names(place, groups, theme) for place in range(len(grids))],
        "series": [
            series
            for place, told in enumerate(stories.values())
            for series in _series(place, told, list(groups), dates, month, theme)
        ],
    }


def height_of(stories: int, lanes: int) -> int:
    """Return how high the picture of so many stories is, in pixels."""
    return _top(stories - 1, lanes, stories > 1) + LANE * lanes + AXIS


def _top(place: int, lanes: int, several: bool) -> int:
    return (place + 1) * TITLE + place * LANE * lanes if several else 4


def _months(place: int, dates: Sequence[str], theme: Theme, is_last: bool) -> dict[str, Any]:
    """Return an axis of months that names every January."""
    years = [date[:4] if date.endswith("-01") and number > 0 else "" for number, date in enumerate(dates)]
    return {
        "type": "category",
        "gridIndex": place,
        "data": years,
        "boundaryGap": False,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": theme.rule}},
        "axisLabel": {"show": is_last, "interval": 0, "hideOverlap": True, "color": theme.quiet},
        "axisPointer": {"show": False},
    }


def _names(place: int, groups: Mapping[str, str], theme: Theme) -> dict[str, Any]:
    return {
        "type": "category",
        "gridIndex": place,
        "inverse": True,
        "data": list(groups.values()),
        "axisTick": {"show": False},
        "axisLine": {"show": False},
        "axisLabel": {"color": theme.ink, "fontSize": 12},
        "splitLine": {"show": True, "lineStyle": {"color": theme.rule}},
    }


def _series(
    place: int,
    told: Sequence[tuple[int, str, int, str]],
    lanes: list[str],
    dates: Sequence[str],
    month: int,
    theme: Theme,
) -> list[dict[str, Any]]:
    """Return a series of marks for each tone; the first also draws the line at the month looked at."""
    marks: list[dict[tuple[int, str], list[str]]] = [{} for _ in SIGNS]
    for when, group, tone, sentence in told:
        if group in lanes:
            marks[tone].setdefault((when, group), []).append(sentence)
    series = []
    for tone, (mark, colour, rise) in enumerate(SIGNS):
        symbol, turn = MARKS[mark]
        series.append(
            {
                "id": f"{place}-{tone}",
                "type": "scatter",
                "xAxisIndex": place,
                "yAxisIndex": place,
                "symbol": symbol,
                "symbolRotate": turn,
                "symbolOffset": [0, round(-rise * LANE, 1)],
                "itemStyle": {"color": theme.colour(colour)},
                "cursor": "pointer",
                "data": [
                    _mark(when, lanes.index(group), sentences, dates, month)
                    for (when, group), sentences in marks[tone].items()
                ],
            }
        )
    series[0]["markLine"] = {
        "silent": True,
        "symbol": "none",
        "label": {"show": False},
        "lineStyle": {"color": theme.ink, "type": "solid", "width": 1.5},
        "data": [{"xAxis": month}],
    }
    return series


def _mark(when: int, lane: int, sentences: Sequence[str], dates: Sequence[str], month: int) -> dict[str, Any]:
    """Return one mark, the larger the more happened, faint where it is still to come."""
    told = [shorten(sentence, LENGTH, placeholder=" …") for sentence in sentences[:TOLD]]
    lines = [escape(sentence).replace("{", "&#123;") for sentence in told]
    if len(sentences) > TOLD:
        lines.append(f"and {len(sentences) - TOLD} more")
    date = dates[when] if when < len(dates) else ""
    return {
        "value": [when, lane],
        "symbolSize": 7 + 2 * min(len(sentences) - 1, 2),
        "tooltip": {"formatter": "<br>".join([f"<b>{date}</b>", *lines])},
        **({"itemStyle": {"opacity": 0.3}} if when > month else {}),
    }
