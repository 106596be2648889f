"""The pages of the submodels, made from what the files of the model say: docs/submodels/."""

from __future__ import annotations

from pathlib import Path

from experiments.handbook.carrying import carriers
from experiments.handbook.filling import coded, table
from experiments.handbook.month import CALENDAR, Item, address, families
from experiments.handbook.parameter_page import HEADINGS, number_row
from experiments.handbook.places import DOCS, NOTE
from experiments.handbook.state_page import columns_moved_by
from experiments.handbook.written import Function, Written, is_equation, written
from experiments.inside import said
from model.vocabulary import Event, Stream, word_of

FOLDER = DOCS / "submodels"
#: What the files of the month rest on: the name of the page, its title, its opening sentence and its files.
FOUNDATIONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "shapes-and-luck",
        "Shapes and luck",
        "How a share moves, how a choice is made, and how chance is drawn: what every submodel uses.",
        ("bounded", "draws"),
    ),
    (
        "exchange",
        "The exchange",
        "What a package is worth to each side, who says yes, and what is made of a promise that was kept "
        "or broken.",
        ("packages", "answers", "experience"),
    ),
    (
        "shared-acts",
        "Shared acts",
        "What several submodels can bring about, and what stands here once: talks that break, lines that "
        "open, reports that see.",
        ("process", "lines", "monitoring"),
    ),
    (
        "judging",
        "Judging a run",
        "How a month is read and a finished world is judged. Nothing here moves the world.",
        ("ledger", "readings", "series", "watches", "labels", "verdict"),
    ),
)


def pages() -> dict[Path, str]:
    """Return the pages of the submodels, by their place."""
    made = {FOLDER / "index.md": index()}
    for family in families():
        made[FOLDER / f"{address(family)}.md"] = family_page(family)
    for name, title, opening, stems in FOUNDATIONS:
        files = [written(f"model/{stem}.py") for stem in stems]
        parts = [f"# {title}\n", NOTE, f"{opening}\n", *(part for file in files for part in section(file))]
        made[FOLDER / f"{name}.md"] = "\n".join(parts)
    return made


def index() -> str:
    """Return the page that lists the submodels."""
    rows = [
        (
            str(family[0].number),
            f"[{_title(family)}]({address(family)}.md)",
            "<br>".join(item.told for item in family),
        )
        for family in families()
    ]
    parts = [
        "# Submodels\n",
        NOTE,
        f"A month has {len(rows)} items, in this order. Each is a file, or two or three, of "
        f"`model/mechanisms/`; the order is that of [{CALENDAR}](../../{CALENDAR}).\n",
        table("no.: | submodel | what happens", rows),
        "\nThey rest on these:\n",
        table(
            "page | what it holds",
            [(f"[{title}]({name}.md)", opening) for name, title, opening, _ in FOUNDATIONS],
        ),
        "\n## How to read these pages\n",
        "Everything on them is made from the text of the model: the ideas and equations from the head of "
        "each file, the sentences from its functions, the numbers from their table. An equation at the "
        "head of a file says the idea in short. Below it stand the **rules**, each with its exact form: a "
        "rule takes numbers and returns one. Then the **phases**: a phase goes through actors, ties or "
        "disputes, applies rules, and alone writes into the world; its name leads to its code. *Carries* "
        "names the mechanisms of [mechanisms.md](../mechanisms.md) that a rule or a phase says it "
        "expresses; each can be switched off.\n\nIn code, `numbers` are the numbers of "
        "[parameters.md](../parameters.md), `on` the switches of mechanisms (1 or 0), `row` a dispute, "
        "`seat` a party, `header` and `stage` what the strategy says ([designs.md](../designs.md)). Three "
        "shapes come up again and again: `pushed`, `drawn_to` and `saturating`; they and the choice by "
        "logit are on [the first of the pages below](shapes-and-luck.md).\n",
    ]
    return "\n".join(parts)


