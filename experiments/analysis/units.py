"""What the runs of a sweep are counted by: the draw, or the replicate, whichever had luck of its own.

Runs of one draw share its numbers, so where every draw has fresh luck the draw is the independent unit and
its replicates are averaged first; to count them one by one would be to claim more than was seen. Where the
draws share the luck of their replicates, or there is one draw only, the replicate is the unit, averaged over
the draws: what is then said holds for just these draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from model.outcomes import OUTCOMES
from model.vocabulary import InputError

#: Waits from the first month on: where it never came, the whole span was waited.
WAITS = ("months_to_first_relief", "months_to_agreement", "months_to_full_relief")


def unit_of(sampling: Mapping[str, Any], draws: int) -> str:
    """Return what had luck of its own, "draw" or "replicate".

    Parameters
    ----------
    sampling : mapping
        How the numbers were drawn, as `Results.sampling` tells it; only "luck" is looked at.
    draws : int
        How many draws there are.
    """
    return "draw" if sampling.get("luck") == "fresh" and draws > 1 else "replicate"


def prepared(runs: pd.DataFrame, measures: Sequence[str], months: Mapping[str, int]) -> pd.DataFrame:
    """Return `runs` with `measures` as numbers: yes as 1, no as 0, and never as the whole span.

    Parameters
    ----------
    runs : DataFrame
        A row a run: scenario, strategy, replicate, draw and `measures`.
    measures : sequence of str
        Columns to prepare. A wait from the first month on (`WAITS`) is counted as the horizon where it never
        came. Any other NaN stays: there the outcome does not apply.
    months : mapping of str to int
        The horizon of each scenario.

    Raises
    ------
    InputError
        If a measure is text, such as a label.
    """
    result = runs.copy(deep=False)
    for measure in measures:
        if not (pd.api.types.is_numeric_dtype(runs[measure]) or pd.api.types.is_bool_dtype(runs[measure])):
            raise InputError(f"outcome '{measure}' is text and has no mean: name an outcome that is a number")
        values = runs[measure].astype(float)
        if measure in WAITS:
            span = runs["scenario"].astype(str).map(dict(months)).astype(float)
            values = values.fillna(span).clip(upper=span)
        result[measure] = values
    return result


def conditional(measure: str) -> str:
    """Return where `measure` applies, in words; nothing where it always does."""
    outcome = OUTCOMES.get(measure)
    return "" if outcome is None or measure in WAITS else outcome.where


def _keys(runs: pd.DataFrame, unit: str) -> list[str]:
    several = "scenario" in runs and runs["scenario"].nunique() > 1
    return ["scenario", unit] if several else [unit]


def _columns(runs: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(runs["strategy"].astype(str)))


def _whole(runs: pd.DataFrame, unit: str, sampling: Mapping[str, Any]) -> pd.DataFrame:
    """Return for each unit and strategy whether all of its runs are there."""
    named = runs.assign(strategy=runs["strategy"].astype(str))
    counts = named.groupby([*_keys(runs, unit), "strategy"], observed=True).size().unstack()
    expected = sampling.get("replicates") if unit == "draw" else runs["draw"].nunique()
    expected = max(int(expected or 0), int(np.nanmax(counts.to_numpy())))
    return (counts == expected)[_columns(runs)]


def per_unit(runs: pd.DataFrame, measure: str, sampling: Mapping[str, Any]) -> pd.DataFrame:
    """Return `measure` with a row for each independent unit and a column for each strategy.

    Parameters
    ----------
    runs : DataFrame
        A row a run: strategy, replicate, draw, `measure` (number or boolean), and scenario where there may be
        several. See `prepared` for waits.
    measure : str
        The column that is averaged within a unit, over the runs in which it applies.
    sampling : mapping
        How the numbers were drawn, as `Results.sampling` tells it.

    Returns
    -------
    DataFrame, floats
        Index: draw where several draws have fresh luck, else replicate; with several scenarios, scenario and
        that. Columns: strategies in the order of their first run. NaN where a strategy lacks any of the
        unit's runs, and where the measure applies in none of them.
    """
    unit = unit_of(sampling, runs["draw"].nunique())
    named = runs[_keys(runs, unit)].assign(
        strategy=runs["strategy"].astype(str), value=runs[measure].astype(float)
    )
    means = named.groupby([*_keys(runs, unit), "strategy"], observed=True)["value"].mean().unstack()
    return means[_columns(runs)].where(_whole(runs, unit, sampling)).rename_axis(columns="strategy")


def complete(units: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the units that no strategy lacks, and how many were left out."""
    kept = units.dropna()
    return kept, len(units) - len(kept)


def complete_runs(runs: pd.DataFrame, sampling: Mapping[str, Any]) -> tuple[pd.DataFrame, int]:
    """Return the runs of units in which no strategy lacks a run, and how many units were left out.

    Unlike `complete` it looks at whether a run is there, not at whether an outcome applies in it.
    """
    unit = unit_of(sampling, runs["draw"].nunique())
    whole = _whole(runs, unit, sampling).all(axis=1)
    keys = pd.MultiIndex.from_frame(runs[_keys(runs, unit)])
    kept = pd.MultiIndex.from_frame(whole[whole].index.to_frame(index=False))
    return runs[keys.isin(kept)], int((~whole).sum())
