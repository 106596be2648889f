"""Paired differences: in how many pairs of runs each side did better, and by how much, with its interval.

At the left every pair of runs is counted: A did better, both alike, B did better. At the right stands the
mean difference with its 95 % interval; so that all measures share an axis it is drawn in standard
deviations of the differences between pairs, and written beside it in its own unit. What favours A lies at
the left of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from browser.charts.theme import Theme
from experiments import palette

if TYPE_CHECKING:
    from browser.reading.comparing import Gap

#: Height of a row and of what stands above and below all, in pixels.
ROW, AROUND = 40, 66
#: The parts of a bar, by the count of pairs that each shows.
PARTS = {"A did better": "ahead", "both alike": "level", "B did better": "behind"}
#: A part of a bar narrower than this, in per cent, is not written on.
WRITTEN = 9
#: A unit of more letters is not said beside an interval.
SHORT = 8
#: The axis of differences reaches at least so many standard deviations to either side.
REACH = 0.5


def height(found: Sequence[Gap]) -> str:
    """Return the height of the chart, in CSS."""
    return f"{ROW * len(found) + AROUND}px"


def option(found: Sequence[Gap], colours: Sequence[str], theme: Theme) -> dict[str, Any]:
    """Return the chart of the differences.

    Parameters
    ----------
    found : sequence of Gap
        From top to bottom.
    colours : sequence of str
        Of A and B, by day.
    """
    own = theme.colour(colours[0]), theme.colour(colours[1])
    reach = _reach(found)
    return {
        **theme.base(),
        "grid": [
            {"left": "17%", "right": "52%", "top": 44, "bottom": 22},
            {"left": "51%", "right": "24%", "top": 44, "bottom": 22},
        ],
        "title": _heads(theme),
        "legend": {
            "data": list(PARTS),
            "left": "17%",
            "top": 20,
            "padding": 0,
            "itemWidth": 14,
            "itemHeight": 10,
            "selectedMode": False,
            "textStyle": {"color": theme.ink},
        },
        "tooltip": theme.tooltip(trigger="item"),
        "xAxis": [_share_axis(theme), _size_axis(reach, theme)],
        "yAxis": [_names(found, theme), _answers(found, theme)],
        "series": [*_bars(found, own, theme), _whiskers(found, theme), _dots(found, own, theme)],
    }


def favour(gap: Gap, value: float) -> float:
    """Return a difference in standard deviations of the pairs, below 0 where it favours A."""
    if not np.isfinite(value) or not np.isfinite(gap.spread) or gap.spread == 0:
        return 0.0 if value == 0 else float("nan")
    return float(-value / gap.spread if gap.measure.high_is_good else value / gap.spread)


def answer(gap: Gap) -> str:
    """Return which side is better and by how much; or that they are not told apart."""
    if gap.level == gap.pairs:
        return "alike in every pair"
    if not gap.better:
        return "not told apart"
    return f"{gap.better} better by {gap.measure.gap(gap.estimate, gap.estimate)}"


def reach_of(gap: Gap) -> str:
    """Return the interval of a difference; that of the better side's lead where there is one."""
    said = (gap if gap.estimate > 0 or not gap.better else gap.turned()).interval()
    if len(gap.unit) > SHORT:
        said = said.removesuffix(f" {gap.unit}")
    return said if gap.better else f"A minus B: {said}"


def _reach(found: Sequence[Gap]) -> float:
    ends = [abs(favour(gap, value)) for gap in found for value in (gap.low, gap.high)]
    return 1.1 * max([REACH, *(end for end in ends if np.isfinite(end))])


def _heads(theme: Theme) -> list[dict[str, Any]]:
    style = {"fontSize": 12, "fontWeight": "bold", "color": theme.ink}
    heads = (
        ("17%", "Share of the pairs of runs in which"),
        ("51%", "Mean difference with its 95 % interval"),
    )
    return [{"text": text, "left": left, "top": 4, "padding": 0, "textStyle": style} for left, text in heads]


def _share_axis(theme: Theme) -> dict[str, Any]:
    return {
        "gridIndex": 0,
        "type": "value",
        "min": 0,
        "max": 100,
        "interval": 50,
        "axisLabel": {"color": theme.quiet, "formatter": "{value} %"},
        "splitLine": {"show": False},
    }


def _size_axis(reach: float, theme: Theme) -> dict[str, Any]:
    return {
        "gridIndex": 1,
        "type": "value",
        "min": -reach,
        "max": reach,
        "axisLabel": {"show": False},
        "axisTick": {"show": False},
        "axisLine": {"show": True, "lineStyle": {"color": theme.rule}},
        "splitLine": {"show": False},
        "name": "← favours A    favours B →",
        "nameLocation": "middle",
        "nameGap": 10,
        "nameTextStyle": {"color": theme.quiet},
    }


