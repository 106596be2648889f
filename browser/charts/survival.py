"""How long first agreements live: Kaplan and Meier's curve of each plan, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from browser.charts.series import PLAN_DASHES, plain
from browser.charts.theme import Theme
from experiments.analysis.survival import Followed

#: How dark the band of an interval is.
SHADE = 0.17


def seen(found: Followed) -> pd.DataFrame:
    """Return the curve as far as it is drawn: for as long as enough agreements are at risk."""
    return found.curve.iloc[: found.months]


def survival(
    followed: Sequence[Followed | None], names: Sequence[str], colours: Sequence[str], theme: Theme
) -> dict[str, Any]:
    """Return the share of first agreements still alive, by months after they were concluded.

    Parameters
    ----------
    followed : sequence of Followed
        By plan; None where there are too few agreements to be followed.
    names, colours : sequence of str
        How each plan is called, empty for a single one, and its colour.
    theme : Theme
    """
    series: list[dict[str, Any]] = []
    for place, (found, name, colour) in enumerate(zip(followed, names, colours, strict=True)):
        if found is not None:
            series += _curve(found, name, theme.colour(colour), place)
    longest = max((found.months for found in followed if found is not None), default=12)
    quiet = {"color": theme.quiet, "fontSize": 12}
    return {
        **theme.base(),
        "grid": {"left": 48, "right": 14, "top": 12, "bottom": 38},
        "tooltip": theme.tooltip(trigger="item"),
        "xAxis": {
            "type": "category",
            "boundaryGap": False,
            "data": [str(month) for month in range(longest)],
            "name": "months after conclusion",
            "nameLocation": "middle",
            "nameGap": 22,
            "nameTextStyle": quiet,
            "axisLabel": {**quiet, "interval": (24 if longest > 60 else 12) - 1},
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": theme.rule}},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "value",
            "min": 0,
            "max": 100,
            "interval": 25,
            "axisLabel": {**quiet, "formatter": "{value} %"},
            "splitLine": {"lineStyle": {"color": theme.rule}},
        },
        "series": series,
    }


def _curve(found: Followed, name: str, colour: str, place: int) -> list[dict[str, Any]]:
    curve = seen(found)
    common = {"type": "line", "step": "end", "symbol": "none", "silent": True}
    alive = 100 * curve["survival"].to_numpy()
    low, gap = 100 * curve["low"], 100 * (curve["high"] - curve["low"])
    areas = [
        {
            **common,
            "id": f"{end}-{place}",
            "data": plain(values),
            "stack": f"interval-{place}",
            "z": 1,
            "lineStyle": {"opacity": 0},
            "areaStyle": {"color": colour, "opacity": shade},
        }
        for end, values, shade in (("low", low, 0.0), ("gap", gap, SHADE))
    ]
    line = {
        **common,
        "id": f"alive-{place}",
        "name": name,
        "data": plain(alive),
        "z": 3,
        "lineStyle": {"color": colour, "width": 2.4, "type": PLAN_DASHES[place]},
    }
    dots = {
        "id": f"months-{place}",
        "type": "scatter",
        "z": 4,
        "symbolSize": 12,
        "itemStyle": {"color": colour, "opacity": 0},
        "emphasis": {"itemStyle": {"opacity": 1}},
        "data": [
            {"value": point, "tooltip": {"formatter": _told(month, row, name)}}
            for point, (month, row) in zip(plain(alive), curve.iterrows(), strict=True)
        ],
    }
    return [*areas, line, dots]


def _told(month: Any, row: pd.Series[Any], name: str) -> str:
    opening = f"<b>{escape(name)}</b><br>" if name else ""
    return (
        f"{opening}after {month} months {row['survival']:.0%} alive<br>"
        f"95 %: {row['low']:.0%} to {row['high']:.0%}<br>{int(row['at_risk'])} at risk"
    )


def survival_table(followed: Sequence[Followed | None], names: Sequence[str]) -> pd.DataFrame:
    """Return the curves as a table, a row a plan and month."""
    tables = [
        seen(found).reset_index().assign(plan=name)
        for found, name in zip(followed, names, strict=True)
        if found is not None
    ]
    if not tables:
        return pd.DataFrame(columns=["month", "alive", "low", "high", "at risk", "ended"])
    table = pd.concat(tables, ignore_index=True).rename(columns={"survival": "alive", "at_risk": "at risk"})
    return table if len(followed) > 1 else table.drop(columns="plan")
