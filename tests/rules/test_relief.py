"""Relief: given, held back, taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.relief import relief_given, theatre

SHARE = st.floats(0.0, 1.0)
SCALE = st.floats(0.0, 1.5)


@given(SHARE, SHARE, SHARE, SCALE, SHARE)
def test_relief_given_never_exceeds_what_is_left(imposed, part, share, scale, blocked):
    relieved = imposed * part
    given_now = relief_given(imposed, relieved, share, scale, blocked)
    assert 0.0 <= given_now <= imposed - relieved


@given(SHARE, SHARE, SCALE)
def test_a_veto_of_everything_blocks_everything(imposed, share, scale):
    assert relief_given(imposed, 0.0, share, scale, 1.0) == 0.0


@given(st.floats(0.1, 1.0), st.lists(SHARE, max_size=12))
def test_step_after_step_nobody_gives_up_more_than_was_imposed(imposed, steps):
    relieved = 0.0
    for share in steps:
        relieved += relief_given(imposed, relieved, share, 1.0, 0.0)
    assert relieved <= imposed + 1e-12
    assert relieved == pytest.approx(min(imposed, imposed * sum(steps)))


@given(SHARE, SHARE, SHARE)
def test_clear_criteria_leave_no_theatre_and_neither_does_reform_at_home(step, clear, reform):
    assert 0.0 <= theatre(step, clear, reform) <= step
    assert theatre(step, 1.0, reform) == theatre(step, clear, 1.0) == theatre(0.0, clear, reform) == 0.0


@given(SHARE, SHARE, SHARE, SHARE)
def test_the_more_abrupt_a_step_the_more_it_looks_like_theatre(clear, reform, first, second):
    small, large = sorted((first, second))
    assert theatre(small, clear, reform) <= theatre(large, clear, reform)
