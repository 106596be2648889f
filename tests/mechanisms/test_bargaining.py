"""What makes talks fail or hold at the table, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, dearer, runs_thousands, strangers, times

from model.vocabulary import Event

pytestmark = runs_thousands

CASES = [
    Showing(
        mechanism="M13",
        claim="An offer without notice between sides that misread each other ends in a walk-out.",
        quantity=times(Event.WALKED_OUT),
        sign=1,
        region=dearer(3.0) | {"parties": strangers(2.5)},
        numbers={"hurry": 4.0},
    ),
    Showing(
        mechanism="M39",
        claim="Announcing what is already seen stirs up less of a backlash.",
        quantity="hardliners_target",
        sign=-1,
        strategy={"talks": {"track": "public"}, "every_stage": {"announce": "after-verification"}},
        numbers={"confirming": 0.6, "embolden": 0.12},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
