"""The strategy as a track: its stages in order, and where the process stands."""

from __future__ import annotations

from collections.abc import Callable

import solara

from browser.story import Chapter


@solara.component
def StrategyTrack(
    chapter: Chapter, month: int, on_month: Callable[[int], None], testid: str = "track"
) -> None:
    """Show every stage as a card on a line, as it stands in a month."""
    solara.Text(f"{chapter.strategy.title}: {len(chapter.strategy.stages)} stages")
