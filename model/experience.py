"""A promise kept or broken, as somebody saw it.

Belief in another's reliability is the mean of a Beta distribution with ``evidence`` promises behind it;
one more observation of weight w moves it by Bayes' rule,

    belief' = (belief evidence + w kept) / (evidence + w),

and a broken promise weighs more than a kept one (loss aversion; M05, M78, M80).
"""

from __future__ import annotations

from typing import Any

from model.compiled import phase, rule


@rule("M05", "M78")
def belief_after(belief: float, evidence: float, kept: float, weight: float) -> float:
    """Return the belief after an observation of ``weight`` that was ``kept`` (1) or broken (0)."""
    return (belief * evidence + weight * kept) / (evidence + weight)


@phase("M05", "M06", "M78")
def witness(trust: Any, tie: int, kept: float, weight: float, aversion: float) -> None:
    """Let the holder of one trust ``tie`` see a promise ``kept`` (0 to 1) with ``weight``."""
    if tie < 0 or weight <= 0.0:
        return
    row = trust[tie]
    felt = weight * (kept + aversion * (1.0 - kept))
    row.belief = belief_after(row.belief, row.evidence, kept / (kept + aversion * (1.0 - kept)), felt)
    row.evidence = row.evidence + felt


@phase()
def trust_along(trust: Any, tie: int, otherwise: float) -> float:
    """Return the belief held along ``tie``, or ``otherwise`` where there is no such tie."""
    if tie < 0:
        return otherwise
    return trust[tie].belief
