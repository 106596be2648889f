"""Senders hold together or tire, and bodies find a common line."""

from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.coalition import bar_of, gain_of_staying
from model.vocabulary import DecisionRule

POINTS = st.floats(0.0, 20.0)


@given(POINTS, POINTS, POINTS, POINTS, POINTS)
def test_a_body_holds_its_members_and_loss_and_weariness_drive_them_out(worth, pull, loss, fatigue, more):
    base = gain_of_staying(worth, pull, loss, fatigue)
    assert gain_of_staying(worth, pull + more, loss, fatigue) >= base
    assert gain_of_staying(worth + more, pull, loss, fatigue) >= base
    assert gain_of_staying(worth, pull, loss + more, fatigue) <= base
    assert gain_of_staying(worth, pull, loss, fatigue + more) <= base


def test_a_body_of_veto_holders_needs_all_its_votes_and_others_fewer():
    assert bar_of(DecisionRule.UNANIMITY, 0.5, 0.25) == 1.0
    assert bar_of(DecisionRule.MAJORITY, 0.5, 0.25) == 0.5
    assert bar_of(DecisionRule.LEAD, 0.5, 0.25) == 0.25
