import pytest

from experiments.sweeps.experiment import load_experiment
from model.vocabulary import InputError


def test_durability_speed_hardship_and_legitimacy_are_sought_by_default_in_many_directions(asked):
    said = load_experiment(asked() | {"search": {}}).search
    named = [target.outcome for target in said.goals]
    assert named == ["settled_and_lasted", "months_to_first_relief", "hardship", "legitimacy"]
    assert {target.over for target in said.goals} == {"mean"}
    assert said.breeding == "nsga3"


def test_two_goals_are_bred_by_crowding_unless_another_way_is_asked_for(asked):
    assert load_experiment(asked()).search.breeding == "nsga2"
    assert load_experiment(asked({"algorithm": "nsga3"})).search.breeding == "nsga3"


def test_a_goal_is_a_name_or_a_table(asked):
    goals = ["hardship", {"outcome": "hardship", "over": "worst-tenth"}]
    said = load_experiment(asked({"goals": goals})).search
    assert [(target.outcome, target.over) for target in said.goals] == [
        ("hardship", "mean"),
        ("hardship", "worst-tenth"),
    ]


def test_the_threshold_of_the_experiment_stands_in_for_that_of_a_goal(asked):
    goals = ["hardship", {"outcome": "legitimacy", "over": "satisficing"}]
    with pytest.raises(InputError, match="how much of legitimacy is good enough"):
        load_experiment(asked({"goals": goals}))
    load_experiment(asked({"goals": goals}, thresholds={"legitimacy": 0.5}))


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ({"goals": ["hardship"]}, "search.goals: a front is of two goals at least"),
        ({"goals": ["hardship", "hardshipp"]}, r"search.goals\[2\]: .*did you mean 'hardship'"),
        ({"goals": ["hardship", "agreement_survival"]}, "applies only where an agreement was concluded"),
        ({"goals": ["hardship", "hardship"]}, "hardship is named twice"),
        (
            {"goals": ["leaks", {"outcome": "hardship", "threshold": 0.3}]},
            "is for over = 'satisficing' only",
        ),
        ({"goals": ["leaks", {"outcome": "hardship", "over": "median"}]}, r"search.goals\[2\].over"),
        ({"population": 2}, "search.population"),
        ({"fresh": 0, "fresh_seed": 3}, "search.fresh_seed: says nothing"),
        ({"goal": ["leaks"]}, "search.goal: unknown key; one of goals"),
    ],
)
def test_faults_are_told_with_their_place(asked, search, told):
    with pytest.raises(InputError, match=told):
        load_experiment(asked(search))
