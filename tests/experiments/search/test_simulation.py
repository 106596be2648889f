import numpy as np
import pytest

from experiments.search import ground as grounds
from experiments.search.plan import plan_of
from experiments.search.search import run_search
from experiments.search.simulation import Simulation
from experiments.sweeps.crews import Crew
from experiments.sweeps.experiment import load_experiment
from experiments.sweeps.sweep import run_sweep


@pytest.fixture
def few(asked):
    """Two levels, few draws, two years: small enough to be lived through."""
    return asked(
        {"goals": ["hardship", "legitimacy", "months_to_first_relief"], "enumerate": None},
        months=24,
        uncertain={"points": 4},
        replicates=2,
        strategies=["step-for-step"],
        generate={"levers": [{"name": "secret", "key": "talks.secrecy_months", "levels": [2, 9]}]},
    )


@pytest.mark.usefixtures("compiled")
def test_a_candidate_is_worth_what_a_sweep_of_it_is_worth(few, tmp_path):
    plan = plan_of(load_experiment(few))
    every = list(plan.space.every())
    told = []
    with Crew(2) as crew:
        values = Simulation(crew, lambda *said: told.append(said), 16)(every, plan.ground)
    assert values.shape == (2, 4, 3)
    assert told[-1][0] == "running"
    assert told[-1][1:] == (16, 16, 0)
    few.pop("search")
    runs = run_sweep(few, tmp_path / "sweep").runs(["hardship", "months_to_first_relief"])
    waited = runs["months_to_first_relief"].fillna(24).clip(upper=24)
    for candidate, found in zip(every, values, strict=True):
        own = runs["strategy"] == candidate.name
        assert found[:, 0] == pytest.approx(runs[own].groupby("draw")["hardship"].mean().to_numpy())
        assert found[:, 2] == pytest.approx(waited[own].groupby(runs["draw"]).mean().to_numpy())


@pytest.mark.usefixtures("compiled")
def test_the_model_is_searched_and_lived_again_on_fresh_ground(few, tmp_path):
    results = run_search(few, tmp_path / "out")
    assert len(results.candidates) == 3
    assert np.isfinite(results.tried[results.outcomes].to_numpy()).all()
    first = results.tried.groupby("state")["hardship"].first().to_numpy()
    assert not np.isin(results.fresh["hardship"], first).any()


def test_states_are_draws_and_where_nothing_is_drawn_replicates(few):
    plan = plan_of(load_experiment(few))
    assert (plan.ground.kind, len(plan.ground.states)) == ("draw", 4)
    assert grounds.fresh_ground(plan.ground, plan.said).experiment.seed == 8
    alone = plan_of(load_experiment(few | {"uncertain": {"design": "none"}, "replicates": 5}))
    assert (alone.ground.kind, len(alone.ground.states), alone.ground.runs) == ("replicate", 5, 5)


def test_a_strategy_that_lacks_a_run_is_not_a_number_throughout(few):
    import pandas as pd

    from experiments.search.simulation import by_state

    plan = plan_of(load_experiment(few))
    rows = pd.DataFrame(
        [
            {
                "scenario": "iran-2012",
                "dispute": plan.ground.scenarios[0].disputes[0],
                "strategy": name,
                "draw": draw,
                "replicate": 2 * draw + turn,
            }
            for name in "ab"
            for draw in range(4)
            for turn in range(2)
        ]
    ).assign(hardship=0.5, legitimacy_sender=0.2, legitimacy_target=0.4, months_to_first_relief=np.nan)
    found = by_state(rows.drop(index=13), ["a", "b"], plan.ground)
    assert found[0] == pytest.approx(np.tile([0.5, 0.3, 24], (4, 1)))
    assert np.isnan(found[1]).all()
