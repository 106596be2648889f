"""Bargaining: what is put on the table, who says yes, and what is then agreed.

A track opens when the strategy's pressure phase is over, the talks can be held and no election is waited
for. Each month both sides answer (answers.py); both must say yes. Where the sum is positive but one side
would lose, a mediator whom both let in may find the package that shares it. What is announced raises
expectations; confidence measures calm, inform and show good faith; a walk-out raises tension
(M01, M08, M10, M16, M42, M45, M46, M97).
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
from model.bounded import chance_of, pushed
from model.compiled import phase
from model.draws import occasion_of, stream_of, uniform
from model.experience import witness
from model.ledger import mediator_actor, note
from model.packages import (
    nearness_of,
    stage_at_hand,
    stage_of,
)
from model.process import blame_for, fall_apart
from model.vocabulary import (
    HOTLINE_BIT,
    MILESTONES,
    Announcement,
    Cause,
    DisputeStatus,
    ElectoralTiming,
    Event,
    Release,
    Standing,
    Stream,
    TechnicalTrack,
    Track,
)
from model.world import TRACKS


@phase("M46")
def may_open(world: Any, given: Any, process: int, month: int) -> bool:
    """Return whether a waiting track may put its first stage on the table this month."""
    track = world.processes[process]
    row = world.disputes[track.dispute]
    header = given.plans.headers[world.disputes[track.dispute].plan]
    if row.status != DisputeStatus.IMPOSED or month < header.pressure_months or row.agreement == 1:
        return False
    if header.ceasefire_first == 1 and row.tension > given.parameters.calm_enough:
        return False
    if header.technical_track == TechnicalTrack.FIRST and row.technical < given.parameters.settled_enough:
        return False
    if not channel_serves(world, given, track.dispute):
        return False
    return not held_for_election(world, given, track.dispute, month)


@phase("M01")
def channel_serves(world: Any, given: Any, dispute: int) -> bool:
    """Return whether talks can be held at all: in public, or through an open back channel."""
    header = given.plans.headers[world.disputes[dispute].plan]
    if header.track == Track.PUBLIC or header.track == Track.DUAL:
        return True
    row = world.disputes[dispute]
    for channel in range(row.first_channel, row.first_channel + row.channels):
        if world.channels[channel].open == 1:
            return True
    return header.track == Track.PRIVATE_THEN_PUBLIC and row.agreement == 1


@phase("M46")
def held_for_election(world: Any, given: Any, dispute: int, month: int) -> bool:
    """Return whether the strategy holds back because a principal votes soon (D41)."""
    header = given.plans.headers[world.disputes[dispute].plan]
    if header.electoral_timing == ElectoralTiming.IGNORE or header.electoral_timing == ElectoralTiming.BEFORE:
        return False
    row = world.disputes[dispute]
    window = float(header.electoral_window + 1)
    near = nearness_of(world.states[row.lead_state].next_election, month, window)
    near = max(near, nearness_of(world.states[row.target_state].next_election, month, window))
    return near > 0.0


@phase("M97", "M10", "M16")
def take_confidence_steps(world: Any, given: Any, dispute: int, stage: Any, month: int) -> None:
    """Carry out the stage's confidence measures: they calm, inform and show good faith."""
    if stage.confidence_steps == 0:
        return
    numbers = given.parameters
    row = world.disputes[dispute]
    depth = given.on.m97 * stage.confidence_depth
    row.confidence = pushed(row.confidence, numbers.confidence_gain * depth, 0.0)
    row.tension = pushed(row.tension, 0.0, numbers.confidence_gain * depth)
    if stage.confidence & HOTLINE_BIT > 0:
        row.hotline = 1
    for party in (row.target, row.lead):
        seat = world.parties[party]
        seat.misreading *= 1.0 - numbers.insight * depth
        witness(
            world.trust,
            seat.tie_to,
            1.0,
            numbers.small_step_seen * stage.confidence_steps,
            numbers.loss_aversion,
        )
    world.tallies[dispute].confidence_steps += stage.confidence_steps
    steps = float(stage.confidence_steps)
    note(world, month, Event.CONFIDENCE_STEP, dispute, row.target_state, row.lead_state, amount=steps)


