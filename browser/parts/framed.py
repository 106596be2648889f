"""A chart in its frame: a title that says what it shows, the picture, and the table behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import pandas as pd
import solara

from browser.parts.chart import Chart, text_of

#: Rows that a table behind a chart shows.
ROWS = 400


def Framed(
    title: str,
    option: dict[str, Any],
    table: Callable[[], pd.DataFrame],
    testid: str,
    label: str = "",
    height: str = "300px",
    fresh: str = "",
    is_outdated: bool = False,
    on_pick: Callable[[dict[str, Any]], None] | None = None,
    note: str = "",
) -> None:
    """Show a chart with its title, and on request the table of what it shows.

    Parameters
    ----------
    title : str
        What the chart shows, with its unit.
    option : dict
        As ECharts takes it; no functions, no NaN.
    label, height, fresh, on_pick : see `browser.parts.chart.Chart`; the label is the title by default
    table : callable
        Returns the numbers that are drawn; only called when the table is asked for.
    testid : str
        ``data-testid`` of the frame; the chart's has "-chart" added, the table's "-table".
    is_outdated : bool
        Whether the picture belongs to earlier settings.
    note : str
        A line of small print below the picture.
    """
    with Frame(title, table, testid, is_outdated=is_outdated, note=note):
        Chart(
            option=text_of(option),
            label=label or title,
            height=height,
            testid=f"{testid}-chart",
            fresh=fresh,
            event_pick=on_pick,
        )


@solara.component
def Frame(
    title: str,
    table: Callable[[], pd.DataFrame],
    testid: str,
    is_outdated: bool = False,
    note: str = "",
    children: Sequence[solara.Element[Any]] = (),
) -> None:
    """Show any picture with its title, and on request the table of what it shows.

    Parameters
    ----------
    title, table, testid, is_outdated, note : see `Framed`
    children : sequence of elements
        The picture; what is made within ``with Frame(...):``.
    """
    is_open, set_open = solara.use_state(False)
    classes = ["bc-frame", *(["bc-outdated"] if is_outdated else [])]
    with solara.Column(gap="2px", classes=classes):
        with solara.Row(classes=["bc-frame-head"], justify="space-between", gap="4px"):
            solara.Text(title, classes=["bc-title"])
            solara.Button(
                "Hide table" if is_open else "Table",
                text=True,
                on_click=lambda: set_open(not is_open),
                classes=["bc-small"],
                attributes={
                    "aria-expanded": str(is_open).lower(),
                    "aria-label": f"Table of {title}",
                    "data-testid": f"{testid}-open",
                },
            )
        solara.Div(children=list(children))
        if note:
            solara.Text(note, classes=["bc-note"])
        if is_open:
            Table(table(), f"{testid}-table", title)


@solara.component
def Table(frame: pd.DataFrame, testid: str, caption: str) -> None:
    """Show a table as plain HTML, which every reader of screens can read."""
    shown = frame.head(ROWS)
    html = shown.to_html(index=False, border=0, classes="bc-table", float_format=lambda value: f"{value:.3g}")
    more = f"<caption>{escape(caption)}, first {ROWS} rows</caption>" if len(frame) > ROWS else ""
    html = html.replace("<thead>", f"{more}<thead>", 1)
    with solara.Div(classes=["bc-table-box"], attributes={"data-testid": testid, "tabindex": "0"}):
        solara.HTML(unsafe_innerHTML=html)
