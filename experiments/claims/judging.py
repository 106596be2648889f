"""The verdict on a claim, computed from its own rule.

Whatever has to be chosen (which of several doses is best, how the space is divided) is chosen on the even
worlds; whatever is claimed is measured on the odd ones. A contrast **holds** in a part of the space if its
effect is at least the least effect of interest and its interval excludes 0; it is **worse** if the same is
true the other way round, the **same** if its interval lies within the least effect on either side, and
otherwise **open**. The claim holds where every contrast does that it needs, and is refuted where one of
them came out as its file says would refute it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from experiments import measures, statistics
from experiments.claims import parts
from experiments.claims.arms import SHUFFLED
from experiments.claims.cases import GROUPS
from experiments.claims.claim import Claim, Contrast, Found
from experiments.claims.trial import Trial, values
from model.means import Totals
from model.outcomes import OUTCOMES, ZERO

State = Literal["holds", "refuted", "open"]
Verdict = Literal["confirmed", "refuted", "holds in part of the space", "not told apart"]
#: What all groups together are called.
EVERYWHERE = "everywhere"
#: Into how many parts of its range a number is cut that is said to decide.
THIRDS = 3


@dataclass(frozen=True)
class Finding:
    """What became of a contrast in some worlds; an effect is positive where it speaks for the claim.

    Attributes
    ----------
    contrast : str
    arm, control : str
        The best of either side, chosen on other worlds.
    effect, low, high : float
        In the unit of the outcome, with the ends of the interval.
    units : int
        Worlds in which the outcome applies to both.
    found : str
        holds, worse, same or open.
    """

    contrast: str
    arm: str
    control: str
    effect: float
    low: float
    high: float
    units: int
    found: Found


@dataclass(frozen=True)
class Region:
    """A part of the space: where it is, how much of it, and what became of the claim there.

    Attributes
    ----------
    where : list of tuple
        Conditions that all hold in it: number or group, "above" or "up to", threshold; none: everywhere.
    share : float
        Its share of the worlds.
    findings : list of Finding
        One for each contrast, riders too.
    state : str
        holds, refuted or open.
    """

    where: list[parts.Condition]
    share: float
    findings: list[Finding]
    state: State


@dataclass(frozen=True)
class Explained:
    """What is left of a contrast's effect without some mechanisms, on the same worlds.

    ``alike`` is the share of these worlds in which both arms then come to the same in every outcome of the
    claim: where it is nearly all, the mechanisms are what the arms differ in.
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
    """The mean of an outcome under an arm, with its interval; in a group, or in all of them.

    ``known`` is the share of worlds in which it applies.
    """

    arm: str
    outcome: str
    group: str
    mean: float
    low: float
    high: float
    known: float


@dataclass(frozen=True)
class Judgement:
    """A claim and what became of it.

    Attributes
    ----------
    claim : Claim
    verdict : str
    whole : Region
        All worlds.
    regions : list of Region
        The parts that the space was divided into.
    groups : dict of str to Region
        The real case, and each family of networks.
    bands : dict of str to list of (low, high, Region)
        By number, thirds of its range.
    explained : list of Explained
        By ablation and needed contrast.
    placebo : Finding or None
        The arm against its shuffled copies, on the first contrast's outcome.
    beside : list of Finding
        The first contrast's arms on the outcomes that are told beside it, in worlds in which both have one.
    responses : list of Response
        The mean of every outcome under every arm, in all worlds and in each group.
    totals : dict of str to Totals
        The means that each arm plans to spend, in the real case.
    better, level, behind : float
        Shares of the odd worlds in which the first contrast's arm did better, the same, worse.
    worlds : int
        Odd worlds, on which it is measured.
    """

    claim: Claim
    verdict: Verdict
    whole: Region
    regions: list[Region]
    groups: dict[str, Region]
    bands: dict[str, list[tuple[float, float, Region]]]
    explained: list[Explained]
    placebo: Finding | None
    beside: list[Finding]
    responses: list[Response]
    totals: dict[str, Totals]
    better: float
    level: float
    behind: float
    worlds: int

    def share(self, state: State) -> float:
        """Return the share of the space in which the claim holds, is refuted, or is open."""
        return float(sum(region.share for region in self.regions if region.state == state))