@phase("M42", "M45")
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
    track.standing = Standing.PERFORMING
    track.since = month
    track.agreed_at = month
    track.positives = 0
    track.negatives = 0
    row.last_progress = month
    size = relief_share(stage)
    row.attention = pushed(row.attention, numbers.attention_to_news * size, 0.0)
    if stage.announce == Announcement.BEFORE_VERIFICATION:
        target = world.states[row.target_state]
        target.expectation = pushed(target.expectation, numbers.expecting * size * header.promise, 0.0)
    take_confidence_steps(world, given, dispute, stage, month)
    at_hand = stage_at_hand(world, given, process)
    note(world, month, Event.AGREED, dispute, row.target_state, row.lead_state, subject=at_hand, amount=size)


@phase("M04", "M08", "M41", "M45", "M46", "M74")
def negotiate(world: Any, given: Any, process: int, month: int) -> None:
    """Hold one month's round on the stage that lies on the table."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    stage = stage_of(given.plans.stages, header, track.track, track.stage)
    if not channel_serves(world, given, dispute):
        if month - track.since > numbers.memory:
            fall_apart(
                world, given, process, month, blame_for(world, dispute, month, numbers.memory, Cause.STALLED)
            )
        return
    world.tallies[dispute].rounds += 1
    target = answer_of_target(world, given, process, row.target, stage, month)
    sender = answer_of_sender(world, given, process, stage, month)
    willing = target_accepts(world, given, process, row.target, target)
    occasion = occasion_of(track.restarts, world.states[row.lead_state].leader_since)
    answer = uniform(stream_of(given.luck, Stream.SENDER_ANSWER, occasion), track.luck)
    offering = answer < chance_of(sender, world.parties[row.lead].noise)
    if not (willing and offering):
        broker = bridged(world, given, dispute, target, sender, month)
        if broker >= 0:
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
    chance = numbers.walk_out * chance_of(-worst, numbers.temper) * (numbers.quiet_hazard + row.tension)
    if uniform(stream_of(given.luck, Stream.WALK_OUT, month), track.luck) < chance:
        note(world, month, Event.WALKED_OUT, dispute, refuser, other, subject=at_hand, amount=worst)
        fall_apart(
            world, given, process, month, blame_for(world, dispute, month, numbers.memory, Cause.REFUSAL)
        )
    elif month - track.since > numbers.patience:
        fall_apart(
            world, given, process, month, blame_for(world, dispute, month, numbers.memory, Cause.STALLED)
        )


@phase()
def table(world: Any, given: Any, process: int, month: int) -> None:
    """Put the next stage of one track on the table, and say who carries it."""
    track = world.processes[process]
    row = world.disputes[track.dispute]
    track.standing = Standing.TABLED
    track.since = month
    carrier = row.lead_state
    for channel in range(row.first_channel, row.first_channel + row.channels):
        if world.channels[channel].open == 1:
            carrier = mediator_actor(world, world.channels[channel].mediator)
    if track.stage == 0 and track.restarts == 0:
        note(world, month, Event.TALKS_OPENED, track.dispute, row.lead_state, row.target_state)
    stage = stage_at_hand(world, given, process)
    note(world, month, Event.TABLED, track.dispute, carrier, row.target_state, subject=stage)


@phase("M04", "M08", "M41", "M45", "M46", "M57", "M61", "M74", "M97")
def bargain(world: Any, given: Any, month: int) -> None:
    """Let episodes and talks take their month; disputes in turn, tracks in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.IMPOSED:
            continue
        header = given.plans.headers[row.plan]
        for process in range(dispute * TRACKS, dispute * TRACKS + header.tracks):
            track = world.processes[process]
            if track.standing == Standing.WAITING and may_open(world, given, process, month):
                table(world, given, process, month)
            elif (
                track.standing == Standing.BROKEN
                and row.agreement == 0
                and row.status == DisputeStatus.IMPOSED
            ):
                restart = uniform(stream_of(given.luck, Stream.RESTART, month), track.luck)
                if restart < given.parameters.restarting and may_open(world, given, process, month):
                    track.restarts += 1
                    table(world, given, process, month)
            if track.standing == Standing.TABLED:
                negotiate(world, given, process, month)
