"""The published facts on the terminal and in a results folder: the table, the survival curve, the caveats."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from rich.console import Console
from rich.table import Table

import model
from experiments import briefing, facts, figures, manifest, palette, progress, store
from experiments.episodes import COST, GROW, REGION, Sample, Survival, simulated, survival_of
from experiments.findings import listed
from experiments.label import LABEL

#: How each kind of distance is written.
DISTANCES = {
    "z": "{:+.1f} z",
    "z of logs": "{:+.1f} z, of logs",
    "difference": "{:+.2f}",
    "log ratio": "{:+.2f}, log ratio",
}


class Order(NamedTuple):
    """What the command line asks for."""

    strategies: list[str] | None
    regions: int
    replicates: int
    seed: int
    months: int

    @property
    def sample(self) -> Sample:
        """The sample of worlds that is asked for."""
        return Sample(self.regions, self.replicates, self.seed, self.months)

    def command(self) -> str:
        """Return the command line that gives the same numbers again."""
        words = ["backchannel", "facts"]
        for name in self.strategies or ():
            words += ["--strategy", name]
        for name in ("regions", "replicates", "seed", "months"):
            words += [f"--{name}", str(getattr(self, name))]
        return shlex.join(words)


def facts_aloud(order: Order, out: Path | None, workers: int | None) -> None:
    """Grow the worlds with progress shown, write the results folder, then print what was found."""
    started = manifest.now()
    strategies, misfits = facts.mixed(order.strategies)
    place = out or store.default_folder("facts")
    with store.results_folder(place) as folder:
        what = f"{order.regions:,} worlds, {len(strategies)} strategies in turn"
        with progress.Progressing(what) as board:
            episodes = simulated(order.sample, strategies, workers, progress=board)
        table = facts.compared(episodes)
        table.to_csv(folder / "facts.csv", index=False)
        store.write_runs(episodes, folder / "episodes.parquet")
        (folder / "figures").mkdir()
        if episodes["imposed"].any():
            figures.save(survival(episodes), folder / "figures" / "survival.png")
        region = model.load_scenario(REGION)
        settings = {**asdict(order.sample), "grown": GROW}
        account = manifest.describe(order.command(), region, strategies, started, settings)
        manifest.write_manifest(folder, account)
    announce(table, [*notes(order, table), *misfits], place, briefing.console())


def announce(table: pd.DataFrame, said: list[str], place: Path, screen: Console) -> None:
    """Print the facts, what has to be known to read them, and where the results are."""
    screen.print(tabled(table))
    for sentence in said:
        screen.print(f"- {sentence}", highlight=False, markup=False)
    screen.print(f"\n{LABEL}. Written to {place}", highlight=False, markup=False, soft_wrap=True)


def tabled(table: pd.DataFrame) -> Table:
    """Return a heading for every fact and a row for each of its figures."""
    result = Table(box=None, pad_edge=False, header_style="bold", collapse_padding=True)
    result.add_column("")
    result.add_column("", overflow="fold")
    for heading in ("published", "model", "episodes", "distance"):
        result.add_column(heading, justify="right", no_wrap=True)
    sizes = facts.summary(table)
    for fact in facts.FACTS:
        result.add_row(fact.id, fact.sentence, *[""] * 3, mean_of(sizes, fact.id), style="bold")
        for _, row in table[table["fact"] == fact.id].iterrows():
            published = shown(row["published"], row["published_low"], row["published_high"])
            found = shown(row["model"], row["low"], row["high"])
            count = f"{row['episodes']:,}{'*' if row['thin'] else ''}"
            result.add_row(
                "", row["what"], published, found, count, told(row["distance"], row["distance_is"])
            )
    return result


def mean_of(sizes: pd.DataFrame, fact: str) -> str:
    """Return the mean size of a fact's distances, where there are several of a kind."""
    several = sizes[(sizes["fact"] == fact) & (sizes["count"] > 1)]
    words = [DISTANCES[row["distance_is"]].format(row["mean"]).lstrip("+") for _, row in several.iterrows()]
    return f"mean {words[0]}" if words else ""


def shown(value: float, low: float, high: float) -> str:
    """Return a share or a number of months, with its interval where there is one."""
    if np.isnan(value):
        return "–"
    digits = 2 if value < 5 else 0
    first, *ends = ("never" if np.isinf(one) else f"{one:.{digits}f}" for one in (value, low, high))
    return first if np.isnan(low) else f"{first} [{', '.join(ends)}]"


def told(distance: float, kind: str) -> str:
    """Return a distance in words."""
    return DISTANCES[kind].format(distance) if np.isfinite(distance) else "–"


