"""Tallies: what the ledger keeps of a dispute while it is lived, so that a run can be judged in the end.

One row a dispute. Events are counted, sums become means, spells and counts become shares, and what has to
be seen twice (did the deal outlive the election?) waits under the month in which it was seen first. Nothing
here moves the world; outcomes.py says what is made of it.
"""

from __future__ import annotations

from model.records import FLOAT, INFINITY, WHOLE, Column, count, flag, month, number, share, word
from model.vocabulary import EVENTS

#: Months of promises that a tally remembers; more than any look back.
LOOKBACK = 24
#: Who writes what no phase writes where it happens.
RECORD = "ledger"

#: How often things happened: a row a dispute, and a last one for what belongs to no dispute.
SEEN = [
    Column("times", WHOLE, EVENTS, "count", 0.0, INFINITY, "how often, by event", "every phase"),
    Column("latest", WHOLE, EVENTS, "month", -1.0, INFINITY, "when last, by event", "every phase"),
    Column(
        "amounts", FLOAT, EVENTS, "amount", -INFINITY, INFINITY, "amounts, summed, by event", "every phase"
    ),
    count("written", "rows of the ledger that are written, in the last row", "every phase"),
]

#: What is summed over months, for means and shares.
SUMS = (
    *("compliance", "gap", "belief_gap", "felt", "hardship", "access_deficit", "worst_community"),
    *("misreading", "channel_trust", "line_trust", "threat", "tension", "tension_squared"),
    *("legitimacy_sender", "legitimacy_target", "suspicion", "hardliners_sender", "hardliners_target"),
    *("spillover", "third_party_loss", "evasion", "spread", "risk", "gain_broad", "gain_narrow"),
    *("wrong_relief", "resentment", "ownership", "expectation_gap", "effort"),
)
#: What is summed over the times that something happened.
OCCASIONS = {
    "restart": ("months", "wait of broken talks until they were taken up again"),
    "due": ("share", "depth conceded that was looked at again"),
    "hollow": ("share", "part of it that was undone or hollow then"),
    "detection": ("months", "wait from the beginning of feigned conduct until it was found out"),
    "trust_recovery": ("months", "wait until half of the trust lost in a shock was back"),
    "leak_cost": ("share", "trust lost in the months of leaks"),
    "calming": ("months", "wait until tension was back where it stood before a shock"),
    "surprise_squared": ("share squared", "squared error of the target's expectation of a relief step"),
    "promised": ("share", "relief promised, as a share of the measures"),
    "delivered": ("share", "relief given, as a share of the measures"),
    "persistence": ("share", "conduct some time after an agreement died, as a share of the demand"),
    "betrayal": ("share", "support lost after terms had become public"),
}


