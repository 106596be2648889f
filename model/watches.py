"""Watches: what has to be seen twice, because what counts is what became of it some months later.

Did talks outlive the shock, the agreement its makers, reforms the agreement? The month in which a watch
begins is kept in the tally; it is closed when it was lost, or when the time is up. One watch of a kind runs
at a time: what happens meanwhile belongs to it. Nothing here moves the world.
"""

from __future__ import annotations

from typing import Any

from model.compiled import phase, rule
from model.ledger import NOBODY
from model.packages import has_promised
from model.readings import leverage_left, measures_imposed, talks_live, true_share
from model.vocabulary import Cause, Conduct, DisputeStatus, Event, Standing

#: How a watch stands: it goes on, was outlived, or was lost.
OPEN = 0
OUTLIVED = 1
LOST = 2


@rule()
def fate(since: int, alive: bool, month: int, span: float) -> int:
    """Return how a watch stands that began in month ``since`` (-1: none did) over what is alive, or not."""
    if since < 0:
        return OPEN
    if not alive:
        return LOST
    return OUTLIVED if month - since >= span else OPEN


@rule()
def half_back(now: float, least: float, before: float) -> bool:
    """Return whether half of what was lost between ``before`` and ``least`` is back."""
    return now - least >= before - now


@phase()
def watch_calm(tally: Any, row: Any, numbers: Any, truce: bool, month: int) -> None:
    """See whether calm comes back and lasts (K01), and whether violence follows a deal or a truce (K06)."""
    if row.tension >= numbers.calm_tension:
        tally.heated = 1
        tally.calm_now = 0
    elif tally.heated == 1:
        tally.calm_now += 1
        if tally.calm_now >= numbers.long_look:
            tally.calmed = 1
    rose = tally.before_tension <= numbers.violent_tension < row.tension
    if tally.peace_at >= 0 and month - tally.peace_at <= numbers.long_look and rose:
        tally.relapses += 1
        tally.peace_at = NOBODY
    if truce or (row.agreement == 1 and row.agreement_at == month):
        tally.peaces += 1
        tally.peace_at = month


@phase()
def watch_shocks(tally: Any, row: Any, span: float, shocked: bool, alive: bool, month: int) -> None:
    """See whether talks outlive a shock, and when tension is back where it stood (K19)."""
    if shocked and tally.shock_at < 0 and tally.before_talks == 1:
        tally.shock_at = month
    found = fate(tally.shock_at, alive, month, span)
    if found != OPEN:
        tally.shock_at = NOBODY
        tally.shocks_judged += 1
        tally.shocks_survived += 1 if found == OUTLIVED else 0
    if shocked and tally.unrest_at < 0 and row.tension > tally.before_tension and tally.months > 1:
        tally.unrest_at = month
        tally.unrest_from = tally.before_tension
    elif tally.unrest_at >= 0 and row.tension <= tally.unrest_from:
        tally.calmings += 1
        tally.total_calming += month - tally.unrest_at
        tally.unrest_at = NOBODY


@phase()
def watch_trust(tally: Any, leaked: bool, blown: bool, trust: float, month: int) -> None:
    """See what a leak or a blow costs in trust, and when half of it is back (K15, K17)."""
    lost = max(0.0, tally.before_trust - trust) if tally.months > 1 else 0.0
    if leaked:
        tally.total_leak_cost += lost
    if tally.wary_at >= 0:
        tally.wary_least = min(tally.wary_least, trust)
        if half_back(trust, tally.wary_least, tally.wary_from):
            tally.trust_recoveries += 1
            tally.total_trust_recovery += month - tally.wary_at
            tally.wary_at = NOBODY
    elif lost > 0.0 and (leaked or blown):
        tally.wary_at = month
        tally.wary_from = tally.before_trust
        tally.wary_least = trust


@phase()
def watch_agreement(tally: Any, row: Any, span: float, month: int) -> None:
    """See if an agreement outlives its makers and its sponsor, and reforms the agreement (K25, K40, K48)."""
    alive = row.agreement == 1
    if tally.before_agreement == 1:
        if row.last_turnover == month and tally.turnover_at < 0:
            tally.turnover_at = month
        if row.last_sponsor_exit == month and tally.orphaned_at < 0:
            tally.orphaned_at = month
        if not alive:
            tally.lapsed_at = month
    found = fate(tally.turnover_at, alive, month, span)
    if found != OPEN:
        tally.turnover_at = NOBODY
        tally.turnovers_judged += 1
        tally.turnovers_survived += 1 if found == OUTLIVED else 0
    found = fate(tally.orphaned_at, alive, month, span)
    if found != OPEN:
        tally.orphaned_at = NOBODY
        tally.orphans_judged += 1
        tally.orphans_lost += 1 if found == LOST else 0
    found = fate(tally.lapsed_at, not alive, month, span)
    if found != OPEN:
        tally.lapsed_at = NOBODY
        if found == OUTLIVED:
            tally.lapses_judged += 1
            tally.total_persistence += true_share(row)


