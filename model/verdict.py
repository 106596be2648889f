"""The verdict: a finished world is read, and each dispute's outcomes are written into a row.

Compiled, and the same for the watched run and the ensemble. What an outcome means, and where it does not
apply, stands in outcomes.py; the sums and counts it is made of stand in the tallies.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from model.compiled import phase, rule
from model.labels import label_run
from model.readings import (
    breadth_of_support,
    grievance_ages,
    joint_output,
    leverage_left,
    ratio,
    spread,
    true_share,
)
from model.vocabulary import Ending, Event, Label

PER_HUNDRED = 100.0


@rule()
def month_or_never(month: int) -> float:
    """Return the month, or NaN for never."""
    return float(month) if month >= 0 else math.nan


@rule()
def only_where(value: float, applies: bool) -> float:
    """Return ``value`` where it applies, else NaN."""
    return value if applies else math.nan


@rule()
def policy_result(ending: int) -> int:
    """Return the four-point result of Hufbauer, Schott and Elliott that an ending would be coded as."""
    if ending == Ending.ACQUIESCED_FULLY or ending == Ending.YIELDED_TO_THREAT:
        return 4
    if ending == Ending.ACQUIESCED_PARTLY:
        return 3
    if ending == Ending.NEGOTIATED:
        return 2
    return 1


@phase()
def judge_agreement(world: Any, given: Any, dispute: int, outcome: Any) -> None:
    """Write whether and when it came to calm, relief and agreement, and how long they held (K01-K06)."""
    row = world.disputes[dispute]
    tally = world.tallies[dispute]
    label = label_run(world, given, dispute)
    outcome.label = label
    agreed = tally.first_agreement_at >= 0
    kept = label == Label.SETTLED_AND_DURABLE or label == Label.TARGET_YIELDED
    outcome.settled = 1.0 if agreed else 0.0
    outcome.de_escalated = only_where(float(tally.calmed), tally.heated == 1)
    outcome.months_to_first_relief = month_or_never(tally.first_relief_at)
    outcome.months_to_restart = ratio(tally.total_restart, float(tally.restarts))
    outcome.months_to_agreement = month_or_never(tally.first_agreement_at)
    outcome.months_to_full_relief = month_or_never(tally.full_relief_at)
    outcome.settled_and_lasted = 1.0 if kept else 0.0
    outcome.agreement_months = tally.agreement_months
    outcome.agreement_survival = only_where(float(tally.first_life), agreed)
    outcome.agreement_ended = only_where(1.0 if tally.agreements_ended > 0 else 0.0, agreed)
    outcome.agreement_alive = only_where(float(row.agreement), agreed)
    outcome.reversals = tally.reversals
    outcome.largest_reversal = only_where(tally.largest_reversal, tally.first_relief_at >= 0)
    outcome.relapsed = only_where(1.0 if tally.relapses > 0 else 0.0, tally.peaces > 0)


@phase()
def judge_conduct(world: Any, given: Any, dispute: int, outcome: Any) -> None:
    """Write what was truly done, what was feigned and found out, and what it cost in leverage (K07-K14)."""
    row = world.disputes[dispute]
    tally = world.tallies[dispute]
    seen = world.seen[dispute]
    months = max(1.0, float(tally.months))
    done = true_share(row)
    outcome.true_compliance = tally.total_compliance / months
    outcome.compliance_at_end = done
    outcome.report_gap = tally.total_gap / months
    outcome.belief_gap = tally.total_belief_gap / months
    outcome.sham_share = tally.sham_months / months
    outcome.hollow_concessions = ratio(tally.total_hollow, tally.total_due)
    outcome.detection_rate = ratio(float(tally.breaches_found), float(tally.breaches))
    outcome.months_to_detection = ratio(tally.total_detection, float(tally.breaches_found))
    outcome.wrongful_reversals = tally.wrongful_reversals
    outcome.wrongful_reversal_rate = ratio(PER_HUNDRED * tally.wrongful_reversals, float(tally.kept_months))
    outcome.false_alarms = seen.amounts[Event.REPORT_NEGATIVE]
    outcome.wrong_relief = tally.total_wrong_relief
    outcome.leverage_left = leverage_left(world.parties, row)
    outcome.leverage_at_agreement = only_where(tally.leverage_at_agreement, tally.first_agreement_at >= 0)
    outcome.pressure_months = tally.total_felt
    gain = ratio(PER_HUNDRED * (done - tally.first_compliance), tally.total_felt)
    outcome.pressure_efficiency = only_where(gain, tally.total_felt >= given.parameters.least_pressure)


@phase()
def judge_talks(world: Any, given: Any, dispute: int, outcome: Any) -> None:
    """Write how the two sides came to read and trust each other, and what shook them (K15-K19)."""
    tally = world.tallies[dispute]
    seen = world.seen[dispute]
    months = max(1.0, float(tally.months))
    leaks = float(seen.times[Event.LEAK])
    outcome.channel_trust = tally.total_channel_trust / months
    outcome.line_trust = ratio(tally.total_line_trust, float(tally.channel_months))
    outcome.trust_recovery = ratio(tally.total_trust_recovery, float(tally.trust_recoveries))
    outcome.misreading = tally.total_misreading / months
    outcome.leaks = leaks
    outcome.leak_cost = ratio(tally.total_leak_cost, leaks)
    outcome.escalations = seen.times[Event.ESCALATION]
    outcome.tension_sd = spread(tally.total_tension, tally.total_tension_squared, months)
    outcome.violence_peak = tally.peak_tension
    outcome.rhetoric_peak = tally.peak_rhetoric
    outcome.shock_survival = ratio(float(tally.shocks_survived), float(tally.shocks_judged))
    outcome.shock_recovery = ratio(tally.total_calming, float(tally.calmings))


@phase()
def judge_publics(world: Any, given: Any, dispute: int, outcome: Any) -> None:
    """Write what the publics of the two principals made of it (K20-K25)."""
    row = world.disputes[dispute]
    tally = world.tallies[dispute]
    seen = world.seen[dispute]
    months = max(1.0, float(tally.months))
    outcome.legitimacy_sender = tally.total_legitimacy_sender / months
    outcome.legitimacy_target = tally.total_legitimacy_target / months
    outcome.legitimacy_least_sender = tally.least_legitimacy_sender
    outcome.legitimacy_least_target = tally.least_legitimacy_target
    outcome.suspicion = tally.total_suspicion / months
    outcome.hardliners_sender = tally.total_hardliners_sender / months
    outcome.hardliners_target = tally.total_hardliners_target / months
    outcome.hardliners_sender_at_end = world.states[row.lead_state].hardliners
    outcome.hardliners_target_at_end = world.states[row.target_state].hardliners
    outcome.hardliners_sender_peak = tally.peak_hardliners_sender
    outcome.hardliners_target_peak = tally.peak_hardliners_target
    ratified = float(seen.times[Event.RATIFIED])
    outcome.ratification = ratio(ratified, ratified + seen.times[Event.VETOED])
    outcome.coalition_breadth = breadth_of_support(world.civil, given.network.constituency, row)
    outcome.turnover_survival = ratio(float(tally.turnovers_survived), float(tally.turnovers_judged))


@phase()
def judge_livelihoods(world: Any, given: Any, dispute: int, outcome: Any) -> None:
    """Write what people lost and regained, and how far it could be foreseen (K26-K32)."""
    row = world.disputes[dispute]
    tally = world.tallies[dispute]
    seen = world.seen[dispute]
    months = max(1.0, float(tally.months))
    outcome.hardship = tally.total_hardship / months
    outcome.access_deficit = tally.total_access_deficit
    outcome.worst_community = ratio(tally.total_worst_community, float(tally.community_months))
    outcome.spillover = tally.total_spillover / months
    outcome.third_party_loss = ratio(
        tally.total_third_party_loss / months, joint_output(world.states, world.parties, row)
    )
    lifted = tally.total_gain_broad + tally.total_gain_narrow
    outcome.benefit_breadth = ratio(tally.total_gain_broad, lifted)
    outcome.output_at_end = world.states[row.target_state].output
    outcome.risk_premium = tally.total_risk / months
    outcome.relief_surprise = math.sqrt(ratio(tally.total_surprise_squared, float(tally.forecasts)))
    outcome.rumours = seen.times[Event.RUMOUR]


@phase()
def judge_region(world: Any, given: Any, dispute: int, outcome: Any) -> None:
    """Write how coalition, neighbours, spoilers and sponsors fared, and where it stuck (K33-K40)."""
    tally = world.tallies[dispute]
    seen = world.seen[dispute]
    months = max(1.0, float(tally.months))
    disputes = float(seen.times[Event.DISPUTED])
    outcome.defections = seen.times[Event.LEFT]
    outcome.pressure_spread = ratio(tally.total_spread, float(tally.spread_months))
    outcome.evasion = tally.total_evasion / months
    outcome.ripple = tally.neighbours_engaged
    lag = float(tally.neighbour_at - tally.verified_at)
    outcome.ripple_lag = only_where(lag, tally.neighbour_at >= 0 and tally.verified_at >= 0)
    outcome.spoiler_attacks = seen.times[Event.SPOILER_ATTACK]
    outcome.spoiler_successes = tally.broken_by_spoiler
    outcome.stall_months = tally.stall_months
    outcome.longest_stall = tally.stall_longest
    outcome.disputes = disputes
    outcome.months_to_settle_findings = ratio(float(tally.disputed_months), disputes)
    outcome.disputes_renewed = ratio(float(tally.contested_renewed), disputes)
    outcome.resentment = tally.total_resentment / months
    outcome.ownership = tally.total_ownership / months
    outcome.lost_with_sponsor = only_where(1.0 if tally.orphans_lost > 0 else 0.0, tally.orphans_judged > 0)


@phase(allocates=True)
def judge_promises(world: Any, given: Any, dispute: int, outcome: Any) -> None:
    """Write what became of promises and efforts, and what they left behind (K41-K50)."""
    tally = world.tallies[dispute]
    seen = world.seen[dispute]
    months = max(1.0, float(tally.months))
    outcome.expectation_gap = tally.total_expectation_gap / months
    outcome.delivery_gap = ratio(tally.total_promised - tally.total_delivered, tally.total_promised)
    ages = grievance_ages(world.civil, given.network.constituency, world.disputes[dispute])
    outcome.open_grievances = len(ages)
    outcome.grievance_age = np.median(ages) if len(ages) > 0 else math.nan
    gain = float(tally.attempt_months - tally.first_attempt_months)
    outcome.learning_gain = only_where(gain, tally.attempts > 1)
    outcome.effort = tally.total_effort
    outcome.effort_per_step = ratio(tally.total_effort, float(tally.steps))
    outcome.months_per_step = ratio(float(tally.talk_months), float(tally.steps))
    outcome.steps = tally.steps
    outcome.confidence_steps = tally.confidence_steps
    outcome.deepest_rung = tally.deepest_rung
    outcome.proposals_tested = tally.rounds
    outcome.threat = tally.total_threat / months
    outcome.reform_persistence = ratio(tally.total_persistence, float(tally.lapses_judged))
    outcome.betrayals = tally.betrayals
    outcome.betrayal_size = ratio(tally.total_betrayal, float(tally.exposures))
    lines = seen.times[Event.REOPENED] + seen.times[Event.LOCAL_TRACK]
    outcome.new_links = tally.links + tally.neighbours_engaged + lines
    outcome.bound_share = tally.months_at_bound / max(1.0, float(tally.looks))


@phase()
def keep_episode(world: Any, dispute: int, outcome: Any) -> None:
    """Write the episode record: what a coder of cases would put down."""
    row = world.disputes[dispute]
    tally = world.tallies[dispute]
    seen = world.seen[dispute]
    outcome.threatened_at = month_or_never(row.threatened_at)
    outcome.imposed_at = month_or_never(row.imposed_at)
    outcome.ended_at = month_or_never(row.ended_at)
    outcome.ending_code = row.ending
    outcome.senders_most = tally.senders_most
    outcome.io_backed = row.io_backed
    outcome.cost = tally.total_felt / max(1.0, float(tally.months))
    outcome.policy_result = policy_result(row.ending)
    outcome.leader_changes = seen.times[Event.LEADER_CHANGED]
    outcome.agreement_cause_code = tally.first_cause


@phase()
def judge(world: Any, given: Any, dispute: int, outcome: Any) -> None:
    """Write the outcomes of one dispute of a world, as it stands, into one row."""
    judge_agreement(world, given, dispute, outcome)
    judge_conduct(world, given, dispute, outcome)
    judge_talks(world, given, dispute, outcome)
    judge_publics(world, given, dispute, outcome)
    judge_livelihoods(world, given, dispute, outcome)
    judge_region(world, given, dispute, outcome)
    judge_promises(world, given, dispute, outcome)
    keep_episode(world, dispute, outcome)
