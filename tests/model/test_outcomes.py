"""Every outcome on a history told by hand, in which its value is known by arithmetic."""

import functools
import math

import numpy as np
import pytest

from model.compiled import is_plain
from model.ensemble import blank_outcomes, call_kernel, designs_of, run_ensemble, setting_of
from model.model import SanctionsModel
from model.outcomes import COUNTS, DIRECTIONS, EPISODE, METRICS, OUTCOMES, YES_OR_NO
from model.scenario import list_scenarios, load_scenario
from model.strategy import list_strategies, load_strategy
from model.vocabulary import HOTLINE_BIT, WORKSHOP_BIT, Cause, Conduct, DisputeStatus, Ending, Event
from model.world import copy_of

ENERGY = np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
ESSENTIAL = np.array([0.0, 0.0, 0.0, 1.0, 0.0, 0.0])


def concluded_twice(h):
    """An agreement of five months, broken, and after two months another of four."""
    return h.live(2).concludes().live(5).breaks().live(2).concludes().live(4)


def half_hollow(h):
    """Half promised and kept; then all promised, of which seven tenths are done a year later."""
    return h.promises(0.5).does(0.5).live().promises(1.0).live(12).does(0.7).live()


def feigned_thrice(h):
    """Feigned, and found out three months on, past a false alarm; after one month; and not at all."""
    h.promises(1.0).live(2).live(2, conduct=Conduct.SHAMMING).happens(
        Event.REPORT_NEGATIVE, amount=1.0
    ).live()
    h.happens(Event.REPORT_NEGATIVE).live().happens(Event.REPORT_NEGATIVE).live()
    h.live(conduct=Conduct.COMPLYING).live(conduct=Conduct.SHAMMING).happens(Event.REPORT_NEGATIVE).live()
    return h.live(conduct=Conduct.COMPLYING).live(3, conduct=Conduct.SHAMMING)


def leaked(h):
    """Trust falls from 0.8 to 0.6 by itself, to 0.4 with a leak, to 0.3, and is half back three months on."""
    h.trusts(0.8, 0.8).live(2).trusts(0.6, 0.6).live().happens(Event.LEAK).trusts(0.4, 0.4).live()
    return h.trusts(0.3, 0.3).live().trusts(0.4, 0.4).live().trusts(0.5, 0.5).live().trusts(0.9, 0.9).live()


def shocked_thrice(h):
    """Talks outlive two shocks by half a year each, and break soon after a third; later ones meet none."""
    h.live().happens(Event.ESCALATION).live().talks().live().happens(Event.ECONOMIC_SHOCK).live(7)
    h.happens(Event.SPOILER_ATTACK).live(2).happens(Event.LEAK).live(5)
    return h.happens(Event.ESCALATION).live(5).breaks().live().happens(Event.ESCALATION).live(8)


def changed_thrice(h):
    """An agreement outlives two new leaders by a year each, and dies in the twelfth month of the third."""
    h.live().turns_over().live().concludes().live(2)
    return h.turns_over().live(13).turns_over().live(13).turns_over().live(11).breaks().live(14)


def contested_thrice(h):
    """Two findings are open for months and relief is taken back, at once or six months on; a third is not.

    Relief that is taken back a second time is owed to none of them.
    """
    h.live().happens(Event.DISPUTED).main(disputed=1).live(8).main(disputed=0).tallied(reversals=1).live()
    h.tallied(reversals=2).live().happens(Event.DISPUTED).main(disputed=1).live().main(disputed=0).live(5)
    return h.tallied(reversals=3).live().happens(Event.DISPUTED).live(2)


def promised_twice(h):
    """A step of half the measures is promised and comes, then some relief that no stage gives.

    The next step is promised, and the talks break.
    """
    h.trusts(0.6, 0.9).talks().live().agrees().performs().live()
    h.happens(Event.RELIEF, amount=0.4).releases().live().happens(Event.RELIEF, amount=0.1).live()
    return h.agrees().performs().main(stage=1).live().breaks().live()


