"""Three hundred runs under the settings of a page: bands of every series, lives of agreements, endings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from browser.settings import Settings

#: Quantiles of the bands: 90 % and 50 % of the runs, and the median.
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class Crowd:
    """An ensemble under the settings of a page, on the same luck for each of its plans.

    Attributes
    ----------
    settings : what it was made from
    names : the monthly series, in order
    bands : quantiles of each series, plans x series x `QUANTILES` x months
    runs : outcomes, one row a run (see `model.run_ensemble`), of the dispute that is looked at only;
        the column "plan" says to which plan a row belongs, 0 or 1
    seconds : how long it took
    """

    settings: Settings
    names: tuple[str, ...]
    bands: NDArray[np.float64]
    runs: pd.DataFrame
    seconds: float

    def band(self, plan: int, name: str) -> NDArray[Any]:
        """Return the quantiles of one series, `QUANTILES` x months."""
        found: NDArray[Any] = self.bands[plan, self.names.index(name)]
        return found


def crowd_of(settings: Settings) -> Crowd:
    """Return the ensemble under these settings.

    Raises
    ------
    InputError
        If they cannot be run.
    """
    raise NotImplementedError
