"""A session is the only one to live its stories: what a reader does last is what stands."""

import math
import random
import threading
import time
from contextlib import contextmanager

import numpy as np
import pandas as pd
import pytest

from browser.scene import story
from browser.scene.settings import Plan, Settings
from browser.session import SPEEDS, Session
from model import SanctionsModel

TWO = (Plan("step-for-step"), Plan("maximum-pressure"))
REGION = Settings("stylised-region")


@pytest.fixture
def session():
    return Session(Settings())


@pytest.fixture
def quick(session):
    """Play without waiting between the months."""
    session.speed.set(100_000)
    return session


@contextmanager
def played(session):
    """Play as the page does: in a thread, which must end by itself once somebody has stopped it."""
    session.play()
    thread = threading.Thread(target=session.keep_playing, args=(session.turn,))
    thread.start()
    try:
        yield thread
    finally:
        session.pause()
        thread.join(20)
        assert not thread.is_alive()


def lived_on(session, month):
    """Wait until a session that plays has come so far."""
    end = time.monotonic() + 20
    while session.scene.value.month < month:
        assert time.monotonic() < end, "it does not go on"
        time.sleep(0.001)


def failing_at(wanted):
    def fails(world, given, month):
        if month == wanted:
            raise RuntimeError("a rule of one's own failed")

    return fails


# --- one step after the other -------------------------------------------------------------------------------


def test_a_session_begins_at_month_0_with_nothing_wrong(session):
    scene = session.scene.value
    assert (scene.month, scene.lived, scene.fault, scene.is_stale) == (0, 0, "", False)
    assert scene.horizon == Settings().case().months
    assert not session.is_playing.value


def test_a_step_goes_on_by_one_month_and_no_further_than_the_horizon():
    session = Session(Settings(months=3))
    months = []
    for _ in range(5):
        session.step()
        months.append(session.scene.value.month)
    assert months == [1, 2, 3, 3, 3]


def test_looking_ahead_lives_the_months_between_and_looking_back_forgets_nothing(session):
    session.look_at(20)
    far = session.scene.value
    session.look_at(3)
    near = session.scene.value
    assert (far.month, far.lived) == (20, 20)
    assert (near.month, near.lived) == (3, 20)
    assert near.chapters is far.chapters
    session.step()
    assert session.scene.value.month == 4


@pytest.mark.parametrize(("asked", "shown"), [(-4, 0), (10_000, Settings().case().months)])
def test_a_month_that_there_is_not_is_looked_at_as_the_nearest_one(session, asked, shown):
    session.look_at(asked)
    assert session.scene.value.month == shown


def test_reset_stands_at_month_0_of_the_same_history(session):
    session.look_at(9)
    before = session.scene.value.chapters[0].series
    session.reset()
    scene = session.scene.value
    assert (scene.month, scene.lived) == (0, 0)
    session.look_at(9)
    pd.testing.assert_frame_equal(session.scene.value.chapters[0].series, before)


# --- the numbers are the model's ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(seed=12, replicate=4, months=40, without=("M14",)),
        REGION.but(plans=(Plan("regional-choreography"),), months=40),
        Settings("two-disputes", dispute=Settings("two-disputes").case().disputes[1], months=40),
    ],
    ids=["iran", "other luck", "region", "second dispute"],
)
def test_a_story_that_is_stepped_equals_the_run_without_a_page(settings):
    session = Session(settings)
    for month in (1, 2, 17, 5, 90, 10_000):
        session.look_at(month)
    alone = SanctionsModel(
        settings.case(),
        settings.strategy(),
        settings.seed,
        settings.replicate,
        months=settings.months,
        without=settings.without,
    ).run()
    chapter = session.scene.value.chapters[0]
    assert len(chapter.series) == alone.horizon
    pd.testing.assert_frame_equal(chapter.series, alone.series(settings.dispute), check_exact=True)
    pd.testing.assert_frame_equal(chapter.events, alone.events())
    assert chapter.outcome == pytest.approx(alone.outcome(settings.dispute), abs=0, nan_ok=True)


