import subprocess
import sys

import pytest
from typer.testing import CliRunner

from experiments.command import main
from model.vocabulary import InputError

RUNNER = CliRunner()


def refused(*words):
    """Return the one line on stderr with which the command line refuses `words`."""
    answer = RUNNER.invoke(main, list(words))
    assert answer.exit_code == 2, answer.output
    assert "Traceback" not in answer.output
    lines = answer.stderr.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["compare", "a-case", "--replicates", "0"], "--replicates"),
        (["compare", "a-case", "--replicates", "-3"], "--replicates"),
        (["compare", "a-case", "--replicates", "many"], "--replicates"),
        (["compare", "a-case", "--seed", "-1"], "--seed"),
        (["compare", "a-case", "--months", "0"], "--months"),
        (["compare", "a-case", "--months", "1201"], "--months"),
        (["compare", "a-case", "--seed", str(2**63)], "--seed"),
        (["compare", "a-case", "another"], "unexpected extra argument"),
        (["compare", "a-case", "--frobnicate"], "--frobnicate"),
        (["frobnicate"], "No such command 'frobnicate'"),
        (["facts", "--months", "1201"], "--months"),
        (["compare", "a-case", "--workers", "0"], "--workers"),
        (["compare", "a-case", "--placebo", "-1"], "--placebo"),
        (["compare", "a-case", "--matched", "efort"], "'efort' cannot be matched; one of relief, pressure"),
        (["compare", "a-case", "--matched", ""], "'' cannot be matched"),
        (
            ["compare", "another-case"],
            "'another-case' is unknown; allowed: a-case, a-quiet-case, a-double-case",
        ),
        (["compare", "a-case", "--strategy", "no-talks"], "allowed: patient-talks"),
        (["compare", "a-case", "--dispute", "peace"], "'peace' is no dispute; there is the-dispute"),
        (["compare"], "scenario"),
        (["run"], "name a scenario (bundled: a-case, a-quiet-case, a-double-case)"),
        (["run", "a-case", "--replicate", "-1"], "--replicate"),
        (
            ["run", "a-double-case", "--strategy", "quiet-talks", "--dispute", "peace"],
            "there is one-matter, another",
        ),
        (["run", "--from", "nowhere", "--row", "0", "--dispute", "peace"], "--dispute and --from exclude"),
        (["run", "--from", "nowhere", "--row", "0", "--seed", "7"], "--seed and --from exclude each other"),
        (["run", "a-case", "--strategy", ""], "'' is unknown"),
        (["--nonsense"], "No such option: --nonsense (see backchannel --help)"),
        (["run", "--nonsense"], "No such option: --nonsense (see backchannel --help)"),
        (["run", "--row", "3"], "--from"),
        (["run", "--from", "nowhere"], "--row"),
        (["run", "--from", "nowhere", "--row", "0"], "nowhere"),
        (["run", "a-case", "--from", "nowhere", "--row", "0"], "exclude each other"),
        (["show", "nothing"], "neither a scenario nor a strategy"),
    ],
)
def test_a_mistake_is_told_in_one_line(pretended, words, told):
    assert told in refused(*words)
    assert list(pretended.iterdir()) == []


def test_an_occupied_folder_is_refused_before_anything_runs(pretended, monkeypatch):
    (pretended / "full").mkdir()
    (pretended / "full" / "mine.txt").write_text("mine")
    monkeypatch.setattr("model.run_ensemble", lambda *_, **__: pytest.fail("it ran"))
    assert "not empty" in refused("compare", "a-case", "--out", "full")
    assert [path.name for path in pretended.rglob("*")] == ["full", "mine.txt"]


def test_a_folder_that_cannot_be_written_is_refused_before_anything_runs(pretended, monkeypatch):
    (pretended / "file").write_text("")
    monkeypatch.setattr("model.run_ensemble", lambda *_, **__: pytest.fail("it ran"))
    assert "file/below" in refused("compare", "a-case", "--out", "file/below")


def test_what_is_refused_leaves_no_folder_behind_that_was_made_for_it(pretended, monkeypatch):
    def refusing(*_, **__):
        raise InputError("there is nobody to talk to")

    monkeypatch.setattr("model.run_ensemble", refusing)
    (pretended / "mine").mkdir()
    assert "nobody to talk to" in refused("compare", "a-case")
    assert "nobody to talk to" in refused("compare", "a-case", "--out", "mine/deep/deeper")
    assert [path.name for path in pretended.rglob("*")] == ["mine"]


