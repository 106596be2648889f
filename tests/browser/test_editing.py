"""Drafts of strategies: what is edited says what a file written by hand says, and what is wrong is told."""

import copy
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_

from browser.editor.desk import Desk, Sheet, acted, begun, current, desk_for
from browser.editor.drafts import LIMIT, draft_of, draft_of_text, ordered, own_copy, own_name
from browser.editor.editing import added, dropped, moved, named, put, removed
from browser.editor.forms import NUMBERS, entry_at, form_of
from browser.editor.review import review, used
from browser.scene.limits import MOST_STAGES
from browser.scene.settings import Plan, Settings
from model import list_strategies, load_scenario, load_strategy
from model.plan import RULES, STAGES
from model.strategy_format import Rule, Script, Stage, Table
from model.strategy_words import ALL
from model.vocabulary import InputError, Milestone, Release, Sector, words_of

CASE = load_scenario("iran-2012")
BUNDLED = list_strategies()
LADDER = load_strategy("step-for-step")

BY_HAND = """
name = "by-hand"
title = "By hand"
description = "Two steps."
source = "a test"

[talks]
track = "private"
secrecy = 0.8

[[stages]]
title = "First"
relief = { energy = 0.5 }
asks = { inspections = 0.5 }
release = "verified"
deadline = 9
verify = { by = "joint", tools = ["satellite"] }

[[stages]]
title = "Second"
relief = { energy = 0.5, finance = 0.25 }
asks = { inspections = 1.0, disarmament = 0.5 }
release = "together"
on_failure = { response = "none" }

[[rules]]
when = "trust-below"
threshold = 0.2
then = "pause"
months = 3
"""

bundled = pytest.mark.parametrize("name", BUNDLED)


def ladder():
    return draft_of(LADDER)


def by_hand():
    return draft_of_text(BY_HAND)


def strategy_of(draft):
    """Return what the command line would read from the draft's file."""
    return load_strategy(tomllib.loads(review(draft, CASE).text))


def faults_of(draft, scenario=CASE):
    reviewed = review(draft, scenario)
    return [*reviewed.faults, *reviewed.misfits]


# --- drafts ------------------------------------------------------------------------------------------------


@bundled
def test_a_bundled_strategy_survives_being_drafted_unchanged(name):
    strategy = load_strategy(name)
    draft = draft_of(strategy)
    assert load_strategy(draft) == strategy
    assert strategy_of(draft) == strategy
    assert draft_of_text(strategy.text()) == draft
    assert review(draft, CASE).text == strategy.text()


@bundled
def test_a_copy_differs_from_a_bundled_strategy_in_what_it_is_called_only(name):
    strategy = load_strategy(name)
    draft = own_copy(strategy)
    assert draft["name"] == own_name(name) not in BUNDLED
    assert strategy.source in draft["source"]
    own = {"name": name, "title": strategy.title, "source": strategy.source}
    assert load_strategy(draft | own) == strategy
    assert faults_of(draft) == []


def test_a_strategy_of_the_readers_own_keeps_its_name():
    mine = load_strategy(own_copy(LADDER))
    assert own_copy(mine, own=[mine.name]) == draft_of(mine)
    assert own_name(own_name("step-for-step")) == own_name("step-for-step")


def test_a_variant_is_opened_as_all_that_it_says():
    text = """varies = "step-for-step"
    name = "quick"
    title = "Quick"
    description = "Faster."
    source = "a test"
    every_stage = { dwell = 1 }"""
    draft = draft_of_text(text)
    assert [stage["dwell"] for stage in draft["stages"]] == [1] * len(LADDER.stages)
    assert "varies" not in draft
    wrong = draft_of_text(text.replace("dwell = 1", "dwell = -1"))
    assert ("stages", 0, "dwell") in [fault.place for fault in faults_of(wrong)]


