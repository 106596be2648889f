"""Threads, processes and a cluster do the same work, also when a worker dies at it."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from experiments.sweeps import crews
from experiments.sweeps.results import Results
from experiments.sweeps.sweep import run_sweep
from model.vocabulary import InputError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("compiled")]

ROOT = Path(__file__).parents[3]
SAID = {
    "name": "small",
    "title": "Does it matter who does the work?",
    "scenarios": ["iran-2012"],
    "strategies": ["step-for-step", "maximum-pressure"],
    "months": 24,
    "replicates": 64,
    "uncertain": {"points": 4},
}
RUNS = 2 * 64 * 4
PATIENCE = 60


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, compiled):
    """Return the rows of the sweep as threads make them."""
    return run_sweep(SAID, tmp_path_factory.mktemp("undisturbed") / "out").runs()


class DaskCluster:
    """A scheduler and its workers, each a process of its own; no worker is replaced when it dies."""

    def __init__(self, folder):
        self.folder, self.workers = folder, []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        words = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-jupyter"]
        self.scheduler = self.begun("scheduler", words)

    def begun(self, name, words):
        once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}  # a worker that dies is told at once
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                env={**os.environ, **once, "PYTHONPATH": str(ROOT)},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def staffed(self, size):
        """Return the address when so many workers are at work."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        words = ["worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        while len(self.workers) < size:
            self.workers.append(self.begun(f"worker-{len(self.workers)}", words))
        from distributed import Client

        with Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
            until(lambda: len(client.nthreads()) == size)
        return self.address

    def unstaffed(self):
        """Return the address when nobody is at work."""
        for worker in self.workers:
            worker.kill()
            worker.wait()
        return self.staffed(0)

    def end(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    pytest.importorskip("distributed")
    found = DaskCluster(tmp_path_factory.mktemp("cluster"))
    yield found
    found.end()


def until(is_so):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def once_under_way(act):
    """Return a progress that acts once, when the first runs are done."""
    acted = []

    def told(doing, done, total, failed):
        if doing == "running" and 0 < done < total and not acted:
            acted.append(done)
            act()

    return told


def kill_a_process():
    os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)


def test_processes_give_the_rows_of_threads(undisturbed, tmp_path):
    rows = run_sweep(SAID, tmp_path / "out", workers=2).runs()
    pd.testing.assert_frame_equal(rows, undisturbed, check_exact=True)
    assert multiprocessing.active_children() == []


def test_a_process_that_is_killed_costs_no_run_and_doubles_none(undisturbed, tmp_path):
    results = run_sweep(SAID, tmp_path / "out", workers=1, progress=once_under_way(kill_a_process))
    pd.testing.assert_frame_equal(results.runs(), undisturbed, check_exact=True)
    assert len(results.failures()) == 0


class Poisoned(crews.Processes):
    """Processes of which one dies whenever it is given the batch that begins with run 128."""

    def submit(self, work):
        if work.designs[0].replicate == 64:
            return self.pool.submit(os._exit, 1)
        return super().submit(work)


def test_a_batch_that_always_kills_its_process_is_recorded_as_failed_and_the_others_are_done(
    undisturbed, tmp_path, monkeypatch
):
    monkeypatch.setattr(crews, "Processes", Poisoned)
    told = []
    results = run_sweep(SAID, tmp_path / "out", workers=1, progress=lambda *words: told.append(words))
    failures = results.failures()
    assert failures["run"].tolist() == list(range(128, 192))
    assert failures["reason"].str.contains("worker was lost").all()
    assert told[-1] == ("running", RUNS, RUNS, 64)
    others = undisturbed[~undisturbed["run"].between(128, 191)].reset_index(drop=True)
    pd.testing.assert_frame_equal(results.runs(), others, check_exact=True)
    assert results.finished

    monkeypatch.undo()
    cured = run_sweep(SAID, tmp_path / "out", retry_failed=True)
    pd.testing.assert_frame_equal(cured.runs(), undisturbed, check_exact=True)
    assert len(cured.failures()) == 0


def test_stopping_processes_ends_them_with_work_undone(tmp_path):
    long = SAID | {"replicates": 4000}

    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_sweep(long, tmp_path / "out", 2, progress=once_under_way(stop))
    assert not Results(tmp_path / "out").finished
    assert multiprocessing.active_children() == []


def test_a_script_that_each_process_would_run_again_is_told_how_to_guard_itself(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from experiments.sweeps.sweep import run_sweep\n"
        f"run_sweep({SAID!r}, {str(tmp_path / 'out')!r}, workers=1)\n"
    )
    answer = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert answer.returncode != 0
    assert "if __name__ == '__main__':" in answer.stderr
    assert list((tmp_path / "out" / "runs").iterdir()) == []


def test_a_cluster_gives_the_rows_of_threads(undisturbed, tmp_path, cluster):
    rows = run_sweep(SAID, tmp_path / "out", cluster=cluster.staffed(2)).runs()
    pd.testing.assert_frame_equal(rows, undisturbed, check_exact=True)


def test_a_worker_of_a_cluster_that_is_killed_costs_no_run_and_doubles_none(undisturbed, tmp_path, cluster):
    address = cluster.staffed(2)
    results = run_sweep(
        SAID, tmp_path / "out", cluster=address, progress=once_under_way(cluster.workers[0].kill)
    )
    pd.testing.assert_frame_equal(results.runs(), undisturbed, check_exact=True)
    assert len(results.failures()) == 0


