"""What nobody at the table decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.shocks import (
    chance_of_escalation,
    hazard_of_attack,
    hazard_of_incident,
    hazard_of_retaliation,
)

SHARE = st.floats(0.0, 1.0)
POINTS = st.floats(0.0, 10.0)


@given(st.floats(0.0, 0.2), SHARE, SHARE, SHARE, SHARE, SHARE)
def test_incidents_come_with_tension(rate, quiet, tension, peace, contact, restraint):
    hazard = hazard_of_incident(rate, quiet, tension, peace, contact, restraint)
    assert 0.0 <= hazard <= rate * (quiet + tension)
    assert hazard_of_incident(rate, quiet, min(1.0, tension + 0.1), peace, contact, restraint) >= hazard


@pytest.mark.parametrize("holds_off", ["peace", "contact", "restraint"])
def test_standing_peace_contact_and_a_truce_hold_incidents_off_and_at_the_limit_altogether(holds_off):
    scene = {"rate": 0.1, "quiet": 0.1, "tension": 0.8, "peace": 0.2, "contact": 0.2, "restraint": 0.2}
    assert hazard_of_incident(**scene | {holds_off: 0.9}) < hazard_of_incident(**scene)
    assert hazard_of_incident(**scene | {holds_off: 1.0}) == 0.0


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


@given(SHARE, POINTS, st.floats(0.1, 5.0), SHARE, POINTS)
def test_a_target_retaliates_the_more_the_harder_it_is_pressed(rate, pressure, half, hardliners, more):
    hazard = hazard_of_retaliation(rate, pressure, half, hardliners)
    assert 0.0 <= hazard <= rate * hardliners
    assert hazard_of_retaliation(rate, pressure + more, half, hardliners) >= hazard - 1e-12


def test_nobody_retaliates_without_pressure_or_without_hardliners():
    assert hazard_of_retaliation(0.05, 0.0, 3.0, 0.6) == 0.0
    assert hazard_of_retaliation(0.05, 6.0, 3.0, 0.0) == 0.0
