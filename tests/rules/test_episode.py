"""Giving way and giving up, outside the talks."""

from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.episode import gain_of_giving_up, gain_of_giving_way

POINTS = st.floats(0.0, 20.0)


@given(POINTS, POINTS, POINTS, POINTS, POINTS)
def test_a_target_gives_way_for_hope_and_holds_out_for_cost_pride_and_reserve(
    hope, cost, pride, reserve, more
):
    base = gain_of_giving_way(hope, cost, pride, reserve)
    assert gain_of_giving_way(hope + more, cost, pride, reserve) >= base
    assert gain_of_giving_way(hope, cost + more, pride, reserve) <= base
    assert gain_of_giving_way(hope, cost, pride + more, reserve) <= base
    assert gain_of_giving_way(hope, cost, pride, reserve + more) <= base


@given(POINTS, POINTS, POINTS, POINTS)
def test_a_target_without_hope_of_relief_has_no_reason_to_give_way(cost, pride, reserve, more):
    assert gain_of_giving_way(0.0, cost, pride, reserve) <= 0.0


@given(POINTS, POINTS, POINTS, POINTS, POINTS)
def test_a_sender_gives_up_for_weariness_and_loss_and_holds_on_for_hope_and_standing(
    weariness, loss, hope, standing, more
):
    base = gain_of_giving_up(weariness, loss, hope, standing)
    assert gain_of_giving_up(weariness + more, loss, hope, standing) >= base
    assert gain_of_giving_up(weariness, loss + more, hope, standing) >= base
    assert gain_of_giving_up(weariness, loss, hope + more, standing) <= base
    assert gain_of_giving_up(weariness, loss, hope, standing + more) <= base
