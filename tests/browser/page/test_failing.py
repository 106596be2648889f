"""What goes wrong is said in its place, and the page lives on."""

import signal

import pytest
from harness import Server

#: A rule of one's own that fails in the fifth month.
FAILS = """
from browser import story
def fails(world, given, month):
    if month == 4:
        raise RuntimeError("a rule of one's own failed in the fifth month")
story.PHASES = (fails,)
"""


@pytest.fixture
def failing(browser, compiled, tmp_path):
    served = Server(tmp_path, FAILS).start()
    yield served
    served.stop()


def test_a_month_that_fails_is_said_and_reset_recovers(failing, visit):
    reader = visit(url=failing.url)
    reader.by("speed").select_option("10")
    reader.click("play")
    reader.by("fault").wait_for()
    assert "failed in the fifth month" in reader.by("fault").inner_text()
    reader.by("play").wait_for()
    assert reader.month == 4
    assert reader.by("step").is_disabled()
    reader.by("slider").fill("2")
    reader.until_month(2)
    reader.click("reset").until_month(0)
    reader.by("fault").wait_for(state="detached")
    reader.click("step").until_month(1)
    reader.by("slider").fill("30")
    reader.by("fault").wait_for()
    reader.until_month(4)


@pytest.mark.parametrize(
    "query",
    ["?scenario=/etc/passwd", "?scenario=../../etc/passwd", "?strategy=no-such", "?seed=-1", "?nonsense=1"],
)
def test_a_link_that_cannot_be_shown_says_so_and_shows_the_page(visit, query):
    reader = visit(query)
    reader.by("fault").wait_for()
    told = reader.by("fault").inner_text()
    assert told.startswith("This link cannot be shown")
    assert "root:" not in reader.page.content()
    reader.click("step").until_month(1)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_at_once_though_a_page_plays(browser, visit, tmp_path, how):
    served = Server(tmp_path).start()
    try:
        reader = visit(url=served.url)
        reader.by("speed").select_option("1")
        reader.click("play").until_month(1)
        assert served.stop(how) < 10
        assert served.faults() == []
    finally:
        served.stop(signal.SIGKILL)
        reader.faults.clear()  # its connection is lost
