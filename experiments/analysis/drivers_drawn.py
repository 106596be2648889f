"""What the figures on drivers show, and what their titles say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from experiments.analysis.drivers import REACH, Drivers
from experiments.analysis.drivers_figures import SHOWN, Row, plane, weights
from experiments.analysis.drivers_words import Found, driving, finding, meaning_of, share, span
from experiments.analysis.lever_shares import LeverShares
from experiments.analysis.scores import Scores
from experiments.measures import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LINES = "Lines: 95% intervals. Grey: not told apart from a factor that does nothing."


def drawn(found: Found) -> dict[str, Figure]:
    """Return the figures of `found` by name: "numbers", "plane" (of Morris) and "levers"."""
    figures: dict[str, Figure] = {}
    numbers = found.numbers
    if numbers is not None and not numbers.table.empty:
        figures["numbers"] = _numbers(found, numbers)
        if numbers.method == "morris":
            figures["plane"] = _plane(found, numbers)
    if found.grid is not None:
        figures["numbers"] = _shares(found, found.grid, "number")
    if found.levers is not None:
        figures["levers"] = _shares(found, found.levers, "lever")
    return figures


def _numbers(found: Found, numbers: Drivers) -> Figure:
    title = _title(found, numbers)
    if numbers.method == "sobol":
        note = (
            "Full marks: the share of a number with all it does together with others (total index); hollow "
            f"marks: its share alone (first-order index). {LINES}"
        )
        rows = _rows(numbers.table, "total", alone=True)
        return weights(rows, title, "share of the variance between draws", note, _rest(numbers))
    if numbers.method == "morris":
        measure = found.subject.measure
        note = f"Mean size of the change when one number crosses its range, others wherever they are. {LINES}"
        rows = _rows(numbers.table, "mu_star", scale=measure.scale)
        axis = f"size of effect, μ* ({_unit(measure)}, over the whole range of the number)"
        return weights(rows, title, axis, note, _rest(numbers, measure), percent=False)
    note = f"How much worse held-out draws are foretold when a factor is shuffled among them. {LINES}"
    rows = _rows(numbers.table, "score")
    return weights(rows, title, "share of the variance that is lost without it", note, _rest(numbers))


def _title(found: Found, numbers: Drivers) -> str:
    if not numbers.leading or (isinstance(numbers, Scores) and not numbers.explains):
        return finding(found)
    first, others = numbers.leading[0], len(numbers.leading) - 1
    after = (
        f"; {others} more of {len(numbers.table)} {'is' if others == 1 else 'are'} told apart from nothing"
    )
    return f"{first} {driving(found, numbers)}{after if others else ', and no other is told apart'}"


def _rows(table: pd.DataFrame, column: str, scale: float = 1.0, alone: bool = False) -> list[Row]:
    return [
        Row(
            name=str(name),
            meaning=meaning_of(str(name)),
            estimate=scale * row[column],
            low=scale * row[f"{column}_low"],
            high=scale * row[f"{column}_high"],
            way=str(row["direction"]),
            apart=bool(row["apart"]),
            alone=(row["first"], row["first_low"], row["first_high"]) if alone else None,
        )
        for name, row in table.head(SHOWN).iterrows()
    ]


def _unit(measure: Measure) -> str:
    return "points" if measure.unit == "share of runs" else measure.unit


def _rest(numbers: Drivers, measure: Measure | None = None) -> str:
    """Return what is not shown, summed up."""
    others = numbers.table.iloc[SHOWN:]
    if others.empty:
        return ""
    apart = int(others["apart"].sum())
    told = f"{len(others)} others, {apart or 'none'} of them told apart from nothing"
    if numbers.resamples is not None:
        estimate = float(others["first"].sum())
        reach = REACH * float(numbers.resamples[list(others.index)].sum(axis=1).std(ddof=1))
        return (
            f"{told}; one by one they sum to {share(estimate)} ({span(estimate - reach, estimate + reach)})"
        )
    if measure is not None:
        return f"{told}; the largest has {measure.gap(*[max(0.0, float(others['mu_star'].max()))] * 2)}"
    return f"{told}; their scores sum to {share(float(others['score'].sum()))}"


def _plane(found: Found, numbers: Drivers) -> Figure:
    table = numbers.table
    bent = int((table["sigma"] > table["mu_star"])[table["apart"]].sum())
    leaders = len(numbers.leading)
    title = (
        f"Above the line, what a number does depends on the others: {bent} of the {leaders} that matter"
        if leaders
        else finding(found)
    )
    note = "Right: moves the outcome; up: how much that differs from place to place (curvature, interaction)."
    measure = found.subject.measure
    return plane(table, title, _unit(measure), note, measure.scale)


def _shares(found: Found, shares: LeverShares, what: str) -> Figure:
    apart = shares.table[shares.table["apart"]]
    between = "draws" if what == "number" else "generated strategies"
    title = (
        f"{apart.index[0]} accounts for {share(apart['share'].iloc[0])} of what differs between {between} "
        f"in {found.subject.words}"
        if len(apart)
        else f"No single {what} is told apart from nothing between {between}, in {found.subject.words}"
    )
    rows = [
        Row(
            str(name),
            _best(shares, str(name)),
            row["share"],
            row.low,
            min(row.high, 1.0),
            "by level",
            bool(row.apart),
        )
        for name, row in shares.table.head(SHOWN).iterrows()
    ]
    ends = span(shares.rest.low, shares.rest.high)
    rest = f"Owed to them only together, or to none: {share(shares.rest.estimate)} ({ends})"
    return weights(rows, title, f"share of the variance between {between}", LINES, rest)


def _best(shares: LeverShares, name: str) -> str:
    if meaning := meaning_of(name):
        return meaning
    best = shares.table.at[name, "best"]
    return f"most at {best}" if isinstance(best, str) else ""