@dataclass(frozen=True)
class Evidence:
    """The outcomes of a trial as tables, a row a world and a column an arm, larger being better."""

    claim: Claim
    tables: Mapping[str, pd.DataFrame]
    draws: pd.DataFrame

    @property
    def worlds(self) -> pd.Index:
        """Every world."""
        return next(iter(self.tables.values())).index

    def gaps(self, contrast: Contrast, sides: tuple[str, str], worlds: pd.Index) -> pd.Series[float]:
        """Return how much better the first side did than the second, world by world."""
        table = self.tables[contrast.outcome].loc[worlds]
        return table[sides[0]] - table[sides[1]]


def even(worlds: pd.Index) -> pd.Index:
    """Return the worlds on which things are chosen."""
    return worlds[worlds.get_level_values("world") % 2 == 0]


def odd(worlds: pd.Index) -> pd.Index:
    """Return the worlds on which things are measured."""
    return worlds[worlds.get_level_values("world") % 2 == 1]


def oriented(rows: pd.DataFrame, claim: Claim) -> dict[str, pd.DataFrame]:
    """Return each outcome as a table, a row a world and a column an arm, turned so that more is better."""
    tables = {}
    for outcome in claim.outcomes:
        table = values(rows, outcome)
        if OUTCOMES[outcome].better == ZERO:
            table = table.abs()
        tables[outcome] = table if measures.measure_of(outcome).high_is_good else -table
    return tables


def judged(trial: Trial) -> Judgement:
    """Return the verdict on a claim, and all that it rests on."""
    claim = trial.claim
    evidence = Evidence(claim, oriented(trial.rows[()], claim), trial.draws)
    worlds = evidence.worlds
    whole = region(evidence, [], worlds, 1.0)
    regions = divided(evidence, whole)
    in_groups = {group: worlds[worlds.get_level_values("group") == group] for group in GROUPS}
    groups = {
        group: region(evidence, [], inside, len(inside) / len(worlds), len(in_groups))
        for group, inside in in_groups.items()
    }
    first = claim.needed[0]
    gaps = evidence.gaps(first, sides_of(whole, first), odd(worlds)).dropna()
    return Judgement(
        claim,
        verdict_of(claim, whole, regions, groups),
        whole,
        regions,
        groups,
        {band.number: banded(evidence, band.number) for band in claim.bands},
        [each for ablation in claim.ablations for each in explained(trial, evidence, whole, ablation)],
        placebo_of(evidence),
        [*beside(evidence, whole)],
        [*responses_of(trial)],
        trial.totals,
        float((gaps > 0).mean()),
        float((gaps == 0).mean()),
        float((gaps < 0).mean()),
        len(odd(worlds)),
    )


def verdict_of(
    claim: Claim, whole: Region, regions: Sequence[Region], groups: Mapping[str, Region]
) -> Verdict:
    """Return the verdict by the claim's own rule.

    Confirmed: it holds over all worlds, in the share of the space that its file demands, and is refuted in
    no group. Refuted: in the share of the space that its file names. In part: it holds in some part that was
    found, or in some group.
    """
    holds, refuted = (
        sum(each.share for each in regions if each.state == state) for state in ("holds", "refuted")
    )
    nowhere_refuted = all(each.state != "refuted" for each in groups.values())
    if whole.state == "holds" and holds >= claim.verdict.confirmed and nowhere_refuted:
        return "confirmed"
    if refuted >= claim.verdict.refuted:
        return "refuted"
    if holds > 0.0 or any(each.state == "holds" for each in groups.values()):
        return "holds in part of the space"
    return "not told apart"


# --- a part of the space -----------------------------------------------------------------------------------


