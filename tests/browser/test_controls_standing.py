"""Where a strategy stands is said in words, and a level that a later one undid is said to be overruled."""

import re

import pytest

from browser.parts.controls import undone_in
from browser.scene.settings import Settings
from browser.steering.changes import applied
from browser.steering.controls import design, mechanisms
from browser.steering.standing import levels_of, overruled, stands_of
from browser.steering.wording import cut, in_words, label_of, plain
from model import list_strategies
from model.dimensions import choices
from model.parameters import SWITCHABLE
from model.vocabulary import InputError

STROKE = ("D03", "Granularity", "one stroke")
ORDER = ("D07", next(choice.about for choice in choices() if choice.id == "D07"), "critical last")
CLOSED = ("D01", "Who moves first", "the target, with a step")


def controls():
    return [control for group in design().groups for control in group.controls]


def test_a_level_that_a_later_one_undid_is_overruled():
    assert overruled("step-for-step", None, (STROKE, ORDER)) == {STROKE[:2]: ORDER}
    assert overruled("step-for-step", None, (CLOSED, STROKE, ORDER)) == {STROKE[:2]: ORDER}


def test_levels_that_do_not_touch_each_other_all_hold():
    assert overruled("step-for-step", None, ()) == {}
    assert overruled("step-for-step", None, (STROKE, CLOSED)) == {}


def test_a_level_holds_while_another_is_set_that_does_not_touch_it():
    for choice in choices():
        for level in choice.levels:
            levels = ((choice.id, choice.about, level), CLOSED)
            try:
                found = overruled("step-for-step", None, levels)
            except InputError:
                continue  # the strategy cannot be taken there
            assert found == {} or choice.id == "D01", (choice.id, level)


def test_what_is_overruled_is_said_with_the_key_of_the_control():
    plans = (("step-for-step", None, ()), ("step-for-step", None, (STROKE, ORDER)))
    assert undone_in(plans) == {"level/1/D03/Granularity": "overruled by D07: critical last"}


def test_where_a_strategy_stands_is_said_of_every_question_and_without_the_signs_of_a_file():
    for name in list_strategies():
        found = stands_of(name, None)
        assert len(found) == len(choices())
        assert not [words for words in found.values() if re.search(r"[{}\[\]=_`]|None|True|False", words)]
        assert levels_of(name, None).items() <= found.items()


def test_a_value_is_said_with_its_unit():
    assert in_words(("talks", "secrecy_months"), 9) == "9 months"
    assert in_words(("talks", "secrecy_months"), 0) == "without limit"
    assert in_words(("every_stage", "verify", "tolerance"), 0.05) == "5 %"
    assert in_words(("framing", "promise"), 1.5) == "1.5"
    assert in_words(("talks", "disclosure"), "on-leak") == "on leak"
    assert label_of(("every_stage", "verify", "by")) == "verify by"


def test_no_control_shows_markdown_or_the_signs_of_a_file():
    for control in controls():
        said = " ".join([control.title, control.meaning, *(option.title for option in control.options)])
        assert not re.search(r"\*\*|`|[{}=_]", said), control.key
        assert len(control.title) < 80 and control.source.endswith("docs/designs.md")


def test_a_long_title_is_cut_and_nothing_of_it_is_lost():
    assert cut("Short") == ("Short", "")
    title, rest = cut(plain("Any of `those` that are demanded: " + "each to its depth " * 4))
    assert title == "Any of those that are demanded" and rest.startswith("Each to its depth")


def test_mechanisms_say_which_has_no_switch_of_its_own():
    counted = f"{len(SWITCHABLE)} switches; M75 is carried by M43 and M61."
    assert mechanisms().groups[0].meaning.startswith(counted)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("number/hotline", None, "is empty; allowed is from 0.2 to 0.8 share"),
        ("seed", None, "is empty; allowed is a whole number from 0"),
        ("without/M14", None, "is empty; allowed is on or off"),
        ("number/hotline", True, "on; allowed"),
        ("number/hotline", [1], "is no such value; allowed"),
        ("strategy", {"a": 1}, "is no such value; allowed is one of"),
    ],
)
def test_what_is_refused_is_said_in_words(key, value, said):
    with pytest.raises(InputError) as refused:
        applied(Settings(), key, value)
    assert said in str(refused.value)
