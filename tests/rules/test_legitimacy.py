"""How a public judges the process it is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.legitimacy import oversight_of, progress_seen, secrecy_felt, watch_of
from model.vocabulary import Oversight

SHARE = st.floats(0.0, 1.0)


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


@given(SHARE, SHARE, SHARE, SHARE)
def test_no_more_progress_is_seen_than_there_is(momentum, loud, publicity, dashboard):
    assert 0.0 <= progress_seen(momentum, loud, publicity, dashboard) <= momentum + 1e-12
    assert progress_seen(momentum, 0.0, 0.0, 0.0) == 0.0


@given(SHARE, SHARE, SHARE, SHARE, st.integers(1, 3), SHARE)
def test_announcing_and_publishing_each_show_more(momentum, loud, publicity, dashboard, which, more):
    before = [momentum, loud, publicity, dashboard]
    after = [min(1.0, value + more) if place == which else value for place, value in enumerate(before)]
    assert progress_seen(*after) >= progress_seen(*before) - 1e-12


@pytest.mark.parametrize("open_way", [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)])
def test_one_open_way_to_the_public_is_enough_to_see_it_all(open_way):
    assert progress_seen(0.4, *open_way) == pytest.approx(0.4)
