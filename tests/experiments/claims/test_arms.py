"""The arms of a claim differ in what they say, in nothing else, and spend the same where they have to."""

import copy

import pytest

from experiments.claims import arms
from experiments.claims.cases import FAMILIES, REAL, REGION
from experiments.claims.claim import Arm, list_claims, load_claim
from model.scenario import load_scenario
from model.vocabulary import InputError

CASES = {
    REAL: load_scenario(REAL),
    "grown": load_scenario(REGION, grow={"generator": FAMILIES[1], "seed": 1}),
}
#: What a strategy is called, and idle work that makes effort equal in the books and acts on nothing.
NAMES = {"name", "title", "description", "idle"}


@pytest.fixture(scope="module")
def made():
    """All arms of all claims in both cases."""
    return {
        (name, case): arms.claim_arms(load_claim(name), scenario)
        for name in list_claims()
        for case, scenario in CASES.items()
    }


def itself(armed):
    return armed.strategies[armed.arm]


def differing(first, second, path=()):
    """The places in which two tables differ, lists of one length entry by entry."""
    if isinstance(first, dict) and isinstance(second, dict):
        places = first.keys() | second.keys()
        pairs = [(key, first.get(key), second.get(key)) for key in places]
    elif isinstance(first, list | tuple) and isinstance(second, list | tuple) and len(first) == len(second):
        pairs = [(place, *pair) for place, pair in enumerate(zip(first, second, strict=True))]
    else:
        return [] if first == second else [path]
    return [found for key, *pair in pairs for found in differing(*pair, (*path, key))]


def said_by(arm):
    """The parts of a strategy that an arm says something about; of a table or of its stages, which keys."""
    found = {("stages",)} if arm.steps is not None else set()
    for key, value in arm.says.items():
        if key in ("every_stage", "first_stage"):
            found |= {("stages", inner) for inner in value}
        elif key == "relief_by_stage":
            found.add(("stages", "relief"))
        elif key == "stages":
            found.add(("stages",))
        else:
            found |= {(key, inner) for inner in value}
    return found


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", list_claims())
def test_arms_differ_in_what_they_say_and_in_nothing_else(made, name, case):
    claim, found = load_claim(name), made[name, case]
    for one, other in zip(claim.arms, claim.arms[1:], strict=False):
        pair = [itself(each) for each in found if each.arm in (one.name, other.name)]
        places = differing(*(strategy.model_dump() for strategy in pair))
        parts = {tuple(key for key in place if isinstance(key, str))[:2] for place in places}
        said = said_by(one) | said_by(other)
        parts = {part for part in parts if part[0] not in NAMES}
        assert parts <= said
        assert parts or one.measures != other.measures


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", list_claims())
def test_means_that_are_matched_are_equal(made, name, case):
    found = made[name, case]
    for mean in load_claim(name).matched:
        totals = [getattr(itself(each).totals(CASES[case]), mean) for each in found]
        assert totals == pytest.approx([totals[0]] * len(totals), rel=1e-9)
        assert totals[0] > 0.0


@pytest.mark.parametrize("case", CASES)
def test_pressure_and_relief_are_equal_in_every_order_and_absent_where_an_arm_does_without(made, case):
    *orders, pressure_alone, relief_alone = (each.totals for each in made["C61", case])
    for mean in ("relief", "pressure"):
        amounts = [getattr(totals, mean) for totals in orders]
        assert amounts == pytest.approx([amounts[0]] * 3, rel=1e-9)
    assert (pressure_alone.relief, relief_alone.pressure) == (0.0, 0.0)
    assert (pressure_alone.pressure, relief_alone.relief) == pytest.approx(
        (orders[0].pressure, orders[0].relief)
    )


