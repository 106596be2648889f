"""Shocks: what nobody at the table decides.

Incidents come more often where tension is high, and whether one escalates depends on how badly the two
sides misread each other and on whether they can talk; voters and coups replace leaders, and a successor
may be another kind of leader with a red line of his own; spoilers strike where a settlement threatens
them and the picture is unclear:

    incident = rate (quiet + tension) (1 - standing peace)
    escalation = chance x misreading / (misreading + half) x (1 - hotline) x (1 - open channel)
    attack = rate x stake / (stake + half) x progress x uncertainty

(M10, M11, M15, M16, M46, M55; tenure F40.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import chance_of, drawn_to, pushed, saturating
from model.compiled import phase, rule
from model.draws import normal, stream_of, uniform
from model.experience import witness
from model.ledger import NOBODY, note
from model.packages import has_promised, relief_in_force
from model.vocabulary import SECTORS, Character, Criteria, DateKind, DisputeStatus, Event, Role, Stream


@rule("M11")
def hazard_of_incident(rate: float, quiet: float, tension: float, peace: float) -> float:
    """Return the monthly chance of an incident."""
    return rate * (quiet + tension) * (1.0 - peace)


@rule("M02", "M10", "M15", "M16")
def chance_of_escalation(most: float, misreading: float, half: float, hotline: float, line: float) -> float:
    """Return the chance that an incident escalates, given misreading and what lines are open (0-1 each)."""
    return most * saturating(misreading, half) * (1.0 - hotline) * (1.0 - line)


@rule("M55")
def hazard_of_attack(rate: float, stake: float, half: float, progress: float, uncertainty: float) -> float:
    """Return the monthly chance that one spoiler strikes."""
    return rate * saturating(stake, half) * progress * uncertainty


@rule("M46")
def character_drawn(draw: float, sincere: float, opportunist: float) -> int:
    """Return the hidden character that a uniform ``draw`` picks from the prior."""
    if draw < sincere:
        return Character.SINCERE
    if draw < sincere + opportunist:
        return Character.OPPORTUNIST
    return Character.HARDLINE


@phase()
def draw_character(world: Any, given: Any, party: int, month: int) -> None:
    """Draw one party's hidden character and red line for a leader who takes office in ``month``."""
    row = world.parties[party]
    draw = uniform(stream_of(given.luck, Stream.CHARACTER, month), row.luck)
    row.character = character_drawn(draw, row.prior[0], row.prior[1])
    reserve = normal(stream_of(given.luck, Stream.RED_LINE, month), row.luck)
    row.red_line = given.parameters.red_line_spread * abs(reserve)


@phase("M46")
def change_leader(world: Any, given: Any, state: int, month: int) -> None:
    """Put a successor into a state's chair, in every dispute it is party to."""
    row = world.states[state]
    row.leader_since = month
    row.support = drawn_to(row.support, row.support_base, given.parameters.honeymoon)
    successor = stream_of(given.luck, Stream.SUCCESSOR, month)
    for party in range(len(world.parties)):
        seat = world.parties[party]
        if seat.state == state:
            if uniform(successor, seat.luck) < given.on.m46 * given.parameters.new_character:
                draw_character(world, given, party, month)
            dispute = world.disputes[seat.dispute]
            if has_promised(world.disputes[seat.dispute]):
                seat.heir = 1
            if party in (dispute.target, dispute.lead):
                dispute.last_turnover = month
            note(world, month, Event.LEADER_CHANGED, seat.dispute, state, NOBODY, subject=seat.role)


@phase("M46")
def hold_elections(world: Any, given: Any, month: int) -> None:
    """Let voters, or a palace, replace leaders; states in turn."""
    numbers = given.parameters
    ballots = stream_of(given.luck, Stream.ELECTION, month)
    coups = stream_of(given.luck, Stream.IRREGULAR_EXIT, month)
    for state in range(len(world.states)):
        row = world.states[state]
        if row.next_election == month:
            stays = chance_of(row.support - numbers.incumbent_pivot, numbers.incumbent_swing)
            falls = uniform(ballots, row.luck) >= stays
            note(world, month, Event.ELECTION, NOBODY, state, NOBODY, amount=1.0 if falls else 0.0)
            row.next_election = month + row.term if row.term > 0 else NOBODY
            if falls:
                change_leader(world, given, state, month)
        elif row.hardship > 0.0 and row.term == 0:
            hazard = numbers.irregular_exit * row.hardship * (1.0 - row.support)
            if uniform(coups, row.luck) < hazard:
                change_leader(world, given, state, month)


