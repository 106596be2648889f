"""The figures of order effects: orders as strips of steps, who should precede whom, where a step does best.

A step has one number and one colour throughout: its place in the base, on a scale from dark to light, so that
a strip shows at a glance how far an order is from the one that was written.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments import figures, palette
from experiments.analysis.ladder_orders import Floats, Orders
from experiments.analysis.order_effects import Marked, square
from experiments.measures import Measure

#: More orders than these are not drawn one by one: the best and the worst are.
BEST, WORST = 10, 8
NARROW = 30


def colours(steps: int) -> list[str]:
    """Return a colour for each step, dark to light in the base's order."""
    ramp = matplotlib.colormaps["viridis"]
    return [to_hex(ramp(share)) for share in np.linspace(0.06, 0.94, steps)]


def _badge(axes: Axes, x: float, y: float, step: int, colour: str, size: float = 0.86) -> None:
    """Draw a step: a square of its colour with its number, centred at (x, y) in the units of `axes`."""
    corner = (x - size / 2 + 0.08, y - size / 2 + 0.08)
    side = size - 0.16
    box = FancyBboxPatch(corner, side, side, boxstyle="round,pad=0.08,rounding_size=0.16", linewidth=0)
    box.set_facecolor(colour)
    axes.add_patch(box)
    ink = palette.readable_on(colour)
    axes.text(
        x, y - 0.02, str(step + 1), ha="center", va="center", fontsize=8.5, color=ink, fontweight="bold"
    )


def _digits(span: float, measure: Measure) -> int:
    """Return how many digits tell values apart that lie within `span`, in the unit that is written."""
    known = 1 - int(np.floor(np.log10(span))) if np.isfinite(span) and span > 0 else 0
    return 0 if measure.scale == 100 and span >= 3 else max(measure.digits, known)


def _written(value: float, digits: int, measure: Measure) -> str:
    return f"{measure.scale * value:.{digits}f}" + ("%" if measure.scale == 100 else "")


def _ticked(value: float, measure: Measure) -> str:
    return f"{measure.scale * value:.6g}" + ("%" if measure.scale == 100 else "")


def _better(measure: Measure) -> str:
    return "higher is better" if measure.high_is_good else "lower is better"


def _bare(axes: Axes) -> None:
    figures.plain(axes)
    axes.grid(visible=False)
    axes.set_xticks([])
    axes.set_yticks([])


