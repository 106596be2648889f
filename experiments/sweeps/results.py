"""A sweep read back from its folder: runs, draws and strategies as tables, finished or not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd

import model
from experiments import store
from experiments.sweeps import folder as shelf
from experiments.sweeps.kept import Kept
from model.vocabulary import InputError, nearest

#: Columns that say which run a row is of.
NAMED = ("run", "scenario", "strategy", "dispute", "seed", "replicate", "draw")
#: How many names a message lists.
MOST_NAMED = 12


class Results(Kept):
    """The results folder of a sweep, finished or not.

    Parameters
    ----------
    folder : str or Path
        As `run_sweep` wrote it.

    Raises
    ------
    InputError
        If it is not such a folder.
    """

    kind = "sweep"
    needs = (*Kept.needs, "outcome", "outcomes", "sampling", "strategies", "levers", "orders", "thresholds")

    @property
    def scenarios(self) -> list[str]:
        """Names of the scenarios."""
        return [str(entry["name"]) for entry in self.account["scenarios"]]

    @property
    def disputes(self) -> dict[str, list[str]]:
        """The disputes of each scenario; the first is told of by default."""
        return {str(entry["name"]): list(entry["disputes"]) for entry in self.account["scenarios"]}

    @property
    def months(self) -> dict[str, int]:
        """The length of a run in each scenario."""
        return {str(entry["name"]): int(entry["months"]) for entry in self.account["scenarios"]}

    @property
    def outcome(self) -> str:
        """The outcome that its questions are about."""
        return str(self.account["outcome"])

    @property
    def outcomes(self) -> list[str]:
        """The outcomes that were kept."""
        return [str(name) for name in self.account["outcomes"]]

    @property
    def finished(self) -> bool:
        """Whether every run is done."""
        return self.account["finished"] is not None

    def runs(
        self, columns: Sequence[str] | None = None, scenario: str | None = None, dispute: str | None = None
    ) -> pd.DataFrame:
        """Return runs in their order, with some of their outcomes.

        Parameters
        ----------
        columns : sequence of str, optional
            Outcomes (`model.outcomes.OUTCOMES`, `model.outcomes.RECORDED`, "label"); all by default.
        scenario : str, optional
            Of one scenario only; all of them by default.
        dispute : str, optional
            The first dispute of each scenario by default.

        Returns
        -------
        DataFrame
            run, scenario, strategy, dispute (text), seed, replicate, draw (int), then `columns`. Two rows
            with the same scenario, draw and replicate had the same luck and the same numbers.

        Raises
        ------
        InputError
            If an outcome was not kept, there is no such scenario or dispute, or no run is done yet.
        """
        wanted = self.outcomes if columns is None else list(dict.fromkeys(columns))
        for name in wanted:
            self._one_of(name, self.outcomes, "outcome that was kept")
        chosen = [self.scenario_of(scenario)] if scenario is not None else self.scenarios
        pairs = [(name, self.dispute_of(name, dispute)) for name in chosen]
        where = " OR ".join("(scenario = ? AND dispute = ?)" for _ in pairs)
        named = ", ".join(f'"{name}"' for name in [*NAMED, *wanted])
        values = [word for pair in pairs for word in pair]
        found = self.query(f"SELECT {named} FROM runs WHERE {where} ORDER BY run", values)
        if found.empty and not self.finished:
            told = ", ".join(name for name, _ in pairs)
            raise InputError(f"'{self.folder}' holds no run of {told} yet: go on with the sweep")
        return found

    def query(self, sql: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        """Return the answer to a query in SQL, in which the runs are called ``runs``.

        Raises
        ------
        InputError
            If there are no runs yet, or their files are damaged.
        """
        import duckdb

        if not any((self.folder / shelf.RUNS).glob("*.parquet")):
            raise InputError(
                f"'{self.folder}' holds no runs yet: go on with {self.account['command'] or 'the sweep'}"
            )
        try:
            with duckdb.connect() as connection:
                kept = store.parquet_of(self.folder / shelf.RUNS)
                connection.execute(f"CREATE VIEW runs AS SELECT * FROM {kept}")
                table: pd.DataFrame = connection.execute(sql, list(values)).df()
        except (duckdb.InvalidInputException, duckdb.IOException) as error:
            way = self.account["command"] or "the sweep"
            raise InputError(
                f"'{self.folder / shelf.RUNS}' cannot be read: {str(error).splitlines()[0]}; go on "
                f"with {way}, which does damaged batches again"
            ) from error
        return table

    def row(self, number: int) -> dict[str, Any]:
        """Return one row of all that are there, counted from 0 in the order of runs and disputes.

        Raises
        ------
        InputError
            If there is no such row.
        """
        rows = int(self.query("SELECT count(*) AS n FROM runs")["n"][0])
        if not 0 <= number < rows:
            raise InputError(f"--row {number} is not in '{self.folder}': it holds rows 0 to {rows - 1}")
        order = [f"{scenario}/{name}" for scenario, names in self.disputes.items() for name in names]
        found = self.query(
            "SELECT * FROM runs ORDER BY run, list_position(?, scenario || '/' || dispute) LIMIT 1 OFFSET ?",
            [order, number],
        )
        return {str(name): value for name, value in found.iloc[0].to_dict().items()}

    def draws(self) -> pd.DataFrame:
        """Return the drawn numbers: index "draw" (0, 1, ...), a column a number of the model that varied.

        Empty of columns where nothing varied.
        """
        return shelf.kept_draws(self.folder)

    def sampling(self) -> dict[str, Any]:
        """Return how the numbers were drawn.

        Keys: "design" ("latin-hypercube", "sobol", "saltelli", "morris", "factorial", "posterior" or
        "none"), "points" (its size as asked for: N of Saltelli, trajectories of Morris), "numbers" (list of
        the names that vary, in the order of the columns), "low" and "high" (lists, same order), "replicates"
        (runs of each strategy and draw), and "luck" ("fresh": every draw has luck of its own; "common": all
        draws share the luck of their replicates).
        """
        return dict(self.account["sampling"])

    @cached_property
    def _strategies(self) -> pd.DataFrame:
        table = store.read_table(self.folder / shelf.STRATEGIES).set_index("strategy")
        for name in ("order", "steps"):
            cells = [tuple(json.loads(cell)) if isinstance(cell, str) else None for cell in table[name]]
            table[name] = pd.Series(cells, index=table.index, dtype=object)
        return table

    def strategies(self) -> pd.DataFrame:
        """Return the strategies: index "strategy" (name), a row each, in the order of the experiment.

        Columns: "base" (the strategy it was generated from, or its own name), "order" (the places of its
        steps in the base, such as (0, 2, 1), or None), "steps" (titles of the base's steps in the base's
        order, a tuple, or None), and a column a lever with its level (text or number; missing where the lever
        cannot act). "levers" in `account` lists the names of lever columns.
        """
        return self._strategies.drop(columns="text")

    def text_of(self, strategy: str) -> str:
        """Return the file of a strategy, whole.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        return str(self._strategies.at[self.strategy_of(strategy), "text"])

    def strategy(self, name: str) -> Any:
        """Return the strategy of that name, as it was run."""
        import tomllib

        return model.load_strategy(tomllib.loads(self.text_of(name)))

    def scenario(self, name: str) -> Any:
        """Return the scenario of that name, as it was run."""
        return model.load_scenario(self.folder / "scenarios" / f"{self.scenario_of(name)}.toml")

    def changed(self) -> list[str]:
        """Return a warning if the model is not the one that this sweep was run with."""
        from model.compiled import CACHE

        if self.account["identity"]["model"] == CACHE.name:
            return []
        return ["The model, or a version it runs on, has changed since these results were made"]

    def points(self) -> pd.DataFrame:
        """Return where each combination of levers lies in its design, 0 to 1 a lever: index "strategy"."""
        if not (self.folder / shelf.POINTS).is_file():
            return pd.DataFrame()
        return store.read_table(self.folder / shelf.POINTS).set_index("strategy")

    def failures(self) -> pd.DataFrame:
        """Return which runs failed, and why: run, scenario, strategy, seed, replicate, draw, reason."""
        return shelf.failed(self.folder)

    def scenario_of(self, named: str | None) -> str:
        """Return the scenario of that name, or the first.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        return self._one_of(named, self.scenarios, "scenario")

    def dispute_of(self, scenario: str, named: str | None) -> str:
        """Return the dispute of that name in a scenario, or its first.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        return self._one_of(named, self.disputes[scenario], f"dispute of {scenario}")

    def strategy_of(self, named: str | None) -> str:
        """Return the strategy of that name, or the first.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        return self._one_of(named, [str(name) for name in self._strategies.index], "strategy")

    def _one_of(self, named: str | None, known: Sequence[str], what: str) -> str:
        if named is None:
            return known[0]
        if named not in known:
            more = len(known) - MOST_NAMED
            told = ", ".join(known[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
            raise InputError(
                f"'{named}' is no {what} in '{self.folder}'; there is {told}{nearest(named, known)}"
            )
        return named
