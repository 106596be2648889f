"""A strategy as the month reads it: one header row, its stages and its rules as rows.

strategy.py makes these rows from a text file; here stands only what they hold. Every dimension
D01-D46 of the seeds is a column, or is said by how stages are ordered and filled.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from model.records import FLOAT, WHOLE, Column, blank, count, flag, index, number, share, word
from model.vocabulary import MILESTONES, SECTORS
from model.world import TRACKS

HEADERS = [
    word("first_mover", "FirstMover", "who moves first (D01)"),
    word("pressure_phase", "PressurePhase", "what comes before relief (D02)"),
    share("pressure_level", "level that measures are brought to in that phase (D02)"),
    count("pressure_months", "how long it lasts before talks open (D02)"),
    flag("pressure_beside", "whether talks go on beside it instead of waiting for its end (D02)"),
    count("pressure_begins", "month in which pressure beside the talks begins (D02)"),
    word("criteria", "Criteria", "how clear the criteria are (D14)"),
    word("track", "Track", "which talks carry the process (D22)"),
    word("channel_timing", "ChannelTiming", "when the back channel opens (D23)"),
    flag("keep_channel", "whether it is kept open after breakdown and after the deal (D23)"),
    share("envoy", "rank of the envoys: 0 officials, 1 those who speak for the leader (M12)"),
    share("red_lines", "how plainly one's own red lines are stated in public (M27)"),
    share("rehearsals", "how far decision rights at home are agreed and rehearsed (M34)"),
    share("secrecy", "how closely the back channel is held (D24)"),
    count("secrecy_months", "longest secrecy; 0 for without limit (D24)"),
    count("insiders", "people told from the start (D24)"),
    word("memorandum", "Extent", "how far a memorandum on the channel reaches (D25)"),
    word("disclosure", "Disclosure", "when the channel is told of (D26)"),
    share("disclosure_depth", "how much is told (D26)"),
    word("oversight", "Oversight", "who watches over secrecy at home (D27)"),
    count("oversight_every", "months between briefings or audits (D27)"),
    word("cadence", "Cadence", "how often success is announced (D28)"),
    word("business", "Seat", "seat of business (D29)"),
    word("civil_society", "Seat", "seat of civil society (D29)"),
    word("communities", "Seat", "seat of affected communities (D29)"),
    count("entry_stage", "stages behind before those outside government take their seats (D29)"),
    word("coordination", "Coordination", "how senders act together (D30)"),
    word("release_rule", "DecisionRule", "whose consent releases relief (D30)"),
    flag("synchronised", "whether senders release in the same month (D30)"),
    word("regional_role", "RegionalRole", "what the region's body does (D31)"),
    share("sponsor", "sponsor's intensity at the start (D32)"),
    share("sponsor_final", "its intensity in the end (D32)"),
    count("sponsor_months", "months until it is reached (D32)"),
    word("taper", "Taper", "how the sponsor leaves (D32)"),
    flag("guarantee", "whether the sponsor guarantees against default (D32)"),
    word("humanitarian", "Humanitarian", "how civilians are protected (D33)"),
    share("openings", "openings per penalty (D34)"),
    share("pause_relief", "temporary relief for a pause in hostilities (D35)"),
    count("pause_months", "longest time it lasts; 0 for as long as the pause (D35)"),
    flag("ceasefire_first", "whether calm is a precondition of talks (D35)"),
    word("technical_track", "TechnicalTrack", "specialists' work apart from politics (D36)"),
    flag("regulators", "whether regulators and line ministries sit in it (D36)"),
    word("dispute_handling", "DisputeHandling", "who settles disputed findings (D37)"),
    count("dispute_deadline", "months within which (D37)"),
    word("redress", "Redress", "who can claim on default (D38)"),
    word("setback", "Setback", "how setbacks are told (D39)"),
    word("learning", "Learning", "when lessons are drawn (D40)"),
    word("electoral_timing", "ElectoralTiming", "how elections are treated (D41)"),
    count("electoral_window", "months around an election (D41)"),
    word("issue_scope", "IssueScope", "how much is on the agenda (D42)"),
    count("neighbours", "what is done for those next door, one bit each (D43)"),
    word("enforcement", "Enforcement", "enforcement while relief flows (D44)"),
    share("domination", "framing: leverage (0) to domination (1) (D45)"),
    flag("targeted", "whether measures are aimed at elites rather than at all (D45)"),
    flag("common_security", "whether a common security story is told (D45)"),
    flag("dashboard", "whether progress and findings are published as they come (M87)"),
    number("promise", "multiple of what will be delivered", "relief that is promised (D46)"),
    word("adaptivity", "Adaptivity", "how far the script may change (D20)"),
    count("review_every", "months between reviews; 0 for none (D19)"),
    count("sunset", "months after which relief lapses unless renewed; 0 for none (D19)"),
    word("renewal", "Renewal", "what happens when nobody decides (D19)"),
    count("handover", "stages after which ownership passes to the region; 0 for never"),
    index("first_stage", "first of its stages"),
    count("stages", "how many stages"),
    index("first_rule", "first of its rules"),
    count("rules", "how many rules"),
    count("tracks", "how many tracks"),
    Column("track_stages", WHOLE, TRACKS, "count", 0, 1e9, "stages on each track", ""),
    Column("track_first", WHOLE, TRACKS, "row", -1, 1e9, "first stage of each track", ""),
]

STAGES = [
    count("track", "which track"),
    share("relief", "share of each sender's measures given back, by sector", shape=SECTORS),
    share("later", "share that later stages of the track give back, by sector", shape=SECTORS),
    share("asks", "depth of each milestone that this stage must reach", shape=MILESTONES),
    share("reform", "share of what it asks that is reform of government at home"),
    count("confidence", "confidence measures, one bit each (D10-D12)"),
    share("confidence_depth", "depth of the deepest of them, as a share of the ladder"),
    count("confidence_steps", "how many of them"),
    count("dwell", "least months before the next stage (D21)"),
    count("deadline", "months to perform before the stage counts as failed"),
    word("release", "Release", "when relief is released (D05)"),
    flag("paired", "whether each restraint is paired with a visible benefit (D06)"),
    flag("escrow", "whether relief is put into escrow until the end (D08)"),
    flag("pilot", "whether the stage is a pilot in a limited domain (D09)"),
    word("announce", "Announcement", "when it is announced (D28)"),
    word("verifier", "Verifier", "who verifies (D15)"),
    count("verifiers", "how many (D15)"),
    count("tools", "with which tools, one bit each (D15)"),
    count("interval", "months between reports (D16)"),
    share("tolerance", "shortfall that still passes (D17)"),
    flag("second_look", "whether a negative finding is looked at again (D17)"),
    count("grace", "months before a negative finding counts (D17)"),
    count("consecutive", "negative findings in a row that count as failure (D17)"),
    word("response", "Response", "what follows failure (D18)"),
    word("reach", "Reach", "how far it reaches (D18)"),
    count("speed", "months until it is in force (D18)"),
    count("expires", "months after which relief lapses unless earned again; 0 for none"),
    share("until_trust", "repeat until trust exceeds this; 0 for no loop"),
    count("only_sender", "1 + row of the state that alone gives this relief; 0 for all senders"),
]

RULES = [
    word("when", "When", "what it waits for"),
    Column("threshold", FLOAT, 1, "as the condition says", 0, 1e9, "how much", ""),
    count("within", "months looked back or ahead"),
    word("then", "Then", "what is done"),
    Column("amount", FLOAT, 1, "months, stages or share", 0, 1e9, "how much", ""),
    Column("sectors", WHOLE, 1, "bits", 0, 63, "which sectors, one bit each", ""),
]


class Plans(NamedTuple):
    """The strategies of an ensemble, stacked: a header knows where its stages and rules begin."""

    headers: Any
    stages: Any
    rules: Any


def blank_plans(headers: int, stages: int, rules: int) -> Plans:
    """Return plans with the given number of rows, all zero."""
    return Plans(blank(HEADERS, headers), blank(STAGES, stages), blank(RULES, rules))
