"""Tell a history on the terminal, write it down, and say whether a replay equals what was stored."""

from __future__ import annotations

import shlex
from pathlib import Path

import model
from experiments import briefing, history, manifest, progress, store
from experiments.label import LABEL
from model.vocabulary import InputError

#: The strategy of a history where none is named.
USUAL = "step-for-step"


def begun(
    scenario: str | None, strategy: str | None, seed: int, replicate: int, months: int | None
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
    case, plan = model.load_scenario(scenario), model.load_strategy(strategy or USUAL)
    plan.check(case)
    words = ["backchannel", "run", scenario, "--strategy", strategy or USUAL]
    words += ["--seed", str(seed), "--replicate", str(replicate)]
    words += ["--months", str(months)] if months else []
    return history.Life(case, plan, seed, replicate, months, None, shlex.join(words))


def tell(life: history.Life, out: Path | None, figure: bool) -> model.SanctionsModel:
    """Run `life`, write it into `out` (default ``results/run-...``) and tell it."""
    started, console = manifest.now(), briefing.console()
    place = out or store.default_folder("run", life.scenario.name)
    with store.results_folder(place) as folder:
        with progress.Progressing("one history") as board:
            watched = history.live(life, board)
        history.keep(life, watched, folder, started, figure)
    width = min(console.width, 110)
    lines = [
        life.title(),
        "",
        *history.told_of(watched, width),
        "",
        *history.endings(life, watched),
    ]
    for line in [*lines, "", f"{LABEL}. Written to {place}"]:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    return watched


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
    watched = tell(life, out, figure)
    different = history.departures(watched.outcome(life.dispute), stored)
    if different:
        verdict = f"The outcome differs from row {row} of {results} in: {', '.join(different)}"
    else:
        verdict = f"The outcome equals row {row} of {results}, to the last bit"
    for line in [*warnings, verdict]:
        briefing.console().print(line, highlight=False, markup=False, soft_wrap=True)
    return not different
