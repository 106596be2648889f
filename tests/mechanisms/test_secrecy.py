"""What leaks, and preparing for them, do, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, lead, runs_thousands

pytestmark = runs_thousands

#: A channel that many know of and nobody has bound to silence.
LOOSE = {"track": "private", "insiders": 40, "memorandum": "none", "secrecy_months": 0}

CASES = [
    Showing(
        mechanism="M14",
        claim="Channels that many know of leak, and a leak costs the two sides trust.",
        quantity="channel_trust",
        sign=-1,
        strategy={"talks": LOOSE | {"disclosure": "none"}},
        numbers={"leak_base": 0.012},
    ),
    Showing(
        mechanism="M25",
        claim="A full memorandum on scope and confidentiality keeps leaks rarer.",
        quantity="leaks",
        sign=-1,
        strategy={"talks": LOOSE | {"disclosure": "none", "memorandum": "full", "insiders": 12}},
    ),
    Showing(
        mechanism="M26",
        claim="A plan of what is told, and an overseer who knows it all, save trust when a channel leaks.",
        quantity="channel_trust",
        sign=1,
        strategy={"talks": LOOSE | {"disclosure": "after-the-fact", "oversight": "inspector"}},
        numbers={"leak_base": 0.012},
    ),
    Showing(
        mechanism="M27",
        claim="A public that knows its government's red lines feels less betrayed when a channel comes out.",
        quantity=lambda world: lead(world).support,
        sign=1,
        strategy={"talks": LOOSE | {"disclosure": "none", "red_lines": 1.0}},
        region={"states": {"lead": {"hardliners": 0.5}}},
        numbers={"leak_base": 0.012, "leak_scandal": 0.4, "forewarned": 0.75, "rigid": 0.25},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
