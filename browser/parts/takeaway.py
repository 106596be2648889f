"""Take it away: files, figures and a link; and bring files of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import solara

from browser.crowd import Crowd
from browser.settings import Settings
from browser.story import Chapter


@solara.component
def TakeAwayPanel(
    settings: Settings,
    chapters: Sequence[Chapter],
    crowd: Crowd | None,
    on_change: Callable[[Settings], None],
) -> None:
    """Show what can be downloaded and uploaded."""
    solara.Text("take it away")
