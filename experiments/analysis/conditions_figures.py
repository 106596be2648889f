"""The figures of discovered conditions: the way to the box, its ranges, and the worlds around it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import PercentFormatter

from experiments import figures, palette, statistics
from experiments.analysis import prim
from experiments.analysis.conditions import Conditions
from model.parameters import number_of

#: Bars into which the span of a single restricted number is cut.
BARS = 8
#: Colour of worlds that are no case.
OTHER = "#c9c9c9"
#: Letters in a line of a label along an axis, and of one up it, which is shorter.
ALONG, UP = 90, 44


def trajectory(found: Conditions, title: str, colour: str) -> Figure:
    """Return coverage against density along the path, in either half, with the chosen box marked."""
    note = (
        "From right to left a slice of worlds is peeled off at each dot. Full dots: the half in which the "
        "box was found; hollow dots: the same boxes in the other half, which is what counts. Large: the "
        "chosen box, with 95% intervals (Wilson)."
    )
    figure = figures.sheet(3.7, title, note)
    axes = figure.subplots()
    figures.plain(axes, "both")
    held, last = found.held, len(found.path) - 1
    path = found.path.iloc[:last] if found.kept == last else found.path  # the simplified box is no peel
    for half, tint, face in (("", palette.QUIET, palette.QUIET), ("_held", colour, "white")):
        across, up = path[f"coverage{half}"], path[f"density{half}"]
        axes.plot(across, up, "o-", color=tint, markersize=4, markerfacecolor=face, linewidth=0.8)
    overall = held.overall.estimate
    axes.axhline(overall, color=palette.INK, linewidth=0.8, linestyle=":")
    axes.text(1.035, overall, "all\nworlds", fontsize=8, va="center", color=palette.INK)
    if held.worlds and len(found.ranges):
        _marked(axes, found, colour)
    axes.set_xlim(0, 1.03)
    axes.set_ylim(0, 1.03)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("coverage: share of all cases that lie in the box", fontsize=9)
    axes.set_ylabel("density: share of the box that is a case", fontsize=9)
    return figure


def _marked(axes: Axes, found: Conditions, colour: str) -> None:
    held, row = found.held, found.path.iloc[found.kept]
    across, up = held.coverage, held.density
    axes.plot([across.low, across.high], [up.estimate] * 2, color=colour, linewidth=1.6)
    axes.plot([across.estimate] * 2, [up.low, up.high], color=colour, linewidth=1.6)
    axes.plot(across.estimate, up.estimate, "o", color=colour, markersize=10, markeredgecolor="white")
    axes.plot(
        row["coverage"], row["density"], "o", color=palette.QUIET, markersize=9, markeredgecolor="white"
    )
    names = len(found.ranges)
    label = (
        f"{names} number{'s' if names != 1 else ''} restricted\n"
        f"{held.mass:.0%} of worlds\ndensity {up.estimate:.0%}, found with {row['density']:.0%}"
    )
    low = held.overall.estimate > 0.6  # where there is room
    axes.annotate(
        label,
        (across.estimate, up.estimate),
        xytext=(0.03, 0.05) if low else (0.97, 0.95),
        textcoords="axes fraction",
        ha="left" if low else "right",
        va="bottom" if low else "top",
        fontsize=8.5,
        color=palette.INK,
        arrowprops={"arrowstyle": "-", "color": palette.QUIET, "linewidth": 0.7, "shrinkB": 8},
    )


def ranges(found: Conditions, spans: pd.DataFrame, words: Sequence[str], title: str, colour: str) -> Figure:
    """Return each restricted number's range in the box, within all the range it was drawn from.

    Parameters
    ----------
    spans : DataFrame
        Index: numbers; low, high: ends of what was drawn.
    words : sequence of str
        What each row of ``found.ranges`` says, in words.
    """
    note = (
        "Light: the whole range that was drawn. Dark: the box. Right: the share of cases in the box "
        "(held-out half) if only this limit were dropped."
    )
    figure = figures.sheet(0.9 + 0.62 * len(words), title, note)
    axes = figure.subplots()
    figures.plain(axes)
    axes.grid(visible=False)
    places = np.arange(len(words))[::-1]
    for place, told, (name, row) in zip(places, words, found.ranges.iterrows(), strict=True):
        bottom, top = spans.loc[str(name), ["low", "high"]].to_numpy(float)
        ends = (np.clip([row.low, row.high], bottom, top) - bottom) / (top - bottom)
        axes.barh(place, 1, height=0.26, color=palette.RULE)
        axes.barh(place, ends[1] - ends[0], left=ends[0], height=0.26, color=colour)
        axes.text(0, place + 0.23, told, fontsize=8.5, va="bottom", color=palette.INK)
        for end, value, side in ((0, bottom, "left"), (1, top, "right")):
            axes.text(end, place - 0.2, f"{value:.3g}", fontsize=7.5, ha=side, va="top", color=palette.QUIET)
        without = f"without: {row.density_without:.0%}"
        axes.text(1.02, place, without, fontsize=8.5, va="center", color=palette.INK)
    axes.set_xlim(0, 1.17)
    axes.set_ylim(-0.6, len(words) - 0.35)
    axes.set_xticks([])
    axes.set_yticks([])
    return figure


def worlds(
    found: Conditions, numbers: pd.DataFrame, cases: pd.Series[bool], case: str, title: str, colour: str
) -> Figure:
    """Return the worlds by the two numbers that restrict most, with the box; by one, where there is one.

    Parameters
    ----------
    numbers : DataFrame
        A row a world, a column a number.
    cases : Series of bool
        Of the same worlds.
    case : str
        What a case is, in words, such as "step-for-step loses to big-bang".
    """
    leading = [str(name) for name in found.ranges["density_without"].sort_values(kind="stable").index[:2]]
    if len(leading) == 1:
        return _profile(found, numbers[leading[0]], cases, title, colour)
    others = found.box
    for name in leading:
        others = others.without(list(numbers.columns).index(name))
    shown = others.inside(numbers.to_numpy(float))
    more = " Only worlds within the box's other limits are shown." if others.restricted.any() else ""
    note = f"A dot a world, of both halves ({int(shown.sum()):,} of {len(shown):,}).{more}"
    figure = figures.sheet(4.6, title, note)
    axes = figure.subplots()
    figures.plain(axes, "both")
    across, up = (numbers[name].to_numpy(float) for name in leading)
    flags = cases.to_numpy(bool)
    for kind, tint, label in (
        (~flags, OTHER, "other worlds"),
        (flags, colour, textwrap.shorten(case, 70, placeholder=" …")),
    ):
        picked = shown & kind
        axes.plot(
            across[picked],
            up[picked],
            "o",
            color=tint,
            markersize=3.8,
            markeredgewidth=0,
            alpha=0.85,
            label=label,
        )
    _framed(axes, found, leading, (across, up))
    axes.set_xlabel(_axis(leading[0], ALONG), fontsize=9)
    axes.set_ylabel(_axis(leading[1], UP), fontsize=9)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=2, fontsize=8.5, frameon=False, handletextpad=0.1
    )
    return figure


def _axis(name: str, letters: int) -> str:
    number = number_of(name)
    told = f"{name} ({number.unit}): {number.meaning}"
    return textwrap.fill(told, letters, break_on_hyphens=False)


def _framed(
    axes: Axes, found: Conditions, leading: Sequence[str], values: tuple[prim.Floats, prim.Floats]
) -> None:
    corners = []
    for name, drawn in zip(leading, values, strict=True):
        edge = 0.02 * np.ptp(drawn)
        limits = found.ranges.loc[name, ["low", "high"]].to_numpy(float)
        corners.append(np.clip(limits, drawn.min() - edge, drawn.max() + edge))
    (left, right), (bottom, top) = corners
    axes.add_patch(
        Rectangle(
            (left, bottom), right - left, top - bottom, fill=False, edgecolor=palette.INK, linewidth=1.8
        )
    )


def _profile(
    found: Conditions, drawn: pd.Series[float], cases: pd.Series[bool], title: str, colour: str
) -> Figure:
    note = (
        f"All {len(cases):,} worlds, of both halves, in {BARS} equal groups. Lines: 95% intervals (Wilson)."
    )
    figure = figures.sheet(3.4, title, note)
    axes = figure.subplots()
    figures.plain(axes, "y")
    values, flags = drawn.to_numpy(float), cases.to_numpy(bool)
    low, high = np.clip(found.ranges.iloc[0][["low", "high"]].to_numpy(float), values.min(), values.max())
    axes.axvspan(low, high, color=palette.RULE, alpha=0.6, linewidth=0)
    axes.text((low + high) / 2, 1.05, "the box", ha="center", va="bottom", fontsize=8.5, color=palette.INK)
    for group in np.array_split(np.argsort(values, kind="stable"), BARS):
        share = statistics.wilson(int(flags[group].sum()), len(group))
        middle = float(np.median(values[group]))
        axes.plot([middle, middle], [share.low, share.high], color=colour, linewidth=2.2)
        axes.plot(middle, share.estimate, "o", color=colour, markersize=7, markeredgecolor="white")
    axes.set_ylim(0, 1.13)
    axes.set_yticks(np.linspace(0, 1, 6))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel(_axis(str(drawn.name), ALONG), fontsize=9)
    axes.set_ylabel("share of worlds that are a case", fontsize=9)
    return figure
