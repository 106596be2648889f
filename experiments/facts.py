"""Published facts about sanctions episodes, and what simulated ones give for the same definitions.

Nothing is fitted here: the facts are a table, the worlds are grown, and the distance is shown as it is.
Shares, and the shape of the hazard by its logarithm, are compared by

    z = (model - published) / sqrt(error of the published + error of the model + 0.05^2)

with errors squared; 0.05 stands for what the coding of cases blurs anyway. Times without a published
interval are compared by the logarithm of their ratio, and a survival curve point by point.
(F01-F05, F11, F12, F18-F20, F22.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

import model
from experiments.compare import check_once, fitting
from experiments.episodes import (
    COMMITMENT,
    COST,
    REGION,
    Estimate,
    Estimator,
    Median,
    Progress,
    Sample,
    Share,
    Survival,
    Weibull,
    Z,
    simulated,
)
from experiments.statistics import Interval, wilson

#: What a model of this kind is not asked to hit, in shares and in logarithms.
DISCREPANCY = 0.05
#: Fewer worlds than these make a thin stratum.
FEW = 30


class Figure(NamedTuple):
    """A published figure, its 95 % interval and how many cases it rests on, as far as they are known."""

    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None


class Line(NamedTuple):
    """A published figure, and how it is read off simulated episodes."""

    what: str
    published: Figure
    estimator: Estimator


class Fact(NamedTuple):
    """A published fact: its id in docs/sources.md, what it says, where it is from, and its figures."""

    id: str
    sentence: str
    source: str
    lines: tuple[Line, ...]


TIES = "computed from TIES 4, 1945-2005 (Morgan, Bapat and Kobayashi 2014)"
NOT_TRADE = f"{TIES}: matters other than trade"

CLOSED = "imposed and resolved"
AT_THREAT = "not imposed and resolved"

#: The strata of the record, and the condition that an episode of each meets.
BACKING = {"with an organisation's backing": "backed", "without": "not backed"}
SENDERS = {"several senders": "multilateral", "one sender": "not multilateral"}
COSTS = {f"{name} cost": f"cost_class == '{name}'" for name in COST}
COMMITMENTS = {f"{name} commitment": f"commitment_class == '{name}'" for name in COMMITMENT}


def _shares(
    what: str, holds: str, among: str, strata: Mapping[str, str], figures: Iterable[Figure]
) -> tuple[Line, ...]:
    """Return a line for each stratum: the share of which ``holds`` is true."""
    return tuple(
        Line(f"{what}, {name}", figure, Share(f"{among} and {stratum}", holds))
        for (name, stratum), figure in zip(strata.items(), figures, strict=True)
    )


#: The counts of strata in F18 and F19 are those that give back the published intervals.
FACTS: tuple[Fact, ...] = (
    Fact(
        "F01",
        "How often a target gives way, fully or partly, to measures that were imposed",
        NOT_TRADE,
        (Line("gave way", Figure(0.419, 0.368, 0.472, 341), Share(CLOSED, "gave_way")),),
    ),
    Fact(
        "F02",
        "The same, with negotiated settlements",
        NOT_TRADE,
        (Line("gave way or negotiated", Figure(0.572, 0.519, 0.623, 341), Share(CLOSED, "settled")),),
    ),
    Fact(
        "F03",
        "How imposed episodes end",
        f"{TIES}: all matters",
        (
            Line("acquiesced fully", Figure(0.217, n=540), Share(CLOSED, "ending == 'acquiesced fully'")),
            Line("acquiesced partly", Figure(0.109, n=540), Share(CLOSED, "ending == 'acquiesced partly'")),
            Line("negotiated", Figure(0.239, n=540), Share(CLOSED, "ending == 'negotiated'")),
            Line("sender gave up", Figure(0.296, n=540), Share(CLOSED, "ending == 'sender gave up'")),
            Line("stalemate", Figure(0.131, n=540), Share(CLOSED, "ending == 'stalemate'")),
        ),
    ),
    Fact(
        "F04",
        "How often a target gives way to a threat that is never carried out",
        NOT_TRADE,
        (Line("gave way to the threat", Figure(0.374, 0.314, 0.438, 230), Share(AT_THREAT, "gave_way")),),
    ),
    Fact(
        "F05",
        "How often a threat is carried out",
        f"{TIES}: all matters",
        (Line("imposed", Figure(0.462, 0.432, 0.492, 1053), Share("threatened", "imposed")),),
    ),
    Fact(
        "F11",
        "How long measures stay in force",
        f"{NOT_TRADE}, 385 episodes of which 330 ended",
        (
            Line("in force after 6 months", Figure(0.755, n=385), Survival("imposed", 6)),
            Line("in force after 12 months", Figure(0.646, n=385), Survival("imposed", 12)),
            Line("in force after 24 months", Figure(0.505, n=385), Survival("imposed", 24)),
            Line("in force after 36 months", Figure(0.449, n=385), Survival("imposed", 36)),
            Line("in force after 60 months", Figure(0.366, n=385), Survival("imposed", 60)),
            Line("in force after 84 months", Figure(0.248, n=385), Survival("imposed", 84)),
            Line("in force after 120 months", Figure(0.182, n=385), Survival("imposed", 120)),
            Line("median, months", Figure(26.0, n=385), Median("imposed")),
        ),
    ),
    Fact(
        "F12",
        "The hazard of ending falls with time: a Weibull shape well below 1",
        NOT_TRADE,
        (
            Line("shape", Figure(0.54, 0.49, 0.58, 385), Weibull("imposed", "shape")),
            Line("scale, months", Figure(66.0, n=385), Weibull("imposed", "scale")),
        ),
    ),
    Fact(
        "F18",
        "Targets give way more often, and later, where an international organisation backs the measures",
        NOT_TRADE,
        (
            *_shares(
                "gave way",
                "gave_way",
                CLOSED,
                BACKING,
                (Figure(0.632, 0.527, 0.726, 87), Figure(0.348, 0.292, 0.408, 253)),
            ),
            *_shares(
                "gave way or negotiated",
                "settled",
                CLOSED,
                BACKING,
                (Figure(0.759, n=87), Figure(0.510, n=253)),
            ),
            Line("median months, with backing", Figure(41.0), Median("imposed and backed")),
            Line("median months, without", Figure(22.0), Median("imposed and not backed")),
        ),
    ),
    Fact(
        "F19",
        "Targets give way more often to several senders than to one",
        NOT_TRADE,
        _shares(
            "gave way",
            "gave_way",
            CLOSED,
            SENDERS,
            (Figure(0.569, 0.475, 0.658, 109), Figure(0.341, 0.282, 0.404, 229)),
        ),
    ),
    Fact(
        "F20",
        "Targets give way more often the more the measures cost them",
        f"{NOT_TRADE}, cost as coded there",
        (
            *_shares(
                "gave way",
                "gave_way",
                CLOSED,
                COSTS,
                (Figure(0.371, n=202), Figure(0.453, n=86), Figure(0.571, n=28)),
            ),
            *_shares(
                "gave way or negotiated",
                "settled",
                CLOSED,
                COSTS,
                (Figure(0.485, n=202), Figure(0.698, n=86), Figure(0.750, n=28)),
            ),
        ),
    ),
    Fact(
        "F22",
        "Targets give way more often to a threat the firmer the senders are bound to it",
        f"{TIES}: commitment as coded there",
        (
            *_shares(
                "gave way to the threat",
                "gave_way",
                AT_THREAT,
                COMMITMENTS,
                (Figure(0.279, n=68), Figure(0.420, n=181), Figure(0.485, n=202)),
            ),
            *_shares(
                "imposed",
                "imposed",
                "threatened",
                COMMITMENTS,
                (Figure(0.401), Figure(0.464), Figure(0.472)),
            ),
        ),
    ),
)


def fact(name: str) -> Fact:
    """Return the published fact that is called `name`, as in "F11"."""
    return next(one for one in FACTS if one.id == name)


COLUMNS = (
    *("fact", "what", "published", "published_low", "published_high", "published_n"),
    *("model", "low", "high", "episodes", "worlds", "thin", "distance", "distance_is", "computed"),
)


def facts(
    regions: int = 1200,
    replicates: int = 1,
    strategies: Sequence[Any] | None = None,
    seed: int = 7,
    months: int = 144,
    workers: int | None = None,
    parameters: pd.DataFrame | Mapping[str, float] | None = None,
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return every published figure beside what simulated episodes give for it.

    Parameters
    ----------
    regions, replicates : int
        How many worlds are grown, and how often each is lived.
    strategies : sequence of str or Strategy, optional
        All bundled ones by default; they take the worlds in turn.
    seed : int
        Names the worlds and their luck.
    months : int
        Length of a run.
    workers, parameters, without, progress : as ``model.run_ensemble`` takes them

    Returns
    -------
    DataFrame
        As `compared` returns it.

    Raises
    ------
    InputError
        If a strategy does not exist or cannot run in these worlds.
    """
    plans, _ = mixed(strategies)
    sample = Sample(regions, replicates, seed, months)
    return compared(simulated(sample, plans, workers, parameters, without, progress))


