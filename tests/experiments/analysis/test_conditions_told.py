from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from experiments.analysis import conditions_figures, conditions_told, conditions_words
from model.parameters import Parameters, number_of
from model.vocabulary import InputError

NUMBERS = ("leak_base", "pace", "inertia", "leaning")
STRATEGIES = ["step-for-step", "big-bang", "deep-secret"]


def sweep(draws=700, effect=True, replicates=1, without=(), **sampling):
    """Return a sweep in which step-for-step loses where leaks are likely and meetings win little trust."""
    luck = np.random.default_rng(11)
    shares = pd.DataFrame(luck.random((draws, len(NUMBERS))), columns=list(NUMBERS))
    spans = {name: (number_of(name).low, number_of(name).high) for name in NUMBERS}
    table = pd.DataFrame({name: low + shares[name] * (high - low) for name, (low, high) in spans.items()})
    poor = (shares["leak_base"] > 0.6) & (shares["pace"] < 0.5) & effect
    chances = {"step-for-step": np.where(poor, 0.1, 0.8), "big-bang": 0.6, "deep-secret": 0.3}
    rows = [
        {
            "scenario": "a-case",
            "strategy": strategy,
            "dispute": "d",
            "seed": 7,
            "replicate": replicate,
            "draw": np.arange(draws),
            "settled_and_lasted": luck.random(draws) < chance,
            "hardship": 0.5 - 0.4 * np.asarray(chance) + 0.01 * luck.random(draws),
        }
        for strategy, chance in chances.items()
        for replicate in range(replicates)
    ]
    runs = pd.concat([pd.DataFrame(row) for row in rows], ignore_index=True)
    runs = runs[~(runs["draw"].isin(without) & (runs["strategy"] == "big-bang"))]
    told = {
        "design": "latin-hypercube",
        "points": draws,
        "replicates": replicates,
        "luck": "fresh",
    } | sampling
    return SimpleNamespace(
        runs=lambda columns, scenario=None, dispute=None: runs,
        draws=lambda: table.rename_axis("draw"),
        sampling=lambda: told,
        strategies=lambda: pd.DataFrame(index=pd.Index(STRATEGIES, name="strategy")),
        scenarios=["a-case"],
        disputes={"a-case": ["d"]},
        months={"a-case": 60},
    )


@pytest.fixture(scope="module")
def told():
    return conditions_told.section(sweep(), "step-for-step", "big-bang")


def test_the_planted_conditions_are_said_in_words_and_in_the_right_direction(told):
    assert told.finding.startswith("step-for-step loses to big-bang in ")
    assert f"leak_base ({number_of('leak_base').meaning}) is above 0.00" in told.finding
    assert f"pace ({number_of('pace').meaning}) is below 0.1" in told.finding
    assert "inertia" not in told.finding
    assert "of all worlds, and elsewhere it does in" in told.finding


def test_the_finding_gives_its_share_with_an_interval_from_the_held_out_half(told):
    row = told.tables["shares"].query("box == 1 and half == 'held out'").iloc[0]
    assert f"in {row.density:.0%} ({row.density_low:.0%} to {row.density_high:.0%}) of worlds" in told.finding
    assert f"these are {row.mass:.0%} of all worlds" in told.finding


def test_every_limit_of_the_box_is_weighed_by_itself(told):
    sentences = " ".join(told.sentences)
    assert "Without the limit on leak_base" in sentences
    assert "Without the limit on pace" in sentences


def test_the_figures_show_the_way_the_ranges_and_the_worlds(told):
    assert set(told.figures) == {"trajectory", "ranges", "worlds"}
    assert "leak_base is above" in told.figures["ranges"].get_suptitle()
    for figure in told.figures.values():
        figure.draw_without_rendering()


def test_the_meaning_of_an_axis_stands_beside_the_plot_in_three_lines_at_most(told):
    figure, known = told.figures["worlds"], Parameters().table()
    lines = [conditions_figures._axis(name, conditions_figures.UP).splitlines() for name in known.index]
    assert max(map(len, lines)) == 3
    figure.draw_without_rendering()
    label, title = figure.axes[0].yaxis.label.get_tightbbox(), figure._suptitle.get_tightbbox()
    assert 0 < label.ymin < label.ymax < title.ymin


