"""Running a claim: every arm in every world, and again without what is said to be why.

All arms of a world share its numbers and its luck. What was run is kept in a file for each claim, case and
condition, under a name that changes with all that decides its rows, so that the same command goes on where
it was stopped, and nothing old is taken for new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import model
from experiments import store
from experiments.analysis import units
from experiments.claims import deciding
from experiments.claims.arms import Armed, claim_arms
from experiments.claims.cases import Case
from experiments.claims.claim import Claim
from model.means import Totals

#: Told what is being done, how many runs are done, and how many there are.
Progress = Callable[[str, int, int], None]
#: What a world is called by.
WORLD = ["group", "case", "world"]


class Part(NamedTuple):
    """The arms of a claim in one case, with all mechanisms or without some; these on odd worlds only."""

    claim: Claim
    case: Case
    arms: list[Armed]
    without: tuple[str, ...] = ()

    @property
    def draws(self) -> pd.DataFrame:
        """The worlds that are run, a row each."""
        table = self.case.draws()
        return table[table["replicate"] % 2 == 1].reset_index(drop=True) if self.without else table

    @property
    def strategies(self) -> dict[str, Any]:
        """What is run, by arm and shuffled copy; copies with all mechanisms only."""
        return {
            name: strategy
            for each in self.arms
            for name, strategy in each.strategies.items()
            if name == each.arm or not self.without
        }

    @property
    def runs(self) -> int:
        """How many runs it has."""
        return len(self.strategies) * (self.case.measured if self.without else self.case.worlds)


@dataclass(frozen=True)
class Trial:
    """What became of a claim's arms.

    Attributes
    ----------
    claim : Claim
    rows : dict of tuple to DataFrame
        By the mechanisms that were switched off, none first: a row a world and arm; group, case, world, arm
        and the claim's outcomes as numbers.
    draws : DataFrame
        The drawn numbers, a row a world.
    totals : dict of str to Totals
        The planned means of each arm in the real case.
    """

    claim: Claim
    rows: dict[tuple[str, ...], pd.DataFrame]
    draws: pd.DataFrame
    totals: dict[str, Totals]


def parts_of(claim: Claim, cases: Sequence[Case]) -> list[Part]:
    """Return what has to be run for a claim; without mechanisms, in cases that measure only.

    Raises
    ------
    InputError
        If an arm cannot be made or does not fit.
    """
    conditions = [(), *(ablation.without for ablation in claim.ablations)]
    arms = [claim_arms(claim, case.scenario) for case in cases]
    return [
        Part(claim, case, made, without)
        for without in conditions
        for case, made in zip(cases, arms, strict=True)
        if case.measured or not without
    ]


def tried(claim: Claim, cases: Sequence[Case], folder: Path | None, told: Progress) -> Trial:
    """Return what became of a claim, what is in ``folder`` taken from there, and the rest kept there.

    Raises
    ------
    InputError
        If an arm cannot be made, or the folder cannot be written.
    """
    parts = parts_of(claim, cases)
    total, done = sum(part.runs for part in parts), 0
    rows: dict[tuple[str, ...], list[pd.DataFrame]] = {}
    for part in parts:
        told("running", done, total)
        rows.setdefault(part.without, []).append(kept(part, folder, told))
        done += part.runs
    told("running", total, total)
    draws = pd.concat([named(case, case.draws()) for case in cases]).rename(columns={"replicate": "world"})
    return Trial(
        claim,
        {without: pd.concat(tables, ignore_index=True) for without, tables in rows.items()},
        draws.set_index(WORLD),
        {each.arm: each.totals for each in parts[0].arms},
    )


def kept(part: Part, folder: Path | None, told: Progress) -> pd.DataFrame:
    """Return the rows of a part, from the folder if they are there, else run and kept there."""
    if folder is None:
        return run(part, told)
    long = [f"x{part.case.span}"] if part.case.span > 1 else []
    words = [part.claim.id, part.case.name, *long, *(part.without or ("all",)), digest(part)]
    path = folder / f"{'-'.join(words)}.parquet"
    if path.is_file():
        return store.read_table(path)
    rows = run(part, told)
    with store.refusals_explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        store.write_runs(rows, path)
    return rows


def digest(part: Part) -> str:
    """Return a name for all that decides the rows of a part, but for the span, which the file is named by."""
    draws = part.draws
    said = [
        hashlib.sha256(draws.to_numpy().tobytes()).hexdigest(),
        list(draws.columns),
        [[name, strategy.text()] for name, strategy in part.strategies.items()],
        [each.scenario.raw for each in part.arms],
        [part.case.seed, part.without, part.claim.outcomes, deciding.of_the_model()],
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:12]


def run(part: Part, told: Progress) -> pd.DataFrame:
    """Return a row for each world and arm of a part: group, case, world, arm and the outcomes as numbers."""
    draws = part.draws
    rows = pd.concat([ran(part, arms, draws, told) for arms in together(part.arms)], ignore_index=True)
    rows = units.prepared(rows, part.claim.outcomes, {part.case.name: part.case.months})
    return rows[[*WORLD, "arm", *part.claim.outcomes]]


def together(arms: Sequence[Armed]) -> list[list[Armed]]:
    """Return arms by the scenario that they stand in, so that those in the same are run together."""
    found: dict[int, list[Armed]] = {}
    for each in arms:
        found.setdefault(id(each.scenario), []).append(each)
    return list(found.values())


def ran(part: Part, arms: Sequence[Armed], draws: pd.DataFrame, told: Progress) -> pd.DataFrame:
    """Return the runs of arms that stand in the same scenario."""

    def compiling(doing: str, done: int, total: int) -> None:
        if doing == "compiling":
            told(doing, done, total)

    inside = part._replace(arms=list(arms))
    names = {strategy.name: name for name, strategy in inside.strategies.items()}
    found = model.run_ensemble(
        arms[0].scenario,
        list(inside.strategies.values()),
        seed=part.case.seed,
        parameters=draws,
        months=part.case.months,
        progress=compiling,
        without=part.without,
    )
    found = found[found["dispute"] == arms[0].scenario.disputes[0]]
    arm = found["strategy"].astype(str).map(names)
    return named(part.case, found.assign(scenario=part.case.name, arm=arm, world=found["replicate"]))


def named(case: Case, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the case and its group as columns."""
    return table.assign(group=case.group, case=case.name)


def values(rows: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Return an outcome with a row a world and a column an arm; NaN where it does not apply."""
    return rows.pivot(index=WORLD, columns="arm", values=outcome).sort_index()
