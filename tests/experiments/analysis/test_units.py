import numpy as np
import pandas as pd
import pytest

from experiments.analysis import units
from model.vocabulary import InputError

FRESH = {"luck": "fresh", "replicates": 3}
COMMON = {"luck": "common", "replicates": 3}


def swept(draws=4, replicates=3, strategies=("b", "a"), scenarios=("one",)):
    """Return a run for each scenario, strategy, draw and replicate, with an outcome that tells them apart."""
    rows = pd.MultiIndex.from_product(
        [scenarios, strategies, range(draws), range(replicates)],
        names=["scenario", "strategy", "draw", "replicate"],
    ).to_frame(index=False)
    rows["hardship"] = 10.0 * rows["draw"] + rows["replicate"] + 100 * (rows["strategy"] == "a")
    return rows


def test_draws_of_fresh_luck_are_the_units_and_replicates_are_averaged():
    found = units.per_unit(swept(), "hardship", FRESH)
    assert found.index.name == "draw"
    assert list(found.columns) == ["b", "a"]
    assert found["b"].tolist() == [1, 11, 21, 31]


def test_replicates_are_the_units_where_draws_share_their_luck():
    found = units.per_unit(swept(), "hardship", COMMON)
    assert found.index.name == "replicate"
    assert found["a"].tolist() == [115, 116, 117]


def test_replicates_are_the_units_of_a_single_draw():
    assert units.per_unit(swept(draws=1), "hardship", FRESH).index.name == "replicate"


def test_scenarios_have_units_of_their_own():
    found = units.per_unit(swept(scenarios=("one", "two")), "hardship", FRESH)
    assert found.index.names == ["scenario", "draw"]
    assert len(found) == 8


def test_a_unit_that_lacks_one_run_of_one_strategy_is_left_out_for_all():
    runs = swept()
    runs = runs.drop(runs.index[(runs.strategy == "a") & (runs.draw == 2) & (runs.replicate == 1)])
    table, left_out = units.complete(units.per_unit(runs, "hardship", FRESH))
    assert table.index.tolist() == [0, 1, 3]
    assert left_out == 1
    kept, missing = units.complete_runs(runs, FRESH)
    assert sorted(kept["draw"].unique()) == [0, 1, 3]
    assert missing == 1


def test_an_outcome_that_does_not_apply_is_no_missing_run():
    runs = swept()
    runs.loc[0, "hardship"] = np.nan
    assert units.complete_runs(runs, FRESH)[1] == 0
    assert units.per_unit(runs, "hardship", FRESH).at[0, "b"] == 1.5


def test_never_is_waited_for_the_whole_span_and_yes_is_one():
    runs = swept(draws=1).assign(months_to_agreement=np.nan, settled=True)
    found = units.prepared(runs, ["months_to_agreement", "settled"], {"one": 72})
    assert (found["months_to_agreement"] == 72).all()
    assert (found["settled"] == 1.0).all()


def test_a_wait_that_ends_elsewhere_is_not_filled():
    runs = swept(draws=1).assign(months_to_detection=np.nan)
    assert units.prepared(runs, ["months_to_detection"], {"one": 72})["months_to_detection"].isna().all()
    assert units.conditional("months_to_detection")
    assert not units.conditional("months_to_agreement")


def test_a_label_has_no_mean():
    with pytest.raises(InputError, match="'label' is text"):
        units.prepared(swept().assign(label="stalled"), ["label"], {"one": 72})
