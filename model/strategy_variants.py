"""A variant is a strategy told by what it changes: all else is taken from the strategy that it varies.

A file that begins with ``varies = "published-roadmap"`` says of itself what every file says of itself
(name, title, description, source), and then only its differences. A table that it gives is merged key by
key; ``stages`` and ``rules``, if it gives them, replace those of the other whole; and what stands in
``[every_stage]`` is merged into each stage that is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

#: The key that names the strategy that a file varies, and the table merged into each of its stages.
VARIES, EVERY_STAGE = "varies", "every_stage"
#: What a file says of itself, and so cannot take from another.
OWN = ("name", "title", "description", "source")


def misuse(content: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with how a file varies another, one line a fault."""
    faults = []
    if not isinstance(content.get(VARIES), str):
        was = f"not {content[VARIES]!r}" if VARIES in content else "missing"
        faults.append(f"{VARIES}: should be the name or the path of the strategy that is varied, {was}")
    if not isinstance(content.get(EVERY_STAGE, {}), Mapping):
        faults.append(f"{EVERY_STAGE}: should be a table, not {content[EVERY_STAGE]!r}")
    if EVERY_STAGE in content and "stages" in content:
        faults.append(f"{EVERY_STAGE}: only stages taken over are changed by it; say it in the stages below")
    return faults


def varied(base: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a whole file would say that is ``base`` but for what ``content`` says."""
    taken = {key: value for key, value in base.items() if key not in OWN}
    own = {key: value for key, value in content.items() if key not in (VARIES, EVERY_STAGE)}
    said = merged(taken, own)
    if EVERY_STAGE in content:
        said["stages"] = [merged(stage, content[EVERY_STAGE]) for stage in base["stages"]]
    return said


def merged(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``table`` with ``changes``, tables within it key by key; shares by name are one value."""
    result = dict(table)
    for key, value in changes.items():
        before = table.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping) and key not in ("relief", "asks"):
            value = {**before, **value}
        result[key] = value
    return result


def retold(faults: Iterable[str], content: Mapping[str, Any]) -> list[str]:
    """Return faults of stages as faults of the table merged into each of them, where it says the key."""
    everywhere = content.get(EVERY_STAGE, {})

    def place(found: re.Match[str]) -> str:
        return f"{EVERY_STAGE}.{found[1]}" if found[1] in everywhere else found[0]

    return list(dict.fromkeys(re.sub(r"^stages\[\d+\]\.(\w+)", place, fault) for fault in faults))
