"""Bargaining: what is put on the table, who says yes, and what is then agreed.

A track opens when the strategy's pressure phase is over, the talks can be held and no election is waited
for. Each month both sides answer (answers.py); both must say yes. Where the sum is positive but one side
would lose, a mediator whom both let in may find the package that shares it. The side that likes the offer
least may walk out, the sooner where it is tense and the offer came unprepared and is misread:

    walk-out = rate x chance(- worst) x (quiet part + tension) x (1 + hurry x misreading / (1 + notice))

What is announced raises expectations, and a walk-out raises tension
(M01, M08, M13, M39, M42, M45, M46, M94, M104, M105).
"""

from __future__ import annotations

from typing import Any

from model.answers import (
    answer_of_sender,
    answer_of_target,
    bridged,
    relief_share,
    target_accepts,
    target_blocked,
)
from model.bounded import chance_of, pushed, saturating
from model.compiled import phase, rule
from model.draws import occasion_of, stream_of, uniform
from model.ledger import mediator_actor, note
from model.packages import nearness_of, news_of, stage_at_hand, stage_of
from model.process import attention_left, blame_for, fall_apart, months_before_talks, open_trust
from model.vocabulary import (
    MILESTONES,
    Announcement,
    Cause,
    DisputeStatus,
    ElectoralTiming,
    Event,
    FirstMover,
    Learning,
    RegionalRole,
    Release,
    Role,
    Setback,
    Standing,
    Stream,
    TechnicalTrack,
    Track,
)
from model.world import TRACKS


@rule("M13")
def startled(hurry: float, misreading: float, notice: int) -> float:
    """Return how much likelier a walk-out is where an offer came with little ``notice`` and is misread."""
    return 1.0 + hurry * misreading / (1.0 + notice)


@phase("M46")
def may_open(world: Any, given: Any, process: int, month: int) -> bool:
    """Return whether a waiting track may put its first stage on the table this month."""
    track = world.processes[process]
    row = world.disputes[track.dispute]
    header = given.plans.headers[row.plan]
    if row.status != DisputeStatus.IMPOSED or row.agreement == 1:
        return False
    near = election_near(world, given, track.dispute, month)
    cut_short = near and header.electoral_timing == ElectoralTiming.BEFORE
    if month < months_before_talks(header.pressure_months, header.pressure_beside) and not cut_short:
        return False
    if header.ceasefire_first == 1 and row.tension > given.parameters.calm_enough:
        return False
    if header.technical_track == TechnicalTrack.FIRST and row.technical < given.parameters.settled_enough:
        return False
    if not channel_serves(world, given, track.dispute):
        return False
    return not held_for_election(world, given, track.dispute, month)


@phase("M01", "M94")
def channel_serves(world: Any, given: Any, dispute: int) -> bool:
    """Return whether talks can be held at all: in public, or through an open back channel."""
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    if header.track == Track.PUBLIC:
        return True
    if header.track == Track.DUAL and header.first_mover != FirstMover.MEDIATOR:
        return True
    for channel in range(row.first_channel, row.first_channel + row.channels):
        if world.channels[channel].open == 1:
            return True
    return header.track == Track.PRIVATE_THEN_PUBLIC and row.agreement == 1


@phase("M46")
def election_near(world: Any, given: Any, dispute: int, month: int) -> bool:
    """Return whether a principal votes within the strategy's window (D41)."""
    row = world.disputes[dispute]
    window = float(given.plans.headers[row.plan].electoral_window + 1)
    near = nearness_of(world.states[row.lead_state].next_election, month, window)
    return max(near, nearness_of(world.states[row.target_state].next_election, month, window)) > 0.0


@phase("M46")
def held_for_election(world: Any, given: Any, dispute: int, month: int) -> bool:
    """Return whether the strategy holds back because a principal votes soon, or has just voted (D41)."""
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    if header.electoral_timing == ElectoralTiming.IGNORE or header.electoral_timing == ElectoralTiming.BEFORE:
        return False
    if header.electoral_timing == ElectoralTiming.AVOID:
        last = max(world.states[row.lead_state].last_election, world.states[row.target_state].last_election)
        if last >= 0 and month - last <= header.electoral_window:
            return True
    return election_near(world, given, dispute, month)


