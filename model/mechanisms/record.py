"""Ledger: the month is added up for the record that a run is judged by.

Nothing here moves the world. What has to be seen twice is in watches.py; verdict.py makes outcomes of it.
"""

from __future__ import annotations

from typing import Any

from model.bounded import saturating
from model.compiled import phase
from model.experience import trust_along
from model.packages import (
    depth_share,
    fulfilment,
    has_promised,
    pressure_felt,
    promised_depth,
    relief_in_force,
    stage_row,
)
from model.readings import (
    leverage_left,
    measures_imposed,
    mutual_trust,
    size_of,
    spread,
    step_promised,
    true_share,
    worst_community,
)
from model.tallies import LOOKBACK
from model.vocabulary import CONFIDENCE_MEASURES, SECTORS, Conduct, DisputeStatus, Event, Standing
from model.watches import watch, watch_relief
from model.world import TRACKS


@phase()
def add_conduct(tally: Any, row: Any, numbers: Any, relief: float) -> None:
    """Add up conduct as it was, as it was reported, and as it was seen."""
    true = true_share(row)
    promised = depth_share(row.agreed, row.asked)
    tally.total_compliance += true
    tally.total_gap += max(0.0, depth_share(row.reported, row.asked) - true)
    tally.total_belief_gap += abs(depth_share(row.observed, row.asked) - true)
    if tally.months == 1:
        tally.first_compliance = true
    if promised > 0.0 and true < promised:
        tally.total_wrong_relief += relief * (1.0 - true / promised)
    if row.conduct == Conduct.SHAMMING:
        tally.sham_months += 1
    if has_promised(row) and fulfilment(row) >= 1.0 - numbers.measurement_slack:
        tally.kept_months += 1


@phase()
def add_concessions(tally: Any, row: Any, numbers: Any, month: int) -> None:
    """Look again at what was conceded a year ago, and add up how much of it is undone, or was hollow."""
    tally.promised_then[month % LOOKBACK] = promised_depth(row)
    due = month - int(numbers.long_look)
    if due >= 0:
        then = tally.promised_then[due % LOOKBACK]
        conceded = then - (tally.promised_then[(due - 1) % LOOKBACK] if due > 0 else 0.0)
        if conceded > 0.0:
            tally.total_due += conceded
            tally.total_hollow += min(conceded, max(0.0, then - true_share(row)))


@phase()
def add_mood(tally: Any, lead: Any, target: Any) -> None:
    """Add up what the publics of the two principals, ``lead`` and ``target``, felt."""
    first = tally.months == 1
    tally.total_legitimacy_sender += lead.legitimacy
    tally.total_legitimacy_target += target.legitimacy
    least = lead.legitimacy if first else min(tally.least_legitimacy_sender, lead.legitimacy)
    tally.least_legitimacy_sender = least
    least = target.legitimacy if first else min(tally.least_legitimacy_target, target.legitimacy)
    tally.least_legitimacy_target = least
    tally.total_suspicion += 0.5 * (target.suspicion + lead.suspicion)
    tally.total_hardliners_sender += lead.hardliners
    tally.total_hardliners_target += target.hardliners
    tally.peak_hardliners_sender = max(tally.peak_hardliners_sender, lead.hardliners)
    tally.peak_hardliners_target = max(tally.peak_hardliners_target, target.hardliners)
    tally.peak_rhetoric = max(tally.peak_rhetoric, lead.rhetoric, target.rhetoric)
    tally.total_resentment += target.resentment
    tally.total_ownership += target.ownership


@phase()
def add_livelihoods(tally: Any, row: Any, target: Any, numbers: Any) -> None:
    """Add up what people in the target lost and regained, and who they were."""
    tally.total_felt += pressure_felt(row)
    tally.total_hardship += target.hardship
    tally.total_risk += row.risk
    unrelieved = 0.0
    denied = 0.0
    for sector in range(SECTORS):
        unrelieved += row.unrelieved[sector]
        denied += row.unrelieved[sector] * numbers.civilian[sector]
        tally.total_evasion += row.diverted[sector] / SECTORS
        lifted = max(0.0, row.unrelieved[sector] - row.felt[sector])
        tally.total_gain_broad += lifted * numbers.civilian[sector]
        tally.total_gain_narrow += lifted * numbers.elite[sector]
    tally.total_access_deficit += max(0.0, saturating(denied, numbers.hardship_half) - target.access)
    felt = min(1.0, target.gain / unrelieved) if unrelieved > 0.0 else 0.0
    tally.total_expectation_gap += max(0.0, target.expectation - felt)


