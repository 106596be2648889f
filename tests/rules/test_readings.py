"""How a dispute stands, read off its rows."""

import math

import pytest

from model.plan import STAGES
from model.readings import leverage_left, measures_imposed, step_promised, talks_live
from model.records import blank
from model.vocabulary import DisputeStatus, Sector, Standing
from model.world import DISPUTES, PARTIES, PROCESSES

LEAD, ALLY = 1, 2


@pytest.fixture
def row():
    """Return a dispute of a target, a lead sender and an ally."""
    row = blank(DISPUTES, 1)[0]
    row.lead, row.senders, row.step_scale = LEAD, 2, 1.0
    return row


@pytest.fixture
def parties():
    """Return a target, a lead sender that imposes three quarters of the measures, and an ally."""
    parties = blank(PARTIES, 3)
    parties.state = [10, 11, 12]
    parties.member = 1
    parties.imposed[LEAD, Sector.ENERGY], parties.imposed[ALLY, Sector.ENERGY] = 0.6, 0.2
    return parties


@pytest.fixture
def half():
    """Return a stage that gives back half of the measures on energy."""
    stage = blank(STAGES, 1)[0]
    stage.relief[Sector.ENERGY] = 0.5
    return stage


def test_a_stage_promises_its_share_of_what_all_senders_imposed(parties, row, half):
    assert step_promised(parties, row, half) == pytest.approx(0.5)


def test_a_smaller_step_promises_less(parties, row, half):
    row.step_scale = 0.8
    assert step_promised(parties, row, half) == pytest.approx(0.4)


def test_a_stage_of_one_sender_promises_only_that_sender_s_part(parties, row, half):
    half.only_sender = 1 + 12
    assert step_promised(parties, row, half) == pytest.approx(0.5 * 0.2 / 0.8)


def test_a_sender_that_has_left_promises_nothing(parties, row, half):
    parties.member[ALLY] = 0
    assert step_promised(parties, row, half) == pytest.approx(0.5 * 0.6 / 0.8)


def test_where_nothing_is_imposed_nothing_can_be_promised_and_no_leverage_is_left(parties, row, half):
    parties.imposed[:] = 0.0
    assert measures_imposed(parties, row) == 0.0
    assert step_promised(parties, row, half) == 0.0
    assert math.isnan(leverage_left(parties, row))


def test_leverage_is_what_members_have_not_given_back(parties, row):
    parties.relieved[LEAD, Sector.ENERGY] = 0.2
    assert leverage_left(parties, row) == pytest.approx((0.4 + 0.2) / 0.8)
    parties.member[ALLY] = 0
    assert leverage_left(parties, row) == pytest.approx(0.4 / 0.8)


@pytest.mark.parametrize("standing", list(Standing))
def test_talks_live_from_their_beginning_until_they_break(row, standing):
    track = blank(PROCESSES, 1)[0]
    track.standing, row.status = standing, DisputeStatus.IMPOSED
    assert talks_live(row, track) == (standing not in (Standing.WAITING, Standing.BROKEN))
    row.status = DisputeStatus.ENDED
    assert not talks_live(row, track)
