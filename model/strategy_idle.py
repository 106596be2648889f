"""What a strategy says to no effect, given what else it says: a key that cannot act.

That is an author's mistake which no run would show, so it is refused with what would let the key act. Where
a file varies another, what it takes over and what can no longer act is left out instead: its author did not
say it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from model.strategy_format import Rule, Script, Stage, Table
from model.strategy_variants import EVERY_STAGE
from model.vocabulary import (
    Adaptivity,
    Disclosure,
    DisputeHandling,
    ElectoralTiming,
    FirstMover,
    Oversight,
    PressurePhase,
    Response,
    Seat,
    Taper,
    TechnicalTrack,
    Then,
    Track,
    Verifier,
    When,
    word_of,
)

#: What a rule does with a back channel, and what it does to make one known.
WITH_A_CHANNEL = (Then.DISCLOSE, Then.OPEN_CHANNEL, Then.CLOSE_CHANNEL, Then.GO_PUBLIC)
TELLING = (Then.DISCLOSE, Then.GO_PUBLIC)
#: Where a table stands in what a file says; stages and rules are counted from 0.
Place = tuple[str | int, ...]


class IdleKey(NamedTuple):
    """A key that is said to no effect: where it stands, what it holds, and what would let it act."""

    where: Place
    name: str
    value: Any
    why: str


class Idle(NamedTuple):
    """Keys of one table that cannot act where something else holds, and what would let them."""

    table: str
    keys: tuple[str, ...]
    holds: Callable[[Script], bool]
    why: str


#: Keys of the header that can be said to no effect.
IDLE = (
    Idle(
        "pressure",
        ("level",),
        lambda script: script.pressure.phase in (PressurePhase.NONE, PressurePhase.HOLD),
        "nothing brings measures there; ramp, maximum or scaled for pressure.phase",
    ),
    Idle(
        "pressure",
        ("beside",),
        lambda script: script.pressure.phase in (PressurePhase.NONE, PressurePhase.HOLD),
        "there is nothing for talks to go on beside; ramp, maximum or scaled for pressure.phase",
    ),
    Idle(
        "pressure",
        ("begins",),
        lambda script: not script.pressure.beside,
        "talks wait for the end of it, so it begins at once; true for pressure.beside",
    ),
    Idle(
        "talks",
        (
            "channel_timing",
            "keep_channel",
            "secrecy",
            "secrecy_months",
            "insiders",
            "memorandum",
            "oversight_every",
        ),
        lambda script: script.talks.track is Track.PUBLIC,
        "public talks have no back channel; private, dual or private-then-public for talks.track",
    ),
    Idle(
        "talks",
        ("first_mover",),
        lambda script: script.talks.track is Track.PUBLIC and script.talks.first_mover is FirstMover.MEDIATOR,
        "a mediator works through a back channel; private, dual or private-then-public for talks.track",
    ),
    Idle(
        "talks",
        ("secrecy", "secrecy_months", "insiders"),
        lambda script: script.talks.disclosure is Disclosure.REAL_TIME,
        "what is told as it happens is no secret; another word for talks.disclosure",
    ),
    Idle(
        "talks",
        ("disclosure_depth",),
        lambda script: (
            script.talks.disclosure is Disclosure.NONE
            and script.talks.secrecy_months == 0
            and not any(rule.then in TELLING for rule in script.rules)
        ),
        "nothing is ever told; another word for talks.disclosure, or a limit by talks.secrecy_months",
    ),
    Idle(
        "talks",
        ("oversight_every",),
        lambda script: script.talks.oversight is Oversight.NONE,
        "nobody watches; inspector, legislature or audit for talks.oversight",
    ),
    Idle(
        "talks",
        ("regulators",),
        lambda script: script.talks.technical_track is TechnicalTrack.NONE,
        "there is no track for them to sit in; parallel or first for talks.technical_track",
    ),
    Idle(
        "talks",
        ("electoral_window",),
        lambda script: script.talks.electoral_timing is ElectoralTiming.IGNORE,
        "no ballot is heeded; before, after or avoid for talks.electoral_timing",
    ),
    Idle(
        "talks",
        ("electoral_timing",),
        lambda script: (
            script.talks.electoral_timing is ElectoralTiming.BEFORE
            and (script.pressure.phase is PressurePhase.NONE or script.pressure.beside)
        ),
        "talks open at once, no pressure to cut short; a pressure.phase before talks, or after or avoid",
    ),
    Idle(
        "sponsor",
        ("taper", "months", "guarantee"),
        lambda script: script.sponsor.intensity == 0.0 and script.sponsor.final == 0.0,
        "there is no sponsor; above 0 for sponsor.intensity",
    ),
    Idle(
        "sponsor",
        ("months",),
        lambda script: script.sponsor.taper is Taper.CONSTANT and script.sponsor.intensity > 0.0,
        "a constant sponsor does not change; taper or hard-exit for sponsor.taper",
    ),
    Idle(
        "sponsor",
        ("final",),
        lambda script: script.sponsor.taper is not Taper.TAPER,
        "only a taper comes to it; taper for sponsor.taper",
    ),
    Idle(
        "civilians",
        ("entry_stage",),
        lambda script: not any(seat is not Seat.NONE for seat in seats_of(script)),
        "nobody has a seat; observer, evaluator or co-designer for somebody",
    ),
    Idle(
        "civilians",
        ("entry_stage",),
        lambda script: script.civilians.entry_stage >= len(next(iter(script.tracks.values()))),
        "is never reached; less than the number of stages on the main track",
    ),
    Idle(
        "hostilities",
        ("pause_months",),
        lambda script: script.hostilities.pause_relief == 0.0,
        "there is no relief for a pause; above 0 for hostilities.pause_relief",
    ),
    Idle(
        "findings",
        ("deadline",),
        lambda script: script.findings.handling in (DisputeHandling.NONE, DisputeHandling.RECORD),
        "nobody is bound by it; procedure or panel for findings.handling",
    ),
    Idle(
        "review",
        ("renewal",),
        lambda script: script.review.sunset == 0,
        "there is no sunset; 1 or more for review.sunset",
    ),
    Idle(
        "review",
        ("adaptivity",),
        lambda script: script.review.every == 0 and script.review.adaptivity is not Adaptivity.SCRIPT,
        "the script changes at reviews, and there are none; 1 or more for review.every",
    ),
)


def seats_of(script: Script) -> tuple[Seat, Seat, Seat]:
    """Return the seats of those outside government."""
    civilians = script.civilians
    return civilians.business, civilians.civil_society, civilians.communities


def idle_keys(script: Script) -> Iterator[IdleKey]:
    """Yield each key that the file says, and that cannot act given what else it says."""
    if not script.stages:
        return
    for idle in IDLE:
        if idle.holds(script):
            yield from said_for_nothing((idle.table,), getattr(script, idle.table), idle.keys, idle.why)
    for place, stage in enumerate(script.stages):
        yield from idle_keys_of_stage(("stages", place), stage)
    for place, rule in enumerate(script.rules):
        yield from idle_keys_of_rule(("rules", place), rule, script)


def idle_keys_of_stage(where: Place, stage: Stage) -> Iterator[IdleKey]:
    """Yield each key of a stage that it says, and that cannot act given what else it says."""
    if not any(amount for _, amount in stage.relief):
        why = "the stage gives no relief; a share for a sector in its relief"
        yield from said_for_nothing(where, stage, ("escrow", "expires", "only_sender"), why)
    if not any(depth for _, depth in stage.asks):
        why = "the stage asks nothing; a depth for a milestone in its asks"
        yield from said_for_nothing(where, stage, ("paired",), why)
    if stage.verify.by is Verifier.SELF_REPORT:
        why = "nobody looks where the target reports on itself; another word for verify.by"
        tools = ("tools", "second_look") + (("number",) if stage.verify.number > 1 else ())
        yield from said_for_nothing((*where, "verify"), stage.verify, tools, why)
    if stage.on_failure.response is Response.NONE:
        why = "nothing follows; another word for on_failure.response"
        yield from said_for_nothing((*where, "on_failure"), stage.on_failure, ("reach", "speed"), why)


def idle_keys_of_rule(where: Place, rule: Rule, script: Script) -> Iterator[IdleKey]:
    """Yield what a rule waits for or does that cannot come about, given how the talks are held."""
    talks = script.talks
    channel = "public talks have no back channel; private, dual or private-then-public for talks.track"
    known = "what is told as it happens cannot be told again; another word for talks.disclosure"
    if talks.track is Track.PUBLIC and rule.when is When.LEAK:
        yield IdleKey(where, "when", rule.when, channel)
    elif talks.disclosure is Disclosure.REAL_TIME and rule.when is When.LEAK:
        yield IdleKey(where, "when", rule.when, known)
    if talks.track is Track.PUBLIC and rule.then in WITH_A_CHANNEL:
        yield IdleKey(where, "then", rule.then, channel)
    elif talks.disclosure is Disclosure.REAL_TIME and rule.then in TELLING:
        yield IdleKey(where, "then", rule.then, known)


def said_for_nothing(where: Place, table: Table, names: Iterable[str], why: str) -> Iterator[IdleKey]:
    """Yield each of the keys ``names`` of a table that the file says, unless it says none of the thing."""
    for name in names:
        value = getattr(table, name)
        if name in table.model_fields_set and not is_none(value):
            yield IdleKey(where, name, value, why)


def is_none(value: Any) -> bool:
    """Return whether a key holds none of what it is about: no, nothing, zero."""
    return word_of(value) == "none" if isinstance(value, IntEnum) else not value


def spelt(value: Any) -> str:
    """Return a value as the file spells it."""
    if isinstance(value, IntEnum):
        return f"'{word_of(value)}'"
    if isinstance(value, tuple):
        return ", ".join(word_of(each) for each in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def without_idle(content: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file says without the keys that cannot act and that it only took over.

    Parameters
    ----------
    content : mapping
        All that is said, with what is taken over from another file.
    own : mapping
        What the file says itself; of that nothing is left out, so that a mistake in it is told.
    """
    said = dict(content)
    while taken := [key for key in idle_keys(Script.model_validate(said)) if not says(own, key)]:
        said = left_out(said, taken)
    return said


def says(own: Mapping[str, Any], key: IdleKey) -> bool:
    """Return whether a file says ``key`` itself, rather than taking it over."""
    table = str(key.where[0])
    if table not in ("stages", "rules"):
        return key.name in own.get(table, {})
    if table in own:
        return True
    said = own.get(EVERY_STAGE, {}) if table == "stages" else {}
    for part in key.where[2:]:
        said = said.get(str(part), {})
    return key.name in said


def left_out(said: Mapping[str, Any], keys: Iterable[IdleKey]) -> dict[str, Any]:
    """Return what is said without ``keys``; a rule with one of them is left out whole."""
    result: dict[str, Any] = copy.deepcopy(dict(said))
    idle = list(keys)
    rules = {key.where[1] for key in idle if key.where[0] == "rules"}
    for key in idle:
        if key.where[0] != "rules":
            table: Any = result
            for part in key.where:
                table = table[part]
            table.pop(key.name, None)
    if rules:
        result["rules"] = [rule for place, rule in enumerate(result["rules"]) if place not in rules]
    return result