@phase("M39", "M42", "M45")
def agree(world: Any, given: Any, process: int, stage: Any, month: int, promising: bool) -> None:
    """Put down what both sides have said yes to; expectations rise with what is announced."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    if promising:
        for milestone in range(MILESTONES):
            row.agreed[milestone] = max(row.agreed[milestone], stage.asks[milestone] * row.asked[milestone])
        for party in range(row.first_party, row.first_party + row.parties):
            seat = world.parties[party]
            if seat.role == Role.VETO_PLAYER and seat.veto_of == row.target:
                note(world, month, Event.RATIFIED, dispute, seat.state, row.target_state)
    track.standing = Standing.PERFORMING
    track.since = month
    track.agreed_at = month
    track.positives = 0
    track.negatives = 0
    row.last_progress = month
    size = relief_share(stage)
    stir = news_of(stage.announce, given.on.m39 * numbers.confirming, numbers.hush)
    row.attention = pushed(row.attention, numbers.attention_to_news * size * stir, 0.0)
    if stage.announce == Announcement.BEFORE_VERIFICATION:
        target = world.states[row.target_state]
        target.expectation = pushed(target.expectation, numbers.expecting * size * header.promise, 0.0)
    at_hand = stage_at_hand(world, given, process)
    note(world, month, Event.AGREED, dispute, row.target_state, row.lead_state, subject=at_hand, amount=size)


@phase("M13", "M105")
def hazard_of_walk_out(world: Any, given: Any, process: int, worst: float, month: int) -> float:
    """Return the chance that the side that likes the offer least walks out this month."""
    numbers = given.parameters
    track = world.processes[process]
    row = world.disputes[track.dispute]
    misreading = 0.5 * (world.parties[row.target].misreading + world.parties[row.lead].misreading)
    chance = numbers.walk_out * chance_of(-worst, numbers.temper) * (numbers.quiet_hazard + row.tension)
    chance *= startled(
        given.on.m13 * numbers.hurry, saturating(misreading, numbers.misreading_half), month - track.since
    )
    if row.body >= 0 and given.plans.headers[row.plan].regional_role != RegionalRole.NONE:
        chance *= 1.0 - given.on.m105 * numbers.hosting * world.bodies[row.body].can_host
    return chance


@phase("M04", "M08", "M41", "M45", "M46", "M74")
def negotiate(world: Any, given: Any, process: int, month: int) -> None:
    """Hold one month's round on the stage that lies on the table."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    stage = stage_of(given.plans.stages, given.plans.headers[row.plan], track.track, track.stage)
    if not channel_serves(world, given, dispute):
        if month - track.since > numbers.memory:
            cause = blame_for(world, dispute, month, numbers.memory, Cause.STALLED)
            fall_apart(world, given, process, month, cause)
        return
    attended = uniform(stream_of(given.luck, Stream.DISPUTE, month), track.luck)
    if attended >= attention_left(world, dispute, numbers.crowding):
        return
    world.tallies[dispute].rounds += 1
    target = answer_of_target(world, given, process, row.target, stage, month)
    sender = answer_of_sender(world, given, process, stage, month)
    willing = target_accepts(world, given, process, row.target, target)
    occasion = occasion_of(track.restarts, world.states[row.lead_state].leader_since)
    answer = uniform(stream_of(given.luck, Stream.SENDER_ANSWER, occasion), track.luck)
    offering = answer < chance_of(sender, world.parties[row.lead].noise)
    if not (willing and offering) and bridged(world, given, dispute, target, sender, month) >= 0:
        willing = True
        offering = True
    if willing and target_blocked(world, given, process, stage, month):
        willing = False
    if offering and (willing or stage.release == Release.UNCONDITIONAL):
        agree(world, given, process, stage, month, willing)
        return
    refuser = row.target_state if not willing else row.lead_state
    other = row.lead_state if not willing else row.target_state
    worst = min(target, sender)
    at_hand = stage_at_hand(world, given, process)
    note(world, month, Event.REFUSED, dispute, refuser, other, subject=at_hand, amount=worst)
    draw = uniform(stream_of(given.luck, Stream.WALK_OUT, month), track.luck)
    if draw < hazard_of_walk_out(world, given, process, worst, month):
        note(world, month, Event.WALKED_OUT, dispute, refuser, other, subject=at_hand, amount=worst)
        cause = blame_for(world, dispute, month, numbers.memory, Cause.REFUSAL)
        fall_apart(world, given, process, month, cause)
    elif month - track.since > numbers.patience:
        cause = blame_for(world, dispute, month, numbers.memory, Cause.STALLED)
        fall_apart(world, given, process, month, cause)


@phase()
def table(world: Any, given: Any, process: int, month: int) -> None:
    """Put the next stage of one track on the table, and say who carries it."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    track.standing = Standing.TABLED
    track.since = month
    carrier = row.lead_state
    for channel in range(row.first_channel, row.first_channel + row.channels):
        if world.channels[channel].open == 1:
            carrier = mediator_actor(world, world.channels[channel].mediator)
    if track.stage == 0 and track.restarts == 0:
        note(world, month, Event.TALKS_OPENED, dispute, row.lead_state, row.target_state)
    stage = stage_at_hand(world, given, process)
    note(world, month, Event.TABLED, dispute, carrier, row.target_state, subject=stage)


@phase("M15", "M38", "M104")
def restart(world: Any, given: Any, process: int, month: int) -> None:
    """Take broken talks up again, sooner over an open line, with what was learned from the last attempt."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    draw = uniform(stream_of(given.luck, Stream.RESTART, month), track.luck)
    candid = given.on.m38 * numbers.candid * (header.setback == Setback.CANDID)
    chance = numbers.restarting * (1.0 + given.on.m15 * open_trust(world, dispute) + candid)
    if draw < chance and may_open(world, given, process, month):
        track.restarts += 1
        if header.learning == Learning.BETWEEN_CYCLES:
            row.lessons = pushed(row.lessons, given.on.m104 * numbers.learning_of_cycle, 0.0)
            note(world, month, Event.LEARNED, dispute, row.lead_state, row.target_state, amount=row.lessons)
        table(world, given, process, month)


@phase("M01", "M04", "M08", "M13", "M15", "M39", "M41", "M42", "M45", "M46", "M94", "M104", "M105")
def bargain(world: Any, given: Any, month: int) -> None:
    """Let the talks take their month; disputes in turn, tracks in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.IMPOSED:
            continue
        header = given.plans.headers[row.plan]
        for process in range(dispute * TRACKS, dispute * TRACKS + header.tracks):
            track = world.processes[process]
            if track.standing == Standing.WAITING and may_open(world, given, process, month):
                table(world, given, process, month)
            elif track.standing == Standing.BROKEN and row.agreement == 0:
                restart(world, given, process, month)
            if track.standing == Standing.TABLED and not held_for_election(world, given, dispute, month):
                negotiate(world, given, process, month)