class PoisonedCluster(crews.Cluster):
    """A cluster of which a worker dies whenever it is given the batch that begins with run 128."""

    def submit(self, work):
        if work.designs[0].replicate == 64:
            return self.pool.submit(os._exit, 1)
        return super().submit(work)


def test_a_batch_that_always_kills_its_worker_of_a_cluster_is_recorded_as_failed(
    undisturbed, tmp_path, cluster, monkeypatch
):
    # One dies at the batch among others, one at the batch alone; what fell with the first needs a third.
    address = cluster.staffed(3)
    monkeypatch.setattr(crews, "Cluster", PoisonedCluster)
    results = run_sweep(SAID, tmp_path / "out", cluster=address)
    assert results.failures()["run"].tolist() == list(range(128, 192))
    assert results.failures()["reason"].str.contains("KilledWorker").all()
    others = undisturbed[~undisturbed["run"].between(128, 191)].reset_index(drop=True)
    pd.testing.assert_frame_equal(results.runs(), others, check_exact=True)


def test_ctrl_c_leaves_a_cluster_idle_and_at_once_fit_for_the_next_sweep(undisturbed, tmp_path, cluster):
    address = cluster.staffed(1)

    def stop():
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt, match="runs are kept"):
        run_sweep(
            SAID | {"replicates": 4000}, tmp_path / "long", cluster=address, progress=once_under_way(stop)
        )
    assert not Results(tmp_path / "long").finished
    rows = run_sweep(SAID, tmp_path / "out", cluster=address).runs()
    pd.testing.assert_frame_equal(rows, undisturbed, check_exact=True)


def test_a_cluster_that_loses_all_its_workers_ends_the_sweep_which_goes_on_later(
    undisturbed, tmp_path, cluster, monkeypatch
):
    monkeypatch.setattr(crews, "PATIENCE", 2.0)
    monkeypatch.setattr(crews, "LOOK", 0.2)
    address, out = cluster.staffed(1), tmp_path / "out"
    with pytest.raises(InputError, match="lost all its workers; what is done is kept"):
        run_sweep(SAID, out, cluster=address, progress=once_under_way(cluster.workers[0].kill))
    kept = len(list((out / "runs").glob("*.parquet")))
    assert 0 < kept < RUNS / 64
    pd.testing.assert_frame_equal(run_sweep(SAID, out).runs(), undisturbed, check_exact=True)


def test_a_cluster_without_workers_and_one_with_another_model_are_refused(tmp_path, cluster, monkeypatch):
    address = cluster.unstaffed()
    with pytest.raises(InputError, match="has no workers"):
        run_sweep(SAID, tmp_path / "out", cluster=address)
    cluster.staffed(1)
    monkeypatch.setattr("experiments.sweeps.batches.CACHE", Path("another"))
    with pytest.raises(InputError, match="another version of the model"):
        run_sweep(SAID, tmp_path / "out", cluster=address)


def test_a_scheduler_that_dies_ends_the_sweep_in_a_sentence(tmp_path, cluster, monkeypatch):
    monkeypatch.setattr(crews, "PATIENCE", 2.0)
    address, out = cluster.staffed(1), tmp_path / "out"
    with pytest.raises(InputError, match=r"answers no more .* what is done is kept"):
        run_sweep(
            SAID | {"replicates": 4000}, out, cluster=address, progress=once_under_way(cluster.scheduler.kill)
        )
    assert list((out / "runs").glob("*.parquet"))


def test_where_nobody_answers_is_told_in_a_sentence_before_anything_is_written(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(crews, "PATIENCE", 0.5)
    with pytest.raises(InputError, match=r"no cluster answers at 'tcp://127.0.0.1:9'"):
        run_sweep(SAID, tmp_path / "out", cluster="tcp://127.0.0.1:9")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["nonsense", "", "tcp://here", "tcp://here:99999", "http://here:1"])
def test_what_cannot_be_an_address_is_refused_without_asking_anybody(tmp_path, monkeypatch, address):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(distributed, "Client", lambda *_, **__: pytest.fail("somebody was asked"))
    with pytest.raises(InputError, match="write it as tcp://HOST:PORT"):
        run_sweep(SAID, tmp_path / "out", cluster=address)
    assert list(tmp_path.iterdir()) == []


def test_what_listens_and_is_no_scheduler_is_not_waited_for_without_end(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(crews, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(InputError, match=f"no cluster answers at '{address}'"):
            run_sweep(SAID, tmp_path / "out", cluster=address)
    assert list(tmp_path.iterdir()) == []


def test_a_finished_sweep_needs_no_cluster_to_be_read(undisturbed, tmp_path):
    run_sweep(SAID, tmp_path / "out")
    rows = run_sweep(SAID, tmp_path / "out", cluster="tcp://127.0.0.1:9").runs()
    pd.testing.assert_frame_equal(rows, undisturbed, check_exact=True)


def test_processes_and_a_cluster_exclude_each_other():
    with pytest.raises(InputError, match="exclude each other"):
        crews.crew_of(2, "tcp://127.0.0.1:9")
    with pytest.raises(InputError, match="--workers is 0"):
        crews.crew_of(0, None)
