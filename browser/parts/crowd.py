"""Three hundred runs at once: how agreements survive, and how the runs end."""

from __future__ import annotations

from collections.abc import Sequence

import solara

from browser.charts.theme import Theme
from browser.crowd import Crowd
from browser.story import Chapter


@solara.component
def CrowdPanel(crowd: Crowd | None, is_outdated: bool, chapters: Sequence[Chapter], theme: Theme) -> None:
    """Show the ensemble under the same settings as the history."""
    solara.Text("ensemble" if crowd else "no ensemble yet")