def mixed(strategies: Sequence[Any] | None) -> tuple[list[Any], list[str]]:
    """Return the strategies of the mix as objects, and of each bundled one left out why.

    Raises
    ------
    InputError
        If one that was named does not exist, is named twice or cannot run in these worlds.
    """
    named = strategies or model.list_strategies()
    plans = [model.load_strategy(one) if isinstance(one, str) else one for one in named]
    check_once(plans)
    return fitting(plans, model.load_scenario(REGION), refuse=bool(strategies))


def compared(episodes: pd.DataFrame) -> pd.DataFrame:
    """Return every published figure beside what `episodes` give for it, one row a figure.

    Parameters
    ----------
    episodes : DataFrame
        As `episodes.coded` returns them, and the column "world".

    Returns
    -------
    DataFrame
        fact, what, the published value with interval and count where they are known, the model's value
        with interval and with the episodes and worlds it rests on, whether these are few, the distance,
        what kind of distance it is, and how the value was computed.
    """
    return pd.DataFrame(
        [_row(fact, line, line.estimator.of(episodes)) for fact in FACTS for line in fact.lines],
        columns=list(COLUMNS),
    )


def _row(fact: Fact, line: Line, estimate: Estimate) -> tuple[Any, ...]:
    found = estimate.found
    return (
        *(fact.id, line.what, *line.published),
        *(found.estimate, found.low, found.high, estimate.episodes, estimate.worlds, estimate.worlds < FEW),
        *(*distance(line, found), line.estimator.told()),
    )


