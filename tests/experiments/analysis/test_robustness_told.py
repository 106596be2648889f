from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from experiments.analysis import parallel_axes, robustness_told
from model.vocabulary import InputError

GOALS = ["settled_and_lasted", "months_to_first_relief", "hardship", "legitimacy_sender", "legitimacy_target"]
KEYS = ["scenario", "strategy", "draw", "replicate"]


class Pretended(SimpleNamespace):
    """The results of a sweep whose strategies are of known worth."""

    def runs(self, columns, scenario=None, dispute=None):
        chosen = self.table if scenario is None else self.table[self.table["scenario"] == scenario]
        return chosen[[*KEYS, *columns]].reset_index(drop=True)

    def sampling(self):
        return {"luck": self.luck, "design": self.design}


def pretended(worth, draws=40, replicates=1, luck="fresh", design="latin-hypercube", thresholds=None, seed=5):
    chance = np.random.default_rng(seed)
    rows = pd.MultiIndex.from_product(
        [["a-case"], list(worth), range(draws), range(replicates)], names=KEYS
    ).to_frame(index=False)
    shared = chance.normal(size=(draws, replicates))[rows["draw"], rows["replicate"]]
    good = rows["strategy"].map(worth).to_numpy(float) + 0.3 * shared
    noise = chance.normal(size=(4, len(rows)))
    rows["settled_and_lasted"] = good + 0.3 * noise[0] > 0
    rows["months_to_first_relief"] = np.where(good + 0.1 * noise[1] > -2, 20 - 5 * good + noise[1], np.nan)
    rows["hardship"] = 1 / (1 + np.exp(good + 0.1 * noise[2]))
    rows["legitimacy_sender"] = rows["legitimacy_target"] = 1 / (1 + np.exp(-good - 0.1 * noise[3]))
    return Pretended(
        table=rows,
        months={"a-case": 48},
        outcomes=GOALS,
        luck=luck,
        design=design,
        account={"thresholds": thresholds or {}},
    )


@pytest.fixture(scope="module")
def told():
    return robustness_told.section(pretended({"brave-talks": 2.0, "calm-talks": 0.0, "dull-talks": -2.0}))


def test_a_strategy_better_at_everything_is_said_to_be(told):
    assert told.finding.startswith("brave-talks is at least as good as every other strategy at every goal (")
    assert "; it meets all thresholds in the most states (" in told.finding
    assert told.finding.endswith("ahead of every other strategy.")


def test_strategies_of_equal_worth_are_not_told_apart():
    found = robustness_told.section(pretended({"brave-talks": 0.0, "calm-talks": 0.0, "dull-talks": 0.0}))
    regret = next(sentence for sentence in found.sentences if sentence.startswith("Settled and lasted:"))
    assert "not told apart from any other strategy" in regret
    assert found.finding.endswith("not told apart from any other strategy.")


def test_a_single_run_a_state_is_said_to_leave_luck_in_regret(told):
    [said] = [sentence for sentence in told.sentences if "regret contains luck" in sentence]
    assert "a single run of each strategy" in said
    assert "replicates needed a state: at most" in said
    assert told.tables["regret"]["mean beyond luck"].isna().all()


def test_regret_is_bounded_from_both_sides_where_a_state_holds_several_runs():
    found = robustness_told.section(pretended({"brave-talks": 0.1, "calm-talks": 0.0}, replicates=4))
    regret = found.tables["regret"]
    assert (regret["mean beyond luck"] <= regret["mean"]).all()
    assert any(
        sentence.startswith("Mean regret, from a best chosen on other luck") for sentence in found.sentences
    )


def test_thresholds_are_those_asked_for_then_those_of_the_experiment_then_medians(told):
    results = pretended({"brave-talks": 2.0, "calm-talks": 0.0}, thresholds={"hardship": 0.25})
    asked = robustness_told.section(results, thresholds={"settled_and_lasted": 0.5}).sentences
    assert "Thresholds, as asked: settled and lasted at least 50%." in asked
    assert "Thresholds, as asked: hardship at most 0.250." in robustness_told.section(results).sentences
    assert any("the median of each over all strategies and states" in sentence for sentence in told.sentences)


