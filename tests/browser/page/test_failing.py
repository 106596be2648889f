"""What goes wrong is said in its place, and the page lives on."""

import signal

import pytest
from harness import Reader, Server

#: The drawing of the map fails in the second month, and a rule of the reader's own in the fifth.
FAILS = """
from browser.scene import story
from browser.charts import network

def fails(world, given, month):
    if month == 4:
        raise RuntimeError("a rule of one's own failed in the fifth month")

def drawn(chapter, month, *more):
    if month == 2:
        raise RuntimeError("this month has no picture")
    return option(chapter, month, *more)

option, network.network_option = network.network_option, drawn
story.PHASES = (fails,)
"""


@pytest.fixture(scope="module")
def failing(browser, compiled, tmp_path_factory):
    served = Server(tmp_path_factory.mktemp("failing"), FAILS).start()
    yield served
    served.stop()


@pytest.fixture
def reader(browser, failing):
    """A reader of a page that fails; errors on the page itself fail the test as ever."""
    opened = Reader(browser, failing.url).open()
    yield opened
    opened.close()
    assert opened.faults == []


def test_a_month_that_fails_is_said_and_reset_recovers(reader):
    reader.by("speed").select_option("10")
    reader.click("play")
    reader.by("fault").get_by_text("failed in the fifth month").wait_for()
    reader.by("play").wait_for()
    assert reader.month == 4
    assert reader.by("step").is_disabled()
    reader.by("slider").fill("3")
    reader.until_month(3)
    reader.click("reset").until_month(0)
    reader.by("fault").wait_for(state="hidden")
    reader.click("step").until_month(1)
    reader.by("slider").fill("30")
    reader.by("fault").get_by_text("failed in the fifth month").wait_for()
    reader.until_month(4)


def test_other_settings_are_lived_as_far_as_they_can_be(reader):
    reader.by("slider").fill("4")
    reader.until_month(4).click("next-luck")
    reader.until("() => document.querySelector('[data-testid=control-replicate] input').value === '1'")
    reader.settled()
    assert reader.month == 4
    reader.click("reset").until_month(0)


def test_a_drawing_that_fails_is_said_in_its_place_and_everything_else_is_drawn(reader):
    reader.click("step").until_month(1)
    reader.until_chart("network")
    reader.click("step").until_month(2)
    reader.by("broken").wait_for()
    assert "The map cannot be drawn: this month has no picture" in reader.by("broken").inner_text()
    assert not reader.has("network")
    assert reader.page.locator(".bc-series-now").count() > 0
    for part in ("controls", "track", "series-panels"):
        assert reader.by(part).is_visible()
    reader.click("tab-ledger").by("ledger-list").wait_for()
    reader.by("broken").get_by_role("button", name="Try again").click()
    reader.by("broken").wait_for()
    reader.click("step").until_month(3)
    reader.by("broken").wait_for(state="detached")
    reader.until_chart("network")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_at_once_though_a_page_plays(browser, compiled, tmp_path, how):
    served = Server(tmp_path).start()
    reader = Reader(browser, served.url)
    try:
        reader.open().by("speed").select_option("1")
        reader.click("play").until_month(1)
        assert served.stop(how) < 10
        assert served.faults() == []
    finally:
        served.stop(signal.SIGKILL)
        reader.close()
