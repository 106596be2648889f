"""How many replicates are enough, in words: what is needed, what pairing spares, what to write."""

from __future__ import annotations

from contextlib import nullcontext
from math import ceil, floor, log10
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments import briefing, progress, report, store
from experiments.analysis import spoken
from experiments.analysis.section import Section
from experiments.measures import Measure
from experiments.sweeps import enough_figures, enough_notes, sampling
from experiments.sweeps.aloud import counted
from experiments.sweeps.enough import Enough, enough
from experiments.sweeps.experiment import load_experiment

KEY = "replicates"
#: Designs whose size is a power of two.
EVEN = ("sobol", "saltelli")
#: Common luck that spares fewer units than this share is said to spare nothing.
NOTHING = 0.05


def enough_aloud(
    file: str,
    half_width: float,
    outcome: str,
    strategy: str | None,
    against: str | None,
    at_most: int,
    out: Path | None,
) -> None:
    """Find out how many replicates are enough and say it; keep it where `out` is named."""
    screen, experiment = briefing.console(), load_experiment(file)
    with store.results_folder(out) if out else nullcontext() as folder:
        with progress.Progressing(f"'{experiment.name}'") as board:
            found = enough(
                experiment, half_width, outcome, strategy, against, at_most=at_most, progress=board
            )
        section = section_of(found)
        if folder is not None:
            spoken.write(section, folder)
    spoken.say(section, screen)
    kept = f" Figures and tables: {out / spoken.FOLDER / KEY}" if out else " Nothing is kept without --out."
    screen.print(f"\n{report.LABEL}.{kept}", highlight=False, markup=False, soft_wrap=True)


def section_of(found: Enough) -> Section:
    """Return how many units of luck are enough for the wanted interval, and what to write into the file."""
    pairing = spared(found)
    return Section(
        key=KEY,
        question=f"How many {found.unit}s are enough to know differences in {found.measure.phrase} "
        f"to {width(found.measure, found.half_width)}?",
        finding=_finding(found),
        sentences=[
            *_written(found),
            _present(found),
            *_median(found),
            pairing,
            *_own(found),
            *_split(found),
        ],
        tables=_tables(found),
        figures=_figures(found, pairing.rstrip(".")),
        notes=enough_notes.notes(found),
    )


def width(measure: Measure, value: float) -> str:
    """Return a half-width in words: "±5 points", "±1.2 months"."""
    if not np.isfinite(value):
        return "an interval without end"
    size = f"{measure.scale * value:.2g}" if measure.scale * value < 10 else f"{measure.scale * value:.0f}"
    unit = "points" if measure.scale > 1 else measure.unit if measure.unit == "months" else ""
    return f"±{size} {unit}".rstrip()


def rounded(number: float) -> int:
    """Return a number of units as one would write it: two figures, rounded up."""
    step = 10 ** max(0, floor(log10(max(number, 1))) - 1)
    return ceil(number / step) * step


def recommended(found: Enough) -> tuple[int, int]:
    """Return how many units to ask for, and how many runs of each, rounded up to what can be written."""
    splits, replicates = found.splits(), found.experiment.replicates
    if found.unit == "replicate":
        return max(rounded(found.needed), found.first), 1
    needed = float(splits["draws"].loc[1]) if len(splits) else found.needed
    return max(rounded(needed), found.first), 1 if len(splits) else replicates


def lines(found: Enough) -> str:
    """Return what to write into the experiment's file."""
    count, replicates = recommended(found)
    if found.unit == "replicate":
        return f"replicates = {count}"
    said = found.experiment.uncertain
    points = count
    if said.design in sampling.DESIGNS:
        points = ceil(count / sampling.block_of(said.design, found.numbers))
    if said.design in EVEN:
        points = 1 << (points - 1).bit_length()
    return f"replicates = {replicates}, and under [uncertain] points = {points}"


def _finding(found: Enough) -> str:
    which = "every difference" if len(found.pairs) > 1 else "the difference"
    aim = f"to know {which} in {found.measure.phrase} to {width(found.measure, found.half_width)}"
    if found.reached:
        count, replicates = recommended(found)
        of = f" of {counted(replicates, 'run')}" if found.unit == "draw" else ""
        return f"{counted(count, found.unit)}{of} are enough {aim} (95% interval)"
    named = f"{_the_interval(found)}, {_pair(found)}," if len(found.pairs) > 1 else "the interval"
    stands = f"after {found.units:,} {named} stands at {_widest(found)}"
    if not np.isfinite(found.needed):
        return f"It cannot be told how many {found.unit}s are enough {aim}: {stands}"
    return (
        f"The {found.at_most:,} {found.unit}s allowed are not enough {aim}: {stands}, "
        f"and about {rounded(found.needed):,} are needed"
    )


def _widest(found: Enough) -> str:
    return width(found.measure, float(found.pairs.at[0, "half_width"]))  # type: ignore[arg-type]


def _pair(found: Enough) -> str:
    return " and ".join(found.widest)


