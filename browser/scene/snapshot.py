"""One month of one world, kept: plain tables that nothing changes any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model import SanctionsModel

#: The tables of a world that a month is remembered by.
KEPT = ("states", "bodies", "mediators", "civil", "parties", "disputes", "processes", "channels", "trust")


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The world after so many months.

    Attributes
    ----------
    month : months lived through; 0 is the opening
    date : the date of the month that was lived last, or of the opening, as in 2013-09
    tables : the world's tables by name, each a structured array with the columns that `model.world` declares
    """

    month: int
    date: str
    tables: Mapping[str, NDArray[Any]]

    def row(self, table: str, row: int) -> Any:
        """Return one row of a table; its columns are read as ``row["column"]``."""
        return self.tables[table][row]


def snapshot_of(model: SanctionsModel) -> Snapshot:
    """Return the month in which a watched model stands."""
    tables = {name: np.array(getattr(model.world, name)) for name in KEPT}
    for table in tables.values():
        table.flags.writeable = False
    return Snapshot(model.month, model.case.date_of(max(model.month - 1, 0)), tables)