def exposed_thrice(h):
    """Support falls by 0.1 after a leak, in two steps, 0.06 and 0.02 after disclosures, and once too late."""
    h.target(support=0.8).live().target(support=0.6).live().happens(Event.LEAK).live()
    h.target(support=0.53).live(5).target(support=0.5).live().target(support=0.4).live()
    h.happens(Event.DISCLOSURE).lead(support=0.44).live(8).happens(Event.DISCLOSURE).live()
    return h.target(support=0.38).live(7)


def aggrieved(h):
    """Three groups with grievances of five, three and one month; a fourth in a state far away."""
    h.group(3, grievance=0.9).group(0, grievance=0.5).live(2).group(2, grievance=0.5).live(2)
    return h.group(1, grievance=0.5).live()


def broken_twice(h):
    """Talks break, lie for three months and are taken up again; then they lie for five."""
    h.live(2).talks().live().breaks().live(3).talks(restarts=1).live().breaks().live(5)
    return h.talks(restarts=2).live().breaks().live(4)


def broken_thrice_longer(h):
    """Talks live for two months, for one, and for five."""
    h.live(3).talks().live(2).breaks().live().talks(restarts=1).live().breaks().live(2)
    return h.talks(restarts=2).live(5)


def promised_and_lost(h):
    """A target that gives way is promised what is still in force, and keeps half of what it is then given."""
    h.live(2).concludes().happens(Event.RELIEF, amount=0.2).relieves(0.25).live(yielded=1)
    return h.happens(Event.RELIEF, amount=0.2).live(3)


def linked(h):
    """Two measures, one taken up again, a neighbour, a local track and a channel that is open again."""
    h.live(measures=HOTLINE_BIT | WORKSHOP_BIT).live(measures=0).live(measures=HOTLINE_BIT)
    return h.tallied(neighbours_engaged=1).happens(Event.LOCAL_TRACK).happens(Event.REOPENED).live()


def reforms_outlive(h):
    """An agreement dies, and a year later three tenths of the demand are still done."""
    return h.does(0.8).concludes().live().breaks().live().does(0.3).live(12)


def found_at_once(h):
    """Conduct is found to be feigned in the month in which it is."""
    return h.promises(1.0).live(4).happens(Event.REPORT_NEGATIVE).live(2, conduct=Conduct.SHAMMING)


def reversed_after(h, months):
    """Relief is taken back so many months after a finding was last in dispute."""
    return h.live(3).happens(Event.DISPUTED).live(months).tallied(reversals=1).live()


