"""How well a verification regime sees: what it finds, what it misses, what it imagines.

Sensitivity is the chance that one report finds a breach that is there; the false alarm rate the chance
that it finds one that is not. Independent looks combine as 1 - product(1 - s); more observers cancel
bias, self-reports see almost nothing (M82, M83, M84, M85, M89, M120).
"""

from __future__ import annotations

from typing import Any

from model.compiled import phase, rule
from model.vocabulary import TOOLS, Verifier


@rule("M84")
def combined(first: float, second: float) -> float:
    """Return the chance that at least one of two independent looks finds it."""
    return first + (1.0 - first) * second


@rule("M83")
def reach_of(verifier: int, self_report: float, bilateral: float, third_party: float, joint: float) -> float:
    """Return the basic sensitivity of a report by this kind of verifier."""
    if verifier == Verifier.SELF_REPORT:
        return self_report
    if verifier == Verifier.BILATERAL:
        return bilateral
    if verifier == Verifier.JOINT:
        return joint
    return third_party


@phase("M84", "M120", "M52")
def sensitivity_of(numbers: Any, on: Any, stage: Any, verifiability: float, watch: float) -> float:
    """Return the chance that one verifier's report finds a breach that is there."""
    basic = reach_of(
        stage.verifier,
        numbers.sees_self_report,
        numbers.sees_bilateral,
        numbers.sees_third_party,
        numbers.sees_joint,
    )
    seen = basic
    for tool in range(TOOLS):
        if (stage.tools >> tool) & 1 == 1:
            seen = combined(seen, on.m84 * numbers.sees_tool[tool])
    seen = seen * verifiability
    return combined(seen, on.m52 * watch * numbers.sees_watchdog)


@phase("M82", "M85", "M89")
def false_alarm_of(numbers: Any, on: Any, stage: Any, technical: float) -> float:
    """Return the chance that one verifier's report finds a breach that is not there."""
    if stage.verifier == Verifier.SELF_REPORT:
        return 0.0
    bias = numbers.bias_bilateral if stage.verifier == Verifier.BILATERAL else 0.0
    noise = numbers.false_alarm * (1.0 - numbers.clean_data * technical)
    return on.m82 * combined(noise, bias)
