"""What confidence-building measures do, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, lead_party, runs_thousands, target_party, trusted

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
    Showing(
        mechanism="M97",
        claim="Small measures that can be verified prepare both sides for deeper commitments.",
        quantity="settled",
        sign=1,
        strategy={
            "stages": [
                {"confidence": ["academic-exchange"]},
                {"confidence": ["technical-workshop"]},
                {"relief": {"all": 0.25}, "asks": {"all": 0.25}, "confidence": ["common-standards"]},
                {"relief": {"all": 0.25}, "asks": {"all": 0.5}, "confidence": ["information-protocol"]},
                {"relief": {"all": 0.25}, "asks": {"all": 0.75}, "confidence": ["joint-committee"]},
                {"relief": {"all": 0.25}, "asks": {"all": 1.0}, "confidence": ["inspection"]},
            ]
        },
        region=trusted(0.2),
        numbers={"small_step_seen": 0.6, "confidence_gain": 0.8},
        months=72,
        replicates=1000,
    ),
    Showing(
        mechanism="M98",
        claim="Work on neighbouring issues wins trust for the core one.",
        quantity="channel_trust",
        sign=1,
        strategy={"every_stage": {"confidence": ["cyber-norms", "counter-terrorism"]}},
        numbers={"adjacent": 2.0, "small_step_seen": 0.6},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
