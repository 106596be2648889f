"""Back channels: who talks where nobody listens, what it teaches, and how it comes out.

A mediator opens a channel when the strategy wants one and both sides let it in; each meeting narrows the
two sides' misreading of each other and builds a little trust; every month it may leak:

    opening = rate x access of the weaker side x credibility x trust in the mediator
    misreading' = misreading x (1 - insight x skill) at a meeting; otherwise it drifts up with rhetoric
    leak = base x insiders^g x (1 + age / scale) x salience x (1 - discretion) x (1 - memorandum)

(M01-M10, M14, M15, M23, M25, M26, M30, M31; after Kurizaki 2007 and Yarhi-Milo 2013 on secrecy.)
"""

from __future__ import annotations

import math
from typing import Any

from model.bounded import drawn_to, pushed
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.experience import trust_along, witness
from model.ledger import NOBODY, mediator_actor, note
from model.lines import close_line, disclose, open_line
from model.vocabulary import (
    ChannelTiming,
    Disclosure,
    DisputeStatus,
    Event,
    Extent,
    Oversight,
    Stream,
    TechnicalTrack,
    Track,
)


@rule("M01")
def chance_of_opening(rate: float, access: float, credibility: float, trust: float) -> float:
    """Return the monthly chance that a mediator opens a channel both sides let it keep."""
    return rate * access * credibility * trust


@rule("M14", "M25")
def hazard_of_leak(
    base: float, insiders: int, growth: float, ageing: float, salience: float, discretion: float, kept: float
) -> float:
    """Return the monthly chance of a leak; ``ageing`` is age over scale, ``kept`` the memorandum's effect."""
    crowd = math.exp(growth * math.log(float(insiders)))
    pressure = base * crowd * (1.0 + ageing) * salience * (1.0 - discretion) * (1.0 - kept)
    return 1.0 - math.exp(-pressure)


@rule("M02", "M07", "M08", "M10")
def misreading_after_meeting(misreading: float, insight: float, skill: float, exchange: float) -> float:
    """Return the misreading of the other's red line after a meeting led with ``skill`` over shared data."""
    return misreading * (1.0 - insight * skill * exchange)


@rule("M03", "M13")
def misreading_after_silence(misreading: float, most: float, drift: float, rhetoric: float) -> float:
    """Return the misreading after a month without a meeting, under heated words."""
    return drawn_to(misreading, most, drift * rhetoric)


@rule("M26", "M31")
def damage_of_leak(disclosure: int, oversight: int, cover: float, watched: float) -> float:
    """Return the share of a leak's damage that remains where disclosure and oversight prepared for it."""
    left = 1.0
    if disclosure != Disclosure.NONE:
        left *= 1.0 - cover
    if oversight != Oversight.NONE:
        left *= 1.0 - watched
    return left


@phase()
def wants_channel(world: Any, given: Any, dispute: int, month: int) -> bool:
    """Return whether the strategy wants a back channel open this month (D22, D23)."""
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    if header.track == Track.PUBLIC or row.status == DisputeStatus.ENDED:
        return False
    if header.channel_timing == ChannelTiming.ON_SHOCK:
        return row.last_incident >= 0 or row.last_attack >= 0
    if header.channel_timing == ChannelTiming.DURING_PRESSURE:
        return 2 * month >= header.pressure_months
    return True


