"""The card of one actor: how it stands, whom it is tied to, what it did last."""

from __future__ import annotations

from collections.abc import Callable

import solara

from browser.story import Chapter


@solara.component
def ActorCard(chapter: Chapter, month: int, name: str, on_pick: Callable[[str | None], None]) -> None:
    """Show an actor in a month; ``on_pick`` is told another actor to show, or None to close."""
    solara.Text(name)
