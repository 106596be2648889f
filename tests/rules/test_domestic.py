"""What each government is allowed at home."""

from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.domestic import backlash, doubt_shown, humiliation, made_good, weaponised
from model.vocabulary import Redress, Setback

SHARE = st.floats(0.0, 1.0)


@given(SHARE, SHARE, SHARE)
def test_hardship_without_humiliation_makes_no_hardliners(hardship, resentment, domination):
    assert backlash(hardship, 0.0, domination) == 0.0
    assert backlash(0.0, resentment, domination) == 0.0
    assert backlash(hardship, resentment, 1.0) >= backlash(hardship, resentment, domination)


@given(SHARE, SHARE, SHARE)
def test_hardship_humiliates_more_as_domination_and_less_where_it_is_aimed(hardship, domination, aimed):
    felt = humiliation(hardship, domination, aimed)
    assert felt <= humiliation(hardship, 1.0, aimed)
    assert felt <= humiliation(hardship, domination, 0.0)
    assert humiliation(0.0, domination, aimed) == humiliation(hardship, domination, 1.0) == 0.0


@given(SHARE, st.floats(0.01, 0.99))
def test_a_slip_that_is_explained_is_of_least_use_to_opponents(slipping, candid):
    used = {setback: weaponised(slipping, setback, candid) for setback in Setback}
    assert used[Setback.CANDID] <= used[Setback.SPIN] <= used[Setback.SILENT] == slipping


def test_a_schedule_that_holds_cannot_be_used():
    assert [weaponised(0.0, setback, 0.5) for setback in Setback] == [0.0, 0.0, 0.0]


@given(st.floats(0.01, 0.99))
def test_a_breach_is_shown_whole_by_candour_and_least_by_spin(candid):
    shown = {setback: doubt_shown(setback, candid) for setback in Setback}
    assert shown[Setback.CANDID] == 1.0
    assert 0.0 < shown[Setback.SPIN] < shown[Setback.SILENT] < shown[Setback.CANDID]


def test_redress_makes_good_by_who_can_claim():
    good = {redress: made_good(redress, 0.3, 0.6) for redress in Redress}
    assert good == {Redress.NONE: 0.0, Redress.COMMUNITY: 0.3, Redress.LEGAL: 0.6}
