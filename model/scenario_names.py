"""How a scenario file names things: actors, disputes, sectors, months, and words of the vocabulary.

A file is read against the `Known` of its own names, so that a tie to an actor that is not there is
found where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from model.vocabulary import Kind, Sector, member_of, nearest, word_of

#: The tables that hold actors, in the order in which actors are numbered.
ACTOR_TABLES = {
    "states": Kind.STATE,
    "bodies": Kind.BODY,
    "mediators": Kind.MEDIATOR,
    "civil_society": Kind.CIVIL_SOCIETY,
}


#: Most names that a message lists.
MOST_SHOWN = 12


class Known(NamedTuple):
    """The names that a file declares, against which its references are read."""

    actors: dict[str, Kind]
    disputes: dict[str, list[str]]
    start: str


def month_of(date: str, start: str) -> int:
    """Return how many months after ``start`` the month ``date`` lies; both read like 2012-01."""
    year, month = map(int, date.split("-"))
    first_year, first_month = map(int, start.split("-"))
    return 12 * (year - first_year) + month - first_month


def date_after(start: str, months: int) -> str:
    """Return the date that lies ``months`` after the month ``start``."""
    year, month = map(int, start.split("-"))
    years, rest = divmod(month - 1 + months, 12)
    return f"{year + years}-{rest + 1:02d}"


def is_date(text: object) -> bool:
    """Return whether ``text`` reads like 2012-01."""
    return isinstance(text, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text) is not None


def known_in(info: ValidationInfo) -> Known:
    """Return the names that the file under validation declares."""
    if not isinstance(info.context, Known):
        raise TypeError("a scenario is read by load_scenario, which knows the names in it")
    return info.context


def _date(text: str) -> str:
    if not is_date(text):
        raise ValueError(f"'{text}' is not a month; write one like 2012-01")
    return text


def _within(text: str, info: ValidationInfo) -> str:
    start = known_in(info).start
    if is_date(start) and month_of(text, start) < 0:
        raise ValueError(f"{text} lies before the scenario's start, {start}")
    return text


def _named(name: str) -> str:
    if not re.fullmatch(r"[^\s/](?:[^/\n]*[^\s/])?", name):
        raise ValueError(f"'{name}' is not a name: it needs a letter, no slash and no blank at its ends")
    return name


def listed(allowed: list[str], given: str, what: str) -> str:
    """Return the nearest of the ``allowed`` names as a hint, or some of them where none is near."""
    shown = [*allowed[:MOST_SHOWN], *(["..."] if len(allowed) > MOST_SHOWN else [])]
    return nearest(given, allowed) or f"; {what}: {', '.join(shown) or 'none'}"


def repeated(names: list[str], what: str) -> list[str]:
    """Return a fault for each of ``names`` that stands there more than once."""
    twice = {name: None for place, name in enumerate(names) if name in names[:place]}
    return [f"{what} '{name}' is listed more than once" for name in twice]


def together(faults: list[str]) -> NoReturn:
    """Raise all ``faults`` of one entry at once, a line each."""
    raise ValueError("\n".join(faults))


def _reference(*kinds: Kind) -> Callable[[str, ValidationInfo], str]:
    wanted = f"a {word_of(kinds[0]).replace('-', ' ')}" if len(kinds) == 1 else "an actor"

    def check(name: str, info: ValidationInfo) -> str:
        actors = known_in(info).actors
        allowed = [actor for actor, kind in actors.items() if kind in kinds]
        if name not in actors:
            raise ValueError(f"unknown actor '{name}'{listed(allowed, name, f'needed is {wanted}')}")
        if actors[name] not in kinds:
            kind = word_of(actors[name]).replace("-", " ")
            raise ValueError(f"'{name}' is a {kind}; needed is {wanted}{nearest(name, allowed)}")
        return name

    return check


def _dispute(name: str, info: ValidationInfo) -> str:
    allowed = list(known_in(info).disputes)
    if name not in allowed:
        raise ValueError(f"unknown dispute '{name}'{listed(allowed, name, 'the disputes')}")
    return name


def word(vocabulary: Any) -> BeforeValidator:
    """Return a reader of the words of ``vocabulary``."""
    return BeforeValidator(lambda text: member_of(vocabulary, text))


def _sector(text: str) -> str:
    member_of(Sector, text)
    return text


Share = Annotated[float, Field(ge=0.0, le=1.0)]
Amount = Annotated[float, Field(ge=0.0)]
Months = Annotated[int, Field(ge=0)]
Name = Annotated[str, AfterValidator(_named)]
Date = Annotated[str, AfterValidator(_date)]
LaterDate = Annotated[str, AfterValidator(_date), AfterValidator(_within)]
StateName = Annotated[str, AfterValidator(_reference(Kind.STATE))]
BodyName = Annotated[str, AfterValidator(_reference(Kind.BODY))]
MediatorName = Annotated[str, AfterValidator(_reference(Kind.MEDIATOR))]
CivilName = Annotated[str, AfterValidator(_reference(Kind.CIVIL_SOCIETY))]
ActorName = Annotated[str, AfterValidator(_reference(*Kind))]
DisputeName = Annotated[str, AfterValidator(_dispute)]
SectorWord = Annotated[str, AfterValidator(_sector)]
Levels = dict[SectorWord, Share]
Flows = dict[SectorWord, Amount]


class Entry(BaseModel):
    """One table of a scenario file: unknown keys, infinities and loose types are faults."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)
