"""The verdict on a claim, computed from its own rule.

Whatever has to be chosen (which of several doses is best, how the space is divided) is chosen on the even
worlds; whatever is claimed is measured on the odd ones. The claim holds where every contrast does that it
needs, and is refuted where one of them came out as its file says would refute it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from experiments.claims import parts, why
from experiments.claims.cases import GROUPS, regions_of
from experiments.claims.claim import Claim, Contrast
from experiments.claims.contrasts import Evidence, Finding, chosen, even, finding, odd, oriented
from experiments.claims.trial import Trial
from model.means import Totals

State = Literal["holds", "refuted", "open"]
Verdict = Literal["confirmed", "refuted", "holds in part of the space", "not told apart"]
#: Into how many parts of its range a number is cut that is said to decide.
THIRDS = 3


@dataclass(frozen=True)
class Subspace:
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
class Judgement:
    """A claim and what became of it.

    Attributes
    ----------
    claim : Claim
    verdict : str
    whole : Subspace
        All worlds.
    subspaces : list of Subspace
        The parts that the space was divided into.
    groups : dict of str to Subspace
        The real case, and each family of networks.
    bands : dict of str to list of (low, high, Subspace)
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
    whole: Subspace
    subspaces: list[Subspace]
    groups: dict[str, Subspace]
    bands: dict[str, list[tuple[float, float, Subspace]]]
    explained: list[why.Explained]
    placebo: Finding | None
    beside: list[Finding]
    responses: list[why.Response]
    totals: dict[str, Totals]
    better: float
    level: float
    behind: float
    worlds: int

    def share(self, state: State) -> float:
        """Return the share of the space in which the claim holds, is refuted, or is open."""
        return float(sum(part.share for part in self.subspaces if part.state == state))


def judged(trial: Trial) -> Judgement:
    """Return the verdict on a claim, and all that it rests on."""
    claim = trial.claim
    evidence = Evidence(claim, oriented(trial.rows[()], claim), trial.draws)
    worlds = evidence.worlds
    whole = subspace(evidence, [], worlds, 1.0)
    subspaces = divided(evidence, whole)
    in_groups = {group: worlds[worlds.get_level_values("group") == group] for group in GROUPS}
    groups = {
        group: subspace(evidence, [], inside, len(inside) / len(worlds), len(in_groups))
        for group, inside in in_groups.items()
    }
    first = claim.needed[0]
    sides = sides_of(claim, whole)
    gaps = evidence.gaps(first, sides[first.name], odd(worlds)).dropna()
    return Judgement(
        claim,
        verdict_of(claim, whole, subspaces, groups),
        whole,
        subspaces,
        groups,
        {band.number: banded(evidence, band.number) for band in claim.bands},
        [each for ablation in claim.ablations for each in why.explained(trial, evidence, sides, ablation)],
        why.placebo_of(evidence),
        [*why.beside(evidence, sides[first.name])],
        [*why.responses_of(trial)],
        trial.totals,
        float((gaps > 0).mean()),
        float((gaps == 0).mean()),
        float((gaps < 0).mean()),
        len(odd(worlds)),
    )


def verdict_of(
    claim: Claim, whole: Subspace, subspaces: Sequence[Subspace], groups: Mapping[str, Subspace]
) -> Verdict:
    """Return the verdict by the claim's own rule.

    Confirmed: it holds over all worlds, in the share of the space that its file demands, and is refuted in
    no group. Refuted: in the share of the space that its file names. In part: it holds in some part that was
    found, or in some group.
    """
    holds, refuted = (
        sum(each.share for each in subspaces if each.state == state) for state in ("holds", "refuted")
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


def subspace(
    evidence: Evidence, where: list[parts.Condition], worlds: pd.Index, share: float, looks: int = 1
) -> Subspace:
    """Return what became of the claim in some worlds, as one of so many ``looks`` at as many parts."""
    claim = evidence.claim
    findings = [
        finding(evidence, contrast, chosen(evidence, contrast, even(worlds)), odd(worlds), looks)
        for contrast in claim.contrasts
    ]
    return Subspace(where, share, findings, state_of(claim, findings))


def needed(claim: Claim, findings: Sequence[Finding]) -> list[tuple[Contrast, Finding]]:
    """Return the contrasts that a verdict rests on, each with what became of it."""
    pairs = zip(claim.contrasts, findings, strict=True)
    return [(contrast, found) for contrast, found in pairs if not contrast.rider]


def state_of(claim: Claim, findings: Sequence[Finding]) -> State:
    """Return whether a claim holds, by what its contrasts came to."""
    pairs = needed(claim, findings)
    if any(each.found in contrast.refuted_by for contrast, each in pairs):
        return "refuted"
    return "holds" if all(each.found == "holds" for _, each in pairs) else "open"


def sides_of(claim: Claim, part: Subspace) -> dict[str, tuple[str, str]]:
    """Return the arms that were chosen for each contrast in a part of the space, by its name."""
    return {
        each.name: (found.arm, found.control)
        for each, found in zip(claim.contrasts, part.findings, strict=True)
    }


def divided(evidence: Evidence, whole: Subspace) -> list[Subspace]:
    """Return the space cut where the effects of the needed contrasts differ; as one where they do not."""
    worlds, sides = evidence.worlds, sides_of(evidence.claim, whole)
    gaps = {each.name: evidence.gaps(each, sides[each.name], worlds) for each in evidence.claim.needed}
    growing = even(worlds)
    cut = parts.divided(evidence.draws.loc[worlds], pd.DataFrame(gaps), growing, regions_of(growing))
    if len(cut) == 1:
        return [whole]
    return [
        subspace(evidence, where, inside, len(odd(inside)) / len(odd(worlds)), len(cut))
        for where, inside in cut
    ]


def banded(evidence: Evidence, number: str) -> list[tuple[float, float, Subspace]]:
    """Return what became of the claim in each third of the range of a number."""
    drawn = evidence.draws.loc[evidence.worlds, number]
    edges = np.linspace(drawn.min(), drawn.max(), THIRDS + 1)
    places = np.clip(np.digitize(drawn, edges[1:-1]), 0, THIRDS - 1)
    found = []
    for place in range(THIRDS):
        inside = drawn.index[places == place]
        share = len(odd(inside)) / len(odd(evidence.worlds))
        part = subspace(evidence, [], inside, share, THIRDS)
        found.append((float(edges[place]), float(edges[place + 1]), part))
    return found
