"""The two sides of a comparison: a letter, a colour, and a name that the other does not have."""

from __future__ import annotations

from dataclasses import dataclass

from browser.scene.settings import Plan, Settings
from experiments import palette

#: The letters of the sides, in the order of the plans.
LETTERS = ("A", "B")
#: Their colours, by day. They go by side, not by strategy: both sides may be of one strategy.
COLOURS = palette.COLOURS[:2]


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

    Attributes
    ----------
    letter : A or B
    name : the letter with its strategy and what is changed about it, which no other side has
    title : how its strategy is headed
    colour : what it is drawn in, by day
    """

    letter: str
    name: str
    title: str
    colour: str


def sides_of(settings: Settings) -> tuple[Side, ...]:
    """Return the sides of the plans, one or two.

    Raises
    ------
    InputError
        If a strategy is none.
    """
    return tuple(
        Side(letter, f"{letter} ({told(plan)})", title_of(settings, place), colour)
        for place, (letter, colour, plan) in enumerate(zip(LETTERS, COLOURS, settings.plans, strict=False))
    )


def told(plan: Plan) -> str:
    """Return a plan in words: its strategy, and the levels that it is taken to."""
    levels = [f"{dimension} at “{level}”" for dimension, _, level in plan.levels]
    return ", ".join([plan.strategy, *levels])


def title_of(settings: Settings, place: int) -> str:
    """Return how the strategy of the plan at ``place`` is headed, before it is taken to any level."""
    plan = Plan(settings.plans[place].strategy)
    return settings.but(plans=(plan,)).strategy().title
