"""Relief: what is due, who gives it, and what is held back.

What is due is decided by the record that can be observed, never by true conduct. Each sender gives from
its own measures,

    relief = share x level imposed x step size x (1 - what its veto player blocks),

never more than it imposed. What is promised and not delivered is a broken promise in the target's eyes
(M39, M40, M42-M44, M74, M76, M78, M90, M91, M94, M102, M119).
"""

from __future__ import annotations

from typing import Any

from model.answers import common_ground, relief_share
from model.bounded import drawn_to, pushed
from model.compiled import phase, rule
from model.experience import witness
from model.ledger import note
from model.lines import prove_word
from model.monitoring import combined
from model.packages import (
    asks_anything,
    clearness,
    has_promised,
    news_of,
    reported_share,
    stage_at_hand,
    stage_of,
)
from model.process import grant, has_line, is_sender, let_others_see, open_trust
from model.vocabulary import (
    SECTORS,
    Announcement,
    Coordination,
    DecisionRule,
    DisputeStatus,
    Event,
    FirstMover,
    Oversight,
    RegionalRole,
    Release,
    Role,
    Standing,
)
from model.world import TRACKS


@rule("M78")
def relief_given(imposed: float, relieved: float, share: float, scale: float, blocked: float) -> float:
    """Return the legal level a sender gives up in one sector; never more than is left of it."""
    return min(imposed - relieved, imposed * share * scale * (1.0 - blocked))


@rule("M44", "M91")
def theatre(step: float, clear: float, reform: float) -> float:
    """Return how much a relief step looks like theatre: abrupt, unexplained, and paid for nothing at home."""
    return step * (1.0 - clear) * (1.0 - reform)


@phase("M76", "M90", "M94")
def consented(world: Any, given: Any, dispute: int) -> bool:
    """Return whether the coalition consents to release, under the strategy's release rule (D30, D31)."""
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    if world.parties[row.lead].delivering == 0:
        return False
    if given.on.m76 == 0.0:
        return True
    if (
        header.regional_role == RegionalRole.LEAD
        and row.body >= 0
        and has_line(world.bodies[row.body].common_lines, dispute) == 0
    ):
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


@phase("M28", "M40")
def blocked_at_home(world: Any, given: Any, dispute: int, party: int, month: int) -> float:
    """Return the share of one sender's relief that a body at home blocks; ground prepared disarms it."""
    row = world.disputes[dispute]
    numbers = given.parameters
    prepared = given.on.m40 * numbers.prepared * common_ground(world, dispute, numbers.meetings_half)
    briefed = given.plans.headers[row.plan].oversight == Oversight.LEGISLATURE
    prepared = combined(prepared, given.on.m28 * numbers.briefing * briefed)
    blocked = 0.0
    for other in range(row.lead, row.lead + row.deciders):
        veto = world.parties[other]
        if veto.role == Role.VETO_PLAYER and veto.veto_of == party:
            if veto.delivering == 0:
                blocked = veto.veto * (1.0 - prepared)
                state = world.parties[party].state
                note(world, month, Event.VETOED, dispute, veto.state, state, amount=blocked)
            else:
                note(world, month, Event.RATIFIED, dispute, veto.state, world.parties[party].state)
    return blocked


@phase("M74", "M78")
def give(world: Any, given: Any, dispute: int, party: int, stage: Any, month: int) -> float:
    """Let one sender give its part of a stage's relief; return the level given up, summed over sectors."""
    row = world.disputes[dispute]
    seat = world.parties[party]
    if relief_share(stage) <= 0.0:
        return 0.0
    blocked = blocked_at_home(world, given, dispute, party, month)
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


@phase("M39", "M42", "M43", "M44", "M90", "M91")
def announce(world: Any, given: Any, dispute: int, stage: Any, together: bool) -> None:
    """Let the publics take in a release: momentum, expectations, and doubt about what it was for."""
    numbers = given.parameters
    on = given.on
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    size = relief_share(stage)
    stir = news_of(stage.announce, on.m39 * numbers.confirming, numbers.hush)
    step = (size + stage.confidence_depth) * (1.0 + on.m90 * numbers.acting_together * together)
    row.momentum = pushed(row.momentum, numbers.momentum_gain * step, 0.0)
    row.step_taken = pushed(row.step_taken, size, 0.0)
    row.attention = pushed(row.attention, numbers.attention_to_news * size * stir, 0.0)
    target = world.states[row.target_state]
    expected = numbers.expecting * size * header.promise
    if stage.announce == Announcement.QUIET:
        expected *= 1.0 - numbers.hush
    target.expectation = pushed(target.expectation, expected, 0.0)
    clear = numbers.clarity * clearness(header.criteria, numbers.private_clarity)
    opaque = numbers.theatre * theatre(size, clear, on.m91 * stage.reform)
    if stage.announce == Announcement.QUIET:
        opaque *= 1.0 + numbers.hush
    for state in (row.target_state, row.lead_state):
        home = world.states[state]
        home.suspicion = pushed(home.suspicion, on.m44 * opaque * home.accountability, 0.0)


