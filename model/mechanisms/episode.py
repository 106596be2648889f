"""The sanctions episode around the talks: threats, measures, giving way and giving up.

Outside the talks a target under pressure may give way to the whole demand, a sender may carry out its
threat, raise the pressure, or tire of it:

    giving way = pressure x belief that measures will then be lifted - cost in public - pride - reserve
    giving up = weariness + own loss - hope x worth of the demand - standing

Measures are also signals: how firmly a threat was made says how far it is believed, and measures that
follow tell the other side where the line is (M57, M61, M62, M65, M68; F01-F05, F11-F13, F16, F22).
"""

from __future__ import annotations

from typing import Any

from model.bounded import chance_of, drawn_to, saturating
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.experience import trust_along
from model.ledger import note
from model.packages import audience, burden_of, demand_cost, demand_worth, pressure_felt
from model.process import end_episode
from model.vocabulary import (
    MILESTONES,
    SECTORS,
    Conduct,
    DisputeStatus,
    Ending,
    Event,
    PressurePhase,
    Standing,
    Stream,
)
from model.world import TRACKS


@rule("M57", "M61", "M62")
def gain_of_giving_way(hope: float, cost: float, pride: float, reserve: float) -> float:
    """Return what giving way to the whole demand is worth to the target, points a year."""
    return hope - cost - pride - reserve


@rule("M68")
def gain_of_giving_up(weariness: float, loss: float, hope: float, standing: float) -> float:
    """Return what dropping the demand is worth to the lead sender, points a year."""
    return weariness + loss - hope - standing


@phase("M65")
def signal_line(world: Any, given: Any, dispute: int, share: float) -> None:
    """Let measures on the ``share`` of what could be imposed show the target where the sender's line is."""
    seat = world.parties[world.disputes[dispute].target]
    seat.misreading *= 1.0 - given.on.m65 * given.parameters.signalling * share


