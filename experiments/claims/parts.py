"""Where in the space an effect differs: a small tree, grown on some worlds and never measured on them.

This is the honest tree of Athey and Imbens (2016): one half of the worlds says where to cut, the other half
says what the effect is in each part. How many parts there are is chosen by cross-validation, in favour of
fewer (the fewest within one standard error of the best); worlds of one region are held out together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.extras import needed

#: Most parts that the space is cut into, and the least share of it that a part has.
MOST, LEAST = 5, 0.12
#: How often the worlds are held out in turn.
FOLDS = 5
#: What the column is called that says whether a world is of a group.
GROUP = "group "


class Condition(NamedTuple):
    """A number, or membership of a group (0 or 1), above or up to a threshold."""

    number: str
    is_above: bool
    threshold: float


def divided(
    draws: pd.DataFrame, gaps: pd.DataFrame, growing: pd.Index, regions: NDArray[np.intp]
) -> list[tuple[list[Condition], pd.Index]]:
    """Return the parts of the space in which effects differ.

    Parameters
    ----------
    draws : DataFrame
        A row a world, indexed by group and more: the drawn numbers.
    gaps : DataFrame
        A row a world, a column an effect; NaN where it does not apply.
    growing : Index
        The worlds on which the tree is grown.
    regions : array of int
        In which region each of these stands.

    Returns
    -------
    list of (list of Condition, Index)
        Where each part is, and all worlds in it; one part without conditions where nothing tells them apart.
    """
    applies = gaps.loc[growing].notna().all(axis=1).to_numpy()
    known = growing[applies]
    spread = gaps.loc[known].std().replace(0.0, 1.0)
    features, targets = featured(draws), gaps.loc[known] / spread
    count = leaves_wanted(features.loc[known].to_numpy(), targets.to_numpy(), regions[applies])
    if count == 1:
        return [([], draws.index)]
    tree = grown(features.loc[known].to_numpy(), targets.to_numpy(), count)
    leaves = tree.apply(features.to_numpy())
    names = [str(name) for name in features]
    return [
        (conditions(tree.tree_, names, leaf), draws.index[leaves == leaf]) for leaf in sorted(set(leaves))
    ]


def featured(draws: pd.DataFrame) -> pd.DataFrame:
    """Return the drawn numbers, and a column for each group: 1 in it, 0 outside."""
    groups = draws.index.get_level_values("group")
    return draws.assign(
        **{f"{GROUP}{name}": (groups == name).astype(float) for name in dict.fromkeys(groups)}
    )


def leaves_wanted(features: Any, targets: Any, regions: NDArray[np.intp]) -> int:
    """Return how many parts are worth it: the fewest within a standard error of the least error held out."""
    if len(features) < 2 * MOST * FOLDS or len(np.unique(regions)) < FOLDS:
        return 1
    errors = np.empty((MOST, FOLDS))
    folds = needed("sklearn.model_selection", "analysis").GroupKFold
    splits = folds(FOLDS, shuffle=True, random_state=0).split(features, groups=regions)
    for fold, (seen, held) in enumerate(splits):
        centre = targets[seen].mean(axis=0)
        errors[0, fold] = ((targets[held] - centre) ** 2).mean()
        for count in range(2, MOST + 1):
            told = (
                grown(features[seen], targets[seen], count)
                .predict(features[held])
                .reshape(targets[held].shape)
            )
            errors[count - 1, fold] = ((targets[held] - told) ** 2).mean()
    means = errors.mean(axis=1)
    best = int(means.argmin())
    # The same worlds are held out for every count, so it is their difference that has an error.
    excess = errors - errors[best]
    bar = excess.std(axis=1, ddof=1) / np.sqrt(FOLDS)
    return int(np.argmax(excess.mean(axis=1) <= bar)) + 1


def grown(features: Any, targets: Any, count: int) -> Any:
    """Return a tree of ``count`` parts."""
    trees = needed("sklearn.tree", "analysis").DecisionTreeRegressor
    least = max(1, int(LEAST * len(features)))
    return trees(max_leaf_nodes=count, min_samples_leaf=least, random_state=0).fit(features, targets)


def conditions(tree: Any, names: list[str], leaf: int) -> list[Condition]:
    """Return what holds on the way from the root of a tree to a leaf, the tightest on each number."""
    way: dict[tuple[str, bool], float] = {}
    node = leaf
    while node != 0:
        above = np.flatnonzero(tree.children_right == node)
        parent = int(above[0] if len(above) else np.flatnonzero(tree.children_left == node)[0])
        key = (names[tree.feature[parent]], bool(len(above)))
        threshold = float(tree.threshold[parent])
        way.setdefault(key, threshold)  # nearer to the leaf is tighter
        node = parent
    return [Condition(name, is_above, threshold) for (name, is_above), threshold in reversed(way.items())]
