"""The numbers that are shown are the model's, and those of what was set last."""

import csv

import numpy as np
import pytest

from browser.charts.series import MORE, WATCHED
from browser.exchange.links import settings_of
from browser.scene.crowd import crowd_of
from browser.scene.settings import Settings
from model import SanctionsModel

#: What the small pictures were given: lines and fans by series.
DRAWN = """() => {
    const drawn = document.querySelector('[data-testid=series-panels]').__vue__;
    const by_name = (lists, told) => Object.fromEntries(
        lists.flatMap((list, i) => list.map(each => told(each, drawn.panels[i]))));
    return {
        lines: by_name(drawn.lines, line => [line.name, line.values]),
        fans: by_name(drawn.fans, (fan, panel) => [
            panel.lines.find(line => line.is_chosen).name, fan.quantiles]),
        paths: [...document.querySelectorAll('[data-line]')].map(
            path => [path.dataset.line, (path.getAttribute('d').match(/[ML]/g) || []).length]),
    };
}"""
LINES = "document.querySelector('[data-testid=series-panels]').__vue__.lines"
NEWEST = "() => !document.querySelector('.bc-series-faded') && document.querySelector('[data-fan]')"
ESCALATION = "control-number/escalation"


def drawn(reader):
    """Return what the series show, once their fans are of the newest settings."""
    return reader.until(NEWEST).page.evaluate(DRAWN)


def shown(values):
    """Return numbers as the pictures take them: to four digits after the point."""
    rounded = np.round(np.asarray(values, float), 4)
    return [None if np.isnan(value) else value for value in rounded.tolist()]


def link(reader):
    """Return the query of the link to what is shown."""
    reader.click("to-take").by("link").wait_for()
    return reader.by("link").input_value().partition("?")[2]


def test_the_series_shown_for_a_seed_equal_the_headless_run_number_for_number(reader):
    reader.by("control-seed").locator("input").fill("12")
    reader.by("control-replicate").locator("input").fill("3")
    reader.by("control-replicate").locator("input").press("Enter")
    reader.click("series-more")
    reader.by("slider").fill("55")
    reader.until_month(55)
    alone = SanctionsModel(seed=12, replicate=3).run()
    expected = alone.series()[:55]
    names = [line.series for panel in WATCHED + MORE for line in panel.series]
    reader.until(f"last => {LINES}[0][0].values[54] === last", shown(expected[names[0]])[-1])
    found = drawn(reader)
    assert found["lines"] == {name: shown(expected[name]) for name in names}
    assert len(names) > 20 and len(set(expected["tension"])) > 20
    assert dict(found["paths"]) == {f"0-{name}": np.isfinite(expected[name]).sum() for name in names}


def test_the_table_behind_the_series_has_the_same_numbers(reader):
    reader.by("slider").fill("12")
    reader.until_month(12)
    head, *rows = reader.table("series")
    alone = SanctionsModel().run().series()
    panel = WATCHED[0]
    column = next(place for place, name in enumerate(head) if name.lower().startswith(panel.title))
    told = [float(row[column]) for row in rows[:12]]
    assert [f"{value:.3g}" for value in told] == [
        f"{value:.3g}" for value in alone[panel.series[0].series][:12]
    ]
    assert len(rows) == len(alone)
    assert rows[12][column] in ("", "NaN")


def test_the_months_that_are_downloaded_are_the_headless_run_to_the_last_digit(reader):
    reader.click("to-take")
    with reader.page.expect_download() as download:
        reader.click("take-months.csv")
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    alone = SanctionsModel().run().series()
    assert len(rows) == len(alone) == 96
    for name, expected in alone.items():
        told = [row[name] for row in rows]
        if expected.dtype == float:
            found = [float(text or "nan") for text in told]
            assert found == pytest.approx(list(expected), rel=0, abs=0, nan_ok=True)
        else:
            assert told == [str(value) for value in expected]


def test_what_is_moved_quickly_settles_on_the_last_values_and_the_ensemble_belongs_to_them(reader):
    reader.by("controls-search").fill("escalation")
    slider = reader.by(ESCALATION).locator("input[type=range]")
    slider.wait_for()
    reader.page.evaluate(
        """async ([name, numbers, months]) => {
            const number = document.querySelector(`[data-testid='${name}'] input[type=range]`);
            const month = document.querySelector('[data-testid=slider]');
            const move = (slider, to, kind) => {
                slider.value = to;
                slider.dispatchEvent(new Event(kind, { bubbles: true }));
            };
            for (const [turn, value] of numbers.entries()) {
                move(number, value, 'input');
                move(month, months[turn], 'input');
                await new Promise(done => setTimeout(done, 37));
            }
            move(number, number.value, 'change');
            move(month, month.value, 'change');
        }""",
        [
            ESCALATION,
            [0.3 + 0.02 * turn for turn in range(24)],
            [(turn * 29) % 90 for turn in range(23)] + [31],
        ],
    )
    last = float(slider.input_value())
    reader.until_month(31)
    query = link(reader)
    reader.until(
        "last => document.querySelector('[data-testid=link]').value.includes(`p.escalation=${last}`)", last
    )
    query = link(reader)
    settings = settings_of(query)
    assert settings == Settings(parameters=(("escalation", last),))
    reader.click("to-watch").by("series-panels").wait_for()
    found = drawn(reader)
    assert reader.month == 31
    assert reader.by("slider").input_value() == "31"
    alone = SanctionsModel(parameters={"escalation": last}).run().series()[:31]
    crowd, usual = crowd_of(settings), crowd_of(Settings())
    assert len(found["fans"]) == len(WATCHED)
    for name, quantiles in found["fans"].items():
        assert found["lines"][name] == shown(alone[name])
        assert quantiles == [shown(values) for values in crowd.band(0, name)]
    assert any(not np.array_equal(crowd.band(0, name), usual.band(0, name), True) for name in found["fans"])
