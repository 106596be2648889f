"""What a search found, and how sure it is: the front, fresh ground, the bases, the true front where known.

What is chosen because it did best on some luck owes part of its lead to that luck (the winner's curse). How
much is seen on fresh ground: there the lead over the bases shrinks by what was flattery.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.analysis.robustness import RESAMPLES, nondominated, weights
from experiments.search.goals import Aim
from experiments.search.judging import box_of, covered, front_of, membership, progress, turned
from experiments.search.results import SearchResults

Floats = NDArray[np.float64]
#: Numbers of a resample at most, to bound the memory that many candidates take.
LARGEST = 8_000_000
#: Candidates nearer than this, as a part of the spread of what was tried, are shown as one.
NEAR = 0.05


@dataclass(frozen=True)
class Seen:
    """Candidates on one ground.

    Attributes
    ----------
    values : DataFrame
        A row a candidate, a column a goal, in the goal's unit.
    low, high : DataFrame
        Ends of the 95 % intervals, states drawn anew with replacement.
    again : array, shape (resamples, candidates, goals)
        The scores in each resample, more is better.
    units : int
        Independent draws (replicates where nothing is drawn).
    """

    values: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    again: Floats
    units: int

    def value(self, strategy: str, goal: str) -> float:
        """Return one value: of a candidate, at a goal."""
        return float(self.values[goal][strategy])

    def reach(self, strategy: str, goal: str) -> list[float]:
        """Return the ends of its interval."""
        return [float(self.low[goal][strategy]), float(self.high[goal][strategy])]

    def scores(self, aims: list[Aim]) -> Floats:
        """Return the values turned so that more is better, shape (candidates, goals)."""
        found: Floats = self.values.to_numpy(float) * [aim.sign for aim in aims]
        return found


@dataclass(frozen=True)
class Truth:
    """What running every candidate says of the search.

    Attributes
    ----------
    candidates, front : int
        How many candidates say something different, and how many of them are on the true front.
    found : int or None
        How many of those the search tried; None where there was no search.
    covered : float or None
        Hypervolume of the front that the search found, as a share of that of the true front.
    tried : int
        Candidates that the search tried.
    """

    candidates: int
    front: int
    found: int | None
    covered: float | None
    tried: int


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes
    ----------
    aims : list of Aim
    candidates : DataFrame
        Index strategy; what each was made of, and `front`, whether it is on the front of all that were tried.
    seen : Seen
        All candidates on the ground of the search.
    front : list of str
        Strategies on the front, the best at the first goal first.
    membership : Series
        By strategy on the front, the share of resamples in which it is there.
    fresh : Seen or None
        The front on fresh ground, in the same order.
    still : Series of bool
        By strategy on the front, whether no other of the front and no base dominates it on fresh ground.
    bases, bases_fresh : Seen
        The bases as they stand.
    better : DataFrame
        By base and strategy of the front (columns base, strategy): the share of resamples of fresh ground (or
        of the search's, where there is no other) in which the strategy dominates the base, and whether it
        does on the whole.
    course : array, shape (generations, 2), or None
        Candidates tried by the end of each generation, and the share of the box that their front covers.
    covers : float
        What the front covers.
    truth : Truth or None
    failed : int
        Candidates of which a run failed.
    """

    aims: list[Aim]
    candidates: pd.DataFrame
    seen: Seen
    front: list[str]
    membership: pd.Series[float]
    fresh: Seen | None
    still: pd.Series[bool]
    bases: Seen
    bases_fresh: Seen | None
    better: pd.DataFrame
    course: Floats | None
    covers: float
    truth: Truth | None
    failed: int

    def leads(self) -> pd.DataFrame:
        """Return the mean lead of the front over the bases as they stand, on both grounds.

        Index: the goal's phrase. Columns: tried and fresh, each with its _low and _high; flattered, how much
        of the lead fresh ground took away, with _low and _high. More is better, whichever way the goal's unit
        goes. The two grounds are independent, so their resamples are.
        """
        names = pd.Index([aim.phrase for aim in self.aims], name="goal")
        if self.fresh is None or self.bases_fresh is None:
            return pd.DataFrame(index=names)
        tried = _lead(part(self.seen, self.front), self.bases, self.aims)
        fresh = _lead(self.fresh, self.bases_fresh, self.aims)
        number = min(len(tried), len(fresh))
        columns = {"tried": tried, "fresh": fresh, "flattered": tried[:number] - fresh[:number]}
        table = pd.DataFrame(index=names)
        for name, rows in columns.items():  # the first row is of the states as they are
            table[name] = rows[0]
            table[f"{name}_low"], table[f"{name}_high"] = np.quantile(rows[1:], [0.025, 0.975], axis=0)
        return table

    def shown(self, at_most: int) -> list[str]:
        """Return strategies of the front that differ most, or all of it if there are no more than that.

        The best at each goal on either ground come first, then the farthest apart. Those nearer to one of
        them than a twentieth of the spread of what was tried are left out.
        """
        if len(self.front) <= at_most:
            return list(self.front)
        scores = part(self.seen, self.front).scores(self.aims)
        low, high = box_of(self.seen.scores(self.aims))
        points = (scores - low) / (high - low)
        grounds = [scores] + ([] if self.fresh is None else [self.fresh.scores(self.aims)])
        best = [int(place) for ground in grounds for place in ground.argmax(axis=0)]
        chosen = list(dict.fromkeys(best))[:at_most]
        while len(chosen) < min(at_most, len(points)):
            gaps = np.abs(points[:, np.newaxis] - points[chosen]).max(axis=-1).min(axis=1)
            if gaps.max() < NEAR:
                break
            chosen.append(int(gaps.argmax()))
        return [self.front[place] for place in sorted(chosen)]


