"""Row types whose fields read as attributes, compiled and plain alike.

A table is declared as a list of columns; each column says its unit, its range, what it means and what
moves it. The declaration is the only place where a column is described: the dtype, the invariants
that tests check, and the documentation are all made from it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

FLOAT = "f8"
WHOLE = "i8"
LUCK = "u8"


class Column(NamedTuple):
    """One column of a table: what it is called, what it holds, and what may move it."""

    name: str
    dtype: str
    shape: int
    unit: str
    low: float
    high: float
    meaning: str
    moved_by: str

    @property
    def is_state(self) -> bool:
        """Whether some mechanism moves this column during a run."""
        return bool(self.moved_by)


INFINITY = float("inf")


def share(name: str, meaning: str, moved_by: str = "", shape: int = 1) -> Column:
    """Declare a share between 0 and 1."""
    return Column(name, FLOAT, shape, "share", 0.0, 1.0, meaning, moved_by)


def points(name: str, meaning: str, moved_by: str = "", shape: int = 1, low: float = 0.0) -> Column:
    """Declare a flow in points: per cent of a year's output, a year, or its political equivalent."""
    return Column(name, FLOAT, shape, "points a year", low, INFINITY, meaning, moved_by)


def month(name: str, meaning: str, moved_by: str = "") -> Column:
    """Declare a month of the run; -1 stands for never."""
    return Column(name, WHOLE, 1, "month", -INFINITY, INFINITY, meaning, moved_by)


def count(name: str, meaning: str, moved_by: str = "") -> Column:
    """Declare a whole number from 0 upwards."""
    return Column(name, WHOLE, 1, "count", 0.0, INFINITY, meaning, moved_by)


def index(name: str, meaning: str, moved_by: str = "") -> Column:
    """Declare the row of another table; -1 stands for none."""
    return Column(name, WHOLE, 1, "row", -1.0, INFINITY, meaning, moved_by)


def word(name: str, vocabulary: str, meaning: str, moved_by: str = "") -> Column:
    """Declare a member of one of the vocabulary's enumerations."""
    return Column(name, WHOLE, 1, vocabulary, 0.0, INFINITY, meaning, moved_by)


def flag(name: str, meaning: str, moved_by: str = "") -> Column:
    """Declare a yes (1) or no (0)."""
    return Column(name, WHOLE, 1, "yes or no", 0.0, 1.0, meaning, moved_by)


def number(name: str, unit: str, meaning: str, moved_by: str = "", shape: int = 1) -> Column:
    """Declare a real number from 0 upwards in a unit of its own."""
    return Column(name, FLOAT, shape, unit, 0.0, INFINITY, meaning, moved_by)


def luck() -> Column:
    """Declare the stable identity that an actor's draws are named by."""
    return Column("luck", LUCK, 1, "identity", 0.0, INFINITY, "whose draws these are", "")


def record_dtype(fields: list[Any]) -> np.dtype[Any]:
    """Return the aligned row type with these ``fields``, whose rows are records.

    The compiler recognises a row type by identity: make each once, and keep it.
    """
    return np.dtype((np.record, np.dtype(fields, align=True)))


def dtype_of(columns: list[Column]) -> np.dtype[Any]:
    """Return the row type of a table with these ``columns``, the same object every time."""
    return _dtype_of(tuple(columns))


@cache
def _dtype_of(columns: tuple[Column, ...]) -> np.dtype[Any]:
    fields: list[Any] = [
        (column.name, column.dtype, (column.shape,)) if column.shape > 1 else (column.name, column.dtype)
        for column in columns
    ]
    return record_dtype(fields)


def blank(columns: list[Column], rows: int) -> Any:
    """Return a record array of ``rows`` rows, all zero."""
    return np.zeros(rows, dtype_of(columns)).view(np.recarray)
