"""A stream is really run, and a goal for a million runs is not claimed by fewer."""

import math

import pytest

import model
from experiments.bench import streaming
from experiments.bench.subjects import fitting_strategies


def test_a_short_stream_does_not_claim_the_goal_of_a_long_one(monkeypatch):
    cost = {"rows": 1000, "bytes": 5e6, "seconds": 1.0, "peak": 3e8}
    monkeypatch.setattr(streaming, "in_fresh_python", lambda *_, **__: cost)
    memory = next(streaming.stream("stylised-region", 1000))
    assert memory.value == pytest.approx(0.3)
    assert memory.reached is None
    assert "1,000,000 runs" in memory.verdict()
    monkeypatch.setitem(cost, "rows", 1_000_001)
    assert next(streaming.stream("stylised-region", 1_000_001)).reached is True


def test_a_cold_start_that_was_warm_is_no_measurement(monkeypatch):
    monkeypatch.setattr(streaming, "in_fresh_python", lambda *_, **__: {"warm": True, "seconds": 1.0})
    with pytest.raises(RuntimeError, match="the cache was warm"):
        next(streaming.starts())


@pytest.mark.slow
@pytest.mark.usefixtures("compiled")
def test_what_is_streamed_is_on_disk(tmp_path):
    fitting = len(fitting_strategies(model.load_scenario("stylised-region")))
    cost = streaming.streamed("stylised-region", 30, tmp_path)
    assert cost["rows"] == fitting * math.ceil(30 / fitting)
    assert cost["bytes"] == sum(path.stat().st_size for path in tmp_path.iterdir())
    assert cost["peak"] > 10_000_000
