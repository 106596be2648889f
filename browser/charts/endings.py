"""How the runs of an ensemble end: a bar for each label, by plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from typing import Any

import pandas as pd

from browser.charts.theme import Theme
from experiments.palette import ending_colour

#: Height of a row of one label, of all else, and of a second plan in a row, in pixels.
ROW, REST, SECOND = 18, 6, 12


def height_of(table: pd.DataFrame) -> str:
    """Return the height that the picture of a table of endings needs, in CSS."""
    plans = max(table["plan"].nunique(), 1)
    return f"{REST + (ROW + SECOND * (plans - 1)) * table['label'].nunique()}px"


def endings(
    table: pd.DataFrame, names: Sequence[str], theme: Theme, marked: Collection[str] = ()
) -> dict[str, Any]:
    """Return the share of each label, the palette's first on top.

    Parameters
    ----------
    table : DataFrame
        A row a label and plan: label, plan, runs and share (see `browser.scene.crowd.Crowd.endings`).
    names : sequence of str
        How each plan is called; empty for a single one.
    theme : Theme
    marked : collection of str
        Labels of the histories that are watched, as far as they are lived.
    """
    labels = list(dict.fromkeys(table["label"]))
    most = float(table["share"].max()) if len(table) else 1.0
    ink = {"color": theme.ink, "fontSize": 12}
    return {
        **theme.base(),
        "grid": {"left": 148, "right": 84, "top": 2, "bottom": 2},
        "tooltip": theme.tooltip(trigger="item"),
        "xAxis": {"type": "value", "min": 0, "max": round(100 * most, 1) or 1, "show": False},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [f"▶ {label}" if label in marked else label for label in labels],
            "axisLabel": {**ink, "interval": 0},
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": theme.rule}},
        },
        "series": [
            _bars(table[table["plan"] == place], name, place, theme) for place, name in enumerate(names)
        ],
    }


def _bars(table: pd.DataFrame, name: str, place: int, theme: Theme) -> dict[str, Any]:
    opening = f"<b>{escape(name)}</b><br>" if name else ""
    letter = f"{name[:1]}  " if name else ""
    return {
        "id": f"endings-{place}",
        "name": name,
        "type": "bar",
        "barCategoryGap": "24%",
        "data": [
            {
                "value": round(100 * share, 4),
                "itemStyle": {
                    "color": ending_colour(label),
                    "borderColor": theme.quiet,
                    "borderWidth": 0.5,
                },
                "label": {
                    "show": True,
                    "position": "right",
                    "color": theme.ink,
                    "fontSize": 12,
                    "formatter": f"{letter}{runs} ({in_percent(share)})",
                },
                "tooltip": {"formatter": f"{opening}{escape(label)}: {runs} runs, {share:.1%}"},
            }
            for label, runs, share in zip(table["label"], table["runs"], table["share"], strict=True)
        ],
    }


def in_percent(share: float) -> str:
    """Return a share in whole per cent; a small one is not nothing."""
    return "<1%" if 0.0 < share < 0.005 else f"{share:.0%}"


def shown(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the endings as a table to be read."""
    table = table.assign(share=table["share"].map("{:.1%}".format))
    if len(names) == 1:
        return table.drop(columns="plan")
    return table.assign(plan=[names[place] for place in table["plan"]])
