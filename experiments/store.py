"""A results folder appears whole or not at all.

It is prepared beside its final place under a name that begins with a dot, and renamed when
everything is in it; whatever goes wrong before that, the preparation is removed. Runs are kept as
Parquet, written under a temporary name, flushed to disk and renamed.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.label import LABEL

if TYPE_CHECKING:
    import pandas as pd

RUNS = "runs.parquet"
STRATEGIES = "strategies"
#: How a query in SQL writes Parquet; what the rows are and are not stands in every file.
AS_PARQUET = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{label: '{LABEL}'}}"
#: What a disk or its owner may refuse; any other OSError is a fault of the program and is shown as one.
REFUSALS = (
    errno.EACCES,
    errno.EDQUOT,
    errno.EEXIST,
    errno.EFBIG,
    errno.EIO,
    errno.ENOENT,
    errno.ENOSPC,
    errno.ENOTDIR,
    errno.ENOTEMPTY,
    errno.EPERM,
    errno.EROFS,
)


def default_folder(*words: str) -> Path:
    """Return ``results/<words>-<time>``, a folder that does not exist yet."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    place = Path("results") / "-".join([*(word.replace(os.sep, "-") for word in words), stamp])
    candidate, turn = place, 1
    while candidate.exists():
        turn += 1
        candidate = place.with_name(f"{place.name}-{turn}")
    return candidate


@contextmanager
def results_folder(out: Path) -> Iterator[Path]:
    """Give a folder to fill; on leaving without an error it becomes `out`, otherwise it is removed.

    Raises
    ------
    InputError
        If `out` holds anything already, or cannot be written.
    """
    place = out.resolve()
    with refusals_explained(out):
        _refuse_occupied(out)
        made = [folder for folder in place.parents if not folder.exists()]
        place.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        with refusals_explained(out):
            yield staging
            _refuse_occupied(out)
            staging.chmod(0o755)
            if place.exists():
                place.rmdir()
            staging.rename(place)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        for folder in made:  # nearest first; what holds anything stays
            with suppress(OSError):
                folder.rmdir()


def _refuse_occupied(out: Path) -> None:
    from model.vocabulary import InputError

    if out.is_dir() and any(out.iterdir()):
        raise InputError(f"the folder '{out}' (--out) is not empty: name a new or empty one")
    if out.exists() and not out.is_dir():
        raise InputError(f"'{out}' (--out) is a file: name a folder")


@contextmanager
def refusals_explained(out: Path, then: str = "") -> Iterator[None]:
    """Tell what a disk or its owner refuses in a sentence, ended by ``then``; what was written before stays.

    Raises
    ------
    InputError
        If something is refused.
    """
    from model.vocabulary import InputError

    try:
        yield
    except OSError as error:
        if error.errno not in REFUSALS:
            raise
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot write results to '{out}' (--out): {reason}{then}") from error


def write_runs(runs: pd.DataFrame, path: Path) -> None:
    """Write `runs` to `path` as Parquet, labelled: temporary name, flushed to disk, renamed."""
    import duckdb

    categories = runs.select_dtypes("category")
    plain = runs.assign(**{str(name): column.astype(str) for name, column in categories.items()})
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with undisturbed(), _database().cursor() as connection:
            connection.register("runs", plain)
            connection.execute(f"COPY runs TO '{_quoted(unfinished)}' ({AS_PARQUET})")
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.rename(path)
        flush_folder(path.parent)
    except duckdb.IOException as error:
        told = re.search(r'"errno":"(\d+)"', str(error))
        number = int(told.group(1)) if told else errno.EIO
        raise OSError(number, os.strerror(number)) from error
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back until the block is done: what it would meet within a query comes out as another error.

    Raises
    ------
    KeyboardInterrupt
        At the end of the block, if Ctrl-C was pressed in it.
    """
    if threading.current_thread() is not threading.main_thread():  # signals reach the main thread only
        yield
        return
    pressed: list[object] = []
    before = signal.signal(signal.SIGINT, lambda *told: pressed.append(told))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler if before is None else before)
    if pressed:
        raise KeyboardInterrupt


@cache
def _database() -> Any:
    """Return the database, empty and in memory, that writes Parquet: opening one takes as long as writing."""
    import duckdb

    return duckdb.connect()


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to disk, where the system can, so that a rename survives a power cut."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_strategies(strategies: Iterable[Any], folder: Path) -> None:
    """Write each of the strategies into a file of its own, in a folder of the results folder."""
    (folder / STRATEGIES).mkdir()
    for strategy in strategies:
        strategy.write(kept_strategy(folder, strategy.name))


def kept_strategy(folder: Path, name: str) -> Path:
    """Return where a results folder keeps the strategy ``name``, if it does."""
    return folder / STRATEGIES / f"{name}.toml"


def read_runs(folder: Path) -> pd.DataFrame:
    """Return the runs of a results folder in the order they were written.

    Raises
    ------
    InputError
        If the folder or its runs are missing or cannot be read.
    """
    from model.vocabulary import InputError

    path = folder / RUNS
    if not path.is_file():
        missing = "has no " + RUNS if folder.is_dir() else "does not exist"
        raise InputError(f"'{folder}' (--from) {missing}: rows are those of a comparison or a sweep")
    return read_table(path)


def read_table(path: Path) -> pd.DataFrame:
    """Return the table in a Parquet file, or in all those of a folder one after another, as it was written.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    import duckdb

    from model.vocabulary import InputError

    try:
        with duckdb.connect() as connection:
            return connection.execute(f"SELECT * FROM {parquet_of(path)}").df()
    except duckdb.Error as error:
        raise InputError(f"'{path}' cannot be read: {str(error).splitlines()[0]}") from error


def parquet_of(path: Path) -> str:
    """Return what a query in SQL calls a Parquet file, or all those of a folder."""
    plain = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in _quoted(path))
    files = f"{plain}/*.parquet" if path.is_dir() else plain
    return f"read_parquet('{files}', union_by_name=true)"


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("'", "''")
