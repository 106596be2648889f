"""What the bench measures: which scenarios, which strategies, and how large they are."""

from __future__ import annotations

from typing import Any

SCENARIOS = ("iran-2012", "stylised-region")
#: The scenario that the goals are stated for: 60 agents, 500 ties, 120 months.
YARDSTICK = "stylised-region"
STRATEGY = "step-for-step"


def size_of(name: str) -> str:
    """Return how large a scenario is: its agents, the ties of all its layers, its months."""
    import model
    from model.network import graph_of

    scenario = model.load_scenario(name)
    ties = graph_of(scenario).number_of_edges()
    return f"{name}: {len(scenario.actors)} agents, {ties} ties, {scenario.months} months"


def fitting_strategies(scenario: Any) -> list[Any]:
    """Return the bundled strategies that can run in ``scenario``, read once."""
    import model
    from experiments.compare import fitting

    entries, _ = fitting([model.load_strategy(name) for name in model.list_strategies()], scenario, False)
    return list(entries)
