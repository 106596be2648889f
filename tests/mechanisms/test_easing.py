"""Relief that belongs to no stage, shown by switching the mechanism off."""

import pytest
from showing import NO_TALKS, Showing, assert_shown, runs_thousands, tension

pytestmark = runs_thousands


CASES = [
    Showing(
        mechanism="M95",
        claim="Relief lent for as long as a pause holds rewards restraint, and violence ebbs.",
        quantity=tension,
        sign=-1,
        strategy={
            **NO_TALKS,
            "hostilities": {"pause_relief": 0.6, "pause_months": 12},
        },
        region={"disputes": {"quarrel": {"tension": 0.3}}, "parties": {"spoiler": None}},
        numbers={"restraint": 0.8, "calm_enough": 0.5},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
