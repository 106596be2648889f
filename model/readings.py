"""Readings: how a dispute stands, as the ledger adds it up and as a run is judged by it.

Nothing here moves the world. They are read every month, so each is handed only the tables that it reads.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from model.compiled import phase, rule
from model.experience import trust_along
from model.packages import depth_share
from model.vocabulary import SECTORS, CivilKind, DisputeStatus, Standing


@rule()
def ratio(total: float, number: float) -> float:
    """Return ``total`` by ``number``, or NaN where there was nothing to count."""
    return total / number if number > 0.0 else math.nan


@rule()
def spread(total: float, squares: float, number: float) -> float:
    """Return the standard deviation of ``number`` values by their sum and the sum of their squares."""
    mean = total / number
    return math.sqrt(max(0.0, squares / number - mean * mean))


@phase()
def true_share(row: Any) -> float:
    """Return the share of the whole demand that is truly done, 0-1."""
    return depth_share(row.done, row.asked)


@phase()
def measures_imposed(parties: Any, row: Any) -> float:
    """Return the legal level that all senders together imposed, summed over sectors."""
    total = 0.0
    for party in range(row.lead, row.lead + row.senders):
        for sector in range(SECTORS):
            total += parties[party].imposed[sector]
    return total


@phase()
def leverage_left(parties: Any, row: Any) -> float:
    """Return the share of the measures that is still in force; NaN where none was ever imposed."""
    in_force = 0.0
    for party in range(row.lead, row.lead + row.senders):
        seat = parties[party]
        for sector in range(SECTORS):
            in_force += seat.member * (seat.imposed[sector] - seat.relieved[sector])
    return ratio(in_force, measures_imposed(parties, row))


@phase()
def step_promised(parties: Any, row: Any, stage: Any) -> float:
    """Return the relief that a stage promises, as a share of the measures."""
    level = 0.0
    for party in range(row.lead, row.lead + row.senders):
        seat = parties[party]
        if seat.member == 1 and (stage.only_sender == 0 or stage.only_sender == 1 + seat.state):
            for sector in range(SECTORS):
                level += seat.imposed[sector] * stage.relief[sector] * row.step_scale
    imposed = measures_imposed(parties, row)
    return level / imposed if imposed > 0.0 else 0.0


@phase()
def talks_live(row: Any, track: Any) -> bool:
    """Return whether the main ``track`` of dispute ``row`` has begun and does not lie broken."""
    begun = track.standing != Standing.WAITING and track.standing != Standing.BROKEN
    return begun and row.status != DisputeStatus.ENDED


@phase()
def mutual_trust(trust: Any, one: Any, other: Any, stranger: float) -> float:
    """Return how far two parties, ``one`` and ``other``, believe each other, mean of both."""
    return 0.5 * (trust_along(trust, one.tie_to, stranger) + trust_along(trust, other.tie_to, stranger))


@phase()
def takes_part(parties: Any, row: Any, state: int) -> bool:
    """Return whether a state is the target or one of the senders of dispute ``row``."""
    for party in range(row.first_party, row.lead + row.senders):
        if parties[party].state == state:
            return True
    return False


@phase()
def size_of(state: Any) -> float:
    """Return a state's output, trillion US dollars a year; NumPy's records have a ``size`` of their own."""
    return state["size"]  # type: ignore[no-any-return]


@phase()
def joint_output(states: Any, parties: Any, row: Any) -> float:
    """Return the output, trillion US dollars a year, of traders that take no part in dispute ``row``."""
    size = 0.0
    for state in range(len(states)):
        if states[state].trade_ties > 0 and not takes_part(parties, row, state):
            size += size_of(states[state])
    return size


@phase()
def worst_community(civil: Any, constituency: Any, state: int) -> float:
    """Return the grievance of a state's worst-off community, or -1 where none is heard."""
    worst = -1.0
    for tie in range(len(constituency)):
        if constituency[tie].state == state:
            group = civil[constituency[tie].civil]
            if group.kind == CivilKind.COMMUNITY:
                worst = max(worst, group.grievance)
    return worst


@phase()
def breadth_of_support(civil: Any, constituency: Any, row: Any) -> float:
    """Return the share of what is heard in the two principals that comes from groups for a settlement.

    A group is heard by its reach and its voice, and is for a settlement where its outlook exceeds its
    grievance.
    """
    heard = 0.0
    hopeful = 0.0
    for tie in range(len(constituency)):
        link = constituency[tie]
        if link.state == row.target_state or link.state == row.lead_state:
            group = civil[link.civil]
            heard += link.reach * group.voice
            if group.outlook > group.grievance:
                hopeful += link.reach * group.voice
    return ratio(hopeful, heard)


@phase(allocates=True)
def grievance_ages(civil: Any, constituency: Any, row: Any) -> Any:
    """Return for how many months each open grievance in the two principals has been open."""
    ages = np.zeros(len(civil))
    found = 0
    for group in range(len(civil)):
        there = False
        for tie in range(len(constituency)):
            link = constituency[tie]
            if link.civil == group and (link.state == row.target_state or link.state == row.lead_state):
                there = True
        if there and civil[group].aggrieved > 0:
            ages[found] = civil[group].aggrieved
            found += 1
    return ages[:found]