@phase()
def add_spillover(tally: Any, row: Any, states: Any, parties: Any) -> None:
    """Add up what others than the target lost, and of them those who take no part."""
    spilt = 0.0
    outside = 0.0
    for state in range(len(states)):
        spilt += states[state].loss
        outside += size_of(states[state]) * states[state].loss
    for party in range(row.first_party, row.lead + row.senders):
        outside -= size_of(states[parties[party].state]) * states[parties[party].state].loss
    tally.total_spillover += spilt - states[row.target_state].loss
    tally.total_third_party_loss += max(0.0, outside)


@phase()
def add_contact(tally: Any, row: Any, target: Any, lead: Any, channels: Any, trust: float) -> None:
    """Add up what lies between the parties ``target`` and ``lead``: misreading, trust, threat, channels."""
    tally.total_misreading += 0.5 * (target.misreading + lead.misreading)
    tally.total_threat += 0.5 * (target.threat + lead.threat)
    tally.total_channel_trust += trust
    for channel in range(row.first_channel, row.first_channel + row.channels):
        line = channels[channel]
        if line.open == 1:
            tally.channel_months += 1
            tally.total_line_trust += 0.5 * (line.trust_target + line.trust_lead)
            tally.total_effort += 1.0


@phase()
def add_processes(tally: Any, row: Any, processes: Any, dispute: int, month: int) -> None:
    """Add up the effort of talks, the findings in dispute, and the months of standstill; tracks in turn."""
    for process in range(dispute * TRACKS, dispute * TRACKS + TRACKS):
        track = processes[process]
        if track.standing != Standing.WAITING and track.standing != Standing.BROKEN:
            tally.total_effort += 1.0
        if track.disputed == 1:
            tally.disputed_months += 1
            tally.contested_at = month
    if row.status == DisputeStatus.IMPOSED and row.agreement == 0 and row.last_progress < month:
        tally.stall_months += 1
        tally.stall_now += 1
        tally.stall_longest = max(tally.stall_longest, tally.stall_now)
    else:
        tally.stall_now = 0


@phase()
def add_measures(tally: Any, row: Any) -> None:
    """Count the confidence measures that were taken up, and keep the deepest."""
    if row.measures == tally.before_measures:
        return
    for measure in range(CONFIDENCE_MEASURES):
        if (row.measures >> measure) & 1 == 1:
            tally.deepest_rung = max(tally.deepest_rung, (measure + 1) / CONFIDENCE_MEASURES)
            if (tally.before_measures >> measure) & 1 == 0:
                tally.links += 1
    tally.before_measures = row.measures


@phase()
def add_coalition(tally: Any, row: Any, parties: Any) -> None:
    """Add up how many senders stand together, and how evenly they press."""
    members = 0
    total = 0.0
    squares = 0.0
    for party in range(row.lead, row.lead + row.senders):
        seat = parties[party]
        if seat.member == 1:
            level = 0.0
            for sector in range(SECTORS):
                level += (seat.imposed[sector] - seat.relieved[sector]) / SECTORS
            members += 1
            total += level
            squares += level * level
    tally.senders_most = max(tally.senders_most, members)
    if members > 1:
        tally.spread_months += 1
        tally.total_spread += spread(total, squares, float(members))


@phase()
def add_firsts(
    tally: Any, row: Any, seen: Any, parties: Any, numbers: Any, relief: float, month: int
) -> None:
    """Keep when things first happened, and the leverage that was left when it first came to an agreement."""
    if tally.neighbour_at < 0:
        tally.neighbour_at = seen.latest[Event.NEIGHBOUR_ENGAGED]
    if tally.full_relief_at < 0 and relief >= numbers.full_relief:
        tally.full_relief_at = month
    if tally.first_agreement_at == month and measures_imposed(parties, row) > 0.0:
        tally.leverage_at_agreement = leverage_left(parties, row)
    if tally.verified_at < 0 and depth_share(row.observed, row.asked) > 0.0:
        tally.verified_at = month


