"""Parts of a view to choose from: only the open one is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import solara


@solara.component
def SubTabs(titles: Mapping[str, str], chosen: str, on_choose: Callable[[str], None], label: str) -> None:
    """Show a row of buttons, of which one is pressed.

    Parameters
    ----------
    titles : mapping
        What each part is called, by its key; a button's ``data-testid`` is "tab-" and its key.
    chosen : str
        The key of the open one.
    on_choose : callable
        Told the key of the one that is to be opened.
    label : str
        What the parts are of, for those who cannot see them.
    """
    with solara.Div(classes=["bc-subtabs"], attributes={"role": "group", "aria-label": label}):
        for key, title in titles.items():
            solara.Button(
                title,
                text=True,
                classes=["bc-subtab", *(["bc-on"] if key == chosen else [])],
                on_click=lambda key=key: on_choose(key),
                attributes={"aria-pressed": str(key == chosen).lower(), "data-testid": f"tab-{key}"},
            )
