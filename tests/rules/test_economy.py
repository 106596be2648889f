"""What pressure does to output and to households."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.economy import output_after, relief_of_need
from model.vocabulary import Humanitarian

SHARE = st.floats(0.0, 1.0)


def test_output_without_a_loss_stays_where_it_is():
    assert output_after(1.0, 0.0, 1.0, 0.3, 0.05) == 1.0


@given(st.floats(0.3, 1.0), st.floats(0.0, 40.0), st.floats(0.1, 3.0), SHARE, SHARE)
def test_output_never_rebounds_past_what_it_was(output, loss, depth, fall, recovery):
    assert 0.0 < output_after(output, loss, depth, fall, recovery) <= 1.0 + 1e-12


@given(st.floats(0.0, 40.0), st.floats(0.1, 3.0))
def test_output_settles_where_the_loss_allows(loss, depth):
    output = 1.0
    for _ in range(400):
        output = output_after(output, loss, depth, 0.3, 0.1)
    assert output == pytest.approx(1.0 / (1.0 + depth * loss / 100.0))


def test_output_comes_back_more_slowly_than_it_falls():
    goal = 1.0 / 1.1
    fallen = 1.0 - output_after(1.0, 10.0, 1.0, 0.3, 0.05)
    regained = output_after(goal, 0.0, 1.0, 0.3, 0.05) - goal
    assert 0.0 < regained < fallen


@given(st.sampled_from(list(Humanitarian)), SHARE, SHARE)
def test_aid_takes_away_at_most_all_hardship(humanitarian, openings, channel):
    assert 0.0 <= relief_of_need(humanitarian, openings, channel, channel) <= 1.0


def test_aid_on_a_calendar_of_its_own_reaches_more_people():
    none = relief_of_need(Humanitarian.NONE, 0.0, 0.5, 0.5)
    assert none == 0.0
    assert relief_of_need(Humanitarian.SEPARATE_CALENDAR, 0.0, 0.5, 0.5) == 0.5
    assert relief_of_need(Humanitarian.PRIORITY, 0.0, 0.5, 0.5) == 0.5


def test_openings_help_with_or_without_such_a_calendar():
    for humanitarian in Humanitarian:
        assert relief_of_need(humanitarian, 1.0, 0.5, 0.5) > relief_of_need(humanitarian, 0.0, 0.5, 0.5)
