"""The folder of a sweep: appears whole, grows by whole batches, and is readable at any moment.

    manifest.json        what made it: inputs with their digests, versions, commit, seeds, started, finished
    experiment.toml      the experiment, as it was read
    scenarios/*.toml     the scenarios, as they were read
    strategies.parquet   every strategy: what it was made of, and its text
    draws.parquet        the drawn numbers, a row a draw
    points.parquet       where each combination of levers lies in its design, if there are levers
    runs/*.parquet       a file a batch: temporary name, flushed to disk, renamed
    failures/*.parquet   runs that failed, and why; written before the batch that they are missing from

A batch is done when its file is in ``runs``; nothing else is remembered, so nothing can disagree with it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import tomli_w

from experiments import manifest, store
from experiments.sweeps.draws import sampling_of
from experiments.sweeps.grid import Grid, digest
from model.vocabulary import InputError

RUNS, FAILURES = "runs", "failures"
DRAWS, STRATEGIES, POINTS = "draws.parquet", "strategies.parquet", "points.parquet"
EXPERIMENT, LOCK = "experiment.toml", ".lock"
#: What a message adds when writing was refused in the midst of a sweep.
GOING_ON = "; what is done is kept, and the same command goes on with the rest"


def file_of(folder: Path, kind: str, number: int) -> Path:
    """Return where the runs or the failures of a batch are kept."""
    return folder / kind / f"{number:06d}.parquet"


def default_folder(grid: Grid) -> Path:
    """Return ``results/<experiment>-<digest>``, the same for the same experiment and model."""
    return Path("results") / f"{grid.experiment.name}-{digest(grid.identity)[:8]}"


def begun(folder: Path) -> bool:
    """Return whether a folder holds results already."""
    return (folder / manifest.MANIFEST).is_file()


def kept_draws(folder: Path) -> pd.DataFrame:
    """Return the numbers that a sweep drew when it began: index draw."""
    return store.read_table(folder / DRAWS).set_index("draw")


def opened(folder: Path, grid: Grid, command: str) -> None:
    """Make the folder of a sweep, or check that the one that is there is this sweep's.

    Raises
    ------
    InputError
        If it holds something else, or another sweep, or cannot be written.
    """
    if begun(folder):
        check_same(folder, grid.identity)
        return
    with store.results_folder(folder) as staging:
        for name in (RUNS, FAILURES, "scenarios"):
            (staging / name).mkdir()
        said = grid.experiment.model_dump(mode="json", exclude_unset=True)
        (staging / EXPERIMENT).write_text(tomli_w.dumps(said), encoding="utf-8")
        for scenario in grid.scenarios:
            scenario.write(staging / "scenarios" / f"{scenario.name}.toml")
        store.write_runs(strategies_of(grid), staging / STRATEGIES)
        store.write_runs(grid.draws.reset_index(), staging / DRAWS)
        if len(grid.made.points):
            store.write_runs(grid.made.points.reset_index(), staging / POINTS)
        manifest.write_manifest(staging, account_of(grid, command))


def strategies_of(grid: Grid) -> pd.DataFrame:
    """Return the table of strategies as it is kept: tuples as text, and the text of each."""
    table = grid.made.table.reset_index()
    for name in ("order", "steps"):
        table[name] = [json.dumps(cell) if cell is not None else None for cell in table[name]]
    for name in grid.made.levers:  # a column of one type each
        numeric = table[name].dropna().map(lambda level: isinstance(level, int | float)).all()
        table[name] = table[name].astype(float) if numeric else table[name].astype(object)
    table["text"] = [strategy.text() for strategy in grid.strategies]
    return table


def account_of(grid: Grid, command: str) -> dict[str, Any]:
    """Return the manifest of a sweep that begins."""
    experiment = grid.experiment
    return {
        "command": command,
        "kind": "sweep",
        "name": experiment.name,
        "title": experiment.title,
        "description": experiment.description,
        "started": manifest.now(),
        "finished": None,
        "versions": manifest.versions(),
        "source": manifest.source_commit(),
        "identity": grid.identity,
        "seed": experiment.seed,
        "replicates": experiment.replicates,
        "runs": grid.runs,
        "batches": len(grid.batches),
        "scenarios": [
            manifest.source_of(scenario)
            | {"disputes": list(scenario.disputes), "months": grid.months(place), "title": scenario.title}
            for place, scenario in enumerate(grid.scenarios)
        ],
        "bases": list(dict.fromkeys(grid.made.table["base"])),
        "strategies": len(grid.strategies),
        "levers": grid.made.levers,
        "orders": [
            {"base": base, "valid": valid, "drawn": drawn}
            for base, (valid, drawn) in grid.made.orders.items()
        ],
        "outcome": experiment.outcome,
        "outcomes": grid.outcomes,
        "sampling": sampling_of(experiment, grid.draws),
        "thresholds": dict(experiment.thresholds),
        "without": list(experiment.without),
        "notes": grid.made.notes,
    }


def check_same(folder: Path, identity: Mapping[str, str], kind: str = "sweep") -> None:
    """Raise if the sweep in ``folder``, or the search, is another one, with what differs."""
    account = manifest.read_manifest(folder)
    if account.get("kind") != kind:
        raise InputError(f"the folder '{folder}' (--out) holds other results: name a new or empty one")
    kept = account.get("identity", {})
    differing = [name for name, digest in identity.items() if kept.get(name) != digest]
    if differing:  # batches differ with all else; by themselves only where another version cut them
        named = [name for name in differing if name != "batches"] or differing
        told = ", ".join(
            {"model": "model (its sources, or the versions it runs on)"}.get(n, n) for n in named
        )
        raise InputError(
            f"the folder '{folder}' (--out) holds a {kind} of the same name that differs in its {told}; "
            "rows of two must not mix: name a new folder"
        )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder against a second sweep that would write into it; the system lets go if this one dies.

    Raises
    ------
    InputError
        If another one is writing, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=0)
    try:
        with store.refusals_explained(folder):
            lock.acquire()
    except Timeout:
        raise InputError(
            f"another sweep is writing into '{folder}' (--out): wait for it, or stop it"
        ) from None
    except NotImplementedError:
        raise InputError(
            f"'{folder}' (--out) lies where files cannot be locked, so two sweeps could mix: name another"
        ) from None
    try:
        yield
    finally:
        lock.release()


def done(folder: Path, grid: Grid) -> set[int]:
    """Return the batches that are done: their file is whole.

    A file that is not, because a disk lost a part of it, is put aside, so that its batch is done again.
    What a sweep that died left behind of a batch is removed.
    """
    with store.refusals_explained(folder):
        for kind in (RUNS, FAILURES):
            (folder / kind).mkdir(exist_ok=True)
            for left in (folder / kind).glob(".*.unfinished"):
                left.unlink()
        numbers = _whole(folder / RUNS) & set(range(len(grid.batches)))
        for path in (folder / FAILURES).glob("*.parquet"):
            if not path.stem.isdigit() or int(path.stem) not in numbers:
                path.unlink()
    return numbers


def _whole(folder: Path) -> set[int]:
    """Return the numbers of the batches whose file in ``folder`` is whole; put aside what is not."""
    import duckdb

    paths = {int(path.stem): path for path in folder.glob("*.parquet") if path.stem.isdigit()}
    with duckdb.connect() as connection:
        if paths and not _is_readable(connection, list(paths.values())):
            for number, path in list(paths.items()):
                if not _is_readable(connection, [path]):
                    path.replace(path.with_suffix(".damaged"))
                    del paths[number]
    return set(paths)


def _is_readable(connection: Any, paths: list[Path]) -> bool:
    """Return whether Parquet files are whole: they end in what is needed to read them."""
    import duckdb

    try:
        connection.execute(
            "SELECT sum(num_rows) FROM parquet_file_metadata(?)", [[os.fspath(path) for path in paths]]
        )
    except duckdb.Error:
        return False
    return True


def keep(folder: Path, number: int, rows: pd.DataFrame, failures: pd.DataFrame) -> None:
    """Write what came of a batch: failures first, then its runs, which make it done.

    Raises
    ------
    InputError
        If the disk is full or refuses it; what was written before stays.
    """
    with store.refusals_explained(folder, GOING_ON):
        if len(failures):
            store.write_runs(failures, file_of(folder, FAILURES, number))
        store.write_runs(rows, file_of(folder, RUNS, number))


def finish(folder: Path, finished: str | None) -> None:
    """Write into the manifest when the sweep was finished, or that it is not; whole or not at all."""
    account = manifest.read_manifest(folder)
    if account["finished"] == finished:
        return
    with store.refusals_explained(folder, GOING_ON):
        manifest.write_manifest(folder, account | {"finished": finished})


def is_over(folder: Path) -> bool:
    """Return whether a folder holds something that was finished."""
    return begun(folder) and manifest.read_manifest(folder).get("finished") is not None


def finished(folder: Path) -> str | None:
    """Return when the sweep was finished, if it was."""
    when: str | None = manifest.read_manifest(folder)["finished"]
    return when


def failed(folder: Path) -> pd.DataFrame:
    """Return the runs that failed and why; empty if none did."""
    if not any((folder / FAILURES).glob("*.parquet")):
        return pd.DataFrame(columns=["run", "scenario", "strategy", "seed", "replicate", "draw", "reason"])
    return store.read_table(folder / FAILURES).sort_values("run", ignore_index=True)


def forget_failed(folder: Path) -> None:
    """Take away the batches in which runs failed, so that they are done again."""
    with store.refusals_explained(folder):
        for path in (folder / FAILURES).glob("*.parquet"):
            (folder / RUNS / path.name).unlink(missing_ok=True)
            path.unlink()
