"""Feature scores: which factors help to foretell an outcome that was not seen, whatever the design.

Trees are grown on some of the draws and asked about the others. A factor's score is how much worse the
answers get when its values are shuffled among the held-out draws, as a share of the outcome's variance: 0
where the factor tells nothing. The scores of trees that foretell nothing mean nothing, so the share of the
variance that they explain on held-out draws comes with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from experiments.analysis.drivers import Drivers, directions, unvarying
from experiments.extras import needed
from experiments.statistics import CONFIDENCE, Interval

Floats = NDArray[np.float64]

FOLDS, REPEATS, TREES, SEED = 10, 2, 60, 22
#: Rows answered at a time, so that shuffled copies do not fill the memory.
AT_ONCE = 40_000
#: With fewer draws (or groups) nothing can be held out that would tell anything.
FEWEST = 20


@dataclass(frozen=True)
class Scores(Drivers):
    """Feature scores; ``together`` is the share of the variance explained on held-out draws (R2).

    The error of the trees is set against that of the mean of the training draws, on the same held-out draws.

    Attributes
    ----------
    ranking : float
        For an outcome of yes or no, the chance that a held-out yes is ranked above a held-out no (area under
        the curve): 0.5 is guessing. NaN for other outcomes.
    """

    ranking: float = np.nan

    @property
    def explains(self) -> bool:
        """Whether the trees foretell anything: the interval of the variance explained is above 0."""
        return self.together is not None and self.together.low > 0


def feature_scores(factors: pd.DataFrame, values: Floats, groups: Sequence[Any] | None = None) -> Scores:
    """Return the score of every factor, from extremely randomised trees.

    Parameters
    ----------
    factors : DataFrame, shape (rows, factors)
        Numbers, or levers with numbers or text as levels (text becomes a column a level, shuffled together).
    values : array of float, shape (rows,)
        The outcome of each row; rows with NaN are left out.
    groups : sequence, optional
        Rows with an equal group are held out together, such as those of one draw; each row by itself by
        default.

    Returns
    -------
    Scores
        Columns score, score_low, score_high (share of the variance of the outcome that is lost), p (of a
        score of no more than 0), corrected, apart, direction; by score. The interval is Nadeau and
        Bengio's for means over folds that share their training draws.

    References
    ----------
    P. Geurts, D. Ernst and L. Wehenkel, "Extremely randomized trees", Machine Learning 63 (2006) 3-42;
    L. Breiman, "Random forests", Machine Learning 45 (2001) 5-32, for shuffling; C. Nadeau and Y. Bengio,
    "Inference for the generalization error", Machine Learning 52 (2003) 239-281.
    """
    known = ~np.isnan(values)
    rows, values = factors.loc[known], values[known]
    which = np.arange(len(values)) if groups is None else np.asarray(groups)[known]
    kept = len(np.unique(which))
    left_out = (len(known) if groups is None else len(np.unique(np.asarray(groups)))) - kept
    if kept < FEWEST or unvarying(values):
        return Scores("scores", pd.DataFrame(), kept, left_out, kept >= FEWEST)
    encoded, places = _encoded(rows)
    explained, losses, answers = _over_folds(encoded, places, values, which)
    table = _table(list(places), losses)
    table["direction"] = _ways(rows, values)
    table = table.sort_values("score", ascending=False, kind="stable")
    together = _over(explained[:, None])
    ranking = np.nan
    if set(np.unique(values)) == {0.0, 1.0}:
        ranking = float(needed("sklearn.metrics", "analysis").roc_auc_score(values, answers))
    total = Interval(*(float(end[0]) for end in together[:3]))
    return Scores("scores", table, kept, left_out, together=total, ranking=ranking)


def _encoded(factors: pd.DataFrame) -> tuple[NDArray[np.float32], dict[str, list[int]]]:
    """Return the factors as numbers, and the columns that each takes."""
    parts, places, width = [], {}, 0
    for name in factors.columns:
        column = factors[name]
        if pd.api.types.is_numeric_dtype(column):
            part = column.to_numpy(np.float32)[:, None]
        else:
            part = pd.get_dummies(column.astype(str)).to_numpy(np.float32)
        places[str(name)] = list(range(width, width + part.shape[1]))
        width += part.shape[1]
        parts.append(part)
    return np.hstack(parts), places


def _over_folds(
    encoded: NDArray[np.float32], places: dict[str, list[int]], values: Floats, groups: NDArray[Any]
) -> tuple[Floats, Floats, Floats]:
    """Return per fold the variance explained and each factor's loss, and all held-out answers."""
    trees = needed("sklearn.ensemble", "analysis").ExtraTreesRegressor
    luck = np.random.default_rng(SEED)
    names, members = np.unique(groups, return_inverse=True)
    fold_of = (luck.permutation(len(names)) % FOLDS)[members]
    explained, losses, answers = np.empty(FOLDS), np.empty((FOLDS, len(places))), np.empty(len(values))
    for fold in range(FOLDS):
        held = fold_of == fold
        grown = trees(TREES, min_samples_leaf=3, max_features=0.5, random_state=SEED, n_jobs=-1)
        grown.fit(encoded[~held], values[~held]).set_params(n_jobs=1)  # threads would add up in any order
        answers[held] = grown.predict(encoded[held])
        error = float(((answers[held] - values[held]) ** 2).mean())
        guessed = float(((values[~held].mean() - values[held]) ** 2).mean())
        explained[fold] = (guessed - error) / values.var()
        shuffled = _shuffled_errors(grown, encoded[held], places, values[held], luck)
        losses[fold] = (shuffled - error) / values.var()
    return explained, losses, answers


