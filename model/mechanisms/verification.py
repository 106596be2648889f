"""Verification: what monitors report, and what is made of it.

A regime reports at its interval. Each verifier finds a breach that is there with its sensitivity, and one
that is not with its false alarm rate; several vote:

    P(positive) = (1 - false alarm) if the promise is kept within tolerance, else (1 - sensitivity)

A negative finding may be looked at twice, may be disputed, and a panel settles it or politics does. More
verifying powers take longer; findings published as they come are seen, and made something of, by all
(M52, M79, M82-M86, M88, M89, M96, M120).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.bounded import drawn_to, pushed
from model.compiled import phase, rule
from model.draws import pair_of, stream_of, uniform
from model.experience import witness
from model.ledger import body_actor, note
from model.lines import prove_word
from model.monitoring import false_alarm_of, sensitivity_of
from model.packages import (
    asks_anything,
    fulfilment,
    has_promised,
    plainness,
    reported_share,
    stage_at_hand,
    stage_of,
)
from model.vocabulary import (
    COMMITTEE_BIT,
    MILESTONES,
    Conduct,
    DisputeHandling,
    Event,
    Role,
    Standing,
    Stream,
    Verifier,
)
from model.world import TRACKS


@rule("M82", "M84")
def chance_of_pass(kept: bool, sensitivity: float, false_alarm: float) -> float:
    """Return the chance that one verifier reports a promise as kept."""
    return 1.0 - false_alarm if kept else 1.0 - sensitivity


@rule("M86")
def months_to_settle(handling: int, deadline: int, record: float, slow: float) -> float:
    """Return how many months a disputed finding stays open under the procedure in force (D37)."""
    if handling == DisputeHandling.PANEL or handling == DisputeHandling.PROCEDURE:
        return float(max(deadline, 1))
    if handling == DisputeHandling.RECORD:
        return record
    return slow


@rule("M86", "M96")
def right_of(handling: int, panel: float, procedure: float, record: float, politics: float) -> float:
    """Return how often a disputed finding comes out right under the procedure in force (D37)."""
    if handling == DisputeHandling.PANEL:
        return panel
    if handling == DisputeHandling.PROCEDURE:
        return procedure
    return record if handling == DisputeHandling.RECORD else politics


@rule("M89")
def verifiers_asked(number: int, several: float) -> int:
    """Return how many verifiers report: at least one, and no more where ``several`` (0 or 1) is off."""
    return max(number, 1) if several > 0.0 else 1


@rule("M89")
def first_report(interval: int, verifiers: int, pooled: bool, delay: float) -> int:
    """Return after how many months the first report comes; verifiers who have to agree take longer."""
    return max(interval, 1) + int(delay * (verifiers - 1 + pooled))


@phase("M82", "M84", "M89")
def votes_for(world: Any, given: Any, process: int, stage: Any, stream: int, kept: bool, month: int) -> int:
    """Return how many of the stage's verifiers report the promise as kept."""
    track = world.processes[process]
    row = world.disputes[track.dispute]
    numbers = given.parameters
    header = given.plans.headers[row.plan]
    plain = plainness(row, given.on.m84 * numbers.opened)
    sensitivity = sensitivity_of(numbers, given.on, stage, header, plain, row.watch)
    alarm = false_alarm_of(numbers, given.on, stage, header, row)
    chance = chance_of_pass(kept, sensitivity, alarm)
    draws = stream_of(given.luck, stream, month)
    votes = 0
    for verifier in range(verifiers_asked(stage.verifiers, given.on.m89)):
        if uniform(draws, pair_of(track.luck, np.uint64(verifier))) < chance:
            votes += 1
    return votes


@phase("M05", "M52", "M79", "M88", "M120")
def learn_from_report(world: Any, given: Any, dispute: int, stage: Any, positive: bool) -> None:
    """Let the senders take in one report: what they believe done, and whom they trust."""
    numbers = given.parameters
    row = world.disputes[dispute]
    weight = numbers.report_seen * (1.0 + given.on.m79 * numbers.pilot_lesson * stage.pilot)
    for milestone in range(MILESTONES):
        seen = row.reported[milestone] if positive else min(row.done[milestone], row.observed[milestone])
        row.observed[milestone] = drawn_to(row.observed[milestone], seen, numbers.believing)
    for party in range(row.lead, row.lead + row.deciders):
        seat = world.parties[party]
        if seat.role != Role.VETO_PLAYER or seat.veto_of != row.target:
            kept = 1.0 if positive else 0.0
            witness(world.trust, seat.tie_to, kept, weight, numbers.loss_aversion)
    prove_word(world, given, dispute, False, 1.0 if positive else 0.0, weight)
    joint = stage.verifier == Verifier.JOINT or row.measures & COMMITTEE_BIT > 0
    shared = given.on.m120 * numbers.joint_view * joint
    shared += given.on.m88 * numbers.open_view * given.plans.headers[row.plan].dashboard
    for party in (row.target, row.lead):
        world.parties[party].misreading *= 1.0 - shared


