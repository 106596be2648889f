"""States of the world: what strategies are held against where nobody knows which numbers are true.

A state is one draw of the uncertain numbers in one scenario. What a strategy is worth in a state is its mean
over the replicates of that state, so luck is averaged out as far as the replicates go. Where the numbers did
not vary, the replicates themselves are the states, and differ by luck alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.analysis import units
from model.outcomes import DOWN, MONTHS, OUTCOMES, SHARE, UP, YES, ZERO
from model.vocabulary import InputError, nearest

Floats = NDArray[np.float64]
#: Not an outcome of its own: the mean of the process's legitimacy on both sides.
LEGITIMACY = "legitimacy"
JOINED: dict[str, tuple[str, ...]] = {LEGITIMACY: ("legitimacy_sender", "legitimacy_target")}
#: Durability, speed, hardship and legitimacy: what strategies are judged by where nothing else is asked.
GOALS = ("settled_and_lasted", "months_to_first_relief", "hardship", LEGITIMACY)
PHRASES = {
    "settled_and_lasted": "settled and lasted",
    "months_to_first_relief": "months waited for relief",
    "hardship": "hardship",
    LEGITIMACY: "legitimacy",
}


@dataclass(frozen=True)
class Goal:
    """What strategies are judged by: an outcome, or the mean of several.

    Attributes
    ----------
    name, phrase, unit : str
        As in a table, as in a sentence, and as `model.outcomes.OUTCOMES` says it.
    better : {"up", "down", "zero"}
    columns : tuple of str
        The outcomes it is the mean of.
    """

    name: str
    phrase: str
    unit: str
    better: str
    columns: tuple[str, ...]

    def amount(self, value: float) -> str:
        """Return `value` in words."""
        if self.unit == YES:
            return f"{value:.0%}"
        return f"{value:.1f}" if self.unit == MONTHS or abs(value) >= 10 else f"{value:.2g}"

    def gap(self, *sizes: float) -> str:
        """Return a difference in words, or the range of several."""
        unit = {YES: " points", SHARE: ""}.get(self.unit, f" {self.unit}")
        told = [f"{100 * size:.0f}" if self.unit == YES else self.amount(size) for size in sizes]
        return " to ".join(dict.fromkeys(told)) + unit


def goal(name: str) -> Goal:
    """Return the goal called `name`: an outcome, or "legitimacy", the mean of both sides'.

    Raises
    ------
    InputError
        If there is no such outcome.
    """
    if name not in OUTCOMES and name not in JOINED:
        allowed = [*OUTCOMES, *JOINED]
        raise InputError(f"there is no outcome '{name}' to judge strategies by{nearest(name, allowed)}")
    columns = JOINED.get(name, (name,))
    first = OUTCOMES[columns[0]]
    return Goal(name, PHRASES.get(name, name.replace("_", " ")), first.unit, first.better, columns)


def oriented(values: pd.DataFrame, better: str) -> pd.DataFrame:
    """Return `values` turned so that more is better.

    Parameters
    ----------
    values : DataFrame
        A row a state, a column a strategy.
    better : {"up", "down", "zero"}
        "zero": the nearer to 0, the better.
    """
    return {UP: values, DOWN: -values, ZERO: -values.abs()}[better]


@dataclass(frozen=True)
class States:
    """What every strategy is worth in every state.

    Attributes
    ----------
    values : dict of str to DataFrame
        For each goal its mean over the replicates, in its own unit: index scenario and state (the number of
        the draw or replicate), a column a strategy, nothing missing. A goal that is better nearer to 0 is
        averaged as distance from 0.
    goals : tuple of Goal
    kind : {"draw", "replicate"}
        What a state is, apart from its scenario.
    replicates : int
        Runs of each strategy in a state.
    left_out : int
        States that some strategy lacks, or in which a goal applies in none of its runs.
    absent : tuple of str
        Strategies left out, because some scenario has no run of them.
    """

    values: dict[str, pd.DataFrame]
    goals: tuple[Goal, ...]
    kind: str
    replicates: int
    left_out: int
    absent: tuple[str, ...]

    @property
    def strategies(self) -> list[str]:
        """The strategies, in the order of the experiment."""
        return list(self.values[self.goals[0].name].columns)

    @property
    def index(self) -> pd.MultiIndex:
        """Scenario and number of every state."""
        return cast(pd.MultiIndex, self.values[self.goals[0].name].index)

    @property
    def clusters(self) -> NDArray[np.int64]:
        """The draw of each state: one draw in several scenarios is the same numbers, drawn once."""
        return self.index.get_level_values("state").to_numpy(np.int64)

    def scores(self, goal: Goal) -> pd.DataFrame:
        """Return the values of `goal`, turned so that more is better."""
        return oriented(self.values[goal.name], goal.better)


def judged(runs: pd.DataFrame, goals: Sequence[Goal], months: Mapping[str, int]) -> pd.DataFrame:
    """Return `runs` with a column for each goal, a number in every run to which it applies.

    Parameters
    ----------
    runs : DataFrame
        A row a run: scenario, strategy, replicate, draw and the outcomes of the goals.
    goals : sequence of Goal
    months : mapping of str to int
        The horizon of each scenario: the wait of a run in which relief or agreement never came.
    """
    columns = list(dict.fromkeys(column for goal in goals for column in goal.columns))
    known = units.prepared(runs, columns, months)
    wanted = runs[["scenario", "strategy", "replicate", "draw"]].astype({"scenario": str, "strategy": str})
    for goal in goals:
        values = known[list(goal.columns)].astype(float)
        wanted[goal.name] = (values.abs() if goal.better == ZERO else values).mean(axis=1, skipna=False)
    return wanted


def states(runs: pd.DataFrame, goals: Sequence[Goal]) -> States:
    """Return what every strategy is worth in every state that none of them lacks.

    Parameters
    ----------
    runs : DataFrame
        As `judged` gives it.
    goals : sequence of Goal

    Raises
    ------
    InputError
        If there are fewer than two strategies, or fewer than two draws (or replicates) with such states.
    """
    runs, absent = _everywhere(runs)
    if runs["strategy"].nunique() < 2:
        raise InputError("robustness compares strategies: at least two are needed in every scenario")
    kind = units.unit_of(ALONE, runs["draw"].nunique())
    tables = {goal.name: _by_state(units.per_unit(runs, goal.name, ALONE), runs) for goal in goals}
    whole = np.logical_and.reduce([table.notna().all(axis=1).to_numpy() for table in tables.values()])
    kept = {name: table[whole] for name, table in tables.items()}
    world = States(kept, tuple(goals), kind, _replicates(runs, kind), int((~whole).sum()), absent)
    if len(np.unique(world.clusters)) < 2:
        raise InputError(
            "robustness needs at least two draws (or replicates) that no strategy lacks: "
            "let numbers of the model vary, or wait until more runs are done"
        )
    return world


#: A state is a draw wherever there are several, whatever luck they share.
ALONE = {"luck": "fresh"}


def _everywhere(runs: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the runs of strategies that every scenario has, and the names of the others."""
    places = runs.groupby("strategy", sort=False)["scenario"].nunique()
    absent = places.index[places < runs["scenario"].nunique()]
    return runs[~runs["strategy"].isin(absent)], tuple(str(name) for name in absent)


