"""Two strategies side by side on the same luck, and the paired difference in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from browser.charts import difference
from browser.charts.theme import Theme
from browser.parts.card import ActorCard
from browser.parts.crowd import CrowdPanel
from browser.parts.framed import Framed
from browser.parts.inplace import InPlace
from browser.parts.ledger import LedgerPanel
from browser.parts.network import Look, LookBar, NetworkPanel, picking
from browser.parts.series import SeriesPanel
from browser.parts.subtabs import SubTabs
from browser.parts.track import StrategyTrack
from browser.parts.versus import Versus
from browser.reading import comparing, parting
from browser.scene.crowd import Crowd
from browser.scene.settings import Settings
from browser.scene.sides import COLOURS, LETTERS
from browser.session import Scene
from browser.steering import choosing

#: What is seen of the two, by key.
SEEN = {"both": "Networks", "overlaid": "Series", "aligned": "Ledgers", "pairs": "Pairs of runs"}
#: Height of each of the two networks: what the window leaves beside head, sentence and track.
HEIGHT = "clamp(220px, calc(100vh - 492px), 520px)"


@solara.component
def ComparePanel(
    scene: Scene,
    crowd: Crowd | None,
    is_outdated: bool,
    look: solara.Reactive[Look],
    on_month: Callable[[int], None],
    on_change: Callable[[Settings], None],
    theme: Theme,
) -> None:
    """Show both stories in the same month; where there is one plan only, how to choose another."""
    seen = solara.use_reactive("both")
    settings = scene.settings
    choices = solara.use_memo(
        lambda: choosing.choices(settings),
        [settings.scenario, settings.grow, settings.scenarios, settings.strategies, settings.plans[0]],
    )
    heads = solara.use_memo(
        lambda: choosing.headings(settings, theme), [settings.plans, settings.strategies, theme]
    )

    def act(told: dict[str, Any]) -> None:
        changed = choosing.changed(settings, told)
        if changed is not None:
            on_change(changed)

    def opened() -> None:
        match seen.value:
            case "both":
                SideBySide(scene, look, on_month, theme)
            case "overlaid":
                SeriesPanel(scene.chapters, scene.month, crowd, is_outdated, on_month, theme)
            case "aligned":
                Ledgers(scene, on_month, theme)
            case _:
                Pairs(scene, crowd, is_outdated, theme)

    with solara.Div(classes=["bc-compare"], attributes={"data-testid": "compare"}):
        Versus(sides=heads, choices=choices, event_act=act)
        if len(settings.plans) == 2 and len(scene.chapters) == 2:
            Verdict(crowd, is_outdated)
            SubTabs(SEEN, seen.value, seen.set, "What is compared")
            with solara.Div(
                classes=["bc-scroll"], attributes={"role": "region", "aria-label": SEEN[seen.value]}
            ):
                InPlace("This comparison", opened, (seen.value, scene))


@solara.component
def Verdict(crowd: Crowd | None, is_outdated: bool) -> None:
    """Show the paired difference in a sentence, and whether the two spend the same."""
    with solara.Div(
        classes=["bc-verdict", *(["bc-outdated"] if is_outdated and is_paired(crowd) else [])],
        attributes={"role": "status", "data-testid": "verdict", "data-outdated": str(is_outdated).lower()},
    ):
        if crowd is None or not is_paired(crowd):
            solara.Text("The pairs of runs are being lived ...", classes=["bc-note"])
        else:
            solara.Div(children=[comparing.sentence(crowd)], classes=["bc-verdict-main"])
            more = [
                comparing.scope(crowd.settings),
                comparing.beyond(crowd),
                *comparing.unequal(crowd.settings),
            ]
            solara.Div(children=[" ".join(more)], classes=["bc-note"])


def is_paired(crowd: Crowd | None) -> bool:
    """Return whether there is an ensemble, and of two plans."""
    return crowd is not None and len(crowd.settings.plans) == 2


@solara.component
def SideBySide(
    scene: Scene, look: solara.Reactive[Look], on_month: Callable[[int], None], theme: Theme
) -> None:
    """Show both networks and both tracks in the month that is looked at."""
    picked, pick = look.value.card, picking(look)

    LookBar(scene.chapters[0], look, theme)
    with solara.Div(classes=["bc-pair"]):
        for letter, colour, chapter in zip(LETTERS, COLOURS, scene.chapters, strict=True):
            with solara.Div(
                classes=["bc-pair-side", f"bc-pair-{letter.lower()}"],
                style={"--bc-side": theme.colour(colour), "--bc-letter": f"'{letter}'"},
                attributes={"role": "group", "aria-label": f"History {letter}"},
            ):
                NetworkPanel(
                    chapter,
                    scene.month,
                    theme,
                    look,
                    pick,
                    testid=f"network-{letter.lower()}",
                    height=HEIGHT,
                )
                StrategyTrack(chapter, scene.month, on_month, f"track-{letter.lower()}")
                if picked in chapter.cast.members:
                    ActorCard(chapter, scene.month, picked, pick)
    Told(scene, on_month)


@solara.component
def Ledgers(scene: Scene, on_month: Callable[[int], None], theme: Theme) -> None:
    """Show both ledgers with their months aligned, and where they part."""
    Told(scene, on_month)
    LedgerPanel(scene.chapters, scene.month, on_month, theme)


@solara.component
def Told(scene: Scene, on_month: Callable[[int], None]) -> None:
    """Show what differs in this one pair of histories, and where they part."""
    found = solara.use_memo(lambda: parting.parting(scene.chapters), [scene.chapters])
    told = solara.use_memo(
        lambda: (parting.told(scene.chapters), parting.parting_told(scene.chapters)), [scene.chapters]
    )
    with solara.Div(classes=["bc-pair-told"], attributes={"data-testid": "told"}):
        solara.Div(children=[told[0]])
        with solara.Div(attributes={"data-testid": "parting"}):
            solara.Text(f"{told[1]} ")
            if found is not None:
                month = found.month + 1
                solara.Button(
                    "Look at that month",
                    text=True,
                    classes=["bc-small"],
                    on_click=lambda: on_month(month),
                    attributes={"data-testid": "to-parting"},
                )


@solara.component
def Pairs(scene: Scene, crowd: Crowd | None, is_outdated: bool, theme: Theme) -> None:
    """Show every measure pair by pair, and how the runs of both end."""
    if crowd is not None and is_paired(crowd):
        found = comparing.gaps(crowd)
        Framed(
            f"In how many of {found[0].pairs:,} pairs of runs each did better, and by how much",
            difference.option(found, COLOURS, theme),
            lambda: comparing.table(found),
            "differences",
            height=difference.height(found),
            is_outdated=is_outdated,
            note=comparing.note(found),
        )
    CrowdPanel(crowd, is_outdated, scene.chapters, theme)
