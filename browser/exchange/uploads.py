"""Files of the reader's own: read as text, recognised by what they hold, never executed, never a path."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from browser.scene import limits
from browser.scene.settings import own_scenario, own_strategy
from model.vocabulary import InputError

SCENARIO, STRATEGY, STATE = "scenario", "strategy", "state"
#: Largest file of each kind in bytes; what a page stood at may hold several of the others.
LARGEST = {SCENARIO: 1_000_000, STRATEGY: 200_000, STATE: 2_000_000}
#: Most words of one line that dots may join: the reader of TOML keeps every beginning of such a key.
MOST_DOTS = 60
#: Distinct faults of a file that are told, and how a place in a list is written in one.
MOST_FAULTS = 6
DIGITS = re.compile(r"\[\d+\]")
#: Keys that only a scenario has, and keys that only a strategy has.
SCENARIO_KEYS = {"start", "states", "disputes", "grow", "months"}
STRATEGY_KEYS = {"stages", "rules", "varies", "every_stage", "talks"}


@dataclass(frozen=True)
class Upload:
    """A file of the reader's own, without faults.

    Attributes
    ----------
    kind : "scenario", "strategy" or "state", what a page stood at
    name : the name that it gives itself
    text : what it says
    """

    kind: str
    name: str
    text: str


def upload_of(content: bytes | str, size: int | None = None) -> Upload:
    """Return what a file is and says.

    Parameters
    ----------
    content : bytes or str
        What the file holds.
    size : int, optional
        Its size in bytes as the browser tells it, where not all of it was sent.

    Raises
    ------
    InputError
        If it is too large, no text, or has faults.
    """
    text = text_of(content, max(LARGEST.values()), size)
    if text.lstrip().startswith("{"):
        return Upload(STATE, "", query_in(text))
    table = table_of(text)
    if not table.keys() & (SCENARIO_KEYS | STRATEGY_KEYS):
        text_of(text, max(LARGEST[SCENARIO], LARGEST[STRATEGY]))
    kind = kind_of(table)
    text_of(text, LARGEST[kind])
    try:
        if kind == SCENARIO:
            limits.check_scenario(table)
            case = own_scenario(text, ())
            limits.check_size(case)
            return Upload(kind, case.name, text)
        limits.check_strategy(table)
        return Upload(kind, own_strategy(text).name, text)
    except InputError as fault:
        raise InputError(faults_told(str(fault))) from None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        raise InputError(f"this {kind} cannot be understood: compare it with one that is bundled") from None


def faults_told(text: str) -> str:
    """Return a file's faults, a line each: each that is distinct once, of many only the first.

    Of the same fault in several places the first place is told, and how many there are; a list of what is
    allowed is told once.
    """
    places: dict[str, list[str]] = {}
    for line in text.splitlines():
        parts = DIGITS.split(line, maxsplit=1)
        places.setdefault(DIGITS.sub("[]", line) if len(parts) > 1 else line, []).append(line)
    told, allowed = [], set()
    for first, *others in places.values():
        fault, between, rest = first.partition("; ")
        more = f" (and at {len(others)} more places)" if others else ""
        told.append(f"{fault}{more}" if rest in allowed else f"{fault}{more}{between}{rest}")
        allowed.add(rest)
    left = len(told) - MOST_FAULTS
    return "\n".join([*told[:MOST_FAULTS], *([f"and {left:,} more faults"] if left > 0 else [])])


def text_of(content: bytes | str, most: int, size: int | None = None) -> str:
    """Return the content of a file as text.

    Raises
    ------
    InputError
        If there is more of it than ``most`` bytes, or it is no text in UTF-8.
    """
    data = content.encode() if isinstance(content, str) else content
    length = max(len(data), size or 0)
    if length > most:
        raise InputError(f"this file is too large: {length / 1e6:.2g} MB, at most {most / 1e6:.2g} MB")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("this is no text file in UTF-8") from None
    if not text.strip():
        raise InputError("this file is empty")
    return text


def table_of(text: str) -> Mapping[str, Any]:
    """Return what the text of a file holds.

    Raises
    ------
    InputError
        If it is not TOML.
    """
    if any(dots_in(line) > MOST_DOTS for line in text.splitlines() if line.count(".") > MOST_DOTS):
        raise InputError(f"a line of this file joins more than {MOST_DOTS} words by dots")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:  # a number of too many digits, lists within lists
        told = "" if isinstance(fault, RecursionError) else f": {fault}"
        raise InputError(f"this is not a TOML file{told}") from None


def dots_in(line: str) -> int:
    """Return how many dots stand in a line outside of what is quoted."""
    dots, quote, is_escaped = 0, "", False
    for letter in line:
        if is_escaped:
            is_escaped = False
        elif quote:
            is_escaped = letter == "\\" and quote == '"'
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        else:
            dots += letter == "."
    return dots


def kind_of(table: Mapping[str, Any]) -> str:
    """Return what a file is, by its keys.

    Raises
    ------
    InputError
        If it is neither a scenario nor a strategy.
    """
    is_scenario, is_strategy = bool(table.keys() & SCENARIO_KEYS), bool(table.keys() & STRATEGY_KEYS)
    if is_scenario == is_strategy:
        raise InputError(
            "this file is neither a scenario, which has states and disputes or a table [grow], "
            "nor a strategy, which has stages or says which other it varies"
        )
    return SCENARIO if is_scenario else STRATEGY


def query_in(text: str) -> str:
    """Return the link in a file that says what a page stood at.

    Raises
    ------
    InputError
        If there is none.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError("this file of settings is damaged: it is not JSON") from None
    query = content.get("link") if isinstance(content, dict) else None
    if not isinstance(query, str):
        raise InputError("this is not a file of settings that was downloaded here: it has no link")
    return query
