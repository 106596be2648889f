"""The controls: everything that can be set by hand, generated from its declaration."""

from __future__ import annotations

from collections.abc import Callable

import solara

from browser.settings import Settings


@solara.component
def ControlsPanel(settings: Settings, fault: str, on_change: Callable[[Settings], None]) -> None:
    """Show the controls; each change tells ``on_change`` the new settings."""
    solara.Text("controls")
