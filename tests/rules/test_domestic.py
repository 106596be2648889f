"""What each government is allowed at home."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.domestic import (
    backlash,
    oversight_of,
    recently,
    seats_taken,
    secrecy_felt,
    watch_of,
)
from model.vocabulary import FULL_SEAT, Oversight

SHARE = st.floats(0.0, 1.0)


def test_what_happened_is_felt_at_once_and_forgotten_within_the_span():
    felt = [recently(month, 10, 6.0) for month in range(10, 18)]
    assert felt[0] == 1.0
    assert felt == sorted(felt, reverse=True)
    assert felt[6:] == [0.0, 0.0]


def test_what_never_happened_is_not_felt():
    assert recently(3, -1, 6.0) == 0.0


@given(SHARE, SHARE, SHARE)
def test_hardship_without_humiliation_makes_no_hardliners(hardship, resentment, domination):
    assert backlash(hardship, 0.0, domination) == 0.0
    assert backlash(0.0, resentment, domination) == 0.0
    assert backlash(hardship, resentment, 1.0) >= backlash(hardship, resentment, domination)


@given(st.floats(0.0, 200.0), SHARE, SHARE)
def test_secrecy_is_felt_as_a_share_and_more_the_longer_it_lasts(age, secrecy, watched):
    felt = secrecy_felt(age, 12.0, secrecy, watched)
    assert 0.0 <= felt <= 1.0
    assert secrecy_felt(age + 1.0, 12.0, secrecy, watched) >= felt


def test_nothing_hidden_is_not_felt_nor_what_others_fully_watch_over():
    assert secrecy_felt(0.0, 12.0, 1.0, 0.0) == 0.0
    assert secrecy_felt(24.0, 12.0, 0.0, 0.0) == 0.0
    assert secrecy_felt(24.0, 12.0, 1.0, 1.0) == 0.0


def test_oversight_takes_away_suspicion_by_who_watches():
    watched = {kind: oversight_of(kind, 0.2, 0.5, 0.4) for kind in Oversight}
    assert watched == {
        Oversight.NONE: 0.0,
        Oversight.INSPECTOR: 0.2,
        Oversight.LEGISLATURE: 0.5,
        Oversight.AUDIT: 0.4,
    }


@given(SHARE, st.integers(0, 60), st.floats(0.5, 24.0))
def test_oversight_that_meets_more_often_takes_away_more_suspicion(basic, every, fresh):
    watched = watch_of(basic, every, fresh)
    assert 0.0 <= watched <= basic + 1e-12
    assert watch_of(basic, every + 1, fresh) <= watched
    assert watch_of(basic, 0, fresh) == pytest.approx(basic)


def test_seats_at_the_table_are_a_share_of_all_there_are():
    assert seats_taken(0, 0, 0) == 0.0
    assert seats_taken(FULL_SEAT, FULL_SEAT, FULL_SEAT) == pytest.approx(1.0)
    assert seats_taken(1, 0, 0) < seats_taken(1, 2, 0) < seats_taken(1, 2, 3)
