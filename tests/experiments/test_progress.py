import io
import json

import nbformat
import pytest
from rich.console import Console

from experiments import progress
from experiments.progress import Progressing, clock, pace


@pytest.fixture
def watch(monkeypatch):
    """Return a watch that goes on only when it is told to, by which all time is taken."""

    class Watch:
        now = 100.0

        def wait(self, seconds):
            self.now += seconds

    found = Watch()
    monkeypatch.setattr(progress.time, "monotonic", lambda: found.now)
    return found


def test_pace_tells_rate_and_time_to_go():
    assert pace(500, 1500, 10.0) == "50 runs a second, 0:30 to go"
    assert pace(1, 600, 2.0) == "0.5 runs a second, 20:00 to go"


def test_a_time_of_hours_is_told_in_hours():
    assert [clock(seconds) for seconds in (0, 59.6, 3599, 3600, 100_000)] == [
        "0:00",
        "1:00",
        "59:59",
        "1:00:00",
        "27:46:40",
    ]


def test_without_a_terminal_each_part_is_told_in_plain_lines_ten_seconds_apart(watch):
    page = io.StringIO()
    with Progressing("2 strategies x 10 replicates", Console(file=page)) as board:
        board("compiling", 0, 0)
        for done in range(0, 25, 5):
            watch.wait(4)
            board("running", done, 20)
    assert page.getvalue().splitlines() == [
        "compiling the model ...",
        "running 2 strategies x 10 replicates ...",
        "running 2 strategies x 10 replicates ... 15 of 20, 1.2 runs a second, 0:04 to go",
        "running 2 strategies x 10 replicates ... done in 20.0 s",
    ]


def test_the_rate_counts_neither_compiling_nor_what_was_done_before_nor_the_first_batch(watch):
    page = io.StringIO()
    with Progressing("'small'", Console(file=page)) as board:
        board("compiling", 0, 60)
        watch.wait(60)
        board("compiling", 1, 1)
        board("running", 9000, 10_000)
        watch.wait(90)  # each worker compiles, too
        board("running", 9200, 10_000)
        watch.wait(10)
        board("running", 9600, 10_000)
    assert (
        page.getvalue().splitlines()[-1]
        == "running 'small' ... 9,600 of 10,000, 40 runs a second, 0:10 to go"
    )


def test_two_workers_whose_first_batches_end_together_give_no_rate_yet(watch):
    page = io.StringIO()
    with Progressing("'small'", Console(file=page, force_terminal=True, width=140, _environ={})) as board:
        for done, seconds in ((0, 60), (100, 0.01), (200, 0)):
            board("running", done, 1000)
            watch.wait(seconds)
        assert board.paces("running", 200, 1000, 0) == ""
        watch.wait(10)
        board("running", 300, 1000)
        assert board.paces("running", 300, 1000, 0) == "20 runs a second, 0:35 to go"


def test_what_was_done_before_is_told_without_a_rate(watch):
    page = io.StringIO()
    with Progressing("'small'", Console(file=page)) as board:
        board("running", 9000, 10_000)
    assert page.getvalue() == "running 'small' ... 9,000 of 10,000\n"


def test_runs_that_fail_are_told_as_they_do_and_at_the_end(watch):
    page = io.StringIO()
    with Progressing("'small'", Console(file=page)) as board:
        board("running", 0, 3000, 0)
        board("running", 200, 3000, 2)
        watch.wait(10)
        board("running", 1000, 3000, 12)
        watch.wait(20)
        board("running", 3000, 3000, 1012)
    assert page.getvalue().splitlines()[1:] == [
        "running 'small' ... 1,000 of 3,000, 80 runs a second, 0:25 to go, 12 failed",
        "running 'small' ... done in 30.0 s, 1,012 failed",
    ]


def test_on_a_terminal_a_bar_is_drawn_with_count_rate_and_failures(watch):
    page = io.StringIO()
    screen = Console(file=page, force_terminal=True, width=140, _environ={})
    with Progressing("8 strategies", screen) as board:
        board("compiling", 0, 1)
        board("running", 0, 8000)
        board("running", 2000, 8000)
        watch.wait(10)
        board("running", 4000, 8000, 3)
        board.board.refresh()
    told = page.getvalue()
    assert "running 8 strategies" in told
    assert "4,000 of 8,000" in told
    assert "200 runs a second, 0:20 to go, 3 failed" in told


def test_a_terminal_that_cannot_move_its_cursor_is_told_plain_lines():
    page = io.StringIO()
    screen = Console(file=page, force_terminal=True, width=140, _environ={"TERM": "dumb"})
    with Progressing("8 strategies", screen) as board:
        board("running", 20, 20)
    assert "running 8 strategies ... done in" in page.getvalue()


def test_compiling_says_how_long_it_took_the_last_time():
    page = io.StringIO()
    with Progressing("2 strategies", Console(file=page)) as board:
        board("compiling", 0, 48)
        board("compiling", 1, 1)
    lines = page.getvalue().splitlines()
    assert lines[0] == "compiling the model (about 48 s on this machine) ..."
    assert lines[1].startswith("compiling the model ... done in")


def test_a_notebook_is_left_with_one_line(tmp_path):
    nbclient = pytest.importorskip("nbclient")
    cell = """
from experiments import progress
progress.BLINK = 0
with progress.Progressing("'small'") as board:
    board("compiling", 0, 48)
    for done in range(0, 301, 100):
        board("running", done, 300, done // 100)
"""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    nbclient.NotebookClient(book, timeout=60, kernel_name="python3").execute()
    outputs = book.cells[0].outputs
    assert len(outputs) == 1, json.dumps(outputs)
    assert outputs[0]["data"]["text/plain"].startswith("running 'small' ... done in")
    assert outputs[0]["data"]["text/plain"].endswith("s, 3 failed")
