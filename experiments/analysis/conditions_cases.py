"""Which worlds are cases: those in which a strategy is worse than another, or misses a threshold."""

from __future__ import annotations

import pandas as pd

from model.outcomes import DOWN, UP
from model.vocabulary import InputError


def behind(units: pd.DataFrame, strategy: str, against: str, better: str) -> pd.Series[float]:
    """Return by how much `strategy` is worse than `against` in each world, complete worlds only.

    Parameters
    ----------
    units : DataFrame
        Index: draw; a column a strategy; means of one outcome, NaN where a run is missing or it does not
        apply.
    strategy, against : str
        Columns.
    better : str
        Which way the outcome is good: `model.outcomes.DIRECTIONS`.

    Returns
    -------
    Series of float
        Positive where `strategy` is worse, in the unit of the outcome.
    """
    pair = units[[strategy, against]].dropna()
    first, second = pair[strategy], pair[against]
    if better == UP:
        return second - first
    return first - second if better == DOWN else first.abs() - second.abs()


def losing(gaps: pd.Series[float], margin: float = 0.0) -> pd.Series[bool]:
    """Return in which worlds a strategy is worse (`behind`) by at least `margin`; level is never losing.

    Raises
    ------
    InputError
        If `margin` is negative.
    """
    if margin < 0:
        raise InputError(f"margin is {margin:g}; allowed is 0 or more, in the unit of the outcome")
    return gaps >= max(margin - 1e-9, 1e-9)


def failing(values: pd.Series[float], better: str, threshold: float) -> pd.Series[bool]:
    """Return in which worlds an outcome misses `threshold`: below it where more is better, else above it."""
    known = values.dropna()
    if better == UP:
        return known < threshold
    return (known if better == DOWN else known.abs()) > threshold
