"""The part of the page that sets two strategies side by side: what it shows, and what a reader does there."""

import ipyvuetify
import pytest
import solara

from browser.charts.theme import DARK, LIGHT
from browser.parts.compare import ComparePanel
from browser.parts.network import Look
from browser.reading import comparing, parting
from browser.scene.crowd import Crowd, crowd_of
from browser.scene.settings import Plan, Settings
from browser.session import Session
from browser.steering import choosing
from model import list_strategies

ONE = Settings(months=24)
TWO = ONE.but(plans=(Plan("step-for-step"), Plan("big-bang")))
OWN = """
name = "mine"
title = "<b>Mine</b>"
description = "One stroke."
source = "test"
[[stages]]
title = "All"
asks = { inspections = 1.0 }
release = "verified"
relief = { energy = 0.5 }
"""


class Shown:
    """The panel as it is shown, and what a reader did there."""

    def __init__(self, settings, crowd=None, month=0, is_outdated=False, theme=LIGHT):
        session = Session(settings)
        session.look_at(month)
        self.scene, self.months, self.changes = session.scene.value, [], []
        self.look = solara.reactive(Look())

        @solara.component
        def Panel():
            ComparePanel(
                self.scene, crowd, is_outdated, self.look, self.months.append, self.changes.append, theme
            )

        self.box, self.rc = solara.render(Panel(), handle_error=False)

    def head(self):
        """Return the widget that shows which strategies are compared."""
        (found,) = [widget for widget in self.widgets() if hasattr(widget, "choices")]
        return found

    def act(self, **told):
        self.head().vue_event_act(told)

    def widgets(self):
        """Return every widget that is shown."""
        found, waiting = [], [self.box]
        while waiting:
            widget = waiting.pop()
            found.append(widget)
            waiting += [child for child in getattr(widget, "children", []) if not isinstance(child, str)]
        return found

    def texts(self):
        """Return every text that is shown, in a line."""
        return " ".join(
            child
            for widget in self.widgets()
            for child in getattr(widget, "children", [])
            if isinstance(child, str)
        )

    def named(self, testid):
        """Return the widgets with this ``data-testid``."""
        return [
            widget
            for widget in self.widgets()
            if (getattr(widget, "attributes", None) or {}).get("data-testid") == testid
        ]

    def press(self, testid):
        (button,) = self.named(testid)
        assert isinstance(button, ipyvuetify.Btn)
        button.click()

    def close(self):
        self.rc.close()


@pytest.fixture
def show():
    shown = []

    def make(*args, **more):
        shown.append(Shown(*args, **more))
        return shown[-1]

    yield make
    for each in shown:
        each.close()


@pytest.fixture(scope="module")
def crowd():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("browser.scene.crowd.RUNS", 60)
        return crowd_of(TWO)


# --- which two ----------------------------------------------------------------------------------------------


def test_one_plan_shows_what_it_can_be_compared_with(show):
    shown = show(ONE)
    assert [side["strategy"] for side in shown.head().sides] == ["step-for-step"]
    assert {each["name"] for each in shown.head().choices} == set(list_strategies())
    assert not shown.named("verdict")


def test_choosing_another_makes_two_plans(show):
    shown = show(ONE)
    shown.act(what="choose", place=1, name="big-bang")
    assert shown.changes == [TWO]


def test_choosing_the_same_again_makes_two_equal_plans(show):
    shown = show(ONE)
    shown.act(what="choose", place=1, name="step-for-step")
    assert shown.changes == [ONE.but(plans=(Plan(), Plan()))]


def test_each_of_two_can_be_chosen_anew(show):
    shown = show(TWO)
    shown.act(what="choose", place=0, name="quiet-ladder")
    shown.act(what="choose", place=1, name="quiet-ladder")
    assert shown.changes == [
        TWO.but(plans=(Plan("quiet-ladder"), Plan("big-bang"))),
        TWO.but(plans=(Plan("step-for-step"), Plan("quiet-ladder"))),
    ]


def test_the_two_are_swapped_and_the_comparison_is_stopped(show):
    shown = show(TWO)
    shown.act(what="swap")
    shown.act(what="stop")
    assert shown.changes == [TWO.but(plans=(Plan("big-bang"), Plan("step-for-step"))), ONE]


