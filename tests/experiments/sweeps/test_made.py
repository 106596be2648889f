"""What an experiment makes of its strategies: every combination once, and told of what it was made."""

import math
import re

import pandas as pd
import pytest

from experiments.sweeps.experiment import load_experiment
from experiments.sweeps.made import made
from model.scenario import load_scenario
from model.strategy import load_strategy
from model.vocabulary import InputError

IRAN = load_scenario("iran-2012")
FILE_SAFE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")

SECRECY = {"name": "secret", "key": "talks.secrecy_months", "low": 3, "high": 36}
TRACK = {"name": "track", "key": "talks.track", "levels": ["public", "private"]}
WAIT = {"name": "wait", "key": "every_stage.dwell", "levels": [1, 3, 5]}
DEPTH = {"name": "depth", "key": "talks.secrecy", "low": 0.1, "high": 0.9}


def make(*levers, bases=("step-for-step",), **generate):
    said = {"name": "x", "title": "T", "scenarios": ["iran-2012"], "strategies": list(bases)}
    experiment = load_experiment(said | {"generate": {"levers": list(levers)} | generate})
    return made(experiment, [load_strategy(base) for base in bases])


def test_without_anything_to_generate_strategies_are_those_that_are_named():
    bases = [load_strategy("big-bang"), load_strategy("step-for-step")]
    said = {"name": "x", "title": "T", "scenarios": ["iran-2012"], "strategies": ["a", "b"]}
    found = made(load_experiment(said), bases)
    assert found.strategies == bases
    assert found.table["base"].tolist() == found.table.index.tolist() == ["big-bang", "step-for-step"]
    assert found.points.empty and not found.levers and not found.orders


def test_a_factorial_has_every_combination_of_levels_and_orders_once():
    found = make(WAIT, DEPTH | {"count": 4}, order={"sample": 5})
    assert len(found.strategies) == 3 * 4 * 5
    assert found.orders == {"step-for-step": (120, 5)}
    assert found.table.groupby(["wait", "depth"]).size().tolist() == [5] * 12
    assert set(found.table["order"].map(len)) == {5}
    assert found.table["steps"].iloc[0] == tuple(
        stage.title for stage in load_strategy("step-for-step").stages
    )


def test_a_strategy_says_what_its_row_says():
    found = make(WAIT, SECRECY)
    for strategy in found.strategies:
        row = found.table.loc[strategy.name]
        assert {stage.dwell for stage in strategy.stages} == {row["wait"]}
        assert strategy.talks.secrecy_months == row["secret"]


def test_all_valid_orders_are_made_where_none_are_drawn():
    found = make(order={"before": [["First step", "Second step"], ["Second step", "Third step"]]})
    assert len(found.strategies) == math.factorial(5) // 6
    places = found.table["order"].map(lambda order: (order.index(0), order.index(1), order.index(2)))
    assert all(first < second < third for first, second, third in places)


def test_a_strategy_has_the_same_means_in_every_order():
    found = make(order={"sample": 30})
    (totals,) = {tuple(round(total, 9) for total in strategy.totals(IRAN)) for strategy in found.strategies}
    assert totals[0] == pytest.approx(load_strategy("step-for-step").totals(IRAN).relief)


def test_more_orders_than_wanted_are_refused_with_what_can_be_done():
    with pytest.raises(InputError, match=r"120 valid orders, more than at_most .100.: name a sample"):
        make(order={"at_most": 100})


@pytest.mark.parametrize(
    ("design", "points", "size"),
    [("latin-hypercube", 12, 12), ("sobol", 8, 8), ("saltelli", 4, 16), ("morris", 3, 9)],
)
def test_points_of_a_design_become_levels_within_their_ranges(design, points, size):
    found = make(DEPTH, SECRECY, design=design, points=points)
    assert len(found.points) == size
    assert found.table["depth"].between(0.1, 0.9).all()
    assert set(found.table["secret"]) <= set(range(3, 37))
    assert found.points[["depth", "secret"]].stack().between(0, 1).all()


def test_points_stand_in_the_order_of_their_design():
    blocks = (
        make(DEPTH, WAIT, design="saltelli", points=4).points[["depth", "wait"]].to_numpy().reshape(4, 4, 2)
    )
    for first, one, other, last in blocks:
        assert (one == [last[0], first[1]]).all() or (one == [first[0], last[1]]).all()
        assert (one != other).all()


def test_every_point_is_where_its_strategy_stands():
    found = make(WAIT, design="latin-hypercube", points=30)
    cells = (found.points["wait"] * 3).astype(int)
    assert (cells.map({0: 1, 1: 3, 2: 5}) == found.table["wait"].reindex(cells.index).astype(int)).all()
    assert len(found.strategies) == 3
    assert found.notes == ["27 of 30 combinations of step-for-step say the same as another and are run once."]


