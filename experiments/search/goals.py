"""A goal of a search: an outcome in every state of the world, made one number that can be better or worse.

Over the states a goal is their mean, the mean of the worst tenth of them (conditional value at risk;
Rockafellar and Uryasev 2000), or the share of them that meets a threshold (Starr's domain criterion).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.analysis import states
from experiments.search.asked import Search, Target, threshold_of
from model.outcomes import MONTHS, OUTCOMES, SHARE, UP, YES

Floats = NDArray[np.float64]
#: The part of the states that counts as the worst.
WORST = 0.1
ROUNDING = 1e-12


@dataclass(frozen=True)
class Aim:
    """A goal with its measure over the states.

    Attributes
    ----------
    goal : states.Goal
    over : {"mean", "worst-tenth", "satisficing"}
    threshold : float or None
    """

    goal: states.Goal
    over: str
    threshold: float | None = None

    @property
    def phrase(self) -> str:
        """What it is, in words; no two aims of a search have the same."""
        if self.over == "satisficing":
            bound = "at least" if self.goal.better == UP else "at most"
            return f"states with {self.goal.phrase} {bound} {self.threshold:g}"
        return self.goal.phrase + (", worst tenth" if self.over == "worst-tenth" else "")

    @property
    def unit(self) -> str:
        """The unit of its values."""
        if self.over == "satisficing":
            return "share of states"
        return {YES: "share of runs", SHARE: "0 to 1"}.get(self._declared, self._declared)

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.over == "satisficing" or self.goal.better == UP else -1

    @property
    def is_share(self) -> bool:
        """Whether its values are told in per cent."""
        return self.over == "satisficing" or self._declared == YES

    @property
    def _declared(self) -> str:
        return OUTCOMES[self.goal.columns[0]].unit

    def amount(self, value: float) -> str:
        """Return a value in words."""
        return f"{value:.1%}" if self.is_share else f"{value:.{self._digits}f}{self._after}"

    def gap(self, value: float) -> str:
        """Return a difference of two values in words, with its sign."""
        return f"{100 * value:+.1f} points" if self.is_share else f"{value:+.{self._digits}f}{self._after}"

    @property
    def _digits(self) -> int:
        return {SHARE: 3, MONTHS: 1}.get(self._declared, 2)

    @property
    def _after(self) -> str:
        return " months" if self._declared == MONTHS else ""

    def measured(self, values: Floats, weights: Floats) -> Floats:
        """Return the goal of every candidate in every resample of the states, in its own unit.

        Parameters
        ----------
        values : array, shape (candidates, states)
            The outcome, in its own unit.
        weights : array, shape (resamples, states)
            How often each state is taken.

        Returns
        -------
        array, shape (resamples, candidates)
        """
        turned = values * (1 if self.goal.better == UP else -1)
        total = weights.sum(axis=1, keepdims=True)
        if self.over == "satisficing":
            least = float(self.threshold or 0.0) * (1 if self.goal.better == UP else -1)
            met: Floats = weights @ (turned >= least - ROUNDING).T.astype(float) / total
            return met
        if self.over == "worst-tenth":
            return self.sign * _worst(turned, weights, total)
        mean: Floats = weights @ values.T / total
        return mean


def _worst(turned: Floats, weights: Floats, total: Floats) -> Floats:
    """Return the mean of the worst tenth; of a state that lies across its edge, the part within."""
    result = np.empty((len(weights), len(turned)))
    for place, row in enumerate(turned):
        order = np.argsort(row, kind="stable")
        reached = np.minimum(np.cumsum(weights[:, order], axis=1), WORST * total)
        result[:, place] = np.diff(reached, prepend=0.0, axis=1) @ row[order]
    return result / (WORST * total)


def aim_of(target: Target, thresholds: Mapping[str, float]) -> Aim:
    """Return the goal that a file names, with the threshold that it, or the experiment, says."""
    threshold = threshold_of(target, thresholds) if target.over == "satisficing" else None
    return Aim(states.goal(target.outcome), target.over, threshold)


def aims_of(said: Search, thresholds: Mapping[str, float]) -> list[Aim]:
    """Return the goals of a search, in the order of its file."""
    return [aim_of(target, thresholds) for target in said.goals]


def outcomes_of(aims: list[Aim]) -> list[states.Goal]:
    """Return the outcomes that goals rest on, each once."""
    return list({aim.goal.name: aim.goal for aim in aims}.values())
