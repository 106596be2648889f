"""What a sweep gives, and what it leaves when it is stopped, refused or done again."""

import gc
import tracemalloc

import numpy as np
import pandas as pd
import pytest

from experiments import manifest
from experiments.sweeps import batches, grid
from experiments.sweeps import folder as shelf
from experiments.sweeps.sweep import run_sweep
from model.ensemble import blank_outcomes, call_kernel, run_ensemble
from model.vocabulary import InputError

pytestmark = pytest.mark.usefixtures("compiled")

SAID = {
    "name": "small",
    "title": "Are the rows right?",
    "scenarios": ["iran-2012"],
    "strategies": ["step-for-step", "maximum-pressure"],
    "months": 24,
    "replicates": 32,
    "uncertain": {"points": 4},
}
RUNS = 2 * 32 * 4
KEPT = ["hardship", "label", "ending", "settled", "months_to_agreement", "reversals"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory, compiled):
    """Return the results of the sweep."""
    return run_sweep(SAID, tmp_path_factory.mktemp("whole") / "out")


def sorted_alike(rows):
    columns = ["strategy", "dispute", "seed", "replicate", *KEPT]
    plain = rows.astype(dict.fromkeys(("strategy", "dispute", "label", "ending"), str))[columns]
    return plain.sort_values(["strategy", "dispute", "replicate"], ignore_index=True)


def test_the_rows_are_those_of_an_ensemble_over_the_same_draws(whole):
    draws = whole.draws()
    pairs = draws.loc[np.repeat(draws.index, 32)].reset_index(drop=True).assign(replicate=range(128))
    ensemble = run_ensemble("iran-2012", SAID["strategies"], 1, 7, pairs, months=24)
    rows = whole.runs()
    assert len(rows) == RUNS
    pd.testing.assert_frame_equal(sorted_alike(rows), sorted_alike(ensemble), check_exact=True)


def test_without_draws_and_on_shared_luck_the_rows_are_those_of_a_plain_ensemble(tmp_path):
    plain = run_sweep(SAID | {"uncertain": {"design": "none"}}, tmp_path / "plain").runs()
    ensemble = run_ensemble("iran-2012", SAID["strategies"], 32, 7, months=24)
    pd.testing.assert_frame_equal(sorted_alike(plain), sorted_alike(ensemble), check_exact=True)

    common = run_sweep(SAID | {"uncertain": {"points": 2, "luck": "common"}}, tmp_path / "common")
    ensemble = run_ensemble("iran-2012", SAID["strategies"], 32, 7, common.draws(), months=24)
    for draw in (0, 1):
        ours, theirs = (rows[rows["draw"] == draw] for rows in (common.runs(), ensemble))
        pd.testing.assert_frame_equal(sorted_alike(ours), sorted_alike(theirs), check_exact=True)


def test_runs_that_raise_are_recorded_and_the_others_are_those_of_an_undisturbed_sweep(
    whole, tmp_path, monkeypatch
):
    def faulty(setting, world, designs, runs, months, outcomes):
        if ((designs.replicate[runs] == 40) & (designs.plan[runs] == 1)).any():
            raise ZeroDivisionError("float division by zero")
        call_kernel(setting, world, designs, runs, months, outcomes)

    monkeypatch.setattr(batches, "call_kernel", faulty)
    told = []
    results = run_sweep(SAID, tmp_path / "out", progress=lambda *words: told.append(words))
    assert told[-1] == ("running", RUNS, RUNS, 1)
    assert results.finished
    failures = results.failures()
    assert failures[["run", "scenario", "strategy", "seed", "replicate", "draw"]].values.tolist() == [
        [81, "iran-2012", "maximum-pressure", 7, 40, 1]
    ]
    assert failures["reason"].tolist() == ["ZeroDivisionError: float division by zero"]
    rows = whole.runs()
    others = rows[rows["run"] != 81].reset_index(drop=True)
    pd.testing.assert_frame_equal(results.runs(), others, check_exact=True)

    monkeypatch.undo()
    assert len(run_sweep(SAID, tmp_path / "out").failures()) == 1, "failed runs are done again unasked"
    cured = run_sweep(SAID, tmp_path / "out", retry_failed=True)
    pd.testing.assert_frame_equal(cured.runs(), rows, check_exact=True)
    assert len(cured.failures()) == 0


def test_a_sweep_all_of_whose_runs_fail_is_finished_and_says_why(tmp_path, monkeypatch):
    def faulty(*_):
        raise FloatingPointError("overflow")

    monkeypatch.setattr(batches, "call_kernel", faulty)
    results = run_sweep(SAID, tmp_path / "out")
    assert results.finished
    assert len(results.failures()) == RUNS
    assert len(results.runs()) == 0


