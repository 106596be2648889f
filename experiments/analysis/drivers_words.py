"""The sentences on what drives an outcome, all made from the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from experiments.analysis import drivers, scores
from experiments.analysis.drivers import Drivers
from experiments.analysis.lever_shares import FEWEST, LeverShares
from experiments.analysis.luck import Luck
from experiments.analysis.scores import Scores
from experiments.analysis.subjects import Subject
from model.parameters import Parameters

#: How many drivers a sentence names.
NAMED = 5
#: Below this, first-order indices leave much to what numbers do together.
ADDITIVE = 0.8
#: From these shares of luck in the variance between draws on, it is told; and told first.
SOME, MUCH = 0.2, 0.5
#: What is left out or used whole, one and many, by method.
WHOLES = {
    "sobol": ("block", "blocks"),
    "morris": ("trajectory", "trajectories"),
    "scores": ("draw", "draws"),
}
COLUMNS = {
    "first": "alone",
    "first_low": "alone, low",
    "first_high": "alone, high",
    "total": "in all",
    "total_low": "in all, low",
    "total_high": "in all, high",
    "mu_star": "size of effect (mu*)",
    "mu_star_low": "size, low",
    "mu_star_high": "size, high",
    "mu": "effect, mean (mu)",
    "sigma": "spread of effects (sigma)",
    "score": "score",
    "score_low": "score, low",
    "score_high": "score, high",
    "corrected": "p, corrected",
    "apart": "told apart",
    "direction": "more of it",
}


@dataclass(frozen=True)
class Found:
    """All that was computed, before it is told.

    Attributes
    ----------
    subject : Subject
    design : dict
        How the numbers were drawn.
    draws : int
        How many draws there are to be.
    numbers : Drivers or None
        None where nothing varied, or the design is factorial.
    grid : LeverShares or None
        Main effects of numbers in a factorial design.
    levers : LeverShares or None
        Main effects of levers, where strategies were generated and are averaged over.
    made : DataFrame
        The levers of generated strategies.
    luck : Luck or None
    """

    subject: Subject
    design: dict[str, Any]
    draws: int
    numbers: Drivers | None
    grid: LeverShares | None
    levers: LeverShares | None
    made: pd.DataFrame
    luck: Luck | None

    @property
    def method(self) -> str:
        """Which method the numbers were read by: "sobol", "morris", "scores", "shares" or "none"."""
        if self.numbers is not None:
            return self.numbers.method
        return "none" if self.grid is None else "shares"


def meaning_of(name: str) -> str:
    """Return what a number of the model means; nothing for a lever."""
    table = Parameters.table()
    return str(table.at[name, "meaning"]) if name in table.index else ""


def unit_of(name: str) -> str:
    """Return the unit of a number of the model; nothing for a lever."""
    table = Parameters.table()
    return str(table.at[name, "unit"]) if name in table.index else ""


def share(value: float) -> str:
    """Return a share in words, with a decimal where it is next to none or next to all."""
    if 0.9995 <= value < 1:
        return "over 99.9%"
    if abs(value) < 0.0005:
        return "under 0.1%" if value > 1e-9 else "0%"
    return f"{value:.1%}" if 0 < abs(value) < 0.095 or 0.995 <= value < 1 else f"{value:.0%}"


def span(low: float, high: float) -> str:
    """Return the ends of an interval of shares, which cannot exceed the whole."""
    return f"{share(low)} to {share(min(high, 1.0))}"


def full(name: str) -> str:
    """Return a number's name with what it means."""
    told = meaning_of(name)
    return f"{name} ({told})" if told else name


# --- the finding ------------------------------------------------------------------------------------


