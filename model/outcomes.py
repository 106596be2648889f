"""What a run is judged by: a vector of outcomes with units, a failure label, and the episode record.

One compiled kernel reads a finished world; nothing is weighed into a single score. Outcomes are those of
the scenario's first dispute. Months that never came are NaN.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from model.compiled import phase, rule
from model.packages import fulfilment, promised_depth
from model.records import record_dtype
from model.vocabulary import SECTORS, Cause, Conduct, DisputeStatus, Ending, Event, Label, Standing


class Outcome(NamedTuple):
    """One outcome: its unit, which direction is better, the seeds' metric, and what it means."""

    name: str
    unit: str
    good: str
    metric: str
    meaning: str


OUTCOMES: dict[str, Outcome] = {
    outcome.name: outcome
    for outcome in (
        Outcome("settled", "yes or no", "up", "K01", "an agreement was concluded, or the target gave way"),
        Outcome("settled_and_lasted", "yes or no", "up", "K04", "it is alive at the end, and kept"),
        Outcome("months_to_first_relief", "months", "down", "K02", "until relief was first given"),
        Outcome("months_to_agreement", "months", "down", "K03", "until an agreement was first concluded"),
        Outcome("agreement_months", "months", "up", "K04", "months that an agreement was alive"),
        Outcome("agreement_ended", "yes or no", "down", "K04", "an agreement died before the end"),
        Outcome("reversals", "count", "down", "K05", "times that relief was taken back"),
        Outcome("largest_reversal", "share", "down", "K05", "largest share of relief taken back at once"),
        Outcome("true_compliance", "share", "up", "K07", "true conduct as a share of the demand, mean"),
        Outcome(
            "compliance_at_end", "share", "up", "K07", "true conduct as a share of the demand, at the end"
        ),
        Outcome("report_gap", "share", "down", "K08", "conduct reported but not true, mean"),
        Outcome("sham_share", "share", "down", "K09", "months of feigned conduct"),
        Outcome("wrongful_reversals", "count", "down", "K11", "times a complying target lost relief"),
        Outcome(
            "wrong_relief", "share-months", "down", "K12", "relief in force for conduct that was not there"
        ),
        Outcome("leverage_left", "share", "up", "K13", "share of the measures still in force at the end"),
        Outcome("pressure_months", "point-months", "down", "K14", "pressure felt, summed over months"),
        Outcome("effort", "envoy-months", "down", "K45", "diplomatic effort spent"),
        Outcome("channel_trust", "share", "up", "K15", "mutual trust of the principals, mean"),
        Outcome("misreading", "points a year", "down", "K16", "misreading of the other's red line, mean"),
        Outcome("leaks", "count", "down", "K17", "leaks"),
        Outcome("escalations", "count", "down", "K18", "incidents that escalated"),
        Outcome("violence_peak", "share", "down", "K18", "highest tension"),
        Outcome("legitimacy_sender", "share", "up", "K20", "legitimacy of the process, lead sender, mean"),
        Outcome("legitimacy_target", "share", "up", "K20", "legitimacy of the process, target, mean"),
        Outcome("suspicion", "share", "down", "K21", "suspicion on both sides, mean"),
        Outcome("hardliners_sender", "share", "down", "K22", "hardliners in the lead sender, mean"),
        Outcome("hardliners_target", "share", "down", "K22", "hardliners in the target, mean"),
        Outcome("hardship", "share", "down", "K26", "civilian hardship in the target, mean"),
        Outcome("spillover", "points a year", "down", "K27", "output lost by all others, mean"),
        Outcome("output_at_end", "multiple", "up", "K29", "target's output against no sanctions, at the end"),
        Outcome("evasion", "share", "down", "K34", "sanctioned trade diverted, mean over sectors and months"),
        Outcome("defections", "count", "down", "K33", "senders that left the coalition"),
        Outcome("ripple", "count", "up", "K35", "neighbours that took up normal dealings"),
        Outcome("spoiler_attacks", "count", "down", "K36", "attacks by spoilers"),
        Outcome("stall_months", "months", "down", "K37", "months under sanctions without a step"),
        Outcome("disputes", "count", "down", "K38", "findings disputed"),
        Outcome("resentment", "share", "down", "K39", "resentment of tutelage in the target, mean"),
        Outcome("ownership", "share", "up", "K39", "ownership in the target, mean"),
        Outcome("expectation_gap", "share", "down", "K41", "relief expected but not felt, mean"),
        Outcome("confidence_steps", "count", "up", "K46", "confidence-building measures completed"),
        Outcome("bound_share", "share", "down", "", "principals' shares found at a bound, of all looks"),
    )
}

