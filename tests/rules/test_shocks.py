"""What nobody at the table decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.shocks import (
    chance_of_escalation,
    character_drawn,
    hazard_of_attack,
    hazard_of_incident,
)
from model.vocabulary import Character

SHARE = st.floats(0.0, 1.0)
POINTS = st.floats(0.0, 10.0)


@given(st.floats(0.0, 0.2), SHARE, SHARE, SHARE)
def test_incidents_come_with_tension_and_are_held_off_by_standing_peace(rate, quiet, tension, peace):
    hazard = hazard_of_incident(rate, quiet, tension, peace)
    assert 0.0 <= hazard <= rate * (quiet + tension)
    assert hazard_of_incident(rate, quiet, min(1.0, tension + 0.1), peace) >= hazard
    assert hazard_of_incident(rate, quiet, tension, 1.0) == 0.0


@given(SHARE, POINTS, st.floats(0.1, 5.0), SHARE, SHARE)
def test_a_hotline_stops_escalations(most, misreading, half, hotline, line):
    chance = chance_of_escalation(most, misreading, half, hotline, line)
    assert 0.0 <= chance <= most
    assert chance <= chance_of_escalation(most, misreading, half, 0.0, line)
    assert chance_of_escalation(most, misreading, half, 1.0, line) == 0.0


@given(SHARE, POINTS, st.floats(0.1, 5.0), SHARE)
def test_an_open_line_stops_escalations(most, misreading, half, hotline):
    assert chance_of_escalation(most, misreading, half, hotline, 1.0) == 0.0


@given(SHARE, POINTS, st.floats(0.0, 5.0))
def test_who_misreads_the_other_escalates(most, misreading, more):
    assert chance_of_escalation(most, misreading + more, 1.5, 0.0, 0.0) >= chance_of_escalation(
        most, misreading, 1.5, 0.0, 0.0
    )
    assert chance_of_escalation(most, 0.0, 1.5, 0.0, 0.0) == 0.0


@given(SHARE, POINTS, st.floats(0.1, 5.0), SHARE, SHARE)
def test_a_spoiler_strikes_only_with_a_stake_at_progress_and_in_the_dark(
    rate, stake, half, progress, unclear
):
    assert 0.0 <= hazard_of_attack(rate, stake, half, progress, unclear) <= rate
    assert hazard_of_attack(rate, 0.0, half, progress, unclear) == 0.0
    assert hazard_of_attack(rate, stake, half, 0.0, unclear) == 0.0
    assert hazard_of_attack(rate, stake, half, progress, 0.0) == 0.0


def test_more_at_stake_makes_attacks_likelier():
    assert hazard_of_attack(0.15, 3.0, 2.0, 0.5, 0.5) > hazard_of_attack(0.15, 1.0, 2.0, 0.5, 0.5)


def test_characters_are_drawn_as_often_as_their_prior_says():
    drawn = [character_drawn((place + 0.5) / 1000, 0.35, 0.4) for place in range(1000)]
    assert [drawn.count(character) for character in Character] == pytest.approx([350, 400, 250], abs=1)
