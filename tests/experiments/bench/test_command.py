"""What the bench found is printed and written, and every part of it is asked for once."""

import json

from experiments.bench import command, contenders, streaming, sweeping
from experiments.bench.measured import Measured


def test_the_figures_are_written_with_what_they_depend_on(monkeypatch, tmp_path):
    found = [
        Measured("pace", 1200.0, "runs a second", 1000.0, high_is_good=True),
        Measured("size", 3.0, "MB"),
    ]
    monkeypatch.setattr(command, "measurements", lambda runs, repeats: iter(found))
    place = tmp_path / "bench.json"
    command.bench(runs=10, repeats=1, json_file=place)
    told = json.loads(place.read_text())
    assert [entry["reached"] for entry in told["measured"]] == [True, None]
    assert told["machine"]["processors"] >= 1
    assert any(size.startswith("stylised-region: 60 agents, ") for size in told["machine"]["scenarios"])


def test_every_part_is_measured_once_with_the_runs_that_were_asked_for(monkeypatch):
    asked = []

    def noted(name):
        return lambda *words: iter([asked.append((name, words))])

    monkeypatch.setattr(command, "in_fresh_python", lambda *_, **__: {})
    for module, names in (
        (streaming, ("starts", "stream")),
        (contenders, ("side_by_side", "scaling", "watched")),
        (sweeping, ("sweeps", "resuming")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, noted(name))
    list(command.measurements(5000, 3))
    assert asked.count(("resuming", (5000,))) == 1
    assert asked.count(("stream", ("stylised-region", 5000))) == 1
    assert [name for name, _ in asked].count("scaling") == 2
    assert {name for name, _ in asked} >= {"starts", "side_by_side", "watched", "sweeps"}
