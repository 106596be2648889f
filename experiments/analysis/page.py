"""The report of a sweep: every question that it can answer, one page that opens anywhere, no network."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from experiments import briefing, progress, report, store
from experiments.analysis import spoken
from experiments.analysis.section import Section
from experiments.sweeps.aloud import counted
from experiments.sweeps.folder import EXPERIMENT
from experiments.sweeps.results import Results
from model.vocabulary import InputError

#: The file that is written.
REPORT = "report.html"
#: Rows of a table that the page shows; the file has all.
MOST_ROWS = 60
#: Designs whose points tell what drives an outcome, and little else.
SCREENING = ("morris", "saltelli")


class Question(NamedTuple):
    """A question that is put to a sweep: its verb, where it is asked, and how it is answered."""

    verb: str
    scenario: str | None
    answer: Callable[[], Section]


def questions(results: Results) -> list[Question]:
    """Return the questions that a sweep can answer, that which it was made for first."""
    several = len(results.strategies()) > 1
    varied = bool(results.sampling()["numbers"])
    asked: list[Question] = []
    for scenario in results.scenarios:
        if results.account["orders"]:
            asked.append(Question("orders", scenario, lambda name=scenario: _orders(results, name)))  # type: ignore[misc]
        if several:
            asked.append(Question("differences", scenario, lambda name=scenario: _differences(results, name)))  # type: ignore[misc]
    if several:
        asked.append(Question("robustness", None, lambda: _robustness(results)))
    for scenario in results.scenarios:
        asked.append(Question("survival", scenario, lambda name=scenario: _survival(results, name)))  # type: ignore[misc]
        if varied or results.account["levers"]:
            asked.append(Question("drivers", scenario, lambda name=scenario: _drivers(results, name)))  # type: ignore[misc]
        if varied and several:
            asked.append(Question("conditions", scenario, lambda name=scenario: _conditions(results, name)))  # type: ignore[misc]
    if results.sampling()["design"] in SCREENING:
        asked.sort(key=lambda question: question.verb != "drivers")
    return asked


def _orders(results: Results, scenario: str) -> Section:
    from experiments.analysis import order_effects_told

    return order_effects_told.section(results, scenario, outcome=results.outcome)


def _differences(results: Results, scenario: str) -> Section:
    from experiments.analysis import differences_told

    return differences_told.section(results, scenario)


def _robustness(results: Results) -> Section:
    from experiments.analysis import robustness_told

    return robustness_told.section(results, thresholds=dict(results.account["thresholds"]) or None)


def _survival(results: Results, scenario: str) -> Section:
    from experiments.analysis import survival_told

    return survival_told.section(results, scenario)


def _drivers(results: Results, scenario: str) -> Section:
    from experiments.analysis import drivers_told

    return drivers_told.section(results, scenario, outcome=results.outcome)


def _conditions(results: Results, scenario: str) -> Section:
    from experiments.analysis import conditions_told

    looks = len(results.scenarios)
    first = results.strategy_of(None)
    return conditions_told.section(results, first, outcome=results.outcome, scenario=scenario, looks=looks)


def answered(
    results: Results, told: Callable[[str, int, int], None]
) -> Iterator[tuple[Question, Section | str]]:
    """Yield every question with its answer, or with why there is none."""
    asked = questions(results)
    for place, question in enumerate(asked):
        told(f"asking: {question.verb}", place, len(asked))
        try:
            yield question, question.answer()
        except InputError as reason:
            yield question, str(reason)
    told("asking", len(asked), len(asked))


def chapter_of(question: Question, section: Section, several: bool) -> dict[str, Any]:
    """Return a section as the template has it, figures as pictures and tables as cells."""
    return {
        "anchor": f"{question.verb}-{question.scenario or 'all'}",
        "question": section.question if not (several and question.scenario) else _at(section, question),
        "where": "",
        "finding": spoken.ended(section.finding),
        "sentences": section.sentences,
        "pictures": {name: picture(figure) for name, figure in section.figures.items()},
        "tables": {name.replace("-", " "): cells(table) for name, table in section.tables.items()},
        "notes": section.notes,
    }


def _at(section: Section, question: Question) -> str:
    return f"{section.question.rstrip('?')}, in {question.scenario}?"


def picture(figure: Any) -> str:
    """Return a figure as a data address."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=150)
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


def write(results: Results, told: Callable[[str, int, int], None]) -> tuple[Path, list[Section]]:
    """Ask everything of a sweep and write its report beside it.

    Returns
    -------
    tuple
        Where it is, and the sections in it.

    Raises
    ------
    InputError
        If no question could be answered, or the report cannot be written.
    """
    chapters, sections, not_asked = [], [], []
    several = len(results.scenarios) > 1
    for question, section in answered(results, told):
        if isinstance(section, str):
            not_asked.append(f"{question.verb}: {section}")
            continue
        chapters.append(chapter_of(question, section, several))
        sections.append(section)
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
    path = results.folder / REPORT
    with store.refusals_explained(results.folder):
        path.write_text(text, encoding="utf-8")
    return path, sections


def report_aloud(folder: Path) -> None:
    """Write the report of a sweep with progress shown, and print what each question found."""
    results, screen = Results(folder), briefing.console()
    with progress.Progressing("the report") as board:
        path, sections = write(results, board)
    for section in sections:
        screen.print(f"\n{section.question}", highlight=False, markup=False)
        screen.print(spoken.ended(section.finding), style="bold", highlight=False, markup=False)
    screen.print(f"\n{report.LABEL}. Written to {path}", highlight=False, markup=False, soft_wrap=True)
