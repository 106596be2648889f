"""When a strategy looks at itself, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, minded, runs_thousands

pytestmark = runs_thousands

#: Too much is offered too soon: a first step that a reluctant sender does not want to pay.
MISFIT = {
    "strategy": {
        "relief_by_stage": (0.7, 0.1, 0.1, 0.1),
        "review": {"every": 3, "adaptivity": "both-ways"},
    },
    "region": {"parties": {"lead": minded("opportunist")}},
    "numbers": {"review_step": 0.5, "leverage": 0.5, "reluctance": 2.2},
    "replicates": 600,
}

CASES = [
    Showing(
        mechanism="M81",
        claim="A periodic review finds a step that does not fit before the process stalls on it.",
        quantity="stall_months",
        sign=-1,
        **MISFIT,
    ),
    Showing(
        mechanism="M99",
        claim="Steps that follow measured progress get a process out of a standstill.",
        quantity="stall_months",
        sign=-1,
        **MISFIT,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