@phase("M05", "M74", "M90", "M102")
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
                mine = stage.only_sender == 0 or stage.only_sender == 1 + world.parties[party].state
                if mine and (together or world.parties[party].delivering == 1):
                    total += give(world, given, dispute, party, stage, month)
    track.standing = Standing.DWELLING
    track.since = month
    track.released_at = month
    row.last_progress = month
    announce(world, given, dispute, stage, together)
    if total > 0.0:
        kept = drawn_to(1.0, min(1.0, 1.0 / header.promise), given.on.m102)
        weight = numbers.relief_seen
        if header.first_mover == FirstMover.GOODWILL:
            weight *= 1.0 + numbers.goodwill
        tie = world.parties[row.target].tie_to
        witness(world.trust, tie, kept, weight, numbers.loss_aversion)
        prove_word(world, given, dispute, True, kept, weight)
        let_others_see(world, given, dispute, kept, weight)


@phase("M94")
def is_due(world: Any, given: Any, process: int, stage: Any, month: int) -> bool:
    """Return whether a stage's relief is due, by its release rule and the observed record (D05)."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    waited = month - track.agreed_at
    linked = given.plans.headers[row.plan].first_mover == FirstMover.MEDIATOR and given.on.m94 > 0.0
    if linked and row.channels > 0 and open_trust(world, dispute) <= 0.0 and waited < stage.deadline:
        return False
    if stage.release == Release.BEFORE or stage.release == Release.UNCONDITIONAL:
        return True
    if stage.release == Release.CALENDAR:
        return waited >= stage.dwell
    if stage.release == Release.HYBRID and waited >= stage.deadline:
        return track.negatives == 0
    if stage.release == Release.TOGETHER:
        return reported_share(row) >= 1.0 - stage.tolerance - given.parameters.measurement_slack
    if stage.release == Release.OPTICS:
        return world.states[row.lead_state].support > world.states[row.lead_state].support_base
    return track.positives > 0 or not has_promised(row) or not asks_anything(stage)


@phase("M05", "M78", "M102")
def hold_back(world: Any, given: Any, process: int, month: int) -> None:
    """Count relief that is due and not delivered, and let the target see it."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    lead = world.parties[row.lead]
    lead.withheld += 1
    if lead.withheld > numbers.overdue:
        tie = world.parties[row.target].tie_to
        witness(world.trust, tie, 0.0, numbers.withholding_seen, numbers.loss_aversion)
        prove_word(world, given, dispute, True, 0.0, numbers.withholding_seen)
        let_others_see(world, given, dispute, 0.0, numbers.withholding_seen)
    if lead.withheld == 1 + int(numbers.overdue):
        at_hand = stage_at_hand(world, given, process)
        note(world, month, Event.WITHHELD, dispute, row.lead_state, row.target_state, subject=at_hand)


@phase("M74")
def pay_escrow(world: Any, given: Any, process: int, month: int) -> None:
    """Let relief that was put into escrow flow when a track is concluded (D08)."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    for place in range(header.track_stages[track.track]):
        stage = stage_of(given.plans.stages, header, track.track, place)
        if stage.escrow == 1:
            for party in range(row.lead, row.lead + row.senders):
                if is_sender(world, party):
                    give(world, given, dispute, party, stage, month)


@phase("M74", "M78")
def run_track(world: Any, given: Any, process: int, month: int) -> None:
    """Take one track's month: release what is due, or hold it back."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    stage = stage_of(given.plans.stages, given.plans.headers[row.plan], track.track, track.stage)
    if track.standing == Standing.PERFORMING and track.failing == 0:
        if is_due(world, given, process, stage, month):
            if consented(world, given, dispute):
                world.parties[row.lead].withheld = 0
                release_stage(world, given, process, stage, month)
            else:
                hold_back(world, given, process, month)
        elif month - track.agreed_at > stage.deadline:
            track.failing = max(track.failing, 1)
    elif track.standing == Standing.CONCLUDED and track.since == month:
        pay_escrow(world, given, process, month)


@phase("M39", "M40", "M42", "M43", "M44", "M74", "M76", "M78", "M90", "M91", "M94", "M102", "M119")
def relieve(world: Any, given: Any, month: int) -> None:
    """Give relief, or hold it back; disputes in turn, tracks in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status == DisputeStatus.IMPOSED and row.yielded == 0:
            row.step_taken = drawn_to(row.step_taken, 0.0, given.parameters.forgetting)
            header = given.plans.headers[row.plan]
            for process in range(dispute * TRACKS, dispute * TRACKS + header.tracks):
                run_track(world, given, process, month)