def _names(found: Sequence[Gap], theme: Theme) -> dict[str, Any]:
    return {
        "gridIndex": 0,
        "type": "category",
        "inverse": True,
        "data": [gap.measure.phrase.partition(" (")[0] for gap in found],
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"color": theme.ink, "width": 150, "overflow": "break", "interval": 0},
    }


def _answers(found: Sequence[Gap], theme: Theme) -> dict[str, Any]:
    """Return the axis at the right end, which says each difference in its own unit."""
    return {
        "gridIndex": 1,
        "type": "category",
        "inverse": True,
        "position": "right",
        "data": [f"{answer(gap)}\n{reach_of(gap)}" for gap in found],
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"color": theme.ink, "interval": 0, "lineHeight": 16, "margin": 10},
    }


def _bars(found: Sequence[Gap], own: tuple[str, str], theme: Theme) -> list[dict[str, Any]]:
    colours = (own[0], theme.rule, own[1])
    return [
        {
            "id": name,
            "name": name,
            "type": "bar",
            "stack": "pairs",
            "xAxisIndex": 0,
            "yAxisIndex": 0,
            "barWidth": 20,
            "itemStyle": {"color": colour, "borderColor": theme.paper, "borderWidth": 1},
            "data": [_part(gap, field, colour, theme) for gap in found],
        }
        for (name, field), colour in zip(PARTS.items(), colours, strict=True)
    ]


def _part(gap: Gap, field: str, colour: str, theme: Theme) -> dict[str, Any]:
    """Return one part of a bar: its share of the pairs, with their number on it where there is room."""
    count: int = getattr(gap, field)
    share = 100.0 * count / max(gap.pairs, 1)
    ink = theme.ink if field == "level" else palette.readable_on(colour)
    return {
        "value": round(share, 2),
        "label": {"show": share >= WRITTEN, "formatter": f"{count}", "color": ink, "fontSize": 12},
        "tooltip": {"formatter": counted(gap)},
    }


def counted(gap: Gap) -> str:
    """Return in how many pairs each did better, as a tooltip has it."""
    alike = f"as good in {gap.level:,}"
    if gap.both is not None:
        alike = f"both in {gap.both:,}, neither in {gap.level - gap.both:,}"
    phrase = escape(gap.measure.phrase)
    return (
        f"<b>{phrase}</b><br>of {gap.pairs:,} pairs: A better in {gap.ahead:,}, "
        f"B better in {gap.behind:,}, {alike}"
    )


def sized(gap: Gap) -> str:
    """Return the difference with its interval, as a tooltip has it."""
    means = " under A, ".join(gap.measure.amount(mean) for mean in gap.means)
    unit = escape(gap.unit)
    return (
        f"<b>{escape(gap.measure.phrase)}</b><br>{means} under B<br>A minus B: {gap.figure(gap.estimate)} "
        f"{unit}<br>95 % interval: {escape(gap.interval())}<br>{escape(answer(gap))}"
    )


def _whiskers(found: Sequence[Gap], theme: Theme) -> dict[str, Any]:
    """Return every interval as a piece of one broken line, and the line of no difference."""
    points: list[list[Any]] = []
    for place, gap in enumerate(found):
        ends = [favour(gap, value) for value in (gap.low, gap.high)]
        if np.isfinite(ends).all():
            points += [[end, place] for end in sorted(ends)]
        points.append(["-", place])
    return {
        "id": "intervals",
        "type": "line",
        "xAxisIndex": 1,
        "yAxisIndex": 1,
        "data": points,
        "connectNulls": False,
        "symbol": "rect",
        "symbolSize": [2, 10],
        "silent": True,
        "lineStyle": {"color": theme.ink, "width": 2},
        "itemStyle": {"color": theme.ink},
        "markLine": {
            "silent": True,
            "symbol": "none",
            "label": {"show": False},
            "lineStyle": {"color": theme.quiet, "type": "dashed", "width": 1},
            "data": [{"xAxis": 0}],
        },
    }


def _dots(found: Sequence[Gap], own: tuple[str, str], theme: Theme) -> dict[str, Any]:
    data = []
    for place, gap in enumerate(found):
        at = favour(gap, gap.estimate)
        fill = own[0 if gap.better == "A" else 1] if gap.better else theme.paper
        data.append(
            {
                "value": [round(at, 4) if np.isfinite(at) else "-", place],
                "itemStyle": {"color": fill, "borderColor": theme.ink, "borderWidth": 1.5},
                "tooltip": {"formatter": sized(gap)},
            }
        )
    return {
        "id": "differences",
        "type": "scatter",
        "xAxisIndex": 1,
        "yAxisIndex": 1,
        "symbolSize": 12,
        "z": 5,
        "data": data,
    }
