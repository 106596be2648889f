"""Survival in figures: curves with those at risk, lives and months of every strategy, deaths, and waits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

import model
from experiments import figures, palette
from experiments.analysis.lives import pooled
from experiments.analysis.survival import FEWEST_AT_RISK, Followed
from experiments.analysis.survival_study import DEATHS, Study, by_month

#: More strategies than these are not drawn one by one.
PANELS, LINES, ROWS = 8, 5, 30
#: Strategies of one colour differ by their line, as they do by their mark.
STYLES = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (5, 1.5, 1, 1.5)))
#: Each way to die in the colour of the label it would leave; defiance is darker than refusal.
CAUSES = {
    "never started": palette.ENDINGS["never started"],
    "stalled": palette.ENDINGS["stalled"],
    "refusal": palette.ENDINGS["walked out"],
    "defiance": "#6e5a08",
    "leak": palette.ENDINGS["leaked to death"],
    "noise": palette.ENDINGS["reversed by noise"],
    "cheating": palette.ENDINGS["caught cheating"],
    "spoiler": palette.ENDINGS["killed by spoiler"],
    "turnover": palette.ENDINGS["killed by turnover"],
    "shock": palette.ENDINGS["killed by shock"],
    "sponsor exit": palette.ENDINGS["sponsor exit"],
    "bloc fracture": palette.ENDINGS["bloc fracture"],
}


def drawn(study: Study) -> dict[str, Figure]:
    """Return the figures by name; those of agreements only where some strategy has enough of them."""
    marks = palette.strategy_marks(study.order, model.list_strategies())
    result = {"by-month": months(study, marks)}
    if study.agreements:
        result = {"curves": curves(study, marks), "lives": lives(study, marks), **result}
        if study.whole is not None and study.whole.lives.ways and study.read:
            result["deaths"] = deaths(study)
    return result


def chosen(order: Sequence[str], at_most: int) -> list[str]:
    """Return the strategies that are drawn: all, or the best, the worst and those at even ranks between."""
    if len(order) <= at_most:
        return list(order)
    places = np.linspace(0, len(order) - 1, at_most).round().astype(int)
    return [order[place] for place in places]


def _some(order: Sequence[str], names: Sequence[str]) -> str:
    if len(names) == len(order):
        return ""
    return f" Of {len(order)} strategies the best, the worst and those at even ranks between are shown."


# --- curves ------------------------------------------------------------------------------------------------


def curves(study: Study, marks: figures.Marks) -> Figure:
    """Return a panel a strategy: its survival curve, band and those at risk, before all others in grey."""
    order = list(study.agreements)
    names = chosen(order, PANELS)
    rows, columns = -(-len(names) // 4), min(len(names), 4)
    lowest = min(float(each.curve["low"].iloc[: each.months].min()) for each in study.agreements.values())
    floor = 0.5 if lowest > 0.5 else 0.0
    note = (
        "Kaplan-Meier curves of first agreements; bands: 95%. In brackets: agreements still at risk. "
        f"{'Grey: all other strategies. ' if len(order) > 1 else ''}"
        f"A curve ends where fewer than {FEWEST_AT_RISK} are at risk."
        f"{' The axis begins at 50%.' if floor else ''}{_some(order, names)}"
    )
    figure = figures.sheet(1.2 + 2.0 * rows, curves_title(study), note)
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for axes in panels.flat[len(names) :]:
        axes.set_axis_off()
    short = figures.shortened(names, 26)
    for axes, name in zip(panels.flat, names, strict=False):
        figures.plain(axes, "both")
        axes.set_title(short[name], fontsize=8.5, loc="left", color=palette.INK)
        _panel(axes, study, name, marks[name][0])
        axes.set_ylim(floor, 1.01)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    panels[0, 0].set_ylabel("still alive", fontsize=9)
    panels[-1, 0].set_xlabel("months after conclusion", fontsize=9)
    return figure


def _panel(axes: Axes, study: Study, name: str, colour: str) -> None:
    for other, each in study.agreements.items():
        if other != name:
            seen = each.curve["survival"].iloc[: each.months]
            axes.plot(seen.index, seen, drawstyle="steps-post", color=palette.RULE, linewidth=0.7)
    found = study.agreements[name]
    own = found.curve.iloc[: found.months]
    axes.fill_between(own.index, own["low"], own["high"], step="post", color=colour, alpha=0.2, linewidth=0)
    axes.plot(own.index, own["survival"], drawstyle="steps-post", color=colour, linewidth=2.0)
    longest = max(each.months for each in study.agreements.values())
    ticks = range(0, longest, 24 if longest > 36 else 12)
    axes.set_xticks(ticks)
    for tick in ticks:
        count = int(found.curve["at_risk"].get(tick, 0))
        axes.text(tick, 0.02, f"({count})", transform=axes.get_xaxis_transform(), ha="center", fontsize=7)


def curves_title(study: Study) -> str:
    """Return whether the lives of agreements are told apart, as a title."""
    apart, pairs = int(study.pairs["apart"].sum()), len(study.pairs)
    if not pairs:
        return f"How long first agreements live under {next(iter(study.agreements))}"
    told = f"{apart} of {pairs:,} comparisons are" if apart else "No two strategies are"
    return f"How long an agreement lives once concluded: {told} told apart"


# --- lives and months under an agreement -------------------------------------------------------------------


def lives(study: Study, marks: figures.Marks) -> Figure:
    """Return, for every strategy, months under an agreement of all runs, and the mean life of agreements."""
    order = study.order
    names = chosen(order, ROWS)
    note = (
        f"Left: all runs, those without an agreement among them, of {study.months} months. Right: first "
        f"agreements, of their first {study.until} months; none where they were too few. "
        "Lines: 95% intervals."
        f"{_some(order, names)}"
    )
    figure = figures.sheet(1.2 + 0.27 * len(names), lives_title(study), note)
    left, right = figure.subplots(1, 2, sharey=True, gridspec_kw={"wspace": 0.04})
    for axes in (left, right):
        figures.plain(axes)
        axes.xaxis.set_major_locator(MaxNLocator(6))
    for place, name in zip(range(len(names))[::-1], names, strict=True):
        row = study.under.table.loc[name, ["mean", "low", "high"]].to_numpy(float)
        _dot(left, place, row, marks[name])
        if name in study.agreements:
            mean = study.agreements[name].mean(study.until)
            _dot(right, place, np.array([mean.estimate, mean.low, mean.high]), marks[name])
    short = figures.shortened(names)
    left.set_yticks(range(len(names))[::-1], [short[name] for name in names])
    left.set_ylim(-0.7, len(names) - 0.3)
    left.set_xlim(left=0)
    left.set_xlabel("months under an agreement, all runs", fontsize=9)
    right.set_xlabel("mean life of an agreement, months", fontsize=9)
    return figure


def _dot(axes: Axes, place: int, value: np.ndarray, mark: tuple[str, str]) -> None:
    middle, low, high = value
    if np.isfinite(low):
        axes.plot([low, high], [place, place], color=mark[0], linewidth=2.4, solid_capstyle="round")
    axes.plot(middle, place, mark[1], color=mark[0], markersize=7, markeredgecolor="white")


def lives_title(study: Study) -> str:
    """Return what most months under an agreement are owed to, as a title."""
    means = study.under.table["mean"]
    if len(means) > 1 and not study.under.pairs["apart"].any():
        return "Months under an agreement: no two strategies are told apart"
    title = f"Months under an agreement: {means.iloc[0]:.0f} of {study.months} under {means.index[0]}"
    return f"{title}, {means.iloc[-1]:.0f} under {means.index[-1]}" if len(means) > 1 else title


# --- deaths ------------------------------------------------------------------------------------------------


def deaths(study: Study) -> Figure:
    """Return what first agreements had died of after one, two and five years, as far as they were seen."""
    order = [name for name in study.order if name in study.agreements]
    names = chosen(order, ROWS)
    seen = [month for month in study.read if any(study.agreements[name].months > month for name in names)]
    note = (
        "Aalen-Johansen shares of first agreements; the rest was still alive. Lines: 95% intervals of all "
        f"deaths. Rows without a line: not followed for so long.{_some(order, names)}"
    )
    figure = figures.sheet(1.5 + 0.25 * len(names), deaths_title(study), note)
    panels, legend = _above_a_legend(figure, max(len(seen), 1), 0.55 / (0.25 * len(names) + 0.4))
    ways = [way for way in CAUSES if way in study.agreements[names[0]].lives.ways]
    for axes, month in zip(panels, seen, strict=True):
        figures.plain(axes)
        for place, name in zip(range(len(names))[::-1], names, strict=True):
            _stack(axes, place, study.agreements[name], month, ways)
        axes.set_xlabel(f"dead after {month} months", fontsize=9)
        axes.xaxis.set_major_locator(MaxNLocator(3))
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    short = figures.shortened(names)
    panels[0].set_yticks(range(len(names))[::-1], [short[name] for name in names])
    panels[0].set_ylim(-0.7, len(names) - 0.3)
    panels[0].set_xlim(left=0)
    handles = [panels[0].barh(0, 0, color=CAUSES[way], label=DEATHS[way]) for way in ways]
    legend.legend(handles=handles, loc="center", ncols=4, fontsize=8, frameon=False, handlelength=1.2)
    return figure


def _stack(axes: Axes, place: int, found: Followed, month: int, ways: Sequence[str]) -> None:
    whole = found.at(month)
    if np.isnan(whole.estimate):
        return
    reached = 0.0
    for way in ways:
        width = float(found.share[month, found.lives.ways.index(way)])
        if width > 0:  # an empty bar would still have an edge
            axes.barh(
                place, width, left=reached, height=0.72, color=CAUSES[way], edgecolor="white", linewidth=0.4
            )
        reached += width
    axes.plot([1 - whole.high, 1 - whole.low], [place, place], color=palette.INK, linewidth=0.9)


def deaths_title(study: Study) -> str:
    """Return the commonest way in which agreements died, as a title."""
    whole = pooled([each.lives for each in study.agreements.values()])
    counts = np.bincount(whole.way[whole.ended], minlength=1)
    if not counts.sum():
        return "No first agreement was seen to die"
    way = DEATHS[whole.ways[counts.argmax()]]
    return f"Of {counts.sum():,} first agreements that were seen to die, {counts.max():,} died of {way}"


# --- by month ----------------------------------------------------------------------------------------------


def months(study: Study, marks: figures.Marks) -> Figure:
    """Return the share of all runs to which relief and agreement have come, and whose agreement is alive."""
    names = chosen(study.order, LINES)
    note = f"Of all runs, those to which it never comes among them; bands: 95%.{_some(study.order, names)}"
    figure = figures.sheet(3.4, months_title(study), note)
    panels, legend = _above_a_legend(figure, 3, 0.14)
    for axes, (event, found) in zip(panels, by_month(study).items(), strict=True):
        figures.plain(axes, "both")
        axes.set_title(event, fontsize=9, loc="left", color=palette.INK)
        for name in names:
            _line(axes, found[name], marks[name], figures.shortened([name])[name])
        axes.set_xticks(range(0, study.months + 1, 24 if study.months > 48 else 12))
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        axes.set_ylim(0, 1)
    panels[0].set_ylabel("share of runs", fontsize=9)
    panels[1].set_xlabel("month of the run", fontsize=9)
    handles, labels = panels[0].get_legend_handles_labels()
    legend.legend(handles, labels, loc="center", ncols=3, fontsize=8, frameon=False, handlelength=3.4)
    return figure


def _above_a_legend(figure: Figure, columns: int, room: float) -> tuple[list[Axes], Axes]:
    """Return panels side by side, and an empty one below them that holds the legend."""
    grid = figure.add_gridspec(2, columns, height_ratios=(1, room))
    panels: list[Axes] = []
    for column in range(columns):
        shared = panels[0] if panels else None
        panels.append(figure.add_subplot(grid[0, column], sharex=shared, sharey=shared))
        panels[-1].tick_params(labelleft=column == 0)
    legend = figure.add_subplot(grid[1, :])
    legend.set_axis_off()
    return panels, legend


def _line(axes: Axes, seen: pd.DataFrame, mark: tuple[str, str], label: str) -> None:
    colour, shape = mark
    axes.fill_between(
        seen.index, seen["low"], seen["high"], step="post", color=colour, alpha=0.13, linewidth=0
    )
    axes.plot(
        seen.index,
        seen["share"],
        drawstyle="steps-post",
        linestyle=STYLES[palette.MARKS.index(shape) % len(STYLES)],
        color=colour,
        linewidth=1.7,
        marker=shape,
        markevery=(len(seen) // 8, max(len(seen) // 4, 1)),
        markersize=5.5,
        markeredgecolor="white",
        label=label,
    )


def months_title(study: Study) -> str:
    """Return in how many runs relief and agreement came at all, as a title."""
    relief, agreed = (
        study.runs[column].notna().mean() for column in ("months_to_first_relief", "months_to_agreement")
    )
    alive = float(study.living.loc[study.living["month"] == study.months - 1, "share"].mean())
    return (
        f"Relief began in {relief:.0%} of all runs and an agreement came in {agreed:.0%}; "
        f"in {alive:.0%} the first one was alive at the end"
    )
