"""Economy: what pressure does to output, to households and to those close to the leader.

Output sinks towards what the loss allows and comes back more slowly, without a rebound; hardship and
elite pain follow the sectors that hit the many and the few:

    output' = output + rate x (1 / (1 + depth x loss / 100) - output)
    hardship' = hardship + rate x (broad loss / (broad loss + half) - hardship)

What exemptions, aid and relief let through again is the access that people notice every day
(M48, M49, M53, M57, M66, M67, M72; F29, F30, F36).
"""

from __future__ import annotations

from typing import Any

from model.bounded import drawn_to, saturating
from model.compiled import phase, rule
from model.packages import pressure_lifted
from model.vocabulary import CORRIDOR_BIT, SECTORS, DisputeStatus, Humanitarian

POINTS = 100.0


@rule("M72")
def output_after(output: float, loss: float, depth: float, fall: float, recovery: float) -> float:
    """Return output after a month under a ``loss`` in points; it recovers more slowly than it falls."""
    goal = 1.0 / (1.0 + depth * loss / POINTS)
    return drawn_to(output, goal, fall if goal < output else recovery)


@rule("M66", "M67")
def relief_of_need(humanitarian: int, openings: float, aid: float, reach: float) -> float:
    """Return the share of hardship that ``aid``, and openings of this ``reach``, take away (D33, D34)."""
    given_aid = 0.0
    if humanitarian == Humanitarian.SEPARATE_CALENDAR or humanitarian == Humanitarian.PRIORITY:
        given_aid = aid
    return given_aid + (1.0 - given_aid) * reach * openings


@phase("M48", "M49", "M53", "M66", "M67")
def weigh_on_target(world: Any, given: Any, dispute: int) -> None:
    """Split one target's pressure between households and the elite, and book what relief gives back."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    state = world.states[row.target_state]
    broad = 0.0
    narrow = 0.0
    denied = 0.0
    for sector in range(SECTORS):
        denied += row.unrelieved[sector] * numbers.civilian[sector]
        broad += row.felt[sector] * numbers.civilian[sector]
        narrow += row.felt[sector] * numbers.elite[sector]
    aimed = numbers.targeting * header.targeted
    aid = relief_of_need(
        header.humanitarian,
        given.on.m66 * header.openings,
        given.on.m67 * numbers.aid_reach,
        numbers.aid_reach,
    )
    if row.measures & CORRIDOR_BIT > 0:
        aid += (1.0 - aid) * numbers.aid_reach
    broad = broad * (1.0 - aimed) * (1.0 - aid)
    state.access = max(0.0, denied - broad) / (denied + numbers.hardship_half)
    state.hardship = drawn_to(state.hardship, saturating(broad, numbers.hardship_half), numbers.hardship_rate)
    state.elite_pain = drawn_to(
        state.elite_pain, saturating(narrow, numbers.elite_half), numbers.hardship_rate
    )
    state.gain = pressure_lifted(row)


@phase("M72")
def live(world: Any, given: Any, month: int) -> None:
    """Move output everywhere and hardship in the targets; all states at once."""
    numbers = given.parameters
    for state in range(len(world.states)):
        row = world.states[state]
        row.output = output_after(
            row.output, row.loss, numbers.output_depth, numbers.output_fall, numbers.output_recovery
        )
    for dispute in range(len(world.disputes)):
        if world.disputes[dispute].status != DisputeStatus.THREATENED:
            weigh_on_target(world, given, dispute)