TALLIES = [
    *(
        number(f"total_{name}", "sum over months", f"{name.replace('_', ' ')}, summed", RECORD)
        for name in SUMS
    ),
    *(
        number(f"total_{name}", unit, f"{meaning}, summed", RECORD)
        for name, (unit, meaning) in OCCASIONS.items()
    ),
    # written by the phases in which it happens
    month("first_relief_at", "month of the first relief", "relief"),
    month("first_agreement_at", "month an agreement was first concluded", "bargaining"),
    count("agreements_ended", "agreements that died", "relief"),
    word("first_cause", "Cause", "why the first of them died", "relief"),
    count("reversals", "times relief was taken back", "relief"),
    count("wrongful_reversals", "times it was taken back from a target that complied", "relief"),
    share("largest_reversal", "largest share of relief taken back at once", "relief"),
    count("steps", "stages completed", "relief"),
    count("confidence_steps", "confidence-building measures completed", "bargaining"),
    count("rounds", "packages put on the table", "bargaining"),
    count("neighbours_engaged", "neighbours that took up normal dealings", "region"),
    # months of each kind
    count("months", "months counted", RECORD),
    count("channel_months", "months with an open back channel", RECORD),
    count("sham_months", "months of feigned conduct", RECORD),
    count("kept_months", "months in which everything promised was kept", RECORD),
    count("talk_months", "months in which talks lived", RECORD),
    count("agreement_months", "months an agreement was alive", RECORD),
    count("first_life", "months the first agreement was alive", RECORD),
    count("stall_months", "months without a step while a process was open", RECORD),
    count("stall_now", "of these, on end until now", RECORD),
    count("stall_longest", "of these, most on end", RECORD),
    count("disputed_months", "months in which a finding was in dispute", RECORD),
    count("community_months", "months in which an affected community was heard", RECORD),
    count("spread_months", "months in which two senders or more took part", RECORD),
    count("looks", "looks at a principal's share", RECORD),
    count("months_at_bound", "principals' shares found at a bound, by month", RECORD),
    # highest, lowest, first
    share("peak_tension", "highest tension", RECORD),
    share("peak_rhetoric", "hottest language of a principal", RECORD),
    share("peak_hardliners_sender", "most hardliners in the lead sender", RECORD),
    share("peak_hardliners_target", "most hardliners in the target", RECORD),
    share("least_legitimacy_sender", "lowest legitimacy in the lead sender", RECORD),
    share("least_legitimacy_target", "lowest legitimacy in the target", RECORD),
    share("deepest_rung", "deepest confidence measure that ever stood, as a share of the ladder", RECORD),
    share("first_compliance", "true conduct after the first month, as a share of the demand", RECORD),
    share("leverage_at_agreement", "measures in force when an agreement was first concluded", RECORD),
    count("senders_most", "most senders at once", RECORD),
    month("full_relief_at", "month in which relief was first full", RECORD),
    month("verified_at", "month in which the senders first believed in any conduct", RECORD),
    month("neighbour_at", "month in which the first neighbour took up normal dealings", RECORD),
    # how things stood at the end of the last month
    share("before_tension", "tension last month", RECORD),
    share("before_trust", "mutual trust of the principals last month", RECORD),
    share("before_support_sender", "support of the lead sender's leader last month", RECORD),
    share("before_support_target", "support of the target's leader last month", RECORD),
    flag("before_agreement", "whether an agreement was alive last month", RECORD),
    flag("before_talks", "whether talks were alive last month", RECORD),
    count("before_reversals", "reversals up to last month", RECORD),
    count("before_measures", "confidence measures that stood last month, one bit each", RECORD),
    number("before_granted", "level", "relief given up to last month, over senders and sectors", RECORD),
    number("before_findings", "findings", "true findings of a breach up to last month", RECORD),
    Column(
        "promised_then", FLOAT, LOOKBACK, "share", 0.0, 1.0, "share of the demand promised, by month", RECORD
    ),
    # calm, peace and violence
    flag("heated", "whether tension was ever above calm", RECORD),
    count("calm_now", "months of calm since, on end until now", RECORD),
    flag("calmed", "whether calm has lasted", RECORD),
    month("peace_at", "month of the last deal or truce that may relapse", RECORD),
    count("peaces", "deals and truces", RECORD),
    count("relapses", "of these, followed by violence", RECORD),
    # attempts at talks
    count("attempts", "attempts at talks", RECORD),
    count("attempt_months", "months that the last attempt has lived", RECORD),
    count("first_attempt_months", "months that the first attempt lived", RECORD),
    count("restarts", "broken talks that were taken up again", RECORD),
    month("broken_at", "month talks broke; -1 while they do not lie broken", RECORD),
    count("broken_by_spoiler", "times that talks broke under a spoiler's attack", RECORD),
    # feigned conduct
    flag("feigning", "whether conduct is feigned", RECORD),
    month("feigned_at", "month it began; -1 where it does not go on, or was found out", RECORD),
    count("breaches", "spells of feigned conduct", RECORD),
    count("breaches_found", "of these, found out", RECORD),
    # findings in dispute
    flag("contested", "whether a disputed finding may yet bring sanctions back", RECORD),
    month("contested_at", "last month in which it was open", RECORD),
    count("contested_renewed", "disputed findings after which relief was taken back", RECORD),
    # what waits to be looked at again
    month("shock_at", "month of a shock that living talks have to outlive", RECORD),
    count("shocks_judged", "shocks that met living talks", RECORD),
    count("shocks_survived", "of these, outlived", RECORD),
    month("unrest_at", "month of a shock after which tension is not yet back", RECORD),
    share("unrest_from", "tension before it", RECORD),
    count("calmings", "shocks after which tension came back", RECORD),
    month("wary_at", "month of a shock whose loss of trust is not yet half made good", RECORD),
    share("wary_from", "trust before it", RECORD),
    share("wary_least", "lowest trust since", RECORD),
    count("trust_recoveries", "losses of trust half made good", RECORD),
    month("turnover_at", "month of a leader's change that a living agreement has to outlive", RECORD),
    count("turnovers_judged", "such changes", RECORD),
    count("turnovers_survived", "of these, outlived", RECORD),
    month("orphaned_at", "month of a sponsor's exit that a living agreement has to outlive", RECORD),
    count("orphans_judged", "such exits", RECORD),
    count("orphans_lost", "of these, not outlived", RECORD),
    month("lapsed_at", "month an agreement died whose reforms are still to be looked at", RECORD),
    count("lapses_judged", "dead agreements whose reforms were looked at", RECORD),
    # promises and expectations
    flag("expecting", "whether the target expects a relief step", RECORD),
    number("expected_step", "share", "size it expects, of the measures", RECORD),
    count("forecasts", "steps whose expectation could be held against what came", RECORD),
    month("exposed_at", "month terms last became public", RECORD),
    count("exposures", "times that terms became public", RECORD),
    count("betrayals", "of these, followed by a fall of support", RECORD),
    share("betrayal_now", "support lost since the last of them", RECORD),
    share("exposed_support_sender", "support of the lead sender's leader before it", RECORD),
    share("exposed_support_target", "support of the target's leader before it", RECORD),
    count("links", "confidence measures taken up, or taken up again", RECORD),
]