def test_two_plans_are_lived_on_the_same_luck_and_equally_far():
    session = Session(Settings(plans=TWO))
    session.look_at(30)
    chapters = session.scene.value.chapters
    assert [chapter.strategy.name for chapter in chapters] == [plan.strategy for plan in TWO]
    assert [chapter.lived for chapter in chapters] == [30, 30]
    for plan, chapter in zip(TWO, chapters, strict=True):
        alone = SanctionsModel(strategy=plan.strategy, months=30).run()
        pd.testing.assert_frame_equal(chapter.series, alone.series(), check_exact=True)


def test_equal_plans_are_equal_histories():
    session = Session(Settings(plans=(Plan(), Plan())))
    session.look_at(25)
    one, other = session.scene.value.chapters
    pd.testing.assert_frame_equal(one.series, other.series, check_exact=True)


# --- what was handed out stays ------------------------------------------------------------------------------


def test_a_chapter_never_changes_after_it_was_handed_out(session):
    session.look_at(6)
    chapter = session.scene.value.chapters[0]
    series, events = chapter.series.copy(), chapter.events.copy()
    tables = [{name: table.copy() for name, table in each.tables.items()} for each in chapter.snapshots]
    session.look_at(60)
    session.change(Settings(seed=8))
    assert chapter.lived == 6
    pd.testing.assert_frame_equal(chapter.series, series)
    pd.testing.assert_frame_equal(chapter.events, events)
    for snapshot, kept in zip(chapter.snapshots, tables, strict=True):
        for name, table in kept.items():
            np.testing.assert_array_equal(snapshot.tables[name], table)


def test_a_snapshot_cannot_be_written(session):
    with pytest.raises(ValueError, match="read-only"):
        session.scene.value.chapters[0].at(0).tables["states"]["hardship"][0] = 1.0


def test_two_sessions_do_not_see_each_other(session):
    other = Session(Settings(seed=8))
    session.look_at(12)
    assert (session.scene.value.month, other.scene.value.month) == (12, 0)
    other.look_at(5)
    other.change(REGION)
    assert session.scene.value.month == 12
    assert session.settings == Settings()
    with played(session):
        lived_on(session, 13)
        assert not other.is_playing.value
        assert other.scene.value.month == 5


# --- change of settings -------------------------------------------------------------------------------------


def test_other_settings_are_shown_in_the_same_month(session):
    session.look_at(14)
    session.change(Settings(seed=8))
    scene = session.scene.value
    assert (scene.month, scene.settings.seed, scene.is_stale) == (14, 8, False)
    alone = SanctionsModel(seed=8, months=14).run()
    pd.testing.assert_frame_equal(scene.chapters[0].series, alone.series(), check_exact=True)


def test_a_change_holds_a_history_that_is_played_and_that_is_said_until_something_else_is_done(session):
    for act in (session.play, session.step, session.reset, lambda: session.look_at(3)):
        session.play()
        session.change(Settings(seed=8))
        session.change(Settings(seed=9))  # a slider passes many
        assert (session.scene.value.is_held, session.is_playing.value) == (True, False)
        act()
        assert not session.scene.value.is_held
        session.pause()


def test_a_change_of_a_history_that_stands_holds_nothing(session):
    session.look_at(4)
    session.change(Settings(seed=8))
    assert not session.scene.value.is_held


def test_a_shorter_run_is_shown_at_its_end(session):
    session.look_at(50)
    session.change(Settings(months=12))
    assert session.scene.value.month == session.scene.value.horizon == 12


def test_settings_that_cannot_be_run_are_said_and_the_last_history_stays_on_sight(session):
    session.look_at(4)
    before = session.scene.value
    session.change(Settings(parameters=(("no such number", 1.0),)))
    scene = session.scene.value
    assert "no such number" in scene.fault
    assert scene.is_stale
    assert scene.chapters is before.chapters
    for act in (session.step, session.play, lambda: session.look_at(2)):
        act()
        assert session.scene.value.chapters is before.chapters
        assert not session.is_playing.value
    session.change(Settings())
    assert (session.scene.value.fault, session.scene.value.is_stale) == ("", False)


