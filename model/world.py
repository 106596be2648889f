"""The world as columns: every column of state with its shape, unit, range, meaning and movers.

A world is a handful of tables, one row an actor, a tie or a dispute. Agents are windows on rows;
phases are the only thing that writes here. A column without a mover is set by the scenario and stays.

One unit of account runs through the model: the **point**, one per cent of a year's output of the state
in question, per year, or the political equivalent that its government would trade for it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from model.records import (
    FLOAT,
    Column,
    blank,
    count,
    flag,
    index,
    luck,
    month,
    number,
    points,
    share,
    word,
)
from model.tallies import SEEN, TALLIES
from model.vocabulary import MILESTONES, SECTORS

#: How many tracks with clocks of their own a strategy may run side by side.
TRACKS = 4

STATES = [
    luck(),
    share("accountability", "how far the leader answers to a public that can remove him"),
    share("coherence", "how far ministries keep one line under stress"),
    share("support_base", "support at which the leader starts and to which it drifts back"),
    share("hardliner_base", "share of hardliners in quiet times"),
    share("exposure", "share of output that hangs on foreign trade, by sector", shape=SECTORS),
    number("size", "trillion US dollars a year", "gross domestic product"),
    index("first_trade", "first of this state's trade ties"),
    count("trade_ties", "how many trade ties it has"),
    month("next_election", "month of the next regular election; -1 where there is none", "shocks, turnover"),
    month("last_election", "month of the last election", "turnover"),
    count("term", "months between regular elections; 0 where there is none"),
    month("leader_since", "month in which the present leader took office", "turnover"),
    number("output", "multiple of the output without sanctions", "real output", "shocks, economy"),
    share("hardship", "civilian hardship", "economy, civil society"),
    share("elite_pain", "pain of those close to the leader", "economy"),
    share("access", "everyday access to goods, medicine and travel that measures would deny", "economy"),
    points("loss", "output lost to others' or one's own measures and to their spillover", "pressure"),
    points("spill", "loss that arrives over the trade layer this month", "pressure"),
    points("gain", "output regained through relief that is felt", "economy, region"),
    share("support", "public support of the leader", "shocks, turnover, domestic, secrecy, civil society"),
    share(
        "legitimacy",
        "legitimacy of the process in the eyes of the public",
        "legitimacy, secrecy, contingency",
    ),
    share("suspicion", "belief that something is hidden", "legitimacy, secrecy, relief, contingency"),
    share(
        "expectation",
        "relief the public has been led to expect, as a share of the pressure",
        "pressure, domestic, bargaining, relief",
    ),
    share(
        "hardliners",
        "share of political weight held by those against any deal",
        "shocks, domestic, civil society",
    ),
    share("resentment", "resentment of outside tutelage", "domestic, region"),
    share("ownership", "sense that the process is one's own", "region"),
    share("rhetoric", "heat of public language", "legitimacy, civil society"),
    index("side", "party row in the dispute at hand; -1 where it has no part", "coalition, civil society"),
    share("engagement", "how far a neighbour or ally has taken up normal dealings with the target", "region"),
]

BODIES = [
    luck(),
    word("kind", "BodyKind", "what kind of body"),
    word("rule", "DecisionRule", "how it decides"),
    share("pull", "what membership is worth to a member, as a share of what a dispute is worth"),
    share("can_host", "capacity to host talks"),
    share("can_evaluate", "capacity to evaluate conduct"),
    share("can_sponsor", "capacity to sponsor and guarantee"),
    share("cohesion", "how closely members keep to a common line", "coalition"),
    number("votes", "votes", "votes of senders in the dispute at hand", "coalition"),
    number("in_favour", "votes", "votes of those that keep their measures", "coalition"),
    count("common_lines", "disputes on which it holds a common line, one bit each", "coalition"),
]

MEDIATORS = [
    luck(),
    word("kind", "MediatorKind", "what kind of mediator"),
    index("home", "state it belongs to; -1 where none"),
    share("skill", "skill in finding packages both sides can live with"),
    share("discretion", "how well it keeps a secret"),
    Column("bias", FLOAT, 1, "share", -1.0, 1.0, "leaning: -1 with the senders, 1 with the target", ""),
    count("capacity", "channels it can keep at once"),
    share("credibility", "standing as a carrier of true messages", "trust"),
    count("busy", "channels it keeps now", "channels, secrecy, contingency"),
]

CIVIL = [
    luck(),
    word("kind", "CivilKind", "what kind of civil society"),
    share("access_base", "access it has before a strategy grants more"),
    share("voice", "how loudly it is heard this month", "civil society"),
    share("grievance", "harm it holds against the process", "civil society"),
    share("trust_in_government", "trust in its own government", "civil society"),
    share("outlook", "how far it believes that the settlement serves its cause", "civil society"),
    count("aggrieved", "months on end that its grievance has been open", "ledger"),
]

PARTIES = [
    luck(),
    index("state", "which state"),
    index("dispute", "which dispute"),
    word("role", "Role", "what it is to the dispute"),
    index("veto_of", "party whose moves it can block; -1 unless a veto player"),
    index("trade_tie", "the target's trade tie with this state"),
    index("tie_to", "this party's trust tie to its counterpart"),
    index("tie_from", "the counterpart's trust tie to this party"),
    share("prior", "prior chance of each hidden character", shape=3),
    number("noise", "points", "how noisily it decides"),
    points("stake", "what a spoiler or bystander stands to lose by a settlement"),
    number("weight", "multiple", "how much more or less than the lead it values what is asked"),
    share("veto", "share of the relief that needs this veto player's consent"),
    share("secondary", "how far its measures bind third parties"),
    share("enforcement", "how well its measures are enforced while no relief flows"),
    word("character", "Character", "hidden type", "turnover"),
    flag("member", "whether it takes part (for senders: keeps its measures in force)", "episode, coalition"),
    share(
        "imposed",
        "legal level of its measures before relief, by sector",
        "shocks, episode, contingency",
        SECTORS,
    ),
    share(
        "relieved",
        "legal level given up as relief, by sector",
        "reversal, relief, easing, contingency, review",
        SECTORS,
    ),
    share(
        "temporary",
        "part of that given up only while a pause holds, by sector",
        "reversal, easing, contingency, review",
        SECTORS,
    ),
    number(
        "misreading",
        "points",
        "standard deviation of its reading of the other's red line",
        "shocks, channels, secrecy, episode, confidence, verification",
    ),
    number("red_line", "points", "private reserve against conceding", "turnover"),
    share("threat", "how threatened it feels by the other side", "shocks, confidence"),
    flag("heir", "whether the promise was made by a predecessor", "turnover"),
    share("fatigue", "weariness with the coalition's costs", "coalition"),
    count("withheld", "months it has held back relief that was due", "relief"),
    flag(
        "delivering", "whether it would deliver relief this month (a veto player: let it pass)", "compliance"
    ),
]

DISPUTES = [
    luck(),
    index("first_party", "first of its parties"),
    count("parties", "how many parties"),
    index("target", "the target's party row"),
    index("lead", "the lead sender's party row; the other senders' rows follow it, then the veto players'"),
    count("senders", "how many senders, the lead among them"),
    count("deciders", "how many senders and veto players"),
    index("target_state", "the target's state row"),
    index("lead_state", "the lead sender's state row"),
    index("first_channel", "first of its possible back channels"),
    count("channels", "how many possible back channels"),
    index("body", "regional body concerned with it"),
    index("verifier", "body whose inspectors verify"),
    flag("io_backed", "whether an international organisation has called for the measures"),
    index("plan", "strategy in force, a row of the plans"),
    share("asked", "depth of each milestone that the senders demand in the end", shape=MILESTONES),
    points("cost", "what full depth of a milestone costs the target", shape=MILESTONES),
    points("worth", "what full depth of a milestone is worth to the lead sender", shape=MILESTONES),
    number("difficulty", "multiple of the usual effort", "how hard it is to carry out", shape=MILESTONES),
    share("verifiability", "how plainly conduct shows", shape=MILESTONES),
    share("salience", "how much attention it commands at home"),
    share("commitment", "how firmly the senders have bound themselves to their threat"),
    share("enforced_peace", "how far incidents are restrained by standing arrangements", "region"),
    word("status", "DisputeStatus", "where the sanctions episode stands", "episode"),
    month("threatened_at", "month of the first threat", ""),
    month("imposed_at", "month of the first measures", "episode"),
    month("ended_at", "month in which the episode ended", "episode, stages"),
    word("ending", "Ending", "how it ended", "episode, stages"),
    share("tension", "danger of violence", "shocks, bargaining, confidence, reversal"),
    points("felt", "pressure that the target feels, by sector", "pressure", SECTORS),
    points("unrelieved", "pressure it would feel had no relief been given, by sector", "pressure", SECTORS),
    share(
        "diverted", "share of sanctioned trade that has found third states, by sector", "pressure", SECTORS
    ),
    share("agreed", "depth of each milestone promised so far", "episode, bargaining, reversal", MILESTONES),
    share("done", "true depth of each milestone", "compliance", MILESTONES),
    share("reported", "depth that the target reports", "compliance", MILESTONES),
    share("observed", "depth that the senders believe in", "verification", MILESTONES),
    word("conduct", "Conduct", "what the target does about its promises", "episode, compliance, reversal"),
    share("publicity", "how public the matter on the table is", "secrecy, contingency"),
    share(
        "attention",
        "attention left over from a leak or an announcement",
        "secrecy, bargaining, verification, relief, contingency",
    ),
    share("uncertainty", "how unclear the next month looks to those on the ground", "shocks"),
    share("momentum", "recent visible progress", "shocks, relief"),
    share("lessons", "experience drawn into the next step", "bargaining, stages, review"),
    number("step_scale", "multiple", "size of the next step against the script", "contingency, review"),
    flag("hotline", "whether a hotline stands", "confidence, contingency"),
    count("measures", "confidence measures that stand, one bit each", "confidence"),
    share("shared_data", "quality of the data that both sides share", "confidence, region"),
    share("linkage", "standing cooperation in other fields", "stages"),
    share("backing", "how far partners make good what the target is denied", "region"),
    share("local", "weight of local tracks that run beside the centre", "channels"),
    share("exposed", "how much of past channels has been told in public", "secrecy, contingency"),
    share("risk", "price of uncertainty to those who would trade and invest", "pressure, civil society"),
    share("step_taken", "size of the last release, fading", "relief"),
    share("technical", "how far specialists have settled the details", "channels"),
    share("confidence", "standing of completed confidence-building measures", "confidence"),
    share("sponsor", "intensity of outside sponsorship now", "region"),
    share("watch", "how closely civil society watches conduct", "civil society"),
    flag("agreement", "whether a concluded agreement is alive", "episode, bargaining, stages, reversal"),
    month("agreement_at", "month it was concluded", "episode, stages"),
    month("agreement_ended_at", "month it died; -1 while alive", "bargaining, stages, reversal"),
    flag("yielded", "whether the target gave way without a negotiated package", "episode, reversal"),
    word("cause", "Cause", "why the process last broke", "bargaining, stages, reversal"),
    month("last_leak", "month of the last leak", "secrecy"),
    month("last_incident", "month of the last incident", "shocks"),
    month("last_blow", "month of the last blow to the target's economy", "shocks"),
    month("last_reversal", "month relief was last taken back", "reversal, contingency, review"),
    month("truce_until", "month until which relief for a pause runs; -1 for none", "easing"),
    month("last_attack", "month of the last spoiler attack", "shocks"),
    month("last_turnover", "month a principal's leader last changed", "turnover"),
    month("last_false_alarm", "month of the last false alarm", "verification"),
    month("last_defection", "month a sender last left", "coalition"),
    month("last_sponsor_exit", "month the sponsor left", "region"),
    month("last_progress", "month of the last step forward", "episode, bargaining, stages, relief"),
    count("violations", "negative findings since the last clean slate", "verification, stages, review"),
]

PROCESSES = [
    luck(),
    index("dispute", "which dispute"),
    count("track", "which track of the strategy"),
    word(
        "standing",
        "Standing",
        "where the track stands",
        "episode, bargaining, stages, reversal, relief, contingency",
    ),
    count("stage", "how many stages of the track lie behind", "stages"),
    month(
        "since",
        "month since which it stands so",
        "episode, bargaining, stages, reversal, relief, contingency",
    ),
    month("agreed_at", "month the stage on the table was agreed", "bargaining"),
    month("released_at", "month its relief was released", "relief"),
    month("paused_until", "month at which a pause ends", "reversal, contingency"),
    count("positives", "positive reports in a row", "bargaining, verification"),
    count("negatives", "negative reports in a row", "bargaining, verification, reversal"),
    count("repeats", "how often the stage has been repeated", "stages"),
    flag("disputed", "whether a finding is in dispute", "bargaining, verification, reversal"),
    month("disputed_since", "month the finding was disputed", "verification"),
    count("restarts", "how often talks were taken up again", "bargaining"),
    count(
        "failing",
        "months for which the record has called for a response",
        "bargaining, verification, stages, reversal, relief",
    ),
]

CHANNELS = [
    luck(),
    index("dispute", "which dispute"),
    index("mediator", "which mediator keeps it"),
    index("tie_target", "the target's trust tie to the mediator"),
    index("tie_lead", "the lead sender's trust tie to the mediator"),
    share("access_target", "the mediator's access to the target"),
    share("access_lead", "the mediator's access to the lead sender"),
    flag("open", "whether it is open", "channels, secrecy, contingency"),
    month("opened_at", "month it opened", "channels, contingency"),
    count("insiders", "people who know of it", "channels, contingency"),
    share("trust_target", "the target's trust in it", "channels, secrecy"),
    share("trust_lead", "the lead sender's trust in it", "channels, secrecy"),
    flag("known", "whether the public knows of it", "channels, secrecy, contingency"),
    count("meetings", "meetings held", "channels"),
    month("met_at", "month of the last meeting", "channels"),
]

TRUST = [
    share(
        "belief",
        "belief that the other keeps its word",
        "shocks, channels, secrecy, trust, confidence, verification, reversal, relief, contingency, review",
    ),
    number(
        "evidence",
        "promises' worth of experience",
        "weight behind that belief",
        "shocks, channels, secrecy, trust, confidence, verification, reversal, relief, contingency, review",
    ),
]

LEDGER = [
    Column("month", "i8", 1, "month", 0.0, np.inf, "when", "every phase"),
    word("event", "Event", "what", "every phase"),
    index("dispute", "in which dispute", "every phase"),
    index("who", "actor who acted", "every phase"),
    index("whom", "actor it concerned", "every phase"),
    Column(
        "subject", "i8", 1, "row or word", -1.0, np.inf, "sector, stage, milestone, rule ...", "every phase"
    ),
    Column("amount", FLOAT, 1, "as the event says", -np.inf, np.inf, "how much", "every phase"),
    Column("why", "i8", 1, "word", -1.0, np.inf, "cause or reason, as the event says", "every phase"),
]


class World(NamedTuple):
    """All tables of one simulated world; the phases write into them in place."""

    states: Any
    bodies: Any
    mediators: Any
    civil: Any
    parties: Any
    disputes: Any
    processes: Any
    channels: Any
    trust: Any
    tallies: Any
    ledger: Any
    seen: Any

    @property
    def written(self) -> int:
        """How many events the ledger holds."""
        return int(self.seen[-1].written)


#: The columns of each table of a world, by the table's name.
TABLES: dict[str, list[Column]] = {
    "states": STATES,
    "bodies": BODIES,
    "mediators": MEDIATORS,
    "civil": CIVIL,
    "parties": PARTIES,
    "disputes": DISPUTES,
    "processes": PROCESSES,
    "channels": CHANNELS,
    "trust": TRUST,
    "tallies": TALLIES,
    "ledger": LEDGER,
    "seen": SEEN,
}


def blank_world(rows: dict[str, int]) -> World:
    """Return a world with the given number of rows in each table, all zero, in which nothing has happened.

    Parameters
    ----------
    rows : dict of str to int
        Rows by table name; a table left out has none. Events are counted for every dispute, and for none.
    """
    rows = {**rows, "seen": rows.get("disputes", 0) + 1}
    world = World(**{name: blank(columns, rows.get(name, 0)) for name, columns in TABLES.items()})
    world.seen.latest = -1
    return world


def copy_of(world: World) -> World:
    """Return an independent copy of ``world``."""
    return World(*(table.copy() for table in world))
