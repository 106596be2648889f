"""An experiment is what it says, whether a file says it or a few lines of Python."""

import pytest
import tomli_w

from experiments.sweeps.experiment import CATALOGUE, list_experiments, load_experiment
from experiments.sweeps.grid import grid_of
from model.strategy import load_strategy
from model.vocabulary import InputError

SAID = {
    "name": "talks",
    "title": "How long may talks stay secret?",
    "scenarios": ["iran-2012"],
    "strategies": ["step-for-step"],
    "replicates": 2,
    "thresholds": {"settled_and_lasted": 0.5, "legitimacy": 1},
    "uncertain": {"design": "sobol", "points": 8, "ranges": {"leak_base": [0.004, 0.01]}},
    "generate": {
        "order": {"before": [["First step", "Last step"]], "sample": 3},
        "levers": [
            {"name": "secret-months", "key": "talks.secrecy_months", "low": 3, "high": 36},
            {"name": "relief", "key": "every_stage.relief", "levels": [{"all": 0.1}, {"all": 0.2}]},
            {"name": "paired", "key": "every_stage.paired", "levels": [True, False]},
            {"name": "first", "transform": "talks", "levels": ["public", "dual"]},
        ],
    },
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "talks.toml"
    path.write_text(tomli_w.dumps(SAID), encoding="utf-8")
    return path


def test_a_file_and_the_mapping_that_says_the_same_are_the_same_experiment(file):
    assert load_experiment(file) == load_experiment(str(file)) == load_experiment(SAID)
    assert load_experiment(SAID) != load_experiment(SAID | {"seed": 8})
    assert load_experiment(SAID) != SAID


def test_an_experiment_that_is_written_reads_back_equal(tmp_path, file):
    experiment = load_experiment(file)
    again = tmp_path / "again.toml"
    said = experiment.model_dump(mode="json", exclude_unset=True)
    again.write_text(tomli_w.dumps(said), encoding="utf-8")
    assert load_experiment(again) == experiment
    assert load_experiment(experiment) is experiment


def test_what_is_not_said_keeps_a_default():
    plain = {key: SAID[key] for key in ("name", "title", "scenarios", "strategies")}
    experiment = load_experiment(plain)
    assert (experiment.replicates, experiment.seed, experiment.months) == (1, 7, None)
    assert experiment.uncertain.design == "latin-hypercube" and experiment.generate is None
    assert experiment == load_experiment(plain | {"seed": 7, "uncertain": {"points": 100}})


def test_paths_are_seen_from_the_folder_of_the_file(tmp_path, monkeypatch):
    folder = tmp_path / "far" / "away"
    folder.mkdir(parents=True)
    (folder.parent / "mine.toml").write_text(load_strategy("big-bang").text(), encoding="utf-8")
    path = folder / "talks.toml"
    said = {"strategies": ["../mine.toml", "step-for-step"], "scenarios": ["iran-2012"]}
    path.write_text(tomli_w.dumps({"name": "x", "title": "T"} | said), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    experiment = load_experiment("far/away/talks.toml")
    assert experiment.home.resolve() == folder.resolve()
    assert [strategy.name for strategy in grid_of(experiment).strategies] == ["big-bang", "step-for-step"]


@pytest.mark.parametrize("name", list_experiments())
def test_every_bundled_experiment_is_without_fault_and_called_as_its_file(name):
    experiment = load_experiment(name)
    assert experiment.name == name and experiment.description
    if experiment.search is None:  # a search makes its strategies as it goes
        assert grid_of(experiment, drawn_later=True).runs > 0


def test_a_file_comes_before_a_bundled_experiment_of_the_same_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = list_experiments()[0]
    own = (CATALOGUE / f"{name}.toml").read_text(encoding="utf-8").replace(f'name = "{name}"', 'name = "own"')
    (tmp_path / name).write_text(own, encoding="utf-8")
    assert load_experiment(name).name == "own"


def test_an_experiment_that_is_nowhere_is_told_with_those_there_are():
    with pytest.raises(InputError, match=r"no such experiment.*did you mean 'first-sweep'"):
        load_experiment("first-swep")


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_told_by_its_path(tmp_path, content):
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"broken\.toml: is not a TOML file"):
        load_experiment(path)


def test_all_faults_are_told_at_once_one_a_line_with_the_file(tmp_path):
    path = tmp_path / "faulty.toml"
    path.write_text(tomli_w.dumps(SAID | {"seed": -1, "replicates": 0, "month": 3}), encoding="utf-8")
    with pytest.raises(InputError) as fault:
        load_experiment(path)
    lines = str(fault.value).splitlines()
    assert len(lines) == 3 and all(line.startswith(f"{path}: ") for line in lines)


def test_the_faults_of_a_mapping_are_told_with_its_name():
    with pytest.raises(InputError, match=r"^experiment 'talks': seed: "):
        load_experiment(SAID | {"seed": -1})
    with pytest.raises(InputError, match=r"^experiment 'without a name': name: missing"):
        load_experiment({key: value for key, value in SAID.items() if key != "name"})
