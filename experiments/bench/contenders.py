"""The same runs by four ways, on one core: compiled, by Mesa's step, by its batch runner, and in plain Mesa.

The first three live the same runs of the same model, one of every strategy, and read how each ended. The
fourth is another model of a comparable month, without a compiler (see plain_mesa.py, also for what it leaves
out): what the same research would cost in plain Mesa.
"""

from __future__ import annotations

import math
import statistics
import warnings
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

from experiments.bench.measured import Contender, Measured, lasting, pace, rates_in_turn, ratio
from experiments.bench.subjects import STRATEGY, YARDSTICK, fitting_strategies

#: Runs of a round of the ensemble, and of plain Mesa: a second or so of work each.
COMPILED_RUNS = 2000
PLAIN_RUNS = 10
WORKERS = (1, 2)


def ensemble(scenario: Any, strategies: list[Any], replicates: int, workers: int = 1) -> int:
    """Live so many replicates of each strategy in the ensemble."""
    import model

    return len(model.run_ensemble(scenario, strategies, replicates, workers=workers))


def stepped(scenario: Any, strategies: list[Any]) -> int:
    """Live one run of each strategy through `SanctionsModel.step`, nothing collected on the way."""
    import model

    for strategy in strategies:
        life = model.SanctionsModel(scenario, strategy, collect=False)
        while life.running:
            life.step()
        life.outcome()
    return len(strategies)


def batch_run(scenario: Any, strategies: list[Any]) -> int:
    """Live one run of each strategy by Mesa's batch runner, which reads the last row of the series."""
    import mesa

    import model

    with warnings.catch_warnings():  # Mesa may announce what will replace it
        warnings.simplefilter("ignore", FutureWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        rows = mesa.batch_run(
            model.SanctionsModel,
            {"scenario": [scenario], "strategy": strategies, "replicate": [0]},
            max_steps=scenario.months,
            rng=[7],
            display_progress=False,
        )
    return len(rows)


def plain(graph: Any, numbers: Any, months: int, seeds: Iterator[int], runs: int) -> int:
    """Live so many runs of the plain Mesa model, each with the next seed."""
    from experiments.bench.plain_mesa import PlainModel

    for _ in range(runs):
        life = PlainModel(graph, numbers, months, rng=next(seeds))
        while life.running:
            life.step()
        life.outcome()
    return runs


def contenders_in(name: str) -> dict[str, Contender]:
    """Return the four contenders, ready to be called in turn."""
    import model
    from experiments.bench.plain_mesa import numbers_of_the_month
    from model.network import graph_of

    scenario = model.load_scenario(name)
    strategies = fitting_strategies(scenario)
    replicates = math.ceil(COMPILED_RUNS / len(strategies))
    graph, numbers = graph_of(scenario), numbers_of_the_month()
    return {
        "ensemble": partial(ensemble, scenario, strategies, replicates),
        "stepped through Mesa": partial(stepped, scenario, strategies),
        "Mesa's batch_run": partial(batch_run, scenario, strategies),
        "plain Mesa": partial(plain, graph, numbers, scenario.months, count(), PLAIN_RUNS),
    }


def side_by_side(repeats: int) -> Iterator[Measured]:
    """Measure the four ways on one core, in turn, and how far ahead the ensemble is of each."""
    rates = rates_in_turn(contenders_in(YARDSTICK), repeats)
    for name, found in rates.items():
        yield pace(f"{YARDSTICK}, one core: {name}", found)
    for name in [name for name in rates if name != "ensemble"]:
        goal = 100.0 if name == "plain Mesa" else None
        yield ratio(f"ensemble against {name}", rates["ensemble"], rates[name], goal)


def scaling(name: str, runs: int, repeats: int) -> Iterator[Measured]:
    """Measure the ensemble on one and on two threads in turn, and what the second adds."""
    import model

    scenario = model.load_scenario(name)
    strategies = fitting_strategies(scenario)
    replicates = math.ceil(runs / len(strategies))
    crews = {
        str(workers): partial(ensemble, scenario, strategies, replicates, workers) for workers in WORKERS
    }
    rates = rates_in_turn(crews, repeats)
    for workers, found in rates.items():
        goal = 1000.0 if name == YARDSTICK and workers == "2" else None
        yield pace(f"{name}, {workers} thread{'s' * (workers != '1')}", found, goal)
    yield ratio(f"{name}, two threads against one", rates["2"], rates["1"], 1.8)


def watched(name: str, repeats: int) -> Iterator[Measured]:
    """Measure the same month driven through Mesa, a step at a time, nothing collected."""
    import model

    steps = []
    for replicate in range(4 * repeats):
        life = model.SanctionsModel(name, STRATEGY, replicate=replicate, collect=False)
        steps.append(1e6 * lasting(life.run) / life.horizon)
    middle = statistics.median(steps)
    yield Measured(f"{name}, a watched month", min(steps), "microseconds", 100.0, median=middle)
