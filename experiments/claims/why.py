"""Why an effect is there: what is left of it without a mechanism, or with the stages in another order.

With it, what is told beside a verdict: other outcomes, and the means under every arm. Nothing here decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from experiments import statistics
from experiments.claims.arms import SHUFFLED
from experiments.claims.cases import GROUPS, regions_of
from experiments.claims.claim import Ablation
from experiments.claims.contrasts import Evidence, Finding, found_of, measured, odd, oriented
from experiments.claims.trial import Trial, values

#: What all groups together are called.
EVERYWHERE = "everywhere"
#: The arms that were chosen for a contrast, by its name.
Sides = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Explained:
    """What is left of a contrast's effect without some mechanisms, on the same worlds.

    ``alike`` is the share of the worlds in which the arms differ, in some outcome of the claim, in which they
    then come to the same in every one: where it is nearly all, the mechanisms are what the arms differ in.
    """

    without: tuple[str, ...]
    says: str
    contrast: str
    effect: float
    left: float
    lost: float
    low: float
    high: float
    alike: float = 0.0


@dataclass(frozen=True)
class Response:
    """The mean of an outcome under an arm, with its interval, on odd worlds; in a group, or in all of them.

    ``known`` is the share of these worlds in which it applies.
    """

    arm: str
    outcome: str
    group: str
    mean: float
    low: float
    high: float
    known: float


def explained(trial: Trial, evidence: Evidence, sides: Sides, ablation: Ablation) -> list[Explained]:
    """Return what an ablation leaves of each needed contrast, on the same odd worlds."""
    claim = trial.claim
    without = Evidence(claim, oriented(trial.rows[ablation.without], claim), trial.draws)
    found = []
    for contrast in claim.needed:
        arms = sides[contrast.name]
        with_it = evidence.gaps(contrast, arms, odd(evidence.worlds))
        left = without.gaps(contrast, arms, without.worlds).reindex(with_it.index)
        known = with_it.notna() & left.notna()
        lost, low, high, _ = measured(with_it - left)
        found.append(
            Explained(
                ablation.without,
                ablation.says,
                contrast.name,
                float(with_it[known].mean()),
                float(left[known].mean()),
                lost,
                low,
                high,
                alike(evidence, without, arms),
            )
        )
    return found


def alike(evidence: Evidence, without: Evidence, arms: tuple[str, str]) -> float:
    """Return in which share of worlds that tell two arms apart they come to the same without mechanisms."""
    apart = ~evidence.level(arms, without.worlds)
    return float(without.level(arms, without.worlds)[apart].mean()) if apart.any() else 0.0


def placebo_of(evidence: Evidence) -> Finding | None:
    """Return an arm against the mean of its shuffled copies, on the first contrast's outcome."""
    said, first = evidence.claim.placebo, evidence.claim.needed[0]
    if said is None:
        return None
    table = evidence.tables[first.outcome].loc[odd(evidence.worlds)]
    copies = [name for name in table if str(name).startswith(f"{said.arm}{SHUFFLED}")]
    if not copies:
        return None
    effect, low, high, units = measured(table[said.arm] - table[copies].mean(axis=1))
    found = found_of(first, effect, low, high)
    return Finding(
        f"{said.arm} against itself shuffled", said.arm, "shuffled", effect, low, high, units, found
    )


def beside(evidence: Evidence, arms: tuple[str, str]) -> Iterator[Finding]:
    """Yield how two arms differ on each outcome that judges nothing."""
    arm, control = arms
    for outcome in evidence.claim.also.outcomes:
        table = evidence.tables[outcome].loc[odd(evidence.worlds)]
        effect, low, high, units = measured(table[arm] - table[control])
        yield Finding(outcome, arm, control, effect, low, high, units, "open")


def responses_of(trial: Trial) -> Iterator[Response]:
    """Yield the mean of every outcome under every arm where it applies: everywhere, and in each group."""
    for outcome in trial.claim.outcomes:
        table = values(trial.rows[()], outcome)
        table = table.loc[odd(table.index)]
        for group in (EVERYWHERE, *GROUPS):
            inside = table if group == EVERYWHERE else table[table.index.get_level_values("group") == group]
            for arm in trial.claim.arms:
                found = inside[arm.name]
                mean = statistics.clustered_mean(found.to_numpy(float), regions_of(found.index))
                known = float(found.notna().mean())
                yield Response(arm.name, outcome, group, mean.estimate, mean.low, mean.high, known)
