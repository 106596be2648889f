"""Transforms: a strategy with one thing about it changed, so that the effect of that thing can be seen.

Each function takes a strategy and returns another, with a new name and a sentence at the end of its
description; nothing else is touched. The placebo shuffles the order of stages: each keeps its relief, its
confidence measures, its dwell, its verification and what it *adds* to the demand, so that all totals are
the same and only the sequence differs. An effect that survives it is no effect of sequence.

Where relief is cut anew, it follows the path along which it was given (paths.py): what came first still
comes first, only the cuts lie elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from model.matching import matched, matched_all, relief_table, said_of, shares_of
from model.paths import (
    asks_between,
    between,
    by_amount,
    cumulated,
    cut_at,
    increments,
    path_of,
    relief_path,
    sums,
    whole,
    words_in,
)
from model.strategy import Strategy
from model.strategy_format import MAIN, Stage
from model.vocabulary import InputError, Sector, Track, member_of, nearest, word_of, words_of

__all__ = [
    "all_orders",
    "in_steps",
    "matched",
    "matched_all",
    "other_orders",
    "placebo",
    "profiled",
    "sector_order",
    "switched",
]

#: The share of all relief that is given by a share of the way, by profile (D04).
PROFILES: dict[str, Callable[[float], float]] = {
    "front": lambda way: way * (2.0 - way),
    "linear": lambda way: way,
    "back": lambda way: way * way,
    "sigmoid": lambda way: way * way * (3.0 - 2.0 * way),
}


# --- order -------------------------------------------------------------------------------------------------


def placebo(strategy: Strategy, seed: int, number: int | None = None) -> Strategy:
    """Return the strategy with the stages of each track in another order, a placebo for its sequence.

    The order is drawn by ``seed`` and is never one in which the stages say the same as in the file. It is
    called ``...-shuffled-<number>``, or by the seed where no ``number`` is given.

    Raises
    ------
    InputError
        If there is no other order: it has one stage, or its stages all say the same.
    """
    if other_orders(strategy) == 0:
        raise InputError(f"strategy '{strategy.name}': its stages stand in the only order there is")
    luck = np.random.default_rng(seed)
    kinds = [kinds_of(track) for track in strategy.tracks.values()]
    order = [list(range(len(track))) for track in kinds]
    while all(alike(places, track) for places, track in zip(order, kinds, strict=True)):
        order = [[int(place) for place in luck.permutation(len(track))] for track in kinds]
    how = "Its stages are shuffled: a placebo, with the same means in another order."
    suffix = f"shuffled-{seed if number is None else number}"
    return strategy.derived(suffix, how, {"stages": reordered(strategy, order)})


def all_orders(strategy: Strategy) -> Iterator[Strategy]:
    """Yield the strategy with its stages in every order that says something else, the file's own first.

    They are called ``...-order-1`` and so on; `other_orders` says how many there are.
    """
    kinds = [kinds_of(track) for track in strategy.tracks.values()]
    for number, order in enumerate(crossed(kinds), 1):
        how = f"Its stages stand in the order that is number {number} of all."
        yield strategy.derived(f"order-{number}", how, {"stages": reordered(strategy, order)})


def other_orders(strategy: Strategy) -> int:
    """Return in how many orders the stages of a strategy would say something else than in the file's."""
    orders = 1
    for track in strategy.tracks.values():
        kinds = kinds_of(track)
        alike_ones = math.prod(math.factorial(kinds.count(kind)) for kind in set(kinds))
        orders *= math.factorial(len(kinds)) // alike_ones
    return orders - 1


def kinds_of(track: Sequence[Stage]) -> list[int]:
    """Return a number for each stage of a track, the same for stages that differ in their titles only."""
    said = [
        ({key: value for key, value in said_of(stage).items() if key not in ("title", "asks")}, added)
        for stage, added in zip(track, increments(track), strict=True)
    ]
    return [said.index(each) for each in said]


def alike(places: Sequence[int], kinds: Sequence[int]) -> bool:
    """Return whether stages say the same in the order of ``places`` as in their own."""
    return [kinds[place] for place in places] == list(kinds)


