"""The ledger in words: one plain sentence an event, and a month's events told together.

The world writes numbers (who, whom, what, how much, why); here they become the sentences of a chronicle.
Names of actors are made from the scenario's: ``united-states`` is told as the United States.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

import pandas as pd

from model.scenario import Scenario
from model.strategy import Strategy
from model.vocabulary import (
    Cause,
    Conduct,
    Ending,
    Event,
    Release,
    Role,
    Sector,
    Then,
    When,
    member_of,
    word_of,
)
from model.world import World

COLUMNS = ("month", "date", "dispute", "kind", "who", "whom", "subject", "amount", "why", "sentence")

#: Parts of names that are not told as they are written.
SPELT = {
    "au": "AU", "eu": "EU", "g7": "G7", "gcc": "GCC", "iaea": "IAEA", "icrc": "ICRC", "imf": "IMF",
    "nato": "NATO", "oas": "OAS", "opcw": "OPCW", "osce": "OSCE", "p5": "P5", "uk": "UK", "un": "UN",
    "us": "US", "usa": "USA", "and": "and", "for": "for", "in": "in", "of": "of", "the": "the",
}  # fmt: skip
#: Parts of a name that ask for an article before it, as acronyms and plurals do.
WITH_ARTICLE = frozenset(
    {
        "agency", "alliance", "army", "authority", "bank", "business", "commission", "community", "congress",
        "council", "court", "diaspora", "emirate", "envoy", "federation", "government", "guard",
        "inspectorate", "king", "kingdom", "league", "movement", "office", "opposition", "parliament",
        "power", "presidency", "press", "prince", "public", "representative", "republic", "secretariat",
        "secretary", "senate", "society", "sultan", "supreme", "union",
    }
)  # fmt: skip
#: Where a sector's own word does not say what is traded.
SECTORS_TOLD = {Sector.ESSENTIAL: "essential goods"}

#: What a subject is, by event; a stage is told by its number and title.
SUBJECTS: dict[Event, type[IntEnum]] = {
    Event.CONDUCT_CHANGED: Conduct,
    Event.ENDED: Ending,
    Event.LEADER_CHANGED: Role,
    Event.RELIEF: Sector,
    Event.RELIEF_EXPIRED: Sector,
    Event.RULE_FIRED: When,
    Event.SNAPPED_BACK: Sector,
    Event.STEPPED_BACK: Sector,
}
STAGED = frozenset(
    {
        Event.TABLED, Event.REFUSED, Event.AGREED, Event.WALKED_OUT, Event.REPORT_POSITIVE,
        Event.REPORT_NEGATIVE, Event.DISPUTED, Event.DISPUTE_SETTLED, Event.WITHHELD, Event.PAUSED,
        Event.RESUMED, Event.CONCLUDED, Event.BROKEN, Event.HANDED_OVER,
    }
)  # fmt: skip
#: What a reason is, by event.
REASONS: dict[Event, type[IntEnum]] = {
    Event.BROKEN: Cause,
    Event.CHANNEL_CLOSED: Event,
    Event.RELIEF: Release,
    Event.RELIEF_EXPIRED: Cause,
    Event.RULE_FIRED: Then,
    Event.SNAPPED_BACK: Cause,
    Event.STEPPED_BACK: Cause,
}

CAUSES = {
    Cause.NONE: "",
    Cause.NEVER_STARTED: " because nothing had ever begun",
    Cause.STALLED: " because progress had stalled",
    Cause.LEAK: " after a leak",
    Cause.NOISE: " over a finding that was a false alarm",
    Cause.SPOILER: " after an attack by a spoiler",
    Cause.TURNOVER: " after a change of leaders",
    Cause.SHOCK: " after an incident",
    Cause.SPONSOR_EXIT: " after its sponsor had left",
    Cause.BLOC_FRACTURE: " after the coalition had split",
    Cause.CHEATING: " over feigned compliance",
    Cause.REFUSAL: " because one side no longer found it worth its price",
    Cause.DEFIANCE: " over open defiance",
}
RELEASES = {
    Release.BEFORE: " in advance",
    Release.TOGETHER: " in step with what was done",
    Release.VERIFIED: " after verification",
    Release.CALENDAR: " on schedule",
    Release.HYBRID: " after verification or on schedule",
    Release.UNCONDITIONAL: " without conditions",
    Release.OPTICS: " for its effect at home",
}
CONDUCTS = {
    Conduct.COMPLYING: "set out to do what it had promised",
    Conduct.SHAMMING: "began to feign what it had promised",
    Conduct.STALLING: "began to drag out what it had promised",
    Conduct.DEFYING: "openly broke what it had promised",
}
ENDINGS = {
    Ending.ONGOING: "without a result",
    Ending.YIELDED_TO_THREAT: "with the threat alone, to which {whom} gave way",
    Ending.THREAT_DROPPED: "with the threat dropped",
    Ending.ACQUIESCED_FULLY: "with all that had been asked",
    Ending.ACQUIESCED_PARTLY: "with part of what had been asked",
    Ending.NEGOTIATED: "in a negotiated settlement",
    Ending.SENDER_GAVE_UP: "with the measures given up",
    Ending.STALEMATE: "in stalemate",
}
WHENS = {
    When.LEAK: "after the leak",
    When.INCIDENT: "after the incident",
    When.SPOILER_ATTACK: "after the spoiler's attack",
    When.ELECTION_WITHIN: "with an election near",
    When.LEADER_CHANGE: "with a new leader in office",
    When.VIOLATION: "after a violation",
    When.STALL: "with progress stalled",
    When.TRUST_BELOW: "with trust low",
    When.TRUST_ABOVE: "with trust restored",
    When.TENSION_ABOVE: "with tension high",
    When.HARDLINERS_ABOVE: "with hardliners strong",
    When.SUPPORT_BELOW: "with support low",
    When.DISPUTED_FINDING: "with a finding in dispute",
    When.PRESSURE_ABOVE: "with pressure high",
}
THENS = {
    Then.PAUSE: "the talks were paused",
    Then.ADVANCE: "the talks were taken up early",
    Then.STEP_BACK: "relief was stepped back",
    Then.SNAP_BACK: "relief was snapped back",
    Then.SMALLER_STEPS: "the next steps were made smaller",
    Then.LARGER_STEPS: "the next steps were made larger",
    Then.OPEN_HOTLINE: "a hotline was opened",
    Then.DISCLOSE: "the back channel was disclosed",
    Then.OPEN_CHANNEL: "a back channel was opened",
    Then.CLOSE_CHANNEL: "the back channel was closed",
    Then.GO_PUBLIC: "the talks were taken to the public",
    Then.TIGHTEN: "the measures were tightened",
}

REASONS_TOLD: dict[type[IntEnum], Mapping[Any, str]] = {Cause: CAUSES, Release: RELEASES, Then: THENS}
SUBJECTS_TOLD: dict[type[IntEnum], Mapping[Any, str]] = {
    Conduct: CONDUCTS,
    Ending: ENDINGS,
    Sector: SECTORS_TOLD,
    When: WHENS,
}
#: Reasons of relief that belongs to no stage of the talks.
OUTSIDE = {
    "yielded": " now that it had given way",
    "truce": " for as long as the pause holds",
    "civilians": " on a calendar of its own, for civilians",
}

#: The sentence of every event; where there are two, the second is told of an amount above 0.
SENTENCES: dict[Event, str | tuple[str, str]] = {
    Event.THREAT: "{who} threatened {whom} with sanctions.",
    Event.IMPOSITION: "{who} imposed the threatened sanctions on {whom}.",
    Event.TIGHTENING: "{who} tightened measures against {whom}.",
    Event.CHANNEL_OPENED: "{who} opened a back channel between {lead} and {target}.",
    Event.CHANNEL_CLOSED: "The back channel kept by {who} was closed{why}.",
    Event.MEETING: "{who} brought {lead} and {target} together in the back channel.",
    Event.LEAK: "The back channel kept by {who} leaked{why}.",
    Event.DISCLOSURE: "The back channel kept by {who} was disclosed to the public.",
    Event.TALKS_OPENED: "{who} and {whom} opened talks.",
    Event.TABLED: "{who} put {subject} on the table.",
    Event.REFUSED: "{who} refused {subject}.",
    Event.AGREED: "{who} and {whom} agreed on {subject}.",
    Event.WALKED_OUT: "{who} walked out of the talks on {subject}.",
    Event.CONFIDENCE_STEP: "{who} and {whom} carried out {measures}.",
    Event.CONDUCT_CHANGED: "{who} {subject}.",
    Event.REPORT_POSITIVE: "{who} reported that {whom} was keeping to {subject}.",
    Event.REPORT_NEGATIVE: (
        "{who} reported that {whom} was falling short of {subject}.",
        "{who} reported, wrongly, that {whom} was falling short of {subject}.",
    ),
    Event.DISPUTED: "{who} disputed a finding on {subject}.",
    Event.DISPUTE_SETTLED: (
        "The disputed finding on {subject} was settled against {whom}.",
        "The disputed finding on {subject} was settled in favour of {whom}.",
    ),
    Event.RELIEF: "{who} eased {subject} for {whom} by {level}{why}.",
    Event.WITHHELD: "{who} held back the relief that was due for {subject}.",
    Event.RELIEF_EXPIRED: "{who} let relief in {subject} for {whom} lapse by {level}{why}.",
    Event.STEPPED_BACK: "{who} stepped back relief in {subject} for {whom} by {level}{why}.",
    Event.SNAPPED_BACK: "{who} snapped back {subject} against {whom} by {level}{why}.",
    Event.PAUSED: "The talks between {lead} and {target} on {subject} were paused.",
    Event.RESUMED: "The talks between {lead} and {target} on {subject} were resumed.",
    Event.CONCLUDED: "{who} and {whom} concluded their agreement.",
    Event.BROKEN: "The process between {lead} and {target} broke down at {subject}{why}.",
    Event.YIELDED: (
        "{who} gave way, under sanctions, to all that {whom} had asked.",
        "{who} gave way to the threat of {whom}.",
    ),
    Event.GAVE_UP: (
        "{who} gave up its measures against {whom} with nothing in return.",
        "{who} dropped its threat against {whom}.",
    ),
    Event.ENDED: "The sanctions episode between {who} and {whom} ended {subject}.",
    Event.ELECTION: (
        "{who} voted, and those in office stayed.",
        "{who} voted, and those in office lost.",
    ),
    Event.LEADER_CHANGED: "{who} came under new leadership.",
    Event.INCIDENT: "An incident raised the tension between {lead} and {target}.",
    Event.ESCALATION: "An incident between {lead} and {target} escalated.",
    Event.SPOILER_ATTACK: "{who} struck to upset a settlement with {whom}.",
    Event.ECONOMIC_SHOCK: "An economic shock hit {who}.",
    Event.JOINED: "{who} joined the measures against {whom}.",
    Event.LEFT: "{who} left the coalition against {whom}.",
    Event.COMMON_LINE: (
        "{who} no longer held a common line on {whom}.",
        "{who} came to a common line on {whom}.",
    ),
    Event.NEIGHBOUR_ENGAGED: "{who} took up normal dealings with {whom}.",
    Event.SPONSOR_EXITED: "The outside sponsor of the process with {whom} withdrew.",
    Event.MOBILISED: "{who} pressed {whom} against a settlement.",
    Event.REVIEWED: "{who} reviewed the process; the next step is to be {amount:.2f} times its planned size.",
    Event.RULE_FIRED: "As the strategy provides {subject}, {why}.",
    Event.HANDED_OVER: "The process with {whom} passed into the hands of the region.",
    Event.VETOED: "{who} blocked {amount:.0%} of the relief of {whom}.",
    Event.RATIFIED: "{who} consented to what {whom} had agreed.",
    Event.RUMOUR: "Rumours about the relief for {whom} unsettled those who trade with it.",
    Event.TRUCE: "{who} eased measures against {whom} for as long as the pause in hostilities holds.",
    Event.REOPENED: "{who} reopened the back channel between {lead} and {target}.",
    Event.MIXED_SIGNALS: "{who} sent mixed signals in the crisis with {whom}.",
    Event.RETALIATION: "{who} retaliated against the measures of {whom}.",
    Event.LOCAL_TRACK: "Local tracks of dialogue began to bypass the talks between {lead} and {target}.",
    Event.LEARNED: "The lessons of the last attempt were taken into the talks between {lead} and {target}.",
}

#: Changes of relief, told by month: all sectors of all senders in one line.
EASINGS = frozenset({"relief", "relief-expired", "stepped-back", "snapped-back"})
#: Events that come month after month, told once with how often and until when.
RECURRING = frozenset({"meeting", "mobilised", "refused", "tightening", "vetoed"})
#: Events after which what recurs is told anew.
TURNING = frozenset({"agreed", "broken", "channel-closed", "concluded", "gave-up", "leak", "tabled"})
#: Months of silence after which a recurring event is told anew.
SILENCE = 6


def display_name(name: str) -> str:
    """Return the name of an actor as a sentence uses it: ``united-states`` is the United States."""
    parts = name.replace("-plus-", "+").split("-")
    words = [SPELT.get(part, part.upper() if "+" in part else part.capitalize()) for part in parts]
    many = parts[-1].endswith("s") and not parts[-1].endswith(("us", "os", "as", "is", "ss"))
    acronym = len(parts) == 1 and words[0].isupper()
    article = many or acronym or "+" in name or not WITH_ARTICLE.isdisjoint(parts) or "+" in words[0]
    return f"the {' '.join(words)}" if article else " ".join(words)


def joined(names: Sequence[str]) -> str:
    """Return several names as one phrase, A, B and C, or an empty one where there are none."""
    *others, last = names or [""]
    return f"{', '.join(others)} and {last}" if others else last


def sentence_of(text: str) -> str:
    """Return ``text`` with a capital at its start."""
    return text[:1].upper() + text[1:]


def level_of(amount: float) -> str:
    """Return a change of a measure's level, 0 to 1, with as many figures as it needs."""
    return f"{abs(amount):.2f}" if abs(amount) >= 0.01 else f"{abs(amount):.3f}"


