"""What shocks do, and what holds them off, shown by switching each mechanism off."""

import pytest
from showing import PRESSED, Showing, assert_shown, minded, runs_thousands, tension, times

from model.vocabulary import Event

pytestmark = runs_thousands

HEATED = {"disputes": {"quarrel": {"tension": 0.9}}}
VIOLENT = {"incident_rate": 0.12, "escalation": 0.9}

CASES = [
    Showing(
        mechanism="M11",
        claim="A channel in use slows the tempo of incidents.",
        quantity=times(Event.INCIDENT, Event.ESCALATION),
        sign=-1,
        region=HEATED,
        numbers=VIOLENT | {"contact_calms": 0.5},
    ),
    Showing(
        mechanism="M15",
        claim="A line that stays open through a shock saves the trust that it would have cost.",
        quantity="channel_trust",
        sign=1,
        strategy={"talks": {"keep_channel": True}},
        region=HEATED,
        numbers=VIOLENT | {"open_line": 0.8, "incident_blame": 1.2},
    ),
    Showing(
        mechanism="M16",
        claim="A hotline keeps incidents from becoming escalations.",
        quantity="escalations",
        sign=-1,
        strategy={"rules": [{"when": "incident", "then": "open-hotline"}]},
        region=HEATED,
        numbers=VIOLENT | {"hotline": 0.8},
    ),
    Showing(
        mechanism="M34",
        claim="Decision rights that are agreed and rehearsed avoid contradictory moves in a crisis.",
        quantity=times(Event.MIXED_SIGNALS),
        sign=-1,
        strategy={"talks": {"rehearsals": 1.0}},
        region=HEATED | {"states": {"lead": {"coherence": 0.2}}},
        numbers=VIOLENT,
    ),
    Showing(
        mechanism="M55",
        claim="Spoilers strike where the picture is unclear and much is at stake, and trust pays for it.",
        quantity="channel_trust",
        sign=-1,
        strategy={"talks": {"criteria": "vague"}, "every_stage": {"release": "before"}},
        region={"parties": {"spoiler": {"stake": 4.0}}},
        numbers={"spoiler_rate": 0.3, "attack_blame": 1.2},
    ),
    Showing(
        mechanism="M64",
        claim="A target that is hard pressed, and hard-minded, strikes back.",
        quantity=tension,
        sign=1,
        strategy=PRESSED,
        region={"states": {"target": {"hardliners": 0.8}}},
        numbers={"retaliation": 0.06},
    ),
    Showing(
        mechanism="M116",
        claim="Gains that can be seen and verified let the danger of violence ebb.",
        quantity=tension,
        sign=-1,
        region={"parties": {"target": minded("sincere")}},
        numbers={"dividend": 2.0},
    ),
    Showing(
        mechanism="M118",
        claim="Signals to those around that take outside pressure off the talks keep incidents away.",
        quantity=tension,
        sign=-1,
        strategy={"region": {"neighbours": ["messages"]}},
        numbers={"outside_calm": 0.3, "incident_rate": 0.12},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