#: Outcomes that answer yes or no.
YES_OR_NO = tuple(name for name, outcome in OUTCOMES.items() if outcome.unit == "yes or no")
#: Outcomes that are whole numbers and always there.
COUNTS = tuple(name for name, outcome in OUTCOMES.items() if outcome.unit == "count")

#: The episode record: what a coder of cases would write down.
EPISODE = (
    "threatened_at",
    "imposed_at",
    "ended_at",
    "ending_code",
    "senders_most",
    "io_backed",
    "cost",
    "policy_result",
    "leader_changes",
)

DTYPE = record_dtype(
    [(name, "f8") for name in OUTCOMES] + [("label", "i8")] + [(name, "f8") for name in EPISODE]
)

#: What each label of a run means, in a reader's words.
LABELS: dict[Label, str] = {
    Label.SETTLED_AND_DURABLE: "agreed, alive at the end, and half of the demand or more is truly done",
    Label.SETTLED_BUT_SHAM: "agreed, alive at the end, but conduct is feigned or under half of the demand",
    Label.NEVER_STARTED: "no stage was ever agreed, and nothing broke the talks",
    Label.STALLED: "talks or stages came to a standstill",
    Label.LEAKED_TO_DEATH: "the process broke within months of a leak",
    Label.REVERSED_BY_NOISE: "it broke over a finding that was wrong",
    Label.KILLED_BY_SPOILER: "it broke within months of a spoiler's attack",
    Label.KILLED_BY_TURNOVER: "it broke within months of a new leader, or a new leader left it",
    Label.KILLED_BY_SHOCK: "it broke within months of an incident",
    Label.SPONSOR_EXIT: "it broke within months of the sponsor's leaving",
    Label.BLOC_FRACTURE: "it broke within months of a sender's leaving the coalition",
    Label.CAUGHT_CHEATING: "it broke over conduct that was feigned, and found out",
    Label.WALKED_OUT: "a side left the table, or broke its word in the open",
    Label.TARGET_YIELDED: "the target gave way to the whole demand outside the talks, and keeps to it",
    Label.SENDER_GAVE_UP: "the lead sender dropped its demand, with nothing in return",
}

#: Looks at a principal's share in one month (two states, five shares each).
LOOKS = 10.0
#: True conduct below this share of the demand is a sham, whatever was signed or reported.
SHAM_BAR = 0.5


@rule()
def month_or_never(month: int) -> float:
    """Return the month, or NaN for never."""
    return float(month) if month >= 0 else math.nan


@rule()
def label_of_cause(cause: int) -> int:
    """Return the label of a run whose process broke for ``cause``."""
    if cause == Cause.LEAK:
        return Label.LEAKED_TO_DEATH
    if cause == Cause.NOISE:
        return Label.REVERSED_BY_NOISE
    if cause == Cause.SPOILER:
        return Label.KILLED_BY_SPOILER
    if cause == Cause.TURNOVER:
        return Label.KILLED_BY_TURNOVER
    if cause == Cause.SHOCK:
        return Label.KILLED_BY_SHOCK
    if cause == Cause.SPONSOR_EXIT:
        return Label.SPONSOR_EXIT
    if cause == Cause.BLOC_FRACTURE:
        return Label.BLOC_FRACTURE
    if cause == Cause.CHEATING:
        return Label.CAUGHT_CHEATING
    if cause == Cause.REFUSAL or cause == Cause.DEFIANCE:
        return Label.WALKED_OUT
    return Label.STALLED


@phase()
def label_run(world: Any) -> int:
    """Return the label of a finished run."""
    row = world.disputes[0]
    main = world.processes[0]
    if row.agreement == 1:
        if (
            row.conduct == Conduct.SHAMMING
            or fulfilment(world.disputes[0]) * promised_depth(world.disputes[0]) < SHAM_BAR
        ):
            return Label.SETTLED_BUT_SHAM
        return Label.TARGET_YIELDED if row.yielded == 1 else Label.SETTLED_AND_DURABLE
    if row.status == DisputeStatus.ENDED:
        return Label.SENDER_GAVE_UP
    started = main.agreed_at >= 0
    if main.standing == Standing.BROKEN or (main.standing == Standing.TABLED and main.restarts > 0):
        return label_of_cause(row.cause)
    return Label.STALLED if started else Label.NEVER_STARTED


