"""A batch gives the same rows wherever it is cut, and loses no run beside one that fails."""

import pandas as pd
import pytest

from experiments.sweeps import batches
from experiments.sweeps.batches import failures_of, rows_of, work_of, worked
from experiments.sweeps.experiment import load_experiment
from experiments.sweeps.grid import Batch, grid_of
from model.ensemble import call_kernel
from model.vocabulary import InputError

pytestmark = pytest.mark.usefixtures("compiled")

SAID = {
    "name": "small",
    "title": "Does it matter where a batch is cut?",
    "scenarios": ["iran-2012", "two-disputes"],
    "strategies": ["step-for-step", "maximum-pressure"],
    "months": 12,
    "replicates": 20,
    "uncertain": {"points": 5},
}


@pytest.fixture(scope="module")
def grid():
    return grid_of(load_experiment(SAID))


def rows(grid, batch):
    return rows_of(grid, batch, worked(work_of(grid, batch)))


@pytest.mark.parametrize("scenario", [0, 1])
def test_rows_do_not_depend_on_where_a_batch_begins_and_ends(grid, scenario):
    begin = scenario * grid.per_scenario
    whole = rows(grid, Batch(0, scenario, begin, begin + 200)).astype(str)
    part = rows(grid, Batch(0, scenario, begin + 37, begin + 114)).astype(str)
    disputes = len(grid.scenarios[scenario].disputes)
    wanted = whole.iloc[37 * disputes : 114 * disputes].reset_index(drop=True)
    pd.testing.assert_frame_equal(part.reset_index(drop=True), wanted)


def test_work_holds_the_draws_of_its_batch_and_no_others(grid):
    work = work_of(grid, Batch(0, 0, 85, 115))
    assert len(work.setting.parameters) == 1
    name = str(grid.draws.columns[0])
    assert work.setting.parameters[name][0] == grid.draws[name][2]
    assert set(work.designs.draw) == {0}


def test_runs_that_raise_are_told_by_their_place_and_the_others_of_the_slice_are_kept(grid, monkeypatch):
    def faulty(setting, world, designs, runs, months, outcomes):
        if any(run in (3, 70, 71) for run in runs):
            raise ValueError("no such month")
        call_kernel(setting, world, designs, runs, months, outcomes)

    batch = Batch(0, 0, 100, 200)
    undisturbed = rows(grid, batch)
    monkeypatch.setattr(batches, "call_kernel", faulty)
    product = worked(work_of(grid, batch))
    assert product.failures == dict.fromkeys((3, 70, 71), "ValueError: no such month")
    assert failures_of(grid, batch, product.failures)["run"].tolist() == [103, 170, 171]
    kept = rows_of(grid, batch, product)
    pd.testing.assert_frame_equal(kept, undisturbed[~undisturbed["run"].isin([103, 170, 171])])


def test_a_run_that_fails_is_missed_in_all_of_its_disputes(grid):
    batch = Batch(0, 1, grid.per_scenario, grid.per_scenario + 10)
    product = worked(work_of(grid, batch))
    kept = rows_of(grid, batch, product._replace(failures={4: "a reason"}))
    assert sorted(set(kept["run"] - grid.per_scenario)) == [0, 1, 2, 3, 5, 6, 7, 8, 9]
    assert len(kept) == 9 * len(grid.scenarios[1].disputes)


def test_a_batch_that_is_asked_to_stop_stops_before_its_next_slice(grid):
    asked = iter([False, True])
    with pytest.raises(batches.Stopped):
        worked(work_of(grid, Batch(0, 0, 0, 200)), lambda: next(asked))
    assert next(asked, None) is None


def test_work_for_another_version_of_the_model_is_refused(grid):
    work = work_of(grid, Batch(0, 0, 0, 10))
    with pytest.raises(InputError, match="another version of the model"):
        worked(work._replace(model="of yesterday"))
