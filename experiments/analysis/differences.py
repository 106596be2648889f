"""Which strategy does better than which: every pair compared on the same luck and the same numbers.

What two strategies owe to luck and to the drawn numbers they owe alike, so it cancels in their difference,
unit by unit (`units`). Student's interval is of the mean of these differences; a yes or no with one run a
unit is compared as shares (McNemar's exact test). Holm's correction pays for the number of pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from experiments import measures, statistics
from experiments.analysis import units
from model.outcomes import OUTCOMES, YES_OR_NO, ZERO
from model.vocabulary import InputError


@dataclass(frozen=True)
class Contrasts:
    """An outcome compared over strategies.

    Attributes
    ----------
    measure : Measure
        How the outcome is told.
    table : DataFrame
        A row a strategy, best first: units (in which it applies), mean, low, high (95 %), then by how many
        other strategies it is surpassed ("behind"), which it surpasses ("ahead") and is level with ("level").
    pairs : DataFrame
        A row a pair, as `statistics.contrasts` returns it, and "unpaired": the width of the interval had the
        two not shared their luck and their numbers.
    shares : bool
        Whether it was compared as shares, one run a unit.
    left_out : int
        Units left out because a strategy lacks a run in them.
    units : int
        Units that were compared, whether or not the outcome applies in them.
    unit : str
        What had luck of its own: "replicate", "draw", or "block" of draws that share numbers by design.
    runs : int
        Runs of each strategy that were compared.
    draws : int
        Draws that they come from.
    """

    measure: measures.Measure
    table: pd.DataFrame
    pairs: pd.DataFrame
    shares: bool
    left_out: int
    units: int
    unit: str
    runs: int
    draws: int

    def beside(self, name: str) -> pd.DataFrame:
        """Return for each other strategy its value minus that of `name`.

        Estimate, low, high, corrected and apart, by the other strategy; empty where there is none.
        """
        seen = statistics.versus(self.pairs, name)
        turned = {"estimate": -seen["estimate"], "low": -seen["high"], "high": -seen["low"]}
        return seen.assign(**turned)[["estimate", "low", "high", "corrected", "apart"]]


def compared(
    runs: pd.DataFrame,
    outcome: str,
    sampling: Mapping[str, Any],
    months: Mapping[str, int],
    against: str | None = None,
) -> Contrasts:
    """Return strategies compared on `outcome`.

    Parameters
    ----------
    runs : DataFrame
        A row a run: scenario, strategy, replicate, draw and `outcome`.
    outcome : str
        Waits are counted as the whole span where it never came; where an outcome does not apply, two
        strategies are compared only in those runs in which it applies to both.
    sampling : mapping
        How the numbers were drawn, as `Results.sampling` tells it.
    months : mapping of str to int
        The horizon of each scenario.
    against : str, optional
        Compare each strategy with this one only.

    Raises
    ------
    InputError
        If `outcome` is text, or has no better and worse, or if no unit is complete.
    """
    measure = measures.measure_of(outcome)
    draws = runs["draw"].nunique()
    unit = units.unit_of(sampling, draws)
    known, counted = independent(units.prepared(runs, [outcome], months), sampling)
    known, left_out = units.complete_runs(known, counted)
    if known.empty:
        raise InputError(f"no {unit} has all of its runs under every strategy yet: let the sweep go on")
    if OUTCOMES[outcome].better == ZERO:
        known = known.assign(**{outcome: known[outcome].abs()})
    values, names = stacked(known, outcome, counted)
    shares = outcome in YES_OR_NO and len(known) == values[:, :, 0].size
    pairs = statistics.contrasts(values, names, shares, against)
    pairs["unpaired"] = _unpaired(values, names, pairs)
    table = ranking(values, names, pairs, measure, shares)
    unit = unit if counted is sampling else "block"
    return Contrasts(
        measure, table, pairs, shares, left_out, values.shape[1], unit, len(known) // len(names), draws
    )


def independent(runs: pd.DataFrame, sampling: Mapping[str, Any]) -> tuple[pd.DataFrame, Mapping[str, Any]]:
    """Return `runs` and `sampling` with the draws that share numbers by design counted as one.

    The draws of a Saltelli block or a Morris trajectory differ in single numbers: they are no independent
    sample. Nothing changes in other designs, nor where luck is common.
    """
    if sampling.get("luck") != "fresh" or sampling.get("design") not in ("saltelli", "morris"):
        return runs, sampling
    size = _block(sampling)
    counted = runs.assign(draw=runs["draw"] // size, replicate=runs["replicate"] * size + runs["draw"] % size)
    return counted, {**sampling, "replicates": size * int(sampling["replicates"])}


def _block(sampling: Mapping[str, Any]) -> int:
    from experiments.sweeps.sampling import block_of

    return block_of(sampling["design"], len(sampling["numbers"]), bool(sampling.get("second_order", False)))


def stacked(
    runs: pd.DataFrame, outcome: str, sampling: Mapping[str, Any]
) -> tuple[statistics.Floats, list[str]]:
    """Return `outcome` by strategy, unit and run, and the names of the strategies in order of appearance.

    Shape (strategies, units, runs of a unit). Where the outcome applies in every run of these complete
    units, it is averaged within the unit, and the last axis has length 1.
    """
    table = units.per_unit(runs, outcome, sampling)
    names = [str(name) for name in table.columns]
    if runs[outcome].notna().all():
        return table.to_numpy(dtype=float).T[:, :, np.newaxis], names
    keys = [*map(str, table.index.names), *({"draw", "replicate"} - set(table.index.names))]
    wide = runs.pivot(index=keys, columns="strategy", values=outcome)[names].sort_index()
    return wide.to_numpy(dtype=float).T.reshape(len(names), len(table), -1), names


def ranking(
    values: statistics.Floats,
    names: list[str],
    pairs: pd.DataFrame,
    measure: measures.Measure,
    shares: bool,
) -> pd.DataFrame:
    """Return a row a strategy, best first: its mean and interval, and how it stands to the others."""
    means = statistics.unit_means(values)
    found = statistics.mean_gaps(means)
    least, most = measure.bounds
    table = pd.DataFrame(
        {
            "units": (~np.isnan(means)).sum(axis=1),
            "mean": found.estimate,
            "low": np.maximum(found.low, least),
            "high": np.minimum(found.high, most),
        },
        index=pd.Index(names, name="strategy"),
    )
    if shares:
        limits = [statistics.wilson(int(yes), means.shape[1]) for yes in means.sum(axis=1)]
        table["low"], table["high"] = [limit.low for limit in limits], [limit.high for limit in limits]
    table = table.join(_standing(names, pairs, measure))
    return table.sort_values("mean", ascending=not measure.high_is_good, kind="stable")


def _standing(names: list[str], pairs: pd.DataFrame, measure: measures.Measure) -> pd.DataFrame:
    """Return ahead, level and behind: of how many others each strategy is, for certain where not level."""
    better = (pairs["estimate"] > 0) == measure.high_is_good
    won = pd.concat([pairs["first"][pairs["apart"] & better], pairs["second"][pairs["apart"] & ~better]])
    lost = pd.concat([pairs["second"][pairs["apart"] & better], pairs["first"][pairs["apart"] & ~better]])
    level = pd.concat([pairs["first"][~pairs["apart"]], pairs["second"][~pairs["apart"]]])
    counts = {"ahead": won, "level": level, "behind": lost}
    return pd.DataFrame(
        {name: who.value_counts().reindex(names, fill_value=0) for name, who in counts.items()}
    ).rename_axis("strategy")


def _unpaired(values: statistics.Floats, names: list[str], pairs: pd.DataFrame) -> statistics.Floats:
    """Return for each pair the width of Welch's interval between two means, as if luck were not shared."""
    means = statistics.unit_means(values)
    known = ~np.isnan(means)
    count = known.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.where(known, means, 0.0).sum(axis=1) / count
        spread = (np.where(known, means - centre[:, np.newaxis], 0.0) ** 2).sum(axis=1) / (count - 1) / count
        places = {name: place for place, name in enumerate(names)}
        one, other = pairs["first"].map(places), pairs["second"].map(places)
        error = spread[one] + spread[other]
        freedom = error**2 / (spread[one] ** 2 / (count[one] - 1) + spread[other] ** 2 / (count[other] - 1))
        reach = stats.t.ppf((1 + statistics.CONFIDENCE) / 2, freedom)
        return np.asarray(2 * reach * np.sqrt(error), dtype=float)


def bought(pairs: pd.DataFrame) -> pd.Series[float]:
    """Return how many times wider the unpaired interval of each pair is than the paired one.

    Pairs whose interval has no width, or no end, are left out. The square is by how much more runs it would
    have taken to say as much without common luck and numbers.
    """
    width = (pairs["high"] - pairs["low"]).astype(float)
    ratio = pairs["unpaired"] / width.where(np.isfinite(width) & (width > 0))
    return ratio[np.isfinite(ratio)]
