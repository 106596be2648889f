"""Relief that is taken back, shown by switching the mechanism off."""

import pytest
from showing import Showing, assert_shown, minded, runs_thousands

pytestmark = runs_thousands

OPPORTUNIST = {"parties": {"target": minded("opportunist")}}

CASES = [
    Showing(
        mechanism="M80",
        claim="Relief that would be snapped back makes it pay less to cheat.",
        quantity="sham_share",
        sign=-1,
        strategy={"every_stage": {"on_failure": {"response": "full", "reach": "all-sectors", "speed": 0}}},
        region=OPPORTUNIST,
        numbers={"severity_full": 1.0},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
