"""Two strategies side by side on the same luck, and the paired difference in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import solara

from browser.charts.theme import Theme
from browser.crowd import Crowd
from browser.parts.network import Look
from browser.session import Scene
from browser.settings import Settings


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
    solara.Text("compare")
