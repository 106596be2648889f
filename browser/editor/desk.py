"""The desk on which a strategy is edited: its draft, what was done to it, and what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from browser.editor.drafts import Draft, bounded, draft_of_text, own_copy
from browser.editor.editing import BLANK, Path, added, dropped, moved, put, removed
from browser.editor.forms import form_of
from browser.editor.review import judged, review, used
from browser.scene.settings import Plan, Settings, levelled
from model.strategy import Strategy
from model.vocabulary import InputError

#: How many steps can be undone.
STEPS = 60
#: How an operation fails that the page's own components never ask for.
SENSELESS = (AttributeError, LookupError, TypeError, ValueError)
#: What is looked at beside a table of the header, a stage or a rule.
ABOUT, SUMS = "about", "sums"


@dataclass(frozen=True, eq=False)
class Sheet:
    """One state of a draft, and the strategy that it was started from; None if that had faults."""

    draft: Draft
    start: Strategy | None


@dataclass(frozen=True, eq=False)
class Desk:
    """What is edited.

    Attributes
    ----------
    sheets, at : every state that one can go back or forward to, and the one that is seen
    last : the operation that led to it; None after going back or forward
    looking : what is looked at: "stages/0", "rules/0", the key of a table, "about" or "sums"
    is_live : whether what has no faults is used at once
    former : the name under which it is in use
    fault : why the last thing could not be done
    """

    sheets: tuple[Sheet, ...]
    at: int = 0
    last: Mapping[str, Any] | None = None
    looking: str = "stages/0"
    is_live: bool = False
    former: str = ""
    fault: str = ""

    @property
    def sheet(self) -> Sheet:
        """What is seen."""
        return self.sheets[self.at]

    @property
    def is_fresh(self) -> bool:
        """Whether nothing was done yet."""
        return len(self.sheets) == 1

    @property
    def can_mend(self) -> bool:
        """Whether a stage was just moved with the depths that it asks."""
        last = self.last or {}
        return last.get("op") == "move" and last.get("section") == "stages" and not last.get("keeps")

    def done(self, op: Mapping[str, Any]) -> Self:
        """Return the desk after an operation, as the page says it; or with the reason why it cannot be done.

        One writes a key letter by letter: what is said of one key again and again is one step to undo.
        """
        try:
            if op.get("op") == "mend" and self.can_mend:
                return self._again({**(self.last or {}), "keeps": True})
            draft = bounded(changed(self.sheet.draft, op))
        except (InputError, *SENSELESS) as fault:
            return replace(self, fault=str(fault) or "that cannot be done")
        before = self.last or {}
        if op["op"] == "put" and before.get("op") == "put" and before["path"] == op["path"]:
            desk = replace(self, sheets=(*self.sheets[: self.at], Sheet(draft, self.sheet.start)))
        else:
            desk = self._with(Sheet(draft, self.sheet.start))
        return replace(desk, last=dict(op), fault="", looking=followed(self.looking, op, draft))

    def _again(self, op: Mapping[str, Any]) -> Self:
        return self.undone().done(op)

    def restarted(self, strategy: Strategy, own: Sequence[str] = ()) -> Self:
        """Return the desk with a copy of a strategy on it."""
        sheet = Sheet(own_copy(strategy, own), strategy)
        return replace(self._with(sheet), last=None, fault="", former="", looking="stages/0")

    def loaded(self, text: str) -> Self:
        """Return the desk with what the text of a file says, or the reason why it cannot be edited."""
        try:
            draft = draft_of_text(text)
        except InputError as fault:
            return replace(self, fault=str(fault))
        strategy, _ = judged(draft)
        desk = self._with(Sheet(draft, strategy))
        return replace(desk, last=None, fault="", former="", looking="stages/0")

    def undone(self) -> Self:
        """Return the desk as it was a step before."""
        return self._at(self.at - 1)

    def redone(self) -> Self:
        """Return the desk as it was before the last step was undone."""
        return self._at(self.at + 1)

    def _at(self, at: int) -> Self:
        at = min(max(at, 0), len(self.sheets) - 1)
        looking = seen(self.looking, self.sheets[at].draft)
        return replace(self, at=at, last=None, fault="", looking=looking)

    def _with(self, sheet: Sheet) -> Self:
        sheets = (*self.sheets[: self.at + 1], sheet)[-STEPS:]
        return replace(self, sheets=sheets, at=len(sheets) - 1)


def desk_for(strategy: Strategy, own: Sequence[str] = ()) -> Desk:
    """Return a desk with a copy of a strategy on it, under a name of its own unless it is in ``own``."""
    return Desk((Sheet(own_copy(strategy, own), strategy),))


def begun(settings: Settings, place: int) -> Desk:
    """Return a desk with the strategy of the plan at ``place`` on it; where it has none, with the first."""
    own = [name for name, _ in settings.strategies]
    try:
        return desk_for(settings.strategy(place), own)
    except InputError as fault:
        return replace(desk_for(levelled(Plan().strategy, None, ()), own), fault=str(fault))


def current(kept: Desk | None, fresh: Desk) -> Desk:
    """Return the desk that is kept; as long as nothing is edited on it, with the strategy of a fresh one."""
    if kept is None:
        return fresh
    if not kept.is_fresh:
        return kept
    looking = seen(kept.looking, fresh.sheet.draft)
    return replace(fresh, looking=looking, is_live=kept.is_live, fault=kept.fault, former=kept.former)


def acted(desk: Desk, op: Mapping[str, Any], settings: Settings, place: int) -> tuple[Desk, Settings]:
    """Return the desk after what a reader did on the page, and the settings, which it may have changed.

    Parameters
    ----------
    desk : Desk
    op : mapping
        "op" and what belongs to it: undo, redo, look (at), start (name), begin (with what the plan
        runs), load (text), live (on), use, or an
        operation on the draft (see `changed`).
    settings : Settings
    place : int
        The plan whose strategy is edited.
    """
    try:
        after = _done(desk, op, settings, place)
    except (InputError, *SENSELESS) as fault:
        return replace(desk, fault=str(fault) or "that cannot be done"), settings
    is_changed = after.sheet is not desk.sheet or op.get("op") == "live"
    if op.get("op") != "use" and not (after.is_live and is_changed):
        return after, settings
    reviewed = review(after.sheet.draft, settings.case(), after.sheet.start)
    if not reviewed.is_usable:
        return after, settings
    former = after.former if after.is_live else ""
    return replace(after, former=reviewed.name), used(settings, place, reviewed, former)


def _done(desk: Desk, op: Mapping[str, Any], settings: Settings, place: int) -> Desk:
    match op.get("op"):
        case "undo":
            return desk.undone()
        case "redo":
            return desk.redone()
        case "use":
            return replace(desk, fault="")
        case "look":
            return replace(desk, looking=seen(str(op["at"]), desk.sheet.draft), fault="")
        case "live":
            return replace(desk, is_live=bool(op["on"]), fault="")
        case "load":
            return desk.loaded(str(op["text"]))
        case "begin":
            return desk.restarted(settings.strategy(place), list(dict(settings.strategies)))
        case "start":
            own = dict(settings.strategies)
            name = str(op["name"])
            return desk.restarted(levelled(name, own.get(name), ()), list(own))
    return desk.done(op)


def changed(draft: Draft, op: Mapping[str, Any]) -> Draft:
    """Return the draft after an operation as the page says it.

    Raises
    ------
    InputError, KeyError, TypeError, ValueError
        If there is no such operation, or it cannot be done.
    """
    does: dict[str, Callable[[], Draft]] = {
        "move": lambda: moved(
            draft,
            op["section"],
            whole(op["place"]),
            whole(op["to"]),
            op.get("track"),
            bool(op.get("keeps", False)),
        ),
        "add": lambda: added(
            draft,
            op["section"],
            whole(op["at"]),
            None if op.get("like") is None else whole(op["like"]),
            op.get("track"),
        ),
        "remove": lambda: removed(draft, op["section"], whole(op["place"])),
        "put": lambda: put(draft, path_of(op["path"]), op["value"]),
        "drop": lambda: dropped(draft, path_of(op["path"])),
    }
    if op.get("op") not in does:
        raise InputError(f"{op.get('op')!r}: there is no such operation")
    return does[op["op"]]()


def whole(value: Any) -> int:
    """Return a place as a whole number.

    Raises
    ------
    InputError
        If it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError(f"{value!r} is no place")
    return value


