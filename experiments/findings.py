"""What the runs say, as a table and as sentences; no sentence is typed in, all are made from the numbers.

Strategies are ranked by the share of runs that settled and lasted. For each measure the best
strategy is named, then those not told apart from it, then those that differ from it for certain
(after Holm's correction over all pairs of that measure).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from experiments import statistics
from experiments.measures import MEASURES, PRIMARY, Measure

#: How medians of waits are to be read.
MEDIANS = (
    "Months are medians over all runs; a run that never got there counts as later than any other, and "
    "“never” means that half of them or more never did."
)
#: What strategies spend, and in which unit: they are comparable only where these are equal.
MEANS = {"relief": "points of a year's output", "pressure": "level x months", "effort": "envoy-months"}


def prepared(runs: pd.DataFrame, months: int) -> pd.DataFrame:
    """Return `runs` with names as text and the wait for relief counted as `months` where none ever came."""
    result = runs.astype(dict.fromkeys(runs.select_dtypes("category").columns, str)).copy()
    if "months_to_first_relief" in result:
        result["months_waited"] = result["months_to_first_relief"].fillna(months).clip(upper=months)
    for name in (PRIMARY, "settled"):
        if name in result:
            result[name] = result[name].astype(bool)
    return result


def about(dispute: str, disputes: Sequence[str], other: str = "--dispute names another") -> str:
    """Return which of several disputes is told of, and how an `other` is; nothing where there is one only."""
    others = [name for name in disputes if name != dispute]
    if not others:
        return ""
    named = f"The scenario holds {len(disputes)} disputes; this is about {dispute}"
    return f"{named}, not {listed(others)} ({other})."


def measured(runs: pd.DataFrame) -> list[Measure]:
    """Return the measures that `runs` carry."""
    return [measure for measure in MEASURES if measure.column in runs.columns]


def summary(runs: pd.DataFrame) -> pd.DataFrame:
    """Return one row a strategy, best first: share settled and lasted, waits, means, commonest failure.

    A wait has its median over all runs with interval and quartiles, the share of runs in which it ended
    ("ever") and the median of those ("where").
    """
    rows = {name: _row(group) for name, group in runs.groupby("strategy", sort=True)}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")
    return table.sort_values(["share", "settled"], ascending=False, kind="stable")


def _row(group: pd.DataFrame) -> dict[str, object]:
    share = statistics.wilson(int(group[PRIMARY].sum()), len(group))
    row: dict[str, object] = {
        "runs": len(group),
        "share": share.estimate,
        "low": share.low,
        "high": share.high,
    }
    row["settled"] = float(group["settled"].mean()) if "settled" in group else np.nan
    for column, name in (("months_to_first_relief", "relief"), ("months_to_agreement", "agreement")):
        wait = statistics.median_wait(group[column])
        row |= {name: wait.estimate, f"{name}_low": wait.low, f"{name}_high": wait.high}
        row[f"{name}_first"], row[f"{name}_third"] = statistics.quartiles(group[column])
        row[f"{name}_ever"] = float(group[column].notna().mean())
        row[f"{name}_where"] = float(group[column].median())
    for column in ("hardship", "leaks", "reversals"):
        mean = statistics.mean_with_interval(group[column]) if column in group else None
        if mean is not None:
            row |= {column: mean.estimate, f"{column}_low": mean.low, f"{column}_high": mean.high}
    row["failure"], row["failure_share"] = commonest_failure(group)
    return row


def commonest_failure(group: pd.DataFrame) -> tuple[str, float]:
    """Return the commonest label among runs that did not settle and last, and its share of all runs."""
    failed = group.loc[~group[PRIMARY], "label"].value_counts()
    if failed.empty:
        return "none", 0.0
    most = failed[failed == failed.max()].sort_index()
    return str(most.index[0]), float(most.iloc[0] / len(group))


def listed(names: Sequence[str], at_most: int = 6) -> str:
    """Return the names as prose: "a, b and c", or "a, b and 4 others" where there are many."""
    names = list(names)
    if len(names) > at_most:
        rest = len(names) - at_most + 1
        return f"{', '.join(names[: at_most - 1])} and {rest} others"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def means_by_strategy(runs: pd.DataFrame, measure: Measure) -> pd.Series[float]:
    """Return the mean of `measure` for each strategy, best first."""
    means = runs.groupby("strategy", sort=True)[measure.column].mean().astype(float)
    return means.sort_values(ascending=not measure.high_is_good, kind="stable")


def headline(runs: pd.DataFrame, pairs: pd.DataFrame, copies: Collection[str] = ()) -> str:
    """Return the finding on shares settled and lasted in one sentence, with its uncertainty.

    The shuffled `copies` of strategies are never told as the best, but where the best stands among them.
    """
    table = summary(runs)
    own = table[~table.index.isin(copies)]
    finding = lead(own, pairs, int(own["runs"].sum()))
    return "; ".join([finding, *among_copies(table["share"], pairs, MEASURES[0], copies)])


def among_copies(
    means: pd.Series[float], pairs: pd.DataFrame, measure: Measure, copies: Collection[str]
) -> list[str]:
    """Return where the best strategy stands among the shuffled `copies`, if there are any, as a clause.

    `means` are of strategies and copies together, best first.
    """
    made = [str(name) for name in means.index if name in copies]
    if not made:
        return []
    best = next(str(name) for name in means.index if name not in copies)
    better, worse, level = _sorted_out(pairs, best, made, measure)
    places = {"ahead of it": len(better), "not told apart from it": len(level), "behind it": len(worse)}
    counts = {place: number for place, number in places.items() if number}
    if len(made) == 1:
        told = f"the shuffled copy is {next(iter(counts))}"
    elif len(level) == len(made):
        told = f"none of {len(made)} shuffled copies is told apart from it"
    else:
        parts = [f"{number} {'is' if number == 1 else 'are'} {place}" for place, number in counts.items()]
        told = f"of {len(made)} shuffled copies {listed(parts)}"
    if made[0] == means.index[0] and means[made[0]] != means[best]:
        told += f" (the best: {measure.amount(means[made[0]])})"
    return [told]


def lead(table: pd.DataFrame, pairs: pd.DataFrame, total: int) -> str:
    """Return which strategy settled and lasted most often, and whether it is told apart from the others.

    `table` has a row a strategy, best first, with runs, share, low and high; `total` is of all runs.
    """
    leader, row = str(table.index[0]), table.iloc[0]
    spread = f"{row.share:.0%} of {int(row.runs):,} runs ({row.low:.0%} to {row.high:.0%})"
    if row.share == 0:
        return f"No strategy settled and lasted in any of {total:,} runs"
    if len(table) == 1:
        return f"{leader} settled and lasted in {spread}"
    level = _parted(pairs, leader, list(table.index[1:]))[1]
    if not level:
        return f"{leader} settled and lasted most often: in {spread}, ahead of every other strategy"
    if len(level) == len(table) - 1:
        return f"No strategy is told apart from {leader}, which settled and lasted in {spread}"
    return f"{leader} leads, settled and lasting in {spread}, but is not told apart from {listed(level, 4)}"


def _parted(pairs: pd.DataFrame, name: str, others: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return which of `others` are told apart from `name`, and which are not, in their order."""
    apart = statistics.versus(pairs, name)["apart"]
    return [other for other in others if apart[other]], [other for other in others if not apart[other]]


