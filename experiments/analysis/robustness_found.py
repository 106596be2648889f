"""All that robustness is told from, computed once from the runs of a sweep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.analysis import robustness, states
from experiments.analysis.robustness import Floats
from experiments.analysis.states import Goal, Luck, States
from model.outcomes import UP

#: A strategy is surely on the front, or surely not, where this share of the resamples says so.
SURE = 0.95
#: As many strategies as a figure can show; of more, so many of the front and so many of the worst.
ROWS, FRONT, WORST = 24, 16, 4
SATISFICING = "satisficing"


@dataclass(frozen=True)
class Robustness:
    """What strategies are worth, and how they stand.

    Attributes
    ----------
    states : States
    goals : tuple of Goal
        What strategies are judged by, the weightiest first.
    thresholds : dict of str to float
        By goal, what is good enough; ``given`` tells whether they were asked for, or are medians.
    scores, regret : dict of str to DataFrame
        By goal: the scores, and `robustness.regret_table` with the column beyond_luck, NaN where unknown.
    luck : dict of str to Luck
    satisficing, tightening, ranks, places, front : DataFrame
        As the functions of `robustness` give them; ranks and places by the first goal.
    level : dict of str to (str, list of str)
        By goal, and under "satisficing": the best on the average, and those not told apart from it.
    """

    states: States
    goals: tuple[Goal, ...]
    thresholds: dict[str, float]
    given: bool
    scores: dict[str, pd.DataFrame]
    regret: dict[str, pd.DataFrame]
    luck: dict[str, Luck]
    satisficing: pd.DataFrame
    tightening: pd.DataFrame
    ranks: pd.DataFrame
    places: pd.DataFrame
    front: pd.DataFrame
    level: dict[str, tuple[str, list[str]]]

    @property
    def first(self) -> Goal:
        """The goal that is told of first."""
        return self.goals[0]

    def mean(self, goal: Goal) -> pd.Series[float]:
        """Return the mean of `goal` over the states for each strategy."""
        return self.states.values[goal.name].mean()

    def shown(self) -> list[str]:
        """Return what figures show, least regret first: all strategies, or the front, the best, the worst."""
        order = [str(name) for name in self.regret[self.first.name].index]
        if len(order) <= ROWS:
            return order
        members = [str(name) for name in self.front.index[self.front["front"]]][:FRONT]
        kept = list(dict.fromkeys([*members, *order[-WORST:], *order]))[:ROWS]
        return [name for name in order if name in kept]

    def front_members(self) -> list[str]:
        """Return the strategies on the front of the means, surest first."""
        return [str(name) for name in self.front.index[self.front["front"]]]


def computed(
    runs: pd.DataFrame, goals: Sequence[Goal], every: Sequence[Goal], asked: Mapping[str, float], seed: int
) -> Robustness:
    """Return all that is told, from runs as `states.judged` gives them."""
    world = states.states(runs, every)
    scores = {goal.name: world.scores(goal) for goal in goals}
    drawn = robustness.weights(world.clusters, seed)
    bounds = dict(asked) or robustness.default_thresholds(
        {goal.name: world.values[goal.name] for goal in goals}
    )
    limited = [goal for goal in every if goal.name in bounds]
    turned = {goal.name: world.scores(goal) for goal in limited}
    least = {
        goal.name: bounds[goal.name] if goal.better == UP else -abs(bounds[goal.name]) for goal in limited
    }
    met = robustness.meets(turned, least)
    return Robustness(
        states=world,
        goals=tuple(goals),
        thresholds=bounds,
        given=bool(asked),
        scores=scores,
        regret={goal.name: _regret(runs, goal, scores[goal.name], drawn) for goal in goals},
        luck={goal.name: states.luck(runs, goal, world.kind) for goal in goals},
        satisficing=robustness.satisficing(met, world.clusters),
        tightening=robustness.tightening(turned),
        ranks=robustness.rank_table(scores[goals[0].name], drawn),
        places=robustness.places(scores[goals[0].name]),
        front=robustness.front_table(scores, drawn),
        level={
            name: robustness.level_with_best(table, world.clusters)
            for name, table in {**scores, SATISFICING: met.astype(float)}.items()
        },
    )


def _regret(runs: pd.DataFrame, goal: Goal, scores: pd.DataFrame, drawn: Floats) -> pd.DataFrame:
    table = robustness.regret_table(scores, drawn)
    parts = states.halves(runs, goal)
    bound = np.nan if parts is None else robustness.regret_beyond_luck(*parts).clip(lower=0.0)
    return table.assign(beyond_luck=bound)
