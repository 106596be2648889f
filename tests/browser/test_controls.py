"""Everything that is declared can be set by hand, within its range, and put back."""

import json
import math

import pytest

from browser.scene import limits
from browser.scene.settings import Plan, Settings
from browser.steering.changes import (
    applied,
    by_key,
    changed,
    control_of,
    fixed,
    returned,
    values,
    varying,
)
from browser.steering.choice import top
from browser.steering.controls import GROWN, MECHANISMS, SECTIONS, design, mechanisms, numbers, record
from browser.steering.standing import levels_of
from model import Parameters, list_scenarios, list_strategies, load_strategy
from model.dimensions import DESIGNS, choices
from model.growth import Growth
from model.parameters import SWITCHABLE
from model.scenario import load_scenario
from model.vocabulary import InputError

PLAIN = Settings()
REGION = Settings("stylised-region")
OWN = """
name = "mine"
title = "My own ladder"
description = "One step."
source = "a reader"
[[stages]]
title = "All"
relief = { all = 1.0 }
asks = { all = 1.0 }
release = "verified"
"""


def controls_of(*chapters):
    return [control for chapter in chapters for group in chapter.groups for control in group.controls]


def at_hand(settings):
    """Return every control under these settings, by its key."""
    found = by_key([*fixed(), *varying(settings)])
    return found | {control.key: control for control in top(settings).controls}


def another(control):
    """Return a value that the control may have and that is not its default."""
    if control.kind == "switch":
        return not control.default
    if control.kind == "select":
        free = [option.value for option in control.options if not option.reason]
        return next(value for value in reversed(free) if value != control.default)
    if control.kind == "whole":
        return int(control.high if control.default != control.high else control.low)
    return control.high if control.default != control.high else control.low


def test_every_uncertain_number_has_exactly_one_control():
    declared = Parameters.table().query("uncertain")
    found = controls_of(numbers())
    assert sorted(control.key for control in found) == sorted(f"number/{name}" for name in declared.index)


def test_the_control_of_a_number_says_what_is_declared_of_it():
    declared = Parameters.table()
    for control in controls_of(numbers()):
        row = declared.loc[control.key.removeprefix("number/")]
        assert (control.default, control.low, control.high) == (row.default, row.low, row.high)
        assert (control.unit, control.source, control.title.lower()) == (
            row.unit,
            row.source,
            row.meaning.lower(),
        )


def test_every_question_of_design_has_exactly_one_control_with_all_its_levels():
    found = {control.key: control for control in controls_of(design())}
    assert len(found) == len(controls_of(design())) == len(choices())
    for choice in choices():
        options = found[f"level/0/{choice.id}/{choice.about}"].options
        assert [option.value for option in options] == [None, *choice.levels]


def test_sections_of_the_design_are_those_that_the_declaration_is_ordered_by():
    lines = DESIGNS.read_text(encoding="utf-8").splitlines()
    first, titled = [], False
    for line in lines:
        titled = titled or line.startswith("# --- ")
        if titled and line.startswith("id = "):
            first.append(line.split('"')[1])
            titled = False
    assert first == list(SECTIONS)


def test_every_mechanism_with_a_switch_has_exactly_one_control_that_says_what_it_does():
    found = controls_of(mechanisms())
    assert [control.key for control in found] == [f"without/M{number:02d}" for number in SWITCHABLE]
    said = MECHANISMS.read_text(encoding="utf-8")
    assert all(control.title in said and control.default is True for control in found)


def test_every_key_of_a_grown_region_is_said_in_words_and_has_a_control():
    keys = [name for name in Growth.model_fields if name != "ranges"]
    assert sorted(GROWN) == sorted(keys)
    found = [control.key for control in controls_of(*varying(REGION)) if control.key.startswith("grow/")]
    assert found == [f"grow/{name}" for name in keys]


def test_only_a_region_that_is_grown_has_controls_for_how():
    assert [chapter.key for chapter in varying(PLAIN)] == ["run"]
    assert [chapter.key for chapter in varying(REGION)] == ["region", "run"]


def test_no_two_controls_have_one_key():
    for settings in (PLAIN, REGION, Settings("two-disputes")):
        keys = [control.key for control in controls_of(*fixed(), *varying(settings))]
        keys += [control.key for control in top(settings).controls]
        assert len(keys) == len(set(keys)) > 500


def test_nothing_is_changed_by_default():
    assert changed(PLAIN) == []


