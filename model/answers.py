"""Answers: how the stage on the table reads to each side, and who says yes.

Each side reads the exchange (packages.py) through its misreading of the other,

    worth = trust x (won - paid) - (1 - trust) x paid x exposure - reserve - fear + later relief
            + confidence + first move + reading error,

for the size of the step, and accepts with a logit chance. The target wins the relief and pays the cost of
what is asked, heavier by its character and its audience; the sender wins the conduct and its own trade, and
pays leverage. Fear of the other weighs on both; relief that would follow counts for the target, and so does
a moment of weakness; whoever moves first pays for it. A leader's mind is made up once for each attempt.
Where leaders do not weigh the cost at home (M41 switched off), nothing is paid there: each says yes to what
wins more than its reserve
(M04, M08, M09, M41, M45, M46, M47, M74, M80, M84, M121; Putnam 1988 for the two tables).
"""

from __future__ import annotations

from typing import Any

from model.bounded import chance_of, drawn_to, recently, saturating
from model.compiled import phase, rule
from model.draws import normal, occasion_of, pair_of, stream_of, uniform
from model.experience import trust_along
from model.ledger import NOBODY
from model.monitoring import sensitivity_of
from model.packages import (
    audience,
    burden_of,
    cost_to_target,
    exchange,
    exposure_of_sender,
    exposure_of_target,
    plainness,
    pressure_felt,
    relief_to_come,
    relief_to_target,
    severity_of,
    steps_asked,
    trust_with_guarantee,
    worth_to_sender,
)
from model.vocabulary import (
    SECTORS,
    Character,
    Criteria,
    FirstMover,
    IssueScope,
    Redress,
    Role,
    Stream,
)

YEAR = 12.0


@rule("M41", "M45")
def price_at_home(cost: float, loud: float, face: float) -> float:
    """Return what a concession costs a leader once his audience has had its say, points a year."""
    return cost * (1.0 + loud) * (1.0 - face)


@rule()
def per_unit(gain: float, demand: float, relief: float, least: float) -> float:
    """Return a package's worth for the size of the step, so that small steps are not decided by noise."""
    return gain / max(demand, relief, least)


@rule("M08")
def chance_of_bridge(skill: float, access: float, surplus: float, noise: float) -> float:
    """Return the chance that a mediator finds the package that shares a positive surplus."""
    return skill * access * max(0.0, 2.0 * chance_of(surplus, noise) - 1.0)


@phase()
def relief_share(stage: Any) -> float:
    """Return the share of all measures that a stage gives back."""
    size = 0.0
    for sector in range(SECTORS):
        size += stage.relief[sector] / SECTORS
    return size


@phase("M40")
def common_ground(world: Any, dispute: int, half: float) -> float:
    """Return how far private meetings have prepared the ground for formal review at home, 0-1."""
    row = world.disputes[dispute]
    meetings = 0
    for channel in range(row.first_channel, row.first_channel + row.channels):
        meetings += world.channels[channel].meetings
    return saturating(float(meetings), half)


@phase("M09", "M33", "M36", "M41", "M43", "M45", "M46", "M58", "M78", "M93", "M121")
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
    burden *= 1.0 - given.on.m43 * numbers.capital * row.momentum
    burden *= 1.0 - given.on.m36 * numbers.legal_cover * (header.redress == Redress.LEGAL)
    demand = steps_asked(row, stage)
    voice = world.states[row.target_state].accountability
    offered = relief_to_target(row, voice, numbers, stage)
    offered *= 1.0 + numbers.credulity * (header.promise - 1.0)
    if header.issue_scope == IssueScope.BUNDLE:
        offered *= 1.0 + numbers.wider_agenda
    published = header.criteria == Criteria.PUBLISHED
    trust = trust_with_guarantee(
        trust_along(world.trust, seat.tie_to, numbers.stranger),
        numbers.guarantee * row.sponsor * header.guarantee,
    )
    trust = trust_with_guarantee(trust, given.on.m33 * numbers.roadmap * published)
    loud = numbers.audience_target * audience(
        world.states[seat.state], numbers, given.on, row.publicity, month
    )
    loud *= 1.0 - given.on.m58 * numbers.predictable * published
    face = given.on.m93 * numbers.face * stage.paired
    price = given.on.m41 * price_at_home(cost_to_target(row, stage) * burden, loud, face)
    exposure = exposure_of_target(stage.release, numbers.waiting / YEAR, stage.dwell / YEAR)
    exposure = drawn_to(1.0, exposure, given.on.m78)
    gain = exchange(trust, offered, price, exposure) - (seat.red_line + numbers.fear * seat.threat) * demand
    gain += given.on.m121 * trust * relief_to_come(row, voice, numbers, stage) * demand
    gain += given.on.m09 * numbers.weak_moment * recently(month, row.last_blow, numbers.memory) * demand
    gain += numbers.confidence_worth * stage.confidence_depth
    if header.first_mover == FirstMover.TARGET:
        gain -= numbers.first_step * demand
    elif header.first_mover == FirstMover.GOODWILL or header.first_mover == FirstMover.SENDER:
        gain += numbers.first_step * demand
    occasion = occasion_of(track.restarts, world.states[seat.state].leader_since)
    reading = normal(stream_of(given.luck, Stream.TARGET_READING, occasion), pair_of(track.luck, seat.luck))
    gain += seat.misreading * reading * demand
    return per_unit(gain, demand, relief_share(stage), numbers.least_step)