@phase()
def add_spells(tally: Any, row: Any) -> None:
    """Count the months of agreement, and how tense they were."""
    tally.peak_tension = max(tally.peak_tension, row.tension)
    tally.total_tension += row.tension
    tally.total_tension_squared += row.tension * row.tension
    tally.agreement_months += row.agreement
    if tally.agreements_ended == 0:
        tally.first_life += row.agreement


@phase()
def add_bounds(tally: Any, home: Any, wall: float) -> None:
    """Count a principal's shares found at a bound: a wall would be a fault of the model."""
    for value in (home.support, home.legitimacy, home.hardliners, home.resentment, home.rhetoric):
        tally.looks += 1
        if value <= wall or value >= 1.0 - wall:
            tally.months_at_bound += 1


@phase()
def add_communities(tally: Any, row: Any, civil: Any, constituency: Any) -> None:
    """Add up how the worst-off community in the target fares, where one is heard."""
    worst = worst_community(civil, constituency, row.target_state)
    if worst >= 0.0:
        tally.community_months += 1
        tally.total_worst_community += worst


@phase()
def count_grievances(civil: Any, aggrieved: float) -> None:
    """Count for how long each group's grievance has been open."""
    for group in range(len(civil)):
        row = civil[group]
        row.aggrieved = row.aggrieved + 1 if row.grievance > aggrieved else 0


@phase()
def add_sides(tally: Any, row: Any, lead: Any, target: Any, numbers: Any, relief: float, month: int) -> None:
    """Add up what the two principals, ``lead`` and ``target``, did and felt."""
    tally.months += 1
    add_conduct(tally, row, numbers, relief)
    add_concessions(tally, row, numbers, month)
    add_mood(tally, lead, target)
    add_livelihoods(tally, row, target, numbers)
    add_measures(tally, row)
    add_spells(tally, row)
    add_bounds(tally, target, numbers.wall)
    add_bounds(tally, lead, numbers.wall)


@phase()
def add_promise(
    tally: Any, row: Any, track: Any, parties: Any, plans: Any, numbers: Any, trust: float
) -> None:
    """Book the relief that a stage agreed on a track promises, and what the target, as it trusts, expects."""
    header = plans.headers[row.plan]
    stage = plans.stages[stage_row(header, track.track, track.stage)]
    step = step_promised(parties, row, stage)
    tally.total_promised += step * header.promise
    if track.track == 0 and stage.escrow == 0:
        tally.expecting = 1
        tally.expected_step = trust * step * (1.0 + numbers.credulity * (header.promise - 1.0))


@phase()
def record(world: Any, given: Any, month: int) -> None:
    """Add the month to every dispute's tally; tables are handed on one by one, which is quicker."""
    numbers = given.parameters
    count_grievances(world.civil, numbers.aggrieved)
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        tally = world.tallies[dispute]
        seen = world.seen[dispute]
        track = world.processes[dispute * TRACKS]
        lead = world.states[row.lead_state]
        target = world.states[row.target_state]
        one = world.parties[row.target]
        other = world.parties[row.lead]
        relief = relief_in_force(world.parties, row)
        trust = mutual_trust(world.trust, one, other, numbers.stranger)
        add_sides(tally, row, lead, target, numbers, relief, month)
        add_spillover(tally, row, world.states, world.parties)
        add_contact(tally, row, one, other, world.channels, trust)
        add_processes(tally, row, world.processes, dispute, month)
        add_coalition(tally, row, world.parties)
        add_firsts(tally, row, seen, world.parties, numbers, relief, month)
        add_communities(tally, row, world.civil, given.network.constituency)
        believed = trust_along(world.trust, one.tie_to, numbers.stranger)
        released = False
        for process in range(dispute * TRACKS, dispute * TRACKS + TRACKS):
            agreed = world.processes[process]
            released = released or agreed.released_at == month
            if agreed.agreed_at == month:
                add_promise(tally, row, agreed, world.parties, given.plans, numbers, believed)
        watch(tally, row, track, seen, numbers, trust, lead.support, target.support, month)
        watch_relief(tally, row, track, seen, world.parties, released, month)
