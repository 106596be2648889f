import numpy as np
import pandas as pd
import pytest

from experiments.analysis import lever_shares
from experiments.sweeps import sampling

LEVERS = sampling.factorial({"release": ["early", "late"], "promise": [1.0, 1.2, 1.4], "idle": ["a", "b"]})
LEVERS.index = [f"s{place}" for place in range(len(LEVERS))]


def lived(means, units=200, noise=1.0, seed=1):
    luck = np.random.default_rng(seed)
    shared = luck.normal(size=(units, 1))
    return pd.DataFrame(
        means.to_numpy() + shared + noise * luck.normal(size=(units, len(means))), columns=means.index
    )


def additive():
    return 1.0 * (LEVERS["release"] == "late") + (LEVERS["promise"] - 1.2) / 0.2 * 0.25


def test_without_luck_shares_are_those_of_the_sums_of_squares():
    found = lever_shares.lever_shares(lived(additive(), noise=0), LEVERS)
    release, promise = 0.25, 0.25**2 * 2 / 3
    assert found.table.at["release", "share"] == pytest.approx(release / (release + promise))
    assert found.table.at["promise", "share"] == pytest.approx(promise / (release + promise))
    assert found.table.at["idle", "share"] == pytest.approx(0, abs=1e-9)
    assert found.rest.estimate == pytest.approx(0, abs=1e-9)


def test_levers_come_in_order_and_idle_ones_are_not_told_apart():
    found = lever_shares.lever_shares(lived(additive()), LEVERS)
    assert list(found.table.index) == ["release", "promise", "idle"]
    assert list(found.table["apart"]) == [True, True, False]
    assert found.table.at["release", "best"] == "late" and found.table.at["promise", "best"] == "1.4"


def test_an_idle_lever_has_no_share_on_average(monkeypatch):
    monkeypatch.setattr(lever_shares, "RESAMPLES", 60)
    shares = [
        lever_shares.lever_shares(lived(additive(), 40, 1.5, seed), LEVERS).table.at["idle", "share"]
        for seed in range(60)
    ]
    assert abs(np.mean(shares)) < 3 * np.std(shares) / np.sqrt(60)
    assert min(shares) < 0 < max(shares)


def test_what_levers_do_only_together_is_the_rest():
    means = 1.0 * ((LEVERS["release"] == "late") ^ (LEVERS["idle"] == "b"))
    found = lever_shares.lever_shares(lived(means, noise=0.1), LEVERS)
    assert found.rest.low > 0.95 and not found.table["apart"].any()


def test_levers_that_went_together_by_chance_are_not_mistaken_for_one_another():
    levers = LEVERS.drop(["s0", "s2", "s11"])  # no longer balanced
    found = lever_shares.lever_shares(lived(additive()[levers.index], noise=0), levers)
    assert found.table.at["idle", "share"] == pytest.approx(0, abs=1e-9)


def test_a_lever_of_many_numbers_is_fitted_by_a_parabola():
    levers = pd.DataFrame({"promise": np.linspace(0, 1, 30)}, index=[f"s{place}" for place in range(30)])
    found = lever_shares.lever_shares(lived((levers["promise"] - 0.5) ** 2, noise=0), levers)
    assert found.table.at["promise", "share"] == pytest.approx(1)
    assert found.levels.empty


def test_every_level_has_its_mean_and_where_a_lever_does_not_apply_is_a_level():
    levers = LEVERS.assign(idle=[None if level == "a" else level for level in LEVERS["idle"]])
    found = lever_shares.lever_shares(lived(additive()), levers)
    late = found.levels.query("lever == 'release' and level == 'late'").iloc[0]
    assert late["strategies"] == 6 and late["low"] < late["mean"] < late["high"]
    assert "does not apply" in set(found.levels["level"])


@pytest.mark.parametrize(
    ("units", "levers"),
    [
        (lived(additive(), 5), LEVERS),
        (lived(additive()), LEVERS.assign(release="late", promise=1.0, idle="a")),
        (lived(additive() * 0, noise=0), LEVERS),
        (lived(additive() * 0), LEVERS),
    ],
)
def test_too_few_units_levers_that_do_not_vary_and_equal_strategies_have_no_shares(units, levers):
    assert lever_shares.lever_shares(units, levers) is None
