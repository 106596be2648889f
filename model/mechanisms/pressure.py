"""Pressure: what measures take from the target, and from everybody else on the way.

A measure bites as far as the sender holds the target's trade in that sector, as far as it is enforced,
and as far as trade has not found another way:

    cover = sum over senders of trade share x legal level x enforcement + what third parties are bound to
    loss = exposure x cover x (1 - diverted) x loss per lost trade

It is felt fast and let go slowly, by sector, and the more slowly the dearer uncertainty is to those who
would trade and invest: steady enforcement, published criteria and a living agreement make it cheaper;
rumours, reviews and reversals dearer. The loss travels on along the trade layer to partners, and back to
the senders (M61, M67-M72, M81, M110; F29, F32, F33, F34).
"""

from __future__ import annotations

from typing import Any

from model.bounded import drawn_to, pushed, recently, saturating
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.ledger import note
from model.packages import clearness, recovery_of, relief_in_force
from model.vocabulary import (
    COMPENSATION_BIT,
    JOINT_STANDARDS_BIT,
    PATROL_BIT,
    SECTORS,
    STANDARDS_BIT,
    Criteria,
    DisputeStatus,
    Enforcement,
    Event,
    Humanitarian,
    Sector,
    Stream,
)

POINTS = 100.0
YEAR = 12.0


@rule("M61")
def bite(trade: float, level: float, enforcement: float) -> float:
    """Return the share of a sector's trade that one sender's measure covers."""
    return trade * level * enforcement


@rule("M69")
def detour_open(third: float, covered: float, most: float) -> float:
    """Return the share of sanctioned trade that could find third states holding ``third`` of the trade."""
    return most * third / (third + covered) if third > 0.0 else 0.0


@rule("M72", "M71")
def felt_after(felt: float, legal: float, rise: float, fall: float) -> float:
    """Return the pressure felt after a month: it follows a rising legal level fast, a falling one slowly."""
    return drawn_to(felt, legal, rise if legal > felt else fall)


@rule("M67")
def exempted(sector: int, humanitarian: int, exemption: float, staged: float, relief: float) -> float:
    """Return the share of a sector's measures that exemptions for civilians take away (D33).

    Staged exemptions begin with the part ``staged`` and grow with the share of ``relief`` in force; priority
    lets through the part ``staged`` of what an exemption still stops.
    """
    if sector != Sector.ESSENTIAL or humanitarian == Humanitarian.NONE:
        return 0.0
    if humanitarian == Humanitarian.STAGED:
        return exemption * drawn_to(staged, 1.0, relief)
    if humanitarian == Humanitarian.PRIORITY:
        return drawn_to(exemption, 1.0, exemption * staged)
    return exemption


@rule("M69")
def loophole_left(synchronised: float, ruled: float, shared: float) -> float:
    """Return the share of loopholes that synchrony, good rules and common standards (0-1 each) leave open."""
    return (1.0 - synchronised) * (1.0 - ruled) * (1.0 - shared)


@rule("M81")
def unsettled(every: int, sunset: int) -> float:
    """Return how much reviews and sunsets, so many months apart, unsettle those who invest, 0-1."""
    reviewed = YEAR / (YEAR + every) if every > 0 else 0.0
    ending = YEAR / (YEAR + sunset) if sunset > 0 else 0.0
    return reviewed + ending - reviewed * ending


@rule("M69")
def enforcement_now(base: float, policy: int, relief: float, step: float) -> float:
    """Return a sender's enforcement while the share ``relief`` of measures is lifted (D44)."""
    if policy == Enforcement.TIGHTENED:
        return base + (1.0 - base) * step * relief
    if policy == Enforcement.LAX:
        return base * (1.0 - step * relief)
    return base


@phase("M70", "M71", "M81", "M111")
def price_risk(world: Any, given: Any, dispute: int, month: int) -> None:
    """Move the price of uncertainty about one target's trade, and let rumours run."""
    numbers = given.parameters
    on = given.on
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    published = on.m71 * (header.criteria == Criteria.PUBLISHED)
    chance = numbers.rumour * row.uncertainty * (1.0 - published) * (row.status == DisputeStatus.IMPOSED)
    if uniform(stream_of(given.luck, Stream.RUMOUR, month), row.luck) < chance:
        target = world.states[row.target_state]
        row.risk = pushed(row.risk, numbers.rumour_heat, 0.0)
        target.expectation = pushed(target.expectation, numbers.rumour_heat * row.momentum, 0.0)
        note(world, month, Event.RUMOUR, dispute, row.lead_state, row.target_state, amount=row.risk)
    tightened = (header.enforcement == Enforcement.TIGHTENED) * relief_in_force(world.parties, row)
    doubt = row.uncertainty + recently(month, row.last_reversal, YEAR) + tightened
    doubt += on.m81 * unsettled(header.review_every, header.sunset)
    steady = on.m70 * world.parties[row.lead].enforcement * (header.enforcement != Enforcement.LAX)
    trusted = steady + published + row.agreement + on.m111 * row.sponsor
    row.risk = pushed(row.risk, numbers.pricing * doubt, numbers.pricing * trusted)


