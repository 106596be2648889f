"""The strategy editor in a browser: stages are dragged, keys are typed, files are saved and loaded."""

import pytest

from model import load_strategy

TITLE = "<script>alert(1)</script> and a title that is typed quickly"


@pytest.fixture
def editor(fresh):
    """A reader before the editor of a page that has just been opened: a draft lasts as long as its page."""
    fresh.click("to-strategy")
    fresh.by("stage-1").wait_for()
    return fresh


def until_cards(reader, *titles):
    """Wait until the stages begin with these titles."""
    return reader.until(
        """titles => {
            const cards = [...document.querySelectorAll('.bc-ed-card b')].map(each => each.textContent);
            return titles.every((title, place) => cards[place] === `${place + 1}. ${title}`);
        }""",
        list(titles),
    )


def until_state(reader, said):
    return reader.until(
        "said => document.querySelector('[data-testid=editor-state]').textContent.includes(said)", said
    )


def drag(reader, stage, onto):
    reader.page.drag_and_drop(
        f"[data-testid='stage-{stage}'] button",
        f"[data-testid='stage-{onto}'] button",
        target_position={"x": 60, "y": 6},
    )


def test_a_stage_that_is_dragged_breaks_what_it_needs_and_can_be_mended(editor):
    drag(editor, 3, onto=1)
    until_state(until_cards(editor, "Third step", "First step", "Second step"), "1 fault")
    assert editor.by("editor-use").is_disabled()
    editor.click("editor-mend")
    until_state(until_cards(editor, "Third step", "First step"), "No faults")
    editor.click("editor-undo")
    until_cards(editor, "First step", "Second step", "Third step")


def test_a_stage_is_moved_by_the_keyboard_and_keeps_the_focus(editor):
    editor.by("stage-2").locator("button").focus()
    editor.page.keyboard.press("Alt+ArrowDown")
    until_cards(editor, "First step", "Third step", "Second step")
    editor.until("() => document.activeElement.dataset.place === '2'")


def test_typing_loses_no_letter_and_markup_stays_text(editor):
    field = editor.by("field-title").locator("textarea")
    field.fill("")
    field.press_sequentially(TITLE, delay=12)
    until_cards(editor, TITLE)
    assert field.input_value() == TITLE


def test_what_is_saved_is_loaded_by_the_command_line_and_by_the_page(editor, tmp_path):
    editor.by("share-relief-energy").fill("0.15")
    editor.until(
        """() => [...document.querySelectorAll('.bc-ed-card')][0].textContent.includes('energy 0.15')"""
    )
    with editor.page.expect_download() as download:
        editor.click("editor-save")
    assert download.value.suggested_filename == "my-step-for-step.toml"
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    saved = load_strategy(path)
    assert dict(saved.stages[0].relief)["energy"] == 0.15
    assert path.read_text(encoding="utf-8") == saved.text()
    path.write_text(saved.text().replace('"verified"', '"verifed"', 1).replace("First step", "Loaded"))
    editor.by("editor-file").set_input_files(path)
    until_state(until_cards(editor, "Loaded"), "1 fault")


def test_what_is_used_is_what_is_watched(editor):
    editor.click("stage-remove", "editor-use")
    editor.until("() => document.querySelector('[data-testid=editor-use]').textContent.includes('In use')")
    editor.click("to-watch")
    editor.until("() => document.body.textContent.includes('My step for step')")
