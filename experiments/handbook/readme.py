"""What the README shows of real runs: a history and figures."""

from __future__ import annotations

import tempfile
from pathlib import Path

from experiments.handbook.filling import filled
from experiments.handbook.places import DOCS, README

#: The history that the README tells from, as `backchannel run` words it, and how many lines of it.
TOLD = ("iran-2012", "step-for-step", 7)
LINES = 14
WIDTH = 100
FIGURE = DOCS / "figures" / "first-light.png"
#: The experiment whose figure the README shows, the question and the figure.
SWEPT = ("order-of-steps", "orders", "orders")
SWEEP_FIGURE = DOCS / "figures" / "orders.png"


def history() -> list[str]:
    """Return the history that the README tells from, line by line, and how it ended."""
    import model
    from experiments.history import closing, told_of

    scenario, strategy, seed = TOLD
    life = model.SanctionsModel(scenario=scenario, strategy=strategy, seed=seed).run()
    return [*told_of(life, WIDTH), "", closing(life.outcome())[0]]


def excerpt(lines: list[str]) -> str:
    """Return the beginning of a history, a mark for what is left out, and its end."""
    *story, blank, ending = lines
    start = story[:LINES]
    while start and len(story) > LINES and not story[len(start)].startswith(tuple("12")):
        start.pop()  # a month is told whole or not at all
    start = start or story[:LINES]
    return "\n".join([*start, "...", blank, ending])


def readme_with(told: str) -> str:
    """Return the README with ``told`` as its history."""
    return filled(README.read_text(encoding="utf-8"), {"a history": f"```text\n{told}\n```"})


def draw_figure() -> None:
    """Draw how each strategy ended, from a comparison like the one of ``make demo``."""
    from experiments import compare

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "results"
        compare.compare(compare.prepare(compare.Order(TOLD[0])), out)
        FIGURE.parent.mkdir(parents=True, exist_ok=True)
        FIGURE.write_bytes((out / "figures" / "endings.png").read_bytes())


def draw_sweep() -> None:
    """Draw what a bundled sweep says, as its verb does."""
    from experiments import ask, figures, run_sweep

    experiment, verb, name = SWEPT
    with tempfile.TemporaryDirectory() as folder:
        results = run_sweep(experiment, Path(folder) / "results")
        figures.save(ask(results, verb).figures[name], SWEEP_FIGURE)
