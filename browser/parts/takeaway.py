"""Take it away: files, figures and a link; and bring files of one's own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Event
from typing import Any

import solara

from browser.exchange import takeaway
from browser.exchange.bringing import used
from browser.exchange.links import Link
from browser.exchange.tables import Asked
from browser.exchange.uploads import LARGEST, SCENARIO, STATE, STRATEGY, upload_of
from browser.reading.look import Look
from browser.scene.crowd import Crowd
from browser.scene.settings import RUNS, Settings
from experiments.report import LABEL
from model.vocabulary import InputError

log = logging.getLogger(__name__)

#: What an upload is called when it is in use.
BROUGHT = {SCENARIO: "The scenario", STRATEGY: "The strategy", STATE: "The page as it stood"}


@solara.component_vue("../vue/takeaway.vue")
def TakeAway(
    *,
    groups: list[dict[str, Any]],
    label: str,
    link: dict[str, str],
    again: dict[str, str],
    sides: list[str],
    bounds: dict[str, Any],
    parcel: dict[str, Any],
    brought: dict[str, Any],
    event_want: Callable[[str], None],
    event_taken: Callable[[int], None],
    event_upload: Callable[[dict[str, Any]], None],
) -> None:
    """Show what can be taken away and brought.

    Parameters
    ----------
    groups : list of mapping
        Each with "title", "about" and "items": "title", "text", "files" ("key", "kind") and "waits", whether
        they cannot be made yet.
    label : str
        What all of it is and is not.
    link : mapping
        "query", and "fault" where there is none.
    again : mapping
        "text", which makes the run again, and "about": where to type it.
    sides : list of str
        The strategies that are shown, of which an upload can take the place.
    bounds : mapping
        "bytes" and "text": how large an upload may be.
    parcel : mapping
        A file that was asked for: "number", "key", and "name", "type" and "data", or a "fault".
    brought : mapping
        What became of an upload: "text" and "isFault".
    event_want, event_taken, event_upload : callable
        Told the key of a file that is wanted, the number of one that arrived, and an upload: "name", "size",
        "text" and "place".
    """


@solara.component
def TakeAwayPanel(
    settings: Settings,
    crowd: Crowd | None,
    on_change: Callable[[Settings], None],
    month: int = 0,
    tab: str = "",
    look: Look | None = None,
) -> None:
    """Show what can be downloaded and uploaded; ``month``, ``tab`` and ``look`` are what the link opens."""
    asked = Asked(settings, crowd, month, tab, look or Look())
    wanted: solara.Reactive[tuple[int, str]] = solara.use_reactive((0, ""))
    parcel: solara.Reactive[dict[str, Any]] = solara.use_reactive({})
    brought: solara.Reactive[dict[str, Any]] = solara.use_reactive({})

    def make(gone: Event) -> None:
        number, key = wanted.value
        if not key:
            return
        made = {"number": number, "key": key, **parcel_or_fault(key, asked)}
        if not gone.is_set():
            parcel.set(made)

    def bring(file: dict[str, Any]) -> None:
        after, told = settings_or_fault(settings, file)
        brought.set(told)
        if after is not None:
            on_change(after)

    solara.use_thread(make, [wanted.value], intrusive_cancel=False)  # no task: see the page's own threads
    TakeAway(
        groups=groups_of(asked),
        label=LABEL,
        link=link_or_fault(asked),
        again=again_of(asked),
        sides=[side.name for side in asked.sides],
        bounds={"bytes": LARGEST[STATE], "text": bounds_told()},
        parcel=parcel.value,
        brought=brought.value,
        event_want=lambda key: wanted.set((wanted.value[0] + 1, str(key))),
        event_taken=lambda number: parcel.set({}),
        event_upload=bring,
    )


def parcel_or_fault(key: str, asked: Asked) -> dict[str, Any]:
    """Return a file as the browser takes it, or why there is none."""
    try:
        parcel = takeaway.parcel_of(key, asked)
    except InputError as fault:
        return {"fault": str(fault)}
    except Exception as fault:
        log.exception("a file could not be made")
        return {"fault": f"This file could not be made: {fault}"}
    return {"name": parcel.name, "type": parcel.type, "data": parcel.data}


def settings_or_fault(settings: Settings, file: dict[str, Any]) -> tuple[Settings | None, dict[str, Any]]:
    """Return the settings that show an upload, or none, and what is told of it."""
    name, place = str(file.get("name", ""))[:80], file.get("place")
    try:
        upload = upload_of(str(file.get("text", "")), int(file.get("size", 0)))
        after = used(settings, upload, 1 if place == 1 and len(settings.plans) > 1 else 0)
    except InputError as fault:
        return None, {"text": f"{name}: {fault}", "isFault": True}
    except Exception:
        log.exception("an upload could not be read")
        return None, {"text": f"{name}: this file could not be read", "isFault": True}
    what = " ".join(filter(None, [BROUGHT[upload.kind], f"“{upload.name}”" if upload.name else ""]))
    return after, {"text": f"{what} is in use.", "isFault": False}


def link_or_fault(asked: Asked) -> dict[str, str]:
    """Return the query of the link that opens the same state, or why there is none."""
    try:
        return {"query": Link(asked.settings, asked.month, asked.tab, asked.look).query()}
    except InputError as fault:
        return {"query": "", "fault": str(fault)}


def again_of(asked: Asked) -> dict[str, str]:
    """Return what makes the first history again."""
    lines = takeaway.again(asked, 0)
    needs_files = any(name.endswith(".toml") for name in takeaway.named(asked, 0))
    way = "On the command line" if len(lines) == 1 else "In Python, since numbers or mechanisms are changed"
    return {
        "text": "\n".join(lines),
        "about": f"{way}{', in a folder with the files that it names' if needs_files else ''}.",
    }


def bounds_told() -> str:
    """Return in a sentence how large an upload may be."""
    scenario, strategy = (f"{LARGEST[kind] / 1e6:g} MB" for kind in (SCENARIO, STRATEGY))
    return f"A scenario may have up to {scenario}, a strategy up to {strategy}."


def groups_of(asked: Asked) -> list[dict[str, Any]]:
    """Return what can be taken away, in groups."""
    case, is_pair = asked.settings.case(), len(asked.settings.plans) > 1
    waits = not asked.has_runs
    table = [("csv", "CSV"), ("parquet", "Parquet")]
    figure = [("png", "PNG"), ("svg", "SVG")]
    strategies, histories = [], []
    for side, end in zip(asked.sides, ("", "-b"), strict=False):
        letter = f" {side.letter}" if is_pair else ""
        strategies.append(item(f"strategy{end}", f"Strategy{letter}", side.title, [("toml", "TOML")]))
        histories.append(item(f"history{end}", f"History{letter}", "Events over the monthly series", figure))
    return [
        {
            "title": "Files",
            "about": "They can be edited, run again anywhere, and brought back here.",
            "items": [
                item("scenario", "Scenario", case.title, [("toml", "TOML")]),
                *strategies,
                item("settings", "Settings", "Luck, numbers and levels, with the link", [("json", "JSON")]),
            ],
        },
        {
            "title": "The history",
            "about": "Whole, to its last month, however far it is played here.",
            "items": [
                item("months", "Months", "Every series, a row a month", table),
                item("ledger", "Ledger", "What happened, a row an event", table),
                item("outcome", "Outcome", "What it is judged by", table),
            ],
        },
        {
            "title": f"The {RUNS} runs",
            "about": "The same settings under other luck.",
            "items": [
                item("runs", "Runs", "Outcomes, a row a run", table, waits),
                item("bands", "Bands", "Quantiles of every series, month by month", table, waits),
            ],
        },
        {
            "title": "Figures",
            "about": "As they can be printed.",
            "items": [
                *histories,
                item("fans", "Months", "Every series on the bands of the runs", figure, waits),
                item("endings", "Endings", "How the runs ended", figure, waits),
            ],
        },
    ]


def item(
    stem: str, title: str, text: str, kinds: Sequence[tuple[str, str]], waits: bool = False
) -> dict[str, Any]:
    """Return one thing that can be taken away, in each of its kinds of file."""
    files = [{"key": f"{stem}.{ending}", "kind": kind} for ending, kind in kinds]
    return {"title": title, "text": text, "files": files, "waits": waits}
