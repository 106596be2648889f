"""Small pictures of the monthly series: the line of each history, on the fan of the ensemble it belongs to.

The page draws them as SVG, since there are many and each month changes only the end of a line. What it is
given comes in three parts, each with an entry a picture: `heads`, `fans` and `lines`. A month that is lived
sends no more than what came to the lines (`grown`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from browser.charts.theme import Theme
from experiments.lines import PANELS, Line, Panel, panel
from model.series import SERIES

_PRINTED = {each.title: each for each in PANELS}


def _panel(title: str, *names: str) -> Panel:
    return panel(title, SERIES[names[0]].unit, *names)


#: What is shown at once, in the order of reading.
WATCHED = (
    _PRINTED["measures"],
    _panel("pressure felt", "pressure_felt"),
    panel(
        "compliance", "share of the demand", "compliance_true", "compliance_reported", "compliance_observed"
    ),
    _PRINTED["trust"],
    _panel("support", "support_sender", "support_target"),
    _panel("hardliners", "hardliners_sender", "hardliners_target"),
    _panel("hardship", "hardship"),
    _panel("tension", "tension"),
)
#: What is shown when more is asked for.
MORE = (
    _panel("legitimacy", "legitimacy_sender", "legitimacy_target"),
    _panel("rhetoric", "rhetoric_sender", "rhetoric_target"),
    _panel("ownership", "resentment_target", "ownership_target"),
    _panel("suspicion", "suspicion"),
    _panel("misreading", "misreading"),
    _panel("expectation", "expectation"),
    _panel("publicity", "publicity"),
    _panel("output", "output"),
    _panel("channels", "channels_open"),
)
#: The line styles of matplotlib as the page says them.
DASHES = {"-": "solid", "--": "dashed", ":": "dotted"}
#: The dash of each of two plans.
PLAN_DASHES = ("solid", "dashed")
#: Units of what lies between 0 and 1.
SHARE = ("share", "share of the demand")
#: Where the axis of a share can end, and the digits with which another one can.
SHARES, DIGITS = (0.25, 0.5, 1.0), (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10)


def label_of(shown: Panel, line: Line) -> str:
    """Return the label of a line within a panel, without what its title says already."""
    return line.label.removeprefix(f"{shown.title}, ").removesuffix(f" {shown.title}")


def chosen_of(shown: Panel, chosen: Mapping[str, str]) -> Line:
    """Return the line of a panel that carries the fan: the one chosen for its title, or the first."""
    name = chosen.get(shown.title)
    return next((line for line in shown.series if line.series == name), shown.series[0])


def top_of(unit: str, values: Iterable[ArrayLike]) -> float:
    """Return where the axis of a panel ends that shows these values."""
    highest = max((float(np.nanmax(each)) for each in map(_known, values) if len(each)), default=0.0)
    if unit in SHARE:
        return next((top for top in SHARES if highest <= top), SHARES[-1])
    if highest <= 0:
        return 1.0
    scale = 10.0 ** math.floor(math.log10(highest) + 1e-9)
    return next(digit * scale for digit in DIGITS if highest <= digit * scale * (1 + 1e-9))


def _known(values: ArrayLike) -> NDArray[np.float64]:
    found = np.asarray(values, float).ravel()
    return found[~np.isnan(found)]


def plain(values: ArrayLike) -> list[float | None]:
    """Return numbers as JSON has them, to four digits after the point; unknown ones as None."""
    rounded = np.round(np.asarray(values, float), 4).tolist()
    return [value if math.isfinite(value) else None for value in rounded]


def fan_of(band: NDArray[np.float64], colour: str, place: int) -> dict[str, Any]:
    """Return a fan: the quantiles of the runs of the plan at ``place``, 5 x months, lowest first."""
    return {"place": place, "colour": colour, "quantiles": [plain(values) for values in band]}


def line_of(
    values: ArrayLike, name: str, place: int, colour: str, dash: str, is_chosen: bool
) -> dict[str, Any]:
    """Return the line of one history: the series ``name`` as far as it is lived, heavier on its fan."""
    return {
        "place": place,
        "name": name,
        "colour": colour,
        "dash": dash,
        "is_chosen": is_chosen,
        "values": plain(values),
    }


def heads(
    panels: Sequence[Panel],
    chosen: Mapping[str, str],
    tops: Sequence[float],
    colours: Sequence[str],
    theme: Theme,
) -> list[dict[str, Any]]:
    """Return what stays of each small picture while a history is lived: titles, legends and where axes end.

    Parameters
    ----------
    panels : sequence of Panel
    chosen : mapping
        The series that carries the fan, by the title of its panel.
    tops : sequence of float
        Where each axis ends (see `top_of`).
    colours : sequence of str
        Of two plans that are overlaid; none for a single history, whose lines have colours of their own.
    theme : Theme
    """
    return [
        {
            "key": shown.title,
            "title": shown.title.capitalize(),
            "unit": shown.unit,
            "lines": [
                {
                    "name": line.series,
                    "label": label_of(shown, line),
                    "meaning": f"{SERIES[line.series].meaning}, {SERIES[line.series].unit}",
                    "colour": "" if colours else theme.colour(line.colour),
                    "dash": DASHES[line.style],
                    "is_chosen": line is chosen_of(shown, chosen),
                }
                for line in shown.series
            ],
            "top": top,
        }
        for shown, top in zip(panels, tops, strict=True)
    ]


def fans(
    panels: Sequence[Panel],
    chosen: Mapping[str, str],
    bands: Sequence[Mapping[str, NDArray[np.float64]]],
    colours: Sequence[str],
    theme: Theme,
) -> list[list[dict[str, Any]]]:
    """Return the fans of each small picture.

    Parameters
    ----------
    panels, chosen, colours, theme : see `heads`
    bands : sequence of mapping
        The quantiles of each series, 5 x months, by plan; none while there is no ensemble.
    """
    found = []
    for shown in panels:
        line = chosen_of(shown, chosen)
        inks = colours or [line.colour]
        found.append(
            [
                fan_of(band[line.series], theme.colour(ink), place)
                for place, (band, ink) in enumerate(zip(bands, inks, strict=False))
            ]
        )
    return found


def lines(
    panels: Sequence[Panel],
    chosen: Mapping[str, str],
    histories: Sequence[pd.DataFrame],
    colours: Sequence[str],
    theme: Theme,
) -> list[list[dict[str, Any]]]:
    """Return the lines of each small picture: all of one history, or the chosen one of each of two.

    Parameters
    ----------
    panels, chosen, colours, theme : see `heads`
    histories : sequence of DataFrame
        The monthly series of each history, a row a month lived.
    """
    found = []
    for shown in panels:
        fanned = chosen_of(shown, chosen)
        kept = [fanned] if colours else list(shown.series)
        found.append(
            [
                line_of(
                    series[line.series].to_numpy(float),
                    line.series,
                    place,
                    theme.colour(colours[place] if colours else line.colour),
                    PLAN_DASHES[place] if colours else DASHES[line.style],
                    line is fanned,
                )
                for line in kept
                for place, series in enumerate(histories)
            ]
        )
    return found


def grown(
    sent: Sequence[Sequence[Mapping[str, Any]]], lines: Sequence[Sequence[Mapping[str, Any]]], most: int = 24
) -> list[list[list[float | None]]] | None:
    """Return what came to each line since lines were sent; None if they differ otherwise, or by too much.

    Parameters
    ----------
    sent, lines : sequences
        What `lines` made, then and now.
    most : int
        Values that may have come to a line.
    """
    if [len(panel) for panel in sent] != [len(panel) for panel in lines]:
        return None
    news = []
    for before, now in zip(sent, lines, strict=True):
        for old, new in zip(before, now, strict=True):
            known = len(old["values"])
            if {**new, "values": new["values"][:known]} != old or len(new["values"]) > known + most:
                return None
        news.append([new["values"][len(old["values"]) :] for old, new in zip(before, now, strict=True)])
    return news


def tops(
    panels: Sequence[Panel],
    bands: Sequence[Mapping[str, NDArray[np.float64]]],
    histories: Sequence[pd.DataFrame],
) -> list[float]:
    """Return where the axis of each panel ends, so that every line of it and its fan have room."""
    found = []
    for shown in panels:
        names = [line.series for line in shown.series]
        told = [band[name] for band in bands for name in names]
        lived = [series[name].to_numpy(float) for series in histories for name in names]
        found.append(top_of(shown.unit, [*told, *lived]))
    return found
