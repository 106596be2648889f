"""Opening, closing and disclosing a back channel: acts that mechanisms and strategies' rules share."""

from __future__ import annotations

from typing import Any

from model.bounded import pushed
from model.compiled import phase
from model.ledger import mediator_actor, note
from model.vocabulary import Disclosure, Event, Oversight, Role

#: A secret takes two to keep.
FEWEST = 2


@phase("M14", "M28", "M32")
def insiders_of(given: Any, header: Any) -> int:
    """Return how many people know of a channel from the start."""
    told = header.insiders + header.business + header.civil_society + header.communities
    if header.oversight == Oversight.LEGISLATURE:
        told += int(given.parameters.briefed)
    elif header.oversight != Oversight.NONE:
        told += int(given.parameters.auditors)
    return max(told, FEWEST)


@phase("M01")
def open_line(world: Any, given: Any, dispute: int, channel: int, month: int, ease: float) -> None:
    """Open one channel, known to the few whom the strategy lets in."""
    header = given.plans.headers[world.disputes[dispute].plan]
    line = world.channels[channel]
    line.open = 1
    line.opened_at = month
    line.known = 1 if header.disclosure == Disclosure.REAL_TIME else 0
    line.insiders = insiders_of(given, header)
    world.mediators[line.mediator].busy += 1
    actor = mediator_actor(world, line.mediator)
    lead = world.disputes[dispute].lead_state
    note(world, month, Event.CHANNEL_OPENED, dispute, actor, lead, amount=ease)


@phase("M15")
def close_line(world: Any, dispute: int, channel: int, month: int, why: int) -> None:
    """Close one channel."""
    line = world.channels[channel]
    line.open = 0
    world.mediators[line.mediator].busy -= 1
    actor = mediator_actor(world, line.mediator)
    row = world.disputes[dispute]
    note(world, month, Event.CHANNEL_CLOSED, dispute, actor, row.lead_state, why=why)


@phase("M31", "M117")
def disclose(world: Any, given: Any, dispute: int, channel: int, month: int) -> None:
    """Tell the public of a channel: suspicion falls where people can ask, and the matter becomes public."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    line = world.channels[channel]
    line.known = 1
    relief = given.on.m31 * numbers.candour * header.disclosure_depth
    for party in range(row.first_party, row.first_party + row.parties):
        seat = world.parties[party]
        if seat.role == Role.TARGET or seat.role == Role.LEAD_SENDER or seat.role == Role.VETO_PLAYER:
            home = world.states[seat.state]
            home.suspicion = pushed(home.suspicion, 0.0, relief)
            home.legitimacy = pushed(home.legitimacy, relief * home.accountability * numbers.inclusion, 0.0)
    row.attention = pushed(row.attention, numbers.attention_to_news * header.disclosure_depth, 0.0)
    actor = mediator_actor(world, line.mediator)
    note(world, month, Event.DISCLOSURE, dispute, actor, row.lead_state, amount=header.disclosure_depth)
