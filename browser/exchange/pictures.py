"""Figures to take away, drawn as every other figure is: the history, how the runs went, how they ended."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib import metadata

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from browser.exchange.byhand import changes
from browser.scene.crowd import QUANTILES, Crowd
from browser.scene.sides import Side
from browser.scene.story import Chapter
from experiments import figures, findings, portrait
from experiments.history import ledger_of
from experiments.lines import ALONE, PANELS
from model.series import SERIES

#: Small pictures in a row of `fans`.
COLUMNS = 3
#: What `fans` shows, by series and title: every series of a printed history, and support.
SHOWN = {
    name: ALONE[name]
    for name in (
        *(line.series for panel in PANELS for line in panel.series),
        "support_sender",
        "support_target",
    )
}
#: The lines of two histories.
STYLES = ("-", "--")


def history(chapter: Chapter, title: str, by_hand: str = "") -> Figure:
    """Return the picture of one history: what happened, over the series; ``by_hand`` is said below."""
    events = portrait.between(*ledger_of(chapter.events, chapter.cast.scenario, chapter.dispute))
    return stamped(portrait.portrait(chapter.series, events, title), by_hand)


def fans(crowd: Crowd, chapters: Sequence[Chapter], sides: Sequence[Side], title: str) -> Figure:
    """Return the monthly series of the runs of an ensemble as bands, with the histories as lines on them."""
    names = [name for name in SHOWN if name in crowd.names]
    rows = len(names) // COLUMNS + 1  # with a free place for the legend
    note = (
        f"{len(crowd.runs_of(0)):,} runs a strategy on the same luck. Dark bands: the middle half of them; "
        "light bands: nine tenths; thin lines: the median. Thick lines: the history."
    )
    figure = figures.sheet(1.2 + 1.35 * rows, title, note)
    panels = np.atleast_2d(figure.subplots(rows, COLUMNS, sharex=True)).flatten()
    for axes, name in zip(panels, names, strict=False):
        figures.plain(axes, "both")
        axes.set_title(f"{SHOWN[name]} ({SERIES[name].unit})", loc="left", fontsize=8)
        if SERIES[name].unit.startswith("share"):
            axes.set_ylim(-0.03, 1.03)
        for plan, (chapter, side) in enumerate(zip(chapters, sides, strict=True)):
            _fan(axes, crowd.band(plan, name), side.colour)
            if name in chapter.series:
                values = chapter.series[name].to_numpy(float)
                axes.plot(values, STYLES[plan], color=side.colour, linewidth=1.8, label=side.name)
    for axes in panels[len(names) :]:
        axes.set_axis_off()
    scenario = chapters[0].cast.scenario
    dates = [scenario.date_of(month) for month in range(crowd.months)]
    januaries = [(month, date[:4]) for month, date in enumerate(dates) if date[5:7] == "01"]
    januaries = januaries[:: len(januaries) // 5 + 1]  # as many as stand beside one another
    if januaries:
        panels[0].set_xticks([month for month, _ in januaries], [year for _, year in januaries])
    for axes in panels[len(names) - COLUMNS : len(names)]:  # the lowest of each column
        axes.tick_params(labelbottom=True)
        axes.set_xlabel("January of each year" if januaries else "month", fontsize=8.5)
    panels[-1].legend(*panels[0].get_legend_handles_labels(), loc="center", fontsize=8, frameon=False)
    return stamped(figure, changes(crowd.settings))


def _fan(axes: Axes, band: np.ndarray, colour: str) -> None:
    months = np.arange(band.shape[1])
    at = {quantile: band[place] for place, quantile in enumerate(QUANTILES)}
    axes.fill_between(months, at[0.05], at[0.95], color=colour, alpha=0.14, linewidth=0)
    axes.fill_between(months, at[0.25], at[0.75], color=colour, alpha=0.24, linewidth=0)
    axes.plot(months, at[0.5], color=colour, linewidth=0.8)


def endings(crowd: Crowd, sides: Sequence[Side]) -> Figure:
    """Return how the runs of an ensemble ended, a bar of labels for each strategy."""
    names = {plan: side.name for plan, side in enumerate(sides)}
    runs = findings.prepared(crowd.runs, crowd.months)
    title = f"{findings.ending_title(runs)}; in {crowd.settings.case().title}"
    figure = figures.endings(runs.assign(strategy=runs["plan"].map(names)), [*names.values()], title)
    return stamped(figure, changes(crowd.settings))


def stamped(figure: Figure, by_hand: str = "") -> Figure:
    """Return a figure that says below its note what is changed by hand, and what made it."""
    made = f"Made by Backchannel {metadata.version('backchannel')}."
    before = figure.get_supxlabel().splitlines()
    figures.print_small(figure, *before, by_hand, made)
    more = len(figure.get_supxlabel().splitlines()) - len(before)
    figure.set_figheight(figure.get_figheight() + figures.LINE * more)
    return figure


def drawn(figure: Figure, kind: str) -> bytes:
    """Return a figure as the content of a file, "png" or "svg"."""
    content = io.BytesIO()
    figures.save(figure, content, kind)
    figure.set_layout_engine("none")  # it stays as it is laid out now, which takes longest
    return content.getvalue()
