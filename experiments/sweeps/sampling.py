"""The designs that fill ranges: which points of a space of factors are tried.

A factor is an uncertain number of the model, or a lever of a strategy; a design is a table with a row a
point and a column a factor. Which design is right depends on the question: a Latin hypercube spreads few
points evenly, Saltelli's blocks give the indices of Sobol, Morris's trajectories screen many factors with
few points, a factorial design tries every combination of a few levels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.extras import needed
from model.vocabulary import InputError, nearest

if TYPE_CHECKING:
    Ends = Mapping[str, float] | pd.Series[float]

#: Keeps the points of designs apart from the luck of the runs, which is addressed by the same seed.
STREAM = 0x0D5A
#: What `filled` can make; SALib makes the last two.
DESIGNS = ("latin-hypercube", "sobol", "factorial", "saltelli", "morris")
#: Levels of each factor on a trajectory of Morris, unless told otherwise.
LEVELS = 4


def filled(
    design: str, low: Ends, high: Ends, points: int, seed: int | Sequence[int], levels: int = LEVELS
) -> pd.DataFrame:
    """Return the points of the design called `design`.

    Parameters
    ----------
    design : str
        One of `DESIGNS`.
    low, high : mapping or Series of float
        The ends of each factor's range by its name; the order of `low` is the order of the columns.
    points : int
        The size of the design, as `size_of` counts it.
    seed : int or sequence of int
        The same seed gives the same points; several integers name a stream of its own. A factorial
        design has no luck in it.
    levels : int
        Levels of each factor, for "morris" only.

    Returns
    -------
    DataFrame
        A row a point, in the order that the analysis of the design needs; every value within its range.

    Raises
    ------
    InputError
        If there is no such design, no factor, a range without width, or a size that the design does not have.
    """
    if design == "latin-hypercube":
        return latin_hypercube(low, high, points, seed)
    if design == "sobol":
        return sobol_sequence(low, high, points, seed)
    if design == "factorial":
        return full_grid(low, high, points)
    if design == "saltelli":
        return saltelli(low, high, points, seed)
    if design == "morris":
        return morris(low, high, points, seed, levels)
    raise _no_such(design)


def size_of(design: str, factors: int, points: int, second_order: bool = False) -> int:
    """Return how many points `filled` makes, without making them.

    Parameters
    ----------
    design : str
        One of `DESIGNS`.
    factors : int
        How many factors vary.
    points : int
        Points of a Latin hypercube or a Sobol sequence, blocks of Saltelli, trajectories of Morris, levels
        of each factor of a factorial design.
    second_order : bool
        Whether Saltelli's blocks also serve the indices of pairs.

    Raises
    ------
    InputError
        If there is no such design.
    """
    sizes = {
        "latin-hypercube": points,
        "sobol": points,
        "factorial": points**factors,
        "saltelli": points * block_of("saltelli", factors, second_order),
        "morris": points * block_of("morris", factors),
    }
    if design not in sizes:
        raise _no_such(design)
    return sizes[design]


def block_of(design: str, factors: int, second_order: bool = False) -> int:
    """Return how many rows belong together: a block of Saltelli, a trajectory of Morris, or one."""
    if design == "saltelli":
        return (2 * factors if second_order else factors) + 2
    return factors + 1 if design == "morris" else 1


def factorial(levels: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Return every combination of the given levels; the last factor changes fastest.

    Raises
    ------
    InputError
        If there is no factor, or one of them has no level.
    """
    _some(levels)
    for name, choices in levels.items():
        if not len(choices):
            raise InputError(f"factor '{name}' of the factorial design has no level: give one at least")
    columns = zip(*product(*levels.values()), strict=True)
    return pd.DataFrame(dict(zip(levels, map(list, columns), strict=True)))


def full_grid(low: Ends, high: Ends, points: int) -> pd.DataFrame:
    """Return the factorial design with `points` levels of each factor, evenly spaced from end to end.

    Raises
    ------
    InputError
        If there is no factor, a range has no width, or there are fewer than two levels.
    """
    names, lower, upper = _ranges(low, high)
    _at_least(2, points, "levels of a factorial design")
    ends = zip(names, lower, upper, strict=True)
    return factorial({name: np.linspace(one, other, points).tolist() for name, one, other in ends})


def latin_hypercube(low: Ends, high: Ends, points: int, seed: int | Sequence[int]) -> pd.DataFrame:
    """Return a Latin hypercube: each range is cut into `points` slices, and every slice is visited once.

    Raises
    ------
    InputError
        If there is no factor, a range has no width, or there are no points.
    """
    from scipy.stats import qmc

    names, lower, upper = _ranges(low, high)
    _at_least(1, points, "points of a Latin hypercube")
    cube = qmc.LatinHypercube(len(names), rng=_luck(seed)).random(points)
    return _scaled(cube, names, lower, upper)


