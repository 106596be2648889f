"""What neighbours, sponsors and those concerned make of it, shown by switching each mechanism off."""

import pytest
from showing import PRESSED, Showing, assert_shown, minded, risk, runs_thousands

pytestmark = runs_thousands

SINCERE = {"parties": {"target": minded("sincere")}}

SEATED = dict.fromkeys(("business", "civil_society", "communities"), "co-designer")
SPONSORED = {"sponsor": {"intensity": 1.0, "guarantee": True}}


CASES = [
    Showing(
        mechanism="M109",
        claim="Neighbours take up dealings with a target whose conduct they see verified.",
        quantity="ripple",
        sign=1,
        strategy={"region": {"neighbours": ["messages"]}},
        region=SINCERE,
        numbers={"neighbour_sight": 0.16},
    ),
    Showing(
        mechanism="M110",
        claim="A repository that all can look into leaves less to be misread.",
        quantity="misreading",
        sign=-1,
        strategy={"region": {"neighbours": ["repository"]}},
        numbers={"repository": 0.1, "without_data": 0.3},
    ),
    Showing(
        mechanism="M111",
        claim="A sponsor who stands behind a settlement calms those who trade and invest.",
        quantity=risk,
        sign=-1,
        strategy=SPONSORED,
    ),
    Showing(
        mechanism="M112",
        claim="A sponsor on whom all depends is resented.",
        quantity="resentment",
        sign=1,
        strategy=SPONSORED,
        numbers={"tutelage": 0.06},
    ),
    Showing(
        mechanism="M113",
        claim="What those concerned have designed is their own.",
        quantity="ownership",
        sign=1,
        strategy={"region": {"role": "co-owner"}, "civilians": SEATED},
    ),
    Showing(
        mechanism="M108",
        claim="Partners of a strained target make good part of what it is denied.",
        quantity="pressure_months",
        sign=-1,
        strategy=PRESSED,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
