"""The question behind a search for conditions: who loses to whom or misses what, and in which worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from experiments.analysis import conditions_cases, units
from experiments.sweeps.results import Results
from model.outcomes import OUTCOMES, UP, Outcome
from model.vocabulary import InputError, nearest


@dataclass(frozen=True)
class Asked:
    """The question: who, against whom or what, and in which worlds it turned out so.

    Attributes
    ----------
    strategy : str
    outcome : Outcome
    case : str
        What a case is, in words: "step-for-step loses to big-bang".
    cases : Series of bool
        By draw.
    rival : str, optional
        The strategy it loses to; None where it misses a threshold.
    told : sequence of str
        What else is to be said of how the cases were counted.
    """

    strategy: str
    outcome: Outcome
    case: str
    cases: pd.Series[bool]
    rival: str | None
    told: Sequence[str]


def asked(
    results: Results,
    strategy: str,
    against: str | None,
    outcome: str,
    scenario: str,
    dispute: str | None,
    margin: float,
    at_least: float | None,
) -> Asked:
    """Return the question, with its cases counted; arguments as `conditions_told.section` has them.

    Raises
    ------
    InputError
        If a strategy or the outcome is unknown, or what is asked makes no sense.
    """
    if outcome not in OUTCOMES:
        raise InputError(f"outcome '{outcome}' is not one of the model's{nearest(outcome, OUTCOMES)}")
    if against is not None and at_least is not None:
        raise InputError("name either a rival or a threshold: a case is one or the other")
    known = [str(name) for name in results.strategies().index]
    for name in filter(None, (strategy, against)):
        if name not in known:
            raise InputError(f"strategy '{name}' is not in this sweep{nearest(name, known)}")
    if against == strategy:
        raise InputError(f"'{strategy}' cannot lose to itself: name another strategy")
    runs = units.prepared(results.runs([outcome], scenario, dispute), [outcome], results.months)
    by_world = units.per_unit(runs, outcome, {**results.sampling(), "luck": "fresh"})
    declared = OUTCOMES[outcome]
    if at_least is not None:
        return _against_threshold(by_world, strategy, declared, at_least)
    rival, told = (against, []) if against else _best_other(by_world, strategy, declared)
    return _against_rival(by_world, strategy, rival, declared, margin, told)


def _best_other(by_world: pd.DataFrame, strategy: str, outcome: Outcome) -> tuple[str, list[str]]:
    means = by_world.drop(columns=strategy).mean().dropna()
    if means.empty:
        raise InputError(f"there is no other strategy than '{strategy}' in this sweep: give a threshold")
    worth = means if outcome.better == UP else -means.abs()
    best = str(worth.idxmax())
    told = (
        f"No rival was named: {best} is the best of the other strategies on {outcome.name} over all worlds."
    )
    return best, [told]


def _against_rival(
    by_world: pd.DataFrame, strategy: str, rival: str, outcome: Outcome, margin: float, told: list[str]
) -> Asked:
    gaps = conditions_cases.behind(by_world, strategy, rival, outcome.better)
    cases = conditions_cases.losing(gaps, margin)
    won = conditions_cases.losing(-gaps, margin)
    level = 1 - cases.mean() - won.mean()
    by = f" by {margin:g} or more" if margin else ""
    told.append(
        f"Over all {len(cases):,} worlds {strategy} is worse{by} in {cases.mean():.0%}, better{by} in "
        f"{won.mean():.0%}, and neither in {level:.0%}."
    )
    told += _left_out(len(by_world) - len(cases), outcome)
    case = f"{strategy} loses to {rival}{by}"
    return Asked(strategy, outcome, case, cases, rival, told)


def _against_threshold(by_world: pd.DataFrame, strategy: str, outcome: Outcome, threshold: float) -> Asked:
    cases = conditions_cases.failing(by_world[strategy], outcome.better, threshold)
    way = "stays below" if outcome.better == UP else "exceeds"
    case = f"{strategy} {way} {threshold:g} on {outcome.name}"
    return Asked(strategy, outcome, case, cases, None, _left_out(len(by_world) - len(cases), outcome))


def _left_out(worlds: int, outcome: Outcome) -> list[str]:
    if not worlds:
        return []
    where = units.conditional(outcome.name)
    why = f"runs are missing, or the outcome does not apply ({where})" if where else "runs are missing"
    verb = "world is" if worlds == 1 else "worlds are"
    return [f"{worlds:,} {verb} left out because {why}."]


def drawn(draws: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the numbers that varied, or those of them that are named, by draw.

    Raises
    ------
    InputError
        If a named number did not vary.
    """
    for name in names:
        if name not in draws.columns:
            raise InputError(
                f"number '{name}' did not vary in this sweep{nearest(name, list(draws.columns))}"
            )
    chosen = draws[list(names)] if names else draws
    return chosen.loc[:, chosen.nunique() > 1]
