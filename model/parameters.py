"""Every number that is not known for sure: default, plausible range, unit, source and meaning.

A number is declared once, here. Sampling, validation, sliders and the generated page in docs/ are made
from this table. A source F.. is a row of the published facts the project keeps; what has no source says
"judgement". A number whose range has no width is a convention, not an uncertainty.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from model.records import INFINITY
from model.vocabulary import SECTORS, InputError, nearest

JUDGEMENT = "judgement"


class Number(NamedTuple):
    """One number of the model, with what is known about it."""

    name: str
    default: float | tuple[float, ...]
    low: float
    high: float
    unit: str
    source: str
    meaning: str

    @property
    def is_uncertain(self) -> bool:
        """Whether the number is drawn in an experiment: a scalar whose range has a width."""
        return not isinstance(self.default, tuple) and self.high > self.low


SHARE = "share"
MONTHLY = "a month"
POINTS = "points a year"
MONTHS = "months"
TIMES = "multiple"
PROMISES = "promises' worth"

#: The model's numbers, by the file in which they act.
NUMBERS: dict[str, list[Number]] = {
    "shocks": [
        Number(
            "incident_rate", 0.05, 0.02, 0.12, MONTHLY, JUDGEMENT, "hazard of an incident at full tension"
        ),
        Number(
            "quiet_hazard", 0.1, 0.05, 0.2, SHARE, JUDGEMENT, "part of a hazard that is there without tension"
        ),
        Number("escalation", 0.6, 0.3, 0.9, SHARE, JUDGEMENT, "chance that an incident escalates at worst"),
        Number(
            "misreading_half",
            1.5,
            0.75,
            3.0,
            POINTS,
            JUDGEMENT,
            "misreading at which half of that is reached",
        ),
        Number("hotline", 0.5, 0.2, 0.8, SHARE, JUDGEMENT, "escalations that a hotline stops"),
        Number(
            "open_line", 0.5, 0.2, 0.8, SHARE, JUDGEMENT, "escalations that a fully trusted channel stops"
        ),
        Number("escalation_heat", 0.5, 0.25, 1.0, "push", JUDGEMENT, "what an escalation adds to tension"),
        Number(
            "incident_heat",
            0.1,
            0.05,
            0.2,
            "push",
            JUDGEMENT,
            "what an incident or a breakdown adds to tension",
        ),
        Number("attack_heat", 0.3, 0.1, 0.6, "push", JUDGEMENT, "what a spoiler's attack adds to tension"),
        Number("warning_heat", 0.03, 0.01, 0.06, "push", JUDGEMENT, "what a formal warning adds to tension"),
        Number(
            "incident_blame",
            0.6,
            0.2,
            1.2,
            PROMISES,
            JUDGEMENT,
            "weight of an escalation as a broken promise",
        ),
        Number(
            "attack_blame", 0.6, 0.2, 1.2, PROMISES, JUDGEMENT, "weight of an attack whose author is unclear"
        ),
        Number(
            "heat_of_words", 0.04, 0.02, 0.08, "push a month", JUDGEMENT, "what heated words add to tension"
        ),
        Number("calming", 0.03, 0.015, 0.06, "push a month", JUDGEMENT, "how tension ebbs by itself"),
        Number(
            "peace_of_region", 1.0, 0.5, 2.0, TIMES, JUDGEMENT, "how much standing arrangements add to that"
        ),
        Number("spoiler_rate", 0.15, 0.05, 0.3, MONTHLY, JUDGEMENT, "hazard of an attack at worst"),
        Number("stake_half", 2.0, 1.0, 4.0, POINTS, JUDGEMENT, "stake at which a spoiler is half as active"),
        Number(
            "forgetting", 0.2, 0.1, 0.35, "share a month", JUDGEMENT, "how fast news, momentum and doubt fade"
        ),
        Number("memory", 6.0, 3.0, 12.0, MONTHS, JUDGEMENT, "how long a blow is blamed for what follows"),
        Number(
            "incumbent_pivot",
            0.42,
            0.36,
            0.48,
            SHARE,
            JUDGEMENT,
            "support at which an incumbent has even odds",
        ),
        Number("incumbent_swing", 0.08, 0.04, 0.15, SHARE, JUDGEMENT, "how much support it takes to be safe"),
        Number(
            "irregular_exit", 0.01, 0.004, 0.02, MONTHLY, "F40", "hazard of losing power outside elections"
        ),
        Number("new_character", 0.6, 0.3, 0.9, SHARE, JUDGEMENT, "chance that a successor is drawn anew"),
        Number("red_line_spread", 0.5, 0.25, 1.0, POINTS, JUDGEMENT, "spread of private reserves"),
        Number("honeymoon", 0.5, 0.3, 0.8, SHARE, JUDGEMENT, "how far a new leader starts from base support"),
        Number(
            "economic_shock", 0.01, 0.005, 0.02, MONTHLY, JUDGEMENT, "hazard of a market shock or disaster"
        ),
        Number("economic_shock_size", 0.03, 0.01, 0.06, SHARE, JUDGEMENT, "output lost in it"),
    ],
    "pressure": [
        Number(
            "loss_per_trade", 0.8, 0.5, 1.1, "output per trade", "F29, F33", "output lost per trade stopped"
        ),
        Number("secondary_bite", 0.5, 0.25, 0.75, SHARE, "F33", "third parties that secondary measures bind"),
        Number(
            "most_diverted", 0.667, 0.5, 0.75, SHARE, "F32", "most of the sanctioned trade that finds a way"
        ),
        Number("diversion_rate", 0.03, 0.015, 0.06, "share a month", "F32", "how fast it finds it"),
        Number("anticipation", 0.4, 0.2, 0.7, "share a month", "F30", "how fast new measures are felt"),
        Number("recovery_goods", 0.2, 0.1, 0.35, "share a month", "F34", "how fast relief on goods is felt"),
        Number(
            "recovery_finance", 0.05, 0.02, 0.1, "share a month", "F34", "the same through banks and know-how"
        ),
        Number("clarity_gain", 0.5, 0.2, 1.0, TIMES, JUDGEMENT, "what published criteria add to that speed"),
        Number("belief_in_permanence", 0.5, 0.2, 1.0, TIMES, JUDGEMENT, "what a living agreement adds"),
        Number("spillover", 0.1, 0.05, 0.2, SHARE, "F33", "loss handed on along a full trade tie"),
        Number("exemption", 0.6, 0.3, 0.8, SHARE, "H03", "essential trade that exemptions let through"),
        Number(
            "enforcement_step",
            0.3,
            0.1,
            0.5,
            SHARE,
            JUDGEMENT,
            "how far enforcement moves while relief flows",
        ),
        Number("ramp", 0.15, 0.08, 0.3, "share a month", JUDGEMENT, "how fast pressure is ramped up"),
        Number("noticed", 0.2, 0.2, 0.2, "level", "convention", "rise in measures that the ledger mentions"),
    ],
    "economy": [
        Number(
            "output_depth", 3.0, 1.5, 5.0, TIMES, "F29", "output lost in the end per point of yearly loss"
        ),
        Number("output_fall", 0.05, 0.03, 0.08, "share a month", "F30", "how fast output sinks"),
        Number("output_recovery", 0.015, 0.008, 0.03, "share a month", "F30", "how fast it comes back"),
        Number("hardship_half", 3.0, 2.0, 5.0, POINTS, "F36", "broad loss at which hardship is one half"),
        Number("elite_half", 3.0, 2.0, 5.0, POINTS, JUDGEMENT, "narrow loss at which elite pain is one half"),
        Number("hardship_rate", 0.15, 0.08, 0.25, "share a month", JUDGEMENT, "how fast either is felt"),
        Number("targeting", 0.3, 0.1, 0.5, SHARE, "F28", "hardship spared by aiming at elites"),
        Number("aid_reach", 0.3, 0.1, 0.5, SHARE, "H03", "hardship that aid and openings reach"),
        Number(
            "civilian",
            (1.0, 0.8, 0.5, 2.0, 0.1, 0.6),
            0.0,
            INFINITY,
            TIMES,
            JUDGEMENT,
            "weight of sectors for the many",
        ),
        Number(
            "elite",
            (1.0, 1.4, 0.8, 0.3, 1.5, 1.5),
            0.0,
            INFINITY,
            TIMES,
            JUDGEMENT,
            "weight of sectors for the few",
        ),
    ],
    "domestic": [
        Number(
            "settling", 0.02, 0.01, 0.04, "push a month", JUDGEMENT, "pull of opinion back to where it was"
        ),
        Number(
            "backlash", 0.04, 0.02, 0.08, "push a month", JUDGEMENT, "hardliners made by humiliating hardship"
        ),
        Number(
            "embolden", 0.06, 0.03, 0.12, "push a month", JUDGEMENT, "hardliners made by visible concessions"
        ),
        Number("incident_anger", 0.03, 0.01, 0.06, "push a month", JUDGEMENT, "hardliners made by incidents"),
        Number("setback", 0.1, 0.05, 0.2, "push a month", JUDGEMENT, "hardliners made by promises unfelt"),
        Number("stake_in_peace", 0.04, 0.02, 0.08, "push a month", JUDGEMENT, "hardliners won over by gains"),
        Number("calm", 0.01, 0.005, 0.02, "push a month", JUDGEMENT, "hardliners won over by calm"),
        Number("gain_half", 1.5, 0.75, 3.0, POINTS, JUDGEMENT, "gain at which half of its effect is reached"),
        Number("rally", 0.03, 0.01, 0.06, "push a month", "H07", "rally round the flag"),
        Number("blame", 0.03, 0.015, 0.06, "push a month", "H07", "support lost to hardship"),
        Number("credit", 0.03, 0.015, 0.06, "push a month", JUDGEMENT, "support won by gains"),
        Number("narrative", 0.02, 0.01, 0.04, "push a month", JUDGEMENT, "support won by a common story"),
        Number("unmet", 0.06, 0.03, 0.12, "push a month", JUDGEMENT, "support lost to promises unfelt"),
        Number(
            "concession_cost", 0.1, 0.03, 0.2, "push a month", "F45", "support lost to visible concessions"
        ),
        Number(
            "own_loss", 0.02, 0.01, 0.04, "push a month", JUDGEMENT, "support a sender loses to its own loss"
        ),
        Number("humiliation", 0.03, 0.015, 0.06, "push a month", JUDGEMENT, "resentment made by hardship"),
        Number("easing", 0.015, 0.008, 0.03, "push a month", JUDGEMENT, "resentment that calm takes away"),
        Number("suspicion", 0.08, 0.04, 0.16, "push a month", JUDGEMENT, "suspicion made by lasting secrecy"),
        Number("secret_age", 12.0, 6.0, 24.0, MONTHS, JUDGEMENT, "age at which secrecy has half its effect"),
        Number("inspector", 0.25, 0.1, 0.4, SHARE, JUDGEMENT, "suspicion that an inspector takes away"),
        Number("briefing", 0.5, 0.3, 0.7, SHARE, JUDGEMENT, "suspicion that briefed legislators take away"),
        Number("audit", 0.5, 0.3, 0.7, SHARE, JUDGEMENT, "suspicion that outside audits take away"),
        Number(
            "visible_progress", 0.08, 0.04, 0.16, "push a month", JUDGEMENT, "legitimacy of visible progress"
        ),
        Number(
            "inclusion", 0.05, 0.02, 0.1, "push", JUDGEMENT, "legitimacy of seats at the table and candour"
        ),
        Number("wear", 0.08, 0.04, 0.16, "push a month", JUDGEMENT, "legitimacy lost to suspicion"),
        Number(
            "disappointment",
            0.06,
            0.03,
            0.12,
            "push a month",
            JUDGEMENT,
            "legitimacy lost to promises unfelt",
        ),
        Number("heat_of_tension", 0.1, 0.05, 0.2, "push a month", JUDGEMENT, "hot words out of tension"),
        Number("trumpeting", 0.1, 0.05, 0.2, "push a month", JUDGEMENT, "hot words answering loud success"),
        Number("cooling", 0.1, 0.05, 0.2, "push a month", JUDGEMENT, "how fast words cool"),
    ],
    "channels": [
        Number(
            "opening", 0.5, 0.2, 0.9, MONTHLY, JUDGEMENT, "chance that a willing mediator opens a channel"
        ),
        Number("meetings", 0.5, 0.25, 0.8, MONTHLY, JUDGEMENT, "chance of a meeting"),
        Number("insight", 0.25, 0.1, 0.4, SHARE, JUDGEMENT, "misreading that one well-led meeting clears up"),
        Number("drift", 0.04, 0.02, 0.08, "share a month", JUDGEMENT, "misreading that hot words bring back"),
        Number("silence", 0.2, 0.1, 0.4, SHARE, JUDGEMENT, "the same without any words"),
        Number("misreading_most", 3.0, 2.0, 4.0, POINTS, JUDGEMENT, "misreading of complete strangers"),
        Number("pace", 0.08, 0.04, 0.16, "push", JUDGEMENT, "trust in the line won by a meeting"),
        Number("meeting_seen", 0.15, 0.05, 0.3, PROMISES, JUDGEMENT, "weight of a meeting as a kept promise"),
        Number(
            "leak_base", 0.006, 0.003, 0.012, MONTHLY, JUDGEMENT, "leak hazard of two people, before all else"
        ),
        Number("leak_crowd", 1.0, 0.6, 1.4, "exponent", JUDGEMENT, "how it grows with the number who know"),
        Number("leak_age", 12.0, 6.0, 24.0, MONTHS, JUDGEMENT, "age at which it has doubled"),
        Number("memorandum_scope", 0.2, 0.1, 0.3, SHARE, JUDGEMENT, "leaks a memorandum on scope prevents"),
        Number("memorandum_full", 0.45, 0.25, 0.6, SHARE, JUDGEMENT, "leaks a full memorandum prevents"),
        Number("leak_cover", 0.5, 0.25, 0.75, SHARE, JUDGEMENT, "damage that a disclosure plan prevents"),
        Number("leak_blame", 1.0, 0.5, 2.0, PROMISES, "F45", "weight of a leak as a broken promise"),
        Number("leak_scandal", 0.2, 0.1, 0.4, "push", "F45", "what a leak does to suspicion and support"),
        Number("leak_confusion", 0.3, 0.15, 0.6, SHARE, JUDGEMENT, "misreading that a leak brings back"),
        Number("leak_closes", 0.6, 0.3, 0.9, SHARE, JUDGEMENT, "chance that a leak ends the channel"),
        Number("attention_to_leak", 1.5, 0.75, 3.0, "push", JUDGEMENT, "public attention to a leak"),
        Number("attention_to_news", 1.0, 0.5, 2.0, "push", JUDGEMENT, "public attention to a full agreement"),
        Number("candour", 0.3, 0.15, 0.6, "push", JUDGEMENT, "suspicion that a disclosure takes away"),
        Number("private_part", 0.6, 0.4, 0.8, SHARE, JUDGEMENT, "part of dual-track talks that is private"),
        Number(
            "technical_pace", 0.08, 0.04, 0.16, "push a month", JUDGEMENT, "details that specialists settle"
        ),
    ],
    "trust": [
        Number("stranger", 0.3, 0.2, 0.4, SHARE, "F52", "trust where there is no experience at all"),
        Number("evidence_floor", 3.0, 1.5, 6.0, PROMISES, JUDGEMENT, "experience that never fades"),
        Number("fading", 0.02, 0.01, 0.04, "share a month", JUDGEMENT, "how fast experience fades"),
        Number(
            "loss_aversion", 2.0, 1.2, 3.0, TIMES, "Kahneman and Tversky 1979", "weight of a broken promise"
        ),
        Number("word_of_mouth", 0.03, 0.015, 0.06, "share a month", JUDGEMENT, "how fast word is believed"),
        Number(
            "reputation_rate",
            0.05,
            0.02,
            0.1,
            "share a month",
            JUDGEMENT,
            "how fast mediators' standing moves",
        ),
        Number("report_seen", 0.25, 0.1, 0.5, PROMISES, JUDGEMENT, "weight of one report"),
        Number("relief_seen", 0.8, 0.4, 1.6, PROMISES, JUDGEMENT, "weight of one delivery of relief"),
        Number(
            "withholding_seen", 0.25, 0.1, 0.5, PROMISES, JUDGEMENT, "weight of a month of withheld relief"
        ),
        Number("reversal_seen", 1.5, 0.75, 3.0, PROMISES, JUDGEMENT, "weight of taking all relief back"),
        Number("fair_cop", 0.5, 0.3, 0.8, SHARE, JUDGEMENT, "how far a cheat accepts that it was caught"),
        Number("small_step_seen", 0.2, 0.1, 0.4, PROMISES, "F54", "weight of one confidence measure"),
    ],
    "bargaining": [
        Number(
            "impatience", 0.04, 0.02, 0.08, "share a month", JUDGEMENT, "how leaders discount slow benefits"
        ),
        Number("election_horizon", 9.0, 6.0, 12.0, MONTHS, JUDGEMENT, "how far ahead elections are felt"),
        Number("audience_target", 1.0, 0.5, 2.0, TIMES, "F45", "price of conceding in public, target"),
        Number("audience_sender", 1.0, 0.5, 2.0, TIMES, "F45", "price of conceding in public, sender"),
        Number("burden_sincere", 0.7, 0.5, 0.9, TIMES, JUDGEMENT, "how a sincere target bears a concession"),
        Number("burden_opportunist", 1.0, 0.8, 1.2, TIMES, JUDGEMENT, "how an opportunist bears it"),
        Number("burden_hardline", 1.6, 1.2, 2.2, TIMES, JUDGEMENT, "how a hardline target bears it"),
        Number("shared_burden", 0.2, 0.1, 0.4, SHARE, JUDGEMENT, "burden that ownership takes away"),
        Number(
            "leverage", 0.3, 0.15, 0.5, "points per point", JUDGEMENT, "what a point of pressure is worth"
        ),
        Number("reluctance", 1.6, 1.2, 2.2, TIMES, JUDGEMENT, "the same to a sender that does not mean it"),
        Number("own_trade", 0.5, 0.25, 1.0, TIMES, JUDGEMENT, "weight of own trade regained"),
        Number("waiting", 3.0, 2.0, 6.0, MONTHS, JUDGEMENT, "time until a default shows and is answered"),
        Number(
            "least_step", 0.05, 0.05, 0.05, SHARE, "convention", "smallest step that is weighed by its size"
        ),
        Number("guarantee", 0.5, 0.25, 0.75, SHARE, JUDGEMENT, "distrust overcome by a full guarantee"),
        Number("credulity", 0.5, 0.2, 0.8, SHARE, JUDGEMENT, "how far an inflated promise is believed"),
        Number("temporary_relief", 0.2, 0.1, 0.4, SHARE, JUDGEMENT, "what relief for a pause is worth"),
        Number("one_sender_share", 0.4, 0.2, 0.6, SHARE, JUDGEMENT, "relief that one sender alone can give"),
        Number("wider_agenda", 0.2, 0.1, 0.4, SHARE, JUDGEMENT, "what a wider agenda adds on both sides"),
        Number("face", 0.15, 0.05, 0.3, SHARE, JUDGEMENT, "cost that a paired visible benefit takes away"),
        Number("first_step", 0.2, 0.1, 0.4, POINTS, JUDGEMENT, "what it costs to move first"),
        Number("patience", 18.0, 9.0, 30.0, MONTHS, JUDGEMENT, "how long a stage may lie on the table"),
        Number("walk_out", 0.1, 0.05, 0.2, MONTHLY, JUDGEMENT, "hazard of a walk-out at worst"),
        Number("temper", 1.0, 0.5, 2.0, POINTS, JUDGEMENT, "how bad an offer makes a side walk out"),
        Number(
            "restarting", 0.06, 0.03, 0.12, MONTHLY, JUDGEMENT, "hazard that broken talks are taken up again"
        ),
        Number("calm_enough", 0.4, 0.3, 0.5, SHARE, JUDGEMENT, "tension below which a ceasefire counts"),
        Number("settled_enough", 0.4, 0.3, 0.5, SHARE, JUDGEMENT, "technical work that must precede talks"),
        Number(
            "confidence_gain", 0.4, 0.2, 0.8, "push", "F54", "calm won by a full set of confidence measures"
        ),
        Number("expecting", 1.0, 0.5, 2.0, "push", JUDGEMENT, "expectation raised by announcing all relief"),
        Number("weighing", 0.05, 0.03, 0.08, MONTHLY, "F11", "how often an episode as a whole is weighed"),
        Number("lifting", 0.4, 0.2, 0.6, SHARE, JUDGEMENT, "distrust overcome by giving way entirely"),
        Number("pride", 6.0, 3.0, 9.0, POINTS, JUDGEMENT, "what it costs the resentful to give way"),
        Number("threat_believed", 0.6, 0.4, 0.8, SHARE, "F22", "how far a threat is believed"),
        Number("threat_size", 5.0, 3.0, 7.0, POINTS, JUDGEMENT, "pressure that is threatened"),
        Number("imposing", 0.15, 0.08, 0.3, MONTHLY, "F16", "hazard of carrying out a threat"),
        Number("imposing_cost", 4.5, 3.0, 6.0, POINTS, "F05", "what it takes to carry it out"),
        Number("weariness", 2.0, 1.0, 3.0, POINTS, "F13", "a sender's weariness in the end"),
        Number("weary_after", 48.0, 24.0, 96.0, MONTHS, "F11", "months until half of it"),
        Number(
            "hope_of_success", 0.5, 0.3, 0.7, SHARE, JUDGEMENT, "share of the demand a sender still hopes for"
        ),
    ],
    "compliance": [
        Number(
            "capacity", 0.12, 0.06, 0.25, "depth a month", JUDGEMENT, "how fast a promise can be carried out"
        ),
        Number("reconsidering", 0.12, 0.06, 0.25, MONTHLY, JUDGEMENT, "how often conduct is reconsidered"),
        Number(
            "reports_ahead", 8.0, 4.0, 12.0, "reports", JUDGEMENT, "how many reports a cheat thinks ahead"
        ),
        Number("faking", 0.45, 0.25, 0.65, SHARE, JUDGEMENT, "cost of feigning against doing"),
        Number("standing", 1.0, 0.5, 2.0, POINTS, JUDGEMENT, "what a broken word costs in standing"),
        Number("shame_of_opportunist", 0.6, 0.3, 0.9, TIMES, JUDGEMENT, "the same to an opportunist"),
        Number("break_cost", 1.0, 0.5, 2.0, POINTS, JUDGEMENT, "what it costs besides to break an agreement"),
        Number("delay_cost", 0.4, 0.2, 0.8, POINTS, JUDGEMENT, "what stalling costs"),
        Number("hollow", 0.3, 0.1, 0.5, SHARE, JUDGEMENT, "what remains of feigned conduct"),
        Number("erosion", 0.15, 0.08, 0.3, "depth a month", JUDGEMENT, "how fast conduct is undone"),
        Number("severity_warning", 0.1, 0.05, 0.2, SHARE, JUDGEMENT, "relief a warning is believed to cost"),
        Number("severity_graduated", 0.6, 0.4, 0.8, SHARE, JUDGEMENT, "the same of a graduated response"),
        Number("severity_full", 0.9, 0.8, 1.0, SHARE, JUDGEMENT, "the same of a full snapback"),
        Number("heir_distance", 2.5, 1.0, 4.0, POINTS, JUDGEMENT, "distance of a successor from the promise"),
    ],
    "verification": [
        Number("sees_self_report", 0.02, 0.01, 0.05, "a report", JUDGEMENT, "breaches self-reports show"),
        Number("sees_bilateral", 0.3, 0.15, 0.45, "a report", JUDGEMENT, "breaches the other side finds"),
        Number("sees_third_party", 0.35, 0.2, 0.5, "a report", "F49", "breaches a third party finds"),
        Number("sees_joint", 0.4, 0.25, 0.55, "a report", "F49", "breaches a joint commission finds"),
        Number("sees_tool", 0.5, 0.25, 0.75, "a report", JUDGEMENT, "breaches that many tools find"),
        Number("sees_watchdog", 0.4, 0.2, 0.6, "a report", JUDGEMENT, "breaches that watchdogs find"),
        Number("false_alarm", 0.03, 0.01, 0.08, "a report", JUDGEMENT, "breaches found that are not there"),
        Number("bias_bilateral", 0.04, 0.01, 0.08, "a report", JUDGEMENT, "the same out of a rival's bias"),
        Number("clean_data", 0.5, 0.25, 0.75, SHARE, JUDGEMENT, "false alarms that settled data prevent"),
        Number("measurement_slack", 0.03, 0.02, 0.05, SHARE, JUDGEMENT, "shortfall no one can measure"),
        Number("believing", 0.5, 0.3, 0.8, SHARE, JUDGEMENT, "how far one report is taken in"),
        Number(
            "politics_months", 6.0, 3.0, 12.0, MONTHS, JUDGEMENT, "how long politics takes over a finding"
        ),
        Number("politics_right", 0.6, 0.5, 0.75, SHARE, JUDGEMENT, "how often it comes out right"),
        Number("panel_right", 0.9, 0.8, 0.97, SHARE, JUDGEMENT, "how often a panel does"),
    ],
    "relief": [
        Number("theatre", 0.2, 0.1, 0.4, "push", JUDGEMENT, "suspicion made by abrupt, unexplained relief"),
        Number("clarity", 0.6, 0.4, 0.8, SHARE, JUDGEMENT, "how clear published criteria make the next step"),
        Number("momentum_gain", 1.0, 0.5, 2.0, "push", JUDGEMENT, "momentum of a full step"),
        Number("overdue", 3.0, 2.0, 6.0, MONTHS, JUDGEMENT, "delay after which relief counts as withheld"),
        Number("strikes", 3.0, 2.0, 5.0, "findings", JUDGEMENT, "negative findings that end patience"),
        Number("most_repeats", 6.0, 6.0, 6.0, "times", "convention", "longest loop of one stage"),
        Number("lifting_pace", 0.2, 0.1, 0.4, "level a month", JUDGEMENT, "how fast measures are lifted"),
        Number("coded_full", 0.8, 0.8, 0.8, SHARE, "convention", "demand met that is coded as full"),
        Number("coded_part", 0.4, 0.4, 0.4, SHARE, "convention", "demand met that is coded as partial"),
    ],
    "region": [
        Number("majority", 0.5, 0.5, 0.5, SHARE, "convention", "votes that make a majority"),
        Number("lead_bar", 0.25, 0.25, 0.25, SHARE, "convention", "votes that follow a lead state"),
        Number(
            "consultation", 0.05, 0.02, 0.1, "share a month", JUDGEMENT, "how fast cohesion follows votes"
        ),
        Number("consulting", 0.05, 0.02, 0.1, "share a month", JUDGEMENT, "what unified coordination adds"),
        Number("solidarity", 1.0, 0.5, 2.0, POINTS, JUDGEMENT, "what standing together is worth"),
        Number("pull_of_membership", 2.0, 1.0, 4.0, POINTS, "F18, F19", "pull of a body in full agreement"),
        Number("own_loss_weight", 1.0, 0.5, 2.0, TIMES, JUDGEMENT, "weight of a member's own loss"),
        Number("tiring", 0.02, 0.01, 0.04, "push a month", "F19", "how a coalition tires"),
        Number("rejoining_cost", 2.0, 1.0, 4.0, POINTS, JUDGEMENT, "what it takes to come back"),
        Number(
            "neighbour_sight",
            0.08,
            0.04,
            0.16,
            "push a month",
            JUDGEMENT,
            "normalisation that neighbours see",
        ),
        Number("hedging", 0.05, 0.02, 0.1, "push a month", JUDGEMENT, "how tension makes neighbours hedge"),
        Number("ripple", 0.5, 0.2, 1.0, POINTS, JUDGEMENT, "what normal dealings next door are worth"),
        Number(
            "peace_building", 0.03, 0.015, 0.06, "share a month", JUDGEMENT, "how fast regional peace sets in"
        ),
        Number("owning", 0.01, 0.005, 0.02, "push a month", JUDGEMENT, "ownership that a seat brings"),
        Number("tutelage", 0.03, 0.015, 0.06, "push a month", JUDGEMENT, "resentment of a full sponsor"),
    ],
    "civil society": [
        Number("advocacy", 0.05, 0.02, 0.1, "share a month", JUDGEMENT, "how fast outlooks travel abroad"),
        Number(
            "grieving", 0.03, 0.015, 0.06, "push a month", JUDGEMENT, "how fast grievance grows and heals"
        ),
        Number("stirring", 0.2, 0.1, 0.4, "share a month", JUDGEMENT, "how fast a group finds its voice"),
        Number("mobilising", 0.15, 0.08, 0.3, "push", JUDGEMENT, "hardliners won by a full mobilisation"),
        Number("lobbying", 0.02, 0.01, 0.04, "push a month", JUDGEMENT, "hardliners won over by lobbying"),
        Number("amplifying", 0.04, 0.02, 0.08, "push a month", JUDGEMENT, "heat that media add"),
        Number(
            "relief_work", 0.1, 0.05, 0.2, "push a month", "H03", "hardship that relief agencies take away"
        ),
    ],
    "review": [
        Number("review_step", 0.25, 0.1, 0.5, SHARE, JUDGEMENT, "how much a review changes the step"),
        Number("learning", 0.1, 0.05, 0.2, "push", JUDGEMENT, "experience kept from one review"),
        Number("inertia", 0.7, 0.5, 0.9, SHARE, JUDGEMENT, "sunsets that pass by default renewal"),
        Number(
            "wall", 0.001, 0.001, 0.001, SHARE, "convention", "distance at which a share counts as at a bound"
        ),
    ],
}

_BY_NAME: dict[str, Number] = {number.name: number for group in NUMBERS.values() for number in group}

DTYPE = np.dtype(
    [
        (name, "f8", (SECTORS,)) if isinstance(number.default, tuple) else (name, "f8")
        for name, number in _BY_NAME.items()
    ],
    align=True,
)

MECHANISMS = 121
#: One switch for each mechanism M01-M121 of the seeds: 1.0 on, 0.0 off.
SWITCHES = np.dtype([(f"m{number:02d}", "f8") for number in range(1, MECHANISMS + 1)], align=True)


def number_of(name: str) -> Number:
    """Return the declared number called ``name``.

    Raises
    ------
    InputError
        If there is none; the message names the nearest.
    """
    if name not in _BY_NAME:
        raise InputError(f"parameter '{name}' is not one of the model's numbers{nearest(name, _BY_NAME)}")
    return _BY_NAME[name]


def uncertain_numbers() -> list[Number]:
    """Return the numbers that an experiment draws from their ranges."""
    return [number for number in _BY_NAME.values() if number.is_uncertain]


def defaults(rows: int = 1) -> Any:
    """Return a record array of ``rows`` rows with every number at its default."""
    table = np.zeros(rows, DTYPE).view(np.recarray)
    for name, number in _BY_NAME.items():
        table[name] = number.default
    return table


def checked(name: str, value: float) -> float:
    """Return ``value`` if the number called ``name`` may have it.

    Raises
    ------
    InputError
        If it is not a finite number within the declared range.
    """
    number = number_of(name)
    if isinstance(number.default, tuple):
        raise InputError(f"parameter '{name}' is a table of weights and cannot be drawn")
    if not number.low <= value <= number.high:
        raise InputError(
            f"parameter '{name}' is {value:g}; allowed is {number.low:g} to {number.high:g} {number.unit}"
        )
    return float(value)


def switches_without(mechanisms: list[str] | tuple[str, ...] = ()) -> Any:
    """Return the switches, all on but for the named ``mechanisms`` (such as ``"M14"``).

    Raises
    ------
    InputError
        If a name is not one of M01 to M121.
    """
    row = np.ones(1, SWITCHES).view(np.recarray)
    for mechanism in mechanisms:
        name = mechanism.lower()
        if name not in (SWITCHES.names or ()):
            raise InputError(f"mechanism '{mechanism}' is not one of M01 to M{MECHANISMS}")
        row[name] = 0.0
    return row


class Parameters:
    """The model's numbers as tables for experiments."""

    @staticmethod
    def table() -> Any:
        """Return a DataFrame, one row a number: default, low, high, unit, source, meaning, uncertain, file."""
        import pandas as pd

        rows = [
            {**number._asdict(), "uncertain": number.is_uncertain, "file": group}
            for group, numbers in NUMBERS.items()
            for number in numbers
        ]
        return pd.DataFrame(rows).set_index("name")
