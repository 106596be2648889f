"""Bargaining: what is put on the table, and who says yes.

Each side values the stage on the table (packages.py) through its misreading of the other, and accepts
with a logit chance; both must say yes. Where the sum is positive but one side would lose, a mediator
whom both let in may find the package that shares it:

    worth = trust x (won - paid) - (1 - trust) x paid x exposure - reserve + reading error

The target wins the relief and pays the cost of what is asked, heavier by its character and its audience;
the sender wins the conduct and its own trade, and pays leverage. Who moves first is exposed, and
verification and snapback shorten the exposure. A leader's mind is made up once for each attempt.

(M04, M08, M41, M45, M46, M74, M97; Putnam 1988 for the two tables).
"""

from __future__ import annotations

from typing import Any

from model.bounded import chance_of, pushed
from model.compiled import phase, rule
from model.draws import normal, occasion_of, pair_of, stream_of, uniform
from model.experience import trust_along, witness
from model.ledger import NOBODY, mediator_actor, note
from model.monitoring import sensitivity_of
from model.packages import (
    audience,
    burden_of,
    cost_to_target,
    exchange,
    exposure_of_sender,
    exposure_of_target,
    nearness_of,
    plainness,
    pressure_felt,
    relief_to_target,
    severity_of,
    stage_at_hand,
    stage_of,
    steps_asked,
    trust_with_guarantee,
    worth_to_sender,
)
from model.process import blame_for, fall_apart
from model.vocabulary import (
    HOTLINE_BIT,
    MILESTONES,
    SECTORS,
    Announcement,
    Cause,
    Character,
    DisputeStatus,
    ElectoralTiming,
    Event,
    FirstMover,
    IssueScope,
    Release,
    Role,
    Standing,
    Stream,
    TechnicalTrack,
    Track,
)
from model.world import TRACKS

YEAR = 12.0


@rule("M45")
def price_at_home(cost: float, loud: float, face: float) -> float:
    """Return what a concession costs a leader once his audience has had its say, points a year."""
    return cost * (1.0 + loud) * (1.0 - face)


@rule("M41")
def per_unit(gain: float, demand: float, relief: float, least: float) -> float:
    """Return a package's worth for the size of the step, so that small steps are not decided by noise."""
    return gain / max(demand, relief, least)


@rule("M08")
def chance_of_bridge(skill: float, access: float, surplus: float, noise: float) -> float:
    """Return the chance that a mediator finds the package that shares a positive surplus."""
    return skill * access * max(0.0, 2.0 * chance_of(surplus, noise) - 1.0)


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


@phase()
def relief_share(stage: Any) -> float:
    """Return the share of all measures that a stage gives back."""
    size = 0.0
    for sector in range(SECTORS):
        size += stage.relief[sector] / SECTORS
    return size


@phase("M41", "M45", "M46")
def answer_of_target(world: Any, given: Any, process: int, party: int, stage: Any, month: int) -> float:
    """Return the package's worth as the target's leader, or a body that can veto him, reads it."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    seat = world.parties[party]
    burden = burden_of(
        seat.character, numbers.burden_sincere, numbers.burden_opportunist, numbers.burden_hardline
    )
    burden *= 1.0 - numbers.shared_burden * world.states[row.target_state].ownership
    burden *= 1.0 + numbers.wider_agenda * (header.issue_scope == IssueScope.REFORM)
    demand = steps_asked(row, stage)
    offered = relief_to_target(row, world.states[row.target_state].accountability, numbers, stage) * (
        1.0 + numbers.credulity * (header.promise - 1.0)
    )
    if header.issue_scope == IssueScope.BUNDLE:
        offered *= 1.0 + numbers.wider_agenda
    lull = min(1.0, header.pause_months / YEAR)
    offered += numbers.temporary_relief * header.pause_relief * lull * pressure_felt(row) * demand
    trust = trust_with_guarantee(
        trust_along(world.trust, seat.tie_to, numbers.stranger),
        numbers.guarantee * row.sponsor * header.guarantee,
    )
    loud = numbers.audience_target * audience(
        world.states[seat.state], numbers, given.on, row.publicity, month
    )
    price = price_at_home(cost_to_target(row, stage) * burden, loud, numbers.face * stage.paired)
    exposure = exposure_of_target(stage.release, numbers.waiting / YEAR, stage.dwell / YEAR)
    gain = exchange(trust, offered, price, exposure) - seat.red_line * demand
    gain += numbers.confidence_worth * stage.confidence_depth
    if header.first_mover == FirstMover.TARGET:
        gain -= numbers.first_step * demand
    elif header.first_mover == FirstMover.GOODWILL or header.first_mover == FirstMover.SENDER:
        gain += numbers.first_step * demand
    occasion = occasion_of(track.restarts, world.states[seat.state].leader_since)
    reading = normal(stream_of(given.luck, Stream.TARGET_READING, occasion), pair_of(track.luck, seat.luck))
    gain += seat.misreading * reading * demand
    return per_unit(gain, demand, relief_share(stage), numbers.least_step)


@phase("M41", "M47")
def target_accepts(world: Any, given: Any, process: int, party: int, answer: float) -> bool:
    """Return whether a leader, or a body that can veto him, says yes to what is read as worth ``answer``."""
    track = world.processes[process]
    seat = world.parties[party]
    occasion = occasion_of(track.restarts, world.states[seat.state].leader_since)
    draw = uniform(stream_of(given.luck, Stream.TARGET_ANSWER, occasion), pair_of(track.luck, seat.luck))
    return draw < chance_of(answer, seat.noise)


@phase("M41", "M47")
def target_blocked(world: Any, given: Any, process: int, stage: Any, month: int) -> bool:
    """Return whether a body at home that can veto the target's leader stops the package."""
    track = world.processes[process]
    row = world.disputes[track.dispute]
    for party in range(row.first_party, row.first_party + row.parties):
        seat = world.parties[party]
        if seat.role == Role.VETO_PLAYER and seat.veto_of == row.target:
            answer = answer_of_target(world, given, process, party, stage, month)
            occasion = occasion_of(track.restarts, world.states[seat.state].leader_since)
            heard = uniform(stream_of(given.luck, Stream.VETO, occasion), seat.luck) < seat.veto
            if heard and not target_accepts(world, given, process, party, answer):
                return True
    return False


