"""What it means for a process to break, for relief to be taken back, and for an episode to end.

Several mechanisms can bring these about; what follows is the same, and stands here once.
"""

from __future__ import annotations

from typing import Any

from model.bounded import pushed
from model.compiled import phase, rule
from model.experience import witness
from model.ledger import NOBODY, note
from model.packages import fulfilment, relief_in_force, stage_at_hand
from model.vocabulary import (
    SECTORS,
    Cause,
    Conduct,
    DisputeStatus,
    Ending,
    Event,
    Humanitarian,
    Role,
    Sector,
    Standing,
)
from model.world import TRACKS


@rule()
def months_before_talks(months: int, beside: int) -> int:
    """Return how long talks wait for pressure to do its work: not at all where they go on ``beside`` it."""
    return 0 if beside == 1 else months


@phase()
def blame_for(world: Any, dispute: int, month: int, memory: float, otherwise: int) -> int:
    """Return the cause that observers would name: the last blow within memory, or ``otherwise``."""
    row = world.disputes[dispute]
    last = max(month - int(memory), NOBODY)
    cause = otherwise
    if row.last_incident > last:
        last = row.last_incident
        cause = Cause.SHOCK
    if row.last_attack > last:
        last = row.last_attack
        cause = Cause.SPOILER
    if row.last_defection > last:
        last = row.last_defection
        cause = Cause.BLOC_FRACTURE
    if row.last_sponsor_exit > last:
        last = row.last_sponsor_exit
        cause = Cause.SPONSOR_EXIT
    if row.last_leak > last:
        last = row.last_leak
        cause = Cause.LEAK
    if row.last_turnover > last:
        cause = Cause.TURNOVER
    return cause


@phase()
def open_trust(world: Any, dispute: int) -> float:
    """Return the lead sender's trust in the open back channel of a dispute; 0 where none is open."""
    row = world.disputes[dispute]
    line = 0.0
    for channel in range(row.first_channel, row.first_channel + row.channels):
        if world.channels[channel].open == 1:
            line = world.channels[channel].trust_lead
    return line


@phase()
def attention_left(world: Any, dispute: int, crowding: float) -> float:
    """Return the share of its principals' attention that a dispute has, beside other cases of theirs."""
    row = world.disputes[dispute]
    others = 0
    for other in range(len(world.disputes)):
        case = world.disputes[other]
        shared = case.lead_state == row.lead_state or case.target_state == row.target_state
        standing = world.processes[other * TRACKS].standing
        if other != dispute and shared and case.status != DisputeStatus.ENDED:
            others += standing != Standing.WAITING and standing != Standing.CONCLUDED
    return 1.0 / (1.0 + crowding * others)


@phase("M21")
def let_others_see(world: Any, given: Any, dispute: int, kept: float, weight: float) -> None:
    """Let the targets of the lead sender's other disputes see a promise ``kept`` or broken in this one."""
    numbers = given.parameters
    row = world.disputes[dispute]
    for other in range(len(world.disputes)):
        case = world.disputes[other]
        if other != dispute and case.lead_state == row.lead_state:
            seen = given.on.m21 * numbers.seen_elsewhere * weight
            witness(world.trust, world.parties[case.target].tie_to, kept, seen, numbers.loss_aversion)


@phase()
def is_sender(world: Any, party: int) -> bool:
    """Return whether a party imposes measures and still takes part."""
    seat = world.parties[party]
    return seat.member == 1 and (seat.role == Role.LEAD_SENDER or seat.role == Role.SENDER)


@phase()
def grant(world: Any, dispute: int, party: int, sector: int, amount: float, month: int, why: int) -> None:
    """Let one sender give up ``amount`` of its legal level in one sector."""
    row = world.disputes[dispute]
    seat = world.parties[party]
    seat.relieved[sector] += amount
    if world.tallies[dispute].first_relief_at < 0:
        world.tallies[dispute].first_relief_at = month
    note(
        world,
        month,
        Event.RELIEF,
        dispute,
        seat.state,
        row.target_state,
        subject=sector,
        amount=amount,
        why=why,
    )


@phase()
def withdraw(
    world: Any, dispute: int, party: int, sector: int, amount: float, month: int, event: int, why: int
) -> None:
    """Take one sender's relief in one sector back by ``amount``."""
    row = world.disputes[dispute]
    seat = world.parties[party]
    seat.relieved[sector] = max(0.0, seat.relieved[sector] - amount)
    seat.temporary[sector] = min(seat.temporary[sector], seat.relieved[sector])
    note(world, month, event, dispute, seat.state, row.target_state, subject=sector, amount=-amount, why=why)


