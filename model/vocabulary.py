"""The words of the model: who acts, over what, in which step, and what is written down.

Every enumeration is spelt in a file as its member's name in lower case with hyphens
(``Sector.ESSENTIAL`` is ``essential``); the numbers are what the compiled month sees.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

Word = TypeVar("Word", bound=IntEnum)
#: Where the package and the files that come with it lie on this machine.
PACKAGE = Path(__file__).parent


class InputError(ValueError):
    """A user's mistake, told in one sentence: what is wrong, where, and what is allowed."""


def word_of(member: IntEnum) -> str:
    """Return the spelling of ``member`` in scenario and strategy files."""
    return member.name.lower().replace("_", "-")


@cache
def words_of(vocabulary: type[IntEnum]) -> tuple[str, ...]:
    """Return every spelling that ``vocabulary`` allows, in its own order."""
    return tuple(word_of(member) for member in vocabulary)


def label_of_file(path: Path) -> str:
    """Return how messages name a file: one that comes with the package without where that lies."""
    return path.relative_to(PACKAGE).as_posix() if path.is_relative_to(PACKAGE) else str(path)


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Return a hint at the allowed word closest to ``name``, or nothing where none is close."""
    close = difflib.get_close_matches(name, list(allowed), n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""


def member_of[Word: IntEnum](vocabulary: type[Word], name: str) -> Word:
    """Return the member of ``vocabulary`` that is spelt ``name``.

    Raises
    ------
    InputError
        If no member is spelt so; the message lists the allowed words.
    """
    allowed = words_of(vocabulary)
    for member, word in zip(vocabulary, allowed, strict=True):
        if word == name:
            return member
    raise InputError(f"'{name}' is not one of {', '.join(allowed)}{nearest(name, allowed)}")


class Kind(IntEnum):
    """The four kinds of agent; actors are numbered in this order."""

    STATE = 0
    BODY = 1
    MEDIATOR = 2
    CIVIL_SOCIETY = 3


class Role(IntEnum):
    """What a state is to a dispute."""

    TARGET = 0
    LEAD_SENDER = 1
    SENDER = 2
    VETO_PLAYER = 3
    ALLY = 4
    NEIGHBOUR = 5
    SPOILER = 6
    BYSTANDER = 7


class Character(IntEnum):
    """The hidden type of a party. A sender is sincere (means to deliver) or opportunist (may not)."""

    SINCERE = 0
    OPPORTUNIST = 1
    HARDLINE = 2


class BodyKind(IntEnum):
    """What kind of regional or international body."""

    REGIONAL_ORGANISATION = 0
    INTERNATIONAL_ORGANISATION = 1
    COALITION = 2
    VERIFIER = 3


class DecisionRule(IntEnum):
    """How a body, or a coalition of senders, comes to a common decision."""

    UNANIMITY = 0
    MAJORITY = 1
    LEAD = 2


class MediatorKind(IntEnum):
    """Who carries messages."""

    NEUTRAL_STATE = 0
    FORMER_OFFICIAL = 1
    ENVOY = 2
    PRIVATE = 3
    GUARANTOR = 4


class CivilKind(IntEnum):
    """What kind of civil society."""

    WATCHDOG = 0
    BUSINESS = 1
    COMMUNITY = 2
    MEDIA = 3
    HUMANITARIAN = 4
    OPPOSITION = 5
    HARDLINE_MOVEMENT = 6
    DIASPORA = 7


class Sector(IntEnum):
    """Where sanctions bite."""

    ENERGY = 0
    FINANCE = 1
    TECHNOLOGY = 2
    ESSENTIAL = 3
    ARMS = 4
    TRAVEL = 5


SECTORS = len(Sector)


class Milestone(IntEnum):
    """What a sender may ask of a target (D13)."""

    DISARMAMENT = 0
    TEST_HALT = 1
    INSPECTIONS = 2
    FINANCIAL_TRANSPARENCY = 3
    RIGHTS = 4
    RULE_OF_LAW = 5
    PRESS_FREEDOM = 6
    JUDICIAL_INDEPENDENCE = 7
    HUMANITARIAN_DELIVERIES = 8
    CEASEFIRE = 9
    WITHDRAWAL = 10


MILESTONES = len(Milestone)
#: Milestones that reform government at home rather than limit arms or violence.
REFORMS = (
    Milestone.FINANCIAL_TRANSPARENCY,
    Milestone.RIGHTS,
    Milestone.RULE_OF_LAW,
    Milestone.PRESS_FREEDOM,
    Milestone.JUDICIAL_INDEPENDENCE,
)


class Confidence(IntEnum):
    """Confidence-building measures (D11), from shallow to deep."""

    ACADEMIC_EXCHANGE = 0
    HUMANITARIAN_CORRIDOR = 1
    LIMITED_FINANCE = 2
    TECHNICAL_WORKSHOP = 3
    COMMON_STANDARDS = 4
    INFORMATION_PROTOCOL = 5
    HOTLINE = 6
    JOINT_RISK_ASSESSMENT = 7
    CYBER_NORMS = 8
    COUNTER_TERRORISM = 9
    SYNCHRONISED_ENFORCEMENT = 10
    TACTICAL_PAUSE = 11
    JOINT_COMMITTEE = 12
    MILITARY_DATA = 13
    STOCKPILE_DECLARATION = 14
    INSPECTION = 15


CONFIDENCE_MEASURES = len(Confidence)
#: The bit by which a row of confidence measures says that one of them is there.
ACADEMIC_BIT = 1 << int(Confidence.ACADEMIC_EXCHANGE)
CORRIDOR_BIT = 1 << int(Confidence.HUMANITARIAN_CORRIDOR)
FINANCE_BIT = 1 << int(Confidence.LIMITED_FINANCE)
WORKSHOP_BIT = 1 << int(Confidence.TECHNICAL_WORKSHOP)
STANDARDS_BIT = 1 << int(Confidence.COMMON_STANDARDS)
PROTOCOL_BIT = 1 << int(Confidence.INFORMATION_PROTOCOL)
HOTLINE_BIT = 1 << int(Confidence.HOTLINE)
RISK_BIT = 1 << int(Confidence.JOINT_RISK_ASSESSMENT)
CYBER_BIT = 1 << int(Confidence.CYBER_NORMS)
TERRORISM_BIT = 1 << int(Confidence.COUNTER_TERRORISM)
PATROL_BIT = 1 << int(Confidence.SYNCHRONISED_ENFORCEMENT)
PAUSE_BIT = 1 << int(Confidence.TACTICAL_PAUSE)
COMMITTEE_BIT = 1 << int(Confidence.JOINT_COMMITTEE)
MILITARY_BIT = 1 << int(Confidence.MILITARY_DATA)
STOCKPILE_BIT = 1 << int(Confidence.STOCKPILE_DECLARATION)
INSPECTION_BIT = 1 << int(Confidence.INSPECTION)


class DisputeStatus(IntEnum):
    """Where a sanctions episode stands."""

    THREATENED = 0
    IMPOSED = 1
    ENDED = 2


class Ending(IntEnum):
    """How a sanctions episode ended, as a coder of cases would record it."""

    ONGOING = 0
    YIELDED_TO_THREAT = 1
    THREAT_DROPPED = 2
    ACQUIESCED_FULLY = 3
    ACQUIESCED_PARTLY = 4
    NEGOTIATED = 5
    SENDER_GAVE_UP = 6
    STALEMATE = 7


class Standing(IntEnum):
    """Where one track of a strategy stands in a dispute."""

    WAITING = 0
    TABLED = 1
    PERFORMING = 2
    DWELLING = 3
    PAUSED = 4
    BROKEN = 5
    CONCLUDED = 6


class Conduct(IntEnum):
    """What a target does about what it has promised."""

    COMPLYING = 0
    SHAMMING = 1
    STALLING = 2
    DEFYING = 3


class Cause(IntEnum):
    """Why a process broke, kept so that a run can be labelled by what ended it."""

    NONE = 0
    NEVER_STARTED = 1
    STALLED = 2
    LEAK = 3
    NOISE = 4
    SPOILER = 5
    TURNOVER = 6
    SHOCK = 7
    SPONSOR_EXIT = 8
    BLOC_FRACTURE = 9
    CHEATING = 10
    REFUSAL = 11
    DEFIANCE = 12


class Label(IntEnum):
    """How a run is labelled; labels.LABELS says what each means."""

    SETTLED_AND_DURABLE = 0
    SETTLED_BUT_SHAM = 1
    NEVER_STARTED = 2
    STALLED = 3
    LEAKED_TO_DEATH = 4
    REVERSED_BY_NOISE = 5
    KILLED_BY_SPOILER = 6
    KILLED_BY_TURNOVER = 7
    KILLED_BY_SHOCK = 8
    SPONSOR_EXIT = 9
    BLOC_FRACTURE = 10
    CAUGHT_CHEATING = 11
    WALKED_OUT = 12
    TARGET_YIELDED = 13
    SENDER_GAVE_UP = 14


class Event(IntEnum):
    """What the ledger can say."""

    THREAT = 0
    IMPOSITION = 1
    TIGHTENING = 2
    CHANNEL_OPENED = 3
    CHANNEL_CLOSED = 4
    MEETING = 5
    LEAK = 6
    DISCLOSURE = 7
    TALKS_OPENED = 8
    TABLED = 9
    REFUSED = 10
    AGREED = 11
    WALKED_OUT = 12
    CONFIDENCE_STEP = 13
    CONDUCT_CHANGED = 14
    REPORT_POSITIVE = 15
    REPORT_NEGATIVE = 16
    DISPUTED = 17
    DISPUTE_SETTLED = 18
    RELIEF = 19
    WITHHELD = 20
    RELIEF_EXPIRED = 21
    STEPPED_BACK = 22
    SNAPPED_BACK = 23
    PAUSED = 24
    RESUMED = 25
    CONCLUDED = 26
    BROKEN = 27
    YIELDED = 28
    GAVE_UP = 29
    ENDED = 30
    ELECTION = 31
    LEADER_CHANGED = 32
    INCIDENT = 33
    ESCALATION = 34
    SPOILER_ATTACK = 35
    ECONOMIC_SHOCK = 36
    JOINED = 37
    LEFT = 38
    COMMON_LINE = 39
    NEIGHBOUR_ENGAGED = 40
    SPONSOR_EXITED = 41
    MOBILISED = 42
    REVIEWED = 43
    RULE_FIRED = 44
    HANDED_OVER = 45
    VETOED = 46
    RATIFIED = 47
    RUMOUR = 48
    TRUCE = 49
    REOPENED = 50
    MIXED_SIGNALS = 51
    RETALIATION = 52
    LOCAL_TRACK = 53
    LEARNED = 54


EVENTS = len(Event)


class Stream(IntEnum):
    """Who owns a draw: one stream for each thing that chance decides.

    The number is part of every draw's name, so it stays what it is when others come or go.
    """

    CHARACTER = 0
    RED_LINE = 1
    INCIDENT = 2
    ECONOMIC_SHOCK = 3
    ELECTION = 4
    IRREGULAR_EXIT = 5
    SUCCESSOR = 6
    SPOILER = 7
    ESCALATION = 8
    CHANNEL_OPENING = 9
    MEETING = 10
    LEAK = 11
    CHANNEL_CLOSING = 12
    TARGET_READING = 13
    SENDER_READING = 14
    TARGET_ANSWER = 15
    SENDER_ANSWER = 16
    BRIDGE = 17
    WALK_OUT = 18
    RECONSIDERATION = 19
    CONDUCT = 20
    DELIVERY = 21
    VETO = 22
    VERIFICATION = 23
    SECOND_LOOK = 24
    PANEL = 25
    RESPONSE = 26
    COALITION = 27
    MOBILISATION = 29
    IMPOSITION = 31
    YIELDING = 32
    GIVING_UP = 33
    RESTART = 34
    REVIEW = 35
    DISPUTE = 36
    RUMOUR = 37
    MIXED_SIGNALS = 38
    RETALIATION = 40


# The words of a strategy file (D01-D46).


class Track(IntEnum):
    """Which talks carry the process (D22)."""

    PUBLIC = 0
    PRIVATE = 1
    DUAL = 2
    PRIVATE_THEN_PUBLIC = 3


class ChannelTiming(IntEnum):
    """When the back channel opens (D23)."""

    BEFORE_PRESSURE = 0
    DURING_PRESSURE = 1
    ON_SHOCK = 2


class Extent(IntEnum):
    """How far a memorandum on the channel reaches (D25)."""

    NONE = 0
    SCOPE = 1
    FULL = 2


class Disclosure(IntEnum):
    """When the channel's existence and results are told (D26)."""

    NONE = 0
    REAL_TIME = 1
    AT_MILESTONES = 2
    AFTER_THE_FACT = 3
    ON_LEAK = 4


