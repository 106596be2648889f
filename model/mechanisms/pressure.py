"""Pressure: what measures take from the target, and from everybody else on the way.

A measure bites as far as the sender holds the target's trade in that sector, as far as it is enforced,
and as far as trade has not found another way:

    cover = sum over senders of trade share x legal level x enforcement + what third parties are bound to
    loss = exposure x cover x (1 - diverted) x loss per lost trade

It is felt fast and let go slowly, by sector. The loss travels on along the trade layer to partners,
and back to the senders (M61, M66-M69, M71, M72; F29, F32, F33, F34).
"""

from __future__ import annotations

from typing import Any

from model.bounded import drawn_to, saturating
from model.compiled import phase, rule
from model.packages import recovery_of
from model.vocabulary import SECTORS, Criteria, DisputeStatus, Enforcement, Humanitarian, Sector

POINTS = 100.0


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
def exempted(sector: int, humanitarian: int, exemption: float, staged: float) -> float:
    """Return the share of a sector's measures that exemptions for civilians take away."""
    if sector != Sector.ESSENTIAL or humanitarian == Humanitarian.NONE:
        return 0.0
    return exemption * staged if humanitarian == Humanitarian.STAGED else exemption


@rule("M69")
def enforcement_now(base: float, policy: int, relief: float, step: float) -> float:
    """Return a sender's enforcement while the share ``relief`` of measures is lifted (D44)."""
    if policy == Enforcement.TIGHTENED or policy == Enforcement.SYNCHRONISED:
        return base + (1.0 - base) * step * relief
    if policy == Enforcement.LAX:
        return base * (1.0 - step * relief)
    return base


@phase("M61", "M66", "M67", "M69", "M71", "M72")
def press_target(world: Any, given: Any, dispute: int) -> None:
    """Make one target feel the measures in force; sectors all at once."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    state = world.states[row.target_state]
    lead = world.parties[row.lead]
    clarity = 1.0 + given.on.m71 * numbers.clarity_gain * (
        (header.criteria == Criteria.PUBLISHED) + numbers.belief_in_permanence * row.agreement
    )
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
                cover += bite(trade, sender.imposed[sector] - sender.relieved[sector], force)
                full += bite(trade, sender.imposed[sector], force)
        third = max(0.0, 1.0 - held)
        bound = numbers.secondary_bite * lead.secondary * lead.member
        cover += third * bound * (lead.imposed[sector] - lead.relieved[sector])
        full += third * bound * lead.imposed[sector]
        goal = detour_open(third * (1.0 - bound), full, numbers.most_diverted) if full > 0.0 else 0.0
        row.diverted[sector] = drawn_to(row.diverted[sector], given.on.m69 * goal, numbers.diversion_rate)
        spared = exempted(sector, header.humanitarian, given.on.m67 * numbers.exemption, numbers.staged)
        scale = (
            POINTS
            * state.exposure[sector]
            * (1.0 - row.diverted[sector])
            * numbers.loss_per_trade
            * (1.0 - spared)
        )
        row.unrelieved[sector] = scale * full
        fall = recovery_of(sector, numbers.recovery_finance, numbers.recovery_goods)
        row.felt[sector] = felt_after(
            row.felt[sector], scale * cover, numbers.anticipation, saturating(clarity * fall, 1.0 - fall)
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


@phase("M61", "M66", "M67", "M68", "M69", "M71", "M72")
def press(world: Any, given: Any, month: int) -> None:
    """Turn measures in force into losses, for targets, senders and those in between."""
    decay = given.on.m68 * given.parameters.spillover
    spread_losses(world, given)
    for state in range(len(world.states)):
        world.states[state].loss = decay * world.states[state].spill
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.THREATENED:
            press_target(world, given, dispute)
            target = world.states[row.target_state]
            for sector in range(SECTORS):
                target.loss += row.felt[sector]
            charge_senders(world, given, dispute)
