"""The bench measures what it says; how fast that is, no test knows."""

import io

import pytest
from rich.console import Console

from experiments.bench import measured
from experiments.bench.measured import Measured


def test_a_goal_is_reached_from_the_right_side():
    assert Measured("pace", 1200.0, "runs a second", 1000.0, high_is_good=True).reached is True
    assert Measured("pace", 800.0, "runs a second", 1000.0, high_is_good=True).reached is False
    assert Measured("step", 80.0, "microseconds", 100.0).reached is True
    assert Measured("step", 180.0, "microseconds", 100.0).verdict() == "under 100 microseconds: not reached"
    assert Measured("start", 3.0, "seconds").verdict() == ""


def test_the_figures_are_printed_beside_their_goals():
    screen = Console(width=100, record=True, file=io.StringIO())
    screen.print(measured.tabled([Measured("pace", 1200.0, "runs a second", 1000.0, high_is_good=True)]))
    assert "at least 1,000 runs a second: reached" in screen.export_text()


def test_contenders_take_turns_and_a_rate_is_runs_by_seconds(monkeypatch):
    clock = iter([0.0, 2.0, 2.0, 3.0, 3.0, 7.0, 7.0, 9.0])
    monkeypatch.setattr(measured.time, "perf_counter", lambda: next(clock))
    order = []
    ways = {name: lambda name=name: order.append(name) or 8 for name in ("ours", "theirs")}
    assert measured.rates_in_turn(ways, 2) == {"ours": [4.0, 2.0], "theirs": [8.0, 4.0]}
    assert order == ["ours", "theirs"] * 2


def test_a_ratio_is_of_the_best_and_its_median_of_the_rounds():
    found = measured.ratio("lead", [40.0, 10.0, 30.0], [2.0, 5.0, 1.0], 25.0)
    assert found.value == pytest.approx(8.0)
    assert found.median == pytest.approx(20.0)
    assert found.reached is False
