"""What to know beside how many replicates are enough: how it was found out, and what it does not cover."""

from __future__ import annotations

from scipy import stats

from experiments.analysis import units
from experiments.statistics import CONFIDENCE
from experiments.sweeps.aloud import counted
from experiments.sweeps.enough import Enough


def notes(found: Enough) -> list[str]:
    """Return how it was found out how many units are enough, and what that does not cover."""
    return [
        f"{counted(found.runs, 'run')} on fresh luck, which is not that of the sweep itself, in rounds. "
        "An interval is narrow enough where it is so with one standard error to spare.",
        *_given_up(found),
        *_together(found),
        *_designed(found),
        *_where(found),
        *_applying(found),
    ]


def _given_up(found: Enough) -> list[str]:
    if found.reached or found.units >= found.at_most:
        return []
    return [f"Given up after {found.units:,} {found.unit}s: more than twice those allowed are needed."]


def _together(found: Enough) -> list[str]:
    count = len(found.pairs)
    if count < 2:
        return []
    alone, all_of_them = stats.norm.ppf((1 + CONFIDENCE) / 2), stats.norm.isf((1 - CONFIDENCE) / 2 / count)
    return [
        f"Each interval holds {CONFIDENCE:.0%} by itself; for all {count:,} to hold together (Bonferroni) it "
        f"takes {(all_of_them / alone) ** 2:.1f} times as many {found.unit}s."
    ]


def _designed(found: Enough) -> list[str]:
    if found.unit == "draw":
        return [
            "A unit is a draw of the uncertain numbers with luck of its own. Replicates of a draw pay only "
            "where each draw's own outcome is asked about (what drives it, under which conditions)."
        ]
    if found.points > 1:
        return [
            f"The {found.points:,} draws of the file share their luck, so a unit is a replicate of them all, "
            "and what is said holds for just these draws."
        ]
    return ["All numbers are at their defaults: a unit is a replicate, and nothing is said of other numbers."]


def _where(found: Enough) -> list[str]:
    scenarios = len(found.experiment.scenarios)
    if scenarios < 2:
        return []
    tried = f"Tried in {found.scenario} ({found.dispute}), the first of {scenarios} scenarios"
    return [f"{tried}; others may need more."]


def _applying(found: Enough) -> list[str]:
    if found.measure.column in units.WAITS:
        return ["A wait for what never came is counted as the whole span."]
    where = units.conditional(found.measure.column)
    return [f"Only runs count in which the outcome applies to both: {where}."] if where else []
