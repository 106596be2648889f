"""The bars at the top: which view, and the history played, stepped, reset and gone back in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import solara


@solara.component_vue("../vue/bar.vue")
def Bar(
    *,
    title: str,
    views: Sequence[dict[str, str]],
    tab: str,
    month: int,
    lived: int,
    horizon: int,
    date: str,
    speed: int,
    speeds: Sequence[int],
    is_playing: bool,
    is_stuck: bool,
    is_held: bool,
    is_dark: bool,
    is_side_open: bool,
    query: str,
    event_act: Callable[[str], None],
    event_look: Callable[[int], None],
) -> None:
    """Show the bars.

    Parameters
    ----------
    title : str
        What is shown, in a line.
    views, tab : sequence of mapping, str
        The views ("key", "title"), and the key of the one that is open.
    month, lived, horizon, date : int, int, int, str
        The month that is looked at, how many are lived, how many there are, and the date.
    speed, speeds : int, sequence of int
        Months a second, and what can be chosen.
    is_playing, is_stuck, is_held : bool
        Whether it plays, whether it cannot go on, and whether it played until something was changed.
    is_dark, is_side_open : bool
        The colours, and whether the controls are shown.
    query : str
        What the address of the page is to say, so that it opens the same state again; empty to leave it.
    event_act : callable
        Told "reset", "play", "pause", "step", "theme", "side", "side:on", "side:off", "about",
        "tab:<key>" or "speed:<months>".
    event_look : callable
        Told the month to look at.
    """
