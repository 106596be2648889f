"""The record of what was tried: a file a batch of candidates, each in every state of the world.

Nothing else is remembered of a search under way. Begun again, it takes the same course from its seed, finds
what it tried before in the record, and goes on where that ends; so it can be stopped at any moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments import store
from experiments.search.ground import Evaluate, Ground
from experiments.search.space import Candidate
from model.vocabulary import InputError

Floats = NDArray[np.float64]


class Record:
    """What was tried on one ground.

    Parameters
    ----------
    folder : Path
        Where its files are; made if it is not there.
    ground : Ground
    evaluate : callable
        Tries candidates that are not in the record.
    """

    def __init__(self, folder: Path, ground: Ground, evaluate: Evaluate) -> None:
        self.folder, self.ground, self.evaluate = folder, ground, evaluate
        folder.mkdir(exist_ok=True)
        self.known: dict[str, Floats] = {}
        self.files = 0
        for path in sorted(folder.glob("[0-9]*.parquet")):
            self.files = int(path.stem) + 1
            self._read(path)

    def values(self, candidates: Sequence[Candidate]) -> Floats:
        """Return the outcomes of candidates, shape (candidates, states, outcomes), trying the new ones."""
        new = {candidate.key: candidate for candidate in candidates if candidate.key not in self.known}
        if new:
            found = self.evaluate(list(new.values()), self.ground)
            self._write(list(new.values()), found)
            self.known.update(zip(new, found, strict=True))
        return np.array([self.known[candidate.key] for candidate in candidates])

    def _write(self, candidates: Sequence[Candidate], found: Floats) -> None:
        states = self.ground.states.to_frame(index=False)
        rows = pd.concat([states] * len(candidates), ignore_index=True)
        rows.insert(0, "strategy", np.repeat([candidate.name for candidate in candidates], len(states)))
        rows.insert(0, "key", np.repeat([candidate.key for candidate in candidates], len(states)))
        rows[self.ground.names] = found.reshape(len(rows), -1)
        store.write_runs(rows, self.folder / f"{self.files:06d}.parquet")
        self.files += 1

    def _read(self, path: Path) -> None:
        """Take in a file; one that a disk lost a part of is put aside, so that it is tried again."""
        try:
            rows = store.read_table(path)
        except InputError:
            path.rename(path.with_suffix(".damaged"))
            return
        size = len(self.ground.states)
        keys = rows["key"].to_numpy()[::size]
        values = rows[self.ground.names].to_numpy(float).reshape(len(keys), size, -1)
        self.known.update(zip(keys, values, strict=True))
