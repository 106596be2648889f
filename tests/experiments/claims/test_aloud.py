"""What `backchannel claims` prints and writes."""

import json

import pytest
from typer.testing import CliRunner

from experiments.command import main

pytestmark = pytest.mark.usefixtures("compiled")


def claims(*words):
    return CliRunner().invoke(main, ["claims", *words], env={"COLUMNS": "160", "NO_COLOR": "1"})


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("claims") / "out"
    return folder, claims("--only", "C67", "--fast", "--out", str(folder))


def test_one_claim_is_told_whole(ran):
    _, answer = ran
    assert answer.exit_code == 0, answer.output
    for said in (
        "C67: A unified bloc beats unilateral action",
        "Without M106",
        "Case by case",
        "A smoke run",
    ):
        assert said in " ".join(answer.output.split())


def test_what_is_written_says_that_it_is_no_forecast(ran):
    folder, answer = ran
    assert "Exploratory, not a forecast" in answer.output
    assert "Exploratory, not a forecast" in (folder / "report.html").read_text(encoding="utf-8")
    assert "Exploratory, not a forecast" in (folder / "analysis" / "C67" / "findings.txt").read_text("utf-8")


def test_the_report_asks_no_other_machine(ran):
    text = (ran[0] / "report.html").read_text(encoding="utf-8")
    assert "http://" not in text
    assert "https://" not in text


def test_the_record_of_a_run_lies_beside_its_report(ran):
    said = json.loads((ran[0] / "record.json").read_text(encoding="utf-8"))
    assert said["scale"] == "fast"
    assert list(said["judgements"]) == ["C67"]


def test_what_was_run_is_not_run_again(ran):
    folder, _ = ran
    runs = sorted((folder / "runs").glob("*.parquet"))
    before = [path.stat().st_mtime_ns for path in runs]
    assert claims("--only", "C67", "--fast", "--out", str(folder)).exit_code == 0
    assert [path.stat().st_mtime_ns for path in runs] == before


def test_nothing_is_written_among_what_is_not_of_claims(tmp_path):
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    answer = claims("--only", "C67", "--fast", "--out", str(tmp_path))
    assert answer.exit_code == 2
    assert "holds something else than claims" in answer.output
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "C99"], "'C99' is no claim; one of C13"),
        (["--fast", "--full"], "--fast and --full: one of them"),
        (["--record"], "--record keeps all claims, in full"),
        (["--full", "--record", "--only", "C13"], "--record keeps all claims, in full"),
    ],
)
def test_a_mistake_is_one_line_and_status_two(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = claims(*words)
    assert answer.exit_code == 2
    assert said in " ".join(answer.output.split())
    assert not list(tmp_path.iterdir())
