"""Robustness in words: what holds up over the states of the world, and how much of it may be luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

import model
from experiments import palette
from experiments.analysis import robustness_figures, robustness_found, robustness_words, states
from experiments.analysis.robustness_found import Robustness
from experiments.analysis.section import Section
from experiments.findings import listed
from experiments.sweeps.results import Results
from model.vocabulary import InputError

KEY = "robustness"


def section(
    results: Results,
    scenario: str | None = None,
    dispute: str | None = None,
    outcomes: Sequence[str] | None = None,
    thresholds: Mapping[str, float] | None = None,
    seed: int = 7,
) -> Section:
    """Return how strategies stand up over all states of the world, and which are worth choosing between.

    Parameters
    ----------
    results : Results
    scenario : str, optional
        One scenario; by default all of them taken together.
    dispute : str, optional
        The first of each scenario by default.
    outcomes : sequence of str, optional
        What strategies are judged by, the weightiest first: outcomes, or "legitimacy", the mean of both
        sides'. By default durability, speed, hardship and legitimacy, as far as they were kept.
    thresholds : mapping of str to float, optional
        By outcome, what is good enough on the mean of a state, in the outcome's unit: at least, or at most
        where less is better. By default the median of each outcome over all strategies and states.
    seed : int
        Of the resamples behind the intervals.

    Raises
    ------
    InputError
        If an outcome is unknown or was not kept, or fewer than two strategies or states can be compared.
    """
    goals = tuple(states.goal(name) for name in dict.fromkeys(outcomes or _kept(results, scenario, dispute)))
    asked = {name: states.goal(name) for name in thresholds or {}}
    every = list({goal.name: goal for goal in (*goals, *asked.values())}.values())
    columns = list(dict.fromkeys(column for goal in every for column in goal.columns))
    runs = states.judged(results.runs(columns, scenario, dispute), every, results.months)
    found = robustness_found.computed(runs, goals, every, dict(thresholds or {}), seed)
    return Section(
        key=KEY,
        question="Which strategies stand up, whatever the state of the world?",
        finding=robustness_words.finding(found),
        sentences=robustness_words.sentences(found),
        tables=_tables(found),
        figures=_figures(found),
        notes=robustness_words.notes(found, results.sampling().get("luck") == "common"),
    )


def _kept(results: Results, scenario: str | None, dispute: str | None) -> list[str]:
    kept = []
    for name in states.GOALS:
        try:
            results.runs(states.goal(name).columns, scenario, dispute)
        except InputError:  # not kept
            continue
        kept.append(name)
    if not kept:
        raise InputError(f"none of {listed(states.GOALS)} was kept: name other outcomes")
    return kept


def _tables(found: Robustness) -> dict[str, pd.DataFrame]:
    words = {"worst": "maximum", "tail": "90th percentile", "beyond_luck": "mean beyond luck"}
    regret = pd.concat(found.regret, names=["outcome", "strategy"]).reset_index()
    regret.columns = [_words(name, words) for name in regret.columns]
    means = pd.DataFrame({goal.phrase: found.mean(goal) for goal in found.goals})
    front = found.front.join(means)
    luck = pd.DataFrame({name: vars(told) for name, told in found.luck.items()}).T.rename_axis("outcome")
    tables = {"satisficing": found.satisficing, "front": front, "ranks": found.ranks, "luck": luck}
    told = {
        name: table.rename(columns=lambda key: _words(key, {"by": "dominated most by"}))
        for name, table in tables.items()
    }
    return {
        "regret": regret,
        **{name: table.reset_index() for name, table in told.items()},
        "places": found.places.reset_index(),
        "tightening": found.tightening.rename_axis("quantile").reset_index(),
    }


def _words(name: str, words: Mapping[str, str]) -> str:
    for short, long in words.items():
        if name == short or name.startswith(f"{short}_"):
            name = name.replace(short, long, 1)
    return name.replace("_", " ")


def _figures(found: Robustness) -> dict[str, Figure]:
    shown, goals = found.shown(), found.goals
    marks = palette.strategy_marks(found.states.strategies, model.list_strategies())
    first = {name: table.loc[list(found.regret[goals[0].name].index)] for name, table in found.regret.items()}
    more = robustness_words.more(found)
    drawn = {
        "regret": robustness_figures.regret(
            {name: table.loc[shown] for name, table in first.items()},
            goals,
            marks,
            robustness_words.regret_title(found),
            more,
        ),
        "places": robustness_figures.places(
            found.places.loc[shown], found.ranks, robustness_words.rank_title(found), more
        ),
        "thresholds": robustness_figures.thresholds(
            found.satisficing[found.satisficing.index.isin(shown)],
            found.tightening,
            marks,
            robustness_words.capital(robustness_words.satisficing(found)),
            more,
        ),
    }
    if len(goals) > 1:
        means = pd.DataFrame({goal.name: found.mean(goal) for goal in goals}).loc[shown]
        drawn["front"] = robustness_figures.front(
            means, found.front, goals, marks, robustness_words.front_title(found), more
        )
    return drawn
