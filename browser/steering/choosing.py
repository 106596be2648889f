"""Which two strategies are compared: what can be chosen, how both are headed, what a choice changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from browser.charts.theme import Theme
from browser.scene.settings import Plan, Settings
from browser.scene.sides import sides_of
from experiments import palette
from model.strategy import Strategy
from model.strategy_fit import misfits
from model.vocabulary import InputError

#: What one compares a strategy with itself for.
AGAIN = "To see what one dimension of design does: set it for B, and leave A as it is."


def fitting(settings: Settings) -> dict[str, Strategy]:
    """Return every strategy that can be run in the scenario, the reader's own among them, by its name.

    Raises
    ------
    InputError
        If there is no such scenario.
    """
    from model import list_strategies

    case = settings.case()
    names = dict.fromkeys([*list_strategies(), *(name for name, _ in settings.strategies)])
    strategies = {name: settings.but(plans=(Plan(name),)).strategy() for name in names}
    return {name: strategy for name, strategy in strategies.items() if not misfits(strategy, case)}


def choices(settings: Settings) -> list[dict[str, str]]:
    """Return what can be chosen, nearest of kin to A first: "name", "title", "text" and "kin" of each."""
    try:
        fit = fitting(settings)
    except InputError:
        return []
    base = fit.get(settings.plans[0].strategy)
    told = [
        {
            "name": name,
            "title": strategy.title,
            "text": AGAIN if strategy is base else opening(strategy.description),
            "kin": "" if base is None else kin(strategy, base),
        }
        for name, strategy in fit.items()
    ]
    return sorted(told, key=lambda each: not each["kin"])


def kin(strategy: Strategy, other: Strategy) -> str:
    """Return how a strategy is related to another; empty if it is not."""
    if strategy.name == other.name:
        return "the same again"
    if strategy.varies == other.name:
        return "its variant"
    if other.varies == strategy.name:
        return "what it varies"
    return "a variant of the same" if strategy.varies and strategy.varies == other.varies else ""


def opening(text: str) -> str:
    """Return the first sentence of a text."""
    first, stop, _ = text.partition(". ")
    return f"{first}." if stop else first


def headings(settings: Settings, theme: Theme) -> list[dict[str, str]]:
    """Return how the plans are headed, one or two; none if a strategy is none."""
    try:
        sides = sides_of(settings)
    except InputError:
        return []
    return [
        {
            "strategy": plan.strategy,
            "title": side.title,
            "more": "; ".join(f"{dimension}: {level}" for dimension, _, level in plan.levels),
            "colour": theme.colour(side.colour),
            "ink": palette.readable_on(theme.colour(side.colour)),
        }
        for plan, side in zip(settings.plans, sides, strict=True)
    ]


def changed(settings: Settings, told: Mapping[str, Any]) -> Settings | None:
    """Return the settings after what a reader did in the head; None if nothing changes.

    Parameters
    ----------
    told : mapping
        {"what": "swap"}, {"what": "stop"} or {"what": "choose", "place": 0 or 1, "name": ...}.
    """
    match told:
        case {"what": "swap"}:
            new = settings.but(plans=settings.plans[::-1])
        case {"what": "stop"}:
            new = settings.but(plans=settings.plans[:1])
        case {"what": "choose", "place": 0 | 1 as place, "name": str(name)} if name in fitting(settings):
            plans = [*settings.plans[:place], Plan(name), *settings.plans[place + 1 :]]
            new = settings.but(plans=tuple(plans))
        case _:
            return None
    return None if new == settings else new
