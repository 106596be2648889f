"""Every code on the page has a key in words, and the page that it names lists it."""

import re
from pathlib import Path

import pytest

from browser.parts.about import PARAGRAPHS
from browser.reading.codes import CODES, where
from browser.scene.settings import Settings
from browser.steering.choice import top
from browser.steering.controls import design, mechanisms

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("letters", CODES)
def test_the_page_that_the_key_names_lists_the_codes(letters):
    _, page = CODES[letters]
    assert re.search(rf"\b{letters}[0-9][0-9]\b", (ROOT / page).read_text("utf-8"))
    assert any(f"{letters}.. is" in text for _, text in PARAGRAPHS)


def test_every_code_of_a_control_is_in_the_key():
    told = [
        control.heading for group in (*design().groups, *mechanisms().groups) for control in group.controls
    ]
    told += [option.title for option in top(Settings()).controls[1].options]
    found = {letters for text in told for letters in re.findall(r"\b([A-Z]+)[0-9]{2}\b", text)}
    assert {"M", "D", "I", "ST"} <= found <= CODES.keys()


def test_a_code_is_told_with_the_page_that_lists_it():
    assert where("M14") == "M14 in docs/mechanisms.md"
    assert where("ST05") == "ST05 in docs/glossary.md"
    assert where("judgement") == "judgement"
