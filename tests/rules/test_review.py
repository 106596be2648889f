"""What the strategy provides for on the way."""

from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.review import step_after_review
from model.vocabulary import Adaptivity

CHANGE = st.floats(0.0, 0.6)
SHARE = st.floats(0.0, 1.0)


@given(st.floats(0.1, 1.2), st.booleans(), CHANGE, SHARE)
def test_a_script_is_followed_to_the_letter(scale, going_well, change, lessons):
    assert step_after_review(scale, going_well, Adaptivity.SCRIPT, change, lessons) == scale


@given(st.integers(1, 40), st.lists(st.booleans(), min_size=1, max_size=40), CHANGE, SHARE)
def test_steps_stay_positive_and_never_outgrow_the_change(times, reviews, change, lessons):
    scale = 1.0
    for going_well in reviews * times:
        scale = step_after_review(scale, going_well, Adaptivity.BOTH_WAYS, change, lessons)
        assert 0.0 <= scale <= 1.0 + change


def test_progress_enlarges_the_next_step_and_trouble_shrinks_it():
    assert step_after_review(0.8, True, Adaptivity.BOTH_WAYS, 0.2, 0.0) > 0.8
    assert step_after_review(0.8, False, Adaptivity.BOTH_WAYS, 0.2, 0.0) < 0.8


def test_a_loose_script_only_ever_grows():
    assert step_after_review(0.8, True, Adaptivity.LOOSE, 0.2, 0.0) > 0.8
    assert step_after_review(0.8, False, Adaptivity.LOOSE, 0.2, 0.0) == 0.8


def test_lessons_make_a_review_bolder():
    assert step_after_review(0.5, True, Adaptivity.FEEDBACK, 0.2, 1.0) > step_after_review(
        0.5, True, Adaptivity.FEEDBACK, 0.2, 0.0
    )
