"""A sweep is measured against the same runs, and a finished one is asked for as a user would."""

import pytest

from experiments.bench import sweeping
from experiments.sweeps.experiment import load_experiment
from experiments.sweeps.grid import grid_of


def test_the_experiment_has_at_least_the_runs_that_were_asked_for_and_no_row_more_than_needed():
    grid = grid_of(load_experiment(sweeping.experiment_of(100)))
    assert 100 <= grid.runs < 100 + len(grid.strategies)


@pytest.mark.slow
@pytest.mark.usefixtures("compiled")
def test_bare_runs_are_those_of_the_sweep(tmp_path):
    import model
    from experiments.sweeps.sweep import run_sweep

    said = sweeping.experiment_of(22) | {"months": 6}
    kept = run_sweep(said, tmp_path / "sweep").runs(["label", "hardship"])
    grid = grid_of(load_experiment(said))
    draws = grid.draws.assign(replicate=range(len(grid.draws)))
    bare = model.run_ensemble(grid.scenarios[0], grid.strategies, parameters=draws, months=6)
    both = kept.merge(bare, on=["strategy", "draw"], suffixes=("", "_bare"))
    assert len(both) == len(kept) == grid.runs
    assert (both["hardship"] == both["hardship_bare"]).all()


def test_fewer_runs_than_the_goal_names_do_not_claim_it(monkeypatch):
    monkeypatch.setattr(sweeping, "in_fresh_python", lambda *_: {"seconds": 0.1, "runs": 10})
    monkeypatch.setattr(
        "experiments.sweeps.sweep.run_sweep", lambda *_: type("Kept", (), {"account": {"runs": 10}})
    )
    took, whole, alone = sweeping.resuming(10)
    assert whole.reached is None
    assert "100,000 runs" in whole.verdict()
    assert alone.value == 0.1
    assert took.goal is None