def measures_of(number: int) -> str:
    """Return how many confidence-building measures."""
    return "a confidence-building measure" if number == 1 else f"{number} confidence-building measures"


def frame_of_events(
    world: World, scenario: Scenario, strategy: Strategy | None = None, first: int = 0
) -> pd.DataFrame:
    """Return what stands in the ledger of ``world``, in words.

    Parameters
    ----------
    world : World
        A world with a ledger.
    scenario : Scenario
        Whose actors, disputes and dates they are.
    strategy : Strategy, optional
        Whose stages are told by their titles; without it by their numbers.
    first : int
        From which event of the ledger on.

    Returns
    -------
    pandas.DataFrame
        One row an event, in the order in which they happened: month, date, dispute, kind (a word of
        ``vocabulary.Event``), who and whom (names; empty for nobody), subject (a sector, a stage ...),
        amount, why, and the sentence.
    """
    titles = titles_of(strategy)
    ledger = world.ledger[first : world.written]
    return pd.DataFrame([_row(row, world, scenario, titles) for row in ledger], columns=list(COLUMNS))


def titles_of(strategy: Strategy | None) -> list[str]:
    """Return the titles of a strategy's stages in the order of its rows: track by track."""
    if strategy is None:
        return []
    return [stage.title for stages in strategy.tracks.values() for stage in stages]


