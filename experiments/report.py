"""The report of a comparison: one file that opens anywhere, figures and style inside it, no network."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from experiments import findings
from experiments.label import LABEL

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Brief:
    """Everything that a report says, made by a comparison."""

    scenario: Any
    strategies: list[Any]
    months: int
    about: str
    finding: str
    table: pd.DataFrame
    waits: list[str]
    verdicts: list[str]
    standings: list[str]
    totals: pd.DataFrame
    unequal: list[str]
    misfits: list[str]
    controls: list[str]
    ranges: pd.DataFrame
    pairs: pd.DataFrame
    figures: Mapping[str, Path]
    manifest: dict[str, Any]


def render(brief: Brief) -> str:
    """Return the report as one HTML page."""
    pages = templates()
    pictures = {name: inlined(path) for name, path in brief.figures.items()}
    titles = {strategy.name: strategy for strategy in brief.strategies}
    return pages.get_template("report.html").render(
        brief=brief, label=LABEL, pictures=pictures, titles=titles, rows=_rows(brief.table, "strategy"),
        totals=_rows(brief.totals, "strategy"), ranges=_rows(brief.ranges, "name"),
        pairs=_rows(brief.pairs.sort_values("corrected", kind="stable"), "index"),
        commonest=findings.listed, endings=endings(), medians=findings.MEDIANS,
    )  # fmt: skip


def templates() -> Environment:
    """Return the templates of reports, with what they may call."""
    loader = FileSystemLoader(TEMPLATES)
    pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    pages.filters |= {"share": share, "wait": wait, "number": number}
    pages.globals["interval"] = interval
    return pages


def endings() -> list[tuple[str, str]]:
    """Return every label that a run can bear, with what it means."""
    from model.labels import LABELS
    from model.vocabulary import word_of

    return [(word_of(label).replace("-", " "), meaning) for label, meaning in LABELS.items()]


def _rows(table: pd.DataFrame, name: str) -> list[dict[str, Any]]:
    return [
        {str(key): value for key, value in row.items()}
        for row in table.rename_axis(name).reset_index().to_dict("records")
    ]


def inlined(path: Path) -> str:
    """Return the picture at `path` as a data address."""
    return embedded(path.read_bytes())


def embedded(picture: bytes) -> str:
    """Return a PNG picture as a data address."""
    return "data:image/png;base64," + base64.b64encode(picture).decode("ascii")


def share(value: float) -> str:
    """Return a share as per cent."""
    return f"{value:.0%}"


def wait(months: float) -> str:
    """Return months, or "never" where half of the runs never got there."""
    return "never" if months == float("inf") else f"{months:.0f}"


def interval(low: float, high: float, kind: str) -> str:
    """Return the ends of an interval in the words of `kind`: share, wait or mean."""
    words = {"share": share, "wait": wait, "mean": lambda value: f"{value:.2f}"}[kind]
    ends = words(low), words(high)
    return ends[0] if ends[0] == ends[1] else f"{ends[0].removesuffix('%')}–{ends[1]}"


def number(value: Any) -> str:
    """Return a number as short as it is readable; a dash for none."""
    if not isinstance(value, int | float):
        return str(value)
    if math.isnan(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