#: A history for every outcome, and what the outcome is there.
CASES = {
    "settled": (lambda h: h.live(2).concludes().live(), 1.0),
    "de_escalated": (lambda h: h.live(tension=0.5).live(12, tension=0.1), 1.0),
    "months_to_first_relief": (lambda h: h.live(9).tallied(first_relief_at=7), 7.0),
    "months_to_restart": (broken_twice, (3.0 + 5.0) / 2),
    "months_to_agreement": (concluded_twice, 2.0),
    "months_to_full_relief": (lambda h: h.live(3).relieves(0.95).live(2), 3.0),
    "settled_and_lasted": (lambda h: h.promises(1.0).does(1.0).concludes().live(), 1.0),
    "agreement_months": (concluded_twice, 5.0 + 4.0),
    "agreement_survival": (concluded_twice, 5.0),
    "agreement_ended": (concluded_twice, 1.0),
    "agreement_alive": (concluded_twice, 1.0),
    "reversals": (lambda h: h.tallied(reversals=2).live(), 2.0),
    "largest_reversal": (lambda h: h.tallied(first_relief_at=0, largest_reversal=0.4).live(), 0.4),
    "relapsed": (lambda h: h.concludes().live(tension=0.3).live(5).live(tension=0.6), 1.0),
    "true_compliance": (lambda h: h.does(0.2).live(3).does(0.8).live(1), (3 * 0.2 + 0.8) / 4),
    "compliance_at_end": (lambda h: h.does(0.2).live(3).does(0.8).live(1), 0.8),
    "report_gap": (lambda h: h.does(0.2).reports(0.5).live().reports(0.1).live(), 0.3 / 2),
    "belief_gap": (lambda h: h.does(0.5).is_believed(0.1).live().is_believed(0.7).live(), (0.4 + 0.2) / 2),
    "sham_share": (
        lambda h: h.live(3, conduct=Conduct.SHAMMING).live(1, conduct=Conduct.COMPLYING),
        3 / 4,
    ),
    "hollow_concessions": (half_hollow, 0.3),
    "detection_rate": (feigned_thrice, 2 / 3),
    "months_to_detection": (feigned_thrice, (3.0 + 1.0) / 2),
    "wrongful_reversals": (lambda h: h.tallied(wrongful_reversals=2).live(), 2.0),
    "wrongful_reversal_rate": (
        lambda h: h.live(10).promises(1.0).does(1.0).tallied(wrongful_reversals=1).live(50),
        100 / 50,
    ),
    "false_alarms": (
        lambda h: h.happens(Event.REPORT_NEGATIVE).happens(Event.REPORT_NEGATIVE, 2, amount=1.0),
        2.0,
    ),
    "wrong_relief": (lambda h: h.promises(1.0).does(0.25).relieves(0.5).live(4), 4 * 0.5 * 0.75),
    "leverage_left": (lambda h: h.relieves(0.25).live(), 0.75),
    "leverage_at_agreement": (lambda h: h.relieves(0.25).concludes().live().relieves(0.5).live(), 0.75),
    "pressure_months": (lambda h: h.live(3, felt=2.0 * ENERGY), 6.0),
    "pressure_efficiency": (
        lambda h: h.does(0.1).live(1, felt=4.0 * ENERGY).does(0.4).live(4),
        100 * 0.3 / 20,
    ),
    "channel_trust": (lambda h: h.trusts(0.2, 0.6).live(), 0.4),
    "line_trust": (
        lambda h: h.line(open=1, trust_target=0.3, trust_lead=0.5).live().line(open=0).live(3),
        0.4,
    ),
    "trust_recovery": (leaked, 3.0),
    "misreading": (lambda h: h.party(0, misreading=1.0).party(1, misreading=2.0).live(), 1.5),
    "leaks": (lambda h: h.happens(Event.LEAK, 3).live(), 3.0),
    "leak_cost": (leaked, 0.2),
    "escalations": (lambda h: h.happens(Event.ESCALATION, 2).live(), 2.0),
    "tension_sd": (lambda h: h.live(tension=0.2).live(tension=0.4), 0.1),
    "violence_peak": (lambda h: h.live(tension=0.7).live(tension=0.4), 0.7),
    "rhetoric_peak": (
        lambda h: h.target(rhetoric=0.6).lead(rhetoric=0.8).live().lead(rhetoric=0.1).live(),
        0.8,
    ),
    "shock_survival": (shocked_thrice, 2 / 3),
    "shock_recovery": (
        # Tension that rises by itself, or falls with a shock, is no unrest.
        lambda h: (
            h.live(2, tension=0.2)
            .live(4, tension=0.3)
            .happens(Event.ECONOMIC_SHOCK)
            .live(tension=0.2)
            .happens(Event.ESCALATION)
            .live(3, tension=0.5)
            .live(tension=0.2)
            .happens(Event.ESCALATION)
            .live(tension=0.4)
            .live(tension=0.1)
        ),
        (3.0 + 1.0) / 2,
    ),
    "legitimacy_sender": (lambda h: h.lead(legitimacy=0.4).live(3).lead(legitimacy=0.8).live(), 0.5),
    "legitimacy_target": (lambda h: h.target(legitimacy=0.3).live(3).target(legitimacy=0.7).live(), 0.4),
    "legitimacy_least_sender": (lambda h: h.lead(legitimacy=0.4).live().lead(legitimacy=0.8).live(), 0.4),
    "legitimacy_least_target": (lambda h: h.target(legitimacy=0.7).live().target(legitimacy=0.3).live(), 0.3),
    "suspicion": (lambda h: h.target(suspicion=0.2).lead(suspicion=0.4).live(), 0.3),
    "hardliners_sender": (lambda h: h.lead(hardliners=0.2).live(3).lead(hardliners=0.6).live(), 0.3),
    "hardliners_target": (lambda h: h.target(hardliners=0.4).live(3).target(hardliners=0.8).live(), 0.5),
    "hardliners_sender_at_end": (lambda h: h.lead(hardliners=0.7).live().lead(hardliners=0.6).live(), 0.6),
    "hardliners_target_at_end": (
        lambda h: h.target(hardliners=0.7).live().target(hardliners=0.4).live(),
        0.4,
    ),
    "hardliners_sender_peak": (lambda h: h.lead(hardliners=0.7).live().lead(hardliners=0.6).live(), 0.7),
    "hardliners_target_peak": (lambda h: h.target(hardliners=0.8).live().target(hardliners=0.4).live(), 0.8),
    "ratification": (lambda h: h.happens(Event.RATIFIED, 3).happens(Event.VETOED), 3 / 4),
    "coalition_breadth": (
        lambda h: (
            h.group(0, outlook=0.8, grievance=0.5, voice=0.2)
            .group(1, outlook=0.2, grievance=0.5, voice=0.8)
            .group(2, outlook=0.6, grievance=0.5, voice=0.4)
            .group(3, outlook=0.1, grievance=0.5, voice=0.9)
        ),
        (0.3 * 0.2 + 0.5 * 0.4) / (0.3 * 0.2 + 0.2 * 0.8 + 0.5 * 0.4),
    ),
    "turnover_survival": (changed_thrice, 2 / 3),
    "hardship": (lambda h: h.target(hardship=0.2).live(3).target(hardship=0.6).live(), 0.3),
    # Half of the access would be denied by a pressure of three points, the bar of hardship.
    "access_deficit": (lambda h: h.target(access=0.3).live(4, unrelieved=3.0 * ENERGY), 4 * (0.5 - 0.3)),
    "worst_community": (
        lambda h: h.group(0, grievance=0.2).group(1, grievance=0.6).group(3, grievance=0.9).live(2),
        0.6,
    ),
    "spillover": (lambda h: h.target(loss=9.0).lead(loss=1.0).state(3, loss=3.0).live(), 4.0),
    "third_party_loss": (
        lambda h: h.target(loss=9.0).lead(loss=1.0).state(3, loss=3.0).state(4, loss=0.5).live(),
        (4.0 * 3.0 + 1.0 * 0.5) / 5.0,
    ),
    "benefit_breadth": (
        # The many feel essential goods twice and the few three tenths; energy counts once to either.
        lambda h: h.live(unrelieved=3.0 * (ENERGY + ESSENTIAL), felt=2.0 * ENERGY + ESSENTIAL),
        (1.0 + 2 * 2.0) / (1.0 + 2 * 2.0 + 1.0 + 2 * 0.3),
    ),
    "output_at_end": (lambda h: h.live().target(output=0.9), 0.9),
    "risk_premium": (lambda h: h.live(3, risk=0.2).live(risk=0.6), 0.3),
    # Trusted by 0.6, and half of the excess of a promise of 1.5 believed: 0.375 is expected of a half.
    "relief_surprise": (promised_twice, math.sqrt(((0.5 - 0.375) ** 2 + 0.375**2) / 2)),
    "rumours": (lambda h: h.happens(Event.RUMOUR, 2).live(), 2.0),
    "defections": (lambda h: h.happens(Event.LEFT, 2).live(), 2.0),
    "pressure_spread": (lambda h: h.live().party(2, member=0).live(), (0.6 - 0.2) / 6 / 2),
    "evasion": (lambda h: h.live(diverted=0.6 * ENERGY), 0.6 / 6),
    "ripple": (lambda h: h.tallied(neighbours_engaged=2).live(), 2.0),
    "ripple_lag": (
        lambda h: h.live(2).is_believed(0.5).live(4).happens(Event.NEIGHBOUR_ENGAGED).live(),
        4.0,
    ),
    "spoiler_attacks": (lambda h: h.happens(Event.SPOILER_ATTACK, 2).live(), 2.0),
    "spoiler_successes": (
        lambda h: (
            h.talks()
            .live()
            .breaks(Cause.SPOILER)
            .live(4)
            .talks(2)
            .breaks(Cause.SPOILER)
            .live(2)
            .talks(3)
            .live()
            .breaks(Cause.LEAK)
            .live()
        ),
        2.0,
    ),
    "stall_months": (lambda h: h.live(2).progresses().live(4), 2.0 + 3.0),
    "longest_stall": (lambda h: h.live(2).progresses().live(4).progresses().live(2), 3.0),
    "disputes": (contested_thrice, 3.0),
    "months_to_settle_findings": (contested_thrice, (8 + 1) / 3),
    "disputes_renewed": (contested_thrice, 2 / 3),
    "resentment": (lambda h: h.target(resentment=0.2).live(3).target(resentment=0.6).live(), 0.3),
    "ownership": (lambda h: h.target(ownership=0.2).live(3).target(ownership=0.6).live(), 0.3),
    "lost_with_sponsor": (lambda h: h.concludes().live().loses_sponsor().live(4).breaks().live(), 1.0),
    "expectation_gap": (lambda h: h.target(expectation=0.75, gain=1.0).live(unrelieved=4.0 * ENERGY), 0.5),
    # Promised one and a half times a half, twice; half of the measures came.
    "delivery_gap": (promised_twice, (0.75 + 0.75 - 0.5) / 1.5),
    "open_grievances": (aggrieved, 3.0),
    "grievance_age": (aggrieved, 3.0),
    "learning_gain": (broken_thrice_longer, 5.0 - 2.0),
    "effort": (lambda h: h.talks().line(open=1).live(3).line(open=0).live(), 3 * 2.0 + 1.0),
    "effort_per_step": (lambda h: h.talks().line(open=1).tallied(steps=2).live(3), 3 * 2.0 / 2),
    "months_per_step": (lambda h: h.live(4).talks().tallied(steps=2).live(6).concludes().live(5), 6 / 2),
    "steps": (lambda h: h.tallied(steps=3).live(), 3.0),
    "confidence_steps": (lambda h: h.tallied(confidence_steps=4).live(), 4.0),
    "deepest_rung": (lambda h: h.live(measures=HOTLINE_BIT | WORKSHOP_BIT).live(measures=0), 7 / 16),
    "proposals_tested": (lambda h: h.tallied(rounds=4).live(), 4.0),
    "threat": (lambda h: h.party(0, threat=0.2).party(1, threat=0.6).live(), 0.4),
    "reform_persistence": (reforms_outlive, 0.3),
    "betrayals": (exposed_thrice, 2.0),
    "betrayal_size": (exposed_thrice, (0.1 + 0.06 + 0.02) / 3),
    "new_links": (linked, 2.0 + 1.0 + 1.0 + 1.0 + 1.0),
    "bound_share": (lambda h: h.live().target(support=0.0).live(), 1 / 20),
}