class Oversight(IntEnum):
    """Who keeps an eye on secrecy at home (D27)."""

    NONE = 0
    INSPECTOR = 1
    LEGISLATURE = 2
    AUDIT = 3


class Cadence(IntEnum):
    """How often success is announced (D28)."""

    SILENT = 0
    MILESTONES = 1
    MEASURED = 2
    EVERY_STEP = 3


class Seat(IntEnum):
    """In what capacity those outside government take part (D29)."""

    NONE = 0
    OBSERVER = 1
    EVALUATOR = 2
    CO_DESIGNER = 3


#: The fullest seat, and how many people a seat of each kind lets into a secret.
FULL_SEAT = int(Seat.CO_DESIGNER)


class Coordination(IntEnum):
    """How the senders act together (D30)."""

    UNILATERAL = 0
    AD_HOC = 1
    UNIFIED = 2


class RegionalRole(IntEnum):
    """What the region's body does (D31)."""

    NONE = 0
    HOST = 1
    EVALUATOR = 2
    CO_OWNER = 3
    LEAD = 4


class Taper(IntEnum):
    """How a sponsor leaves (D32)."""

    CONSTANT = 0
    TAPER = 1
    HARD_EXIT = 2


class Humanitarian(IntEnum):
    """How civilians are kept out of the punishment (D33)."""

    NONE = 0
    EXEMPTIONS = 1
    STAGED = 2
    SEPARATE_CALENDAR = 3
    PRIORITY = 4


