"""The editor's panel: its components are told what there is to see, and what they say changes the draft."""

import json

import pytest
import solara

from browser.editor.desk import acted, desk_for
from browser.editor.forms import form_of
from browser.editor.review import Fault, place_of, review
from browser.editor.views import bar_of, form_at, list_of, look_of, sums_of, worded
from browser.parts.editor import EditorPanel
from browser.scene.settings import Plan, Settings
from model import load_scenario, load_strategy
from model.strategy_format import Stage

CASE = load_scenario("iran-2012")
LADDER = load_strategy("step-for-step")
PLAIN = Settings()


def seen(desk):
    """Return what the components are told of a desk."""
    reviewed = review(desk.sheet.draft, CASE, desk.sheet.start)
    return (
        bar_of(desk, reviewed, PLAIN, 0),
        list_of(desk, reviewed),
        form_at(desk, reviewed, CASE),
        sums_of(reviewed),
    )


def put(path, value):
    return {"op": "put", "path": path, "value": value}


class Panel:
    """A panel without a browser: what its components are told, and a way to say what they say."""

    def __init__(self, **more):
        self.settings = []
        self.box, self.rc = solara.render(
            EditorPanel(PLAIN, 0, self.settings.append, **more), handle_error=False
        )

    def close(self):
        self.rc.close()

    def widget(self, prop):
        return next(each for each in self.all(self.box) if prop in each.trait_names())

    def all(self, widget):
        yield widget
        for child in getattr(widget, "children", []):
            if not isinstance(child, str):
                yield from self.all(child)

    def act(self, op, prop="bar"):
        self.widget(prop).vue_event_act(op)


@pytest.fixture
def panel():
    opened = Panel()
    yield opened
    opened.close()


def test_the_panel_opens_with_the_strategy_of_the_plan(panel):
    bar = panel.widget("bar").bar
    assert (bar["name"], bar["start"]) == ("my-step-for-step", "step-for-step")
    assert bar["isUsable"]
    assert not bar["inUse"]
    assert "step-for-step" in bar["starts"]
    assert panel.widget("form").form["title"] == "Stage 1: First step"


def test_an_edit_is_answered_with_its_number_and_its_faults(panel):
    panel.act(put(["stages", 1, "asks", "all"], 0.1) | {"n": 7}, "form")
    assert panel.widget("heard").heard == 7
    assert not panel.widget("bar").bar["isUsable"]
    [fault] = panel.widget("bar").bar["faults"]
    assert fault["look"] == "stages/1"
    assert panel.widget("items").items["tracks"][0]["cards"][1]["marks"] == ["1 fault"]
    panel.act({"op": "look", "at": "stages/1"})
    [told] = panel.widget("form").form["faults"]
    assert told["path"] == "asks/all"
    panel.act({"op": "use"})
    assert panel.settings == []
    panel.act({"op": "undo"})
    assert panel.widget("bar").bar["isUsable"]


def test_using_a_draft_changes_the_settings_once(panel):
    panel.act(put(["stages", 0, "dwell"], 6), "form")
    assert panel.settings == []
    panel.act({"op": "use"})
    [changed] = panel.settings
    assert changed.plans == (Plan("my-step-for-step"),)
    assert changed.strategy().stages[0].dwell == 6
    assert dict(changed.strategies)["my-step-for-step"] == panel.widget("bar").bar["text"]


def test_the_sums_are_seen_in_place_of_a_form(panel):
    panel.act({"op": "look", "at": "sums"}, "items")
    assert len(panel.widget("sums").sums["rows"]) == len(LADDER.stages)


def test_a_draft_survives_its_panel_where_the_page_keeps_it():
    kept = solara.reactive(None)
    for _ in range(2):
        panel = Panel(draft=kept)
        panel.act({"op": "remove", "section": "stages", "place": 0}, "items")
        panel.close()
    assert len(kept.value.sheet.draft["stages"]) == len(LADDER.stages) - 2


def test_a_file_is_loaded_with_its_faults_and_a_wrong_one_refused(panel):
    text = panel.widget("bar").bar["text"].replace('"verified"', '"verifed"', 1)
    panel.act({"op": "load", "text": text})
    assert [fault["look"] for fault in panel.widget("bar").bar["faults"]] == ["stages/0"]
    panel.act({"op": "load", "text": "= nothing"})
    assert "TOML" in panel.widget("bar").bar["fault"]
    assert [fault["look"] for fault in panel.widget("bar").bar["faults"]] == ["stages/0"]


@pytest.mark.parametrize(
    "op", [{}, {"op": "put"}, {"op": "move", "section": []}, {"op": "start", "name": "/x"}]
)
def test_what_cannot_be_done_is_told(panel, op):
    panel.act(op)
    assert panel.widget("bar").bar["fault"]


def test_without_a_scenario_there_is_nothing_to_edit_for():
    box, rc = solara.render(
        EditorPanel(PLAIN.but(scenario="nowhere"), 0, lambda settings: None), handle_error=False
    )
    assert "no scenario" in str([each.children for each in rc.find(children=True)] or box)
    rc.close()


