"""The monthly series, each on the fan of the ensemble that the history belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import solara

from browser.charts.theme import Theme
from browser.crowd import Crowd
from browser.story import Chapter


@solara.component
def SeriesPanel(
    chapters: Sequence[Chapter],
    month: int,
    crowd: Crowd | None,
    is_outdated: bool,
    on_month: Callable[[int], None],
    theme: Theme,
) -> None:
    """Show the series of one story, or of two overlaid; a click jumps to the month."""
    solara.Text(f"{len(chapters[0].series)} months of series")
