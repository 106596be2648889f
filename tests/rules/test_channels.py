"""Back channels: what they teach, and how they come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.channels import (
    chance_of_opening,
    damage_of_leak,
    hazard_of_leak,
    misreading_after_meeting,
    misreading_after_silence,
)
from model.vocabulary import Disclosure, Oversight

SHARE = st.floats(0.0, 1.0)
MISREADING = st.floats(0.0, 5.0)


@given(SHARE, SHARE, SHARE, SHARE)
def test_a_channel_opens_only_where_somebody_credible_is_let_in(rate, access, credibility, trust):
    assert 0.0 <= chance_of_opening(rate, access, credibility, trust) <= rate
    assert chance_of_opening(rate, 0.0, credibility, trust) == 0.0
    assert chance_of_opening(rate, access, 0.0, trust) == 0.0
    assert chance_of_opening(rate, access, credibility, 0.0) == 0.0


leaks = {
    "base": 0.02,
    "insiders": 6,
    "growth": 0.8,
    "ageing": 0.5,
    "salience": 0.6,
    "discretion": 0.5,
    "kept": 0.3,
}


@given(
    st.floats(0.0, 0.2),
    st.integers(2, 60),
    st.floats(0.2, 1.5),
    st.floats(0.0, 10.0),
    SHARE,
    SHARE,
    SHARE,
)
def test_a_leak_is_a_chance(base, insiders, growth, ageing, salience, discretion, kept):
    assert 0.0 <= hazard_of_leak(base, insiders, growth, ageing, salience, discretion, kept) <= 1.0


@pytest.mark.parametrize(
    ("name", "more"), [("insiders", 12), ("ageing", 2.0), ("salience", 0.9), ("base", 0.04)]
)
def test_more_insiders_age_and_attention_make_leaks_likelier(name, more):
    assert hazard_of_leak(**(leaks | {name: more})) > hazard_of_leak(**leaks)


@pytest.mark.parametrize("name", ["discretion", "kept"])
def test_discretion_and_a_memorandum_make_leaks_rarer_and_at_the_limit_impossible(name):
    assert hazard_of_leak(**(leaks | {name: 0.9})) < hazard_of_leak(**leaks)
    assert hazard_of_leak(**(leaks | {name: 1.0})) == 0.0


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


@given(st.sampled_from(list(Disclosure)), st.sampled_from(list(Oversight)), SHARE, SHARE)
def test_a_leak_does_no_more_than_its_damage(disclosure, oversight, cover, watched):
    assert 0.0 <= damage_of_leak(disclosure, oversight, cover, watched) <= 1.0


def test_who_prepared_to_tell_is_hurt_less_by_a_leak():
    bare = damage_of_leak(Disclosure.NONE, Oversight.NONE, 0.5, 0.3)
    told = damage_of_leak(Disclosure.AFTER_THE_FACT, Oversight.NONE, 0.5, 0.3)
    watched = damage_of_leak(Disclosure.NONE, Oversight.LEGISLATURE, 0.5, 0.3)
    both = damage_of_leak(Disclosure.AFTER_THE_FACT, Oversight.LEGISLATURE, 0.5, 0.3)
    assert bare == 1.0
    assert both < min(told, watched)
    assert max(told, watched) < bare