def test_what_is_shown_by_default_is_what_is_declared():
    for settings in (PLAIN, REGION):
        shown = values(settings)
        for key, control in at_hand(settings).items():
            if key != "scenario":
                assert shown.get(key, control.default) == control.default, key


@pytest.mark.parametrize(
    "settings", [PLAIN, REGION, Settings("two-disputes")], ids=lambda each: each.scenario
)
def test_each_control_can_be_set_and_put_back(settings):
    before = changed(settings)
    for key, control in at_hand(settings).items():
        if key == "scenario":
            continue
        value = another(control)
        after = applied(settings, key, value)
        assert values(after)[key] == value
        assert changed(after) == [*before, key] or set(changed(after)) == {*before, key}
        assert returned(after, key) == settings, key
        assert hash(after) != hash(settings)


def test_setting_a_control_to_its_default_is_no_change():
    for key, control in at_hand(PLAIN).items():
        assert applied(PLAIN, key, control.default) == PLAIN, key


def test_a_number_outside_its_range_is_refused_with_the_range():
    for control in controls_of(numbers()):
        for value in (control.high * 1.01 + 0.01, control.low - 0.01, math.nan, math.inf):
            with pytest.raises(InputError) as refused:
                applied(PLAIN, control.key, value)
            assert f"{control.low:g} to {control.high:g} {control.unit}" in str(refused.value)


@pytest.mark.parametrize("value", ["0.5", None, True, [0.5], {"a": 1}])
def test_what_is_no_number_is_refused(value):
    for key in ("number/hotline", "seed", "replicate", "months"):
        with pytest.raises(InputError, match="allowed is"):
            applied(PLAIN, key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seed", -1),
        ("seed", 2**60),
        ("seed", 10**400),
        ("replicate", 0.5),
        ("months", 0),
        ("months", limits.MOST_MONTHS + 1),
        ("uncertain", 1),
        ("without/M14", "off"),
        ("scenario", "/etc/passwd"),
        ("scenario", None),
        ("strategy", ["step-for-step"]),
        ("strategy", "nowhere.toml"),
        ("compare", 3),
        ("level/0/D01/Who moves first", "nobody"),
    ],
)
def test_a_value_that_is_not_offered_is_refused_in_words(key, value):
    with pytest.raises(InputError, match="allowed is"):
        applied(PLAIN, key, value)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "number/",
        "number/hot line",
        "grow/states",
        "dispute",
        "level/1/D01/Who moves first",
        "level/0/D99/x",
        "level/-1/D01/Who moves first",
        "without/M75",
        "strategies",
        "__class__",
    ],
)
def test_what_is_no_control_here_cannot_be_set(key):
    with pytest.raises(InputError, match="nothing that can be set"):
        applied(PLAIN, key, 1)


def test_every_level_gives_a_strategy_or_says_why_not():
    made = 0
    for choice in choices():
        for level in choice.levels:
            settings = applied(PLAIN, f"level/0/{choice.id}/{choice.about}", level)
            try:
                made += bool(settings.strategy().stages)
            except InputError as fault:
                assert str(fault)
    assert made > 400


def test_the_level_set_last_is_laid_over_the_others():
    first, second = "level/0/D03/Granularity", "level/0/D06/Reciprocity"
    both = applied(applied(PLAIN, first, "8 stages"), second, "all in one bundle")
    assert len(both.strategy().stages) == 1
    again = applied(both, first, "4 stages")
    assert len(again.strategy().stages) == 4
    assert [level for *_, level in again.plans[0].levels] == ["all in one bundle", "4 stages"]


def test_each_of_two_strategies_is_designed_by_itself():
    two = applied(PLAIN, "compare", "quiet-ladder")
    after = applied(two, "level/1/D03/Granularity", "2 stages")
    assert after.plans == (
        Plan("step-for-step"),
        Plan("quiet-ladder", (("D03", "Granularity", "2 stages"),)),
    )
    assert changed(after) == ["compare", "level/1/D03/Granularity"]
    assert applied(after, "compare", "deep-secret").plans[1].levels == after.plans[1].levels
    assert applied(after, "compare", None) == PLAIN


