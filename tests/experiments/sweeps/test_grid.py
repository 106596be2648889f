"""Every run of an experiment has one number, and its number says all about it."""

import itertools

import numpy as np
import pytest
import tomli_w

from experiments.sweeps.experiment import load_experiment
from experiments.sweeps.grid import Batch, grid_of
from model.strategy import load_strategy
from model.vocabulary import InputError

SAID = {
    "name": "x",
    "title": "T",
    "scenarios": ["iran-2012", "two-disputes"],
    "strategies": ["step-for-step", "big-bang", "quiet-ladder"],
    "replicates": 4,
    "uncertain": {"points": 5, "numbers": ["leak_base", "patience"]},
}
RUNS = 2 * 5 * 4 * 3


def grid(**said):
    return grid_of(load_experiment(SAID | said))


def whole(made, scenario):
    """Return the designs of all runs in a scenario."""
    begin = scenario * made.per_scenario
    return made.designs(Batch(0, scenario, begin, begin + made.per_scenario))


# --- numbers of runs ---


@pytest.mark.parametrize("luck", ["fresh", "common"])
def test_a_number_is_one_run_and_a_run_has_one_number(luck):
    made = grid(uncertain=SAID["uncertain"] | {"luck": luck})
    for scenario in (0, 1):
        designs = whole(made, scenario)
        replicate = designs.replicate % 4 if luck == "fresh" else designs.replicate
        runs = list(zip(designs.draw, replicate, designs.plan, strict=True))
        assert runs == list(itertools.product(range(5), range(4), range(3)))
    assert made.runs == RUNS and made.per_scenario == RUNS // 2


@pytest.mark.parametrize("runs", [1, 7, 64, 65, 900, 70_000, 200_000])
def test_batches_cover_every_run_once_and_none_is_of_two_scenarios(runs):
    made = grid(strategies=["big-bang"], replicates=1, uncertain={"points": runs, "numbers": ["patience"]})
    assert [batch.number for batch in made.batches] == list(range(len(made.batches)))
    ends = [(batch.first, batch.last) for batch in made.batches]
    assert [0, *(last for _, last in ends)] == [*(first for first, _ in ends), 2 * runs]
    for batch in made.batches:
        assert batch.size > 0
        assert {batch.first // runs, (batch.last - 1) // runs} == {batch.scenario}


def test_a_run_is_the_same_in_whatever_batch_it_is_asked_for():
    made = grid()
    every = whole(made, 1)
    part = made.designs(Batch(9, 1, made.per_scenario + 17, made.per_scenario + 31))
    assert (part == every[17:31]).all()


def test_fresh_luck_is_another_for_every_draw_and_the_same_for_all_strategies():
    designs = whole(grid(), 0)
    lucks = {(draw, replicate) for draw, replicate in zip(designs.draw, designs.replicate, strict=True)}
    assert len(lucks) == len({replicate for _, replicate in lucks}) == 20
    for luck in lucks:
        assert sorted(designs.plan[(designs.draw == luck[0]) & (designs.replicate == luck[1])]) == [0, 1, 2]


def test_common_luck_is_the_same_in_every_draw():
    designs = whole(grid(uncertain=SAID["uncertain"] | {"luck": "common"}), 0)
    assert {tuple(sorted(set(designs.replicate[designs.draw == draw]))) for draw in range(5)} == {
        (0, 1, 2, 3)
    }


def test_scenarios_share_draws_and_luck():
    made = grid(seed=11)
    assert (whole(made, 0) == whole(made, 1)).all()
    assert set(whole(made, 0).seed) == {11}


def test_the_models_numbers_are_the_drawn_ones_and_else_their_defaults():
    made = grid()
    table = made.numbers(1, 4)
    assert table["patience"].tolist() == made.draws["patience"].tolist()[1:4]
    assert np.ptp(table["leak_base"]) > 0 and np.ptp(table["loss_aversion"]) == 0
    table["patience"] = 0
    assert (made.numbers(1, 4)["patience"] > 0).any()


def test_a_run_has_a_row_for_every_dispute_of_its_scenario():
    assert grid().rows == RUNS // 2 + 2 * RUNS // 2


def test_months_are_the_scenarios_own_unless_they_are_said():
    made = grid()
    assert [made.months(place) for place in (0, 1)] == [scenario.months for scenario in made.scenarios]
    assert [grid(months=6).months(place) for place in (0, 1)] == [6, 6]


def test_outcomes_are_kept_in_one_order_and_that_which_is_asked_about_among_them():
    kept = grid(outcomes=["label", "hardship"], outcome="leaks").outcomes
    assert sorted(kept) == ["hardship", "label", "leaks"]
    assert kept == grid(outcomes=["hardship", "leaks", "label"], outcome="leaks").outcomes
    assert len(grid().outcomes) > 30


def test_a_mechanism_that_is_switched_off_is_off_in_every_scenario():
    for setting in grid(without=["M14"]).settings:
        assert setting.switches["m14"] == 0.0 and setting.switches["m15"] == 1.0


# --- what fits where ---

MEASURES = {
    "name": "asked",
    "dimension": "D13",
    "levels": ["rights", "ceasefire", "all that is demanded"],
}


def test_generated_strategies_that_fit_no_scenario_are_left_out_and_it_is_said():
    made = grid(
        scenarios=["iran-2012"],
        strategies=["step-for-step"],
        generate={"levers": [MEASURES, {"name": "wait", "key": "every_stage.dwell", "levels": [1, 4]}]},
    ).made
    assert set(made.table["asked"]) == {"rights", "all that is demanded"}
    assert [strategy.name for strategy in made.strategies] == made.table.index.tolist()
    assert set(made.points.index) == set(made.table.index)
    assert made.notes[-1].startswith("2 of 6 generated strategies do not fit, such as: ")
    assert "ceasefire: is not demanded" in made.notes[-1]


def test_where_none_fits_it_is_refused():
    levels = {"levers": [MEASURES | {"levels": ["ceasefire", "withdrawal"]}]}
    with pytest.raises(InputError, match=r"no strategy that is generated fits every scenario: .*ceasefire"):
        grid(scenarios=["iran-2012"], strategies=["step-for-step"], generate=levels)


def test_a_strategy_that_is_named_has_to_fit(tmp_path):
    text = load_strategy("big-bang").text().replace("asks = { all = 1.0 }", "asks = { ceasefire = 1.0 }")
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="ceasefire: is not demanded"):
        grid(scenarios=["iran-2012"], strategies=[str(tmp_path / "own.toml")])


