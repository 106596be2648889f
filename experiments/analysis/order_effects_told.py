"""What the order of a strategy's steps is worth, told from a sweep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from experiments import findings, measures
from experiments.analysis import differences, order_effects_figures, order_words, units
from experiments.analysis.ladder_orders import bases, chosen_base, gathered
from experiments.analysis.order_reading import Reading, read
from experiments.analysis.section import Section
from experiments.sweeps.results import Results
from model.outcomes import OUTCOMES, ZERO

KEY = "orders"
RANKS_NOTE = (
    "Each strip is an order, numbered by rank; a number and colour is a step, by its place as written. "
    "Lines: 95% intervals, without the luck that all orders share. Orange: worse than the best for certain "
    "(paired, Holm's correction over all pairs of orders); blue: the best, or not told apart from it."
)
PAIRS_NOTE = (
    "Row before column minus column before row. Blue: row first is better; red: worse; ring: not told apart "
    "after Holm's correction over the pairs; hatched: only one way round was run, or the orders do not tell."
)
PLACES_NOTE = (
    "Bands: 95% intervals. Filled: told apart from the mean over orders after Holm's correction over all "
    "steps and places; open: not."
)


def section(
    results: Results,
    scenario: str | None = None,
    dispute: str | None = None,
    outcome: str = measures.PRIMARY,
    base: str | None = None,
) -> Section:
    """Return what the order of a strategy's steps is worth.

    Parameters
    ----------
    results : Results
    scenario, dispute : str, optional
        The first by default.
    outcome : str
        What orders are compared on.
    base : str, optional
        The strategy whose steps were put in order; the one with the most orders by default.

    Raises
    ------
    InputError
        If the outcome is unknown, was not kept or is text, if `base` was not run in two orders, or if no unit
        of luck has all of its orders yet.
    """
    measure = measures.measure_of(outcome)
    strategies = results.strategies()
    base = chosen_base(strategies, base)
    runs = results.runs([outcome], scenario or results.scenarios[0], dispute)
    runs = units.prepared(runs, [outcome], results.months)
    if OUTCOMES[outcome].better == ZERO:
        runs[outcome] = runs[outcome].abs()
    counted, sampling = differences.independent(runs, results.sampling())
    table = units.per_unit(counted, outcome, sampling)
    orders = gathered(table, strategies, base, **_account(results.account, base))
    unit = "block" if counted is not runs else units.unit_of(sampling, runs["draw"].nunique())
    return _told(read(orders, measure, unit), results)


def _account(account: Mapping[str, Any], base: str) -> dict[str, int | None]:
    """Return how many orders of `base` are valid, and how many of them were taken, as far as is known."""
    for entry in account.get("orders") or []:
        if entry["base"] == base:
            return {"valid": entry.get("valid"), "drawn": entry.get("drawn")}
    return {}


def _told(reading: Reading, results: Results) -> Section:
    return Section(
        key=KEY,
        question=f"What is the order of the steps of {reading.orders.base} worth?",
        finding=order_words.finding(reading),
        sentences=[text for text in order_words.sentences(reading) if text],
        tables=_tables(reading),
        figures=_figures(reading),
        notes=_notes(reading, results),
    )


def _tables(reading: Reading) -> dict[str, pd.DataFrame]:
    words = {"corrected": "p corrected", "first": "step", "second": "before"}
    ranks = reading.ranked.drop(columns="place").rename(columns=lambda name: name.replace("_", " "))
    plain = {
        "over-all-orders": reading.over_all,
        "neighbours-swapped": reading.swaps,
        "all-pairs-at-once": reading.additive,
        "places": reading.positions,
    }
    tables = {
        name: table.rename(columns=words).rename(columns=lambda column: column.replace("_", " "))
        for name, table in plain.items()
    }
    return {"orders": ranks.rename(columns=words), **tables}


def _figures(reading: Reading) -> dict[str, Figure]:
    orders, measure, draw = reading.orders, reading.measure, order_effects_figures
    own = "Neighbours swapped, nothing else" if reading.swapped else "All pairs fitted at once"
    panels = {own: reading.direct, "Over all orders (third steps move along)": reading.over_all}
    unit = "percentage points" if measure.scale == 100 else measure.unit
    heads = [words(reading) for words in (order_words.ranks_title, order_words.pairs_title)]
    return {
        "orders": draw.strips(orders, reading.ranked, measure, heads[0], RANKS_NOTE),
        "pairs": draw.matrix(orders, panels, measure, heads[1], f"{PAIRS_NOTE} Unit: {unit}."),
        "places": draw.profile(
            orders, reading.positions, measure, order_words.places_title(reading), PLACES_NOTE
        ),
    }


def _notes(reading: Reading, results: Results) -> list[str]:
    orders, unit = reading.orders, reading.unit
    notes = [
        f"Effects are taken {unit} by {unit} over {len(orders.values):,} {unit}s and {len(orders.orders):,} "
        "orders on the same luck and numbers. Intervals are of 95%, each by itself; told apart means that p "
        "stays below 5% after Holm's correction over the pairs, or the steps and places, of a table.",
        "Over all orders, a pair is lent the worth of others that share a step with it; neighbours swapped "
        "compares orders that differ in nothing else.",
        "Whether order matters is tested by flipping the common sign of all deviations of a "
        f"{unit}, which keeps the likeness of orders that begin alike.",
    ]
    if orders.mixed:
        notes.append(
            "Orders differ in other levers too; they are taken as a sample of all, and intervals are wide."
        )
    elif orders.unseen > 0:
        notes.append(
            "Orders were sampled: the variance over orders (pooled over both sides; of the residual where "
            "all pairs are fitted) is added to that over luck, less the share of orders that was run. "
            "Whether order matters, and the ranks, are of the orders that were run."
        )
    if orders.settings > 1 and not orders.mixed:
        notes.append(f"Each order is averaged over {orders.settings:,} settings of the other levers.")
    return [*notes, *_limits(reading, results)]


def _limits(reading: Reading, results: Results) -> list[str]:
    orders, name, notes = reading.orders, reading.measure.column, []
    others = [other for other in bases(results.strategies()).index if other != orders.base]
    if others:
        notes.append(f"Orders of {findings.listed(others)} were run too (--base names another).")
    if orders.left_out:
        notes.append(
            f"{orders.left_out:,} {reading.unit}s were left out: an order has not all of its runs there, or "
            "the outcome does not apply."
        )
    if not results.finished:
        notes.append("The sweep is not finished: more runs may change what is told apart.")
    if name in units.WAITS:
        notes.append(
            "A wait for what never came is counted as the whole span, so means of waits are too short."
        )
    if units.conditional(name):
        notes.append(f"The outcome applies only {units.conditional(name)}: not on all luck.")
    return notes
