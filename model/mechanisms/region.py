"""Region: coalitions hold or tire, bodies form a line, neighbours follow, sponsors carry and are resented.

A sender stays while the shared cause, its standing in the bodies it belongs to and what defection would
cost there outweigh its own loss and its weariness:

    U(stay) = worth + pull x cohesion - own loss - fatigue

Neighbours take up dealings with the target as far as they see conduct verified; sponsors lend trust and
are resented in proportion to how foreign, how strong and how long they are
(M21, M105, M106, M108, M109, M111-M113; F18, F19, Drezner 2000).
"""

from __future__ import annotations

from typing import Any

from model.bounded import chance_of, drawn_to, pushed
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.ledger import body_actor, note
from model.packages import depth_share, worth_expected
from model.process import leave_sides, take_sides
from model.vocabulary import (
    ENGAGEMENT_LEVELS,
    BodyKind,
    Coordination,
    DecisionRule,
    DisputeStatus,
    Event,
    RegionalRole,
    Stream,
    Taper,
)
from model.world import TRACKS


@rule("M68", "M105", "M106")
def gain_of_staying(worth: float, pull: float, loss: float, fatigue: float) -> float:
    """Return what staying in the coalition is worth to a sender, points a year."""
    return worth + pull - loss - fatigue


@rule("M105")
def bar_of(decision: int, majority: float, lead: float) -> float:
    """Return the share of votes that a body needs for a common line, by its decision rule."""
    if decision == DecisionRule.UNANIMITY:
        return 1.0
    return lead if decision == DecisionRule.LEAD else majority


@rule("M111")
def sponsor_now(start: float, final: float, months: int, taper: int, age: int) -> float:
    """Return a sponsor's intensity after ``age`` months of engagement (D32)."""
    if taper == Taper.CONSTANT or months <= 0:
        return start
    if taper == Taper.HARD_EXIT:
        return start if age < months else 0.0
    return start + (final - start) * min(1.0, age / months)


@rule("M112")
def resented(intensity: float, owned: float, age: float) -> float:
    """Return the push of resentment against a sponsor: strong, foreign and long."""
    return intensity * (1.0 - owned) * age


@phase("M105")
def count_votes(world: Any, given: Any, dispute: int) -> None:
    """Count, in every body, the votes of senders in the dispute and of those that keep their measures."""
    for body in range(len(world.bodies)):
        world.bodies[body].votes = 0.0
        world.bodies[body].in_favour = 0.0
    last = world.disputes[dispute].lead + world.disputes[dispute].senders
    for tie in range(len(given.network.membership)):
        link = given.network.membership[tie]
        side = world.states[link.state].side
        if world.disputes[dispute].lead <= side < last:
            world.bodies[link.body].votes += link.vote
            world.bodies[link.body].in_favour += link.vote * world.parties[side].member