@phase("M23", "M69", "M110")
def loopholes(world: Any, given: Any, dispute: int) -> float:
    """Return the share of loopholes that the senders' regulators and partners leave open in one dispute."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    together = numbers.synchrony * (header.enforcement == Enforcement.SYNCHRONISED)
    ruled = given.on.m23 * numbers.regulated * row.technical * header.regulators
    standards = row.measures & STANDARDS_BIT > 0 or header.neighbours & JOINT_STANDARDS_BIT > 0
    return loophole_left(together, ruled, given.on.m110 * numbers.standards * standards)


@phase("M61", "M67", "M69", "M71", "M72")
def press_target(world: Any, given: Any, dispute: int) -> None:
    """Make one target feel the measures in force; sectors all at once."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    state = world.states[row.target_state]
    lead = world.parties[row.lead]
    clear = clearness(header.criteria, numbers.private_clarity)
    clarity = 1.0 + given.on.m71 * numbers.clarity_gain * clear
    clarity += numbers.belief_in_permanence * row.agreement
    calm = given.on.m72 * clarity * (1.0 - numbers.caution * row.risk)
    open_ways = given.on.m69 * loopholes(world, given, dispute)
    lifted = relief_in_force(world.parties, row)
    patrol = numbers.enforcement_step * (row.measures & PATROL_BIT > 0)
    for sector in range(SECTORS):
        cover = 0.0
        full = 0.0
        held = 0.0
        for party in range(row.lead, row.lead + row.senders):
            sender = world.parties[party]
            if sender.member == 1:
                trade = 0.0
                if sender.trade_tie >= 0:
                    trade = given.network.trade[sender.trade_tie].share[sector]
                held += trade
                relieved = (
                    sender.relieved[sector] / sender.imposed[sector] if sender.imposed[sector] > 0.0 else 0.0
                )
                force = enforcement_now(
                    sender.enforcement, header.enforcement, relieved, numbers.enforcement_step
                )
                force = drawn_to(force, 1.0, patrol)
                cover += bite(trade, sender.imposed[sector] - sender.relieved[sector], force)
                full += bite(trade, sender.imposed[sector], force)
        third = max(0.0, 1.0 - held)
        bound = numbers.secondary_bite * lead.secondary * lead.member
        cover += third * bound * (lead.imposed[sector] - lead.relieved[sector])
        full += third * bound * lead.imposed[sector]
        goal = detour_open(third * (1.0 - bound), full, numbers.most_diverted) if full > 0.0 else 0.0
        row.diverted[sector] = drawn_to(row.diverted[sector], open_ways * goal, numbers.diversion_rate)
        spared = exempted(
            sector, header.humanitarian, given.on.m67 * numbers.exemption, numbers.staged, lifted
        )
        scale = (
            POINTS
            * state.exposure[sector]
            * (1.0 - row.diverted[sector])
            * numbers.loss_per_trade
            * (1.0 - spared)
            * (1.0 - numbers.backing * row.backing)
        )
        row.unrelieved[sector] = scale * full
        fall = recovery_of(sector, numbers.recovery_finance, numbers.recovery_goods)
        row.felt[sector] = felt_after(
            row.felt[sector], scale * cover, numbers.anticipation, saturating(calm * fall, 1.0 - fall)
        )


@phase("M68")
def spread_losses(world: Any, given: Any) -> None:
    """Let last month's losses travel one tie along the trade layer; all ties at once."""
    trade = given.network.trade
    for state in range(len(world.states)):
        world.states[state].spill = 0.0
    for tie in range(len(trade)):
        row = trade[tie]
        world.states[row.reporter].spill += row.weight * world.states[row.partner].loss


@phase("M68")
def charge_senders(world: Any, given: Any, dispute: int) -> None:
    """Charge each sender for the trade with the target that its own measures stop."""
    numbers = given.parameters
    row = world.disputes[dispute]
    for party in range(row.lead, row.lead + row.senders):
        sender = world.parties[party]
        if sender.member == 1:
            state = world.states[sender.state]
            for tie in range(state.first_trade, state.first_trade + state.trade_ties):
                link = given.network.trade[tie]
                if link.partner == row.target_state:
                    for sector in range(SECTORS):
                        level = sender.imposed[sector] - sender.relieved[sector]
                        state.loss += (
                            POINTS
                            * state.exposure[sector]
                            * link.share[sector]
                            * level
                            * numbers.loss_per_trade
                        )


@phase("M68", "M110")
def compensate(world: Any, given: Any, dispute: int) -> None:
    """Let the lead sender make good part of what others lose, where the strategy says so (D43)."""
    row = world.disputes[dispute]
    if given.plans.headers[row.plan].neighbours & COMPENSATION_BIT == 0:
        return
    paid = 0.0
    lead = world.states[row.lead_state]
    for party in range(row.first_party, row.first_party + row.parties):
        state = world.states[world.parties[party].state]
        if party not in (row.target, row.lead):
            part = given.parameters.compensation * state.loss
            state.loss -= part
            paid += part * (state.size / lead.size if lead.size > 0.0 else 1.0)
    lead.loss += paid


@phase("M61", "M67", "M68", "M69", "M70", "M71", "M72", "M81", "M110")
def press(world: Any, given: Any, month: int) -> None:
    """Turn measures in force into losses, for targets, senders and those in between."""
    decay = given.on.m68 * given.parameters.spillover
    spread_losses(world, given)
    for state in range(len(world.states)):
        world.states[state].loss = decay * world.states[state].spill
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.THREATENED:
            price_risk(world, given, dispute, month)
            press_target(world, given, dispute)
            target = world.states[row.target_state]
            for sector in range(SECTORS):
                target.loss += row.felt[sector]
            charge_senders(world, given, dispute)
            compensate(world, given, dispute)