@phase()
def target_accepts(world: Any, given: Any, process: int, party: int, answer: float) -> bool:
    """Return whether a leader, or a body that can veto him, says yes to what is read as worth ``answer``."""
    track = world.processes[process]
    seat = world.parties[party]
    occasion = occasion_of(track.restarts, world.states[seat.state].leader_since)
    draw = uniform(stream_of(given.luck, Stream.TARGET_ANSWER, occasion), pair_of(track.luck, seat.luck))
    return draw < chance_of(answer, seat.noise)


@phase("M40")
def target_blocked(world: Any, given: Any, process: int, stage: Any, month: int) -> bool:
    """Return whether a body at home that can veto the target's leader stops the package."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    for party in range(row.first_party, row.first_party + row.parties):
        seat = world.parties[party]
        if seat.role == Role.VETO_PLAYER and seat.veto_of == row.target:
            answer = answer_of_target(world, given, process, party, stage, month)
            occasion = occasion_of(track.restarts, world.states[seat.state].leader_since)
            prepared = given.on.m40 * numbers.prepared * common_ground(world, dispute, numbers.meetings_half)
            veto = seat.veto * (1.0 - prepared)
            heard = uniform(stream_of(given.luck, Stream.VETO, occasion), seat.luck) < veto
            if heard and not target_accepts(world, given, process, party, answer):
                return True
    return False


@phase("M27", "M41", "M43", "M45", "M46", "M74", "M78", "M80", "M84")
def answer_of_sender(world: Any, given: Any, process: int, stage: Any, month: int) -> float:
    """Return the package's worth to the lead sender as its leader reads it."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    seat = world.parties[row.lead]
    header = given.plans.headers[row.plan]
    plain = plainness(row, given.on.m84 * numbers.opened)
    seen = sensitivity_of(given.parameters, given.on, stage, header, plain, row.watch)
    lasting = 1.0 - given.on.m80 * severity_of(
        stage.response, numbers.severity_warning, numbers.severity_graduated, numbers.severity_full
    )
    relief = relief_to_target(row, world.states[row.target_state].accountability, numbers, stage)
    demand = steps_asked(row, stage)
    loud = numbers.audience_sender * audience(
        world.states[seat.state], numbers, given.on, row.publicity, month
    )
    loud *= 1.0 + given.on.m27 * numbers.rigid * header.red_lines
    capital = given.on.m43 * numbers.capital * row.momentum
    price = given.on.m41 * price_at_home(given.on.m74 * numbers.leverage * relief, loud, capital)
    if seat.character != Character.SINCERE:
        price *= numbers.reluctance
    share = relief / max(relief, pressure_felt(row)) if relief > 0.0 else 0.0
    won = worth_to_sender(row, stage) * seat.weight
    won += numbers.own_trade * world.states[seat.state].loss * share
    exposure = exposure_of_sender(stage.release, numbers.waiting / YEAR, 1.0 - seen, lasting)
    exposure = drawn_to(1.0, exposure, given.on.m78)
    trust = trust_along(world.trust, seat.tie_to, numbers.stranger)
    gain = exchange(trust, won, price, exposure) - (seat.red_line + numbers.fear * seat.threat) * demand
    gain += numbers.confidence_worth * stage.confidence_depth
    if header.first_mover == FirstMover.GOODWILL:
        gain -= numbers.first_step * (1.0 + numbers.goodwill) * demand
    elif header.first_mover == FirstMover.SENDER:
        gain -= numbers.first_step * demand
    elif header.first_mover == FirstMover.TARGET:
        gain += numbers.first_step * demand
    occasion = occasion_of(track.restarts, world.states[seat.state].leader_since)
    reading = normal(stream_of(given.luck, Stream.SENDER_READING, occasion), track.luck)
    gain += seat.misreading * reading * demand
    return per_unit(gain, demand, relief_share(stage), numbers.least_step)


@phase("M08", "M94")
def bridged(world: Any, given: Any, dispute: int, target: float, sender: float, month: int) -> int:
    """Return the channel whose mediator shares out the surplus, or -1."""
    row = world.disputes[dispute]
    linking = given.plans.headers[row.plan].first_mover == FirstMover.MEDIATOR
    mandate = 1.0 + given.on.m94 * given.parameters.mandate * linking
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
            if uniform(draws, line.luck) < given.on.m08 * mandate * chance:
                return channel
    return NOBODY
