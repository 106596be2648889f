"""Tell a history on the terminal, write it down, and say whether a replay equals what was stored."""

from __future__ import annotations

import shlex
import textwrap
from pathlib import Path

import model
from experiments import briefing, findings, history, manifest, progress, store
from experiments.label import LABEL
from model.vocabulary import InputError

#: The strategy of a history where none is named.
USUAL = "step-for-step"


def begun(
    scenario: str | None,
    strategy: str | None,
    seed: int,
    replicate: int,
    months: int | None,
    dispute: str | None = None,
) -> history.Life:
    """Return the life that the command line names.

    Raises
    ------
    InputError
        If no scenario is named, or a name or a file is wrong.
    """
    if scenario is None:
        bundled = ", ".join(model.list_scenarios())
        raise InputError(f"name a scenario (bundled: {bundled}), or a results folder with --from and --row")
    named = USUAL if strategy is None else strategy
    case, plan = model.load_scenario(scenario), model.load_strategy(named)
    plan.check(case)
    told = case.disputes[case.place_of(dispute)]
    words = ["backchannel", "run", scenario, "--strategy", named]
    words += ["--seed", str(seed), "--replicate", str(replicate)]
    words += ["--months", str(months)] if months else []
    words += ["--dispute", dispute] if dispute else []
    shown = told if len(case.disputes) > 1 else None
    return history.Life(case, plan, seed, replicate, months, None, shlex.join(words), shown)


def tell(
    life: history.Life, out: Path | None, figure: bool, other: str = "--dispute names another"
) -> model.SanctionsModel:
    """Run `life`, write it into `out` (default ``results/run-...``) and tell it.

    Of several disputes it says which one it tells of, and by `other` how another is told.
    """
    started, console = manifest.now(), briefing.console()
    place = out or store.default_folder("run", life.scenario.name)
    with store.results_folder(place) as folder:
        with progress.Progressing("one history") as board:
            watched = history.live(life, board)
        history.keep(life, watched, folder, started, figure)
    width = min(console.width, 110)
    lines = [
        life.title(),
        *about(life, other, width),
        "",
        *history.told_of(watched, width, life.told),
        "",
        *history.endings(life, watched),
    ]
    for line in [*lines, "", f"{LABEL}. Written to {place}"]:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    return watched


def about(life: history.Life, other: str, width: int) -> list[str]:
    """Return which of several disputes is told of, as lines; none where there is one."""
    if life.told is None:
        return []
    return textwrap.wrap(findings.about(life.told, life.scenario.disputes, other), width)


def replay(results: Path, row: int | None, named: str | None, out: Path | None, figure: bool) -> bool:
    """Live row `row` of `results` again, tell it, and return whether its outcome equals the stored one.

    Raises
    ------
    InputError
        If the results or the row are missing, or a scenario or strategy is named as well.
    """
    if named is not None:
        raise InputError(f"'{named}' and --from exclude each other: the stored row says what was run")
    if row is None:
        raise InputError("--from needs --row, the row of its runs to replay, counted from 0")
    life, stored, warnings = history.recorded(results, row)
    watched = tell(life, out, figure, other="each has a row of its own")
    different = history.departures(watched.outcome(life.dispute), stored)
    if different:
        verdict = f"The outcome differs from row {row} of {results} in: {', '.join(different)}"
    else:
        verdict = f"The outcome equals row {row} of {results}, to the last bit"
    for line in [*warnings, verdict]:
        briefing.console().print(line, highlight=False, markup=False, soft_wrap=True)
    return not different
