"""The months of an ensemble: the series of a watched model, for every run and dispute at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from model.ensemble import Progress, asked_of, run_designs, warm_up
from model.scenario import Scenario
from model.series import READ, blank_months


class Traces(NamedTuple):
    """Runs with their months.

    Attributes
    ----------
    runs : pandas.DataFrame
        What ``run_ensemble`` returns: one row a run and dispute.
    series : numpy.ndarray
        For every row of ``runs``, every month and every name, the series of `model.series.SERIES` at the end
        of that month; a yes is 1, a no 0.
    names : tuple of str
        The series in their order.
    """

    runs: pd.DataFrame
    series: Any
    names: tuple[str, ...]


def trace_ensemble(
    scenario: Scenario | str | Path,
    strategies: Any,
    replicates: int = 300,
    seed: int = 7,
    parameters: pd.DataFrame | Mapping[str, float] | None = None,
    months: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    without: Sequence[str] = (),
) -> Traces:
    """Run strategies in a scenario as ``run_ensemble`` does, and keep every month of every run.

    All months are held in memory, about 220 bytes a month, run and dispute: meant for hundreds of runs or
    some thousands, not for a sweep.

    Parameters
    ----------
    scenario, strategies, replicates, seed, parameters, months, workers, progress, without
        As ``run_ensemble`` takes them.

    Returns
    -------
    Traces
        The rows of ``run_ensemble``, bit for bit, and for each of them its monthly series: those that
        `SanctionsModel.series` gives of the same run, bit for bit.

    Raises
    ------
    InputError
        If any of it is not usable; the message says what, where and what is allowed.
    """
    asked = asked_of(scenario, strategies, replicates, seed, parameters, months, workers, without)
    warm_up(asked.setting, asked.designs, progress)
    trace = blank_months(len(asked.designs) * len(asked.scenario.disputes), asked.months)
    outcomes = run_designs(asked.setting, asked.designs, asked.months, asked.workers, progress, trace)
    series = trace.view(np.ndarray).view(np.float64).reshape(*trace.shape, len(READ))
    return Traces(asked.frame(outcomes, asked.designs), series, READ)