def path_of(parts: Any) -> Path:
    """Return a place in a draft as the page says it.

    Raises
    ------
    InputError
        If it is none.
    """
    if not isinstance(parts, list | tuple) or not parts:
        raise InputError(f"{parts!r} is no place")
    return tuple(part if isinstance(part, int) else str(part) for part in parts)


def followed(looking: str, op: Mapping[str, Any], draft: Draft) -> str:
    """Return what to look at after an operation: what was moved or added, or what was looked at."""
    if op["op"] in ("move", "add"):
        looking = f"{op['section']}/{op['to'] if op['op'] == 'move' else op['at']}"
    elif op["op"] == "remove" and looking.startswith(f"{op['section']}/"):
        place = int(looking.partition("/")[2])
        looking = f"{op['section']}/{place - (op['place'] < place)}"
    return seen(looking, draft)


def seen(looking: str, draft: Draft) -> str:
    """Return what can be looked at in a draft, if possible ``looking``."""
    section, _, place = looking.partition("/")
    if section in BLANK and place.isdecimal():
        last = len(draft.get(section, [])) - 1
        return f"{section}/{min(int(place), last)}" if last >= 0 else ABOUT
    known = (ABOUT, SUMS, *(part.key for part in form_of().parts))
    return looking if looking in known else ABOUT
