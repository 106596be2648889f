"""What is set by hand: a value for a control is checked and put into the settings, or taken out again.

A change comes from a browser, so nothing about it is taken for granted. Whether the settings that come of
it can be run is another matter; whoever runs them finds out.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from browser.scene.settings import Plan, Settings
from browser.steering.choice import case_of, grow_table, top
from browser.steering.controls import Chapter, Control, design, mechanisms, numbers, region, run
from model.vocabulary import InputError, nearest

#: The parts of a key of a level: the word, the plan, the dimension and the question.
LEVEL = 4


def fixed() -> tuple[Chapter, ...]:
    """Return the controls that are the same whatever is set."""
    return (design(), numbers(), mechanisms())


def varying(settings: Settings) -> tuple[Chapter, ...]:
    """Return the controls, beside those in sight, that depend on the scenario."""
    table = grow_table(settings)
    case = case_of(settings) or case_of(settings.but(grow=()))
    length = run(case.months if case is not None else 1)
    return (length,) if table is None else (region(table), length)


def control_of(settings: Settings, key: str) -> Control:
    """Return the control of that key.

    Raises
    ------
    InputError
        If there is none under these settings.
    """
    word, _, rest = key.partition("/")
    place, _, question = rest.partition("/")
    if word == "level" and place.isdecimal() and int(place) < len(settings.plans):
        key = f"level/0/{question}"
    if key in _fixed_by_key():
        return _fixed_by_key()[key]
    found = by_key(varying(settings)) | {control.key: control for control in top(settings).controls}
    if key not in found:
        raise InputError(f"'{key}' is nothing that can be set here{nearest(key, [*found, *_fixed_by_key()])}")
    return found[key]


@lru_cache(maxsize=1)
def _fixed_by_key() -> dict[str, Control]:
    return by_key(fixed())


def by_key(chapters: Iterable[Chapter]) -> dict[str, Control]:
    """Return the controls of chapters by their keys."""
    groups = (group for chapter in chapters for group in chapter.groups)
    return {control.key: control for group in groups for control in group.controls}


def checked(control: Control, value: Any) -> Any:
    """Return a value that a control may have.

    Raises
    ------
    InputError
        If it may not; the message says what is allowed.
    """
    match control.kind:
        case "switch":
            if isinstance(value, bool):
                return value
            raise InputError(f"{control.title}: {said_of(value)}; allowed is on or off")
        case "select":
            values = [option.value for option in control.options]
            if value in values and (value is None or isinstance(value, str)):
                return value
            allowed = ", ".join(str(each) for each in values if each is not None)
            raise InputError(f"{control.title}: {said_of(value)}; allowed is one of {allowed}")
        case _:
            return None if value is None and control.empty else _amount(control, value)


def _amount(control: Control, value: Any) -> float:
    is_whole = control.kind == "whole"
    low, high = control.low or 0.0, control.high or 0.0
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and low <= value <= high and (not is_whole or value == int(value)):
        return int(value) if is_whole else float(value)
    kind = "a whole number " if is_whole else ""
    unit = f" {control.unit}" if control.unit else ""
    raise InputError(f"{control.title}: {said_of(value)}; allowed is {kind}from {low:g} to {high:g}{unit}")


def said_of(value: Any) -> str:
    """Return in words a value that was refused."""
    match value:
        case None:
            return "is empty"
        case bool():
            return "on" if value else "off"
        case int() | float():
            return str(value)[:40]
        case str():
            return f"'{value[:40]}'"
        case _:
            return "is no such value"


def applied(settings: Settings, key: str, value: Any) -> Settings:
    """Return the settings with one control set; what is set to its default is no change any more.

    Parameters
    ----------
    settings : Settings
        Before.
    key : str
        Of the control.
    value : Any
        As it came from a browser.

    Raises
    ------
    InputError
        If there is no such control, or it may not have this value.
    """
    control = control_of(settings, key)
    value = checked(control, value)
    is_default = value == control.default
    word, _, rest = key.partition("/")
    match word:
        case "scenario":
            if value == settings.scenario:
                return settings
            return settings.but(scenario=value, dispute=None, grow=(), months=None)
        case "strategy":
            return settings.with_plan(0, strategy=value)
        case "compare":
            second = settings.plans[1].levels if len(settings.plans) > 1 else ()
            others = () if value is None else (Plan(value, second),)
            return settings.but(plans=(settings.plans[0], *others))
        case "level":
            return _at_level(settings, key, value)
        case "number":
            return settings.with_parameter(rest, None if is_default else value)
        case "without":
            kept = [name for name in settings.without if name != rest]
            return settings.but(without=tuple(sorted(kept if value else [*kept, rest], key=_place_of)))
        case "grow":
            keys = {name: old for name, old in settings.grow if name != rest}
            return settings.but(grow=tuple(sorted((keys if is_default else {**keys, rest: value}).items())))
        case _:
            is_open = key in ("dispute", "months")  # said by the scenario where it is not set
            return settings.but(**{key: None if is_open and is_default else value})


def _place_of(mechanism: str) -> int:
    return int(mechanism[1:])


def _at_level(settings: Settings, key: str, level: str | None) -> Settings:
    """Return the settings with one question of design at a level, which is laid over all others."""
    _, place, dimension, about = key.split("/", LEVEL - 1)
    plan = settings.plans[int(place)]
    levels = [each for each in plan.levels if each[:2] != (dimension, about)]
    if level is not None:
        levels.append((dimension, about, level))
    return settings.with_plan(int(place), levels=tuple(levels))


def returned(settings: Settings, key: str) -> Settings:
    """Return the settings with one control at its default again.

    Raises
    ------
    InputError
        If there is no such control.
    """
    return applied(settings, key, control_of(settings, key).default)


def changed(settings: Settings) -> list[str]:
    """Return the keys of the controls that are not at their defaults."""
    usual = values(Settings())
    return [key for key, value in values(settings).items() if value != usual.get(key)]


def values(settings: Settings) -> dict[str, Any]:
    """Return what is set, by key: what is in sight, and of all others what is not at its default."""
    found: dict[str, Any] = {
        "scenario": settings.scenario,
        "strategy": settings.plans[0].strategy,
        "compare": settings.plans[1].strategy if len(settings.plans) > 1 else None,
        "seed": settings.seed,
        "replicate": settings.replicate,
    }
    found |= {} if settings.dispute is None else {"dispute": settings.dispute}
    for place, plan in enumerate(settings.plans):
        found |= {f"level/{place}/{dimension}/{about}": level for dimension, about, level in plan.levels}
    found |= {f"number/{name}": value for name, value in settings.parameters}
    found |= {f"grow/{name}": value for name, value in settings.grow}
    found |= {f"without/{name}": False for name in settings.without}
    found |= {} if settings.months is None else {"months": settings.months}
    return found | ({"uncertain": True} if settings.uncertain else {})
