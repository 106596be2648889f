"""Reversal: relief stepped back, snapped back, expired, or abandoned with the process.

A failing record is answered as the strategy says and as fast, from nothing to full snapback; relief lapses
that was not earned again; a target that breaks its word in the open loses everything; and a lead sender
that no longer finds the bargain worth its price leaves it, the more easily the less its own government
feels bound by a predecessor's word:

    leaving = leverage forgone x audience + distance of the heir - worth of conduct - standing
              - cost of breaking an agreement

(M46, M54, M74, M80, M82, M95.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import chance_of, pushed
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.experience import trust_along
from model.packages import (
    audience,
    has_promised,
    relief_bargained,
    relief_in_force,
    stage_of,
    unbound,
    worth_expected,
)
from model.process import blame_for, book_reversal, fall_apart, is_sender, pause_track, withdraw
from model.vocabulary import (
    SECTORS,
    Cause,
    Character,
    Conduct,
    DisputeStatus,
    Event,
    Humanitarian,
    Reach,
    Response,
    Sector,
    Standing,
    Stream,
)
from model.world import TRACKS


@rule("M46", "M74")
def gain_of_leaving(price: float, distance: float, worth: float, standing: float) -> float:
    """Return what leaving a bargain is worth to the lead sender, points a year."""
    return price + distance - worth - standing


@phase("M67", "M80", "M82")
def take_back(
    world: Any, given: Any, dispute: int, stage: Any, whole: bool, month: int, event: int, why: int
) -> None:
    """Take back a stage's relief, or all of it; senders in turn."""
    row = world.disputes[dispute]
    before = relief_in_force(world.parties, row)
    if before <= 0.0:
        return
    shielded = given.plans.headers[row.plan].humanitarian == Humanitarian.SEPARATE_CALENDAR
    for party in range(row.lead, row.lead + row.senders):
        seat = world.parties[party]
        if is_sender(world, party):
            for sector in range(SECTORS):
                if shielded and sector == Sector.ESSENTIAL:
                    continue
                amount = seat.relieved[sector]
                if not whole:
                    amount = min(amount, seat.imposed[sector] * stage.relief[sector] * row.step_scale)
                if amount > 0.0:
                    withdraw(world, dispute, party, sector, amount, month, event, why)
    book_reversal(world, given, dispute, before, stage.tolerance, month, why)


@phase()
def cause_of_failure(world: Any, given: Any, dispute: int, month: int) -> int:
    """Return what a failing record comes from: noise, or the target's own conduct."""
    row = world.disputes[dispute]
    if row.conduct == Conduct.SHAMMING:
        return Cause.CHEATING
    if row.conduct == Conduct.STALLING:
        return Cause.STALLED
    if row.conduct == Conduct.DEFYING:
        return Cause.DEFIANCE
    if row.last_false_alarm >= 0 and month - row.last_false_alarm <= given.parameters.memory:
        return Cause.NOISE
    return Cause.STALLED