#: The same outcomes where it went the other way, or came too late.
OTHERWISE = {
    "settled": (lambda h: h.live(2), 0.0),
    "de_escalated": (lambda h: h.live(tension=0.5).live(11, tension=0.1).live(tension=0.3), 0.0),
    "settled_and_lasted": (lambda h: h.promises(1.0).does(0.4).concludes().live(), 0.0),
    "agreement_ended": (lambda h: h.concludes().live(2), 0.0),
    "agreement_alive": (lambda h: h.concludes().live(2).breaks().live(), 0.0),
    "relapsed": (lambda h: h.live(2).concludes().live(13, tension=0.3).live(tension=0.6), 0.0),
    "hollow_concessions": (lambda h: h.promises(0.5).does(0.1).live(12).does(0.5).live(), 0.0),
    "detection_rate": (lambda h: h.promises(1.0).live(4, conduct=Conduct.SHAMMING), 0.0),
    "access_deficit": (lambda h: h.live(4), 0.0),
    "wrong_relief": (lambda h: h.promises(0.5).does(0.5).relieves(0.5).live(4), 0.0),
    "shock_survival": (lambda h: h.talks().live().happens(Event.ESCALATION).breaks().live(), 0.0),
    "turnover_survival": (lambda h: h.concludes().live().turns_over().breaks().live(), 0.0),
    "spoiler_successes": (lambda h: h.happens(Event.SPOILER_ATTACK).talks().live(3), 0.0),
    "disputes_renewed": (lambda h: h.happens(Event.DISPUTED).live(8).tallied(reversals=1).live(), 0.0),
    "lost_with_sponsor": (lambda h: h.concludes().live().loses_sponsor().live(14).breaks().live(), 0.0),
    "delivery_gap": (
        lambda h: h.live().concludes().happens(Event.RELIEF, amount=0.8).relieves(1.0).live(yielded=1),
        0.0,
    ),
    "learning_gain": (
        lambda h: h.live().talks().live(4).breaks().live().talks(restarts=1).live(1),
        1.0 - 4.0,
    ),
    "betrayals": (lambda h: h.live().happens(Event.LEAK).live(7).target(support=0.1).live(), 0.0),
}


