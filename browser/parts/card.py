"""The card of one actor: how it stands, whom it is tied to, what it did last."""

from __future__ import annotations

from collections.abc import Callable

import solara

from browser.parts.chart import text_of
from browser.reading.cards import card_of
from browser.scene.story import Chapter


@solara.component
def ActorCard(chapter: Chapter, month: int, name: str, on_pick: Callable[[str | None], None]) -> None:
    """Show an actor in a month; ``on_pick`` is told another actor to show, or None to close."""
    members = chapter.cast.members
    Sheet(
        told=text_of(card_of(chapter, month, name).plain()),
        is_left=chapter.cast.places[name][0] > 0.5,
        event_pick=lambda other: on_pick(other if other in members else None),
    )


@solara.component_vue("../vue/card.vue")
def Sheet(told: str, is_left: bool, event_pick: Callable[[str], None]) -> None:
    """Draw a card, told in JSON, over the side of the map where its actor is not."""
