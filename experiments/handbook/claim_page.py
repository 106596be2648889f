"""The page of the claims: what became of each when everything was run, from the record in docs/claims."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from experiments.analysis import spoken
from experiments.claims import chapters, record, tabled, told
from experiments.claims.judging import Judgement
from experiments.claims.record import Record
from experiments.handbook.places import NOTE

#: What a reader has to know who wonders whether the rules were made to fit the answers.
BEFOREHAND = """\
The files of the claims, with their arms, outcomes, least effects of interest and rules, were written before
any of their arms was run. The history of the repository shows that they were committed before the code that
runs them; since then only caveats for the reader, and how much of C33 is a rule, were added to seven of them.
Three files do not count "no difference that matters" against their claim, as the claims are worded. The
least effects were set beside the spread of outcomes under one neutral ladder.

What judges was mended three times. After a plain run and before any record: intervals of yes or no. After the
first records had been read: intervals are clustered by region, a family has fifty regions instead of ten, and
none of them both chooses and measures. After the next one: degrees of freedom, means of the measuring worlds
only, and what is told of an ablation. Each asks for more, or tells more plainly. No verdict changed;
but C61, which had failed in 43 % of the space, the other way round, is open everywhere since, and some
effects came out smaller.

The mechanisms and the default numbers are older, but for pressure beside the talks, which was added for C61;
they were made with tables by strategy in view ([why](design.md)); the claims draw all uncertain numbers from
their ranges, so that they do not rest on those defaults. After verdicts were seen, one mechanism was changed
in what is left when it is switched off (M41), which no claim does.
"""


def page() -> str:
    """Return the page, as the record of this checkout has it."""
    found = record.read()
    judgements = list(found.judgements.values())
    board = tabled.scoreboard(judgements)
    parts = [
        "# Ten claims put to the model\n",
        NOTE,
        "The seed articles make claims about what works. These are ten that can fail in this model. How near "
        "its rules come to saying one outright differs: that losses deter cheating is a term of a choice, "
        "so that snapback (C33) could fail only by its price. A verdict is about the sentence below a title, "
        "in its outcomes, and not about all that a title may call to mind. "
        "Each is a file that fixes what is compared, on which outcome, "
        "by how much, and what would refute it; `backchannel claims` runs them and computes the verdicts. "
        "A verdict is about this model. It says what follows from its mechanisms over the ranges of its "
        "numbers, and nothing about the world until those are believed.\n",
        currency(found),
        "![All claims on one sheet](claims/scoreboard.png)\n",
        table(board[["says", "verdict", "effect", "holds in", "fails in"]], links=True),
        f"\n{chapters.scope(found)} [How a verdict is reached](#how-a-verdict-is-reached), and "
        "[what was fixed beforehand](#what-was-fixed-beforehand), stand below the claims.\n",
        "## Where each flips, and why\n",
        table(board[["where it flips", "why"]]),
        "",
        *(line for judged in judgements for line in told_of(judged)),
        "\n## How a verdict is reached\n",
        *(f"- {sentence}" for sentence in chapters.HOW),
        "\n## What was fixed beforehand\n",
        BEFOREHAND,
        chapters.made(found),
    ]
    return "\n".join(parts)


def currency(found: Record) -> str:
    """Return whether the record is of the code as it is."""
    day = found.made[:10]
    if found.is_of_these_sources:
        return f"This is the record of {day}, made by the code as it stands.\n"
    return (
        f"**The record of {day} may be out of date**: files that decide a verdict have changed since. "
        "`backchannel claims --fast` says whether the numbers have.\n"
    )


def told_of(judged: Judgement) -> Iterator[str]:
    """Yield the part of the page that is about one claim."""
    claim = judged.claim
    yield f"## {claim.id}: {claim.title}\n"
    yield f"*{claim.says}* {told.origin(claim)}\n"
    yield f"**{told.verdict(judged)}**\n"
    yield f"![{claim.id}: responses, effects by part of the space, and ablations](claims/{claim.id}.png)\n"
    yield from (f"- {sentence}" for sentence in told.sentences(judged))
    yield f"\nThe file: [experiments/claims/{claim.id}.toml](../experiments/claims/{claim.id}.toml).\n"
    for name, found in tabled.tables(judged).items():
        yield f"<details markdown><summary>{name.replace('-', ' ').capitalize()}</summary>\n"
        yield table(found)
        yield "\n</details>\n"


def table(found: pd.DataFrame, links: bool = False) -> str:
    """Return a table as Markdown; with ``links``, its first column leads to the part about the claim."""
    shown = found.reset_index()
    headings = [str(name) for name in shown.columns]
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    for row in shown.itertuples(index=False):
        cells = [spoken.cell(value).replace("|", "\\|") for value in row]
        if links:
            cells[0] = f"[{cells[0]}](#{anchor(cells[0], cells[1])})"
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def anchor(id: str, title: str) -> str:
    """Return the anchor of the part about a claim."""
    words = "".join(letter for letter in f"{id} {title}".lower() if letter.isalnum() or letter in " -")
    return "-".join(words.split())
