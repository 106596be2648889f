"""The figures of what drives an outcome: the weightiest factors with intervals, and the plane of effects."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import PercentFormatter
from matplotlib.transforms import Bbox

from experiments import palette
from experiments.figures import plain, sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: How many factors a figure shows; the rest are summed up.
SHOWN = 15
#: Colour and mark of the way in which more of a factor moves the outcome.
WAYS = {
    "raises": (palette.SENDER, "^"),
    "lowers": (palette.TARGET, "v"),
    "either way": (palette.QUIET, "o"),
    "by level": (palette.SHARED, "D"),
}
IDLE = "#b5b5b5"
#: Nearer to 0 than this part of the plane, names would stand in a crowd.
CROWDED = 0.06
#: Where a name may stand: points away from its mark, and on which sides of it, the likeliest first.
DISTANCES = (6, 14, 24, 36)
AROUND = ((1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1))


@dataclass(frozen=True)
class Row:
    """One row of a figure: what it is called, what that means, and its estimate with interval."""

    name: str
    meaning: str
    estimate: float
    low: float
    high: float
    way: str
    apart: bool
    alone: tuple[float, float, float] | None = None


def weights(
    rows: Sequence[Row], title: str, axis: str, note: str, rest: str = "", percent: bool = True
) -> Figure:
    """Return a dot with an interval for each row, the weightiest on top.

    Parameters
    ----------
    rows : sequence of Row
        With `alone`, a second and hollow mark shows the part that a factor has without the others.
    title, axis, note : str
        What the figure says, the unit of its axis, and what its marks are.
    rest : str
        What is not shown, summed up in a line below the last row.
    percent : bool
        Whether the axis is of shares.
    """
    figure = sheet(1.75 + 0.34 * len(rows), title, note)
    axes = figure.subplots()
    plain(axes)
    places = np.arange(len(rows))[::-1]
    axes.set_yticks(places, [row.name for row in rows])
    axes.set_ylim(-0.7 - 0.9 * bool(rest), len(rows) - 0.3)
    axes.axvline(0, color=palette.INK, linewidth=0.8)
    for place, row in zip(places, rows, strict=True):
        _row(axes, place, row)
        axes.text(
            1.01,
            place,
            "\n".join(textwrap.wrap(row.meaning, 40)),
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=7.2,
            linespacing=1.05,
            color=palette.QUIET,
        )
    if rest:
        across = axes.get_yaxis_transform()
        behind = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        axes.text(
            0.0, -1.1, rest, transform=across, va="center", fontsize=8, color=palette.QUIET, bbox=behind
        )
    if percent:
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=None))
    axes.set_xlabel(axis, fontsize=9)
    _legend(axes, rows)
    return figure


def _row(axes: Axes, place: float, row: Row) -> None:
    colour, mark = WAYS[row.way] if row.apart else (IDLE, "o")
    lift = 0.0 if row.alone is None else 0.13
    axes.plot([row.low, row.high], [place + lift] * 2, color=colour, linewidth=2.4, solid_capstyle="round")
    axes.plot(row.estimate, place + lift, mark, color=colour, markersize=7.5, markeredgecolor="white")
    if row.alone is not None:
        estimate, low, high = row.alone
        axes.plot([low, high], [place - lift] * 2, color=colour, linewidth=1.0)
        axes.plot(estimate, place - lift, mark, color="white", markersize=5.5, markeredgecolor=colour)


def _legend(axes: Axes, rows: Sequence[Row]) -> None:
    said = {"raises": "more of it raises the outcome", "lowers": "more of it lowers it"}
    said |= {"either way": "either way", "by level": "by its level"}
    handles = [
        Line2D([], [], color=colour, marker=mark, linewidth=2.4, markeredgecolor="white", label=said[way])
        for way, (colour, mark) in WAYS.items()
        if any(row.way == way and row.apart for row in rows)
    ]
    if any(not row.apart for row in rows):
        told = "not told apart from nothing"
        handles.append(
            Line2D([], [], color=IDLE, marker="o", linewidth=2.4, markeredgecolor="white", label=told)
        )
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        borderaxespad=0.2,
        ncols=5,
        fontsize=8,
        frameon=False,
        handlelength=1.4,
    )


def plane(table: pd.DataFrame, title: str, unit: str, note: str, scale: float = 1.0) -> Figure:
    """Return the plane of Morris: size of effects to the right, how much they differ upwards.

    Parameters
    ----------
    table : DataFrame
        As `drivers.morris_effects` gives it, by mu*.
    title, note : str
    unit : str
        Of the outcome.
    scale : float
        What effects are multiplied by to be in that unit.
    """
    figure = sheet(4.6, title, note)
    axes = figure.subplots()
    plain(axes, "both")
    sizes, spreads = scale * table["mu_star"], scale * table["sigma"]
    edge = 1.12 * max(float(sizes.max()), float(spreads.max()), 1e-12)
    axes.plot([0, edge], [0, edge], color=palette.RULE, linewidth=1.2)
    axes.text(edge * 0.97, edge, "σ = μ*", fontsize=8, color=palette.QUIET, ha="right", va="bottom")
    for size, spread, way, apart in zip(sizes, spreads, table["direction"], table["apart"], strict=True):
        colour, mark = WAYS[str(way)] if apart else (IDLE, "o")
        axes.plot(size, spread, mark, color=colour, markersize=6, markeredgecolor="white", zorder=2 + apart)
    axes.set_xlim(-0.02 * edge, 1.05 * edge)
    axes.set_ylim(-0.02 * edge, 1.05 * edge)
    axes.set_xlabel(f"size of effect, μ* ({unit}, over the whole range of the number)", fontsize=9)
    axes.set_ylabel(f"spread of effects, σ ({unit})", fontsize=9)
    _legend(axes, [Row("", "", 0, 0, 0, str(row.direction), bool(row.apart)) for row in table.itertuples()])
    plain_to_see = table["apart"] & (sizes >= CROWDED * edge)
    named = [str(name) for name in table.index[plain_to_see][:SHOWN]]
    _name_points(figure, axes, {name: (float(sizes[name]), float(spreads[name])) for name in named})
    return figure


def _name_points(figure: Figure, axes: Axes, points: Mapping[str, tuple[float, float]]) -> None:
    """Write names beside their points, each where it covers no other name and no other point."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    marks = [Bbox.from_bounds(x - 4, y - 4, 8, 8) for x, y in map(axes.transData.transform, points.values())]
    taken: list[Bbox] = []
    for place, (name, point) in enumerate(points.items()):
        others = [*taken, *marks[:place], *marks[place + 1 :]]
        taken += _placed(axes, str(name), point, others, renderer)


def _placed(
    axes: Axes, name: str, point: tuple[float, float], taken: Sequence[Bbox], renderer: RendererAgg
) -> list[Bbox]:
    """Write `name` at the first free place around its point and return its box; nothing if none is free."""
    frame = axes.get_window_extent(renderer)
    for away, (across, up) in product(DISTANCES, AROUND):
        label = axes.annotate(
            name,
            point,
            (across * away, up * away),
            textcoords="offset points",
            ha=("center", "left", "right")[across],
            va=("center", "bottom", "top")[up],
            fontsize=7.5,
            color=palette.INK,
            arrowprops={"arrowstyle": "-", "color": palette.QUIET, "linewidth": 0.5} if away > 10 else None,
        )
        label.update_positions(renderer)
        box = Text.get_window_extent(label, renderer)  # without its line
        inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
        if inside and not any(box.overlaps(other) for other in taken):
            return [box]
        label.remove()
    return []
