"""Coalition: senders hold together or tire, and bodies find a common line.

A sender stays while the shared cause, its standing in the bodies it belongs to and what defection would
cost there outweigh its own loss, its weariness, and its surprise at what the lead gives away alone:

    U(stay) = worth + pull x cohesion - own loss - fatigue - surprise

(M68, M77, M92, M105, M106, M110, M119; F18, F19, Drezner 2000.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import chance_of, drawn_to, pushed
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.ledger import body_actor, note
from model.packages import clearness, worth_expected
from model.process import has_line, leave_sides, take_sides
from model.vocabulary import (
    MESSAGES_BIT,
    Adaptivity,
    BodyKind,
    Coordination,
    DecisionRule,
    DisputeStatus,
    Event,
    RegionalRole,
    Stream,
)

YEAR = 12.0
#: Coordination of senders who act together as it comes.
AS_IT_COMES = float(Coordination.AD_HOC)


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


@phase("M105", "M110")
def form_lines(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let each body find, or lose, a common line on a dispute; bodies all at once."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    working = numbers.consulting * (header.coordination == Coordination.UNIFIED)
    working += given.on.m110 * numbers.consulting * (header.neighbours & MESSAGES_BIT > 0)
    working += given.on.m105 * numbers.consulting * (header.regional_role >= RegionalRole.CO_OWNER)
    count_votes(world, given, dispute)
    for body in range(len(world.bodies)):
        institution = world.bodies[body]
        if institution.votes > 0.0 and institution.kind != BodyKind.VERIFIER:
            agreed = institution.in_favour / institution.votes
            line = 1 if agreed >= bar_of(institution.rule, numbers.majority, numbers.lead_bar) else 0
            if line != has_line(institution.common_lines, dispute):
                institution.common_lines = institution.common_lines ^ (1 << dispute)
                actor = body_actor(world, body)
                note(world, month, Event.COMMON_LINE, dispute, actor, row.target_state, amount=1.0 * line)
            institution.cohesion = drawn_to(institution.cohesion, agreed, numbers.consultation + working)


@phase("M105", "M106")
def pull_of_bodies(world: Any, given: Any, dispute: int, state: int) -> float:
    """Return how strongly the bodies a state belongs to hold it to their common line, 0 and more."""
    pull = 0.0
    for tie in range(len(given.network.membership)):
        link = given.network.membership[tie]
        if link.state == state:
            institution = world.bodies[link.body]
            pull += institution.pull * institution.cohesion * has_line(institution.common_lines, dispute)
    return pull


@phase("M68", "M77", "M92", "M105", "M106", "M119")
def hold_coalition(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let each follower decide whether to stay; those who left may rejoin; senders in turn."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    draws = stream_of(given.luck, Stream.COALITION, month)
    clear = clearness(header.criteria, numbers.private_clarity)
    cause = 1.0 + given.on.m92 * numbers.clear_cause * clear
    # Where unilateral action undermines nothing, a lead that acts alone does as well as an ad hoc one.
    level = drawn_to(AS_IT_COMES, 1.0 * header.coordination, given.on.m106)
    together = 1.0 + numbers.acting_together * level
    worth = worth_expected(row, numbers.hope_of_success) + numbers.solidarity * together * cause
    recalibrated = 0.0
    if header.review_every > 0 and header.adaptivity != Adaptivity.SCRIPT:
        recalibrated = given.on.m77 * numbers.recalibrating * YEAR / (YEAR + header.review_every)
    surprise = given.on.m119 * numbers.surprise * row.step_taken / together
    for party in range(row.lead + 1, row.lead + row.senders):
        seat = world.parties[party]
        state = world.states[seat.state]
        costly = 1.0 if seat.member == 1 else 0.0
        seat.fatigue = pushed(
            seat.fatigue,
            numbers.tiring * costly,
            numbers.tiring * (1.0 - costly) + row.io_backed * numbers.tiring + recalibrated,
        )
        gain = gain_of_staying(
            worth * seat.weight,
            numbers.pull_of_membership * given.on.m105 * pull_of_bodies(world, given, dispute, seat.state),
            given.on.m68 * numbers.own_loss_weight * state.loss,
            numbers.weariness * seat.fatigue + surprise,
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


@phase("M68", "M77", "M92", "M105", "M106", "M110", "M119")
def rally(world: Any, given: Any, month: int) -> None:
    """Let bodies form their lines and senders stay or leave; disputes in turn."""
    for dispute in range(len(world.disputes)):
        if world.disputes[dispute].status != DisputeStatus.ENDED:
            take_sides(world, dispute)
            form_lines(world, given, dispute, month)
            leave_sides(world, dispute)
            hold_coalition(world, given, dispute, month)