@phase("M80", "M82")
def book_reversal(
    world: Any, given: Any, dispute: int, before: float, tolerance: float, month: int, why: int
) -> None:
    """Enter a reversal into the record, and let the target see it; ``before`` is the relief there was."""
    numbers = given.parameters
    row = world.disputes[dispute]
    lost = (before - relief_in_force(world.parties, row)) / before
    if lost <= 0.0:
        return
    tally = world.tallies[dispute]
    tally.reversals += 1
    tally.largest_reversal = max(tally.largest_reversal, lost)
    kept = 0.0
    honest = row.conduct == Conduct.COMPLYING
    if honest and fulfilment(row) >= 1.0 - tolerance - numbers.measurement_slack:
        tally.wrongful_reversals += 1
    elif why == Cause.CHEATING:
        kept = numbers.fair_cop
    row.last_reversal = month
    weight = numbers.reversal_seen * lost
    witness(world.trust, world.parties[row.target].tie_to, kept, weight, numbers.loss_aversion)
    let_others_see(world, given, dispute, kept, weight)


@phase("M67", "M80")
def ease_back(world: Any, given: Any, dispute: int, sectors: int, part: float, month: int) -> bool:
    """Take back ``part`` of the relief in the sectors named; return whether any was in force."""
    row = world.disputes[dispute]
    before = relief_in_force(world.parties, row)
    shielded = given.plans.headers[row.plan].humanitarian == Humanitarian.SEPARATE_CALENDAR
    taken = False
    for party in range(row.lead, row.lead + row.senders):
        if is_sender(world, party):
            for sector in range(SECTORS):
                amount = world.parties[party].relieved[sector] * part
                if shielded and sector == Sector.ESSENTIAL:
                    continue
                if (sectors >> sector) & 1 == 1 and amount > 0.0:
                    withdraw(world, dispute, party, sector, amount, month, Event.STEPPED_BACK, NOBODY)
                    taken = True
    if taken:
        book_reversal(world, given, dispute, before, 0.0, month, NOBODY)
    return taken


@phase("M54")
def fall_apart(world: Any, given: Any, process: int, month: int, cause: int) -> None:
    """Let a track, and the agreement that rests on it, fall apart."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    if track.standing == Standing.WAITING or track.standing == Standing.BROKEN:
        return
    track.standing = Standing.BROKEN
    track.since = month
    track.failing = 0
    track.disputed = 0
    if track.track == 0:
        row.cause = cause
    if row.agreement == 1 and track.track == 0:
        row.agreement = 0
        row.agreement_ended_at = month
        tally = world.tallies[dispute]
        if tally.agreements_ended == 0:
            tally.first_cause = cause
        tally.agreements_ended += 1
    row.tension = pushed(row.tension, given.parameters.incident_heat, 0.0)
    at_hand = stage_at_hand(world, given, process)
    note(world, month, Event.BROKEN, dispute, row.lead_state, row.target_state, subject=at_hand, why=cause)


@phase()
def end_episode(world: Any, dispute: int, month: int, ending: int) -> None:
    """Close the record of the sanctions episode the first time it ends."""
    row = world.disputes[dispute]
    if row.ending == Ending.ONGOING:
        row.ending = ending
        row.ended_at = month
        note(world, month, Event.ENDED, dispute, row.lead_state, row.target_state, subject=ending)


@rule("M105")
def has_line(lines: int, dispute: int) -> int:
    """Return 1 where a body whose common lines are these bits holds one on the ``dispute``, else 0."""
    return (lines >> dispute) & 1


@phase()
def take_sides(world: Any, dispute: int) -> None:
    """Let every state know its part in the dispute at hand, so that ties can look it up."""
    row = world.disputes[dispute]
    for party in range(row.first_party, row.first_party + row.parties):
        world.states[world.parties[party].state].side = party


@phase()
def leave_sides(world: Any, dispute: int) -> None:
    """Let the states forget the dispute at hand."""
    row = world.disputes[dispute]
    for party in range(row.first_party, row.first_party + row.parties):
        world.states[world.parties[party].state].side = NOBODY


@phase("M100")
def pause_track(world: Any, given: Any, process: int, month: int, months: int) -> None:
    """Pause one track for so many months, at least one."""
    track = world.processes[process]
    row = world.disputes[track.dispute]
    track.standing = Standing.PAUSED
    track.since = month
    track.paused_until = month + max(months, 1)
    at_hand = stage_at_hand(world, given, process)
    note(world, month, Event.PAUSED, track.dispute, row.lead_state, row.target_state, subject=at_hand)
