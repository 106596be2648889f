"""The page as a whole: the bars, the controls at the side, and what is looked at."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Event, Lock
from typing import Any

import solara
import solara.lab

from browser.charts.theme import Theme, theme_of, variables
from browser.editor.desk import Desk
from browser.exchange.links import Link, link_of, query_kept
from browser.parts.about import About
from browser.parts.bar import Bar
from browser.parts.compare import ComparePanel
from browser.parts.controls import ControlsPanel
from browser.parts.editor import EditorPanel
from browser.parts.inplace import InPlace
from browser.parts.takeaway import TakeAwayPanel
from browser.parts.watch import Watch
from browser.reading.look import Look
from browser.scene.crowd import Crowd, crowd_of
from browser.scene.settings import Settings
from browser.session import SPEEDS, Scene, Session
from model.vocabulary import InputError

#: The views: what they are called, by their key.
VIEWS = {"watch": "Watch", "compare": "Compare", "strategy": "Strategy", "take": "Take away"}
#: Seconds for which settings have to rest before an ensemble is run: a slider passes many.
REST = 0.06
#: One ensemble at a time, whoever asked for it: each takes all cores, and a large one much memory.
ALONE = Lock()


@solara.component
def Page() -> None:
    """Show the page to one reader."""
    router = solara.use_router()
    session, link, fault = solara.use_memo(lambda: begun(router.search or ""), [])
    scene = session.scene.value
    crowd, crowd_fault = use_crowd(scene)
    use_play(session)
    theme = theme_of(bool(solara.lab.use_dark_effective()))
    tab = solara.use_reactive(link.tab if link.tab in VIEWS else "watch")
    look = solara.use_reactive(link.look)
    # What is taken away shows the view that the reader came from.
    came_from = solara.use_ref("watch")
    came_from.current = tab.value if tab.value != "take" else came_from.current
    side: solara.Reactive[bool] = solara.use_reactive(True)
    is_asked: solara.Reactive[bool] = solara.use_reactive(False)
    draft: solara.Reactive[Desk | None] = solara.use_reactive(None)
    solara.Title("Backchannel")
    solara.Style(style())

    is_moving = session.is_playing.value
    shown = Link(scene.settings, scene.month, tab.value, kept(look.value, scene))
    query = solara.use_memo(lambda: "" if is_moving else query_kept(shown), [is_moving, shown])

    def act(what: Any) -> None:
        name, _, value = str(what).partition(":")
        match name:
            case "tab" if value in VIEWS:
                tab.set(value)
            case "speed" if value in map(str, SPEEDS):
                session.speed.set(int(value))
            case "side" if value:
                side.set(value == "on")
            case "side":
                side.set(not side.value)
            case "about":
                is_asked.set(True)
            case "theme":
                solara.lab.theme.dark = not theme.is_dark
            case "reset" | "play" | "pause" | "step":
                getattr(session, name)()

    with solara.Div(classes=["bc-page"]):
        # A link is spoken of until something is changed; the element stays, so that others are not made anew.
        said = scene.fault or (fault if scene.settings == Settings() else "")
        bar(session, tab.value, theme, side.value, "" if said else query, act)
        solara.Div(
            [said], classes=["bc-fault"] if said else [], attributes={"role": "alert", "data-testid": "fault"}
        )
        with solara.Div(classes=["bc-body", *([] if side.value else ["bc-alone"])]):
            with solara.Div(
                classes=["bc-side"], attributes={"role": "complementary", "aria-label": "Controls"}
            ):
                InPlace(
                    "The controls",
                    lambda: ControlsPanel(scene.settings, scene.fault, session.change),
                    scene.settings,
                )
            classes = ["bc-main", *(["bc-outdated"] if scene.is_stale else [])]
            with solara.Div(classes=classes, attributes={"role": "main", "data-testid": f"view-{tab.value}"}):
                View(session, scene, tab.value, came_from.current, crowd, crowd_fault, look, draft, theme)
    About(is_asked)


def bar(session: Session, tab: str, theme: Theme, is_side_open: bool, query: str, act: Any) -> None:
    """Show the bars at the top."""
    scene = session.scene.value

    def look(month: Any) -> None:
        if isinstance(month, int):  # whatever else a message may hold is no month
            session.look_at(month)

    Bar(
        title=titled(scene),
        views=[{"key": key, "title": title} for key, title in VIEWS.items()],
        tab=tab,
        month=scene.month,
        lived=scene.lived,
        horizon=scene.horizon,
        date=scene.chapters[0].at(scene.month).date if scene.chapters else "",
        speed=session.speed.value,
        speeds=list(SPEEDS),
        is_playing=session.is_playing.value,
        is_stuck=bool(scene.fault),
        is_held=scene.is_held and not scene.fault,
        is_dark=theme.is_dark,
        is_side_open=is_side_open,
        query=query,
        event_act=act,
        event_look=look,
    )


def kept(look: Look, scene: Scene) -> Look:
    """Return a look as a link keeps it: without the card of somebody who is not in the scenario."""
    known = scene.chapters[0].cast.members if scene.chapters else {}
    return look if look.card in known else look.opened(None)


def titled(scene: Scene) -> str:
    """Return what a scene shows, in a line."""
    if not scene.chapters:
        return ""
    strategies = " against ".join(chapter.strategy.title for chapter in scene.chapters)
    return f"{scene.chapters[0].cast.scenario.title}: {strategies}"


@solara.component
def View(
    session: Session,
    scene: Scene,
    tab: str,
    came_from: str,
    crowd: Crowd | None,
    crowd_fault: str,
    look: solara.Reactive[Look],
    draft: solara.Reactive[Desk | None],
    theme: Theme,
) -> None:
    """Show what is looked at; ``came_from`` is the view before what is taken away was opened."""
    is_outdated = crowd is None or crowd.settings != scene.settings

    def opened() -> None:
        match tab:
            case "watch":
                Watch(scene, crowd, is_outdated, crowd_fault, look, session.look_at, theme)
            case "compare":
                ComparePanel(scene, crowd, is_outdated, look, session.look_at, session.change, theme)
            case "strategy":
                EditorPanel(scene.settings, 0, session.change, draft)
            case _:
                seen = kept(look.value, scene)
                TakeAwayPanel(scene.settings, crowd, session.change, scene.month, came_from, seen)

    if scene.chapters:
        InPlace("This view", opened, (tab, scene))
    else:
        solara.Text("There is no history to show: what is set cannot be run.")


@cache
def style() -> str:
    """Return the styles of all parts."""
    folder = Path(__file__).with_name("css")
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css"))]
    return "\n".join([variables(), *texts])


def begun(query: str) -> tuple[Session, Link, str]:
    """Return a session that shows what a link says, the link itself, and why another is not shown."""
    try:
        link, fault = link_of(query), ""
    except InputError as reason:
        link, fault = Link(), f"This link cannot be shown: {reason}"
    return Session(link.settings, link.month), link, fault


# Threads are those of `solara.use_thread`: what `solara.lab.use_task` is given, and all that it refers to,
# even a whole session, is kept for as long as the server runs.


def use_play(session: Session) -> None:
    """Let a thread play the history for as long as this turn is played and the page is open."""
    turn = session.turn if session.is_playing.value else None
    scene = session.scene.value
    drawn = solara.use_ref(scene)
    # A month that comes while the page is drawn begins the drawing anew: it would never be on sight.
    solara.use_effect(lambda: setattr(drawn, "current", scene), [scene])

    def play(gone: Event) -> None:
        if turn is not None:
            session.keep_playing(turn, gone.wait, lambda: drawn.current is session.scene.value)

    solara.use_thread(play, [turn], intrusive_cancel=False)
    solara.use_effect(lambda: session.pause, [])  # nobody plays on when the reader or the server is gone


class Pointless(Exception):
    """What is run is asked for no more."""


def use_crowd(scene: Scene) -> tuple[Crowd | None, str]:
    """Return the newest ensemble that there is, and why there is none of the present settings."""
    kept: Any = solara.use_ref(None)
    settings, is_stale = scene.settings, scene.is_stale

    def run(gone: Event) -> Crowd | str | None:
        def go_on(*_: Any) -> None:
            if is_stale or gone.is_set():
                raise Pointless

        gone.wait(REST)
        try:
            with ALONE:
                go_on()
                return crowd_of(settings, go_on)
        except Pointless:
            return None
        except Exception as fault:  # shown in its place
            return str(fault) or type(fault).__name__

    task = solara.use_thread(run, [settings, is_stale], intrusive_cancel=False)
    found = task.value if task.state == solara.ResultState.FINISHED else None
    if isinstance(found, Crowd):
        kept.current = found
    newest: Crowd | None = kept.current
    return newest, found if isinstance(found, str) else ""
