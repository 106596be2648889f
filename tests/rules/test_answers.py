"""What is put on the table, and who says yes."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.answers import chance_of_bridge, common_ground, per_unit, price_at_home

SHARE = st.floats(0.0, 1.0)
POINTS = st.floats(0.0, 30.0)


@given(POINTS)
def test_a_concession_in_private_without_gifts_costs_what_it_costs(cost):
    assert price_at_home(cost, 0.0, 0.0) == cost


@given(POINTS, st.floats(0.0, 4.0), st.floats(0.0, 4.0), SHARE)
def test_a_louder_audience_makes_a_concession_dearer(cost, loud, louder, face):
    assert price_at_home(cost, loud + louder, face) >= price_at_home(cost, loud, face)


@given(POINTS, st.floats(0.0, 4.0), SHARE)
def test_a_visible_benefit_saves_face_but_never_pays_for_more_than_the_concession(cost, loud, face):
    assert 0.0 <= price_at_home(cost, loud, face) <= price_at_home(cost, loud, 0.0)


@given(st.floats(0.05, 1.0), st.floats(-5.0, 5.0))
def test_a_small_step_is_judged_like_a_large_one_of_the_same_terms(size, gain):
    assert per_unit(gain * size, size, size, 0.01) == pytest.approx(per_unit(gain, 1.0, 1.0, 0.01))


@given(st.floats(-5.0, 5.0), st.floats(0.0, 0.04))
def test_the_smallest_steps_are_not_magnified_without_end(gain, size):
    assert abs(per_unit(gain, size, size, 0.05)) <= abs(gain) / 0.05


@given(SHARE, SHARE, st.floats(-20.0, 20.0), st.floats(0.1, 3.0))
def test_a_bridge_is_found_only_where_both_could_gain(skill, access, surplus, noise):
    chance = chance_of_bridge(skill, access, surplus, noise)
    assert 0.0 <= chance <= min(skill, access) + 1e-12
    if surplus <= 0.0:
        assert chance == 0.0


def test_a_skilled_mediator_with_access_to_both_finds_more():
    assert chance_of_bridge(0.9, 0.8, 1.0, 1.0) > chance_of_bridge(0.5, 0.8, 1.0, 1.0)
    assert chance_of_bridge(0.9, 0.8, 1.0, 1.0) > chance_of_bridge(0.9, 0.3, 1.0, 1.0)
    assert chance_of_bridge(0.9, 0.0, 1.0, 1.0) == 0.0


def world_of(*meetings):
    """Return a world with one dispute, and a possible channel for each number of ``meetings``."""
    channels = [SimpleNamespace(meetings=count) for count in meetings]
    dispute = SimpleNamespace(first_channel=0, channels=len(channels))
    return SimpleNamespace(disputes=[dispute], channels=channels)


@given(st.lists(st.integers(0, 40), max_size=4), st.integers(0, 3), st.integers(1, 20))
def test_every_meeting_prepares_ground_and_none_prepares_all_of_it(meetings, which, more):
    ground = common_ground(world_of(*meetings), 0, 12.0)
    assert 0.0 <= ground < 1.0
    further = [count + more * (place == which) for place, count in enumerate(meetings)]
    assert common_ground(world_of(*further), 0, 12.0) >= ground


def test_who_never_met_has_prepared_nothing():
    assert common_ground(world_of(), 0, 12.0) == common_ground(world_of(0, 0), 0, 12.0) == 0.0
    assert common_ground(world_of(5, 7), 0, 12.0) == 0.5
