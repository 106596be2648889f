"""The figures of a search: the front on parallel axes and pair by pair, fresh ground, and the course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from experiments import figures, palette
from experiments.analysis.parallel_axes import spread
from experiments.search.found import Found, Seen, part
from experiments.search.goals import Aim

#: As many candidates of a front as are shown by name.
MOST = 10
#: No name stands lower, so that none meets the heading of an axis.
LOWEST = -0.06
FAINT, FRONT = "#c9c9c9", "#8fb8d8"
#: Marks of the candidates that are shown by name: colours in turn, then other marks.
MARKS = [(colour, mark) for mark in palette.MARKS for colour in palette.COLOURS]


def marks_of(labels: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the colour and the mark of each candidate that is shown by name, the same in every figure."""
    return {name: MARKS[place] for place, name in enumerate(labels)}


def front(found: Found, labels: Mapping[str, str], title: str, key: str) -> Figure:
    """Return the front on parallel axes, a goal each, up being better; bases as dashed lines.

    Parameters
    ----------
    found : Found
    labels : mapping of str to str
        What the candidates that are shown by name are called.
    title, key : str
        The finding, and which letter stands for which step.
    """
    seen = found.fresh if found.fresh is not None else part(found.seen, found.front)
    bases = found.bases_fresh if found.bases_fresh is not None else found.bases
    ground = "fresh draws and luck" if found.fresh is not None else "the luck of the search"
    note = (
        f"Values on {ground}; on every axis up is better, from the worst to the best shown. Colour: "
        f"candidates that differ most, by their number in the table (bold: matched by no other there); "
        f"pale: others of the front; dashed: bases. {key}"
    )
    figure = figures.sheet(max(3.9, 1.9 + 0.26 * (len(labels) + len(bases.values))), title, note)
    axes = figure.subplots()
    whole = pd.concat([seen.values, bases.values])
    heights = _heights(whole, found.aims)
    marks, along = marks_of(labels), np.arange(len(found.aims))
    for row, name in zip(heights[: len(seen.values)], seen.values.index, strict=True):
        if name not in marks:
            axes.plot(along, row, color=FRONT, linewidth=0.8, alpha=0.7, zorder=2)
    ends: list[tuple[float, str, str, bool]] = []
    for row, name in zip(heights[: len(seen.values)], seen.values.index, strict=True):
        if name in marks:
            colour, mark = marks[name]
            axes.plot(along, row, "-", marker=mark, color=colour, linewidth=1.9, markersize=6, zorder=4)
            ends.append((row[-1], labels[name], colour, bool(found.still[name])))
    for row, name in zip(heights[len(seen.values) :], bases.values.index, strict=True):
        axes.plot(along, row, linestyle=(0, (4, 2)), color=palette.INK, linewidth=1.4, zorder=3)
        ends.append((row[-1], f"{name} as it stands", palette.INK, False))
    _axes(axes, whole, found.aims)
    _ends(axes, ends, along[-1])
    return figure


