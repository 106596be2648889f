"""What a run is judged by: a vector of outcomes with units, never one score, and the episode record.

Every metric of the seeds, K01 to K50, has its outcomes here: what is counted, in which unit, which way is
better, and where it applies. Where it does not apply, an outcome is NaN, never 0: what was never agreed
cannot fail to last. One row a run and dispute; verdict.py fills it in.
"""

from __future__ import annotations

from typing import NamedTuple

from model.records import record_dtype

UP, DOWN, ZERO = "up", "down", "zero"
YES, SHARE, COUNT, MONTHS, POINTS = "yes or no", "share", "count", "months", "points a year"

#: Which way an outcome can be better: more, less, or nearer to 0.
DIRECTIONS = (UP, DOWN, ZERO)


#: What each metric of the seeds is about.
METRICS: dict[str, str] = {
    f"K{number:02d}": name
    for number, name in enumerate(
        (
            *("de-escalation", "first relief", "agreement and full relief", "durability", "reversals"),
            *("relapse into violence", "true compliance", "report gap", "sham", "detection"),
            *("wrongful reversal", "wrong relief", "leverage left", "pressure efficiency", "trust"),
            *("misperception", "leaks", "escalation", "shocks", "legitimacy"),
            *("suspicion", "hardliners", "ratification", "breadth of support", "turnover"),
            *("humanitarian loss", "spillover", "breadth of benefit", "recovery", "risk premium"),
            *("predictability", "rumours", "cohesion of the coalition", "evasion", "ripple"),
            *("spoilers", "standstill", "disputed findings", "tutelage and ownership", "sponsor's exit"),
            *("expectation gap", "delivery gap", "grievances", "learning", "coordination cost"),
            *("depth of the process", "threat", "persistence of reform", "betrayal", "new links"),
        ),
        start=1,
    )
}


class Outcome(NamedTuple):
    """One outcome: its unit, which direction is better, the seeds' metric, what it means, where it applies."""

    name: str
    unit: str
    better: str
    metric: str
    meaning: str
    where: str = ""


AGREED = "where an agreement was concluded"
RELIEVED = "where relief was given"
FEIGNED = "where conduct was feigned"
SHOCKED = "where a shock met living talks"

