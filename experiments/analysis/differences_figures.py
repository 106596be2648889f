"""The comparison of strategies in figures: means beside differences, every pair, and all outcomes at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

import model
from experiments import figures, findings, measures, palette
from experiments.analysis.differences import Contrasts

#: A name of more letters than this does not stand under an axis.
LONG = 30
#: More strategies than these are not drawn one by one: the best and the worst are.
MOST, BEST = 24, 16
#: So many outcomes are drawn beside each other at most.
COLUMNS = 10
BETTER, WORSE, LEVEL = "#9ecae1", "#fdae6b", "#f0f0f0"
UNKNOWN = "white"


def drawn(found: Sequence[Contrasts], against: str | None) -> dict[str, Figure]:
    """Return the figures of a comparison by name; `found` has the weightiest outcome first."""
    first = found[0]
    result = {"ranking": ranking(first, against)}
    if against is None and len(first.table) > 2:
        result["contrasts"] = contrasts(first)
    if len(found) > 1:
        result["outcomes"] = outcomes(found[:COLUMNS], against)
    return result


def shown(order: Sequence[str], always: str | None = None) -> list[str]:
    """Return the strategies that are drawn: all, or of many the best, the worst, and one in any case."""
    if len(order) <= MOST:
        return list(order)
    kept = {*order[:BEST], *order[-(MOST - BEST) :], always}
    return [name for name in order if name in kept]


def _omitted(order: Sequence[str], chosen: Sequence[str]) -> str:
    if len(chosen) == len(order):
        return ""
    return f" Of {len(order)} strategies the best {BEST} and the worst {MOST - BEST} are shown."


def ranking(contrasts: Contrasts, against: str | None) -> Figure:
    """Return each strategy's mean, and beside it its difference from the leader or from `against`."""
    table, measure = contrasts.table, contrasts.measure
    order = [str(name) for name in table.index]
    name = against or order[0]
    chosen = shown(order, against)
    beside = contrasts.beside(name)
    count = f"{contrasts.units:,} {contrasts.unit}s"
    note = (
        f"Lines: 95% intervals over {count}; right: of paired differences. "
        f"Hollow and grey: not told apart from {name} after Holm's correction over {len(contrasts.pairs):,} "
        f"comparisons.{_omitted(order, chosen)}"
    )
    figure = figures.sheet(1.2 + 0.27 * len(chosen), ranking_title(contrasts, against), note)
    means, gaps = figure.subplots(1, 2, sharey=True, gridspec_kw={"wspace": 0.04})
    marks = palette.strategy_marks(order, model.list_strategies())
    _dots(means, table.loc[chosen, ["mean", "low", "high"]], measure.scale, marks, set())
    level = {other for other in chosen if other != name and not beside["apart"].get(other, False)}
    gaps.axvline(0, color=palette.QUIET, linewidth=1.0)
    seen = beside.reindex(chosen)[["estimate", "low", "high"]]
    _dots(gaps, seen, measure.scale, marks, level)
    _labelled(means, gaps, chosen, measure, name)
    for above, below in pairwise(map(order.index, chosen)):
        if below > above + 1:
            for axes in (means, gaps):
                place = len(chosen) - 1.5 - chosen.index(order[above])
                axes.axhline(place, color=palette.QUIET, linewidth=0.8, linestyle=(0, (2, 4)))
    return figure


def _dots(axes: Axes, table: pd.DataFrame, scale: int, marks: figures.Marks, level: set[str]) -> None:
    figures.plain(axes)
    for place, (strategy, row) in zip(range(len(table))[::-1], table.iterrows(), strict=True):
        middle, low, high = scale * row.to_numpy(dtype=float)
        if np.isnan(middle):
            continue
        colour, mark = marks[str(strategy)]
        faint = str(strategy) in level
        line = palette.QUIET if faint else colour
        if np.isfinite(low):
            axes.plot([low, high], [place, place], color=line, linewidth=1.6 if faint else 2.4)
        axes.plot(
            middle,
            place,
            mark,
            markersize=6.5,
            color="white" if faint else colour,
            markeredgecolor=line if faint else "white",
        )


def _labelled(means: Axes, gaps: Axes, chosen: Sequence[str], measure: measures.Measure, name: str) -> None:
    short = figures.shortened(chosen)
    means.set_yticks(range(len(chosen))[::-1], [short[strategy] for strategy in chosen])
    means.set_ylim(-0.7, len(chosen) - 0.3)
    unit = "% of runs" if measure.scale > 1 else measure.unit
    points = "percentage points" if measure.scale > 1 else measure.unit
    means.set_xlabel(f"mean ({unit})", fontsize=9)
    other = name if len(name) <= LONG else "the strategy of the title"
    gaps.set_xlabel(f"minus {other} ({points})", fontsize=9)
    low, high = gaps.get_xlim()
    reach = 0.06 * (high - low)
    gaps.set_xlim(min(low, -reach), max(high, reach))
    for axes in (means, gaps):
        axes.xaxis.set_major_locator(MaxNLocator(5))
    better = "→" if measure.high_is_good else "←"
    gaps.set_title(
        f"better {better}" if better == "→" else f"{better} better", fontsize=8, color=palette.QUIET
    )


