from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments import statistics
from experiments.analysis import differences, differences_figures, differences_told
from model.vocabulary import InputError

RNG = np.random.default_rng(20120114)
FRESH = {"luck": "fresh", "design": "latin-hypercube", "replicates": 1, "numbers": ["a"]}
MONTHS = {"a-case": 48}


def swept(worth, draws=60, replicates=1, shared=1.0, own=0.3):
    """Return runs of strategies that share the luck of a draw, each ahead of it by its worth."""
    shape = (draws, replicates)
    luck = shared * RNG.normal(size=(draws, 1)) + 0.3 * RNG.normal(size=shape)
    draw, replicate = np.indices(shape)
    frames = []
    for name, ahead in worth.items():
        value = (luck + ahead + own * RNG.normal(size=shape)).ravel()
        lasted = value > 0
        columns = {
            "scenario": "a-case",
            "strategy": name,
            "dispute": "the-dispute",
            "seed": 7,
            "replicate": replicate.ravel(),
            "draw": draw.ravel(),
            "settled_and_lasted": lasted,
            "settled": lasted,
            "hardship": -value,
            "months_to_agreement": np.where(lasted, 20.0, np.nan),
            "line_trust": np.where(luck.ravel() > 0, value, np.nan),
            "delivery_gap": value,
        }
        frames.append(pd.DataFrame(columns))
    return pd.concat(frames, ignore_index=True)


def read(runs, **sampling):
    """Return results that hold `runs`."""

    def asked(columns, scenario=None, dispute=None):
        missing = [name for name in columns if name not in runs]
        if missing:
            raise InputError(f"'{missing[0]}' was not kept")
        keys = ["scenario", "strategy", "dispute", "seed", "replicate", "draw"]
        return runs[[*keys, *columns]]

    return SimpleNamespace(
        runs=asked,
        outcomes=list(runs.columns),
        sampling=lambda: FRESH | sampling,
        scenarios=["a-case"],
        months=MONTHS,
        finished=True,
    )


def compared(runs, outcome="hardship", against=None, **sampling):
    return differences.compared(runs, outcome, FRESH | sampling, MONTHS, against)


def test_the_paired_interval_covers_the_truth_as_often_as_it_says():
    luck = RNG.normal(size=(600, 25))
    first, second = (luck + worth + 0.5 * RNG.normal(size=luck.shape) for worth in (0.4, 0.0))
    found = statistics.mean_gaps(first - second)
    covered = np.mean((found.low <= 0.4) & (found.high >= 0.4))
    assert 0.92 < covered < 0.975


def test_replicates_of_a_draw_averaged_first_cover_the_truth_and_counted_one_by_one_do_not():
    by_numbers = RNG.normal(size=(400, 20, 1)) + 0.3 * RNG.normal(size=(400, 20, 5))
    averaged = statistics.mean_gaps(statistics.unit_means(by_numbers))
    counted = statistics.mean_gaps(by_numbers.reshape(400, -1))
    assert 0.91 < np.mean((averaged.low <= 0) & (averaged.high >= 0)) < 0.98
    assert np.mean((counted.low <= 0) & (counted.high >= 0)) < 0.75


def test_replicates_of_a_draw_give_the_interval_of_their_means():
    runs = swept({"a": 0.2, "b": 0.0}, draws=30, replicates=4)
    pair = compared(runs, replicates=4).pairs.iloc[0]
    means = runs.groupby(["strategy", "draw"])["hardship"].mean().unstack(0)
    reference = stats.ttest_rel(means["a"], means["b"])
    assert pair.low == pytest.approx(reference.confidence_interval().low)
    assert pair.p == pytest.approx(reference.pvalue)


def test_yes_or_no_in_several_runs_of_a_draw_is_no_share_of_single_runs():
    runs = swept({"a": 0.2, "b": 0.0}, draws=30, replicates=4)
    assert not compared(runs, "settled", replicates=4).shares
    assert compared(runs[runs["replicate"] == 0], "settled").shares


@pytest.mark.parametrize("outcome", ["hardship", "settled_and_lasted"])
def test_with_one_run_a_unit_it_is_the_comparison_of_single_runs(outcome):
    runs = swept({"a": 0.5, "b": 0.0, "c": -0.5})
    found = compared(runs, outcome)
    alone = statistics.differences(runs, outcome)
    pd.testing.assert_frame_equal(found.pairs[alone.columns], alone)


@pytest.mark.parametrize("outcome", ["hardship", "settled_and_lasted"])
def test_identical_strategies_are_never_told_apart(outcome):
    one = swept({"a": 0.0})
    runs = pd.concat([one, one.assign(strategy="b")], ignore_index=True)
    pair = compared(runs, outcome).pairs.iloc[0]
    assert (pair.estimate, pair.p, pair.apart) == (0, 1, False)
    section = differences_told.section(read(runs), outcomes=[outcome])
    assert "told apart" in section.finding
    assert "lower by" not in section.finding


def test_among_equals_a_difference_is_found_no_more_often_than_promised():
    luck = RNG.normal(size=(300, 1, 40))
    sets = luck + RNG.normal(size=(300, 5, 40))
    found = [statistics.contrasts(values[:, :, np.newaxis], list("abcde"))["apart"].any() for values in sets]
    assert sum(found) <= 25  # 5 % of 300 is 15; 25 is beyond the 99 % quantile


def test_a_draw_missing_under_one_strategy_is_left_out_for_all():
    runs = swept({"a": 0.5, "b": 0.0, "c": -0.5})
    short = runs.drop(runs.index[(runs["strategy"] == "c") & (runs["draw"] == 7)])
    found = compared(short)
    assert found.left_out == 1
    pd.testing.assert_frame_equal(found.pairs, compared(runs[runs["draw"] != 7]).pairs)