def distance(line: Line, found: Interval) -> tuple[float, str]:
    """Return how far the model lies from a published figure, and in what terms."""
    published = known(line.published)
    if isinstance(line.estimator, Survival):
        return found.estimate - published.estimate, "difference"
    if isinstance(line.estimator, Share):
        return _z(published, found), "z"
    published, found = _logarithms(published), _logarithms(found)
    if line.published.low is None:
        return found.estimate - published.estimate, "log ratio"
    return _z(published, found), "z of logs"


def known(figure: Figure) -> Interval:
    """Return a published figure with its interval: as printed, by its count of cases, or without a width."""
    if figure.low is not None and figure.high is not None:
        return Interval(figure.value, figure.low, figure.high)
    if figure.n is not None and figure.value < 1.0:
        counted = wilson(round(figure.value * figure.n), figure.n)
        return Interval(figure.value, counted.low, counted.high)
    return Interval(figure.value, figure.value, figure.value)


def _logarithms(found: Interval) -> Interval:
    return Interval(*(float(np.log(value)) for value in (found.estimate, found.low, found.high)))


def _z(published: Interval, found: Interval) -> float:
    errors = [(interval.high - interval.low) / (2.0 * Z) for interval in (published, found)]
    return float((found.estimate - published.estimate) / np.sqrt(sum(np.square(errors)) + DISCREPANCY**2))


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """Return the mean size of each fact's distances, by kind: fact, distance_is, mean, count."""
    sizes = table.assign(size=table["distance"].abs().replace(np.inf, np.nan)).dropna(subset="size")
    return sizes.groupby(["fact", "distance_is"], sort=False)["size"].agg(["mean", "count"]).reset_index()
