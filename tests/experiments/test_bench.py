"""The bench measures what it says; how fast that is, no test knows."""

import io
import json
import math

import pytest
from rich.console import Console

import model
from experiments import bench
from experiments.bench import Measured


def test_a_goal_is_reached_from_the_right_side():
    assert Measured("pace", 1200.0, "runs a second", 1000.0, high_is_good=True).reached is True
    assert Measured("pace", 800.0, "runs a second", 1000.0, high_is_good=True).reached is False
    assert Measured("step", 80.0, "microseconds", 100.0).reached is True
    assert Measured("step", 180.0, "microseconds", 100.0).verdict() == "under 100 microseconds: not reached"
    assert Measured("start", 3.0, "seconds").verdict() == ""


def test_a_short_stream_does_not_claim_the_goal_of_a_long_one(monkeypatch):
    cost = {"rows": 1000, "bytes": 5e6, "seconds": 1.0, "peak": 3e8}
    monkeypatch.setattr(bench, "in_fresh_python", lambda *_, **__: cost)
    memory = next(bench.stream("stylised-region", 1000))
    assert memory.value == pytest.approx(0.3)
    assert memory.reached is None
    assert "1,000,000 runs" in memory.verdict()
    monkeypatch.setitem(cost, "rows", 1_000_001)
    assert next(bench.stream("stylised-region", 1_000_001)).reached is True


def test_a_cold_start_that_was_warm_is_no_measurement(monkeypatch):
    monkeypatch.setattr(bench, "in_fresh_python", lambda *_, **__: {"warm": True, "seconds": 1.0})
    with pytest.raises(RuntimeError, match="the cache was warm"):
        next(bench.starts())


def test_the_figures_are_printed_and_written(monkeypatch, tmp_path):
    found = [
        Measured("pace", 1200.0, "runs a second", 1000.0, high_is_good=True),
        Measured("size", 3.0, "MB"),
    ]
    monkeypatch.setattr(bench, "measurements", lambda runs, repeats: iter(found))
    place = tmp_path / "bench.json"
    bench.bench(runs=10, repeats=1, json_file=place)
    told = json.loads(place.read_text())
    assert [entry["reached"] for entry in told["measured"]] == [True, None]
    assert told["machine"]["processors"] >= 1
    screen = Console(width=100, record=True, file=io.StringIO())
    screen.print(bench.tabled(found))
    assert "at least 1,000 runs a second: reached" in screen.export_text()


@pytest.mark.slow
@pytest.mark.usefixtures("compiled")
def test_what_is_streamed_is_on_disk(tmp_path):
    fitting = len(bench.fitting_strategies(model.load_scenario("stylised-region")))
    cost = bench.streamed("stylised-region", 30, tmp_path)
    assert cost["rows"] == fitting * math.ceil(30 / fitting)
    assert cost["bytes"] == sum(path.stat().st_size for path in tmp_path.iterdir())
    assert cost["peak"] > 10_000_000


@pytest.mark.slow
@pytest.mark.usefixtures("compiled")
def test_every_measurement_of_pace_names_its_size():
    found = list(bench.pace("stylised-region", 1, 1)) + list(bench.watched("stylised-region", 1))
    assert [entry.unit for entry in found] == ["runs a second", "runs a second", "microseconds"]
    assert bench.size_of("stylised-region").startswith("stylised-region: 60 agents, ")
    assert all(entry.value > 0 for entry in found)
