"""What a run is judged by."""

import math

import pytest

from model.labels import label_of_cause
from model.readings import ratio, spread
from model.verdict import month_or_never, only_where, policy_result
from model.vocabulary import Cause, Ending, Label


def test_a_month_that_never_came_is_not_a_number():
    assert month_or_never(0) == 0.0
    assert month_or_never(17) == 17.0
    assert math.isnan(month_or_never(-1))


def test_what_was_never_counted_has_no_mean():
    assert ratio(3.0, 4.0) == 0.75
    assert math.isnan(ratio(0.0, 0.0))
    assert math.isnan(only_where(0.0, False))
    assert only_where(0.0, True) == 0.0


def test_values_that_are_all_the_same_do_not_spread():
    assert spread(3 * 0.7, 3 * 0.49, 3.0) == pytest.approx(0.0, abs=1e-7)
    assert spread(0.0 + 1.0, 0.0 + 1.0, 2.0) == 0.5


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_a_label_of_failure(cause):
    kept = {Label.SETTLED_AND_DURABLE, Label.SETTLED_BUT_SHAM, Label.TARGET_YIELDED}
    assert label_of_cause(cause) in set(Label) - kept


def test_only_full_acquiescence_is_a_full_success():
    full = {ending for ending in Ending if policy_result(ending) == 4}
    assert full == {Ending.ACQUIESCED_FULLY, Ending.YIELDED_TO_THREAT}
    assert policy_result(Ending.ACQUIESCED_PARTLY) == 3
    assert policy_result(Ending.NEGOTIATED) == 2
    assert policy_result(Ending.SENDER_GAVE_UP) == policy_result(Ending.STALEMATE) == 1
