"""Who knows of a channel from its first day."""

from types import SimpleNamespace

import pytest

from model.lines import FEWEST, insiders_of
from model.parameters import defaults, switches_without
from model.vocabulary import Oversight, Seat

ALONE = {
    "insiders": 6,
    "business": Seat.NONE,
    "civil_society": Seat.NONE,
    "communities": Seat.NONE,
    "entry_stage": 0,
    "oversight": Oversight.NONE,
    "envoy": 0.0,
    "rehearsals": 0.0,
}


def told(behind=0, without=(), **said):
    """Return how many people know of a channel that opens with so many stages behind."""
    given = SimpleNamespace(parameters=defaults()[0], on=switches_without(without)[0])
    return insiders_of(given, SimpleNamespace(**ALONE | said), behind)


def test_who_lets_nobody_else_in_tells_those_it_chose():
    assert told() == ALONE["insiders"]


def test_a_secret_takes_two_to_keep():
    assert told(insiders=0) == FEWEST


@pytest.mark.parametrize(
    ("said", "mechanism"),
    [
        ({"communities": Seat.OBSERVER}, "M32"),
        ({"oversight": Oversight.LEGISLATURE}, "M28"),
        ({"oversight": Oversight.AUDIT}, "M29"),
        ({"oversight": Oversight.INSPECTOR}, "M29"),
        ({"envoy": 1.0}, "M12"),
        ({"rehearsals": 1.0}, "M34"),
    ],
)
def test_seats_oversight_rank_and_rehearsals_each_let_more_people_in(said, mechanism):
    assert told(**said) > told()
    assert told(**said, without=(mechanism,)) == told()


def test_those_outside_government_know_once_they_are_seated():
    assert told(behind=1, business=Seat.EVALUATOR, entry_stage=2) == told()
    assert told(behind=2, business=Seat.EVALUATOR, entry_stage=2) > told()
