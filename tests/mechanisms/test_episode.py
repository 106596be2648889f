"""What pressure brings a target to, shown by switching each mechanism off."""

import pytest
from showing import PRESSED, Showing, assert_shown, minded, runs_thousands

pytestmark = runs_thousands

CASES = [
    Showing(
        mechanism="M61",
        claim="Pressure is a burden under which a target comes to give way.",
        quantity="settled",
        sign=1,
        strategy=PRESSED,
        region={
            "states": {"target": {"resentment": 0.05}},
            "parties": {"target": minded("sincere")},
        },
        numbers={"weighing": 0.08},
    ),
    Showing(
        mechanism="M62",
        claim="Pressure that is felt as humiliation strengthens those who are against any deal.",
        quantity="hardliners_target",
        sign=1,
        strategy={**PRESSED, "framing": {"domination": 1.0}, "civilians": {"humanitarian": "none"}},
        region={"states": {"target": {"hardship": 0.6, "resentment": 0.8}}},
    ),
    Showing(
        mechanism="M65",
        claim="Measures that follow words show a target where the sender's line is.",
        quantity="misreading",
        sign=-1,
        strategy=PRESSED,
        numbers={"signalling": 0.5},
        months=12,
    ),
    Showing(
        mechanism="M75",
        claim="Urgency first and measured relief afterwards brings conduct that is real.",
        quantity="true_compliance",
        sign=1,
        strategy={"pressure": {"phase": "maximum", "level": 1.0, "months": 12}},
        region={"states": {"target": {"resentment": 0.1}}},
        numbers={"capital": 0.4, "weighing": 0.08},
        replicates=400,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