# fmt: off
_DECLARED = (
    Outcome("settled", YES, UP, "K01", "an agreement was concluded, or the target gave way"),
    Outcome("de_escalated", YES, UP, "K01", "tension fell to calm and stayed there for a year", "where there was tension"),
    Outcome("months_to_first_relief", MONTHS, DOWN, "K02", "until relief was first given", RELIEVED),
    Outcome("months_to_restart", MONTHS, DOWN, "K02", "that broken talks lay until they were taken up again, mean", "where they were"),
    Outcome("months_to_agreement", MONTHS, DOWN, "K03", "until an agreement was first concluded", AGREED),
    Outcome("months_to_full_relief", MONTHS, DOWN, "K03", "until nine tenths of the measures were relieved", "where they were"),
    Outcome("settled_and_lasted", YES, UP, "K04", "what was settled is alive at the end, and kept"),
    Outcome("agreement_months", MONTHS, UP, "K04", "months that an agreement was alive"),
    Outcome("agreement_survival", MONTHS, UP, "K04", "life of the first agreement, up to the end", AGREED),
    Outcome("agreement_ended", YES, DOWN, "K04", "an agreement died before the end", AGREED),
    Outcome("agreement_alive", YES, UP, "K04", "an agreement is alive at the end, kept or not", AGREED),
    Outcome("reversals", COUNT, DOWN, "K05", "times that relief was taken back"),
    Outcome("largest_reversal", SHARE, DOWN, "K05", "largest share of relief taken back at once", RELIEVED),
    Outcome("relapsed", YES, DOWN, "K06", "violence was back within a year of a deal or a truce", "where there was one"),
    Outcome("true_compliance", SHARE, UP, "K07", "true conduct as a share of the demand, mean"),
    Outcome("compliance_at_end", SHARE, UP, "K07", "true conduct as a share of the demand, at the end"),
    Outcome("report_gap", SHARE, DOWN, "K08", "conduct reported but not true, mean"),
    Outcome("belief_gap", SHARE, DOWN, "K08", "distance of what the senders believe from true conduct, mean"),
    Outcome("sham_share", SHARE, DOWN, "K09", "months of feigned conduct"),
    Outcome("hollow_concessions", SHARE, DOWN, "K09", "part of what was promised that was undone or hollow a year later", "where a promise is a year old"),
    Outcome("detection_rate", SHARE, UP, "K10", "spells of feigned conduct that were found out", FEIGNED),
    Outcome("months_to_detection", MONTHS, DOWN, "K10", "from the beginning of feigned conduct until it was found out, mean", "where it was"),
    Outcome("wrongful_reversals", COUNT, DOWN, "K11", "times a complying target lost relief"),
    Outcome("wrongful_reversal_rate", "per 100 months", DOWN, "K11", "the same, by months in which all promises were kept", "where any were"),
    Outcome("false_alarms", COUNT, DOWN, "K11", "findings of a breach that was not there"),
    Outcome("wrong_relief", "share-months", DOWN, "K12", "relief in force for conduct that was not there"),
    Outcome("leverage_left", SHARE, UP, "K13", "share of the measures still in force at the end", "where any were imposed"),
    Outcome("leverage_at_agreement", SHARE, UP, "K13", "share of the measures in force when an agreement was first concluded", AGREED),
    Outcome("pressure_months", "point-months", DOWN, "K14", "pressure felt, summed over months"),
    Outcome("pressure_efficiency", "share per 100 point-months", UP, "K14", "conduct gained for the pressure felt", "where a point or more was felt for a year"),
    Outcome("channel_trust", SHARE, UP, "K15", "mutual trust of the principals, mean"),
    Outcome("line_trust", SHARE, UP, "K15", "both sides' trust in the open back channel, mean", "where one was open"),
    Outcome("trust_recovery", MONTHS, DOWN, "K15", "until half of the trust lost in a leak, an attack or an escalation was back, mean", "where it came back"),
    Outcome("misreading", POINTS, DOWN, "K16", "misreading of the other's red line, mean"),
    Outcome("leaks", COUNT, DOWN, "K17", "leaks"),
    Outcome("leak_cost", SHARE, DOWN, "K17", "mutual trust lost in the month of a leak, by leaks", "where there were leaks"),
    Outcome("escalations", COUNT, DOWN, "K18", "incidents that escalated"),
    Outcome("tension_sd", SHARE, DOWN, "K18", "standard deviation of tension over the months"),
    Outcome("violence_peak", SHARE, DOWN, "K18", "highest tension"),
    Outcome("rhetoric_peak", SHARE, DOWN, "K18", "hottest language of either principal"),
    Outcome("shock_survival", SHARE, UP, "K19", "escalations, attacks and market shocks that living talks outlived by half a year", SHOCKED),
    Outcome("shock_recovery", MONTHS, DOWN, "K19", "until tension was back where it stood before such a shock, mean", "where it came back"),
    Outcome("legitimacy_sender", SHARE, UP, "K20", "legitimacy of the process, lead sender, mean"),
    Outcome("legitimacy_target", SHARE, UP, "K20", "legitimacy of the process, target, mean"),
    Outcome("legitimacy_least_sender", SHARE, UP, "K20", "lowest legitimacy of the process, lead sender"),
    Outcome("legitimacy_least_target", SHARE, UP, "K20", "lowest legitimacy of the process, target"),
    Outcome("suspicion", SHARE, DOWN, "K21", "suspicion on both sides, mean: the area under its curve, a month"),
    Outcome("hardliners_sender", SHARE, DOWN, "K22", "hardliners in the lead sender, mean"),
    Outcome("hardliners_target", SHARE, DOWN, "K22", "hardliners in the target, mean"),
    Outcome("hardliners_sender_at_end", SHARE, DOWN, "K22", "hardliners in the lead sender, at the end"),
    Outcome("hardliners_target_at_end", SHARE, DOWN, "K22", "hardliners in the target, at the end"),
    Outcome("hardliners_sender_peak", SHARE, DOWN, "K22", "most hardliners in the lead sender"),
    Outcome("hardliners_target_peak", SHARE, DOWN, "K22", "most hardliners in the target"),
    Outcome("ratification", SHARE, UP, "K23", "times that a body at home let a step pass rather than block it", "where one had a say"),
    Outcome("coalition_breadth", SHARE, UP, "K24", "part of what is heard in both principals from groups whose hope of a settlement exceeds their grievance, at the end", "where there are any"),
    Outcome("turnover_survival", SHARE, UP, "K25", "changes of a principal's leader that a living agreement outlived by a year", "where one met it"),
    Outcome("hardship", SHARE, DOWN, "K26", "civilian hardship in the target, mean"),
    Outcome("access_deficit", "share-months", DOWN, "K26", "everyday access that measures denied and nothing let through again"),
    Outcome("worst_community", SHARE, DOWN, "K26", "grievance of the target's worst-off community, mean", "where one is heard"),
    Outcome("spillover", POINTS, DOWN, "K27", "output lost by all others, mean"),
    Outcome("third_party_loss", "per cent", DOWN, "K27", "output lost by traders that take no part, of their joint output, mean", "where there are any"),
    Outcome("benefit_breadth", SHARE, UP, "K28", "part of the pressure lifted that reached the many rather than the few", "where any was lifted"),
    Outcome("output_at_end", "multiple", UP, "K29", "target's output against no sanctions, at the end"),
    Outcome("risk_premium", SHARE, DOWN, "K30", "price of uncertainty to those who would trade and invest, mean"),
    Outcome("relief_surprise", SHARE, DOWN, "K31", "root mean square of what the target expected of a relief step against what came, of the measures", "where one was agreed"),
    Outcome("rumours", COUNT, DOWN, "K32", "rumours"),
    Outcome("defections", COUNT, DOWN, "K33", "senders that left the coalition"),
    Outcome("pressure_spread", SHARE, DOWN, "K33", "standard deviation of the members' legal levels, mean over months", "where there are two members"),
    Outcome("evasion", SHARE, DOWN, "K34", "sanctioned trade diverted, mean over sectors and months"),
    Outcome("ripple", COUNT, UP, "K35", "neighbours that took up normal dealings"),
    Outcome("ripple_lag", MONTHS, DOWN, "K35", "from the first conduct believed until the first neighbour followed", "where one did"),
    Outcome("spoiler_attacks", COUNT, DOWN, "K36", "attacks by spoilers"),
    Outcome("spoiler_successes", COUNT, DOWN, "K36", "times that talks broke under such an attack"),
    Outcome("stall_months", MONTHS, DOWN, "K37", "months under sanctions without a step"),
    Outcome("longest_stall", MONTHS, DOWN, "K37", "most of these on end"),
    Outcome("disputes", COUNT, DOWN, "K38", "findings disputed"),
    Outcome("months_to_settle_findings", MONTHS, DOWN, "K38", "that a disputed finding stayed open, mean", "where one was disputed"),
    Outcome("disputes_renewed", SHARE, DOWN, "K38", "disputed findings that ended in renewed sanctions", "where one was disputed"),
    Outcome("resentment", SHARE, DOWN, "K39", "resentment of tutelage in the target, mean"),
    Outcome("ownership", SHARE, UP, "K39", "ownership in the target, mean"),
    Outcome("lost_with_sponsor", YES, DOWN, "K40", "an agreement that lived when its sponsor left was dead within a year", "where a sponsor left one"),
    Outcome("expectation_gap", SHARE, DOWN, "K41", "relief expected but not felt, mean"),
    Outcome("delivery_gap", SHARE, ZERO, "K42", "relief that stages promised less what they gave, as a share of what was promised", "where any was"),
    Outcome("open_grievances", COUNT, DOWN, "K43", "groups of both principals with an open grievance, at the end"),
    Outcome("grievance_age", MONTHS, DOWN, "K43", "for which those grievances have been open, median", "where one is open"),
    Outcome("learning_gain", MONTHS, UP, "K44", "that the last attempt at talks lived longer than the first", "where talks were taken up again"),
    Outcome("effort", "envoy-months", DOWN, "K45", "diplomatic effort spent"),
    Outcome("effort_per_step", "envoy-months", DOWN, "K45", "the same by stages completed", "where one was completed"),
    Outcome("months_per_step", MONTHS, DOWN, "K45", "of living talks by stages completed", "where one was completed"),
    Outcome("steps", COUNT, UP, "K46", "stages completed"),
    Outcome("confidence_steps", COUNT, UP, "K46", "confidence-building measures completed"),
    Outcome("deepest_rung", SHARE, UP, "K46", "deepest confidence measure that stood, as a share of the ladder"),
    Outcome("proposals_tested", COUNT, UP, "K46", "packages answered, by month"),
    Outcome("threat", SHARE, DOWN, "K47", "threat that the two principals feel from each other, mean"),
    Outcome("reform_persistence", SHARE, UP, "K48", "true conduct a year after an agreement died, as a share of the demand", "where it did, and none followed"),
    Outcome("betrayals", COUNT, DOWN, "K49", "times that support fell within half a year of terms becoming public"),
    Outcome("betrayal_size", SHARE, DOWN, "K49", "largest fall of a principal's support within that time, mean", "where terms became public"),
    Outcome("new_links", COUNT, UP, "K50", "confidence measures and neighbours' dealings taken up, local tracks begun, back channels opened again"),
    Outcome("bound_share", SHARE, DOWN, "", "principals' shares found at a bound, of all looks"),
)
# fmt: on

OUTCOMES: dict[str, Outcome] = {outcome.name: outcome for outcome in _DECLARED}

#: Outcomes that answer yes or no, in every run.
YES_OR_NO = tuple(name for name, outcome in OUTCOMES.items() if outcome.unit == YES and not outcome.where)
#: Outcomes that are whole numbers, in every run.
COUNTS = tuple(name for name, outcome in OUTCOMES.items() if outcome.unit == COUNT and not outcome.where)

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
    "agreement_cause_code",
)

#: The same as a table has it, where codes are words: "ending", how the episode ended, and
#: "agreement_cause", why the first agreement died ("none" where none did).
RECORDED = tuple(name.removesuffix("_code") for name in EPISODE)

DTYPE = record_dtype(
    [(name, "f8") for name in OUTCOMES] + [("label", "i8")] + [(name, "f8") for name in EPISODE]
)
