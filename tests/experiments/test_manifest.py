import hashlib
from types import SimpleNamespace

import pytest

from experiments import manifest
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
    assert manifest.read_manifest(tmp_path) == made


@pytest.mark.parametrize(
    ("content", "complaint"), [(None, "has no manifest"), ("{", "damaged"), ("[]", "damaged")]
)
def test_a_missing_or_damaged_manifest_is_told_in_one_sentence(tmp_path, content, complaint):
    if content is not None:
        (tmp_path / manifest.MANIFEST).write_text(content)
    with pytest.raises(InputError, match=complaint):
        manifest.read_manifest(tmp_path)
