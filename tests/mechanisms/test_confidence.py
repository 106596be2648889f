"""What confidence-building measures do, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, lead_party, runs_thousands, target_party

pytestmark = runs_thousands


def threat(world):
    """Return how threatened the two principals feel."""
    return 0.5 * (target_party(world).threat + lead_party(world).threat)


CASES = [
    Showing(
        mechanism="M17",
        claim="Workshops and shared risk assessments lower the sense of threat.",
        quantity=threat,
        sign=-1,
        strategy={"first_stage": {"confidence": ["technical-workshop", "joint-risk-assessment"]}},
        months=12,
    ),
    Showing(
        mechanism="M18",
        claim="Validated military data and shared needs show that both are vulnerable, and lower the threat.",
        quantity=threat,
        sign=-1,
        strategy={"first_stage": {"confidence": ["military-data", "humanitarian-corridor"]}},
        months=12,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