def test_a_lever_that_cannot_act_beside_another_has_no_level_there():
    found = make(TRACK, SECRECY)
    assert len(found.strategies) == 1 + 3
    assert found.table["secret"].isna().tolist() == (found.table["track"] == "public").tolist()
    assert found.notes == ["2 of 6 combinations of step-for-step say the same as another and are run once."]


def test_a_lever_that_cannot_act_has_no_level_also_where_no_two_points_say_the_same():
    promise = {"name": "promise", "key": "framing.promise", "low": 0.5, "high": 1.5}
    found = make(TRACK, SECRECY, DEPTH, promise, design="latin-hypercube", points=20)
    assert len(found.strategies) == 20
    public = found.table["track"] == "public"
    assert 0 < public.sum() < len(found.table)
    assert found.table.loc[public, ["secret", "depth"]].isna().all(axis=None)
    assert found.table.loc[~public, ["secret", "depth"]].notna().all(axis=None)


def test_levels_that_only_go_together_leave_out_the_other_combinations_and_say_so():
    phase = {"name": "phase", "key": "pressure.phase", "levels": ["none", "ramp"]}
    months = {"name": "months", "key": "pressure.months", "levels": [0, 6]}
    level = {"name": "level", "key": "pressure.level", "levels": [0.5, 0.9]}
    found = make(months, phase, level)
    assert found.table["phase"].tolist() == ["none", "ramp", "ramp"]
    assert found.table["months"].tolist() == [0, 6, 6]
    assert found.table["level"].tolist() == [None, 0.5, 0.9]
    assert "4 of 8 combinations of step-for-step cannot be, such as: levers " in found.notes[0]


def test_a_level_that_can_stand_in_no_combination_is_refused():
    with pytest.raises(
        InputError, match=r"^generate: 'step-for-step': lever 'told' at x: .*'x' is not one of"
    ):
        make({"name": "told", "key": "talks.disclosure", "levels": ["on-leak", "x"]})
    with pytest.raises(InputError, match="'months' at 6"):
        make({"name": "months", "key": "pressure.months", "levels": [0, 6]})


def test_a_lever_that_makes_no_difference_anywhere_is_refused_also_beside_one_that_does():
    idle = SECRECY | {"key": "talks.oversight_every"}  # of an oversight that there is not
    with pytest.raises(InputError, match="no level of 'secret' makes a difference to 'step-for-step'"):
        make(idle, WAIT)
    assert len(make(idle, WAIT, bases=["step-for-step", "quiet-ladder"]).strategies) > 3


def test_several_strategies_are_each_taken_through_the_same_levels():
    found = make(WAIT, bases=["step-for-step", "big-bang"])
    assert found.table.groupby("base")["wait"].apply(list).to_dict() == {
        "big-bang": [1, 3, 5],
        "step-for-step": [1, 3, 5],
    }


def test_names_are_safe_in_a_file_and_no_two_are_the_same():
    shares = {
        "name": "relief",
        "key": "every_stage.relief",
        "levels": [{"all": 0.2}, {"all": 0.1, "arms": 0.02}],
    }
    close = {"name": "near", "key": "talks.secrecy", "levels": [0.1234567, 0.1234568, 0.5]}
    sector = {"name": "first", "transform": "sectors", "levels": ["energy", ["finance", "travel"]]}
    for found in (make(shares, close, WAIT), make(sector, close, order={"sample": 3})):
        names = [strategy.name for strategy in found.strategies]
        assert len(set(names)) == len(names) == len(found.table)
        assert names == found.table.index.tolist()
        assert all(FILE_SAFE.match(name) for name in names)


def test_generated_strategies_read_back_from_their_text():
    import tomllib

    for strategy in make(TRACK, SECRECY, order={"sample": 2}).strategies:
        again = load_strategy(tomllib.loads(strategy.text()))
        assert again == strategy


def test_levels_of_one_lever_are_told_in_one_type():
    mixed = make({"name": "m", "key": "talks.secrecy", "levels": [1, 0.5]}, TRACK).table["m"]
    assert mixed.dropna().map(lambda level: isinstance(level, int | float)).all()
    words = make({"name": "seen", "key": "framing.dashboard", "levels": [True, False]}).table["seen"]
    assert words.tolist() == ["yes", "no"]
    tools = {
        "name": "tools",
        "key": "every_stage.verify.tools",
        "levels": [["audits", "on-site"], ["audits"]],
    }
    assert make(tools).table["tools"].tolist() == ["audits + on-site", "audits"]


def test_the_same_seed_makes_the_same_strategies():
    one, other = (make(DEPTH, design="latin-hypercube", points=5) for _ in range(2))
    pd.testing.assert_frame_equal(one.table, other.table)
