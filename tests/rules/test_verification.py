"""What monitors report, and what is made of it."""

from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.verification import (
    chance_of_pass,
    first_report,
    months_to_settle,
    right_of,
    verifiers_asked,
)
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


def test_a_panel_errs_least_and_politics_most():
    right = [right_of(handling, 0.9, 0.75, 0.8, 0.6) for handling in DisputeHandling]
    assert max(right) == right[DisputeHandling.PANEL] == 0.9
    assert min(right) == right[DisputeHandling.NONE] == 0.6
    assert right[DisputeHandling.PROCEDURE] == 0.75
    assert right[DisputeHandling.RECORD] == 0.8


@given(st.integers(0, 12))
def test_somebody_always_reports_and_alone_where_several_are_switched_off(number):
    assert verifiers_asked(number, 1.0) == max(number, 1)
    assert verifiers_asked(number, 0.0) == 1


@given(st.integers(0, 12), st.integers(1, 8), st.booleans(), st.floats(0.5, 2.0))
def test_verifiers_who_have_to_agree_report_later(interval, verifiers, pooled, delay):
    alone = first_report(interval, 1, False, delay)
    assert alone == max(interval, 1)
    assert first_report(interval, verifiers, pooled, delay) >= alone
    assert first_report(interval, verifiers, pooled, 0.0) == alone
    assert first_report(interval, verifiers + 2, pooled, delay) > first_report(
        interval, verifiers, pooled, delay
    )
