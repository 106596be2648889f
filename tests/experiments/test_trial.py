import pytest

from experiments import compare, compare_strategies
from model import InputError, load_strategy

pytestmark = pytest.mark.usefixtures("compiled")
NAMED = ("step-for-step", "big-bang")


@pytest.fixture(scope="module")
def trial():
    return compare_strategies("iran-2012", NAMED, replicates=20, months=48, placebo=1)


def test_a_trial_gives_the_runs_of_the_command_line(trial):
    order = compare.Order("iran-2012", NAMED, replicates=20, months=48, placebo=1)
    comparison = compare.prepare(order)
    assert trial.runs.equals(comparison.told(compare.simulate(comparison)))


def test_every_strategy_meets_the_same_luck(trial):
    outcomes = trial.by_luck()
    assert len(outcomes) == 20
    assert set(outcomes.columns) == set(trial.table.index) == set(trial.means.index)


def test_what_was_found_is_said_in_sentences(trial):
    told = trial.says()
    assert all(sentence.endswith(".") for sentence in told)
    assert any("shuffled" in sentence.lower() for sentence in told)


def test_a_strategy_may_be_a_mapping_or_one_that_was_read():
    mine = {"name": "mine", "title": "Mine", "description": "All at once.", "source": "an example"}
    mine["stages"] = [{"title": "All", "relief": {"all": 1.0}, "asks": {"all": 1.0}, "release": "verified"}]
    trial = compare_strategies("iran-2012", [mine, load_strategy("big-bang")], replicates=4, months=12)
    assert set(trial.table.index) == {"mine", "big-bang"}
    assert set(trial.figures) == {"shares", "endings", "waits"}


def test_a_strategy_that_is_named_twice_is_refused():
    with pytest.raises(InputError, match="twice"):
        compare_strategies("iran-2012", ["big-bang", "big-bang"], replicates=2, months=12)
