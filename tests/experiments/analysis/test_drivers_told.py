import numpy as np
import pandas as pd
import pytest

from experiments.analysis import drivers_figures, drivers_told
from experiments.sweeps import sampling
from model.parameters import number_of
from model.vocabulary import InputError

NAMES = ["incident_rate", "escalation", "hotline", "alarm"]
LOW = {name: number_of(name).low for name in NAMES}
HIGH = {name: number_of(name).high for name in NAMES}


class Pretended:
    """A sweep of three strategies, whose hardship rises with the first number and falls with the second."""

    scenarios = ("a-case",)

    def __init__(self, design, points, replicates=3, luck="common", noise=0.05, levers=False):
        self.months = {"a-case": 60}
        self._draws = (
            sampling.filled(design, LOW, HIGH, points, seed=7)
            if design != "none"
            else pd.DataFrame(index=[0])
        ).rename_axis("draw")
        self._how = {"design": design, "points": points, "replicates": replicates, "luck": luck}
        self._how |= {"numbers": list(self._draws), "low": [], "high": []}
        if design != "none":
            self._how |= {"low": list(LOW.values()), "high": list(HIGH.values())}
        self.account = {"levers": ["release"] if levers else []}
        self._levers, self._noise = levers, noise
        self.gone = []

    def sampling(self):
        return self._how

    def draws(self):
        return self._draws

    def strategies(self):
        table = pd.DataFrame({"base": "plain"}, index=pd.Index(["plain", "quiet", "loud"], name="strategy"))
        return table.assign(release=["early", "late", "never"]) if self._levers else table

    def scenario_of(self, named):
        return named or "a-case"

    def strategy_of(self, named):
        if named not in self.strategies().index:
            raise InputError(f"'{named}' is no strategy")
        return named

    def runs(self, columns, scenario=None, dispute=None):
        count, fresh = self._how["replicates"], self._how["luck"] == "fresh"
        chance = np.random.default_rng(3)
        shared = chance.normal(size=count)
        place = (
            (self._draws - pd.Series(LOW)) / (pd.Series(HIGH) - pd.Series(LOW)) if list(self._draws) else None
        )
        rows = []
        for draw in self._draws.index:
            luck = self._noise * (chance.normal(size=count) if fresh else shared)
            for replicate in range(count):
                where = np.zeros(4) if place is None else place.loc[draw].to_numpy()
                base = 0.4 + 0.3 * where[0] - 0.15 * where[1] + luck[replicate]
                for strategy, extra in (("plain", 0.0), ("quiet", -0.1 * where[2]), ("loud", 0.05)):
                    number = draw * count + replicate if fresh else replicate
                    rows.append(("a-case", strategy, number, draw, base + extra))
        runs = pd.DataFrame(rows, columns=["scenario", "strategy", "replicate", "draw", "hardship"])
        runs["settled_and_lasted"] = False
        return runs[~runs["draw"].isin(self.gone)]


def told(results, **asked):
    return drivers_told.section(results, outcome=asked.pop("outcome", "hardship"), **asked)


def test_the_finding_names_the_foremost_number_with_its_share_and_interval():
    found = told(Pretended("saltelli", 64), strategy="plain")
    assert found.finding.startswith(f"incident_rate ({number_of('incident_rate').meaning}) drives")
    assert "“civilian hardship” under plain" in found.question
    assert "alone it accounts for 8" in found.finding
    assert list(found.tables["numbers"]["factor"][:2]) == ["incident_rate", "escalation"]
    assert found.tables["numbers"].loc[0, "unit"] == "a month"
    assert any("More of escalation lowers it" in sentence for sentence in found.sentences)


def test_what_drives_an_advantage_is_not_what_drives_the_outcome():
    found = told(Pretended("saltelli", 64), strategy="quiet", against="plain")
    assert found.finding.startswith("hotline (") and "under quiet minus under plain" in found.finding
    assert any(sentence.startswith("1 of 4 ") for sentence in found.sentences)


def test_luck_that_draws_share_is_no_part_of_an_advantage():
    found = told(Pretended("saltelli", 16), strategy="quiet", against="plain")
    assert any("Luck holds 0%" in sentence for sentence in found.sentences)


def test_effects_of_morris_are_told_in_the_unit_of_the_outcome():
    found = told(Pretended("morris", 10), strategy="plain")
    assert "moves it by 0.30 on a scale of 0 to 1" in found.finding and "mostly up" in found.finding
    assert set(found.figures) == {"numbers", "plane"}


