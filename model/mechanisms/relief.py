"""Relief: what is due, who gives it, and when the next stage begins, by the strategy's own rules.

What is due is decided by the record that can be observed, never by true conduct. Each sender gives from
its own measures,

    relief = share x level imposed x step size x (1 - what its veto player blocks),

never more than it imposed. What is promised and not delivered is a broken promise in the target's eyes;
what is taken back from a target that complied is a worse one (M42-M44, M74, M78-M80, M82, M90, M95, M99,
M100, M102).
"""

from __future__ import annotations

from typing import Any

from model.bounded import pushed
from model.compiled import phase, rule
from model.experience import trust_along, witness
from model.ledger import NOBODY, note
from model.packages import (
    depth_share,
    has_promised,
    reported_share,
    stage_at_hand,
    stage_of,
)
from model.process import grant, is_sender
from model.vocabulary import (
    SECTORS,
    Cause,
    Coordination,
    Criteria,
    DecisionRule,
    DisputeStatus,
    Ending,
    Event,
    Release,
    Role,
    Standing,
)
from model.world import TRACKS


@rule("M78")
def relief_given(imposed: float, relieved: float, share: float, scale: float, blocked: float) -> float:
    """Return the legal level a sender gives up in one sector; never more than is left of it."""
    return min(imposed - relieved, imposed * share * scale * (1.0 - blocked))


@rule("M44")
def theatre(step: float, clear: float) -> float:
    """Return how much a relief step looks like theatre: abrupt and unexplained."""
    return step * (1.0 - clear)


@phase("M76", "M90")
def consented(world: Any, given: Any, dispute: int) -> bool:
    """Return whether the coalition consents to release, under the strategy's release rule (D30)."""
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    if world.parties[row.lead].delivering == 0:
        return False
    members = 0
    willing = 0
    for party in range(row.lead, row.lead + row.senders):
        if is_sender(world, party):
            members += 1
            willing += world.parties[party].delivering
    if header.release_rule == DecisionRule.UNANIMITY:
        return willing == members
    if header.release_rule == DecisionRule.MAJORITY:
        return 2 * willing > members
    return True


@phase("M74", "M78", "M90")
def give(world: Any, given: Any, dispute: int, party: int, stage: Any, month: int) -> float:
    """Let one sender give its part of a stage's relief; return the level given up, summed over sectors."""
    row = world.disputes[dispute]
    seat = world.parties[party]
    blocked = 0.0
    for other in range(row.lead, row.lead + row.deciders):
        veto = world.parties[other]
        if veto.role == Role.VETO_PLAYER and veto.veto_of == party and veto.delivering == 0:
            blocked = veto.veto
            note(world, month, Event.VETOED, dispute, veto.state, seat.state, amount=blocked)
    total = 0.0
    for sector in range(SECTORS):
        if stage.relief[sector] > 0.0:
            amount = relief_given(
                seat.imposed[sector], seat.relieved[sector], stage.relief[sector], row.step_scale, blocked
            )
            if amount > 0.0:
                grant(world, dispute, party, sector, amount, month, stage.release)
                total += amount
    return total


@phase("M42", "M43", "M44", "M74", "M90", "M102")
def release_stage(world: Any, given: Any, process: int, stage: Any, month: int) -> None:
    """Release a stage's relief: by all members together, or by those who are willing."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    together = header.coordination == Coordination.UNIFIED or header.synchronised == 1
    total = 0.0
    if stage.escrow == 0:
        for party in range(row.lead, row.lead + row.senders):
            if is_sender(world, party):
                mine = stage.only_sender == 0 or stage.only_sender == 1 + party - row.lead
                if mine and (together or world.parties[party].delivering == 1):
                    total += give(world, given, dispute, party, stage, month)
    track.standing = Standing.DWELLING
    track.since = month
    track.released_at = month
    row.last_progress = month
    size = 0.0
    for sector in range(SECTORS):
        size += stage.relief[sector] / SECTORS
    row.momentum = pushed(row.momentum, numbers.momentum_gain * (size + stage.confidence_depth), 0.0)
    row.attention = pushed(row.attention, numbers.attention_to_news * size, 0.0)
    target = world.states[row.target_state]
    target.expectation = pushed(target.expectation, numbers.expecting * size * header.promise, 0.0)
    clear = numbers.clarity * (header.criteria == Criteria.PUBLISHED)
    opaque = given.on.m44 * numbers.theatre * theatre(size, clear)
    target.suspicion = pushed(target.suspicion, opaque * target.accountability, 0.0)
    lead = world.states[row.lead_state]
    lead.suspicion = pushed(lead.suspicion, opaque * lead.accountability, 0.0)
    if total > 0.0:
        kept = min(1.0, 1.0 / header.promise)
        witness(
            world.trust, world.parties[row.target].tie_to, kept, numbers.relief_seen, numbers.loss_aversion
        )


@phase()
def is_due(world: Any, given: Any, process: int, stage: Any, month: int) -> bool:
    """Return whether a stage's relief is due, by its release rule and the observed record (D05)."""
    track = world.processes[process]
    row = world.disputes[track.dispute]
    waited = month - track.agreed_at
    if stage.release == Release.BEFORE or stage.release == Release.UNCONDITIONAL:
        return True
    if stage.release == Release.CALENDAR:
        return waited >= stage.dwell
    if stage.release == Release.HYBRID and waited >= stage.deadline:
        return track.negatives == 0
    if stage.release == Release.TOGETHER:
        return (
            reported_share(world.disputes[track.dispute])
            >= 1.0 - stage.tolerance - given.parameters.measurement_slack
        )
    if stage.release == Release.OPTICS:
        return world.states[row.lead_state].support > world.states[row.lead_state].support_base
    return track.positives > 0 or not has_promised(world.disputes[track.dispute])


