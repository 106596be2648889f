"""What civil society does, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, minded, runs_thousands

pytestmark = runs_thousands

CASES = [
    Showing(
        mechanism="M51",
        claim="Redress and dialogue lower the grievances of those who live with the measures.",
        quantity=lambda world: float(world.civil.grievance.mean()),
        sign=-1,
        strategy={"civilians": {"redress": "community"}},
    ),
    Showing(
        mechanism="M52",
        claim="Watchdogs with access find gaps, and less relief stands for what is not done.",
        quantity="wrong_relief",
        sign=-1,
        strategy={
            "civilians": {"civil_society": "co-designer"},
            "every_stage": {"verify": {"by": "bilateral", "tools": []}},
        },
        region={
            "civil_society": {"watchers": {"access": 0.9}},
            "parties": {"target": minded("opportunist")},
        },
        replicates=600,
    ),
    Showing(
        mechanism="M114",
        claim="Seats for those outside government as evaluators sharpen the watch over conduct.",
        quantity=lambda world: world.disputes[0].watch,
        sign=1,
        strategy={"civilians": {"civil_society": "evaluator"}},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
