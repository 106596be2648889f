"""The controls: everything that can be set by hand, generated from its declaration."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import solara

from browser.scene.settings import Levels, Settings
from browser.steering.changes import applied, changed, fixed, returned, values, varying
from browser.steering.choice import top
from browser.steering.controls import record
from browser.steering.standing import overruled, stands_of
from model.vocabulary import InputError

#: What changes the controls in sight and those that depend on the scenario.
OPEN = ("scenario", "scenarios", "strategies", "grow")


@solara.component_vue("../vue/controls.vue")
def ControlsForm(
    top: str,
    fixed: str,
    varying: str,
    values: dict[str, Any],
    changed: list[str],
    levels: list[dict[str, str]],
    fault: str = "",
    refused: dict[str, str] | None = None,
    heard: int = 0,
    undone: dict[str, str] | None = None,
    event_change: Callable[[Any], None] | None = None,
) -> None:
    """Draw the controls.

    Parameters
    ----------
    top, fixed, varying : str
        What can be set, as `browser.steering.controls.record` says it in JSON: in sight, always, by scenario.
    values, changed : dict and list
        See `browser.steering.changes`.
    levels : list of dict
        For each plan where its strategy stands by itself, by key.
    fault : str
        Why the settings cannot be run.
    refused : dict, optional
        Why a control could not be set, by its key.
    heard : int
        The last turn in which something was changed and that was dealt with.
    undone : dict, optional
        By the keys of levels that no longer hold: which later level undid each.
    event_change : callable, optional
        Told what is changed: a mapping with "turn", "changes" (pairs of key and value) and "returned" (keys
        of controls that go back to their defaults).
    """


@solara.component
def ControlsPanel(settings: Settings, fault: str, on_change: Callable[[Settings], None]) -> None:
    """Show the controls; each change tells ``on_change`` the new settings."""
    latest: Any = solara.use_ref(settings)
    latest.current = settings
    answer, set_answer = solara.use_state(Answer())
    depends = [getattr(settings, name) for name in OPEN]
    in_sight = solara.use_memo(lambda: said(top(settings)), depends)
    by_scenario = solara.use_memo(lambda: said(varying(settings)), depends)
    levels = use_levels(settings)
    undone = use_undone(settings)

    def change(told: Any) -> None:
        after, refused = told_to(latest.current, told)
        if after != latest.current:
            latest.current = after
            on_change(after)
        set_answer(Answer(turn_of(told), refused))

    ControlsForm(
        top=in_sight,
        fixed=always(),
        varying=by_scenario,
        values=values(settings),
        changed=changed(settings),
        levels=levels,
        fault=fault,
        refused=answer.refused,
        heard=answer.heard,
        undone=undone,
        event_change=change,
    )


class Answer:
    """What is said back to the browser: the turn that was dealt with, and what was refused in it."""

    def __init__(self, heard: int = 0, refused: Mapping[str, str] | None = None) -> None:
        self.heard = heard
        self.refused = dict(refused or {})


@cache
def always() -> str:
    """Return the controls that are the same for every reader, as the browser takes them."""
    return said(fixed())


def said(controls: Any) -> str:
    """Return controls in JSON: a text is compared and sent faster than all that it says."""
    return json.dumps(record(controls), allow_nan=False, separators=(",", ":"))


def use_levels(settings: Settings) -> list[dict[str, str]]:
    """Return where the strategies stand by themselves, once it is known."""
    own = dict(settings.strategies)
    asked = tuple((plan.strategy, own.get(plan.strategy)) for plan in settings.plans)
    task = solara.use_thread(
        lambda: (asked, [stands_of(name, text) for name, text in asked]), [asked], intrusive_cancel=False
    )
    answered, levels = task.value or ((), [])
    return levels if answered == asked else []


def use_undone(settings: Settings) -> dict[str, str]:
    """Return which levels set by hand no longer hold and what undid each, once it is known."""
    own = dict(settings.strategies)
    asked = tuple((plan.strategy, own.get(plan.strategy), plan.levels) for plan in settings.plans)
    task = solara.use_thread(lambda: (asked, undone_in(asked)), [asked], intrusive_cancel=False)
    answered, undone = task.value or ((), {})
    return undone if answered == asked else {}


def undone_in(plans: tuple[tuple[str, str | None, Levels], ...]) -> dict[str, str]:
    """Return by key which levels of plans no longer hold, and in words which later level undid each."""
    found = {}
    for place, plan in enumerate(plans):
        try:
            undone = overruled(*plan)
        except InputError:  # the page says why the strategy cannot be taken there
            continue
        for (dimension, about), (by, _, level) in undone.items():
            found[f"level/{place}/{dimension}/{about}"] = f"overruled by {by}: {level}"
    return found


def turn_of(told: Any) -> int:
    """Return the turn of a change that a browser tells."""
    turn = told.get("turn") if isinstance(told, Mapping) else None
    return turn if isinstance(turn, int) else 0


def told_to(settings: Settings, told: Any) -> tuple[Settings, dict[str, str]]:
    """Return the settings after the changes that a browser tells, and why which of them were refused."""
    refused: dict[str, str] = {}
    for change, key, *value in changes_in(told):
        try:
            settings = change(settings, key, *value)
        except InputError as fault:
            refused[key] = str(fault)
    return settings, refused


def changes_in(told: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what is to be done, with which key and value; what is no change is passed over."""
    said = told if isinstance(told, Mapping) else {}
    back, changes = said.get("returned"), said.get("changes")
    yield from ((returned, key) for key in (back if isinstance(back, list) else ()) if isinstance(key, str))
    for change in changes if isinstance(changes, list) else ():
        match change:
            case [str(key), value]:
                yield applied, key, value