def region(
    evidence: Evidence, where: list[parts.Condition], worlds: pd.Index, share: float, looks: int = 1
) -> Region:
    """Return what became of the claim in some worlds, as one of so many ``looks`` at as many parts."""
    claim = evidence.claim
    findings = [
        finding(evidence, contrast, chosen(evidence, contrast, even(worlds)), odd(worlds), looks)
        for contrast in claim.contrasts
    ]
    return Region(where, share, findings, state_of(claim, findings))


def state_of(claim: Claim, findings: Sequence[Finding]) -> State:
    """Return whether a claim holds, by what its contrasts came to."""
    needed = [
        (contrast, each)
        for contrast, each in zip(claim.contrasts, findings, strict=True)
        if not contrast.rider
    ]
    if any(each.found in contrast.refuted_by for contrast, each in needed):
        return "refuted"
    return "holds" if all(each.found == "holds" for _, each in needed) else "open"


def chosen(evidence: Evidence, contrast: Contrast, worlds: pd.Index) -> tuple[str, str]:
    """Return the best arm of either side, by their means over ``worlds``."""
    table = evidence.tables[contrast.outcome].loc[worlds, [*contrast.better, *contrast.than]]
    means = table.dropna().mean().fillna(-np.inf)  # where it applies nowhere, any is as good
    return str(means[list(contrast.better)].idxmax()), str(means[list(contrast.than)].idxmax())


def finding(
    evidence: Evidence, contrast: Contrast, sides: tuple[str, str], worlds: pd.Index, looks: int = 1
) -> Finding:
    """Return what became of a contrast in some worlds."""
    effect, low, high, units = interval(evidence.gaps(contrast, sides, worlds).to_numpy(float), looks)
    return Finding(contrast.name, *sides, effect, low, high, units, found_of(contrast, effect, low, high))


def found_of(contrast: Contrast, effect: float, low: float, high: float) -> Found:
    """Return what an effect and its interval say of a contrast."""
    least = float(contrast.least)
    if effect <= -least and high < 0.0:
        return "worse"
    if contrast.kind == "no worse":
        return "holds" if low > -least else "open"
    if effect >= least and low > 0.0:
        return "holds"
    return "same" if -least < low and high < least else "open"


def interval(gaps: Any, looks: int = 1) -> tuple[float, float, float, int]:
    """Return the mean of ``gaps``, NaN left out, with its interval, and how many there are.

    Student's; of a yes or no, Bonett and Price's, which has a width where no world told the arms apart. It is
    of 95 %, widened by Bonferroni's rule where it is one of several ``looks``.
    """
    known = np.asarray(gaps, dtype=float)
    known = known[~np.isnan(known)]
    units, tail = len(known), (1 - statistics.CONFIDENCE) / 2
    if units < 2:
        return float(known.mean()) if units else np.nan, -np.inf, np.inf, units
    if np.isin(known, (-1.0, 0.0, 1.0)).all():
        won, lost = np.array([(known > 0).sum()]), np.array([(known < 0).sum()])
        compared, scale = statistics.share_gaps(won, lost, units), stats.norm.ppf
    else:
        compared, scale = statistics.mean_gaps(known[np.newaxis]), stats.t(units - 1).ppf
    mean, _ = compared.only()
    wider = float(scale(1 - tail / looks) / scale(1 - tail))
    centre = (mean.low + mean.high) / 2
    reach = wider * (mean.high - mean.low) / 2
    return mean.estimate, centre - reach, centre + reach, units


def sides_of(part: Region, contrast: Contrast) -> tuple[str, str]:
    """Return the arms that were chosen for a contrast."""
    found = next(each for each in part.findings if each.contrast == contrast.name)
    return found.arm, found.control


def divided(evidence: Evidence, whole: Region) -> list[Region]:
    """Return the space cut where the effects of the needed contrasts differ; as one where they do not."""
    worlds, needed = evidence.worlds, evidence.claim.needed
    gaps = {contrast.name: evidence.gaps(contrast, sides_of(whole, contrast), worlds) for contrast in needed}
    cut = parts.divided(evidence.draws.loc[worlds], pd.DataFrame(gaps), even(worlds))
    if len(cut) == 1:
        return [whole]
    return [
        region(evidence, where, inside, len(odd(inside)) / len(odd(worlds)), len(cut))
        for where, inside in cut
    ]