def test_a_text_with_faults_is_opened_and_its_faults_have_places():
    text = BY_HAND.replace('"together"', '"togther"').replace("deadline", "deadlin").replace("0.2", "-0.2")
    draft = draft_of_text(text)
    places = [fault.place for fault in review(draft, CASE).faults]
    assert ("stages", 1, "release") in places
    assert ("stages", 0, "deadlin") in places
    assert ("rules", 0, "threshold") in places
    assert tomllib.loads(review(draft, CASE).text) == draft


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        "stages = 5",
        'stages = ["x"]',
        'talks = "loud"',
        "[[stages]]\nrelief = 1",
        'varies = "/etc/passwd"',
        "every_stage = { dwell = 1 }\nvaries = 3",
        f'title = "{"x" * LIMIT}"',
        ".".join(["a"] * 60_000) + " = 1",
        "[[rules]]\n" * 1_000,
    ],
)
def test_what_has_not_the_shape_of_a_strategy_is_refused(text):
    with pytest.raises(InputError):
        draft_of_text(text)


def test_odd_values_of_a_file_are_told_as_faults_and_can_be_saved():
    draft = draft_of_text(BY_HAND.replace("secrecy = 0.8", "secrecy = 2012-01-01\n'a b' = nan"))
    reviewed = review(draft, CASE)
    assert {("talks", "secrecy"), ("talks", "a b")} <= {fault.place for fault in reviewed.faults}
    assert tomllib.loads(reviewed.text) == draft


# --- operations --------------------------------------------------------------------------------------------


def test_moving_a_stage_says_what_the_file_says_with_its_section_moved():
    first, second = BY_HAND.index("[[stages]]"), BY_HAND.rindex("[[stages]]")
    rules = BY_HAND.index("[[rules]]")
    text = BY_HAND[:first] + BY_HAND[second:rules] + BY_HAND[first:second] + BY_HAND[rules:]
    assert moved(by_hand(), "stages", 1, 0) == draft_of_text(text)
    assert moved(moved(by_hand(), "stages", 1, 0), "stages", 0, 1) == by_hand()


def test_moving_a_stage_into_another_track_names_the_track():
    draft = moved(by_hand(), "stages", 1, 0, track="aid")
    assert draft["stages"][0]["track"] == "aid"
    assert "track" not in moved(draft, "stages", 0, 1, track="main")["stages"][1]
    assert list(strategy_of(draft).tracks) == ["main", "aid"]


def test_a_stage_moved_with_its_depth_breaks_what_was_asked_before():
    reviewed = review(moved(ladder(), "stages", 2, 0), CASE)
    assert [fault.place for fault in reviewed.faults] == [("stages", 1, "asks", "all")]
    assert [bool(each.below) for each in reviewed.standings] == [False, True, False, False, False]
    assert not reviewed.is_usable


def test_a_stage_moved_with_what_it_adds_leaves_the_same_demand():
    draft = by_hand()
    draft["stages"].append({"title": "Third", "asks": {"disarmament": 1.0}, "release": "verified"})
    shifted = moved(draft, "stages", 2, 0, keeps=True)
    assert [stage["asks"] for stage in shifted["stages"]] == [
        {"disarmament": 0.5},
        {"inspections": 0.5},
        {"inspections": 1.0, "disarmament": 1.0},
    ]
    assert faults_of(shifted) == []
    last = [review(each, CASE).standings[-1].asked for each in (draft, shifted)]
    assert last[0] == last[1]


def test_adding_and_removing_a_stage_says_what_the_file_says():
    rules = BY_HAND.index("[[rules]]")
    blank = '[[stages]]\ntitle = "New stage"\nrelease = "verified"\n'
    assert added(by_hand(), "stages", 2) == draft_of_text(BY_HAND[:rules] + blank + BY_HAND[rules:])
    second = BY_HAND.rindex("[[stages]]")
    assert removed(by_hand(), "stages", 1) == draft_of_text(BY_HAND[:second] + BY_HAND[rules:])
    assert removed(by_hand(), "rules", 0) == draft_of_text(BY_HAND[:rules])
    copied = added(by_hand(), "stages", 1, like=0)
    assert copied["stages"][0] == copied["stages"][1]
    assert added(by_hand(), "stages", 0, track="aid")["stages"][0]["track"] == "aid"


