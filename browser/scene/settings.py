"""What a page shows: which scenario, strategies and luck, with what changed by hand; plain and comparable."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Self

from model import load_scenario, load_strategy
from model.dimensions import at_level, choice_of
from model.scenario import Scenario
from model.strategy import Strategy
from model.vocabulary import InputError

#: Runs of the ensemble beside a history.
RUNS = 300
#: (dimension, question, level) of each dimension of design that is set.
type Levels = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Plan:
    """A strategy with what is changed about it by hand.

    Attributes
    ----------
    strategy : name of a bundled strategy, or of one of the reader's own
    levels : (dimension, question, level) of each dimension of design that is set, in this order
    """

    strategy: str = "step-for-step"
    levels: Levels = ()


@dataclass(frozen=True)
class Settings:
    """Everything that decides what a page shows, but for the month that is looked at.

    Two pages with equal settings show the same numbers.

    Attributes
    ----------
    scenario : name of a bundled scenario, or of one of the reader's own
    plans : one strategy, or two that are compared
    dispute : the dispute that is looked at; None for the scenario's first
    seed, replicate : the luck
    months : length of a run; None for the scenario's own
    parameters : numbers of the model that are not at their defaults, as (name, value)
    grow : keys of the scenario's table ``[grow]`` that are changed, as (key, value)
    without : mechanisms that are switched off
    uncertain : whether the ensemble also draws the uncertain numbers that are not set by hand
    scenarios, strategies : the reader's own files, as (name, text)
    """

    scenario: str = "iran-2012"
    plans: tuple[Plan, ...] = (Plan(),)
    dispute: str | None = None
    seed: int = 7
    replicate: int = 0
    months: int | None = None
    parameters: tuple[tuple[str, float], ...] = ()
    grow: tuple[tuple[str, Any], ...] = ()
    without: tuple[str, ...] = ()
    uncertain: bool = False
    scenarios: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    strategies: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def but(self, **changes: Any) -> Self:
        """Return these settings with changes."""
        return replace(self, **changes)

    def with_plan(self, place: int, **changes: Any) -> Self:
        """Return these settings with the plan at ``place`` changed."""
        plans = list(self.plans)
        plans[place] = replace(plans[place], **changes)
        return self.but(plans=tuple(plans))

    def with_parameter(self, name: str, value: float | None) -> Self:
        """Return these settings with one number set, or at its default again (None)."""
        numbers = dict(self.parameters)
        numbers.pop(name, None)
        if value is not None:
            numbers[name] = value
        return self.but(parameters=tuple(sorted(numbers.items())))

    def with_own_strategy(self, text: str) -> Self:
        """Return these settings with a strategy of the reader's own added, or said anew, from a file's text.

        Raises
        ------
        InputError
            If the text is no strategy, or varies a file.
        """
        name = own_strategy(text).name
        return self.but(strategies=(*(own for own in self.strategies if own[0] != name), (name, text)))

    def with_own_scenario(self, text: str) -> Self:
        """Return these settings with a scenario of the reader's own added, or said anew, from a file's text.

        Raises
        ------
        InputError
            If the text is no scenario.
        """
        name = own_scenario(text, ()).name
        return self.but(scenarios=(*(own for own in self.scenarios if own[0] != name), (name, text)))

    def case(self) -> Scenario:
        """Return the scenario.

        Raises
        ------
        InputError
            If there is no such scenario, or it cannot grow so.
        """
        own = dict(self.scenarios)
        if self.scenario in own:
            return own_scenario(own[self.scenario], self.grow)
        return bundled_scenario(self.scenario, self.grow)

    def strategy(self, place: int = 0) -> Strategy:
        """Return the strategy of the plan at ``place``, at the levels that it is taken to.

        Raises
        ------
        InputError
            If there is no such strategy, or it cannot be taken to one of the levels.
        """
        plan = self.plans[place]
        own = dict(self.strategies)
        text = own.get(plan.strategy)
        return levelled(plan.strategy, text, plan.levels)

    def place_of_dispute(self) -> int:
        """Return the row of the dispute that is looked at."""
        return self.case().place_of(self.dispute)

    def span(self) -> int:
        """Return the length of a run in months."""
        return self.months or self.case().months


@lru_cache(maxsize=8)
def bundled_scenario(name: str, grow: tuple[tuple[str, Any], ...]) -> Scenario:
    """Return a bundled scenario, grown as said; never a file of this machine."""
    from model import list_scenarios

    if name not in list_scenarios():
        raise InputError(f"'{name}' is no bundled scenario; one of {', '.join(list_scenarios())}")
    return load_scenario(name, grow=dict(grow) or None)


@lru_cache(maxsize=8)
def own_scenario(text: str, grow: tuple[tuple[str, Any], ...]) -> Scenario:
    """Return the scenario that the text of a file says."""
    return load_scenario(content_of(text, "scenario"), grow=dict(grow) or None)


@lru_cache(maxsize=8)
def own_strategy(text: str) -> Strategy:
    """Return the strategy that the text of a file says; it may vary a bundled one, but no file."""
    from model import list_strategies

    content = content_of(text, "strategy")
    base = content.get("varies")
    if base is not None and base not in list_strategies():
        raise InputError(f"varies: '{base}' is no bundled strategy; on this page a file varies no other file")
    return load_strategy(content)


@lru_cache(maxsize=64)
def levelled(name: str, text: str | None, levels: Levels) -> Strategy:
    """Return a strategy, bundled or of the reader's own, at levels of dimensions of design."""
    from model import list_strategies

    if text is None and name not in list_strategies():
        raise InputError(f"'{name}' is no strategy here; one of {', '.join(list_strategies())}")
    strategy = load_strategy(name) if text is None else own_strategy(text)
    for dimension, about, level in levels:
        strategy = at_level(strategy, choice_of(dimension, about, [level]), level)
    return strategy


def content_of(text: str, what: str) -> Mapping[str, Any]:
    """Return what the text of a file holds.

    Raises
    ------
    InputError
        If it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise InputError(f"this {what} is not a TOML file: {fault}") from None
