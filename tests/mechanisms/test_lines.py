"""What opening a channel says, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, runs_thousands, target_party, trust_of

pytestmark = runs_thousands

CASES = [
    Showing(
        mechanism="M12",
        claim="Envoys of rank, sent with a new channel, show that it is meant seriously.",
        quantity=lambda world: trust_of(world, target_party(world)),
        sign=1,
        strategy={"talks": {"envoy": 1.0}},
        months=12,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
