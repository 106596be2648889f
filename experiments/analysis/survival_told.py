"""Survival in words: how long agreements live and what they die of, and how long relief is waited for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from experiments.analysis import survival, survival_figures
from experiments.analysis.section import Section
from experiments.analysis.survival import Followed
from experiments.analysis.survival_study import DEATHS, NEEDED, Study, came, studied, tables
from experiments.findings import best_of, listed
from experiments.statistics import Interval, versus
from experiments.sweeps.results import Results

KEY = "survival"


def section(results: Results, scenario: str | None = None, dispute: str | None = None) -> Section:
    """Return how long agreements live under each strategy, what ends them, and how long relief takes.

    Parameters
    ----------
    results : Results
    scenario, dispute : str, optional
        The first by default.

    Raises
    ------
    InputError
        If an outcome that is needed was not kept, or no unit is complete yet.
    """
    scenario = scenario or results.scenarios[0]
    runs = results.runs(list(NEEDED), scenario, dispute)
    study = studied(runs, results.sampling(), results.months[scenario])
    where = f" in {scenario}" if len(results.scenarios) > 1 else ""
    return Section(
        key=KEY,
        question=f"How long do agreements live{where}, and what ends them?",
        finding=finding(study),
        sentences=sentences(study),
        tables=tables(study),
        figures=survival_figures.drawn(study),
        notes=notes(study, results.finished),
    )


def finding(study: Study) -> str:
    """Return under which strategy most months are spent under an agreement, over all runs."""
    if study.whole is None:
        return f"None of {len(study.runs):,} runs came to an agreement, so there is no life to follow"
    means = study.under.table["mean"]
    if len(means) == 1:
        row = study.under.table.iloc[0]
        return (
            f"{row.name} spends {row['mean']:.1f} of {study.months} months under an agreement "
            f"({row['low']:.1f} to {row['high']:.1f}), on average over all runs"
        )
    return best_of(means, study.under.pairs, study.under.measure).removesuffix(".")


def sentences(study: Study) -> list[str]:
    """Return what else the numbers say, the weightiest first."""
    if study.whole is None:
        told = []
    else:
        told = [_alive(study, study.whole), *_longest(study), *_medians(study), *_deaths(study, study.whole)]
    told += [_wait(study, "Relief begins", study.relief), _wait(study, "An agreement comes", study.settled)]
    return [*told, _ended(study)]


def _share(value: Interval) -> str:
    return f"{value.estimate:.0%} ({value.low:.0%} to {value.high:.0%})"


def _alive(study: Study, whole: Followed) -> str:
    died = int(whole.lives.ended.sum())
    parts = [f"{_share(whole.at(month))} after {month}" for month in study.read if month < whole.months]
    read = f"; still alive were {listed(parts)} months" if parts else ""
    return (
        f"{len(whole.lives):,} of {len(study.runs):,} runs came to an agreement, and {died:,} of these first "
        f"agreements were seen to die{read}."
    )


def _longest(study: Study) -> list[str]:
    names = list(study.agreements)
    if len(names) < 2:
        return []
    best, worst = names[0], names[-1]
    longest, shortest = (_months(study.agreements[name].mean(study.until)) for name in (best, worst))
    apart = bool(versus(study.pairs, best)["apart"][worst])
    return [
        f"Once concluded, agreements live longest under {best}, {longest} of their first {study.until} "
        f"months, and shortest under {worst}, {shortest}; the log-rank test tells these two "
        f"{'apart' if apart else 'not apart'}, and {int(study.pairs['apart'].sum())} of "
        f"{len(study.pairs):,} comparisons in all (after Holm's correction)."
    ]


def _months(value: Interval) -> str:
    return f"{value.estimate:.1f} ({value.low:.1f} to {value.high:.1f})"


def _medians(study: Study) -> list[str]:
    found = {name: each.median() for name, each in study.agreements.items()}
    reached = {
        name: value.estimate
        for name, value in found.items()
        if value.estimate < study.agreements[name].months
    }
    if not found:
        return []
    if not reached:
        return ["Under no strategy was half of the agreements seen to die."]
    soonest = min(reached, key=lambda name: reached[name])
    return [
        f"Half of the agreements had died as far as they were followed under {len(reached)} of {len(found)} "
        f"strategies, soonest under {soonest} (within {reached[soonest]:.0f} months)."
    ]


def _deaths(study: Study, whole: Followed) -> list[str]:
    known = [month for month in study.read if month < whole.months]
    if not known or not whole.lives.ways:
        return []
    table = survival.aalen_johansen(whole, known[-1:]).sort_values("share", ascending=False, kind="stable")
    told = [
        f"{DEATHS[str(row.way)]}, {row.share:.1%} ({row.low:.1%} to {row.high:.1%})"
        for row in table.itertuples()
    ]
    return [f"Within {known[-1]} months first agreements died of {'; '.join(told[:4])}."]


def _wait(study: Study, event: str, found: Mapping[str, Followed]) -> str:
    medians = {name: found[name].median() for name in study.order}
    soonest = min(medians, key=lambda name: medians[name].estimate)
    never = [name for name, value in medians.items() if np.isinf(value.estimate)]
    if len(never) == len(medians):
        most = max(medians, key=lambda name: came(found[name], study.months).estimate)
        return (
            f"{event} in half of the runs under no strategy; most often under {most}, "
            f"in {_share(came(found[most], study.months))}."
        )
    value = medians[soonest]
    upper = "never" if np.isinf(value.high) else f"{value.high:.0f}"
    rest = f"; under {listed(never, 4)} in most runs it never does" if never else ""
    return (
        f"{event} soonest under {soonest}: in half of the runs by month {value.estimate:.0f} "
        f"({value.low:.0f} to {upper}){rest}."
    )


def _ended(study: Study) -> str:
    shares = study.runs["label"].astype(str).value_counts(normalize=True)
    ways = [f"{label} ({share:.0%})" for label, share in shares.items()]
    return f"Over all strategies runs ended most often as {listed(ways[:3])}."


def notes(study: Study, finished: bool) -> list[str]:
    """Return how it was computed, and what it does not cover."""
    unit, count = study.unit, study.runs[study.column].nunique()
    shared = study.relief[study.order[0]].lives.shared
    band = f"percentiles over {survival.RESAMPLES:,} resamples of {count:,} {unit}s"
    band += ", whose runs stay together" if shared else "; log-log along curves"
    one = f" (one run of each {unit} enters)" if shared else ""
    return [
        "Lives are of the first agreement of a run. One that is alive at the end is censored: neither "
        "dropped nor taken as dead. A curve assumes that agreements concluded late, which are seen for less "
        "long, die like those concluded early.",
        "Which runs come to an agreement differs by strategy, so lives are not compared on the same runs: "
        f"the log-rank test takes agreements as independent and makes no use of pairing{one}. Months under "
        "an agreement count every run, none where there was none, and are compared on the same luck.",
        f"Intervals are of 95%: {band}; Wilson's where nothing or everything was seen to end.",
        "Ways to die compete: each share is what died of it while all others were at work (Aalen and "
        "Johansen); with the living they add up to one. Labels have no date: they are shares at the end.",
        "A wait for what never came is censored at the end: it counts as longer than all that ended.",
        *_left_out(study, finished),
    ]


def _left_out(study: Study, finished: bool) -> list[str]:
    told = []
    if study.few:
        names = listed([f"{name} ({count})" for name, count in study.few.items()])
        told.append(f"Fewer than {survival.FEWEST} agreements, and so no curve: {names}.")
    if study.under.left_out:
        told.append(f"{study.under.left_out:,} {study.unit}s were left out: a strategy lacks a run in them.")
    if not finished:
        told.append("The sweep is not finished: more runs may change what is told apart.")
    return told