def _key(axes: Axes, orders: Orders) -> None:
    """Draw which number and colour is which step, in as many columns as there is room for."""
    across = 3 if len(orders.steps) > 2 else 2
    down = -(-len(orders.steps) // across)
    _bare(axes)
    width = 9.5
    axes.set_xlim(-0.6, across * width)
    axes.set_ylim(-down + 0.4, 0.6)
    axes.set_aspect("equal", anchor="W")
    for step, (title, colour) in enumerate(zip(orders.steps, colours(len(orders.steps)), strict=True)):
        column, line = divmod(step, down)
        _badge(axes, column * width, -line, step, colour)
        label = textwrap.shorten(title, NARROW, placeholder=" …")
        axes.text(column * width + 0.7, -line, label, va="center", fontsize=8.5, color=palette.INK)


def chosen(count: int) -> list[int | None]:
    """Return which ranks are drawn, best first; None stands for those between that are left out."""
    if count <= BEST + WORST + 1:
        return list(range(count))
    return [*range(BEST), None, *range(count - WORST, count)]


def strips(orders: Orders, table: pd.DataFrame, measure: Measure, title: str, note: str) -> Figure:
    """Return the best and the worst orders as strips of steps, each with how it went.

    Parameters
    ----------
    table : DataFrame
        `order_ranks.ranked`.
    """
    ranks, steps = chosen(len(table)), len(orders.steps)
    key_height = 0.27 * -(-steps // 3)
    figure = figures.sheet(1.5 + key_height + 0.3 * len(ranks), title, note)
    grid = figure.add_gridspec(
        2,
        2,
        height_ratios=[key_height, 0.3 * len(ranks)],
        width_ratios=[0.36 * steps, 7.0 - 0.36 * steps],
    )
    _key(figure.add_subplot(grid[0, :]), orders)
    left, right = figure.add_subplot(grid[1, 0]), figure.add_subplot(grid[1, 1])
    _ladders(left, orders, table, ranks)
    _means(right, orders, table, ranks, measure)
    return figure


def _rows(axes: Axes, ranks: Sequence[int | None]) -> None:
    axes.set_ylim(-len(ranks) + 0.4, 0.6)


def _ladders(axes: Axes, orders: Orders, table: pd.DataFrame, ranks: Sequence[int | None]) -> None:
    _bare(axes)
    ramp, steps = colours(len(orders.steps)), len(orders.steps)
    for line, rank in enumerate(ranks):
        if rank is None:
            axes.text((steps - 1) / 2, -line, "⋯", ha="center", va="center", color=palette.QUIET, fontsize=12)
            continue
        for place, step in enumerate(_order(orders, table, rank)):
            _badge(axes, place, -line, step, ramp[step])
    places = [-line for line, rank in enumerate(ranks) if rank is not None]
    axes.set_yticks(places, [f"{rank + 1}" for rank in ranks if rank is not None])
    axes.set_xticks([0, steps - 1], ["first", "last"])
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=8, colors=palette.QUIET)
    axes.set_xlim(-0.55, steps - 0.45)
    _rows(axes, ranks)


def _means(
    axes: Axes, orders: Orders, table: pd.DataFrame, ranks: Sequence[int | None], measure: Measure
) -> None:
    figures.plain(axes)
    axes.set_yticks([])
    middle, drawn = float(orders.values.mean()), [rank for rank in ranks if rank is not None]
    digits = _digits(measure.scale * float(np.ptp(table["mean"].to_numpy()[drawn])), measure)
    axes.axvline(middle, color=palette.QUIET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0.5)
    axes.text(middle, 0.7, "mean over orders", ha="center", va="bottom", fontsize=7.5, color=palette.QUIET)
    own = tuple(range(len(orders.steps)))
    for line, rank in enumerate(ranks):
        if rank is None:
            between = f"{len(table) - BEST - WORST:,} orders between"
            axes.text(middle, -line, f"  {between}", va="center", fontsize=8, color=palette.QUIET)
            continue
        word = "  as written" if _order(orders, table, rank) == own else ""
        label = f"{_written(float(table['mean'].to_numpy()[rank]), digits, measure)}{word}"
        _dot(axes, -line, table.iloc[rank], label)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _ticked(value, measure)))
    axes.xaxis.set_major_locator(MaxNLocator(6))
    low, high = axes.get_xlim()
    axes.set_xlim(low, high + 0.2 * (high - low))
    axes.set_xlabel(f"{measure.phrase}, {measure.unit} ({_better(measure)})", fontsize=9)
    _rows(axes, ranks)


def _order(orders: Orders, table: pd.DataFrame, rank: int) -> tuple[int, ...]:
    return tuple(orders.orders[int(table["place"].to_numpy()[rank])].tolist())


def _dot(axes: Axes, height: float, row: pd.Series[Any], label: str) -> None:
    colour = palette.TARGET if row["apart"] else palette.SENDER
    low, high = row["within_low"], row["within_high"]
    if np.isfinite(low):
        axes.plot([low, high], [height, height], color=colour, linewidth=2.2, solid_capstyle="round")
    axes.plot(row["mean"], height, "o", color=colour, markersize=7.5, markeredgecolor="white")
    edge = high if np.isfinite(high) else row["mean"]
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
    axes.annotate(
        label, (edge, height), (5, 0), textcoords="offset points", va="center", fontsize=8, bbox=ground
    )


def matrix(
    orders: Orders, panels: dict[str, pd.DataFrame], measure: Measure, title: str, note: str
) -> Figure:
    """Return what it is worth that the row comes before the column, a square for each table of pairs."""
    steps, factor = len(orders.steps), measure.scale
    squares = {name: factor * square(table, orders.steps) for name, table in panels.items()}
    firm = {
        name: square(table.assign(apart=table["apart"].astype(float)), orders.steps, "apart") == 1
        for name, table in panels.items()
    }
    told = np.concatenate([np.abs(squares[name][firm[name]]) for name in panels])
    limit = float(told.max()) if told.size else 1.0
    figure = figures.sheet(1.4 + max(1.6, 0.42 * steps), title, note)
    axes = figure.subplots(1, len(panels), squeeze=False, sharey=True)[0]
    for place, (panel, name) in enumerate(zip(axes, panels, strict=True)):
        _square(panel, squares[name], firm[name], limit, measure)
        panel.set_title(name, fontsize=9, color=palette.INK, loc="left")
        panel.set_xlabel("… before this step", fontsize=8.5)
        if place == 0:
            short = [textwrap.shorten(name, NARROW, placeholder=" …") for name in orders.steps]
            panel.set_yticks(range(steps), [f"{name}  {place}" for place, name in enumerate(short, start=1)])
            panel.set_ylabel("this step …", fontsize=8.5)
    return figure