@phase("M100")
def conclude(world: Any, given: Any, process: int, month: int) -> None:
    """Close a track whose last stage is done; the main one concludes the agreement."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    track.standing = Standing.CONCLUDED
    track.since = month
    for place in range(header.track_stages[track.track]):
        stage = stage_of(given.plans.stages, header, track.track, place)
        if stage.escrow == 1:
            for party in range(row.lead, row.lead + row.senders):
                if is_sender(world, party):
                    give(world, given, dispute, party, stage, month)
    if track.track == 0 and row.agreement == 0:
        row.agreement = 1
        row.agreement_at = month
        row.agreement_ended_at = NOBODY
        row.violations = 0
        row.cause = Cause.NONE
        tally = world.tallies[dispute]
        if tally.first_agreement_at < 0:
            tally.first_agreement_at = month
        at_hand = stage_at_hand(world, given, process)
        note(world, month, Event.CONCLUDED, dispute, row.target_state, row.lead_state, subject=at_hand)
        if row.ending == Ending.ONGOING:
            row.ended_at = month
            numbers = given.parameters
            row.ending = ending_of(
                depth_share(row.observed, row.asked), numbers.coded_full, numbers.coded_part
            )
            note(world, month, Event.ENDED, dispute, row.lead_state, row.target_state, subject=row.ending)


@rule()
def ending_of(share: float, full: float, part: float) -> int:
    """Return how a coder would record a concluded episode, by the ``share`` of the demand seen to be met."""
    if share >= full:
        return Ending.ACQUIESCED_FULLY
    if share >= part:
        return Ending.ACQUIESCED_PARTLY
    return Ending.NEGOTIATED


@phase("M99", "M100")
def move_on(world: Any, given: Any, process: int, stage: Any, month: int) -> None:
    """Take a track to its next stage once the dwell is over and the stage is proven."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    if month - track.released_at < stage.dwell:
        return
    free = (
        stage.release == Release.UNCONDITIONAL
        or stage.release == Release.OPTICS
        or stage.release == Release.CALENDAR
    )
    if not free and track.positives == 0 and has_promised(row):
        if month - track.released_at > stage.deadline:
            track.failing = 1
        return
    trust = trust_along(world.trust, world.parties[row.lead].tie_to, given.parameters.stranger)
    if stage.until_trust > trust and track.repeats < given.parameters.most_repeats:
        track.repeats += 1
        track.standing = Standing.TABLED
        track.since = month
        return
    track.stage += 1
    track.repeats = 0
    world.tallies[dispute].steps += 1
    row.last_progress = month
    if track.stage >= header.track_stages[track.track]:
        conclude(world, given, process, month)
    else:
        track.standing = Standing.TABLED
        track.since = month


@phase("M78", "M102")
def hold_back(world: Any, given: Any, process: int, month: int) -> None:
    """Count relief that is due and not delivered, and let the target see it."""
    numbers = given.parameters
    track = world.processes[process]
    row = world.disputes[track.dispute]
    lead = world.parties[row.lead]
    lead.withheld += 1
    overdue = lead.withheld > numbers.overdue
    if overdue:
        witness(
            world.trust,
            world.parties[row.target].tie_to,
            0.0,
            numbers.withholding_seen,
            numbers.loss_aversion,
        )
    if lead.withheld == 1 + int(numbers.overdue):
        note(
            world,
            month,
            Event.WITHHELD,
            track.dispute,
            row.lead_state,
            row.target_state,
            subject=stage_at_hand(world, given, process),
        )


@phase("M74", "M78", "M79", "M80", "M100")
def run_track(world: Any, given: Any, process: int, month: int) -> None:
    """Take one track's month: release what is due, answer what failed, move on when time and record allow."""
    track = world.processes[process]
    dispute = track.dispute
    header = given.plans.headers[world.disputes[dispute].plan]
    stage = stage_of(given.plans.stages, header, track.track, track.stage)
    if track.standing == Standing.PERFORMING and track.failing == 0:
        if is_due(world, given, process, stage, month):
            if consented(world, given, dispute):
                world.parties[world.disputes[dispute].lead].withheld = 0
                release_stage(world, given, process, stage, month)
            else:
                hold_back(world, given, process, month)
        elif month - track.agreed_at > stage.deadline:
            track.failing = 1
    elif track.standing == Standing.DWELLING:
        move_on(world, given, process, stage, month)


@phase("M78")
def lift_after_yielding(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let the senders lift their measures from a target that gave way, each when it is minded to.

    What is lifted keeps pace with the conduct that has been seen.
    """
    row = world.disputes[dispute]
    seen = depth_share(row.observed, row.asked)
    for party in range(row.lead, row.lead + row.senders):
        seat = world.parties[party]
        if seat.member == 1 and seat.delivering == 1:
            for sector in range(SECTORS):
                due = seat.imposed[sector] * seen - seat.relieved[sector]
                amount = min(due, given.parameters.lifting_pace)
                if amount > given.parameters.least_step:
                    grant(world, dispute, party, sector, amount, month, NOBODY)


@phase("M42", "M44", "M46", "M54", "M74", "M78", "M79", "M80", "M82", "M90", "M95", "M99", "M100", "M102")
def relieve(world: Any, given: Any, month: int) -> None:
    """Give, hold, expire and take back relief; disputes in turn, tracks in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.IMPOSED:
            continue
        if row.yielded == 1:
            lift_after_yielding(world, given, dispute, month)
            continue
        header = given.plans.headers[row.plan]
        for process in range(dispute * TRACKS, dispute * TRACKS + header.tracks):
            run_track(world, given, process, month)
