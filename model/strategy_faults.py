"""What can be wrong with a strategy, told so that its author can put it right.

Every fault is one line, ``key: what is wrong; what is allowed``; stages and rules are counted from 1.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from model.strategy_format import Rule, Script, Stage, Table
from model.strategy_idle import idle_keys, spelt
from model.strategy_variants import EVERY_STAGE, VARIES
from model.strategy_words import ALL, Member
from model.vocabulary import (
    InputError,
    Milestone,
    PressurePhase,
    Release,
    Sector,
    Taper,
    Then,
    Verifier,
    When,
    nearest,
    word_of,
    words_of,
)
from model.world import TRACKS

#: Which number each condition needs, beside those that only wait for an event.
CONDITION_NEEDS = {
    When.ELECTION_WITHIN: "within",
    When.STALL: "within",
    When.VIOLATION: "threshold",
    When.TRUST_BELOW: "threshold",
    When.TRUST_ABOVE: "threshold",
    When.TENSION_ABOVE: "threshold",
    When.HARDLINERS_ABOVE: "threshold",
    When.SUPPORT_BELOW: "threshold",
    When.PRESSURE_ABOVE: "threshold",
}
#: Conditions whose threshold is a share.
SHARES = (When.TRUST_BELOW, When.TRUST_ABOVE, When.TENSION_ABOVE, When.HARDLINERS_ABOVE, When.SUPPORT_BELOW)
#: Which number each action needs; the others take none.
ACTION_NEEDS = {Then.PAUSE: "months", Then.TIGHTEN: "share"}
#: Triggers that wait for nobody's report.
UNVERIFIED = (Release.CALENDAR, Release.UNCONDITIONAL, Release.OPTICS)
#: How far a sum of shares may exceed one by rounding.
ROUNDING = 1e-9
#: Plainer words for what a validator calls the shapes of TOML.
SHAPES = {
    "tuple_type": "should be a list",
    "model_type": "should be a table",
    "string_pattern_mismatch": "should be lower-case words joined by hyphens",
}


def faults_of(script: Script) -> list[str]:
    """Return what is wrong with a strategy whose every key is well formed by itself."""
    if not script.stages:
        return ["stages: missing: a strategy needs at least one stage"]
    return [
        *header_faults(script),
        *relief_faults(script),
        *(fault for track in script.tracks.values() for fault in asks_faults(script, track)),
        *(fault for place, stage in enumerate(script.stages, 1) for fault in stage_faults(place, stage)),
        *(fault for place, rule in enumerate(script.rules, 1) for fault in rule_faults(place, rule)),
    ]


def header_faults(script: Script) -> Iterator[str]:
    """Yield what is wrong with the header, taken together with the number of stages."""
    pressure, sponsor = script.pressure, script.sponsor
    if pressure.phase is PressurePhase.NONE and pressure.months > 0:
        allowed = ", ".join(words_of(PressurePhase)[1:])
        yield f"pressure.phase: none: has no months; for {pressure.months} months one of {allowed}"
    if pressure.phase is not PressurePhase.NONE and pressure.months == 0:
        yield f"pressure.months: missing: how long does '{word_of(pressure.phase)}' last? 1 or more"
    if sponsor.taper is not Taper.CONSTANT and sponsor.months == 0:
        yield f"sponsor.months: missing: '{word_of(sponsor.taper)}' needs the month it is complete; 1 or more"
    if len(script.tracks) > TRACKS:
        names = ", ".join(script.tracks)
        yield f"stages: {len(script.tracks)} tracks ({names}); at most {TRACKS} are allowed"
    if script.handover.after_stages > len(script.stages):
        stages = len(script.stages)
        yield f"handover.after_stages: {script.handover.after_stages}: is never reached; at most {stages}"
    yield from level_faults(script)
    yield from idle_faults(script)


def level_faults(script: Script) -> Iterator[str]:
    """Yield a fault where a phase that brings measures to a level does not say to which."""
    phase = script.pressure.phase
    if phase not in (PressurePhase.NONE, PressurePhase.HOLD) and script.pressure.level == 0.0:
        yield f"pressure.level: missing: '{word_of(phase)}' brings measures to a level; above 0"


def idle_faults(script: Script) -> Iterator[str]:
    """Yield each key that is said to no effect, with what would let it act."""
    for key in idle_keys(script):
        yield f"{key_at((*key.where, key.name))}: {spelt(key.value)}: {key.why}"


def relief_faults(script: Script) -> Iterator[str]:
    """Yield each sector in which more is given back than was imposed, over all tracks and by any sender."""
    for word, given in zip(words_of(Sector), given_back(script), strict=True):
        if given > 1.0 + ROUNDING:
            yield f"stages: relief of {word} adds up to {given:g}; at most 1 can be given back in all"


def given_back(script: Script) -> list[float]:
    """Return the share of each sector's measures that the sender who gives most of it gives back in all."""
    givers = dict.fromkeys(stage.only_sender for stage in script.stages)
    totals = [
        [sum(shares) for shares in zip(*(relief_by(stage, giver) for stage in script.stages), strict=True)]
        for giver in givers
    ]
    return [max(shares) for shares in zip(*totals, strict=True)]


def relief_by(stage: Stage, giver: str | None) -> list[float]:
    """Return the share of each sector's measures that a stage has ``giver`` give back."""
    mine = stage.only_sender is None or stage.only_sender == giver
    return stage.relief.spread([0.0] * len(Sector)) if mine else [0.0] * len(Sector)


