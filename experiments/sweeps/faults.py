"""What can be wrong with an experiment whose every key is well formed by itself, one line a fault."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from experiments.search.asked import faults_of as search_faults
from model import dimensions
from model.outcomes import OUTCOMES, RECORDED
from model.parameters import number_of, switches_without, uncertain_numbers
from model.vocabulary import InputError, nearest

if TYPE_CHECKING:
    from experiments.sweeps.experiment import Experiment, Generate, Lever, Uncertain

#: What can be kept of a run: its outcomes, the episode record with its codes as words, and the label.
COLUMNS = (*OUTCOMES, *RECORDED, "label")
#: Columns of the table of strategies that are no levers.
TAKEN = ("strategy", "base", "order", "steps", "text")
#: Designs that fill ranges with points.
FILLING = ("latin-hypercube", "sobol", "saltelli", "morris")
#: Which designs of the uncertain numbers have a use for a key.
USES = {
    "points": (*FILLING, "posterior"),
    "numbers": (*FILLING, "posterior"),
    "ranges": FILLING,
    "levels": ("factorial",),
    "posterior": ("posterior",),
}
#: Keys without which a design is nothing.
NEEDS = {"factorial": "levels", "posterior": "posterior"}


def faults_of(experiment: Experiment) -> Iterator[str]:
    """Yield what is wrong with an experiment."""
    yield from outcome_faults("outcome", [experiment.outcome], [*OUTCOMES])
    yield from outcome_faults("outcomes", experiment.outcomes, COLUMNS)
    yield from outcome_faults("thresholds", experiment.thresholds, [*OUTCOMES, "legitimacy"])
    for key in ("scenarios", "strategies"):
        if not getattr(experiment, key):
            yield f"{key}: none named; name at least one"
    for mechanism in experiment.without:
        yield from faults_in("without", switches_without, [mechanism])
    yield from uncertain_faults(experiment.uncertain)
    if experiment.generate is not None:
        yield from generate_faults(experiment.generate)
    if experiment.search is not None:
        yield from search_faults(experiment.search, experiment.thresholds)


def faults_in(at: str, read: Any, *said: Any) -> Iterator[str]:
    """Yield what ``read`` finds wrong with what is said."""
    try:
        read(*said)
    except InputError as fault:
        yield f"{at}: {fault}"


def outcome_faults(key: str, named: Iterable[str], allowed: Sequence[str]) -> Iterator[str]:
    """Yield each name that is none of the outcomes ``allowed``."""
    for name in named:
        if name not in allowed:
            hint = nearest(name, allowed) or "; docs/outcomes.md tells of all"
            yield f"{key}: '{name}' is no outcome of a run{hint}"


def repeated(at: str, named: Iterable[Any]) -> Iterator[str]:
    """Yield each of those named that is named more than once."""
    seen: list[Any] = []
    for name in named:
        if (type(name), name) in seen:
            yield f"{at}: {name!r} is named twice; name each once"
        seen.append((type(name), name))


# --- the uncertain numbers ---------------------------------------------------------------------------------


def uncertain_faults(said: Uncertain) -> Iterator[str]:
    """Yield what is wrong with the numbers that are drawn."""
    for key, designs in USES.items():
        if key in said.model_fields_set and getattr(said, key) and said.design not in designs:
            yield f"uncertain.{key}: the design {said.design} has no use for it; {', '.join(designs)} would"
    if (needed := NEEDS.get(said.design)) and not getattr(said, needed):
        meaning = type(said).model_fields[needed].description
        yield f"uncertain.{needed}: missing: the design {said.design} needs {meaning}"
    yield from repeated("uncertain.numbers", said.numbers)
    drawn = said.numbers or [number.name for number in uncertain_numbers()]
    for name in said.ranges:
        if name not in drawn:
            yield f"uncertain.ranges.{name}: is not among the numbers that are drawn{nearest(name, drawn)}"
    for name in said.numbers:
        yield from number_faults("uncertain.numbers", name, ())
    for name, ends in said.ranges.items():
        yield from number_faults(f"uncertain.ranges.{name}", name, ends)
    for name, levels in said.levels.items():
        yield from number_faults(f"uncertain.levels.{name}", name, levels)
        yield from repeated(f"uncertain.levels.{name}", levels)
        if not levels:
            yield f"uncertain.levels.{name}: none named; name at least one"


def number_faults(at: str, name: str, values: Iterable[float]) -> Iterator[str]:
    """Yield why a number cannot be drawn, or cannot have one of the ``values``."""
    try:
        number = number_of(name)
    except InputError as fault:
        yield f"{at}: {fault}"
        return
    if isinstance(number.default, tuple) or not 0.0 < number.high - number.low < math.inf:
        yield f"{at}: '{name}' cannot be drawn: it has no range of its own"
        return
    for value in values:
        if not number.low <= value <= number.high:
            declared = f"{number.low:g} to {number.high:g} {number.unit}"
            yield f"{at}: {value:g} is outside what is declared, {declared}"


# --- the strategies that are made --------------------------------------------------------------------------


def generate_faults(said: Generate) -> Iterator[str]:
    """Yield what is wrong with how strategies are made."""
    if not said.levers and said.order is None:
        yield "generate: says neither levers nor an order; name at least one"
    if said.design == "factorial" and said.points is not None:
        yield "generate.points: a factorial has none: it has every combination; name another design"
    if said.design != "factorial" and said.points is None:
        yield f"generate.points: missing: how many points has the {said.design} design?"
    yield from repeated("generate.levers", [lever.name for lever in said.levers])
    for place, lever in enumerate(said.levers, 1):
        yield from lever_faults(f"generate.levers[{place}]", lever)


def lever_faults(at: str, lever: Lever) -> Iterator[str]:
    """Yield what is wrong with one lever."""
    if lever.name in TAKEN:
        yield f"{at}.name: '{lever.name}' is the name of another column; choose another"
    if sum(kind is not None for kind in (lever.key, lever.dimension, lever.transform)) != 1:
        yield f"{at}: says exactly one of key, dimension and transform"
        return
    if lever.dimension is not None:
        levels = [str(level) for level in lever.levels]
        yield from faults_in(at, dimensions.choice_of, lever.dimension, lever.about, levels)
    elif lever.about is not None:
        yield f"{at}.about: is said beside a dimension only"
    if len(lever.levels) == 1:
        yield f"{at}.levels: one only; a lever that is varied has two or more"
    yield from repeated(f"{at}.levels", lever.levels)
    yield from range_faults(at, lever)


def range_faults(at: str, lever: Lever) -> Iterator[str]:
    """Yield what is wrong with the range of a lever, or with its having neither range nor levels."""
    low, high = lever.low, lever.high
    if low is None and high is None:
        if not lever.levels and lever.dimension is None:
            yield f"{at}.levels: missing: what does '{lever.name}' vary between?"
        if "count" in lever.model_fields_set:
            yield f"{at}.count: counts the even levels of a range; say low and high"
    elif low is None or high is None:
        yield f"{at}.{'low' if low is None else 'high'}: missing: a range needs low and high"
    elif not low < high:
        yield f"{at}.low: {low:g}: should be less than high, {high:g}"
    elif lever.levels or lever.key is None:
        yield f"{at}: a range is for a key that holds a number, and instead of levels"