def finding(found: Found) -> str:
    """Return the answer in one sentence."""
    numbers = found.numbers
    if numbers is None or numbers.table.empty:
        shares = found.grid or found.levers
        if shares is not None:
            return _shares_finding(found, shares, "number" if found.grid else "lever")
    if numbers is None:
        return f"Nothing that varied is seen to drive {found.subject.words}: {_why_not(found)}"
    if numbers.constant:
        value = found.subject.measure.amount(float(np.nanmean(found.subject.values)))
        return f"Nothing drives {found.subject.words}: it was the same in every draw ({value})"
    if numbers.table.empty:
        return f"Too little is done to say what drives {found.subject.words}: {_kept(numbers)}"
    if isinstance(numbers, Scores) and not numbers.explains:
        return _nothing_foretold(found, numbers)
    if not numbers.leading:
        return (
            f"None of {len(numbers.table)} numbers is told apart from one that does nothing, "
            f"as a driver of {found.subject.words}"
        )
    why = _size(found, numbers) + _caution(found)
    return f"{full(numbers.leading[0])} {driving(found, numbers)}: {why}"


def driving(found: Found, numbers: Drivers) -> str:
    """Return what is said of the first leader: another may look larger, and be less sure."""
    foremost = numbers.leading[0] == str(numbers.table.index[0])
    return (
        f"drives {found.subject.words} most" if foremost else f"is the surest driver of {found.subject.words}"
    )


def _caution(found: Found) -> str:
    """Return a warning where luck holds most of what differs between draws."""
    if found.luck is None or found.luck.of_a_mean < MUCH:
        return ""
    return f"; but of the variance between draws {share(found.luck.of_a_mean)} {words_of_noise(found.luck)}"


def words_of_noise(luck: Luck) -> str:
    """Return what luck has to do with the means of draws."""
    return "is luck still" if luck.noise else "belongs to the luck of just these replicates"


def _why_not(found: Found) -> str:
    if found.design["design"] == "factorial":
        return f"main effects need {FEWEST} replicates that are done under all draws, and draws that differ"
    if len(found.made) >= 3:
        return "no number was drawn, and the generated strategies are not told apart by more than luck"
    return "no number was drawn and no lever was varied"


def _kept(numbers: Drivers) -> str:
    needed = scores.FEWEST if numbers.method == "scores" else drivers.FEWEST
    return f"{numbers.kept} {WHOLES[numbers.method][1]} are whole, and {needed} are needed at least"


def _nothing_foretold(found: Found, numbers: Scores) -> str:
    assert numbers.together is not None
    explained = numbers.together
    return (
        f"What varied foretells nothing for certain of {found.subject.words} on draws not seen before "
        f"(variance explained {share(explained.estimate)}, {span(explained.low, explained.high)}), so no "
        "factor can be called its driver"
    )


def _size(found: Found, numbers: Drivers) -> str:
    row = numbers.table.loc[numbers.leading[0]].to_dict()
    if numbers.method == "sobol":
        alone = f"for {share(row['first'])} of the variance between draws "
        alone += f"({span(row['first_low'], row['first_high'])})"
        if row["first_low"] <= 0:
            alone = "for nothing that is told apart from 0"
        return (
            f"alone it accounts {alone}, and with what it does together with others "
            f"for {share(row['total'])} ({span(row['total_low'], row['total_high'])})"
        )
    if numbers.method == "morris":
        size = found.subject.measure.gap(max(row["mu_star_low"], 0), row["mu_star_high"])
        way = {"raises": "up", "lowers": "down"}.get(str(row["direction"]), "up or down")
        return f"over its whole range it moves it by {size} on average (95% interval), mostly {way}"
    assert numbers.together is not None
    return (
        f"trees explain {share(numbers.together.estimate)} of the variance of draws not seen before, and "
        f"lose {share(row['score'])} of it ({span(row['score_low'], row['score_high'])}) without it"
    )


def _shares_finding(found: Found, shares: LeverShares, what: str) -> str:
    leading = shares.table[shares.table["apart"]]
    if leading.empty:
        return f"No {what} is told apart from one that does nothing, as a driver of {found.subject.words}"
    name, row = str(leading.index[0]), leading.iloc[0]
    between = "draws" if what == "number" else "generated strategies"
    return (
        f"{full(name)} drives {found.subject.words} most: it accounts for {share(row['share'])} of the "
        f"variance between {between} ({span(float(row['low']), float(row['high']))})"
    )
