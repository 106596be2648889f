"""The ledger and the track in a real browser: filters select what they say, and a click goes there."""

from functools import cache

import pytest

from browser.reading.ledger import Filters, chosen, lines_of
from browser.reading.tracks import track_of
from browser.scene.settings import Settings
from browser.scene.story import Story

MONTH = 40


@cache
def story():
    lived = Story(Settings())
    lived.live(MONTH)
    return lived.told()


@pytest.fixture
def told(reader):
    """Return a reader before the ledger of the first history, some years on."""
    reader.by("slider").fill(str(MONTH))
    reader.until_month(MONTH).click("tab-ledger")
    reader.by("ledger-list").wait_for()
    return reader


def shown(reader):
    """Return what the list shows: the month and the sentence of every line."""
    return reader.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=ledger-line]')].map(line =>
            [Number(line.closest('[data-month]').dataset.month), line.lastElementChild.textContent])"""
    )


def expected(filters):
    kept = chosen(lines_of(story()), filters)
    return [[line.month, line.sentence.replace("-", "\u2011")] for line in kept]


def plain(lines):
    return [[month, sentence.replace("-", "\u2011")] for month, sentence in lines]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(("relief",)),
        Filters(("talks", "coalition")),
        Filters(text="US stage"),
        Filters(actor="iran", text="2013-"),
    ],
)
def test_the_list_shows_what_the_filters_let_through(told, filters):
    for group in filters.groups:
        told.click(f"ledger-group-{group}")
        assert told.by(f"ledger-group-{group}").get_attribute("aria-pressed") == "true"
    told.by("ledger-search").fill(filters.text)
    told.by("ledger-actor").select_option(filters.actor)
    wanted = expected(filters)
    told.until(
        "n => Number(document.querySelector('[data-testid=ledger-list]').dataset.lines) === n", len(wanted)
    )
    assert plain(shown(told)) == wanted != []


def test_a_sentence_goes_to_its_month(told):
    month, _ = shown(told)[3]
    told.by("ledger-line").nth(3).click()
    told.until_month(month)
    assert month < MONTH


def test_a_sentence_is_reached_and_followed_by_keys(told):
    told.by("ledger-list").focus()
    told.page.keyboard.press("ArrowDown")
    told.page.keyboard.press("ArrowUp")
    month = told.page.evaluate("() => Number(document.activeElement.closest('[data-month]').dataset.month)")
    told.page.keyboard.press("Enter")
    told.until_month(month)
    assert told.page.evaluate("() => document.activeElement.dataset.testid") == "ledger-line"


def test_playing_takes_nothing_from_who_is_writing(told):
    told.by("speed").select_option("10")
    told.click("play")
    told.by("ledger-search").click()
    told.page.keyboard.type("the United", delay=60)
    told.until_played(MONTH + 6)
    assert told.by("ledger-search").input_value() == "the United"
    assert told.page.evaluate("() => document.activeElement.dataset.testid") == "ledger-search"
    told.click("pause")


def test_a_mark_of_the_timeline_goes_to_its_month(told):
    told.until_chart("ledger-lanes")
    month, left, top = told.page.evaluate(
        """() => {
            const place = document.querySelector("[data-testid='ledger-lanes-chart'] [role=img]");
            const [mark] = place.chart.getOption().series[2].data;
            const [x, y] = place.chart.convertToPixel({ seriesIndex: 2 }, mark.value);
            const box = place.getBoundingClientRect();
            return [mark.value[0], box.left + x, box.top + y];
        }"""
    )
    told.page.mouse.click(left, top)
    told.until_month(month)


def test_a_stage_goes_to_the_month_of_its_last_change_and_shows_what_it_asks(told):
    step = track_of(story(), MONTH).lines[0].steps[0]
    told.by("track-stage-1").hover()
    assert "20% of all that is demanded" in told.by("track-more").inner_text()
    assert told.by("track-stage-1").get_attribute("data-state") == step.label
    told.click("track-stage-1").until_month(step.changed)
    assert step.changed < MONTH


@pytest.mark.parametrize("name", ["iran", "united-states"])
def test_a_card_stands_beside_the_map_so_that_others_can_be_picked_on_it(reader, name):
    reader.by("network-actor").select_option(name)
    reader.by("card").wait_for()
    reader.until_chart("network").settled()
    (*_, right, _), (left, top, _, bottom) = reader.box(".bc-map"), reader.box(".bc-card")
    assert right <= left
    assert 0 <= top < bottom <= 720
