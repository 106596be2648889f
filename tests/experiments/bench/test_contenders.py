"""The four ways live the same runs, or a comparable month, and say how many."""

import pytest

import model
from experiments.bench import contenders
from experiments.bench.subjects import fitting_strategies


def test_what_is_ahead_of_what_is_told_beside_every_pace(monkeypatch):
    names = ("ensemble", "stepped through Mesa", "Mesa's batch_run", "plain Mesa")
    monkeypatch.setattr(contenders, "contenders_in", lambda name: dict.fromkeys(names))
    monkeypatch.setattr(
        contenders,
        "rates_in_turn",
        lambda ways, repeats: {name: [800.0 / (1 + 99 * (name == "plain Mesa"))] for name in ways},
    )
    told = {entry.what: entry for entry in contenders.side_by_side(1)}
    assert len(told) == 7
    assert told["ensemble against plain Mesa"].value == 100.0
    assert told["ensemble against plain Mesa"].reached is True
    assert told["ensemble against Mesa's batch_run"].goal is None


@pytest.mark.slow
@pytest.mark.usefixtures("compiled")
def test_each_way_lives_the_runs_that_it_says():
    scenario = model.load_scenario("iran-2012")
    strategies = fitting_strategies(scenario)[:2]
    assert contenders.ensemble(scenario, strategies, 3) == 6
    assert contenders.stepped(scenario, strategies) == 2
    assert contenders.batch_run(scenario, strategies) == 2
    ways = contenders.contenders_in("stylised-region")
    assert ways["plain Mesa"].args[-1] == contenders.PLAIN_RUNS