@phase("M41", "M45", "M46", "M74")
def answer_of_sender(world: Any, given: Any, process: int, stage: Any, month: int) -> float:
    """Return the package's worth to the lead sender as its leader reads it."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    seat = world.parties[row.lead]
    seen = sensitivity_of(given.parameters, given.on, stage, plainness(row), row.watch)
    lasting = 1.0 - given.on.m80 * severity_of(
        stage.response, numbers.severity_warning, numbers.severity_graduated, numbers.severity_full
    )
    relief = relief_to_target(row, world.states[row.target_state].accountability, numbers, stage)
    demand = steps_asked(row, stage)
    loud = numbers.audience_sender * audience(
        world.states[seat.state], numbers, given.on, row.publicity, month
    )
    price = price_at_home(given.on.m74 * numbers.leverage * relief, loud, 0.0)
    if seat.character != Character.SINCERE:
        price *= numbers.reluctance
    share = relief / max(relief, pressure_felt(row)) if relief > 0.0 else 0.0
    won = worth_to_sender(row, stage) * seat.weight
    won += numbers.own_trade * world.states[seat.state].loss * share
    exposure = exposure_of_sender(stage.release, numbers.waiting / YEAR, 1.0 - seen, lasting)
    trust = trust_along(world.trust, seat.tie_to, numbers.stranger)
    gain = exchange(trust, won, price, exposure) - seat.red_line * demand
    gain += numbers.confidence_worth * stage.confidence_depth
    header = given.plans.headers[row.plan]
    if header.first_mover == FirstMover.GOODWILL or header.first_mover == FirstMover.SENDER:
        gain -= numbers.first_step * demand
    elif header.first_mover == FirstMover.TARGET:
        gain += numbers.first_step * demand
    occasion = occasion_of(track.restarts, world.states[seat.state].leader_since)
    reading = normal(stream_of(given.luck, Stream.SENDER_READING, occasion), track.luck)
    gain += seat.misreading * reading * demand
    return per_unit(gain, demand, relief_share(stage), numbers.least_step)


@phase("M08")
def bridged(world: Any, given: Any, dispute: int, target: float, sender: float, month: int) -> int:
    """Return the channel whose mediator shares out the surplus, or -1."""
    row = world.disputes[dispute]
    draws = stream_of(given.luck, Stream.BRIDGE, month)
    for channel in range(row.first_channel, row.first_channel + row.channels):
        line = world.channels[channel]
        if line.open == 1:
            mediator = world.mediators[line.mediator]
            chance = chance_of_bridge(
                mediator.skill,
                min(line.access_target, line.access_lead),
                target + sender,
                world.parties[row.target].noise,
            )
            if uniform(draws, line.luck) < given.on.m08 * chance:
                return channel
    return NOBODY


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
    note(
        world,
        month,
        Event.CONFIDENCE_STEP,
        dispute,
        row.target_state,
        row.lead_state,
        NOBODY,
        steps,
        NOBODY,
    )


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
    note(
        world,
        month,
        Event.AGREED,
        dispute,
        row.target_state,
        row.lead_state,
        at_hand,
        size,
        NOBODY,
    )


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
    note(world, month, Event.REFUSED, dispute, refuser, other, at_hand, worst, NOBODY)
    chance = numbers.walk_out * chance_of(-worst, numbers.temper) * (numbers.quiet_hazard + row.tension)
    if uniform(stream_of(given.luck, Stream.WALK_OUT, month), track.luck) < chance:
        note(world, month, Event.WALKED_OUT, dispute, refuser, other, at_hand, worst, NOBODY)
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
        note(
            world,
            month,
            Event.TALKS_OPENED,
            track.dispute,
            row.lead_state,
            row.target_state,
            NOBODY,
            0.0,
            NOBODY,
        )
    stage = stage_at_hand(world, given, process)
    note(
        world,
        month,
        Event.TABLED,
        track.dispute,
        carrier,
        row.target_state,
        stage,
        0.0,
        NOBODY,
    )


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