def banded(evidence: Evidence, number: str) -> list[tuple[float, float, Region]]:
    """Return what became of the claim in each third of the range of a number."""
    drawn = evidence.draws.loc[evidence.worlds, number]
    edges = np.linspace(drawn.min(), drawn.max(), THIRDS + 1)
    places = np.clip(np.digitize(drawn, edges[1:-1]), 0, THIRDS - 1)
    return [
        (
            float(edges[place]),
            float(edges[place + 1]),
            region(evidence, [], drawn.index[places == place], float((places == place).mean()), THIRDS),
        )
        for place in range(THIRDS)
    ]


# --- why ---------------------------------------------------------------------------------------------------


def explained(trial: Trial, evidence: Evidence, whole: Region, ablation: Any) -> list[Explained]:
    """Return what an ablation leaves of each needed contrast, on the same odd worlds."""
    claim = trial.claim
    without = Evidence(claim, oriented(trial.rows[ablation.without], claim), trial.draws)
    found = []
    for contrast in claim.needed:
        sides = sides_of(whole, contrast)
        with_it = evidence.gaps(contrast, sides, odd(evidence.worlds))
        left = without.gaps(contrast, sides, without.worlds).reindex(with_it.index)
        known = with_it.notna() & left.notna()
        lost, low, high, _ = interval((with_it - left).to_numpy(float))
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
                alike(without, sides),
            )
        )
    return found


def alike(evidence: Evidence, sides: tuple[str, str]) -> float:
    """Return the share of worlds in which two arms come to the same in every outcome of the claim."""
    pairs = [(table[sides[0]], table[sides[1]]) for table in evidence.tables.values()]
    same = [(one == other) | (one.isna() & other.isna()) for one, other in pairs]
    return float(np.logical_and.reduce(same).mean())


def placebo_of(evidence: Evidence) -> Finding | None:
    """Return an arm against the mean of its shuffled copies, on the first contrast's outcome."""
    said, first = evidence.claim.placebo, evidence.claim.needed[0]
    if said is None:
        return None
    table = evidence.tables[first.outcome].loc[odd(evidence.worlds)]
    copies = [name for name in table if str(name).startswith(f"{said.arm}{SHUFFLED}")]
    if not copies:
        return None
    effect, low, high, units = interval((table[said.arm] - table[copies].mean(axis=1)).to_numpy(float))
    found = found_of(first, effect, low, high)
    return Finding(
        f"{said.arm} against itself shuffled", said.arm, "shuffled", effect, low, high, units, found
    )


def beside(evidence: Evidence, whole: Region) -> Iterator[Finding]:
    """Yield how the first contrast's arms differ on each outcome that judges nothing."""
    arm, control = sides_of(whole, evidence.claim.needed[0])
    for outcome in evidence.claim.also.outcomes:
        table = evidence.tables[outcome].loc[odd(evidence.worlds)]
        effect, low, high, units = interval((table[arm] - table[control]).to_numpy(float))
        yield Finding(outcome, arm, control, effect, low, high, units, "open")


def responses_of(trial: Trial) -> Iterator[Response]:
    """Yield the mean of every outcome under every arm where it applies: everywhere, and in each group."""
    for outcome in trial.claim.outcomes:
        table = values(trial.rows[()], outcome)
        for group in (EVERYWHERE, *GROUPS):
            inside = table if group == EVERYWHERE else table[table.index.get_level_values("group") == group]
            for arm in trial.claim.arms:
                found = inside[arm.name]
                mean = statistics.mean_with_interval(found.to_numpy(float))
                known = float(found.notna().mean())
                yield Response(arm.name, outcome, group, mean.estimate, mean.low, mean.high, known)
