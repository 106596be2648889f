"""The bar at the top: what is shown, and how it is played."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import solara

from browser.session import SPEEDS, Scene, Session


@solara.component
def TransportBar(session: Session, scene: Scene, tab: solara.Reactive[str], tabs: Mapping[str, str]) -> None:
    """Show the tabs, and play, pause, step, reset, the month and the speed."""
    is_playing = session.is_playing.value
    at_end = scene.month >= scene.horizon
    with solara.Row(classes=["bc-bar"], gap="8px"):
        solara.Text("Backchannel", classes=["bc-name"])
        for key, title in tabs.items():
            solara.Button(
                title,
                text=tab.value != key,
                color="primary" if tab.value == key else None,
                on_click=lambda key=key: tab.set(key),
                attributes={"data-testid": f"to-{key}", "aria-pressed": str(tab.value == key).lower()},
            )
        _Act("Reset", "mdi-skip-backward", session.reset, False)
        if is_playing:
            _Act("Pause", "mdi-pause", session.pause, False)
        else:
            _Act("Play", "mdi-play", session.play, at_end or bool(scene.fault))
        _Act("Step", "mdi-skip-next", session.step, at_end or bool(scene.fault))
        solara.SliderInt(
            "Month", value=scene.month, min=0, max=max(scene.horizon, 1), on_value=session.look_at
        )
        date = scene.chapters[0].at(scene.month).date if scene.chapters else ""
        solara.HTML(
            tag="span",
            unsafe_innerHTML=f"month {scene.month} of {scene.horizon}, {date}",
            classes=["bc-month"],
            attributes={"data-testid": "month", "data-month": str(scene.month), "role": "status"},
        )
        solara.Select("Months a second", list(SPEEDS), value=session.speed, dense=True)


@solara.component
def _Act(title: str, icon: str, act: Callable[[], None], is_idle: bool) -> None:
    solara.Button(
        icon_name=icon,
        on_click=act,
        disabled=is_idle,
        text=True,
        attributes={"aria-label": title, "title": title, "data-testid": title.lower()},
    )