def test_what_the_owner_of_a_file_forbids_is_told_in_one_line(pretended, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(13, "Permission denied", "mine.toml")

    monkeypatch.setattr("model.load_scenario", forbidden)
    assert refused("compare", "mine.toml").endswith(
        "'mine.toml' is not yours to read or write: permission denied"
    )


def test_stopping_by_hand_says_so_and_writes_nothing(pretended, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("model.run_ensemble", interrupted)
    answer = RUNNER.invoke(main, ["compare", "a-case", "--out", "out"])
    assert answer.exit_code == 130
    assert answer.stderr.strip() == "backchannel: stopped; nothing was written"
    assert list(pretended.iterdir()) == []


def test_a_fault_of_the_program_is_not_dressed_as_a_mistake_of_the_user(pretended, monkeypatch):
    def broken(*_, **__):
        raise ValueError("a fault")

    monkeypatch.setattr("model.run_ensemble", broken)
    assert isinstance(RUNNER.invoke(main, ["compare", "a-case"]).exception, ValueError)


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_the_terminal(pretended, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    answer = RUNNER.invoke(main, ["compare", "a-case", "--replicates", "20", "--out", "out"])
    assert answer.exit_code == 0, answer.output
    lines = answer.stdout.splitlines()
    assert max(len(line) for line in lines if "Written to" not in line) <= width
    assert "patient-talks" in answer.stdout
    assert "Exploratory, not a forecast. Written to out" in answer.stdout


def test_a_stored_row_is_told_again_and_said_to_be_equal(pretended):
    RUNNER.invoke(main, ["compare", "a-case", "--replicates", "4", "--out", "out"])
    answer = RUNNER.invoke(main, ["run", "--from", "out", "--row", "5", "--out", "again"])
    assert answer.exit_code == 0, answer.output
    assert "2012-01  Senderland opens talks with Targetland." in answer.stdout
    assert "The outcome equals row 5 of out" in answer.stdout
    assert (pretended / "again" / "history.png").exists()
    assert "holds rows 0 to 11" in refused("run", "--from", "out", "--row", "12")


def test_a_folder_that_keeps_no_rows_of_runs_is_refused_with_those_that_do(pretended):
    (pretended / "found").mkdir()
    (pretended / "found" / "manifest.json").write_text('{"kind": "search"}')
    told = refused("run", "--from", "found", "--row", "0")
    assert "'found' (--from) holds a search" in told
    assert "name the folder of a comparison or a sweep" in told
    RUNNER.invoke(main, ["run", "a-case", "--strategy", "quiet-talks", "--out", "history"])
    assert "rows are those of a comparison or a sweep" in refused("run", "--from", "history", "--row", "0")


def unwrapped(answer):
    """What was said, wherever the lines end on a terminal of this width."""
    return " ".join(answer.stdout.split())


def test_a_history_says_which_of_several_disputes_it_tells_of(pretended):
    answer = RUNNER.invoke(main, ["run", "a-double-case", "--strategy", "quiet-talks", "--out", "out"])
    assert "this is about one-matter, not another (--dispute names another)." in unwrapped(answer)
    RUNNER.invoke(main, ["compare", "a-double-case", "--replicates", "2", "--out", "runs"])
    again = RUNNER.invoke(main, ["run", "--from", "runs", "--row", "5", "--out", "again"])
    assert "this is about another, not one-matter (each has a row of its own)." in unwrapped(again)
    alone = RUNNER.invoke(main, ["run", "a-case", "--strategy", "quiet-talks", "--out", "alone"])
    assert "disputes; this is about" not in unwrapped(alone)


def test_a_replay_that_differs_says_where_and_fails(pretended, monkeypatch):
    RUNNER.invoke(main, ["compare", "a-case", "--replicates", "2", "--out", "out"])
    monkeypatch.setattr(
        "model.SanctionsModel.outcome", lambda self, dispute=None: {"label": "stalled", "leaks": -1}
    )
    answer = RUNNER.invoke(main, ["run", "--from", "out", "--row", "0", "--no-figure", "--out", "again"])
    assert answer.exit_code == 1
    assert "differs from row 0 of out in:" in answer.stdout
    assert not (pretended / "again" / "history.png").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["scenarios"], "a-case"),
        (["strategies"], "What it is."),
        (["strategies", "--totals", "a-case"], "120"),
        (["show", "a-case"], "Principals: Targetland and Senderland"),
        (["show", "quiet-talks"], "where it comes from"),
        (["parameters"], "judgement"),
    ],
)
def test_lists_say_what_there_is(pretended, words, told):
    answer = RUNNER.invoke(main, words)
    assert answer.exit_code == 0, answer.output
    assert told in answer.stdout


def test_help_needs_nothing_heavy():
    heavy = "{'numba', 'mesa', 'pandas', 'scipy', 'matplotlib', 'duckdb', 'model'}"
    program = f"import sys, experiments.command; print({heavy} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"
