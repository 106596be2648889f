"""The strategy editor: stages are moved, added, changed and removed; what is wrong is said at once."""

from __future__ import annotations

from collections.abc import Callable

import solara

from browser.settings import Settings


@solara.component
def EditorPanel(settings: Settings, place: int, on_change: Callable[[Settings], None]) -> None:
    """Show the strategy of the plan at ``place``; putting it to use tells ``on_change`` the new settings."""
    solara.Text("editor")
