"""Contingency: what the strategy provides for when something happens on the way.

"When there is a leak, then pause for three months": the conditions are such as can be observed, the rules
are read in the order of the file, and one that fires is written down (M16, M31, M38, M80, M100).
"""

from __future__ import annotations

from typing import Any

from model.bounded import drawn_to
from model.compiled import phase
from model.experience import trust_along
from model.ledger import NOBODY, note
from model.lines import close_line, disclose, open_line
from model.packages import nearness_of, pressure_felt, stage_at_hand
from model.process import ease_back, pause_track
from model.vocabulary import SECTORS, DisputeStatus, Event, Setback, Standing, Then, When
from model.world import TRACKS


@phase()
def holds(world: Any, given: Any, dispute: int, rule_row: Any, month: int) -> bool:
    """Return whether a strategy's rule sees its condition this month; only observable things count."""
    row = world.disputes[dispute]
    lead = world.states[row.lead_state]
    target = world.states[row.target_state]
    when = rule_row.when
    within = rule_row.within
    if when == When.LEAK:
        return row.last_leak == month
    if when == When.INCIDENT:
        return row.last_incident == month
    if when == When.SPOILER_ATTACK:
        return row.last_attack == month
    if when == When.LEADER_CHANGE:
        return row.last_turnover == month
    if when == When.ELECTION_WITHIN:
        span = float(within + 1)
        near = nearness_of(lead.next_election, month, span)
        return max(near, nearness_of(target.next_election, month, span)) > 0.0
    if when == When.VIOLATION:
        return row.violations >= max(rule_row.threshold, 1.0)
    if when == When.STALL:
        return month - row.last_progress == int(rule_row.threshold)
    if when == When.TENSION_ABOVE:
        return row.tension > rule_row.threshold
    if when == When.HARDLINERS_ABOVE:
        return max(lead.hardliners, target.hardliners) > rule_row.threshold
    if when == When.SUPPORT_BELOW:
        return min(lead.support, target.support) < rule_row.threshold
    if when == When.PRESSURE_ABOVE:
        return pressure_felt(row) > rule_row.threshold
    if when == When.DISPUTED_FINDING:
        return world.processes[dispute * TRACKS].disputed == 1
    trust = trust_along(world.trust, world.parties[row.lead].tie_to, given.parameters.stranger)
    if when == When.TRUST_BELOW:
        return trust < rule_row.threshold
    return trust > rule_row.threshold


@phase("M100")
def pause(world: Any, given: Any, dispute: int, months: float, month: int) -> bool:
    """Pause every track whose next stage is on the table; return whether any was."""
    paused = False
    for process in range(dispute * TRACKS, dispute * TRACKS + TRACKS):
        if world.processes[process].standing == Standing.TABLED:
            pause_track(world, given, process, month, int(months))
            paused = True
    return paused


@phase("M16", "M31", "M99")
def act(world: Any, given: Any, dispute: int, rule_row: Any, month: int) -> bool:
    """Do what a rule that holds says; return whether anything changed."""
    numbers = given.parameters
    row = world.disputes[dispute]
    then = rule_row.then
    track = world.processes[dispute * TRACKS]
    if then == Then.PAUSE:
        return pause(world, given, dispute, rule_row.amount, month)
    if then == Then.STEP_BACK:
        return ease_back(world, given, dispute, rule_row.sectors, numbers.review_step, month)
    if then == Then.SNAP_BACK:
        return ease_back(world, given, dispute, rule_row.sectors, 1.0, month)
    if then == Then.ADVANCE:
        changed = track.standing == Standing.PAUSED
        if changed:
            track.paused_until = month
        return changed
    if then == Then.OPEN_HOTLINE:
        changed = row.hotline == 0
        row.hotline = 1
        return changed
    if then == Then.SMALLER_STEPS:
        row.step_scale = row.step_scale / (1.0 + numbers.review_step)
        return True
    if then == Then.LARGER_STEPS:
        row.step_scale = min(1.0 + numbers.review_step, row.step_scale * (1.0 + numbers.review_step))
        return True
    if then == Then.TIGHTEN:
        return tighten(world, dispute, rule_row.amount)
    return handle_channel(world, given, dispute, then, month)


@phase()
def tighten(world: Any, dispute: int, amount: float) -> bool:
    """Raise every member's measures towards the full level by the share ``amount``."""
    row = world.disputes[dispute]
    changed = False
    for party in range(row.lead, row.lead + row.senders):
        seat = world.parties[party]
        if seat.member == 1:
            for sector in range(SECTORS):
                if 0.0 < seat.imposed[sector] < 1.0:
                    seat.imposed[sector] = drawn_to(seat.imposed[sector], 1.0, amount)
                    changed = True
    return changed


@phase("M31")
def handle_channel(world: Any, given: Any, dispute: int, then: int, month: int) -> bool:
    """Disclose, open or close the back channel, or take the talks to the public, as a rule says."""
    row = world.disputes[dispute]
    changed = False
    for channel in range(row.first_channel, row.first_channel + row.channels):
        line = world.channels[channel]
        if then == Then.OPEN_CHANNEL and line.open == 0 and not changed:
            mediator = world.mediators[line.mediator]
            if mediator.busy < mediator.capacity and line.access_lead > 0.0 and line.access_target > 0.0:
                open_line(world, given, dispute, channel, month, 1.0)
                changed = True
        elif line.open == 1 and then == Then.CLOSE_CHANNEL:
            close_line(world, dispute, channel, month, NOBODY)
            changed = True
        elif line.open == 1 and line.known == 0 and (then == Then.DISCLOSE or then == Then.GO_PUBLIC):
            disclose(world, given, dispute, channel, month)
            if then == Then.GO_PUBLIC:
                row.publicity = 1.0
            changed = True
    return changed


@phase("M38", "M100")
def end_pauses(world: Any, given: Any, dispute: int, month: int) -> None:
    """Take up again what was paused; candour about the setback shortens the way back."""
    header = given.plans.headers[world.disputes[dispute].plan]
    early = 1 if header.setback == Setback.CANDID and given.on.m38 > 0.0 else 0
    for process in range(dispute * TRACKS, dispute * TRACKS + TRACKS):
        track = world.processes[process]
        if track.standing == Standing.PAUSED and month >= track.paused_until - early:
            track.standing = Standing.TABLED
            track.since = month
            row = world.disputes[dispute]
            note(
                world,
                month,
                Event.RESUMED,
                dispute,
                row.lead_state,
                row.target_state,
                subject=stage_at_hand(world, given, process),
            )


@phase("M16", "M31", "M38", "M80", "M100")
def provide(world: Any, given: Any, month: int) -> None:
    """End pauses and apply a strategy's rules; disputes in turn, rules in the order of the file."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.IMPOSED:
            continue
        header = given.plans.headers[row.plan]
        end_pauses(world, given, dispute, month)
        for place in range(header.first_rule, header.first_rule + header.rules):
            rule_row = given.plans.rules[place]
            if holds(world, given, dispute, rule_row, month) and act(world, given, dispute, rule_row, month):
                when, then = rule_row.when, rule_row.then
                note(world, month, Event.RULE_FIRED, dispute, row.lead_state, NOBODY, subject=when, why=then)
