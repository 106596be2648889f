"""An ECharts chart on the page; its options come from `browser.charts`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import solara


def text_of(option: Any) -> str:
    """Return an option, or whatever else is drawn, as JSON: a text is handed on as it is.

    In lists and mappings parts of the page are looked for, each time that anything is drawn.
    """
    return json.dumps(option, separators=(",", ":"), allow_nan=False)


@solara.component_vue("../vue/chart.vue")
def Chart(
    option: str,
    label: str = "",
    height: str = "300px",
    testid: str = "",
    fresh: str = "",
    event_pick: Callable[[dict[str, Any]], None] | None = None,
) -> None:
    """Draw a chart.

    Parameters
    ----------
    option : str
        As ECharts 5.4 takes it, in JSON (see `text_of`).
    label : str
        What the picture shows, for those who cannot see it.
    height : str
        In CSS.
    testid : str
        ``data-testid`` of its element, by which tests find it.
    fresh : str
        When this changes, the chart is drawn anew; otherwise it keeps its zoom and the chosen entries of
        its legend from one option to the next.
    event_pick : callable, optional
        Told what was clicked: a mapping with "name", "value", "series" (its name or id) and "data" (what
        the option says of it).
    """
