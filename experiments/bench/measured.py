"""One figure of the bench, its goal, and how it is taken: contenders in turn, again and again, the best kept.

The best comes closest to what the work itself costs; where the median lies far from it, something else was
running.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rich.table import Table

#: Something that lives some runs and returns how many.
Contender = Callable[[], int]


@dataclass(frozen=True)
class Measured:
    """One figure: what was measured, how much, and what it should be where there is a goal."""

    what: str
    value: float
    unit: str
    goal: float | None = None
    high_is_good: bool = False
    #: Why the goal cannot be judged by this figure, or "".
    short_of: str = ""
    #: The median of the repeats where ``value`` is the best of them.
    median: float | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none, or this figure cannot tell."""
        if self.goal is None or self.short_of:
            return None
        return self.value >= self.goal if self.high_is_good else self.value < self.goal

    def verdict(self) -> str:
        """Return the goal and whether it is reached, in words."""
        if self.goal is None:
            return ""
        bound = "at least" if self.high_is_good else "under"
        told = self.short_of or ("reached" if self.reached else "not reached")
        return f"{bound} {amount(self.goal)} {self.unit}: {told}"


def amount(value: float) -> str:
    """Return ``value`` with three figures that matter."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def tabled(found: list[Measured]) -> Table:
    """Return the figures beside their goals."""
    table = Table("measured", box=None, pad_edge=False, header_style="bold")
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("median", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("goal")
    for entry in found:
        middle = "" if entry.median is None else amount(entry.median)
        table.add_row(entry.what, amount(entry.value), middle, entry.unit, entry.verdict())
    return table


def lasting(act: Callable[[], Any]) -> float:
    """Return how many seconds ``act`` takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def rates_in_turn(contenders: Mapping[str, Contender], repeats: int) -> dict[str, list[float]]:
    """Return runs a second of each contender, one figure a round; they take turns, one beside no other."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(repeats):
        for name, lives in contenders.items():
            began = time.perf_counter()
            runs = lives()
            rates[name].append(runs / (time.perf_counter() - began))
    return rates


def pace(what: str, rates: list[float], goal: float | None = None) -> Measured:
    """Return runs a second as a figure."""
    return Measured(
        what, max(rates), "runs a second", goal, high_is_good=True, median=statistics.median(rates)
    )


def ratio(what: str, ours: list[float], theirs: list[float], goal: float | None = None) -> Measured:
    """Return how many times as fast one is as the other: best against best, and the median of the rounds."""
    rounds = [first / second for first, second in zip(ours, theirs, strict=True)]
    middle = statistics.median(rounds)
    return Measured(what, max(ours) / max(theirs), "times", goal, high_is_good=True, median=middle)


def in_fresh_python(program: str, *words: str, **environment: str) -> Any:
    """Return what ``program``, run in an interpreter of its own, prints as JSON."""
    answer = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)
