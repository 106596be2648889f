"""Back channels: when they open and are used, and what they teach."""

from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.channels import (
    chance_of_opening,
    misreading_after_meeting,
    misreading_after_silence,
    payable,
    readiness,
)

SHARE = st.floats(0.0, 1.0)
MISREADING = st.floats(0.0, 5.0)


@given(SHARE, SHARE, SHARE, SHARE)
def test_a_channel_opens_only_where_somebody_credible_is_let_in(rate, access, credibility, trust):
    assert 0.0 <= chance_of_opening(rate, access, credibility, trust) <= rate
    assert chance_of_opening(rate, 0.0, credibility, trust) == 0.0
    assert chance_of_opening(rate, access, 0.0, trust) == 0.0
    assert chance_of_opening(rate, access, credibility, 0.0) == 0.0


@given(MISREADING, SHARE, SHARE, SHARE)
def test_a_meeting_never_teaches_the_wrong_lesson_nor_everything_twice(misreading, insight, skill, data):
    after = misreading_after_meeting(misreading, insight, skill, data)
    assert 0.0 <= after <= misreading


def test_a_skilled_mediator_and_exchanged_data_teach_more():
    plain = misreading_after_meeting(1.0, 0.3, 0.5, 0.5)
    assert misreading_after_meeting(1.0, 0.3, 0.8, 0.5) < plain
    assert misreading_after_meeting(1.0, 0.3, 0.5, 1.0) < plain


@given(st.floats(0.0, 2.5), st.floats(0.0, 0.2), st.floats(0.0, 2.0))
def test_in_silence_misreading_drifts_to_its_most_and_not_beyond(misreading, drift, rhetoric):
    assert misreading - 1e-12 <= misreading_after_silence(misreading, 2.5, drift, rhetoric) <= 2.5


def test_heated_words_make_silence_worse():
    assert misreading_after_silence(1.0, 2.5, 0.05, 0.9) > misreading_after_silence(1.0, 2.5, 0.05, 0.1)


@given(SHARE, SHARE, SHARE)
def test_cooperation_that_pays_opens_lines_again_and_exposure_keeps_them_shut(rate, paying, burnt):
    assert readiness(rate, 0.0, 0.0) == rate
    assert readiness(rate, paying, burnt) >= readiness(rate, 0.0, burnt)
    assert readiness(rate, paying, burnt) <= readiness(rate, paying, 0.0)
    assert readiness(rate, paying, 1.0) == 0.0


@given(SHARE, SHARE, SHARE)
def test_financial_measures_stop_talks_that_nothing_else_can_pay_for(level, hindrance, opening):
    assert 1.0 - hindrance - 1e-12 <= payable(level, hindrance, opening) <= 1.0
    assert payable(level, hindrance, 1.0) == 1.0
    assert payable(0.0, hindrance, opening) == 1.0
    assert payable(level, hindrance, opening) >= payable(1.0, hindrance, opening) - 1e-12
