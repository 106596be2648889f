"""The values of an experiment file: how each is read, and what is told where it cannot be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator

from model.vocabulary import InputError


def number_in(value: object) -> int | float:
    """Return ``value`` if it is a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(f"should be a number, not {value!r}")
    return value


def span_in(value: object) -> tuple[float, float]:
    """Return the two ends of a range."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise InputError(f"should be a range such as [0.1, 0.4], not {value!r}")
    low, high = (float(number_in(end)) for end in value)
    if not low < high:
        raise InputError(f"should be a range, the lower end first, not [{low:g}, {high:g}]")
    return low, high


def pair_in(value: object) -> tuple[str, str]:
    """Return two titles of stages."""
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(map(_is_text, value)):
        raise InputError(f'should be two titles such as ["First step", "Last step"], not {value!r}')
    return value[0], value[1]


def level_in(value: object) -> Any:
    """Return ``value`` if a lever can stand there."""
    if isinstance(value, bool) or _is_text(value):
        return value
    if isinstance(value, list | tuple) and all(map(_is_text, value)):
        return tuple(value)
    if isinstance(value, Mapping):
        return dict(value)
    try:
        return number_in(value)
    except InputError:
        allowed = "a number, a word, true or false, a list of words, or a table"
        raise InputError(f"should be {allowed}, not {value!r}") from None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


Number = Annotated[int | float, PlainValidator(number_in)]
Span = Annotated[tuple[float, float], PlainValidator(span_in), PlainSerializer(list)]
Pair = Annotated[tuple[str, str], PlainValidator(pair_in), PlainSerializer(list)]
Level = Annotated[Any, PlainValidator(level_in)]
