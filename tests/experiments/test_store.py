import errno
import signal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments import store
from experiments.label import LABEL
from model.vocabulary import InputError


def test_results_folder_appears_whole_or_not_at_all(tmp_path):
    out = tmp_path / "results" / "one"
    with pytest.raises(RuntimeError), store.results_folder(out) as folder:
        (folder / "half").write_text("half")
        assert not out.exists()
        raise RuntimeError
    assert not out.parent.exists()
    with store.results_folder(out) as folder:
        (folder / "whole").write_text("whole")
    assert [path.name for path in out.parent.iterdir()] == ["one"]
    assert (out / "whole").read_text() == "whole"


def test_stopping_by_hand_leaves_nothing_behind(tmp_path):
    with pytest.raises(KeyboardInterrupt), store.results_folder(tmp_path / "out") as folder:
        (folder / "half").write_text("half")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_may_be_filled_and_an_occupied_one_is_refused(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with store.results_folder(out) as folder:
        (folder / "runs").write_text("1")
    with pytest.raises(InputError, match=r"out.*not empty"), store.results_folder(out):
        pytest.fail("an occupied folder was opened")
    assert (out / "runs").read_text() == "1"


def test_a_place_that_cannot_be_written_is_refused_before_anything_runs(tmp_path):
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nowhere/out")):
        with pytest.raises(InputError, match="--out"), store.results_folder(place):
            pytest.fail("nothing should run")


def test_runs_come_back_as_they_were(tmp_path):
    runs = pd.DataFrame(
        {
            "label": pd.Categorical(["stalled", "walked out"]),
            "settled": [True, False],
            "months": [np.nan, 0.1 + 0.2],
            "leaks": np.array([1, 2], dtype=np.int64),
        }
    )
    store.write_runs(runs, tmp_path / store.RUNS)
    back = store.read_runs(tmp_path)
    assert back["months"].tolist()[1] == 0.1 + 0.2
    assert np.isnan(back["months"][0])
    assert back["label"].tolist() == ["stalled", "walked out"]
    assert back["settled"].dtype == bool
    assert [path.name for path in tmp_path.iterdir()] == [store.RUNS]


def test_every_table_says_what_its_rows_are_not(tmp_path):
    import duckdb

    store.write_runs(pd.DataFrame({"a": [1]}), tmp_path / store.RUNS)
    with duckdb.connect() as connection:
        asked = "SELECT key, value FROM parquet_kv_metadata(?)"
        kept = connection.execute(asked, [str(tmp_path / store.RUNS)]).fetchall()
    assert kept == [(b"label", LABEL.encode())]


def test_a_folder_with_a_quote_in_its_name_holds_runs_too(tmp_path):
    folder = tmp_path / "it's"
    folder.mkdir()
    store.write_runs(pd.DataFrame({"a": [1]}), folder / store.RUNS)
    assert store.read_runs(folder)["a"].tolist() == [1]


def test_missing_and_damaged_runs_are_told_in_one_sentence(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        store.read_runs(tmp_path / "nowhere")
    with pytest.raises(InputError, match="has no runs"):
        store.read_runs(tmp_path)
    (tmp_path / store.RUNS).write_text("not Parquet")
    with pytest.raises(InputError, match="cannot be read"):
        store.read_runs(tmp_path)


def test_default_folders_do_not_collide(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = store.default_folder("compare", "a-case")
    first.mkdir(parents=True)
    assert store.default_folder("compare", "a-case") != first


def test_a_full_disk_is_told_in_one_sentence(tmp_path):
    told = r"cannot write results to .*: no space left on device"
    with pytest.raises(InputError, match=told), store.results_folder(tmp_path / "out"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_within_a_query_waits_for_its_end(tmp_path):
    runs, path = pd.DataFrame({"a": [1]}), tmp_path / "runs.parquet"
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), store.undisturbed():
        signal.raise_signal(signal.SIGINT)
        store.write_runs(runs, path)
    assert path.is_file()
    assert signal.getsignal(signal.SIGINT) is before
