"""One reader's session: it alone holds models, lives them under a lock, and hands out what can be drawn.

A story is lived by nobody but its session, and only while the lock is held; what the page draws was
made under the same lock and never changes. Whatever makes work under way pointless (a pause, a reset, a
change of settings) begins a new **turn**; a step that was meant for an earlier turn is not taken. So nothing
steps after a pause, and a reset stands at month 0. The lock is never held while the page is drawn.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import RLock

import solara

from browser.scene.settings import Settings
from browser.scene.story import Chapter, Story
from model.vocabulary import InputError

log = logging.getLogger(__name__)

#: Months a second at which a history can be played.
SPEEDS = (1, 2, 4, 10)

#: Seconds between two months in which whoever waits for the lock can have it, however slow a month is.
BREATH = 0.01
#: Seconds for which a month that is played waits at most until the one before it is drawn.
PATIENCE = 2.0


@dataclass(frozen=True, eq=False)
class Scene:
    """What there is to see: one history, or two on the same luck, and the month that is looked at.

    Attributes
    ----------
    settings : what the stories were made from
    chapters : one story a plan, all lived equally far; none before any could be made
    month : the month that is looked at, 0 to `lived`
    fault : why the stories cannot begin or go on, in a sentence; empty if they can
    is_stale : whether `chapters` belong to earlier settings, since the present ones cannot be run
    is_held : whether the history was played until its settings were changed
    """

    settings: Settings
    chapters: tuple[Chapter, ...] = ()
    month: int = 0
    fault: str = ""
    is_stale: bool = False
    is_held: bool = False

    @property
    def lived(self) -> int:
        """Months lived so far."""
        return min((chapter.lived for chapter in self.chapters), default=0)

    @property
    def horizon(self) -> int:
        """Months after which the stories end."""
        return min((chapter.horizon for chapter in self.chapters), default=0)


class Session:
    """The stories of one reader.

    Parameters
    ----------
    settings : Settings
        What is shown first.
    month : int
        In which month.

    Attributes
    ----------
    scene : solara.Reactive[Scene]
        What there is to see; replaced whole, never changed.
    is_playing : solara.Reactive[bool]
    speed : solara.Reactive[int]
        Months a second.
    """

    def __init__(self, settings: Settings, month: int = 0) -> None:
        self._lock = RLock()
        self._turn = 0
        self._plays = False
        self._stories: list[Story] = []
        self._scene = Scene(settings, month=month)
        self.scene = solara.reactive(self._scene)
        self.is_playing = solara.reactive(False)
        self.speed: solara.Reactive[int] = solara.reactive(SPEEDS[2])
        self.change(settings)

    @property
    def settings(self) -> Settings:
        """What is shown, or could not be."""
        return self._scene.settings

    @property
    def turn(self) -> int:
        """The present turn: a step that was meant for another is not taken."""
        return self._turn

    # --- what a reader does --------------------------------------------------------------------------------

    def change(self, settings: Settings) -> None:
        """Show other settings at once, in the same month as before.

        A history that is played is held there: what a change does is seen by comparing that month before and
        after it, and a slider passes many settings. The page says so.
        """
        with self._lock:
            is_held = self._plays or self._scene.is_held
            self._stop()
            self._begin(settings, self._scene.month)
            self._scene = replace(self._scene, is_held=is_held)
        self._publish()

    def reset(self) -> None:
        """Begin again at month 0."""
        with self._lock:
            self._stop()
            self._begin(self.settings, 0)
        self._publish()

    def pause(self) -> None:
        """Stop playing: nothing steps any more."""
        with self._lock:
            self._stop()
        self._publish()

    def play(self) -> None:
        """Begin to play from the month that is looked at."""
        with self._lock:
            if not self._plays and self._can_go_on:
                self._turn += 1
                self._plays = True
                self._let_go()
        self._publish()

    def step(self) -> None:
        """Go on by one month."""
        self.look_at(self._scene.month + 1)

    def look_at(self, month: int) -> None:
        """Look at a month: one that is lived, or as far ahead as has to be lived for it."""
        with self._lock:
            self._stop()
            self._let_go()
            self._go_to(month)
        self._publish()

    # --- playing -------------------------------------------------------------------------------------------

    def keep_playing(
        self,
        turn: int,
        rest: Callable[[float], object] = time.sleep,
        is_drawn: Callable[[], bool] = lambda: True,
    ) -> None:
        """Live month after month while it is this turn and the horizon is not reached; meant for a thread.

        Parameters
        ----------
        turn : int
            For which this is meant.
        rest : callable
            Lets so many seconds pass.
        is_drawn : callable
            Tells whether the newest scene is on sight: the next month waits for it, though not for ever.
        """
        due = time.monotonic()
        while self.tick(turn):
            late = time.monotonic() + PATIENCE
            while turn == self._turn and not is_drawn() and time.monotonic() < late:
                rest(BREATH)
            now = time.monotonic()
            due = max(due + 1.0 / self.speed.value, now + BREATH)
            rest(due - now)

    def tick(self, turn: int) -> bool:
        """Live the next month, if this is still the turn that it was meant for; return whether to go on."""
        with self._lock:
            if turn != self._turn or not self._plays:
                return False
            self._go_to(self._scene.month + 1)
            if not self._can_go_on:
                self._stop()
            goes_on = self._plays
        self._publish()
        return goes_on

    # --- under the lock ------------------------------------------------------------------------------------

    @property
    def _can_go_on(self) -> bool:
        return not self._scene.fault and self._scene.month < self._scene.horizon

    def _stop(self) -> None:
        self._turn += 1
        self._plays = False

    def _let_go(self) -> None:
        """Hold the history no longer for what was changed."""
        if self._scene.is_held:
            self._scene = replace(self._scene, is_held=False)

    def _begin(self, settings: Settings, month: int, fault: str = "") -> None:
        """Take new stories, lived until a month, or as far as they can be lived."""
        while True:
            stories: list[Story] = []
            try:
                stories = [Story(settings, place) for place in range(len(settings.plans))]
                _live(stories, month)
                self._scene = Scene(settings, _told(stories), min(month, _lived(stories)), fault)
                self._stories = stories
                return
            except Exception as failure:
                fault = _said(failure)
            if not stories or month == 0:
                self._scene = replace(self._scene, settings=settings, fault=fault, is_stale=True)
                return
            month = min(month - 1, _lived(stories))

    def _go_to(self, month: int) -> None:
        """Take a month, lived for it if need be; where that fails, the last that can be lived."""
        scene = self._scene
        if scene.is_stale or (scene.fault and month > scene.lived):
            return
        month = min(max(month, 0), scene.horizon)
        if month <= scene.lived:
            self._scene = replace(scene, month=month)
            return
        try:
            _live(self._stories, month)
            self._scene = replace(scene, chapters=_told(self._stories), month=month)
        except Exception as failure:
            self._begin(scene.settings, min(month - 1, _lived(self._stories)), _said(failure))

    # --- beside the lock -----------------------------------------------------------------------------------

    def _publish(self) -> None:
        """Hand out the newest scene, without the lock: the page is drawn while it is handed out."""
        while True:
            plays = self._plays
            self.is_playing.set(plays)
            scene = self._scene
            self.scene.set(scene)  # may take as long as drawing does: what is said after it is asked for anew
            if scene is self._scene and plays == self._plays:
                return


def _live(stories: list[Story], month: int) -> None:
    for story in stories:
        story.live(month)


def _lived(stories: list[Story]) -> int:
    return min(len(story.snapshots) - 1 for story in stories)


def _told(stories: list[Story]) -> tuple[Chapter, ...]:
    return tuple(story.told() for story in stories)


def _said(failure: Exception) -> str:
    """Return what went wrong in a sentence; a month may fail in a rule of the reader's own."""
    if isinstance(failure, InputError):
        return str(failure)
    log.error("a month failed", exc_info=failure)
    return f"{str(failure) or type(failure).__name__}. Reset begins again."
