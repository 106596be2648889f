"""Opening, closing and disclosing a back channel: acts that mechanisms and strategies' rules share."""

from __future__ import annotations

from typing import Any

from model.bounded import pushed
from model.compiled import phase
from model.experience import witness
from model.ledger import mediator_actor, note
from model.packages import seated
from model.vocabulary import Disclosure, Event, Extent, Oversight, Role
from model.world import TRACKS

#: A secret takes two to keep.
FEWEST = 2


@phase("M12", "M14", "M28", "M29", "M32", "M34")
def insiders_of(given: Any, header: Any, behind: int) -> int:
    """Return how many people know of a channel that opens with so many stages ``behind``."""
    numbers = given.parameters
    on = given.on
    seats = header.business + header.civil_society + header.communities
    told = header.insiders + on.m32 * seats * seated(behind, header.entry_stage)
    if header.oversight == Oversight.LEGISLATURE:
        told += on.m28 * numbers.briefed
    elif header.oversight != Oversight.NONE:
        told += on.m29 * numbers.auditors
    told += on.m12 * numbers.entourage * header.envoy + on.m34 * numbers.entourage * header.rehearsals
    return max(int(told), FEWEST)


@phase("M25")
def memorandum_of(memorandum: int, numbers: Any) -> float:
    """Return the share of leaks, and of misalignment, that a memorandum of this extent prevents (D25)."""
    if memorandum == Extent.SCOPE:
        return numbers.memorandum_scope
    if memorandum == Extent.FULL:
        return numbers.memorandum_full
    return 0.0


@phase("M01")
def open_line(world: Any, given: Any, dispute: int, channel: int, month: int, ease: float) -> None:
    """Open one channel, known to the few whom the strategy lets in."""
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    line = world.channels[channel]
    again = line.opened_at >= 0
    line.open = 1
    line.opened_at = month
    line.known = 1 if header.disclosure == Disclosure.REAL_TIME else 0
    line.insiders = insiders_of(given, header, world.processes[dispute * TRACKS].stage)
    world.mediators[line.mediator].busy += 1
    actor = mediator_actor(world, line.mediator)
    event = Event.REOPENED if again else Event.CHANNEL_OPENED
    note(world, month, event, dispute, actor, row.lead_state, amount=ease)
    show_seriousness(world, given, dispute)


@phase("M12")
def show_seriousness(world: Any, given: Any, dispute: int) -> None:
    """Let a target take the rank of the envoys who come to a new channel as a costly sign of good faith."""
    numbers = given.parameters
    row = world.disputes[dispute]
    rank = given.plans.headers[row.plan].envoy
    weight = given.on.m12 * numbers.envoy_seen * rank
    witness(world.trust, world.parties[row.target].tie_to, 1.0, weight, numbers.loss_aversion)


@phase("M15")
def close_line(world: Any, dispute: int, channel: int, month: int, why: int) -> None:
    """Close one channel."""
    line = world.channels[channel]
    line.open = 0
    world.mediators[line.mediator].busy -= 1
    actor = mediator_actor(world, line.mediator)
    row = world.disputes[dispute]
    note(world, month, Event.CHANNEL_CLOSED, dispute, actor, row.lead_state, why=why)


@phase("M05")
def prove_word(world: Any, given: Any, dispute: int, to_target: bool, kept: float, weight: float) -> None:
    """Let the word that an open channel carried prove true or false to the side that relied on it."""
    numbers = given.parameters
    row = world.disputes[dispute]
    for channel in range(row.first_channel, row.first_channel + row.channels):
        line = world.channels[channel]
        if line.open == 1:
            tie = line.tie_target if to_target else line.tie_lead
            proved = given.on.m05 * numbers.word_proved * weight
            witness(world.trust, tie, kept, proved, numbers.loss_aversion)


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
    row.exposed = pushed(row.exposed, numbers.burning * header.disclosure_depth, 0.0)
    actor = mediator_actor(world, line.mediator)
    note(world, month, Event.DISCLOSURE, dispute, actor, row.lead_state, amount=header.disclosure_depth)
