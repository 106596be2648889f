"""A lever says one thing about a strategy, wherever it stands among others."""

import itertools

import pytest

from experiments.sweeps import levers
from experiments.sweeps.experiment import Lever, Orders
from model.matching import shares_of
from model.strategy import load_strategy
from model.vocabulary import InputError

LADDER = load_strategy("step-for-step")


def lever(name="l", **said):
    return Lever.model_validate({"name": name} | said)


def keyed(key, *levels, name="l"):
    return lever(name, key=key, levels=list(levels))


DWELL = keyed("every_stage.dwell", 1, 4, name="wait")
STEPS = lever("steps", transform="steps", levels=[2, 10])
PROFILE = lever("profile", transform="profile", levels=["front", "back"])
SECTORS = lever("sectors", transform="sectors", levels=["energy", ["finance", "energy"]])
TALKS = lever("talks", transform="talks", levels=["public", "dual"])
GRAIN = lever("grain", dimension="D03")
PILOT = lever("pilot", dimension="D09", about="Size of the pilot")
BASKETS = lever("baskets", dimension="D07")


def pull(*pulled, base=LADDER, order=None):
    """Return the strategy with each of some levers at a level, given as pairs."""
    return levers.combined(
        base, order, [one for one, _ in pulled], {one.name: level for one, level in pulled}
    )


# --- what a lever does ---


def test_a_key_of_a_table_and_a_key_of_every_stage_are_said():
    made = pull((keyed("talks.secrecy_months", 3, 6), 3), (DWELL, 1))
    assert made.talks.secrecy_months == 3
    assert {stage.dwell for stage in made.stages} == {1}
    assert made.stages[0].title == LADDER.stages[0].title


def test_a_key_within_a_table_of_every_stage_leaves_the_others_there():
    base = load_strategy("goodwill-second-look")
    made = pull((keyed("every_stage.verify.grace", 0, 5), 5), base=base)
    assert {stage.verify.grace for stage in made.stages} == {5}
    assert [s.verify.second_look for s in made.stages] == [s.verify.second_look for s in base.stages]


def test_lists_words_truth_and_tables_can_be_levels():
    assert pull((keyed("region.neighbours", ["messages"], []), ("messages",))).region.neighbours
    assert pull((keyed("framing.dashboard", True, False), True)).framing.dashboard
    made = pull((keyed("every_stage.relief", {"all": 0.1}, {"all": 0.2}), {"all": 0.1}))
    assert [dict(stage.relief) for stage in made.stages] == [{"all": 0.1}] * 5


def test_transforms_keep_what_is_given_and_asked_in_all():
    for made in (pull((STEPS, 10)), pull((PROFILE, "front")), pull((SECTORS, ("finance", "energy")))):
        given = [sum(shares) for shares in zip(*map(shares_of, made.stages), strict=True)]
        assert given == pytest.approx([1.0, 1.0, 1.0, 1.0, 0.2, 1.0])
        assert dict(made.stages[-1].asks) == {"all": 1.0}
    assert len(pull((STEPS, 10)).stages) == 10
    assert pull((TALKS, "public")).talks.track.name == "PUBLIC"


@pytest.mark.parametrize(
    "pulled",
    [
        [(STEPS, 8), (PROFILE, "front"), (SECTORS, "energy"), (DWELL, 4)],
        [(GRAIN, "8 stages"), (DWELL, 4), (TALKS, "public")],
        [
            (keyed("pressure.phase", "ramp", "hold", name="a"), "ramp"),
            (keyed("pressure.months", 4, 8, name="b"), 4),
            (keyed("pressure.level", 0.5, 0.9, name="c"), 0.5),
        ],
    ],
)
def test_levers_do_the_same_in_whatever_order_they_are_listed(pulled):
    made = {pull(*order) for order in itertools.permutations(pulled)}
    assert len(made) == 1


def test_what_is_said_of_every_stage_is_said_of_every_step_that_is_cut():
    made = pull((DWELL, 4), (STEPS, 10))
    assert [stage.dwell for stage in made.stages] == [4] * 10


