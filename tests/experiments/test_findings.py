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


def headline(runs):
    return findings.headline(runs, statistics.differences(runs, "settled_and_lasted"))


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
