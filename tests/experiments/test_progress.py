import io

from rich.console import Console

from experiments.progress import Progressing, pace


def test_pace_tells_rate_and_time_to_go():
    assert pace(500, 2000, 10.0) == "50 runs a second, 0:30 to go"
    assert pace(1, 601, 2.0) == "0.5 runs a second, 20:00 to go"


def test_without_a_terminal_each_part_is_told_in_plain_lines():
    page = io.StringIO()
    with Progressing("2 strategies x 10 replicates", Console(file=page)) as board:
        board("compiling", 0, 0)
        board("running", 5, 20)
        board("running", 20, 20)
    lines = page.getvalue().splitlines()
    assert lines[0] == "compiling the model ..."
    assert lines[1].startswith("running 2 strategies x 10 replicates ... 5 of 20,")
    assert "done in" in lines[2]


def test_on_a_terminal_a_bar_is_drawn():
    page = io.StringIO()
    with Progressing("8 strategies", Console(file=page, force_terminal=True, width=100)) as board:
        board("compiling", 0, 1)
        board("running", 5, 20)
        board.board.refresh()
    assert "running 8 strategies" in page.getvalue()


def test_compiling_says_how_long_it_took_the_last_time():
    page = io.StringIO()
    with Progressing("2 strategies", Console(file=page)) as board:
        board("compiling", 0, 48)
        board("compiling", 1, 1)
    lines = page.getvalue().splitlines()
    assert lines[0] == "compiling the model (about 48 s on this machine) ..."
    assert lines[1].startswith("compiling the model ... done in")