def test_granularity_profile_and_order_of_sectors_are_three_things():
    made = pull((STEPS, 4), (PROFILE, "front"), (SECTORS, "energy"))
    totals = [sum(shares_of(stage)) for stage in made.stages]
    assert len(totals) == 4 and totals == sorted(totals, reverse=True) and totals[0] > 1.5 * totals[-1]
    assert shares_of(made.stages[0])[0] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("pulled", "told"),
    [
        ([(keyed("talks.insider", 1, 2), 1)], "lever 'l' at 1: talks.insider: unknown key.*'insiders'"),
        (
            [(keyed("talks.insiders", 1, "x"), "x")],
            "lever 'l' at x: talks.insiders: should be a valid integer",
        ),
        ([(keyed("insiders", 1, 2), 1)], "lever 'l' at 1: key 'insiders' names no table: write talks"),
        ([(DWELL, 1), (keyed("talks.a", 1, 2), 2)], "levers 'wait' at 1, 'l' at 2: talks.a: unknown key"),
        ([(lever(transform="steps", levels=[2.5, 3]), 2.5)], "lever 'l' at 2.5: .*whole numbers, 1 or more"),
        ([(lever(transform="steps", levels=[True, 3]), True)], "lever 'l' at yes: .*whole numbers"),
        ([(STEPS, 0)], "lever 'steps' at 0: 0 steps are none"),
        ([(PROFILE, "frnt")], "lever 'profile' at frnt: .*did you mean 'front'"),
        ([(SECTORS, "oil")], "lever 'sectors' at oil: 'oil' is not one of energy"),
        ([(SECTORS, 3)], "lever 'sectors' at 3: '3' is not one of energy"),
        ([(TALKS, "loud")], "lever 'talks' at loud: 'loud' is not one of"),
    ],
)
def test_a_level_that_cannot_be_is_told_with_its_lever(pulled, told):
    with pytest.raises(InputError, match=told):
        pull(*pulled)


# --- what would undo what ---


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (DWELL, keyed("every_stage.dwell", 2, 3, name="b"), "every_stage.dwell"),
        (DWELL, GRAIN, "every_stage.dwell"),
        (
            keyed("every_stage.verify.every", 1, 3),
            lever("b", dimension="D16", about="How often"),
            "verify.every",
        ),
        (
            keyed("every_stage.verify", {}, {"by": "joint"}),
            lever("b", dimension="D15", about="Who"),
            "verify.by",
        ),
        (
            keyed("every_stage.escrow", True, False),
            lever("b", dimension="D08", levels=["no", "yes"]),
            "escrow",
        ),
        (keyed("talks.track", "public", "dual"), TALKS, "talks.track"),
        (keyed("every_stage.relief", {"all": 0.1}, {"all": 0.2}), PROFILE, "the profile of relief"),
        (PILOT, SECTORS, "the order of sectors"),
        (STEPS, GRAIN, "the number of steps"),
        (BASKETS, SECTORS, "the order of sectors"),
        (BASKETS, GRAIN, "the number of steps"),
    ],
)
def test_levers_that_say_the_same_are_refused_with_what_both_say(one, other, same):
    for pair in ([one, other], [other, one]):
        with pytest.raises(
            InputError, match=f"'{pair[0].name}' and '{pair[1].name}' both say .*one would undo"
        ):
            levers.refuse_collisions(pair)
    with pytest.raises(InputError, match=same):
        levers.refuse_collisions([one, other])


@pytest.mark.parametrize(
    "beside",
    [
        [STEPS, PROFILE, SECTORS, TALKS, DWELL],
        [GRAIN, SECTORS, keyed("every_stage.verify.every", 1, 3)],
        [BASKETS, DWELL],
        [STEPS, PILOT],
        [keyed("talks.secrecy", 0.1, 0.9), keyed("talks.secrecy_months", 3, 6, name="b")],
        [lever("a", dimension="I12"), lever("b", dimension="D20")],
    ],
)
def test_levers_that_say_different_things_can_be_pulled_together(beside):
    levers.refuse_collisions(beside)


def test_stages_that_are_written_out_would_undo_their_order():
    levers.refuse_collisions([BASKETS])
    levers.refuse_collisions([STEPS], ordered=True)
    with pytest.raises(InputError, match="'baskets' and 'order' both say the order of the stages"):
        levers.refuse_collisions([BASKETS], ordered=True)


def test_no_level_is_undone_by_a_lever_that_may_stand_beside_it():
    """Whatever two questions of design may be asked together, both answers stand in the strategy."""
    first = lever("a", dimension="D15", about="Who", levels=["the other side", "a joint commission"])
    for second in (lever("b", dimension="D22"), lever("b", dimension="D05"), BASKETS):
        levers.refuse_collisions([first, second])
        for one, two in itertools.product(levers.levels_of(first), levers.levels_of(second)):
            made = pull((first, one), (second, two))
            assert {stage.verify.by for stage in made.stages} == {pull((first, one)).stages[0].verify.by}


