"""A story: one history as far as it is lived, every month of it kept, so that one can go back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from browser.scene import limits
from browser.scene.cast import Cast, cast_of
from browser.scene.settings import Settings
from browser.scene.snapshot import Snapshot, snapshot_of
from model import SanctionsModel
from model.model import Phase

#: Rules of a user's own, as `model.SanctionsModel` takes them: set it before the page is served.
PHASES: tuple[Phase, ...] = ()


@dataclass(frozen=True, eq=False)
class Chapter:
    """A story as the page sees it: plain, and never changed once it is made.

    Attributes
    ----------
    cast : who is in it
    strategy : the strategy that is executed
    dispute : name of the dispute that is looked at
    snapshots : the opening and every month lived, so that ``snapshots[m]`` is the world after m months
    series : the monthly series of the dispute, one row a month lived (see `model.series`)
    events : the ledger so far (see `model.chronicle.frame_of_events`)
    outcome : what the run would be judged by if it ended now
    horizon : months after which it ends
    """

    cast: Cast
    strategy: Any
    dispute: str
    snapshots: tuple[Snapshot, ...]
    series: pd.DataFrame
    events: pd.DataFrame
    outcome: dict[str, Any]
    horizon: int

    @property
    def lived(self) -> int:
        """Months lived so far."""
        return len(self.snapshots) - 1

    def at(self, month: int) -> Snapshot:
        """Return the world after so many months, or as far as it is lived."""
        return self.snapshots[min(max(month, 0), self.lived)]


@dataclass(eq=False)
class Story:
    """One watched model and the months that it has lived; only a session touches it.

    Raises
    ------
    InputError
        If the settings cannot be run, or are too large for a page.
    """

    settings: Settings
    place: int = 0
    model: SanctionsModel = field(init=False)
    snapshots: list[Snapshot] = field(init=False)
    series: pd.DataFrame = field(init=False)
    events: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        settings = limits.check(self.settings)
        self.model = SanctionsModel(
            scenario=settings.case(),
            strategy=settings.strategy(self.place),
            seed=settings.seed,
            replicate=settings.replicate,
            parameters=dict(settings.parameters) or None,
            months=settings.months,
            without=settings.without,
            phases=PHASES,
        )
        self.dispute = self.model.case.disputes[settings.place_of_dispute()]
        self.snapshots = [snapshot_of(self.model)]
        self.series = self.model.series(self.dispute)
        self.events = self.model.events()

    def live(self, until: int) -> None:
        """Live on until so many months are behind, or the horizon is reached."""
        while self.model.month < min(until, self.model.horizon):
            self.model.step()
            self.snapshots.append(snapshot_of(self.model))
        self.series = joined(self.series, self.model.series(self.dispute, len(self.series)))
        self.events = joined(self.events, self.model.events(len(self.events)))

    def told(self) -> Chapter:
        """Return the story so far."""
        return chapter_of(self.model, self.dispute, self.snapshots, self.series, self.events)


def joined(older: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """Return a ledger, or monthly series, with what came since."""
    if older.empty or newer.empty:
        return newer if older.empty else older
    return pd.concat([older, newer], ignore_index=True)


def chapter_of(
    model: SanctionsModel,
    dispute: str,
    snapshots: Sequence[Snapshot],
    series: pd.DataFrame,
    events: pd.DataFrame,
) -> Chapter:
    """Return what the page sees of a watched model: the months that were kept of it, series and ledger."""
    return Chapter(
        cast=cast_of(model.case),
        strategy=model.strategy,
        dispute=dispute,
        snapshots=tuple(snapshots),
        series=series,
        events=events,
        outcome=model.outcome(dispute),
        horizon=model.horizon,
    )
