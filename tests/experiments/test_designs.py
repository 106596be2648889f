import numpy as np
import pandas as pd

from experiments import designs

TABLE = pd.DataFrame(
    {"low": [0.0, 5.0, 1.0], "high": [1.0, 9.0, 2.0], "uncertain": [True, True, False]}, index=["a", "b", "c"]
)


def test_every_slice_of_every_range_is_visited_once():
    draws = designs.latin_hypercube(TABLE, 50, seed=7)
    for name in ("a", "b"):
        place = (draws[name] - TABLE.loc[name, "low"]) / (TABLE.loc[name, "high"] - TABLE.loc[name, "low"])
        assert sorted(np.floor(place * 50)) == list(range(50))


def test_only_uncertain_parameters_are_drawn_and_each_draw_has_its_replicate():
    draws = designs.latin_hypercube(TABLE, 5, seed=7)
    assert list(draws.columns) == ["a", "b", "replicate"]
    assert draws["replicate"].tolist() == [0, 1, 2, 3, 4]


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    one, again, other = (designs.latin_hypercube(TABLE, 8, seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, again)
    assert not one.equals(other)


def test_where_nothing_is_uncertain_only_replicates_are_left():
    assert list(designs.latin_hypercube(TABLE.iloc[2:], 3, seed=7).columns) == ["replicate"]
