"""What monitors report, and what is made of it."""

from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.verification import chance_of_pass, months_to_settle
from model.vocabulary import DisputeHandling

SHARE = st.floats(0.0, 1.0)


@given(SHARE, SHARE)
def test_a_kept_promise_fails_only_by_false_alarm_and_a_broken_one_passes_only_unseen(seen, alarm):
    assert chance_of_pass(True, seen, alarm) == 1.0 - alarm
    assert chance_of_pass(False, seen, alarm) == 1.0 - seen


def test_a_perfect_monitor_tells_the_truth():
    assert chance_of_pass(True, 1.0, 0.0) == 1.0
    assert chance_of_pass(False, 1.0, 0.0) == 0.0


def test_a_panel_with_a_deadline_settles_sooner_than_politics():
    assert months_to_settle(DisputeHandling.PANEL, 2, 3.0, 6.0) == 2.0
    assert months_to_settle(DisputeHandling.PROCEDURE, 2, 3.0, 6.0) == 2.0
    assert months_to_settle(DisputeHandling.RECORD, 2, 3.0, 6.0) == 3.0
    assert months_to_settle(DisputeHandling.NONE, 2, 3.0, 6.0) == 6.0


@given(st.sampled_from(list(DisputeHandling)), st.integers(0, 24), st.floats(1.0, 12.0), st.floats(1.0, 24.0))
def test_every_disputed_finding_takes_time_and_is_settled(handling, deadline, record, slow):
    assert 0.0 < months_to_settle(handling, deadline, record, slow) <= 24.0
