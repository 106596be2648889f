"""The small pictures of the series: their lines, their fans, and what a reader can do with them."""

import json
import re

import numpy as np
import pandas as pd
import pytest
import solara
from ipyvuetify import Btn, VuetifyTemplate

from browser.charts import series as drawn
from browser.charts.theme import DARK, LIGHT
from browser.parts import series as part
from browser.scene.crowd import QUANTILES, Crowd, bands_of
from browser.scene.settings import RUNS, Plan, Settings
from browser.scene.sides import LETTERS
from browser.scene.story import Story
from experiments import palette
from model.series import READ, SERIES

SETTINGS = Settings(months=24)
EVERY = drawn.WATCHED + drawn.MORE


@pytest.fixture(scope="module")
def chapter():
    story = Story(SETTINGS)
    story.live(12)
    return story.told()


def crowd_like(plans=1, months=24, settings=SETTINGS):
    """An ensemble of made-up runs: every series is spread evenly from 0 to the place of the plan."""
    spread = np.linspace(0, 1, RUNS)[:, None, None] * np.ones((1, months, len(READ)))
    bands = np.stack([bands_of(spread * (0.5 + 0.5 * plan)) for plan in range(plans)])
    runs = pd.DataFrame(
        {
            "plan": np.repeat(range(plans), RUNS),
            "replicate": np.tile(range(RUNS), plans),
            "strategy": "step-for-step",
            "label": np.tile(["stalled", "settled and durable", "walked out"], 100 * plans),
            "settled_and_lasted": np.tile([False, True, False], 100 * plans),
            "agreement_survival": np.nan,
            "agreement_ended": 0.0,
            "agreement_cause": "none",
        }
    )
    return Crowd(settings, READ, bands, runs, 0.1)


def shown(
    *chapters, crowd=None, is_outdated=False, month=12, on_month=lambda month: None, theme=LIGHT, **more
):
    """Render the panel; return what its pictures are given, and the rendering."""
    element = part.SeriesPanel(chapters, month, crowd, is_outdated, on_month, theme, **more)
    _, rc = solara.render(element, handle_error=False)
    return found(rc), rc


class Sight:
    """What the pictures show: what their widget holds, read as the browser reads it."""

    def __init__(self, widget):
        self.widget = widget

    def __getattr__(self, name):
        return getattr(self.widget, name)

    @property
    def panels(self):
        return json.loads(self.widget.heads)

    @property
    def fans(self):
        return json.loads(self.widget.bands)

    @property
    def dates(self):
        return json.loads(self.widget.months)

    @property
    def lines(self):
        sent, news = json.loads(self.widget.begun), json.loads(self.widget.news)
        for panel, more in zip(sent, news, strict=bool(news)):
            for line, values in zip(panel, more, strict=True):
                line["values"] += values
        return sent


def found(rc):
    (widget,) = [widget for widget in rc.find(VuetifyTemplate).widgets if hasattr(widget, "begun")]
    return Sight(widget)


def quantiles(fan):
    return np.array(fan["quantiles"], float)


# --- what is drawn -----------------------------------------------------------------------------------------


def test_every_series_of_the_model_has_a_picture():
    names = [line.series for shown in EVERY for line in shown.series]
    assert len(names) == len(set(names))
    assert set(names) == set(READ) - {"agreement"}


def test_a_picture_holds_series_of_one_unit_only():
    for panel in EVERY:
        units = {SERIES[line.series].unit for line in panel.series}
        assert len(units) == 1
        assert panel.unit.startswith(units.pop())


def test_a_label_does_not_repeat_the_title():
    panels = {panel.title: panel for panel in EVERY}
    labels = [drawn.label_of(panels["hardliners"], line) for line in panels["hardliners"].series]
    assert labels == ["sender", "target"]
    assert all(drawn.label_of(panel, line) for panel in EVERY for line in panel.series)


def test_a_fan_is_the_quantiles_of_its_series():
    band = np.array([[0.1, 0.2], [0.2, 0.3], [0.3, 0.4], [0.5, 0.6], [0.9, 1.0]])
    (fan,), *_ = drawn.fans(drawn.WATCHED[-1:], {}, [{"tension": band}], (), LIGHT)
    assert quantiles(fan) == pytest.approx(band)
    assert fan["colour"] == palette.INK


def test_what_is_not_known_is_none_and_all_is_json():
    band = np.full((5, 3), np.nan)
    band[:, 0] = np.arange(5)
    frame = pd.DataFrame({name: [0.5, np.nan] for name in READ})
    bands = [dict.fromkeys(READ, band)]
    for theme in (LIGHT, DARK):
        told = [
            drawn.heads(EVERY, {}, drawn.tops(EVERY, bands, [frame]), (), theme),
            drawn.fans(EVERY, {}, bands, (), theme),
            drawn.lines(EVERY, {}, [frame], (), theme),
        ]
        assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told[1][0][0]["quantiles"][4] == [4.0, None, None]
    assert told[2][0][0]["values"] == [0.5, None]


