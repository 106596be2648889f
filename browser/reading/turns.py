"""The turns of a process: what befell it, what its strategy provides for, and when that came about."""

from __future__ import annotations

from dataclasses import dataclass

from browser.reading import stage_words
from browser.reading.past import Past, When
from model import chronicle
from model.vocabulary import Event, Then, word_of


@dataclass(frozen=True)
class Turn:
    """Something that the strategy provides for, or that befell the process: what, and when it came about."""

    text: str
    times: tuple[When, ...]


#: What can befall a process, as one says it when it has.
BEFELL = {
    Event.PAUSED: chronicle.THENS[Then.PAUSE],
    Event.WITHHELD: "relief that was due was held back",
    Event.RELIEF_EXPIRED: "relief lapsed",
    Event.STEPPED_BACK: chronicle.THENS[Then.STEP_BACK],
    Event.SNAPPED_BACK: chronicle.THENS[Then.SNAP_BACK],
    Event.BROKEN: "the process broke down",
    Event.HANDED_OVER: "the process passed into the hands of the region",
}


def turns_of(past: Past) -> tuple[Turn, ...]:
    """Return what befell the process so far."""
    found = [(past.months_of(event), chronicle.sentence_of(text)) for event, text in BEFELL.items()]
    return tuple(Turn(text, past.whens(months)) for months, text in found if months)


def rules_of(past: Past) -> tuple[Turn, ...]:
    """Return what a strategy provides: each rule once, in the order of its file, and when it fired."""
    strategy = past.chapter.strategy
    turns: dict[tuple[str, str], Turn] = {}
    for rule in strategy.rules:
        pair = word_of(rule.when), word_of(rule.then)
        months = list(
            dict.fromkeys(
                event.month for event in past.of(Event.RULE_FIRED) if (event.subject, event.why) == pair
            )
        )
        text = stage_words.fired_in_words(rule) if months else stage_words.rule_in_words(rule)
        turns.setdefault(pair, Turn(text, past.whens(months)))
    return (*_phases(past), *turns.values())


def _phases(past: Past) -> list[Turn]:
    """Return the phase of pressure before the talks and the handover after them, where there are any."""
    strategy, phases = past.chapter.strategy, []
    months, handover = strategy.pressure.months, strategy.handover.after_stages
    if months:
        over = [months - 1] if past.month >= months else []
        phases.append(Turn(f"{stage_words.pressure_in_words(strategy)} come first", past.whens(over)))
    if handover and not past.months_of(Event.HANDED_OVER):
        phases.append(Turn(f"The region takes over after stage {handover}", ()))
    return phases