# --- levels ---


def test_a_dimension_has_all_its_levels_unless_some_are_named():
    assert levers.levels_of(lever(dimension="D22"))[0] == "public only"
    assert len(levers.levels_of(GRAIN)) == 6
    assert levers.levels_of(lever(dimension="D03", levels=["2 stages", "one stroke"])) == (
        "2 stages",
        "one stroke",
    )


def test_a_level_is_looked_for_in_the_question_that_all_levels_name():
    sunset = lever(dimension="D19", about="Months until the sunset")
    assert pull((sunset, "a year")).review.sunset == 12


def test_a_range_has_even_levels_and_ends_where_it_says():
    assert levers.levels_of(lever(key="talks.secrecy", low=0.0, high=1.0, count=5)) == (0, 0.25, 0.5, 0.75, 1)
    assert levers.levels_of(lever(key="talks.insiders", low=2, high=20)) == (2, 11, 20)
    assert levers.levels_of(lever(key="talks.insiders", low=0, high=2, count=9)) == (0, 1, 2)


@pytest.mark.parametrize("low", [0, 3, -2])
def test_every_whole_number_of_a_range_is_as_wide_as_any_other(low):
    whole = lever(key="talks.insiders", low=low, high=low + 4)
    levels = [levers.level_at(whole, (place + 0.5) / 1000) for place in range(1000)]
    assert [levels.count(level) for level in range(low, low + 5)] == [200] * 5
    assert all(isinstance(level, int) for level in levels)
    assert levers.level_at(whole, 1.0) == low + 4


def test_a_fractional_range_is_walked_evenly_from_end_to_end():
    fine = lever(key="talks.secrecy", low=0.2, high=1)
    assert [levers.level_at(fine, share) for share in (0.0, 0.25, 1.0)] == pytest.approx([0.2, 0.4, 1.0])


def test_named_levels_are_even_cells():
    assert [levers.level_at(PROFILE, share) for share in (0.0, 0.49, 0.5, 1.0)] == ["front"] * 2 + [
        "back"
    ] * 2


# --- names and orders ---


def test_a_level_is_spelt_in_words():
    levels = [True, False, ("energy", "travel"), (), {"all": 0.25, "arms": 1}, 0.1 + 0.2, 3, "audit"]
    assert list(map(levers.spelt, levels)) == [
        "yes",
        "no",
        "energy + travel",
        "none",
        "all 0.25, arms 1",
        "0.3",
        "3",
        "audit",
    ]


def test_a_strategy_is_called_by_its_order_and_the_levels_that_act():
    named = levers.named_by(LADDER, LADDER, (1, 0, 2, 3, 4), {"told": "on leak", "wait": None, "deep": 0.5})
    assert named.name == "step-for-step-bacde-told-on-leak-deep-0-5"
    assert (
        named.title
        == "Step for step: order Second step, First step, Third step, Fourth step, Last step; "
        + ("told on leak; deep 0.5")
    )
    assert levers.named_by(LADDER, LADDER, None, {"share": "%"}).name == "step-for-step-share"


def test_no_two_strategies_have_one_name():
    taken = set()
    assert [levers.distinct(LADDER, taken).name for _ in range(3)] == [
        "step-for-step",
        "step-for-step-2",
        "step-for-step-3",
    ]


def test_the_rules_of_an_order_are_pairs_of_places_and_the_orders_they_leave():
    said = Orders.model_validate({"before": [["First step", "Last step"]]})
    assert levers.rules_of(said, LADDER) == ([(0, 4)], 60)


@pytest.mark.parametrize(
    ("base", "before", "told"),
    [
        ("humanitarian-first", [], "'humanitarian-first' has 2 tracks"),
        ("big-bang", [], "stages of 'big-bang' have one valid order only"),
        (
            "step-for-step",
            [["First", "Last step"]],
            "generate.order: 'step-for-step': before: 'First' is the",
        ),
    ],
)
def test_what_has_no_other_order_is_refused(base, before, told):
    with pytest.raises(InputError, match=told):
        levers.rules_of(Orders.model_validate({"before": before}), load_strategy(base))
