"""Shocks: what nobody at the table decides.

Incidents come more often where tension is high and contact is thin; whether one escalates depends on how
badly the two sides misread each other and on whether they can talk. Pressure provokes retaliation; spoilers
strike where a settlement threatens them and the picture is unclear:

    incident = rate (quiet + tension) (1 - standing peace) (1 - contact) (1 - restraint under a truce)
    escalation = chance x misreading / (misreading + half) x (1 - hotline) x (1 - open channel)
    attack = rate x stake / (stake + half) x progress x uncertainty

(M10, M11, M15, M16, M34, M55, M64, M73, M95, M116, M118.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import drawn_to, pushed, saturating
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.experience import witness
from model.ledger import NOBODY, note
from model.packages import (
    clearness,
    depth_share,
    pressure_felt,
    relief_in_force,
    temporary_relief,
)
from model.process import open_trust
from model.vocabulary import SECTORS, DateKind, DisputeStatus, Event, Role, Stream


@rule("M11", "M95", "M118")
def hazard_of_incident(
    rate: float, quiet: float, tension: float, peace: float, contact: float, restraint: float
) -> float:
    """Return the monthly chance of an incident; ``contact`` and ``restraint`` (0-1) hold it off."""
    return rate * (quiet + tension) * (1.0 - peace) * (1.0 - contact) * (1.0 - restraint)


@rule("M02", "M10", "M15", "M16")
def chance_of_escalation(most: float, misreading: float, half: float, hotline: float, line: float) -> float:
    """Return the chance that an incident escalates, given misreading and what lines are open (0-1 each)."""
    return most * saturating(misreading, half) * (1.0 - hotline) * (1.0 - line)


@rule("M55")
def hazard_of_attack(rate: float, stake: float, half: float, progress: float, uncertainty: float) -> float:
    """Return the monthly chance that one spoiler strikes."""
    return rate * saturating(stake, half) * progress * uncertainty


@rule("M64")
def hazard_of_retaliation(rate: float, pressure: float, half: float, hardliners: float) -> float:
    """Return the monthly chance that a target under ``pressure`` (points a year) retaliates."""
    return rate * saturating(pressure, half) * hardliners


@phase("M34")
def mix_signals(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let ministries that were not rehearsed contradict each other in a crisis; principals in turn."""
    numbers = given.parameters
    row = world.disputes[dispute]
    draws = stream_of(given.luck, Stream.MIXED_SIGNALS, month)
    rehearsed = given.on.m34 * given.plans.headers[row.plan].rehearsals
    for party in (row.target, row.lead):
        state = world.states[world.parties[party].state]
        coherence = state.coherence
        if party == row.lead:
            coherence = drawn_to(coherence, 1.0, rehearsed)
        if uniform(draws, world.parties[party].luck) < 1.0 - coherence:
            other = row.lead if party == row.target else row.target
            reader = world.parties[other]
            reader.misreading = drawn_to(reader.misreading, numbers.misreading_most, numbers.mixed_signals)
            note(world, month, Event.MIXED_SIGNALS, dispute, world.parties[party].state, reader.state)