def _heights(values: pd.DataFrame, aims: list[Aim]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return where each value stands between the worst (0) and the best (1)."""
    turned = values.to_numpy(float) * [aim.sign for aim in aims]
    low, high = turned.min(axis=0), turned.max(axis=0)
    result = np.where(high > low, (turned - low) / np.where(high > low, high - low, 1.0), 0.5)
    return result.reshape(len(values), len(aims))


def _axes(axes: Axes, values: pd.DataFrame, aims: list[Aim]) -> None:
    figures.plain(axes)
    axes.grid(visible=False)
    axes.set_yticks([])
    clear: dict[str, Any] = {"zorder": 6, "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.8}}
    for place, aim in enumerate(aims):
        column = values[aim.phrase] * aim.sign
        axes.axvline(place, color=palette.RULE, linewidth=1.2, zorder=1)
        for height, value, align in ((-0.03, column.min(), "top"), (1.03, column.max(), "bottom")):
            text = aim.amount(value * aim.sign)
            axes.text(place, height, text, ha="center", va=align, fontsize=8, color=palette.INK, **clear)
    axes.set_xticks(range(len(aims)), [_heading(aim) for aim in aims])
    axes.set_ylim(-0.12, 1.12)


def _heading(aim: Aim) -> str:
    import textwrap

    return "\n".join([*textwrap.wrap(aim.phrase, 25), f"({aim.unit})"])


def _ends(axes: Axes, ends: list[tuple[float, str, str, bool]], last: float) -> None:
    """Write the names at the right end, moved apart so that none covers another."""
    ends.sort(key=lambda end: (end[0], end[1]))
    apart = 1.2 / max(len(ends), 12)
    spots = spread([height for height, *_ in ends], apart)
    spots = [max(spot, LOWEST + place * apart) for place, spot in enumerate(spots)]
    for (height, text, colour, bold), spot in zip(ends, spots, strict=True):
        axes.plot([last, last + 0.1], [height, spot], color=colour, linewidth=0.7, clip_on=False)
        weight = "bold" if bold else "normal"
        axes.text(last + 0.13, spot, text, va="center", fontsize=7.5, color=colour, weight=weight)
    longest = max((len(text) for _, text, *_ in ends), default=0)
    axes.set_xlim(-0.3, last + 0.2 + max(last, 1) * 0.0125 * longest)


def trade_offs(found: Found, labels: Mapping[str, str], title: str) -> Figure:
    """Return every pair of goals: what was tried in grey, the front in blue, named candidates by number."""
    note = (
        "On the luck of the search, under which all can be compared; better is up and to the right. "
        "Grey: tried; blue: on the front; numbered: candidates of the front that differ most; "
        "black diamonds: bases as they stand."
    )
    count = len(found.aims) - 1
    figure = figures.sheet(0.9 + max(2.6, 7.4 / max(count, 2)) * count, title, note)
    panels = figure.subplots(count, count, squeeze=False)
    for row in range(count):
        for column in range(count):
            if column > row:
                panels[row][column].set_visible(False)
                continue
            across, up = found.aims[column], found.aims[row + 1]
            _pair(panels[row][column], found, across, up, labels)
            _pair_labels(panels[row][column], across, up, column == 0, row == count - 1)
    return figure


def _pair(axes: Axes, found: Found, across: Aim, up: Aim, labels: Mapping[str, str]) -> None:
    figures.plain(axes, "both")
    values = found.seen.values
    others = values[~found.candidates["front"]]
    chosen = values.loc[found.front]
    axes.scatter(others[across.phrase], others[up.phrase], color=FAINT, zorder=2, s=14, linewidths=0)
    axes.scatter(chosen[across.phrase], chosen[up.phrase], color=palette.SENDER, zorder=3, s=14, linewidths=0)
    bases = found.bases.values
    axes.scatter(bases[across.phrase], bases[up.phrase], color=palette.INK, marker="D", s=26, zorder=5)
    marks = marks_of(labels)
    for name, (colour, _) in marks.items():
        place = found.seen.value(name, across.phrase), found.seen.value(name, up.phrase)
        axes.scatter(*place, color=colour, s=84, zorder=6, edgecolors="white", linewidths=0.6)
        number = labels[name].split()[0]
        ink = palette.readable_on(colour)
        axes.text(*place, number, ha="center", va="center", fontsize=6, color=ink, zorder=7)
    if across.sign < 0:
        axes.invert_xaxis()
    if up.sign < 0:
        axes.invert_yaxis()


def _pair_labels(axes: Axes, across: Aim, up: Aim, first: bool, last: bool) -> None:
    for axis, aim, named in ((axes.xaxis, across, last), (axes.yaxis, up, first)):
        axis.set_major_locator(MaxNLocator(4))
        if aim.is_share:
            axis.set_major_formatter(PercentFormatter(1.0))
        if named:
            axis.set_label_text(_heading(aim), fontsize=8.5)
        else:
            axis.set_tick_params(labelbottom=False, labelleft=False)


def fresh(found: Found, labels: Mapping[str, str], title: str, key: str) -> Figure:
    """Return what named candidates, and the bases, are worth on both grounds, a panel a goal."""
    assert found.fresh is not None and found.bases_fresh is not None
    note = (
        "Open: on the luck of the search, by which the front was chosen. Filled, with 95% interval: on fresh "
        f"draws and luck. Both grounds also differ by chance: compare with the bases, in black. {key}"
    )
    names = [*labels, *found.bases.values.index]
    grounds = [
        (part(found.seen, list(labels)), found.bases, False),
        (part(found.fresh, list(labels)), found.bases_fresh, True),
    ]
    figure = figures.sheet(1.7 + 0.28 * len(names), title, note)
    panels = figure.subplots(1, len(found.aims), sharey=True, squeeze=False)[0]
    for axes, aim in zip(panels, found.aims, strict=True):
        figures.plain(axes)
        for front_seen, bases_seen, filled in grounds:
            _dots(axes, aim, front_seen, bases_seen, labels, filled)
        axes.xaxis.set_major_locator(MaxNLocator(3))
        if aim.is_share:
            axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        way = "right" if aim.sign > 0 else "left"
        axes.set_xlabel(f"{_heading(aim)}\nbetter to the {way}", fontsize=8)
    shown = [labels.get(name, f"{name} as it stands") for name in names]
    panels[0].set_yticks(range(len(names))[::-1], shown, fontsize=8)
    panels[0].set_ylim(-0.7, len(names) - 0.3)
    return figure


def _dots(
    axes: Axes, aim: Aim, front_seen: Seen, bases: Seen, labels: Mapping[str, str], filled: bool
) -> None:
    marks = marks_of(labels)
    parts = [(seen, name) for seen in (front_seen, bases) for name in seen.values.index]
    for height, (seen, name) in zip(range(len(parts))[::-1], parts, strict=True):
        colour, mark = marks.get(name, (palette.INK, "D")) if seen is front_seen else (palette.INK, "D")
        value = seen.value(name, aim.phrase)
        if filled:
            axes.plot(
                seen.reach(name, aim.phrase),
                [height, height],
                color=colour,
                linewidth=1.6,
                solid_capstyle="round",
                zorder=2,
            )
        face = colour if filled else "white"
        axes.plot(value, height, mark, color=colour, markerfacecolor=face, markersize=6, zorder=3 + filled)


def course(found: Found, title: str) -> Figure:
    """Return what the front covers by the number of candidates tried, and what the true front does."""
    assert found.course is not None
    note = (
        "Covered: share of the box from a tenth below the worst to the best value tried at every goal that "
        "some candidate of the front is above (hypervolume). Marks: generations."
    )
    figure = figures.sheet(3.0, title, note)
    axes = figure.subplots()
    figures.plain(axes, "both")
    tried, covers = found.course.T
    axes.plot(tried, covers, "-o", color=palette.SENDER, linewidth=2, markersize=4.5)
    if found.truth is not None:
        axes.axhline(found.covers, color=palette.SHARED, linewidth=1.6, linestyle="--")
        text = f"all {found.truth.candidates:,} candidates"
        axes.text(tried[-1], found.covers, text, ha="right", va="bottom", fontsize=8, color=palette.SHARED)
    axes.set_ylim(0, min(1.02, max(covers.max(), found.covers) * 1.15))
    axes.set_xlim(0, tried[-1] * 1.03)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("different candidates tried", fontsize=9)
    axes.set_ylabel("covered by the front", fontsize=9)
    return figure