def test_a_new_stage_and_a_new_rule_are_no_faults():
    for section in ("stages", "rules"):
        assert faults_of(added(own_copy(LADDER), section, 0)) == []


SETTINGS = [
    (("talks", "track"), "dual", 'track = "private"', 'track = "dual"'),
    (("stages", 0, "relief", "energy"), 0.25, "relief = { energy = 0.5 }", "relief = { energy = 0.25 }"),
    (("stages", 0, "asks"), {"all": 1}, "asks = { inspections = 0.5 }", "asks = { all = 1.0 }"),
    (("stages", 0, "verify", "by"), "bilateral", 'by = "joint"', 'by = "bilateral"'),
    (("stages", 0, "verify", "tools"), ["audits"], '["satellite"]', '["audits"]'),
    (("stages", 0, "deadline"), 12.0, "deadline = 9", "deadline = 12"),
    (("stages", 1, "on_failure", "response"), "snapback", 'response = "none"', 'response = "snapback"'),
    (("stages", 1, "paired"), True, 'title = "Second"', 'title = "Second"\npaired = true'),
    (("rules", 0, "months"), 6, "months = 3", "months = 6"),
    (("name",), "other", '"by-hand"', '"other"'),
    (("sponsor", "intensity"), 1, "[[rules]]", "[sponsor]\nintensity = 1.0\n\n[[rules]]"),
]


@pytest.mark.parametrize(("path", "value", "old", "new"), SETTINGS)
def test_setting_a_key_says_what_the_file_says_with_the_key_written(path, value, old, new):
    before = by_hand()
    kept = copy.deepcopy(before)
    after = put(before, path, value)
    assert old in BY_HAND
    assert after == draft_of_text(BY_HAND.replace(old, new, 1))
    assert before == kept


def test_a_key_that_is_taken_out_leaves_no_empty_table_behind():
    draft = dropped(by_hand(), ("stages", 1, "on_failure", "response"))
    assert "on_failure" not in draft["stages"][1]
    assert dropped(dropped(draft, ("talks", "track")), ("talks", "secrecy")).get("talks") is None
    assert put(by_hand(), ("stages", 0, "relief", "energy"), None)["stages"][0].get("relief") is None
    assert dropped(draft, ("nowhere", 3, "x")) == draft


def test_a_number_is_written_as_its_key_writes_it():
    text = review(put(put(by_hand(), ("stages", 0, "dwell"), 4.0), ("talks", "secrecy"), 1), CASE).text
    assert "dwell = 4\n" in text
    assert "secrecy = 1.0\n" in text
    assert faults_of(put(by_hand(), ("stages", 0, "dwell"), 2.5))[0].place == ("stages", 0, "dwell")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("talks", "nonsense"), 1),
        (("nonsense",), 1),
        (("stages",), []),
        (("stages", 7, "dwell"), 1),
        (("stages", -1, "dwell"), 1),
        (("stages", "x", "dwell"), 1),
        (("stages", 0, "verify"), 3),
        (("stages", 0, "relief"), 3),
        (("stages", 0, "relief", "energy"), "much"),
        (("stages", 0, "dwell"), True),
        (("stages", 0, "title"), 5),
        (("stages", 0, "confidence"), "hotline"),
    ],
)
def test_what_a_key_cannot_hold_is_refused(path, value):
    with pytest.raises(InputError):
        put(by_hand(), path, value)


def test_a_name_of_a_bundled_strategy_is_not_used_again():
    draft = named(by_hand(), "step-for-step", "Mine")
    assert draft["title"] == "Mine"
    reviewed = review(draft, CASE)
    assert reviewed.faults == ()
    assert [fault.place for fault in reviewed.misfits] == [("name",)]


# --- review ------------------------------------------------------------------------------------------------


