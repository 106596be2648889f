"""A story keeps every month of its history, and hands out what never changes."""

import pandas as pd
import pytest

from browser.scene.cast import cast_of
from browser.scene.settings import Plan, Settings
from browser.scene.story import Story
from model import SanctionsModel
from model.vocabulary import InputError

TWO = Settings("two-disputes")


@pytest.fixture
def story():
    return Story(Settings(months=30))


def test_a_story_begins_at_its_opening(story):
    chapter = story.told()
    assert (chapter.lived, len(chapter.snapshots), len(chapter.series), chapter.horizon) == (0, 1, 0, 30)
    assert chapter.at(0).month == 0
    assert chapter.cast is cast_of(Settings().case())


def test_every_month_is_kept_in_order(story):
    story.live(9)
    story.live(4)
    chapter = story.told()
    assert [snapshot.month for snapshot in chapter.snapshots] == list(range(10))
    assert list(chapter.series["month"]) == list(range(9))
    assert chapter.lived == 9


def test_a_month_outside_is_looked_at_as_the_nearest_one(story):
    story.live(5)
    chapter = story.told()
    assert [chapter.at(month).month for month in (-3, 0, 5, 6, 99)] == [0, 0, 5, 5, 5]


def test_it_lives_no_further_than_its_horizon(story):
    story.live(1000)
    assert story.told().lived == 30


def test_the_months_and_the_ledger_are_the_same_however_it_is_lived():
    at_once, by_steps = Story(Settings(months=60)), Story(Settings(months=60))
    at_once.live(60)
    for month in (1, 2, 3, 11, 12, 40, 60):
        by_steps.live(month)
    one, other = at_once.told(), by_steps.told()
    assert len(one.events) > 50
    pd.testing.assert_frame_equal(one.events, other.events)
    pd.testing.assert_frame_equal(one.series, other.series, check_exact=True)
    assert one.outcome == pytest.approx(other.outcome, abs=0, nan_ok=True)
    pd.testing.assert_frame_equal(one.events, SanctionsModel(months=60).run().events())


def test_a_chapter_is_of_its_month_and_knows_nothing_of_later_ones(story):
    story.live(6)
    early = story.told()
    known = len(early.events)
    story.live(30)
    assert (early.lived, len(early.series), len(early.events)) == (6, 6, known)
    assert len(story.told().events) > known
    alone = SanctionsModel(months=30)
    for _ in range(6):
        alone.step()
    assert early.outcome == pytest.approx(alone.outcome(), abs=0, nan_ok=True)


def test_a_snapshot_agrees_with_the_series(story):
    story.live(30)
    chapter = story.told()
    target = chapter.cast.members[chapter.cast.scenario.text.disputes[0].target]
    shown = [chapter.at(month).row("states", target.row)["hardship"] for month in range(1, 31)]
    assert len(set(shown)) > 5
    assert list(chapter.series["hardship"]) == shown


def test_each_plan_has_its_own_story():
    settings = Settings(plans=(Plan("big-bang"), Plan("quiet-ladder")))
    assert [Story(settings, place).told().strategy.name for place in (0, 1)] == ["big-bang", "quiet-ladder"]


def test_the_dispute_that_is_looked_at_decides_the_series_and_not_the_history():
    stories = [Story(TWO.but(dispute=name, months=40)) for name in TWO.case().disputes]
    for each in stories:
        each.live(40)
    one, other = (each.told() for each in stories)
    assert [one.dispute, other.dispute] == list(TWO.case().disputes)
    assert not one.series.equals(other.series)
    pd.testing.assert_frame_equal(one.events, other.events)
    assert set(one.events["dispute"]) > set(TWO.case().disputes[:1])


@pytest.mark.parametrize(
    "settings",
    [
        Settings("nowhere"),
        Settings(plans=(Plan("nothing"),)),
        Settings(parameters=(("no such number", 1.0),)),
        Settings(without=("M199",)),
        TWO.but(dispute="nowhere"),
    ],
)
def test_settings_that_cannot_be_run_are_refused_at_once(settings):
    with pytest.raises(InputError):
        Story(settings)