@pytest.mark.parametrize(
    ("unit", "highest", "top"),
    [
        ("share", 0.2, 0.25),
        ("share", 0.25, 0.25),
        ("share", 0.7, 1.0),
        ("share of the demand", 1.0, 1.0),
        ("points a year", 7.3, 8.0),
        ("points a year", 0.011, 0.012),
        ("count", 1.0, 1.0),
        ("count", 0.0, 1.0),
        ("multiple", 1.05, 1.2),
    ],
)
def test_an_axis_ends_a_little_above_what_it_shows(unit, highest, top):
    assert drawn.top_of(unit, [np.array([0.0, highest, np.nan]), np.array([])]) == pytest.approx(top)


def test_by_night_no_line_is_in_the_ink_of_the_day():
    frame = pd.DataFrame({name: [0.5] for name in READ})
    by_day = {line["colour"] for lines in drawn.lines(EVERY, {}, [frame], (), LIGHT) for line in lines}
    by_night = {line["colour"] for lines in drawn.lines(EVERY, {}, [frame], (), DARK) for line in lines}
    assert palette.INK in by_day
    assert by_day.isdisjoint(by_night)


# --- the panel ---------------------------------------------------------------------------------------------


def test_the_line_of_the_history_is_its_own_series(chapter):
    widget, _ = shown(chapter, crowd=crowd_like())
    lines = {line["name"]: line for lines in widget.lines for line in lines}
    assert len(lines) == sum(len(panel.series) for panel in drawn.WATCHED)
    for name, line in lines.items():
        assert line["values"] == pytest.approx(chapter.series[name].to_numpy(float), abs=1e-4)
        assert len(line["values"]) == 12


def test_beyond_the_lived_months_there_is_only_the_fan(chapter):
    widget, _ = shown(chapter, crowd=crowd_like())
    assert len(widget.dates) == 24
    assert widget.dates[11] == chapter.snapshots[-1].date
    assert {len(line["values"]) for lines in widget.lines for line in lines} == {12}
    assert {len(values) for (fan,) in widget.fans for values in fan["quantiles"]} == {24}


def test_without_an_ensemble_there_are_lines_and_it_is_said(chapter):
    widget, _ = shown(chapter)
    assert widget.fans == [[]] * len(drawn.WATCHED)
    assert all(widget.lines)
    assert "No runs are made beside it here" in widget.note
    assert not widget.is_outdated


def test_an_outdated_fan_is_marked(chapter):
    fresh, _ = shown(chapter, crowd=crowd_like())
    assert not fresh.is_outdated
    assert "Outdated" not in fresh.note
    assert "300 runs with the same numbers and other luck" in fresh.note
    assert "not a forecast" in fresh.note
    stale, _ = shown(chapter, crowd=crowd_like(), is_outdated=True)
    assert stale.is_outdated
    assert "Outdated" in stale.note
    assert stale.fans == fresh.fans


def test_an_outdated_ensemble_of_another_length_still_fits(chapter):
    for months in (10, 40):
        widget, _ = shown(chapter, crowd=crowd_like(months=months), is_outdated=True)
        told = quantiles(widget.fans[0][0])
        assert told.shape == (len(QUANTILES), 24)
        assert np.isnan(told).sum() == len(QUANTILES) * max(24 - months, 0)


def test_drawn_numbers_are_said(chapter):
    widget, _ = shown(chapter, crowd=crowd_like(settings=SETTINGS.but(uncertain=True)))
    assert "drawn uncertain numbers" in widget.note


def test_a_reader_chooses_which_line_carries_the_fan(chapter):
    crowd = crowd_like()
    crowd.bands[0, READ.index("relief")] /= 2
    widget, rc = shown(chapter, crowd=crowd)
    assert widget.fans[0][0]["colour"] == palette.TARGET
    assert [line["is_chosen"] for line in widget.panels[0]["lines"]] == [True, False]
    widget.vue_event_choose({"panel": "measures", "name": "relief"})
    widget = found(rc)
    assert widget.fans[0][0]["colour"] == palette.SENDER
    assert [line["is_chosen"] for line in widget.panels[0]["lines"]] == [False, True]
    assert quantiles(widget.fans[0][0]).max() == pytest.approx(0.475 / 2, abs=0.01)


