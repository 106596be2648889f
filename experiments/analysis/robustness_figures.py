"""The figures of robustness: regret, the Pareto front, places and thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from experiments import figures, palette
from experiments.analysis.states import Goal
from model.outcomes import SHARE, UP, YES

Marks = Mapping[str, tuple[str, str]]
SHARES = {YES: "share of runs", SHARE: "0 to 1"}
#: A line for each mark, so that curves of one colour are told apart between their marks too.
LINES = dict(
    zip(palette.MARKS, ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)), (0, (2, 3))), strict=True)
)
#: As many curves as can be told apart.
CURVES = 6
FAINT = "#bdbdbd"
SHADES = LinearSegmentedColormap.from_list("shares", ["#ffffff", "#9ecae1", "#0b4f8a"])


def _rows(axes: Axes, names: Sequence[str]) -> list[int]:
    heights = list(range(len(names)))[::-1]
    axes.set_yticks(heights, list(figures.shortened(names).values()))
    axes.set_ylim(-0.7, len(names) - 0.3)
    return heights


def _height(rows: int) -> float:
    return 1.5 + 0.25 * rows


def regret(
    tables: Mapping[str, pd.DataFrame], goals: Sequence[Goal], marks: Marks, title: str, more: str = ""
) -> Figure:
    """Return the regret of each strategy, a panel a goal: mean with its interval, 90th percentile, maximum.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By goal, as `robustness.regret_table` gives it, with the same strategies in the same order.
    goals : sequence of Goal
    marks : mapping of str to (colour, mark)
    title : str
    more : str
        What the note is to add.
    """
    names = list(next(iter(tables.values())).index)
    note = (
        "Regret: distance from the best strategy in the same state of the world. Filled mark and band: "
        "mean with 95% interval over states; open mark: 90th percentile; bar: maximum."
    )
    figure = figures.sheet(_height(len(names)), title, f"{note} {more}")
    panels = np.atleast_1d(figure.subplots(1, len(goals), sharey=True, gridspec_kw={"wspace": 0.05}))
    for axes, goal in zip(panels, goals, strict=True):
        figures.plain(axes)
        for height, name in zip(_rows(axes, names), names, strict=True):
            _regret_row(axes, height, tables[goal.name].loc[name], marks[name])
        axes.set_xlim(left=0)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        if goal.unit == YES:
            axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:.0f}"))
        unit = "percentage points" if goal.unit == YES else SHARES.get(goal.unit, goal.unit)
        axes.set_xlabel(f"{goal.phrase}\n({unit})", fontsize=8.5)
    return figure


def _regret_row(axes: Axes, height: int, row: pd.Series[float], mark: tuple[str, str]) -> None:
    colour, shape = mark
    axes.plot([row["mean"], row["worst"]], [height, height], color=colour, linewidth=0.7, alpha=0.6)
    axes.plot(row["worst"], height, "|", color=colour, markersize=8, markeredgewidth=1.6)
    axes.plot(row["tail"], height, shape, color=colour, markersize=5, markerfacecolor="white")
    axes.plot(
        [row["mean_low"], row["mean_high"]],
        [height, height],
        color=colour,
        linewidth=7,
        alpha=0.35,
        solid_capstyle="butt",
    )
    axes.plot(row["mean"], height, shape, color=colour, markersize=4.5)


def front(
    means: pd.DataFrame, table: pd.DataFrame, goals: Sequence[Goal], marks: Marks, title: str, more: str = ""
) -> Figure:
    """Return the mean of each strategy at each goal on parallel axes, those on the Pareto front in colour.

    Parameters
    ----------
    means : DataFrame
        A row a strategy, a column a goal, in the goal's unit.
    table : DataFrame
        As `robustness.front_table` gives it, for at least these strategies.
    goals : sequence of Goal
    marks : mapping of str to (colour, mark)
    title : str
    more : str
        What the note is to add.
    """
    note = (
        "Means over states of the world; on every axis up is better, from the worst strategy to the best. "
        "Colour: on the front; grey: dominated by another. In brackets: share of the resamples in which it "
        "is on the front."
    )
    chosen = [name for name in means.index if table.at[name, "front"]]
    figure = figures.sheet(max(3.6, 1.6 + 0.24 * len(means)), title, f"{note} {more}")
    axes = figure.subplots()
    heights = pd.DataFrame({goal.name: _height_on(means[goal.name], goal) for goal in goals})
    for name in sorted(means.index, key=lambda name: name in chosen):
        colour, shape = marks[name] if name in chosen else (FAINT, "o")
        width, size, order = (2.0, 6.5, 3) if name in chosen else (0.9, 3.0, 2)
        line = heights.loc[name].to_numpy(float)
        axes.plot(
            range(len(goals)), line, linestyle=LINES[shape], color=colour, linewidth=width, zorder=order
        )
        axes.plot(range(len(goals)), line, shape, color=colour, markersize=size, zorder=order + 1)
    _parallel(axes, means, goals)
    _names_at_right(axes, heights[goals[-1].name], table, marks, chosen)
    return figure


def _height_on(values: pd.Series[float], goal: Goal) -> pd.Series[float]:
    """Return where each value stands between the worst (0) and the best (1) of them."""
    turned = values if goal.better == UP else -values
    width = turned.max() - turned.min()
    return (turned - turned.min()) / width if width > 0 else turned * 0 + 0.5


def _parallel(axes: Axes, means: pd.DataFrame, goals: Sequence[Goal]) -> None:
    figures.plain(axes)
    axes.grid(visible=False)
    axes.set_yticks([])
    for place, goal in enumerate(goals):
        values = means[goal.name]
        end = "{:.0%}".format if goal.unit == YES else "{:.3g}".format
        ends = (values.min(), values.max()) if goal.better == UP else (values.max(), values.min())
        axes.axvline(place, color=palette.RULE, linewidth=1.2, zorder=1)
        for height, value, align in ((-0.03, ends[0], "top"), (1.03, ends[1], "bottom")):
            axes.text(place, height, end(value), ha="center", va=align, fontsize=8, color=palette.INK)
    axes.set_xticks(
        range(len(goals)), [f"{goal.phrase}\n({SHARES.get(goal.unit, goal.unit)})" for goal in goals]
    )
    axes.set_ylim(-0.1, 1.1)


def _names_at_right(
    axes: Axes, heights: pd.Series[float], table: pd.DataFrame, marks: Marks, chosen: Sequence[str]
) -> None:
    """Write the names at the right end, moved apart so that none covers another."""
    end = axes.get_xlim()[1]
    order = sorted(heights.index, key=lambda name: (float(heights[name]), name))
    spots = spread([float(heights[name]) for name in order], 1.16 / max(len(order), 1))
    member = table["membership"].astype(float)
    last, short = axes.get_xticks()[-1], figures.shortened(order)
    for name, spot in zip(order, spots, strict=True):
        bold = name in chosen
        colour = marks[name][0] if bold else palette.QUIET
        label = f"{short[name]} ({member[name]:.0%})"
        line = colour if bold else FAINT
        axes.plot([last, last + 0.13], [heights[name], spot], color=line, linewidth=0.7, clip_on=False)
        weight = "bold" if bold else "normal"
        axes.text(
            last + 0.16,
            spot,
            label,
            va="center",
            fontsize=7.5,
            color=colour if bold else palette.QUIET,
            weight=weight,
        )
    axes.set_xlim(-0.25, max(end, last + 0.36 * last + 0.3))


def spread(spots: Sequence[float], apart: float) -> list[float]:
    """Return ascending `spots` moved as little as needed to lie `apart` and centred on where they were."""
    groups: list[list[float]] = []  # [sum of wished starts, size]
    for place, spot in enumerate(spots):
        groups.append([spot - place * apart, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, size = groups.pop()
            groups[-1][0] += total
            groups[-1][1] += size
    starts = [total / size for total, size in groups for _ in range(int(size))]
    return [start + place * apart for place, start in enumerate(starts)]


def places(table: pd.DataFrame, ranks: pd.DataFrame, title: str, more: str = "") -> Figure:
    """Return in which share of states each strategy is in each place, and how sure the best are.

    Parameters
    ----------
    table : DataFrame
        As `robustness.places` gives it, in the order to be shown.
    ranks : DataFrame
        As `robustness.rank_table` gives it.
    title : str
    more : str
        What the note is to add.
    """
    note = (
        "Places in single states of the world, level strategies sharing theirs; dots: mean place. At the "
        "right: share of resamples in which the mean over states is the best, or among the best three."
    )
    names = list(table.index)
    figure = figures.sheet(_height(len(names)), title, f"{note} {more}")
    axes, beside = figure.subplots(1, 2, sharey=True, gridspec_kw={"width_ratios": [5, 1.1], "wspace": 0.03})
    heights, shares = _rows(axes, names), table.to_numpy(float)
    image = axes.imshow(
        shares, cmap=SHADES, vmin=0, aspect="auto", extent=(0.5, table.shape[1] + 0.5, -0.5, len(names) - 0.5)
    )
    figures.plain(axes)
    axes.grid(visible=False)
    axes.plot(
        ranks.loc[names, "rank"], heights, "o", color=palette.INK, markersize=4.5, markeredgecolor="white"
    )
    axes.xaxis.set_major_locator(MaxNLocator(12, integer=True))
    axes.set_xlabel("place in a state (1 is best)", fontsize=9)
    bar = figure.colorbar(image, ax=axes, shrink=0.6, pad=0.01, location="left")
    bar.ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    bar.ax.tick_params(labelsize=7.5)
    bar.set_label("share of states", fontsize=8)
    _chances(beside, ranks.loc[names], heights)
    return figure


def _chances(axes: Axes, ranks: pd.DataFrame, heights: Sequence[int]) -> None:
    figures.plain(axes)
    axes.grid(visible=False)
    for place, column in enumerate(("best", "top_3")):
        for height, share in zip(heights, ranks[column], strict=True):
            colour = palette.INK if share >= 0.005 else FAINT
            axes.text(place, height, f"{share:.0%}", ha="center", va="center", fontsize=8, color=colour)
    axes.set_xticks([0, 1], ["best", "top 3"])
    axes.set_xlim(-0.5, 1.5)


def thresholds(
    shares: pd.DataFrame, curves: pd.DataFrame, marks: Marks, title: str, more: str = ""
) -> Figure:
    """Return in which share of states each strategy meets the thresholds, and how that falls as they tighten.

    Parameters
    ----------
    shares : DataFrame
        As `robustness.satisficing` gives it; the curves of the first few have a colour, the others are grey.
    curves : DataFrame
        As `robustness.tightening` gives it.
    marks : mapping of str to (colour, mark)
    title : str
    more : str
        What the note is to add.
    """
    note = (
        "Left: dots and 95% intervals (Wilson, on the number of draws). Right: every threshold at the same "
        "quantile of its goal over all strategies and states; 50% is the median of each."
    )
    names = list(shares.index)
    figure = figures.sheet(max(3.2, _height(len(names))), title, f"{note} {more}")
    axes, beside = figure.subplots(1, 2, gridspec_kw={"width_ratios": [1, 1.15]})
    figures.plain(axes)
    for height, (name, row) in zip(_rows(axes, names), shares.iterrows(), strict=True):
        colour, shape = marks[str(name)]
        axes.plot([row.low, row.high], [height, height], color=colour, linewidth=2.4, solid_capstyle="butt")
        axes.plot(row.share, height, shape, color=colour, markersize=6.5, markeredgecolor="white")
    axes.set_xlabel("share of states in which all thresholds are met", fontsize=8.5)
    axes.set_xlim(left=-0.02 * axes.get_xlim()[1])
    _curves(beside, curves[names], names[:CURVES], marks)
    for panel in (axes, beside):
        panel.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    return figure


def _curves(axes: Axes, curves: pd.DataFrame, named: Sequence[str], marks: Marks) -> None:
    figures.plain(axes, "both")
    axes.yaxis.tick_right()
    short = figures.shortened(named, 24)
    for name in sorted(map(str, curves), key=lambda name: name in named):
        colour, shape = marks[name] if name in named else (FAINT, "")
        label = short[name] if name in named else None
        axes.plot(
            curves.index,
            curves[name],
            color=colour,
            linestyle=LINES.get(shape, "-"),
            marker=shape,
            markersize=4,
            markevery=2,
            linewidth=1.8 if name in named else 0.8,
            label=label,
        )
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("tightness of all thresholds (quantile)", fontsize=8.5)
    axes.legend(fontsize=7.5, framealpha=0.85, edgecolor="white", loc="upper right", handlelength=3.2)
