"""Luck with an address: every draw is a function of seed, replicate, month, what and who.

Two strategies on the same replicate live through the same luck and differ only where the policy
acts, and an added actor changes nobody else's draws, because a draw has no history: it is the hash
of its own name. The hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
"""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np

from model.compiled import rule

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)
THIRTY = np.uint64(30)
TWENTY_SEVEN = np.uint64(27)
THIRTY_ONE = np.uint64(31)
ELEVEN = np.uint64(11)
SPACING = 2.0**-53
TURN = 2.0 * math.pi
#: Spacing that keeps the numbers of occasions apart from each other and from months.
MONTHS_OF_A_CENTURY = 1200


def identity_of(name: str) -> np.uint64:
    """Return the stable identity of the actor called ``name``: its draws are named by it."""
    return np.uint64(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little"))


@rule()
def mixed(bits: Any) -> Any:
    """Return ``bits`` scrambled so that every input bit moves half of the output bits."""
    bits = (bits ^ (bits >> THIRTY)) * FIRST
    bits = (bits ^ (bits >> TWENTY_SEVEN)) * SECOND
    return bits ^ (bits >> THIRTY_ONE)


@rule()
def luck_of_run(seed: int, replicate: int) -> Any:
    """Return the key of one run's luck."""
    return mixed(mixed(np.uint64(seed) + GOLDEN) + np.uint64(replicate) * GOLDEN)


@rule()
def stream_of(run: Any, stream: int, month: int) -> Any:
    """Return the key of one stream of a run's luck in one month; derive it once per loop."""
    return mixed(run ^ mixed(np.uint64(stream) * FIRST + np.uint64(month + 1) * GOLDEN))


@rule()
def uniform(stream: Any, who: Any) -> float:
    """Return the draw of ``who`` from ``stream``, uniform on [0, 1)."""
    return float(mixed(stream + who * GOLDEN) >> ELEVEN) * SPACING


@rule()
def normal(stream: Any, who: Any) -> float:
    """Return the draw of ``who`` from ``stream``, standard normal (Box and Muller 1958)."""
    radius = math.sqrt(-2.0 * math.log(1.0 - uniform(stream, who)))
    return radius * math.cos(TURN * uniform(mixed(stream), who))


@rule()
def occasion_of(attempt: int, since: int) -> int:
    """Return the number that stands for a month in draws that hold for as long as an occasion lasts.

    How a leader takes to a process is drawn once for the leader (in office ``since``) and the ``attempt``:
    asking again every month is no lottery, and many small steps are not many lotteries.
    """
    return MONTHS_OF_A_CENTURY * (1 + attempt) + since


@rule()
def pair_of(first: Any, second: Any) -> Any:
    """Return the identity of an ordered pair of actors."""
    return mixed(first + GOLDEN) ^ second
