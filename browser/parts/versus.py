"""The head of a comparison: which two strategies, in which colours; and the start of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara


@solara.component_vue("../vue/versus.vue")
def Versus(
    *,
    sides: Sequence[dict[str, str]],
    choices: Sequence[dict[str, str]],
    event_act: Callable[[dict[str, Any]], None],
) -> None:
    """Show the strategies that are compared, or which there are to compare with.

    Parameters
    ----------
    sides : sequence of mapping
        One or two: "strategy" (its name), "title", "more" (what is changed about it), "colour" and "ink"
        (of text on the colour).
    choices : sequence of mapping
        What can be chosen: "name", "title", "text" and "kin", how it is related to A.
    event_act : callable
        Told {"what": "swap"}, {"what": "stop"} or {"what": "choose", "place": 0 or 1, "name": ...}.
    """