def stage_in_words(place: int, titles: list[str]) -> str:
    """Return the stage at ``place`` as a sentence has it; past the last one, what was agreed altogether."""
    if titles and place >= len(titles):
        return "the whole agreement"
    return f"stage {place + 1} ({titles[place]})" if titles else f"stage {place + 1}"


def _row(row: Any, world: World, scenario: Scenario, titles: list[str]) -> tuple[Any, ...]:
    """Return one event of the ledger as a row of `COLUMNS`."""
    event = Event(int(row.event))
    actors = scenario.actors
    who, whom = (actors[number] if number >= 0 else "" for number in (int(row.who), int(row.whom)))
    dispute = int(row.dispute)
    sides = world.disputes[max(dispute, 0)]
    phrases = {
        "who": display_name(who) if who else "those concerned",
        "whom": display_name(whom) if whom else "those concerned",
        "target": display_name(actors[sides.target_state]),
        "lead": display_name(actors[sides.lead_state]),
        "amount": abs(float(row.amount)),
        "level": level_of(float(row.amount)),
        "measures": measures_of(int(row.amount)) if event == Event.CONFIDENCE_STEP else "",
    }
    subject, phrases["subject"] = _subject(event, int(row.subject), titles, phrases)
    why, phrases["why"] = _reason(event, row, world)
    template = SENTENCES[event]
    if isinstance(template, tuple):
        template = template[float(row.amount) > 0.0]
    return (
        int(row.month),
        scenario.date_of(int(row.month)),
        scenario.disputes[dispute] if dispute >= 0 else "",
        word_of(event),
        who,
        whom,
        subject,
        float(row.amount),
        why,
        sentence_of(template.format(**phrases)),
    )


