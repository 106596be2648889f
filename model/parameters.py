"""The model's numbers as tables that a run can read, and the switches of its mechanisms."""

from __future__ import annotations

from typing import Any

import numpy as np

from model.numbers import NUMBERS, Number
from model.records import record_dtype
from model.vocabulary import InputError, nearest

_BY_NAME: dict[str, Number] = {number.name: number for group in NUMBERS.values() for number in group}

DTYPE = record_dtype(
    [
        (name, "f8", (len(number.default),)) if isinstance(number.default, tuple) else (name, "f8")
        for name, number in _BY_NAME.items()
    ]
)

#: Mechanisms that are carried by others: switching one off switches its carriers off.
CARRIED_BY: dict[str, tuple[str, ...]] = {"M75": ("M43", "M61")}

#: Mechanisms of the seeds that have a switch of their own.
SWITCHABLE = tuple(number for number in range(1, 122) if f"M{number:02d}" not in CARRIED_BY)
#: One switch for each of them: 1.0 on, 0.0 off.
SWITCHES = record_dtype([(f"m{number:02d}", "f8") for number in SWITCHABLE])


def number_of(name: str) -> Number:
    """Return the declared number called ``name``.

    Raises
    ------
    InputError
        If there is none; the message names the nearest.
    """
    if name not in _BY_NAME:
        raise InputError(f"parameter '{name}' is not one of the model's numbers{nearest(name, _BY_NAME)}")
    return _BY_NAME[name]


def uncertain_numbers() -> list[Number]:
    """Return the numbers that an experiment draws from their ranges."""
    return [number for number in _BY_NAME.values() if number.is_uncertain]


def defaults(rows: int = 1) -> Any:
    """Return a record array of ``rows`` rows with every number at its default."""
    table = np.zeros(rows, DTYPE).view(np.recarray)
    for name, number in _BY_NAME.items():
        table[name] = number.default
    return table


def checked(name: str, value: Any) -> float:
    """Return ``value`` if the number called ``name`` may have it.

    Raises
    ------
    InputError
        If it is not a finite number within the declared range.
    """
    number = number_of(name)
    if isinstance(number.default, tuple):
        raise InputError(f"parameter '{name}' is a table of weights and cannot be drawn")
    try:
        amount = float(value)
    except (TypeError, ValueError):
        raise InputError(f"parameter '{name}' is {value!r}; allowed is a number") from None
    if not number.low <= amount <= number.high:
        raise InputError(
            f"parameter '{name}' is {amount:g}; allowed is {number.low:g} to {number.high:g} {number.unit}"
        )
    return amount


def checked_column(name: str, values: Any) -> Any:
    """Return the draws ``values`` of one number as an array, if the number may have every one of them.

    Raises
    ------
    InputError
        If one of them is not a finite number within the declared range.
    """
    try:
        amounts = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(f"parameter '{name}': the column holds something that is not a number") from None
    number = number_of(name)
    outside = ~((number.low <= amounts) & (amounts <= number.high))
    if isinstance(number.default, tuple) or outside.any():
        checked(name, amounts[outside][0] if outside.any() else amounts[0])
    return amounts


def switches_without(mechanisms: list[str] | tuple[str, ...] = ()) -> Any:
    """Return the switches, all on but for the named ``mechanisms`` (such as ``"M14"``).

    Raises
    ------
    InputError
        If a name is not one of those that can be switched off.
    """
    row = np.ones(1, SWITCHES).view(np.recarray)
    for mechanism in mechanisms:
        for carrier in CARRIED_BY.get(mechanism.upper(), (mechanism,)):
            name = carrier.lower()
            if name not in (SWITCHES.names or ()):
                last = SWITCHABLE[-1]
                raise InputError(f"mechanism '{mechanism}' is not one of those of the seeds, M01 to M{last}")
            row[name] = 0.0
    return row


class Parameters:
    """The model's numbers as tables for experiments."""

    @staticmethod
    def table() -> Any:
        """Return a DataFrame, a row a number: default, low, high, unit, source, meaning, uncertain, file."""
        import pandas as pd

        rows = [
            {**number._asdict(), "uncertain": number.is_uncertain, "file": group}
            for group, numbers in NUMBERS.items()
            for number in numbers
        ]
        return pd.DataFrame(rows).set_index("name")