def notes(order: Order, table: pd.DataFrame) -> list[str]:
    """Return what has to be known to read the table: what was not done, and by which conventions."""
    minor, major = list(COST.values())[:2]
    least, most = GROW["fewest_senders"], GROW["senders"]
    thin = [f"{row['fact']} {row['what']}" for _, row in table[table["thin"]].iterrows()]
    few = f"fewer than {facts.FEW} worlds"
    return [
        *sources(),
        "Nothing is fitted here: the model stands at its default numbers, and the distance is shown as it "
        f"is. z weighs a difference by both errors and by {facts.DISCREPANCY}, which no model is asked to "
        "resolve.",
        f"{order.regions:,} worlds are grown from {REGION}: {GROW['io_backed']:.0%} are drawn to have an "
        f"organisation's backing, {least} to {most} states send measures, commitment runs from 0 to 1. That "
        "mix, and the even mix of strategies, are not the record's: read within strata before levels.",
        f"An episode is resolved if it ended within {order.months} months; the others are censored. Measures "
        "count as imposed if they came before the end.",
        "Cost is what the target felt, on average since the measures came: minor below "
        f"{minor:g} points of a year's output, major below {major:g}, severe above. These bounds lie between "
        "the losses published for measures of the United States, of the United Nations and comprehensive "
        "ones (F29). Commitment is weak, moderate and strong by thirds.",
        f"* rests on {few}: {listed(thin, at_most=40)}." if thin else f"No figure rests on {few}.",
    ]


def sources() -> list[str]:
    """Return where the published figures are from, a sentence a source: what was taken for which fact."""
    taken: dict[str, dict[str, list[str]]] = {}
    for fact in facts.FACTS:
        source, _, what = fact.source.partition(": ")
        taken.setdefault(source, {}).setdefault(what, []).append(fact.id)
    sentences = []
    for source, parts in taken.items():
        told = "; ".join(f"{what} ({', '.join(named)})" for what, named in parts.items() if what)
        sentences.append(f"Published: {source}{told and ': '}{told}. docs/sources.md lists all figures.")
    return sentences


def survival(episodes: pd.DataFrame) -> Figure:
    """Return how long measures stay in force: the model's curve and the published points (F11)."""
    points = [
        (line.estimator.month, line.published.value)
        for line in facts.fact("F11").lines
        if isinstance(line.estimator, Survival)
    ]
    curve = survival_of(episodes[episodes["imposed"]])
    figure = figures.sheet(
        3.2, title_of(curve, points), "Band: 95% (Greenwood). Points: TIES 4 (F11). Not fitted."
    )
    axes = figure.subplots()
    figures.plain(axes, along="both")
    steps: dict[str, Any] = {"color": palette.SENDER}
    months = np.concatenate([[0.0], curve["month"]])
    axes.step(months, np.concatenate([[1.0], curve["survival"]]), where="post", linewidth=1.8, **steps)
    low, high = (np.concatenate([[1.0], curve[band]]) for band in ("low", "high"))
    axes.fill_between(months, low, high, step="post", alpha=0.2, linewidth=0, **steps)
    axes.plot(*zip(*points, strict=True), "o", color=palette.TARGET, markersize=7, markeredgecolor="white")
    axes.annotate(
        "published", points[2], (8, 6), textcoords="offset points", color=palette.TARGET, fontsize=8.5
    )
    middle = curve.iloc[(curve["month"] - 48).abs().argmin()]
    place = (float(middle["month"]), float(middle["survival"]))
    axes.annotate("model", place, (8, 6), textcoords="offset points", color=palette.SENDER, fontsize=8.5)
    axes.set_xlim(0, max(month for month, _ in points) + 4)
    axes.set_ylim(0, 1.02)
    axes.set_xticks(range(0, 121, 12))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("months since the measures were imposed", fontsize=9)
    axes.set_ylabel("still in force", fontsize=9)
    return figure


def title_of(curve: pd.DataFrame, points: list[tuple[int, float]]) -> str:
    """Return what the figure shows, from its numbers."""
    reached = [curve.loc[curve["month"] <= month, "survival"] for month, _ in points]
    gaps = [
        (float(known.iloc[-1]) if len(known) else 1.0) - value
        for known, (_, value) in zip(reached, points, strict=True)
    ]
    longer = sum(gap > 0 for gap in gaps)
    mean = float(np.mean(np.abs(gaps)))
    return (
        f"Measures outlast the record at {longer} of {len(points)} published months; "
        f"the mean distance is {100 * mean:.0f} points"
    )