def _title(family: tuple[Item, ...]) -> str:
    *others, last = [item.file.title for item in family]
    if not others:
        return last
    first, *between = others
    return f"{', '.join([first, *map(lowered, between)])} and {lowered(last)}"


def lowered(title: str) -> str:
    """Return a title as it stands within a sentence."""
    return title[:1].lower() + title[1:]


def family_page(family: tuple[Item, ...]) -> str:
    """Return the page of the submodels that make one item of the month."""
    number = family[0].number
    parts = [
        f"# {_title(family)}\n",
        NOTE,
        f"Item {number} of the {len(families())} of [the month](index.md).\n",
    ]
    for item in family:
        parts += section(item.file, item)
    return "\n".join(parts)


def section(file: Written, item: Item | None = None) -> list[str]:
    """Return what is told of one file: idea, equations, rules, phases, numbers, what it moves and writes."""
    parts = [f"## {file.title}\n"]
    parts += [f"*{file.idea}*\n"] if file.idea else []
    parts += [_shown(part) for part in file.parts]
    parts += [f"From [{file.place}](../../{file.place}).\n", *_facts(file, item)]
    rules = [function for function in file.functions if function.mark == "rule"]
    others = [function for function in file.functions if function.mark != "rule"]
    if rules:
        parts += ["### Rules\n", *(part for rule in rules for part in _rule(rule, file))]
    if others:
        heading = (
            "phase | what it does | carries"
            if any(each.carries for each in others)
            else "phase | what it does"
        )
        parts += ["### Phases\n", table(heading, [_phase(each, file, heading) for each in others]), ""]
    return parts + _numbers(file) + _carried(file)


def _shown(part: str) -> str:
    if is_equation(part):
        lines = [line.removeprefix("    ") for line in part.splitlines()]
        return "\n".join(["```equation", *lines, "```\n"])
    return f"{part}\n"


def _facts(file: Written, item: Item | None) -> list[str]:
    facts = []
    if item is not None:
        facts.append(f"- Each month calls {coded(item.phases)}.")
        moves = columns_moved_by(item.name)
        if moves:
            facts.append(f"- Moves {moves} ([state variables](../state.md)).")
    if file.events:
        told = [word_of(Event[name]) for name in file.events]
        facts.append(f"- Writes {coded(told)} into the ledger ([events](../events.md)).")
    if file.streams:
        facts.append(
            f"- Draws {coded(word_of(Stream[name]) for name in file.streams)} ([luck](shapes-and-luck.md))."
        )
    return [*facts, ""] if facts else []


def _link(function: Function, file: Written) -> str:
    return f"../../{file.place}#{function.name}"


def _rule(function: Function, file: Written) -> list[str]:
    told = " ".join(function.told.split())
    carries = f" *Carries {', '.join(function.carries)}.*" if function.carries else ""
    return [
        f"[`{function.name}`]({_link(function, file)}) ({', '.join(function.arguments)}): {told}{carries}\n",
        f"```python\n{function.code}\n```\n",
    ]


def _phase(function: Function, file: Written, heading: str) -> tuple[str, ...]:
    cells = (f"[`{function.name}`]({_link(function, file)})", " ".join(function.told.split()))
    return (*cells, ", ".join(function.carries)) if "carries" in heading else cells


def _numbers(file: Written) -> list[str]:
    from model import Parameters

    known = Parameters.table()
    read = [name for name in file.numbers if name in known.index]
    if not read:
        return []
    return ["### Numbers\n", table(HEADINGS, [number_row(name, known.loc[name]) for name in read]), ""]


def _carried(file: Written) -> list[str]:
    own = f"{file.stem}."
    told = [
        (name, said()[name])
        for name, places in carriers().items()
        if any(place.startswith(own) for place in places)
    ]
    return ["### Mechanisms\n", table("mechanism | what it says", told), ""] if told else []