# --- whose rows may stand together ---

LEVERS = {"levers": [{"name": "wait", "key": "every_stage.dwell", "levels": [1, 4]}]}


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"seed": 8}, {"experiment"}),
        ({"months": 30}, {"experiment"}),
        ({"replicates": 5}, {"experiment"}),
        ({"without": ["M14"]}, {"experiment"}),
        ({"uncertain": SAID["uncertain"] | {"points": 6}}, {"experiment"}),
        ({"uncertain": SAID["uncertain"] | {"ranges": {"leak_base": [0.004, 0.01]}}}, {"experiment"}),
        ({"uncertain": SAID["uncertain"] | {"luck": "common"}}, {"experiment"}),
        ({"generate": LEVERS}, {"experiment", "strategies"}),
        ({"strategies": ["step-for-step", "big-bang"]}, {"strategies"}),
        ({"strategies": ["big-bang", "step-for-step", "quiet-ladder"]}, {"strategies"}),
        ({"scenarios": ["two-disputes"]}, {"scenarios"}),
        ({"outcomes": ["hardship"]}, {"outcomes"}),
    ],
)
def test_what_decides_the_rows_makes_it_another_sweep(changed, what):
    before, after = grid().identity, grid(**changed).identity
    assert {name for name in before if before[name] != after[name]} == what


def test_the_outcome_that_is_asked_about_makes_it_another_sweep_only_where_it_was_not_kept():
    assert grid(outcome="leaks").identity == grid().identity
    few = grid(outcomes=["hardship", "leaks"]).identity
    assert grid(outcomes=["hardship", "leaks"], outcome="leaks").identity != few  # one column less
    assert grid(outcomes=["leaks", "hardship"]).identity == few


def test_how_it_is_told_does_not_make_it_another_sweep():
    told = {"title": "Other", "description": "Other", "thresholds": {"hardship": 0.3}}
    assert grid(**told).identity == grid().identity


def test_a_path_to_the_same_text_does_not_make_it_another_sweep_and_another_text_does(tmp_path):
    def through(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return grid(strategies=[str(tmp_path / name)]).identity

    text = load_strategy("big-bang").text()
    assert through("a.toml", text) == through("b.toml", text)
    assert (
        through("a.toml", text)["strategies"] != through("b.toml", text.replace("1.4", "1.3"))["strategies"]
    )


def test_another_file_of_draws_makes_it_another_sweep(tmp_path):
    def through(name, values):
        (tmp_path / name).write_text("patience\n" + "\n".join(map(str, values)))
        return grid(
            uncertain={"design": "posterior", "points": 4, "posterior": str(tmp_path / name)}
        ).identity

    one = through("a.csv", [10, 20])
    assert through("b.csv", [10, 20]) == one
    assert {name for name, digest in through("a.csv", [10, 25]).items() if digest != one[name]} == {"draws"}


def test_a_file_and_what_it_says_in_python_are_the_same_sweep(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(tomli_w.dumps(SAID), encoding="utf-8")
    assert grid_of(load_experiment(path)).identity == grid().identity


def test_numbers_are_drawn_at_once_or_when_they_are_needed(tmp_path):
    gone = {"design": "sobol", "points": 100, "numbers": ["patience"]}
    later = grid_of(load_experiment(SAID | {"uncertain": gone}), drawn_later=True)
    with pytest.raises(InputError, match=r"uncertain\.points"):
        _ = later.draws
    with pytest.raises(InputError, match=r"uncertain\.points"):
        grid(uncertain=gone)
