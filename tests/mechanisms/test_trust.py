"""How trust travels, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, events, runs_thousands

from model.vocabulary import Event

pytestmark = runs_thousands


def with_a_second_quarrel(raw):
    """Give the lead sender a second dispute, with the target's ally, which trusts it little."""
    first = raw["disputes"][0]
    parties = [party | {"state": "ally"} for party in first["parties"] if party["state"] == "target"]
    parties += [party for party in first["parties"] if party["state"] == "lead"]
    second = {key: first[key] for key in ("lead", "status", "tension", "salience", "milestones")}
    raw["disputes"].append(second | {"name": "second", "target": "ally", "parties": parties})
    raw["trade"] += [{"from": "ally", "to": "lead", "share": 0.4}]
    raw["trust"] += [{"from": "ally", "to": "lead", "belief": 0.2}]


def agreed_next_door(world):
    """Return how many stages were agreed in the second dispute."""
    return float((events(world, Event.AGREED).dispute == 1).sum())


def with_untried_mediators(raw):
    """Let both sides mean what they say, and know nothing of the mediators who carry it."""
    for party in raw["disputes"][0]["parties"]:
        if party["state"] in ("target", "lead"):
            party["prior"] = {"sincere": 1.0}
    for mediator in raw["mediators"]:
        mediator["credibility"] = 0.5
    raw["trust"] = [tie for tie in raw["trust"] if tie["to"] != "host"]


CASES = [
    Showing(
        mechanism="M05",
        claim="A mediator whose word proves true gains standing with both sides.",
        quantity=lambda world: float(world.mediators.credibility.mean()),
        sign=1,
        region=with_untried_mediators,
    ),
    Showing(
        mechanism="M21",
        claim="A sender that is seen to deal fairly with one target finds the next one readier to agree.",
        quantity=agreed_next_door,
        sign=1,
        strategy={"every_stage": {"release": "before"}},
        region=with_a_second_quarrel,
        numbers={"seen_elsewhere": 0.8, "word_of_mouth": 0.06},
        replicates=600,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