def test_feature_scores_say_which_design_would_tell_more():
    found = told(Pretended("latin-hypercube", 120, luck="fresh"), strategy="plain")
    assert found.finding.startswith("incident_rate (") and "trees explain" in found.finding
    assert any("saltelli and morris" in note for note in found.notes)


def test_numbers_that_foretell_nothing_are_not_called_drivers():
    found = told(Pretended("latin-hypercube", 120, luck="fresh", noise=20.0), strategy="plain")
    assert "foretells nothing for certain" in found.finding


def test_main_effects_in_a_factorial_design_are_shares():
    found = told(Pretended("factorial", 2, replicates=10), strategy="plain")
    assert found.finding.startswith("incident_rate (") and "80%" in found.finding


def test_levers_are_told_beside_the_numbers():
    found = told(Pretended("latin-hypercube", 60, replicates=1, luck="fresh", levers=True))
    assert list(found.tables["levers"]["lever"]) == ["release"]
    assert "levers" in found.figures
    assert "lever: release" in set(found.tables["numbers"]["factor"])


def test_a_lever_is_the_finding_where_no_number_varied():
    found = told(Pretended("none", 1, replicates=20, levers=True))
    assert found.finding.startswith("release drives") and "between generated strategies" in found.finding


def test_where_nothing_varied_that_is_said():
    found = told(Pretended("none", 1))
    assert found.finding.endswith("no number was drawn and no lever was varied") and not found.figures


def test_an_outcome_that_was_the_same_everywhere_has_no_drivers():
    found = told(Pretended("saltelli", 16), outcome="settled_and_lasted")
    assert "it was the same in every draw (0%)" in found.finding and not found.figures


def test_blocks_with_a_missing_run_are_left_out_and_counted():
    results = Pretended("saltelli", 16)
    results.gone = [7, 90]
    found = told(results)
    assert any(
        note.startswith("2 blocks were left out whole") and "14 were used" in note for note in found.notes
    )


def test_too_little_done_is_said():
    results = Pretended("saltelli", 16)
    results.gone = list(range(12, 96))
    assert told(results).finding.endswith("2 blocks are whole, and 4 are needed at least")


def test_draws_lived_once_with_luck_of_their_own_come_with_a_warning():
    found = told(Pretended("saltelli", 16, replicates=1, luck="fresh"))
    assert any(
        "lived once" in sentence and "total indices and effects hold it" in sentence
        for sentence in found.sentences
    )


def test_luck_of_just_these_replicates_is_told_with_the_finding():
    class Moody(Pretended):
        def runs(self, columns, scenario=None, dispute=None):
            runs = super().runs(columns, scenario, dispute)
            mood = 0.3 * np.random.default_rng(1).normal(size=len(runs))  # of each draw and replicate
            return runs.assign(hardship=runs["hardship"] + mood)

    found = told(Moody("saltelli", 64), strategy="plain")
    assert "belongs to the luck of just these replicates" in found.finding


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"against": "plain"}, "stands alone"),
        ({"strategy": "plain", "against": "plain"}, "against itself"),
        ({"strategy": "plan"}, "no strategy"),
        ({"outcome": "label"}, "no outcome with a better"),
    ],
)
def test_what_cannot_be_explained_is_refused(asked, said):
    with pytest.raises(InputError, match=said):
        told(Pretended("saltelli", 16), **asked)


def test_names_in_the_plane_of_effects_do_not_cover_one_another():
    chance = np.random.default_rng(2)
    names = [f"a_number_of_some_length_{place}" for place in range(30)]
    table = pd.DataFrame({"mu_star": chance.random(30), "sigma": chance.random(30)}, index=names)
    table = table.assign(direction="raises", apart=True).sort_values("mu_star", ascending=False)
    figure = drivers_figures.plane(table, "A title", "months", "A note")
    figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in figure.axes[0].texts if label.get_text() in names]
    assert len(boxes) > 8
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])


@pytest.mark.parametrize("count", [1, 15])
def test_as_many_rows_are_drawn_as_there_are_factors(count):
    rows = [
        drivers_figures.Row(f"n{place}", "what it means", 0.2, 0.1, 0.3, "raises", True)
        for place in range(count)
    ]
    figure = drivers_figures.weights(rows, "A title", "share", "A note", "299 others")
    assert len(figure.axes[0].get_yticks()) == count
