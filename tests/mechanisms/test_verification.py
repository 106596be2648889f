"""What reports find, miss and settle, shown by switching each mechanism off."""

import pytest
from showing import AT_ONCE, STRICT, Showing, assert_shown, minded, runs_thousands

pytestmark = runs_thousands

SINCERE = {"parties": {"target": minded("sincere")}}
NOISY = {"false_alarm": 0.08, "politics_right": 0.5, "strikes": 2.0}

CASES = [
    Showing(
        mechanism="M79",
        claim="A pilot tells more about the other's conduct than a step of the same size would.",
        quantity="channel_trust",
        sign=1,
        strategy={"first_stage": {"pilot": True, "dwell": 12}},
        region=SINCERE,
        numbers={"pilot_lesson": 2.0, "false_alarm": 0.01},
    ),
    Showing(
        mechanism="M82",
        claim="False alarms take relief from a target that kept its word.",
        quantity="wrongful_reversals",
        sign=1,
        strategy={"every_stage": {"verify": STRICT, "on_failure": {"response": "full", "speed": 0}}},
        region=SINCERE,
        numbers={"false_alarm": 0.08},
    ),
    Showing(
        mechanism="M86",
        claim="A panel with a deadline settles a disputed finding before it reopens the whole dispute.",
        quantity="agreement_ended",
        sign=-1,
        strategy={
            "findings": {"handling": "panel", "deadline": 1},
            "every_stage": {"verify": STRICT, "on_failure": AT_ONCE},
        },
        region=SINCERE,
        numbers=NOISY | {"panel_right": 0.97},
        months=72,
        replicates=600,
    ),
    Showing(
        mechanism="M88",
        claim="Openness about verification leaves less to be misread.",
        quantity="misreading",
        sign=-1,
        strategy={"talks": {"track": "public"}, "framing": {"dashboard": True}},
        region=SINCERE,
        numbers={"open_view": 0.1},
    ),
    Showing(
        mechanism="M96",
        claim="A mediator's record of progress keeps disputed findings from ending in renewed measures.",
        quantity="reversals",
        sign=-1,
        strategy={
            "findings": {"handling": "record"},
            "every_stage": {"verify": STRICT, "on_failure": AT_ONCE},
        },
        region=SINCERE,
        numbers=NOISY | {"record_right": 0.9},
        months=72,
        replicates=600,
    ),
    Showing(
        mechanism="M120",
        claim="Looking together leaves less to be misread.",
        quantity="misreading",
        sign=-1,
        strategy={"talks": {"track": "public"}, "every_stage": {"verify": {"by": "joint"}}},
        region=SINCERE,
        numbers={"joint_view": 0.2},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
