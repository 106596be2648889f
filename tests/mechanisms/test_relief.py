"""How relief is given and how it looks, shown by switching each mechanism off."""

import pytest
from showing import ALL_AT_ONCE, Showing, assert_shown, minded, runs_thousands, trusted

pytestmark = runs_thousands

REFORMS = ["financial-transparency", "rights", "rule-of-law", "press-freedom", "judicial-independence"]


def momentum(world):
    """Return the visible progress of the last months."""
    return float(world.disputes[0].momentum)


CASES = [
    Showing(
        mechanism="M76",
        claim="Relief that needs everybody's consent stalls where some hold back.",
        quantity="stall_months",
        sign=1,
        strategy={"senders": {"release_rule": "unanimity", "coordination": "unified"}},
        region={"parties": {"second": {"weight": 0.0}, "third": {"weight": 0.0}}},
        numbers={"standing": 0.5, "leverage": 0.5},
    ),
    Showing(
        mechanism="M78",
        claim="Relief against conduct, step by step, exposes each side less, and they learn to rely on it.",
        quantity="channel_trust",
        sign=1,
        region=trusted(0.4),
        numbers={"waiting": 2.0},
        replicates=400,
    ),
    Showing(
        mechanism="M90",
        claim="Relief that all give in the same month is seen as momentum.",
        quantity=momentum,
        sign=1,
        strategy={
            "senders": {"coordination": "unified", "synchronised": True},
            "stages": ALL_AT_ONCE,
        },
        numbers={"acting_together": 1.0},
        months=8,
    ),
    Showing(
        mechanism="M91",
        claim="Relief for reform at home looks less like a payoff.",
        quantity="suspicion",
        sign=-1,
        strategy={
            "talks": {"criteria": "vague"},
            "stages": [
                {"relief": {"all": 0.5}, "asks": dict.fromkeys(REFORMS, depth)} for depth in (0.5, 1.0)
            ],
        },
        numbers={"theatre": 0.4},
    ),
    Showing(
        mechanism="M93",
        claim="Restraint that has a visible benefit beside it looks fair, is agreed to, and trust grows.",
        quantity="channel_trust",
        sign=1,
        strategy={"talks": {"track": "public"}, "every_stage": {"paired": True}},
        region={
            "states": {"target": {"accountability": 1.0, "hardliners": 0.6}},
            "parties": {"target": minded("sincere")},
        },
        numbers={"face": 0.3, "audience_target": 2.0},
        replicates=800,
    ),
    Showing(
        mechanism="M102",
        claim="Promises beyond what is delivered cost belief in one's word.",
        quantity="channel_trust",
        sign=-1,
        strategy={"framing": {"promise": 3.0}},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
