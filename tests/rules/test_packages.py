"""What a package is worth, and to whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.packages import (
    audience_of,
    burden_of,
    clearness,
    exchange,
    exposure_of_sender,
    exposure_of_target,
    nearness_of,
    news_of,
    recovery_of,
    seated,
    seats_taken,
    severity_of,
    trust_with_guarantee,
    worth_in_time,
    worth_of_conduct,
)
from model.vocabulary import FULL_SEAT, Announcement, Character, Criteria, Release, Response, Sector

SHARE = st.floats(0.0, 1.0)
POINTS = st.floats(0.0, 30.0)
RELEASE = st.sampled_from(list(Release))


def test_an_election_is_felt_most_in_its_month_and_not_at_all_from_the_horizon():
    assert nearness_of(10, 10, 9.0) == 1.0
    assert nearness_of(19, 10, 9.0) == 0.0
    assert nearness_of(14, 10, 9.0) > nearness_of(17, 10, 9.0)


def test_an_election_that_is_over_or_never_comes_is_not_felt():
    assert nearness_of(9, 10, 9.0) == 0.0
    assert nearness_of(-1, 0, 9.0) == 0.0


def test_an_audience_is_not_there_in_private_nor_where_nobody_answers_to_it():
    assert audience_of(0.0, 1.0, 1.0, 1.0) == 0.0
    assert audience_of(1.0, 0.0, 1.0, 1.0) == 0.0


@given(SHARE, SHARE, SHARE, SHARE, st.floats(0.0, 1.0))
def test_louder_angrier_and_nearer_audiences_cost_more(loud, answers, angry, near, more):
    base = audience_of(loud, answers, angry, near)
    assert audience_of(min(1.0, loud + more), answers, angry, near) >= base
    assert audience_of(loud, min(1.0, answers + more), angry, near) >= base
    assert audience_of(loud, answers, angry + more, near) >= base
    assert audience_of(loud, answers, angry, near + more) >= base


@given(st.floats(0.01, 1.0), st.floats(0.01, 1.0))
def test_a_benefit_felt_sooner_counts_for_more_and_never_for_more_than_all(speed, impatience):
    assert 0.0 < worth_in_time(speed, impatience) < 1.0
    assert worth_in_time(speed, impatience) > worth_in_time(speed / 2.0, impatience)
    assert worth_in_time(speed, impatience) > worth_in_time(speed, 2.0 * impatience)


def test_what_banks_carry_comes_back_at_the_pace_of_banks():
    slow = {sector for sector in Sector if recovery_of(sector, 0.05, 0.3) == 0.05}
    assert slow == {Sector.FINANCE, Sector.TECHNOLOGY}


@given(SHARE, SHARE, SHARE)
def test_a_sender_counts_on_what_it_saw_and_on_no_more_than_was_promised(observed, agreed, credit):
    counted = worth_of_conduct(observed, agreed, credit)
    assert observed <= counted <= max(observed, agreed) + 1e-12
    assert worth_of_conduct(observed, agreed, 0.0) == observed


def test_a_hardline_target_bears_a_concession_hardest():
    burdens = [burden_of(character, 0.7, 1.0, 1.6) for character in Character]
    assert burdens == [0.7, 1.0, 1.6]


@given(POINTS, POINTS, SHARE)
def test_full_trust_makes_an_exchange_worth_its_difference(won, paid, exposure):
    assert exchange(1.0, won, paid, exposure) == pytest.approx(won - paid)


@given(POINTS, POINTS, SHARE)
def test_without_trust_one_loses_exactly_what_one_is_exposed_for(won, paid, exposure):
    assert exchange(0.0, won, paid, exposure) == pytest.approx(-paid * exposure)


@given(SHARE, POINTS, POINTS, SHARE, SHARE)
def test_less_exposure_never_makes_an_exchange_worse(trust, won, paid, first, second):
    less, more = sorted((first, second))
    assert exchange(trust, won, paid, less) >= exchange(trust, won, paid, more) - 1e-9


@given(SHARE, SHARE)
def test_a_guarantee_adds_trust_up_to_certainty(trust, guarantee):
    assert trust - 1e-12 <= trust_with_guarantee(trust, guarantee) <= 1.0 + 1e-12
    assert trust_with_guarantee(trust, 0.0) == trust
    assert trust_with_guarantee(trust, 1.0) == pytest.approx(1.0)


@given(SHARE, SHARE, SHARE, RELEASE)
def test_exposure_is_a_share_of_a_year(waiting, unseen, lasting, release):
    assert 0.0 <= exposure_of_target(release, waiting, waiting) <= 1.0
    assert 0.0 <= exposure_of_sender(release, waiting, unseen, lasting) <= 1.0 + 1e-12


@given(st.floats(0.05, 0.9), st.floats(0.05, 0.9), st.floats(0.05, 0.9))
def test_who_moves_first_is_exposed(waiting, unseen, lasting):
    sender = [exposure_of_sender(release, waiting, unseen, lasting) for release in Release]
    target = [exposure_of_target(release, waiting, 0.5) for release in Release]
    assert target[Release.BEFORE] == 0.0 < target[Release.TOGETHER] < target[Release.VERIFIED]
    assert sender[Release.BEFORE] > sender[Release.TOGETHER]
    assert sender[Release.BEFORE] > sender[Release.VERIFIED]


@given(st.floats(0.05, 1.0), SHARE, SHARE)
def test_verification_shortens_the_senders_exposure(waiting, unseen, lasting):
    verified = exposure_of_sender(Release.VERIFIED, waiting, unseen, lasting)
    assert verified <= exposure_of_sender(Release.BEFORE, waiting, unseen, lasting) + 1e-12
    assert exposure_of_sender(Release.VERIFIED, waiting, 0.0, lasting) == 0.0


@given(RELEASE, st.floats(0.05, 0.95), SHARE, SHARE)
def test_snapback_shortens_the_senders_exposure(release, waiting, unseen, lasting):
    sure = exposure_of_sender(release, waiting, unseen, 0.0)
    assert sure <= exposure_of_sender(release, waiting, unseen, lasting) + 1e-12


@given(RELEASE, SHARE, SHARE, SHARE, SHARE)
def test_better_sight_never_exposes_the_sender_more(release, waiting, lasting, first, second):
    sharp, blunt = sorted((first, second))
    assert (
        exposure_of_sender(release, waiting, sharp, lasting)
        <= exposure_of_sender(release, waiting, blunt, lasting) + 1e-12
    )


def test_a_response_is_feared_by_how_far_it_goes():
    feared = [severity_of(response, 0.1, 0.6, 0.9) for response in Response]
    assert feared[Response.NONE] == 0.0
    assert feared[Response.NONE] < feared[Response.WARNING] < feared[Response.GRADUATED]
    assert feared[Response.GRADUATED] == feared[Response.DISCRETIONARY] < feared[Response.FULL]


def test_seats_at_the_table_are_a_share_of_all_there_are():
    assert seats_taken(0, 0, 0) == 0.0
    assert seats_taken(FULL_SEAT, FULL_SEAT, FULL_SEAT) == pytest.approx(1.0)
    assert seats_taken(1, 0, 0) < seats_taken(1, 2, 0) < seats_taken(1, 2, 3)


@given(st.floats(0.01, 0.99))
def test_criteria_are_clearest_when_published_and_not_clear_at_all_when_vague(private):
    clear = [clearness(criteria, private) for criteria in Criteria]
    assert clear[Criteria.VAGUE] == 0.0
    assert clear[Criteria.PRIVATE] == private
    assert clear[Criteria.PUBLISHED] == 1.0


@given(SHARE, SHARE)
def test_a_step_announced_before_it_is_seen_makes_the_greatest_stir(confirming, hush):
    stir = [news_of(announce, confirming, hush) for announce in Announcement]
    assert stir[Announcement.BEFORE_VERIFICATION] == 1.0
    assert stir[Announcement.AFTER_VERIFICATION] == 1.0 - confirming
    assert stir[Announcement.QUIET] == 1.0 - hush


@given(st.integers(0, 20), st.integers(0, 20))
def test_nobody_sits_down_before_the_stage_at_which_seats_are_given(behind, entry):
    assert seated(behind, entry) == (behind >= entry)
