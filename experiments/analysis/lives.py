"""The lives that survival is counted from: first agreements, waits, and how runs ended, of each strategy.

A life of t months means that the agreement was found dead t months after the month in which it was concluded
(0: in the same month). One seen alive in L months in a row, up to the end of the run, is known to be longer
than L - 1 months, and no more: it is censored. Likewise a wait of t months ended in month t of the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Lives:
    """Lives, or waits, of the runs of one strategy.

    Attributes
    ----------
    months : array of int, shape (lives,)
        When each ended, or was last at risk.
    way : array of int, shape (lives,)
        What ended it, a place in `ways`; -1 where it was censored.
    unit : array of int, shape (lives,)
        Which unit (draw or replicate) each belongs to, from 0 to `units` - 1.
    units : int
        How many units there are, those without a life among them.
    ways : tuple of str
    span : int
        Months that can be told of: 0 to `span` - 1.
    """

    months: Whole
    way: Whole
    unit: Whole
    units: int
    ways: tuple[str, ...]
    span: int

    def __len__(self) -> int:
        return len(self.months)

    @property
    def ended(self) -> NDArray[np.bool_]:
        """Which lives were seen to end."""
        return self.way >= 0

    @property
    def shared(self) -> bool:
        """Whether some unit has several lives, which then do not count as independent."""
        return len(np.unique(self.unit)) < len(self.unit)


def lives_of(runs: pd.DataFrame, unit: str, months: int) -> dict[str, Lives]:
    """Return the lives of first agreements by strategy, and what each died of.

    Parameters
    ----------
    runs : DataFrame
        A row a run: strategy, `unit`, and the outcomes agreement_survival (NaN without an agreement),
        agreement_ended and agreement_cause. Of one scenario and dispute.
    unit : str
        The column that names the independent unit, "draw" or "replicate".
    months : int
        The horizon.
    """
    known, lived = runs["agreement_survival"].notna(), runs["agreement_survival"].fillna(0).astype(int)
    died = known & (runs["agreement_ended"] == 1)
    return _by_strategy(
        runs, unit, months, known, lived.where(died, lived - 1).clip(lower=0), died, "agreement_cause"
    )


def waits_of(runs: pd.DataFrame, unit: str, months: int, column: str) -> dict[str, Lives]:
    """Return the waits until `column`, a month counted from 0 (NaN: never, censored at the horizon)."""
    came = runs[column].notna() & (runs[column] < months)
    waited = runs[column].where(came, months - 1).astype(int)
    return _by_strategy(runs, unit, months, pd.Series(True, runs.index), waited, came, None)


def ends_of(runs: pd.DataFrame, unit: str) -> dict[str, Lives]:
    """Return how runs ended: their labels, which have no date and so are all told at the end."""
    always = pd.Series(True, runs.index)
    return _by_strategy(runs, unit, 1, always, pd.Series(0, runs.index), always, "label")


def _by_strategy(
    runs: pd.DataFrame,
    unit: str,
    span: int,
    known: pd.Series[Any],
    months: pd.Series[Any],
    ended: pd.Series[Any],
    way: str | None,
) -> dict[str, Lives]:
    words = pd.Series("came", runs.index) if way is None else runs[way].astype(str)
    ways = tuple(words[ended].value_counts(sort=True).index)
    codes, units = pd.factorize(runs[unit], sort=True)
    places = pd.Index(ways).get_indexer(pd.Index(words))
    names = runs["strategy"].astype(str)
    found = {}
    for name in dict.fromkeys(names):
        own = ((names == name) & known).to_numpy()
        found[name] = Lives(
            months.to_numpy(np.int64)[own],
            np.where(ended, places, -1)[own].astype(np.int64),
            codes[own].astype(np.int64),
            len(units),
            ways,
            span,
        )
    return found


def pooled(each: Sequence[Lives]) -> Lives:
    """Return the lives of several strategies as one; those of a unit had the same luck, and stay together."""
    months, way, unit = (
        np.concatenate([getattr(one, name) for one in each]) for name in ("months", "way", "unit")
    )
    return Lives(months, way, unit, each[0].units, each[0].ways, each[0].span)
