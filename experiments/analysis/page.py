"""The report of a sweep: every question that it can answer, one page that opens anywhere, no network."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from experiments import briefing, figures, findings, progress, report, store
from experiments.analysis import questions, spoken
from experiments.analysis.section import Section
from experiments.sweeps.aloud import counted
from experiments.sweeps.folder import EXPERIMENT
from experiments.sweeps.results import Results
from model.vocabulary import InputError, nearest

#: The file that is written.
REPORT = "report.html"
#: How the report of another dispute is had.
OTHER = "report --dispute names another"
#: Rows of a table that the page shows; the file has all.
MOST_ROWS = 60
Progress = Callable[[str, int, int], None]


class Chapter(NamedTuple):
    """A question that was put to a sweep: its verb, where, and the answer, or why there is none."""

    verb: str
    scenario: str | None
    answer: Section | str


def answered(results: Results, told: Progress, dispute: str | None = None) -> Iterator[Chapter]:
    """Yield every question with its answer, or with why there is none."""
    asked = asked_of(results, dispute)
    for place, (verb, scenario) in enumerate(asked):
        told("asking", place, len(asked))
        try:
            section = questions.ask(results, verb, scenario=scenario, dispute=dispute, **looks(results, verb))
            yield Chapter(verb, scenario, section)
        except InputError as reason:
            yield Chapter(verb, scenario, str(reason))
    told("asking", len(asked), len(asked))


def asked_of(results: Results, dispute: str | None) -> list[tuple[str, str | None]]:
    """Return the questions to ask; of a ``dispute`` that is named, in the scenarios that hold it.

    Raises
    ------
    InputError
        If none does.
    """
    asked = questions.askable(results)
    if dispute is None:
        return asked
    holding = [scenario for scenario, names in results.disputes.items() if dispute in names]
    if not holding:
        known = list(dict.fromkeys(name for names in results.disputes.values() for name in names))
        raise InputError(
            f"'{dispute}' (--dispute) is no dispute in '{results.folder}'; there is "
            f"{findings.listed(known, 12)}{nearest(dispute, known)}"
        )
    together = [None] if len(holding) == len(results.scenarios) else holding
    places = [(verb, [scenario] if scenario else together) for verb, scenario in asked]
    return [(verb, each) for verb, named in places for each in named if each is None or each in holding]


def looks(results: Results, verb: str) -> dict[str, int]:
    """Return how often conditions are looked for, which they correct for."""
    return {"looks": len(results.scenarios)} if verb == "conditions" else {}


def where_of(results: Results, chapter: Chapter, dispute: str | None = None, other: str = OTHER) -> str:
    """Return in which scenario and dispute a chapter is asked, and how an `other` is, of several."""
    if chapter.scenario is None:
        several = {name: disputes for name, disputes in results.disputes.items() if len(disputes) > 1}
        told = [f"{dispute or disputes[0]} of {name}" for name, disputes in several.items()]
        return f"Of several disputes, this is about {findings.listed(told)} ({other})." if several else ""
    disputes = results.disputes[chapter.scenario]
    named = f"In {chapter.scenario}. " if len(results.scenarios) > 1 else ""
    return (named + findings.about(dispute or disputes[0], disputes, other)).strip()


def told_as(chapter: Chapter, section: Section, where: str) -> dict[str, Any]:
    """Return a section as the template has it, figures as pictures and tables as cells."""
    return {
        "anchor": f"{chapter.verb}-{chapter.scenario or 'all'}",
        "question": section.question,
        "where": where,
        "finding": spoken.ended(section.finding),
        "sentences": section.sentences,
        "pictures": {name: picture(figure) for name, figure in section.figures.items()},
        "tables": {name.replace("-", " "): cells(table) for name, table in section.tables.items()},
        "notes": section.notes,
    }


def picture(figure: Any) -> str:
    """Return a figure as a data address."""
    buffer = io.BytesIO()
    figures.save(figure, buffer)
    return report.embedded(buffer.getvalue())


def cells(table: pd.DataFrame) -> dict[str, Any]:
    """Return a table as headings and rows of text."""
    shown = table.reset_index() if table.index.name is not None else table
    rows = [[spoken.cell(value) for value in row] for row in shown.head(MOST_ROWS).itertuples(index=False)]
    return {"headings": list(map(str, shown.columns)), "rows": rows, "all": len(shown)}


def ran(results: Results) -> list[str]:
    """Return in sentences what was run."""
    account, sampling = results.account, results.sampling()
    lines = [
        f"{counted(account['runs'], 'run')} of {counted(account['strategies'], 'strategy')} "
        f"in {', '.join(results.scenarios)}.",
        _drawn(sampling, len(results.draws())),
        *(f"The mechanism {name} was switched off." for name in account["without"]),
        *account["notes"],
    ]
    for entry in account["orders"]:
        taken = "all" if entry["drawn"] == entry["valid"] else f"{entry['drawn']:,}"
        lines.append(f"Of {entry['valid']:,} valid orders of {entry['base']}, {taken} were run.")
    failures = results.failures()
    if len(failures):
        told = f"{counted(len(failures), 'run')} failed and are in no number; the first with:"
        lines.append(f"{told} {failures['reason'].iloc[0]}")
    return lines


def _drawn(sampling: dict[str, Any], draws: int) -> str:
    replicates = counted(sampling["replicates"], "replicate")
    if not sampling["numbers"]:
        return f"All numbers at their defaults; {replicates} of each strategy on the same luck."
    luck = "luck of its own" if sampling["luck"] == "fresh" else "the same luck"
    design = str(sampling["design"]).replace("-", " ").capitalize()
    numbers = counted(len(sampling["numbers"]), "uncertain number")
    return (
        f"{design} of {numbers}: {counted(draws, 'draw')}, each with {luck}, {replicates} of each strategy."
    )


def write(
    results: Results, told: Progress, dispute: str | None = None
) -> tuple[Path, list[tuple[str, Section]]]:
    """Ask everything of a sweep and write its report beside it; of a named ``dispute`` under its name.

    Returns
    -------
    tuple
        Where it is, and the sections in it, each after where it was asked.

    Raises
    ------
    InputError
        If there is no such dispute, no question could be answered, or the report cannot be written.
    """
    chapters, sections, not_asked = [], [], []
    several = len(results.scenarios) > 1
    for chapter in answered(results, told, dispute):
        if isinstance(chapter.answer, str):
            not_asked.append(f"{chapter.verb}: {chapter.answer}")
            continue
        where = where_of(results, chapter, dispute)
        chapters.append(told_as(chapter, chapter.answer, where))
        sections.append((where, chapter.answer))
        place = [chapter.scenario if several else None, dispute]
        spoken.write(chapter.answer, results.folder, "-".join(filter(None, place)) or None)
    if not chapters:
        raise InputError(f"'{results.folder}' answers no question: {not_asked[0]}")
    page = report.templates().get_template("sweep.html")
    text = page.render(
        account=results.account,
        label=report.LABEL,
        where=f"{counted(results.account['strategies'], 'strategy')}, {', '.join(results.scenarios)}",
        finished=results.finished,
        chapters=chapters,
        not_asked=not_asked,
        ran=ran(results),
        folder=results.folder,
        experiment=(results.folder / EXPERIMENT).read_text(encoding="utf-8"),
        varied=bool(results.sampling()["numbers"]),
    )
    path = results.folder / (REPORT if dispute is None else f"report-{dispute}.html")
    with store.refusals_explained(results.folder):
        path.write_text(text, encoding="utf-8")
    return path, sections


def report_aloud(folder: Path, dispute: str | None = None) -> None:
    """Write the report of a sweep with progress shown, and print what each question found."""
    results, screen = Results(folder), briefing.console()
    with progress.Progressing("the report") as board:
        path, sections = write(results, board, dispute)
    for where, section in sections:
        screen.print(f"\n{section.question}", highlight=False, markup=False)
        if where:
            screen.print(where, highlight=False, markup=False)
        screen.print(spoken.ended(section.finding), style="bold", highlight=False, markup=False)
    screen.print(f"\n{report.LABEL}. Written to {path}", highlight=False, markup=False, soft_wrap=True)
