"""The target does it, feigns it, drags it out or breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.compliance import caught_within, option_drawn, worth_of_shamming
from model.vocabulary import Conduct

SHARE = st.floats(0.0, 1.0)
POINTS = st.floats(-20.0, 20.0)


@given(SHARE, st.floats(0.0, 50.0))
def test_being_caught_is_a_chance_that_grows_with_reports_and_sight(sensitivity, reports):
    caught = caught_within(sensitivity, reports)
    assert 0.0 <= caught <= 1.0
    assert caught_within(sensitivity, reports + 1.0) >= caught
    assert caught_within(0.0, reports) == 0.0


@given(st.floats(0.0, 10.0), SHARE, SHARE, SHARE, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_the_likelier_it_is_caught_the_less_a_sham_is_worth(kept, first, second, severity, faking, standing):
    less, more = sorted((first, second))
    assert worth_of_shamming(kept, more, severity, faking, standing) <= (
        worth_of_shamming(kept, less, severity, faking, standing) + 1e-12
    )


def test_a_harder_response_and_dearer_faking_make_a_sham_worth_less():
    base = worth_of_shamming(4.0, 0.5, 0.2, 1.0, 1.0)
    assert worth_of_shamming(4.0, 0.5, 0.9, 1.0, 1.0) < base
    assert worth_of_shamming(4.0, 0.5, 0.2, 2.0, 1.0) < base
    assert worth_of_shamming(4.0, 0.5, 0.2, 1.0, 2.0) < base


def test_a_sham_that_is_never_caught_keeps_all_and_costs_only_the_faking():
    assert worth_of_shamming(4.0, 0.0, 0.9, 1.0, 3.0) == 3.0


@given(st.floats(0.0, 1.0, exclude_max=True), POINTS, POINTS, POINTS, POINTS, st.floats(0.05, 3.0))
def test_one_of_the_four_options_is_always_drawn(draw, comply, sham, stall, defy, noise):
    assert option_drawn(draw, comply, sham, stall, defy, noise, 1.0) in set(Conduct)


@given(st.floats(0.0, 1.0, exclude_max=True), POINTS, POINTS, POINTS, POINTS, st.floats(0.05, 3.0))
def test_nobody_feigns_where_feigning_is_switched_off(draw, comply, sham, stall, defy, noise):
    honest = set(Conduct) - {Conduct.SHAMMING}
    assert option_drawn(draw, comply, sham, stall, defy, noise, 0.0) in honest


@pytest.mark.parametrize("best", list(Conduct))
def test_a_government_without_noise_takes_the_best_option(best):
    worth = [0.0, 0.0, 0.0, 0.0]
    worth[best] = 5.0
    drawn = {option_drawn(draw, *worth, 0.05, 1.0) for draw in (0.001, 0.3, 0.6, 0.999)}
    assert drawn == {best}


def test_equal_options_are_drawn_equally_often():
    drawn = [option_drawn((place + 0.5) / 400, 1.0, 1.0, 1.0, 1.0, 0.7, 1.0) for place in range(400)]
    assert [drawn.count(option) for option in Conduct] == [100, 100, 100, 100]
