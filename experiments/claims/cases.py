"""Where the claims are tested: the real case, and regions grown by four kinds of network.

A world is a scenario, a draw of all uncertain numbers, and luck of its own; hidden characters are part of
the luck. Every kind of network has several regions. Worlds are even and odd: what has to be chosen is
chosen on the even ones, what is claimed is measured on the odd ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

import model
from experiments import designs

#: The real case, and the scenario of which regions are grown.
REAL, REGION = "iran-2012", "stylised-region"
FAMILIES = ("small-world", "scale-free", "core-periphery", "random-geometric")
GROUPS = (REAL, *FAMILIES)


@dataclass(frozen=True)
class Scale:
    """How much is run: worlds in the real case and in each family, and regions of a family."""

    name: str
    worlds: int
    regions: int


SCALES = {
    scale.name: scale for scale in (Scale("fast", 24, 2), Scale("plain", 400, 4), Scale("full", 2000, 10))
}


@dataclass(frozen=True)
class Case:
    """One scenario in which worlds are drawn.

    Attributes
    ----------
    group : str
        The real case, or the family of its network.
    name : str
        Its own name, unique.
    scenario : Scenario
    worlds : int
    seed : int
        Of the draws and of the luck.
    """

    group: str
    name: str
    scenario: Any
    worlds: int
    seed: int

    def draws(self) -> pd.DataFrame:
        """Return one draw of every uncertain number for each world, with the world as its replicate."""
        return designs.latin_hypercube(model.Parameters.table(), self.worlds, self.seed)


def cases(scale: Scale, seed: int) -> list[Case]:
    """Return where a claim is tested; every case has draws and luck of its own."""
    found = [Case(REAL, REAL, model.load_scenario(REAL), scale.worlds, seed)]
    for family in FAMILIES:
        for number in range(1, scale.regions + 1):
            region = model.load_scenario(REGION, grow={"generator": family, "seed": number})
            share = scale.worlds // scale.regions
            found.append(Case(family, f"{family}-{number}", region, share, seed + len(found)))
    return found
