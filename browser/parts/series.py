"""The monthly series, each on the fan of the ensemble that the history belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import solara
from numpy.typing import NDArray

from browser.charts import series as drawn
from browser.charts.theme import Theme
from browser.parts.chart import text_of
from browser.parts.framed import Frame
from browser.reading import ledger
from browser.reading.told import fan_in_words
from browser.scene.crowd import QUANTILES, Crowd
from browser.scene.sides import COLOURS, LETTERS
from browser.scene.story import Chapter
from experiments.lines import Panel

Bands = tuple[Mapping[str, NDArray[np.float64]], ...]


@solara.component_vue("../vue/series.vue")
def Panels(
    *,
    heads: str,
    bands: str,
    begun: str,
    news: str,
    months: str,
    now: int,
    names: Sequence[str],
    inks: Sequence[str],
    note: str,
    is_outdated: bool,
    event_choose: Callable[[dict[str, str]], None],
    event_month: Callable[[int], None],
) -> None:
    """Draw the small pictures.

    Parameters
    ----------
    heads, bands : str
        The heads and the fans of `browser.charts.series`, in JSON (see `browser.parts.chart.text_of`).
    begun, news : str
        The lines as they were once sent, and what came to each since, in JSON.
    months : str
        The date of every month, in JSON.
    now : int
        The month that is looked at, 0 for the opening.
    names, inks : sequence of str
        How each of two plans is called, and its colour; one empty name for a single history.
    note : str
        What the pictures show, as long as no month is pointed at.
    is_outdated : bool
        Whether the fans belong to earlier settings.
    event_choose : callable
        Told the panel ("panel") and the series ("name") that its fan is to be of.
    event_month : callable
        Told the month to look at.
    """


@solara.component
def SeriesPanel(
    chapters: Sequence[Chapter],
    month: int,
    crowd: Crowd | None,
    is_outdated: bool,
    on_month: Callable[[int], None],
    theme: Theme,
    place: int = 0,
) -> None:
    """Show the series of one story, or of two overlaid; a click jumps to the month.

    Parameters
    ----------
    chapters : sequence of Chapter
        One, or two that are overlaid.
    month : int
        The month that is looked at.
    crowd : Crowd, optional
        The ensemble; None while there is none.
    is_outdated : bool
        Whether it belongs to earlier settings.
    on_month : callable
        Told the month to look at.
    theme : Theme
    place : int
        Of which plan the first chapter is.
    """
    chosen, choose = solara.use_state(dict[str, str]())
    is_more, ask_more = solara.use_state(False)
    panels = drawn.WATCHED + drawn.MORE if is_more else drawn.WATCHED
    dates = solara.use_memo(lambda: dates_of(chapters[0]), [chapters[0].cast, chapters[0].horizon])
    names, colours = named([chapter.strategy.name for chapter in chapters])
    bands = solara.use_memo(
        lambda: bands_of(crowd, range(place, place + len(chapters)), len(dates)), [crowd, place, len(dates)]
    )
    histories = [chapter.series for chapter in chapters]
    tops = drawn.tops(panels, bands, histories)
    choice = tuple(chosen.items())
    heads = solara.use_memo(
        lambda: text_of(drawn.heads(panels, chosen, tops, colours, theme)),
        [is_more, choice, tops, colours, theme],
    )
    fans = solara.use_memo(
        lambda: text_of(drawn.fans(panels, chosen, bands, colours, theme)),
        [is_more, choice, crowd, place, len(dates), colours, theme],
    )
    begun, news = use_sent(drawn.lines(panels, chosen, histories, colours, theme))
    months = solara.use_memo(lambda: text_of(dates), [dates])
    note = fan_in_words(crowd, is_outdated, len(chapters))

    with Frame("Series, month by month", lambda: table_of(panels, chapters, bands, dates, chosen), "series"):
        Panels(
            heads=heads,
            bands=fans,
            begun=begun,
            news=news,
            months=months,
            now=month,
            names=names,
            inks=[theme.colour(colour) for colour in colours],
            note=note,
            is_outdated=is_outdated and crowd is not None,
            event_choose=lambda asked: choose({**chosen, str(asked["panel"]): str(asked["name"])}),
            event_month=lambda asked: on_month(int(asked)),
        )
        solara.Button(
            "Fewer series" if is_more else "More series",
            text=True,
            classes=["bc-small"],
            on_click=lambda: ask_more(not is_more),
            attributes={"data-testid": "series-more", "aria-expanded": str(is_more).lower()},
        )


def use_sent(lines: list[list[dict[str, Any]]]) -> tuple[str, str]:
    """Return the lines that the browser has, and what it is to add to each, both in JSON."""
    kept: Any = solara.use_ref(None)
    news = None if kept.current is None else drawn.grown(kept.current[0], lines)
    if news is None:
        kept.current, news = (lines, text_of(lines)), []
    return kept.current[1], text_of(news)


def named(strategies: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return names and colours of the plans: a single history has none, its lines have their own."""
    if len(strategies) < 2:
        return [""], []
    names = [f"{letter} ({name})" for letter, name in zip(LETTERS, strategies, strict=False)]
    return names, list(COLOURS)


def dates_of(chapter: Chapter) -> list[str]:
    """Return the date of every month of a history, those not lived yet among them."""
    return ledger.dates_of(chapter)[1:]


def bands_of(crowd: Crowd | None, places: Sequence[int], months: int) -> Bands:
    """Return the quantiles of every series by plan, over as many months as the history has."""
    if crowd is None:
        return ()
    room = ((0, 0), (0, max(months - crowd.months, 0)))
    return tuple(
        {
            name: np.pad(crowd.band(place, name)[:, :months], room, constant_values=np.nan)
            for name in crowd.names
        }
        for place in places
        if place < crowd.plans
    )


def table_of(
    panels: Sequence[Panel],
    chapters: Sequence[Chapter],
    bands: Bands,
    dates: Sequence[str],
    chosen: Mapping[str, str],
) -> pd.DataFrame:
    """Return what is drawn as a table, a row a month: every line, and the quantiles of those with a fan."""
    columns: dict[str, Any] = {"month": range(1, len(dates) + 1), "date": list(dates)}
    letters = [f", {letter}" for letter in LETTERS] if len(chapters) > 1 else [""]
    for shown in panels:
        for line in shown.series:
            name = f"{shown.title}: {drawn.label_of(shown, line)}"
            for chapter, letter in zip(chapters, letters, strict=False):
                lived = chapter.series[line.series].to_numpy(float)
                columns[name + letter] = np.pad(lived, (0, len(dates) - len(lived)), constant_values=np.nan)
            if line is drawn.chosen_of(shown, chosen):
                for band, letter in zip(bands, letters, strict=False):
                    for share, values in zip(QUANTILES, band[line.series], strict=True):
                        columns[f"{name}{letter}, {share:.0%} of runs below"] = values
    return pd.DataFrame(columns)
