"""What a run is judged by."""

import math

import pytest

from model.outcomes import label_of_cause, month_or_never, policy_result
from model.vocabulary import Cause, Ending, Label


def test_a_month_that_never_came_is_not_a_number():
    assert month_or_never(0) == 0.0
    assert month_or_never(17) == 17.0
    assert math.isnan(month_or_never(-1))


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
