"""The ensemble beside a history: its bands, its luck, and what it was made from."""

import numpy as np
import pytest

from browser.scene.crowd import QUANTILES, Crowd, bands_of, crowd_of, numbers_of
from browser.scene.settings import RUNS, Plan, Settings
from browser.scene.story import Story
from experiments.analysis.survival import FEWEST
from model import Parameters, trace_ensemble
from model.vocabulary import InputError

SHORT = Settings(months=30)


@pytest.fixture(scope="module")
def crowd():
    return crowd_of(SHORT)


@pytest.fixture(scope="module")
def traced():
    return trace_ensemble("iran-2012", "step-for-step", RUNS, months=30)


def test_the_bands_are_the_quantiles_of_the_runs(crowd, traced):
    place = traced.names.index("compliance_true")
    expected = [np.percentile(traced.series[:, :, place], 100 * share, axis=0) for share in QUANTILES]
    assert np.ptp(expected[-1]) > 0
    assert np.allclose(crowd.band(0, "compliance_true"), expected)
    middle = np.median(traced.series[:, :, traced.names.index("tension")], axis=0)
    assert np.allclose(crowd.band(0, "tension")[QUANTILES.index(0.5)], middle)


def test_higher_quantiles_are_nowhere_lower(crowd):
    assert crowd.bands.shape == (1, len(crowd.names), len(QUANTILES), 30)
    assert (np.diff(crowd.bands, axis=2) >= 0).all()
    assert (np.diff(crowd.bands, axis=2) > 0).any()


def test_what_a_run_does_not_tell_of_is_left_out_of_the_bands():
    series = np.arange(12.0).reshape(4, 3, 1)
    series[0, 0], series[:, 2] = np.nan, np.nan
    found = bands_of(series)
    assert found.shape == (1, len(QUANTILES), 3)
    assert found[0, 2, 0] == 6.0  # of 3, 6 and 9
    assert found[0, 2, 1] == 5.5
    assert np.isnan(found[0, :, 2]).all()


def test_the_single_history_is_one_of_the_runs(traced):
    settings = SHORT.but(replicate=17)
    story = Story(settings)
    story.live(30)
    series = story.told().series
    lowest, highest = traced.series.min(axis=0), traced.series.max(axis=0)
    for place, name in enumerate(traced.names):
        lived = series[name].to_numpy(float)
        assert len(lived) == 30
        assert (lowest[:, place] <= lived).all(), name
        assert (lived <= highest[:, place]).all(), name
        assert np.array_equal(lived, traced.series[17, :, place]), name


def test_two_equal_plans_live_through_the_same_luck(crowd):
    twice = crowd_of(SHORT.but(plans=(Plan(), Plan())))
    assert twice.plans == 2
    assert np.array_equal(twice.bands[0], twice.bands[1])
    assert np.array_equal(twice.bands[0], crowd.bands[0])
    first, second = twice.runs_of(0), twice.runs_of(1)
    assert len(first) == len(second) == RUNS
    kept = [column for column in first if column != "plan"]
    assert first[kept].reset_index(drop=True).equals(second[kept].reset_index(drop=True))


def test_two_plans_are_kept_apart_run_by_run(crowd):
    found = crowd_of(SHORT.but(plans=(Plan(), Plan("big-bang"))))
    assert np.array_equal(found.bands[0], crowd.bands[0])
    assert found.runs.groupby("plan")["replicate"].apply(list).tolist() == [list(range(RUNS))] * 2
    assert not np.array_equal(found.bands[0], found.bands[1])


def test_the_uncertain_numbers_are_drawn_but_for_those_set_by_hand():
    drawn = numbers_of(SHORT.but(uncertain=True))
    table = Parameters.table()
    names = [name for name in drawn if name != "replicate"]
    assert drawn["replicate"].tolist() == list(range(RUNS))
    assert set(names) == set(table.index[table["uncertain"]])
    name = names[3]
    value = float(table.loc[name, "low"])
    fixed = numbers_of(SHORT.but(uncertain=True, parameters=((name, value),)))
    assert (fixed[name] == value).all()
    assert fixed.drop(columns=name).equals(drawn.drop(columns=name))
    assert drawn[name].nunique() == RUNS


def test_without_a_wish_for_it_no_number_is_drawn():
    assert numbers_of(SHORT) is None
    assert numbers_of(SHORT.but(parameters=(("incident_rate", 0.03),))) == {"incident_rate": 0.03}


def test_drawn_numbers_reach_the_runs(crowd):
    drawn = crowd_of(SHORT.but(uncertain=True))
    assert len(drawn.runs) == RUNS
    assert not np.array_equal(drawn.bands, crowd.bands)


def test_the_dispute_that_is_looked_at_is_the_one_told_of():
    settings = Settings("two-disputes", months=12, dispute="oskarian-border")
    found = crowd_of(settings)
    assert set(found.runs["dispute"].astype(str)) == {"oskarian-border"}
    assert len(found.runs) == RUNS
    other = crowd_of(settings.but(dispute=None))
    assert set(other.runs["dispute"].astype(str)) == {"tarvian-missiles"}
    assert not np.array_equal(found.bands, other.bands)


def test_a_mechanism_that_is_switched_off_is_off_in_the_ensemble_too(crowd):
    without = crowd_of(SHORT.but(without=("M14",)))
    assert not np.array_equal(without.bands, crowd.bands)


def test_settings_that_cannot_be_run_are_refused():
    with pytest.raises(InputError, match="allowed"):
        crowd_of(SHORT.but(seed=-1))


def test_an_ensemble_remembers_what_it_was_made_from(crowd):
    assert isinstance(crowd, Crowd)
    assert crowd.settings == SHORT
    assert crowd.months == 30
    assert crowd.seconds > 0


def test_agreements_are_followed_only_where_there_are_enough(crowd):
    concluded = int(crowd.runs["agreement_survival"].notna().sum())
    assert [len(lives) for lives in crowd.lives] == [concluded]
    assert concluded >= FEWEST
    assert crowd.followed[0].curve["at_risk"].iloc[0] == concluded
    never = crowd_of(Settings(months=2))
    assert never.runs["agreement_survival"].notna().sum() == 0
    assert never.followed == (None,)
