"""Secrecy: how a back channel comes out, or is told of, and what the public sees of the matter.

A channel leaks with the number who know, its age, the matter's salience and the frequency of contact;
discretion and a memorandum hold it back, and what a leak costs falls where disclosure, oversight and plain
red lines prepared for it. The strategy may disclose it first:

    hazard = base x insiders^g x (1 + age / scale) x salience x (1 + contact)
             x (1 - discretion) x (1 - memorandum)
    chance = 1 - exp(-hazard)

(M06, M14, M25-M27, M31, M37; after Yarhi-Milo 2013 and Carson 2016 on secrecy and exposure.)
"""

from __future__ import annotations

import math
from typing import Any

from model.bounded import drawn_to, pushed
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.experience import witness
from model.ledger import mediator_actor, note
from model.lines import close_line, disclose, memorandum_of
from model.vocabulary import Disclosure, Event, Oversight, Stream, Track


@rule("M14", "M25")
def hazard_of_leak(
    base: float, insiders: int, growth: float, ageing: float, salience: float, discretion: float, kept: float
) -> float:
    """Return the monthly chance of a leak; ``ageing`` is age over scale, ``kept`` the memorandum's effect."""
    crowd = math.exp(growth * math.log(float(insiders)))
    pressure = base * crowd * (1.0 + ageing) * salience * (1.0 - discretion) * (1.0 - kept)
    return 1.0 - math.exp(-pressure)


@rule("M26", "M31")
def damage_of_leak(disclosure: int, oversight: int, cover: float, watched: float) -> float:
    """Return the share of a leak's damage that remains where disclosure and oversight prepared for it."""
    left = 1.0
    if disclosure != Disclosure.NONE:
        left *= 1.0 - cover
    if oversight != Oversight.NONE:
        left *= 1.0 - watched
    return left


@phase("M14", "M26", "M27")
def leak(world: Any, given: Any, dispute: int, channel: int, month: int) -> None:
    """Let a channel come out against the will of those who keep it, and sometimes die of it."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    line = world.channels[channel]
    damage = damage_of_leak(
        header.disclosure,
        header.oversight,
        given.on.m26 * numbers.leak_cover,
        given.on.m26 * numbers.oversight_cover,
    )
    row.last_leak = month
    row.attention = pushed(row.attention, numbers.attention_to_leak * damage, 0.0)
    row.publicity = 1.0
    forewarned = 1.0 - given.on.m27 * numbers.forewarned * header.red_lines
    for party in (row.target, row.lead):
        seat = world.parties[party]
        seat.misreading = drawn_to(seat.misreading, numbers.misreading_most, numbers.leak_confusion * damage)
        witness(world.trust, seat.tie_to, 0.0, numbers.leak_blame * damage, numbers.loss_aversion)
        home = world.states[seat.state]
        scandal = numbers.leak_scandal * damage
        home.suspicion = pushed(home.suspicion, scandal * home.accountability, 0.0)
        if party == row.lead:
            scandal *= forewarned
        home.support = pushed(home.support, 0.0, scandal * home.hardliners)
    line.trust_target = pushed(line.trust_target, 0.0, numbers.leak_scandal * damage)
    line.trust_lead = pushed(line.trust_lead, 0.0, numbers.leak_scandal * damage)
    actor = mediator_actor(world, line.mediator)
    note(world, month, Event.LEAK, dispute, actor, row.target_state, amount=damage, why=line.insiders)
    if header.disclosure == Disclosure.ON_LEAK:
        disclose(world, given, dispute, channel, month)
    line.known = 1
    dies = numbers.leak_closes * damage * (1.0 - line.trust_lead * header.keep_channel)
    if uniform(stream_of(given.luck, Stream.CHANNEL_CLOSING, month), line.luck) < dies:
        close_line(world, dispute, channel, month, Event.LEAK)


@phase("M06", "M14", "M25")
def hazard_of(world: Any, given: Any, dispute: int, channel: int, month: int) -> float:
    """Return the chance that one open channel leaks this month."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    line = world.channels[channel]
    contact = given.on.m06 * numbers.contact_exposes * (line.met_at == month)
    return hazard_of_leak(
        given.on.m14 * numbers.leak_base,
        line.insiders,
        numbers.leak_crowd,
        (month - line.opened_at) / numbers.leak_age,
        row.salience * (1.0 + contact),
        world.mediators[line.mediator].discretion * header.secrecy,
        given.on.m25 * memorandum_of(header.memorandum, numbers),
    )


@phase("M31")
def time_to_tell(world: Any, header: Any, row: Any, line: Any, month: int) -> bool:
    """Return whether the strategy would tell the public of a channel now (D24, D26)."""
    if header.secrecy_months > 0 and month - line.opened_at >= header.secrecy_months:
        return True
    if header.disclosure == Disclosure.AT_MILESTONES:
        return month > 0 and row.last_progress == month - 1
    return header.disclosure == Disclosure.AFTER_THE_FACT and row.agreement == 1


@phase("M04")
def settle_publicity(world: Any, given: Any, dispute: int, hidden: bool) -> None:
    """Move what the public sees of the matter, and how much it attends to it."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    seen = 1.0
    if hidden and header.track != Track.PUBLIC:
        seen = 1.0 - header.secrecy
        if header.track == Track.DUAL:
            seen = 1.0 - header.secrecy * numbers.private_part
        elif header.track == Track.PRIVATE_THEN_PUBLIC and row.agreement == 1:
            seen = 1.0
    row.publicity = drawn_to(row.publicity, seen, numbers.forgetting if row.publicity > seen else 1.0)
    row.attention = drawn_to(row.attention, 0.0, numbers.forgetting)


@phase("M04", "M06", "M14", "M25", "M26", "M27", "M31")
def keep_secret(world: Any, given: Any, month: int) -> None:
    """Let channels leak or be disclosed; disputes in turn."""
    draws = stream_of(given.luck, Stream.LEAK, month)
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        header = given.plans.headers[row.plan]
        hidden = False
        for channel in range(row.first_channel, row.first_channel + row.channels):
            line = world.channels[channel]
            if line.open == 1 and line.known == 0:
                if uniform(draws, line.luck) < hazard_of(world, given, dispute, channel, month):
                    leak(world, given, dispute, channel, month)
                elif time_to_tell(world, header, row, line, month):
                    disclose(world, given, dispute, channel, month)
            if line.open == 1 and line.known == 0:
                hidden = True
        settle_publicity(world, given, dispute, hidden)
