"""Strategies on parallel axes, a goal each: what is gained along the front, and what is paid for it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments import figures, palette
from experiments.analysis.robustness_figures import FAINT, LINES, Marks
from experiments.analysis.states import Goal
from model.outcomes import UP


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
        end = "{:.0%}".format if goal.scale == 100 else "{:.3g}".format
        ends = (values.min(), values.max()) if goal.better == UP else (values.max(), values.min())
        axes.axvline(place, color=palette.RULE, linewidth=1.2, zorder=1)
        for height, value, align in ((-0.03, ends[0], "top"), (1.03, ends[1], "bottom")):
            axes.text(place, height, end(value), ha="center", va=align, fontsize=8, color=palette.INK)
    axes.set_xticks(range(len(goals)), [f"{goal.phrase}\n({goal.unit or '0 to 1'})" for goal in goals])
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
