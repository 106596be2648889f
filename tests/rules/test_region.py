"""Sponsors carry, are resented, and leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.region import resented, sponsor_now
from model.vocabulary import Taper

SHARE = st.floats(0.0, 1.0)


@given(SHARE, SHARE, st.integers(0, 60), st.sampled_from(list(Taper)), st.integers(0, 300))
def test_a_sponsor_is_never_more_intense_than_planned(start, final, months, taper, age):
    assert 0.0 <= sponsor_now(start, final, months, taper, age) <= max(start, final) + 1e-12


def test_a_sponsor_tapers_evenly_and_then_stays():
    intensity = [sponsor_now(0.8, 0.2, 12, Taper.TAPER, age) for age in (0, 6, 12, 40)]
    assert intensity == pytest.approx([0.8, 0.5, 0.2, 0.2])


def test_a_hard_exit_comes_all_at_once():
    intensity = [sponsor_now(0.8, 0.2, 12, Taper.HARD_EXIT, age) for age in (0, 11, 12, 40)]
    assert intensity == [0.8, 0.8, 0.0, 0.0]


def test_a_constant_sponsor_does_not_leave():
    assert sponsor_now(0.8, 0.2, 12, Taper.CONSTANT, 300) == 0.8


@given(SHARE, SHARE, SHARE)
def test_a_sponsor_is_resented_for_strength_foreignness_and_length(intensity, owned, age):
    assert 0.0 <= resented(intensity, owned, age) <= 1.0
    assert (
        resented(0.0, owned, age) == resented(intensity, 1.0, age) == resented(intensity, owned, 0.0) == 0.0
    )
