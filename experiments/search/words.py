"""A search in words: what is on the front, what of it stands on fresh ground, and how much was looked at."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from experiments.findings import listed
from experiments.search.found import Found
from experiments.search.results import SearchResults
from experiments.search.titles import letters, numbered
from experiments.sweeps import orders
from experiments.sweeps.aloud import counted

#: A share of resamples from which on something is said to be sure.
SURE = 0.95
#: The front grew by less than this over the last third of the search: it had come to rest.
REST = 0.01
#: Candidates on the front from which on it is said what they have in common.
SEVERAL = 5


def finding(found: Found, account: Mapping[str, Any]) -> str:
    """Return the answer in a sentence."""
    number, tried = len(found.front), len(found.candidates)
    of = f"all {tried:,} candidates" if found.truth else f"{tried:,} candidates tried of {account['size']:,}"
    verb = "is" if number == 1 else "are"
    sentence = f"Of {of}, {number:,} {verb} matched by no other at all {len(found.aims)} goals"
    if found.fresh is None:
        return sentence
    still = int(found.still.sum())
    if number == 1:
        return sentence
    return f"{sentence}; on fresh draws and luck {still:,} of these still {'is' if still == 1 else 'are'}"


def sentences(found: Found, results: SearchResults) -> list[str]:
    """Return what else the numbers say, the weightiest first."""
    return [
        *_against_bases(found),
        *_flattery(found),
        *_best(found),
        _membership(found),
        *_common(found, results),
        *_looked(found, results.account),
        *_left_out(found, results.account),
    ]


def _against_bases(found: Found) -> list[str]:
    where = "On fresh draws and luck" if found.fresh is not None else "On the luck of the search"
    told = []
    for base, rows in found.better.groupby("base", sort=False):
        better = rows[rows["better"]]
        if better.empty:
            told.append(f"{where} none of the front beats {base} as it stands (at no goal worse).")
            continue
        surest = rows.sort_values("share", kind="stable").iloc[-1]
        sure = int((rows["share"] >= SURE).sum())
        number = numbered(found)[str(surest["strategy"])]
        certain = f"{sure:,} of them for certain" if sure else "none of them for certain"
        told.append(
            f"{where} {len(better):,} of the front beat {base} as it stands (at no goal worse, at one "
            f"better), {certain}; the surest is number {number}, in {surest['share']:.0%} of resamples."
        )
    return told


def _flattery(found: Found) -> list[str]:
    leads = found.leads()
    if leads.empty or not len(leads.columns):
        return []
    less, more, level = [], [], []
    for aim, (_, row) in zip(found.aims, leads.iterrows(), strict=True):
        gap = f"{aim.phrase}, from {aim.gap(row['tried'])} to {aim.gap(row['fresh'])}"
        if row["flattered_low"] > 0:
            less.append(gap)
        elif row["flattered_high"] < 0:
            more.append(gap)
        else:
            level.append(aim.phrase)
    told = []
    if less:
        told.append(
            "Chosen by its luck, the front looked better than it is: on fresh ground its mean lead over the "
            f"bases (+ is better) shrank at {listed(less)}."
        )
    if more:
        told.append(f"On fresh ground its mean lead over the bases (+ is better) grew at {listed(more)}.")
    if level:
        told.append(
            f"At {listed(level)} the front's lead over the bases on fresh ground is not told apart from that "
            "on the luck by which it was chosen."
        )
    return told


def _best(found: Found) -> list[str]:
    names, told = numbered(found), []
    for aim in found.aims:
        column = found.seen.values.loc[found.front, aim.phrase]
        best = str((column * aim.sign).idxmax())
        again = ""
        if found.fresh is not None:
            again = f", {aim.amount(found.fresh.value(best, aim.phrase))} on fresh ground"
        told.append(f"{aim.phrase}: number {names[best]} ({aim.amount(column[best])}{again})")
    return [f"Best at each goal: {'; '.join(told)}."]


def _membership(found: Found) -> str:
    if found.seen.units < 2:
        return "There is one draw and one replicate only, so nothing can be said of how sure the front is."
    sure, half = ((found.membership >= share).sum() for share in (SURE, 0.5))
    return (
        f"Of the {len(found.front):,} on the front, {sure:,} stay on it in at least {SURE:.0%} of resamples "
        f"of the {found.seen.units:,} draws, and {half:,} in at least half."
    )


def _common(found: Found, results: SearchResults) -> list[str]:
    """Say which step comes before which on the front more often than in all valid orders."""
    front = found.candidates.loc[found.front]
    ways = [order for order in front["order"].drop_duplicates() if order is not None]
    if len(ways) < SEVERAL or front["base"].nunique() > 1:
        return []
    steps, rules = front["steps"].iloc[0], results.rules(str(front["base"].iloc[0]))
    every = orders.count(len(steps), rules)
    gaps = []
    for pair in itertools.permutations(range(len(steps)), 2):
        times = sum(order.index(pair[0]) < order.index(pair[1]) for order in ways)
        usual = orders.count(len(steps), [*rules, pair]) / every
        gaps.append((times / len(ways) - usual, times, usual, pair))
    _, times, usual, (first, second) = max(gaps)
    return [
        f"What its orders have in common: '{steps[first]}' comes before '{steps[second]}' in {times:,} of "
        f"the {len(ways):,} orders on the front, and in {usual:.0%} of all valid orders."
    ]


def _looked(found: Found, account: Mapping[str, Any]) -> list[str]:
    """Say how much of the space was looked at, and whether more would be found."""
    if found.truth is not None:
        return [_truth(found)]
    told = [
        f"{len(found.candidates):,} of {account['size']:,} candidates were tried: the true front is not "
        "known, and what is on this one may be beaten by what was not tried."
    ]
    if found.course is not None and len(found.course) > 2:
        tried, covers = found.course.T
        then = int(2 * len(covers) / 3)
        grown = covers[-1] / covers[then - 1] - 1
        rest = "it had come to rest" if grown < REST else "a longer search is likely to find more"
        told.append(
            f"Over the last {tried[-1] - tried[then - 1]:,.0f} candidates what the front covers grew by "
            f"{grown:.1%}: {rest}."
        )
    return told


def _truth(found: Found) -> str:
    truth = found.truth
    assert truth is not None
    if truth.found is None or truth.covered is None:
        return (
            f"Every one of the {truth.candidates:,} different candidates was run, so this front is the "
            "true one on these draws and luck."
        )
    share, blindly = truth.found / truth.front, truth.tried / truth.candidates
    return (
        f"Every one of the {truth.candidates:,} different candidates was run as well: the search tried "
        f"{truth.tried:,} of them and found {truth.found:,} of the {truth.front:,} on the true front "
        f"({share:.0%}; as many drawn blindly would have found {blindly:.0%}). What "
        f"it tried covers {truth.covered:.1%} of what the true front covers."
    )


def _left_out(found: Found, account: Mapping[str, Any]) -> list[str]:
    told = []
    if account["impossible"]:
        told.append(
            f"{counted(account['impossible'], 'candidate')} could not be made or fit no scenario, such as: "
            f"{account['reason']}."
        )
    if found.failed:
        told.append(f"{counted(found.failed, 'candidate')} had a run that failed, and were left out.")
    return told


def notes(found: Found, account: Mapping[str, Any]) -> list[str]:
    """Return how it was computed, and what it does not cover."""
    kind, units = account["kind of state"], found.seen.units
    replicates = int(account["replicates"]) if kind == "draw" else 1
    states = f"{units:,} {kind}s" + (f" of {replicates:,} runs each" if replicates > 1 else "")
    told = [
        f"Every candidate met the same {states}, with the same luck. A front is of the candidates that no "
        "other is as good as at every goal and better than at one. Intervals: 95%, draws drawn anew with "
        "replacement; they do not know that the front was chosen by its luck.",
    ]
    if found.fresh is not None:
        told.append(
            f"Fresh ground: the front and the bases again on {found.fresh.units:,} {kind}s with luck of "
            "another seed. Values there are not flattered by the choice, and are those to go by."
        )
    if account["is_searched"]:
        bred = {"nsga2": "NSGA-II", "nsga3": "NSGA-III"}[account["algorithm"]]
        told.append(
            f"Searched by {bred}: {account['search']['population']:,} candidates a generation, of which only "
            "those not tried before are run."
        )
    if account["ranges"]:
        told.append(f"Ranges are walked in hundredths: {listed(account['ranges'])}.")
    several = [entry for entry in account["scenarios"] if entry["disputes"] > 1]
    told += [f"Of {entry['name']} the dispute {entry['dispute']} is judged." for entry in several]
    if named := letters(found):
        told.append(f"Steps: {named}.")
    return told
