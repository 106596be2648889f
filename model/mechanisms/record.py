"""Ledger: the month is added up for the record that a run is judged by.

Nothing here moves the world: totals over months of what was true, reported, seen and felt
(metrics K01-K50 are computed from them in outcomes.py).
"""

from __future__ import annotations

from typing import Any

from model.compiled import phase
from model.experience import trust_along
from model.packages import depth_share, pressure_felt, relief_in_force
from model.vocabulary import SECTORS, Conduct, DisputeStatus, Standing
from model.world import TRACKS


@phase()
def add_conduct(world: Any, given: Any, dispute: int) -> None:
    """Add up conduct as it was, as it was reported, and as it was seen."""
    row = world.disputes[dispute]
    tally = world.tallies[dispute]
    true = depth_share(row.done, row.asked)
    reported = depth_share(row.reported, row.asked)
    promised = depth_share(row.agreed, row.asked)
    tally.total_compliance += true
    tally.total_reported += reported
    tally.total_observed += depth_share(row.observed, row.asked)
    tally.total_gap += max(0.0, reported - true)
    relief = relief_in_force(world.parties, row)
    if promised > 0.0 and true < promised:
        tally.total_wrong_relief += relief * (1.0 - true / promised)
    if row.conduct == Conduct.SHAMMING:
        tally.sham_months += 1
    tally.agreement_months += row.agreement


@phase()
def add_mood(world: Any, given: Any, dispute: int) -> None:
    """Add up what the publics and the governments of the two principals felt."""
    row = world.disputes[dispute]
    tally = world.tallies[dispute]
    target = world.states[row.target_state]
    lead = world.states[row.lead_state]
    tally.total_hardship += target.hardship
    tally.total_legitimacy_sender += lead.legitimacy
    tally.total_legitimacy_target += target.legitimacy
    tally.total_suspicion += 0.5 * (target.suspicion + lead.suspicion)
    tally.total_hardliners_sender += lead.hardliners
    tally.total_hardliners_target += target.hardliners
    tally.total_resentment += target.resentment
    tally.total_ownership += target.ownership
    unrelieved = 0.0
    diverted = 0.0
    for sector in range(SECTORS):
        unrelieved += row.unrelieved[sector]
        diverted += row.diverted[sector] / SECTORS
    lifted = min(1.0, target.gain / unrelieved) if unrelieved > 0.0 else 0.0
    tally.total_expectation_gap += max(0.0, target.expectation - lifted)
    tally.total_evasion += diverted


@phase()
def add_contact(world: Any, given: Any, dispute: int) -> None:
    """Add up the lines between the two sides: misreading, trust, open channels, diplomatic effort."""
    row = world.disputes[dispute]
    tally = world.tallies[dispute]
    target = world.parties[row.target]
    lead = world.parties[row.lead]
    tally.total_misreading += 0.5 * (target.misreading + lead.misreading)
    stranger = given.parameters.stranger
    mutual = trust_along(world.trust, target.tie_to, stranger) + trust_along(
        world.trust, lead.tie_to, stranger
    )
    tally.total_channel_trust += 0.5 * mutual
    for channel in range(row.first_channel, row.first_channel + row.channels):
        if world.channels[channel].open == 1:
            tally.channel_months += 1
            tally.total_effort += 1.0
    senders = 0
    for party in range(row.lead, row.lead + row.senders):
        senders += world.parties[party].member
    tally.senders_most = max(tally.senders_most, senders)
    for process in range(dispute * TRACKS, dispute * TRACKS + TRACKS):
        standing = world.processes[process].standing
        if standing != Standing.WAITING and standing != Standing.BROKEN:
            tally.total_effort += 1.0


@phase()
def add_bounds(world: Any, given: Any, dispute: int) -> None:
    """Count the principals' shares found at a bound: a wall would be a fault of the model."""
    row = world.disputes[dispute]
    tally = world.tallies[dispute]
    for state in (row.target_state, row.lead_state):
        home = world.states[state]
        for value in (home.support, home.legitimacy, home.hardliners, home.resentment, home.rhetoric):
            if value <= given.parameters.wall or value >= 1.0 - given.parameters.wall:
                tally.months_at_bound += 1


@phase()
def record(world: Any, given: Any, month: int) -> None:
    """Add the month to every dispute's tally."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        tally = world.tallies[dispute]
        tally.months += 1
        tally.peak_tension = max(tally.peak_tension, row.tension)
        tally.total_tension += row.tension
        tally.total_tension_squared += row.tension * row.tension
        felt = pressure_felt(row)
        tally.total_felt += felt
        tally.total_pressure += felt
        if row.status == DisputeStatus.IMPOSED and row.agreement == 0 and row.last_progress < month:
            tally.stall_months += 1
        spilt = 0.0
        for state in range(len(world.states)):
            if state != row.target_state:
                spilt += world.states[state].loss
        tally.total_spillover += spilt
        add_conduct(world, given, dispute)
        add_mood(world, given, dispute)
        add_contact(world, given, dispute)
        add_bounds(world, given, dispute)
