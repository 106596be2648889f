import numpy as np
import pandas as pd
import pytest

from experiments import findings, measures, statistics


def lasting(**shares):
    """Return 100 runs a strategy, of which the first so many settled and lasted."""
    frames = [
        pd.DataFrame(
            {
                "strategy": name,
                "replicate": np.arange(100),
                "settled": np.arange(100) < share,
                "settled_and_lasted": np.arange(100) < share,
                "months_to_first_relief": 6.0,
                "months_to_agreement": np.where(np.arange(100) < share, 12.0, np.nan),
                "label": np.where(np.arange(100) < share, "settled and durable", "stalled"),
            }
        )
        for name, share in shares.items()
    ]
    return pd.concat(frames, ignore_index=True)


def headline(runs, copies=()):
    return findings.headline(runs, statistics.differences(runs, "settled_and_lasted"), copies)


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        (
            {"a": 60, "b": 20},
            "a settled and lasted most often: in 60% of 100 runs (50% to 69%), ahead of every",
        ),
        ({"a": 40, "b": 39}, "No strategy is told apart from a, which settled and lasted in 40%"),
        (
            {"a": 60, "b": 59, "c": 10},
            "a leads, settled and lasting in 60% of 100 runs (50% to 69%), but is not",
        ),
        ({"a": 0, "b": 0}, "No strategy settled and lasted in any of 200 runs"),
        ({"a": 30}, "a settled and lasted in 30% of 100 runs"),
    ],
)
def test_headline_says_no_more_than_the_runs_show(shares, sentence):
    assert headline(lasting(**shares)).startswith(sentence)


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        (
            {"a": 40, "b": 10, "a1": 41, "b1": 12},
            "of 2 shuffled copies 1 is not told apart from it and 1 is behind",
        ),
        ({"a": 40, "a1": 41}, "; the shuffled copy is not told apart from it (the best: 41%)"),
        ({"a": 10, "b": 9, "a1": 60, "b1": 70}, "; of 2 shuffled copies 2 are ahead of it (the best: 70%)"),
        ({"a": 40, "a1": 40, "b1": 38}, "; none of 2 shuffled copies is told apart from it"),
        ({"a": 0, "a1": 3}, "in any of 100 runs; the shuffled copy is not told apart from it (the best: 3%)"),
    ],
)
def test_a_shuffled_copy_is_never_told_as_the_best(shares, sentence):
    runs = lasting(**shares)
    copies = [name for name in shares if name.endswith("1")]
    finding = headline(runs, copies)
    assert sentence in finding
    measure = measures.MEASURES[0]
    pairs = statistics.differences(runs, measure.column)
    told = findings.verdict(runs, pairs, measure, copies)
    assert not any(name in text.split() for name in copies for text in (finding, told))
    assert f"under a ({shares['a']}%)" in told or f"{shares['a']}% under a" in told


def test_relief_is_not_said_to_begin_soonest_under_a_shuffled_copy():
    runs = lasting(a=60, a1=60)
    runs.loc[runs["strategy"] == "a1", "months_to_first_relief"] = 2.0
    assert findings.waiting_title(findings.summary(runs), ["a1"]) == (
        "Relief begins soonest under a (median month 6)"
    )


def test_behind_a_median_that_is_never_stand_those_that_got_there():
    assert findings.seldom(findings.summary(lasting(a=60, b=70))) == []
    assert findings.seldom(findings.summary(lasting(a=60, b=20))) == [
        findings.MEDIANS,
        "Under b half of the runs or more never came to an agreement; of those that did (20% of runs), "
        "half were there by month 12.",
    ]
    runs = lasting(a=10, b=20)
    runs["months_to_first_relief"] = np.nan
    runs.loc[runs["strategy"].eq("b") & runs["settled"], "months_to_agreement"] = 30.0
    assert findings.seldom(findings.summary(runs))[1:] == [
        "Under every strategy half of the runs or more never had relief; none did.",
        "Under every strategy half of the runs or more never came to an agreement; of those that did "
        "(10% to 20% of runs), half were there by month 12 to 30.",
    ]


def test_verdict_tells_real_differences_from_those_not_told_apart():
    runs = lasting(a=60, b=59, c=10)
    measure = measures.MEASURES[0]
    told = findings.verdict(runs, statistics.differences(runs, measure.column), measure)
    assert told == (
        "Settled and lasted: highest under a (60%); lower by 50 points under c; not told apart from b."
    )


def test_every_strategy_has_its_standing():
    runs = lasting(a=60, b=59, c=10)
    assert findings.standings(runs, statistics.differences(runs, "settled_and_lasted")) == [
        "a is ahead of c and is not told apart from b.",
        "b is ahead of c and is not told apart from a.",
        "c is behind every other strategy.",
    ]


def test_commonest_failure_leaves_out_what_succeeded():
    assert findings.commonest_failure(lasting(a=60)) == ("stalled", 0.4)
    assert findings.commonest_failure(lasting(a=100)) == ("none", 0.0)


def test_a_run_without_relief_waited_the_whole_time():
    runs = lasting(a=50)
    runs.loc[0, "months_to_first_relief"] = np.nan
    assert findings.prepared(runs, 48)["months_waited"].tolist()[:2] == [48, 6]


def test_unequal_means_are_said_and_equal_ones_are_not():
    totals = pd.DataFrame(
        {"relief": [0.2, 0.2], "pressure": [10.0, 20.0], "effort": [100.0, 101.0]}, index=["a", "b"]
    )
    assert findings.unequal_means(totals) == [
        "Total pressure planned differs: 10 (a) to 20 (b), in level x months."
    ]


def test_long_lists_are_cut_and_counted():
    assert findings.listed(["a"]) == "a"
    assert findings.listed(["a", "b", "c"]) == "a, b and c"
    assert findings.listed(list("abcdefgh"), 4) == "a, b, c and 5 others"
    assert findings.listed([]) == ""


def test_summary_is_sorted_best_first(runs):
    shares = findings.summary(runs)["share"].tolist()
    assert shares == sorted(shares, reverse=True)
