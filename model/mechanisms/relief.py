"""Relief: given, held back, expired, stepped back or snapped back, by the strategy's own rules.

What is due is decided by the record that can be observed, never by true conduct. Each sender gives from
its own measures,

    relief = share x level imposed x step size x (1 - what its veto player blocks),

never more than it imposed. What is promised and not delivered is a broken promise in the target's eyes;
what is taken back from a target that complied is a worse one (M42-M44, M74, M78-M80, M82, M90, M95, M99,
M100, M102).
"""

from __future__ import annotations

from typing import Any

from model.bounded import chance_of, pushed
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.experience import trust_along, witness
from model.ledger import NOBODY, note
from model.packages import (
    audience,
    blame_for,
    fulfilment,
    has_promised,
    header_of,
    relief_in_force,
    stage_of,
    worth_expected,
)
from model.vocabulary import (
    SECTORS,
    Cause,
    Character,
    Conduct,
    Coordination,
    Criteria,
    DecisionRule,
    DisputeStatus,
    Ending,
    Event,
    Reach,
    Release,
    Response,
    Role,
    Standing,
    Stream,
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


@phase()
def is_sender(world: Any, party: int) -> bool:
    """Return whether a party imposes measures and still takes part."""
    seat = world.parties[party]
    return seat.member == 1 and (seat.role == Role.LEAD_SENDER or seat.role == Role.SENDER)  # type: ignore[no-any-return]


@phase("M76", "M90")
def consented(world: Any, given: Any, dispute: int) -> bool:
    """Return whether the coalition consents to release, under the strategy's release rule (D30)."""
    row = world.disputes[dispute]
    header = header_of(world, given, dispute)
    if world.parties[row.lead].delivering == 0:
        return False
    members = 0
    willing = 0
    for party in range(row.first_party, row.first_party + row.parties):
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
    for other in range(row.first_party, row.first_party + row.parties):
        veto = world.parties[other]
        if veto.role == Role.VETO_PLAYER and veto.veto_of == party and veto.delivering == 0:
            blocked = veto.veto
            note(world, month, Event.VETOED, dispute, veto.state, seat.state, NOBODY, blocked, NOBODY)
    total = 0.0
    for sector in range(SECTORS):
        if stage.relief[sector] > 0.0:
            amount = relief_given(
                seat.imposed[sector], seat.relieved[sector], stage.relief[sector], row.step_scale, blocked
            )
            if amount > 0.0:
                seat.relieved[sector] += amount
                total += amount
                note(
                    world,
                    month,
                    Event.RELIEF,
                    dispute,
                    seat.state,
                    row.target_state,
                    sector,
                    amount,
                    stage.release,
                )
    return total


@phase("M42", "M43", "M44", "M74", "M90", "M102")
def release_stage(world: Any, given: Any, process: int, stage: Any, month: int) -> None:
    """Release a stage's relief: by all members together, or by those who are willing."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = header_of(world, given, dispute)
    together = header.coordination == Coordination.UNIFIED or header.synchronised == 1
    total = 0.0
    place = 0
    if stage.escrow == 0:
        for party in range(row.first_party, row.first_party + row.parties):
            if is_sender(world, party):
                place += 1
                mine = stage.only_sender == 0 or stage.only_sender == place
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
        tally = world.tallies[dispute]
        if tally.first_relief_at < 0:
            tally.first_relief_at = month
        kept = min(1.0, 1.0 / header.promise)
        witness(world, world.parties[row.target].tie_to, kept, numbers.relief_seen, numbers.loss_aversion)


@phase()
def is_due(world: Any, given: Any, process: int, stage: Any, month: int) -> bool:
    """Return whether a stage's relief is due, by its release rule and the observed record (D05)."""
    track = world.processes[process]
    row = world.disputes[track.dispute]
    waited = month - track.agreed_at
    if stage.release == Release.BEFORE or stage.release == Release.UNCONDITIONAL:
        return True
    if stage.release == Release.CALENDAR:
        return waited >= stage.dwell  # type: ignore[no-any-return]
    if stage.release == Release.HYBRID and waited >= stage.deadline:
        return track.negatives == 0  # type: ignore[no-any-return]
    if stage.release == Release.TOGETHER:
        return (
            reported_share(world, track.dispute) >= 1.0 - stage.tolerance - given.parameters.measurement_slack
        )  # type: ignore[no-any-return]
    if stage.release == Release.OPTICS:
        return world.states[row.lead_state].support > world.states[row.lead_state].support_base  # type: ignore[no-any-return]
    return track.positives > 0  # type: ignore[no-any-return]


@phase()
def reported_share(world: Any, dispute: int) -> float:
    """Return the share of what was promised that the target itself reports as done."""
    row = world.disputes[dispute]
    promised = 0.0
    reported = 0.0
    for milestone in range(len(row.agreed)):
        promised += row.agreed[milestone]
        reported += min(row.agreed[milestone], row.reported[milestone])
    return reported / promised if promised > 0.0 else 1.0


@phase("M80", "M82")
def take_back(
    world: Any, given: Any, dispute: int, stage: Any, whole: bool, month: int, event: int, why: int
) -> float:
    """Take back a stage's relief, or all of it; return the share of the relief in force that went."""
    numbers = given.parameters
    row = world.disputes[dispute]
    before = relief_in_force(world, dispute)
    if before <= 0.0:
        return 0.0
    for party in range(row.first_party, row.first_party + row.parties):
        seat = world.parties[party]
        if seat.role == Role.LEAD_SENDER or seat.role == Role.SENDER:
            for sector in range(SECTORS):
                amount = seat.relieved[sector]
                if not whole:
                    amount = min(amount, seat.imposed[sector] * stage.relief[sector] * row.step_scale)
                if amount > 0.0 and seat.member == 1:
                    seat.relieved[sector] = max(0.0, seat.relieved[sector] - amount)
                    note(world, month, event, dispute, seat.state, row.target_state, sector, -amount, why)
    after = relief_in_force(world, dispute)
    lost = (before - after) / before
    tally = world.tallies[dispute]
    tally.reversals += 1
    tally.largest_reversal = max(tally.largest_reversal, lost)
    kept = 0.0
    if (
        row.conduct == Conduct.COMPLYING
        and fulfilment(world, dispute) >= 1.0 - stage.tolerance - numbers.measurement_slack
    ):
        tally.wrongful_reversals += 1
    elif why == Cause.CHEATING:
        kept = numbers.fair_cop
    witness(
        world, world.parties[row.target].tie_to, kept, numbers.reversal_seen * lost, numbers.loss_aversion
    )
    return lost


@phase("M54")
def fall_apart(world: Any, given: Any, process: int, month: int, cause: int) -> None:
    """Let a track, and the agreement that rests on it, fall apart."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    track.standing = Standing.BROKEN
    track.since = month
    track.failing = 0
    track.disputed = 0
    row.cause = cause
    if row.agreement == 1:
        row.agreement = 0
        row.agreement_ended_at = month
        world.tallies[dispute].agreements_ended += 1
    row.tension = pushed(row.tension, given.parameters.incident_heat, 0.0)
    note(world, month, Event.BROKEN, dispute, row.lead_state, row.target_state, track.stage, 0.0, cause)


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
    """Answer a failing record as the stage says: nothing, warning, step back, snap back, or as the lead likes."""
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
    else:
        track.paused_until = month + max(stage.speed, 1)
        if track.standing != Standing.CONCLUDED:
            track.standing = Standing.PAUSED
            track.since = month


@phase("M100")
def conclude(world: Any, given: Any, process: int, month: int) -> None:
    """Close a track whose last stage is done; the main one concludes the agreement."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = header_of(world, given, dispute)
    track.standing = Standing.CONCLUDED
    track.since = month
    for place in range(header.track_stages[track.track]):
        stage = stage_of(given, header, track.track, place)
        if stage.escrow == 1:
            for party in range(row.first_party, row.first_party + row.parties):
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
        note(
            world, month, Event.CONCLUDED, dispute, row.target_state, row.lead_state, track.stage, 0.0, NOBODY
        )
        if row.ending == Ending.ONGOING:
            row.ended_at = month
            row.ending = ending_of(world, given, dispute)
            note(
                world, month, Event.ENDED, dispute, row.lead_state, row.target_state, row.ending, 0.0, NOBODY
            )


@phase()
def ending_of(world: Any, given: Any, dispute: int) -> int:
    """Return how a coder would record a concluded episode: by the share of the demand seen to be met."""
    row = world.disputes[dispute]
    numbers = given.parameters
    asked = 0.0
    seen = 0.0
    for milestone in range(len(row.asked)):
        asked += row.asked[milestone]
        seen += min(row.asked[milestone], row.observed[milestone])
    share = seen / asked if asked > 0.0 else 0.0
    if share >= numbers.coded_full:
        return Ending.ACQUIESCED_FULLY
    if share >= numbers.coded_part:
        return Ending.ACQUIESCED_PARTLY
    return Ending.NEGOTIATED


@phase("M99", "M100")
def move_on(world: Any, given: Any, process: int, stage: Any, month: int) -> None:
    """Take a track to its next stage once the dwell is over and the stage is proven."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = header_of(world, given, dispute)
    if month - track.released_at < stage.dwell:
        return
    free = (
        stage.release == Release.UNCONDITIONAL
        or stage.release == Release.OPTICS
        or stage.release == Release.CALENDAR
    )
    if not free and track.positives == 0 and has_promised(world, dispute):
        if month - track.released_at > stage.deadline:
            track.failing = 1
        return
    trust = trust_along(world, world.parties[row.lead].tie_to, given.parameters.stranger)
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


@phase("M95")
def expire(world: Any, given: Any, process: int, stage: Any, month: int) -> None:
    """Let temporary relief lapse that was not earned again."""
    track = world.processes[process]
    if stage.expires > 0 and month - track.released_at == stage.expires and track.positives == 0:
        take_back(world, given, track.dispute, stage, False, month, Event.RELIEF_EXPIRED, Cause.STALLED)
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
        witness(world, world.parties[row.target].tie_to, 0.0, numbers.withholding_seen, numbers.loss_aversion)
    if lead.withheld == 1 + int(numbers.overdue):
        note(
            world,
            month,
            Event.WITHHELD,
            track.dispute,
            row.lead_state,
            row.target_state,
            track.stage,
            0.0,
            NOBODY,
        )


@phase("M74", "M78", "M79", "M80", "M100")
def run_track(world: Any, given: Any, process: int, month: int) -> None:
    """Take one track's month: release what is due, answer what failed, move on when time and record allow."""
    track = world.processes[process]
    dispute = track.dispute
    header = header_of(world, given, dispute)
    stage = stage_of(given, header, track.track, track.stage)
    if track.failing == 1:
        respond(world, given, process, stage, month)
    elif track.standing == Standing.PERFORMING:
        if is_due(world, given, process, stage, month):
            if consented(world, given, dispute):
                world.parties[world.disputes[dispute].lead].withheld = 0
                release_stage(world, given, process, stage, month)
            else:
                hold_back(world, given, process, month)
        elif month - track.agreed_at > stage.deadline:
            track.failing = 1
    elif track.standing == Standing.DWELLING:
        expire(world, given, process, stage, month)
        if track.standing == Standing.DWELLING:
            move_on(world, given, process, stage, month)


@phase("M46", "M54")
def weigh_exit(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let the lead sender leave a process, or an agreement, that it no longer finds worth its price."""
    numbers = given.parameters
    row = world.disputes[dispute]
    lead = world.parties[row.lead]
    header = header_of(world, given, dispute)
    first = dispute * TRACKS
    stage = stage_of(given, header, 0, world.processes[first].stage)
    relief = relief_in_force(world, dispute)
    if relief <= 0.0 or row.yielded == 1:
        return
    trust = trust_along(world, lead.tie_to, numbers.stranger)
    worth = worth_expected(world, dispute, trust) * lead.weight
    loud = audience(world, given, row.lead_state, 1.0, month)
    price = given.on.m74 * numbers.leverage * relief * pressure_forgone(world, dispute)
    price *= 1.0 + numbers.audience_sender * loud
    if lead.character != Character.SINCERE:
        price *= numbers.reluctance
    distance = numbers.heir_distance * lead.heir * (1.0 - world.states[row.lead_state].legitimacy)
    advantage = (
        price + given.on.m46 * distance - worth - numbers.standing - numbers.break_cost * row.agreement
    )
    chance = numbers.weighing * chance_of(advantage, lead.noise)
    if uniform(stream_of(given.luck, Stream.RESPONSE, month), lead.luck) < chance:
        cause = Cause.TURNOVER if lead.heir == 1 else Cause.REFUSAL
        take_back(world, given, dispute, stage, True, month, Event.SNAPPED_BACK, cause)
        for process in range(first, first + header.tracks):
            fall_apart(world, given, process, month, cause)


@phase()
def pressure_forgone(world: Any, dispute: int) -> float:
    """Return the pressure the measures would exert had no relief been given, points a year."""
    row = world.disputes[dispute]
    total = 0.0
    for sector in range(SECTORS):
        total += row.unrelieved[sector]
    return total


@phase("M54")
def answer_defiance(world: Any, given: Any, dispute: int, month: int) -> None:
    """Answer a target that breaks its word in the open: relief goes, and so does the process."""
    row = world.disputes[dispute]
    header = header_of(world, given, dispute)
    first = dispute * TRACKS
    stage = stage_of(given, header, 0, world.processes[first].stage)
    cause = blame_for(world, dispute, month, given.parameters.memory, Cause.DEFIANCE)
    if stage.response != Response.NONE and given.on.m80 > 0.0:
        take_back(world, given, dispute, stage, True, month, Event.SNAPPED_BACK, cause)
    for process in range(first, first + header.tracks):
        fall_apart(world, given, process, month, cause)
    row.yielded = 0
    for milestone in range(len(row.agreed)):
        row.agreed[milestone] = 0.0
    row.conduct = Conduct.COMPLYING


@phase("M78")
def lift_after_yielding(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let the senders lift their measures, each when it chooses to, from a target that gave way."""
    row = world.disputes[dispute]
    numbers = given.parameters
    for party in range(row.first_party, row.first_party + row.parties):
        seat = world.parties[party]
        if is_sender(world, party) and seat.delivering == 1:
            for sector in range(SECTORS):
                amount = min(seat.imposed[sector] - seat.relieved[sector], numbers.lifting_pace)
                if amount > 0.0:
                    seat.relieved[sector] += amount
                    note(
                        world,
                        month,
                        Event.RELIEF,
                        dispute,
                        seat.state,
                        row.target_state,
                        sector,
                        amount,
                        NOBODY,
                    )
                    if world.tallies[dispute].first_relief_at < 0:
                        world.tallies[dispute].first_relief_at = month


@phase("M42", "M44", "M46", "M54", "M74", "M78", "M79", "M80", "M82", "M90", "M95", "M99", "M100", "M102")
def relieve(world: Any, given: Any, month: int) -> None:
    """Give, hold, expire and take back relief; disputes in turn, tracks in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.IMPOSED:
            continue
        if row.conduct == Conduct.DEFYING and has_promised(world, dispute):
            answer_defiance(world, given, dispute, month)
            continue
        if row.yielded == 1:
            lift_after_yielding(world, given, dispute, month)
            continue
        weigh_exit(world, given, dispute, month)
        header = header_of(world, given, dispute)
        for process in range(dispute * TRACKS, dispute * TRACKS + header.tracks):
            run_track(world, given, process, month)
