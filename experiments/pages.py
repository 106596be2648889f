"""Pages that are made from the code, so that they cannot fall behind it: ``python -m experiments.pages``.

By itself it writes the pages of docs/ that are made, and the parts that are made of others. With ``--runs``
it also lives the history that the README tells from and draws its figures, whose numbers move with the
model. How each page is made stands in `experiments.handbook`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.handbook import (
    claim_file_page,
    claim_page,
    design_page,
    event_page,
    experiment_page,
    home_page,
    mechanism_page,
    odd_page,
    outcome_page,
    parameter_page,
    scenario_file_page,
    state_page,
    strategy_file_page,
    submodel_pages,
    word_page,
)
from experiments.handbook.carrying import carriers, showings, switches
from experiments.handbook.filling import between
from experiments.handbook.places import DOCS, NOTE, README, ROOT
from experiments.handbook.readme import (
    draw_figure,
    draw_sweep,
    excerpt,
    history,
    readme_with,
)
from experiments.inside import said

__all__ = [
    "DOCS", "between", "carriers", "excerpt", "history", "main", "pages", "said",
    "showings", "switches",
]  # fmt: skip


def pages() -> dict[Path, str]:
    """Return the pages that are made from the code, in whole or in part, as they should stand, by place."""
    made = {
        DOCS / "parameters.md": parameter_page.parameters_page(),
        DOCS / "mechanisms.md": mechanism_page.mechanisms_page(),
        DOCS / "designs.md": design_page.designs_page(),
        DOCS / "outcomes.md": outcome_page.outcomes_page(),
        DOCS / "experiments.md": experiment_page.page(NOTE),
        DOCS / "state.md": state_page.page(),
        DOCS / "events.md": event_page.page(),
        DOCS / "words.md": word_page.page(),
        DOCS / "scenario-files.md": scenario_file_page.page(),
        DOCS / "strategy-files.md": strategy_file_page.page(),
        DOCS / "claim-files.md": claim_file_page.page(),
        **submodel_pages.pages(),
        DOCS / "odd.md": odd_page.page(),
        DOCS / "claims.md": claim_page.page(),
    }
    return made | {home_page.PAGE: home_page.page(made)}


def main(
    *,
    runs: Annotated[bool, typer.Option("--runs", help="Also the README's history and figures.")] = False,
) -> None:
    """Write the pages that are made from the code."""
    for place, text in pages().items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        typer.echo(f"Wrote {place.relative_to(ROOT)}")
    if runs:
        README.write_text(readme_with(excerpt(history())), encoding="utf-8")
        draw_figure()
        draw_sweep()
        typer.echo("Wrote the history and the figures of README.md; make notebooks runs the notebooks")


if __name__ == "__main__":
    typer.run(main)
