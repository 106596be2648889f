"""The network of one month: who is tied to whom, and how pressure and trust travel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import solara

from browser.charts.theme import Theme
from browser.story import Chapter


@dataclass(frozen=True)
class Look:
    """How a network is looked at.

    Attributes
    ----------
    layers : the layers that are drawn
    size : the quantity that gives actors their size
    """

    layers: tuple[str, ...] = ("pressure", "back channel")
    size: str = "influence"


@solara.component
def NetworkPanel(
    chapter: Chapter,
    month: int,
    theme: Theme,
    look: solara.Reactive[Look],
    on_pick: Callable[[str], None],
    testid: str = "network",
    height: str = "420px",
) -> None:
    """Show the network as it stands in a month; a click on an actor tells ``on_pick`` its name."""
    solara.Text(f"network of {len(chapter.cast.members)} actors, month {month}")


@solara.component
def LookBar(chapter: Chapter, look: solara.Reactive[Look]) -> None:
    """Show the switches of the layers, and what gives actors their size."""
    solara.Text("look")
