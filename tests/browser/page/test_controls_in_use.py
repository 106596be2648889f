"""Controls in a real browser: dragged, typed into, driven by keys, searched, and put back."""

import re

import pytest

SLIDER = "[data-testid='control-number/escalation'] input[type=range]"
WATCH = f"""() => {{
    const slider = document.querySelector("{SLIDER}");
    window.seen = [];
    const look = () => {{
        if (window.seen[window.seen.length - 1] !== slider.value) window.seen.push(slider.value);
        requestAnimationFrame(look);
    }};
    look();
}}"""
CHANGED = "[data-testid=controls-changed] .bc-changed-value"


@pytest.fixture
def unfolded(reader):
    """A reader who sees the numbers of the shocks."""
    reader.click("chapter-numbers", "group-numbers/shocks")
    reader.page.locator(SLIDER).scroll_into_view_if_needed()
    return reader


def told(reader, words):
    """Wait until the changes that are listed say these words."""
    reader.page.locator(CHANGED, has_text=words).wait_for()


def test_a_slider_that_is_dragged_never_jumps_back_and_its_last_value_wins(unfolded):
    page, mouse = unfolded.page, unfolded.page.mouse
    left, top, right, bottom = unfolded.box(SLIDER)
    middle, width = (top + bottom) / 2, right - left
    mouse.move(left + 0.1 * width, middle)
    mouse.down()
    page.evaluate(WATCH)
    for step in range(41):
        mouse.move(left + (0.1 + 0.02 * step) * width, middle)
    mouse.up()
    last = page.input_value(SLIDER)
    told(unfolded, f"{float(last):g} share")
    seen = [float(value) for value in page.evaluate("() => window.seen")]
    assert len(seen) > 10 and seen == sorted(seen)
    assert page.input_value(SLIDER) == last


def test_a_value_that_may_not_be_is_refused_beside_its_control(unfolded):
    control = unfolded.by("control-number/escalation")
    control.locator("input[type=number]").fill("7")
    control.locator("input[type=number]").press("Enter")
    fault = control.get_by_role("alert")
    fault.wait_for()
    assert "allowed is from 0.3 to 0.9 share" in fault.inner_text()
    assert not unfolded.has("controls-changed")


def test_a_slider_is_driven_by_keys_and_put_back_by_a_button(unfolded):
    page = unfolded.page
    before = float(page.input_value(SLIDER))
    page.locator(SLIDER).press("ArrowRight")
    assert float(page.input_value(SLIDER)) > before
    told(unfolded, "share")
    unfolded.by("controls-changed").get_by_role("button", name="Return Chance").press("Enter")
    unfolded.by("controls-changed").wait_for(state="detached")
    assert float(page.input_value(SLIDER)) == before


def test_a_search_finds_a_mechanism_and_switches_it_off(reader):
    reader.by("controls-search").fill("m14 leaks")
    box = reader.by("control-without/M14").get_by_role("checkbox")
    box.uncheck()
    reader.by("controls-search").fill("")
    told(reader, "off")
    reader.by("controls-changed").get_by_role("button", name=re.compile("^M14")).click()
    assert not reader.by("control-without/M14").get_by_role("checkbox").is_checked()


def test_next_luck_is_the_next_replicate(reader):
    reader.click("next-luck")
    reader.until("() => document.querySelector('[data-testid=control-replicate] input').value === '1'")
    reader.by("control-replicate").get_by_role("button", name="Return Replicate").wait_for()


def test_a_level_that_a_later_one_undid_is_said_to_be_overruled(reader):
    reader.click("chapter-design", "group-The order of steps")
    first = reader.by("control-level/0/D03/Granularity")
    first.locator("select").select_option("one stroke")
    told(reader, "one stroke")
    reader.page.locator("[data-testid^='control-level/0/D07'] select").select_option("critical last")
    reader.by("controls-undone").wait_for()
    assert reader.by("controls-undone").inner_text() == "overruled by D07: critical last"
    assert "Overruled by D07: critical last" in first.inner_text()


def test_a_field_that_was_emptied_says_so_and_is_marked(unfolded):
    amount = unfolded.by("control-number/escalation").locator("input[type=number]")
    amount.fill("")
    amount.press("Enter")
    fault = unfolded.by("control-number/escalation").get_by_role("alert")
    fault.wait_for()
    assert "is empty; allowed is from 0.3 to 0.9 share" in fault.inner_text()
    assert amount.get_attribute("aria-invalid") == "true"
    named = amount.get_attribute("aria-describedby").split()
    assert all(unfolded.page.locator(f"#{name}").count() == 1 for name in named)
