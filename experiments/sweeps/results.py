"""A sweep read back from its folder: runs, draws and strategies as tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd


class Results:
    """The results folder of a sweep, finished or not.

    Attributes
    ----------
    folder : Path
    account : dict
        The manifest.
    name, title : str
        Of the experiment.
    scenarios, disputes : list of str
        ``disputes`` maps each scenario to its disputes, the first being the one that is told of by default.
    months : dict of str to int
        The horizon of each scenario.
    finished : bool
        Whether every run is done.
    """

    folder: Path
    account: dict[str, Any]
    name: str
    title: str
    scenarios: list[str]
    disputes: dict[str, list[str]]
    months: dict[str, int]
    finished: bool

    def runs(
        self, columns: Sequence[str], scenario: str | None = None, dispute: str | None = None
    ) -> pd.DataFrame:
        """Return runs in their order, with some of their outcomes.

        Parameters
        ----------
        columns : sequence of str
            Outcomes (`model.outcomes.OUTCOMES`, the episode record, "label", "ending").
        scenario : str, optional
            Of one scenario only; all of them by default.
        dispute : str, optional
            The first dispute of each scenario by default.

        Returns
        -------
        DataFrame
            scenario, strategy, dispute (text), seed, replicate, draw (int), then `columns`. Two rows with
            the same scenario, draw and replicate had the same luck and the same numbers.

        Raises
        ------
        InputError
            If an outcome was not kept, or there is no such scenario or dispute.
        """
        raise NotImplementedError

    def draws(self) -> pd.DataFrame:
        """Return the drawn numbers: index "draw" (0, 1, ...), a column a number of the model that varied.

        Empty of columns where nothing varied.
        """
        raise NotImplementedError

    def sampling(self) -> dict[str, Any]:
        """Return how the numbers were drawn.

        Keys: "design" ("latin-hypercube", "sobol", "saltelli", "morris", "factorial", "posterior" or
        "none"), "points" (its size as asked for: N of Saltelli, trajectories of Morris), "numbers" (list of
        the names that vary, in the order of the columns), "low" and "high" (lists, same order), "replicates"
        (runs of each strategy and draw), and "luck" ("fresh": every draw has luck of its own; "common": all
        draws share the luck of their replicates).
        """
        raise NotImplementedError

    def strategies(self) -> pd.DataFrame:
        """Return the strategies: index "strategy" (name), a row each, in the order of the experiment.

        Columns: "base" (the strategy it was generated from, or its own name), "order" (the places of its
        steps in the base, such as (0, 2, 1), or None), "steps" (titles of the base's steps in the base's
        order, a tuple, or None), and a column a lever with its level (text or number; None where the lever
        does not apply). "levers" in `account` lists the names of lever columns.
        """
        raise NotImplementedError
