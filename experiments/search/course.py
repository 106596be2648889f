"""The course of a search: generations of candidates, each bred from the best of those before (pymoo).

With two goals candidates are kept apart by crowding (NSGA-II; Deb et al. 2002), with more by directions
through the space of goals (NSGA-III; Deb and Jain 2014). All luck of the course is from its seed.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.extras import needed
from experiments.search.asked import Search
from experiments.search.space import Candidate, Space
from model.vocabulary import InputError

Floats = NDArray[np.float64]
#: Keeps the first generation apart from all else that the seed names.
STREAM = 0x5EA7
#: Returns the goals of candidates, shape (candidates, goals), more is better; NaN where a run failed.
Scores = Callable[[Sequence[Candidate]], Floats]


@dataclass
class Course:
    """What a search found, in the order in which it did.

    Attributes
    ----------
    found : dict of str to Candidate
        By key, the possible candidates in the order in which they were tried.
    generation : dict of str to int
        In which generation each was tried first, from 1.
    impossible : dict of str to str
        Why candidates could not be tried, by key.
    """

    found: dict[str, Candidate] = field(default_factory=dict)
    generation: dict[str, int] = field(default_factory=dict)
    impossible: dict[str, str] = field(default_factory=dict)

    def note(self, candidates: Sequence[Candidate], generation: int) -> None:
        """Take in the candidates of a generation."""
        for candidate in candidates:
            if candidate.strategy is None:
                self.impossible.setdefault(candidate.key, candidate.fault)
            elif candidate.key not in self.found:
                self.found[candidate.key] = candidate
                self.generation[candidate.key] = generation


def searched(space: Space, said: Search, scores: Scores, seed: int) -> Course:
    """Return the course of a search through a space.

    Parameters
    ----------
    space : Space
    said : Search
        Its population, its algorithm, and when it ends: after so many generations, so many different
        candidates, or when no new candidate can be bred.
    scores : callable
    seed : int

    Raises
    ------
    InputError
        If none of the first generation is possible.
    """
    needed("pymoo", "analysis")
    course = Course()
    with warnings.catch_warnings():  # pymoo sets filters of its own
        algorithm = _algorithm(space, said, first(space, said.population, seed), course)
        algorithm.setup(_problem(space, said), seed=seed, termination=("n_gen", said.generations))
        scale: Floats | None = None
        while algorithm.has_next():
            asked = algorithm.ask()
            if asked is None or not len(asked):
                break
            candidates = [space.at(point) for point in asked.get("X")]
            course.note(candidates, int(algorithm.n_iter))
            known = _known(candidates, scores)
            scale = _scale(known, course) if scale is None else scale
            broken = np.isnan(known).any(axis=1)
            asked.set("F", np.where(broken[:, np.newaxis], 0.0, -known / scale))
            asked.set("G", np.where(broken, 1.0, -1.0)[:, np.newaxis])
            algorithm.evaluator.n_eval += len(asked)
            algorithm.tell(infills=asked)
            if said.evaluations is not None and len(course.found) >= said.evaluations:
                break
    return course


def _known(candidates: Sequence[Candidate], scores: Scores) -> Floats:
    """Return the scores of candidates; NaN for those that are not possible."""
    possible = [place for place, candidate in enumerate(candidates) if candidate.strategy is not None]
    if not possible:
        return np.full((len(candidates), 1), np.nan)
    found = scores([candidates[place] for place in possible])
    known = np.full((len(candidates), found.shape[1]), np.nan)
    known[possible] = found
    return known


def _scale(known: Floats, course: Course) -> Floats:
    """Return the spread of each goal in the first generation: NSGA-III takes small numbers for nothing."""
    if np.isnan(known).any(axis=1).all():
        why = next(iter(course.impossible.values()), "a run of each failed")
        raise InputError(f"search: none of the first {len(known)} candidates is possible: {why}")
    spread = np.nanmax(known, axis=0) - np.nanmin(known, axis=0)
    return np.where(spread > 0, spread, 1.0)


def _problem(space: Space, said: Search) -> Any:
    from pymoo.core.problem import Problem

    return Problem(n_var=space.dimensions, n_obj=len(said.goals), n_ieq_constr=1, xl=0.0, xu=1.0)


def _algorithm(space: Space, said: Search, points: Floats, course: Course) -> Any:
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.algorithms.moo.nsga3 import NSGA3
    from pymoo.core.duplicate import DuplicateElimination

    class Once(DuplicateElimination):
        """Only points that name a candidate that was not tried yet are taken, and each of them once."""

        def _do(self, pop: Any, other: Any, is_duplicate: Any) -> Any:
            if other is None:
                seen = {*course.found, *course.impossible}
            else:
                seen = {space.at(point).key for point in other.get("X")}
            for place, point in enumerate(pop.get("X")):
                key = space.at(point).key
                is_duplicate[place] = key in seen
                if other is None:
                    seen.add(key)
            return is_duplicate

    alike = {"sampling": points, "pop_size": said.population, "eliminate_duplicates": Once()}
    if said.breeding == "nsga2":
        return NSGA2(**alike)
    return NSGA3(directions(len(said.goals), said.population), **alike)


def first(space: Space, number: int, seed: int) -> Floats:
    """Return the points of the first generation: each base in its own order, the others drawn evenly."""
    points = np.random.default_rng((seed, STREAM)).random((number, space.dimensions))
    several = len(space.bases) > 1
    for place in range(min(len(space.bases), number)):
        points[place] = 0.5
        points[place, :several] = (place + 0.5) / len(space.bases)
        points[place, several : several + space.keys] = np.arange(space.keys) / max(space.keys, 1)
    return points


def directions(goals: int, at_most: int) -> Floats:
    """Return evenly spread directions through the space of goals, as many as fit (Das and Dennis 1998)."""
    from pymoo.util.ref_dirs import get_reference_directions

    parts = 1
    while _count(goals, parts + 1) <= at_most:
        parts += 1
    found: Floats = get_reference_directions("das-dennis", goals, n_partitions=parts)
    return found


def _count(goals: int, parts: int) -> int:
    from math import comb

    return comb(goals + parts - 1, parts)
