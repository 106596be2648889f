"""The figures of the claims: all of them on one sheet, and what each rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from experiments import measures, palette
from experiments.claims import told
from experiments.claims.claim import Found
from experiments.claims.contrasts import Finding
from experiments.claims.judging import Judgement, Subspace
from experiments.claims.why import EVERYWHERE
from experiments.figures import plain, sheet
from experiments.sweeps.aloud import counted

#: One colour for one state: of a claim, of a contrast, of a verdict.
HOLDS, FAILS, SMALL, OPEN = "#0072B2", "#D55E00", "#8f8f8f", "#d9d9d9"
FOUND: dict[Found, str] = {"holds": HOLDS, "worse": FAILS, "same": SMALL, "open": OPEN}
NOTE = (
    "Exploratory, not a forecast. Effects of a claim's contrasts, each divided by the least effect of "
    "interest that its file fixes beforehand: within the grey band nobody need care. Bars: 95 % intervals "
    "over worlds on which nothing was chosen, regions being what is sampled. Hollow marks are riders, on "
    "which the verdict does not rest; arrowheads lie beyond the edge. Each file says whether a difference "
    "too small to matter refutes its claim."
)
#: Effects beyond so many least effects are drawn at the edge.
EDGE = 6.0


def scoreboard(judgements: Sequence[Judgement]) -> Figure:
    """Return all claims on one sheet: effects in least effects of interest, and shares of the space."""
    height = 0.62 * len(judgements) + 1.6
    figure = sheet(height, title_of(judgements), NOTE)
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(3, 1.25))
    left.axvspan(-1, 1, color="#efefef", zorder=0)
    left.axvline(0, color=palette.QUIET, linewidth=0.8, zorder=1)
    for place, judged in enumerate(reversed(judgements)):
        _effects(left, place, judged)
        _space(right, place, judged)
    left.set_yticks(range(len(judgements)), [_named(each) for each in reversed(judgements)], fontsize=8.5)
    left.set_xlim(-EDGE - 0.4, EDGE + 0.4)
    left.set_xlabel("effect, in least effects of interest; to the right: for the claim", fontsize=8)
    right.set_xlim(0, 1)
    right.set_xticks((0, 0.5, 1), ("0", "half", "all"))
    right.set_xlabel("share of the space", fontsize=8)
    for axes in (left, right):
        plain(axes)
    right.grid(visible=False)
    handles = [Patch(color=colour, label=told.KINDS[kind]) for kind, colour in FOUND.items()]
    # On the wider panel: where a legend overhangs its panel, the layout leaves a gap for it.
    left.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, fontsize=8, frameon=False
    )
    return figure


def title_of(judgements: Sequence[Judgement]) -> str:
    """Return what the scoreboard says, in a sentence."""
    counts = {
        "confirmed": "confirmed",
        "holds in part of the space": "hold in a part of the space",
        "refuted": "refuted",
        "not told apart": "not told apart",
    }
    said = [
        f"{number} {words}"
        for verdict, words in counts.items()
        if (number := sum(each.verdict == verdict for each in judgements))
    ]
    small = sum(
        each.verdict == "refuted" and told.kind(each.claim, each.whole) == "same" for each in judgements
    )
    if small:
        place = next(place for place, words in enumerate(said) if words.endswith(" refuted"))
        said[place] += f" ({small} for a difference too small to matter)"
    return f"{counted(len(judgements), 'claim')} put to the model: {', '.join(said)}"


def _named(judged: Judgement) -> str:
    lines = textwrap.wrap(judged.claim.title, 44)
    return "\n".join([f"{judged.claim.id}  {lines[0]}", *lines[1:]])


def _effects(axes: Axes, place: int, judged: Judgement) -> None:
    findings = judged.whole.findings
    offsets = np.linspace(0.22, -0.22, len(findings)) if len(findings) > 1 else [0.0]
    for offset, contrast, found in zip(offsets, judged.claim.contrasts, findings, strict=True):
        least = float(contrast.least)
        _mark(axes, place + offset, found, least, hollow=contrast.rider, edge=EDGE)


def _mark(
    axes: Axes, height: float, found: Finding, least: float, hollow: bool = False, edge: float = np.inf
) -> None:
    effect, low, high = (
        float(np.clip(value / least, -edge, edge)) for value in (found.effect, found.low, found.high)
    )
    colour = FOUND[found.found] if found.found != "open" else palette.QUIET
    axes.plot([low, high], [height, height], color=colour, linewidth=1.6, solid_capstyle="butt", zorder=2)
    face = "white" if hollow else colour
    marker = "o" if abs(found.effect) <= edge * least else ">" if effect > 0 else "<"
    axes.plot([effect], [height], marker, markersize=5, color=colour, markerfacecolor=face, zorder=3)


def _space(axes: Axes, place: int, judged: Judgement) -> None:
    begin = 0.0
    for kind, colour in FOUND.items():
        share = sum(each.share for each in judged.subspaces if told.kind(judged.claim, each) == kind)
        if share > 0.0:
            axes.barh([place], [share], left=begin, height=0.42, color=colour)
            axes.text(
                begin + share / 2,
                place,
                "not cut" if len(judged.subspaces) == 1 else f"{share:.0%}",
                ha="center",
                va="center",
                fontsize=7.5,
                color=palette.readable_on(colour),
            )
        begin += share


def claim(judged: Judgement) -> Figure:
    """Return what one claim rests on: its responses, its effects by part of the space, and its ablations."""
    rows = _parts(judged)
    height = max(3.4, 0.3 * len(rows) + 1.6)
    figure = sheet(height, told.verdict(judged).rstrip("."), _note(judged))
    left, middle, right = figure.subplots(1, 3, width_ratios=(1.25, 1.6, 1.15))
    _responses(left, judged)
    _forest(middle, judged, rows)
    _ablations(right, judged)
    return figure


def _note(judged: Judgement) -> str:
    contrast = judged.claim.needed[0]
    measure = measures.measure_of(contrast.outcome)
    least = told.amount(contrast, float(contrast.least)).lstrip("+")
    return (
        f"Exploratory, not a forecast. {judged.claim.id}: {judged.claim.says} All panels are about: "
        f"{measure.phrase}. Left: the mean under each arm, in all worlds (black) and by group (thin). "
        f"Middle: how much better the claim's arm is than its control, in parts of the space; grey band: "
        f"less than {least}, the least effect of interest. Right: the same with mechanisms switched off."
    )


def _responses(axes: Axes, judged: Judgement) -> None:
    outcome = judged.claim.needed[0].outcome
    names = [arm.name for arm in judged.claim.arms]
    by_group: dict[str, list[Any]] = {}
    for each in judged.responses:
        if each.outcome == outcome:
            by_group.setdefault(each.group, []).append(each)
    heights = list(range(len(names)))[::-1]
    for group, found in by_group.items():
        if group != EVERYWHERE:
            axes.plot([each.mean for each in found], heights, color=palette.RULE, linewidth=1.0, zorder=1)
    whole = by_group[EVERYWHERE]
    for each, height in zip(whole, heights, strict=True):
        axes.plot([each.low, each.high], [height, height], color=palette.INK, linewidth=1.6)
    axes.plot([each.mean for each in whole], heights, "o-", color=palette.INK, markersize=4, linewidth=0.8)
    axes.set_yticks(heights, ["\n".join(textwrap.wrap(name, 16)) for name in names], fontsize=8)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_title("mean by arm", loc="left", fontsize=9)
    plain(axes)
    in_points(axes, judged, "%")


def _parts(judged: Judgement) -> list[tuple[str, Subspace]]:
    rows = [("everywhere", judged.whole), *judged.groups.items()]
    for name, thirds in judged.bands.items():
        rows += [(f"{name} {low:.2g}–{high:.2g}", part) for low, high, part in thirds]
    if len(judged.subspaces) > 1:
        rows += [(f"part {number}", part) for number, part in enumerate(judged.subspaces, 1)]
    return rows


def _forest(axes: Axes, judged: Judgement, rows: Sequence[tuple[str, Subspace]]) -> None:
    contrast = judged.claim.needed[0]
    place = judged.claim.contrasts.index(contrast)
    least = float(contrast.least)
    axes.axvspan(-least, least, color="#efefef", zorder=0)
    axes.axvline(0, color=palette.QUIET, linewidth=0.8)
    heights = list(range(len(rows)))[::-1]
    for (_, part), height in zip(rows, heights, strict=True):
        _mark(axes, height, part.findings[place], 1.0)
    axes.set_yticks(heights, [name for name, _ in rows], fontsize=8)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_title("better by, where", loc="left", fontsize=9)
    plain(axes)
    in_points(axes, judged, "")


def _ablations(axes: Axes, judged: Judgement) -> None:
    contrast = judged.claim.needed[0]
    found = [each for each in judged.explained if each.contrast == contrast.name]
    least = float(contrast.least)
    axes.axvspan(-least, least, color="#efefef", zorder=0)
    axes.axvline(0, color=palette.QUIET, linewidth=0.8)
    names, values = ["all mechanisms"], [judged.whole.findings[judged.claim.contrasts.index(contrast)].effect]
    names += [f"without {' and '.join(each.without)}" for each in found]
    values += [each.left for each in found]
    if judged.placebo is not None:
        names.append("against itself shuffled")
        values.append(judged.placebo.effect)
    heights = list(range(len(names)))[::-1]
    colours = [palette.INK, *["#8f8f8f"] * (len(names) - 1)]
    axes.barh(heights, values, height=0.45, color=colours)
    axes.set_yticks(heights, ["\n".join(textwrap.wrap(name, 16)) for name in names], fontsize=8)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_title("and why", loc="left", fontsize=9)
    plain(axes)
    in_points(axes, judged, "")


def in_points(axes: Axes, judged: Judgement, symbol: str) -> None:
    """Label an axis of shares of runs in points of a hundred, as the text has them."""
    if measures.measure_of(judged.claim.needed[0].outcome).scale == 100:
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=symbol))
