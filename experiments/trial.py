"""A comparison for a notebook or a script: strategies on the same luck, held in one object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments import compare, findings, statistics
from experiments.measures import PRIMARY

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from model.scenario import Scenario
    from model.strategy import Strategy


@dataclass(frozen=True)
class Trial:
    """What a comparison of strategies says.

    Attributes
    ----------
    comparison : Comparison
        What was compared, with the strategies as they were run.
    runs : pandas.DataFrame
        A row for each run, in the dispute that is compared.
    """

    comparison: compare.Comparison
    runs: pd.DataFrame

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a strategy, best first: shares with intervals, waits, means, commonest failure."""
        return findings.summary(self.runs)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Every strategy against every other on the share that settled and lasted, run by run."""
        return statistics.differences(self.runs, PRIMARY)

    @cached_property
    def means(self) -> pd.DataFrame:
        """What each strategy plans to spend: relief, pressure and effort."""
        return compare.planned(self.comparison.strategies, self.comparison.scenario).loc[self.table.index]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The figures of a comparison: shares, endings, waits and, of more than two strategies, contrasts."""
        return compare.pictured(self.comparison, self.runs, self.table, self.pairs)

    def says(self) -> list[str]:
        """Return what was found in sentences: who leads, how equal the means were, what the copies show."""
        unequal = findings.unequal_means(self.means)
        copies = self.comparison.shuffled
        told = [f"{findings.headline(self.runs, self.pairs, copies)}.", *unequal, *self.comparison.controls]
        return told + findings.against_shuffled(self.pairs, self.comparison.copies)

    def by_luck(self) -> pd.DataFrame:
        """Return whether each run settled and lasted: a row for each luck, a column for each strategy."""
        return self.runs.pivot(index="replicate", columns="strategy", values=PRIMARY)[list(self.table.index)]


def compare_strategies(
    scenario: Scenario | str | Path | Mapping[str, Any],
    strategies: Sequence[Strategy | str | Path | Mapping[str, Any]] = (),
    replicates: int = 200,
    seed: int = 7,
    matched: Sequence[str] = (),
    placebo: int = 0,
    fixed: bool = False,
    months: int | None = None,
    workers: int | None = None,
    dispute: str | None = None,
) -> Trial:
    """Run every strategy on the same luck, over draws of the uncertain numbers: ``backchannel compare``.

    Parameters
    ----------
    scenario, strategies
        As `model.load_scenario` and `model.load_strategy` read them; no strategies: all bundled, no variants.
    replicates : int
        Runs of each strategy.
    seed : int
        Root of luck and of the draws of the uncertain numbers.
    matched : sequence of str
        Which of relief, pressure and effort are made equal before strategies are compared.
    placebo : int
        How many copies with shuffled stages each strategy is compared with.
    fixed : bool
        Whether the uncertain numbers stay at their defaults.
    months, workers, dispute
        Horizon; threads; in which dispute strategies are compared. The scenario's own, all, and the first.

    Raises
    ------
    InputError
        If a file or a name is wrong, a strategy is named twice, or means cannot be made equal.
    """
    order = compare.Order(
        scenario,
        tuple(strategies),
        replicates,
        seed,
        months,
        workers,
        fixed,
        tuple(matched),
        placebo,
        dispute,
    )
    comparison = compare.prepare(order)
    return Trial(comparison, comparison.told(compare.simulate(comparison)))