def _square(axes: Axes, values: Floats, firm: Marked, limit: float, measure: Measure) -> None:
    figures.plain(axes)
    axes.grid(visible=False)
    steps = len(values)
    shown = np.where(firm, values, np.nan)
    axes.set_facecolor("#f0f0f0")
    good = "RdBu" if measure.high_is_good else "RdBu_r"
    axes.imshow(shown, cmap=good, vmin=-1.15 * limit, vmax=1.15 * limit, aspect="auto")
    for row, column in np.argwhere(~np.eye(steps, dtype=bool)):
        _cell(axes, row, column, float(values[row, column]), bool(firm[row, column]), limit, measure)
    for step, colour in enumerate(colours(steps)):
        axes.add_patch(Rectangle((step - 0.5, step - 0.5), 1, 1, facecolor=colour, linewidth=0))
        ink = palette.readable_on(colour)
        label = str(step + 1)
        axes.text(step, step, label, ha="center", va="center", fontsize=8.5, color=ink, fontweight="bold")
    for line in np.arange(steps - 1) + 0.5:
        axes.axhline(line, color="white", linewidth=1.2)
        axes.axvline(line, color="white", linewidth=1.2)
    axes.set_xticks(range(steps), [str(step + 1) for step in range(steps)])


def _cell(
    axes: Axes, row: int, column: int, value: float, firm: bool, limit: float, measure: Measure
) -> None:
    if np.isnan(value):
        blank = Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor="white", edgecolor=palette.RULE)
        blank.set(hatch="/////", linewidth=0)
        axes.add_patch(blank)
        return
    ink = "white" if firm and abs(value) > 0.62 * limit else palette.INK if firm else palette.QUIET
    text = f"{value:+.{_digits(limit, measure)}f}".replace("-", "−") if firm else "○"
    small = 6.5 if len(text) > 5 and axes.get_ylim()[0] > 5 else 8
    axes.text(column, row, text, ha="center", va="center", fontsize=small, color=ink)


def profile(orders: Orders, table: pd.DataFrame, measure: Measure, title: str, note: str) -> Figure:
    """Return how orders do that have a step in a place, against the mean over orders: a panel a step."""
    steps = len(orders.steps)
    across = min(steps, 3 if steps in (5, 6, 9) else 4)
    down = -(-steps // across)
    figure = figures.sheet(0.9 + 1.75 * down, title, f"{note} In {measure.phrase}, {_better(measure)}.")
    panels = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    for panel in panels.flat[steps:]:
        panel.set_visible(False)
    for step, (panel, colour) in enumerate(zip(panels.flat[:steps], colours(steps), strict=True)):
        _places(panel, table[table["step"] == orders.steps[step]], colour, measure.scale)
        heading = "\n".join(textwrap.wrap(f"{step + 1}  {orders.steps[step]}", 27)[:2])
        panel.set_title(heading, fontsize=8.5, loc="left", color=palette.INK)
        panel.set_xticks(range(1, steps + 1))
        panel.tick_params(labelbottom=step + across >= steps)
    unit = "points" if measure.scale == 100 else measure.unit
    for panel in panels[:, 0]:
        panel.set_ylabel("\n".join(textwrap.wrap(f"{unit}, against the mean", 22)), fontsize=8.5)
    for panel in panels.flat[max(0, steps - across) : steps]:
        panel.set_xlabel("place in the order", fontsize=8.5)
    return figure


def _places(axes: Axes, rows: pd.DataFrame, colour: str, scale: int) -> None:
    figures.plain(axes, "y")
    axes.axhline(0, color=palette.QUIET, linewidth=0.9)
    places = rows["place"].to_numpy()
    middle, low, high = (scale * rows[end].to_numpy(float) for end in ("estimate", "low", "high"))
    ends = np.where(np.isfinite(low) & np.isfinite(high), [low, high], np.nan)
    red, green, blue = to_rgb(colour)
    dark = (0.72 * red, 0.72 * green, 0.72 * blue)
    axes.fill_between(places, ends[0], ends[1], color=colour, alpha=0.28, linewidth=0)
    axes.vlines(places, ends[0], ends[1], color=dark, linewidth=1.1)
    axes.plot(places, middle, color=dark, linewidth=1.8)
    apart = rows["apart"].to_numpy(bool)
    axes.plot(places[apart], middle[apart], "o", color=dark, markersize=6, markeredgecolor="white")
    axes.plot(places[~apart], middle[~apart], "o", markersize=5, color="white", markeredgecolor=dark)