@pytest.mark.parametrize(
    "told",
    [
        {"what": "choose", "place": 1, "name": "no-such"},
        {"what": "choose", "place": 1, "name": "../../etc/passwd"},
        {"what": "choose", "place": 2, "name": "big-bang"},
        {"what": "choose", "place": 1, "name": 7},
        {"what": "nothing"},
        {},
        {"what": "choose", "place": 0, "name": "step-for-step"},
    ],
)
def test_what_is_no_choice_changes_nothing(told):
    assert choosing.changed(ONE, told) is None


def test_a_strategy_that_does_not_fit_is_not_offered():
    settings = ONE.with_own_strategy(OWN.replace("inspections", "ceasefire"))
    offered = {each["name"] for each in choosing.choices(settings)}
    assert "big-bang" in offered and "mine" not in offered
    assert choosing.changed(settings, {"what": "choose", "place": 1, "name": "mine"}) is None


def test_a_variant_of_the_first_is_offered_first():
    offered = choosing.choices(ONE.but(plans=(Plan("goodwill-snapback"),)))
    kin = [each["name"] for each in offered if each["kin"]]
    assert [each["name"] for each in offered][: len(kin)] == kin
    assert {"goodwill-hair-trigger", "goodwill-second-look", "goodwill-snapback"} == set(kin)


def test_levels_that_are_set_are_told_in_the_head():
    level = ("D05", "What triggers relief", "the calendar")
    heads = choosing.headings(TWO.but(plans=(Plan(), Plan(levels=(level,)))), DARK)
    assert [head["more"] for head in heads] == ["", "D05: the calendar"]
    assert heads[0]["colour"] != heads[1]["colour"]


# --- two plans ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_two_plans_show_the_sentence_and_both_networks(show, crowd, theme):
    shown = show(TWO, crowd, month=12, theme=theme)
    assert comparing.sentence(crowd) in shown.texts()
    (verdict,) = shown.named("verdict")
    assert verdict.attributes["data-outdated"] == "false"
    assert parting.told(shown.scene.chapters) in shown.texts()


@pytest.mark.parametrize("tab", ["overlaid", "aligned", "pairs", "both"])
def test_every_tab_can_be_opened(show, crowd, tab):
    shown = show(TWO, crowd, month=12)
    shown.press(f"tab-{tab}")
    (button,) = shown.named(f"tab-{tab}")
    assert button.attributes["aria-pressed"] == "true"


def test_the_pairs_of_runs_are_drawn_with_their_table(show, crowd):
    shown = show(TWO, crowd)
    shown.press("tab-pairs")
    shown.press("differences-open")
    assert len(shown.named("differences-table")) == 1


def test_without_an_ensemble_of_both_nothing_is_claimed(show, crowd):
    one = Crowd(ONE, crowd.names, crowd.bands[:1], crowd.runs_of(0), 0.0)
    for known in (None, one):
        shown = show(TWO, known, is_outdated=True)
        shown.press("tab-pairs")
        assert "are being lived" in shown.texts() and "On the same luck, A" not in shown.texts()


def test_an_ensemble_of_earlier_settings_is_marked_as_such(show, crowd):
    shown = show(TWO.but(seed=8), crowd, is_outdated=True)
    (verdict,) = shown.named("verdict")
    assert verdict.attributes["data-outdated"] == "true"
    assert "bc-outdated" in verdict.class_


def test_one_goes_to_the_month_in_which_the_histories_part(show):
    shown = show(TWO, month=24)
    shown.press("to-parting")
    assert shown.months == [parting.parting(shown.scene.chapters).month + 1]


def test_equal_histories_offer_no_such_month(show):
    shown = show(ONE.but(plans=(Plan(), Plan())), month=6)
    assert not shown.named("to-parting")
    assert "tell the same in all 6 months" in shown.texts()


def test_a_strategy_of_the_readers_own_can_be_chosen(show):
    settings = ONE.with_own_strategy(OWN)
    shown = show(settings)
    assert "mine" in {each["name"] for each in shown.head().choices}
    shown.act(what="choose", place=1, name="mine")
    assert shown.changes == [settings.but(plans=(Plan(), Plan("mine")))]


def test_settings_that_cannot_be_run_do_not_take_the_panel_down(show):
    settings = ONE.but(plans=(Plan(), Plan("no-such")))
    session = Session(ONE)
    session.change(settings)
    assert session.scene.value.fault
    assert choosing.headings(settings, LIGHT) == []
    panel = ComparePanel(
        session.scene.value, None, True, solara.reactive(Look()), lambda month: None, lambda new: None, LIGHT
    )
    _, rc = solara.render(panel, handle_error=False)
    rc.close()
