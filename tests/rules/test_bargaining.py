"""What makes a side leave the table."""

from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.bargaining import startled

HURRY = st.floats(0.0, 5.0)
SHARE = st.floats(0.0, 1.0)
NOTICE = st.integers(0, 24)


@given(HURRY, SHARE, NOTICE)
def test_an_offer_without_notice_is_left_more_often_and_notice_wears_that_off(hurry, misreading, notice):
    assert startled(hurry, misreading, notice) >= startled(hurry, misreading, notice + 1) >= 1.0


@given(HURRY, SHARE, NOTICE, SHARE)
def test_who_misreads_the_other_is_startled_more(hurry, misreading, notice, more):
    assert startled(hurry, misreading + more, notice) >= startled(hurry, misreading, notice)


@given(HURRY, NOTICE)
def test_who_reads_the_other_well_is_not_startled(hurry, notice):
    assert startled(hurry, 0.0, notice) == 1.0
