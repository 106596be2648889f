"""The uncertain numbers of an experiment, drawn: one table, shared by every strategy and scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import model
from experiments import designs
from experiments.sweeps import sampling
from experiments.sweeps.experiment import Experiment, Uncertain
from model.parameters import checked_column
from model.vocabulary import InputError, nearest

#: Designs whose points are compared with one another, and so share their luck.
POINTWISE = ("saltelli", "morris", "factorial")
#: More draws than this are refused: their table alone would take gigabytes.
MOST = 1_000_000
#: Keeps a draw from a posterior apart from all else that the seed names.
STREAM = 0x9057


def ranges_of(said: Uncertain) -> pd.DataFrame:
    """Return the numbers that vary: index name, low, high, default, unit, meaning, source."""
    table = model.Parameters.table()
    chosen = list(said.numbers) or [*said.levels] or [str(name) for name in designs.uncertain(table).index]
    ranges = table.loc[chosen, ["low", "high", "default", "unit", "meaning", "source"]].copy()
    for name, (low, high) in said.ranges.items():
        ranges.loc[name, ["low", "high"]] = float(low), float(high)
    return ranges


def drawn(experiment: Experiment) -> pd.DataFrame:
    """Return the draws of an experiment: index draw, a column a number that varies.

    Raises
    ------
    InputError
        If a number, a range or a file of draws is not usable, or the design has not such a size.
    """
    said = experiment.uncertain
    if said.design == "none":
        table = pd.DataFrame(index=[0])
    elif path := posterior_file(experiment):
        table = posterior(experiment, path)
    elif said.design == "factorial":
        table = sampling.factorial({name: list(levels) for name, levels in said.levels.items()})
    else:
        ranges = ranges_of(said)
        refuse_too_many(sampling.size_of(said.design, len(ranges), said.points))
        try:
            table = sampling.filled(said.design, ranges["low"], ranges["high"], said.points, experiment.seed)
        except InputError as fault:
            raise InputError(f"uncertain.points: {fault}") from None
    return table.astype(float).rename_axis("draw")


def refuse_too_many(draws: int) -> None:
    """Raise if so many draws would not fit into memory, before they are made."""
    if draws > MOST:
        raise InputError(f"uncertain.points: they make {draws:,} draws; at most {MOST:,} are kept in memory")


def posterior(experiment: Experiment, path: Path) -> pd.DataFrame:
    """Return draws from a file of draws, with replacement, each as likely as its weight.

    Raises
    ------
    InputError
        If the file cannot be read, or holds no draws of the numbers that are asked for.
    """
    at = f"uncertain.posterior: '{path}'"
    table = _read(path, at)
    weights = _numbers(table.pop("weight"), at) if "weight" in table else np.ones(len(table))
    wanted = list(experiment.uncertain.numbers) or [str(name) for name in table.columns]
    for name in wanted:
        if name not in table:
            raise InputError(f"{at} has no column {name}{nearest(name, map(str, table.columns))}")
    if table.empty or not np.isfinite(weights).all() or weights.min() < 0.0 or weights.sum() <= 0.0:
        raise InputError(f"{at} holds no draws, or weights that are none; 0 or more, some above 0")
    luck = np.random.default_rng((experiment.seed, STREAM))
    chosen = luck.choice(len(table), experiment.uncertain.points, p=weights / weights.sum())
    draws = {name: _numbers(table[name], f"{at}, column {name}")[chosen] for name in wanted}
    for name, values in draws.items():
        try:
            checked_column(name, values)
        except InputError as fault:
            raise InputError(f"{at}: {fault}; uncertain.numbers says which columns are draws") from None
    return pd.DataFrame(draws)


def _read(path: Path, at: str) -> pd.DataFrame:
    import duckdb

    reader = "read_csv" if path.suffix.lower() == ".csv" else "read_parquet"
    try:
        with duckdb.connect() as connection:
            return connection.execute(f"SELECT * FROM {reader}(?)", [str(path)]).df()
    except duckdb.Error as error:
        raise InputError(f"{at} cannot be read: {str(error).splitlines()[0]}") from error


def _numbers(column: pd.Series, at: str) -> Any:
    try:
        return column.to_numpy(dtype=float)
    except (TypeError, ValueError):
        raise InputError(f"{at}: holds something that is not a number") from None


def posterior_file(experiment: Experiment) -> Path | None:
    """Return the file of draws that an experiment names, if it names one.

    Raises
    ------
    InputError
        If it is not there.
    """
    if experiment.uncertain.posterior is None:
        return None
    path = experiment.home / experiment.uncertain.posterior
    if not path.is_file():
        raise InputError(f"uncertain.posterior: there is no file '{path}'")
    return path


def luck_of(said: Uncertain) -> str:
    """Return whether draws have luck of their own ("fresh"), or share that of their replicates ("common")."""
    return said.luck or ("common" if said.design in POINTWISE else "fresh")


def sampling_of(experiment: Experiment, draws: pd.DataFrame) -> dict[str, Any]:
    """Return how the numbers were drawn, as a manifest keeps it."""
    said = experiment.uncertain
    names = [str(name) for name in draws.columns]
    ends: dict[str, list[float]] = {"low": [], "high": []}
    if names and said.design not in ("factorial", "posterior"):
        ranges = ranges_of(said)
        ends = {end: [float(value) for value in ranges[end]] for end in ends}
    elif names:
        ends = {"low": draws.min().tolist(), "high": draws.max().tolist()}
    return {
        "design": said.design,
        "points": said.points,
        "numbers": names,
        **ends,
        "replicates": experiment.replicates,
        "luck": luck_of(said),
    }
