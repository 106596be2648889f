"""The page of every dimension of design and every institution: docs/designs.md."""

from __future__ import annotations

import tomllib
from typing import Any

from experiments.handbook.places import NOTE


def designs_page() -> str:
    """Return the page of every dimension of design and every institution: how each level is said."""
    from model.dimensions import DESIGNS

    table = tomllib.loads(DESIGNS.read_text(encoding="utf-8"))
    numbered = [entry for entry in table["dimension"] if entry["id"][1:].isdigit()]
    across = [entry for entry in table["dimension"] if entry not in numbered]
    parts = [
        "# Designs\n",
        NOTE,
        f"A strategy chooses a level in each of {len(numbered)} dimensions. Here is every dimension, every "
        "level, and what an analyst writes for it in a strategy file. What a file does not say keeps its "
        "neutral default, so a strategy needs only the lines in which it differs.\n\n"
        '`talks.track = "private"` stands above the first stage; in a table it reads `[talks]` and '
        '`track = "private"`. What is said of a **stage** stands below its `[[stages]]`, and of a **rule** '
        "below its `[[rules]]`. A stage also needs a title, and a trigger: here "
        '`release = "verified"` where nothing else is said. Depths asked are those to be reached by the end '
        "of a stage, relief is the share that it gives back. The neutral level of a choice is in *italics*. "
        "A whole file is walked through in [CONTRIBUTING.md](../CONTRIBUTING.md), all keys stand in "
        "[model/strategy_format.py](../model/strategy_format.py).\n\n"
        "Every level below is accepted, and in a small region in which every institution has somebody to "
        "carry it no two levels of a choice lead to the same runs: "
        "[tests/model/test_designs.py](../tests/model/test_designs.py) checks both.\n",
        "## Dimensions\n",
        *(part for entry in numbered for part in _dimension(entry)),
        "## Across the dimensions\n",
        *(part for entry in across for part in _dimension(entry)),
        "## Institutions\n",
        "What is attached to an agreement or a channel. Each can be withheld or granted.\n",
        *(part for entry in table["institution"] for part in _institution(entry)),
    ]
    return "\n".join(parts)


def _dimension(entry: dict[str, Any]) -> list[str]:
    title = f"{entry['id']} {entry['name']}" if entry["id"][1:].isdigit() else entry["name"]
    return [f"### {title}\n", *(part for choice in entry["choice"] for part in _choice(choice))]


def _institution(entry: dict[str, Any]) -> list[str]:
    return [f"### {entry['id']} {entry['name']}\n", f"It {entry['does']}.\n", *_choice(entry)]


def _choice(choice: dict[str, Any]) -> list[str]:
    remarks = [f"{choice['about']}." if "about" in choice else "", choice.get("acts", "")]
    beside = _sayings(choice.get("beside", {}))
    remarks += [f"Said beside each level, so that it can act: {'; '.join(beside)}."] if beside else []
    told = " ".join(remark for remark in remarks if remark)
    rows = [
        f"| {f'*{level["level"]}*' if _is_neutral(level) else level['level']} | "
        f"{'<br>'.join(_sayings(level)) or 'nothing'} |"
        for level in choice["levels"]
    ]
    return [*([f"{told}\n"] if told else []), "| level | how it is said |", "|---|---|", *rows, ""]


def _is_neutral(level: dict[str, Any]) -> bool:
    """Return whether a level says only what a file that does not say it means anyway."""
    from model.strategy_format import Script, Stage

    stage = Stage.model_validate({"title": "A stage", "release": "verified"})
    names = dict.fromkeys(("name", "title", "description", "source"), "neutral")
    neutral = Script.model_validate(names).model_dump() | {"rules": []}
    neutral |= dict.fromkeys(("every_stage", "first_stage", "last_stage"), stage.model_dump())
    said = {key: value for key, value in level.items() if key != "level"}
    return all(key in neutral and _holds(neutral[key], value) for key, value in said.items())


def _holds(whole: Any, part: Any) -> bool:
    """Return whether every key that ``part`` says has the same value in ``whole``."""
    if isinstance(part, dict):
        return all(key in whole and _holds(whole[key], value) for key, value in part.items())
    return bool(list(whole) == part if isinstance(part, list) else whole == part)


def _sayings(fragment: dict[str, Any]) -> list[str]:
    """Return what a fragment of a strategy says, a line each, as a file spells it."""
    lines = []
    for name, value in fragment.items():
        if name in ("every_stage", "first_stage", "last_stage"):
            lines.append(f"{name.replace('_', ' ')}: {_spelt(value)}")
        elif name == "relief_by_stage":
            shares = ", ".join(f"{share:g}" for share in value)
            plural = f"{len(value)} stages" if len(value) > 1 else "one stage"
            lines.append(
                f"{plural} of `relief = {{ all = ... }}`: {shares}; `asks = {{ all = ... }}` in even steps"
            )
        elif name == "stages":
            lines += [f"stage {place}: {_spelt(stage)}" for place, stage in enumerate(value, 1)]
        elif name == "rules":
            lines += [f"rule: {_spelt(each)}" for each in value]
        elif name != "level":
            lines.append(_spelt({name: value}))
    return lines


def _spelt(table: dict[str, Any]) -> str:
    """Return a table's keys as code; keys of a table inside it with a dot, shares by name in braces."""
    from model.strategy import value_of

    found = []
    for key, value in table.items():
        if isinstance(value, dict) and key not in ("relief", "asks"):
            found += [f"`{key}.{inner} = {value_of(each)}`" for inner, each in value.items()]
        else:
            found.append(f"`{key} = {value_of(value)}`")
    return ", ".join(found)
