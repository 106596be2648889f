"""What back channels do, shown by switching each mechanism off."""

import pytest
from showing import PRESSED, Showing, assert_shown, months_until, runs_thousands, strangers, times

from model.vocabulary import Event

pytestmark = runs_thousands


def months_open(world):
    """Return for how many months a back channel was open."""
    return float(world.tallies[0].channel_months)


CASES = [
    Showing(
        mechanism="M01",
        claim="An open channel lets options be explored out of sight: a first agreement is found sooner.",
        quantity=months_until(Event.AGREED),
        sign=-1,
        region={"parties": strangers(2.5)},
    ),
    Showing(
        mechanism="M02",
        claim="Red lines exchanged in private narrow the misreading of the other side.",
        quantity="misreading",
        sign=-1,
        region={"parties": strangers(2.0)},
    ),
    Showing(
        mechanism="M03",
        claim="Heated public words make each side misread the other where talks are only public.",
        quantity="misreading",
        sign=1,
        strategy={"talks": {"track": "public"}},
        region={"disputes": {"quarrel": {"tension": 0.9}}},
    ),
    Showing(
        mechanism="M06",
        claim="Patient, repeated meetings build trust between the principals.",
        quantity="channel_trust",
        sign=1,
        numbers={"meetings": 0.8},
    ),
    Showing(
        mechanism="M07",
        claim="A credible mediator who checks facts in private clears up more misreading.",
        quantity="misreading",
        sign=-1,
        region={"parties": strangers(2.0), "mediators": {"host": {"credibility": 0.95}}},
    ),
    Showing(
        mechanism="M10",
        claim="Shared data make a shared picture, and so fewer incidents escalate.",
        quantity="escalations",
        sign=-1,
        strategy={"talks": {"technical_track": "parallel"}, "region": {"neighbours": ["repository"]}},
        region={"parties": strangers(2.0), "disputes": {"quarrel": {"tension": 0.9}}},
        numbers={
            "incident_rate": 0.12,
            "escalation": 0.9,
            "without_data": 0.3,
            "insight": 0.4,
            "meetings": 0.8,
        },
        replicates=400,
    ),
    Showing(
        mechanism="M19",
        claim="Cooperation that is seen to pay has closed channels opened again.",
        quantity=times(Event.REOPENED),
        sign=1,
        strategy={
            "talks": {"insiders": 40, "memorandum": "none", "disclosure": "none"},
            "every_stage": {"release": "before"},
        },
        numbers={"opening": 0.2, "leak_base": 0.012, "leak_closes": 0.9},
    ),
    Showing(
        mechanism="M20",
        claim="Technicalities handled away from the media bring the two narratives closer.",
        quantity="misreading",
        sign=-1,
        strategy={"talks": {"technical_track": "parallel"}},
    ),
    Showing(
        mechanism="M23",
        claim="Regulators in a technical track of their own make rules that leave fewer ways around them.",
        quantity="evasion",
        sign=-1,
        strategy={"talks": {"technical_track": "parallel", "regulators": True}},
    ),
    Showing(
        mechanism="M107",
        claim="Under lasting pressure local tracks grow, and those without a seat confuse the picture.",
        quantity="misreading",
        sign=1,
        strategy=PRESSED,
        numbers={"local_rate": 0.06, "local_voice": 0.1},
    ),
    Showing(
        mechanism="M117",
        claim="Channels that were told of in every detail are harder to open again.",
        quantity=months_open,
        sign=-1,
        strategy={
            "talks": {"secrecy_months": 1, "disclosure_depth": 1.0},
            "rules": [{"when": "incident", "then": "close-channel"}],
        },
        numbers={"burning": 1.0, "incident_rate": 0.12},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