def test_totals_are_those_of_the_strategy():
    for name in BUNDLED:
        strategy = load_strategy(name)
        assert review(draft_of(strategy), CASE, LADDER).totals == strategy.totals(CASE)
    doubled = review(put(ladder(), ("stages", 0, "relief"), {}), CASE, LADDER)
    assert doubled.change.relief == pytest.approx(-LADDER.totals(CASE).relief / len(LADDER.stages))
    assert doubled.change.effort == 0.0


def test_sums_run_from_stage_to_stage():
    first, second = review(by_hand(), CASE).standings
    assert [first.given["energy"], second.given["energy"]] == [0.5, 1.0]
    assert [first.given["finance"], second.given["finance"]] == [0.0, 0.25]
    assert [first.asked["inspections"], second.asked["inspections"]] == [0.5, 1.0]
    assert [first.asked["disarmament"], second.asked["disarmament"]] == [0.0, 0.5]
    assert (first.begins, first.ends, second.ends) == (0, 2, 4)
    assert (first.over, second.over) == ((), ())


def test_depths_run_on_their_own_track_and_relief_on_all():
    draft = put(by_hand(), ("stages", 1, "track"), "aid")
    first, second = review(draft, CASE).standings
    assert second.asked["inspections"] == 1.0
    assert second.given["energy"] == 1.0
    assert second.begins == first.begins == 0
    apart = put(put(draft, ("stages", 0, "asks"), {"rights": 0.5}), ("stages", 1, "asks"), {"all": 0.2})
    assert review(apart, CASE).standings[1].asked["rights"] == 0.2
    assert faults_of(apart) == []


def test_more_than_all_that_was_imposed_is_seen_where_it_is_given():
    reviewed = review(put(by_hand(), ("stages", 1, "relief", "energy"), 0.75), CASE)
    assert [each.over for each in reviewed.standings] == [(), ("energy",)]
    assert reviewed.faults[0].place == ("stages",)


def test_a_milestone_that_is_not_demanded_has_its_place():
    reviewed = review(put(by_hand(), ("stages", 1, "asks", "withdrawal"), 1.0), CASE)
    assert [fault.place for fault in reviewed.misfits] == [("stages", 1, "asks", "withdrawal")]
    assert not reviewed.is_usable


def test_what_is_never_asked_in_full_is_noted_and_no_fault():
    reviewed = review(by_hand(), CASE)
    assert {"inspections", "disarmament", "test-halt"} <= set(reviewed.demanded)
    assert any("test-halt" in note and "never asked" in note for note in reviewed.notes)
    assert any(note.startswith("disarmament: asked to 0.5") for note in reviewed.notes)
    assert not any("inspections" in note for note in reviewed.notes)
    assert review(ladder(), CASE).notes == ()


def test_stages_behind_one_that_cannot_be_passed_are_unreachable_with_their_milestones():
    draft = put(by_hand(), ("stages", 0, "until_trust"), 1.0)
    reviewed = review(draft, CASE)
    assert [each.is_unreachable for each in reviewed.standings] == [False, True]
    assert ("stages", 0, "until_trust") in [fault.place for fault in reviewed.faults]
    [note] = [note for note in reviewed.notes if note.startswith("unreachable")]
    assert "inspections" in note
    assert "disarmament" in note


def test_what_can_be_read_of_a_broken_draft_still_has_sums_but_no_totals():
    reviewed = review(put(by_hand(), ("stages", 0, "asks", "inspections"), 1.5), CASE)
    assert reviewed.totals is None
    assert [each.given["energy"] for each in reviewed.standings] == [0.5, 1.0]
    assert [each.asked["inspections"] for each in reviewed.standings] == [0.0, 1.0]
    empty = review({}, CASE)
    assert empty.faults
    assert empty.standings == ()
    assert empty.totals is None


def test_a_title_with_markup_stays_text():
    title = "<script>alert('x')</script>\n\"quoted\" \x7f"
    draft = put(by_hand(), ("stages", 0, "title"), title)
    assert strategy_of(draft).stages[0].title == title
    assert review(draft, CASE).standings[0].title == title


