"""What cannot be drawn is said in its place; the rest of the page lives on."""

from __future__ import annotations

import logging
from collections.abc import Callable

import solara

log = logging.getLogger(__name__)


@solara.component
def InPlace(what: str, part: Callable[[], object], fresh: object) -> None:
    """Show a part of the page, or where it fails, a sentence that says so.

    Parameters
    ----------
    what : str
        What the part is, as a sentence begins with it.
    part : callable
        Makes the part's element.
    fresh : object
        When this changes, a part that failed is tried again.
    """
    fault, clear = solara.use_exception()
    solara.use_effect(clear, [fresh])
    if fault is None:
        part()
        return
    with solara.Div(classes=["bc-broken"], attributes={"role": "alert", "data-testid": "broken"}):
        solara.Text(f"{what} cannot be drawn: {str(fault) or type(fault).__name__}.")
        solara.Button("Try again", text=True, classes=["bc-small"], on_click=clear)