class TechnicalTrack(IntEnum):
    """Whether specialists work apart from the politics (D36)."""

    NONE = 0
    PARALLEL = 1
    FIRST = 2


class DisputeHandling(IntEnum):
    """Who settles a disputed finding (D37)."""

    NONE = 0
    PROCEDURE = 1
    PANEL = 2
    RECORD = 3


class Redress(IntEnum):
    """Who can claim when commitments fail (D38)."""

    NONE = 0
    COMMUNITY = 1
    LEGAL = 2


class Setback(IntEnum):
    """How a setback is told (D39)."""

    SILENT = 0
    SPIN = 1
    CANDID = 2


class Learning(IntEnum):
    """When lessons are drawn (D40)."""

    NONE = 0
    BETWEEN_STAGES = 1
    BETWEEN_CYCLES = 2


class ElectoralTiming(IntEnum):
    """How the process treats elections (D41)."""

    IGNORE = 0
    BEFORE = 1
    AFTER = 2
    AVOID = 3


class IssueScope(IntEnum):
    """How much is on the agenda (D42)."""

    NARROW = 0
    ADJACENT = 1
    REFORM = 2
    BUNDLE = 3


class NeighbourEngagement(IntEnum):
    """What is done for those next door (D43)."""

    MESSAGES = 0
    REPOSITORY = 1
    COMPENSATION = 2
    STANDARDS = 3