@phase("M82", "M86", "M87")
def find(world: Any, given: Any, process: int, stage: Any, month: int, positive: bool, kept: bool) -> None:
    """Enter one finding into the record of a process."""
    track = world.processes[process]
    dispute = track.dispute
    numbers = given.parameters
    row = world.disputes[dispute]
    monitor = body_actor(world, row.verifier) if row.verifier >= 0 else row.lead_state
    learn_from_report(world, given, dispute, stage, positive)
    if positive:
        track.positives += 1
        track.negatives = 0
        track.failing = 0
        if track.standing == Standing.PERFORMING:
            note(
                world,
                month,
                Event.REPORT_POSITIVE,
                dispute,
                monitor,
                row.target_state,
                subject=stage_at_hand(world, given, process),
                amount=1.0,
            )
        return
    track.positives = 0
    track.negatives += 1
    row.violations += 1
    published = given.on.m87 * given.plans.headers[row.plan].dashboard
    row.attention = pushed(row.attention, numbers.attention_to_finding * published, 0.0)
    if kept:
        row.last_false_alarm = month
    note(
        world,
        month,
        Event.REPORT_NEGATIVE,
        dispute,
        monitor,
        row.target_state,
        subject=stage_at_hand(world, given, process),
        amount=1.0 if kept else 0.0,
    )
    due = month - track.since >= stage.grace
    if due and track.negatives >= max(stage.consecutive, 1):
        track.failing = max(track.failing, 1)


@phase("M86", "M96")
def settle_finding(world: Any, given: Any, process: int, stage: Any, month: int, kept: bool) -> None:
    """Settle a disputed finding by panel, by record, or by politics."""
    numbers = given.parameters
    track = world.processes[process]
    row = world.disputes[track.dispute]
    header = given.plans.headers[world.disputes[track.dispute].plan]
    handling = header.dispute_handling
    works = given.on.m96 if handling == DisputeHandling.RECORD else given.on.m86
    if works == 0.0:
        handling = DisputeHandling.NONE
    span = months_to_settle(handling, header.dispute_deadline, numbers.record_months, numbers.politics_months)
    if month - track.disputed_since < span:
        return
    right = right_of(
        handling, numbers.panel_right, numbers.procedure_right, numbers.record_right, numbers.politics_right
    )
    track.disputed = 0
    correct = uniform(stream_of(given.luck, Stream.PANEL, month), track.luck) < right
    cleared = kept if correct else not kept
    note(
        world,
        month,
        Event.DISPUTE_SETTLED,
        track.dispute,
        row.lead_state,
        row.target_state,
        subject=stage_at_hand(world, given, process),
        amount=1.0 if cleared else 0.0,
    )
    find(world, given, process, stage, month, cleared, kept)
    if not cleared and month - track.since >= stage.grace:
        track.failing = max(track.failing, 1)


@phase("M52", "M82", "M84", "M85", "M89", "M120")
def inspect(world: Any, given: Any, process: int, month: int) -> None:
    """Take one process's report of the month, if one is due."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    stage = stage_of(given.plans.stages, header, track.track, track.stage)
    if not asks_anything(stage):
        return
    tolerance = stage.tolerance + given.parameters.measurement_slack
    kept = fulfilment(row) >= 1.0 - tolerance
    if track.disputed == 1:
        settle_finding(world, given, process, stage, month, kept)
        return
    judges = verifiers_asked(stage.verifiers, given.on.m89)
    pooled = stage.verifier == Verifier.MULTILATERAL
    first = first_report(stage.interval, judges, pooled, given.on.m89 * given.parameters.agreeing)
    age = month - track.since
    if age < first or (age - first) % max(stage.interval, 1) != 0:
        return
    claimed = reported_share(row) >= 1.0 - tolerance
    if track.standing == Standing.PERFORMING and not claimed:
        return
    if stage.verifier == Verifier.SELF_REPORT:
        find(world, given, process, stage, month, claimed, kept)
        return
    votes = votes_for(world, given, process, stage, Stream.VERIFICATION, kept, month)
    if 2 * votes < judges and stage.second_look == 1:
        votes = votes_for(world, given, process, stage, Stream.SECOND_LOOK, kept, month)
    if 2 * votes >= judges:
        find(world, given, process, stage, month, True, kept)
    elif track.standing == Standing.PERFORMING or row.conduct == Conduct.DEFYING:
        find(world, given, process, stage, month, False, kept)
    else:
        track.disputed = 1
        track.disputed_since = month
        note(
            world,
            month,
            Event.DISPUTED,
            dispute,
            row.target_state,
            row.lead_state,
            subject=stage_at_hand(world, given, process),
            amount=1.0 * votes,
        )


@phase("M52", "M79", "M82", "M83", "M84", "M85", "M86", "M87", "M88", "M89", "M96", "M120")
def verify(world: Any, given: Any, month: int) -> None:
    """Let monitors report on every promise in force; disputes and tracks in turn."""
    for dispute in range(len(world.disputes)):
        if has_promised(world.disputes[dispute]):
            header = given.plans.headers[world.disputes[dispute].plan]
            for process in range(dispute * TRACKS, dispute * TRACKS + header.tracks):
                standing = world.processes[process].standing
                if (
                    standing == Standing.PERFORMING
                    or standing == Standing.DWELLING
                    or standing == Standing.CONCLUDED
                ):
                    inspect(world, given, process, month)
