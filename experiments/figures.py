"""The figures of a comparison. Each answers the question in its title; titles are made from the numbers.

All are drawn with matplotlib's objects, without pyplot, so nothing global changes and threads do
not meet.
"""

from __future__ import annotations

import io
import textwrap
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.legend import Legend
from matplotlib.ticker import PercentFormatter

from experiments import palette, statistics
from experiments.label import LABEL
from experiments.measures import MEASURES, Measure

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 8.0
#: Pixels an inch of a figure in a notebook, and in a file.
SHOWN, WRITTEN = 100, 150
#: Size of small print in points, the height of a line of it, and the room around it, both in inches.
SMALL, LINE, ROOM = 7.5, 0.13, 0.03
#: Letters in a line of small print.
LETTERS = 145
#: Where "never" stands on an axis of months, in lengths of the axis.
NEVER = 1.12
Marks = dict[str, tuple[str, str]]


class Sheet(Figure):
    """A figure that a notebook shows by itself, wherever it is the last word of a cell.

    Keys below it stand above its small print.
    """

    def __init__(self, **said: Any) -> None:
        super().__init__(**said, layout=Layout())
        #: Its keys that stand below the plot.
        self.below: list[Legend] = []

    def legend(self, *what: Any, **said: Any) -> Legend:
        """Return a new key of the figure; "outside lower" is between the plot and the small print."""
        key = super().legend(*what, **said)
        if str(said.get("loc")).startswith("outside lower"):
            self.below.append(key)
        return key

    def _repr_png_(self) -> bytes:
        from PIL import Image

        drawn, page = io.BytesIO(), io.BytesIO()
        self.savefig(drawn, dpi=SHOWN)
        with_few_colours(Image.open(drawn)).save(page, "PNG", optimize=True)
        return page.getvalue()


class Layout(ConstrainedLayoutEngine):
    """The usual layout, which would put a key below the plot on top of the small print."""

    def execute(self, fig: Figure) -> None:
        """Lay out a sheet, with room for its small print below its keys."""
        keys = fig.below if isinstance(fig, Sheet) else []
        lines = fig.get_supxlabel().count("\n") + 1
        foot = (LINE * lines + ROOM) / fig.get_figheight() if keys else 0.0
        above = (0.0, foot, 1.0, 1.0 - foot)
        self.set(rect=above)
        for key in keys:
            key.set_bbox_to_anchor(None)  # only such keys are given room
        super().execute(fig)
        for key in keys:
            key.set_bbox_to_anchor(above, fig.transFigure)


def with_few_colours(picture: Image) -> Image:
    """Return a picture in its 256 commonest colours: a third as large, for a notebook that keeps it."""
    from PIL import Image as pictures

    red, green, blue = np.moveaxis(np.asarray(picture.convert("RGB"), dtype=np.int64), 2, 0)
    found, place, times = np.unique(red << 16 | green << 8 | blue, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    common = colours[np.argsort(-times, kind="stable")[:256]]
    closest = ((colours[:, np.newaxis] - common) ** 2).sum(axis=2).argmin(axis=1)
    few = pictures.fromarray(closest[place].reshape(red.shape).astype(np.uint8))
    few.putpalette(common.astype(np.uint8).tobytes())
    return few


def sheet(height: float, title: str, note: str = "") -> Figure:
    """Return an empty figure with a title at its left edge; below, in small print, the label and a note."""
    figure = Sheet(figsize=(WIDTH, height + 0.4 + LINE), facecolor="white")
    lines = "\n".join(textwrap.wrap(title, 84, break_on_hyphens=False))
    figure.suptitle(lines, x=0.01, ha="left", fontsize=11.5, fontweight="bold", color=palette.INK)
    print_small(figure, note if note.startswith(LABEL) else f"{LABEL}. {note}")
    return figure


def print_small(figure: Figure, *said: str) -> None:
    """Write below a figure, in small print, each of what is said on lines of its own."""
    lines = [line for text in said for line in textwrap.wrap(text, LETTERS, break_on_hyphens=False)]
    figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=SMALL, color=palette.QUIET)