# --- what the components are told --------------------------------------------------------------------------


def test_what_is_told_is_plain_and_small():
    for looking in ("stages/0", "talks", "about", "sums"):
        desk = desk_for(LADDER).done(put(["talks", "secrecy"], 0.9))
        parts = seen(desk.__class__(desk.sheets, desk.at, looking=looking))
        assert len(json.dumps(parts, allow_nan=False)) < 40_000


def test_a_form_has_a_field_for_every_key_of_a_stage():
    _, _, form, _ = seen(desk_for(LADDER))
    keys = {
        "/".join([*group["path"], entry["key"]]) for group in form["groups"] for entry in group["entries"]
    }
    tables = {part.key for part in form_of(Stage).parts}
    assert len(tables) == 2
    own = {key for key in keys if "/" not in key}
    assert own | tables == set(Stage.model_fields)
    for part in form_of(Stage).parts:
        assert {f"{part.key}/{entry.key}" for entry in part.entries} <= keys


def test_a_form_of_the_header_leaves_its_tables_to_their_own_forms():
    desk = desk_for(LADDER).done(put(["talks", "track"], "public")).done(put(["archetype"], "ST01"))
    _, items, form, _ = seen(desk.__class__(desk.sheets, desk.at, looking="about"))
    assert "talks" not in form["said"]
    assert form["said"]["archetype"] == "ST01"
    assert form["strange"] == []
    assert next(table for table in items["tables"] if table["look"] == "talks")["said"] == 1


def test_more_relief_than_there_is_is_marked_where_it_begins_only():
    desk = desk_for(LADDER).done(put(["stages", 1, "relief", "energy"], 0.9))
    _, items, _, sums = seen(desk)
    marks = [card["marks"] for track in items["tracks"] for card in track["cards"]]
    assert [len(each) for each in marks] == [0, 1, 0, 0, 0]
    assert "energy" in marks[1][0]
    wrong = [[cell["isWrong"] for cell in row["cells"]].count(True) for row in sums["rows"]]
    assert wrong == [0, 1, 1, 1, 1]


def test_an_unknown_key_is_shown_so_that_it_can_be_taken_out():
    text = LADDER.text().replace("dwell = 3", "dwel = 3", 1)
    _, _, form, _ = seen(desk_for(LADDER).loaded(text))
    assert form["strange"] == ["dwel"]
    assert [fault["path"] for fault in form["faults"]] == ["dwel"]


def test_markup_in_a_title_is_handed_on_as_text_and_shown_as_text():
    title = "<script>alert(1)</script>"
    _, items, form, _ = seen(desk_for(LADDER).done(put(["stages", 0, "title"], title)))
    assert items["tracks"][0]["cards"][0]["title"] == title
    assert title in form["title"]


def test_senders_of_the_scenario_are_suggested():
    _, _, form, _ = seen(desk_for(LADDER))
    assert "united-states" in form["hints"]["only_sender"]
    assert form["hints"]["track"] == ["main"]


def test_using_a_name_that_another_strategy_has_is_told():
    mine = load_strategy(desk_for(LADDER).sheet.draft)
    settings = PLAIN.with_own_strategy(mine.text())
    desk = desk_for(load_strategy("big-bang")).done(put(["name"], mine.name))
    reviewed = review(desk.sheet.draft, CASE)
    assert any("replaces" in note for note in bar_of(desk, reviewed, settings, 0)["notes"])
    assert not any("replaces" in note for note in bar_of(desk, reviewed, PLAIN, 0)["notes"])


def test_every_fault_leads_to_where_it_is_put_right():
    assert look_of(("stages", 2, "asks", "all")) == "stages/2"
    assert look_of(("rules", 0)) == "rules/0"
    assert look_of(("talks", "track")) == "talks"
    assert look_of(("stages",)) == "sums"
    assert look_of(("name",)) == look_of(()) == "about"


def test_what_is_edited_and_what_the_page_runs_are_told_apart():
    desk = desk_for(LADDER).done({"op": "remove", "section": "stages", "place": 1})
    other = Settings(plans=(Plan("deep-secret"),))

    def told(desk):
        return bar_of(desk, review(desk.sheet.draft, CASE, desk.sheet.start), other, 0)["apart"]

    assert seen(desk)[0]["apart"] == ""
    assert (
        told(desk) == f"You are editing my-step-for-step; the page runs {load_strategy('deep-secret').title}."
    )
    begun, _ = acted(desk, {"op": "begin"}, other, 0)
    assert begun.sheet.draft["name"] == "my-deep-secret"
    assert told(begun) == ""


def test_a_fault_is_told_with_its_place_in_words():
    line = "stages[3].asks.all: 0.4: an earlier stage asks 0.6"
    assert worded(Fault(place_of(line), line)) == "Stage 3, asks, all: 0.4: an earlier stage asks 0.6"
    line = "every_stage.only_sender: nobody"
    assert worded(Fault(place_of(line), line)) == "Every stage, only sender: nobody"
    assert worded(Fault((), "there are no stages")) == "there are no stages"