def stopping_after(number):
    """Return a progress by which a sweep is stopped by hand once so many runs are done."""

    def told(doing, done, total, failed):
        if doing == "running" and done >= number:
            raise KeyboardInterrupt

    return told


def counted(monkeypatch):
    """Return a list that grows by every batch that is worked at from now on."""
    done = []

    def working(work, is_stopping=None):
        done.append(len(work.designs))
        return batches.worked(work, is_stopping)

    monkeypatch.setattr("experiments.sweeps.crews.worked", working)
    return done


def test_what_was_done_before_a_stop_is_neither_lost_nor_done_again(whole, tmp_path, monkeypatch):
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt, match="64 of 256 runs are kept"):
        run_sweep(SAID, out, progress=stopping_after(64))
    assert manifest.read_manifest(out)["finished"] is None
    kept = len(list((out / shelf.RUNS).glob("*.parquet")))
    assert kept == 1
    done, told = counted(monkeypatch), []
    results = run_sweep(SAID, out, progress=lambda *words: told.append(words))
    assert done == [64, 64, 64]
    assert told[0] == ("running", 64, RUNS, 0)
    pd.testing.assert_frame_equal(results.runs(), whole.runs(), check_exact=True)


def test_a_finished_sweep_is_not_touched_by_its_command(tmp_path, monkeypatch):
    out = tmp_path / "out"
    run_sweep(SAID, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.*")}
    done = counted(monkeypatch)
    assert run_sweep(SAID, out).finished
    assert done == []
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.*")} == before


def test_a_file_that_a_disk_cut_short_is_put_aside_and_its_batch_is_done_again(whole, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run_sweep(SAID, out)
    path = shelf.file_of(out, shelf.RUNS, 2)
    path.write_bytes(path.read_bytes()[:5000])
    shelf.file_of(out, shelf.RUNS, 3).write_bytes(b"")
    done = counted(monkeypatch)
    results = run_sweep(SAID, out)
    assert done == [64, 64]
    pd.testing.assert_frame_equal(results.runs(), whole.runs(), check_exact=True)
    assert sorted(found.name for found in (out / shelf.RUNS).glob("*.damaged")) == [
        "000002.damaged",
        "000003.damaged",
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"months": 30}, "differs in its experiment;"),
        ({"strategies": ["step-for-step"]}, "differs in its strategies;"),
        ({"seed": 8}, "differs in its experiment;"),
        ({"scenarios": ["stylised-region"]}, "differs in its scenarios;"),
    ],
)
def test_the_folder_of_another_sweep_is_refused_and_it_is_said_what_differs(whole, changed, told):
    with pytest.raises(InputError, match=told):
        run_sweep(SAID | changed, whole.folder)


def test_batches_that_another_version_cut_otherwise_are_not_mixed_with_these(whole, monkeypatch):
    monkeypatch.setattr(grid, "LEAST", 32)
    with pytest.raises(InputError, match="differs in its batches;"):
        run_sweep(SAID, whole.folder)


def test_the_folder_of_other_results_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        run_sweep(SAID, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_second_sweep_on_one_folder_is_refused_while_the_first_is_at_it(tmp_path):
    out, refusals = tmp_path / "out", []

    def told(doing, done, total, failed):
        if doing == "running" and not refusals:
            with pytest.raises(InputError, match="another sweep is writing") as refused:
                run_sweep(SAID, out)
            refusals.append(refused)

    assert run_sweep(SAID, out, progress=told).finished
    assert refusals


def test_an_unforeseen_fault_ends_the_sweep_and_is_not_hidden(tmp_path, monkeypatch):
    monkeypatch.setattr(batches, "copy_of", lambda opening: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_sweep(SAID, tmp_path / "out")


def test_memory_does_not_grow_with_the_number_of_runs(tmp_path, monkeypatch):
    def idle(work, is_stopping=None):
        return batches.Product(blank_outcomes(work.setting, work.designs), {})

    monkeypatch.setattr("experiments.sweeps.crews.worked", idle)
    monkeypatch.setattr("experiments.store.write_runs", lambda rows, path: path.touch())
    monkeypatch.setattr(grid, "BATCH", 250)

    def remembered(replicates):
        said = SAID | {"replicates": replicates, "outcomes": ["hardship"], "uncertain": {"points": 1}}
        found = []

        def told(doing, done, total, failed):
            if done == total:
                gc.collect()
                found.append(tracemalloc.get_traced_memory()[0])

        tracemalloc.start()
        run_sweep(said, tmp_path / str(replicates), progress=told)
        tracemalloc.stop()
        return found[-1]

    remembered(2500)  # what is loaded once is not charged to either
    few, many = remembered(2000), remembered(6000)
    assert many - few < 8000 * 32, "of each of the 8,000 further runs something is remembered"
