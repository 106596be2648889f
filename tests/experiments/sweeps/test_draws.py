"""The uncertain numbers as they are drawn: within their ranges, as often as their weights say."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chisquare

import model
from experiments import store
from experiments.sweeps.draws import drawn, luck_of, posterior_file, ranges_of, sampling_of
from experiments.sweeps.experiment import load_experiment
from model.vocabulary import InputError

TABLE = model.Parameters.table()
FEW = ["leak_base", "patience", "loss_aversion"]
POINTS = {"latin-hypercube": 40, "sobol": 32, "saltelli": 8, "morris": 6}


def experiment(seed=7, **said):
    named = {"name": "x", "title": "T", "scenarios": ["iran-2012"], "strategies": ["step-for-step"]}
    return load_experiment(named | {"seed": seed, "uncertain": said})


def of_file(path, **said):
    return experiment(design="posterior", posterior=str(path), **said)


@pytest.fixture
def written(tmp_path):
    """Return a function that writes columns to a CSV or Parquet file."""

    def write(columns, name="draws.csv"):
        path = tmp_path / name
        table = pd.DataFrame(columns)
        table.to_csv(path, index=False) if path.suffix.lower() == ".csv" else store.write_runs(table, path)
        return path

    return write


# --- designs ---


@pytest.mark.parametrize(("design", "points"), POINTS.items())
def test_every_design_stays_within_what_is_declared_and_fills_narrower_ranges(design, points):
    low, high = TABLE.loc["leak_base", ["low", "high"]]
    narrow = [low + 0.25 * (high - low), low + 0.5 * (high - low)]
    table = drawn(experiment(design=design, points=points, numbers=FEW, ranges={"leak_base": narrow}))
    assert list(table.columns) == FEW and table.index.name == "draw"
    for name in FEW:
        low, high = narrow if name == "leak_base" else TABLE.loc[name, ["low", "high"]]
        assert table[name].between(low, high).all()
        assert np.ptp(table[name]) > 0.6 * (high - low)


def test_all_that_is_uncertain_is_drawn_unless_some_are_named():
    assert list(drawn(experiment(points=4)).columns) == TABLE.index[TABLE["uncertain"]].tolist()


def test_where_nothing_is_drawn_there_is_one_draw_of_nothing():
    assert drawn(experiment(design="none")).shape == (1, 0)


def test_a_factorial_has_every_combination_of_its_levels():
    levels = {"leak_base": [0.004, 0.01], "patience": [float(TABLE.at["patience", "low"])]}
    table = drawn(experiment(design="factorial", levels=levels))
    assert table["leak_base"].tolist() == [0.004, 0.01] and table["patience"].nunique() == 1


def test_the_seed_decides_the_draws():
    same, again, other = (drawn(experiment(seed, points=8)) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(same, again, check_exact=True)
    assert not same.equals(other)


# --- a file of draws ---


@pytest.mark.parametrize("name", ["draws.csv", "DRAWS.CSV", "draws.parquet", "it's [1].csv"])
def test_draws_of_a_file_are_its_rows_numbers_of_a_row_together(written, name):
    rows = {"leak_base": [0.004, 0.006, 0.008], "loss_aversion": [1.6, 1.8, 2.0]}
    assert all(TABLE.at[key, "low"] <= min(values) for key, values in rows.items())
    table = drawn(of_file(written(rows, name), points=50))
    assert len(table) == 50 and list(table.columns) == ["leak_base", "loss_aversion"]
    assert set(zip(table["leak_base"], table["loss_aversion"], strict=True)) == set(
        zip(*rows.values(), strict=True)
    )


def test_a_row_is_drawn_as_often_as_its_weight_says_and_never_without_one(written):
    rows = {"leak_base": [0.004, 0.006, 0.008, 0.01], "weight": [1, 0, 2, 5]}
    counts = drawn(of_file(written(rows), points=4000))["leak_base"].value_counts().sort_index()
    assert counts.index.tolist() == [0.004, 0.008, 0.01]
    assert chisquare(counts, np.array([1, 2, 5]) / 8 * 4000).pvalue > 0.001


def test_rows_without_weights_are_drawn_evenly(written):
    counts = drawn(of_file(written({"leak_base": [0.004, 0.006, 0.008]}), points=3000))[
        "leak_base"
    ].value_counts()
    assert chisquare(counts).pvalue > 0.001


def test_only_the_numbers_that_are_named_are_taken_from_a_file(written):
    path = written({"chain": ["a", "b"], "leak_base": [0.004, 0.006]})
    assert list(drawn(of_file(path, points=3, numbers=["leak_base"])).columns) == ["leak_base"]


@pytest.mark.parametrize(
    ("columns", "said", "told"),
    [
        ({"leak_base": []}, {}, "holds no draws"),
        ({"weight": [1.0]}, {}, "holds no draws"),
        ({"leak_base": [0.004], "weight": [0]}, {}, "weights that are none"),
        ({"leak_base": [0.004, 0.005], "weight": [-1, 2]}, {}, "weights that are none"),
        ({"leak_base": [0.004, 0.005], "weight": [1, None]}, {}, "weights that are none"),
        ({"leak_base": [0.004], "weight": ["much"]}, {}, "not a number"),
        ({"leak_base": ["much", "more"]}, {}, "column leak_base: holds something that is not a number"),
        ({"leak_base": [0.004]}, {"numbers": ["patience"]}, "has no column patience"),
        ({"leak_bas": [0.004]}, {"numbers": ["leak_base"]}, "no column leak_base .did you mean 'leak_bas'"),
        ({"leak_base": [9.0]}, {}, "'leak_base'.*9"),
        ({"leak_base": [None, None]}, {}, "leak_base"),
        ({"chain": [1], "leak_base": [0.004]}, {}, "'chain' is not one of.*uncertain.numbers says which"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(written, columns, said, told):
    path = written(columns)
    with pytest.raises(InputError, match=told) as fault:
        drawn(of_file(path, points=3, **said))
    assert str(fault.value).startswith(f"uncertain.posterior: '{path}'")


def test_a_file_that_is_none_is_told(tmp_path):
    (tmp_path / "a.parquet").write_text("no parquet")
    with pytest.raises(InputError, match=r"a\.parquet' cannot be read: "):
        drawn(of_file(tmp_path / "a.parquet"))
    with pytest.raises(InputError, match="there is no file"):
        drawn(of_file(tmp_path / "b.csv"))
    assert posterior_file(experiment()) is None


# --- how they were drawn ---


@pytest.mark.parametrize(
    ("said", "luck"),
    [
        ({}, "fresh"),
        ({"design": "sobol", "points": 4}, "fresh"),
        ({"design": "none"}, "fresh"),
        ({"design": "posterior", "posterior": "a.csv"}, "fresh"),
        ({"design": "saltelli", "points": 4}, "common"),
        ({"design": "morris"}, "common"),
        ({"design": "factorial", "levels": {"leak_base": [0.004]}}, "common"),
        ({"design": "morris", "luck": "fresh"}, "fresh"),
        ({"luck": "common"}, "common"),
    ],
)
def test_points_that_are_compared_share_their_luck_unless_it_is_said_otherwise(said, luck):
    assert luck_of(experiment(**said).uncertain) == luck


def test_a_manifest_keeps_the_ranges_that_were_filled():
    said = experiment(points=4, numbers=FEW, ranges={"leak_base": [0.004, 0.01]})
    kept = sampling_of(said, drawn(said))
    assert (kept["design"], kept["points"], kept["luck"]) == ("latin-hypercube", 4, "fresh")
    assert kept["numbers"] == FEW
    assert kept["low"] == [0.004, *TABLE.loc[FEW[1:], "low"]]
    assert ranges_of(said.uncertain).loc["leak_base", ["low", "high"]].tolist() == [0.004, 0.01]


def test_a_manifest_keeps_the_ends_of_levels_and_of_a_file(written):
    levels = experiment(design="factorial", levels={"leak_base": [0.01, 0.004]})
    file = of_file(written({"leak_base": [0.004, 0.01]}), points=50)
    for said in (levels, file):
        kept = sampling_of(said, drawn(said))
        assert (kept["low"], kept["high"]) == ([0.004], [0.01])