# --- use ---------------------------------------------------------------------------------------------------


def test_a_draft_is_used_by_the_plan_that_it_is_for():
    two = Settings(plans=(Plan(), Plan("big-bang", (("D22", "track", "public"),))))
    changed = used(two, 1, review(by_hand(), CASE))
    assert changed.plans == (Plan(), Plan("by-hand"))
    assert changed.strategy(1) == load_strategy(by_hand())


def test_a_draft_with_a_fault_cannot_be_put_to_use():
    for path, value in [(("stages", 0, "dwell"), -1), (("stages", 0, "asks", "withdrawal"), 1.0)]:
        draft = put(by_hand(), path, value)
        with pytest.raises(InputError):
            used(Settings(), 0, review(draft, CASE))
        desk = Desk((Sheet(draft, None),))
        for op in ({"op": "use"}, {"op": "live", "on": True}):
            assert acted(desk, op, Settings(), 0)[1] == Settings()


def test_each_edit_without_faults_is_used_at_once_if_one_likes():
    desk, settings_ = acted(begun(Settings(), 0), {"op": "live", "on": True}, Settings(), 0)
    assert settings_.plans[0] == Plan("my-step-for-step")
    for name in ("a", "ab"):
        desk, settings_ = acted(desk, {"op": "put", "path": ["name"], "value": name}, settings_, 0)
    assert [name for name, _ in settings_.strategies] == ["ab"]
    desk, after = acted(desk, {"op": "put", "path": ["stages", 0, "dwell"], "value": -1}, settings_, 0)
    assert after == settings_
    _, after = acted(desk, {"op": "undo"}, settings_, 0)
    assert after == settings_


def test_what_is_not_edited_follows_the_settings_and_what_is_edited_stays():
    looked = acted(begun(Settings(), 0), {"op": "look", "at": "talks"}, Settings(), 0)[0]
    fresh = begun(Settings(plans=(Plan("big-bang"),)), 0)
    assert current(looked, fresh).sheet is fresh.sheet
    assert current(looked, fresh).looking == "talks"
    edited = looked.done({"op": "remove", "section": "stages", "place": 0})
    assert current(edited, fresh) is edited


def test_a_plan_that_cannot_be_executed_is_replaced_by_one_that_can():
    desk = begun(Settings(plans=(Plan("nothing-of-the-kind"),)), 0)
    assert "nothing-of-the-kind" in desk.fault
    assert load_strategy(desk.sheet.draft).stages == LADDER.stages


# --- undo and redo -----------------------------------------------------------------------------------------

JUNK = any_.none() | any_.booleans() | any_.integers(-5, 9) | any_.floats() | any_.text(max_size=5)
KEYS = ["title", "relief", "asks", "energy", "all", "verify", "by", "dwell", "deadline", "talks", "track"]
PLACES = any_.lists(any_.sampled_from(["stages", "rules", *KEYS]) | any_.integers(-1, 5), max_size=4)
SECTIONS = any_.sampled_from(["stages", "rules", "talks"])
HERE = any_.integers(-1, 6) | JUNK
OPS = any_.one_of(
    any_.fixed_dictionaries({"op": any_.just("move"), "section": SECTIONS, "place": HERE, "to": HERE}),
    any_.fixed_dictionaries({"op": any_.just("add"), "section": SECTIONS, "at": HERE, "like": HERE}),
    any_.fixed_dictionaries({"op": any_.just("remove"), "section": SECTIONS, "place": HERE}),
    any_.fixed_dictionaries(
        {"op": any_.sampled_from(["put", "drop"]), "path": PLACES, "value": JUNK | any_.lists(JUNK)}
    ),
    any_.fixed_dictionaries(
        {
            "op": any_.just("put"),
            "path": any_.tuples(any_.just("stages"), any_.integers(0, 4), any_.sampled_from(KEYS)),
            "value": JUNK | any_.dictionaries(any_.sampled_from(["all", "arms", "x"]), JUNK),
        }
    ),
    any_.sampled_from([{"op": "mend"}, {"op": "undo"}, {"op": "use"}, {"op": "explode"}, {}]),
)


