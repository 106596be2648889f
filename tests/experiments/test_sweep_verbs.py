"""The verbs of sweeps, as they are typed."""

import pytest
import tomli_w
from typer.testing import CliRunner

from experiments.command import main

RUNNER = CliRunner()
SAID = {
    "name": "typed",
    "title": "Does it run?",
    "scenarios": ["iran-2012"],
    "strategies": ["step-for-step", "big-bang"],
    "months": 24,
    "uncertain": {"points": 40, "numbers": ["patience"]},
}


def typed(*words):
    answer = RUNNER.invoke(main, [str(word) for word in words])
    assert "Traceback" not in answer.output
    return answer


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("typed") / "typed.toml"
    path.write_text(tomli_w.dumps(SAID))
    return path


@pytest.fixture(scope="module")
def results(file, compiled):
    folder = file.parent / "results"
    answer = typed("sweep", file, "--out", folder)
    assert answer.exit_code == 0, answer.output
    assert "80 runs of 2 strategies in 1 scenario" in answer.output
    assert f"Exploratory, not a forecast. Next: backchannel report {folder}" in answer.output.replace(
        "\n", ""
    )
    return folder


def test_a_dry_run_says_how_many_how_long_how_big_and_keeps_nothing(file, compiled):
    before = sorted(path.name for path in file.parent.iterdir())
    answer = typed("sweep", file, "--dry-run")
    assert answer.exit_code == 0
    assert "80 runs, 80 rows" in answer.output
    assert "1 scenario x 40 draws x 1 replicate x 2 strategies" in answer.output
    assert "MB on disk (from 80 runs tried now)" in answer.output
    assert sorted(path.name for path in file.parent.iterdir()) == before


def test_any_row_of_a_sweep_is_told_as_a_history_that_ends_the_same(results):
    answer = typed("run", "--from", results, "--row", 17, "--out", results.parent / "told", "--no-figure")
    assert answer.exit_code == 0, answer.output
    assert "The outcome equals row 17" in answer.output
    missing = typed("run", "--from", results, "--row", 80)
    assert missing.exit_code == 2
    assert "it holds rows 0 to 79" in missing.stderr


@pytest.mark.parametrize("verb", ["differences", "survival", "robustness", "drivers", "conditions", "report"])
def test_every_question_is_answered_and_kept(results, verb):
    answer = typed(verb, results)
    assert answer.exit_code == 0, answer.output
    assert "Exploratory, not a forecast" in answer.output
    kept = results / "report.html" if verb == "report" else results / "analysis" / verb / "findings.txt"
    assert kept.is_file()


def test_the_bundled_experiments_are_listed(compiled):
    assert "order-of-steps" in typed("experiments").output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sweep", "no-such"], "there is no such experiment"),
        (["sweep", "first-sweep", "--workers", "0"], "--workers"),
        (["sweep", "first-sweep", "--workers", "2", "--cluster", "tcp://x:1"], "exclude each other"),
        (["differences", "nowhere"], "nowhere"),
        (["robustness", "RESULTS", "--threshold", "hardship"], "write it as hardship=0.25"),
        (["robustness", "RESULTS", "--threshold", "hardshp=0.2"], "hardshp"),
        (["robustness", "RESULTS", "--threshold", "hardship=nan"], "write it as hardship=0.25"),
        (["robustness", "RESULTS", *(["--threshold", "hardship=0.2"] * 2)], "hardship is named twice"),
        (["conditions", "RESULTS", "--margin", "0.1", "--at-least", "0.2"], "exclude each other"),
        (["report", "RESULTS", "--dispute", "peace"], "there is nuclear-programme"),
        (["drivers", "RESULTS", "--outcome", "hardshp"], "hardship"),
        (["conditions", "RESULTS", "--strategy", "big-bng"], "did you mean 'big-bang'"),
        (["differences", "RESULTS", "--scenario", "iraq"], "iran-2012"),
        (["survival", "RESULTS", "--dispute", "peace"], "nuclear-programme"),
    ],
)
def test_a_mistake_is_told_in_a_line_and_exits_with_2(results, tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    answer = typed(*(results if word == "RESULTS" else word for word in words))
    assert answer.exit_code == 2
    assert told in answer.stderr
    assert list(tmp_path.iterdir()) == []
