"""The folder of a sweep knows what is done by what is there, whatever was left in it."""

from types import SimpleNamespace

import pandas as pd
import pytest

from experiments import store
from experiments.sweeps import folder as shelf
from model.vocabulary import InputError

GRID = SimpleNamespace(batches=[None] * 5)
ROWS = pd.DataFrame({"run": [0, 1], "hardship": [0.25, 0.5]})
NONE = pd.DataFrame()
REASONS = pd.DataFrame({"run": [1], "reason": ["overflow"]})


@pytest.fixture
def place(tmp_path):
    """Return a folder with a name that patterns would read as more than a name, and no batch done."""
    folder = tmp_path / "it's [1] of *, what?"
    folder.mkdir()
    assert shelf.done(folder, GRID) == set()
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_batch_is_done_when_its_file_is_there(place):
    for number in (0, 3):
        shelf.keep(place, number, ROWS, NONE)
    assert shelf.done(place, GRID) == {0, 3}
    assert names(place / shelf.RUNS) == ["000000.parquet", "000003.parquet"]


def test_what_a_sweep_that_died_left_of_a_batch_is_removed(place):
    shelf.keep(place, 0, ROWS, REASONS)
    shelf.keep(place, 1, ROWS, REASONS)
    shelf.file_of(place, shelf.RUNS, 1).unlink()
    (place / shelf.RUNS / ".000001.parquet.unfinished").write_bytes(b"PAR1")
    (place / shelf.FAILURES / ".000002.parquet.unfinished").write_bytes(b"PAR1")
    assert shelf.done(place, GRID) == {0}
    assert names(place / shelf.RUNS) == names(place / shelf.FAILURES) == ["000000.parquet"]


def test_files_that_are_not_whole_are_put_aside_and_none_is_lost_with_them(place):
    for number in range(4):
        shelf.keep(place, number, ROWS, NONE)
    whole = shelf.file_of(place, shelf.RUNS, 1).read_bytes()
    shelf.file_of(place, shelf.RUNS, 1).write_bytes(whole[:-20])
    shelf.file_of(place, shelf.RUNS, 2).write_bytes(b"")
    assert shelf.done(place, GRID) == {0, 3}
    assert shelf.file_of(place, shelf.RUNS, 1).with_suffix(".damaged").read_bytes() == whole[:-20]


def test_files_that_are_no_batch_of_this_sweep_are_not_counted(place):
    shelf.keep(place, 7, ROWS, NONE)
    store.write_runs(ROWS, place / shelf.RUNS / "mine.parquet")
    assert shelf.done(place, GRID) == set()


def test_failures_are_read_over_all_batches_and_forgotten_with_their_batches(place):
    shelf.keep(place, 0, ROWS, NONE)
    shelf.keep(place, 2, ROWS, REASONS.assign(run=9))
    shelf.keep(place, 1, ROWS, REASONS)
    assert shelf.failed(place)["run"].tolist() == [1, 9]
    shelf.forget_failed(place)
    assert shelf.done(place, GRID) == {0}
    assert shelf.failed(place).empty
    assert list(shelf.failed(place).columns)[-1] == "reason"


def test_a_folder_is_held_by_one_at_a_time(place):
    refused = pytest.raises(InputError, match="another sweep is writing")
    with shelf.locked(place), refused, shelf.locked(place):
        pytest.fail("two hold it")
    with shelf.locked(place):
        pass


def test_a_fault_of_the_program_is_not_told_as_a_refusal_of_the_disk(place):
    with pytest.raises(FileNotFoundError), shelf.locked(place):
        raise FileNotFoundError(2, "a file of the program")


def test_a_folder_that_is_gone_is_told_in_one_sentence(tmp_path):
    told = "cannot write results to .*; what is done is kept, and the same command goes on with the rest"
    with pytest.raises(InputError, match=told):
        shelf.keep(tmp_path / "gone", 0, ROWS, NONE)
