"""What candidates are called in tables and figures, and the titles of the figures, made from the numbers."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from experiments.findings import listed
from experiments.search.found import Found, part
from experiments.sweeps.levers import letter, spelt

ARROW = " → "
#: Candidates on the front from which on it is said what goals are at odds.
SEVERAL = 5


def short(row: pd.Series[Any], several: bool) -> str:
    """Return a candidate in a few signs: its base where there are several, letters of its order, levels."""
    words = [str(row["base"])] if several else []
    if row["order"] is not None:
        words.append("".join(letter(place) for place in row["order"]))
    words += [spelt(level) for level in row["levels"].values()]
    return " · ".join(words) or str(row["base"])


def order_of(row: pd.Series[Any]) -> str:
    """Return the order of a candidate in words."""
    if row["order"] is None:
        return ""
    return ARROW.join(row["steps"][place] for place in row["order"])


def letters(found: Found) -> str:
    """Return which letter stands for which step, for the bases whose order is varied."""
    told = []
    bases = found.candidates.drop_duplicates("base")
    for _, row in bases.iterrows():
        if row["steps"] is not None:
            steps = ", ".join(f"{letter(place)} = {title}" for place, title in enumerate(row["steps"]))
            told.append(f"{row['base']}: {steps}" if len(bases) > 1 else steps)
    return "; ".join(told)


def numbered(found: Found) -> dict[str, int]:
    """Return the number of each strategy on the front, as tables and figures call it."""
    return {name: place for place, name in enumerate(found.front, 1)}


def labelled(found: Found, names: Sequence[str]) -> dict[str, str]:
    """Return what candidates of the front are called in figures: their number, letters, levels."""
    several = found.candidates["base"].nunique() > 1
    numbers = numbered(found)
    rows = found.candidates.loc[list(names)].iterrows()
    return {str(name): f"{numbers[str(name)]}  {short(row, several)}" for name, row in rows}


def front_title(found: Found) -> str:
    """Return what the front says of the goals."""
    number = len(found.front)
    if number == 1:
        return "One candidate is best at every goal"
    if found.fresh is None:
        tried = len(found.candidates)
        return f"{number:,} candidates of {tried:,}: what each gains at one goal it pays for at another"
    still = int(found.still.sum())
    verb = "is" if still == 1 else "are"
    return f"{still:,} of {number:,} on the front {verb} matched by no other on fresh draws and luck, too"


def trade_title(found: Found) -> str:
    """Return which two goals are most at odds along the front."""
    if len(found.front) < SEVERAL:
        return "What was tried, goal against goal"
    scores = pd.DataFrame(part(found.seen, found.front).scores(found.aims)).corr("spearman").to_numpy()
    pairs = [
        (scores[first, second], found.aims[first].phrase, found.aims[second].phrase)
        for first, second in itertools.combinations(range(len(found.aims)), 2)
        if not np.isnan(scores[first, second])
    ]
    if not pairs or min(pairs)[0] > -0.3:
        return "Along the front no two goals are much at odds"
    strength, first, second = min(pairs)
    return f"Along the front, {first} and {second} are most at odds (rank correlation {strength:.2f})"


def fresh_title(found: Found) -> str:
    """Return at which goals the front looked better than it is."""
    leads = found.leads()
    less = [str(goal) for goal in leads.index[leads["flattered_low"] > 0]]
    if less:
        return f"Chosen by its luck, the front looked better than it is at {listed(less)}"
    return "What the front leads the bases by is not told to be flattery at any goal"


def course_title(found: Found, account: Mapping[str, Any]) -> str:
    """Return how far the search came."""
    truth = found.truth
    if truth is not None and truth.covered is not None:
        return (
            f"With {truth.tried:,} of {truth.candidates:,} candidates tried, the search covers "
            f"{truth.covered:.1%} of what the true front covers"
        )
    tried = len(found.candidates)
    return (
        f"{tried:,} of {account['size']:,} candidates tried: what the front covers, generation by generation"
    )
