"""All that is computed of the orders of one base, read once and told in words and figures."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from experiments.analysis import order_effects, order_ranks
from experiments.analysis.ladder_orders import Orders
from experiments.analysis.order_ranks import Explained
from experiments.measures import Measure
from experiments.statistics import CONFIDENCE, Interval


@dataclass(frozen=True)
class Reading:
    """All that is told of the orders of a base on one outcome; the tables are of `order_effects`."""

    orders: Orders
    measure: Measure
    unit: str
    effect_p: float
    ranked: pd.DataFrame
    over_all: pd.DataFrame
    swaps: pd.DataFrame
    additive: pd.DataFrame
    positions: pd.DataFrame
    explained: Explained
    choosing: Interval

    @property
    def matters(self) -> bool:
        """Whether some order differs from another for certain."""
        return self.effect_p < 1 - CONFIDENCE

    @property
    def swapped(self) -> bool:
        """Whether a pair's own worth is read from neighbours swapped: where all valid orders were run."""
        return self.orders.unseen == 0 or bool(self.additive["estimate"].isna().all())

    @property
    def direct(self) -> pd.DataFrame:
        """What a pair is worth in itself, third steps left as they are."""
        return self.swaps if self.swapped else self.additive


def read(orders: Orders, measure: Measure, unit: str = "draw") -> Reading:
    """Return everything that is computed of `orders`."""
    return Reading(
        orders=orders,
        measure=measure,
        unit=unit,
        effect_p=order_ranks.no_effect(order_ranks.deviations(orders)),
        ranked=order_ranks.ranked(orders, measure.high_is_good),
        over_all=order_effects.precedence(orders),
        swaps=order_effects.swaps(orders),
        additive=order_effects.additive(orders),
        positions=order_effects.positions(orders),
        explained=order_ranks.explained(orders),
        choosing=order_ranks.choosing(orders, measure.high_is_good),
    )