def test_a_session_that_cannot_begin_says_why_and_recovers():
    session = Session(Settings(scenario="nowhere"))
    scene = session.scene.value
    assert "'nowhere' is no bundled scenario" in scene.fault
    assert scene.chapters == ()
    session.step()
    session.reset()
    assert "'nowhere'" in session.scene.value.fault
    session.change(Settings())
    assert session.scene.value.fault == ""
    assert len(session.scene.value.chapters) == 1


# --- a month that fails -------------------------------------------------------------------------------------


@pytest.fixture
def failing(monkeypatch):
    """Let the fifth month fail in a rule of the reader's own."""
    monkeypatch.setattr(story, "PHASES", (failing_at(4),))
    return Session(Settings())


def test_a_month_that_fails_leaves_the_months_before_on_sight(failing):
    for _ in range(6):
        failing.step()
    scene = failing.scene.value
    assert (scene.month, scene.lived) == (4, 4)
    assert scene.fault.startswith("a rule of one's own failed")
    failing.look_at(2)
    assert (failing.scene.value.month, failing.scene.value.fault) == (2, scene.fault)


def test_looking_beyond_a_month_that_fails_shows_the_months_before(failing):
    failing.look_at(30)
    scene = failing.scene.value
    assert (scene.month, scene.lived) == (4, 4)
    assert "failed" in scene.fault


def test_a_month_that_fails_stops_the_play(failing):
    failing.speed.set(100_000)
    with played(failing) as thread:
        thread.join(20)
        assert not thread.is_alive()
    assert not failing.is_playing.value
    assert failing.scene.value.month == 4


def test_reset_recovers_from_a_month_that_fails(failing):
    failing.look_at(5)
    failing.reset()
    scene = failing.scene.value
    assert (scene.month, scene.fault, scene.is_stale) == (0, "", False)
    failing.step()
    assert failing.scene.value.month == 1


def test_settings_under_which_a_month_fails_keep_what_could_be_lived(failing):
    failing.look_at(3)
    failing.change(Settings(seed=9))
    assert (failing.scene.value.month, failing.scene.value.fault) == (3, "")


def test_where_one_of_two_stories_fails_both_stand_in_the_same_month(monkeypatch):
    calls = []

    def fails(world, given, month):
        calls.append(month)
        if month == 4 and calls.count(4) == 2:
            raise RuntimeError("the second one failed")

    monkeypatch.setattr(story, "PHASES", (fails,))
    session = Session(Settings(plans=TWO))
    for _ in range(7):
        session.step()
    scene = session.scene.value
    assert scene.fault.startswith("the second one failed")
    assert [scene.month, *(chapter.lived for chapter in scene.chapters)] == [4, 4, 4]


# --- playing ------------------------------------------------------------------------------------------------


def test_playing_lives_every_month_in_order_and_ends_at_the_horizon(quick):
    seen = []
    quick.scene.subscribe(lambda scene: seen.append(scene.month))
    with played(quick) as thread:
        thread.join(30)
        assert not thread.is_alive()
    assert not quick.is_playing.value
    assert seen == list(range(1, quick.scene.value.horizon + 1))


def test_a_month_that_is_played_waits_until_the_one_before_it_is_drawn(quick, monkeypatch):
    monkeypatch.setattr("browser.session.PATIENCE", math.inf)
    drawn, rests = [], []

    def rest(seconds):
        """Draw at the third rest after each month, as a slow page would."""
        rests.append(seconds)
        if len(rests) % 3 == 0:
            drawn.append(quick.scene.value)

    quick.look_at(90)
    quick.play()
    quick.keep_playing(quick.turn, rest, lambda: drawn and drawn[-1] is quick.scene.value)
    assert [scene.month for scene in drawn] == [91, 92, 93, 94, 95]
    assert quick.scene.value.month == quick.scene.value.horizon


def test_what_was_paused_while_a_month_was_drawn_never_looks_played_again(quick):
    seen = []
    quick.is_playing.subscribe(seen.append)
    quick.scene.subscribe(lambda scene: quick.pause())
    quick.play()
    quick.keep_playing(quick.turn)
    assert seen == [True, False]


def test_a_page_that_draws_nothing_holds_up_no_pause(quick):
    quick.play()
    quick.keep_playing(quick.turn, lambda seconds: quick.pause(), lambda: False)
    assert (quick.scene.value.month, quick.is_playing.value) == (1, False)