#: The bit by which a row of engagements says that one of them is there.
MESSAGES_BIT = 1 << int(NeighbourEngagement.MESSAGES)
REPOSITORY_BIT = 1 << int(NeighbourEngagement.REPOSITORY)
COMPENSATION_BIT = 1 << int(NeighbourEngagement.COMPENSATION)
JOINT_STANDARDS_BIT = 1 << int(NeighbourEngagement.STANDARDS)


#: How many levels of engagement lie above none.
ENGAGEMENT_LEVELS = len(NeighbourEngagement) - 1


class Enforcement(IntEnum):
    """How the remaining measures are enforced while relief flows (D44)."""

    CONSTANT = 0
    TIGHTENED = 1
    SYNCHRONISED = 2
    LAX = 3


class PressurePhase(IntEnum):
    """What comes before relief (D02)."""

    NONE = 0
    HOLD = 1
    RAMP = 2
    MAXIMUM = 3
    SCALED = 4


class FirstMover(IntEnum):
    """Who moves first (D01)."""

    SENDER = 0
    TARGET = 1
    TOGETHER = 2
    MEDIATOR = 3
    GOODWILL = 4


class Adaptivity(IntEnum):
    """How far the script may be changed on the way (D20)."""

    SCRIPT = 0
    BOTH_WAYS = 1
    FEEDBACK = 2
    LOOSE = 3