def test_a_click_jumps_to_the_month(chapter):
    asked = []
    widget, _ = shown(chapter, crowd=crowd_like(), on_month=asked.append)
    widget.vue_event_month(17)
    assert asked == [17]


def test_more_series_are_shown_when_asked_for(chapter):
    widget, rc = shown(chapter, crowd=crowd_like())
    assert len(widget.panels) == len(drawn.WATCHED)
    rc.find(Btn, children=["More series"]).widget.click()
    assert len(found(rc).panels) == len(found(rc).lines) == len(found(rc).fans) == len(EVERY)


def test_two_histories_are_told_apart_by_colour_and_dash(chapter):
    settings = SETTINGS.but(plans=(Plan(), Plan("big-bang")))
    story = Story(settings, 1)
    story.live(12)
    widget, _ = shown(chapter, story.told(), crowd=crowd_like(plans=2, settings=settings))
    assert [name[0] for name in widget.names] == list(LETTERS)
    assert "big-bang" in widget.names[1]
    assert "the two histories" in widget.note
    for fans, lines in zip(widget.fans, widget.lines, strict=True):
        assert [fan["place"] for fan in fans] == [0, 1]
        assert [line["place"] for line in lines] == [0, 1]
        assert len({line["colour"] for line in lines}) == 2
        assert [line["dash"] for line in lines] == ["solid", "dashed"]
        assert [fan["colour"] for fan in fans] == [line["colour"] for line in lines]
        assert quantiles(fans[1]).max() == pytest.approx(2 * quantiles(fans[0]).max(), rel=1e-3)


def test_the_second_plan_alone_stands_on_its_own_fan(chapter):
    widget, _ = shown(chapter, crowd=crowd_like(plans=2), place=1)
    assert quantiles(widget.fans[0][0]).max() == pytest.approx(0.95, abs=0.01)
    assert widget.names == [""]


def test_a_month_sends_only_what_came_to_the_lines(chapter):
    crowd = crowd_like(plans=2)
    crowd.bands[1, READ.index("pressure_felt")] *= 10
    before, rc = shown(chapter, crowd=crowd, place=1)
    sent = []
    before.observe(lambda change: sent.append(change["name"]), before.keys)
    story = Story(SETTINGS)
    story.live(13)
    rc.render(part.SeriesPanel((story.told(),), 13, crowd, False, lambda month: None, LIGHT, place=1))
    assert set(sent) == {"news", "now"}
    assert {len(values) for panel in json.loads(before.news) for values in panel} == {1}
    lines = {line["name"]: line["values"] for panel in before.lines for line in panel}
    assert lines["tension"] == pytest.approx(story.told().series["tension"].to_numpy(float), abs=1e-4)


def test_another_history_is_sent_from_its_beginning(chapter):
    before, rc = shown(chapter, crowd=crowd_like())
    story = Story(SETTINGS.but(seed=8))
    story.live(13)
    rc.render(part.SeriesPanel((story.told(),), 13, None, False, lambda month: None, LIGHT))
    assert json.loads(before.news) == []
    lines = {line["name"]: line["values"] for panel in before.lines for line in panel}
    assert lines["tension"] == pytest.approx(story.told().series["tension"].to_numpy(float), abs=1e-4)


def test_what_came_to_lines_is_told_only_where_nothing_else_changed():
    def lines(values, **more):
        return [[{"name": "tension", "values": values, **more}]]

    assert drawn.grown(lines([1.0, None]), lines([1.0, None])) == [[[]]]
    assert drawn.grown(lines([1.0, None]), lines([1.0, None, 0.5])) == [[[0.5]]]
    assert drawn.grown(lines([1.0, 0.2]), lines([1.0])) is None
    assert drawn.grown(lines([1.0]), lines([0.9, 0.5])) is None
    assert drawn.grown(lines([1.0]), lines([1.0], colour="blue")) is None
    assert drawn.grown(lines([1.0]), [*lines([1.0]), *lines([1.0])]) is None
    assert drawn.grown(lines([1.0]), lines([1.0] * 9), most=7) is None


def test_the_table_says_what_the_pictures_show(chapter):
    crowd = crowd_like()
    bands = part.bands_of(crowd, [0], 24)
    dates = part.dates_of(chapter)
    table = part.table_of(drawn.WATCHED, [chapter], bands, dates, {"compliance": "compliance_observed"})
    assert table["date"].tolist() == dates
    assert table["trust: target's"].count() == 12
    assert table["compliance: observed, 5% of runs below"].tolist() == pytest.approx([0.025] * 24, abs=1e-3)
    assert "compliance: true, 5% of runs below" not in table
    assert sum(bool(re.search("runs below", column)) for column in table) == len(drawn.WATCHED) * len(
        QUANTILES
    )
