"""The orders of one ladder's steps, side by side on the same luck: what order effects are read from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.vocabulary import InputError

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
#: Columns of a table of strategies that are no levers.
OWN = ("base", "order", "steps")


@dataclass(frozen=True)
class Orders:
    """The orders of one base, and how each went in every unit of luck.

    Attributes
    ----------
    base : str
        The strategy whose steps were put in order.
    steps : tuple of str
        Titles of its steps, in its own order; each differs.
    orders : array of int, shape (orders, steps)
        Which step comes first, second, ...; a row an order, each differs.
    values : array, shape (units, orders)
        The outcome, averaged within a unit; no NaN.
    names : tuple of str
        A strategy that has the order, one an order.
    valid : int or None
        How many orders are valid; None where that is not known.
    drawn : int or None
        How many of them were taken, where some say the same as others and are run once; else all that ran.
    left_out : int
        Units left out because an order lacked a run in them.
    settings : int
        How many settings of the other levers an order's outcome is averaged over.
    mixed : bool
        Whether orders differ in other levers too.
    """

    base: str
    steps: tuple[str, ...]
    orders: Places
    values: Floats
    names: tuple[str, ...]
    valid: int | None = None
    drawn: int | None = None
    left_out: int = 0
    settings: int = 1
    mixed: bool = False

    @cached_property
    def places(self) -> Places:
        """In which place each step comes (0 is first), shape (orders, steps)."""
        return np.argsort(self.orders, axis=1)

    @property
    def possible(self) -> int:
        """How many orders might have been run: the valid ones, all there are where that is not known."""
        return self.valid or math.factorial(len(self.steps))

    @property
    def taken(self) -> int:
        """How many of them were taken."""
        return self.drawn or len(self.orders)

    @property
    def unseen(self) -> float:
        """Share of the possible orders that was not taken; 1 where orders differ in other levers too."""
        return 1.0 if self.mixed else max(0.0, 1 - self.taken / self.possible)

    @property
    def unseen_pairs(self) -> float:
        """Share of pairs of orders of which a sample of this size lacks one or both."""
        taken, possible = self.taken, max(self.possible, 2)
        return 1.0 if self.mixed else max(0.0, 1 - taken * (taken - 1) / (possible * (possible - 1)))

    def titles(self, order: int, joint: str = " → ") -> str:
        """Return the order's steps by title, first to last."""
        return joint.join(self.steps[step] for step in self.orders[order])


def bases(strategies: pd.DataFrame) -> pd.Series[int]:
    """Return how many different orders each base has, most first; bases with one order are left out."""
    ordered = strategies[strategies["order"].notna()]
    counts = ordered["order"].map(tuple).groupby(ordered["base"].astype(str), sort=False).nunique()
    return counts[counts > 1].sort_values(ascending=False, kind="stable")


def chosen_base(strategies: pd.DataFrame, base: str | None) -> str:
    """Return `base`, or the one with the most orders.

    Raises
    ------
    InputError
        If it has not at least two orders, or none has.
    """
    found = bases(strategies)
    if found.empty:
        raise InputError("no strategy of this sweep was run in two orders of its steps: ask for orders first")
    if base is not None and base not in found.index:
        raise InputError(f"base '{base}' has not two orders in this sweep; there is {', '.join(found.index)}")
    return base or str(found.index[0])


def gathered(
    units: pd.DataFrame,
    strategies: pd.DataFrame,
    base: str,
    valid: int | None = None,
    drawn: int | None = None,
) -> Orders:
    """Return the orders of `base` with their outcomes.

    Parameters
    ----------
    units : DataFrame
        A row a unit of luck, a column a strategy, as `units.per_unit` makes it.
    strategies : DataFrame
        Index the strategies, columns base, order, steps and levers. Where an order was run at several
        settings of other levers, it is averaged over the settings at which every order was run; where there
        are none such, over all of its own, and `mixed` is true.
    base : str
        See `chosen_base`.
    valid, drawn : int, optional
        How many orders of the base are valid, and how many were taken.

    Raises
    ------
    InputError
        If no unit has all of the orders.
    """
    own = strategies[(strategies["base"].astype(str) == base) & strategies["order"].notna()]
    own = own.loc[[name for name in own.index if name in units.columns]]
    kept, settings, mixed = _level(own)
    whole = units[list(kept.index)].dropna()
    if whole.empty:
        raise InputError(f"no draw or replicate has all orders of '{base}' yet: finish the sweep first")
    by_order = kept["order"].map(tuple)
    different = list(dict.fromkeys(by_order))
    members = [by_order.index[by_order == order] for order in different]
    return Orders(
        base=base,
        steps=_distinct(kept["steps"].iloc[0]),
        orders=np.array(different, dtype=np.int64),
        values=np.column_stack([whole[list(names)].mean(axis=1) for names in members]),
        names=tuple(str(names[0]) for names in members),
        valid=valid,
        drawn=drawn,
        left_out=len(units) - len(whole),
        settings=settings,
        mixed=mixed,
    )


def _level(own: pd.DataFrame) -> tuple[pd.DataFrame, int, bool]:
    """Return the strategies to average, at how many settings, and whether settings differ between orders."""
    levers = [name for name in own.columns if name not in OWN]
    setting = pd.Series([tuple(map(str, row)) for row in own[levers].to_numpy()], index=own.index)
    orders = own["order"].map(tuple)
    complete = orders.groupby(setting, sort=False).nunique() == orders.nunique()
    common = list(complete.index[complete])
    if common:
        return own[setting.isin(common)], len(common), False
    return own, setting.nunique(), True


def _distinct(titles: Sequence[str]) -> tuple[str, ...]:
    often = Counter(titles)
    return tuple(
        title if often[title] == 1 else f"{title} ({place})" for place, title in enumerate(titles, start=1)
    )