@phase("M54", "M80", "M82", "M99")
def respond(world: Any, given: Any, process: int, stage: Any, month: int) -> None:
    """Answer a failing record as the stage says: not, by a warning, a step back or a snapback, or freely."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    cause = cause_of_failure(world, given, dispute, month)
    response = stage.response
    track.failing = 0
    track.negatives = 0
    if response == Response.DISCRETIONARY:
        response = Response.GRADUATED if world.parties[row.lead].delivering == 0 else Response.WARNING
    if given.on.m80 == 0.0:
        response = Response.NONE
    if response == Response.NONE or response == Response.WARNING:
        if response == Response.WARNING:
            row.tension = pushed(row.tension, numbers.warning_heat, 0.0)
        if row.violations < numbers.strikes:
            return
        response = Response.GRADUATED
        if stage.response == Response.NONE:
            if track.standing == Standing.PERFORMING:
                fall_apart(world, given, process, month, cause)
            return
    whole = response == Response.FULL or row.violations >= numbers.strikes or stage.reach == Reach.ALL_SECTORS
    event = Event.SNAPPED_BACK if whole else Event.STEPPED_BACK
    take_back(world, given, dispute, stage, whole, month, event, cause)
    if whole:
        fall_apart(world, given, process, month, cause)
    elif track.standing != Standing.CONCLUDED:
        pause_track(world, given, process, month, 1)


@phase("M95")
def expire(world: Any, given: Any, process: int, stage: Any, month: int) -> None:
    """Let temporary relief lapse that was not earned again."""
    track = world.processes[process]
    lapses = given.on.m95 * stage.expires > 0.0
    if lapses and month - track.released_at == stage.expires and track.positives == 0:
        take_back(world, given, track.dispute, stage, False, month, Event.RELIEF_EXPIRED, Cause.STALLED)
        track.standing = Standing.TABLED
        track.since = month


@phase()
def pressure_forgone(world: Any, dispute: int) -> float:
    """Return the pressure the measures would exert had no relief been given, points a year."""
    row = world.disputes[dispute]
    total = 0.0
    for sector in range(SECTORS):
        total += row.unrelieved[sector]
    return total


@phase("M46", "M54", "M74")
def weigh_exit(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let the lead sender leave a process, or an agreement, that it no longer finds worth its price."""
    numbers = given.parameters
    row = world.disputes[dispute]
    lead = world.parties[row.lead]
    header = given.plans.headers[row.plan]
    first = dispute * TRACKS
    stage = stage_of(given.plans.stages, header, 0, world.processes[first].stage)
    shielded = header.humanitarian == Humanitarian.SEPARATE_CALENDAR
    relief = relief_bargained(world.parties, row, shielded)
    if relief <= 0.0 or row.yielded == 1:
        return
    trust = trust_along(world.trust, lead.tie_to, numbers.stranger)
    worth = worth_expected(row, trust) * lead.weight
    loud = audience(world.states[row.lead_state], numbers, given.on, 1.0, month)
    price = given.on.m74 * numbers.leverage * relief * pressure_forgone(world, dispute)
    price *= 1.0 + numbers.audience_sender * loud
    if lead.character != Character.SINCERE:
        price *= numbers.reluctance
    distance = numbers.heir_distance * lead.heir * unbound(world.states[row.lead_state], given.on)
    advantage = (
        price + given.on.m46 * distance - worth - numbers.standing - numbers.break_cost * row.agreement
    )
    chance = numbers.weighing * chance_of(advantage, lead.noise)
    if uniform(stream_of(given.luck, Stream.RESPONSE, month), lead.luck) < chance:
        cause = Cause.TURNOVER if lead.heir == 1 else Cause.REFUSAL
        take_back(world, given, dispute, stage, True, month, Event.SNAPPED_BACK, cause)
        for process in range(first, first + header.tracks):
            fall_apart(world, given, process, month, cause)


@phase("M54", "M80")
def answer_defiance(world: Any, given: Any, dispute: int, month: int) -> None:
    """Answer a target that breaks its word in the open: relief goes, and so does the process."""
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    first = dispute * TRACKS
    stage = stage_of(given.plans.stages, header, 0, world.processes[first].stage)
    cause = blame_for(world, dispute, month, given.parameters.memory, Cause.DEFIANCE)
    if stage.response != Response.NONE and given.on.m80 > 0.0:
        take_back(world, given, dispute, stage, True, month, Event.SNAPPED_BACK, cause)
    for process in range(first, first + header.tracks):
        fall_apart(world, given, process, month, cause)
    row.yielded = 0
    for milestone in range(len(row.agreed)):
        row.agreed[milestone] = 0.0
    row.conduct = Conduct.COMPLYING


@phase("M46", "M54", "M74", "M80", "M82", "M95")
def reverse(world: Any, given: Any, month: int) -> None:
    """Answer failing records, defiance and second thoughts; disputes in turn, tracks in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.IMPOSED:
            continue
        if row.conduct == Conduct.DEFYING and has_promised(row):
            answer_defiance(world, given, dispute, month)
            continue
        if row.yielded == 1:
            continue
        weigh_exit(world, given, dispute, month)
        header = given.plans.headers[row.plan]
        for process in range(dispute * TRACKS, dispute * TRACKS + header.tracks):
            track = world.processes[process]
            stage = stage_of(given.plans.stages, header, track.track, track.stage)
            if track.failing > stage.speed:
                respond(world, given, process, stage, month)
            elif track.failing > 0:
                track.failing += 1
            elif track.standing == Standing.DWELLING:
                expire(world, given, process, stage, month)
