import hashlib
from pathlib import Path
from types import SimpleNamespace

import pytest

import model
from experiments import manifest
from experiments.label import LABEL
from model.vocabulary import InputError


def test_manifest_names_versions_commit_and_checksums(tmp_path):
    source = tmp_path / "case.toml"
    source.write_text("name = 'case'")
    case = SimpleNamespace(name="case", path=source)
    made = manifest.describe("backchannel compare case", case, [case], manifest.now(), {"seed": 7})
    assert {"python", "numpy", "numba", "mesa", "backchannel"} <= set(made["versions"])
    assert set(made["source"]) == {"commit", "dirty"}
    assert made["scenario"]["sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
    manifest.write_manifest(tmp_path, made)
    assert manifest.read_manifest(tmp_path) == {"label": LABEL} | made


def test_a_bundled_file_is_named_as_it_is_on_every_machine_and_an_own_one_as_it_was_typed(
    monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    Path("mine").mkdir()
    model.load_strategy("big-bang").write("mine/own.toml")
    model.load_scenario("two-disputes").write(Path("case.toml"))
    entries = [model.load_scenario(name) for name in ("two-disputes", "case.toml")]
    entries += [model.load_strategy(name) for name in ("big-bang", "mine/own.toml")]
    told = [manifest.source_of(entry) for entry in entries]
    assert [{*entry} - {"name", "sha256"} for entry in told] == [{"bundled"}, {"path"}] * 2
    assert [entry.get("bundled", entry.get("path")) for entry in told] == [
        "scenarios/two-disputes.toml",
        "case.toml",
        "strategies/big-bang.toml",
        "mine/own.toml",
    ]
    assert told[2]["sha256"] == told[3]["sha256"]


def test_every_bundled_file_is_found_again_by_its_name():
    for known, load in (
        (model.list_scenarios(), model.load_scenario),
        (model.list_strategies(), model.load_strategy),
    ):
        for name in known:
            assert load(name).name == name


@pytest.mark.parametrize(
    ("content", "complaint"), [(None, "has no manifest"), ("{", "damaged"), ("[]", "damaged")]
)
def test_a_missing_or_damaged_manifest_is_told_in_one_sentence(tmp_path, content, complaint):
    if content is not None:
        (tmp_path / manifest.MANIFEST).write_text(content)
    with pytest.raises(InputError, match=complaint):
        manifest.read_manifest(tmp_path)
