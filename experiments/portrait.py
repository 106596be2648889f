"""The picture of one history: what happened above, what it did to each quantity below, month by month."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments import figures, palette
from experiments.lines import PANELS, Panel

#: Lanes of events: those that bring the sides together, those that drive them apart, and turns of fate.
LANES = {
    "talks": (
        ("channel-opened", "talks-opened", "agreed", "concluded", "handed-over"),
        ("channel-closed", "leak", "refused", "walked-out", "vetoed", "broken", "stalemate"),
        (),
    ),
    "relief": (
        ("relief", "resumed", "yielded"),
        ("imposition", "tightening", "withheld", "relief-expired", "stepped-back", "snapped-back", "paused"),
        (),
    ),
    "verification": (
        ("report-positive", "dispute-settled"),
        ("report-negative", "disputed", "gap-found"),
        (),
    ),
    "coalition": (("joined", "common-line", "neighbour-engaged"), ("left", "sponsor-exited", "gave-up"), ()),
    "shocks": (
        (),
        ("incident", "escalation", "spoiler-attack", "economic-shock", "mobilised"),
        ("election", "leader-changed"),
    ),
}

#: Mark, colour and height in its lane of each of the three.
SIGNS = (("^", palette.SENDER, 0.17), ("v", palette.TARGET, -0.17), ("D", palette.QUIET, 0.0))


def portrait(series: pd.DataFrame, events: pd.DataFrame, title: str) -> Figure:
    """Return lanes of events over small multiples of the monthly series, on one axis of time."""
    panels = [panel for panel in PANELS if any(line[0] in series for line in panel.series)]
    note = (
        "Events: ▲ brings the sides together, ▼ drives them apart, ◆ decides who governs; "
        "faint lines mark agreements made and broken."
    )
    figure = figures.sheet(1.9 + 1.15 * len(panels), title, note)
    ratios = [1.25, *([1.0] * len(panels))]
    rows = np.atleast_1d(figure.subplots(len(ratios), 1, sharex=True, gridspec_kw={"height_ratios": ratios}))
    months = _lanes(rows[0], events)
    for axes, panel in zip(rows[1:], panels, strict=True):
        _panel(axes, series, panel)
    for axes in rows:
        for month in months:
            axes.axvline(month, color=palette.INK, linewidth=0.6, alpha=0.35)
    dated(rows[-1], series)
    return figure


def between(events: pd.DataFrame, principals: Sequence[str]) -> pd.DataFrame:
    """Return `events` without the changes of government in other states than the `principals`."""
    fate = kinds(events).isin(LANES["shocks"][2])
    return events[~fate | events["who"].isin(principals)]


def kinds(events: pd.DataFrame) -> pd.Series[str]:
    """Return the kinds of `events` as the vocabulary spells them."""
    return events["kind"].astype(str).str.lower().str.replace("[ _]", "-", regex=True)


def _lanes(axes: Axes, events: pd.DataFrame) -> Sequence[float]:
    figures.plain(axes)
    happened = kinds(events)
    for place, lane in enumerate(reversed(LANES.values())):
        for words, (mark, colour, rise) in zip(lane, SIGNS, strict=True):
            months = events.loc[happened.isin(words), "month"]
            axes.plot(
                months, np.full(len(months), place + rise), mark, color=colour, markersize=5, alpha=0.85
            )
    axes.set_yticks(range(len(LANES)), list(reversed(LANES)))
    axes.set_ylim(-0.6, len(LANES) - 0.4)
    axes.grid(axis="y", color=palette.RULE, linewidth=0.7)
    return events.loc[happened.isin(["agreed", "concluded", "broken"]), "month"].drop_duplicates().tolist()


def _panel(axes: Axes, series: pd.DataFrame, panel: Panel) -> None:
    figures.plain(axes, "both")
    for column, label, colour, line in panel.series:
        if column in series:
            values = series[column].to_numpy(float)
            axes.plot(np.arange(len(values)), values, line, color=colour, linewidth=1.5, label=label)
    axes.set_title(f"{panel.title} ({panel.unit})", loc="left", fontsize=9, color=palette.INK, pad=3)
    if panel.unit.startswith("share"):
        axes.set_ylim(-0.03, 1.03)
        axes.set_yticks([0, 0.5, 1])
    else:
        axes.set_ylim(bottom=0)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False, fontsize=8, handlelength=1.8)


def dated(axes: Axes, series: pd.DataFrame) -> None:
    """Write years below the months of a series."""
    dates = [str(date)[:7] for date in series["date"]] if "date" in series else []
    januaries = [(month, date[:4]) for month, date in enumerate(dates) if date.endswith("-01")]
    if januaries:
        axes.set_xticks([month for month, _ in januaries], [year for _, year in januaries])
        axes.set_xlabel("January of each year", fontsize=9)
    else:
        axes.set_xlabel("month", fontsize=9)
    axes.set_xlim(-0.5, len(series) - 0.5)
