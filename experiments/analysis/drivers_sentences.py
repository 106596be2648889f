"""What else is said of the drivers of an outcome: the next ones, how they act together, luck, and notes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments import findings
from experiments.analysis import drivers, drivers_words, scores, units
from experiments.analysis.drivers import Drivers
from experiments.analysis.drivers_words import ADDITIVE, MUCH, NAMED, SOME, Found, share, span, words_of_noise
from experiments.analysis.lever_shares import LeverShares
from experiments.analysis.scores import Scores


def sentences(found: Found) -> list[str]:
    """Return what else the numbers say, the weightiest first."""
    told = []
    if found.numbers is not None and not found.numbers.table.empty:
        told = [*_others(found.numbers), *_together(found.numbers), *_stable(found.numbers)]
    elif found.grid is not None:
        told = [*_shares_told(found.grid, "number")]
    if found.levers is not None:
        told += _shares_told(found.levers, "lever")
    return [*told, *_luck(found)]


def _others(numbers: Drivers) -> list[str]:
    if isinstance(numbers, Scores) and not numbers.explains:
        return []
    leading, count = numbers.leading, len(numbers.table)
    if not leading:
        return []
    verb = "is" if len(leading) == 1 else "are"
    told = [f"{len(leading)} of {count} {verb} told apart from one that does nothing."]
    if len(leading) > 1:
        column = {"sobol": "total", "morris": "mu_star", "scores": "score"}[numbers.method]
        amounts = numbers.table[column]
        follow = [f"{name} ({_relative(amounts, name)})" for name in leading[1:NAMED]]
        told.append(f"After {leading[0]} come, by size relative to it, {findings.listed(follow)}.")
    ways = numbers.table.loc[leading[:NAMED], "direction"]
    for way in ("raises", "lowers"):
        names = [str(name) for name in ways.index[ways == way]]
        if names:
            verb = way if len(names) == 1 else way[:-1]
            told.append(f"More of {findings.listed(names)} {verb} it.")
    return told


def _relative(amounts: pd.Series[float], name: str) -> str:
    return f"{float(amounts[name]) / float(amounts.iloc[0]):.0%}"


def _together(numbers: Drivers) -> list[str]:
    if numbers.method == "morris":
        table = numbers.table.loc[numbers.leading[:NAMED]]
        bent = [str(name) for name in table.index[table["sigma"] > table["mu_star"]]]
        if not bent:
            return []
        verb = "depends" if len(bent) == 1 else "depend"
        return [f"What {findings.listed(bent)} do {verb} on where the other numbers stand (σ above μ*)."]
    if numbers.together is None:
        return []
    total = numbers.together
    if isinstance(numbers, Scores):
        told = []
        if numbers.explains:
            told.append(
                f"Trees explain {share(total.estimate)} ({span(total.low, total.high)}) of the variance "
                "on draws not seen before."
            )
        if not np.isnan(numbers.ranking):
            told.append(f"They rank a yes above a no in {numbers.ranking:.0%} of pairs; guessing ranks 50%.")
        return told
    ends = f"{share(total.estimate)} of the variance ({span(total.low, total.high)})"
    if total.high < ADDITIVE:
        return [f"One by one the numbers account for {ends}: the rest is what they do together."]
    if total.low < ADDITIVE:
        return [f"One by one the numbers account for {ends}: too wide to say how much they do together."]
    return [f"One by one the numbers account for {ends}: they add up, and hardly act together."]


def _stable(numbers: Drivers) -> list[str]:
    told = drivers.agreement(numbers)
    if told is None:
        return []
    same, leaders, correlation = told
    parts = "blocks" if numbers.method == "sobol" else "trajectories"
    rank = "" if np.isnan(correlation) else f" (rank correlation of all: {correlation:.2f})"
    if leaders == 1:
        verdict = "leads" if same else "does not lead"
        return [f"It {verdict} on each half of the {parts} too{rank}."]
    firm = "the order is stable" if same == leaders else "more of them would firm up the order"
    return [
        f"On each half of the {parts} alone, {same} of the {leaders} foremost stay foremost{rank}: {firm}."
    ]


def _shares_told(shares: LeverShares, what: str) -> list[str]:
    apart = shares.table[shares.table["apart"]]
    between = "draws" if what == "number" else "generated strategies"
    told = []
    if not apart.empty:
        parts = [
            f"{name} {share(row['share'])} ({span(row.low, row.high)})"
            for name, row in apart.head(NAMED).iterrows()
        ]
        told.append(
            f"Of the variance between {between}, {findings.listed(parts)} is owed to a single {what}."
        )
    idle = [str(name) for name in shares.table.index[~shares.table["apart"]]]
    if idle:
        verb = "is" if len(idle) == 1 else "are"
        told.append(f"{findings.listed(idle)} {verb} not told apart from a {what} that does nothing.")
    if shares.rest.low > 0:
        ends = span(shares.rest.low, shares.rest.high)
        told.append(
            f"{share(shares.rest.estimate)} ({ends}) is owed to {what}s only together, or to none of them."
        )
    return told


def _luck(found: Found) -> list[str]:
    luck = found.luck
    if luck is None:
        if int(found.design["replicates"]) < 2 and found.design["luck"] == "fresh":
            return [
                "Each draw was lived once, with luck of its own: how much of it is luck is not known"
                + (", and total indices and effects hold it." if found.method in ("sobol", "morris") else ".")
            ]
        return []
    of = luck.of_a_run
    told = [
        f"Luck holds {share(of.estimate)} ({span(of.low, of.high)}) of what differs between single runs, "
        "which no number explains."
    ]
    if MUCH > luck.of_a_mean > SOME:
        told.append(
            f"Of the variance between draws, {share(luck.of_a_mean)} {words_of_noise(luck)}: "
            "more replicates would lessen it."
        )
    return told


# --- how it was computed ---------------------------------------------------------------------------


def notes(found: Found) -> list[str]:
    """Return how it was computed, and what it does not cover."""
    told = [*_method(found), *_left_out(found)]
    if found.luck is not None or found.numbers is not None:
        replicates = int(found.design["replicates"])
        told.append(
            f"An outcome of a draw is its mean over {replicates} replicate{'s' if replicates > 1 else ''}; "
            + (
                "all draws share their luck."
                if found.design["luck"] == "common"
                else "each draw has luck of its own."
            )
        )
    if found.subject.measure.column in units.WAITS:
        told.append("A wait that had no end counts as long as the whole run.")
    if where := units.conditional(found.subject.measure.column):
        told.append(f"It is told of runs to which it applies only ({where}); a draw without any is left out.")
    if found.levers is not None:
        told.append(
            f"Shares of levers: what a fit by the levels of all levers loses without one, from products of "
            f"{found.levers.units} different units of luck, so that error does not add to them."
        )
    return [
        *told,
        "Drivers hold for the ranges and strategies that were tried, and for nothing outside them.",
    ]


def _method(found: Found) -> list[str]:
    reach = "Intervals are 95%; told apart: with the false discovery rate held to 5%."
    if found.method == "sobol":
        return [
            f"First-order and total indices of Sobol, from Saltelli's blocks (Saltelli et al., 2010). {reach}"
        ]
    if found.method == "morris":
        return [f"Elementary effects of Morris's trajectories (Campolongo et al., 2007). {reach}"]
    if found.method == "scores":
        more = "The designs saltelli and morris would also tell shares of the variance, and effects in units."
        beside = " Rows are draws under generated strategies, and levers stand beside numbers." * (
            not found.made.empty
        )
        return [
            "Feature scores: variance lost when a factor is shuffled among held-out draws (extremely "
            f"randomised trees, {scores.FOLDS} folds).{beside} {reach} {more}"
        ]
    if found.method == "shares":
        return [
            "Main effects in a factorial design: shares of the variance between draws. Intervals are 95%."
        ]
    return []


def _left_out(found: Found) -> list[str]:
    numbers = found.numbers
    if numbers is None or not numbers.left_out:
        return []
    whole = drivers_words.WHOLES[numbers.method][numbers.left_out != 1]
    verb = "was" if numbers.left_out == 1 else "were"
    return [
        f"{numbers.left_out} {whole} {verb} left out whole, as a run is missing or the outcome "
        f"applies in none; {numbers.kept} were used."
    ]
