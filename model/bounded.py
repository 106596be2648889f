"""How a share moves, and how a choice is made: the two shapes that every mechanism uses.

A share is pushed up and down and stays within [0, 1] by its shape, never by clipping:

    x' = (x + up) / (1 + up + down)

one implicit step of dx/dt = up (1 - x) - down x. A choice between acting and not is logit,

    P(act) = 1 / (1 + exp(-U / s)),

where U is the advantage of acting in points and s says how noisily that actor decides (McFadden 1974).
"""

from __future__ import annotations

import math

from model.compiled import rule

#: Beyond this many noise widths a choice is certain to double precision.
CERTAIN = 40.0


@rule()
def pushed(level: float, up: float, down: float) -> float:
    """Return the share ``level`` after a month of pushes ``up`` and ``down`` (both 0 or more)."""
    return (level + up) / (1.0 + up + down)


@rule()
def drawn_to(level: float, goal: float, rate: float) -> float:
    """Return ``level`` after it has closed the share ``rate`` of its distance to ``goal``."""
    return level + rate * (goal - level)


@rule()
def chance_of(advantage: float, noise: float) -> float:
    """Return the chance of acting, given its ``advantage`` over not acting and the decider's ``noise``."""
    ratio = advantage / noise
    if ratio > CERTAIN:
        return 1.0
    if ratio < -CERTAIN:
        return 0.0
    return 1.0 / (1.0 + math.exp(-ratio))


@rule()
def recently(month: int, then: int, span: float) -> float:
    """Return 1 for something that happened this month, falling to 0 over ``span`` months; 0 for never."""
    if then < 0:
        return 0.0
    return max(0.0, 1.0 - (month - then) / span)


@rule()
def saturating(amount: float, half: float) -> float:
    """Return ``amount`` on a scale from 0 to 1 that reaches one half where it equals ``half``."""
    return amount / (amount + half)