def _written(found: Enough) -> list[str]:
    if np.isfinite(found.needed):
        return [f"To write into the file: {lines(found)}."]
    return []


def _present(found: Enough) -> str:
    many = found.experiment.replicates
    of = f" of {counted(many, 'run')}" if found.unit == "draw" else ""
    stands = f"As the file stands, with {counted(found.present, found.unit)}{of}"
    if found.present < 2:
        return f"{stands}, there is no interval at all."
    reach = f"{stands}, {_the_interval(found)} is {width(found.measure, found.reach(found.present))}"
    if found.reached or not np.isfinite(found.needed):
        return f"{reach}."
    return f"{reach}; the {found.at_most:,} allowed give {width(found.measure, found.reach(found.at_most))}."


def _the_interval(found: Enough) -> str:
    return "the widest interval" if len(found.pairs) > 1 else "the interval"


def _median(found: Enough) -> list[str]:
    if len(found.pairs) < 3 or not np.isfinite(found.needed):
        return []
    middle, most = rounded(float(found.pairs["needed"].median())), rounded(found.needed)
    if middle == most:
        return []
    return [
        f"Of {len(found.pairs):,} pairs the median needs {middle:,} {found.unit}s; "
        f"the widest, {_pair(found)}, needs {most:,}."
    ]


def spared(found: Enough) -> str:
    """Return in a sentence what it spares that strategies are compared on the same luck."""
    same = "luck and numbers" if found.unit == "draw" else "luck"
    kept = found.pairs[np.isfinite(found.pairs["saved"]) & (found.pairs["saved"] > 0)]
    if kept.empty:
        return f"What sharing {same} spares cannot be told."
    parts = 1 - 1 / kept["saved"]
    middle, low, high = parts.median(), parts.min(), parts.max()
    if middle < NOTHING:
        return f"Sharing {same} spares next to no {found.unit}s here."
    spread = f" ({low:.0%} to {high:.0%}, by pair)" if f"{low:.0%}" != f"{high:.0%}" else ""
    return f"Sharing {same} spares {middle:.0%} of the {found.unit}s{spread}."


def _own(found: Enough) -> list[str]:
    own = found.strategies
    name = str(own["half_width"].idxmax())
    reach = width(found.measure, float(own["half_width"].max()))
    each = f"After {found.units:,} {found.unit}s each strategy's own mean is known to {reach}"
    return [f"{each} or better; {name} is the least sure."]


def _split(found: Enough) -> list[str]:
    splits = found.splits()
    if splits.empty or found.luck is None:
        return []
    share, cost = found.luck.of_a_run, splits["runs of each strategy"]
    more, draws = float(cost.loc[4] / cost.loc[1]) - 1, int(splits["draws"].loc[4])
    taken = f"with 4 runs of each draw the same interval takes {draws:,} draws and"
    cheaper = (
        f"More draws are cheaper than more replicates: {taken} {more:.0%} more runs."
        if more >= NOTHING
        else f"More draws and more replicates cost the same here: {taken} next to no more runs."
    )
    whose = "the widest pair's difference" if len(found.pairs) > 1 else "the difference"
    return [
        f"{cheaper} Of the variance of {whose} {share.estimate:.0%} "
        f"({share.low:.0%} to {share.high:.0%}) is luck, the rest is owed to the numbers drawn."
    ]


def _title(found: Enough) -> str:
    wanted = width(found.measure, found.half_width)
    every = f"{wanted} for every pair" if len(found.pairs) > 1 else wanted
    heading = f"{found.measure.heading}: {every} takes {rounded(found.needed):,} {found.unit}s"
    if found.present < 2:
        return heading
    given = width(found.measure, found.reach(found.present))
    return f"{heading}; the {found.present:,} of the file give {given}"


def _figures(found: Enough, pairing: str) -> dict[str, Figure]:
    drawn = {}
    if np.isfinite(found.needed) and found.pairs["half_width"].max() > 0:
        drawn["half-widths"] = enough_figures.half_widths(found, _title(found))
        if len(found.pairs) > 2:
            drawn["pairing"] = enough_figures.pairing(found, pairing)
    return drawn


def _tables(found: Enough) -> dict[str, pd.DataFrame]:
    unit = found.unit
    words = {
        "estimate": "difference",
        "half_width": "half-width",
        "needed": f"{unit}s needed",
        "unpaired": "unpaired",
        "saved": "times as many",
    }
    rounds = {"units": f"{unit}s", "widest": "widest half-width", "median": "median half-width"}
    tables = {
        "pairs": found.pairs[["first", "second", *words]].rename(columns=words),
        "strategies": found.strategies.sort_values("needed", ascending=False).rename(
            columns={"low": "from", "high": "to", **words}
        ),
        "rounds": found.rounds.rename(columns=rounds),
    }
    tables = {name: table.replace(np.inf, np.nan) for name, table in tables.items()}
    return tables | ({"splits": found.splits()} if len(found.splits()) else {})