#: Further histories in which it comes down to one month, or to who is meant.
CLOSE_CALLS = [
    ("violence in the twelfth month", "relapsed", lambda h: h.concludes().live(12).live(tension=0.6), 1.0),
    (
        "violence after a truce",
        "relapsed",
        lambda h: h.live(3).happens(Event.TRUCE).live(2).live(tension=0.6),
        1.0,
    ),
    ("violent all along", "relapsed", lambda h: h.live(3, tension=0.6).concludes().live(9), 0.0),
    ("violent with the deal", "relapsed", lambda h: h.live(3).concludes().live(tension=0.6).live(3), 0.0),
    (
        "a deal of long ago",
        "relapsed",
        lambda h: h.concludes().live(20).live(tension=0.6).happens(Event.TRUCE),
        0.0,
    ),
    (
        "an agreement a month old",
        "turnover_survival",
        lambda h: h.concludes().live().turns_over().live(13),
        1.0,
    ),
    ("no new leader", "lost_with_sponsor", lambda h: h.concludes().live().loses_sponsor().live(13), 0.0),
    ("a promise kept", "delivery_gap", promised_and_lost, 0.5),
    (
        "given way to a threat",
        "delivery_gap",
        lambda h: h.live().concludes().live(yielded=1, status=DisputeStatus.THREATENED),
        math.nan,
    ),
    ("no leader changed", "turnover_survival", lambda h: h.concludes().live(20), math.nan),
    ("no sponsor left", "lost_with_sponsor", lambda h: h.concludes().live(20), math.nan),
    (
        "tension by itself",
        "shock_recovery",
        lambda h: h.live(tension=0.2).live(tension=0.3).live(tension=0.2),
        math.nan,
    ),
    (
        "relief by one alone",
        "pressure_spread",
        lambda h: h.party(1, relieved=0.1 * ENERGY).live(),
        (0.5 - 0.2) / 6 / 2,
    ),
    ("one grievance of three", "open_grievances", lambda h: h.group(1, grievance=0.5).live(), 1.0),
    ("one attempt", "learning_gain", lambda h: h.talks().live(3).breaks().live(), math.nan),
    ("found out at once", "months_to_detection", found_at_once, 0.0),
    ("reversed too late", "disputes_renewed", lambda h: reversed_after(h, 7), 0.0),
    ("reversed in time", "disputes_renewed", lambda h: reversed_after(h, 6), 1.0),
    ("calm from the first", "de_escalated", lambda h: h.live(tension=0.2).live(12, tension=0.19), 1.0),
    (
        "support of the lead",
        "betrayal_size",
        lambda h: h.live().happens(Event.LEAK).lead(support=0.4).live(),
        0.1,
    ),
    (
        "support lost in time",
        "betrayals",
        lambda h: h.live(2).happens(Event.LEAK).live(6).lead(support=0.4).live(),
        1.0,
    ),
]


