"""The command line on the real model: what is stored can be lived again, to the last bit."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import model
from experiments import history, store
from experiments.command import main
from experiments.label import LABEL

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Return a small comparison of two bundled strategies in the first bundled scenario."""
    out = tmp_path_factory.mktemp("results") / "out"
    words = ["compare", model.list_scenarios()[0], "--replicates", "3", "--months", "36", "--out", str(out)]
    for name in model.list_strategies()[:2]:
        words += ["--strategy", name]
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 0, answer.output
    return out


def test_every_row_of_a_comparison_is_lived_again_to_the_last_bit(results):
    assert len(store.read_runs(results)) == 6
    for row in range(6):
        life, stored, changed = history.recorded(results, row)
        assert history.departures(history.live(life).outcome(), stored) == []
        assert changed == []


def test_what_is_written_names_no_place_of_this_machine_and_own_files_are_lived_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine").mkdir()
    model.load_strategy("big-bang").write("mine/own.toml")
    model.load_scenario("iran-2012").write(Path("case.toml"))
    words = ["compare", "case.toml", "--strategy", "mine/own.toml", "--strategy", "step-for-step"]
    answer = CliRunner().invoke(main, [*words, "--replicates", "2", "--months", "24", "--out", "out"])
    assert answer.exit_code == 0, answer.output
    for path in Path("out").rglob("*.*"):
        for place in (tmp_path, Path(model.__file__).parent):
            assert str(place).encode() not in path.read_bytes(), path
    for row in range(4):
        again = CliRunner().invoke(main, ["run", "--from", "out", "--row", str(row), "--no-figure"])
        assert again.exit_code == 0, again.output
        assert "has changed" not in again.stdout
    model.load_strategy("deep-secret").write("mine/own.toml")
    assert history.recorded(Path("out"), 0)[2] == [
        "The file of deep-secret has changed since these results were made"
    ]


def test_matched_and_shuffled_strategies_are_kept_told_of_and_lived_again(tmp_path):
    words = ["compare", "iran-2012", "--strategy", "big-bang", "--strategy", "leverage-reserve"]
    words += ["--replicates", "2", "--months", "36", "--matched", "relief,effort", "--placebo", "2"]
    answer = CliRunner().invoke(main, [*words, "--out", str(tmp_path / "out")])
    assert answer.exit_code == 0, answer.output
    names = ["big-bang-matched", "leverage-reserve-matched"]
    names += [f"leverage-reserve-matched-shuffled-{number}" for number in (1, 2)]
    kept = sorted(path.stem for path in (tmp_path / "out" / "strategies").iterdir())
    assert kept == names
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    for told in (
        "idle envoy-months",
        "any of its 2 shuffled copies",
        "spend the same within 5% in the books",
    ):
        assert told in page
    assert "shuffled copies" in answer.stdout
    for row in range(8):
        life, stored, changed = history.recorded(tmp_path / "out", row)
        assert life.strategy.name == stored["strategy"]
        assert history.departures(history.live(life).outcome(), stored) == []
        assert changed == []


def test_each_dispute_of_a_region_is_lived_again_to_the_last_bit(tmp_path):
    region = tmp_path / "two.toml"
    model.load_scenario("stylised-region", grow={"disputes": 2, "states": 14}).write(region)
    out = tmp_path / "out"
    words = ["compare", str(region), "--strategy", "step-for-step", "--replicates", "2", "--months", "36"]
    answer = CliRunner().invoke(main, [*words, "--dispute", "dispute-2", "--out", str(out)])
    assert answer.exit_code == 0, answer.output
    assert "this is about dispute-2, not dispute-1" in answer.stdout
    assert list(store.read_runs(out)["dispute"]) == ["dispute-1", "dispute-2"] * 2
    for row in range(4):
        life, stored, _ = history.recorded(out, row)
        assert history.departures(history.live(life).outcome(life.dispute), stored) == []


def test_a_history_is_told_pictured_and_kept(results, tmp_path):
    words = ["run", "--from", str(results), "--row", "2", "--out", str(tmp_path / "told")]
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 0, answer.output
    assert "How it ended" in answer.stdout
    assert "The outcome equals row 2" in answer.stdout
    assert f"{LABEL}. Written to" in answer.stdout
    assert json.loads((tmp_path / "told" / "manifest.json").read_text())["label"] == LABEL
    assert {path.name for path in (tmp_path / "told").iterdir()} == {
        "history.png",
        "ledger.csv",
        "months.csv",
        "manifest.json",
    }


@pytest.mark.parametrize("verb", [["scenarios"], ["strategies"], ["parameters"]])
def test_the_bundled_catalogue_can_be_listed(verb):
    answer = CliRunner().invoke(main, verb)
    assert answer.exit_code == 0, answer.output


def test_every_bundled_scenario_and_strategy_can_be_shown():
    for name in [*model.list_scenarios(), *model.list_strategies()]:
        answer = CliRunner().invoke(main, ["show", name])
        assert answer.exit_code == 0, answer.output
        assert name in answer.stdout
