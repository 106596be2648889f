"""How the stage on the table is answered, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, dearer, lived, months_until, runs_thousands, times

from model.vocabulary import Event

pytestmark = runs_thousands


def share_agreed(world):
    """Return the share of rounds at the table that ended in agreement; NaN where there was no round."""
    rounds = world.tallies[0].rounds
    return world.seen.times[0, Event.AGREED] / rounds if rounds else float("nan")


CASES = [
    Showing(
        mechanism="M04",
        claim="A concession explored out of sight costs less face than one made in public.",
        quantity=times(Event.AGREED),
        sign=1,
        strategy={"talks": {"track": "private", "secrecy": 1.0, "secrecy_months": 0, "disclosure": "none"}},
        region=dearer(2.0) | {"states": {"target": {"accountability": 0.9, "hardliners": 0.6}}},
        numbers={"audience_target": 2.0, "audience_sender": 2.0},
    ),
    Showing(
        mechanism="M08",
        claim="A mediator who knows both sides' limits puts forward more that both can accept.",
        quantity=share_agreed,
        sign=1,
        region={
            "mediators": {"host": {"skill": 0.95}},
            "channels": {"host": {"access_target": 0.95, "access_lead": 0.95}},
        },
        numbers={"leverage": 0.5},
    ),
    Showing(
        mechanism="M09",
        claim="In a moment of weakness a government considers terms that it would otherwise refuse.",
        quantity=times(Event.AGREED),
        sign=1,
        region=dearer(3.0),
        numbers={"economic_shock": 0.02, "weak_moment": 1.0, "memory": 12.0},
        replicates=600,
    ),
    Showing(
        mechanism="M40",
        claim="Ground prepared in private has the package pass review at home.",
        quantity=times(Event.AGREED),
        sign=1,
        region={
            "parties": {
                "guards": {"veto": 1.0, "noise": 0.3, "prior": {"sincere": 0.0, "hardline": 1.0}},
            }
        },
        numbers={"prepared": 0.8, "meetings": 0.8, "meetings_half": 6.0},
    ),
    Showing(
        mechanism="M41",
        claim="A leader weighs what a step wins against what it costs, and refuses what does not pay.",
        quantity=times(Event.AGREED),
        sign=-1,
        strategy={"relief_by_stage": [0.05, 0.05, 0.05, 0.05]},
        region=dearer(4.0),
    ),
    Showing(
        mechanism="M43",
        claim="A gain made step by step becomes the capital for the next step.",
        quantity=lambda world: float(world.tallies[0].steps),
        sign=1,
        strategy={
            "talks": {"track": "public"},
            "every_stage": {"dwell": 0},
            "stages": [{"relief": {"all": 0.25}, "asks": {"all": depth}} for depth in (0.1, 0.4, 0.7, 1.0)],
        },
        numbers={"capital": 0.4, "momentum_gain": 2.0, "forgetting": 0.1},
        replicates=600,
    ),
    Showing(
        mechanism="M58",
        claim="A predictable path makes a compromise that looks weak acceptable.",
        quantity=times(Event.AGREED),
        sign=1,
        strategy={"talks": {"track": "public", "criteria": "published"}},
        region=dearer(3.0) | {"states": {"target": {"accountability": 0.9, "hardliners": 0.6}}},
        numbers={"audience_target": 2.0, "predictable": 0.5},
        replicates=600,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)


def first_agreements(dearness, relief, without):
    """Return the month of each replicate's first agreement on even steps that cost and win so much."""
    weighing = next(case for case in CASES if case.mechanism == "M41")
    steps = {"relief_by_stage": [relief] * 4}
    first = months_until(Event.AGREED)
    return lived(weighing._replace(quantity=first, strategy=steps, region=dearer(dearness)), without)


def test_leaders_who_do_not_weigh_the_cost_at_home_agree_as_soon_however_dear_the_steps():
    for relief in (0.02, 0.25):
        cheap, dear = (first_agreements(factor, relief, ("M41",)) for factor in (1.0, 4.0))
        assert (cheap == dear).all()
    assert (first_agreements(1.0, 0.25, ()) < first_agreements(4.0, 0.25, ())).mean() > 0.5


def test_leaders_who_do_not_weigh_the_cost_at_home_still_prefer_what_wins_more():
    little, much = (first_agreements(1.0, relief, ("M41",)) for relief in (0.02, 0.25))
    assert (much <= little).all()
    assert much.mean() < 0.5 * little.mean()