def verdict(runs: pd.DataFrame, pairs: pd.DataFrame, measure: Measure, copies: Collection[str] = ()) -> str:
    """Return which strategy does best on `measure`, which are level with it and which differ for certain.

    The shuffled `copies` of strategies are counted, not named.
    """
    means = means_by_strategy(runs, measure)
    own = means[~means.index.isin(copies)]
    real = pairs[~pairs["first"].isin(copies) & ~pairs["second"].isin(copies)]
    told = best_of(own, real, measure).removesuffix(".")
    return "; ".join([told, *among_copies(means, pairs, measure, copies)]) + "."


def best_of(means: pd.Series[float], pairs: pd.DataFrame, measure: Measure) -> str:
    """Return the same as `verdict`, from the means of strategies, best first."""
    best, others = str(means.index[0]), [str(name) for name in means.index[1:]]
    extreme = "highest" if measure.high_is_good else "lowest"
    opening = f"{measure.heading}: {extreme} under {best} ({measure.amount(means.iloc[0])})"
    if not others:
        return f"{measure.heading}: {measure.amount(means.iloc[0])} under {best}."
    if not pairs["apart"].any():
        return f"{opening}, but no two strategies are told apart."
    better, worse, level = _sorted_out(pairs, best, others, measure)
    way = "lower" if measure.high_is_good else "higher"
    parts = [opening]
    if not worse.empty:
        parts.append(f"{way} by {measure.gap(worse.min(), worse.max())} under {listed(list(worse.index))}")
    if level:
        parts.append(f"not told apart from {listed(level)}")
    if not better.empty:  # means are of all runs in which it applies, differences of those that two share
        gap = measure.gap(better.min(), better.max())
        parts.append(
            f"yet in the runs where it applies to both, better by {gap} under {listed(list(better.index))}"
        )
    return "; ".join(parts) + "."


def _sorted_out(
    pairs: pd.DataFrame, name: str, others: Sequence[str], measure: Measure
) -> tuple[pd.Series[float], pd.Series[float], list[str]]:
    """Return by how much others are better than `name` for certain, by how much worse, and who is level."""
    apart, level = _parted(pairs, name, others)
    ahead = -statistics.versus(pairs, name)["estimate"].loc[apart] * (1 if measure.high_is_good else -1)
    return ahead[ahead > 0], -ahead[ahead < 0], level


