import re
import sys
import tomllib
from pathlib import Path

import pytest

from experiments.extras import needed
from model.vocabulary import InputError


def test_a_library_that_is_there_is_returned_down_to_its_part():
    assert needed("json.decoder", "analysis") is sys.modules["json.decoder"]


@pytest.mark.parametrize("name", ["a_library_of_nobody", "a_library_of_nobody.a_part"])
def test_a_library_that_is_missing_is_told_with_how_to_install_it(name):
    with pytest.raises(
        InputError, match=r"this needs a_library_of_nobody: pip install 'backchannel\[cluster\]'$"
    ):
        needed(name, "cluster")


def test_a_library_that_misses_something_of_its_own_is_not_blamed(tmp_path, monkeypatch):
    (tmp_path / "a_broken_library.py").write_text("import what_it_needs_itself")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="what_it_needs_itself"):
        needed("a_broken_library", "analysis")


def test_every_extra_that_is_asked_for_is_declared():
    root = Path(__file__).parent.parent.parent
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    sources = "".join(path.read_text(encoding="utf-8") for path in (root / "experiments").rglob("*.py"))
    asked = set(re.findall(r'needed\("[\w.]+", "(\w+)"\)', sources))
    assert asked and asked <= set(project["optional-dependencies"])