def sobol_sequence(low: Ends, high: Ends, points: int, seed: int | Sequence[int]) -> pd.DataFrame:
    """Return the first points of a scrambled Sobol sequence, more even than chance in every pair of factors.

    Raises
    ------
    InputError
        If there is no factor, a range has no width, or `points` is not a power of two.
    """
    from scipy.stats import qmc

    names, lower, upper = _ranges(low, high)
    _power_of_two(points, "points of a Sobol sequence")
    cube = qmc.Sobol(len(names), rng=_luck(seed)).random(points)
    return _scaled(cube, names, lower, upper)


def saltelli(
    low: Ends, high: Ends, points: int, seed: int | Sequence[int], second_order: bool = False
) -> pd.DataFrame:
    """Return Saltelli's blocks, from which the indices of Sobol are computed.

    A block has a point, then for each factor that point with this one factor taken from another point
    (with `second_order` also the other way round), then the other point.

    Raises
    ------
    InputError
        If there is no factor, a range has no width, `points` (the blocks) is not a power of two, or SALib
        is not installed.

    References
    ----------
    A. Saltelli et al., "Variance based sensitivity analysis of model output", Computer Physics
    Communications 181 (2010) 259-270.
    """
    names, lower, upper = _ranges(low, high)
    _power_of_two(points, "blocks of Saltelli's design", least=2)
    sample = needed("SALib.sample.sobol", "analysis").sample
    cube = sample(_unit(names), points, calc_second_order=second_order, seed=_luck(seed))
    return _scaled(cube, names, lower, upper)


def morris(
    low: Ends, high: Ends, points: int, seed: int | Sequence[int], levels: int = LEVELS
) -> pd.DataFrame:
    """Return Morris's trajectories: from a point on a grid, one factor after the other takes one long step.

    `points` counts trajectories; the step is levels / 2 / (levels - 1) of each range, upwards or downwards.

    Raises
    ------
    InputError
        If there is no factor, a range has no width, there are fewer than two trajectories, `levels` is not
        even, or SALib is not installed.

    References
    ----------
    M. D. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33
    (1991) 161-174.
    """
    names, lower, upper = _ranges(low, high)
    _at_least(2, points, "trajectories of Morris's design")
    if levels < 2 or levels % 2:
        raise InputError(
            f"levels of Morris's design are {levels}: allowed are even numbers from 2, so that steps are fair"
        )
    sample = needed("SALib.sample.morris", "analysis").sample
    cube = sample(_unit(names), points, num_levels=levels, seed=_luck(seed))
    return _scaled(cube, names, lower, upper)


def _luck(seed: int | Sequence[int]) -> np.random.Generator:
    parts = (seed,) if isinstance(seed, (int, np.integer)) else tuple(seed)
    return np.random.default_rng((*parts, STREAM))


def _unit(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _scaled(
    cube: NDArray[np.float64],
    names: Sequence[str],
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
) -> pd.DataFrame:
    values = np.clip(lower + cube * (upper - lower), lower, upper)  # rounding must not leave the range
    return pd.DataFrame(values, columns=list(names))


def _ranges(low: Ends, high: Ends) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
    lower, upper = {str(name): float(end) for name, end in low.items()}, dict(high.items())
    _some(lower)
    for name, end in lower.items():
        if name not in upper or not end < float(upper[name]) < np.inf or not np.isfinite(end):
            raise InputError(
                f"range of '{name}' is {end:g} to {upper.get(name)}: allowed are two numbers, the lower first"
            )
    names = list(lower)
    return names, np.array([*lower.values()]), np.array([float(upper[name]) for name in names])


def _some(factors: Any) -> None:
    if not len(factors):
        raise InputError("a design needs one factor at least: nothing is left to vary")


def _at_least(least: int, points: int, what: str) -> None:
    if points < least:
        raise InputError(f"{what} are {points}: allowed are {least} or more")


def _power_of_two(points: int, what: str, least: int = 1) -> None:
    _at_least(least, points, what)
    if points & (points - 1):
        below = 1 << (points.bit_length() - 1)
        raise InputError(
            f"{what} are {points}: allowed are powers of two, which keep them even; "
            f"the nearest are {below} and {2 * below}"
        )


def _no_such(design: str) -> InputError:
    return InputError(f"design '{design}' is not one of {', '.join(DESIGNS)}{nearest(design, DESIGNS)}")
