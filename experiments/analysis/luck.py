"""How much of what differs between runs is luck, which no number can explain.

A run's outcome y of draw x and luck w is split as y = mean + draw + luck: what the draw's numbers make of it
on average over luck, and the rest. Where every draw has luck of its own, the variance within draws is luck's.
Where all draws share the luck of their replicates, luck has a part that is the same for all draws, and a part
that depends on the draw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.statistics import CONFIDENCE, Interval

RESAMPLES, SEED = 400, 21
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Luck:
    """What luck holds.

    Attributes
    ----------
    of_a_run : Interval
        Its share of the variance of a single run.
    of_a_mean : float
        Its share of the variance of the means over replicates, between draws.
    noise : float
        The variance that luck of its own gives to the mean of a draw; 0 where draws share their luck.
    """

    of_a_run: Interval
    of_a_mean: float
    noise: float


def luck_held(outcomes: pd.DataFrame, common: bool, block: int = 1) -> Luck | None:
    """Return how much of the variance is luck; None where no draw was lived twice, or nothing varied.

    Parameters
    ----------
    outcomes : DataFrame, floats, shape (draws, replicates)
        NaN where a run is missing; only draws without NaN count.
    common : bool
        Whether equal columns had equal luck in all draws.
    block : int
        Draws that follow one another and belong together: they are resampled together.

    Notes
    -----
    Analysis of variance: one way where luck is fresh, two ways (draw and replicate) where it is common.
    The interval resamples blocks of draws (2.5 and 97.5 per cent of the resamples).
    """
    values = outcomes.dropna().to_numpy(float)
    if min(values.shape) < 2:
        return None
    between, luck, noise = _parts(values, common)
    if between + luck <= 1e-15:
        return None
    shares = _resampled(values, common, block)
    low, high = np.quantile(shares, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]) if len(shares) else (0, 1)
    means = float(values.mean(axis=1).var(ddof=1))
    of_a_mean = min(1.0, noise / means) if means > 0 else 1.0
    share = Interval(luck / (between + luck), float(low), float(high))
    return Luck(share, of_a_mean, 0.0 if common else noise)


def _parts(values: Floats, common: bool) -> tuple[float, float, float]:
    """Return the variance between draws, that of luck within them, and luck's part in a draw's mean."""
    draws, replicates = values.shape
    means = values.mean(axis=1)
    if not common:
        luck = float(values.var(axis=1, ddof=1).mean())
        noise = luck / replicates
        return max(0.0, float(means.var(ddof=1)) - noise), luck, noise
    shared = values.mean(axis=0)
    rest = values - means[:, None] - shared + values.mean()
    own = float((rest**2).sum()) / ((draws - 1) * (replicates - 1))
    noise = own / replicates
    same = max(0.0, float(shared.var(ddof=1)) - own / draws)
    return max(0.0, float(means.var(ddof=1)) - noise), same + own, noise


def _resampled(values: Floats, common: bool, block: int) -> Floats:
    count = len(values) // block
    if count < 2:
        return np.empty(0)
    luck = np.random.default_rng(SEED)
    blocks = values[: count * block].reshape(count, block, -1)
    shares = []
    for _ in range(RESAMPLES):
        between, held, _noise = _parts(
            blocks[luck.integers(count, size=count)].reshape(count * block, -1), common
        )
        if between + held > 0:
            shares.append(held / (between + held))
    return np.array(shares)
