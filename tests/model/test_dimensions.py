"""The dimensions of design as levers: every level laid over strategies that were written without it."""

import tomllib

import numpy as np
import pytest

from model import dimensions, transforms
from model.matching import shares_of
from model.scenario import load_scenario
from model.strategy import Strategy, load_strategy
from model.vocabulary import InputError

IRAN = load_scenario("iran-2012")
LADDER = load_strategy("step-for-step")
CHOICES = dimensions.choices()
NUMBERED = [choice for choice in CHOICES if choice.id[1:].isdigit()]
EVERY = [
    pytest.param(choice, level, id=f"{choice.id}-{level}") for choice in CHOICES for level in choice.levels
]
#: Levels that name what only some scenarios have.
PLACED = ("D13", "Senders")


def given(strategy: Strategy) -> np.ndarray:
    """Return what a strategy gives back of each sector in all."""
    return np.sum([shares_of(stage) for stage in strategy.stages], axis=0)


def said(strategy: Strategy) -> Strategy:
    """Return the strategy without what it says of itself."""
    return strategy.model_copy(update=dict.fromkeys(("name", "title", "description"), "x"))


def at(strategy: str | Strategy, dimension: str, level: str, about: str | None = None) -> Strategy:
    return dimensions.at_level(
        load_strategy(strategy), dimensions.choice_of(dimension, about, [level]), level
    )


# --- every level ---


def test_every_dimension_and_institution_can_be_a_lever():
    ids = {choice.id for choice in NUMBERED}
    assert ids == {f"D{number:02d}" for number in range(1, 47)} | {
        f"I{number:02d}" for number in range(1, 21)
    }


@pytest.mark.parametrize(("choice", "level"), EVERY)
def test_every_level_can_be_laid_over_a_ladder_or_the_scenario_says_what_it_lacks(choice, level):
    strategy = dimensions.at_level(LADDER, choice, level)
    assert load_strategy(tomllib.loads(strategy.text())) == strategy
    try:
        strategy.check(IRAN)
    except InputError as fault:
        assert choice.id in PLACED and "one of" in str(fault)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: f"{choice.id}-{choice.about[:20]}")
def test_levels_exclude_one_another_so_that_it_does_not_matter_at_which_a_strategy_stood(choice):
    for base in ("step-for-step", "adaptive-patient", "goodwill-second-look"):
        strategies = {
            level: said(dimensions.at_level(load_strategy(base), choice, level)) for level in choice.levels
        }
        assert len(set(strategies.values())) == len(strategies), base


# --- what is given in all ---


@pytest.mark.parametrize("dimension", ["D03", "D04", "D08", "D09"])
@pytest.mark.parametrize("base", ["step-for-step", "confidence-first", "humanitarian-first"])
def test_where_relief_is_cut_as_much_is_given_of_every_sector_in_all(dimension, base):
    strategy = load_strategy(base)
    for choice in CHOICES:
        if choice.id == dimension and not any("stages" in level for level in choice.levels.values()):
            for level in choice.levels:
                assert given(dimensions.at_level(strategy, choice, level)) == pytest.approx(given(strategy))


def first_given(strategy: Strategy) -> list[int]:
    """Return the sectors in the order in which relief in them begins, those that begin together by number."""
    shares = np.array([shares_of(stage) for stage in strategy.tracks["main"]])
    given_at_all = np.flatnonzero(shares.any(axis=0))
    begins = (shares[:, given_at_all] > 0).argmax(axis=0)
    return [int(given_at_all[place]) for place in np.argsort(begins, kind="stable")]


def test_relief_that_is_cut_finer_begins_where_it_began():
    ladder = transforms.sector_order(LADDER, ["travel", "finance", "energy"])
    cut = at(ladder, "D03", "12 stages")
    assert first_given(cut) == first_given(ladder) != first_given(LADDER)


def test_a_second_track_keeps_its_own_steps():
    base = load_strategy("humanitarian-first")
    cut = at(base, "D03", "2 stages")
    assert len(cut.tracks["main"]) == 2
    assert cut.tracks["humanitarian"] == base.tracks["humanitarian"]


