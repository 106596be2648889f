"""Every view, at every size, by day and by night: legible, named, and nothing over or beside the page."""

import os
from pathlib import Path

import pytest
from harness import Reader
from sights import illegible, misplaced

SIZES = ((1280, 720), (1024, 768), (1600, 900))
#: What is opened one after the other, by the buttons that are pressed for it.
VIEWS = {
    "series": ("to-watch", "tab-series"),
    "ledger": ("to-watch", "tab-ledger"),
    "ensemble": ("to-watch", "tab-crowd"),
    "compare": ("to-compare",),
    "strategy": ("to-strategy",),
    "take": ("to-take",),
}
#: The button of a view that is open.
OPENED = "[data-testid={}]:is([aria-current=page], [aria-selected=true])"


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Where the pictures are kept: in a folder that the environment names, or in passing."""
    wanted = os.environ.get("BACKCHANNEL_PICTURES")
    folder = Path(wanted) if wanted else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def sights(browser, server, pictures):
    """Everything that is wrong, by view, size and time of day; each is looked at once."""
    found = {}
    reader = Reader(browser, server.url).open()
    reader.by("slider").fill("24")
    reader.until_month(24)
    for day in ("light", "dark"):
        if day == "dark":
            reader.click("theme")
        reader.page.locator(f".v-application.theme--{day}").wait_for()
        for view, ids in VIEWS.items():
            reader.resize(SIZES[0]).click(*ids)
            reader.page.locator(OPENED.format(ids[-1])).wait_for()
            reader.by(f"view-{ids[0].removeprefix('to-')}").wait_for()
            for size in SIZES:
                reader.resize(size).settled()
                name = f"{view}-{size[0]}x{size[1]}-{day}"
                reader.page.screenshot(path=pictures / f"{name}.png")
                found[name] = misplaced(reader) if day == "light" else {}
                if size == SIZES[0]:
                    found[name] |= illegible(reader)
    reader.close()
    assert reader.faults == []
    return found


def wrong(sights, what):
    return {name: each[what] for name, each in sights.items() if each.get(what)}


def test_every_view_is_looked_at_in_every_size_by_day_and_by_night(sights, pictures):
    assert len(sights) == len(VIEWS) * len(SIZES) * 2
    assert all((pictures / f"{name}.png").stat().st_size > 10_000 for name in sights)


def test_whatever_can_be_operated_has_a_name(sights):
    assert wrong(sights, "nameless") == {}


def test_every_text_stands_out_from_its_ground(sights):
    assert wrong(sights, "faint") == {}


def test_no_text_is_smaller_than_twelve_pixels(sights):
    assert wrong(sights, "small") == {}


def test_nothing_that_can_be_operated_is_covered(sights):
    assert wrong(sights, "covered") == {}


def test_nothing_stands_out_of_the_window(sights):
    assert wrong(sights, "outside") == {}


def test_nothing_has_to_be_scrolled_sideways(sights):
    assert wrong(sights, "sideways") == {}


def test_no_panel_lies_over_another(sights):
    assert wrong(sights, "overlapping") == {}


def test_no_text_is_written_over_another(sights):
    assert wrong(sights, "overwritten") == {}


def test_who_reads_by_night_is_shown_the_page_by_night(visit):
    reader = visit(is_dark=True)
    reader.page.locator(".v-application.theme--dark").wait_for()
    reader.click("theme")
    reader.page.locator(".v-application.theme--light").wait_for()