def test_a_history_goes_on_where_a_month_was_never_drawn(quick, monkeypatch):
    monkeypatch.setattr("browser.session.PATIENCE", 0.0)
    quick.look_at(90)
    quick.play()
    quick.keep_playing(quick.turn, lambda seconds: None, lambda: False)
    assert quick.scene.value.month == quick.scene.value.horizon


def test_nothing_is_played_at_the_horizon(quick):
    quick.look_at(10_000)
    quick.play()
    assert not quick.is_playing.value


def test_nothing_steps_after_a_pause(quick):
    chance = random.Random(5)
    for _ in range(20):
        quick.reset()
        with played(quick) as thread:
            time.sleep(chance.random() * 0.03)
            quick.pause()
            month = quick.scene.value.month
            assert not quick.is_playing.value
            thread.join(20)
        assert quick.scene.value.month == month


def test_fifty_times_play_and_reset_stand_at_month_0(quick):
    chance = random.Random(6)
    reached = 0
    for _ in range(50):
        with played(quick) as thread:
            time.sleep(chance.random() * 0.02)
            reached = max(reached, quick.scene.value.month)
            quick.reset()
            thread.join(20)
        scene = quick.scene.value
        assert (scene.month, scene.lived, len(scene.chapters[0].series)) == (0, 0, 0)
    assert reached > 0


@pytest.mark.parametrize("act", ["step", "look_at", "reset", "change"])
def test_whatever_a_reader_does_ends_the_play(quick, act):
    given = {"look_at": (2,), "change": (Settings(seed=3),)}
    with played(quick) as thread:
        lived_on(quick, 3)
        getattr(quick, act)(*given.get(act, ()))
        month = quick.scene.value.month
        thread.join(20)
        assert not thread.is_alive()
    assert quick.scene.value.month == month


def test_settings_changed_while_playing_are_those_that_stand(quick):
    for seed in range(10, 20):
        with played(quick):
            lived_on(quick, quick.scene.value.month + 1)
            quick.change(Settings(seed=seed))
            scene = quick.scene.value
        assert quick.scene.value is scene
        assert scene.settings.seed == seed
        alone = SanctionsModel(seed=seed, months=max(scene.lived, 1)).run()
        assert scene.lived == 0 or scene.chapters[0].series.equals(alone.series())


def test_play_begins_again_at_once_after_a_pause(quick):
    with played(quick):
        first = quick.turn
        quick.pause()
        quick.play()
        assert quick.turn != first
        month = quick.scene.value.month
        with_turn = threading.Thread(target=quick.keep_playing, args=(quick.turn,))
        with_turn.start()
        lived_on(quick, month + 1)
        quick.pause()
        with_turn.join(20)
        assert not with_turn.is_alive()


def test_play_twice_is_play_once(quick):
    quick.speed.set(SPEEDS[-1])
    with played(quick):
        turn = quick.turn
        quick.play()
        assert quick.turn == turn
        lived_on(quick, 2)


def test_a_thread_that_begins_late_does_not_play_for_another(quick):
    quick.play()
    late = quick.turn
    quick.pause()
    quick.play()
    quick.keep_playing(late)
    assert quick.scene.value.month == 0
    assert quick.is_playing.value


def test_many_readers_of_one_session_at_once_leave_it_whole(quick):
    chance = random.Random(7)
    acts = [
        quick.step,
        quick.play,
        quick.pause,
        quick.reset,
        lambda: quick.look_at(chance.randrange(12)),
        lambda: quick.change(Settings(seed=chance.randrange(3))),
        lambda: quick.keep_playing(quick.turn),
    ]

    def reader():
        for _ in range(25):
            chance.choice(acts)()

    threads = [threading.Thread(target=reader) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    while any(thread.is_alive() for thread in threads):
        quick.pause()
        time.sleep(0.002)
    scene = quick.scene.value
    assert scene.fault == ""
    assert 0 <= scene.month <= scene.lived == len(scene.chapters[0].series)
    alone = SanctionsModel(seed=scene.settings.seed, months=max(scene.lived, 1)).run()
    assert scene.lived == 0 or scene.chapters[0].series.equals(alone.series())
