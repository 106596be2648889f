"""What became of a claim, as tables: contrasts by part of the space, responses, ablations, planned means."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from experiments.claims import told
from experiments.claims.contrasts import Finding
from experiments.claims.judging import Judgement, Subspace
from experiments.claims.why import EVERYWHERE, Explained


def tables(judged: Judgement) -> dict[str, pd.DataFrame]:
    """Return what may be looked up: contrasts by part, responses by arm, ablations, and planned means."""
    return {
        "contrasts": pd.DataFrame([*_rows(judged)]).set_index("where"),
        "responses": responses(judged),
        "ablations": pd.DataFrame([_ablation(judged, each) for each in judged.explained]).set_index(
            "without"
        ),
        "planned-means": pd.DataFrame(
            [{"arm": arm, **total._asdict()} for arm, total in judged.totals.items()]
        ).set_index("arm"),
    }


def _rows(judged: Judgement) -> list[dict[str, object]]:
    found = [("everywhere", judged.whole), *((name, part) for name, part in judged.groups.items())]
    if len(judged.subspaces) > 1:
        found += [(told.place(part.where), part) for part in judged.subspaces]
    for name, thirds in judged.bands.items():
        found += [(f"{name} {low:.2g} to {high:.2g}", part) for low, high, part in thirds]
    return [_row(judged, name, part, each) for name, part in found for each in part.findings]


def _row(judged: Judgement, name: str, part: Subspace, each: Finding) -> dict[str, object]:
    contrast = told.contrast_of(judged.claim, each)
    return {
        "where": name,
        "share": part.share,
        "contrast": each.contrast,
        "asks for": contrast.kind,
        "arm": each.arm,
        "against": each.control,
        "outcome": contrast.outcome,
        "better by": each.effect,
        "low": each.low,
        "high": each.high,
        "worlds": each.units,
        "least effect": float(contrast.least),
        "found": told.KINDS[each.found],
    }


def _ablation(judged: Judgement, each: Explained) -> dict[str, object]:
    return {
        "without": " and ".join(each.without),
        "contrast": each.contrast,
        "effect": each.effect,
        "left": each.left,
        "lost": each.lost,
        "low": each.low,
        "high": each.high,
        "says": told.role(judged, each),
    }


def responses(judged: Judgement) -> pd.DataFrame:
    """Return the mean of every outcome by arm, where it applies, and in which share of worlds it does."""
    found = [each for each in judged.responses if each.group == EVERYWHERE]
    columns = {}
    for outcome in judged.claim.outcomes:
        of_it = {each.arm: each for each in found if each.outcome == outcome}
        columns[outcome] = {arm: each.mean for arm, each in of_it.items()}
        if min(each.known for each in of_it.values()) < 1.0:
            columns[f"{outcome} known in"] = {arm: each.known for arm, each in of_it.items()}
    return pd.DataFrame(columns).rename_axis("arm").loc[[arm.name for arm in judged.claim.arms]]


def scoreboard(judgements: Sequence[Judgement]) -> pd.DataFrame:
    """Return a row a claim: verdict, first effect, share of the space, where it flips, and why."""
    return pd.DataFrame(
        [
            {
                "claim": each.claim.id,
                "says": each.claim.title,
                "verdict": told.label(each),
                "effect": told.effect(each.claim, told.deciding(each)),
                "holds in": told.shared(each, "holds"),
                "fails in": told.shared(each, "refuted"),
                "where it flips": told.where(each),
                "why": told.reason(each),
            }
            for each in judgements
        ]
    ).set_index("claim")
