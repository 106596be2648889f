"""What is to be explained: an outcome under one strategy, the difference of two, or the average strategy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments import measures
from experiments.analysis import units
from experiments.measures import Measure
from experiments.sweeps.results import Results
from model.outcomes import OUTCOMES, ZERO
from model.vocabulary import InputError


@dataclass(frozen=True)
class Subject:
    """An outcome for each draw and replicate.

    Attributes
    ----------
    measure : Measure
        The outcome.
    words : str
        What is explained, to be put into a sentence.
    table : DataFrame, floats, shape (draws, replicates)
        In the order of the draws; NaN where a run is missing or the outcome does not apply.
    whole : array of bool, shape (draws,)
        Whether all runs of a draw are there.
    """

    measure: Measure
    words: str
    table: pd.DataFrame
    whole: NDArray[np.bool_]

    @property
    def values(self) -> NDArray[np.float64]:
        """The mean of each draw over its replicates; NaN where runs are missing, or it never applies."""
        return self.table.mean(axis=1).where(self.whole).to_numpy(float)

    @property
    def lived(self) -> pd.DataFrame:
        """The table without draws of which a run is missing."""
        return self.table[self.whole]


def subject(
    results: Results,
    scenario: str,
    dispute: str | None,
    outcome: str,
    strategy: str | None,
    against: str | None,
) -> Subject:
    """Return what `results` hold of `outcome` under a strategy, or of its difference from another.

    Parameters
    ----------
    results : Results
    scenario, dispute : str
    outcome : str
    strategy : str, optional
        The mean over all strategies by default.
    against : str, optional
        Take the outcome under this strategy off, on the same luck and the same numbers.

    Raises
    ------
    InputError
        If the outcome was not kept or is text, there is no such strategy, or `against` stands alone or
        names the same one.
    """
    names = [str(name) for name in results.strategies().index]
    chosen = _chosen(results, names, strategy, against)
    measure = measures.measure_of(outcome)
    draws, count = results.draws().index, int(results.sampling()["replicates"])
    runs = results.runs([outcome], scenario, dispute)
    runs = runs[runs["strategy"].isin(chosen)]
    runs = runs.assign(replicate=runs["replicate"] % count)  # fresh luck goes on numbering from draw to draw
    places = ["draw", "replicate"]
    wide = as_numbers(runs, outcome, results.months).pivot(index=places, columns="strategy", values=outcome)
    wide = wide.reindex(columns=chosen)
    found = wide.mean(axis=1) if against is None else wide[chosen[0]] - wide[chosen[1]]
    there = (runs.groupby(places).size() == len(chosen)).unstack("replicate", fill_value=False)
    there = there.reindex(index=draws, columns=range(count), fill_value=False)
    table = found.unstack("replicate").reindex(index=draws, columns=range(count)).where(there)
    return Subject(
        measure, _words(measure, strategy, against, names), table, there.to_numpy(bool).all(axis=1)
    )


def as_numbers(runs: pd.DataFrame, outcome: str, months: Mapping[str, int]) -> pd.DataFrame:
    """Return `runs` with the outcome as a number; where nearer to 0 is better, as its distance from 0."""
    told = units.prepared(runs, [outcome], months)
    if outcome in OUTCOMES and OUTCOMES[outcome].better == ZERO:
        told[outcome] = told[outcome].abs()
    return told


def _chosen(results: Results, names: list[str], strategy: str | None, against: str | None) -> list[str]:
    if strategy is None:
        if against is not None:
            raise InputError(f"'{against}' (against) stands alone: name the strategy that is set against it")
        return names
    if strategy == against:
        raise InputError(f"'{strategy}' is set against itself: name two strategies")
    return [results.strategy_of(name) for name in (strategy, against) if name is not None]


def _words(measure: Measure, strategy: str | None, against: str | None, names: list[str]) -> str:
    phrase = f"“{measure.phrase}”"
    if against is not None:
        return f"{phrase} under {strategy} minus under {against}"
    if strategy is not None or len(names) == 1:
        return f"{phrase} under {strategy or names[0]}"
    return f"{phrase} (mean of {len(names)} strategies)"
