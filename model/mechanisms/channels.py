"""Back channels: who talks where nobody listens, and what it teaches.

A mediator opens a channel when the strategy wants one and both sides let it in; each meeting narrows the
two sides' misreading of each other and builds a little trust; heated words, silence and local tracks that
bypass the centre bring misreading back:

    opening = rate x access of the weaker side x credibility x trust in the mediator x attention
    misreading' = misreading x (1 - insight x skill x shared data) at a meeting; otherwise it drifts up

(M01-M03, M05-M10, M12, M15, M19, M20, M23, M66, M107, M117; after Kurizaki 2007 on private diplomacy.)
"""

from __future__ import annotations

import math
from typing import Any

from model.bounded import drawn_to, pushed, saturating
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.experience import trust_along, witness
from model.ledger import NOBODY, mediator_actor, note
from model.lines import close_line, memorandum_of, open_line
from model.monitoring import combined
from model.packages import pressure_felt
from model.process import attention_left, months_before_talks
from model.vocabulary import (
    FINANCE_BIT,
    FULL_SEAT,
    ChannelTiming,
    DisputeStatus,
    Event,
    Sector,
    Stream,
    TechnicalTrack,
    Track,
)


@rule("M01")
def chance_of_opening(rate: float, access: float, credibility: float, trust: float) -> float:
    """Return the monthly chance that a mediator opens a channel both sides let it keep."""
    return rate * access * credibility * trust


@rule("M19", "M117")
def readiness(rate: float, paying: float, burnt: float) -> float:
    """Return how ready governments are to open a line again: cooperation that pays helps, exposure hurts."""
    return rate * (1.0 + paying) * (1.0 - burnt)


@rule("M02", "M07", "M08", "M10")
def misreading_after_meeting(misreading: float, insight: float, skill: float, exchange: float) -> float:
    """Return the misreading of the other's red line after a meeting led with ``skill`` over shared data."""
    return misreading * (1.0 - insight * skill * exchange)


@rule("M03")
def misreading_after_silence(misreading: float, most: float, drift: float, rhetoric: float) -> float:
    """Return the misreading after a month without a meeting, under heated words."""
    return drawn_to(misreading, most, drift * rhetoric)


@rule("M66")
def payable(level: float, hindrance: float, opening: float) -> float:
    """Return how far talks can be paid for under financial measures at ``level``, given an ``opening``."""
    return 1.0 - hindrance * level * (1.0 - opening)


@phase()
def wants_channel(world: Any, given: Any, dispute: int, month: int) -> bool:
    """Return whether the strategy wants a back channel open this month (D22, D23)."""
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    if header.track == Track.PUBLIC or row.status == DisputeStatus.ENDED:
        return False
    if row.agreement == 1 and header.keep_channel == 0 and month > row.agreement_at + 1:
        return False
    if header.channel_timing == ChannelTiming.ON_SHOCK:
        return row.last_incident >= 0 or row.last_attack >= 0
    if header.channel_timing == ChannelTiming.DURING_PRESSURE:
        return 2 * month >= months_before_talks(header.pressure_months, header.pressure_beside)
    return True


