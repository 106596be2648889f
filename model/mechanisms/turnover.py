"""Turnover: voters and palaces replace leaders, and a successor may be another kind of leader.

An incumbent stays with a chance that rises with support; without elections, hardship that the public lays
at the leader's door may bring him down. A successor may have another character and another red line, and
stands at a distance from a promise that was not his own:

    stays = 1 / (1 + exp(-(support - pivot) / swing))
    falls out of turn = rate x hardship x (1 - support)

(M46; tenure F40.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import chance_of, drawn_to
from model.compiled import phase, rule
from model.draws import normal, stream_of, uniform
from model.ledger import NOBODY, note
from model.packages import has_promised
from model.vocabulary import Character, Event, Stream


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
    """Draw one party's hidden character and red line for a leader who takes office in ``month``.

    A leader is one person in all the disputes of a state; red lines are drawn for each.
    """
    row = world.parties[party]
    leader = world.states[row.state].luck
    draw = uniform(stream_of(given.luck, Stream.CHARACTER, month), leader)
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
            if uniform(successor, row.luck) < given.on.m46 * given.parameters.new_character:
                draw_character(world, given, party, month)
            dispute = world.disputes[seat.dispute]
            if has_promised(world.disputes[seat.dispute]):
                seat.heir = 1
            if party in (dispute.target, dispute.lead):
                dispute.last_turnover = month
            note(world, month, Event.LEADER_CHANGED, seat.dispute, state, NOBODY, subject=seat.role)


@phase("M46")
def replace_leaders(world: Any, given: Any, month: int) -> None:
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
            row.last_election = month
            row.next_election = month + row.term if row.term > 0 else NOBODY
            if falls:
                change_leader(world, given, state, month)
        elif row.hardship > 0.0 and row.term == 0:
            hazard = numbers.irregular_exit * row.hardship * (1.0 - row.support)
            if uniform(coups, row.luck) < hazard:
                change_leader(world, given, state, month)
