import io
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from experiments.analysis import survival_figures, survival_study, survival_told
from model.vocabulary import Cause, InputError, Label, word_of

MONTHS = 72
FRESH = {"luck": "fresh", "design": "latin-hypercube", "replicates": 1, "numbers": ["a"]}
CAUSES = ["stalled", "refusal", "turnover"]


def lived(name, chance, hazard, draws=90, replicates=1, seed=4):
    """Return runs of which a share comes to an agreement, that then dies with the same chance every month."""
    rng = np.random.default_rng([seed, len(name)])
    draw, replicate = (each.ravel() for each in np.indices((draws, replicates)))
    count = draws * replicates
    agreed = rng.uniform(size=count) < chance
    begun = rng.integers(2, 20, count)
    dies = rng.geometric(hazard, count) if hazard else np.full(count, MONTHS)
    died = agreed & (begun + dies < MONTHS)
    span = np.where(died, dies, MONTHS - begun).astype(float)
    columns = {
        "scenario": "a-case",
        "strategy": name,
        "dispute": "the-dispute",
        "seed": 7,
        "replicate": replicate,
        "draw": draw,
        "months_to_first_relief": np.where(agreed, begun - 1.0, np.nan),
        "months_to_agreement": np.where(agreed, begun, np.nan),
        "agreement_survival": np.where(agreed, span, np.nan),
        "agreement_ended": np.where(agreed, died, np.nan),
        "agreement_months": np.where(agreed, span, 0.0),
        "agreement_cause": np.where(died, rng.choice(CAUSES, count), "none"),
        "label": np.where(agreed & ~died, "settled and durable", "stalled"),
    }
    return pd.DataFrame(columns)


def section(*parts, finished=True, **sampling):
    runs = pd.concat(parts, ignore_index=True)
    keys = ["scenario", "strategy", "dispute", "seed", "replicate", "draw"]
    results = SimpleNamespace(
        runs=lambda columns, scenario=None, dispute=None: runs[[*keys, *columns]],
        sampling=lambda: FRESH | sampling,
        scenarios=["a-case"],
        months={"a-case": MONTHS},
        finished=finished,
    )
    return survival_told.section(results)


def drawn(told):
    for figure in told.figures.values():
        figure.savefig(io.BytesIO(), format="png", dpi=30)
    return list(told.figures)


def test_the_strategy_with_most_months_under_an_agreement_leads_though_its_agreements_die_sooner():
    told = section(lived("often", 0.9, 0.02), lived("rarely-but-well", 0.3, 0.0))
    assert told.finding.startswith("Months under an agreement, mean over all runs: highest under often")
    assert "live longest under rarely-but-well" in told.sentences[1]
    assert "tells these two apart" in told.sentences[1]
    assert drawn(told) == ["curves", "lives", "by-month", "deaths"]


def test_months_under_an_agreement_count_runs_that_had_none():
    runs = lived("a", 0.4, 0.02)
    table = section(runs).tables["under-agreement"].set_index("strategy")
    assert table.at["a", "mean"] == pytest.approx(runs["agreement_survival"].fillna(0).mean())


def test_equal_strategies_are_not_told_apart():
    told = section(lived("one", 0.7, 0.02, seed=1), lived("two", 0.7, 0.02, seed=2))
    assert "no two strategies are told apart" in told.finding
    assert "tells these two not apart, and 0 of 1 comparisons" in told.sentences[1]


def test_a_strategy_with_few_agreements_has_no_curve_and_is_named():
    told = section(lived("often", 0.9, 0.02), lived("hardly", 0.05, 0.02))
    assert set(told.tables["curves"]["strategy"]) == {"often"}
    assert any("Fewer than 10 agreements, and so no curve: hardly" in note for note in told.notes)
    assert drawn(told) == ["curves", "lives", "by-month", "deaths"]


def test_where_nobody_ever_agreed_it_is_said_and_waits_are_told_all_the_same():
    told = section(lived("a", 0.0, 0.0), lived("b", 0.0, 0.0))
    assert told.finding == "None of 180 runs came to an agreement, so there is no life to follow"
    assert "An agreement comes in half of the runs under no strategy" in told.sentences[1]
    assert drawn(told) == ["by-month"]


def test_agreements_that_nobody_saw_die_have_no_ways_to_die():
    told = section(lived("a", 0.9, 0.0), lived("other", 0.9, 0.0))
    assert told.tables["deaths"].empty
    assert drawn(told) == ["curves", "lives", "by-month"]


def test_all_deaths_within_some_months_are_what_is_no_longer_alive():
    told = section(lived("a", 0.9, 0.03))
    died = told.tables["deaths"].groupby("month")["share"].sum()
    alive = told.tables["curves"].set_index("month")["survival"]
    assert died.to_numpy() == pytest.approx(1 - alive[died.index].to_numpy())
    assert told.finding.startswith("a spends ")


def test_endings_of_a_strategy_add_up_to_all_its_runs():
    table = section(lived("a", 0.5, 0.02), lived("other", 0.2, 0.0)).tables["endings"]
    assert table.groupby("strategy")["share"].sum().to_numpy() == pytest.approx(1.0)


def test_runs_that_share_a_draw_are_kept_together():
    told = section(lived("a", 0.6, 0.03, draws=40, replicates=4), replicates=4)
    assert any("resamples of 40 draws, whose runs stay together" in note for note in told.notes)


def test_units_in_which_a_strategy_lacks_a_run_are_left_out_and_counted():
    told = section(lived("one", 0.7, 0.02), lived("other", 0.7, 0.02).iloc[:80], finished=False)
    assert set(told.tables["agreements"]["runs"]) == {80}
    assert any(note.startswith("10 draws were left out") for note in told.notes)
    assert any("not finished" in note for note in told.notes)


def test_of_many_strategies_the_best_the_worst_and_some_between_are_drawn():
    order = [f"s{place}" for place in range(25)]
    assert survival_figures.chosen(order, 5) == ["s0", "s6", "s12", "s18", "s24"]
    assert survival_figures.chosen(order[:5], 5) == order[:5]


def test_many_strategies_can_be_drawn():
    told = section(*(lived("s" * (place + 1), 0.6, 0.01 * place, draws=30) for place in range(10)))
    assert drawn(told) == ["curves", "lives", "by-month", "deaths"]
    assert len(told.figures["curves"].axes) == survival_figures.PANELS


def test_every_cause_has_words_and_a_colour():
    causes = {word_of(cause).replace("-", " ") for cause in Cause} - {"none"}
    assert set(survival_study.DEATHS) == set(survival_figures.CAUSES) == causes
    assert len(set(survival_figures.CAUSES.values())) == len(causes) < len(Label)


def test_an_outcome_that_was_not_kept_is_named():
    def refuse(columns, scenario=None, dispute=None):
        raise InputError(f"'{columns[0]}' was not kept")

    with pytest.raises(InputError, match="months_to_first_relief"):
        survival_told.section(SimpleNamespace(runs=refuse, scenarios=["a-case"]))
