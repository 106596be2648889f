"""Three hundred runs at once: how agreements survive, and how the runs end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import solara

from browser.charts.endings import endings, height_of, shown
from browser.charts.survival import survival, survival_table
from browser.charts.theme import Theme
from browser.parts.framed import Framed
from browser.parts.series import named
from browser.reading import told
from browser.scene.crowd import Crowd
from browser.scene.story import Chapter
from experiments.findings import listed
from experiments.measures import PRIMARY
from experiments.palette import SENDER, ending_order

#: What a share of runs says, and what it does not.
MEANT = "A share of runs is not a probability of anything in the world."


@solara.component
def CrowdPanel(crowd: Crowd | None, is_outdated: bool, chapters: Sequence[Chapter], theme: Theme) -> None:
    """Show the ensemble under the same settings as the history.

    Parameters
    ----------
    crowd : Crowd, optional
        The ensemble; None while there is none.
    is_outdated : bool
        Whether it belongs to earlier settings.
    chapters : sequence of Chapter
        The histories that are watched; how they are judged so far is marked.
    theme : Theme
    """
    if crowd is None:
        solara.Text(told.crowd_in_words(None, is_outdated), classes=["bc-note"])
    else:
        Runs(crowd, is_outdated, chapters, theme)


@solara.component
def Runs(crowd: Crowd, is_outdated: bool, chapters: Sequence[Chapter], theme: Theme) -> None:
    """Show an ensemble that there is."""
    settings = crowd.settings
    names, colours = named([settings.strategy(plan).name for plan in range(crowd.plans)])
    colours = colours or [SENDER]
    judged = said(names, lambda plan: f"{told.settled_in_words(crowd, plan)}{added_up(crowd, plan)}")
    lived = said(names, lambda plan: told.agreements_in_words(crowd, plan))
    marked = sorted({str(chapter.outcome["label"]) for chapter in chapters})
    table = solara.use_memo(crowd.endings, [crowd])
    shares = solara.use_memo(lambda: endings(table, names, theme, marked), [crowd, names, theme, marked])
    curves = solara.use_memo(
        lambda: survival(crowd.followed, names, colours, theme), [crowd, names, colours, theme]
    )
    with solara.Div(classes=["bc-crowd"], attributes={"data-testid": "crowd"}):
        solara.Text(told.crowd_in_words(crowd, is_outdated), classes=["bc-note"])
        Framed(
            "How the runs end, share of runs",
            shares,
            table=lambda: shown(table, names),
            testid="endings",
            height=height_of(table),
            is_outdated=is_outdated,
            note=f"{judged}\n{MEANT}\n▶ marks how the history beside would be judged if it ended now.",
        )
        if any(found is not None for found in crowd.followed):
            Framed(
                "Survival of first agreements, share still alive",
                curves,
                table=lambda: survival_table(crowd.followed, names),
                testid="survival",
                height="165px",
                is_outdated=is_outdated,
                note=lived,
            )
        else:
            solara.Text(lived, classes=["bc-note"])


def added_up(crowd: Crowd, plan: int) -> str:
    """Return which endings add up to those that settled and lasted; nothing where there are none."""
    runs = crowd.runs_of(plan)
    counts = runs.loc[runs[PRIMARY], "label"].astype(str).value_counts()
    parts = [f"{label} {counts[label]}" for label in ending_order(counts.index[counts > 0])]
    return f" These are: {listed(parts)}." if parts else ""


def said(names: Sequence[str], sentence: Callable[[int], str]) -> str:
    """Return a sentence about each plan, with the name of the plan where there are two."""
    if len(names) == 1:
        return sentence(0)
    return "\n".join(f"{name}: {sentence(place)}" for place, name in enumerate(names))