def ranking_title(contrasts: Contrasts, against: str | None) -> str:
    """Return how many strategies are told apart from the leader, or from `against`, as a title."""
    measure, order = contrasts.measure, [str(name) for name in contrasts.table.index]
    name = against or order[0]
    beside = contrasts.beside(name)
    apart = beside[beside["apart"]]
    if against is None:
        ahead, others = int(((apart["estimate"] < 0) == measure.high_is_good).sum()), len(beside)
        if not ahead:
            return f"{measure.heading}: no strategy is told apart from {name}"
        whom = "every other strategy" if ahead == others else f"{ahead} of {others} others for certain"
        return f"{measure.heading}: {name} leads, ahead of {whom}"
    better = int(((apart["estimate"] > 0) == measure.high_is_good).sum())
    counts = {"better": better, "worse": len(apart) - better, "not told apart": len(beside) - len(apart)}
    told = findings.listed([f"{count} {way}" for way, count in counts.items() if count])
    return f"{measure.heading}: against {name}, {told} of {len(beside)} strategies"


def contrasts(found: Contrasts) -> Figure:
    """Return every strategy against every other; of many, the best and the worst."""
    order = [str(name) for name in found.table.index]
    chosen = shown(order)
    tested = "McNemar's exact test" if found.shares else f"paired t test over {found.unit}s"
    title = f"{found.measure.heading}: {findings.contrast_title(found.pairs)}"
    omitted = _omitted(order, chosen)
    return figures.contrasts(found.pairs, chosen, title, found.measure, f"{tested} on the same luck", omitted)


def outcomes(found: Sequence[Contrasts], against: str | None) -> Figure:
    """Return a table of strategies by outcomes, coloured by what is told apart."""
    order = [str(name) for name in found[0].table.index]
    chosen = shown(order, against)
    note = _key(against) + _omitted(order, chosen)
    figure = figures.sheet(1.7 + 0.25 * len(chosen), outcomes_title(found, against), note)
    axes = figure.subplots()
    figures.plain(axes)
    axes.grid(visible=False)
    short = figures.shortened(chosen)
    axes.set_yticks(range(len(chosen)), [short[name] for name in chosen])
    labels = [
        f"{contrasts.measure.column.replace('_', ' ')}\n({contrasts.measure.unit})" for contrasts in found
    ]
    axes.set_xticks(range(len(found)), labels, fontsize=7.5, rotation=30, ha="left", rotation_mode="anchor")
    axes.xaxis.tick_top()
    axes.set_xlim(-0.5, len(found) - 0.5)
    axes.set_ylim(len(chosen) - 0.5, -0.5)
    for column, contrasts in enumerate(found):
        _cells(axes, contrasts, chosen, column, against)
    return figure


def _cells(axes: Axes, contrasts: Contrasts, chosen: Sequence[str], column: int, against: str | None) -> None:
    from matplotlib.patches import Rectangle

    colours, best = _colours(contrasts, against), contrasts.table.index[0]
    for row, name in enumerate(chosen):
        mean = float(contrasts.table.at[name, "mean"])  # type: ignore[arg-type]
        weight = "bold" if name == best else "normal"
        text = "–" if np.isnan(mean) else contrasts.measure.amount(mean)
        axes.add_patch(Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, color=colours[name], linewidth=0))
        axes.text(
            column, row, text, ha="center", va="center", fontsize=8, fontweight=weight, color=palette.INK
        )


def _colours(contrasts: Contrasts, against: str | None) -> dict[str, str]:
    """Return the colour of each strategy's cell, by how it stands to the best or to `against`."""
    table, measure = contrasts.table, contrasts.measure
    best = str(table.index[0])
    beside = contrasts.beside(against or best)
    colours = {str(name): UNKNOWN if np.isnan(mean) else LEVEL for name, mean in table["mean"].items()}
    for other in beside.index[beside["apart"]]:
        better = (float(beside.at[other, "estimate"]) > 0) == measure.high_is_good  # type: ignore[arg-type]
        colours[str(other)] = BETTER if better else WORSE
    if against is None:
        told = bool(beside["apart"].any())
        return {
            name: "white" if colour == WORSE else BETTER if told else LEVEL
            for name, colour in colours.items()
        }
    return colours


def _key(against: str | None) -> str:
    corrected = "(Holm's correction over the comparisons of an outcome)."
    if against is None:
        colours = (
            "Blue: best, or not told apart from the best; white: behind the best for certain; grey: no "
            "strategy is told apart from the best"
        )
    else:
        colours = f"Blue: better than {against} for certain; orange: worse; grey: not told apart from it"
    return f"Means, the best in bold. {colours} {corrected}"


def outcomes_title(found: Sequence[Contrasts], against: str | None) -> str:
    """Return which strategies are best or level with the best on most outcomes, as a title."""
    names = [str(name) for name in found[0].table.index]
    good = dict.fromkeys(names, 0)
    for contrasts in found:
        colours = _colours(contrasts, against)
        for name in names:
            good[name] += colours[name] in ((BETTER,) if against else (BETTER, LEVEL))
    most = max(good.values())
    leaders = findings.listed([name for name in names if good[name] == most], 3)
    if against:
        return (
            f"{leaders}: better than {against} on {most} of {len(found)} outcomes"
            if most
            else f"No strategy is better than {against} for certain on any of {len(found)} outcomes"
        )
    return f"Best or level with the best on {most} of {len(found)} outcomes: {leaders}"