def test_another_scenario_keeps_what_still_applies():
    settings = PLAIN.but(scenario="two-disputes", months=30, seed=3).with_parameter("hotline", 0.7)
    settings = applied(settings, "dispute", top(settings).controls[3].options[1].value)
    after = applied(settings, "scenario", "stylised-region")
    assert (after.dispute, after.months, after.grow) == (None, None, ())
    assert (after.seed, after.parameters) == (3, (("hotline", 0.7),))
    grown = applied(after, "grow/states", 40)
    assert applied(grown, "scenario", "stylised-region") == grown
    assert applied(grown, "scenario", "iran-2012").grow == ()


def test_a_region_that_cannot_grow_keeps_its_controls():
    settings = applied(REGION, "grow/states", 6)
    with pytest.raises(InputError):
        settings.case()
    assert "grow/states" in at_hand(settings)
    assert returned(settings, "grow/states") == REGION


def test_all_scenarios_and_strategies_are_offered_by_their_titles():
    offered = {control.key: control.options for control in top(PLAIN).controls}
    assert {option.value for option in offered["scenario"]} == set(list_scenarios())
    assert {option.value for option in offered["strategy"]} == set(list_strategies())
    assert [option.value for option in offered["compare"]] == [
        None,
        *(option.value for option in offered["strategy"]),
    ]
    for option in offered["strategy"]:
        assert load_strategy(option.value).title in option.title


def test_variants_follow_the_strategy_that_they_vary():
    names = [option.value for option in top(PLAIN).controls[1].options]
    assert names[0] == "step-for-step"
    variants = [(name, load_strategy(name).varies) for name in names if load_strategy(name).varies]
    assert variants
    for name, base in variants:
        between = names[names.index(base) + 1 : names.index(name)]
        assert all(load_strategy(other).varies == base for other in between)


def test_a_strategy_that_does_not_fit_is_offered_with_the_reason():
    asks = OWN.replace("asks = { all = 1.0 }", "asks = { withdrawal = 1.0 }")
    settings = PLAIN.with_own_strategy(asks)
    mine = next(option for option in top(settings).controls[1].options if option.value == "mine")
    assert "withdrawal: is not demanded in the dispute" in mine.reason
    with pytest.raises(InputError, match="is not demanded in the dispute"):
        load_strategy(applied(settings, "strategy", "mine").strategy()).check(settings.case())


def test_ones_own_strategy_is_offered_first_and_can_be_chosen():
    settings = PLAIN.with_own_strategy(OWN)
    option = top(settings).controls[1].options[0]
    assert (option.value, option.title, option.group) == ("mine", "My own ladder", "Your own")
    assert applied(settings, "strategy", "mine").strategy().title == "My own ladder"
    with pytest.raises(InputError, match="allowed is one of"):
        applied(PLAIN, "strategy", "mine")


def test_ones_own_scenario_is_offered(tmp_path):
    load_scenario("two-disputes").write(tmp_path / "own.toml")
    text = (tmp_path / "own.toml").read_text(encoding="utf-8").replace("two-disputes", "my-case")
    settings = PLAIN.with_own_scenario(text)
    assert top(settings).controls[0].options[0].value == "my-case"
    after = applied(settings, "scenario", "my-case")
    assert [control.key for control in top(after).controls][3] == "dispute"
    assert after.case().name == "my-case"


def test_a_dispute_is_chosen_only_where_there_are_several():
    for name in list_scenarios():
        keys = [control.key for control in top(Settings(name)).controls]
        assert ("dispute" in keys) == (len(load_scenario(name).disputes) > 1)


def test_the_levels_at_which_a_strategy_stands_are_its_own():
    found = levels_of("step-for-step", None)
    assert found["level/0/D01/Who moves first"] == "both at once"
    for key, level in found.items():
        own, taken = PLAIN.strategy(), applied(PLAIN, key, level).strategy()
        assert taken.stages == own.stages and taken.talks == own.talks


def test_controls_are_said_in_json_that_is_small_enough_to_be_sent_once():
    told = json.dumps(record(fixed()), allow_nan=False)
    assert 50_000 < len(told) < 250_000
    assert len(json.dumps(record(top(PLAIN)), allow_nan=False)) < 40_000


def test_every_control_has_a_title_a_source_and_a_kind_with_what_it_needs():
    for control in at_hand(REGION).values():
        assert control.title and control.source, control.key
        if control.kind in ("slider", "whole"):
            assert control.low < control.high and control.step > 0
        if control.kind == "slider":
            steps = (control.high - control.low) / control.step
            assert control.low <= control.default <= control.high and 20 <= steps <= 260
        if control.kind == "select":
            assert control_of(REGION, control.key).options == control.options
