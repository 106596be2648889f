import numpy as np
import pytest

from experiments.analysis import narrowing

#: Of 250 experiments at 95 %, fewer than these cover the truth once in a thousand times, and so do more.
EXPERIMENTS, LEAST, MOST = 250, 0.904, 0.988


def sampler(make, seed=3):
    """Return what hands out fresh units, each turn with luck of its own."""
    chance = np.random.default_rng(seed)
    return lambda turn, count: make(chance, count)[:, :, np.newaxis]


def shares(ahead, behind):
    """Return two strategies of which only the first, or only the second, succeeds that often."""

    def make(chance, count):
        luck = chance.random(count)
        return np.array([luck < ahead, (luck >= ahead) & (luck < ahead + behind)], dtype=float)

    return make


def normal(shared, own, worth=0.3):
    """Return two strategies that share normal luck and have some of their own."""

    def make(chance, count):
        luck = shared * chance.normal(size=count)
        return np.array([luck + worth, luck]) + own * chance.normal(size=(2, count))

    return make


def grown(make, half_width, seed=3, first=64, at_most=20_000, yes_or_no=False, names=("a", "b"), **more):
    return narrowing.grown(sampler(make, seed), names, half_width, first, at_most, None, yes_or_no, **more)


@pytest.mark.parametrize(
    ("make", "truth", "half_width", "yes_or_no"),
    [
        (normal(1.0, 0.7), 0.3, 0.15, False),
        (shares(0.2, 0.1), 0.1, 0.08, True),
    ],
)
def test_intervals_of_a_rule_that_stops_by_itself_cover_the_truth_as_often_as_they_say(
    make, truth, half_width, yes_or_no
):
    found = [grown(make, half_width, seed, yes_or_no=yes_or_no).pairs.iloc[0] for seed in range(EXPERIMENTS)]
    covered = np.mean([pair.low <= truth <= pair.high for pair in found])
    assert LEAST < covered < MOST
    assert all(pair.half_width <= half_width for pair in found)


def test_it_stops_near_what_theory_says_and_not_before():
    theory = (1.96 * np.hypot(0.7, 0.7) / 0.1) ** 2
    counts = [grown(normal(1.0, 0.7), 0.1, seed).values.shape[1] for seed in range(60)]
    assert 1.0 * theory < np.mean(counts) < 1.15 * theory


@pytest.mark.parametrize(("shared", "own"), [(2.0, 1.0), (0.0, 1.0), (1.0, 1.0)])
def test_what_pairing_spares_is_what_the_correlation_says(shared, own):
    pair = grown(normal(shared, own), 0.05).pairs.iloc[0]
    correlation = shared**2 / (shared**2 + own**2)
    assert pair.saved == pytest.approx(1 / (1 - correlation), rel=0.06)
    assert pair.unpaired / pair.needed == pytest.approx(pair.saved, rel=0.01)


def test_half_widths_fall_with_the_root_of_the_units():
    rounds = grown(normal(1.0, 0.7), 0.02).rounds
    steady = rounds["widest"] * np.sqrt(rounds["units"])
    assert steady.iloc[1:].to_numpy() == pytest.approx(1.96 * np.hypot(0.7, 0.7), rel=0.15)
    assert rounds["units"].is_monotonic_increasing


@pytest.mark.parametrize("yes_or_no", [True, False])
def test_identical_strategies_need_the_first_round_only(yes_or_no):
    found = grown(
        lambda chance, count: np.tile(chance.random(count) < 0.3, (2, 1)).astype(float),
        0.05,
        yes_or_no=yes_or_no,
    )
    assert found.rounds["units"].tolist() == [64]
    assert found.pairs["needed"].iloc[0] <= 64


def test_the_widest_pair_decides_when_it_is_enough():
    def make(chance, count):
        luck = chance.normal(size=count)
        return np.array([luck, luck + 0.1 * chance.normal(size=count), luck + chance.normal(size=count)])

    found = grown(make, 0.1, names=("a", "b", "c"))
    assert {found.pairs.at[0, "first"], found.pairs.at[0, "second"]} in ({"a", "c"}, {"b", "c"})
    assert found.values.shape[1] >= found.pairs["needed"].max()
    assert found.pairs["needed"].min() < 20


def test_no_more_units_are_lived_than_are_allowed():
    found = grown(normal(1.0, 0.7), 0.1, at_most=300)
    assert found.values.shape[1] == 300
    assert found.pairs["needed"].iloc[0] == pytest.approx((1.96 * np.hypot(0.7, 0.7) / 0.1) ** 2, rel=0.35)


def test_a_hopeless_wish_is_given_up_early():
    found = grown(normal(1.0, 0.7), 0.001, at_most=20_000)
    assert found.values.shape[1] == narrowing.BELIEVED
    assert found.pairs["needed"].iloc[0] > 2_000_000


def test_where_an_outcome_applies_in_half_of_the_units_twice_as_many_are_needed():
    def make(chance, count):
        return np.where(chance.random(count) < 0.5, np.nan, normal(1.0, 0.7)(chance, count))

    whole, half = (grown(kind, 0.05).pairs["needed"].iloc[0] for kind in (normal(1.0, 0.7), make))
    assert half == pytest.approx(2 * whole, rel=0.1)


def test_an_outcome_that_never_applies_to_both_has_no_number_of_units():
    found = grown(lambda chance, count: np.array([np.ones(count), np.full(count, np.nan)]), 0.05)
    assert np.isinf(found.pairs["needed"].iloc[0])
    assert found.values.shape[1] == narrowing.BELIEVED
