"""The comparison of strategies in words: who leads, who is level, who is behind, and what pairing bought."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from experiments import findings, measures
from experiments.analysis import differences, differences_figures, units
from experiments.analysis.differences import Contrasts
from experiments.analysis.section import Section
from experiments.sweeps.results import Results
from model.vocabulary import InputError

#: What strategies are compared on unless it is said: as many of these as were kept.
#: Of fewer units of luck than this, the ratio of two intervals says nothing.
FEW = 10
USUAL = (
    "settled_and_lasted",
    "settled",
    "months_to_first_relief",
    "months_to_agreement",
    "hardship",
    "reversals",
    "leaks",
)
KEY = "differences"


def section(
    results: Results,
    scenario: str | None = None,
    dispute: str | None = None,
    outcomes: Sequence[str] | None = None,
    against: str | None = None,
) -> Section:
    """Return which strategies differ for certain, on the same luck and the same numbers.

    Parameters
    ----------
    results : Results
    scenario, dispute : str, optional
        The first by default.
    outcomes : sequence of str, optional
        What strategies are compared on, the weightiest first; the usual ones that were kept by default.
    against : str, optional
        Compare each strategy with this one only; with every other by default.

    Raises
    ------
    InputError
        If an outcome is unknown, was not kept or is text, if there are fewer than two strategies, or none
        such as `against`.
    """
    scenario = scenario or results.scenarios[0]
    names = list(outcomes) if outcomes else _kept(results)
    for name in names:
        measures.measure_of(name)
    runs = results.runs(list(dict.fromkeys(names)), scenario, dispute)
    _comparable(runs, against)
    found = [
        differences.compared(runs, name, results.sampling(), results.months, against)
        for name in dict.fromkeys(names)
    ]
    return _told(found, results, scenario, against)


def _kept(results: Results) -> list[str]:
    kept = [name for name in USUAL if name in results.outcomes]
    if not kept:
        raise InputError(f"none of the usual outcomes was kept ({findings.listed(USUAL)}): name others")
    return kept


def _comparable(runs: pd.DataFrame, against: str | None) -> None:
    there = list(dict.fromkeys(runs["strategy"].astype(str)))
    if len(there) < 2:
        raise InputError(f"there is one strategy only, {there[0]}: a comparison takes two or more")
    if against is not None and against not in there:
        raise InputError(f"'{against}' (against) is not among the strategies: {findings.listed(there, 12)}")


def _told(found: Sequence[Contrasts], results: Results, scenario: str, against: str | None) -> Section:
    first = found[0]
    several = len(results.scenarios) > 1
    where = f" in {scenario}" if several else ""
    return Section(
        key=KEY,
        question=f"Which strategies differ from {against}{where}?"
        if against
        else f"Which strategy does best{where}, and from which is it told apart?",
        finding=_finding(first, against),
        sentences=[
            *(_verdict(contrasts, against) for contrasts in found[1:]),
            *_standing(first, against),
            _bought(first),
            *_applying(found),
        ],
        tables={"ranking": _rankings(found, against), "differences": _pairs(found)},
        figures=differences_figures.drawn(found, against),
        notes=_notes(found, results),
    )


def _finding(first: Contrasts, against: str | None) -> str:
    measure = first.measure
    if first.units < 2:
        return (
            f"Nothing is told apart: there is only one {first.unit} with luck of its own, so no spread to "
            "judge differences by; more replicates are needed"
        )
    if against or measure.column != measures.PRIMARY:
        return _verdict(first, against).removesuffix(".")
    table = first.table.assign(share=first.table["mean"], runs=first.runs)
    return findings.lead(table, first.pairs, first.runs * len(table))


def _verdict(contrasts: Contrasts, against: str | None) -> str:
    means, measure = contrasts.table["mean"].dropna(), contrasts.measure
    if len(means) < 2:
        there = findings.listed(list(means.index)) or "no strategy"
        return f"{measure.heading}: applies under {there}, so nothing is compared."
    if against is None:
        return findings.best_of(means, contrasts.pairs, measure)
    return findings.set_against(means, contrasts.pairs, measure, against)


def _standing(first: Contrasts, against: str | None) -> list[str]:
    pairs, apart = len(first.pairs), int(first.pairs["apart"].sum())
    if against or pairs < 2:
        return []
    table = first.table
    sentences = [f"On {first.measure.phrase}, {apart:,} of {pairs:,} pairs of strategies are told apart."]
    last = table[table["behind"] == table["behind"].max()]
    if apart and len(last) < len(table):
        count, named = int(table["behind"].max()), findings.listed([str(name) for name in last.index])
        sentences.append(f"Most often surpassed for certain, by {count} of the others: {named}.")
    return sentences


def _bought(first: Contrasts) -> str:
    ratio = differences.bought(first.pairs)
    if first.units < FEW:
        return f"With {first.units} units of luck, what pairing bought cannot be said."
    if ratio.empty:
        return (
            "No interval of a difference has both a width and an end, so what pairing bought cannot be said."
        )
    middle = float(ratio.median())
    spread = f" ({ratio.min():.2g} to {ratio.max():.2g} over {len(ratio):,} pairs)" if len(ratio) > 1 else ""
    return (
        f"Without common luck and numbers the interval of a difference on {first.measure.phrase} would be "
        f"{middle:.2g} times as wide{spread}; to make up for that takes {middle**2:.2g} times the runs."
    )


def _applying(found: Sequence[Contrasts]) -> list[str]:
    rare = []
    for contrasts in found:
        name = contrasts.measure.column
        where, seen = units.conditional(name), contrasts.table["units"]
        if where and seen.min() < contrasts.units:
            fewest = f"{seen.min():,} of {contrasts.units:,} {contrasts.unit}s under {seen.idxmin()}"
            rare.append(f"{name.replace('_', ' ')} ({where}; in {fewest})")
    if not rare:
        return []
    return [
        f"Does not apply in every run: {findings.listed(rare)}. Two strategies are compared in the runs in "
        "which it applies to both, so not on all luck."
    ]


def _rankings(found: Sequence[Contrasts], against: str | None) -> pd.DataFrame:
    frames = []
    for contrasts in found:
        name = against or str(contrasts.table.index[0])
        beside = (
            contrasts.beside(name)
            .add_prefix("difference ")
            .rename(columns={"difference corrected": "p corrected", "difference apart": "apart"})
        )
        frame = contrasts.table.join(beside).reset_index()
        frame.insert(0, "outcome", contrasts.measure.column)
        frames.append(frame.assign(**{"difference from": name}))
    return pd.concat(frames, ignore_index=True)


def _pairs(found: Sequence[Contrasts]) -> pd.DataFrame:
    tables = {contrasts.measure.column: contrasts.pairs for contrasts in found}
    return (
        pd.concat(tables, names=["outcome"])
        .reset_index(level=0)
        .reset_index(drop=True)
        .rename(columns={"corrected": "p corrected", "unpaired": "width if unpaired"})
    )


def _averaged(first: Contrasts) -> str:
    if first.unit == "block":
        return " A block is of draws that share numbers by design; it is averaged first and counts as one."
    if first.unit == "draw" and first.runs > first.draws:
        return " The runs of a draw share its numbers; they are averaged first and count as one."
    if first.unit == "replicate" and first.draws > 1:
        return (
            f" Each is averaged over {first.draws:,} draws, which share its luck: this holds for these draws."
        )
    return ""


def _notes(found: Sequence[Contrasts], results: Results) -> list[str]:
    first = found[0]
    count, pairs = first.units, len(first.pairs)
    notes = [
        f"Differences are taken {first.unit} by {first.unit}: over {count:,} {first.unit}s, which had the "
        f"same luck and numbers under every strategy ({first.runs:,} runs of each).{_averaged(first)}",
        "Intervals are of 95%, each by itself; apart means that p stays below 5% after Holm's correction "
        f"over the {pairs:,} comparisons of an outcome. Not told apart does not mean equal.",
    ]
    if first.left_out:
        notes.append(
            f"{first.left_out:,} {first.unit}s were left out: a strategy has not all of its runs there."
        )
    if not results.finished:
        notes.append("The sweep is not finished: more runs may change what is told apart.")
    if {contrasts.measure.column for contrasts in found} & set(units.WAITS):
        notes.append(
            "A wait for what never came is counted as the whole span, so means of waits are too short."
        )
    return notes