def test_shares_are_those_that_the_level_says():
    totals = [sum(shares_of(stage)) for stage in at(LADDER, "D04", "front-loaded").stages]
    assert np.array(totals) / sum(totals) == pytest.approx([0.35, 0.25, 0.15, 0.1, 0.1, 0.05])


def test_the_others_make_up_for_what_a_pilot_does_not_give():
    pilot = at(LADDER, "D09", "large")
    first, *others = pilot.stages
    assert dict(first.relief) == {"energy": 0.25} and first.pilot
    assert [stage.relief.spread([0.0] * 6)[0] for stage in others] == pytest.approx([0.75 / 4] * 4)
    assert [stage.relief.spread([0.0] * 6)[1] for stage in others] == pytest.approx([0.25] * 4)


def test_a_strategy_of_one_stage_has_none_to_make_up_for_a_pilot():
    with pytest.raises(InputError, match="'big-bang': has one stage"):
        at("big-bang", "D09", "large")


# --- what a level says beside ---


def test_what_is_said_with_every_level_is_said_also_where_the_level_says_more_of_the_same_table():
    assert {(stage.verify.by.name, stage.verify.number) for stage in at(LADDER, "D15", "five").stages} == {
        ("MULTILATERAL", 5)
    }
    looked = at(LADDER, "D17", "a second look").stages[0].verify
    assert looked.second_look and (looked.tolerance, looked.grace, looked.consecutive) == (0.0, 0, 1)


def test_withheld_is_withheld_from_a_strategy_that_had_it():
    assert load_strategy("adaptive-patient").review.every > 0
    assert at("adaptive-patient", "D19", "neither").review.every == 0
    assert at("regional-choreography", "I15", "withheld").region == LADDER.region
    assert not at("goodwill-second-look", "D17", "months of grace").stages[0].verify.second_look


def test_what_stands_in_a_stage_itself_is_kept():
    assert [stage.dwell for stage in at(LADDER, "D05", "good polls at home").stages] == [3] * 5


def test_rules_are_added_to_those_there_are():
    ruled = at("deep-secret", "I12", "granted when it is needed")
    assert ruled.rules[:-1] == load_strategy("deep-secret").rules


def test_tables_are_merged_to_their_depth_and_relief_is_one_value():
    first = {"every_stage": {"verify": {"by": "joint"}, "relief": {"all": 0.1}}, "rules": [1]}
    second = {"every_stage": {"verify": {"number": 2}, "relief": {"energy": 0.2}}, "rules": [2]}
    assert dimensions.together(first, second) == {
        "every_stage": {"verify": {"by": "joint", "number": 2}, "relief": {"energy": 0.2}},
        "rules": [1, 2],
    }
    assert first["every_stage"]["verify"] == {"by": "joint"}


def test_the_keys_of_a_level_are_those_of_a_file():
    level = {
        "level": "x",
        "talks": {"track": "dual"},
        "every_stage": {"verify": {"by": "joint"}, "asks": {"all": 1}},
    }
    assert list(dimensions.keys_of(level)) == ["talks.track", "every_stage.verify.by", "every_stage.asks"]


# --- which question ---


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("D77",), "'D77' is no dimension of design; D01 to D46 and I01 to I20"),
        (("D09",), r"D09 asks 5 such things; say which \(about\): Scope"),
        (("D19", None, ["a year"]), r"D19 asks 2 such things; say which \(about\)"),
        (("D09", "Size of the pillot"), "no question.*did you mean 'Size of the pilot'"),
        (
            ("D22", None, ["public only", "loud"]),
            "D22 has not all of the levels public only, loud; there are",
        ),
    ],
)
def test_a_question_that_is_not_there_or_not_one_is_told_with_those_there_are(asked, told):
    with pytest.raises(InputError, match=told):
        dimensions.choice_of(*asked)


def test_levels_say_which_question_is_meant():
    assert dimensions.choice_of("D09", levels=["small", "large"]).about == "Size of the pilot"
    assert dimensions.choice_of("D19", "Months between reviews", ["a year"]).about == "Months between reviews"


@pytest.mark.parametrize(
    ("level", "suffix"), [("20 %", "20"), ("Slow, fast -- slow", "slow-fast-slow"), ("été", "t"), ("%", "")]
)
def test_the_words_of_a_level_become_a_part_of_a_name(level, suffix):
    assert dimensions.suffix_of(level) == suffix
