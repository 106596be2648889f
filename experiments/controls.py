"""What is done to strategies before they are compared, so that a difference is owed to design and order.

Equal means take away what a strategy wins by spending more; shuffled copies show what is left of it when
its stages stand in another order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments import findings


def controlled(
    strategies: Sequence[Any], scenario: Any, matched: Sequence[str] = (), copies: int = 0
) -> tuple[list[Any], dict[str, list[str]], list[str]]:
    """Return the strategies as they are to be compared, the copies of each by name, and what was done.

    Parameters
    ----------
    strategies : sequence of Strategy
        What is to be compared.
    scenario : Scenario
        Where; it decides what relief is worth.
    matched : sequence of str
        Which of relief, pressure and effort are made equal.
    copies : int
        How many shuffled copies of each are added, as far as there are so many orders.

    Raises
    ------
    InputError
        If the means cannot be made equal.
    """
    told: list[str] = []
    result = list(strategies)
    if matched:
        from model.transforms import matched_all

        result = matched_all(strategies, scenario, matched)
        told += matching_told(strategies, result, scenario, matched)
    shuffled = {strategy.name: shuffled_copies(strategy, copies) for strategy in result} if copies else {}
    if copies:
        told += placebo_told(shuffled, copies)
    result = [each for strategy in result for each in (strategy, *shuffled.get(strategy.name, []))]
    return result, {name: [copy.name for copy in made] for name, made in shuffled.items()}, told


def shuffled_copies(strategy: Any, copies: int) -> list[Any]:
    """Return so many copies of a strategy with stages in other orders, each another one, or all there are."""
    from model.transforms import other_orders, placebo

    made: dict[Any, Any] = {}
    seed = 0
    while len(made) < min(copies, other_orders(strategy)):
        seed += 1
        copy = placebo(strategy, seed, len(made) + 1)
        made.setdefault(tuple(_untitled(stage) for stage in copy.stages), copy)
    return list(made.values())


def _untitled(stage: Any) -> Any:
    return stage.model_copy(update={"title": ""})


def matching_told(
    before: Sequence[Any], after: Sequence[Any], scenario: Any, matched: Sequence[str]
) -> list[str]:
    """Return in sentences which means were made equal, and what had to be added for it."""
    total = after[0].totals(scenario)
    means = [
        f"{name} {getattr(total, name):.3g} ({unit})"
        for name, unit in findings.MEANS.items()
        if name in matched
    ]
    told = [f"Planned means are equal for all, in {scenario.name}: {findings.listed(means)}."]
    pairs = list(zip(before, after, strict=True))
    ramped = [old.name for old, new in pairs if new.pressure.months > old.pressure.months]
    if ramped:
        told.append(
            f"For that a phase of pressure was added or prolonged before relief: {findings.listed(ramped)}."
        )
    idle = [f"{old.name} {new.idle:.0f}" for old, new in pairs if new.idle > old.idle]
    if idle:
        told.append(
            "Effort is equal in the books only: idle envoy-months, which act on nothing, were added: "
            f"{findings.listed(idle, at_most=len(idle))}."
        )
    return told


def placebo_told(shuffled: dict[str, list[Any]], copies: int) -> list[str]:
    """Return in sentences which strategies have shuffled copies, and which can have none."""
    told = [
        f"Shuffled copies have the same stages, in another order within each track: up to {copies} of each."
    ]
    none = [name for name, made in shuffled.items() if not made]
    if none:
        told.append(f"In one order only, and so without a copy: {findings.listed(none)}.")
    return told
