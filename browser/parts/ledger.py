"""The ledger: what happened, in plain sentences, with filters; a click jumps to the month."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import solara

from browser.charts.theme import Theme
from browser.story import Chapter


@solara.component
def LedgerPanel(
    chapters: Sequence[Chapter],
    month: int,
    on_month: Callable[[int], None],
    theme: Theme,
    testid: str = "ledger",
) -> None:
    """Show the ledger of one story, or of two with their months aligned."""
    solara.Text(f"{len(chapters[0].events)} events")