@settings(deadline=None, max_examples=30)
@given(any_.lists(OPS, max_size=12))
def test_whatever_is_done_there_is_a_review_and_undoing_it_all_restores(ops):
    begin = desk_for(LADDER)
    desk = begin
    for op in ops:
        desk, _ = acted(desk, op, Settings(), 0)
        reviewed = review(desk.sheet.draft, CASE, desk.sheet.start)
        assert tomllib.loads(reviewed.text) == desk.sheet.draft
        assert reviewed.faults or load_strategy(desk.sheet.draft).text() == reviewed.text
    done = desk
    for _ in ops:
        desk = desk.undone()
    assert desk.sheet.draft == begin.sheet.draft
    for _ in ops:
        desk = desk.redone()
    assert desk.sheet is done.sheets[-1]


def test_a_key_that_is_written_letter_by_letter_is_one_step_to_undo():
    desk = desk_for(LADDER)
    for text in ("N", "Ne", "New"):
        desk = desk.done({"op": "put", "path": ["stages", 0, "title"], "value": text})
    assert desk.sheet.draft["stages"][0]["title"] == "New"
    assert desk.undone().sheet.draft == own_copy(LADDER)
    assert desk.undone().redone().sheet.draft == desk.sheet.draft


def test_a_move_can_be_mended_and_the_move_undone_with_it():
    desk = desk_for(LADDER).done({"op": "move", "section": "stages", "place": 2, "to": 0})
    assert desk.can_mend
    mended = desk.done({"op": "mend"})
    assert faults_of(mended.sheet.draft) == []
    assert mended.sheet.draft["stages"][0]["title"] == "Third step"
    assert mended.undone().sheet.draft == own_copy(LADDER)
    assert not mended.can_mend


def test_what_is_moved_or_added_is_looked_at_and_what_is_removed_is_not():
    desk = desk_for(LADDER).done({"op": "move", "section": "stages", "place": 0, "to": 3})
    assert desk.looking == "stages/3"
    desk = desk.done({"op": "remove", "section": "stages", "place": 1})
    assert desk.looking == "stages/2"
    desk = desk.done({"op": "add", "section": "rules", "at": 0})
    assert desk.looking == "rules/0"
    assert desk.done({"op": "remove", "section": "rules", "place": 0}).looking == "about"


def test_a_file_that_cannot_be_edited_leaves_the_desk_as_it_is():
    desk = desk_for(LADDER).loaded("stages = 3")
    assert desk.fault
    assert desk.is_fresh
    loaded = desk.loaded(BY_HAND)
    assert loaded.sheet.draft == by_hand()
    assert loaded.sheet.start == load_strategy(by_hand())
    assert loaded.undone().sheet.draft == own_copy(LADDER)


# --- forms -------------------------------------------------------------------------------------------------


def forms(form):
    """Return a form and all within it."""
    return [form, *(one for part in (*form.parts, *form.lists) for one in forms(part))]


def tables(table):
    """Return how many keys a table and all tables within it declare, by their names."""
    inner = [Stage, Rule] if table is Script else []
    inner += [
        field.annotation
        for field in table.model_fields.values()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Table)
    ]
    return [table.__name__, *(name for each in inner for name in tables(each))]


def test_every_key_of_every_table_has_its_field():
    found = forms(form_of())
    assert len(found) == len(tables(Script)) > 15
    for form, table in [(form_of(), Script), (form_of(Stage), Stage), (form_of(Rule), Rule)]:
        keys = [each.key for each in (*form.entries, *form.parts, *form.lists)]
        assert sorted(keys) == sorted(table.model_fields)
    for part in form_of().parts:
        table = Script.model_fields[part.key].annotation
        assert [entry.key for entry in part.entries] == list(table.model_fields)


