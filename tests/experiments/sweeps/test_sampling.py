import numpy as np
import pandas as pd
import pytest

from experiments.sweeps import sampling
from model.vocabulary import InputError

LOW = {"knob": -0.3, "dial": 10.0, "lever": 0.0}
HIGH = {"knob": 0.1, "dial": 10.7, "lever": 1e-9}
SIZES = {"latin-hypercube": 30, "sobol": 32, "factorial": 3, "saltelli": 16, "morris": 10}


def made(design, seed=7):
    return sampling.filled(design, LOW, HIGH, SIZES[design], seed)


@pytest.mark.parametrize("design", sampling.DESIGNS)
def test_every_design_stays_within_the_ranges_and_names_its_factors_in_order(design):
    points = made(design)
    assert list(points.columns) == ["knob", "dial", "lever"]
    for name, low in LOW.items():
        assert points[name].between(low, HIGH[name]).all()
        assert np.ptp(points[name]) >= 0.6 * (HIGH[name] - low)


@pytest.mark.parametrize("design", sampling.DESIGNS)
def test_the_size_is_known_before_the_points_are_made(design):
    assert sampling.size_of(design, 3, SIZES[design]) == len(made(design))


@pytest.mark.parametrize("design", [name for name in sampling.DESIGNS if name != "factorial"])
def test_the_same_seed_gives_the_same_points_and_another_seed_or_stream_others(design):
    pd.testing.assert_frame_equal(made(design, 0), made(design, 0), check_exact=True)
    assert not made(design, 0).equals(made(design, 1))
    assert not made(design, (0, 1)).equals(made(design, 0))


@pytest.mark.parametrize("design", sampling.DESIGNS)
def test_no_design_touches_the_luck_that_others_share(design):
    before = np.random.get_state()  # noqa: NPY002
    made(design)
    after = np.random.get_state()  # noqa: NPY002
    assert np.array_equal(before[1], after[1]) and before[2:] == after[2:]


def test_the_draws_of_a_comparison_are_the_ones_they_always_were():
    points = sampling.latin_hypercube({"a": 0.0, "b": 5.0}, {"a": 1.0, "b": 9.0}, 3, seed=7)
    assert points["a"].tolist() == [0.48707098630358664, 0.1373969661554375, 0.6732442493585448]
    assert points["b"].tolist() == [6.344940312602087, 5.619099592550539, 8.147816535268513]


def test_a_factorial_design_has_every_combination_once_the_last_factor_fastest():
    points = sampling.factorial({"release": ["early", "late"], "promise": [1.0, 1.2, 1.4]})
    assert len(points.drop_duplicates()) == len(points) == 6
    assert points["promise"].tolist()[:3] == [1.0, 1.2, 1.4]
    assert points["release"].tolist()[:3] == ["early"] * 3


def test_a_block_of_saltelli_exchanges_one_factor_at_a_time():
    points = made("saltelli").to_numpy().reshape(16, sampling.block_of("saltelli", 3), 3)
    for block in points:
        assert [(row != block[0]).nonzero()[0].tolist() for row in block[1:4]] == [[0], [1], [2]]
        assert all(block[1 + factor, factor] == block[-1, factor] for factor in range(3))


def test_saltelli_with_pairs_has_a_second_exchange_of_each_factor():
    points = sampling.saltelli(LOW, HIGH, 8, seed=7, second_order=True)
    assert len(points) == sampling.size_of("saltelli", 3, 8, second_order=True) == 64


def test_a_trajectory_of_morris_moves_each_factor_once_by_the_long_step():
    points = sampling.morris(LOW, HIGH, 10, seed=7, levels=6)
    width = np.array([HIGH[name] - LOW[name] for name in LOW])
    for steps in np.diff(points.to_numpy().reshape(10, 4, 3), axis=1) / width:
        assert np.allclose(np.sort(np.abs(steps), axis=None)[-3:], 3 / 5)
        assert (np.count_nonzero(steps, axis=0) == 1).all() and (np.count_nonzero(steps, axis=1) == 1).all()


@pytest.mark.parametrize(
    ("design", "points", "levels", "said"),
    [
        ("sobol", 100, 4, "the nearest are 64 and 128"),
        ("saltelli", 9, 4, "the nearest are 8 and 16"),
        ("saltelli", 1, 4, "allowed are 2 or more"),
        ("morris", 1, 4, "allowed are 2 or more"),
        ("morris", 10, 5, "allowed are even numbers"),
        ("latin-hypercube", 0, 4, "allowed are 1 or more"),
        ("factorial", 1, 4, "allowed are 2 or more"),
        ("latin-hypercub", 10, 4, "did you mean 'latin-hypercube'"),
    ],
)
def test_a_size_that_a_design_does_not_have_is_refused_with_what_is_allowed(design, points, levels, said):
    with pytest.raises(InputError, match=said):
        sampling.filled(design, LOW, HIGH, points, 7, levels)


@pytest.mark.parametrize("high", [{"knob": -0.3}, {"knob": -1.0}, {"knob": np.inf}, {"knob": np.nan}, {}])
def test_a_range_without_width_or_end_is_refused_by_name(high):
    with pytest.raises(InputError, match="range of 'knob'"):
        sampling.sobol_sequence({"knob": -0.3}, high, 8, 7)


@pytest.mark.parametrize("design", sampling.DESIGNS)
def test_a_design_of_nothing_is_refused(design):
    with pytest.raises(InputError, match="one factor at least"):
        sampling.filled(design, {}, {}, SIZES[design], 7)


def test_a_factor_without_levels_is_refused_by_name():
    with pytest.raises(InputError, match="factor 'release'"):
        sampling.factorial({"promise": [1.0], "release": []})