def _subject(event: Event, subject: int, titles: list[str], phrases: dict[str, Any]) -> tuple[str, str]:
    """Return the subject of an event as a word, and as a sentence has it."""
    if subject < 0:
        return "", "the process"
    if event in STAGED:
        return f"stage {subject + 1}", stage_in_words(subject, titles)
    if event not in SUBJECTS:
        return str(subject), str(subject)
    member = SUBJECTS[event](subject)
    words = SUBJECTS_TOLD.get(type(member), {})
    return word_of(member), words.get(member, word_of(member).replace("-", " ")).format(**phrases)


def _reason(event: Event, row: Any, world: World) -> tuple[str, str]:
    """Return the reason of an event as a word, and as a sentence has it."""
    why = int(row.why)
    if event == Event.LEAK:
        return f"{why} insiders", f"; {why} people had known of it"
    if event == Event.RELIEF and why < 0:
        word = _outside(row, world)
        return word, _reason_in_words(event, word)
    if why < 0 or event not in REASONS:
        return "", ""
    word = word_of(REASONS[event](why))
    return word, _reason_in_words(event, word)


def _outside(row: Any, world: World) -> str:
    """Return why relief was given that belongs to no stage of the talks."""
    ledger = world.ledger[: world.written]
    before = ledger[(ledger.dispute == row.dispute) & (ledger.month <= row.month)]
    if ((before.event == Event.TRUCE) & (before.month == row.month)).any():
        return "truce"
    return "yielded" if (before.event == Event.YIELDED).any() else "civilians"