def _by_state(table: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Return `table` indexed by scenario and state, however many scenarios there are."""
    if table.index.nlevels == 1:
        table = pd.concat({str(runs["scenario"].iloc[0]): table})
    return table.rename_axis(index=["scenario", "state"])


def _replicates(runs: pd.DataFrame, kind: str) -> int:
    return int(runs.groupby(["scenario", kind, "strategy"], sort=False).size().max())


@dataclass(frozen=True)
class Luck:
    """How much of the regret for a goal is luck, seen from the runs within a state.

    Attributes
    ----------
    error : float
        Standard error of the difference of two strategies in one state, in the goal's unit. Where a state
        holds one run a strategy it is at most this, as real differences between states are counted in.
    tolerated : float
        A tenth of the span in which nine tenths of the runs lie.
    needed : int
        Replicates a state at which the error is no more than is tolerated; at most, as above.
    """

    error: float
    tolerated: float
    needed: int


def luck(runs: pd.DataFrame, goal: Goal, kind: str = "draw") -> Luck:
    """Return how far luck blurs the differences of strategies within a state, on `goal`.

    With v the value of a run less the mean of all strategies on the same luck, the variance of the difference
    of two of K strategies is, on the average over pairs, 2K / (K - 1) times the variance of v.

    Parameters
    ----------
    runs : DataFrame
        As `judged` gives it.
    goal : Goal
    kind : {"draw", "replicate"}
    """
    values = runs[goal.name]
    apart = values - values.groupby([runs["scenario"], runs["draw"], runs["replicate"]]).transform("mean")
    strategies, replicates = runs["strategy"].nunique(), _replicates(runs, kind)
    within = ["scenario", kind, "strategy"] if replicates > 1 else ["scenario", "strategy"]
    spread = apart.groupby([runs[name] for name in within]).var(ddof=1).mean()
    variance = 2 * strategies / (strategies - 1) * float(spread)
    low, high = np.nanquantile(values, [0.05, 0.95])
    tolerated = 0.1 * float(high - low if high > low else np.nanmax(values) - np.nanmin(values))
    needed = int(np.ceil(variance / tolerated**2)) if tolerated > 0 else 1
    return Luck(float(np.sqrt(variance / replicates)), tolerated, max(needed, 1))


def halves(runs: pd.DataFrame, goal: Goal) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the scores for `goal` by state from every other replicate, and from the rest; more is better.

    The luck of the two halves is independent. None where a state holds one run of a strategy, or where no
    state has a value of every strategy in both halves.
    """
    places = runs.groupby(["scenario", "draw"], sort=False)["replicate"].rank(method="dense")
    odd = places % 2 == 1
    if odd.all() or runs["draw"].nunique() == 1:
        return None
    parts = [units.per_unit(runs[chosen], goal.name, ALONE) for chosen in (odd, ~odd)]
    first, second = (oriented(_by_state(part, runs), goal.better) for part in parts)
    whole = (first.notna() & second.reindex(first.index).notna()).all(axis=1)
    return (first[whole], second.reindex(first.index)[whole]) if whole.any() else None
