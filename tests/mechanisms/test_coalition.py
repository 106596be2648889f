"""What holds a coalition together, shown by switching each mechanism off."""

import pytest
from showing import ALL_AT_ONCE, NO_TALKS, Showing, assert_shown, runs_thousands

pytestmark = runs_thousands


CASES = [
    Showing(
        mechanism="M77",
        claim="Measures that are fitted anew to circumstances are kept up for longer.",
        quantity="defections",
        sign=-1,
        strategy={**NO_TALKS, "review": {"every": 1, "adaptivity": "both-ways"}},
        numbers={"recalibrating": 0.04, "tiring": 0.04, "weariness": 3.0},
        months=72,
        replicates=600,
    ),
    Showing(
        mechanism="M92",
        claim="A clear objective holds a coalition together.",
        quantity="defections",
        sign=-1,
        strategy={**NO_TALKS, "talks": {"track": "public", "criteria": "published"}},
        numbers={"clear_cause": 0.5, "solidarity": 2.0},
    ),
    Showing(
        mechanism="M105",
        claim="Bodies with a common line hold their members to it.",
        quantity="defections",
        sign=-1,
        strategy={**NO_TALKS, "region": {"role": "co-owner"}},
        region={"bodies": {"union": {"pull": 0.8}, "league": {"pull": 0.8}}},
        numbers={"pull_of_membership": 4.0},
    ),
    Showing(
        mechanism="M119",
        claim="Partners can adjust to steps, but a leap without notice drives them out.",
        quantity="defections",
        sign=1,
        strategy={
            "senders": {"coordination": "unilateral"},
            "stages": ALL_AT_ONCE,
        },
        numbers={"surprise": 4.0, "weighing": 0.08, "forgetting": 0.1},
        replicates=400,
    ),
    Showing(
        mechanism="M106",
        claim="A sender that acts alone undermines the common effort, and its partners leave.",
        quantity="defections",
        sign=1,
        strategy={**NO_TALKS, "senders": {"coordination": "unilateral"}},
        numbers={"acting_together": 1.0, "solidarity": 2.0},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
