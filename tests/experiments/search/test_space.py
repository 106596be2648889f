import numpy as np
import pytest

import model
from experiments.search.space import FINE, Space, key_of
from experiments.sweeps.experiment import load_experiment
from model.vocabulary import InputError


@pytest.fixture
def space_of(asked):
    def made(**changes):
        experiment = load_experiment(asked(generate=changes))
        bases = [model.load_strategy(name) for name in experiment.strategies]
        return Space(experiment.generate, bases, [model.load_scenario("iran-2012")])

    return made


SECRET = {"name": "secret", "key": "talks.secrecy_months", "low": 1, "high": 5}
BEFORE = {"before": [["Inspectors return", "Banks reconnect"]]}


def test_every_point_of_the_cube_names_a_valid_order_and_levels_within_their_range(space_of):
    space = space_of(order=BEFORE, levers=[SECRET])
    for point in np.random.default_rng(1).random((200, space.dimensions)):
        candidate = space.at(point)
        assert sorted(candidate.order) == [0, 1, 2, 3, 4]
        assert candidate.order.index(1) < candidate.order.index(4)
        assert candidate.levels["secret"] in range(1, 6)
        assert candidate.strategy.talks.secrecy_months == candidate.levels["secret"]
        titles = [stage.title for stage in candidate.strategy.stages]
        assert titles == [space.bases[0].stages[place].title for place in candidate.order]


def test_every_candidate_is_named_by_some_point_and_counted_once(space_of):
    space = space_of(order={"before": [["Inspectors return", "Banks reconnect"]] * 1}, levers=[])
    every = list(space.every())
    assert len(every) == len({candidate.key for candidate in every}) == space.size == 60
    points = np.random.default_rng(2).random((1500, space.dimensions))
    assert {space.at(point).key for point in points} == {candidate.key for candidate in every}


def test_levels_that_say_the_same_make_one_candidate(space_of):
    twice = {"name": "secret", "key": "talks.secrecy", "levels": [1, 1.0, 0.2]}
    space = space_of(levers=[twice])
    assert space.size == 3
    assert len(list(space.every())) == 2


def test_a_base_is_the_candidate_that_says_the_same_whatever_it_is_called(space_of):
    space = space_of(order=BEFORE, levers=[SECRET | {"low": 11, "high": 13}])
    base = space.standing()[0]
    same = next(c for c in space.every() if c.order == (0, 1, 2, 3, 4) and c.levels == {"secret": 12})
    assert base.name != same.name
    assert base.key == same.key == key_of(space.bases[0])


def test_ranges_that_are_not_whole_are_walked_in_hundredths_and_counted(space_of):
    lever = {"name": "secrecy", "key": "talks.secrecy", "low": 0.0, "high": 0.5}
    space = space_of(levers=[lever])
    assert space.size == FINE + 1
    levels = [candidate.levels["secrecy"] for candidate in space.every()]
    assert np.allclose(levels, np.linspace(0, 0.5, FINE + 1))


def test_several_bases_share_the_cube(asked):
    experiment = load_experiment(
        asked(strategies=["step-for-step", "quiet-ladder"], generate={"levers": [SECRET]})
    )
    bases = [model.load_strategy(name) for name in experiment.strategies]
    space = Space(experiment.generate, bases, [model.load_scenario("iran-2012")])
    assert space.dimensions == 2
    assert {space.at(np.array([share, 0.5])).base for share in (0.1, 0.9)} == {
        "step-for-step",
        "quiet-ladder",
    }
    assert len(list(space.every())) == space.size == 10


def test_a_level_that_no_base_can_take_is_refused_with_its_name(space_of):
    with pytest.raises(InputError, match="lever 'told' at never"):
        space_of(levers=[{"name": "told", "key": "talks.disclosure", "levels": ["on-leak", "never"]}])


def test_a_lever_of_one_level_is_refused(space_of):
    with pytest.raises(InputError, match="two or more"):
        space_of(levers=[{"name": "secret", "key": "talks.secrecy_months", "levels": [3]}])
