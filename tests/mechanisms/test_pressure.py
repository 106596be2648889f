"""What measures in force do, and on whom, shown by switching each mechanism off."""

import pytest
from showing import ALL_AT_ONCE, NO_TALKS, Showing, assert_shown, risk, runs_thousands

pytestmark = runs_thousands


NEAR_TRADE = {("second", "target"): 0.3, ("third", "target"): 0.5}


def depend_on_the_target(raw):
    """Let the followers trade much with the target."""
    for tie in raw["trade"]:
        tie["share"] = NEAR_TRADE.get((tie["from"], tie["to"]), tie["share"])


CASES = [
    Showing(
        mechanism="M67",
        claim="Exemptions and a calendar of their own keep civilians out of the punishment.",
        quantity="hardship",
        sign=-1,
        strategy={**NO_TALKS, "civilians": {"humanitarian": "separate-calendar"}},
    ),
    Showing(
        mechanism="M68",
        claim="Measures cost those who trade with the target, and they leave the coalition.",
        quantity="defections",
        sign=1,
        strategy=NO_TALKS,
        region=depend_on_the_target,
        numbers={"own_loss_weight": 2.0, "solidarity": 2.0},
    ),
    Showing(
        mechanism="M69",
        claim="Trade finds the loopholes, and the pressure that is felt falls.",
        quantity="pressure_months",
        sign=-1,
        strategy=NO_TALKS,
        region={"parties": {"lead": {"secondary": 0.0}}},
        numbers={"diversion_rate": 0.06, "most_diverted": 0.75},
    ),
    Showing(
        mechanism="M70",
        claim="Enforcement that can be relied on calms those who trade and invest.",
        quantity=risk,
        sign=-1,
        strategy=NO_TALKS,
        region={"parties": {"lead": {"enforcement": 1.0}}},
    ),
    Showing(
        mechanism="M71",
        claim="Published criteria leave less room for rumour, and investment comes back sooner.",
        quantity="output_at_end",
        sign=1,
        strategy={
            "talks": {"criteria": "published"},
            "stages": ALL_AT_ONCE,
        },
        numbers={"output_recovery": 0.03, "clarity_gain": 1.0},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
