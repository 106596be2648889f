"""Where each actor stands on the map: the same place from month to month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from model.network import graph_of, positions
from model.scenario import Scenario

if TYPE_CHECKING:
    from browser.cast import Member, Tie


def places_of(
    scenario: Scenario, members: Mapping[str, Member], ties: Sequence[Tie]
) -> dict[str, tuple[float, float]]:
    """Return a place on the map for every actor, x and y, 0 to 1."""
    found = positions(graph_of(scenario), seed=7)
    return {name: (0.5 + 0.5 * x, 0.5 + 0.5 * y) for name, (x, y) in found.items()}
