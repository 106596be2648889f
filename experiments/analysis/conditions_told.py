"""When does a strategy lose? Conditions as a section: boxes in words, and what they hold out of sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import model
from experiments import findings, palette
from experiments.analysis import conditions, conditions_figures
from experiments.analysis import conditions_words as words
from experiments.analysis.conditions import Conditions
from experiments.analysis.conditions_asked import Asked, asked, drawn
from experiments.analysis.section import Section
from experiments.sweeps.results import Results
from model.parameters import number_of
from model.vocabulary import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KEY = "conditions"


def section(
    results: Results,
    strategy: str,
    against: str | None = None,
    outcome: str = "settled_and_lasted",
    scenario: str | None = None,
    dispute: str | None = None,
    margin: float = 0.0,
    at_least: float | None = None,
    seed: int = 7,
    numbers: Sequence[str] = (),
    step: int | None = None,
    looks: int = 1,
) -> Section:
    """Return in which worlds `strategy` loses to another, or misses a threshold, as boxes in words.

    Parameters
    ----------
    results : Results
        Of a sweep in which numbers of the model varied.
    strategy : str
        Who is asked about.
    against : str, optional
        The rival. Without it, and without `at_least`, the best of the other strategies on the outcome.
    outcome : str
        What is compared, one of `model.outcomes.OUTCOMES`.
    scenario, dispute : str, optional
        The first by default.
    margin : float, 0 or more
        By how much the strategy must be worse, in the unit of the outcome (of its mean over replicates).
    at_least : float, optional
        A threshold instead of a rival: where more is better a case falls below it, else it exceeds it.
    seed : int
        The split of the worlds into a half for finding and a half for measuring.
    numbers : sequence of str
        Only these numbers may be restricted; by default all that varied.
    step : int, optional
        The row of the trajectory to take instead of the one that the rule chooses.
    looks : int, 1 or more
        How many such questions are put to the same sweep: the test is corrected for them.

    Raises
    ------
    InputError
        If a name is unknown, both a rival and a threshold are given, or a number or an argument is not
        allowed.
    """
    if looks < 1:
        raise InputError(f"looks is {looks}; allowed is 1 or more")
    case = asked(
        results, strategy, against, outcome, scenario or results.scenarios[0], dispute, margin, at_least
    )
    sampling, every = results.sampling(), drawn(results.draws(), numbers)
    table = every.reindex(case.cases.index)
    groups = conditions.blocks(table.index, sampling, len(every))
    notes = [*words.notes(int(sampling["replicates"]), seed), *words.shared_luck(sampling)]
    obstacle = _obstacle(table, case, groups, seed)
    if obstacle:
        told = f"{obstacle} {words.overall(case)}"
        return Section(KEY, words.question(case), told, case.told, notes=notes)
    found = conditions.discovered(table, case.cases, groups, seed, looks=looks, step=step)
    return Section(
        KEY,
        words.question(case),
        words.finding(found[0], case),
        [*words.sentences(found, case), *case.told],
        _tables(found, table),
        _figures(found[0], table, case, results),
        [*notes, *words.looks_told(looks, step)],
    )


def _obstacle(table: pd.DataFrame, case: Asked, groups: np.ndarray[Any, Any], seed: int) -> str:
    if table.columns.empty:
        return "No number of the model varied in this sweep, so that no condition can be told."
    if not conditions.enough(case.cases.to_numpy(bool), conditions.halves(groups, seed)):
        return (
            f"There are too few worlds of one kind to look for conditions: {conditions.FEWEST} cases and as "
            "many others are needed in either half."
        )
    return ""


def _tables(found: Sequence[Conditions], table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    limits, shares, paths = [], [], []
    for place, one in enumerate(found, start=1):
        shown = one.ranges.replace([np.inf, -np.inf], np.nan).reset_index()
        numbers = [number_of(str(name)) for name in shown["number"]]
        shown.insert(0, "box", place)
        shown["unit"], shown["meaning"] = (
            [getattr(number, key) for number in numbers] for key in ("unit", "meaning")
        )
        limits.append(shown)
        shares += [_row(place, half, one) for half in ("held out", "found in")]
        paths.append(one.path.assign(box=place, chosen=one.path.index == one.kept))
    return {
        "limits": pd.concat(limits, ignore_index=True),
        "shares": pd.DataFrame(shares),
        "trajectory": pd.concat(paths, ignore_index=True),
    }


def _row(place: int, half: str, one: Conditions) -> dict[str, Any]:
    measured = one.held if half == "held out" else one.fitted
    row: dict[str, Any] = {"box": place, "half": half, "holds": one.holds}
    for name in ("density", "elsewhere", "overall", "coverage"):
        interval = getattr(measured, name)
        row |= {name: interval.estimate, f"{name}_low": interval.low, f"{name}_high": interval.high}
    return row | {"mass": measured.mass, "worlds": measured.worlds, "of": measured.of, "p": measured.p}


def _figures(found: Conditions, table: pd.DataFrame, case: Asked, results: Results) -> dict[str, Figure]:
    names = [str(name) for name in results.strategies().index]
    marks = palette.strategy_marks(names, model.list_strategies())
    colour = marks[case.rival or case.strategy][0]
    drawn_figures = {"trajectory": conditions_figures.trajectory(found, _path_title(found), colour)}
    if not found.holds:
        return drawn_figures
    spans = pd.DataFrame({"low": table.min(), "high": table.max()})
    where = findings.listed(
        [
            f"{name} is {words.limits(str(name), float(row.low), float(row.high))}"
            for name, row in found.ranges.iterrows()
        ]
    )
    title = f"{case.case} in {found.held.density.estimate:.0%} of worlds in which {where}"
    drawn_figures["ranges"] = conditions_figures.ranges(
        found, spans, words.restrictions(found), title, colour
    )
    inside = (
        f"{case.case} in {found.held.density.estimate:.0%} of worlds in the box, and in "
        f"{found.held.elsewhere.estimate:.0%} elsewhere"
    )
    drawn_figures["worlds"] = conditions_figures.worlds(found, table, case.cases, case.case, inside, colour)
    return drawn_figures


def _path_title(found: Conditions) -> str:
    held = found.held
    if found.holds:
        return (
            f"{held.mass:.0%} of the worlds hold {held.coverage.estimate:.0%} of the cases, at a density of "
            f"{held.density.estimate:.0%} against {held.overall.estimate:.0%} over all"
        )
    return "What is dense in one half of the worlds is not in the other: no box holds out of sample"
