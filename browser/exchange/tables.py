"""Tables to take away: the whole history month by month, its ledger and outcome, and the runs beside it.

A run is taken away whole, however far it is lived on the page, so that the same settings always give the
same tables.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pandas as pd

from browser.reading.look import Look
from browser.scene.crowd import QUANTILES, Crowd
from browser.scene.settings import Settings
from browser.scene.sides import Side, sides_of
from browser.scene.story import Chapter, Story
from experiments import store
from model.vocabulary import InputError


@dataclass(frozen=True)
class Asked:
    """What there is to make files from.

    Attributes
    ----------
    settings : what is shown
    crowd : the ensemble under these settings; None while there is none
    month, tab, look : what is looked at and how, for the link
    """

    settings: Settings
    crowd: Crowd | None = None
    month: int = 0
    tab: str = ""
    look: Look = field(default_factory=Look)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The plans by name and colour."""
        return sides_of(self.settings)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The whole histories."""
        return tuple(whole(self.settings, place) for place in range(len(self.settings.plans)))

    @property
    def has_runs(self) -> bool:
        """Whether there is an ensemble under these settings."""
        return self.crowd is not None and self.crowd.settings == self.settings

    def ensemble(self) -> Crowd:
        """Return the ensemble.

        Raises
        ------
        InputError
            If there is none under these settings yet.
        """
        if self.crowd is None or self.crowd.settings != self.settings:
            raise InputError("the runs of these settings are not ready yet: try again in a moment")
        return self.crowd


@lru_cache(maxsize=4)
def whole(settings: Settings, place: int) -> Chapter:
    """Return the history of one plan, lived to its end.

    Raises
    ------
    InputError
        If the settings cannot be run.
    """
    story = Story(settings, place)
    story.live(story.model.horizon)
    return story.told()


def by_plan(asked: Asked, table: Callable[[Chapter], pd.DataFrame]) -> pd.DataFrame:
    """Return a table of every history in one, with the columns "plan" and "strategy" before the others."""
    parts = []
    for side, chapter in zip(asked.sides, asked.chapters, strict=True):
        part = table(chapter)
        part.insert(0, "plan", side.letter)
        part.insert(1, "strategy", chapter.strategy.name)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def months(asked: Asked) -> pd.DataFrame:
    """Return the monthly series, a row a month."""
    return by_plan(asked, lambda chapter: chapter.series.copy())


def ledger(asked: Asked) -> pd.DataFrame:
    """Return the ledger, a row an event."""
    return by_plan(asked, lambda chapter: chapter.events.copy())


def outcome(asked: Asked) -> pd.DataFrame:
    """Return what the histories are judged by, a row a history."""
    return by_plan(asked, lambda chapter: pd.DataFrame([chapter.outcome]))


def runs(asked: Asked) -> pd.DataFrame:
    """Return the outcomes of the ensemble, a row a run."""
    crowd = asked.ensemble()
    letters = {plan: side.letter for plan, side in enumerate(asked.sides)}
    table = crowd.runs.assign(plan=crowd.runs["plan"].map(letters))
    return table[["plan", *(name for name in table.columns if name != "plan")]]


def bands(asked: Asked) -> pd.DataFrame:
    """Return the quantiles of the ensemble's monthly series, a row a plan, series and month."""
    crowd = asked.ensemble()
    parts = []
    for plan, side in enumerate(asked.sides):
        for place, name in enumerate(crowd.names):
            columns = {
                f"q{quantile:g}": crowd.bands[plan, place, at] for at, quantile in enumerate(QUANTILES)
            }
            parts.append(
                pd.DataFrame({"plan": side.letter, "series": name, "month": range(crowd.months)} | columns)
            )
    return pd.concat(parts, ignore_index=True)


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as the content of a CSV file."""
    return table.to_csv(index=False).encode()


def as_parquet(table: pd.DataFrame) -> bytes:
    """Return a table as the content of a Parquet file."""
    import duckdb

    plain = table.astype({name: str for name in table.columns if table[name].dtype == "category"})
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "table.parquet"
        connection.register("held", plain)
        connection.execute(f"COPY held TO '{path}' ({store.AS_PARQUET})")
        return path.read_bytes()


#: Every table by its name, and those that are made from the ensemble.
TABLES: dict[str, Callable[[Asked], pd.DataFrame]] = {
    "months": months,
    "ledger": ledger,
    "outcome": outcome,
    "runs": runs,
    "bands": bands,
}
OF_THE_ENSEMBLE = ("runs", "bands")
