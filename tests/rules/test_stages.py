"""When a stage has rested, and how a concluded episode is coded."""

from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.stages import ending_of, rested
from model.vocabulary import Ending

SHARE = st.floats(0.0, 1.0)
MONTH = st.integers(0, 120)


@given(MONTH, MONTH, st.integers(0, 24))
def test_a_stage_rests_for_its_dwell_and_no_longer(since, age, dwell):
    assert rested(since, since + age, dwell, 1.0) == (age >= dwell)


@given(MONTH, MONTH, st.integers(0, 24))
def test_no_stage_rests_where_patience_is_switched_off(since, age, dwell):
    assert rested(since, since + age, dwell, 0.0)


@given(SHARE, SHARE)
def test_meeting_more_of_the_demand_is_never_coded_as_less(first, second):
    order = [Ending.NEGOTIATED, Ending.ACQUIESCED_PARTLY, Ending.ACQUIESCED_FULLY]
    less, more = sorted((first, second))
    assert order.index(ending_of(less, 0.8, 0.4)) <= order.index(ending_of(more, 0.8, 0.4))


def test_an_agreement_that_meets_nothing_is_still_negotiated():
    assert ending_of(0.0, 0.8, 0.4) == Ending.NEGOTIATED
    assert ending_of(0.4, 0.8, 0.4) == Ending.ACQUIESCED_PARTLY
    assert ending_of(0.8, 0.8, 0.4) == Ending.ACQUIESCED_FULLY