@phase()
def leverage_left(world: Any) -> float:
    """Return the share of the measures that is still in force; none where every sender has left."""
    row = world.disputes[0]
    imposed = 0.0
    in_force = 0.0
    for party in range(row.lead, row.lead + row.senders):
        seat = world.parties[party]
        for sector in range(SECTORS):
            imposed += seat.imposed[sector]
            in_force += seat.member * (seat.imposed[sector] - seat.relieved[sector])
    return in_force / imposed if imposed > 0.0 else 0.0


@phase()
def judge_speed(world: Any, outcome: Any) -> None:
    """Write when things first happened, and how long they held."""
    row = world.disputes[0]
    tally = world.tallies[0]
    label = label_run(world)
    outcome.label = label
    kept = label == Label.SETTLED_AND_DURABLE or label == Label.TARGET_YIELDED
    outcome.settled = 1.0 if tally.first_agreement_at >= 0 else 0.0
    outcome.settled_and_lasted = 1.0 if kept else 0.0
    outcome.months_to_first_relief = month_or_never(tally.first_relief_at)
    outcome.months_to_agreement = month_or_never(tally.first_agreement_at)
    outcome.agreement_months = tally.agreement_months
    outcome.agreement_ended = 1.0 if tally.agreements_ended > 0 else 0.0
    outcome.reversals = tally.reversals
    outcome.largest_reversal = tally.largest_reversal
    outcome.wrongful_reversals = tally.wrongful_reversals
    outcome.wrong_relief = tally.total_wrong_relief
    outcome.stall_months = tally.stall_months
    outcome.confidence_steps = tally.confidence_steps
    outcome.leverage_left = leverage_left(world)
    outcome.compliance_at_end = fulfilment(world.disputes[0]) * promised_depth(world.disputes[0])
    outcome.threatened_at = month_or_never(row.threatened_at)
    outcome.imposed_at = month_or_never(row.imposed_at)
    outcome.ended_at = month_or_never(row.ended_at)
    outcome.ending_code = row.ending
    outcome.io_backed = row.io_backed


@phase()
def judge_means(world: Any, outcome: Any) -> None:
    """Write what the months held on average."""
    tally = world.tallies[0]
    months = max(1.0, float(tally.months))
    outcome.true_compliance = tally.total_compliance / months
    outcome.report_gap = tally.total_gap / months
    outcome.sham_share = tally.sham_months / months
    outcome.pressure_months = tally.total_pressure
    outcome.effort = tally.total_effort
    outcome.channel_trust = tally.total_channel_trust / months
    outcome.misreading = tally.total_misreading / months
    outcome.violence_peak = tally.peak_tension
    outcome.legitimacy_sender = tally.total_legitimacy_sender / months
    outcome.legitimacy_target = tally.total_legitimacy_target / months
    outcome.suspicion = tally.total_suspicion / months
    outcome.hardliners_sender = tally.total_hardliners_sender / months
    outcome.hardliners_target = tally.total_hardliners_target / months
    outcome.hardship = tally.total_hardship / months
    outcome.spillover = tally.total_spillover / months
    outcome.evasion = tally.total_evasion / months
    outcome.resentment = tally.total_resentment / months
    outcome.ownership = tally.total_ownership / months
    outcome.expectation_gap = tally.total_expectation_gap / months
    outcome.bound_share = tally.months_at_bound / (LOOKS * months)
    outcome.senders_most = tally.senders_most
    outcome.cost = tally.total_felt / months


@phase()
def judge_counts(world: Any, outcome: Any) -> None:
    """Write how often things happened."""
    row = world.disputes[0]
    outcome.output_at_end = world.states[row.target_state].output
    outcome.leaks = world.seen[Event.LEAK]
    outcome.escalations = world.seen[Event.ESCALATION]
    outcome.defections = world.seen[Event.LEFT]
    outcome.spoiler_attacks = world.seen[Event.SPOILER_ATTACK]
    outcome.disputes = world.seen[Event.DISPUTED]
    outcome.leader_changes = world.seen[Event.LEADER_CHANGED]
    outcome.ripple = world.tallies[0].neighbours_engaged
    outcome.policy_result = policy_result(row.ending)


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
def judge(world: Any, outcome: Any) -> None:
    """Write the outcomes of a world, as it stands, into one row."""
    judge_speed(world, outcome)
    judge_means(world, outcome)
    judge_counts(world, outcome)
