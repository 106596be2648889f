"""The page as a whole: a bar to play the history with, what is watched beside the ensemble, and the tabs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import solara
import solara.lab

from browser.charts.theme import Theme, theme_of
from browser.crowd import Crowd, crowd_of
from browser.links import settings_of
from browser.parts.card import ActorCard
from browser.parts.compare import ComparePanel
from browser.parts.controls import ControlsPanel
from browser.parts.crowd import CrowdPanel
from browser.parts.editor import EditorPanel
from browser.parts.ledger import LedgerPanel
from browser.parts.network import Look, LookBar, NetworkPanel
from browser.parts.series import SeriesPanel
from browser.parts.takeaway import TakeAwayPanel
from browser.parts.track import StrategyTrack
from browser.parts.transport import TransportBar
from browser.session import Session
from browser.settings import Settings
from model.vocabulary import InputError

#: The tabs: what they are called, by their key.
TABS = {"watch": "Watch", "compare": "Compare", "strategy": "Strategy", "take": "Take away"}

STYLE = Path(__file__).with_name("page.css")


@solara.component
def Page() -> None:
    """Show the page to one reader."""
    router = solara.use_router()
    session, fault = solara.use_memo(lambda: begun(router.search or ""), [])
    crowd, is_outdated = use_crowd(session.scene.value.settings)
    solara.lab.use_task(session.keep_playing, dependencies=[session.is_playing.value], prefer_threaded=True)
    solara.Title("Backchannel")
    solara.Style(STYLE)
    tab = solara.use_reactive("watch")
    theme = theme_of(bool(solara.lab.use_dark_effective()))
    scene = session.scene.value
    look = solara.use_reactive(Look())
    with solara.Div(classes=["bc-page"]):
        TransportBar(session, scene, tab, TABS)
        if fault or scene.fault:
            solara.Error(fault or scene.fault, dense=True, classes=["bc-fault"])
        with solara.Div(classes=["bc-body"]):
            with solara.Div(
                classes=["bc-side"], attributes={"role": "complementary", "aria-label": "Controls"}
            ):
                ControlsPanel(scene.settings, scene.fault, session.change)
            with solara.Div(
                classes=["bc-main", *(["bc-outdated"] if scene.is_stale else [])],
                attributes={"role": "main", "data-testid": f"tab-{tab.value}"},
            ):
                if not scene.chapters:
                    solara.Text("There is no history to show: the settings on the left cannot be run.")
                elif tab.value == "watch":
                    Watch(session, crowd, is_outdated, look, theme)
                elif tab.value == "compare":
                    ComparePanel(scene, crowd, is_outdated, look, session.look_at, session.change, theme)
                elif tab.value == "strategy":
                    EditorPanel(scene.settings, 0, session.change)
                else:
                    TakeAwayPanel(scene.settings, scene.chapters, crowd, session.change)


@solara.component
def Watch(
    session: Session, crowd: Crowd | None, is_outdated: bool, look: solara.Reactive[Look], theme: Theme
) -> None:
    """Show one history, and the ensemble beside it."""
    scene = session.scene.value
    chapter, month = scene.chapters[0], scene.month
    picked: solara.Reactive[str | None] = solara.use_reactive(None)
    with solara.Div(classes=["bc-watch"]):
        with solara.Div(classes=["bc-left"]):
            LookBar(chapter, look)
            with solara.Div(classes=["bc-map"]):
                NetworkPanel(chapter, month, theme, look, picked.set)
                if picked.value is not None and picked.value in chapter.cast.members:
                    ActorCard(chapter, month, picked.value, picked.set)
            StrategyTrack(chapter, month, session.look_at)
        with solara.Div(classes=["bc-right"]), solara.lab.Tabs():
            with solara.lab.Tab("Series"):
                SeriesPanel((chapter,), month, crowd, is_outdated, session.look_at, theme)
            with solara.lab.Tab("Ledger"):
                LedgerPanel((chapter,), month, session.look_at, theme)
            with solara.lab.Tab("300 runs"):
                CrowdPanel(crowd, is_outdated, (chapter,), theme)


def begun(query: str) -> tuple[Session, str]:
    """Return a session that shows what a link says, and what is wrong with the link; empty if nothing is."""
    try:
        return Session(settings_of(query)), ""
    except InputError as fault:
        return Session(Settings()), f"This link cannot be shown: {fault}"


def use_crowd(settings: Settings) -> tuple[Crowd | None, bool]:
    """Return the newest ensemble that there is, and whether it belongs to earlier settings."""
    kept: Any = solara.use_ref(None)
    task = solara.lab.use_task(
        lambda: crowd_or_fault(settings), dependencies=[settings], prefer_threaded=True
    )
    if task.finished and task.value is not None and not isinstance(task.value, str):
        kept.current = task.value
    newest: Crowd | None = kept.current
    return newest, newest is not None and newest.settings != settings


def crowd_or_fault(settings: Settings) -> Crowd | str:
    """Return the ensemble under these settings, or why there is none."""
    try:
        return crowd_of(settings)
    except Exception as fault:
        return str(fault)