def _shuffled_errors(
    grown: Any,
    held: NDArray[np.float32],
    places: dict[str, list[int]],
    values: Floats,
    luck: np.random.Generator,
) -> Floats:
    """Return the mean squared error on held-out rows with each factor shuffled in turn."""
    count, columns = len(values), list(places.values())
    errors = np.empty(len(columns))
    at_once = max(1, AT_ONCE // (count * REPEATS))
    for start in range(0, len(columns), at_once):
        some = columns[start : start + at_once]
        copies = np.tile(held, (len(some) * REPEATS, 1, 1))
        for place, copy in enumerate(copies):
            taken = some[place // REPEATS]
            copy[:, taken] = held[luck.permutation(count)][:, taken]
        told = grown.predict(copies.reshape(-1, held.shape[1])).reshape(len(some), REPEATS, count)
        errors[start : start + len(some)] = ((told - values) ** 2).mean(axis=(1, 2))
    return errors


def _over(folds: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return mean, low, high and p of no more than 0, over folds that share training rows."""
    mean = folds.mean(axis=0)
    error = np.sqrt(folds.var(axis=0, ddof=1) * (1 / FOLDS + 1 / (FOLDS - 1)))
    reach = stats.t.ppf((1 + CONFIDENCE) / 2, FOLDS - 1) * error
    score = np.divide(mean, error, out=np.zeros_like(mean), where=error > 0)
    return mean, mean - reach, mean + reach, stats.t.sf(score, FOLDS - 1)


def _table(names: Sequence[str], losses: Floats) -> pd.DataFrame:
    columns = dict(zip(("score", "score_low", "score_high", "p"), _over(losses), strict=True))
    table = pd.DataFrame(columns, index=pd.Index(names, name="factor"))
    table["corrected"] = stats.false_discovery_control(table["p"])
    table["apart"] = table["corrected"] < 1 - CONFIDENCE
    return table


def _ways(factors: pd.DataFrame, values: Floats) -> list[str]:
    numeric = [name for name in factors.columns if pd.api.types.is_numeric_dtype(factors[name])]
    found = dict(zip(numeric, directions(factors[numeric].to_numpy(float), values), strict=True))
    return [found.get(name, "by level") for name in factors.columns]
