"""What the page lets run beside it: nothing of it outlives the page, and nothing out of date goes on."""

import gc
import threading
import time
import weakref

import pytest
import solara

from browser import page
from browser.scene import limits
from browser.scene.settings import Settings
from browser.session import Session
from model.vocabulary import InputError

SHORT = Settings(months=200)


@solara.component
def Held(session, seen):
    """Hold what the page holds: a history that plays, and an ensemble."""
    page.use_play(session)
    seen.append(page.use_crowd(session.scene.value))
    solara.Text(f"{session.scene.value.month} {session.is_playing.value}")


@pytest.fixture
def held():
    """Have a session on a page, what was seen of its ensemble, and what closes the page."""
    session, seen = Session(SHORT), []
    _, rendering = solara.render(Held(session, seen), handle_error=False)
    yield session, seen, rendering.close
    session.pause()


def until(holds):
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.005)


def test_a_history_is_played_on_behind_no_page_that_was_closed(held):
    session, _, close = held
    before = set(threading.enumerate())
    session.play()
    until(lambda: session.scene.value.month > 2)
    close()
    until(lambda: not set(threading.enumerate()) - before)
    assert session.scene.value.month < SHORT.months


def test_the_ensemble_is_of_the_settings_that_were_set_last(held):
    session, seen, _ = held
    for seed in range(20, 26):
        session.change(SHORT.but(seed=seed))
    until(lambda: seen[-1][0] is not None and seen[-1][0].settings.seed == 25)


def test_an_ensemble_that_is_asked_for_no_more_ends_early(held, monkeypatch):
    session, seen, close = held
    until(lambda: seen[-1][0] is not None)
    begun, ended = threading.Event(), []

    def endless(settings, progress):
        begun.set()
        try:
            begun.set()
            while True:
                progress("running", 0, 1)
                time.sleep(0.001)
        finally:
            ended.append(settings.seed)

    monkeypatch.setattr(page, "crowd_of", endless)
    session.change(SHORT.but(seed=20))
    assert begun.wait(20)
    close()
    until(lambda: ended == [20])


def test_settings_that_cannot_be_run_are_not_run_three_hundred_times(held, monkeypatch):
    session, seen, _ = held
    until(lambda: seen[-1][0] is not None)
    asked = []
    monkeypatch.setattr(page, "crowd_of", lambda settings, progress: asked.append(settings))
    session.change(SHORT.but(scenario="nowhere"))
    time.sleep(3 * page.REST)
    assert asked == []
    assert seen[-1][1] == ""


@pytest.mark.parametrize(
    "settings",
    [
        SHORT.but(months=limits.MOST_MONTHS + 1),
        Settings("stylised-region", grow=(("states", limits.MOST_ACTORS + 1),)),
    ],
)
def test_what_is_too_large_for_a_link_is_too_large_for_the_controls(held, settings):
    session, _, _ = held
    before = session.scene.value.chapters
    session.change(settings)
    assert session.scene.value.is_stale
    assert "too" in session.scene.value.fault
    assert session.scene.value.chapters is before


def test_a_fault_of_the_ensemble_is_said(held, monkeypatch):
    session, seen, _ = held

    def fails(settings, progress):
        raise InputError("it is not to be")

    monkeypatch.setattr(page, "crowd_of", fails)
    session.change(SHORT.but(seed=20))
    until(lambda: seen[-1][1] == "it is not to be")


def test_a_page_that_was_closed_leaves_nothing_in_memory():
    session, seen = Session(SHORT), []
    kept = weakref.ref(session)
    _, rendering = solara.render(Held(session, seen), handle_error=False)
    until(lambda: seen[-1][0] is not None)
    crowd = weakref.ref(seen[-1][0])
    rendering.close()
    seen.clear()
    del session, rendering
    until(lambda: gc.collect() >= 0 and kept() is None and crowd() is None)
