"""A search read back from its folder: what was tried, in every state of the world, and what was found."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments import store
from experiments.search.asked import Search
from experiments.search.goals import Aim, aims_of
from experiments.sweeps.kept import Kept
from model.vocabulary import InputError

TRIED, FRESH, CANDIDATES = "tried", "fresh", "candidates.parquet"
Floats = NDArray[np.float64]


class SearchResults(Kept):
    """The results folder of a search that was finished.

    Parameters
    ----------
    folder : str or Path
        As `run_search` wrote it.

    Raises
    ------
    InputError
        If it is not such a folder, or the search is not finished.
    """

    kind = "search"

    def __init__(self, folder: str | Path) -> None:
        super().__init__(folder)
        if self.account["finished"] is None:
            way = self.account["command"] or "the search"
            raise InputError(f"the search in '{folder}' is not finished: go on with {way}")

    @cached_property
    def said(self) -> Search:
        """Goals and budget."""
        return Search.model_validate(self.account["search"])

    @cached_property
    def aims(self) -> list[Aim]:
        """The goals."""
        return aims_of(self.said, self.account["thresholds"])

    @property
    def outcomes(self) -> list[str]:
        """The outcomes that were kept of every state."""
        return [str(name) for name in self.account["outcomes"]]

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """What was tried: index strategy, a row a candidate, then the bases as they stand.

        Columns: key (the same for what says the same), stands (whether it is a base as it stands),
        generation (in which the search tried it first, NaN where it did not), base, order (places of its
        stages in the base), steps (titles of the base's stages), levels (a mapping by lever), text.
        """
        table = store.read_table(self.folder / CANDIDATES).set_index("strategy")
        for name in ("order", "steps", "levels"):
            cells = [json.loads(cell) if isinstance(cell, str) else None for cell in table[name]]
            table[name] = pd.Series(
                [tuple(cell) if isinstance(cell, list) else cell for cell in cells], table.index, dtype=object
            )
        return table

    def text_of(self, strategy: str) -> str:
        """Return the file of a candidate, whole."""
        return str(self.candidates.at[strategy, "text"])

    @cached_property
    def tried(self) -> pd.DataFrame:
        """What came of every candidate: a row a candidate and state.

        Columns: key, strategy, scenario, state (draw or replicate), and the outcomes in their units.
        """
        return store.read_table(self.folder / TRIED)

    @cached_property
    def fresh(self) -> pd.DataFrame:
        """The same of the front and the bases on fresh draws and luck; empty where that was not asked."""
        if not any((self.folder / FRESH).glob("*.parquet")):
            return pd.DataFrame()
        return store.read_table(self.folder / FRESH)

    def rules(self, base: str) -> list[tuple[int, int]]:
        """Return which stages of a base have to come before which, by their places."""
        pairs = self.account["before"][self.account["bases"].index(base)]
        return [(int(first), int(second)) for first, second in pairs]

    def values(self, rows: pd.DataFrame) -> dict[str, Floats]:
        """Return, by key, the outcomes of each candidate in `rows`: shape (states, outcomes)."""
        groups = rows.groupby("key", sort=False)[self.outcomes]
        return {str(key): group.to_numpy(float) for key, group in groups}

    def clusters(self, rows: pd.DataFrame) -> NDArray[np.int64]:
        """Return the draw of each state in `rows`, by which states of several scenarios stay together."""
        first = rows[rows["key"] == rows["key"].iloc[0]]
        return first["state"].to_numpy(np.int64)