def arrangements(kinds: Sequence[int], left: Sequence[int] | None = None) -> Iterator[tuple[int, ...]]:
    """Yield every order of places that makes another sequence of their kinds, the given one first."""
    left = range(len(kinds)) if left is None else left
    if not left:
        yield ()
    for place in left:
        if all(kinds[place] != kinds[earlier] for earlier in left if earlier < place):
            for rest in arrangements(kinds, [other for other in left if other != place]):
                yield (place, *rest)


def crossed(tracks: Sequence[Sequence[int]]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield every order of each track with every order of the others."""
    if not tracks:
        yield ()
        return
    for first in arrangements(tracks[0]):
        for rest in crossed(tracks[1:]):
            yield (first, *rest)


def reordered(strategy: Strategy, order: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    """Return the stages in the order of ``order``, places by track, with what is asked added up anew."""
    stages = []
    for track, places in zip(strategy.tracks.values(), order, strict=True):
        added = increments(track)
        asked = cumulated([added[place] for place in places], words_in(track))
        stages += [changed(track[place], {"asks": asks}) for place, asks in zip(places, asked, strict=True)]
    return stages


def changed(stage: Stage, changes: dict[str, Any]) -> dict[str, Any]:
    """Return what a file says of a stage after ``changes``; what is then empty is not said."""
    return {key: value for key, value in (said_of(stage) | changes).items() if value not in ({}, [])}


# --- design dimensions -------------------------------------------------------------------------------------


def switched(strategy: Strategy, track: str) -> Strategy:
    """Return the strategy, called ``...-<track>``, carried by other talks (D22).

    Raises
    ------
    InputError
        If ``track`` is not one of public, private, dual, private-then-public.
    """
    word = word_of(member_of(Track, track))
    return strategy.derived(word, f"Its talks are {word}.", {"talks": {"track": word}})


def in_steps(strategy: Strategy, steps: int) -> Strategy:
    """Return the strategy, called ``...-in-<steps>``, with its main track cut into so many stages (D03).

    Relief and demand follow the same path from nothing to everything; months of dwell and of performing
    add up to the same. A confidence measure falls into the step in which it began; all else a step takes
    from the stage in whose place it stands. Months in which a step waits for a report that comes less
    often than its dwell are extra, as in any file.

    Raises
    ------
    InputError
        If ``steps`` is less than 1, or a stage is one sender's alone.
    """
    if steps < 1:
        raise InputError(f"strategy '{strategy.name}': {steps} steps are none; 1 or more")
    old = strategy.tracks.get(MAIN, [])
    refuse_single_senders(strategy)
    if not old:
        raise InputError(f"strategy '{strategy.name}': has no main track that could be cut into steps")
    stages = [stage_in(old, step, steps) for step in range(steps)]
    added = [asks_between(old, step / steps, (step + 1) / steps) for step in range(steps)]
    asked = cumulated(added, words_in(old))
    cut = [changed(stage, said | {"asks": asks}) for (stage, said), asks in zip(stages, asked, strict=True)]
    others = [said_of(stage) for stage in strategy.stages if stage.track != MAIN]
    changes: dict[str, Any] = {"stages": cut + others}
    for table, key in (("handover", "after_stages"), ("civilians", "entry_stage")):
        if place := getattr(getattr(strategy, table), key):
            changes[table] = {key: min(steps, math.ceil(place * steps / len(old)))}
    return strategy.derived(f"in-{steps}", f"It goes in {steps} steps.", changes)


def stage_in(old: Sequence[Stage], step: int, steps: int) -> tuple[Stage, dict[str, Any]]:
    """Return the stage in whose place a step stands, and what the step says differently."""
    here, there = step / steps, (step + 1) / steps
    stage = old[int((step + 0.5) / steps * len(old))]
    dwell, deadline = (months_between(old, key, here, there) for key in ("dwell", "deadline"))
    begun = [each for place, each in enumerate(old) if here <= place / len(old) < there]
    measures = [word for each in begun for word in said_of(each).get("confidence", ())]
    return stage, {
        "title": f"Step {step + 1} of {steps}",
        "relief": relief_table(between(relief_path(old), here, there)),
        "confidence": list(dict.fromkeys(measures)),
        "dwell": dwell,
        "deadline": max(deadline, dwell, stage.verify.every, 1),
    }


def months_between(old: Sequence[Stage], key: str, here: float, there: float) -> int:
    """Return the whole months of dwell or deadline that lie between two positions on the way."""
    path = path_of(sums([float(getattr(stage, key)) for stage in old]))
    return whole(path, there) - whole(path, here)


def profiled(strategy: Strategy, profile: str) -> Strategy:
    """Return the strategy, called ``...-<profile>``, with its relief given early or late (D04).

    The stages that give relief share it anew, in each track: front, linear, back or sigmoid. Sectors come
    in the order in which they came, and stages that gave none still give none.

    Raises
    ------
    InputError
        If there is no such profile, or a stage is one sender's alone.
    """
    if profile not in PROFILES:
        hint = nearest(profile, list(PROFILES))
        raise InputError(f"'{profile}' is no profile of relief; one of {', '.join(PROFILES)}{hint}")

    def cut(track: Sequence[Stage]) -> list[list[float]]:
        path = by_amount(map(shares_of, track))
        turns = sums([float(sum(shares_of(stage)) > 0.0) for stage in track])
        return cut_at(path, [path[-1][0] * PROFILES[profile](turn / max(turns[-1], 1.0)) for turn in turns])

    return recut(strategy, profile, f"The profile of its relief is {profile}.", cut)


def sector_order(strategy: Strategy, sectors: Sequence[str]) -> Strategy:
    """Return the strategy, called ``...-<sectors>-first``, with relief sector after sector (D07).

    Those named come first, in that order; the others follow. Every stage gives back as much as before, as
    shares added up over sectors, and each sector is given back as far as before in all; in each track.

    Raises
    ------
    InputError
        If a sector is unknown or named twice, or a stage is one sender's alone.
    """
    named = [member_of(Sector, word) for word in sectors]
    if not named or len(set(named)) < len(named):
        told = ", ".join(sectors) or "none"
        raise InputError(f"sectors in order: {told}; each of {', '.join(words_of(Sector))} at most once")
    order = [*named, *(sector for sector in Sector if sector not in named)]

    def cut(track: Sequence[Stage]) -> list[list[float]]:
        totals = [sum(shares) for shares in zip(*map(shares_of, track), strict=True)]
        queue = by_amount([totals[sector] if each == sector else 0.0 for each in Sector] for sector in order)
        return cut_at(queue, sums([sum(shares_of(stage)) for stage in track]))

    suffix = "-".join([*map(word_of, named), "first"])
    return recut(strategy, suffix, f"Relief comes sector after sector, {named_of(named)} first.", cut)


def named_of(sectors: Sequence[Sector]) -> str:
    """Return the names of sectors as a sentence has them."""
    words = [word_of(sector) for sector in sectors]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def recut(
    strategy: Strategy, suffix: str, how: str, cut: Callable[[Sequence[Stage]], list[list[float]]]
) -> Strategy:
    """Return the strategy with the relief of each track's stages as ``cut`` has it."""
    refuse_single_senders(strategy)
    stages = []
    for track in strategy.tracks.values():
        for stage, shares in zip(track, cut(track), strict=True):
            stages.append(changed(stage, {"relief": relief_table(shares)}))
    return strategy.derived(suffix, how, {"stages": stages})


def refuse_single_senders(strategy: Strategy) -> None:
    """Raise if the relief of some stage is one sender's alone: what is cut anew would change hands."""
    for place, stage in enumerate(strategy.stages, 1):
        if stage.only_sender is not None:
            told = f"stages[{place}].only_sender: '{stage.only_sender}'"
            raise InputError(f"strategy '{strategy.name}': {told}: relief of one sender cannot be cut anew")
