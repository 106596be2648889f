"""What the components of the strategy editor are told: plain data, made from a desk and its review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from browser.editor.desk import ABOUT, SUMS, Desk
from browser.editor.drafts import LIMIT, Draft
from browser.editor.editing import BLANK, Path, sections
from browser.editor.forms import Form, form_of
from browser.editor.review import Fault, Review, Standing
from browser.scene.settings import Plan, Settings
from browser.scene.sides import title_of
from experiments import palette
from model import list_strategies
from model.chronicle import sentence_of
from model.strategy_fit import Setting, ground_of, spelt
from model.strategy_format import MAIN
from model.vocabulary import InputError, Sector, words_of

#: What the totals are called, and in what they are counted.
TOTALS = {
    "relief": ("Relief", "points a year"),
    "pressure": ("Pressure", "level × months"),
    "effort": ("Effort", "envoy-months"),
}
#: What one of each list of a draft is called.
SECTIONS = {"stages": "Stage", "rules": "Rule"}
#: What is looked at beside the tables of the header, by its title.
OTHERS = {ABOUT: "About it", SUMS: "Running sums"}


def bar_of(desk: Desk, reviewed: Review, settings: Settings, place: int) -> dict[str, Any]:
    """Return what the bar shows: totals, faults, and what can be done."""
    start, own = desk.sheet.start, dict(settings.strategies)
    is_there = own.get(reviewed.name) == reviewed.text
    notes = list(reviewed.notes)
    if reviewed.name in own and reviewed.name not in (desk.former, start and start.name):
        notes.append(f"{reviewed.name} is a strategy of yours already: using this one replaces it")
    return {
        "name": reviewed.name,
        "starts": [*own, *list_strategies()],
        "start": start.name if start else "",
        "title": start.title if start else "",
        "canUndo": desk.at > 0,
        "canRedo": desk.at < len(desk.sheets) - 1,
        "canMend": desk.can_mend and any(each.below for each in reviewed.standings),
        "isLive": desk.is_live,
        "isUsable": reviewed.is_usable,
        "inUse": is_there and settings.plans[place] == Plan(reviewed.name),
        "faults": [_told(fault) for fault in (*reviewed.faults, *reviewed.misfits)],
        "notes": notes,
        "totals": [_total(key, reviewed) for key in TOTALS],
        "text": reviewed.text,
        "limit": LIMIT,
        "fault": desk.fault,
        "apart": apart(desk, reviewed, settings, place),
    }


def apart(desk: Desk, reviewed: Review, settings: Settings, place: int) -> str:
    """Return in a sentence that what is edited is not what the page runs; nothing where it is, or a copy."""
    runs = settings.plans[place].strategy
    start = desk.sheet.start
    if desk.is_fresh or runs in (reviewed.name, desk.former, start.name if start else ""):
        return ""
    try:
        title = title_of(settings, place)
    except InputError:
        title = runs
    return f"You are editing {reviewed.name or 'a draft without a name'}; the page runs {title}."


def _told(fault: Fault) -> dict[str, str]:
    return {"text": worded(fault), "look": look_of(fault.place)}


def worded(fault: Fault) -> str:
    """Return a fault with its place in words: "Stage 3, asks, all: ..." for "stages[3].asks.all: ..."."""
    key, place = fault.text.partition(": ")[0], list(fault.place)
    if not place or key == fault.text or " " in key:
        return fault.text
    words = []
    if place[0] in BLANK and len(place) > 1:
        words = [f"{SECTIONS[str(place[0])]} {int(place[1]) + 1}"]
        place = place[2:]
    words += [str(part + 1) if isinstance(part, int) else part.replace("_", " ") for part in place]
    return f"{sentence_of(', '.join(words))}: {_without_key(fault.text)}"


def _total(key: str, reviewed: Review) -> dict[str, Any]:
    title, unit = TOTALS[key]
    value = getattr(reviewed.totals, key, None)
    change = getattr(reviewed.change, key, None)
    is_changed = change is not None and abs(change) >= 0.005
    return {
        "title": title,
        "unit": unit,
        "value": "–" if value is None else f"{value:.3g}",
        "change": f"{change:+.2g}".replace("-", "−") if is_changed else "",
    }


def look_of(place: Path) -> str:
    """Return what to look at to put a fault right."""
    if len(place) > 1 and place[0] in BLANK:
        return f"{place[0]}/{place[1]}"
    if place and form_of().part(str(place[0])):
        return str(place[0])
    return SUMS if place and place[0] in BLANK else ABOUT


def list_of(desk: Desk, reviewed: Review) -> dict[str, Any]:
    """Return what the list at the left shows: the stages by track, the tables of the header, the rules."""
    draft, faults = desk.sheet.draft, (*reviewed.faults, *reviewed.misfits)
    wrong = [look_of(fault.place) for fault in faults]
    befores = (None, *reviewed.standings)
    cards = [
        _card(place, each, before, wrong.count(f"stages/{place}"))
        for place, (each, before) in enumerate(zip(reviewed.standings, befores, strict=False))
    ]
    tracks = sorted(dict.fromkeys(each.track for each in reviewed.standings), key=lambda name: name != MAIN)
    tables = [*OTHERS.items(), *((part.key, part.title) for part in form_of().parts)]
    return {
        "tracks": [
            {"name": name, "cards": [card for card in cards if card["track"] == name]}
            for name in tracks or [MAIN]
        ],
        "tables": [
            {"look": key, "title": title, "said": len(_table(draft, key)), "wrong": wrong.count(key)}
            for key, title in tables
        ],
        "rules": [
            {"place": place, "text": rule_in_short(rule), "wrong": wrong.count(f"rules/{place}")}
            for place, rule in enumerate(sections(draft, "rules"))
        ],
        "looking": desk.looking,
    }


def _card(place: int, standing: Standing, before: Standing | None, wrong: int) -> dict[str, Any]:
    return {
        "place": place,
        "title": standing.title,
        "track": standing.track,
        "asks": standing.asks,
        "relief": standing.relief,
        "trigger": standing.trigger,
        "months": f"months {standing.begins}–{standing.ends}",
        "marks": list(_marks(standing, before, wrong)),
    }


def _marks(standing: Standing, before: Standing | None, wrong: int) -> Iterator[str]:
    """Yield what is wrong with a stage, in short."""
    if wrong:
        yield f"{wrong} fault{'s' * (wrong > 1)}"
    over = [word for word in standing.over if before is None or word not in before.over]
    if over:
        yield f"more than all of {', '.join(over)} is given back here"
    if standing.is_unreachable:
        yield "is never reached"


def _table(draft: Draft, key: str) -> Mapping[str, Any]:
    table = draft.get(key, {})
    return table if isinstance(table, Mapping) else {}


def rule_in_short(rule: Mapping[str, Any]) -> str:
    """Return a rule as a line of text."""
    return f"{rule.get('when', '?')} → {rule.get('then', '?')}"


def form_at(desk: Desk, reviewed: Review, scenario: Setting) -> dict[str, Any]:
    """Return the form of what is looked at: its fields, what it says, and what is wrong with it."""
    form, base, said = _looked_at(desk)
    faults = [fault for fault in (*reviewed.faults, *reviewed.misfits) if fault.place[: len(base)] == base]
    if not base:
        tables = [*(part.key for part in form_of().parts), *BLANK]
        faults = [fault for fault in faults if not fault.place or fault.place[0] not in tables]
    standing = reviewed.standings[int(base[1])] if base[:1] == ("stages",) else None
    keys = [entry.key for entry in form.entries] + [part.key for part in form.parts if base]
    tables = [part.key for part in form_of().parts]
    strange = [key for key in said if key not in keys and (base or key not in (*tables, *BLANK))]
    return {
        "base": list(base),
        "title": _title(form, base, said),
        "meaning": form.meaning if base else "",
        "groups": [_group(form, [])] + [_group(part, [part.key]) for part in form.parts if base],
        "said": {key: value for key, value in said.items() if base or key not in (*tables, *BLANK)},
        "strange": strange,
        "faults": [
            {"path": "/".join(map(str, fault.place[len(base) :])), "text": _without_key(fault.text)}
            for fault in faults
        ],
        "sums": _sums(standing) if standing else {},
        "demanded": list(reviewed.demanded),
        "hints": hints_in(desk.sheet.draft, scenario),
    }


def _without_key(sentence: str) -> str:
    """Return the sentence on a fault where it stands beside its key."""
    return sentence.partition(": ")[2] or sentence


def _looked_at(desk: Desk) -> tuple[Form, Path, Mapping[str, Any]]:
    """Return the form of what is looked at, where it stands in the draft, and what it says."""
    whole, draft = form_of(), desk.sheet.draft
    section, _, place = desk.looking.partition("/")
    many, part = whole.many(section), whole.part(section)
    if many is not None:
        return many, (section, int(place)), sections(draft, section)[int(place)]
    if part is not None:
        return part, (section,), _table(draft, section)
    return whole, (), draft


def _group(form: Form, path: list[str]) -> dict[str, Any]:
    plain = form.plain()
    return {"title": form.title if path else "", "path": path, "entries": plain["entries"]}


def _title(form: Form, base: Path, said: Mapping[str, Any]) -> str:
    if len(base) > 1:
        number = int(base[1]) + 1
        return f"Stage {number}: {said.get('title', '')}" if base[0] == "stages" else f"Rule {number}"
    return form.title if base else OTHERS[ABOUT]


def _sums(standing: Standing) -> dict[str, Any]:
    """Return what is given and asked by the end of a stage, by the keys that say it."""
    given = {word: _short(share) for word, share in standing.given.items()}
    asked = {word: _short(share) for word, share in standing.asked.items()}
    return {"relief": given, "asks": asked, "wrong": [*standing.over, *standing.below]}


def _short(share: float) -> str:
    return f"{share:.3g}"


def hints_in(draft: Draft, scenario: Setting) -> dict[str, list[str]]:
    """Return the words that are likely where a key holds any text: senders here, tracks of the draft."""
    ground = ground_of(scenario)
    senders = dict.fromkeys(spelt(name) for dispute in ground.disputes for name in ground.senders(dispute))
    tracks = dict.fromkeys(str(stage.get("track", MAIN)) for stage in sections(draft, "stages"))
    return {"only_sender": list(senders), "track": list(dict.fromkeys([MAIN, *tracks]))}


def sums_of(reviewed: Review) -> dict[str, Any]:
    """Return the table of running sums: a row a stage, a column a sector and a milestone demanded."""
    sectors = words_of(Sector)
    return {
        "colours": [palette.SENDER, palette.SHARED],
        "sectors": sectors,
        "milestones": list(reviewed.demanded),
        "rows": [
            {
                "place": place,
                "title": standing.title,
                "track": standing.track,
                "cells": [
                    *(_cell(standing.given[word], word in standing.over) for word in sectors),
                    *(_cell(standing.asked[word], word in standing.below) for word in reviewed.demanded),
                ],
            }
            for place, standing in enumerate(reviewed.standings)
        ],
    }


def _cell(share: float, is_wrong: bool) -> dict[str, Any]:
    return {"text": _short(share), "share": round(min(share, 1.0), 4), "isWrong": is_wrong}
