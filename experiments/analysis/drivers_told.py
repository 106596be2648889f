"""What drives an outcome, in words: which numbers, by how much, which levers, and how much is luck."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from experiments.analysis import drivers, drivers_sentences, units
from experiments.analysis import drivers_words as words
from experiments.analysis.drivers import Drivers
from experiments.analysis.drivers_drawn import drawn
from experiments.analysis.drivers_words import Found
from experiments.analysis.lever_shares import lever_shares
from experiments.analysis.luck import Luck, luck_held
from experiments.analysis.scores import feature_scores
from experiments.analysis.section import Section
from experiments.analysis.subjects import Subject, as_numbers, subject
from experiments.sweeps import sampling
from experiments.sweeps.results import Results

KEY = "drivers"
#: At most so many rows (a draw under a generated strategy) are given to trees, drawn by this seed.
MOST_ROWS, SEED = 3000, 24


def section(
    results: Results,
    scenario: str | None = None,
    dispute: str | None = None,
    outcome: str = "settled_and_lasted",
    strategy: str | None = None,
    against: str | None = None,
) -> Section:
    """Return what drives `outcome` under a strategy, or its difference from another strategy.

    Parameters
    ----------
    results : Results
    scenario, dispute : str, optional
        The first by default.
    outcome : str
        What is to be explained; it must have been kept.
    strategy : str, optional
        Under which strategy; the mean over all of them by default.
    against : str, optional
        Explain how much more there is of the outcome under `strategy` than under this one, on the same luck.

    Raises
    ------
    InputError
        If the outcome was not kept or is text, a name is not there, `against` stands alone, or a library is
        not installed.
    """
    scenario = results.scenario_of(scenario)
    about = subject(results, scenario, dispute, outcome, strategy, against)
    design, draws = results.sampling(), results.draws()
    block = sampling.block_of(str(design["design"]), draws.shape[1])
    luck = luck_held(about.lived, design["luck"] == "common", block)
    made = generated(results) if strategy is None else pd.DataFrame()
    outcomes = _under(results, made, scenario, dispute, outcome)
    numbers, grid = None, None
    if design["design"] == "factorial":
        grid = lever_shares(about.lived.T, draws)
    elif len(draws.columns):
        numbers = _numbers(draws, about, design, luck, made, outcomes)
    levers = None if outcomes is None else lever_shares(units.per_unit(outcomes, outcome, design), made)
    found = Found(about, design, len(draws), numbers, grid, levers, made, luck)
    return _told(found, results, scenario)


def generated(results: Results) -> pd.DataFrame:
    """Return the levers of generated strategies, a row a strategy; and their bases, if there are several."""
    strategies = results.strategies()
    names = [str(name) for name in results.account.get("levers", []) if name in strategies]
    levers = strategies[names]
    levers = levers[levers.notna().any(axis=1)]
    if names and strategies.loc[levers.index, "base"].nunique() > 1:
        levers = levers.assign(base=strategies["base"])
    return levers


def _under(
    results: Results, made: pd.DataFrame, scenario: str, dispute: str | None, outcome: str
) -> pd.DataFrame | None:
    """Return the runs of generated strategies; None where there are too few of these to compare levers."""
    if len(made) < 3:
        return None
    runs = results.runs([outcome], scenario, dispute)
    runs = runs[runs["strategy"].isin(made.index)]
    return None if runs.empty else as_numbers(runs, outcome, results.months)


def _numbers(
    draws: pd.DataFrame,
    about: Subject,
    design: dict[str, Any],
    luck: Luck | None,
    made: pd.DataFrame,
    outcomes: pd.DataFrame | None,
) -> Drivers:
    noise = 0.0 if luck is None else luck.noise
    if design["design"] == "saltelli":
        return drivers.sobol_indices(draws, about.values, noise)
    if design["design"] == "morris":
        low, high = np.array(design["low"]), np.array(design["high"])
        return drivers.morris_effects((draws - low) / (high - low), about.values, noise)
    alike = draws.groupby(list(draws.columns)).ngroup()  # a posterior may have the same draw twice
    if outcomes is None:
        return feature_scores(draws, about.values, alike.tolist())
    means = outcomes[outcomes["draw"].isin(draws.index[about.whole])]
    rows = means.groupby(["draw", "strategy"])[about.measure.column].mean().reset_index()
    rows = rows.sample(min(MOST_ROWS, len(rows)), random_state=SEED)
    levers = made.add_prefix("lever: ").loc[rows["strategy"]].reset_index(drop=True)
    factors = pd.concat([draws.loc[rows["draw"]].reset_index(drop=True), levers], axis=1)
    return feature_scores(factors, rows[about.measure.column].to_numpy(float), alike[rows["draw"]].tolist())


def _told(found: Found, results: Results, scenario: str) -> Section:
    where = f" in {scenario}" if len(results.scenarios) > 1 else ""
    return Section(
        key=KEY,
        question=f"What drives {found.subject.words}{where}?",
        finding=words.finding(found),
        sentences=drivers_sentences.sentences(found),
        tables=_tables(found),
        figures=drawn(found),
        notes=drivers_sentences.notes(found),
    )


def _tables(found: Found) -> dict[str, pd.DataFrame]:
    tables = {}
    if found.numbers is not None and not found.numbers.table.empty:
        tables["numbers"] = described(found.numbers.table, found.design)
    for key, shares in (("numbers", found.grid), ("levers", found.levers)):
        if shares is not None:
            named = {"lever": key[:-1], "apart": "told apart", "best": "level with most of it"}
            tables[key] = shares.table.reset_index().rename(columns=named)
            tables[f"{key[:-1]}_levels"] = shares.levels.rename(columns=named)
    return tables


def described(table: pd.DataFrame, design: dict[str, Any]) -> pd.DataFrame:
    """Return `table` with what each number means, its unit and its range, and columns in words."""
    ends = pd.DataFrame({"from": design["low"], "to": design["high"]}, index=design["numbers"])
    told = table.rename(columns=words.COLUMNS)
    told.insert(0, "meaning", [words.meaning_of(name) for name in table.index])
    told.insert(1, "unit", [words.unit_of(name) for name in table.index])
    told.insert(2, "from", ends["from"].reindex(table.index))
    told.insert(3, "to", ends["to"].reindex(table.index))
    return told.reset_index()
