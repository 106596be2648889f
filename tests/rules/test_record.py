"""The month is added up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.packages import depth_share
from model.vocabulary import MILESTONES

DEPTHS = st.lists(st.floats(0.0, 1.0), min_size=MILESTONES, max_size=MILESTONES)


@given(DEPTHS, DEPTHS)
def test_conduct_is_a_share_of_the_demand(depths, asked):
    assert 0.0 <= depth_share(depths, asked) <= 1.0 + 1e-12


@given(DEPTHS.filter(any))
def test_meeting_the_whole_demand_is_all_of_it(asked):
    assert depth_share(asked, asked) == pytest.approx(1.0)
    assert depth_share([0.0] * MILESTONES, asked) == 0.0


def test_doing_more_than_was_asked_of_one_does_not_make_up_for_another():
    asked = [0.5, 0.5] + [0.0] * (MILESTONES - 2)
    assert depth_share([1.0, 0.0] + [0.0] * (MILESTONES - 2), asked) == pytest.approx(0.5)


def test_where_nothing_is_asked_nothing_is_reached():
    assert depth_share([1.0] * MILESTONES, [0.0] * MILESTONES) == 0.0
