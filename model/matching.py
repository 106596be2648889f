"""Equal means: strategies brought to the same relief, pressure and effort, so that they differ in design.

None of it is free of judgement, so each way is the plainest there is, and is said:

- *relief*: the relief of every stage is scaled alike; where a sector would be given back more than whole,
  it is given back whole, and the other sectors make up for it;
- *pressure*: the level of the phase before relief becomes target / months, and the phase is prolonged
  where its months do not suffice. A strategy that has no such phase, or only holds what is in force, is
  given a ramp, which changes what it is (D02): equal pressure cannot be had otherwise;
- *effort*: idle envoy-months are added, which act on nothing. Efforts are then equal in the books: a
  strategy that fares better may still owe it to what its effort does where that of another lies idle.
  Work that acts would not be neutral, for each kind of it is a design of its own.

Less effort than the script takes, or more relief than there is, cannot be had, and is refused.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from model.means import Totals, effort_of, relief_by_sector
from model.strategy import Strategy
from model.strategy_faults import ROUNDING, given_back
from model.strategy_fit import Setting, ground_of
from model.strategy_format import Stage
from model.strategy_words import ALL
from model.vocabulary import SECTORS, InputError, PressurePhase, Sector, nearest, word_of, words_of

#: The means that can be made equal.
MEANS = Totals._fields
SUFFIX = "matched"
HOW = "Its means are brought to those of the strategies that it is compared with."
#: Digits that shares keep, so that sums of them carry no dust.
DIGITS = 12
#: How many sectors must share a value for ``all`` to stand for them.
MANY = 3


def matched(
    strategy: Strategy,
    scenario: Setting,
    relief: float | None = None,
    pressure: float | None = None,
    effort: float | None = None,
) -> Strategy:
    """Return the strategy, called ``...-matched``, with its totals brought to those given.

    Parameters
    ----------
    strategy : Strategy
        What is to be matched.
    scenario : Setting
        The scenario in which its totals are taken.
    relief : float, optional
        Points a year; None leaves it as it is, as with the others.
    pressure : float, optional
        Pressure-months: level times months.
    effort : float, optional
        Envoy-months.

    Raises
    ------
    InputError
        If a total cannot be reached; it names the strategy and says what is possible.
    """
    for name, target in zip(MEANS, (relief, pressure, effort), strict=True):
        if target is not None and not 0.0 <= target < math.inf:
            raise InputError(f"strategy '{strategy.name}': {name}: {target} is no total; 0 or more")
    changes: dict[str, Any] = {}
    if relief is not None:
        changes["stages"] = relieved(strategy, scenario, relief)
    if pressure is not None:
        changes["pressure"] = pressed(strategy, pressure)
    made = strategy.derived(SUFFIX, HOW, changes)
    return (
        made
        if effort is None
        else strategy.derived(SUFFIX, HOW, changes | {"idle": idle(strategy, made, effort)})
    )


def matched_all(
    strategies: Sequence[Strategy], scenario: Setting, by: Sequence[str] = MEANS
) -> list[Strategy]:
    """Return the strategies brought to common totals, in the order given.

    The common relief is the least that any of them offers, so that nobody has to offer more than there
    is; the common pressure and effort are the most that any of them takes, so that nobody has to do with
    less than its design needs.

    Raises
    ------
    InputError
        If ``by`` names no such means, or they cannot be made equal: one strategy offers no relief at all.
    """
    for name in by:
        if name not in MEANS:
            raise InputError(f"'{name}' cannot be matched; one of {', '.join(MEANS)}{nearest(name, MEANS)}")
    totals = {strategy.name: strategy.totals(scenario) for strategy in strategies}
    relief = {name: total.relief for name, total in totals.items()}
    if "relief" in by and min(relief.values()) == 0.0 < max(relief.values()):
        none = min(relief, key=lambda name: relief[name])
        raise InputError(
            f"strategy '{none}': relief: offers none in {scenario.name}: nobody can be matched to it"
        )
    least = min(relief.values()) if "relief" in by else None
    most = max(total.pressure for total in totals.values()) if "pressure" in by else None
    result = [matched(strategy, scenario, least, most) for strategy in strategies]
    if "effort" not in by:
        return result
    longest = max(effort_of(strategy) for strategy in result)
    return [matched(strategy, scenario, least, most, longest) for strategy in strategies]


def relieved(strategy: Strategy, scenario: Setting, target: float) -> list[dict[str, Any]]:
    """Return the stages with relief worth ``target`` points a year in all."""
    ground = ground_of(scenario)
    by_stage = [relief_by_sector(stage, ground) for stage in strategy.stages]
    worth = [sum(values) for values in zip(*by_stage, strict=True)]
    limits = [1.0 / given if given > 0.0 else 0.0 for given in given_back(strategy)]
    most = sum(value * limit for value, limit in zip(worth, limits, strict=True))
    if target > most * (1.0 + ROUNDING):
        raise InputError(
            f"strategy '{strategy.name}': relief: {target:.4g} points a year are more than what it could "
            f"give back in {scenario.name}; at most {most:.4g}"
        )
    scales = scales_to(target, worth, limits)
    return [
        said_of(stage)
        | {"relief": relief_table([a * b for a, b in zip(shares_of(stage), scales, strict=True)])}
        for stage in strategy.stages
    ]


def scales_to(target: float, worth: Sequence[float], limits: Sequence[float]) -> list[float]:
    """Return one scale for all sectors, or a sector's limit where that is less, so that all is ``target``."""
    scale = 0.0
    for bound in sorted({*limits, math.inf}):
        held = sum(value * limit for value, limit in zip(worth, limits, strict=True) if limit < bound)
        free = sum(value for value, limit in zip(worth, limits, strict=True) if limit >= bound)
        if free == 0.0:
            break
        scale = (target - held) / free
        if scale <= bound:
            break
    return [min(scale, limit) for limit in limits]


