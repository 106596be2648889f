"""How well a verification regime sees, shown by switching each mechanism off."""

import pytest
from showing import AT_ONCE, STRICT, Showing, assert_shown, minded, runs_thousands

pytestmark = runs_thousands

SINCERE = {"parties": {"target": minded("sincere")}}
OPPORTUNIST = {"parties": {"target": minded("opportunist")}}
EVERY_TOOL = ["satellite", "financial-traces", "audits", "on-site", "databases"]
DATA_SHARED = ["common-standards", "information-protocol", "military-data"]

CASES = [
    Showing(
        mechanism="M84",
        claim="Cross-checks find what is not there, so that less is reported that is not there.",
        quantity="report_gap",
        sign=-1,
        strategy={"every_stage": {"verify": {"tools": EVERY_TOOL}}},
        region=OPPORTUNIST,
        numbers={"sees_third_party": 0.2},
        replicates=1000,
    ),
    Showing(
        mechanism="M85",
        claim="Standard, timely data that nobody can tamper with leave less room for noise.",
        quantity="wrongful_reversals",
        sign=-1,
        strategy={
            "talks": {"technical_track": "parallel"},
            "every_stage": {"verify": STRICT, "on_failure": AT_ONCE, "confidence": DATA_SHARED},
        },
        region=SINCERE,
        numbers={"false_alarm": 0.08, "clean_data": 0.75},
        replicates=400,
    ),
    Showing(
        mechanism="M89",
        claim="Where several have to agree, one verifier's error takes no relief away.",
        quantity="wrongful_reversals",
        sign=-1,
        strategy={"every_stage": {"verify": {**STRICT, "number": 5}, "on_failure": AT_ONCE}},
        region=SINCERE,
        numbers={"false_alarm": 0.08},
        replicates=400,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