def _reason_in_words(event: Event, word: str) -> str:
    """Return how a sentence tells the reason ``word`` of an event; nothing where there is none."""
    if event == Event.RELIEF and word in OUTSIDE:
        return OUTSIDE[word]
    if not word:
        return ""
    if event == Event.CHANNEL_CLOSED:
        return " after the leak"
    return REASONS_TOLD[REASONS[event]][member_of(REASONS[event], word)]


# --- telling ------------------------------------------------------------------------------------------------


class Line(NamedTuple):
    """One line of a chronicle."""

    month: int
    date: str
    dispute: str
    kind: str
    sentence: str


#: What happens at home, and matters only where it happens to those concerned.
AT_HOME = frozenset({word_of(Event.ELECTION), word_of(Event.LEADER_CHANGED)})


def told(events: pd.DataFrame, concerned: Collection[str] | None = None) -> pd.DataFrame:
    """Return a ledger in fewer lines: what belongs together in one sentence, what recurs told once.

    Parameters
    ----------
    events : pandas.DataFrame
        As `frame_of_events` returns it.
    concerned : collection of str, optional
        Actors whose elections and new leaders are worth telling; all by default.

    Returns
    -------
    pandas.DataFrame
        month, date, dispute, kind and sentence of each line. Senders and sectors that eased, or took back,
        in one month for one reason share a line, with the smallest and largest change of a sector. Several
        actors that did the same in one month share a line. An event that comes back within six months, with
        no turn of the talks in between, is told where it first happened, with how often and until when.
    """
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in events.itertuples(index=False):
        if concerned is not None and row.kind in AT_HOME and row.who not in concerned:
            continue
        if row.kind in EASINGS:
            rest: tuple[Any, ...] = (row.whom, row.why)
        else:
            rest = (_without_actor(row),)
        dispute = "" if row.kind in AT_HOME else row.dispute
        groups.setdefault((row.month, dispute, row.kind, *rest), []).append(row)
    lines = [_line(rows) for rows in groups.values()]
    return pd.DataFrame(_recurrences_told_once(lines), columns=list(Line._fields))


