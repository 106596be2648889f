"""Domestic politics: what each public makes of the pressure, the gains and the concessions it lives with.

Hardship felt as humiliation feeds hardliners while it wears the leader down; visible concessions
embolden opponents; a public that was promised more than it feels turns away, and a schedule that slips
without a word is used by those against it. Every share is pushed up and down and settles where the pushes
balance (see bounded.py):

    hardliners: up   backlash x hardship x resentment + embolden x visible concession + incidents + setbacks
                down gains that are felt + calm
    support:    up   rally + gains + everyday access;  down  hardship + promises unfelt + concessions

(M27, M36, M42, M43, M45, M47-M51, M53, M54, M56, M57, M60, M62, M115; sizes are judgements.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import pushed, recently, saturating
from model.compiled import phase, rule
from model.packages import promised_not_felt, reach_of_relief, seated
from model.vocabulary import FULL_SEAT, DisputeStatus, Redress, Setback
from model.world import TRACKS


@rule("M57", "M62")
def backlash(hardship: float, resentment: float, domination: float) -> float:
    """Return the push towards the hard line of hardship that is felt as humiliation."""
    return hardship * resentment * (1.0 + domination)


@rule("M56")
def humiliation(hardship: float, domination: float, aimed: float) -> float:
    """Return how humiliating hardship is: more when framed as domination, less when it is ``aimed``."""
    return hardship * (1.0 + domination) * (1.0 - aimed)


@rule("M50")
def weaponised(slipping: float, setback: int, candid: float) -> float:
    """Return how far opponents can use a schedule that slips, by how it is told at home (D39)."""
    if setback == Setback.CANDID:
        return slipping * (1.0 - candid)
    if setback == Setback.SPIN:
        return slipping * (1.0 - candid * candid)
    return slipping


@rule("M54")
def doubt_shown(setback: int, candid: float) -> float:
    """Return how much of a breach found abroad a sender's public is shown, by how it is told (D39)."""
    if setback == Setback.CANDID:
        return 1.0
    return 1.0 - candid if setback == Setback.SPIN else 1.0 - candid * candid


@rule("M36", "M51")
def made_good(redress: int, community: float, legal: float) -> float:
    """Return the share of a disappointment that redress makes good (D38)."""
    if redress == Redress.COMMUNITY:
        return community
    return legal if redress == Redress.LEGAL else 0.0


@phase(
    "M27", "M36", "M42", "M45", "M48", "M49", "M50", "M51", "M52", "M53", "M54", "M56", "M57", "M60", "M62",
    "M103", "M115",
)  # fmt: skip
def move_target_public(world: Any, given: Any, dispute: int, month: int) -> None:
    """Move opinion in the target of one dispute."""
    numbers = given.parameters
    on = given.on
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    state = world.states[row.target_state]
    patience = 1.0 - on.m60 * numbers.patient * header.common_security
    gap = on.m42 * patience * promised_not_felt(state, row)
    gain = saturating(state.gain, numbers.gain_half)
    reach = reach_of_relief(row, numbers) * (1.0 - numbers.captured * (1.0 - on.m52 * row.watch))
    visible = on.m45 * row.attention * row.publicity
    incident = recently(month, row.last_incident, numbers.memory)
    candour = 1.0 - on.m103 * numbers.candid * (header.setback == Setback.CANDID)
    setback = on.m54 * numbers.setback * gap * state.hardliners * candour
    slipping = saturating(float(world.parties[row.lead].withheld), numbers.overdue)
    slipped = on.m50 * numbers.slipped * weaponised(slipping, header.setback, numbers.candid)
    anger = on.m57 * numbers.backlash * backlash(state.hardship, on.m62 * state.resentment, header.domination)
    state.hardliners = pushed(
        state.hardliners,
        numbers.settling * state.hardliner_base
        + anger
        + numbers.embolden * visible
        + numbers.incident_anger * incident
        + setback
        + slipped,
        numbers.settling * (1.0 - state.hardliner_base)
        + on.m53 * numbers.stake_in_peace * gain * reach
        + numbers.calm * (1.0 - row.tension),
    )
    unmet = numbers.unmet * gap
    unmet *= 1.0 - made_good(header.redress, on.m51 * numbers.redressed, on.m36 * numbers.redressed)
    sitting = seated(world.processes[dispute * TRACKS].stage, header.entry_stage)
    outreach = on.m115 * numbers.outreach * sitting * header.communities / FULL_SEAT
    state.support = pushed(
        state.support,
        numbers.settling * state.support_base
        + numbers.rally * state.hardship * state.resentment
        + on.m48 * numbers.credit * gain
        + on.m49 * numbers.everyday * state.access
        + on.m60 * numbers.narrative * header.common_security * row.momentum
        + outreach,
        numbers.settling * (1.0 - state.support_base)
        + on.m57 * numbers.blame * state.hardship
        + unmet
        + numbers.concession_cost * visible * state.hardliners,
    )
    aimed = on.m56 * numbers.aimed * header.targeted
    state.resentment = pushed(
        state.resentment,
        numbers.humiliation * humiliation(state.hardship, header.domination, aimed),
        numbers.easing * (1.0 - row.tension) * (1.0 + row.momentum),
    )
    state.expectation = pushed(state.expectation, 0.0, numbers.forgetting * (1.0 + gap))


@phase("M27", "M43", "M45", "M54")
def move_sender_public(state: Any, row: Any, header: Any, numbers: Any, on: Any, month: int) -> None:
    """Move opinion in one sender of dispute ``row``, or in a body that can veto it."""
    visible = on.m45 * row.attention * row.publicity
    incident = recently(month, row.last_incident, numbers.memory)
    doubt = 0.0
    if row.violations > 0:
        doubt = on.m54 * numbers.setback * state.hardliners * doubt_shown(header.setback, numbers.candid)
    state.hardliners = pushed(
        state.hardliners,
        numbers.settling * state.hardliner_base
        + numbers.embolden * visible
        + numbers.incident_anger * incident
        + doubt,
        numbers.settling * (1.0 - state.hardliner_base)
        + numbers.calm * (1.0 - row.tension) * (1.0 + row.momentum),
    )
    forewarned = 1.0 - on.m27 * numbers.forewarned * header.red_lines
    state.support = pushed(
        state.support,
        numbers.settling * state.support_base + on.m43 * numbers.credit * row.momentum * row.publicity,
        numbers.settling * (1.0 - state.support_base)
        + numbers.own_loss * saturating(state.loss, numbers.gain_half)
        + numbers.concession_cost * visible * state.hardliners * forewarned,
    )


@phase("M27", "M36", "M42", "M43", "M45", "M48", "M49", "M50", "M51", "M53", "M54", "M56", "M57", "M62")
def judge_at_home(world: Any, given: Any, month: int) -> None:
    """Move opinion in every state that is party to a dispute; disputes and parties in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        header = given.plans.headers[row.plan]
        if row.status != DisputeStatus.THREATENED:
            move_target_public(world, given, dispute, month)
        for party in range(row.lead, row.lead + row.deciders):
            state = world.states[world.parties[party].state]
            move_sender_public(state, row, header, given.parameters, given.on, month)
