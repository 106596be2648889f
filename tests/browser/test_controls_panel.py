"""The panel shows every control and takes what a browser says of them, the last word last."""

import json

import pytest
import solara

from browser.parts.controls import ControlsForm, ControlsPanel, changes_in, told_to, turn_of
from browser.scene.settings import Plan, Settings

PLAIN = Settings()


class Reader:
    """Somebody at the panel: hands in settings and keeps what comes back."""

    def __init__(self, settings=PLAIN, fault=""):
        self.told = []
        self.shown = solara.reactive(settings)
        self.fault = fault
        self.box, self.rc = solara.render(self.page(), handle_error=False)

    def page(self):
        """Return the panel as a page would hold it."""

        @solara.component
        def Held():
            ControlsPanel(self.shown.value, self.fault, self.change)

        return Held()

    def change(self, settings):
        """Take new settings, as a page does."""
        self.told.append(settings)
        self.shown.set(settings)

    @property
    def form(self):
        """Return the widget that draws the controls."""
        return self.rc.find(type(self.rc.find().widgets[-1])).widgets[-1]

    def says(self, turn, changes=(), returned=()):
        """Say what a browser says."""
        self.form.vue_event_change(
            {"turn": turn, "changes": [list(each) for each in changes], "returned": list(returned)}
        )


@pytest.fixture
def reader():
    """Have somebody at the panel with the default settings."""
    found = Reader()
    yield found
    found.rc.close()


def test_the_panel_shows_everything_that_can_be_set(reader):
    form = reader.form
    keys = [control["key"] for control in json.loads(form.top)["controls"]]
    assert keys == ["scenario", "strategy", "compare", "seed", "replicate"]
    assert [chapter["key"] for chapter in json.loads(form.fixed)] == ["design", "numbers", "mechanisms"]
    assert [chapter["key"] for chapter in json.loads(form.varying)] == ["run"]
    assert form.changed == [] and form.values["scenario"] == PLAIN.scenario


def test_a_change_is_told_at_once(reader):
    reader.says(1, [("number/hotline", 0.3)])
    assert reader.told == [PLAIN.with_parameter("hotline", 0.3)]
    form = reader.form
    assert (form.heard, form.refused) == (1, {})
    assert (form.values["number/hotline"], form.changed) == (0.3, ["number/hotline"])


def test_the_last_of_many_changes_wins(reader):
    for turn in range(1, 8):
        reader.says(turn, [("number/hotline", 0.3 + turn / 100)])
    assert reader.shown.value.parameters == (("hotline", 0.37),)
    assert (reader.form.heard, len(reader.told)) == (7, 7)


def test_several_changes_at_once_are_one_change_of_settings(reader):
    reader.says(1, [("seed", 9), ("replicate", 2), ("without/M14", False)])
    assert reader.told == [PLAIN.but(seed=9, replicate=2, without=("M14",))]


def test_what_may_not_be_is_refused_and_the_rest_is_done(reader):
    reader.says(4, [("number/hotline", 7), ("seed", 8)])
    assert reader.told == [PLAIN.but(seed=8)]
    assert set(reader.form.refused) == {"number/hotline"}
    assert "allowed is from 0.2 to 0.8 share" in reader.form.refused["number/hotline"]
    reader.says(5, [("seed", 9)])
    assert reader.form.refused == {}


def test_a_change_that_changes_nothing_is_heard_but_not_told(reader):
    reader.says(3, [("seed", PLAIN.seed)])
    assert reader.told == [] and reader.form.heard == 3


def test_all_changes_go_back_to_their_defaults():
    plan = Plan("step-for-step", (("D03", "Granularity", "2 stages"),))
    settings = PLAIN.but(plans=(plan,), parameters=(("hotline", 0.3),), months=20, uncertain=True)
    reader = Reader(settings)
    assert len(reader.form.changed) == 4
    reader.says(1, returned=reader.form.changed)
    assert reader.told == [PLAIN]
    reader.rc.close()


def test_another_scenario_brings_its_own_controls(reader):
    reader.says(1, [("scenario", "two-disputes")])
    assert "dispute" in [control["key"] for control in json.loads(reader.form.top)["controls"]]
    reader.says(2, [("scenario", "stylised-region")])
    assert [chapter["key"] for chapter in json.loads(reader.form.varying)] == ["region", "run"]
    reader.says(3, [("grow/states", 6)])
    assert "grow/states" in reader.form.changed


def test_what_never_changes_is_sent_once(reader):
    before = reader.form.fixed
    reader.says(1, [("number/hotline", 0.3)])
    assert reader.form.fixed is before
    assert len(json.dumps([reader.form.values, reader.form.changed])) < 500


def test_a_fault_reaches_the_form():
    reader = Reader(fault="states: 6 are too few")
    assert reader.form.fault == "states: 6 are too few"
    reader.rc.close()


@pytest.mark.parametrize(
    "told",
    [
        None,
        "x",
        7,
        [],
        {},
        {"turn": "x"},
        {"changes": 3},
        {"changes": [1, ["seed"], [1, 2], ["seed", 1, 2], None]},
        {"returned": "seed"},
        {"returned": [1, None]},
    ],
)
def test_what_is_no_change_is_passed_over(told):
    assert told_to(PLAIN, told) == (PLAIN, {})
    assert list(changes_in(told)) == []
    assert turn_of(told) == 0


def test_the_form_is_drawn_by_one_widget(reader):
    assert callable(ControlsForm)
    assert len(reader.rc.find().widgets) <= 3