def set_against(means: pd.Series[float], pairs: pd.DataFrame, measure: Measure, name: str) -> str:
    """Return which strategies do better than `name` on `measure`, which worse, and which are level with it.

    `means` are of the strategies, best first; `pairs` holds the comparisons with `name`.
    """
    opening = f"{measure.heading}: {measure.amount(means[name])} under {name}"
    others = [str(other) for other in means.index if other != name]
    better, worse, level = _sorted_out(pairs, name, others, measure)
    parts = [opening]
    for way, gaps in (("better", better), ("worse", worse)):
        if not gaps.empty:
            parts.append(f"{way} by {measure.gap(gaps.min(), gaps.max())} under {listed(list(gaps.index))}")
    if level:
        parts.append(f"not told apart from {listed(level)}")
    return "; ".join(parts) + "."


def standings(runs: pd.DataFrame, pairs: pd.DataFrame) -> list[str]:
    """Return, for each strategy in order, which it is ahead of for certain and which it is level with."""
    order = [str(name) for name in summary(runs).index]
    sentences = []
    for place, name in enumerate(order):
        apart, level = _parted(pairs, name, [other for other in order if other != name])
        ahead = [other for other in order[place + 1 :] if other in apart]
        parts = [f"is ahead of {listed(ahead)}"] if ahead else []
        parts += [f"is not told apart from {listed(level)}"] if level else []
        sentences.append(f"{name} {' and '.join(parts) or 'is behind every other strategy'}.")
    return sentences


def against_shuffled(pairs: pd.DataFrame, copies: Mapping[str, Sequence[str]]) -> list[str]:
    """Return from how many of its shuffled copies each strategy is told apart, on the measure of `pairs`."""
    sentences = []
    for name, made in copies.items():
        if made:
            apart = len(_parted(pairs, name, made)[0])
            told = (
                "its shuffled copy"
                if len(made) == 1
                else f"{apart or 'any'} of its {len(made)} shuffled copies"
            )
            sentences.append(f"{name} is {'' if apart else 'not '}told apart from {told}.")
    return sentences


def unequal_means(totals: pd.DataFrame, tolerance: float = 0.05) -> list[str]:
    """Return a sentence for each total (relief, pressure, effort) that differs between strategies."""
    sentences = []
    for name, unit in MEANS.items():
        column = totals[name].astype(float)
        if column.max() - column.min() > tolerance * max(abs(column.mean()), 1e-12):
            ends = f"{column.min():.3g} ({column.idxmin()}) to {column.max():.3g} ({column.idxmax()})"
            sentences.append(f"Total {name} planned differs: {ends}, in {unit}.")
    return sentences


def seldom(table: pd.DataFrame) -> list[str]:
    """Return of each median that is "never" how many runs got there after all, and when, in sentences.

    `table` has a row a strategy, as `summary` returns it.
    """
    sentences = []
    for name, done in (("relief", "had relief"), ("agreement", "came to an agreement")):
        rows = table[np.isinf(table[name].astype(float))]
        if rows.empty:
            continue
        under = listed(list(rows.index), 4) if len(rows) < len(table) or len(rows) == 1 else "every strategy"
        shares = spread(rows[f"{name}_ever"], "{:.0%}")
        months = spread(rows[f"{name}_where"].dropna(), "{:.0f}")
        there = (
            f"of those that did ({shares} of runs), half were there by month {months}"
            if months
            else "none did"
        )
        sentences.append(f"Under {under} half of the runs or more never {done}; {there}.")
    return [MEDIANS, *sentences] if sentences else []


def spread(values: pd.Series[float], form: str) -> str:
    """Return the range of values as it is said: "3 to 7", "3" where all are alike, nothing of none."""
    return " to ".join(dict.fromkeys(form.format(end) for end in (values.min(), values.max()) if len(values)))


def ending_title(runs: pd.DataFrame) -> str:
    """Return which way of failing was the commonest over all runs, as a title."""
    label, share = commonest_failure(runs)
    if label == "none":
        return "Every run settled and lasted"
    return (
        f"How each strategy ended: over all of them, the commonest failure is “{label}” ({share:.0%} of runs)"
    )


def waiting_title(table: pd.DataFrame, copies: Collection[str] = ()) -> str:
    """Return which strategy brings relief soonest, as a title; none of the shuffled `copies`."""
    waits = table.loc[~table.index.isin(copies), "relief"].astype(float)
    if np.isinf(waits.min()):
        return "Under no strategy does relief begin in half of the runs"
    soonest = listed([str(name) for name in waits.index[waits == waits.min()]], 4)
    never = int(np.isinf(waits).sum())
    rest = f"; under {never} of {len(waits)} it never begins in most runs" if never else ""
    return f"Relief begins soonest under {soonest} (median month {waits.min():.0f}){rest}"


def contrast_title(pairs: pd.DataFrame) -> str:
    """Return how many pairs of strategies are told apart, as a title."""
    return f"{int(pairs['apart'].sum()):,} of {len(pairs):,} pairs of strategies are told apart"