@phase("M01", "M15")
def open_channel(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let the mediators of a dispute try, in turn, until one channel is open."""
    row = world.disputes[dispute]
    numbers = given.parameters
    for channel in range(row.first_channel, row.first_channel + row.channels):
        if world.channels[channel].open == 1:
            return
    tries = stream_of(given.luck, Stream.CHANNEL_OPENING, month)
    for channel in range(row.first_channel, row.first_channel + row.channels):
        line = world.channels[channel]
        mediator = world.mediators[line.mediator]
        trust_target = trust_along(world.trust, line.tie_target, numbers.stranger)
        trust_lead = trust_along(world.trust, line.tie_lead, numbers.stranger)
        chance = chance_of_opening(
            given.on.m01 * numbers.opening,
            min(line.access_target, line.access_lead),
            mediator.credibility,
            math.sqrt(trust_target * trust_lead),
        )
        if mediator.busy < mediator.capacity and uniform(tries, line.luck) < chance:
            line.trust_target = trust_target
            line.trust_lead = trust_lead
            open_line(world, given, dispute, channel, month, chance)
            return


@phase("M02", "M06", "M07", "M10", "M23")
def meet(world: Any, given: Any, dispute: int, channel: int, month: int) -> None:
    """Hold one meeting: both sides read each other better and trust the line a little more."""
    numbers = given.parameters
    row = world.disputes[dispute]
    line = world.channels[channel]
    mediator = world.mediators[line.mediator]
    line.meetings += 1
    shared = numbers.without_data + (1.0 - numbers.without_data) * given.on.m10 * row.technical
    for party in (row.target, row.lead):
        seat = world.parties[party]
        seat.misreading = misreading_after_meeting(
            seat.misreading, given.on.m02 * numbers.insight, mediator.skill, shared
        )
        witness(
            world.trust, seat.tie_to, 1.0, numbers.meeting_seen * mediator.credibility, numbers.loss_aversion
        )
    line.trust_target = pushed(line.trust_target, numbers.pace * mediator.skill, 0.0)
    line.trust_lead = pushed(line.trust_lead, numbers.pace * mediator.skill, 0.0)
    note(
        world,
        month,
        Event.MEETING,
        dispute,
        mediator_actor(world, line.mediator),
        row.target_state,
        amount=float(line.meetings),
    )


@phase("M14", "M26")
def leak(world: Any, given: Any, dispute: int, channel: int, month: int) -> None:
    """Let a channel come out against the will of those who keep it, and sometimes die of it."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    line = world.channels[channel]
    damage = damage_of_leak(
        header.disclosure,
        header.oversight,
        given.on.m26 * numbers.leak_cover,
        given.on.m26 * numbers.oversight_cover,
    )
    row.last_leak = month
    row.attention = pushed(row.attention, numbers.attention_to_leak * damage, 0.0)
    row.publicity = 1.0
    for party in (row.target, row.lead):
        seat = world.parties[party]
        seat.misreading = drawn_to(seat.misreading, numbers.misreading_most, numbers.leak_confusion * damage)
        witness(world.trust, seat.tie_to, 0.0, numbers.leak_blame * damage, numbers.loss_aversion)
        home = world.states[seat.state]
        home.suspicion = pushed(home.suspicion, numbers.leak_scandal * damage * home.accountability, 0.0)
        home.support = pushed(home.support, 0.0, numbers.leak_scandal * damage * home.hardliners)
    line.trust_target = pushed(line.trust_target, 0.0, numbers.leak_scandal * damage)
    line.trust_lead = pushed(line.trust_lead, 0.0, numbers.leak_scandal * damage)
    actor = mediator_actor(world, line.mediator)
    note(world, month, Event.LEAK, dispute, actor, row.target_state, amount=damage, why=line.insiders)
    if header.disclosure == Disclosure.ON_LEAK:
        disclose(world, given, dispute, channel, month)
    line.known = 1
    dies = numbers.leak_closes * damage * (1.0 - line.trust_lead * header.keep_channel)
    if uniform(stream_of(given.luck, Stream.CHANNEL_CLOSING, month), line.luck) < dies:
        close_line(world, dispute, channel, month, Event.LEAK)


@phase("M14", "M25", "M30", "M31")
def keep_channel(world: Any, given: Any, dispute: int, channel: int, month: int) -> None:
    """Run one open channel for a month: meet, and leak or be disclosed."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    line = world.channels[channel]
    mediator = world.mediators[line.mediator]
    if uniform(stream_of(given.luck, Stream.MEETING, month), line.luck) < numbers.meetings:
        meet(world, given, dispute, channel, month)
    if line.known == 0:
        kept = 0.0
        if header.memorandum == Extent.SCOPE:
            kept = numbers.memorandum_scope
        elif header.memorandum == Extent.FULL:
            kept = numbers.memorandum_full
        hazard = hazard_of_leak(
            given.on.m14 * numbers.leak_base,
            line.insiders,
            numbers.leak_crowd,
            (month - line.opened_at) / numbers.leak_age,
            row.salience,
            mediator.discretion * header.secrecy,
            given.on.m25 * kept,
        )
        if uniform(stream_of(given.luck, Stream.LEAK, month), line.luck) < hazard:
            leak(world, given, dispute, channel, month)
        elif (
            (header.secrecy_months > 0 and month - line.opened_at >= header.secrecy_months)
            or (
                header.disclosure == Disclosure.AT_MILESTONES and row.last_progress == month - 1 and month > 0
            )
            or (header.disclosure == Disclosure.AFTER_THE_FACT and row.agreement == 1)
        ):
            disclose(world, given, dispute, channel, month)


@phase("M03", "M13", "M23", "M107")
def settle_publicity(world: Any, given: Any, dispute: int, month: int, line_open: bool) -> None:
    """Move what the public sees of the matter, and what the specialists have settled."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    seen = 1.0
    if line_open and header.track != Track.PUBLIC:
        seen = 1.0 - header.secrecy
        if header.track == Track.DUAL:
            seen = 1.0 - header.secrecy * numbers.private_part
        elif header.track == Track.PRIVATE_THEN_PUBLIC and row.agreement == 1:
            seen = 1.0
    row.publicity = drawn_to(row.publicity, seen, numbers.forgetting if row.publicity > seen else 1.0)
    row.attention = drawn_to(row.attention, 0.0, numbers.forgetting)
    if header.technical_track != TechnicalTrack.NONE:
        row.technical = pushed(row.technical, given.on.m23 * numbers.technical_pace, 0.0)
    for party in (row.target, row.lead):
        seat = world.parties[party]
        heat = numbers.silence + world.states[seat.state].rhetoric
        seat.misreading = misreading_after_silence(
            seat.misreading, numbers.misreading_most, given.on.m03 * numbers.drift, heat
        )


@phase("M01", "M02", "M03", "M10", "M14", "M15", "M23", "M25", "M26", "M30", "M31")
def confide(world: Any, given: Any, month: int) -> None:
    """Open, run and close the back channels; disputes in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        wanted = wants_channel(world, given, dispute, month)
        if wanted:
            open_channel(world, given, dispute, month)
        line_open = False
        for channel in range(row.first_channel, row.first_channel + row.channels):
            if world.channels[channel].open == 1:
                if wanted:
                    keep_channel(world, given, dispute, channel, month)
                else:
                    close_line(world, dispute, channel, month, NOBODY)
            if world.channels[channel].open == 1 and world.channels[channel].known == 0:
                line_open = True
        settle_publicity(world, given, dispute, month, line_open)
