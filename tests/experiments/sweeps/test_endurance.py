"""The command line killed, stopped and refused the disk: the same command goes on, and nothing differs."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tomli_w

from experiments.sweeps import folder as shelf
from experiments.sweeps.results import Results
from experiments.sweeps.sweep import run_sweep

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("compiled"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc"),
]

ROOT = Path(__file__).parents[3]
SAID = {
    "name": "small",
    "title": "What does a sweep outlive?",
    "scenarios": ["iran-2012"],
    "strategies": ["step-for-step", "maximum-pressure"],
    "months": 24,
    "replicates": 128,
    "outcomes": ["hardship", "label", "months_to_agreement"],
    "uncertain": {"points": 4},
}
BATCHES = 16
PATIENCE = 60
PAGE = 4096


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, compiled):
    """Return the files of the sweep, if nothing befalls it."""
    return files(run_sweep(SAID, tmp_path_factory.mktemp("undisturbed") / "out").folder)


@pytest.fixture
def sweep(tmp_path):
    """Return what begins the sweep, or goes on with it, as a process in a group of its own."""
    (tmp_path / "small.toml").write_text(tomli_w.dumps(SAID))
    begun = []

    def begin(*words, out="out", limit=None):
        begun.append(
            subprocess.Popen(
                [sys.executable, "-m", "experiments", "sweep", "small.toml", "--out", str(out), *words],
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                cwd=tmp_path,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        )
        if limit is not None:
            resource.prlimit(begun[-1].pid, resource.RLIMIT_FSIZE, (limit, limit))
        return begun[-1]

    yield begin
    for process in begun:
        if living(process):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def files(folder):
    """Return what is in the files of a finished sweep, by their names, but for when it was made."""
    assert Results(folder).finished
    paths = [
        path for path in folder.rglob("*") if path.is_file() and path.name not in ("manifest.json", ".lock")
    ]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def living(process):
    """Return the processes of a group that still live."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = path.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(group) == process.pid and state != "Z":
            found.append(path.parent.name)
    return found


def kept(out):
    return len(list((out / shelf.RUNS).glob("*.parquet")))


def await_batches(process, out, number):
    end = time.monotonic() + PATIENCE
    while kept(out) < number:
        assert process.poll() is None and time.monotonic() < end, process.communicate()
        time.sleep(0.005)


def await_end(process):
    """Wait until all processes have ended that a process began, which itself has."""
    end = time.monotonic() + PATIENCE
    while living(process):
        assert time.monotonic() < end, "a worker outlives the sweep that began it"
        time.sleep(0.05)


def ended(process):
    """Return the exit status of a process and what it said of errors."""
    told = process.communicate(timeout=PATIENCE)[1]
    return process.returncode, told


def test_a_sweep_that_is_killed_again_and_again_ends_as_if_it_had_not_been(sweep, undisturbed, tmp_path):
    out = tmp_path / "out"
    for words, number in (((), 2), (("--workers", "2"), 9)):
        killed = sweep(*words)
        await_batches(killed, out, number)
        killed.kill()
        killed.wait()
        await_end(killed)
    before = {path: path.stat().st_mtime_ns for path in (out / shelf.RUNS).glob("*.parquet")}
    assert 9 <= len(before) < BATCHES
    (out / shelf.RUNS / ".000015.parquet.unfinished").write_bytes(b"PAR1 and no more")
    status, told = ended(sweep())
    assert status == 0, told
    assert files(out) == undisturbed
    assert before == {path: path.stat().st_mtime_ns for path in before}, "a batch that was done is done again"


@pytest.mark.parametrize("words", [(), ("--workers", "2")], ids=["threads", "processes"])
def test_ctrl_c_stops_soon_keeps_what_is_done_and_says_how_to_go_on(sweep, tmp_path, words):
    stopped = sweep(*words)
    await_batches(stopped, tmp_path / "out", 1)
    os.killpg(stopped.pid, signal.SIGINT)
    status, told = ended(stopped)
    assert status == 130
    assert "Traceback" not in told
    command = " ".join(["backchannel sweep small.toml --out out", *words])
    runs = kept(tmp_path / "out") * 64
    assert (
        told.splitlines()[-1] == f"backchannel: stopped; {runs:,} of 1,024 runs are kept. To go on: {command}"
    )
    await_end(stopped)
    assert 0 < kept(tmp_path / "out") < BATCHES
    assert not Results(tmp_path / "out").finished


def test_a_file_that_may_not_grow_ends_the_sweep_in_one_line_and_it_goes_on_later(
    sweep, undisturbed, tmp_path
):
    out, before = tmp_path / "out", BATCHES // 2
    run_sweep(SAID, out)
    for number in range(before, BATCHES):
        shelf.file_of(out, shelf.RUNS, number).unlink()
    shelf.finish(out, None)
    status, told = ended(sweep(limit=2000))
    assert status == 2
    assert told.splitlines()[-1] == (
        "backchannel: cannot write results to 'out' (--out): file too large; what is done is kept, and the "
        "same command goes on with the rest"
    )
    assert "Traceback" not in told
    assert kept(out) == before
    assert len(Results(out).runs(["hardship"])) == before * 64
    assert ended(sweep())[0] == 0
    assert files(out) == undisturbed


@pytest.fixture
def small_disk(tmp_path, undisturbed):
    """Mount a disk with room for about half of the sweep, where that is allowed."""
    place = tmp_path / "disk"
    place.mkdir()
    whole = [content for name, content in undisturbed.items() if not name.startswith(shelf.RUNS)]
    half = [undisturbed[f"{shelf.RUNS}/{number:06d}.parquet"] for number in range(BATCHES // 2)]
    manifest = b" " * 20_000
    pages = sum(-(-len(content) // PAGE) for content in (manifest, *whole, *half))
    words = ["mount", "-t", "tmpfs", "-o", f"size={pages * PAGE}", "none", str(place)]
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_ends_the_sweep_in_one_line_and_it_goes_on_where_there_is_room(
    sweep, undisturbed, small_disk
):
    out = small_disk / "out"
    status, told = ended(sweep(out=out))
    assert status == 2
    assert told.splitlines()[-1].endswith(
        "no space left on device; what is done is kept, and the same command goes on with the rest"
    )
    assert 0 < kept(out) < BATCHES
    assert len(Results(out).runs(["hardship"])) == kept(out) * 64
    subprocess.run(["mount", "-o", "remount,size=2m", str(small_disk)], check=True)
    assert ended(sweep(out=out))[0] == 0
    assert files(out) == undisturbed


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused_in_one_line(sweep, tmp_path):
    place = tmp_path / "closed"
    place.mkdir(mode=0o500)
    status, told = ended(sweep(out=place / "out"))
    assert (status, len(told.splitlines())) == (2, 1)
    assert "permission denied" in told
