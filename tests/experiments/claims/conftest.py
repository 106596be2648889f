"""A pretended trial: arms of known worth in every group of worlds, so that the true verdict is known."""

import numpy as np
import pandas as pd
import pytest

from experiments.claims.cases import GROUPS
from experiments.claims.claim import Claim
from experiments.claims.trial import WORLD, Trial
from model.means import Totals

#: More of the first is better, less of the second; the third is yes or no.
COMPLIANCE, HARDLINERS, LASTED = "true_compliance", "hardliners_target", "settled_and_lasted"
#: What is drawn for each world, between 0 and 1.
NUMBERS = ["false_alarm", "leak_base", "patience"]


def claim(outcome=COMPLIANCE, least=0.1, contrast=None, **changes):
    """Firm is said to be better than mild; the only contrast and all else can be changed."""
    said = {
        "id": "C01",
        "title": "Firm beats mild",
        "says": "Firm terms bring more than mild ones.",
        "seeds": ["000:1"],
        "status": "emergent",
        "base": "step-for-step",
        "arms": [{"name": "mild"}, {"name": "firm"}],
        "contrasts": [
            {"name": "firm against mild", "better": ["firm"], "than": ["mild"]}
            | {"outcome": outcome, "least": least, "refuted_by": ["worse", "same"]}
            | (contrast or {})
        ],
        "ablations": [{"without": ["M78"], "says": "small steps leave less exposed"}],
        "verdict": {"confirmed": 0.75, "refuted": 0.5},
    }
    return Claim.model_validate(said | changes)


def worlds(number, regions):
    """So many worlds in each group, in so many regions; those of a region all choose, or all measure."""
    places = [(place, place * regions // number) for place in range(number)]
    return pd.MultiIndex.from_tuples(
        [
            (group, f"{group}-{region}", 2 * place + region % 2)
            for group in GROUPS
            for place, region in places
        ],
        names=WORLD,
    )


def rows(claim, where, worth):
    """Long rows; `worth` is by outcome and arm, and 0 where nothing is said."""
    tables = []
    for name in dict.fromkeys(
        [arm.name for arm in claim.arms] + [arm for by in worth.values() for arm in by]
    ):
        values = {outcome: worth.get(outcome, {}).get(name, 0.0) for outcome in claim.outcomes}
        tables.append(where.to_frame(index=False).assign(arm=name, **values))
    return pd.concat(tables, ignore_index=True)


def trial(claim, worth, left=None, number=40, seed=20, regions=40):
    """The trial of a claim in which each arm's outcomes are known, and what is left of them by ablation."""
    where = worlds(number, regions)
    drawn = np.random.default_rng(seed).random((len(where), len(NUMBERS)))
    draws = pd.DataFrame(drawn, index=where, columns=NUMBERS)
    odd = where[where.get_level_values("world") % 2 == 1]
    found = {(): rows(claim, where, worth)}
    for ablation in claim.ablations:
        known = (left or {}).get(ablation.without)
        without = found[()] if known is None else rows(claim, where, known)
        inside = pd.MultiIndex.from_frame(without[WORLD]).isin(odd)
        found[ablation.without] = without[inside].reset_index(drop=True)
    return Trial(claim, found, draws, {arm.name: Totals(1.0, 0.0, 10.0) for arm in claim.arms})


@pytest.fixture(scope="session")
def claimed():
    """Makes a claim."""
    return claim


@pytest.fixture(scope="session")
def pretended_trial():
    """Makes a pretended trial."""
    return trial


@pytest.fixture(scope="session")
def luck():
    """Makes noise, a number for each world of a pretended trial."""

    def noise(seed=1, number=40, spread=1.0, centre=0.0):
        return np.random.default_rng(seed).normal(centre, spread, len(GROUPS) * number)

    return noise
