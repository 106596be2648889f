"""The history is played, paused, stepped and gone back in, however fast somebody clicks."""

import pytest
from harness import PATIENCE

#: A hand that is quicker than any: what it clicks is there, and it waits no longer than it has to.
HAND = f"""
    const PATIENCE = {PATIENCE};
    const by = id => document.querySelector(`[data-testid=${{id}}]`);
    const month = () => Number(by('month').dataset.month);
    const pause = ms => new Promise(done => setTimeout(done, ms));
    const until = async holds => {{
        for (const end = performance.now() + PATIENCE; !holds();) {{
            if (performance.now() > end) throw new Error(`it never was so: ${{holds}}`);
            await pause(5);
        }}
    }};
"""
#: Clicks on play and on reset so often, soon after one another; each tenth time a month is lived between.
PLAYS_AND_RESETS = f"""async times => {{ {HAND}
    for (let turn = 0; turn < times; turn++) {{
        by('play').click();
        await pause((turn * 7) % 40);
        if (turn % 10 === 9) await until(() => month() > 0);
        by('reset').click();
        await pause((turn * 11) % 25);
        await until(() => by('play') && (turn % 5 < 4 || month() === 0));
    }}
}}"""
#: Clicks on play and on pause so often, each time from month 0; each tenth time a month is lived between.
PLAYS_AND_PAUSES = f"""async times => {{ {HAND}
    for (let turn = 0; turn < times; turn++) {{
        if (month() > 0) {{
            by('reset').click();
            await until(() => month() === 0 && by('play'));
        }}
        by('play').click();
        await until(() => by('pause') || month() > 0);
        await pause((turn * 29) % 200);
        if (turn % 10 === 9) await until(() => month() > 0);
        by('pause')?.click();  // a machine may be so slow that the horizon is reached
        await until(() => by('play'));
    }}
}}"""


def at_full_speed(reader):
    reader.by("speed").select_option("10")
    return reader


def test_a_step_shows_the_next_month_and_reset_the_opening(reader):
    for month in (1, 2, 3):
        reader.click("step").until_month(month)
    reader.click("reset").until_month(0)


def test_fifty_times_play_and_reset_end_at_month_0(reader):
    at_full_speed(reader)
    reader.watch_months()
    reader.page.evaluate(PLAYS_AND_RESETS, 50)
    assert max(reader.answered().months_shown()) > 0
    assert reader.month == 0
    reader.watch_months()
    reader.page.wait_for_timeout(400)
    assert set(reader.months_shown()) == {0}


def test_twenty_quick_pauses_are_followed_by_no_step(reader):
    at_full_speed(reader)
    reader.watch_months()
    reader.page.evaluate(PLAYS_AND_PAUSES, 20)
    assert max(reader.months_shown()) > 0
    month = reader.answered().month
    reader.watch_months()
    reader.page.wait_for_timeout(500)
    assert set(reader.months_shown()) == {month} == {reader.month}


def test_play_goes_on_month_by_month_to_the_horizon_and_stops(reader):
    at_full_speed(reader)
    horizon = int(reader.by("slider").get_attribute("max"))
    reader.by("slider").fill(str(horizon - 8))
    reader.until_month(horizon - 8)
    reader.watch_months()
    reader.click("play").until_month(horizon)
    reader.by("play").wait_for()
    assert reader.by("play").is_disabled()
    shown = reader.months_shown()
    assert (shown[0], shown[-1]) == (horizon - 8, horizon)
    assert shown == sorted(set(shown)) and len(shown) > 2  # a slow machine shows not every month
    reader.click("reset").until_month(0)
    assert reader.by("play").is_enabled()


def test_a_change_while_a_history_is_played_says_why_it_stands(reader):
    reader.by("speed").select_option("1")
    reader.click("play").until_played(1)
    assert not reader.by("held").inner_text()
    reader.by("control-seed").locator("input").fill("12")
    reader.by("control-seed").locator("input").press("Enter")
    reader.by("held").filter(has_text="Paused").wait_for()
    month = reader.answered().month
    at_full_speed(reader).click("play").until_played(month + 2)
    assert not reader.by("held").inner_text()
    reader.click("pause")


def test_two_clicks_on_play_leave_nothing_stuck(reader):
    reader.by("speed").select_option("1")
    reader.by("play").dblclick()
    if reader.answered().has("play"):  # the second click was a pause
        reader.click("play")
    month = reader.month
    at_full_speed(reader).until_played(month + 4)
    reader.click("pause")


@pytest.mark.parametrize("last", [3, 40])
def test_a_slider_that_is_moved_quickly_settles_on_the_last_value(reader, last):
    slider = reader.by("slider")
    for month in (5, 60, 20, 80, 1, 33, last):
        slider.fill(str(month))
    reader.until_month(last)
    reader.page.wait_for_timeout(300)  # the last value is sent once the hand has rested
    assert reader.answered().month == last
    assert slider.input_value() == str(last)


def test_going_back_keeps_the_months_that_were_lived(reader):
    reader.by("slider").fill("12")
    reader.until_month(12)
    reader.by("slider").fill("4")
    reader.until_month(4)
    assert reader.by("month").get_attribute("data-lived") == "12"
    reader.click("step").until_month(5)
