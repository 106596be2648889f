"""Every view, at every size, by day and by night: legible, named, and nothing over or beside the page."""

import os
from pathlib import Path

import pytest
from harness import Reader
from sights import illegible, misplaced

#: All tests of this file look at what one worker has looked at.
pytestmark = pytest.mark.xdist_group("sights")

SIZES = ((1280, 720), (1024, 768), (1600, 900))
#: Below this width the controls lie over the view, and are closed until they are asked for.
NARROW = 1150
#: What is opened one after the other, by the buttons that are pressed for it.
VIEWS = {
    "series": ("to-watch", "tab-series"),
    "ledger": ("to-watch", "tab-ledger"),
    "ensemble": ("to-watch", "tab-crowd"),
    "strategy": ("to-strategy",),
    "take": ("to-take",),
    "compare": ("to-compare",),
}
#: The same of two strategies that are compared.
PAIRED = {
    "side by side": ("to-compare", "tab-both"),
    "pairs of runs": ("to-compare", "tab-pairs"),
}
#: The button of a view that is open.
OPENED = "[data-testid={}]:is([aria-current=page], [aria-pressed=true])"
#: A folder that the environment names: then each view is also pictured by night in every size.
WANTED = os.environ.get("BACKCHANNEL_PICTURES")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Where the pictures are kept: in a folder that the environment names, or in passing."""
    folder = Path(WANTED) if WANTED else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fitted(reader, size):
    """Give a reader a window, with the controls open or closed as they are there."""
    reader.resize(size)
    is_open = reader.by("side").get_attribute("aria-expanded") == "true"
    if is_open != (size[0] > NARROW):
        reader.click("side")


def looked_at(reader, views, pictures):
    """Return what is wrong on some views, by view, size and time of day."""
    found = {}
    for day, sizes in (("light", SIZES), ("dark", SIZES if WANTED else SIZES[:1])):
        if not reader.page.locator(f".v-application.theme--{day}").count():
            reader.click("theme").page.locator(f".v-application.theme--{day}").wait_for()
        for size in sizes:
            fitted(reader, size)
            for view, ids in views.items():
                reader.click(*ids).page.locator(OPENED.format(ids[-1])).wait_for()
                reader.by(f"view-{ids[0].removeprefix('to-')}").wait_for()
                reader.settled()
                name = f"{view}, {size[0]}x{size[1]}, {day}"
                reader.page.screenshot(path=pictures / f"{name.replace(', ', '-').replace(' ', '-')}.png")
                found[name] = {"broken": reader.page.get_by_test_id("broken").all_inner_texts()}
                if day == "light":
                    found[name] |= misplaced(reader)
                if size == SIZES[0]:
                    found[name] |= illegible(reader)
    return found


@pytest.fixture(scope="module")
def sights(browser, server, pictures):
    """Everything that is wrong; each view is looked at once."""
    reader = Reader(browser, server.url).open("?month=24")
    found = looked_at(reader, VIEWS, pictures)
    reader.open("?month=24&vs=maximum-pressure")
    reader.click("to-compare").page.locator("[data-testid=verdict][data-outdated=false]").wait_for()
    found |= looked_at(reader, PAIRED, pictures)
    reader.close()
    assert reader.faults == []
    return found


def wrong(sights, what):
    return {name: each[what] for name, each in sights.items() if each.get(what)}


def test_every_view_is_looked_at_in_every_size_and_by_night(sights, pictures):
    views, days = [*VIEWS, *PAIRED], {}
    for name in sights:
        view, _, day = name.split(", ")
        days.setdefault((view, day), []).append(name)
    assert {key: len(names) for key, names in days.items()} == {
        (view, day): len(SIZES) if day == "light" or WANTED else 1
        for view in views
        for day in ("light", "dark")
    }
    kept = [pictures / f"{name.replace(', ', '-').replace(' ', '-')}.png" for name in sights]
    assert all(path.stat().st_size > 10_000 for path in kept)


def test_no_part_of_any_view_is_broken(sights):
    assert wrong(sights, "broken") == {}


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
    reader.click("theme").page.locator(".v-application.theme--light").wait_for()


def test_a_narrow_window_begins_without_the_controls_and_has_them_when_asked(visit):
    reader = visit(size=SIZES[1])
    reader.by("controls").wait_for(state="hidden")
    reader.click("side").by("controls").wait_for()
    left, _, right, _ = reader.box("[data-testid=controls]")
    assert 0 <= left < right <= SIZES[1][0]
    reader.click("side").by("controls").wait_for(state="hidden")
