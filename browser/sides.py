"""The two sides of a comparison: a letter, a name that no other has, a colour and a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from browser.settings import Plan, Settings
from experiments import palette

#: The letters of the sides, in the order of the plans.
LETTERS = ("A", "B")
#: The marks of the palette as a text shows them.
GLYPHS = {"o": "●", "s": "■", "D": "◆", "^": "▲", "v": "▼", "P": "✚", "X": "✖"}


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

    Attributes
    ----------
    letter : A or B
    name : the letter with its strategy and what is changed about it, which no other side has
    title : how its strategy is headed
    colour, glyph : what it is drawn with, by day
    """

    letter: str
    name: str
    title: str
    colour: str
    glyph: str


def sides_of(settings: Settings) -> tuple[Side, ...]:
    """Return the sides of the plans, one or two.

    Raises
    ------
    InputError
        If a strategy is none.
    """
    looks = looks_of([settings.strategy(place).name for place in range(len(settings.plans))])
    return tuple(
        Side(letter, f"{letter} ({told(plan)})", title_of(settings, place), *looks[place])
        for place, (letter, plan) in enumerate(zip(LETTERS, settings.plans, strict=False))
    )


def looks_of(strategies: Sequence[str]) -> list[tuple[str, str]]:
    """Return the colour and the glyph of each strategy, by its name: the palette's, but no colour twice."""
    from model import list_strategies

    catalogue = list_strategies()
    marks = palette.strategy_marks(strategies, catalogue)
    looks: list[tuple[str, str]] = []
    for name in strategies:
        colour, mark = marks[name]
        taken = [other for other, _ in looks]
        if colour in taken:
            colour = next(other for other in palette.COLOURS if other not in taken)
        looks.append((colour, GLYPHS[mark]))
    return looks


def told(plan: Plan) -> str:
    """Return a plan in words: its strategy, and the levels that it is taken to."""
    levels = [f"{dimension} at “{level}”" for dimension, _, level in plan.levels]
    return ", ".join([plan.strategy, *levels])


def title_of(settings: Settings, place: int) -> str:
    """Return how the strategy of the plan at ``place`` is headed, before it is taken to any level."""
    plan = Plan(settings.plans[place].strategy)
    return settings.but(plans=(plan,)).strategy().title
