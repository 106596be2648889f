"""Legitimacy: how each public judges the process, apart from what it gains or loses by it.

Secrecy that lasts breeds suspicion, and suspicion eats the legitimacy on which ratification and the
survival of a turnover rest; oversight, candour and seats at the table build it again. Public language heats
with tension and with loud success, and cools with common work:

    suspicion:  up   secrecy x age x (1 - oversight) + spin found out;  down  candour, outreach, forgetting
    legitimacy: up   visible progress, seats, briefings, a published path;  down  suspicion, promises unfelt
    rhetoric:   up   tension + loud success;  down  quiet work

(M22, M28-M30, M32, M33, M35, M37, M38, M59, M87, M103, M115; sizes are judgements.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import pushed, saturating
from model.compiled import phase, rule
from model.packages import has_promised, promised_not_felt, seated, seats_taken, stage_of
from model.vocabulary import (
    ACADEMIC_BIT,
    FULL_SEAT,
    Criteria,
    Disclosure,
    IssueScope,
    Oversight,
    Setback,
    Standing,
)
from model.world import TRACKS


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


@rule("M59", "M87")
def progress_seen(momentum: float, loud: float, publicity: float, dashboard: float) -> float:
    """Return how much progress the public sees: what is announced, what is public, what is published."""
    return momentum * (loud + (1.0 - loud) * (publicity + (1.0 - publicity) * dashboard))


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


@phase("M29", "M30", "M38", "M103", "M115")
def move_suspicion(
    home: Any, row: Any, header: Any, numbers: Any, on: Any, age: int, stalled: float, sitting: float
) -> None:
    """Move one public's suspicion that something is kept from it."""
    basic = oversight_of(header.oversight, numbers.inspector, numbers.briefing, numbers.audit)
    watched = on.m29 * watch_of(basic, header.oversight_every, numbers.secret_age)
    hidden = secrecy_felt(age, numbers.secret_age, header.secrecy, watched)
    found_out = 0.0
    if row.violations > 0 and header.setback != Setback.CANDID:
        found_out = on.m103 * numbers.found_out * (1.0 if header.setback == Setback.SPIN else numbers.candid)
    told = on.m38 * numbers.candour * stalled * (header.setback == Setback.CANDID)
    outreach = on.m115 * numbers.outreach * sitting * header.communities / FULL_SEAT
    home.suspicion = pushed(
        home.suspicion,
        (on.m30 * numbers.suspicion * hidden + found_out) * home.accountability,
        numbers.forgetting * (1.0 - hidden) + told + outreach,
    )


@phase("M22", "M28", "M32", "M33", "M35", "M59", "M87", "M89", "M103")
def move_legitimacy(
    home: Any, row: Any, header: Any, numbers: Any, on: Any, gap: float, sitting: float, several: float
) -> None:
    """Move the legitimacy of the process in one public's eyes."""
    seats = sitting * seats_taken(header.business, header.civil_society, header.communities)
    named = on.m22 * (header.issue_scope == IssueScope.REFORM)
    seen = progress_seen(
        row.momentum, numbers.loudness[header.cadence], row.publicity, on.m87 * header.dashboard
    )
    account = 0.0
    if header.disclosure != Disclosure.NONE:
        account = row.agreement * header.disclosure_depth
    candid = on.m103 * numbers.candid * (header.setback == Setback.CANDID)
    home.legitimacy = pushed(
        home.legitimacy,
        numbers.settling
        + on.m59 * numbers.visible_progress * seen
        + on.m32 * numbers.inclusion * seats
        + numbers.inclusion * named
        + on.m28 * numbers.briefed_assent * (header.oversight == Oversight.LEGISLATURE)
        + on.m33 * numbers.path_shown * (header.criteria == Criteria.PUBLISHED)
        + on.m89 * numbers.witnessed * several
        + on.m35 * numbers.account * account,
        numbers.settling + numbers.wear * home.suspicion + numbers.disappointment * gap * (1.0 - candid),
    )


@phase("M37")
def move_rhetoric(home: Any, row: Any, header: Any, numbers: Any, on: Any) -> None:
    """Move the heat of one government's public language."""
    loud = numbers.loudness[header.cadence]
    heat = numbers.heat_of_tension * row.tension + on.m37 * numbers.trumpeting * loud * row.momentum
    common = (header.issue_scope == IssueScope.ADJACENT) + (row.measures & ACADEMIC_BIT > 0)
    home.rhetoric = pushed(
        home.rhetoric, heat * row.publicity, numbers.cooling * (1.0 + numbers.common_work * common)
    )


@phase("M22", "M28", "M29", "M30", "M32", "M33", "M35", "M37", "M38", "M42", "M59", "M87", "M103", "M115")
def judge_process(world: Any, given: Any, month: int) -> None:
    """Let every public judge the process its government is in; disputes and parties in turn."""
    numbers = given.parameters
    on = given.on
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        header = given.plans.headers[row.plan]
        main = world.processes[dispute * TRACKS]
        age = hidden_for(world, dispute, month)
        stalled = 1.0 if main.standing == Standing.PAUSED or main.standing == Standing.BROKEN else 0.0
        sitting = seated(main.stage, header.entry_stage)
        stage = stage_of(given.plans.stages, header, main.track, main.stage)
        several = has_promised(row) * (1.0 - 1.0 / max(stage.verifiers, 1))
        for party in range(row.target, row.lead + row.deciders):
            home = world.states[world.parties[party].state]
            gap = promised_not_felt(home, row) if party == row.target else 0.0
            move_suspicion(home, row, header, numbers, on, age, stalled, sitting)
            move_legitimacy(home, row, header, numbers, on, on.m42 * gap, sitting, several)
            move_rhetoric(home, row, header, numbers, on)