def test_the_same_relief_conduct_and_months_are_cut_into_steps(made):
    [whole] = itself(made["C13", REAL][0]).stages
    for each in made["C13", REAL]:
        stages = itself(each).stages
        assert len(stages) == int(each.arm.split()[0])
        assert stages[-1].asks == whole.asks
        assert sum(stage.dwell for stage in stages) == whole.dwell
        assert sum(stage.deadline for stage in stages) == whole.deadline
        relief = [
            sum(given) for given in zip(*(stage.relief.spread([0.0] * 6) for stage in stages), strict=True)
        ]
        assert relief == pytest.approx(whole.relief.spread([0.0] * 6))


@pytest.mark.parametrize("scenario", CASES.values(), ids=CASES)
def test_a_milder_scenario_scales_measures_and_changes_nothing_else(scenario):
    before = copy.deepcopy(scenario.raw)
    milder = arms.milder(scenario, 0.25)
    assert scenario.raw == before
    first, second = scenario.text.model_dump(), milder.text.model_dump()
    places = differing(first, second)
    assert places
    for place in places:
        assert {"imposed", "felt"} & {*place} or place[0] == "calendar"
        one, other = first, second
        for key in place:
            one, other = one[key], other[key]
        assert other == pytest.approx(0.25 * one)
        if place[0] == "calendar":
            assert place[2] == "amount"
            assert first["calendar"][place[1]]["kind"].name == "MEASURE"


def test_all_of_the_measures_is_the_scenario_itself():
    assert arms.milder(CASES[REAL], 1.0) is CASES[REAL]


def test_doses_of_pressure_are_shares_of_the_measures_and_arms_of_one_dose_share_a_scenario(made):
    levels = {each.arm: each.scenario.raw["disputes"][0]["felt"]["energy"] for each in made["C64", REAL]}
    whole = CASES[REAL].raw["disputes"][0]["felt"]["energy"]
    doses = {"a tenth": 0.1, "a quarter": 0.25, "half": 0.5, "three quarters": 0.75, "all": 1.0}
    assert levels == pytest.approx({arm: share * whole for arm, share in doses.items()})
    assert len({id(each.scenario) for each in made["C61", REAL]}) == 1


def test_only_the_arm_of_the_placebo_has_shuffled_copies(made):
    claim = load_claim("C50")
    for each in made["C50", REAL]:
        assert len(each.strategies) == 1 + claim.placebo.copies * (each.arm == claim.placebo.arm)
    assert all(
        len(each.strategies) == 1 for (name, _), found in made.items() if name != "C50" for each in found
    )


def test_a_shuffled_copy_has_the_same_relief_in_another_order_and_the_same_means(made):
    [each] = [each for each in made["C50", REAL] if each.arm == load_claim("C50").placebo.arm]
    own, *copies = ([stage.relief for stage in strategy.stages] for strategy in each.strategies.values())
    for shuffled in copies:
        assert shuffled != own
        assert sorted(map(str, shuffled)) == sorted(map(str, own))
    for strategy in each.strategies.values():
        assert strategy.totals(each.scenario) == pytest.approx(each.totals)


def refused(**changes):
    with pytest.raises(InputError) as fault:
        arms.claim_arms(load_claim("C61").model_copy(update=changes), CASES[REAL])
    return str(fault.value)


def test_means_that_cannot_be_made_equal_are_told_with_claim_arm_and_scenario():
    told = refused(matched=("relief",))
    assert told.startswith("claim C61 in iran-2012: strategy 'pressure-alone': relief: offers none")


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({"talks": {"secret": 3}}, "talks.secret: unknown key"),
        ({"talks": {"insiders": -1}}, "talks.insiders: should be"),
        ({"every_stage": {"release": "soon"}}, "stages[1].release: 'soon' is not one of before, together"),
    ],
)
def test_an_arm_that_cannot_be_made_is_told_with_claim_arm_and_scenario(says, told):
    found = refused(arms=(Arm(name="An odd one", says=says),))
    assert found.startswith("claim C61 in iran-2012: strategy 'step-for-step-an-odd-one': ")
    assert told in found
