from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from experiments.analysis import narrowing
from experiments.analysis.luck import Luck
from experiments.measures import measure_of
from experiments.statistics import Interval
from experiments.sweeps import enough_told
from experiments.sweeps.enough import Enough, chosen, enough
from experiments.sweeps.experiment import load_experiment
from experiments.sweeps.fresh import Fresh
from experiments.sweeps.grid import grid_of
from model.vocabulary import InputError

SAID = {
    "name": "small",
    "title": "A small one",
    "scenarios": ["iran-2012"],
    "strategies": ["step-for-step", "big-bang"],
    "months": 24,
    "uncertain": {"points": 40},
}


def said(**changed):
    return load_experiment(SAID | changed)


def units_of(experiment, outcome="hardship"):
    return Fresh(grid_of(experiment), outcome, workers=1)


def found_of(values, half_width=0.05, at_most=20_000, names=("a", "b", "c"), luck=0.5, **changed):
    """Return what is found of strategies whose units have these values, turn by turn."""
    chance = np.random.default_rng(5)
    grown = narrowing.grown(
        lambda turn, count: values(chance, count)[:, :, np.newaxis], names, half_width, 64, at_most
    )
    experiment = said(**changed)
    return Enough(
        experiment=experiment,
        scenario="iran-2012",
        dispute="nuclear",
        measure=measure_of("settled_and_lasted"),
        unit="draw",
        points=40,
        numbers=3,
        half_width=half_width,
        at_most=at_most,
        units=grown.values.shape[1],
        runs=grown.values.size,
        pairs=grown.pairs,
        strategies=narrowing.own_means(grown.values, names, half_width, False),
        rounds=grown.rounds,
        luck=Luck(Interval(luck, luck - 0.1, luck + 0.1), 0.5, 0.1),
    )


def alike(chance, count):
    """Return strategies that share most of their luck."""
    luck = chance.normal(size=count)
    return luck + 0.3 * chance.normal(size=(3, count))


def same(chance, count):
    return np.tile(chance.normal(size=count), (3, 1))


def never(chance, count):
    return np.array([np.ones(count), np.full(count, np.nan), np.zeros(count)])


