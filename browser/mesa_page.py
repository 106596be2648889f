"""The parts of the page inside Mesa's own page, SolaraViz, for those who know it.

Its controls are Mesa's, with their ways: parameters act at the next Reset, and a pause may live one month
more. What is ours draws only chapters that were made under the lock which a month holds, so that a thread
that lives the next month meets no drawing; and neither what is typed nor a month that fails ends the page.
"""

from __future__ import annotations

import logging
from threading import RLock
from typing import Any

import solara
import solara.lab
from mesa.visualization import SolaraViz
from mesa.visualization.utils import update_counter

from browser.charts.theme import Theme, theme_of
from browser.page import style
from browser.parts.card import ActorCard
from browser.parts.ledger import LedgerPanel
from browser.parts.network import Look, LookBar, NetworkPanel, picking
from browser.parts.series import SeriesPanel
from browser.parts.track import StrategyTrack
from browser.scene.settings import Plan, Settings
from browser.scene.snapshot import Snapshot, snapshot_of
from browser.scene.story import PHASES, Chapter, chapter_of, joined
from experiments.report import LABEL
from model import SanctionsModel, list_scenarios, list_strategies
from model.vocabulary import InputError

log = logging.getLogger(__name__)

#: What the page shows first.
USUAL = Settings()
#: Height of the network.
HEIGHT = "290px"
#: What is drawn as on the page, though as high as it is.
PART = ["bc-page", "bc-mesa-part"]
#: Said below the parts: whose page this is, and what it does in its own way.
NOTE = (
    "This is Mesa's own page with the parts of Backchannel. Parameters act after Reset, and a pause may live "
    f"one month more. The page made for this model opens with: backchannel app. {LABEL}."
)


class Watched(SanctionsModel):
    """A watched model as SolaraViz makes one: from plain parameters, and never with an exception.

    Parameters
    ----------
    scenario, strategy : str
        Names of bundled ones.
    seed : int or str
        The luck; a field of text hands it over as text.
    replicate : int
        Which luck of that seed.

    Attributes
    ----------
    chapter : Chapter
        What there is to see; replaced whole after each month, never changed.
    fault : str
        What is wrong with the parameters, in which case it runs with the usual ones, or what failed.
    """

    def __init__(
        self,
        scenario: str = USUAL.scenario,
        strategy: str = USUAL.plans[0].strategy,
        seed: int | str = USUAL.seed,
        replicate: int = USUAL.replicate,
    ) -> None:
        self.lock = RLock()
        settings, self.fault = usable(scenario, strategy, seed, replicate)
        super().__init__(
            scenario=settings.case(),
            strategy=settings.strategy(),
            seed=settings.seed,
            replicate=settings.replicate,
            phases=PHASES,
        )
        self._kept: list[Snapshot] = []
        self._ledger = self.events()
        self._keep()

    def step(self) -> None:
        """Live through one month, and keep what there is to see of it."""
        with self.lock:
            month = self.month
            try:
                super().step()
                if self.month > month:
                    self._keep()
            except Exception as failure:  # SolaraViz would show its traceback in place of the page
                log.exception("a month failed")
                self.fault = f"{failure}. Reset begins again."
                self.running = False
                self.step = _stand  # type: ignore[method-assign]

    def _keep(self) -> None:
        self._kept.append(snapshot_of(self))
        self._ledger = joined(self._ledger, self.events(len(self._ledger)))
        self.chapter: Chapter = chapter_of(
            self, self.case.disputes[0], self._kept, self.series(), self._ledger
        )


def _stand() -> None:
    """Live no month: a model that has failed does not go on."""


def usable(scenario: Any, strategy: Any, seed: Any, replicate: Any) -> tuple[Settings, str]:
    """Return settings that can be run, and what is wrong with those that were asked for."""
    try:
        asked = Settings(
            str(scenario), (Plan(str(strategy)),), seed=counted(seed), replicate=counted(replicate)
        )
        asked.strategy().check(asked.case())
    except InputError as fault:
        return (
            USUAL,
            f"{fault}. Shown instead: {USUAL.scenario}, {USUAL.plans[0].strategy}, seed {USUAL.seed}.",
        )
    return asked, ""


def counted(value: Any) -> int:
    """Return a whole number that may have been typed.

    Raises
    ------
    InputError
        If it is none.
    """
    text = str(value).strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise InputError(f"'{text[:40]}' is no whole number from 0")
    return int(text)


@solara.component
def Map(model: Watched) -> None:
    """Show the network of the month that was lived last."""
    chapter, theme = seen(model)
    look = solara.use_reactive(Look())
    picked, pick = look.value.card, picking(look)

    with solara.Div(classes=PART):
        if model.fault:
            with solara.Div(classes=["bc-fault"], attributes={"role": "alert", "data-testid": "fault"}):
                solara.Text(model.fault)
        LookBar(chapter, look, theme)
        with solara.Div(classes=["bc-map"]):
            NetworkPanel(chapter, chapter.lived, theme, look, pick, height=HEIGHT)
            if picked in chapter.cast.members:
                ActorCard(chapter, chapter.lived, picked, pick)


@solara.component
def Series(model: Watched) -> None:
    """Show the monthly series."""
    chapter, theme = seen(model)
    with solara.Div(classes=PART):
        SeriesPanel((chapter,), chapter.lived, None, False, nowhere, theme)


@solara.component
def Ledger(model: Watched) -> None:
    """Show what happened."""
    chapter, theme = seen(model)
    with solara.Div(classes=PART):
        LedgerPanel((chapter,), chapter.lived, nowhere, theme)


@solara.component
def Track(model: Watched) -> None:
    """Show the stages of the strategy, and how it ends if it ended now."""
    chapter, _ = seen(model)
    with solara.Div(classes=PART):
        StrategyTrack(chapter, chapter.lived, nowhere)
        solara.Text(f"If it ended now: {chapter.outcome['label']}.")
        solara.Text(NOTE, classes=["bc-note"])


def seen(model: Watched) -> tuple[Chapter, Theme]:
    """Return what there is to see of a model, and in which colours; asked for at each turn of Mesa's page."""
    update_counter.get()
    return model.chapter, theme_of(bool(solara.lab.use_dark_effective()))


def nowhere(month: int) -> None:
    """Stay: Mesa's page does not go back."""


def parameters() -> dict[str, Any]:
    """Return what SolaraViz lets a reader set."""
    return {
        "scenario": select("Scenario", USUAL.scenario, list_scenarios()),
        "strategy": select("Strategy", USUAL.plans[0].strategy, list_strategies()),
        "seed": {"type": "InputText", "label": "Seed", "value": str(USUAL.seed)},
        "replicate": {"type": "SliderInt", "label": "Replicate", "value": 0, "min": 0, "max": 99, "step": 1},
    }


def select(label: str, value: str, values: list[str]) -> dict[str, Any]:
    """Return a choice as SolaraViz takes it."""
    return {"type": "Select", "label": label, "value": value, "values": values}


@solara.component
def Page() -> None:
    """Show Mesa's page to one reader, with a model of its own."""
    model = solara.use_memo(Watched, [])
    solara.Title("Backchannel in Mesa")
    solara.Style(style())
    SolaraViz(
        model,
        components=[(Map, 0), (Series, 0), (Track, 0), (Ledger, 0)],
        model_params=parameters(),
        name="Backchannel",
        play_interval=250,
    )