def test_a_field_says_what_the_declaration_says():
    release = entry_at(("stages", 0, "release"))
    assert (release.kind, release.words, release.is_needed) == ("word", tuple(words_of(Release)), True)
    assert (release.label, release.default) == ("Trigger", None)
    tools = entry_at(("stages", 4, "verify", "tools"))
    assert (tools.kind, tools.default) == ("words", ["audits", "on-site"])
    assert entry_at(("stages", 0, "relief")).words == (ALL, *words_of(Sector))
    assert entry_at(("stages", 0, "asks")).words == (ALL, *words_of(Milestone))
    assert [entry_at(("stages", 0, key)).kind for key in ("relief", "asks")] == ["shares", "depths"]
    deadline = entry_at(("stages", 0, "deadline"))
    assert (deadline.kind, deadline.low, deadline.high, deadline.default) == ("months", 1, 1200, 6)
    insiders = entry_at(("talks", "insiders"))
    assert (insiders.kind, insiders.low) == ("count", 0)
    secrecy = entry_at(("talks", "secrecy"))
    assert (secrecy.kind, secrecy.low, secrecy.high, secrecy.default) == ("share", 0, 1, 0.5)
    assert (entry_at(("framing", "promise")).kind, entry_at(("framing", "promise")).high) == ("number", 3)
    assert entry_at(("stages", 0, "paired")).kind == "yes-no"
    assert entry_at(("rules", 0, "months")).default is None
    assert entry_at(("rules", 0, "nothing")) is None


def test_every_default_of_a_form_is_what_holds_where_the_file_says_nothing():
    strategy = load_strategy(own_copy(LADDER)).model_dump()
    for part in form_of().parts:
        said = strategy[part.key]
        assert {entry.key: entry.default for entry in part.entries} == {
            key: list(value) if isinstance(value, tuple) else value for key, value in said.items()
        }


def test_every_number_of_a_column_says_what_it_means_without_how_it_is_stored():
    entries = [entry for form in forms(form_of()) for entry in form.entries]
    assert len(entries) > 90
    told = [entry for entry in entries if entry.kind in (*NUMBERS, "word", "words", "yes-no")]
    assert all(entry.meaning for entry in told)
    assert not any("bit each" in entry.meaning or "row of" in entry.meaning for entry in entries)
    assert any("bit each" in column.meaning for column in (*STAGES, *RULES))


def test_a_draft_is_written_in_the_order_of_the_format():
    draft = ladder()
    shuffled = {key: draft[key] for key in reversed(draft)}
    assert list(ordered(shuffled)) == list(draft)
    assert list(put(ladder(), ("archetype",), "ST01"))[:4] == ["name", "title", "description", "archetype"]


def test_a_desk_grows_no_further_than_a_file_may():
    desk = desk_for(load_strategy("step-for-step"))
    for _ in range(80):
        desk = desk.done({"op": "add", "section": "stages", "at": 0})
    assert len(desk.sheet.draft["stages"]) == MOST_STAGES
    assert "stages: 61 are too many" in desk.fault
    title = {"op": "put", "path": ["title"], "value": "a" * (LIMIT + 1)}
    assert "at most 200 kB" in desk.done(title).fault
    assert desk.done(title).sheet is desk.sheet


@pytest.mark.parametrize(
    "op",
    [
        {"op": "put", "path": ["title"], "value": "\ud800"},
        {"op": "put", "path": [["title"]], "value": "a"},
        {"op": "put", "path": ["name", "inner"], "value": 1},
        {"op": "put", "path": ["stages", "first", "asks"], "value": {}},
        {"op": "look", "at": "stages/" + "9" * 5000},
        {"op": "move", "section": ["stages"], "place": 0, "to": 1},
        {"op": ["put"]},
        {"op": "load", "text": "\ud800"},
        ["put"],
    ],
)
def test_what_no_reader_can_ask_for_changes_nothing(op):
    desk = desk_for(load_strategy("step-for-step"))
    after, settings = acted(desk, op, Settings(), 0)
    assert after.fault
    assert after.sheet is desk.sheet
    assert settings == Settings()
