import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments import manifest
from experiments.search.found import computed
from experiments.search.results import SearchResults
from experiments.search.search import run_search
from model.vocabulary import InputError

HERE = Path(__file__).parent


def run(said, out, evaluate, **more):
    return run_search(said, out, evaluate=evaluate, **more)


def same(first, second):
    """Whether two searches tried the same, in the same order, with the same front."""
    pd.testing.assert_frame_equal(first.candidates, second.candidates)
    here, there = computed(first), computed(second)
    assert here.front == there.front
    pd.testing.assert_frame_equal(here.seen.values, there.seen.values)
    pd.testing.assert_frame_equal(here.fresh.values, there.fresh.values)
    return True


@pytest.fixture(scope="module")
def straight(asked, pretended, tmp_path_factory):
    """A search that nothing stopped, and what it tried in which order."""
    evaluate = pretended()
    results = run(asked(), tmp_path_factory.mktemp("straight") / "out", evaluate)
    results.order = evaluate.tried
    return results


def test_a_search_that_was_stopped_goes_on_to_the_identical_front(straight, asked, pretended, tmp_path):
    stopped = pretended(stop_after=4)
    with pytest.raises(KeyboardInterrupt):
        run(asked(), tmp_path / "stopped", stopped)
    with pytest.raises(InputError, match="not finished"):
        SearchResults(tmp_path / "stopped")
    again = pretended()
    assert same(straight, run(asked(), tmp_path / "stopped", again))
    assert stopped.tried + again.tried == straight.order


def test_a_search_that_was_killed_goes_on_to_the_identical_front(straight, asked, pretended, tmp_path):
    script = (
        f"import os, signal, sys; sys.path.insert(0, {str(HERE)!r})\n"
        "from conftest import Pretended, experiment\n"
        "from experiments.search.search import run_search\n"
        "model = Pretended()\n"
        "def evaluate(candidates, ground):\n"
        "    if model.calls == 4: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return model(candidates, ground)\n"
        f"run_search(experiment(), {str(tmp_path / 'killed')!r}, evaluate=evaluate)\n"
    )
    root = {"PYTHONPATH": os.pathsep.join(filter(None, [str(HERE.parents[2]), os.environ.get("PYTHONPATH")]))}
    killed = subprocess.run([sys.executable, "-c", script], env=os.environ | root, check=False)
    assert killed.returncode == -signal.SIGKILL
    again = pretended()
    assert same(straight, run(asked(), tmp_path / "killed", again))
    assert again.calls < 7


def test_a_finished_search_is_read_again_without_trying_anything(straight, asked, pretended):
    again = pretended()
    run(asked(), straight.folder, again)
    assert again.calls == 0


def test_more_generations_go_on_from_what_was_tried(straight, asked, pretended, tmp_path):
    first, second = pretended(), pretended()
    run(asked({"generations": 3}), tmp_path / "out", first)
    assert same(straight, run(asked(), tmp_path / "out", second))
    assert len(second.tried) < len(straight.order)


def test_a_file_that_lost_a_part_is_put_aside_and_tried_again(straight, asked, pretended, tmp_path):
    shutil.copytree(straight.folder, tmp_path / "out")
    path = tmp_path / "out" / "tried" / "000002.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    again = pretended()
    assert same(straight, run(asked(), tmp_path / "out", again))
    assert again.calls == 1
    assert path.with_suffix(".damaged").is_file()


def test_another_search_is_kept_out_of_the_folder(straight, asked, pretended):
    with pytest.raises(InputError, match="a search of the same name that differs in its experiment"):
        run(asked(uncertain={"points": 21}), straight.folder, pretended())


def test_a_search_is_bound_to_what_is_varied(asked, pretended, tmp_path):
    said = asked()
    del said["generate"]
    with pytest.raises(InputError, match="generate: missing"):
        run(said, tmp_path / "out", pretended())


def test_every_candidate_is_run_instead_of_a_search_where_there_are_few(asked, pretended, tmp_path):
    results = run(asked({"enumerate": None}), tmp_path / "out", pretended())
    found = computed(results)
    assert len(found.candidates) == found.truth.candidates == 200
    assert found.truth.found is found.course is None
    assert set(found.candidates.loc[found.front, "order"]) == {(4, 1, 2, 3, 0)}
    assert found.truth.front == 10


def test_the_true_front_is_known_where_every_candidate_is_run_beside_a_search(asked, pretended, tmp_path):
    results = run(asked(), tmp_path / "out", pretended(), enumerate=True)
    found = computed(results)
    truth = found.truth
    disordered = found.candidates.loc[found.front]
    assert sorted(levels["secret"] for levels in disordered["levels"]) == list(range(10, 20))
    assert (truth.candidates, truth.front) == (200, 10)
    assert truth.tried == found.candidates["generation"].notna().sum() < 100
    assert 0 < truth.found <= 10
    assert truth.covered == pytest.approx(found.course[-1, 1] / found.covers)
    assert 0.8 < truth.covered <= 1


def test_more_candidates_than_may_be_run_are_refused(asked, pretended, tmp_path):
    with pytest.raises(InputError, match=r"there are 200 candidates, more than enumerate_up_to \(199\)"):
        run(asked({"enumerate_up_to": 199}), tmp_path / "out", pretended(), enumerate=True)


def test_the_front_is_tried_again_on_draws_and_luck_of_another_seed(asked, pretended, tmp_path):
    results = run(asked({"fresh": 9}), tmp_path / "out", pretended())
    found = computed(results)
    assert (found.seen.units, found.fresh.units) == (20, 9)
    assert list(found.fresh.values.index) == found.front
    assert manifest.read_manifest(tmp_path / "out")["fresh"]["seed"] == 8
    # The weather is all that differs, and it is the same for all: the lead over the base stays.
    leads = found.leads()
    assert leads["flattered"].to_numpy() == pytest.approx(0, abs=1e-12)


def test_what_luck_chose_loses_its_lead_on_fresh_ground(asked, pretended, tmp_path):
    said = asked(uncertain={"points": 60})
    found = computed(run(said, tmp_path / "out", pretended(luck=3.0)))
    leads = found.leads()
    assert (leads["flattered"] > 0).all()
    assert (leads["flattered_low"] > 0).any()
    assert (leads["fresh"] < leads["tried"]).all()


def test_no_fresh_ground_is_trodden_where_none_is_asked_for(asked, pretended, tmp_path):
    results = run(asked({"fresh": 0}), tmp_path / "out", pretended())
    found = computed(results)
    assert results.fresh.empty
    assert found.fresh is None
    assert found.leads().columns.empty


def test_candidates_of_which_a_run_failed_are_left_out_and_counted(asked, pretended, tmp_path):
    class Failing(pretended):
        def one(self, candidate, ground):
            values = super().one(candidate, ground)
            return values * np.nan if candidate.levels.get("secret") == 19 else values

    found = computed(run(asked(), tmp_path / "out", Failing()))
    assert found.failed > 0
    assert all(levels["secret"] < 19 for levels in found.candidates["levels"])


def test_sureness_is_for_those_that_lead_in_every_state(straight):
    found = computed(straight)
    assert (found.membership == 1).all()  # common luck: every resample has the same front
    assert found.still.all()
    better = found.better.set_index("strategy")
    assert (better["share"].isin([0, 1])).all()
