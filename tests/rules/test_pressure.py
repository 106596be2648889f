"""What measures take from the target."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.pressure import (
    bite,
    detour_open,
    enforcement_now,
    exempted,
    felt_after,
    loophole_left,
    unsettled,
)
from model.vocabulary import Enforcement, Humanitarian, Sector

SHARE = st.floats(0.0, 1.0)
POINTS = st.floats(0.0, 30.0)


@given(SHARE, SHARE, SHARE)
def test_a_measure_covers_no_more_trade_than_the_sender_has(trade, level, enforcement):
    assert 0.0 <= bite(trade, level, enforcement) <= trade
    assert bite(trade, 0.0, enforcement) == bite(trade, level, 0.0) == 0.0


@given(SHARE, SHARE, SHARE)
def test_no_more_is_diverted_than_can_be(third, covered, most):
    assert 0.0 <= detour_open(third, covered, most) <= most


def test_trade_finds_third_states_only_where_there_are_any_and_more_where_there_are_many():
    assert detour_open(0.0, 0.5, 0.67) == 0.0
    assert detour_open(0.5, 0.5, 0.67) > detour_open(0.2, 0.5, 0.67)
    assert detour_open(0.5, 0.8, 0.67) < detour_open(0.5, 0.5, 0.67)


@given(POINTS, POINTS, SHARE, SHARE)
def test_pressure_felt_lies_between_what_was_felt_and_what_is_legal(felt, legal, rise, fall):
    after = felt_after(felt, legal, rise, fall)
    assert min(felt, legal) - 1e-9 <= after <= max(felt, legal) + 1e-9


@given(POINTS, POINTS)
def test_pressure_settles_where_the_law_puts_it(felt, legal):
    for _ in range(600):
        felt = felt_after(felt, legal, 0.5, 0.1)
    assert felt == pytest.approx(legal, abs=1e-9)


def test_pressure_is_felt_faster_than_it_is_let_go():
    risen = felt_after(0.0, 10.0, 0.5, 0.05)
    fallen = 10.0 - felt_after(10.0, 0.0, 0.5, 0.05)
    assert risen > fallen > 0.0


@given(st.sampled_from(list(Sector)), st.sampled_from(list(Humanitarian)), SHARE, SHARE, SHARE)
def test_exemptions_spare_essentials_alone(sector, humanitarian, exemption, staged, relief):
    spared = exempted(sector, humanitarian, exemption, staged, relief)
    assert 0.0 <= spared <= 1.0
    if sector != Sector.ESSENTIAL or humanitarian == Humanitarian.NONE:
        assert spared == 0.0


@given(st.sampled_from(list(Humanitarian)), SHARE, SHARE)
def test_where_nothing_is_exempt_nothing_is_spared(humanitarian, staged, relief):
    assert exempted(Sector.ESSENTIAL, humanitarian, 0.0, staged, relief) == 0.0


def test_staged_exemptions_begin_smaller_than_full_ones_and_grow_with_relief_until_they_are_whole():
    staged = [exempted(Sector.ESSENTIAL, Humanitarian.STAGED, 0.6, 0.5, relief) for relief in (0.0, 0.5, 1.0)]
    assert 0.0 < staged[0] < staged[1] < staged[2]
    assert staged[2] == pytest.approx(exempted(Sector.ESSENTIAL, Humanitarian.EXEMPTIONS, 0.6, 0.5, 0.0))


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95), SHARE)
def test_priority_lets_more_through_than_exemptions_alone(exemption, staged, relief):
    assert exempted(Sector.ESSENTIAL, Humanitarian.PRIORITY, exemption, staged, relief) > exempted(
        Sector.ESSENTIAL, Humanitarian.EXEMPTIONS, exemption, staged, relief
    )


@given(SHARE, SHARE, SHARE)
def test_each_precaution_closes_part_of_the_loopholes_that_the_others_leave(synchronised, ruled, shared):
    left = loophole_left(synchronised, ruled, shared)
    assert 0.0 <= left <= 1.0
    assert left <= min(loophole_left(synchronised, 0.0, 0.0), loophole_left(0.0, ruled, shared))
    assert loophole_left(0.0, 0.0, 0.0) == 1.0


@given(st.integers(0, 120), st.integers(0, 120))
def test_reviews_and_sunsets_unsettle_and_never_by_more_than_all(every, sunset):
    assert 0.0 <= unsettled(every, sunset) <= 1.0
    assert unsettled(every, sunset) >= max(unsettled(every, 0), unsettled(0, sunset))


def test_an_arrangement_without_an_end_unsettles_nobody_and_a_near_end_more_than_a_far_one():
    assert unsettled(0, 0) == 0.0
    assert unsettled(3, 0) > unsettled(12, 0) > unsettled(36, 0)
    assert unsettled(0, 3) > unsettled(0, 36)


@given(SHARE, st.sampled_from(list(Enforcement)), SHARE, SHARE)
def test_enforcement_stays_a_share(base, policy, relief, step):
    assert 0.0 <= enforcement_now(base, policy, relief, step) <= 1.0


def test_enforcement_follows_the_policy_as_relief_flows():
    def now(policy):
        return enforcement_now(0.6, policy, 0.5, 0.4)

    assert now(Enforcement.LAX) < now(Enforcement.CONSTANT) == 0.6 < now(Enforcement.TIGHTENED)
    assert now(Enforcement.SYNCHRONISED) == 0.6


@given(st.sampled_from(list(Enforcement)))
def test_enforcement_is_what_it_was_while_nothing_is_relieved(policy):
    assert enforcement_now(0.6, policy, 0.0, 0.4) == 0.6
