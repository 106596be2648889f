"""Discovered conditions in words: limits with their units, boxes, and what they hold out of sample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from experiments import findings, statistics
from experiments.analysis import conditions, restricting
from experiments.analysis.conditions import Conditions
from experiments.analysis.conditions_asked import Asked
from experiments.statistics import Interval
from model.parameters import number_of

#: Units that say nothing after a number.
BARE = ("share", "multiple", "exponent")


def question(asked: Asked) -> str:
    """Return what was asked, as a heading."""
    return f"Under which conditions is it that {asked.case} ({asked.outcome.name}: {asked.outcome.meaning})?"


def overall(asked: Asked) -> str:
    """Return in how many of all worlds it is so."""
    cases = asked.cases
    share = statistics.wilson(int(cases.sum()), len(cases))
    return f"Over all {len(cases):,} worlds {asked.case} in {_share(share)}."


def _share(interval: Interval) -> str:
    return f"{interval.estimate:.0%} ({interval.low:.0%} to {interval.high:.0%})"


def amount(name: str, value: float) -> str:
    """Return a value of the number called `name` with its unit."""
    unit = number_of(name).unit
    return f"{value:g}" if unit in BARE else f"{value:g} {unit}"


def limits(name: str, low: float, high: float) -> str:
    """Return a range of a number in words, such as "above 0.009 a month"."""
    if np.isinf(high):
        return f"above {amount(name, low)}"
    return f"below {amount(name, high)}" if np.isinf(low) else f"between {low:g} and {amount(name, high)}"


def restriction(name: str, low: float, high: float) -> str:
    """Return a restriction in words, with what the number means."""
    return f"{name} ({number_of(name).meaning}) is {limits(name, low, high)}"


def restrictions(found: Conditions) -> list[str]:
    """Return each restriction of a box in words."""
    return [restriction(str(row.Index), float(row.low), float(row.high)) for row in found.ranges.itertuples()]  # type: ignore[arg-type]


def finding(found: Conditions, asked: Asked) -> str:
    """Return the first box as a sentence, or that none was found that holds out of sample."""
    if not found.holds:
        return f"No conditions were found that hold out of sample under which {asked.case}. {overall(asked)}"
    held = found.held
    return (
        f"{asked.case} in {_share(held.density)} of worlds in which {findings.listed(restrictions(found))}; "
        f"these are {held.mass:.0%} of all worlds, and elsewhere it does in {_share(held.elsewhere)}."
    )


def sentences(found: Sequence[Conditions], asked: Asked) -> list[str]:
    """Return what else there is to say of the boxes, the first one first."""
    first = found[0]
    if not first.holds:
        return _vain(first)
    held, fitted = first.held, first.fitted
    told = [
        f"The box holds {_share(held.coverage)} of the worlds in which {asked.case}. All this was counted "
        "in the half of the worlds that had no part in finding it; in the other half its density was "
        f"{fitted.density.estimate:.0%}.",
        *_each(first),
    ]
    for later in found[1:]:
        told += _later(later, asked)
    return told


def _vain(found: Conditions) -> list[str]:
    held = found.held
    if found.ranges.empty:
        told = ["No number was seen to tell these worlds from the others."]
    else:
        there = f"{_share(held.density)} of {held.worlds}" if held.worlds else "none"
        told = [
            f"The best box of one half of the worlds is where {findings.listed(restrictions(found))}: a "
            f"density of {found.fitted.density.estimate:.0%} there, but {there} in the other half, where it "
            f"is {held.overall.estimate:.0%} over all worlds."
        ]
    least = conditions.claimable(held.of, held.overall.estimate)
    if not np.isnan(least):
        told.append(
            "That none was found does not say that there is none: with so many worlds, a box of a quarter of "
            f"them could be claimed only from a density of {least:.0%} on."
        )
    return told


def _each(found: Conditions) -> list[str]:
    told = []
    for name, row in found.ranges.sort_values("density_without").iterrows():
        size = f"quasi-p {row.quasi_p:.2g}" if row.quasi_p >= 0.001 else "quasi-p below 0.001"
        if row.quasi_p < 1 - statistics.CONFIDENCE:
            told.append(f"Without the limit on {name} the share would be {row.density_without:.0%} ({size}).")
        else:
            told.append(f"The limit on {name} by itself is not confirmed in the held-out half ({size}).")
    return told


def _later(found: Conditions, asked: Asked) -> list[str]:
    if not found.holds:
        return ["Among the worlds outside that box no other box holds out of sample."]
    held = found.held
    return [
        f"Among the worlds outside that box {asked.case} in {_share(held.density)} of those in which "
        f"{findings.listed(restrictions(found))} ({held.mass:.0%} of them), and in {_share(held.elsewhere)} "
        "of the rest."
    ]


def notes(replicates: int, seed: int) -> list[str]:
    """Return how the conditions were found, and what they do not say."""
    runs = (
        f"the mean over its {replicates} runs of each strategy"
        if replicates > 1
        else "its one run of each strategy"
    )
    return [
        f"A world is a draw of the uncertain numbers; a case is judged by {runs}, so some cases are luck.",
        f"A random half of the worlds (seed {seed}) was searched by patient rule induction (Friedman and "
        f"Fisher 1999): slices of 5% peeled off while at least {conditions.SUPPORT} worlds remained. Up to "
        f"{restricting.MOST} numbers could be restricted, taken in one at a time by cross-validation "
        f"within that half, among the {restricting.TRIED} whose distributions differ most between cases "
        "and others. On the trajectory the box with most cases beyond its share of worlds was chosen, and "
        "each of its limits moved to where it holds most; limits with a quasi-p-value (Bryant and Lempert "
        "2010) of 0.05 or more were dropped, and limits rounded to what is said.",
        "A box is claimed only if, in the other half, the 95% interval of its density (Wilson) lies above "
        "the share among all worlds and Fisher's exact test is below 0.05. A second box is looked for "
        "only where the first holds.",
        "A box says where in the space of assumptions this happens, not why, and not how likely such a "
        "world is.",
    ]


def looks_told(looks: int, step: int | None) -> list[str]:
    """Return how many looks at the same worlds there were, and what that does."""
    if looks > 1:
        told = [
            f"{looks} such questions were put to this sweep; Fisher's test is corrected for that "
            "(Bonferroni)."
        ]
    else:
        told = [
            "This is one question. To ask again for other rivals, outcomes, margins or splits is to look "
            "more than once at the same worlds: what is then found has to be corrected for all of the "
            "looks."
        ]
    return told + (
        ["The box was picked by hand from its trajectory, not by the rule."] if step is not None else []
    )


def shared_luck(sampling: dict[str, object]) -> list[str]:
    """Return what the design of the sweep does to the intervals."""
    told = []
    if sampling.get("luck") == "common":
        told.append("All worlds share the luck of their replicates: the conditions hold for just this luck.")
    if sampling.get("design") in conditions.BLOCKED:
        told.append(
            f"Worlds of a {str(sampling['design']).capitalize()} design share coordinates. Those that do "
            "stay in one half, but the intervals are narrower than they should be; a Latin hypercube "
            "serves better."
        )
    return told