@phase("M02", "M10", "M15", "M16")
def strike_incident(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let one dispute's incident happen and perhaps escalate."""
    numbers = given.parameters
    row = world.disputes[dispute]
    row.last_incident = month
    target = world.parties[row.target]
    lead = world.parties[row.lead]
    line = 0.0
    for channel in range(row.first_channel, row.first_channel + row.channels):
        if world.channels[channel].open == 1:
            line = numbers.open_line * world.channels[channel].trust_lead
    chance = chance_of_escalation(
        numbers.escalation,
        0.5 * (target.misreading + lead.misreading),
        numbers.misreading_half,
        given.on.m16 * numbers.hotline * row.hotline,
        given.on.m15 * line,
    )
    if uniform(stream_of(given.luck, Stream.ESCALATION, month), row.luck) < chance:
        row.tension = pushed(row.tension, numbers.escalation_heat, 0.0)
        blame = numbers.incident_blame * (1.0 - given.on.m15 * line)
        witness(world.trust, lead.tie_to, 0.0, blame, numbers.loss_aversion)
        witness(world.trust, target.tie_to, 0.0, blame, numbers.loss_aversion)
        note(world, month, Event.ESCALATION, dispute, row.target_state, row.lead_state, amount=row.tension)
    else:
        row.tension = pushed(row.tension, numbers.incident_heat, 0.0)
        note(world, month, Event.INCIDENT, dispute, row.target_state, row.lead_state, amount=row.tension)


@phase("M55")
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
                row.tension = pushed(
                    row.tension, numbers.attack_heat * (1.0 - numbers.hotline * row.hotline), 0.0
                )
                blame = numbers.attack_blame * row.uncertainty
                witness(world.trust, world.parties[row.lead].tie_to, 0.0, blame, numbers.loss_aversion)
                witness(world.trust, world.parties[row.target].tie_to, 0.0, blame, numbers.loss_aversion)
                note(world, month, Event.SPOILER_ATTACK, dispute, seat.state, row.target_state, amount=hazard)


@phase("M11", "M37")
def settle_tension(world: Any, given: Any, dispute: int) -> None:
    """Move tension and uncertainty with the month's talk, contact and calm."""
    numbers = given.parameters
    row = world.disputes[dispute]
    target = world.states[row.target_state]
    lead = world.states[row.lead_state]
    header = given.plans.headers[row.plan]
    heat = numbers.heat_of_words * 0.5 * (target.rhetoric + lead.rhetoric) * (1.0 - row.momentum)
    calm = numbers.calming * (
        1.0 + row.confidence + row.momentum + numbers.peace_of_region * row.enforced_peace
    )
    row.tension = pushed(row.tension, heat, calm)
    misreading = 0.5 * (world.parties[row.target].misreading + world.parties[row.lead].misreading)
    clear = (
        numbers.clarity * (header.criteria == Criteria.PUBLISHED) + (1.0 - numbers.clarity) * row.technical
    )
    goal = saturating(misreading, numbers.misreading_half) * (1.0 - numbers.clearing * clear)
    row.uncertainty = drawn_to(row.uncertainty, goal, numbers.forgetting)
    row.momentum = drawn_to(row.momentum, 0.0, numbers.forgetting)


@phase("M73")
def strike_economies(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let a market shock or a disaster hit the target's output."""
    numbers = given.parameters
    row = world.disputes[dispute]
    if uniform(stream_of(given.luck, Stream.ECONOMIC_SHOCK, month), row.luck) < numbers.economic_shock:
        target = world.states[row.target_state]
        target.output = target.output * (1.0 - numbers.economic_shock_size)
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


@phase("M10", "M11", "M15", "M16", "M46", "M55", "M73")
def strike_shocks(world: Any, given: Any, month: int) -> None:
    """Let the month's accidents, ballots and attacks happen; disputes in turn."""
    numbers = given.parameters
    keep_dates(world, given, month)
    hold_elections(world, given, month)
    incidents = stream_of(given.luck, Stream.INCIDENT, month)
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        settle_tension(world, given, dispute)
        strike_economies(world, given, dispute, month)
        hazard = hazard_of_incident(
            numbers.incident_rate, numbers.quiet_hazard, row.tension, row.enforced_peace
        )
        if uniform(incidents, row.luck) < hazard:
            strike_incident(world, given, dispute, month)
        if row.status != DisputeStatus.THREATENED:
            strike_spoilers(world, given, dispute, month)
