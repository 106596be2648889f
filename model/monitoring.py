"""How well a verification regime sees: what it finds, what it misses, what it imagines.

Sensitivity is the chance that one report finds a breach that is there; the false alarm rate the chance
that it finds one that is not. Independent looks combine as 1 - product(1 - s); more observers cancel
bias, self-reports see almost nothing (M82, M83, M84, M85, M89, M120).
"""

from __future__ import annotations

from typing import Any

from model.bounded import drawn_to
from model.compiled import phase, rule
from model.vocabulary import DATABASES_BIT, TOOLS, Criteria, Verifier


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


@phase("M52", "M84", "M88", "M120")
def sensitivity_of(
    numbers: Any, on: Any, stage: Any, header: Any, verifiability: float, watch: float
) -> float:
    """Return the chance that one verifier's report finds a breach that is there."""
    basic = reach_of(
        stage.verifier,
        numbers.sees_self_report,
        numbers.sees_bilateral,
        numbers.sees_third_party,
        drawn_to(numbers.sees_third_party, numbers.sees_joint, on.m120),
    )
    seen = basic
    for tool in range(TOOLS):
        if stage.verifier != Verifier.SELF_REPORT and (stage.tools >> tool) & 1 == 1:
            seen = combined(seen, on.m84 * numbers.sees_tool[tool])
    seen = seen * verifiability
    seen = combined(seen, on.m88 * numbers.scrutiny * header.dashboard)
    return combined(seen, on.m52 * watch * numbers.sees_watchdog)


@phase("M82", "M85", "M89", "M92", "M104")
def false_alarm_of(numbers: Any, on: Any, stage: Any, header: Any, row: Any) -> float:
    """Return the chance that one verifier's report finds a breach that is not there.

    Settled details, shared data and lessons kept make it smaller; vague criteria and a rival's bias larger.
    """
    if stage.verifier == Verifier.SELF_REPORT:
        return 0.0
    bias = numbers.bias_bilateral if stage.verifier == Verifier.BILATERAL else 0.0
    if stage.verifier == Verifier.MULTILATERAL:
        bias = -on.m89 * numbers.pooled * numbers.false_alarm
    kept = numbers.register if stage.tools & DATABASES_BIT > 0 else 0.0
    clean = on.m85 * numbers.clean_data * combined(combined(row.technical, row.shared_data), kept)
    learned = on.m104 * numbers.practised * row.lessons
    noise = (numbers.false_alarm + bias) * (1.0 - clean) * (1.0 - learned)
    vague = on.m92 * numbers.vague_noise * (header.criteria == Criteria.VAGUE)
    return on.m82 * combined(noise, vague)