def test_a_threshold_that_is_no_median_is_said_to_be_a_mean(told):
    [said] = [sentence for sentence in told.sentences if sentence.startswith("Thresholds")]
    assert "(of settled and lasted the mean" in said
    assert "hardship the mean" not in said


def test_an_outcome_that_is_the_same_everywhere_has_no_leader():
    results = pretended({"brave-talks": 2.0, "calm-talks": 0.0})
    results.table["settled_and_lasted"] = False
    found = robustness_told.section(results)
    assert "Settled and lasted: in no state does any strategy do better than another." in found.sentences


def test_outcomes_are_those_asked_for_and_one_alone_has_no_front():
    found = robustness_told.section(pretended({"brave-talks": 1.0, "calm-talks": 0.0}), outcomes=["hardship"])
    assert "front" not in found.figures
    assert set(found.tables["regret"]["outcome"]) == {"hardship"}


def test_goals_that_were_not_kept_are_not_asked_for():
    results = pretended({"brave-talks": 1.0, "calm-talks": 0.0})
    results.outcomes = ["settled_and_lasted", "hardship", "legitimacy_sender"]
    found = robustness_told.section(results)
    assert set(found.tables["regret"]["outcome"]) == {"settled_and_lasted", "hardship"}
    results.outcomes = ["leaks"]
    with pytest.raises(InputError, match="was kept: name other outcomes"):
        robustness_told.section(results)


def test_what_the_intervals_do_not_cover_is_noted():
    worth = {"brave-talks": 1.0, "calm-talks": 0.0}
    common = " ".join(robustness_told.section(pretended(worth, luck="common", design="saltelli")).notes)
    assert "All draws share the luck of their replicates" in common
    assert "points of a design (saltelli)" in common
    fixed = " ".join(robustness_told.section(pretended(worth, draws=1, replicates=30)).notes)
    assert "The numbers of the model did not vary: the 30 states of the world are replicates" in fixed


def test_figures_of_many_strategies_show_the_front_the_best_and_the_worst_and_say_so():
    worth = {f"talks-{place:02}": place / 10 for place in range(30)}
    found = robustness_told.section(pretended(worth))
    shown = [label.get_text() for label in found.figures["regret"].axes[0].get_yticklabels()]
    assert len(shown) == 24
    assert {"talks-29", "talks-00"} <= set(shown)
    for told in (*found.notes[-1:], *(figure.get_supxlabel() for figure in found.figures.values())):
        assert "Shown: 24 of 30 strategies" in told.replace("\n", " ")


def test_places_are_drawn_in_the_rows_of_their_strategies(told):
    axes = told.figures["places"].axes[0]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    rows = dict(zip(axes.get_yticks(), labels, strict=True))
    image = axes.images[0]
    top, bottom = image.get_extent()[3], image.get_extent()[2]
    shares = told.tables["places"].set_index("strategy")
    for row, drawn in enumerate(image.get_array()):
        height = top - (row + 0.5) * (top - bottom) / len(labels)  # origin at the top
        assert np.asarray(drawn) == pytest.approx(shares.loc[rows[round(height)]].to_numpy())


def test_every_figure_can_be_drawn(told):
    assert set(told.figures) == {"regret", "places", "thresholds", "front"}
    for figure in told.figures.values():
        FigureCanvasAgg(figure).draw()


def test_names_are_moved_apart_as_little_as_needed():
    assert parallel_axes.spread([0.0, 0.5, 1.0], 0.1) == [0.0, 0.5, 1.0]
    assert parallel_axes.spread([0.5, 0.5], 0.2) == pytest.approx([0.4, 0.6])
    found = parallel_axes.spread(sorted(np.random.default_rng(1).random(30)), 0.05)
    assert np.diff(found).min() >= 0.05 - 1e-12


def test_a_place_on_the_front_that_hangs_on_the_draws_is_not_said_to_be_sure():
    found = robustness_told.section(pretended({"brave-talks": 0.0, "calm-talks": 0.0, "dull-talks": -3.0}))
    members = found.tables["front"].loc[found.tables["front"]["front"], "membership"]
    assert sorted(members >= 0.95) == [False, True]
    assert found.finding.startswith("2 of 3 strategies are on the Pareto front")
    assert "(1 of them surely)" in found.finding
