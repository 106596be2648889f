"""How half-widths fall as units are added, and what common luck spares, in figures."""

from __future__ import annotations

from math import ceil
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullLocator

from experiments import figures, palette
from experiments.sweeps.aloud import counted
from experiments.sweeps.enough import Enough

#: Colours of the widest pair, of the median pair, and of what is wanted.
WIDEST, MEDIAN, WANTED = palette.COLOURS[1], palette.COLOURS[0], palette.COLOURS[2]
#: Ticks are at least so many times as far along.
APART = 1.2
#: Dots of more pairs than these are drawn smaller.
MANY = 60


def half_widths(found: Enough, title: str) -> Figure:
    """Return the half-width of the widest and the median pair over units, with what is wanted."""
    note = (
        f"Half-widths of 95% intervals ({counted(len(found.pairs), 'pair')}) after each round of "
        f"{found.unit}s. Dashed: 1/√n through the last round. The hollow mark lies below what is wanted "
        "by one standard error: a rule that stops at narrow intervals is easily fooled by chance."
    )
    figure = figures.sheet(3.4, title, note)
    axes = figure.subplots()
    figures.plain(axes, "both")
    _wanted(axes, found)
    _fallen(axes, found)
    _along_units(axes, found)
    return figure


def _wanted(axes: Axes, found: Enough) -> None:
    height = found.measure.scale * found.half_width
    axes.axhline(height, color=WANTED, linewidth=1.6)
    _written(axes, f"wanted: ±{height:.2g}", (0.005, height), (0, -12), WANTED, across=True)
    if found.present > 1:
        reach = found.measure.scale * found.reach(found.present)
        axes.plot(found.present, reach, "x", color=palette.INK, markersize=8, markeredgewidth=1.8, zorder=5)
        _written(
            axes, f"the file: {found.present:,}", (found.present, reach), (-8, -12), palette.INK, ha="right"
        )


def _fallen(axes: Axes, found: Enough) -> None:
    scale, seen = found.measure.scale, found.rounds["units"].to_numpy(dtype=float)
    needed = found.needed
    line = np.geomspace(min(seen[0], max(found.present, 2)), max(seen[-1], found.present, needed), 50)
    kinds = [("median", MEDIAN, "s", 9), ("widest", WIDEST, "o", 6.5)][0 if len(found.pairs) > 2 else 1 :]
    for column, colour, mark, size in kinds:
        spans = scale * found.rounds[column].replace(np.inf, np.nan).to_numpy(dtype=float)
        axes.plot(line, spans[-1] * np.sqrt(seen[-1] / line), color=colour, linewidth=1.0, linestyle="--")
        label = f"{column} pair" if len(found.pairs) > 1 else "the pair"
        axes.plot(seen, spans, mark, color=colour, markeredgecolor="white", markersize=size, label=label)
    if needed > 2:
        reach = scale * found.reach(needed)
        axes.plot(needed, reach, "o", color="white", markeredgecolor=WIDEST, markersize=8, zorder=5)
        _written(axes, f"needed: {needed:,.0f}", (needed, reach), (-8, -12), WIDEST, ha="right")
    axes.legend(frameon=False, fontsize=8.5, loc="upper right")


def _written(
    axes: Axes,
    text: str,
    place: tuple[float, float],
    away: tuple[int, int],
    colour: str,
    across: bool = False,
    ha: Literal["left", "right"] = "left",
) -> None:
    where = ("axes fraction", "data") if across else ("data", "data")
    axes.annotate(
        text,
        place,
        away,
        xycoords=where,
        textcoords="offset points",
        ha=ha,
        fontsize=8.5,
        color=colour,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.0},
    )


def _along_units(axes: Axes, found: Enough) -> None:
    for axis, scale in ((axes.xaxis, axes.set_xscale), (axes.yaxis, axes.set_yscale)):
        scale("log")
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.6g}"))
        axis.set_minor_locator(NullLocator())
    ticks = [*found.rounds["units"].tolist(), *([ceil(found.needed)] if found.needed > found.units else [])]
    axes.xaxis.set_major_locator(FixedLocator(_spaced(ticks)))
    axes.yaxis.set_major_locator(LogLocator(10, subs=(1, 1.5, 2, 3, 4, 5, 7)))
    axes.set_xlabel(f"{found.unit}s", fontsize=9)
    unit = "percentage points" if found.measure.scale > 1 else found.measure.unit
    axes.set_ylabel(f"half-width ({unit})", fontsize=9)


def _spaced(counts: list[int]) -> list[int]:
    """Return those that can be written beside each other, from the last backwards."""
    kept: list[int] = []
    for count in reversed(counts):
        if not kept or count * APART <= kept[-1]:
            kept.append(count)
    return kept


def pairing(found: Enough, title: str) -> Figure:
    """Return units that each pair needs on the same luck against those without it, a dot a pair."""
    note = f"A dot is a pair of strategies. Below the line, pairing spares {found.unit}s; on it, nothing."
    figure = figures.sheet(3.4, title, note)
    axes = figure.subplots()
    figures.plain(axes, "both")
    kept = found.pairs
    size = 5 if len(kept) > MANY else 7
    axes.plot(
        kept["unpaired"],
        kept["needed"],
        "o",
        color=MEDIAN,
        markeredgecolor="white",
        markersize=size,
        alpha=0.8,
    )
    end = 1.08 * float(kept[["unpaired", "needed"]].max().max())
    axes.plot([0, end], [0, end], color=palette.QUIET, linewidth=1.0)
    _written(axes, "as many", (0.9 * end, 0.9 * end), (-8, 2), palette.QUIET, ha="right")
    axes.set_xlim(0, end)
    axes.set_ylim(0, end)
    axes.set_xlabel(f"{found.unit}s needed if each strategy were lived apart", fontsize=9)
    axes.set_ylabel(f"{found.unit}s needed in pairs", fontsize=9)
    return figure