@pytest.mark.parametrize(
    ("name", "told", "expected"), [call[1:] for call in CLOSE_CALLS], ids=[c[0] for c in CLOSE_CALLS]
)
def test_a_close_call_goes_the_right_way(history, name, told, expected):
    assert told(history).outcome()[name] == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_the_episode_record_is_what_a_coder_would_put_down(history):
    history.live(3, felt=2.0 * ENERGY).happens(Event.LEADER_CHANGED, 2).party(2, member=0).live()
    outcome = history.outcome()
    assert (outcome.threatened_at, outcome.imposed_at, outcome.senders_most) == (0.0, 0.0, 2.0)
    assert (outcome.leader_changes, outcome.cost, outcome.io_backed) == (2.0, 2.0, 0.0)
    assert math.isnan(outcome.ended_at)
    history.live(ending=Ending.ACQUIESCED_PARTLY, ended_at=4)
    assert (history.outcome().ended_at, history.outcome().policy_result) == (4.0, 3.0)


def test_the_record_keeps_why_the_first_agreement_died_whatever_comes_later(history):
    assert history.live(2).breaks(Cause.SHOCK).live().outcome().agreement_cause_code == Cause.NONE
    assert history.talks(1).concludes().live(5).outcome().agreement_cause_code == Cause.NONE
    assert history.breaks(Cause.LEAK).live(2).outcome().agreement_cause_code == Cause.LEAK
    assert history.concludes().live(4).breaks(Cause.NOISE).live().outcome().agreement_cause_code == Cause.LEAK


