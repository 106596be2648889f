"""What elections and new leaders do, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, events, runs_thousands, times

from model.vocabulary import Cause, Event

pytestmark = runs_thousands


def disowned(world):
    """Return how often a process broke because a new government left it."""
    return float((events(world, Event.BROKEN).why == Cause.TURNOVER).sum())


CASES = [
    Showing(
        mechanism="M46",
        claim="With elections near, leaders concede less.",
        quantity=times(Event.AGREED),
        sign=-1,
        strategy={"talks": {"track": "public"}},
        region={"states": {name: {"next_election": "2000-11"} for name in ("target", "lead")}},
        numbers={"election_horizon": 12.0, "audience_target": 2.0, "audience_sender": 2.0},
        months=10,
    ),
    Showing(
        mechanism="M47",
        claim="Support across parties carries a policy through a change of government.",
        quantity=disowned,
        sign=-1,
        region={
            "states": {
                "lead": {"next_election": "2000-07", "term": 6, "support": 0.7, "hardliners": 0.1},
            },
            "parties": {"lead": {"weight": 0.6}},
        },
        numbers={"heir_distance": 4.0, "incumbent_pivot": 0.48, "incumbent_swing": 0.15},
        months=72,
        replicates=600,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