def asks_faults(script: Script, track: list[Stage]) -> Iterator[str]:
    """Yield each depth that is less than an earlier stage of the same ``track`` asks."""
    reached = [0.0] * len(Milestone)
    for stage in track:
        asked = stage.asks.spread(reached)
        place = next(place for place, other in enumerate(script.stages, 1) if other is stage)
        for word, now, before in zip(words_of(Milestone), asked, reached, strict=True):
            if now < before:
                key = word if word in stage.asks.named else ALL
                yield (
                    f"stages[{place}].asks.{key}: {now:g}: an earlier stage asks {before:g} of {word}; "
                    f"a depth is what stands by the end of a stage: {before:g} or more"
                )
                break
        reached = asked


def stage_faults(place: int, stage: Stage) -> Iterator[str]:
    """Yield what is wrong with one stage, and what would keep those after it from ever being reached."""
    key = f"stages[{place}]"
    if stage.until_trust == 1.0:
        yield f"{key}.until_trust: 1: trust never exceeds 1, the stages after it are unreachable; less than 1"
    if stage.release not in UNVERIFIED:
        if stage.deadline < stage.verify.every:
            first = stage.verify.every
            yield (
                f"{key}.deadline: {stage.deadline}: the first report comes after {first} months: the stage "
                f"cannot be passed, those after it are unreachable; {first} or more"
            )
        if stage.verify.number == 0 and stage.verify.by is not Verifier.SELF_REPORT:
            yield f"{key}.verify.number: 0: '{word_of(stage.verify.by)}' needs somebody to report; 1 or more"
    yield from repeated(f"{key}.confidence", stage.confidence)
    yield from repeated(f"{key}.verify.tools", stage.verify.tools)


def rule_faults(place: int, rule: Rule) -> Iterator[str]:
    """Yield what a rule lacks, and what it says to no effect."""
    key = f"rules[{place}]"
    yield from number_faults(key, rule, rule.when, CONDITION_NEEDS)
    yield from number_faults(key, rule, rule.then, ACTION_NEEDS)
    if rule.threshold is not None and rule.threshold > 1 and rule.when in SHARES:
        yield f"{key}.threshold: {rule.threshold:g}: '{word_of(rule.when)}' compares with a share; 0 to 1"
    if rule.sectors and rule.then is not Then.SNAP_BACK and rule.then is not Then.STEP_BACK:
        yield f"{key}.sectors: '{word_of(rule.then)}' takes none; only step-back and snap-back do"
    yield from repeated(f"{key}.sectors", rule.sectors)


def number_faults(key: str, rule: Rule, word: Member, needs: dict[Member, str]) -> Iterator[str]:
    """Yield the number that a ``word`` of a rule needs and lacks, and those that are there for nothing."""
    needed = needs.get(word)
    for name in dict.fromkeys(needs.values()):
        if name == needed and getattr(rule, name) is None:
            yield f"{key}.{name}: missing: '{word_of(word)}' needs a number: {meaning_of(name)}"
        if name != needed and getattr(rule, name) is not None:
            yield f"{key}.{name}: '{word_of(word)}' takes {needed or 'no number'}"


def meaning_of(name: str) -> str:
    """Return what a key of a rule means."""
    return str(Rule.model_fields[name].description)


def repeated(key: str, members: Iterable[IntEnum]) -> Iterator[str]:
    """Yield each of ``members`` that is named more than once."""
    words = [word_of(member) for member in members]
    for word in dict.fromkeys(word for word in words if words.count(word) > 1):
        yield f"{key}: '{word}' is named more than once; once is enough"


def translated(error: ValidationError, whole: type[Table]) -> list[str]:
    """Return the faults that a validator found in ``whole``, one line each, in the words of the file."""
    found = error.errors()
    inside = {details["loc"][:length] for details in found for length in range(len(details["loc"]))}
    # A list whose items were refused is called too short as well, since none is left of it.
    told = [each for each in found if each["type"] != "too_short" or each["loc"] not in inside]
    return [line for details in told for line in lines_of(details, whole)]


def lines_of(details: ErrorDetails, whole: type[Table]) -> list[str]:
    """Return one fault of a validator in the words of the file."""
    where = tuple(part for part in details["loc"] if part != "[key]")
    reason = details.get("ctx", {}).get("error")
    if not where:
        return str(reason).splitlines()
    key = key_at(where)
    table = table_at(where[:-1], whole)
    if details["type"] == "missing":
        return [f"{key}: missing: {need(table, str(where[-1]))}"]
    if details["type"] == "extra_forbidden":
        allowed = [*table.model_fields, *([VARIES, EVERY_STAGE] if issubclass(table, Script) else [])]
        return [f"{key}: unknown key; one of {', '.join(allowed)}{nearest(str(where[-1]), allowed)}"]
    if isinstance(reason, InputError):
        return [f"{key}: {reason}"]
    told = SHAPES.get(details["type"], details["msg"].removeprefix("Input ").removeprefix("String "))
    return [f"{key}: {told}, not {reprlib.repr(details['input'])}"]


def key_at(where: tuple[int | str, ...]) -> str:
    """Return a place in the file as its author reads it, stages and rules counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".")


def need(table: type[Table], name: str) -> str:
    """Return why the key ``name`` of a table must be there, and the words it may hold."""
    field = table.model_fields[name]
    wanted = field.title or name
    why = f"every {table.__name__.lower()} needs a{'n' * wanted.startswith(tuple('aeiou'))} {wanted}"
    if isinstance(field.annotation, type) and issubclass(field.annotation, IntEnum):
        return f"{why}; one of {', '.join(words_of(field.annotation))}"
    return why


def table_at(where: tuple[int | str, ...], whole: type[Table]) -> type[Table]:
    """Return which kind of table stands at a place in the file."""
    table = whole
    for part in where:
        if part in table.model_fields:
            kind = table.model_fields[str(part)].annotation
            inner = [each for each in (kind, *get_args(kind)) if isinstance(each, type)]
            table = next((each for each in inner if issubclass(each, Table)), table)
    return table
