"""What completed stages leave behind, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, dearer, minded, runs_thousands

pytestmark = runs_thousands

CASES = [
    Showing(
        mechanism="M24",
        claim="Standing cooperation in other fields gives the target a stake in keeping the deal.",
        quantity="true_compliance",
        sign=1,
        strategy={"talks": {"issue_scope": "bundle"}},
        region=dearer(2.0) | {"parties": {"target": minded("opportunist")}},
        numbers={"linking": 0.3, "linkage_worth": 4.0},
        months=72,
    ),
    Showing(
        mechanism="M100",
        claim="Stages that rest before the next one give time to verify, and less is taken back.",
        quantity="reversals",
        sign=-1,
        strategy={"every_stage": {"dwell": 8}},
        region={"parties": {"target": minded("opportunist")}},
        replicates=1000,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