@phase("M01", "M15", "M19", "M117")
def open_channel(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let the mediators of a dispute try, in turn, until one channel is open."""
    row = world.disputes[dispute]
    numbers = given.parameters
    for channel in range(row.first_channel, row.first_channel + row.channels):
        if world.channels[channel].open == 1:
            return
    tries = stream_of(given.luck, Stream.CHANNEL_OPENING, month)
    paying = saturating(world.states[row.target_state].gain, numbers.gain_half)
    ready = readiness(
        given.on.m01 * numbers.opening, given.on.m19 * paying, given.on.m117 * row.exposed
    ) * attention_left(world, dispute, numbers.crowding)
    for channel in range(row.first_channel, row.first_channel + row.channels):
        line = world.channels[channel]
        mediator = world.mediators[line.mediator]
        trust_target = trust_along(world.trust, line.tie_target, numbers.stranger)
        trust_lead = trust_along(world.trust, line.tie_lead, numbers.stranger)
        chance = chance_of_opening(
            ready,
            min(line.access_target, line.access_lead),
            mediator.credibility,
            math.sqrt(trust_target * trust_lead),
        )
        if mediator.busy < mediator.capacity and uniform(tries, line.luck) < chance:
            line.trust_target = trust_target
            line.trust_lead = trust_lead
            open_line(world, given, dispute, channel, month, chance)
            return


@phase("M02", "M05", "M06", "M07", "M10")
def meet(world: Any, given: Any, dispute: int, channel: int, month: int) -> None:
    """Hold one meeting: both sides read each other better and trust the line a little more."""
    numbers = given.parameters
    on = given.on
    row = world.disputes[dispute]
    line = world.channels[channel]
    mediator = world.mediators[line.mediator]
    line.meetings += 1
    line.met_at = month
    data = on.m10 * combined(row.technical, row.shared_data)
    shared = numbers.without_data + (1.0 - numbers.without_data) * data
    shared *= 1.0 + on.m07 * numbers.fact_checking * mediator.credibility
    for party in (row.target, row.lead):
        seat = world.parties[party]
        lean = mediator.bias if party == row.target else -mediator.bias
        insight = on.m02 * numbers.insight * (1.0 + numbers.leaning * lean)
        seat.misreading = misreading_after_meeting(seat.misreading, insight, mediator.skill, shared)
        weight = on.m06 * numbers.meeting_seen * mediator.credibility
        witness(world.trust, seat.tie_to, 1.0, weight, numbers.loss_aversion)
    line.trust_target = pushed(line.trust_target, on.m06 * numbers.pace * mediator.skill, 0.0)
    line.trust_lead = pushed(line.trust_lead, on.m06 * numbers.pace * mediator.skill, 0.0)
    carrier = mediator_actor(world, line.mediator)
    note(world, month, Event.MEETING, dispute, carrier, row.target_state, amount=float(line.meetings))


@phase("M66")
def chance_of_meeting(world: Any, given: Any, dispute: int) -> float:
    """Return the monthly chance that an open channel is used, given what else its principals have to do."""
    numbers = given.parameters
    row = world.disputes[dispute]
    opening = given.on.m66 * given.plans.headers[row.plan].openings
    if row.measures & FINANCE_BIT > 0:
        opening = 1.0
    lead = world.parties[row.lead]
    level = lead.imposed[Sector.FINANCE] - lead.relieved[Sector.FINANCE]
    chance = numbers.meetings * payable(level, numbers.hindrance, opening)
    return chance * attention_left(world, dispute, numbers.crowding)


@phase("M107")
def talk_locally(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let local tracks grow where pressure lasts and the centre stalls; seated, they help; else bypass."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    strain = saturating(pressure_felt(row), numbers.hardship_half) * (1.0 - row.momentum)
    before = row.local
    row.local = pushed(before, given.on.m107 * numbers.local_rate * strain, numbers.local_rate * row.momentum)
    if before < numbers.majority <= row.local:
        note(world, month, Event.LOCAL_TRACK, dispute, row.target_state, row.lead_state, amount=row.local)
    included = max(header.civil_society, header.communities) / FULL_SEAT
    for party in (row.target, row.lead):
        seat = world.parties[party]
        seat.misreading *= 1.0 - numbers.local_voice * row.local * included
        seat.misreading = drawn_to(
            seat.misreading, numbers.misreading_most, numbers.local_voice * row.local * (1.0 - included)
        )


@phase("M03", "M20", "M23", "M25")
def settle_details(world: Any, given: Any, dispute: int, line_open: bool) -> None:
    """Let the specialists work, and misreading drift with the month's words."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    quiet = 0.0
    aligned = given.on.m25 * line_open * memorandum_of(header.memorandum, numbers)
    if header.technical_track != TechnicalTrack.NONE:
        pace = numbers.technical_pace * (1.0 + numbers.regulated * header.regulators)
        row.technical = pushed(row.technical, given.on.m23 * pace, 0.0)
        if line_open:
            quiet = given.on.m20 * numbers.quiet_detail
    for party in (row.target, row.lead):
        seat = world.parties[party]
        heat = numbers.silence + given.on.m03 * world.states[seat.state].rhetoric
        seat.misreading = misreading_after_silence(
            seat.misreading, numbers.misreading_most, numbers.drift * (1.0 - aligned), heat
        )
        seat.misreading *= 1.0 - quiet


@phase("M01", "M02", "M03", "M05", "M06", "M07", "M10", "M15", "M19", "M20", "M23", "M66", "M107", "M117")
def confide(world: Any, given: Any, month: int) -> None:
    """Open, use and close the back channels; disputes in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        wanted = wants_channel(world, given, dispute, month)
        if wanted:
            open_channel(world, given, dispute, month)
        held = chance_of_meeting(world, given, dispute)
        line_open = False
        for channel in range(row.first_channel, row.first_channel + row.channels):
            line = world.channels[channel]
            if line.open == 1 and not wanted:
                close_line(world, dispute, channel, month, NOBODY)
            elif line.open == 1:
                line_open = True
                if uniform(stream_of(given.luck, Stream.MEETING, month), line.luck) < held:
                    meet(world, given, dispute, channel, month)
        settle_details(world, given, dispute, line_open)
        talk_locally(world, given, dispute, month)
