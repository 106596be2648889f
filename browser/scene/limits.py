"""How large something may be that a page shows: what comes from a reader must not take the server down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from browser.scene.settings import RUNS, Settings
from model.scenario import Scenario
from model.scenario_names import ACTOR_TABLES
from model.vocabulary import InputError

#: Actors and disputes of a scenario, and months of a run.
MOST_ACTORS, MOST_DISPUTES, MOST_MONTHS = 300, 12, 480
#: Disputes times months of the runs beside a history: 300 runs tell of so many in some 150 MB.
MOST_TOLD = 2_300
#: Lines of any one list of a scenario's file, such as its ties of trade.
MOST_LINES = 5_000
#: Stages of a strategy, and its rules.
MOST_STAGES, MOST_RULES = 60, 60
#: Keys of a file, and ties of a scenario to actors that it does not list.
MOST_KEYS, MOST_STRANGERS = 100, 100
#: Lists and tables within one another; a file has four.
MOST_NESTED = 8


def check(settings: Settings) -> Settings:
    """Return the settings if a page can show what they ask for.

    Raises
    ------
    InputError
        If they name what there is not, or are too large for a page.
    """
    check_growth(dict(settings.grow))
    case = settings.case()
    check_size(case)
    months = settings.span()
    if months > MOST_MONTHS:
        raise InputError(f"{months} months are too long for this page, which shows {MOST_MONTHS} at most")
    disputes = len(case.disputes)
    if disputes * months > MOST_TOLD:
        raise InputError(
            f"{disputes} disputes over {months} months are too much for {RUNS} runs; this page runs "
            f"{disputes} disputes over {MOST_TOLD // disputes} months at most"
        )
    for place in range(len(settings.plans)):
        strategy = settings.strategy(place)
        check_parts({"stages": len(strategy.stages), "rules": len(strategy.rules)})
    settings.place_of_dispute()
    return settings


def check_size(case: Scenario) -> None:
    """Raise if a scenario has too many actors or disputes for a page."""
    for what, number, most in (
        ("actors", len(case.actors), MOST_ACTORS),
        ("disputes", len(case.disputes), MOST_DISPUTES),
    ):
        if number > most:
            raise InputError(f"{case.name}: {number} {what} are too many for this page, which shows {most}")


def check_scenario(content: Mapping[str, Any]) -> None:
    """Raise if what the file of a scenario holds is too much to be looked into."""
    check_shape(content)
    for name, entries in listed(content):
        if len(entries) > MOST_LINES:
            raise InputError(f"{name}: {len(entries):,} entries are too many; at most {MOST_LINES:,}")
    strangers = list(unknown_ends(content))
    if len(strangers) > MOST_STRANGERS:
        raise InputError(
            f"{len(strangers):,} ties name actors that are not listed, such as '{strangers[0][:60]}'"
        )
    tables = [content.get(table) for table in ACTOR_TABLES]
    actors = sum(len(entries) for entries in tables if isinstance(entries, list))
    grow = content.get("grow")
    check_growth(grow if isinstance(grow, dict) else {}, actors)


def check_growth(grow: Mapping[str, Any], besides: int = 0) -> None:
    """Raise if a table [grow] asks for too many disputes, or, with those ``besides``, for too many actors."""
    numbers = [grow.get(table) for table in ACTOR_TABLES]
    actors = besides + sum(number for number in numbers if isinstance(number, int))
    if actors > MOST_ACTORS:
        raise InputError(f"{actors:,} actors are too many for this page, which shows {MOST_ACTORS}")
    if isinstance(disputes := grow.get("disputes"), int) and disputes > MOST_DISPUTES:
        raise InputError(f"{disputes:,} disputes are too many for this page, which shows {MOST_DISPUTES}")


def check_strategy(content: Mapping[str, Any]) -> None:
    """Raise if what the file of a strategy holds is too much to be looked into."""
    check_shape(content)
    many = {name: content.get(name) for name in ("stages", "rules")}
    check_parts({name: len(entries) for name, entries in many.items() if isinstance(entries, list | tuple)})


def check_parts(counts: Mapping[str, int]) -> None:
    """Raise if a strategy has too many stages or rules for a page."""
    for name, most in (("stages", MOST_STAGES), ("rules", MOST_RULES)):
        if (count := counts.get(name, 0)) > most:
            raise InputError(f"{name}: {count:,} are too many for this page, which shows {most}")


def check_shape(content: Mapping[str, Any]) -> None:
    """Raise if a file has too many keys, or lists and tables lie too deep within one another."""
    if len(content) > MOST_KEYS:
        raise InputError(f"{len(content):,} keys are too many; at most {MOST_KEYS}")
    check_nesting(content)


def check_nesting(content: Any) -> None:
    """Raise if lists and tables lie too deep within one another."""
    level, depth = [content], 0
    while level:
        depth += 1
        if depth > MOST_NESTED:
            raise InputError(f"lists and tables lie more than {MOST_NESTED} deep within one another")
        level = [
            inner for outer in level for inner in within(outer) if isinstance(inner, list | tuple | dict)
        ]


def unknown_ends(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ends of a scenario's ties that none of its actors bears as a name."""
    tables = {name: entries for name, entries in content.items() if isinstance(entries, list)}
    listed_actors = (
        entry for name in ACTOR_TABLES for entry in tables.get(name, ()) if isinstance(entry, dict)
    )
    known = {name for entry in listed_actors if isinstance(name := entry.get("name"), str)}
    for name in tables.keys() - {*ACTOR_TABLES, "disputes", "calendar", "sources"}:
        for entry in tables[name]:
            ends = entry.values() if isinstance(entry, dict) else ()
            yield from (end for end in ends if isinstance(end, str) and end not in known)


def within(outer: Any) -> Iterator[Any]:
    """Yield what a list or a table holds."""
    yield from outer.values() if isinstance(outer, Mapping) else outer


def listed(content: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Yield every list of a file with its path, also those within its tables."""
    for key, value in content.items():
        if isinstance(value, list):
            yield f"{at}{key}", value
            for entry in value[:MOST_LINES]:
                if isinstance(entry, Mapping):
                    yield from listed(entry, f"{at}{key}.")
        elif isinstance(value, Mapping):
            yield from listed(value, f"{at}{key}.")
