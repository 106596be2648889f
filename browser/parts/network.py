"""The network of one month: who is tied to whom, and how pressure and trust travel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import solara

from browser.charts.key import key_of
from browser.charts.network import network_option, quantity_told
from browser.charts.theme import LIGHT, Theme
from browser.charts.ties import STROKES
from browser.parts.framed import Framed
from browser.reading.look import LAYERS, SIZES, Look, quantities
from browser.reading.roles import role_told
from browser.scene.story import Chapter
from model.chronicle import sentence_of

__all__ = ["Look", "LookBar", "NetworkPanel", "picking"]

#: Height of the drawing: what a window leaves beside the bars, the switches and the track.
HEIGHT = "clamp(300px, calc(100vh - 372px), 760px)"


def picking(look: solara.Reactive[Look]) -> Callable[[str | None], None]:
    """Return what opens the card of an actor, or closes it."""
    return lambda name: look.set(look.value.opened(name))


@solara.component
def NetworkPanel(
    chapter: Chapter,
    month: int,
    theme: Theme,
    look: solara.Reactive[Look],
    on_pick: Callable[[str], None],
    testid: str = "network",
    height: str = HEIGHT,
) -> None:
    """Show the network as it stands in a month; a click on an actor tells ``on_pick`` its name.

    The actor whose card is open stands in a ring.
    """
    members, picked = chapter.cast.members, look.value.card
    option = solara.use_memo(
        lambda: network_option(chapter, month, look.value, theme),
        [chapter.at(month), chapter.dispute, look.value, theme],
    )
    entries = solara.use_memo(lambda: key_of(chapter, theme), [chapter.cast, chapter.dispute, theme])
    actors = solara.use_memo(lambda: actors_of(chapter), [chapter.cast])

    def pick(name: str) -> None:
        if name in members:
            on_pick(name)

    with solara.Div(classes=["bc-network"]):
        Framed(
            f"Who presses, talks and trusts, {chapter.at(month).date}",
            option,
            lambda: table_of(chapter, month, look.value),
            testid,
            height=height,
            label=option["aria"]["label"]["description"],
            fresh=f"{chapter.cast.scenario.name} {len(members)} {theme.is_dark}",
            on_pick=lambda event: pick(str(event.get("name", ""))),
        )
        Key(
            entries=entries,
            actors=actors,
            picked=picked if picked in members else "",
            testid=f"{testid}-actor",
            event_pick=pick,
        )


@solara.component_vue("../vue/key.vue")
def Key(
    entries: list[dict[str, Any]],
    actors: list[dict[str, str]],
    picked: str,
    testid: str,
    event_pick: Callable[[str], None],
) -> None:
    """Show what shapes and colours mean, and every actor to choose from without a mouse."""


@solara.component
def LookBar(chapter: Chapter, look: solara.Reactive[Look], theme: Theme = LIGHT) -> None:
    """Show the switches of the layers, and what gives actors their size."""
    layers = [
        {
            "key": layer.key,
            "title": layer.title,
            "about": sentence_of(layer.about),
            "is_on": layer.key in look.value.layers,
            "colour": theme.colour(STROKES[layer.key].colour),
            "dash": STROKES[layer.key].dash,
        }
        for layer in LAYERS.values()
    ]
    Switches(
        layers=layers,
        sizes=[
            {"key": size.key, "title": size.title, "about": sentence_of(size.about)}
            for size in SIZES.values()
        ],
        size=look.value.size,
        event_layer=lambda layer: look.set(look.value.switched(layer)),
        event_size=lambda size: look.set(look.value.sized(size)),
    )


@solara.component_vue("../vue/lookbar.vue")
def Switches(
    layers: list[dict[str, Any]],
    sizes: list[dict[str, str]],
    size: str,
    event_layer: Callable[[str], None],
    event_size: Callable[[str], None],
) -> None:
    """Show a switch for each layer, and a choice of sizes."""


def actors_of(chapter: Chapter) -> list[dict[str, str]]:
    """Return the name and the title of every actor, in alphabetical order."""
    titles = {name: member.title.removeprefix("the ") for name, member in chapter.cast.members.items()}
    return [{"name": name, "title": titles[name]} for name in sorted(titles, key=lambda name: titles[name])]


def table_of(chapter: Chapter, month: int, look: Look) -> pd.DataFrame:
    """Return what the network shows of each actor in a month: its kind, its role, its quantity."""
    sizes = quantities(chapter.cast, chapter.at(month), chapter.at(0), look.size)
    return pd.DataFrame(
        [
            {
                "actor": sentence_of(member.title),
                "kind and role": role_told(member, chapter.dispute),
                SIZES[look.size].title: quantity_told(sizes[name]) if name in sizes else "",
            }
            for name, member in chapter.cast.members.items()
        ]
    )