@pytest.mark.parametrize("name", CASES)
def test_an_outcome_is_what_arithmetic_says(history, name):
    told, expected = CASES[name]
    assert told(history).outcome()[name] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("name", OTHERWISE)
def test_an_outcome_says_so_where_it_went_the_other_way(history, name):
    told, expected = OTHERWISE[name]
    assert told(history).outcome()[name] == pytest.approx(expected, abs=1e-12)


def test_every_outcome_has_a_history_told_by_hand():
    assert set(CASES) == set(OUTCOMES)
    assert set(OTHERWISE) <= set(OUTCOMES)


def test_every_metric_of_the_seeds_has_an_outcome():
    metrics = {outcome.metric for outcome in OUTCOMES.values() if outcome.metric}
    assert sorted(metrics) == list(METRICS) == [f"K{number:02d}" for number in range(1, 51)]


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_outcome_that_does_not_apply_is_no_number_and_all_others_are(bare, name):
    assert math.isnan(bare.live(3).outcome()[name]) is bool(OUTCOMES[name].where)


# --- what bundled runs show --------------------------------------------------------------------------------


@functools.cache
def lived(scenario):
    """Return every bundled strategy in one bundled scenario."""
    return run_ensemble(scenario, list_strategies(), replicates=1 if is_plain() else 40)


@functools.cache
def region():
    """Return a small region with two disputes."""
    return load_scenario("stylised-region", grow={"disputes": 2, "states": 14, "status": "imposed"})


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("scenario", list_scenarios())
def test_only_what_says_where_it_applies_is_ever_missing(scenario):
    runs = lived(scenario)
    missing = {name for name in (*OUTCOMES, *EPISODE) if name in runs and runs[name].isna().any()}
    assert not missing & {name for name, outcome in OUTCOMES.items() if not outcome.where}
    assert missing & set(EPISODE) <= {"imposed_at", "ended_at"}
    assert (runs.months_to_agreement.isna() == ~runs.settled).all()
    assert (runs.agreement_survival.isna() == ~runs.settled).all()
    assert (runs.ended_at.isna() == (runs.ending == "ongoing")).all()


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("scenario", list_scenarios())
def test_outcomes_agree_with_one_another(scenario):
    runs = lived(scenario)
    assert (runs.settled | ~runs.settled_and_lasted).all()
    assert (runs.agreement_survival.fillna(0) <= runs.agreement_months).all()
    assert (runs.wrongful_reversals <= runs.reversals).all()
    assert ((runs.reversals > 0) | (runs.largest_reversal.fillna(0) == 0.0)).all()
    assert (runs.months_to_agreement.fillna(0) < load_scenario(scenario).months).all()
    assert (runs.longest_stall <= runs.stall_months).all()
    for side in ("sender", "target"):
        assert (runs[f"hardliners_{side}"] <= runs[f"hardliners_{side}_peak"]).all()
        assert (runs[f"legitimacy_least_{side}"] <= runs[f"legitimacy_{side}"]).all()


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("scenario", list_scenarios())
def test_a_cause_is_named_exactly_where_an_agreement_died(scenario):
    runs = lived(scenario)
    assert ((runs.agreement_cause != "none") == (runs.agreement_ended == 1.0)).all()