class Criteria(IntEnum):
    """How clear the criteria are (D14)."""

    VAGUE = 0
    PRIVATE = 1
    PUBLISHED = 2


class Release(IntEnum):
    """When relief is released against what is asked (D05, D06): a stage's trigger."""

    BEFORE = 0
    TOGETHER = 1
    VERIFIED = 2
    CALENDAR = 3
    HYBRID = 4
    UNCONDITIONAL = 5
    OPTICS = 6


class Verifier(IntEnum):
    """Who verifies (D15)."""

    SELF_REPORT = 0
    BILATERAL = 1
    THIRD_PARTY = 2
    MULTILATERAL = 3
    JOINT = 4


class Tool(IntEnum):
    """With what (D15)."""

    SATELLITE = 0
    FINANCIAL_TRACES = 1
    AUDITS = 2
    ON_SITE = 3
    DATABASES = 4


TOOLS = len(Tool)
#: The bit by which a row of tools says that databases are among them.
DATABASES_BIT = 1 << int(Tool.DATABASES)


class Response(IntEnum):
    """What follows a failed stage (D18)."""

    NONE = 0
    WARNING = 1
    GRADUATED = 2
    FULL = 3
    DISCRETIONARY = 4


class Reach(IntEnum):
    """How far the response reaches (D18)."""

    SAME_SECTOR = 0
    ALL_SECTORS = 1


class Announcement(IntEnum):
    """Whether a stage is announced before or after it is verified (D28)."""

    QUIET = 0
    BEFORE_VERIFICATION = 1
    AFTER_VERIFICATION = 2


class When(IntEnum):
    """What a rule of a strategy waits for."""

    LEAK = 0
    INCIDENT = 1
    SPOILER_ATTACK = 2
    ELECTION_WITHIN = 3
    LEADER_CHANGE = 4
    VIOLATION = 5
    STALL = 6
    TRUST_BELOW = 7
    TRUST_ABOVE = 8
    TENSION_ABOVE = 9
    HARDLINERS_ABOVE = 10
    SUPPORT_BELOW = 11
    DISPUTED_FINDING = 12
    PRESSURE_ABOVE = 13


class Then(IntEnum):
    """What it does about it."""

    PAUSE = 0
    ADVANCE = 1
    STEP_BACK = 2
    SNAP_BACK = 3
    SMALLER_STEPS = 4
    LARGER_STEPS = 5
    OPEN_HOTLINE = 6
    DISCLOSE = 7
    OPEN_CHANNEL = 8
    CLOSE_CHANNEL = 9
    GO_PUBLIC = 10
    TIGHTEN = 11


class Renewal(IntEnum):
    """What happens at a review or a sunset that nobody decides (D19)."""

    RENEW = 0
    LAPSE = 1


class DateKind(IntEnum):
    """What a scenario's calendar of known facts can hold."""

    ELECTION = 0
    MEASURE = 1
    INCIDENT = 2
