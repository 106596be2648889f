"""What makes a target do, feign or defer what it promised, and a sender give: shown by switching it off."""

import pytest
from showing import Showing, assert_shown, minded, runs_thousands

pytestmark = runs_thousands

TEMPTED = {"target": minded("opportunist")}
HONEST = {"target": minded("sincere")}
UNSEEN = {"verify": {"by": "self-report"}}
SOFT = ["academic-exchange", "humanitarian-corridor", "technical-workshop", "common-standards"]

CASES = [
    Showing(
        mechanism="M63",
        claim="Pressure with little to gain brings concessions that are for show.",
        quantity="sham_share",
        sign=1,
        strategy={"relief_by_stage": (0.1, 0.2, 0.3, 0.4), "every_stage": UNSEEN},
        region={"parties": TEMPTED},
        numbers={"faking": 0.25},
    ),
    Showing(
        mechanism="M74",
        claim="Each step of relief spends leverage, so senders keep more of it back.",
        quantity="leverage_left",
        sign=1,
        region={"parties": {"lead": {"weight": 0.5}}},
        numbers={"leverage": 0.5},
        replicates=400,
    ),
    Showing(
        mechanism="M83",
        claim="A reward for conduct that is hardly checked brings reports of conduct that is not there.",
        quantity="report_gap",
        sign=1,
        strategy={"every_stage": UNSEEN},
        region={"parties": TEMPTED},
    ),
    Showing(
        mechanism="M94",
        claim="A mediator who ties step to step keeps moves from being merely symbolic.",
        quantity="sham_share",
        sign=-1,
        strategy={"talks": {"first_mover": "mediator", "keep_channel": True}},
        region={"parties": TEMPTED, "channels": {"host": {"access_target": 1.0, "access_lead": 1.0}}},
        numbers={"mandate": 1.0},
        replicates=400,
    ),
    Showing(
        mechanism="M101",
        claim="Soft measures that nobody verifies are a cover for conduct that is not there.",
        quantity="sham_share",
        sign=1,
        strategy={"every_stage": {**UNSEEN, "confidence": [*SOFT, "information-protocol"]}},
        region={"parties": TEMPTED, "civil_society": {"watchers": {"access": 0.8}}},
        numbers={"soft_cover": 0.75, "confidence_gain": 0.8, "sees_watchdog": 0.2, "reports_ahead": 4.0},
        replicates=600,
    ),
    Showing(
        mechanism="M104",
        claim="Lessons that are kept make the next stage go better.",
        quantity="true_compliance",
        sign=1,
        strategy={
            "relief_by_stage": (0.1,) * 10,
            "every_stage": {"deadline": 18},
            "review": {"learning": "between-stages"},
        },
        region={"parties": HONEST},
        numbers={"learning": 0.2, "practised": 0.75, "capacity": 0.06},
        months=72,
        replicates=400,
    ),
    Showing(
        mechanism="M121",
        claim="A framework that pays late, to those who go on, makes it worth while to comply.",
        quantity="true_compliance",
        sign=1,
        strategy={"relief_by_stage": (0.05, 0.05, 0.1, 0.8)},
        numbers={"horizon": 0.3},
    ),
    Showing(
        mechanism="M73",
        claim="High hopes in fragile gains turn on a blow, and what was gained is lost.",
        quantity="reversals",
        sign=1,
        strategy={
            "framing": {"promise": 3.0},
            "every_stage": {"announce": "before-verification", "release": "before"},
        },
        numbers={
            "economic_shock": 0.02,
            "expecting": 2.0,
            "disillusion": 0.75,
            "forgetting": 0.1,
            "memory": 12.0,
        },
        months=72,
        replicates=1500,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