def test_the_box_is_drawn_around_the_cases_it_is_about(told):
    axes = told.figures["worlds"].axes[0]
    frame = axes.patches[0]
    limits = told.tables["limits"].query("box == 1").set_index("number")
    assert axes.get_xlabel().startswith("leak_base")
    assert frame.get_x() == pytest.approx(limits.loc["leak_base", "low"])
    assert frame.get_y() + frame.get_height() == pytest.approx(limits.loc["pace", "high"])


def test_where_there_is_nothing_it_is_said_and_what_could_have_been_seen():
    told = conditions_told.section(sweep(effect=False), "step-for-step", "big-bang")
    assert told.finding.startswith("No conditions were found that hold out of sample")
    assert "could be claimed only from a density of" in " ".join(told.sentences)
    assert list(told.figures) == ["trajectory"]


def test_without_a_rival_the_best_other_strategy_is_taken_and_named():
    results = sweep()
    means = results.runs(()).groupby("strategy")["settled_and_lasted"].mean()
    best = means.drop("deep-secret").idxmax()
    told = conditions_told.section(results, "deep-secret", numbers=["inertia"])
    assert f"deep-secret loses to {best} " in told.question
    assert f"No rival was named: {best} is the best of the other strategies" in " ".join(told.sentences)


def test_a_threshold_is_missed_above_it_where_less_is_better():
    told = conditions_told.section(sweep(), "step-for-step", outcome="hardship", at_least=0.3)
    assert told.finding.startswith("step-for-step exceeds 0.3 on hardship in 100%")


def test_only_the_numbers_that_are_named_are_restricted():
    told = conditions_told.section(sweep(), "step-for-step", "big-bang", numbers=["pace", "inertia"])
    assert set(told.tables["limits"]["number"]) == {"pace"}
    assert set(told.figures) == {"trajectory", "ranges", "worlds"}


def test_worlds_that_lack_a_run_are_left_out_and_counted():
    told = conditions_told.section(sweep(without=(3, 5)), "step-for-step", "big-bang", numbers=["pace"])
    assert "2 worlds are left out because runs are missing." in told.sentences
    assert "Over all 698 worlds" in " ".join(told.sentences)


def test_too_few_cases_are_too_few_to_look():
    told = conditions_told.section(sweep(draws=60), "step-for-step", "big-bang")
    assert told.finding.startswith("There are too few worlds of one kind")
    assert not told.figures


def test_a_sweep_without_varied_numbers_has_no_conditions():
    results = sweep(draws=60)
    results.draws = lambda: pd.DataFrame(index=pd.RangeIndex(1, name="draw"))
    assert "No number of the model varied" in conditions_told.section(results, "step-for-step").finding


def test_many_looks_and_shared_luck_are_said():
    results = sweep(luck="common", design="saltelli", points=100)
    notes = " ".join(conditions_told.section(results, "step-for-step", "big-bang", looks=3).notes)
    assert "3 such questions were put to this sweep" in notes
    assert "share the luck of their replicates" in notes
    assert "share coordinates" in notes


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.009, np.inf, "above 0.009 a month"),
        (-np.inf, 0.009, "below 0.009 a month"),
        (0.004, 0.009, "between 0.004 and 0.009 a month"),
    ],
)
def test_limits_are_worded_by_the_side_that_is_free(low, high, words):
    assert conditions_words.limits("leak_base", low, high) == words
    assert conditions_words.limits("inertia", 0.6, np.inf) == "above 0.6"


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"strategy": "big-bag"}, "big-bang"),
        ({"strategy": "big-bang", "against": "big-bang"}, "cannot lose to itself"),
        (
            {"strategy": "big-bang", "against": "deep-secret", "at_least": 0.5},
            "either a rival or a threshold",
        ),
        ({"strategy": "big-bang", "outcome": "setled"}, "settled"),
        ({"strategy": "big-bang", "margin": -1}, "allowed is 0 or more"),
        ({"strategy": "big-bang", "numbers": ["hotline"]}, "did not vary"),
        ({"strategy": "big-bang", "looks": 0}, "allowed is 1 or more"),
    ],
)
def test_a_wrong_question_is_refused_with_what_is_allowed(asked, complaint):
    with pytest.raises(InputError, match=complaint):
        conditions_told.section(sweep(draws=60), **asked)
