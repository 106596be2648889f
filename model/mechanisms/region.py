"""Region: neighbours follow or hedge, sponsors carry and are resented, ownership grows.

Neighbours take up dealings with the target as far as they see conduct verified, and hedge where tension
is high; sponsors lend trust and are resented in proportion to how foreign, how strong and how long they are;
what those concerned have designed is their own:

    engagement: up sight x nearness x verified conduct;  down hedging x tension
    resentment: up tutelage x intensity x (1 - ownership) x age

(M108-M113.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import drawn_to, pushed
from model.compiled import phase, rule
from model.ledger import body_actor, note
from model.packages import depth_share, seated
from model.vocabulary import REPOSITORY_BIT, DisputeStatus, Event, Taper
from model.world import TRACKS


@rule("M111")
def sponsor_now(start: float, final: float, months: int, taper: int, age: int) -> float:
    """Return a sponsor's intensity after ``age`` months of engagement (D32)."""
    if taper == Taper.CONSTANT or months <= 0:
        return start
    if taper == Taper.HARD_EXIT:
        return start if age < months else 0.0
    return start + (final - start) * min(1.0, age / months)


@rule("M112")
def resented(intensity: float, owned: float, age: float) -> float:
    """Return the push of resentment against a sponsor: strong, foreign and long."""
    return intensity * (1.0 - owned) * age


@phase("M108", "M109", "M110")
def engage_neighbours(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let neighbours and allies take up dealings with a target whose conduct they see verified."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    engaged = header.neighbours > 0
    visible = numbers.neighbour_sight * (1.0 + numbers.told_next_door * engaged)
    normal = depth_share(row.observed, row.asked)
    gain = 0.0
    for tie in range(len(given.network.proximity)):
        link = given.network.proximity[tie]
        if link.first == row.target_state or link.second == row.target_state:
            other = link.second if link.first == row.target_state else link.first
            neighbour = world.states[other]
            before = neighbour.engagement
            neighbour.engagement = pushed(
                before,
                given.on.m109 * visible * link.weight * normal,
                numbers.hedging * row.tension,
            )
            gain += link.weight * neighbour.engagement
            if before < numbers.majority <= neighbour.engagement:
                world.tallies[dispute].neighbours_engaged += 1
                note(world, month, Event.NEIGHBOUR_ENGAGED, dispute, other, row.target_state, amount=normal)
    target = world.states[row.target_state]
    target.gain += numbers.ripple * gain
    row.backing = given.on.m108 * target.hardship * gain / (1.0 + gain)
    if header.neighbours & REPOSITORY_BIT > 0:
        row.shared_data = pushed(row.shared_data, given.on.m110 * numbers.repository, 0.0)
    row.enforced_peace = drawn_to(row.enforced_peace, gain / (1.0 + gain), numbers.peace_building)


@phase("M111", "M112", "M113")
def sponsor(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let a sponsor carry the process, be resented, and leave; ownership grows with co-design."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    target = world.states[row.target_state]
    begun = row.agreement_at if row.agreement_at >= 0 else month
    able = 0.0
    if row.body >= 0:
        able = world.bodies[row.body].can_sponsor
    before = row.sponsor
    age = month - begun
    row.sponsor = (
        given.on.m111
        * able
        * sponsor_now(header.sponsor, header.sponsor_final, header.sponsor_months, header.taper, age)
    )
    if before > 0.0 and row.sponsor == 0.0:
        row.last_sponsor_exit = month
        note(
            world,
            month,
            Event.SPONSOR_EXITED,
            dispute,
            body_actor(world, row.body),
            row.target_state,
            amount=before,
        )
    main = world.processes[dispute * TRACKS]
    sitting = seated(main.stage, header.entry_stage)
    seats = sitting * (header.business + header.civil_society + header.communities)
    handed = header.handover > 0 and main.stage >= header.handover
    local = header.regional_role + 1.0 * handed
    if handed and main.stage == header.handover and main.since == month:
        note(world, month, Event.HANDED_OVER, dispute, row.lead_state, row.target_state)
    target.ownership = pushed(
        target.ownership,
        given.on.m113 * numbers.owning * (seats + local),
        numbers.owning + given.on.m112 * numbers.tutelage * row.sponsor,
    )
    target.resentment = pushed(
        target.resentment,
        given.on.m112
        * numbers.tutelage
        * resented(row.sponsor, target.ownership, month / (month + numbers.secret_age)),
        0.0,
    )


@phase("M108", "M109", "M110", "M111", "M112", "M113")
def gather(world: Any, given: Any, month: int) -> None:
    """Let the region act: neighbours and sponsors; disputes in turn."""
    for dispute in range(len(world.disputes)):
        if world.disputes[dispute].status != DisputeStatus.ENDED:
            engage_neighbours(world, given, dispute, month)
            sponsor(world, given, dispute, month)