@phase()
def watch_attempts(tally: Any, row: Any, track: Any, alive: bool, month: int) -> None:
    """See how long each attempt at talks lives, and how long broken ones lie (K02, K36, K44)."""
    begun = tally.attempts == 0 and track.standing != Standing.WAITING and row.yielded == 0
    if track.restarts > tally.restarts:
        begun = True
        tally.total_restart += month - tally.broken_at if tally.broken_at >= 0 else 0
        tally.restarts = track.restarts
    if begun:
        tally.attempts += 1
        tally.attempt_months = 0
    if alive and row.yielded == 0:
        tally.attempt_months += 1
        tally.talk_months += 1 - row.agreement
    if tally.attempts == 1:
        tally.first_attempt_months = tally.attempt_months
    broken = track.standing == Standing.BROKEN
    if broken and track.since == month and row.cause == Cause.SPOILER and (begun or tally.before_talks == 1):
        tally.broken_by_spoiler += 1
    tally.broken_at = track.since if broken else NOBODY


@phase()
def watch_findings(tally: Any, row: Any, span: float, findings: float, disputed: bool, month: int) -> None:
    """See whether feigned conduct is found out (K10), and disputed findings bring sanctions back (K38).

    ``findings`` is how many negative reports so far were no false alarms.
    """
    if row.conduct == Conduct.SHAMMING and has_promised(row):
        if tally.feigning == 0:
            tally.feigning = 1
            tally.feigned_at = month
            tally.breaches += 1
    else:
        tally.feigning = 0
        tally.feigned_at = NOBODY
    if findings > tally.before_findings and tally.feigned_at >= 0:
        tally.breaches_found += 1
        tally.total_detection += month - tally.feigned_at
        tally.feigned_at = NOBODY
    tally.before_findings = findings
    if disputed:
        tally.contested = 1
        tally.contested_at = month
    if tally.reversals > tally.before_reversals and tally.contested == 1:
        tally.contested = 0
        tally.contested_renewed += 1 if month - tally.contested_at <= span else 0
    tally.before_reversals = tally.reversals


@phase()
def watch_relief(
    tally: Any, row: Any, track: Any, seen: Any, parties: Any, released: bool, month: int
) -> None:
    """See whether relief that was promised comes, and as it was expected (K31, K42).

    Relief counts that a stage ``released``, or that a target was given that had yielded; not what was lent
    for a pause, or given to civilians apart.
    """
    granted = seen.amounts[Event.RELIEF]
    came = 0.0
    if granted > tally.before_granted:
        if released or row.yielded == 1:
            came = (granted - tally.before_granted) / measures_imposed(parties, row)
        tally.before_granted = granted
        tally.total_delivered += came
    if row.yielded == 1 and row.agreement_at == month and row.status == DisputeStatus.IMPOSED:
        tally.total_promised += leverage_left(parties, row) + came
    if tally.expecting == 1 and track.standing != Standing.PERFORMING:
        error = (came if track.released_at == month else 0.0) - tally.expected_step
        tally.expecting = 0
        tally.forecasts += 1
        tally.total_surprise_squared += error * error


@phase()
def watch_exposure(tally: Any, numbers: Any, lead: float, target: float, told: bool, month: int) -> None:
    """See how far support, ``lead`` and ``target``, falls once terms are public, leaked or told (K49)."""
    if told:
        tally.exposures += 1
        tally.exposed_at = month
        tally.betrayal_now = 0.0
        tally.exposed_support_sender = tally.before_support_sender
        tally.exposed_support_target = tally.before_support_target
    if tally.exposed_at >= 0 and month - tally.exposed_at <= numbers.short_look:
        fall = max(tally.exposed_support_sender - lead, tally.exposed_support_target - target)
        if fall > tally.betrayal_now:
            tally.betrayals += 1 if tally.betrayal_now < numbers.betrayed <= fall else 0
            tally.total_betrayal += fall - tally.betrayal_now
            tally.betrayal_now = fall
    tally.before_support_sender = lead
    tally.before_support_target = target


@phase()
def watch(
    tally: Any,
    row: Any,
    track: Any,
    seen: Any,
    numbers: Any,
    trust: float,
    lead: float,
    target: float,
    month: int,
) -> None:
    """Let the watches of one dispute take their month, and keep how things stand for the next.

    ``track`` is the main process, ``trust`` mutual, ``lead`` and ``target`` the support of the two leaders.
    """
    alive = talks_live(row, track)
    leaked = seen.latest[Event.LEAK] == month
    blown = seen.latest[Event.ESCALATION] == month or seen.latest[Event.SPOILER_ATTACK] == month
    shocked = blown or seen.latest[Event.ECONOMIC_SHOCK] == month
    # A negative report bears a 1 in the ledger where it was a false alarm.
    findings = seen.times[Event.REPORT_NEGATIVE] - seen.amounts[Event.REPORT_NEGATIVE]
    watch_calm(tally, row, numbers, seen.latest[Event.TRUCE] == month, month)
    watch_shocks(tally, row, numbers.short_look, shocked, alive, month)
    watch_trust(tally, leaked, blown, trust, month)
    watch_agreement(tally, row, numbers.long_look, month)
    watch_attempts(tally, row, track, alive, month)
    watch_findings(tally, row, numbers.short_look, findings, seen.latest[Event.DISPUTED] == month, month)
    told = leaked or seen.latest[Event.DISCLOSURE] == month
    watch_exposure(tally, numbers, lead, target, told, month)
    tally.before_tension = row.tension
    tally.before_trust = trust
    tally.before_agreement = row.agreement
    tally.before_talks = 1 if alive else 0
