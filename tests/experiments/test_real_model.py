"""The command line on the real model: what is stored can be lived again, to the last bit."""

import pytest
from typer.testing import CliRunner

import model
from experiments import history, store
from experiments.command import main

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


def test_a_history_is_told_pictured_and_kept(results, tmp_path):
    words = ["run", "--from", str(results), "--row", "2", "--out", str(tmp_path / "told")]
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 0, answer.output
    assert "How it ended" in answer.stdout
    assert "The outcome equals row 2" in answer.stdout
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