@pytest.mark.usefixtures("compiled")
def test_the_cause_named_is_the_one_that_the_ledger_tells_of_in_that_month():
    died = lived("iran-2012").query("agreement_ended == 1").drop_duplicates("agreement_cause")
    assert len(died) > 3
    for run in died.itertuples():
        life = SanctionsModel("iran-2012", run.strategy, seed=run.seed, replicate=run.replicate).run()
        told = life.events().query("kind == 'broken'").set_index("month")["why"]
        assert run.agreement_cause in set(told[[run.months_to_agreement + run.agreement_survival]])


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("scenario", list_scenarios())
def test_what_was_settled_holds_at_least_until_the_months_end(scenario):
    runs = lived(scenario)
    broken_at_once = runs[runs.settled & (runs.agreement_months == 0)]
    assert broken_at_once[["strategy", "replicate", "months_to_agreement", "ending"]].values.tolist() == []


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("scenario", list_scenarios())
def test_outcomes_keep_to_their_units(scenario):
    runs = lived(scenario)
    for name, outcome in OUTCOMES.items():
        values = runs[name].dropna().astype(float)
        if outcome.unit in ("share", "yes or no") and outcome.better != "zero":
            assert values.between(0.0, 1.0 + 1e-12).all(), name
        elif name != "learning_gain" and outcome.unit in ("count", "months", "envoy-months", "point-months"):
            assert (values >= 0).all(), name


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_outcome_says_its_unit_its_direction_and_what_it_means(name):
    outcome = OUTCOMES[name]
    assert outcome.name == name
    assert outcome.unit
    assert outcome.meaning
    assert outcome.better in DIRECTIONS
    assert outcome.where == "" or outcome.where.startswith("where ")


def test_kinds_of_outcomes_do_not_overlap():
    assert not set(YES_OR_NO) & set(COUNTS)
    assert not set(OUTCOMES) & set(EPISODE)


# --- disputes side by side ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("compiled")
def test_every_dispute_of_a_run_has_a_row_of_its_own():
    runs = run_ensemble(region(), ["step-for-step", "big-bang"], replicates=3, months=36)
    assert list(runs.columns[:3]) == ["scenario", "strategy", "dispute"]
    assert list(runs.dispute) == ["dispute-1", "dispute-2"] * 6
    assert list(runs.replicate) == [0, 0, 1, 1, 2, 2] * 2
    sides = runs.pivot(index=["strategy", "replicate"], columns="dispute", values="hardship")
    assert (sides["dispute-1"] != sides["dispute-2"]).all()


@pytest.mark.usefixtures("compiled")
def test_what_happens_in_one_dispute_is_not_counted_in_another():
    setting = setting_of(region(), [load_strategy("step-for-step")])
    world, designs = copy_of(setting.opening), designs_of(1, 1, 1, 7, [0])
    world.seen.times[1, Event.LEAK] = 3
    world.seen.times[-1, Event.LEAK] = 5
    outcomes = blank_outcomes(setting, designs)
    call_kernel(setting, world, designs, range(1), range(1, 1), outcomes)
    assert list(outcomes.leaks) == [0.0, 3.0]


@pytest.mark.usefixtures("compiled")
def test_outcomes_that_have_no_room_for_every_dispute_are_refused():
    setting = setting_of(region(), [load_strategy("step-for-step")])
    designs = designs_of(1, 1, 1, 7, [0])
    with pytest.raises(ValueError, match="1 rows of outcomes for 1 x 2"):
        call_kernel(
            setting,
            copy_of(setting.opening),
            designs,
            range(1),
            range(1),
            blank_outcomes(setting, designs)[:1],
        )
