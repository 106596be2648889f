"""Where the claims are tested: the real case, and regions grown by four kinds of network.

A world is a scenario, a draw of all uncertain numbers, and luck of its own; hidden characters are part of
the luck. Every kind of network has many regions, and regions are what is sampled: the worlds of one are
more alike than those of several. Worlds are even and odd: what has to be chosen is chosen on the even ones,
what is claimed is measured on the odd ones. A grown region has worlds of one kind only, so that nothing is
measured in a region in which something was chosen; the real case, of which there is one, has both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import model
from experiments import designs

#: The real case, and the scenario of which regions are grown.
REAL, REGION = "iran-2012", "stylised-region"
FAMILIES = ("small-world", "scale-free", "core-periphery", "random-geometric")
GROUPS = (REAL, *FAMILIES)


@dataclass(frozen=True)
class Scale:
    """How much is run: worlds in the real case and in each family; regions of a family, an even number."""

    name: str
    worlds: int
    regions: int


SCALES = {
    scale.name: scale for scale in (Scale("fast", 24, 6), Scale("plain", 400, 20), Scale("full", 2000, 50))
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
        How many are run in it.
    seed : int
        Of the draws and of the luck.
    parity : int or None
        0: its worlds are even, and choose; 1: they are odd, and measure; None: it has both in turn.
    span : int
        How many times the scenario's months a run lasts.
    """

    group: str
    name: str
    scenario: Any
    worlds: int
    seed: int
    parity: int | None = None
    span: int = 1

    @property
    def months(self) -> int:
        """How many months a run lasts."""
        return int(self.span * self.scenario.months)

    @property
    def measured(self) -> int:
        """How many of its worlds are odd."""
        return self.worlds // 2 if self.parity is None else self.parity * self.worlds

    def draws(self) -> pd.DataFrame:
        """Return one draw of every uncertain number for each world, with the world as its replicate."""
        table = designs.latin_hypercube(model.Parameters.table(), self.worlds, self.seed)
        if self.parity is None:
            return table
        return table.assign(replicate=2 * table["replicate"] + self.parity)


def cases(scale: Scale, seed: int, span: int = 1) -> list[Case]:
    """Return where a claim is tested; every case has draws and luck of its own, under every seed."""
    real = model.load_scenario(REAL)
    found = [Case(REAL, REAL, real, scale.worlds, seed_of(seed, REAL), span=span)]
    share = scale.worlds // scale.regions
    for family in FAMILIES:
        for number in range(1, scale.regions + 1):
            name = f"{family}-{number}"
            region = model.load_scenario(REGION, grow={"generator": family, "seed": number})
            found.append(Case(family, name, region, share, seed_of(seed, name), number % 2, span))
    return found


def seed_of(seed: int, name: str) -> int:
    """Return the seed of a case by its name."""
    return int(np.random.SeedSequence([seed, *name.encode()]).generate_state(1)[0])


def regions_of(worlds: pd.Index) -> NDArray[np.intp]:
    """Return in which region each world stands, as a number; in the real case each world stands alone."""
    regions = pd.factorize(worlds.get_level_values("case"))[0]
    is_real = worlds.get_level_values("group") == REAL
    return np.where(is_real, len(worlds) + np.arange(len(worlds)), regions)