def _lead(front: Seen, bases: Seen, aims: list[Aim]) -> Floats:
    """Return the mean lead of the front on the states as they are, then in each resample."""
    now = front.scores(aims).mean(axis=0) - bases.scores(aims).mean(axis=0)
    number = min(len(front.again), len(bases.again))
    again = front.again[:number].mean(axis=1) - bases.again[:number].mean(axis=1)
    return np.vstack([now[np.newaxis], again])


def computed(results: SearchResults, seed: int | None = None) -> Found:
    """Return what a search found.

    Parameters
    ----------
    results : SearchResults
    seed : int, optional
        Of the resamples; that of the experiment by default.
    """
    seed = int(results.account["seed"]) if seed is None else seed
    aims = results.aims
    table = results.candidates
    own, standing = table[~table["stands"]].copy(), table[table["stands"]]
    tried = results.values(results.tried)
    clusters = results.clusters(results.tried)
    whole = [not np.isnan(tried[key]).any() for key in own["key"]]
    own = own[whole].copy()
    seen = seen_of(own, tried, results, clusters, seed)
    scores = seen.scores(aims)
    own["front"] = front_of(scores)
    front = _sorted(own, scores)
    fresh = None
    fresh_standing = None
    if len(results.fresh):
        again, drawn = results.values(results.fresh), results.clusters(results.fresh)
        fresh = seen_of(own.loc[front], again, results, drawn, seed + 1)
        fresh_standing = seen_of(standing, again, results, drawn, seed + 1)
    judged = fresh if fresh is not None else part(seen, front)
    box = box_of(scores)
    member = pd.Series(membership(seen.again), own.index)
    return Found(
        aims=aims,
        candidates=own,
        seen=seen,
        front=front,
        membership=member[front],
        fresh=fresh,
        still=_still(
            judged, fresh_standing or seen_of(standing, tried, results, clusters, seed), front, aims
        ),
        bases=seen_of(standing, tried, results, clusters, seed),
        bases_fresh=fresh_standing,
        better=_better(
            judged, fresh_standing or seen_of(standing, tried, results, clusters, seed), front, aims
        ),
        course=_course(own, scores, box),
        covers=covered(scores, box),
        truth=_truth(own, scores, box) if results.account["is_enumerated"] else None,
        failed=len(whole) - sum(whole),
    )


def seen_of(
    table: pd.DataFrame,
    known: Mapping[str, Floats],
    results: SearchResults,
    clusters: NDArray[np.int64],
    seed: int,
) -> Seen:
    """Return candidates on one ground, with their intervals."""
    aims, outcomes = results.aims, results.outcomes
    outcome = np.array([known[key] for key in table["key"]])
    signs = np.array([aim.sign for aim in aims])
    number = int(np.clip(LARGEST / max(len(outcome) * len(aims), 1), 100, RESAMPLES))
    drawn = weights(clusters, seed, number)
    again = turned(outcome, outcomes, aims, drawn)
    now = turned(outcome, outcomes, aims, np.ones((1, outcome.shape[1])))[0] * signs
    ends = np.sort(np.quantile(again, [0.025, 0.975], axis=0) * signs, axis=0)
    names = [aim.phrase for aim in aims]
    values, low, high = (pd.DataFrame(end, table.index, names) for end in (now, *ends))
    return Seen(values, low, high, again, len(np.unique(clusters)))


def part(seen: Seen, names: list[str]) -> Seen:
    """Return some of the candidates."""
    places = seen.values.index.get_indexer(pd.Index(names))
    return Seen(
        seen.values.loc[names],
        seen.low.loc[names],
        seen.high.loc[names],
        seen.again[:, places],
        seen.units,
    )


def _sorted(own: pd.DataFrame, scores: Floats) -> list[str]:
    order = np.lexsort(tuple(-scores.T[::-1]))
    return [str(own.index[place]) for place in order if own["front"].iloc[place]]


def _better(judged: Seen, bases: Seen, front: list[str], aims: list[Aim]) -> pd.DataFrame:
    rows = []
    for place, base in enumerate(bases.values.index):
        gaps = judged.again - bases.again[:, [place]]
        now = judged.scores(aims) - bases.scores(aims)[place]
        share = _beats(gaps).mean(axis=0)
        for number, name in enumerate(front):
            rows.append((base, name, bool(_beats(now)[number]), float(share[number])))
    return pd.DataFrame(rows, columns=["base", "strategy", "better", "share"])


def _beats(gaps: Floats, rounding: float = 1e-12) -> NDArray[np.bool_]:
    """Return where no gap is below 0 and one is above."""
    found: NDArray[np.bool_] = (gaps >= -rounding).all(axis=-1) & (gaps > rounding).any(axis=-1)
    return found


def _course(own: pd.DataFrame, scores: Floats, box: tuple[Floats, Floats]) -> Floats | None:
    bred = own["generation"].notna().to_numpy()
    if not bred.any():
        return None
    return progress(scores[bred], own["generation"].to_numpy(float)[bred].astype(int), box)


def _truth(own: pd.DataFrame, scores: Floats, box: tuple[Floats, Floats]) -> Truth:
    bred, front = own["generation"].notna().to_numpy(), own["front"].to_numpy(bool)
    if not bred.any():
        return Truth(len(own), int(front.sum()), None, None, 0)
    share = covered(scores[bred], box) / covered(scores, box)
    return Truth(len(own), int(front.sum()), int((front & bred).sum()), share, int(bred.sum()))


def _still(judged: Seen, standing: Seen, front: list[str], aims: list[Aim]) -> pd.Series[bool]:
    """Return by strategy on the front whether none beside it, and no base as it stands, dominates it."""
    scores = np.concatenate([judged.scores(aims), standing.scores(aims)])
    return pd.Series(nondominated(scores)[: len(front)], front)