def plain(axes: Axes, along: str = "x") -> None:
    """Take away what does not inform: frame, ticks; leave light lines to read values by."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=8.5, colors=palette.INK)
    axes.grid(axis=along, color=palette.RULE, linewidth=0.7)  # type: ignore[arg-type]
    axes.set_axisbelow(True)


def shortened(names: Sequence[str], at_most: int = 34) -> dict[str, str]:
    """Return the names as they are or, of long ones, both ends; whole where two would read alike."""
    own = without_beginning(names, at_most)
    half = (at_most - 1) // 2
    short = {
        name: text if len(text) <= at_most else f"{text[:half]}…{text[-half:]}" for name, text in own.items()
    }
    taken = Counter(short.values())
    return {name: text if taken[text] == 1 else own[name] for name, text in short.items()}


def without_beginning(names: Sequence[str], at_most: int) -> dict[str, str]:
    """Return the names without the words that all of them begin with, where one is too long with these."""
    if len(set(names)) < 2 or max(map(len, names)) <= at_most:
        return {name: name for name in names}
    words = [name.split("-") for name in names]
    shared = list(takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False)))
    start = len("-".join(column[0] for column in shared)) + 1 if shared else 0
    return {name: f"…{name[start:]}" if start and name[start:] else name for name in names}


def save(figure: Figure, place: Path | IO[bytes], kind: str = "png") -> None:
    """Write `figure` as PNG at the width of a report, or as SVG, with title and label in the file."""
    details = {"Title": figure.get_suptitle(), "Description": LABEL}
    figure.savefig(place, format=kind, dpi=WRITTEN, metadata=details)


def _rows(axes: Axes, names: Sequence[str]) -> np.ndarray[Any, Any]:
    places = np.arange(len(names))[::-1]
    axes.set_yticks(places, names)
    axes.set_ylim(-0.7, len(names) - 0.3)
    return places


def shares(table: pd.DataFrame, marks: Marks, title: str) -> Figure:
    """Return the share of runs that settled and lasted, a dot and a 95 % interval for each strategy."""
    note = f"{int(table['runs'].iloc[0]):,} runs a strategy on the same luck. Lines: 95% intervals (Wilson)."
    figure = sheet(1.1 + 0.3 * len(table), title, note)
    axes = figure.subplots()
    plain(axes)
    for place, (name, row) in zip(_rows(axes, list(table.index)), table.iterrows(), strict=True):
        colour, mark = marks[str(name)]
        axes.plot([row.low, row.high], [place, place], color=colour, linewidth=2.4, solid_capstyle="round")
        axes.plot(row.share, place, mark, color=colour, markersize=8, markeredgecolor="white")
        label = f"  {row.share:.0%}"
        axes.text(row.high, place, label, va="center", fontsize=8, color=palette.INK)
    axes.set_xlim(0, min(1.04, float(table["high"].max()) * 1.12 + 0.02))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("share of runs that settled and lasted", fontsize=9)
    return figure


def endings(runs: pd.DataFrame, order: Sequence[str], title: str) -> Figure:
    """Return how the runs of each strategy ended: bars of labels that add up to all runs."""
    parts = pd.crosstab(runs["strategy"], runs["label"], normalize="index").loc[list(order)]
    labels = palette.ending_order(parts.columns)
    figure = sheet(1.6 + 0.3 * len(order), title)
    axes = figure.subplots()
    plain(axes)
    axes.grid(visible=False)
    places, reached = _rows(axes, order), np.zeros(len(order))
    for label in labels:
        width, colour = parts[label].to_numpy(float), palette.ending_colour(label)
        axes.barh(places, width, left=reached, height=0.74, color=colour, edgecolor="white", label=label)
        for place, start, size in zip(places, reached, width, strict=True):
            if size >= 0.06:
                ink = palette.readable_on(colour)
                axes.text(
                    start + size / 2, place, f"{size:.0%}", ha="center", va="center", fontsize=7.5, color=ink
                )
        reached = reached + width
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("share of runs", fontsize=9)
    figure.legend(loc="outside lower center", ncols=4, fontsize=8, frameon=False, handlelength=1.2)
    return figure


#: What the first comparison of a report is tested by.
SHARES_TESTED = "McNemar's exact test on the same luck"


def contrasts(
    pairs: pd.DataFrame,
    order: Sequence[str],
    title: str,
    measure: Measure | None = None,
    tested: str = SHARES_TESTED,
    more: str = "",
) -> Figure:
    """Return every strategy against every other, row minus column; points of share unless `measure` is said.

    Blue is better for the row. `more` is added to the note.
    """
    told = measure or MEASURES[0]
    gaps, apart = _squares(pairs, order, told.scale)
    unit = "percentage points" if told.scale > 1 else told.unit
    note = (
        f"Row minus column, in {unit}. A grey cell with a ring: not told apart after Holm's "
        f"correction over {len(pairs):,} pairs ({tested}).{more}"
    )
    side = max(2.2, 0.42 * len(order))
    figure = sheet(side + 1.3, title, note)
    axes = figure.subplots()
    image = _coloured(axes, gaps, apart, told)
    plain(axes)
    axes.grid(visible=False)
    labels = list(shortened(order).values())
    axes.set_xticks(range(len(order)), labels, rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(order)), labels)
    bar = figure.colorbar(image, ax=axes, shrink=0.6, pad=0.02)
    bar.set_label(unit, fontsize=8)
    bar.ax.tick_params(labelsize=8)
    return figure


def _coloured(
    axes: Axes, gaps: np.ndarray[Any, Any], apart: np.ndarray[Any, Any], measure: Measure
) -> AxesImage:
    limit = max(5.0 * measure.scale / 100, float(np.nanmax(np.abs(gaps), initial=0.0)))
    shown = np.where(apart, gaps, np.nan)
    np.fill_diagonal(shown, 0.0)  # white: a strategy against itself
    axes.set_facecolor("#f0f0f0")
    for row, column in np.argwhere(~np.eye(len(gaps), dtype=bool)):
        real, gap = apart[row, column], gaps[row, column]
        ink = "white" if real and abs(gap) > 0.62 * limit else palette.INK if real else palette.QUIET
        text = f"{gap:+.{measure.digits}f}" if real else "○"
        axes.text(column, row, text, ha="center", va="center", fontsize=7.5, color=ink)
    colours = "RdBu" if measure.high_is_good else "RdBu_r"
    return axes.imshow(shown, cmap=colours, vmin=-limit, vmax=limit, aspect="auto")


def _squares(
    pairs: pd.DataFrame, order: Sequence[str], scale: int
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    seen = [statistics.versus(pairs, name).reindex(list(order)) for name in order]
    gaps = scale * np.array([row["estimate"] for row in seen], dtype=float)
    return gaps, np.array([row["apart"].eq(True) for row in seen])


def waits(table: pd.DataFrame, months: int, marks: Marks, title: str) -> Figure:
    """Return months to first relief, months to agreement and hardship, side by side."""
    note = (
        "Dots: median (hardship: mean). Thick lines: 95% interval; thin lines: middle half of the runs. "
        "Runs that never got there count as later than all others; "
        "an arrow at the right edge means that half or more never did."
    )
    figure = sheet(1.2 + 0.3 * len(table), title, note)
    panels = figure.subplots(1, 3, sharey=True, gridspec_kw={"wspace": 0.06})
    _waiting(panels[0], table, "relief", months, marks)
    panels[0].set_xlabel("months to first relief", fontsize=9)
    _waiting(panels[1], table, "agreement", months, marks)
    panels[1].set_xlabel("months to agreement", fontsize=9)
    _hardship(panels[2], table, marks)
    return figure


def _waiting(axes: Axes, table: pd.DataFrame, name: str, months: int, marks: Marks) -> None:
    plain(axes)
    edge = months * NEVER
    ends = table[[f"{name}_{end}" for end in ("first", "third", "low", "high")]].to_numpy(float)
    for place, strategy, reach in zip(_rows(axes, list(table.index)), table.index, ends, strict=True):
        colour, mark = marks[str(strategy)]
        first, third, low, high = np.minimum(reach, edge)
        axes.plot([first, third], [place, place], color=colour, linewidth=1.0, alpha=0.8)
        axes.plot([low, high], [place, place], color=colour, linewidth=2.8, solid_capstyle="round")
        middle = float(table.at[strategy, name])  # type: ignore[arg-type]
        shown = (edge, ">") if np.isinf(middle) else (middle, mark)
        axes.plot(shown[0], place, shown[1], color=colour, markersize=7, markeredgecolor="white")
    years = [*range(0, months - 5, 12 if months <= 72 else 24), edge]
    axes.set_xticks(years, [*map(str, years[:-1]), "never"])
    axes.set_xlim(0, months * (NEVER + 0.06))


def _hardship(axes: Axes, table: pd.DataFrame, marks: Marks) -> None:
    plain(axes)
    axes.set_xlabel("civilian hardship (mean, 0 to 1)", fontsize=9)
    if "hardship" not in table:
        return
    for place, (name, row) in zip(_rows(axes, list(table.index)), table.iterrows(), strict=True):
        colour, mark = marks[str(name)]
        axes.plot([row.hardship_low, row.hardship_high], [place, place], color=colour, linewidth=2.8)
        axes.plot(row.hardship, place, mark, color=colour, markersize=7, markeredgecolor="white")
