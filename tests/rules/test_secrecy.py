"""How a back channel comes out, and what that costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.secrecy import damage_of_leak, hazard_of_leak
from model.vocabulary import Disclosure, Oversight

SHARE = st.floats(0.0, 1.0)

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
