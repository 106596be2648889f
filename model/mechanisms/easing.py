"""Easing: relief that belongs to no stage of the talks.

A pause in hostilities may be met with relief that is only lent: it ends with the pause, or lapses in time.
Civilians may be relieved on a calendar of their own, whatever the talks do. And a target that gave way to
the whole demand is relieved as its conduct is seen:

    due to civilians = months under measures / (months under measures + months to half)

(M67, M78, M95.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import saturating
from model.compiled import phase
from model.ledger import NOBODY, note
from model.packages import depth_share
from model.process import grant, is_sender, withdraw
from model.vocabulary import SECTORS, Cause, DisputeStatus, Event, Humanitarian, Sector


@phase("M95")
def lend(world: Any, given: Any, dispute: int, share: float, month: int) -> None:
    """Let every sender lend the ``share`` of its measures for as long as a pause holds."""
    row = world.disputes[dispute]
    for party in range(row.lead, row.lead + row.senders):
        if is_sender(world, party):
            seat = world.parties[party]
            for sector in range(SECTORS):
                left = seat.imposed[sector] - seat.relieved[sector]
                amount = min(seat.imposed[sector] * share, left)
                if amount > 0.0:
                    grant(world, dispute, party, sector, amount, month, NOBODY)
                    seat.temporary[sector] = amount
    row.truce_until = month + given.plans.headers[row.plan].pause_months
    note(world, month, Event.TRUCE, dispute, row.lead_state, row.target_state, amount=share)


@phase("M95")
def call_in(world: Any, dispute: int, month: int) -> None:
    """Let what was lent for a pause lapse; senders in turn."""
    row = world.disputes[dispute]
    row.truce_until = NOBODY
    for party in range(row.lead, row.lead + row.senders):
        for sector in range(SECTORS):
            amount = world.parties[party].temporary[sector]
            if amount > 0.0:
                withdraw(world, dispute, party, sector, amount, month, Event.RELIEF_EXPIRED, Cause.NONE)
                world.parties[party].temporary[sector] = 0.0


@phase("M95")
def reward_pause(world: Any, given: Any, dispute: int, month: int) -> None:
    """Lend relief when violence pauses, and let it lapse when the pause, or its time, is over (D35)."""
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    share = given.on.m95 * header.pause_relief
    calm = row.tension < given.parameters.calm_enough and row.last_incident < month
    over = header.pause_months > 0 and month >= row.truce_until
    if row.truce_until >= 0 and (over or not calm):
        call_in(world, dispute, month)
    elif row.truce_until < 0 and calm and share > 0.0 and row.agreement == 0:
        lend(world, given, dispute, share, month)


@phase("M67", "M78")
def lift_towards(world: Any, given: Any, dispute: int, due: float, civilian: bool, month: int) -> None:
    """Let the senders lift measures towards the share ``due``: those minded to, or for civilians all."""
    row = world.disputes[dispute]
    pace = given.parameters.lifting_pace
    for party in range(row.lead, row.lead + row.senders):
        seat = world.parties[party]
        if seat.member == 1 and (civilian or seat.delivering == 1):
            for sector in range(SECTORS):
                if not civilian or sector == Sector.ESSENTIAL:
                    amount = min(seat.imposed[sector] * due - seat.relieved[sector], pace)
                    if amount > given.parameters.least_step:
                        grant(world, dispute, party, sector, amount, month, NOBODY)


@phase("M67", "M78", "M95")
def ease(world: Any, given: Any, month: int) -> None:
    """Give the relief that no stage asks for; disputes in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.IMPOSED:
            continue
        if row.yielded == 1:
            lift_towards(world, given, dispute, depth_share(row.observed, row.asked), False, month)
            continue
        separate = given.plans.headers[row.plan].humanitarian == Humanitarian.SEPARATE_CALENDAR
        if given.on.m67 > 0.0 and separate and month > row.imposed_at:
            due = saturating(float(month - row.imposed_at), given.parameters.calendar)
            lift_towards(world, given, dispute, due, True, month)
        reward_pause(world, given, dispute, month)
