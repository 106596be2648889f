"""One history on its network, and beside it the ensemble that it belongs to."""

from __future__ import annotations

from collections.abc import Callable

import solara

from browser.charts.theme import Theme
from browser.parts.card import ActorCard
from browser.parts.crowd import CrowdPanel
from browser.parts.inplace import InPlace
from browser.parts.ledger import LedgerPanel
from browser.parts.network import LookBar, NetworkPanel, picking
from browser.parts.series import SeriesPanel
from browser.parts.subtabs import SubTabs
from browser.parts.track import StrategyTrack
from browser.reading.look import Look
from browser.scene.crowd import Crowd
from browser.scene.settings import RUNS
from browser.scene.story import Chapter
from browser.session import Scene

#: What is seen beside the network, by key.
BESIDE = {"series": "Series", "ledger": "Ledger", "crowd": f"{RUNS} runs"}
#: Height of the map: what a window leaves beside the bars, the switches, the key and the track.
HEIGHT = "clamp(270px, calc(100vh - 446px), 760px)"


@solara.component
def Watch(
    scene: Scene,
    crowd: Crowd | None,
    is_outdated: bool,
    crowd_fault: str,
    look: solara.Reactive[Look],
    on_month: Callable[[int], None],
    theme: Theme,
) -> None:
    """Show one history, and the ensemble beside it."""
    chapter, month = scene.chapters[0], scene.month
    beside = solara.use_reactive("series")
    picked, pick = look.value.card, picking(look)

    def opened() -> None:
        match beside.value:
            case "series":
                SeriesPanel((chapter,), month, crowd, is_outdated, on_month, theme)
            case "ledger":
                LedgerPanel((chapter,), month, on_month, theme)
            case _:
                CrowdPanel(crowd, is_outdated, (chapter,), theme)

    with solara.Div(classes=["bc-watch"]):
        with solara.Div(classes=["bc-left"]):
            InPlace("The map", lambda: Map(chapter, month, look, pick, theme), scene)
            InPlace("The track", lambda: StrategyTrack(chapter, month, on_month), scene)
        with solara.Div(classes=["bc-right"]):
            SubTabs(BESIDE, beside.value, beside.set, "Beside the network")
            with solara.Div(
                classes=["bc-scroll"], attributes={"role": "region", "aria-label": BESIDE[beside.value]}
            ):
                if crowd_fault and beside.value != "ledger":
                    solara.Text(f"The ensemble cannot be run: {crowd_fault}", classes=["bc-note"])
                InPlace("What stands here", opened, (beside.value, scene, crowd))
            # Beside the map and not over it, so that others can be picked on it.
            if picked in chapter.cast.members:
                ActorCard(chapter, month, picked, pick)


@solara.component
def Map(
    chapter: Chapter,
    month: int,
    look: solara.Reactive[Look],
    on_pick: Callable[[str], None],
    theme: Theme,
) -> None:
    """Show the network, on which an actor is picked."""
    with solara.Div(classes=["bc-upper"]):
        LookBar(chapter, look, theme)
        with solara.Div(classes=["bc-map"]):
            NetworkPanel(chapter, month, theme, look, on_pick, height=HEIGHT)
