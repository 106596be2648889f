"""Compliance: the target does it, feigns it, drags it out or breaks it; the senders deliver or withhold.

Neither sees the other's choice. Each option is worth what it keeps and wins less what it costs; the
choice among them is logit (points a year, see packages.py):

    comply: kept + bonds + trust x pending - burden
    sham:   (kept + bonds + trust x pending) x (1 - caught x severity) - faking x burden - caught x standing
    stall:  (kept + bonds) x (1 - caught x severity) - burden of what is done - impatience
    defy:   - standing - cost of breaking an agreement

of relief kept and relief pending, both worth less after hopes were dashed, and of bonds by linked issues.

A sender delivers when what the conduct is worth to it exceeds the leverage it spends, what its own
audience makes of it, and the distance a new government keeps from its predecessor's word, the shorter
the broader the support it finds
(M23, M24, M46, M47, M63, M74, M80, M83, M84, M94, M101, M104, M121).
"""

from __future__ import annotations

import math
from typing import Any

from model.bounded import chance_of, drawn_to, recently
from model.compiled import phase, rule
from model.draws import occasion_of, stream_of, uniform
from model.experience import trust_along
from model.ledger import NOBODY, note
from model.monitoring import sensitivity_of
from model.packages import (
    audience,
    burden_of,
    cost_of_keeping,
    fulfilment,
    has_promised,
    plainness,
    pressure_lifted,
    relief_to_come,
    relief_to_target,
    severity_of,
    stage_of,
    trust_with_guarantee,
    unbound,
    worth_expected,
)
from model.process import open_trust
from model.vocabulary import (
    MILESTONES,
    Character,
    Conduct,
    Event,
    FirstMover,
    Role,
    Standing,
    Stream,
    Verifier,
)
from model.world import TRACKS


@rule("M83")
def caught_within(sensitivity: float, reports: float) -> float:
    """Return the believed chance to be found out over ``reports`` reports."""
    return 1.0 - math.exp(-sensitivity * reports)


@rule("M63")
def worth_of_shamming(kept: float, caught: float, severity: float, faking: float, standing: float) -> float:
    """Return what feigned conduct is worth, points a year."""
    return kept * (1.0 - caught * severity) - faking - caught * standing


@rule()
def option_drawn(
    draw: float, comply: float, sham: float, stall: float, defy: float, noise: float, feigning: float
) -> int:
    """Return the option that a ``draw`` picks by multinomial logit; ``feigning`` 0 rules out a sham."""
    best = max(comply, sham, stall, defy)
    first = math.exp((comply - best) / noise)
    second = feigning * math.exp((sham - best) / noise)
    third = math.exp((stall - best) / noise)
    fourth = math.exp((defy - best) / noise)
    cut = draw * (first + second + third + fourth)
    if cut < first:
        return Conduct.COMPLYING
    if cut < first + second:
        return Conduct.SHAMMING
    if cut < first + second + third:
        return Conduct.STALLING
    return Conduct.DEFYING


@phase()
def stage_at_stake(world: Any, given: Any, dispute: int) -> int:
    """Return the process whose stage is being performed, else the main one."""
    first = dispute * TRACKS
    for process in range(first, first + TRACKS):
        if world.processes[process].standing == Standing.PERFORMING:
            return process
    return first


@phase("M84", "M101")
def belief_in_discovery(world: Any, given: Any, dispute: int, stage: Any) -> float:
    """Return the chance a target sees of being found out; soft measures that nobody verifies give cover."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    plain = plainness(row, given.on.m84 * numbers.opened)
    seen = sensitivity_of(numbers, given.on, stage, header, plain, row.watch)
    cover = 0.0
    if stage.verifier == Verifier.SELF_REPORT:
        cover = given.on.m101 * numbers.soft_cover * row.confidence
    return caught_within(seen * (1.0 - cover), numbers.reports_ahead)


@phase("M73")
def dashed_hopes(world: Any, dispute: int, memory: float, month: int) -> float:
    """Return how high the hopes are that a blow, or a reversal of relief, has just dashed, 0-1."""
    row = world.disputes[dispute]
    blow = max(recently(month, row.last_blow, memory), recently(month, row.last_reversal, memory))
    return blow * world.states[row.target_state].expectation


@phase("M24", "M63", "M73", "M74", "M80", "M83", "M94", "M121")
def choose_conduct(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let the target of one dispute decide what to do about what it has promised."""
    numbers = given.parameters
    row = world.disputes[dispute]
    seat = world.parties[row.target]
    process = world.processes[stage_at_stake(world, given, dispute)]
    header = given.plans.headers[row.plan]
    stage = stage_of(given.plans.stages, header, process.track, process.stage)
    trust = trust_along(world.trust, seat.tie_to, numbers.stranger)
    voice = world.states[row.target_state].accountability
    sure = trust_with_guarantee(trust, numbers.guarantee * row.sponsor * header.guarantee)
    pending = given.on.m121 * sure * relief_to_come(row, voice, numbers, stage)
    if process.standing == Standing.PERFORMING:
        pending += sure * relief_to_target(row, voice, numbers, stage)
    kept = pressure_lifted(row)
    hopes = 1.0 - given.on.m73 * numbers.disillusion * dashed_hopes(world, dispute, numbers.memory, month)
    kept *= hopes
    pending *= hopes
    loud = audience(world.states[row.target_state], numbers, given.on, row.publicity, month)
    burden = cost_of_keeping(row) * (1.0 + numbers.audience_target * loud)
    burden *= burden_of(
        seat.character, numbers.burden_sincere, numbers.burden_opportunist, numbers.burden_hardline
    )
    burden *= 1.0 - numbers.shared_burden * world.states[row.target_state].ownership
    caught = belief_in_discovery(world, given, dispute, stage)
    severity = given.on.m80 * severity_of(
        stage.response, numbers.severity_warning, numbers.severity_graduated, numbers.severity_full
    )
    faking = drawn_to(1.0, numbers.faking, given.on.m63)
    standing = numbers.standing
    if header.first_mover == FirstMover.MEDIATOR:
        standing += given.on.m94 * numbers.mandate * open_trust(world, dispute)
    bonds = given.on.m24 * numbers.linkage_worth * row.linkage
    if seat.character == Character.OPPORTUNIST:
        standing *= numbers.shame_of_opportunist
    elif seat.character == Character.SINCERE:
        faking = 1.0
    comply = kept + bonds + pending - burden
    sham = worth_of_shamming(kept + bonds + pending, caught, severity, faking * burden, standing)
    stall = (kept + bonds) * (1.0 - caught * severity) - burden * fulfilment(row) - numbers.delay_cost
    defy = -standing - numbers.break_cost * (1 if row.agreement == 1 else 0)
    occasion = occasion_of(process.restarts, world.states[row.target_state].leader_since)
    draw = uniform(stream_of(given.luck, Stream.CONDUCT, occasion), row.luck)
    conduct = option_drawn(draw, comply, sham, stall, defy, seat.noise, given.on.m83)
    if conduct != row.conduct:
        row.conduct = conduct
        note(
            world,
            month,
            Event.CONDUCT_CHANGED,
            dispute,
            row.target_state,
            NOBODY,
            subject=conduct,
            amount=comply,
        )


