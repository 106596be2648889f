"""Domestic politics: what each government is allowed at home.

Hardship felt as humiliation feeds hardliners while it wears the leader down; visible concessions
embolden opponents; a public that was promised more than it feels turns away; secrecy that lasts breeds
suspicion, and suspicion eats the legitimacy on which ratification and survival of a turnover rest.
Every share is pushed up and down and settles where the pushes balance (see bounded.py):

    hardliners: up   backlash x hardship x resentment + embolden x visible concession + incidents + setbacks
                down gains that are felt + calm
    suspicion:  up   secrecy x age x (1 - oversight);  down  disclosure + forgetting
    legitimacy: up   candour + seats at the table + benefits;  down  suspicion + unmet expectations

(M30, M42, M45, M48, M53, M54, M57, M60, M62; sizes are judgements, see parameters.py.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import pushed, saturating
from model.compiled import phase, rule
from model.vocabulary import (
    FULL_SEAT,
    SECTORS,
    DisputeStatus,
    IssueScope,
    Oversight,
    Redress,
    Setback,
)

#: Groups outside government that a strategy can give seats to.
GROUPS = 3.0


@rule()
def recently(month: int, then: int, span: float) -> float:
    """Return 1 for something that happened this month, falling to 0 over ``span`` months; 0 for never."""
    if then < 0:
        return 0.0
    return max(0.0, 1.0 - (month - then) / span)


@rule("M57", "M62")
def backlash(hardship: float, resentment: float, domination: float) -> float:
    """Return the push towards the hard line of hardship that is felt as humiliation."""
    return hardship * resentment * (1.0 + domination)


@rule("M30")
def secrecy_felt(age: float, scale: float, secrecy: float, watched: float) -> float:
    """Return how strongly secrecy of ``age`` months is felt as something hidden."""
    return secrecy * saturating(age, scale) * (1.0 - watched)


@rule("M29")
def watch_of(basic: float, every: int, fresh: float) -> float:
    """Return the share of the suspicion that oversight ``every`` so many months takes away (D27)."""
    return basic * fresh / (fresh + every)


@rule("M29")
def oversight_of(oversight: int, inspector: float, legislature: float, audit: float) -> float:
    """Return the share of the suspicion of secrecy that constant oversight would take away (D27)."""
    if oversight == Oversight.INSPECTOR:
        return inspector
    if oversight == Oversight.LEGISLATURE:
        return legislature
    if oversight == Oversight.AUDIT:
        return audit
    return 0.0


@rule("M32")
def seats_taken(business: int, civil_society: int, communities: int) -> float:
    """Return the share of possible seats that those outside government hold (D29)."""
    return (business + civil_society + communities) / (GROUPS * FULL_SEAT)


@phase()
def hidden_for(world: Any, dispute: int, month: int) -> int:
    """Return for how many months a back channel has been open that the public does not know of."""
    row = world.disputes[dispute]
    age = 0
    for channel in range(row.first_channel, row.first_channel + row.channels):
        line = world.channels[channel]
        if line.open == 1 and line.known == 0:
            age = max(age, month - line.opened_at + 1)
    return age


@phase()
def promised_not_felt(target: Any, row: Any) -> float:
    """Return how far the expectation of a target's public exceeds the share of pressure it feels lifted."""
    unrelieved = 0.0
    for sector in range(SECTORS):
        unrelieved += row.unrelieved[sector]
    share = min(1.0, target.gain / unrelieved) if unrelieved > 0.0 else 0.0
    return max(0.0, target.expectation - share)


