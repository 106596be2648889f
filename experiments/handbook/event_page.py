"""The page of what the ledger can say: docs/events.md."""

from __future__ import annotations

import re
from enum import IntEnum

from experiments.handbook.filling import table
from experiments.handbook.month import items, page_of, slug
from experiments.handbook.places import NOTE
from experiments.handbook.written import written
from model.chronicle import REASONS, SENTENCES, STAGED, SUBJECTS
from model.vocabulary import Event, word_of

#: What stands where a sentence names somebody or something.
PLACES = {
    "who": "who",
    "whom": "whom",
    "lead": "the lead sender",
    "target": "the target",
    "subject": "subject",
    "why": "reason",
    "amount": "amount",
    "level": "level",
    "measures": "measures",
}
#: What several items of the month can bring about, and write down, stands in these.
ACTS = ("lines", "process")


def page() -> str:
    """Return the page of the events."""
    writers = _writers()
    rows = []
    for event, sentence in SENTENCES.items():
        told = (sentence,) if isinstance(sentence, str) else sentence
        subject = "stage" if event in STAGED else _vocabulary(SUBJECTS.get(event))
        rows.append(
            (
                str(int(event)),
                f"`{word_of(event)}`",
                "<br>".join(map(_shown, told)),
                subject,
                _vocabulary(REASONS.get(event)),
                ", ".join(writers.get(event.name, [])),
            )
        )
    parts = [
        "# Events\n",
        NOTE,
        f"The ledger of a run can say {len(Event)} things. A phase writes an event as it happens: the "
        "month, the dispute, who, whom, a subject, an amount and a reason. A watched run keeps all of it "
        "and tells it in sentences ([model/chronicle.py](../model/chronicle.py)); an ensemble keeps the "
        "counts. Where an event has two sentences, the second is told where its amount is above 0. Words "
        "in italics are filled in: the names are those of the scenario, a stage is told by its number and "
        "title.\n\n`SanctionsModel.events` is the ledger of a watched run as a table, and `backchannel "
        "run` tells it.\n",
        table("no.: | event | as it is told | subject | reason | written by", rows),
        "",
    ]
    return "\n".join(parts)


def _shown(sentence: str) -> str:
    return (
        re.sub(r"\{(\w+)[^}]*\}", lambda place: f" *{PLACES[place[1]]}* ", sentence)
        .replace("  ", " ")
        .replace("* .", "*.")
        .replace("* ,", "*,")
        .strip()
    )


def _vocabulary(words: type[IntEnum] | None) -> str:
    return f"[{words.__name__}](words.md#{words.__name__.lower()})" if words else ""


def _writers() -> dict[str, list[str]]:
    """Return for each event the items of the month, and other files, that write it."""
    found: dict[str, list[str]] = {}
    for item in items():
        for event in item.file.events:
            found.setdefault(event, []).append(f"[{item.name}]({page_of(item.name)})")
    for stem in ACTS:
        file = written(f"model/{stem}.py")
        for event in file.events:
            found.setdefault(event, []).append(f"[{file.stem}](submodels/shared-acts.md#{slug(file.title)})")
    return found