def _line(rows: list[Any]) -> Line:
    """Return one line for rows of one month and kind that belong together."""
    first = rows[0]
    names = joined([display_name(name) for name in dict.fromkeys(row.who for row in rows) if name])
    if first.kind in EASINGS:
        sentence = _easing(rows, names)
    elif first.who and first.sentence.startswith(sentence_of(display_name(first.who))):
        sentence = sentence_of(names + _without_actor(first))
    else:
        sentence = first.sentence
    return Line(first.month, first.date, first.dispute, first.kind, sentence)


def _without_actor(row: Any) -> str:
    """Return the sentence of an event without the one who acted, if it begins with that name."""
    return str(row.sentence).removeprefix(sentence_of(display_name(row.who)))


def _easing(rows: list[Any], senders: str) -> str:
    """Tell the changes of relief of one month, for one reason, in one sentence."""
    changes: dict[str, list[float]] = {}
    for row in rows:
        changes.setdefault(row.subject, []).append(abs(row.amount))
    told_as = {word_of(sector): words for sector, words in SECTORS_TOLD.items()}
    sectors = joined([f"{told_as.get(word, word)} by {_span(levels)}" for word, levels in changes.items()])
    event, word = member_of(Event, rows[0].kind), rows[0].why
    template = str(SENTENCES[event]).replace(" by {level}", "")
    return sentence_of(
        template.format(
            who=senders, whom=display_name(rows[0].whom), subject=sectors, why=_reason_in_words(event, word)
        )
    )


def _span(levels: list[float]) -> str:
    low, high = level_of(min(levels)), level_of(max(levels))
    return low if low == high else f"{low} to {high}"


def _recurrences_told_once(lines: list[Line]) -> list[Line]:
    """Return the lines with recurring ones folded into the first of their kind."""
    folded: list[list[Line]] = []
    latest: dict[str, dict[str, list[Line]]] = {}
    for line in lines:
        here = latest.setdefault(line.dispute, {})
        same = here.get(line.sentence)
        if line.kind in RECURRING and same is not None and line.month <= same[-1].month + SILENCE:
            same.append(line)
        else:
            if line.kind in TURNING:
                here.clear()
            here[line.sentence] = [line]
            folded.append(here[line.sentence])
    return [_recurred(same) for same in folded]


def _recurred(lines: list[Line]) -> Line:
    first, often = lines[0], len(lines)
    if often == 1:
        return first
    times = "twice" if often == 2 else f"{often} times"
    return first._replace(sentence=f"{first.sentence.removesuffix('.')}, {times} until {lines[-1].date}.")