@phase("M42", "M45", "M48", "M53", "M54", "M57", "M62")
def move_target_public(world: Any, given: Any, dispute: int, month: int) -> None:
    """Move opinion in the target of one dispute."""
    numbers = given.parameters
    on = given.on
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    state = world.states[row.target_state]
    gap = on.m42 * promised_not_felt(state, row)
    gain = saturating(state.gain, numbers.gain_half)
    visible = on.m45 * row.attention * row.publicity
    incident = recently(month, row.last_incident, numbers.memory)
    setback = (
        on.m54
        * numbers.setback
        * gap
        * state.hardliners
        * (1.0 - numbers.candid * (header.setback == Setback.CANDID))
    )
    anger = numbers.backlash * backlash(state.hardship, on.m62 * state.resentment, header.domination)
    state.hardliners = pushed(
        state.hardliners,
        numbers.settling * state.hardliner_base
        + anger
        + numbers.embolden * visible
        + numbers.incident_anger * incident
        + setback,
        numbers.settling * (1.0 - state.hardliner_base)
        + on.m53 * numbers.stake_in_peace * gain
        + numbers.calm * (1.0 - row.tension),
    )
    redress = numbers.redressed * numbers.unmet * (header.redress != Redress.NONE)
    state.support = pushed(
        state.support,
        numbers.settling * state.support_base
        + numbers.rally * state.hardship * state.resentment
        + on.m48 * numbers.credit * gain
        + numbers.narrative * header.common_security * row.momentum,
        numbers.settling * (1.0 - state.support_base)
        + on.m57 * numbers.blame * state.hardship
        + (numbers.unmet - redress) * gap
        + numbers.concession_cost * visible * state.hardliners,
    )
    state.resentment = pushed(
        state.resentment,
        numbers.humiliation * state.hardship * (1.0 + header.domination - numbers.aimed * header.targeted),
        numbers.easing * (1.0 - row.tension) * (1.0 + row.momentum),
    )
    state.expectation = pushed(state.expectation, 0.0, numbers.forgetting * (1.0 + gap))


@phase("M42", "M45", "M54")
def move_sender_public(state: Any, row: Any, numbers: Any, on: Any, month: int) -> None:
    """Move opinion in one sender of dispute ``row``, or in a body that can veto it."""
    visible = on.m45 * row.attention * row.publicity
    incident = recently(month, row.last_incident, numbers.memory)
    doubt = 0.0
    if row.violations > 0:
        doubt = on.m54 * numbers.setback * state.hardliners
    state.hardliners = pushed(
        state.hardliners,
        numbers.settling * state.hardliner_base
        + numbers.embolden * visible
        + numbers.incident_anger * incident
        + doubt,
        numbers.settling * (1.0 - state.hardliner_base)
        + numbers.calm * (1.0 - row.tension) * (1.0 + row.momentum),
    )
    state.support = pushed(
        state.support,
        numbers.settling * state.support_base + numbers.credit * row.momentum * row.publicity,
        numbers.settling * (1.0 - state.support_base)
        + numbers.own_loss * saturating(state.loss, numbers.gain_half)
        + numbers.concession_cost * visible * state.hardliners,
    )


@phase("M30", "M31", "M32", "M37", "M59")
def judge_process(home: Any, row: Any, header: Any, numbers: Any, on: Any, age: int, gap: float) -> None:
    """Move one public's suspicion, legitimacy and language about the process of dispute ``row``."""
    basic = oversight_of(header.oversight, numbers.inspector, numbers.briefing, numbers.audit)
    watched = watch_of(basic, header.oversight_every, numbers.secret_age)
    hidden = secrecy_felt(age, numbers.secret_age, header.secrecy, watched)
    home.suspicion = pushed(
        home.suspicion,
        on.m30 * numbers.suspicion * hidden * home.accountability,
        numbers.forgetting * (1.0 - hidden),
    )
    seats = seats_taken(header.business, header.civil_society, header.communities)
    loud = numbers.loudness[header.cadence]
    seen = row.momentum * (loud + (1.0 - loud) * row.publicity)
    home.legitimacy = pushed(
        home.legitimacy,
        numbers.settling + on.m59 * numbers.visible_progress * seen + numbers.inclusion * seats,
        numbers.settling + numbers.wear * home.suspicion + numbers.disappointment * gap,
    )
    heat = numbers.heat_of_tension * row.tension + on.m37 * numbers.trumpeting * loud * row.momentum
    agenda = numbers.cooling * (1.0 + numbers.common_work * (header.issue_scope == IssueScope.ADJACENT))
    home.rhetoric = pushed(home.rhetoric, heat * row.publicity, agenda)


@phase("M30", "M42", "M45", "M46", "M48", "M53", "M54", "M57", "M62")
def judge_at_home(world: Any, given: Any, month: int) -> None:
    """Move opinion in every state that is party to a dispute; disputes and parties in turn."""
    numbers = given.parameters
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.THREATENED:
            move_target_public(world, given, dispute, month)
        age = hidden_for(world, dispute, month)
        header = given.plans.headers[row.plan]
        target = world.states[row.target_state]
        judge_process(target, row, header, numbers, given.on, age, promised_not_felt(target, row))
        for party in range(row.lead, row.lead + row.deciders):
            state = world.states[world.parties[party].state]
            move_sender_public(state, row, numbers, given.on, month)
            judge_process(state, row, header, numbers, given.on, age, 0.0)
