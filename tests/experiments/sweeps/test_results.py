"""What a sweep wrote is read back as it was, of all or of a part, finished or not."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from experiments.sweeps import folder as shelf
from experiments.sweeps.experiment import load_experiment
from experiments.sweeps.grid import grid_of
from experiments.sweeps.results import Results
from experiments.sweeps.sweep import run_sweep
from model.vocabulary import InputError

pytestmark = pytest.mark.usefixtures("compiled")

SAID = {
    "name": "small",
    "title": "Is what is read what was written?",
    "scenarios": ["two-disputes", "iran-2012"],
    "strategies": ["step-for-step"],
    "months": 6,
    "replicates": 3,
    "outcome": "hardship",
    "outcomes": ["hardship", "leaks", "label", "months_to_agreement"],
    "uncertain": {"points": 8, "numbers": ["leak_base", "patience"]},
    "generate": {
        "order": {"sample": 2},
        "levers": [
            {"name": "track", "key": "talks.track", "levels": ["public", "dual"]},
            {"name": "secret", "key": "talks.secrecy_months", "levels": [3, 12]},
            {"name": "shown", "key": "framing.dashboard", "levels": [True, False]},
        ],
    },
}
STRATEGIES = 2 * 3 * 2
PER_SCENARIO = 8 * 3 * STRATEGIES


@pytest.fixture(scope="module")
def results(tmp_path_factory, compiled):
    return run_sweep(SAID, tmp_path_factory.mktemp("results") / "out")


@pytest.fixture
def copy(results, tmp_path):
    """Return a copy of the folder, to be changed."""
    return shutil.copytree(results.folder, tmp_path / "copy")


@pytest.fixture(scope="module")
def grid():
    return grid_of(load_experiment(SAID))


# --- runs ---


def test_runs_come_in_their_order_each_once_with_what_they_are_and_what_was_kept(results):
    runs = results.runs()
    assert runs["run"].tolist() == list(range(2 * PER_SCENARIO))
    named = ["run", "scenario", "strategy", "dispute", "seed", "replicate", "draw"]
    assert list(runs.columns) == named + results.outcomes
    assert results.outcomes == grid_of(load_experiment(SAID)).outcomes and len(results.outcomes) == 4
    assert runs["scenario"].tolist() == ["two-disputes"] * PER_SCENARIO + ["iran-2012"] * PER_SCENARIO


def test_rows_of_one_scenario_draw_and_replicate_are_of_every_strategy(results):
    units = results.runs(["hardship"]).groupby(["scenario", "draw", "replicate"])["strategy"]
    assert len(units) == 2 * 8 * 3 and set(units.nunique()) == {STRATEGIES}


def test_some_outcomes_of_one_scenario_and_dispute_can_be_read(results):
    first, second = results.disputes["two-disputes"]
    some = results.runs(["leaks", "hardship", "leaks"], "two-disputes", second)
    assert list(some.columns)[-2:] == ["leaks", "hardship"] and len(some) == PER_SCENARIO
    assert set(some["dispute"]) == {second}
    assert set(results.runs([], "two-disputes")["dispute"]) == {first}
    every = results.query("SELECT hardship FROM runs WHERE dispute = ? ORDER BY run", [second])
    assert some["hardship"].tolist() == every["hardship"].tolist()


def test_by_default_the_first_dispute_of_each_scenario_is_read(results):
    told = results.runs([]).groupby("scenario")["dispute"].unique()
    assert {name: found.tolist() for name, found in told.items()} == {
        name: disputes[:1] for name, disputes in results.disputes.items()
    }


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ((["hardshp"],), "'hardshp' is no outcome that was kept in .*did you mean 'hardship'"),
        ((["settled"],), "'settled' is no outcome that was kept .*there is .*hardship"),
        ((None, "iran"), "'iran' is no scenario in .*there is two-disputes, iran-2012.*did you mean"),
        ((None, "iran-2012", "x"), "'x' is no dispute of iran-2012 in .*there is"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(results, asked, told):
    with pytest.raises(InputError, match=told):
        results.runs(*asked)


def test_an_unknown_strategy_is_told_with_some_of_many(results):
    with pytest.raises(
        InputError, match=r"is no strategy in .*did you mean 'step-for-step-abcde-track-public"
    ):
        results.strategy("step-for-step-abcde-track-publi")
    with pytest.raises(InputError, match="is no strategy"):
        results.text_of("x")


def test_a_row_is_the_same_row_of_the_whole_table_disputes_of_a_run_in_their_order(results):
    files = sorted((results.folder / shelf.RUNS).glob("*.parquet"))
    import duckdb

    with duckdb.connect() as connection:
        whole = pd.concat(
            [connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).df() for path in files],
            ignore_index=True,
        )
    assert len(whole) == 3 * PER_SCENARIO
    places = [0, 1, 2, 3, 501, 2 * PER_SCENARIO - 1, 2 * PER_SCENARIO, 3 * PER_SCENARIO - 1]
    for place in places:
        row = results.row(place)
        for name, value in whole.loc[place].items():
            assert row[name] == value or (pd.isna(row[name]) and pd.isna(value)), (place, name)
    assert [results.row(place)["dispute"] for place in (0, 1)] == results.disputes["two-disputes"]


@pytest.mark.parametrize("number", [-1, 3 * PER_SCENARIO])
def test_a_row_that_is_not_there_is_refused(results, number):
    with pytest.raises(
        InputError, match=f"--row {number} is not in .*: it holds rows 0 to {3 * PER_SCENARIO - 1}"
    ):
        results.row(number)


# --- what was run ---


def test_strategies_come_back_with_what_they_were_made_of(results, grid):
    table = results.strategies()
    assert table.index.tolist() == [strategy.name for strategy in grid.strategies]
    assert list(table.columns) == ["base", "order", "steps", "track", "secret", "shown"]
    assert results.account["levers"] == ["track", "secret", "shown"]
    assert table["order"].tolist() == grid.made.table["order"].tolist()
    assert table["order"].iloc[0] == (0, 1, 2, 3, 4)
    assert table["steps"].iloc[0] == tuple(stage.title for stage in grid.strategies[0].stages)
    assert table["secret"].dropna().unique().tolist() == [3, 12]
    assert table["secret"].isna().tolist() == (table["track"] == "public").tolist()
    assert set(table["shown"]) == {"yes", "no"}


def test_what_is_done_to_a_table_that_was_read_changes_nothing_that_is_read_later(results):
    table = results.strategies()
    table["base"] = "changed"
    assert set(results.strategies()["base"]) == {"step-for-step"}


def test_every_strategy_and_scenario_can_be_loaded_as_it_was_run(results, grid):
    for strategy in grid.strategies:
        assert results.strategy(strategy.name) == strategy
    for scenario in grid.scenarios:
        assert results.scenario(scenario.name).raw == scenario.raw


def test_draws_come_back_to_the_last_bit(results, grid):
    pd.testing.assert_frame_equal(results.draws(), grid.draws, check_exact=True, check_index_type=False)
    kept = results.sampling()
    assert (kept["design"], kept["points"], kept["replicates"], kept["luck"]) == (
        "latin-hypercube",
        8,
        3,
        "fresh",
    )
    assert kept["numbers"] == list(results.draws().columns)


def test_points_come_back_in_the_order_of_the_design(results, grid):
    points = results.points()
    assert points.index.tolist() == grid.made.points.index.tolist()
    assert len(points) == 2 * 2 * 2 * 2
    assert np.array_equal(points.to_numpy(), grid.made.points.to_numpy())


def test_where_strategies_are_only_named_there_are_no_points_and_no_levers(tmp_path):
    named = {key: value for key, value in SAID.items() if key != "generate"}
    plain = run_sweep(
        named | {"scenarios": ["iran-2012"], "uncertain": {"design": "none"}}, tmp_path / "plain"
    )
    assert plain.points().empty
    assert list(plain.strategies().columns) == ["base", "order", "steps"]
    assert plain.strategies()["order"].tolist() == [None]
    assert plain.draws().shape == (1, 0)


def test_the_manifest_is_read_in_words(results):
    assert (results.name, results.title, results.outcome) == (SAID["name"], SAID["title"], "hardship")
    assert results.months == {"two-disputes": 6, "iran-2012": 6}
    assert results.finished and results.failures().empty and not results.changed()


# --- not finished, or not a sweep ---


def unfinish(folder, batches):
    """Leave only the first of the batches done."""
    for path in sorted((folder / shelf.RUNS).glob("*.parquet"))[batches:]:
        path.unlink()
    shelf.finish(folder, None)
    return Results(folder)


def test_a_folder_that_is_not_finished_is_read_as_far_as_it_goes(results, copy):
    part = unfinish(copy, 2)
    runs = part.runs()
    assert not part.finished and 0 < len(runs) < 2 * PER_SCENARIO
    pd.testing.assert_frame_equal(runs, results.runs().head(len(runs)))
    assert part.strategies().equals(results.strategies())
    with pytest.raises(InputError, match="it holds rows 0 to"):
        part.row(3 * PER_SCENARIO - 1)


def test_a_folder_in_which_nothing_is_done_yet_says_how_to_go_on(copy):
    with pytest.raises(InputError, match="holds no runs yet: go on with"):
        unfinish(copy, 0).runs()


def test_runs_of_another_model_are_read_with_a_warning(copy):
    path = copy / "manifest.json"
    account = json.loads(path.read_text())
    account["identity"]["model"] = "another"
    path.write_text(json.dumps(account))
    (warning,) = Results(copy).changed()
    assert warning.startswith("The model")


def test_a_folder_that_holds_no_sweep_is_refused(copy, tmp_path):
    with pytest.raises(InputError):
        Results(tmp_path / "nowhere")
    path = copy / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"kind": "comparison"}))
    with pytest.raises(InputError, match="holds no sweep"):
        Results(copy)


def test_runs_that_are_damaged_are_told_with_how_they_are_done_again(copy):
    for path in (copy / "runs").glob("*.parquet"):
        path.write_text("no table")
    with pytest.raises(
        InputError, match=r"runs' cannot be read: .*; go on with the sweep, which does damaged"
    ):
        Results(copy).runs()


def test_a_manifest_that_lacks_something_is_told_as_damaged(copy):
    path = copy / "manifest.json"
    account = json.loads(path.read_text())
    del account["scenarios"], account["outcome"]
    path.write_text(json.dumps(account))
    with pytest.raises(InputError, match=r"manifest\.json' is damaged: it lacks scenarios, outcome"):
        Results(copy)


def test_a_table_that_is_damaged_is_told_by_its_path(copy):
    (copy / shelf.DRAWS).write_bytes(b"PAR1")
    with pytest.raises(InputError, match=r"draws\.parquet' cannot be read"):
        Results(copy).draws()
