"""The page without a mouse: everything can be reached, seen to be reached, and operated."""

import pytest

#: What has the focus: its test id or name, and whether that can be seen.
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const name = e.dataset.testid || e.getAttribute('aria-label') || e.textContent.trim() || e.tagName;
  const isRinged = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== 'none' || !!e.closest('.v-input--is-focused')
    || Number(getComputedStyle(e, '::before').opacity) > 0;
  return {
    what: e === document.body ? '' : name,
    isSeen: e.matches(':focus-visible') && isRinged && e.getBoundingClientRect().width > 0,
  };
}"""


def tabbed(reader, most=250):
    """Return what the Tab key reaches, from the top of the page until it begins again."""
    reader.page.evaluate("() => { document.body.tabIndex = -1; document.body.focus(); }")
    reached = []
    for _ in range(most):
        reader.page.keyboard.press("Tab")
        now = reader.page.evaluate(FOCUSED)
        if not now["what"] or (reached and len(reached) > 3 and now == reached[0]):
            break
        reached.append(now)
    return reached


def focus(reader, testid):
    reader.by(testid).focus()
    return reader.page.keyboard


def test_the_tab_key_reaches_what_the_history_is_played_with_in_order(reader):
    reached = [each["what"] for each in tabbed(reader)]
    wanted = ["to-watch", "to-compare", "to-strategy", "to-take", "reset", "play", "step", "slider", "speed"]
    assert [what for what in reached if what in wanted] == wanted


@pytest.mark.parametrize("view", ["watch", "compare", "strategy", "take"])
def test_wherever_the_focus_is_can_be_seen(reader, view):
    reader.click(f"to-{view}").by(f"view-{view}").wait_for()
    reader.settled()
    reached = tabbed(reader)
    assert len(reached) >= 9
    assert [each["what"] for each in reached if not each["isSeen"]] == []
    reader.click("to-watch")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_steps_plays_pauses_and_resets(reader, key):
    focus(reader, "step").press(key)
    reader.until_month(1)
    focus(reader, "play").press(key)
    reader.by("pause").wait_for()
    reader.page.keyboard.press(key)  # the focus stays on the button, which is the one for the pause now
    reader.by("play").wait_for()
    focus(reader, "reset").press(key)
    reader.until_month(0)


def test_the_arrows_move_the_month(reader):
    keyboard = focus(reader, "slider")
    for _ in range(3):
        keyboard.press("ArrowRight")
    reader.until_month(3)
    keyboard.press("ArrowLeft")
    reader.until_month(2)
    keyboard.press("End")
    reader.until_month(int(reader.by("slider").get_attribute("max")))
    keyboard.press("Home")
    reader.until_month(0)


def test_a_key_opens_a_view(reader):
    focus(reader, "to-strategy").press("Enter")
    reader.by("view-strategy").wait_for()
    focus(reader, "to-watch").press("Enter")
    reader.by("view-watch").wait_for()
    for tab in ("tab-ledger", "tab-series"):
        focus(reader, tab).press("Enter")
        reader.page.locator(f"[data-testid={tab}][aria-pressed=true]").wait_for()
