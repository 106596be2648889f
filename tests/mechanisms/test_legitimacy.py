"""How publics judge the process, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, dearer, lead, runs_thousands, target

pytestmark = runs_thousands

#: A channel held closely, without limit, and never told of.
SECRET = {"track": "private", "secrecy": 1.0, "secrecy_months": 0, "disclosure": "none"}

CASES = [
    Showing(
        mechanism="M22",
        claim="An agenda that names government and corruption brings people in, and legitimacy with them.",
        quantity="legitimacy_target",
        sign=1,
        strategy={"talks": {"issue_scope": "reform"}},
    ),
    Showing(
        mechanism="M28",
        claim="A legislature that is briefed lends the process legitimacy.",
        quantity="legitimacy_sender",
        sign=1,
        strategy={"talks": {"oversight": "legislature", "oversight_every": 3}},
    ),
    Showing(
        mechanism="M29",
        claim="Outside audits keep a long secret from looking like a faction's.",
        quantity="suspicion",
        sign=-1,
        strategy={"talks": SECRET | {"oversight": "audit", "oversight_every": 1}},
    ),
    Showing(
        mechanism="M30",
        claim="A secret that lasts, and that nobody watches, breeds suspicion.",
        quantity="suspicion",
        sign=1,
        strategy={"talks": SECRET},
    ),
    Showing(
        mechanism="M31",
        claim="Telling of a channel once the deal is done takes suspicion away.",
        quantity="suspicion",
        sign=-1,
        strategy={"talks": SECRET | {"disclosure": "after-the-fact", "disclosure_depth": 1.0}},
        region=dearer(0.3),
        months=60,
    ),
    Showing(
        mechanism="M32",
        claim="Seats for business, civil society and communities lend the process legitimacy.",
        quantity="legitimacy_target",
        sign=1,
        strategy={"civilians": dict.fromkeys(("business", "civil_society", "communities"), "co-designer")},
    ),
    Showing(
        mechanism="M33",
        claim="A published path from talk to action makes the talks look real.",
        quantity="legitimacy_sender",
        sign=1,
        strategy={"talks": {"criteria": "published"}},
    ),
    Showing(
        mechanism="M35",
        claim="A full account of what was asked and conceded has the public accept the agreement.",
        quantity=lambda world: target(world).legitimacy,
        sign=1,
        strategy={"talks": {"disclosure": "after-the-fact", "disclosure_depth": 1.0}},
        region=dearer(0.3),
        months=60,
    ),
    Showing(
        mechanism="M37",
        claim="Trumpeted success heats the language on both sides.",
        quantity=lambda world: 0.5 * (target(world).rhetoric + lead(world).rhetoric),
        sign=1,
        strategy={
            "talks": {"track": "public"},
            "framing": {"cadence": "every-step"},
            "every_stage": {"release": "before"},
        },
        months=24,
    ),
    Showing(
        mechanism="M38",
        claim="A candid account of a stall lowers suspicion.",
        quantity="suspicion",
        sign=-1,
        strategy={"talks": SECRET, "framing": {"setback": "candid"}},
        numbers={"walk_out": 0.2},
    ),
    Showing(
        mechanism="M44",
        claim="Relief in one stroke, unexplained, looks like theatre and breeds suspicion.",
        quantity="suspicion",
        sign=1,
        strategy={
            "talks": {"criteria": "vague"},
            "relief_by_stage": [1.0],
            "every_stage": {"release": "unconditional", "announce": "quiet"},
        },
    ),
    Showing(
        mechanism="M59",
        claim="Progress that is seen makes the process credible.",
        quantity="legitimacy_target",
        sign=1,
        strategy={
            "talks": {"track": "public"},
            "framing": {"cadence": "every-step", "dashboard": True},
        },
    ),
    Showing(
        mechanism="M87",
        claim="A dashboard shows progress that nobody announces, and constituencies stay in line.",
        quantity="legitimacy_target",
        sign=1,
        strategy={
            "talks": SECRET | {"keep_channel": True},
            "framing": {"dashboard": True, "cadence": "silent"},
        },
        numbers={"visible_progress": 0.16},
    ),
    Showing(
        mechanism="M103",
        claim="Setbacks that are told as they are leave the process its credit.",
        quantity="legitimacy_target",
        sign=1,
        strategy={
            "framing": {"setback": "candid", "promise": 3.0},
            "every_stage": {"announce": "before-verification"},
        },
        numbers={"disappointment": 0.12},
    ),
    Showing(
        mechanism="M115",
        claim="Reaching out to affected communities takes suspicion away.",
        quantity="suspicion",
        sign=-1,
        strategy={"civilians": {"communities": "co-designer"}},
        numbers={"outreach": 0.04},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