def test_nothing_complete_is_an_error():
    runs = swept({"a": 0.5, "b": 0.0}, draws=2)
    halves = runs[(runs["strategy"] == "a") == (runs["draw"] == 0)]
    with pytest.raises(InputError, match="no draw has all of its runs"):
        compared(halves)


def test_where_an_outcome_does_not_apply_only_runs_in_which_it_does_to_both_are_compared():
    runs = swept({"a": 0.5, "b": 0.0}, draws=20, replicates=3)
    runs.loc[(runs["strategy"] == "a") & (runs["replicate"] == 0), "line_trust"] = np.nan
    wide = runs.pivot(index=["draw", "replicate"], columns="strategy", values="line_trust")
    gaps = (wide["a"] - wide["b"]).groupby("draw").mean().dropna()
    pair = compared(runs, "line_trust", replicates=3).pairs.iloc[0]
    assert pair.estimate == pytest.approx(gaps.mean())
    told = differences_told.section(read(runs, replicates=3), outcomes=["line_trust"])
    assert any("line trust (where one was open; in " in sentence for sentence in told.sentences)
    assert pair.units == len(gaps)


def test_a_mean_of_easy_cases_is_no_lead_where_both_are_compared():
    runs = swept({"picky": 0.0, "steady": 0.0}, draws=40)
    easy = runs["draw"] < 20
    runs["line_trust"] = np.where(easy, 0.9, 0.2) + 0.01 * RNG.normal(size=len(runs))
    runs["line_trust"] -= 0.1 * (runs["strategy"] == "picky")
    runs.loc[(runs["strategy"] == "picky") & ~easy, "line_trust"] = np.nan
    finding = differences_told.section(read(runs), outcomes=["line_trust"]).finding
    assert "highest under picky" in finding
    assert "yet in the runs where it applies to both, better by 0.10" in finding


def test_draws_that_share_numbers_by_design_count_as_one():
    runs = swept({"a": 0.2, "b": 0.0}, draws=24)
    found = compared(runs, design="saltelli", numbers=["a", "b"])
    assert found.unit == "block"
    assert found.table["units"].tolist() == [6, 6]


def test_nearer_to_nothing_is_better_where_the_outcome_says_so():
    runs = swept({"near": 0.0, "far": -5.0, "above": 4.0})
    assert compared(runs, "delivery_gap").table.index.tolist() == ["near", "above", "far"]


@pytest.mark.parametrize("shared", [0.0, 3.0])
def test_what_pairing_bought_grows_with_what_is_shared(shared):
    found = compared(swept({"a": 0.2, "b": 0.0}, 400, shared=shared))
    expected = np.sqrt(shared**2 + 0.3**2 + 0.3**2) / 0.3
    assert differences.bought(found.pairs).iloc[0] == pytest.approx(expected, rel=0.15)


def test_with_one_strategy_singled_out_only_its_comparisons_are_corrected_for():
    runs = swept({"a": 0.5, "b": 0.0, "c": 0.02, "d": -0.5})
    found = compared(runs, against="b")
    assert found.pairs["second"].tolist() == ["b", "b", "b"]
    assert found.pairs["corrected"].tolist() == statistics.holm(found.pairs["p"]).tolist()
    section = differences_told.section(read(runs), outcomes=["hardship"], against="b")
    assert "under b; better by" in section.finding
    assert "worse by" in section.finding
    assert "not told apart from c." in section.finding + "."


def test_the_leader_is_named_with_its_share_and_who_is_level():
    section = differences_told.section(read(swept({"low": -2.0, "high": 2.0}, 200)))
    assert section.finding.startswith("high settled and lasted most often: in 9")
    assert set(section.tables["ranking"]["outcome"]) >= {"settled_and_lasted", "months_to_agreement"}
    assert any("counted as the whole span" in note for note in section.notes)


def test_one_unit_tells_nothing_apart():
    section = differences_told.section(read(swept({"a": 1.0, "b": 0.0}, draws=1)))
    assert section.finding.startswith("Nothing is told apart: there is only one replicate")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"against": "z"}, "'z' .against. is not among the strategies: a and b"),
        ({"outcomes": ["label"]}, "'label' is no outcome"),
        ({"outcomes": ["leaks"]}, "'leaks' was not kept"),
    ],
)
def test_what_cannot_be_compared_is_said(asked, message):
    with pytest.raises(InputError, match=message):
        differences_told.section(read(swept({"a": 1.0, "b": 0.0})), **asked)


def test_of_many_strategies_the_best_and_the_worst_are_drawn_and_the_one_asked_for():
    names = [f"s{place}" for place in range(60)]
    chosen = differences_figures.shown(names, "s30")
    assert chosen == [*names[:16], "s30", *names[-8:]]
    assert differences_figures.shown(names[:24]) == names[:24]


def test_a_figure_shows_every_strategy_best_on_top_with_a_title_from_the_numbers(tmp_path):
    runs = swept({"low": -2.0, "high": 2.0, "middle": 0.0}, 100)
    drawn = differences_told.section(read(runs), outcomes=["hardship", "settled"]).figures
    assert set(drawn) == {"ranking", "contrasts", "outcomes"}
    axes = drawn["ranking"].axes[0]
    labels = dict(zip(axes.get_yticks(), [text.get_text() for text in axes.get_yticklabels()], strict=True))
    assert [labels[place] for place in sorted(labels, reverse=True)] == ["high", "middle", "low"]
    assert drawn["ranking"].get_suptitle() == ("Civilian hardship: high leads, ahead of every other strategy")
    drawn["outcomes"].savefig(tmp_path / "outcomes.png")
    assert "high" in drawn["outcomes"].get_suptitle()