@phase("M61")
def impose(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let senders impose what they threatened, or raise it as the strategy's pressure phase says."""
    row = world.disputes[dispute]
    row.status = DisputeStatus.IMPOSED
    row.imposed_at = month
    signal_line(world, given, dispute, row.commitment)
    note(world, month, Event.IMPOSITION, dispute, row.lead_state, row.target_state, amount=1.0)


@phase("M61")
def raise_pressure(world: Any, given: Any, dispute: int, month: int) -> None:
    """Bring each member's measures towards the strategy's pressure level (D02); senders in turn."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    begun = month - header.pressure_begins
    if header.pressure_phase == PressurePhase.NONE or begun < 0 or begun > header.pressure_months:
        return
    if header.pressure_phase == PressurePhase.HOLD:
        return
    rate = 1.0 if header.pressure_phase == PressurePhase.MAXIMUM else numbers.ramp
    raised = 0.0
    for party in range(row.lead, row.lead + row.senders):
        seat = world.parties[party]
        if seat.member == 1:
            for sector in range(SECTORS):
                goal = header.pressure_level
                if header.pressure_phase == PressurePhase.SCALED:
                    goal = header.pressure_level * row.tension
                level = seat.imposed[sector]
                if level > 0.0 and goal > level:
                    seat.imposed[sector] = drawn_to(level, goal, rate)
                    raised += seat.imposed[sector] - level
    signal_line(world, given, dispute, raised / (SECTORS * row.senders))
    if raised > numbers.noticed:
        note(world, month, Event.TIGHTENING, dispute, row.lead_state, row.target_state, amount=raised)


@phase("M57", "M61", "M62")
def gain_of_yielding(world: Any, given: Any, dispute: int, pressure: float, month: int) -> float:
    """Return what giving way to the whole demand, in public, is worth to the target."""
    numbers = given.parameters
    row = world.disputes[dispute]
    seat = world.parties[row.target]
    burden = burden_of(
        seat.character, numbers.burden_sincere, numbers.burden_opportunist, numbers.burden_hardline
    )
    loud = numbers.audience_target * audience(world.states[row.target_state], numbers, given.on, 1.0, month)
    trust = trust_along(world.trust, seat.tie_to, numbers.stranger)
    hope = given.on.m61 * pressure * (trust + (1.0 - trust) * numbers.lifting)
    pride = given.on.m62 * numbers.pride * world.states[row.target_state].resentment
    cost = demand_cost(row) * burden * (1.0 + loud)
    return gain_of_giving_way(hope, cost, pride, seat.red_line)


@phase()
def worth_of_imposing(world: Any, dispute: int, state: int) -> float:
    """Return what the demand is worth to the lead sender, less what its own trade would lose."""
    return demand_worth(world.disputes[dispute]) - world.states[state].loss


@phase()
def give_way(world: Any, dispute: int, month: int, threat: bool) -> None:
    """Let the target give way: it promises the whole demand, and the senders will lift their measures."""
    row = world.disputes[dispute]
    row.yielded = 1
    row.agreement = 1
    row.agreement_at = month
    row.last_progress = month
    tally = world.tallies[dispute]
    if tally.first_agreement_at < 0:
        tally.first_agreement_at = month
    for milestone in range(MILESTONES):
        row.agreed[milestone] = row.asked[milestone]
    row.conduct = Conduct.COMPLYING
    for process in range(dispute * TRACKS, dispute * TRACKS + TRACKS):
        world.processes[process].standing = Standing.CONCLUDED
        world.processes[process].since = month
    note(
        world, month, Event.YIELDED, dispute, row.target_state, row.lead_state, amount=1.0 if threat else 0.0
    )
    end_episode(world, dispute, month, Ending.YIELDED_TO_THREAT if threat else Ending.ACQUIESCED_FULLY)


@phase()
def give_up(world: Any, dispute: int, month: int, threat: bool) -> None:
    """Let the lead sender drop the threat, or the measures, with nothing in return."""
    row = world.disputes[dispute]
    row.status = DisputeStatus.ENDED
    for party in range(row.lead, row.lead + row.senders):
        world.parties[party].member = 0
    for process in range(dispute * TRACKS, dispute * TRACKS + TRACKS):
        world.processes[process].standing = Standing.BROKEN
        world.processes[process].since = month
    note(
        world, month, Event.GAVE_UP, dispute, row.lead_state, row.target_state, amount=1.0 if threat else 0.0
    )
    end_episode(world, dispute, month, Ending.THREAT_DROPPED if threat else Ending.SENDER_GAVE_UP)


@phase("M57", "M61", "M62", "M65", "M68")
def weigh_episode(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let threats be carried out or dropped, targets give way and senders give up, outside the talks."""
    numbers = given.parameters
    row = world.disputes[dispute]
    lead = world.parties[row.lead]
    target = world.parties[row.target]
    busy = world.processes[dispute * TRACKS].standing
    threat = row.status == DisputeStatus.THREATENED
    pressure = pressure_felt(row)
    if threat and month == row.threatened_at:
        note(world, month, Event.THREAT, dispute, row.lead_state, row.target_state)
    if threat:
        firm = saturating(row.commitment, numbers.commitment_half)
        pressure = numbers.threat_believed * firm * numbers.threat_size
    if row.agreement == 0 and busy != Standing.PERFORMING and busy != Standing.DWELLING:
        gain = gain_of_yielding(world, given, dispute, pressure, month)
        chance = numbers.weighing * chance_of(gain, target.noise)
        if uniform(stream_of(given.luck, Stream.YIELDING, month), target.luck) < chance:
            give_way(world, dispute, month, threat)
            return
        age = month - (row.threatened_at if threat else row.imposed_at)
        gain = gain_of_giving_up(
            numbers.weariness * saturating(float(age), numbers.weary_after),
            world.states[lead.state].loss,
            numbers.hope_of_success * demand_worth(row),
            numbers.standing + numbers.bound * row.commitment * threat,
        )
        chance = numbers.weighing * chance_of(gain, lead.noise)
        if uniform(stream_of(given.luck, Stream.GIVING_UP, month), lead.luck) < chance:
            give_up(world, dispute, month, threat)
            return
    if threat and row.agreement == 0:
        resolve = worth_of_imposing(world, dispute, lead.state) - numbers.imposing_cost
        resolve += numbers.bound * row.commitment
        chance = numbers.imposing * chance_of(resolve, lead.noise)
        if uniform(stream_of(given.luck, Stream.IMPOSITION, month), lead.luck) < chance:
            impose(world, given, dispute, month)


@phase("M57", "M61", "M62", "M65", "M68")
def weigh_episodes(world: Any, given: Any, month: int) -> None:
    """Let threats, measures and patience take their month; disputes in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status == DisputeStatus.IMPOSED:
            raise_pressure(world, given, dispute, month)
        if row.status != DisputeStatus.ENDED:
            weigh_episode(world, given, dispute, month)
