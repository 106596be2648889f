import numpy as np
import pytest

import model
from experiments.search.course import directions, searched
from experiments.search.space import Space
from experiments.sweeps.experiment import load_experiment
from model.vocabulary import InputError


@pytest.fixture
def run(asked):
    def found(scores, seed=7, generate=None, **budget):
        changes = {"generate": generate} if generate else {}
        experiment = load_experiment(asked(budget, **changes))
        bases = [model.load_strategy(name) for name in experiment.strategies]
        space = Space(experiment.generate, bases, [model.load_scenario("iran-2012")])
        return searched(space, experiment.search, scores, seed)

    return found


def early(candidates):
    """The sooner the last step and the later the first one, the better."""
    places = [(-candidate.order.index(4), candidate.order.index(0)) for candidate in candidates]
    return np.array(places, dtype=float)


def test_the_same_seed_takes_the_same_course_and_another_seed_another(run):
    courses = [list(run(early, seed, generations=3).found) for seed in (7, 7, 8)]
    assert courses[0] == courses[1] != courses[2]


@pytest.mark.parametrize("algorithm", ["nsga2", "nsga3"])
def test_the_best_is_found_in_a_part_of_the_space(run, algorithm):
    course = run(early, algorithm=algorithm, generations=8)
    orders = {candidate.order for candidate in course.found.values()}
    assert any(order.index(4) == 0 and order.index(0) == 4 for order in orders)
    assert len(course.found) < 130


def test_the_base_is_in_the_first_generation_in_its_own_order(run):
    course = run(early, generations=1)
    assert next(iter(course.found.values())).order == (0, 1, 2, 3, 4)
    assert set(course.generation.values()) == {1}


def test_a_search_ends_when_enough_different_candidates_were_tried(run):
    assert 20 <= len(run(early, evaluations=20, generations=50).found) < 48


def test_a_small_space_is_exhausted_and_the_search_ends(run):
    lever = {"name": "secret", "key": "talks.secrecy_months", "low": 1, "high": 5}
    course = run(
        lambda found: np.array([[c.levels["secret"], -c.levels["secret"]] for c in found], dtype=float),
        generate={"levers": [lever]},
        generations=30,
    )
    assert len(course.found) == 5


def test_candidates_of_which_a_run_failed_do_not_stop_the_search(run):
    def scores(candidates):
        found = early(candidates)
        found[[candidate.order[0] == 0 for candidate in candidates]] = np.nan
        return found

    course = run(scores, generations=6)
    best = max((c for c in course.found.values() if c.order[0] != 0), key=lambda c: c.order.index(0))
    assert best.order[4] == 0


def test_a_search_without_any_possible_candidate_says_so(run):
    with pytest.raises(InputError, match="none of the first 15 candidates is possible"):
        run(lambda candidates: np.full((len(candidates), 2), np.nan))


@pytest.mark.parametrize("goals", [2, 3, 4, 6])
def test_there_are_as_many_directions_as_fit_into_the_population(goals):
    found = directions(goals, 48)
    assert found.shape[1] == goals
    assert 8 <= len(found) <= 48 or goals == 6
    assert found.sum(axis=1) == pytest.approx(1)
