"""What each public makes of pressure, gains and concessions, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, runs_thousands, target, times

from model.vocabulary import Event

pytestmark = runs_thousands

CASES = [
    Showing(
        mechanism="M36",
        claim="Legal redress makes a compromise that is not fully kept easier to accept.",
        quantity=lambda world: target(world).support,
        sign=1,
        strategy={"civilians": {"redress": "legal"}, "framing": {"promise": 2.0}},
        numbers={"unmet": 0.12},
    ),
    Showing(
        mechanism="M42",
        claim="Relief that was announced and is not felt costs the target's government support.",
        quantity=lambda world: target(world).support,
        sign=-1,
        strategy={"framing": {"promise": 2.0}, "every_stage": {"announce": "before-verification"}},
        numbers={"unmet": 0.12, "expecting": 2.0},
    ),
    Showing(
        mechanism="M45",
        claim="Concessions in the open embolden their opponents.",
        quantity="hardliners_target",
        sign=1,
        strategy={"talks": {"track": "public"}, "every_stage": {"announce": "before-verification"}},
        numbers={"embolden": 0.12},
    ),
    Showing(
        mechanism="M48",
        claim="Benefits that are felt win a government support for the talks.",
        quantity=lambda world: target(world).support,
        sign=1,
        strategy={"every_stage": {"release": "before"}},
        numbers={"credit": 0.06},
    ),
    Showing(
        mechanism="M49",
        claim="Everyday access to goods, medicine and trade lifts sentiment.",
        quantity=lambda world: target(world).support,
        sign=1,
        strategy={"civilians": {"humanitarian": "priority"}, "pressure": {"openings": 1.0}},
        numbers={"everyday": 0.06},
    ),
    Showing(
        mechanism="M50",
        claim="A schedule that slips without a word is used by those against the talks.",
        quantity="hardliners_target",
        sign=1,
        strategy={"framing": {"setback": "silent"}},
        region={"parties": {"lead": {"prior": {"sincere": 0.0, "opportunist": 1.0}}}},
        numbers={"leverage": 0.5, "reluctance": 2.2, "slipped": 0.1},
        replicates=600,
    ),
    Showing(
        mechanism="M53",
        claim="Benefits that reach beyond the few widen the stake in compliance.",
        quantity="true_compliance",
        sign=1,
        strategy={"talks": {"track": "public"}, "every_stage": {"release": "before"}},
        region={"states": {"target": {"accountability": 0.9, "hardliners": 0.5}}},
        numbers={"audience_target": 2.0, "stake_in_peace": 0.08},
        replicates=600,
    ),
    Showing(
        mechanism="M54",
        claim="Setbacks before strong hardliners bring processes down.",
        quantity=times(Event.BROKEN),
        sign=1,
        strategy={
            "talks": {"track": "public", "criteria": "vague"},
            "framing": {"promise": 2.0, "setback": "candid"},
            "every_stage": {"on_failure": {"response": "warning"}},
        },
        region={
            "states": {
                "target": {"hardliners": 0.6, "accountability": 0.9},
                "lead": {"hardliners": 0.6, "accountability": 0.9},
            }
        },
        numbers={"setback": 0.2, "false_alarm": 0.08, "audience_sender": 2.0, "leverage": 0.5},
        months=72,
        replicates=600,
    ),
    Showing(
        mechanism="M56",
        claim="Measures aimed at those responsible are resented less.",
        quantity="resentment",
        sign=-1,
        strategy={"framing": {"targeted": True}},
    ),
    Showing(
        mechanism="M57",
        claim="Pressure takes political space, and the hard line gains at home.",
        quantity="hardliners_target",
        sign=1,
        strategy={"pressure": {"phase": "maximum", "level": 0.9, "months": 12}},
    ),
    Showing(
        mechanism="M60",
        claim="A story of shared security and small gains makes the public patient.",
        quantity=lambda world: target(world).support,
        sign=1,
        strategy={"framing": {"common_security": True, "promise": 1.5}},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
