"""Two strategies on the same luck: the paired differences of an ensemble, and how they are told.

Rows of equal replicate had the same luck and the same numbers, so what is compared is the difference pair
by pair. The first measure is the one that strategies are ranked by, and stands for itself; the others are
corrected for their number. Nothing is claimed where the interval of a difference holds 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from browser.scene.crowd import Crowd
from browser.scene.settings import Settings
from browser.scene.sides import LETTERS, sides_of
from experiments.measures import Measure


@dataclass(frozen=True)
class Gap:
    """The difference of one measure between two sides, A minus B, pair by pair.

    Attributes
    ----------
    measure : what is compared
    means : its mean under A and under B
    estimate, low, high : the mean difference and its 95 % interval, in the unit of the measure
    spread : standard deviation of the differences of the pairs
    p : how easily luck alone gives a difference like this, before any correction
    is_apart : whether A and B are told apart on it
    ahead, level, behind : in how many pairs A is better than B, as good, and worse
    both : of a yes or no, in how many pairs it is so under both; None of a number
    """

    measure: Measure
    means: tuple[float, float]
    estimate: float
    low: float
    high: float
    spread: float
    p: float
    is_apart: bool
    ahead: int
    level: int
    behind: int
    both: int | None

    @property
    def pairs(self) -> int:
        """Pairs of runs in which it is known of both."""
        return self.ahead + self.level + self.behind

    @property
    def better(self) -> str:
        """The letter of the side that does better for certain; empty where they are not told apart."""
        if not self.is_apart:
            return ""
        return LETTERS[0] if (self.estimate > 0) == self.measure.high_is_good else LETTERS[1]

    @property
    def unit(self) -> str:
        """The unit of a difference."""
        return self.measure.gap(0.0, 0.0).partition(" ")[2]

    def figure(self, value: float) -> str:
        """Return a difference as a figure with its sign, without its unit."""
        if not np.isfinite(value):
            return "unknown"
        text = self.measure.gap(value, value).partition(" ")[0]
        return f"−{text}" if value < 0 and float(text) else text

    def interval(self) -> str:
        """Return the interval of the difference, A minus B, as in "−4 to 6 points"."""
        return f"{self.figure(self.low)} to {self.figure(self.high)} {self.unit}"

    def turned(self) -> Gap:
        """Return the same difference as B minus A; its means are then of B and A."""
        return replace(
            self,
            means=self.means[::-1],
            estimate=-self.estimate,
            low=-self.high,
            high=-self.low,
            ahead=self.behind,
            behind=self.ahead,
        )


@lru_cache(maxsize=2)
def gaps(crowd: Crowd) -> tuple[Gap, ...]:
    """Return the paired difference of each measure that strategies are compared on, the main one first.

    Raises
    ------
    InputError
        If the ensemble has not two plans.
    """
    from experiments import findings, statistics

    known = findings.prepared(named(crowd), crowd.settings.span())
    found = [_gap(known, measure) for measure in findings.measured(known)]
    corrected = [found[0].p, *statistics.holm([gap.p for gap in found[1:]])]
    least = 1 - statistics.CONFIDENCE
    return tuple(
        replace(gap, is_apart=bool(p < least and not gap.low <= 0.0 <= gap.high))
        for gap, p in zip(found, corrected, strict=True)
    )


def named(crowd: Crowd) -> pd.DataFrame:
    """Return the runs of an ensemble, A's before B's, with the letters in place of the strategies.

    The two plans may be of one strategy, taken to other levels, and so have one name.
    """
    from model.vocabulary import InputError

    if len(crowd.settings.plans) != len(LETTERS):
        raise InputError("a comparison takes two strategies")
    runs = crowd.runs.sort_values("plan", kind="stable")
    return runs.assign(strategy=[LETTERS[plan] for plan in runs["plan"]])


def _gap(known: pd.DataFrame, measure: Measure) -> Gap:
    from experiments import statistics

    found = statistics.differences(known, measure.column).iloc[0]
    values = statistics.matched(known, measure.column).dropna().to_numpy(dtype=float)
    apart = values[:, 0] - values[:, 1]
    gains = apart if measure.high_is_good else -apart
    is_share = known[measure.column].dtype == bool
    return Gap(
        measure=measure,
        means=(float(values[:, 0].mean()), float(values[:, 1].mean())),
        estimate=float(found["estimate"]),
        low=float(found["low"]),
        high=float(found["high"]),
        spread=float(apart.std(ddof=1)) if len(apart) > 1 else float("nan"),
        p=float(found["p"]),
        is_apart=False,
        ahead=int((gains > 0).sum()),
        level=int((gains == 0).sum()),
        behind=int((gains < 0).sum()),
        both=int(values.all(axis=1).sum()) if is_share else None,
    )


def sentence(crowd: Crowd) -> str:
    """Return the paired difference of the main measure with its interval, in one sentence."""
    gap, names = gaps(crowd)[0], [side.name for side in sides_of(crowd.settings)]
    if gap.is_apart and gap.estimate < 0:
        gap, names = gap.turned(), names[::-1]
    first, second = names
    phrase, shares = gap.measure.phrase, [gap.measure.amount(mean) for mean in gap.means]
    pairs = f"{gap.pairs:,} pairs of runs"
    if gap.is_apart:
        interval = f"(95 % interval: {gap.interval()})"
        size = gap.measure.gap(gap.estimate, gap.estimate)
        return (
            f"On the same luck, {first} {phrase} more often than {second}, by {size} over {pairs} "
            f"{interval}: {shares[0]} against {shares[1]}."
        )
    interval = f"(A minus B, 95 % interval: {gap.interval()})"
    level = f"On the same luck, {' and '.join(sorted(names))} are not told apart"
    if gap.level == gap.pairs:
        return f"{level}: in each of {pairs} both {phrase} or neither did {interval}."
    if gap.estimate == 0:
        return f"{level}: each {phrase} in {shares[0]} of {pairs}, though not in the same ones {interval}."
    each = f"{first[0]} {phrase} in {shares[0]} and {second[0]} in {shares[1]}"
    return f"{level}: {each} of {pairs} {interval}."


def scope(settings: Settings) -> str:
    """Return in a sentence what a comparison of runs holds for."""
    where = "over the ranges of the uncertain numbers" if settings.uncertain else "at the numbers set here"
    return f"This holds {where}; a share of runs is not a probability of anything in the world."


def beyond(crowd: Crowd) -> str:
    """Return in a sentence on which of the other measures the two are told apart, and on which not."""
    from experiments import findings

    rest = gaps(crowd)[1:]
    if not rest:
        return ""
    parts = []
    for letter in LETTERS:
        won = [f"{short(gap)} (by {gap.measure.gap(gap.estimate, gap.estimate)})" for gap in rest
               if gap.better == letter]  # fmt: skip
        if won:
            parts.append(f"{letter} does better on {findings.listed(won)}")
    level = [short(gap) for gap in rest if not gap.better]
    if level:
        parts.append(f"not told apart on {findings.listed(level)}")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def short(gap: Gap) -> str:
    """Return the measure of a difference in few words."""
    return gap.measure.phrase.partition(" (")[0]


def table(found: Sequence[Gap]) -> pd.DataFrame:
    """Return the differences as a table, one row a measure, in the unit that is told."""
    rows = [_row(gap) for gap in found]
    return pd.DataFrame(rows)


def _row(gap: Gap) -> dict[str, Any]:
    scale = gap.measure.scale
    return {
        "measure": gap.measure.phrase,
        "under A": gap.measure.amount(gap.means[0]),
        "under B": gap.measure.amount(gap.means[1]),
        "difference, A minus B": scale * gap.estimate,
        "95 % from": scale * gap.low,
        "to": scale * gap.high,
        "unit": gap.unit,
        "pairs": gap.pairs,
        "A better in": gap.ahead,
        "as good in": gap.level,
        "B better in": gap.behind,
        "told apart": "yes" if gap.is_apart else "no",
        "better": gap.better or "not told apart",
    }


def unequal(settings: Settings) -> list[str]:
    """Return a sentence for each total (relief, pressure, effort) that the two plans spend differently.

    Raises
    ------
    InputError
        If a plan cannot be run here.
    """
    from experiments import compare, findings

    case = settings.case()
    rows = [compare.planned([settings.strategy(place)], case) for place in range(len(settings.plans))]
    return findings.unequal_means(pd.concat(rows).set_axis(list(LETTERS[: len(rows)])))


def note(found: Sequence[Gap]) -> str:
    """Return how the differences were found, in small print."""
    return (
        f"A minus B, pair by pair; each interval is of 95 % by itself. {found[0].measure.heading}, by which "
        f"strategies are ranked, is tested alone; of the other {len(found) - 1}, some would differ by luck "
        "alone, so a difference must be clearer to count (p below 5 % after Holm's correction). Not told "
        "apart does not mean equal. What never came counts as waited for to the end. So that all measures "
        "share the right half, each is drawn in its own typical difference between two runs of a pair "
        "(standard deviations of the differences); its own unit stands beside it."
    )