def test_turns_share_neither_luck_nor_draws_and_repeat_themselves():
    fresh = units_of(said())
    first, again, second = (fresh.units(turn, 5, ["big-bang"]) for turn in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert not np.isin(first, second).all()
    assert first.shape == (1, 5, 1)


def test_strategies_share_the_luck_of_a_unit_however_many_are_asked():
    fresh = units_of(said(replicates=2))
    both = fresh.units(0, 4, ["step-for-step", "big-bang"])
    np.testing.assert_array_equal(both[1:], fresh.units(0, 4, ["big-bang"]))
    assert both.shape == (2, 4, 2)
    assert (both[:, :, 0] != both[:, :, 1]).any()


def test_where_draws_share_their_luck_a_unit_is_a_replicate_of_all_of_them():
    common = units_of(said(uncertain={"points": 3, "luck": "common"}))
    assert common.unit == "replicate"
    assert common.units(0, 4, ["big-bang"]).shape == (1, 4, 3)
    plain = units_of(said(uncertain={"design": "none"}))
    assert plain.unit == "replicate"
    assert plain.units(0, 4, ["big-bang"]).shape == (1, 4, 1)


def test_a_wait_that_never_ended_counts_as_the_whole_span():
    waits = units_of(said(), "months_to_full_relief").units(0, 20, ["step-for-step"])
    assert waits.max() == 24


def test_a_factorial_with_fresh_luck_has_no_more_draws():
    levels = {"leak_base": [0.005, 0.01]}
    factorial = said(uncertain={"design": "factorial", "levels": levels, "luck": "fresh"})
    with pytest.raises(InputError, match="common"):
        units_of(factorial).units(0, 4, ["big-bang"])


def test_on_the_real_model_enough_is_found_and_is_enough():
    found = enough(said(), half_width=0.06, outcome="hardship", workers=1)
    assert found.reached
    assert found.unit == "draw"
    assert found.pairs["half_width"].max() <= 0.06
    assert found.runs == 2 * found.units + 2 * 128 * 4
    section = enough_told.section_of(found)
    assert "are enough to know the difference in civilian hardship to ±0.06" in section.finding
    assert set(section.tables) >= {"pairs", "strategies", "rounds"}


def test_only_the_pair_that_is_asked_about_is_run():
    names = ["a", "b", "c"]
    assert chosen(names, None, None) == (names, None)
    assert chosen(names, "b", None) == (names, "b")
    assert chosen(names, None, "c") == (names, "c")
    assert chosen(names, "b", "c") == (["b", "c"], "c")


@pytest.mark.parametrize(
    ("strategy", "against", "told"),
    [("bb", None, "not among the strategies"), ("a", "a", "with itself")],
)
def test_a_pair_that_there_is_not_is_refused(strategy, against, told):
    with pytest.raises(InputError, match=told):
        chosen(["a", "b"], strategy, against)


def test_one_strategy_alone_has_no_differences():
    with pytest.raises(InputError, match="one strategy only"):
        chosen(["a"], None, None)


@pytest.mark.parametrize("half_width", [0, 5, float("nan")])
def test_a_half_width_that_no_share_can_have_is_refused(half_width):
    with pytest.raises(InputError, match="five points"):
        enough(said(), half_width=half_width)


def test_the_split_weighs_more_draws_against_more_replicates():
    found = found_of(alike, luck=0.5)
    splits = found.splits()
    assert splits["draws"].loc[4] == pytest.approx(splits["draws"].loc[1] * (0.5 + 0.5 / 4), abs=1)
    assert splits["runs of each strategy"].is_monotonic_increasing
    assert splits["draws"].loc[1] == found.needed


def test_a_file_with_replicates_is_told_to_take_draws_instead():
    found = found_of(alike, luck=0.5, replicates=4)
    assert found.splits()["draws"].loc[4] == found.needed
    count, replicates = enough_told.recommended(found)
    assert replicates == 1
    assert count == pytest.approx(found.needed / (0.5 + 0.5 / 4), rel=0.1)
    assert f"points = {count}" in " ".join(enough_told.section_of(found).sentences)


def test_what_is_to_be_written_fits_the_design():
    sobol = found_of(alike, uncertain={"design": "sobol", "points": 64})
    points = int(enough_told.lines(sobol).rsplit(" ", 1)[1])
    assert points & (points - 1) == 0 and points >= sobol.needed
    replicate = replace(sobol, unit="replicate")
    assert enough_told.lines(replicate).startswith("replicates = ")
    assert "points" not in enough_told.lines(replicate)


def test_a_wish_beyond_what_is_allowed_is_told_with_what_it_would_take():
    section = enough_told.section_of(found_of(alike, half_width=0.01, at_most=300))
    assert "The 300 draws allowed are not enough" in section.finding
    assert "are needed" in section.finding


@pytest.mark.parametrize("values", [alike, same, never])
@pytest.mark.parametrize("names", [("a", "b", "c"), ("a", "b")])
def test_everything_is_told_and_drawn_whatever_was_found(values, names, tmp_path):
    found = found_of(lambda chance, count: values(chance, count)[: len(names)], names=names)
    section = enough_told.section_of(found)
    for name, figure in section.figures.items():
        figure.savefig(tmp_path / f"{name}.png")
    text = " ".join([section.finding, *section.sentences, *section.notes])
    assert "nan" not in text and "inf" not in text.replace("confi", "")


def test_what_never_applies_is_not_promised():
    section = enough_told.section_of(found_of(never))
    assert section.finding.startswith("It cannot be told how many draws are enough")
    assert not any("To write into the file" in sentence for sentence in section.sentences)


@pytest.mark.parametrize(("number", "told"), [(64, 64), (356, 360), (1201, 1300), (85_123, 86_000), (2, 2)])
def test_units_are_rounded_up_to_two_figures(number, told):
    assert enough_told.rounded(number) == told


def test_tables_have_the_widest_pair_first():
    table = enough_told.section_of(found_of(alike)).tables["pairs"]
    assert isinstance(table, pd.DataFrame)
    assert table["half-width"].is_monotonic_decreasing