@phase("M23", "M104")
def carry_out(world: Any, given: Any, dispute: int) -> None:
    """Move true and reported conduct one month along the target's choice; milestones all at once."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    pace = numbers.capacity * world.states[row.target_state].coherence
    pace *= 1.0 + given.on.m23 * numbers.regulated * row.technical * header.regulators
    pace *= 1.0 + given.on.m104 * numbers.practised * row.lessons
    for milestone in range(MILESTONES):
        agreed = row.agreed[milestone]
        done = row.done[milestone]
        if row.conduct == Conduct.COMPLYING:
            if done < agreed:
                row.done[milestone] = min(agreed, done + pace / row.difficulty[milestone])
            row.reported[milestone] = row.done[milestone]
        elif row.conduct == Conduct.SHAMMING:
            hollow = min(done, numbers.hollow * agreed)
            row.done[milestone] = max(hollow, done - numbers.erosion)
            row.reported[milestone] = agreed
        elif row.conduct == Conduct.STALLING:
            row.reported[milestone] = done
        else:
            row.done[milestone] = max(0.0, done - numbers.erosion)
            row.reported[milestone] = row.done[milestone]


@phase("M46", "M47", "M74")
def choose_delivery(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let each sender, and each body that can veto one, decide whether to deliver this month; in turn."""
    numbers = given.parameters
    row = world.disputes[dispute]
    process = world.processes[stage_at_stake(world, given, dispute)]
    header = given.plans.headers[row.plan]
    stage = stage_of(given.plans.stages, header, process.track, process.stage)
    draws = stream_of(given.luck, Stream.DELIVERY, month)
    relief = relief_to_target(row, world.states[row.target_state].accountability, numbers, stage)
    for party in range(row.lead, row.lead + row.deciders):
        seat = world.parties[party]
        if seat.role != Role.VETO_PLAYER or seat.veto_of != row.target:
            trust = trust_along(world.trust, seat.tie_to, numbers.stranger)
            loud = audience(world.states[seat.state], numbers, given.on, row.publicity, month)
            worth = worth_expected(row, trust) * seat.weight
            price = given.on.m74 * numbers.leverage * relief * (1.0 + numbers.audience_sender * loud)
            if seat.character != Character.SINCERE:
                price *= numbers.reluctance
            distance = numbers.heir_distance * seat.heir * unbound(world.states[seat.state], given.on)
            advantage = worth - price - given.on.m46 * distance + numbers.standing - seat.red_line
            seat.delivering = 1 if uniform(draws, seat.luck) < chance_of(advantage, seat.noise) else 0


@phase("M23", "M24", "M46", "M47", "M63", "M73", "M74", "M80", "M83", "M84", "M94", "M101", "M104", "M121")
def honour(world: Any, given: Any, month: int) -> None:
    """Let targets and senders choose, unseen by each other, and carry it out; disputes in turn."""
    draws = stream_of(given.luck, Stream.RECONSIDERATION, month)
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        choose_delivery(world, given, dispute, month)
        if has_promised(row):
            gave_way = row.yielded == 1 and row.agreement_at == month
            fresh = row.last_progress == month or row.last_turnover == month or row.last_leak == month
            fresh = fresh or (given.on.m73 > 0.0 and row.last_blow == month)
            again = fresh or uniform(draws, row.luck) < given.parameters.reconsidering
            if again and not gave_way:
                choose_conduct(world, given, dispute, month)
            carry_out(world, given, dispute)