def pressed(strategy: Strategy, target: float) -> dict[str, Any]:
    """Return the phase before relief that comes to ``target`` pressure-months."""
    if target == 0.0:
        return {"phase": word_of(PressurePhase.NONE), "level": 0.0, "months": 0}
    months = max(strategy.pressure.months, math.ceil(target))
    phase = strategy.pressure.phase
    phase = PressurePhase.RAMP if phase in (PressurePhase.NONE, PressurePhase.HOLD) else phase
    return {"phase": word_of(phase), "level": target / months, "months": months}


def idle(strategy: Strategy, made: Strategy, target: float) -> float:
    """Return the idle envoy-months that bring to ``target`` the effort of what was ``made`` of a strategy."""
    needed = effort_of(made) - made.idle
    if target < needed * (1.0 - ROUNDING):
        raise InputError(
            f"strategy '{strategy.name}': effort: its script takes {needed:.4g} envoy-months, and cannot be "
            f"carried through with {target:.4g}; {needed:.4g} or more"
        )
    return max(0.0, target - needed)


def said_of(stage: Stage) -> dict[str, Any]:
    """Return what a file says of a stage."""
    return stage.model_dump(exclude_unset=True)


def shares_of(stage: Stage) -> list[float]:
    """Return the share of each sector's measures that a stage gives back."""
    return stage.relief.spread([0.0] * SECTORS)


def relief_table(shares: Sequence[float]) -> dict[str, float]:
    """Return the share of each sector as a file says it: those alike as ``all``, if they are many."""
    rounded = {word: round(share, DIGITS) for word, share in zip(words_of(Sector), shares, strict=True)}
    values = list(rounded.values())
    common = max(values, key=values.count)
    if common > 0.0 and values.count(common) >= MANY:
        return {ALL: common} | {word: share for word, share in rounded.items() if share != common}
    return {word: share for word, share in rounded.items() if share > 0.0}
