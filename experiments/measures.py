"""What strategies are compared on, and how it is said: the phrase, the unit, and which way is good."""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.outcomes import OUTCOMES, UP, ZERO
from model.vocabulary import InputError, nearest

PRIMARY = "settled_and_lasted"


@dataclass(frozen=True)
class Measure:
    """An outcome that strategies are compared on: its column, how to say it, and which way is good."""

    column: str
    phrase: str
    unit: str
    high_is_good: bool
    digits: int = 2

    @property
    def heading(self) -> str:
        """Return its phrase as the beginning of a sentence."""
        return self.phrase[:1].upper() + self.phrase[1:]

    @property
    def scale(self) -> int:
        """Return by how much a difference is multiplied to be said: shares are told in points."""
        return 100 if self.unit == "share of runs" else 1

    @property
    def bounds(self) -> tuple[float, float]:
        """Return between which values a mean can lie: shares and scales within 0 and 1."""
        if self.unit in ("share of runs", "on a scale of 0 to 1"):
            return 0.0, 1.0
        return (0.0 if self.unit in ("months", "a run") else -math.inf), math.inf

    def amount(self, value: float) -> str:
        """Return `value` in words, with its unit."""
        return f"{value:.0%}" if self.unit == "share of runs" else self._rounded(value)

    def gap(self, smallest: float, largest: float) -> str:
        """Return the size of a difference, or the range of several."""
        unit = "points" if self.unit == "share of runs" else self.unit
        low, high = (self._rounded(self.scale * abs(size)) for size in (smallest, largest))
        return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"

    def _rounded(self, value: float) -> str:
        """Return `value` to its digits, or to one figure where these would leave nothing of it."""
        text = f"{value:.{self.digits}f}"
        return f"{value:.1g}" if value and not float(text) else text


MEASURES = (
    Measure(PRIMARY, "settled and lasted", "share of runs", True, 0),
    Measure("settled", "settled at all", "share of runs", True, 0),
    Measure(
        "months_waited",
        "months before any relief (never counted as the whole span), mean",
        "months",
        False,
        1,
    ),
    Measure("hardship", "civilian hardship", "on a scale of 0 to 1", False),
    Measure("reversals", "reversals of relief", "a run", False),
    Measure("leaks", "leaks", "a run", False),
)


#: How a mean is told, by the unit that an outcome is declared with, and to how many digits.
UNITS = {
    "yes or no": ("share of runs", 0),
    "share": ("on a scale of 0 to 1", 2),
    "count": ("a run", 2),
    "months": ("months", 1),
}


def measure_of(name: str) -> Measure:
    """Return outcome `name` as a measure; where nearer to 0 is better, by its distance from 0.

    Raises
    ------
    InputError
        If it is no outcome, or a label, which has no better and worse.
    """
    told = [measure for measure in MEASURES if measure.column == name]
    if told:
        return told[0]
    if name not in OUTCOMES:
        raise InputError(f"'{name}' is no outcome with a better and a worse{nearest(name, OUTCOMES)}")
    outcome = OUTCOMES[name]
    unit, digits = UNITS.get(outcome.unit, (outcome.unit, 2))
    words = f"{outcome.meaning}; distance from 0" if outcome.better == ZERO else outcome.meaning
    plain = name.replace("_", " ")
    return Measure(
        name, words if plain in words else f"{plain} ({words})", unit, outcome.better == UP, digits
    )