@phase("M02", "M10", "M15", "M16")
def strike_incident(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let one dispute's incident happen and perhaps escalate."""
    numbers = given.parameters
    row = world.disputes[dispute]
    row.last_incident = month
    target = world.parties[row.target]
    lead = world.parties[row.lead]
    line = given.on.m15 * numbers.open_line * open_trust(world, dispute)
    mix_signals(world, given, dispute, month)
    chance = chance_of_escalation(
        numbers.escalation,
        0.5 * (target.misreading + lead.misreading),
        numbers.misreading_half,
        given.on.m16 * numbers.hotline * row.hotline,
        line,
    )
    if uniform(stream_of(given.luck, Stream.ESCALATION, month), row.luck) < chance:
        row.tension = pushed(row.tension, numbers.escalation_heat, 0.0)
        blame = numbers.incident_blame * (1.0 - line)
        for party in (row.lead, row.target):
            seat = world.parties[party]
            witness(world.trust, seat.tie_to, 0.0, blame, numbers.loss_aversion)
            seat.threat = pushed(seat.threat, numbers.alarm, 0.0)
        note(world, month, Event.ESCALATION, dispute, row.target_state, row.lead_state, amount=row.tension)
    else:
        row.tension = pushed(row.tension, numbers.incident_heat, 0.0)
        note(world, month, Event.INCIDENT, dispute, row.target_state, row.lead_state, amount=row.tension)


@phase("M16", "M55")
def strike_spoilers(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let each spoiler of a dispute strike where progress threatens it and the picture is unclear."""
    numbers = given.parameters
    row = world.disputes[dispute]
    attacks = stream_of(given.luck, Stream.SPOILER, month)
    progress = max(row.momentum, relief_in_force(world.parties, row))
    for party in range(row.first_party, row.first_party + row.parties):
        seat = world.parties[party]
        if seat.role == Role.SPOILER:
            hazard = hazard_of_attack(
                given.on.m55 * numbers.spoiler_rate, seat.stake, numbers.stake_half, progress, row.uncertainty
            )
            if uniform(attacks, seat.luck) < hazard:
                row.last_attack = month
                answered = 1.0 - given.on.m16 * numbers.hotline * row.hotline
                row.tension = pushed(row.tension, numbers.attack_heat * answered, 0.0)
                blame = numbers.attack_blame * row.uncertainty
                for principal in (row.lead, row.target):
                    victim = world.parties[principal]
                    witness(world.trust, victim.tie_to, 0.0, blame, numbers.loss_aversion)
                    victim.threat = pushed(victim.threat, numbers.alarm * row.uncertainty, 0.0)
                note(world, month, Event.SPOILER_ATTACK, dispute, seat.state, row.target_state, amount=hazard)


@phase("M64")
def retaliate(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let a target that is hard pressed, and hard-minded, strike back."""
    numbers = given.parameters
    row = world.disputes[dispute]
    target = world.states[row.target_state]
    hazard = hazard_of_retaliation(
        given.on.m64 * numbers.retaliation,
        pressure_felt(row),
        numbers.hardship_half,
        target.hardliners * (1.0 - row.momentum),
    )
    if uniform(stream_of(given.luck, Stream.RETALIATION, month), row.luck) < hazard:
        lead = world.parties[row.lead]
        row.tension = pushed(row.tension, numbers.attack_heat, 0.0)
        lead.threat = pushed(lead.threat, numbers.alarm, 0.0)
        witness(world.trust, lead.tie_to, 0.0, numbers.incident_blame, numbers.loss_aversion)
        note(world, month, Event.RETALIATION, dispute, row.target_state, row.lead_state, amount=hazard)


@phase("M11", "M37", "M92", "M116")
def settle_tension(world: Any, given: Any, dispute: int) -> None:
    """Move tension, threat and uncertainty with the month's talk, contact and calm."""
    numbers = given.parameters
    row = world.disputes[dispute]
    target = world.states[row.target_state]
    lead = world.states[row.lead_state]
    header = given.plans.headers[row.plan]
    heat = numbers.heat_of_words * 0.5 * (target.rhetoric + lead.rhetoric) * (1.0 - row.momentum)
    gains = given.on.m116 * numbers.dividend * depth_share(row.observed, row.asked)
    calm = numbers.calming * (
        1.0 + row.confidence + row.momentum + gains + numbers.peace_of_region * row.enforced_peace
    )
    row.tension = pushed(row.tension, heat, calm)
    for party in (row.target, row.lead):
        seat = world.parties[party]
        seat.threat = drawn_to(seat.threat, row.tension, numbers.reassessing)
    misreading = 0.5 * (world.parties[row.target].misreading + world.parties[row.lead].misreading)
    clear = given.on.m92 * clearness(header.criteria, numbers.private_clarity)
    clear = numbers.clarity * clear + (1.0 - numbers.clarity) * row.technical
    goal = saturating(misreading, numbers.misreading_half) * (1.0 - numbers.clearing * clear)
    row.uncertainty = drawn_to(row.uncertainty, goal, numbers.forgetting)
    row.momentum = drawn_to(row.momentum, 0.0, numbers.forgetting)


@phase("M09", "M73")
def strike_economies(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let a market shock or a disaster hit the target's output, and the hopes that rest on it."""
    numbers = given.parameters
    row = world.disputes[dispute]
    if uniform(stream_of(given.luck, Stream.ECONOMIC_SHOCK, month), row.luck) < numbers.economic_shock:
        target = world.states[row.target_state]
        target.output = target.output * (1.0 - numbers.economic_shock_size)
        dashed = given.on.m73 * numbers.dashed * target.expectation
        target.support = pushed(target.support, 0.0, dashed)
        target.hardliners = pushed(target.hardliners, dashed, 0.0)
        row.last_blow = month
        note(world, month, Event.ECONOMIC_SHOCK, dispute, row.target_state, NOBODY, amount=target.output)


@phase("M61", "M65")
def keep_dates(world: Any, given: Any, month: int) -> None:
    """Let what the scenario's calendar knows happen: ballots, measures, incidents; dates in turn."""
    for date in range(len(given.network.dates)):
        known = given.network.dates[date]
        if known.month != month:
            continue
        if known.kind == DateKind.ELECTION:
            world.states[known.state].next_election = month
        elif known.kind == DateKind.INCIDENT:
            row = world.disputes[known.dispute]
            row.tension = pushed(row.tension, known.amount, 0.0)
            row.last_incident = month
            note(world, month, Event.INCIDENT, known.dispute, known.state, NOBODY, amount=row.tension)
        else:
            seat = world.parties[known.party]
            raised = 0.0
            for sector in range(SECTORS):
                if (known.sectors >> sector) & 1 == 1 and known.amount > seat.imposed[sector]:
                    raised += known.amount - seat.imposed[sector]
                    seat.imposed[sector] = known.amount
            target = world.disputes[known.dispute].target_state
            note(world, month, Event.TIGHTENING, known.dispute, seat.state, target, amount=raised)


@phase("M10", "M11", "M15", "M16", "M34", "M55", "M64", "M73", "M95", "M118")
def strike_shocks(world: Any, given: Any, month: int) -> None:
    """Let the month's accidents and attacks happen; disputes in turn."""
    numbers = given.parameters
    incidents = stream_of(given.luck, Stream.INCIDENT, month)
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        settle_tension(world, given, dispute)
        strike_economies(world, given, dispute, month)
        spoken_for = given.plans.headers[row.plan].neighbours > 0
        contact = given.on.m11 * numbers.contact_calms * open_trust(world, dispute)
        contact += (1.0 - contact) * given.on.m118 * numbers.outside_calm * spoken_for
        spared = saturating(temporary_relief(world.parties, world.disputes[dispute]), numbers.gain_half)
        hazard = hazard_of_incident(
            numbers.incident_rate,
            numbers.quiet_hazard,
            row.tension,
            row.enforced_peace,
            contact,
            given.on.m95 * numbers.restraint * spared,
        )
        if uniform(incidents, row.luck) < hazard:
            strike_incident(world, given, dispute, month)
        if row.status != DisputeStatus.THREATENED:
            strike_spoilers(world, given, dispute, month)
        if row.status == DisputeStatus.IMPOSED:
            retaliate(world, given, dispute, month)
