"""A script as a path: how much has been asked and given by a point on the way.

What is asked is cumulative in a file, so that a stage that moves takes with it what it *adds*, and sums are
taken anew. Relief is given along a path that can be cut elsewhere without changing what comes first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from model.matching import DIGITS, shares_of
from model.strategy_format import Stage
from model.strategy_words import ALL
from model.vocabulary import SECTORS

#: How much has been given in each sector, or asked of each milestone, by a position on the way.
Path = list[tuple[float, list[float]]]


def increments(track: Sequence[Stage]) -> list[dict[str, float]]:
    """Return what each stage of a track adds to the demand, by the words that its stages use."""
    depths = depths_of(track)
    before = [dict.fromkeys(depths[0], 0.0), *depths]
    return [
        {word: round(now[word] - then[word], DIGITS) for word in now if now[word] > then[word]}
        for now, then in zip(depths, before, strict=False)
    ]


def depths_of(track: Sequence[Stage]) -> list[dict[str, float]]:
    """Return the depth that stands by the end of each stage, by the words that the stages of a track use."""
    reached, depths = dict.fromkeys(words_in(track), 0.0), []
    for stage in track:
        said = dict(stage.asks)
        reached = {word: said.get(word, said.get(ALL, before)) for word, before in reached.items()}
        depths.append(reached)
    return depths


def words_in(track: Sequence[Stage]) -> list[str]:
    """Return the words by which the stages of a track ask for something."""
    return list(dict.fromkeys(word for stage in track for word, _ in stage.asks))


def cumulated(added: Sequence[dict[str, float]], words: Sequence[str]) -> list[dict[str, float]]:
    """Return what a file has to say is asked by each stage, from what each adds; ``words`` are all in use."""
    totals, asks = dict.fromkeys(words, 0.0), []
    for stage in added:
        totals = {word: total + stage.get(word, 0.0) for word, total in totals.items()}
        reached = {word: min(1.0, round(total, DIGITS)) for word, total in totals.items()}
        said = {word: reached[word] for word in words if word in stage}
        if ALL in stage:  # it would stand for those that are named elsewhere
            said = {word: depth for word, depth in reached.items() if word == ALL or depth != reached[ALL]}
        asks.append(said)
    return asks


def asks_between(track: Sequence[Stage], here: float, there: float) -> dict[str, float]:
    """Return what is added to the demand between two positions on the way, counted in stages."""
    depths = depths_of(track)
    path = path_of([list(depth.values()) for depth in depths])
    grown = zip(depths[0], between(path, here, there), strict=True)
    return {word: more for word, more in grown if round(more, DIGITS) > 0.0}


def sums(values: Sequence[float]) -> list[float]:
    """Return the running sums of ``values``."""
    return [float(total) for total in np.cumsum(values)]


def path_of(levels: Sequence[float] | Sequence[list[float]]) -> Path:
    """Return the path from nothing through ``levels``, which lie evenly on the way."""
    rows: list[list[float]] = [np.atleast_1d(level).astype(float).tolist() for level in levels]
    return [(place / len(rows), row) for place, row in enumerate([[0.0] * len(rows[0]), *rows])]


def relief_path(track: Sequence[Stage]) -> Path:
    """Return the path of the relief that the stages of a track give, the way counted in stages."""
    return path_of(np.cumsum([shares_of(stage) for stage in track], axis=0).tolist())


def by_amount(parts: Iterable[Sequence[float]]) -> Path:
    """Return the path of relief given part by part, the way counted in shares added up over sectors."""
    reached = [0.0] * SECTORS
    path: Path = [(0.0, reached)]
    for part in parts:
        reached = [before + more for before, more in zip(reached, part, strict=True)]
        path.append((sum(reached), reached))
    return path


def cut_at(path: Path, ends: Sequence[float]) -> list[list[float]]:
    """Return what is given between each end and the one before, along a path."""
    return [between(path, here, there) for here, there in zip([0.0, *ends], ends, strict=False)]


def between(path: Path, here: float, there: float) -> list[float]:
    """Return what is added on a path between two positions."""
    positions = [position for position, _ in path]
    columns = zip(*(row for _, row in path), strict=True)
    return [float(np.interp(there, positions, each) - np.interp(here, positions, each)) for each in columns]


def whole(path: Path, position: float) -> int:
    """Return the whole months that lie behind a position on a path of months."""
    return math.floor(between(path, 0.0, position)[0] + 0.5)
