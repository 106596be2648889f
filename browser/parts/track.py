"""The strategy as a track: its stages in order, and where the process stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from browser.parts.chart import text_of
from browser.reading.stage_words import brief_of, facts_of
from browser.reading.tracks import Line, State, Step, Track, track_of
from browser.reading.turns import Turn
from browser.scene.story import Chapter
from model.strategy import Strategy

#: Icon and colour of a stage, by where it stands; the colours are those of track.css.
SIGNS = {
    State.AHEAD: ("circle-outline", "ahead"),
    State.TABLED: ("forum-outline", "open"),
    State.REFUSED: ("cancel", "stuck"),
    State.AGREED: ("handshake", "open"),
    State.RELEASED: ("timer-sand", "open"),
    State.DISPUTED: ("help", "stuck"),
    State.PAUSED: ("pause", "stuck"),
    State.STEPPED_BACK: ("undo", "lost"),
    State.SNAPPED_BACK: ("backup-restore", "lost"),
    State.BROKEN: ("close-octagon", "lost"),
    State.DONE: ("check-bold", "done"),
    State.SET_ASIDE: ("minus", "ahead"),
}


@solara.component
def StrategyTrack(
    chapter: Chapter, month: int, on_month: Callable[[int], None], testid: str = "track"
) -> None:
    """Show every stage as a card on a line, as it stands in a month; a click goes to when it last changed.

    Parameters
    ----------
    chapter : Chapter
        Whose strategy it is.
    month : int
        The month that is looked at.
    on_month : callable
        Told the month that is to be looked at.
    testid : str
        ``data-testid`` of the whole; a stage's has "-stage-" and its number from 1 added.
    """
    strategy = chapter.strategy
    stages = solara.use_memo(lambda: text_of(plan_of(strategy)), [strategy])
    standing = solara.use_memo(lambda: text_of(now_of(track_of(chapter, month))), [chapter, month])
    TrackView(
        title=strategy.title,
        stages=stages,
        standing=standing,
        testid=testid,
        event_go=lambda month: on_month(int(month)),
    )


@solara.component_vue("../vue/track.vue")
def TrackView(
    title: str,
    stages: str,
    standing: str,
    testid: str,
    event_go: Callable[[int], None],
) -> None:
    """Draw a track: what stays of its stages (`plan_of`), and where they stand (`now_of`), both in JSON."""


def plan_of(strategy: Strategy) -> list[list[dict[str, Any]]]:
    """Return what a strategy says of each stage, track by track: its title, and what it asks and gives."""
    return [
        [
            {
                "title": stage.title,
                "brief": brief_of(stage),
                "facts": [list(fact) for fact in facts_of(stage)],
            }
            for stage in stages
        ]
        for stages in strategy.tracks.values()
    ]


def now_of(track: Track) -> dict[str, Any]:
    """Return a track in a month as plain values."""
    return {
        "lines": [_line(line) for line in track.lines],
        "turns": [_turn(turn) for turn in track.turns],
        "rules": [_turn(rule) for rule in track.rules],
    }


def _line(line: Line) -> dict[str, Any]:
    return {"name": line.name, "sentence": line.sentence, "steps": [_step(step) for step in line.steps]}


def _step(step: Step) -> dict[str, Any]:
    icon, tone = SIGNS[step.state]
    return {
        "number": step.place + 1,
        "label": step.label,
        "note": step.note,
        "icon": icon,
        "tone": tone,
        "here": step.is_at_hand,
        "go": step.changed,
        "counts": _counts(step),
        "past": [list(entry[1:]) for entry in step.past],
    }


def _counts(step: Step) -> str:
    """Return how often a stage was refused and repeated; empty where it was neither."""
    counts = {"refused": step.refused, "repeated": step.repeated}
    return ", ".join(
        f"{word} {'once' if often == 1 else f'{often} times'}" for word, often in counts.items() if often
    )


def _turn(turn: Turn) -> dict[str, Any]:
    dates = [when.date for when in turn.times]
    return {"text": turn.text, "dates": dates, "go": turn.times[-1].month if turn.times else None}