@phase("M105")
def form_lines(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let each body find, or lose, a common line on a dispute; bodies all at once."""
    numbers = given.parameters
    row = world.disputes[dispute]
    working = numbers.consulting * (given.plans.headers[row.plan].coordination == Coordination.UNIFIED)
    count_votes(world, given, dispute)
    for body in range(len(world.bodies)):
        institution = world.bodies[body]
        if institution.votes > 0.0 and institution.kind != BodyKind.VERIFIER:
            agreed = institution.in_favour / institution.votes
            line = 1 if agreed >= bar_of(institution.rule, numbers.majority, numbers.lead_bar) else 0
            if line != institution.common_line:
                institution.common_line = line
                actor = body_actor(world, body)
                note(world, month, Event.COMMON_LINE, dispute, actor, row.target_state, amount=1.0 * line)
            institution.cohesion = drawn_to(institution.cohesion, agreed, numbers.consultation + working)


@phase("M105", "M106")
def pull_of_bodies(world: Any, given: Any, state: int) -> float:
    """Return how strongly the bodies a state belongs to hold it to their common line, 0 and more."""
    pull = 0.0
    for tie in range(len(given.network.membership)):
        link = given.network.membership[tie]
        if link.state == state:
            institution = world.bodies[link.body]
            pull += institution.pull * institution.cohesion * institution.common_line
    return pull


@phase("M68", "M105", "M106", "M21")
def hold_coalition(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let each follower decide whether to stay; those who left may rejoin; senders in turn."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    draws = stream_of(given.luck, Stream.COALITION, month)
    worth = worth_expected(row, numbers.hope_of_success) + numbers.solidarity * (
        1.0 + numbers.acting_together * header.coordination
    )
    for party in range(row.lead + 1, row.lead + row.senders):
        seat = world.parties[party]
        state = world.states[seat.state]
        costly = 1.0 if seat.member == 1 else 0.0
        seat.fatigue = pushed(
            seat.fatigue,
            numbers.tiring * costly,
            numbers.tiring * (1.0 - costly) + row.io_backed * numbers.tiring,
        )
        gain = gain_of_staying(
            worth * seat.weight,
            numbers.pull_of_membership * given.on.m105 * pull_of_bodies(world, given, seat.state),
            given.on.m68 * numbers.own_loss_weight * state.loss,
            given.on.m106 * numbers.weariness * seat.fatigue,
        )
        draw = uniform(draws, seat.luck)
        if seat.member == 1 and draw < numbers.weighing * chance_of(-gain, seat.noise):
            seat.member = 0
            row.last_defection = month
            note(world, month, Event.LEFT, dispute, seat.state, row.target_state, amount=gain)
        elif seat.member == 0 and draw < numbers.weighing * chance_of(
            gain - numbers.rejoining_cost, seat.noise
        ):
            seat.member = 1
            note(world, month, Event.JOINED, dispute, seat.state, row.target_state, amount=gain)


@phase("M108", "M109")
def engage_neighbours(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let neighbours and allies take up dealings with a target whose conduct they see verified."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    visible = numbers.neighbour_sight * (1.0 + header.neighbours) / (1.0 + ENGAGEMENT_LEVELS)
    normal = depth_share(row.observed, row.asked)
    gain = 0.0
    for tie in range(len(given.network.proximity)):
        link = given.network.proximity[tie]
        if link.first == row.target_state or link.second == row.target_state:
            other = link.second if link.first == row.target_state else link.first
            neighbour = world.states[other]
            before = neighbour.engagement
            neighbour.engagement = pushed(
                before,
                given.on.m109 * visible * link.weight * normal,
                given.on.m108 * numbers.hedging * row.tension,
            )
            gain += link.weight * neighbour.engagement
            if before < numbers.majority <= neighbour.engagement:
                world.tallies[dispute].neighbours_engaged += 1
                note(world, month, Event.NEIGHBOUR_ENGAGED, dispute, other, row.target_state, amount=normal)
    target = world.states[row.target_state]
    target.gain += numbers.ripple * gain
    row.enforced_peace = drawn_to(row.enforced_peace, gain / (1.0 + gain), numbers.peace_building)


@phase("M111", "M112", "M113")
def sponsor(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let a sponsor carry the process, be resented, and leave; ownership grows with co-design."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    target = world.states[row.target_state]
    begun = row.agreement_at if row.agreement_at >= 0 else month
    able = 0.0
    if row.body >= 0:
        able = world.bodies[row.body].can_sponsor
    before = row.sponsor
    age = month - begun
    row.sponsor = (
        given.on.m111
        * able
        * sponsor_now(header.sponsor, header.sponsor_final, header.sponsor_months, header.taper, age)
    )
    if before > 0.0 and row.sponsor == 0.0:
        row.last_sponsor_exit = month
        note(
            world,
            month,
            Event.SPONSOR_EXITED,
            dispute,
            body_actor(world, row.body),
            row.target_state,
            amount=before,
        )
    seats = header.business + header.civil_society + header.communities
    main = world.processes[dispute * TRACKS]
    handed = header.handover > 0 and main.stage >= header.handover
    local = 1.0 * (header.regional_role >= RegionalRole.EVALUATOR) + 1.0 * handed
    if handed and main.stage == header.handover and main.since == month:
        note(world, month, Event.HANDED_OVER, dispute, row.lead_state, row.target_state)
    target.ownership = pushed(
        target.ownership,
        given.on.m113 * numbers.owning * (seats + local),
        numbers.owning + numbers.tutelage * row.sponsor,
    )
    target.resentment = pushed(
        target.resentment,
        given.on.m112
        * numbers.tutelage
        * resented(row.sponsor, target.ownership, month / (month + numbers.secret_age)),
        0.0,
    )


@phase("M21", "M68", "M105", "M106", "M108", "M109", "M111", "M112", "M113")
def gather(world: Any, given: Any, month: int) -> None:
    """Let the region act: lines, coalitions, neighbours, sponsors; disputes in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status == DisputeStatus.ENDED:
            continue
        take_sides(world, dispute)
        form_lines(world, given, dispute, month)
        leave_sides(world, dispute)
        hold_coalition(world, given, dispute, month)
        engage_neighbours(world, given, dispute, month)
        sponsor(world, given, dispute, month)
