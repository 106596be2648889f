"""What varies between replicates: draws of the uncertain parameters.

One draw belongs to one replicate and is shared by every strategy, so strategies differ only where
the policy acts. The draws fill the declared ranges by Latin hypercube: each range is cut into as
many slices as there are replicates, and every slice is visited once.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.sweeps import sampling


def uncertain(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `table` (``Parameters.table()``) that are uncertain over a range of some width."""
    chosen = table["uncertain"].astype(bool) & (table["high"] > table["low"])
    return table[chosen]


def latin_hypercube(table: pd.DataFrame, replicates: int, seed: int) -> pd.DataFrame:
    """Return one draw of every uncertain parameter for each replicate.

    Parameters
    ----------
    table : DataFrame
        The declared parameters: index name, columns low, high, uncertain.
    replicates, seed : int
        How many draws, and which: the same seed gives the same ones.

    Returns
    -------
    DataFrame
        A column for each uncertain parameter, and "replicate", 0 to `replicates` - 1.
    """
    ranges = uncertain(table)
    draws = pd.DataFrame({"replicate": np.arange(replicates)})
    if ranges.empty:
        return draws
    points = sampling.latin_hypercube(ranges["low"], ranges["high"], replicates, seed)
    return pd.concat([points, draws], axis=1)
