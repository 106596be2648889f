"""Where compiled code is kept: a changed source is never run from an old cache."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba.core.errors import TypingError

import model
from model.compiled import CACHE, carried, is_plain, is_warm, kernel, phase, rule

PACKAGE = Path(model.__file__).parent


def cache_of(folder):
    """Return where the package in ``folder`` keeps its compiled code, asked in a process of its own."""
    command = [sys.executable, "-W", "error", "-c", "from model.compiled import CACHE; print(CACHE)"]
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    answer = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return Path(answer.stdout.strip())


@pytest.fixture
def copied(tmp_path):
    """Return a folder with a copy of the package."""
    shutil.copytree(PACKAGE, tmp_path / "model", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_same_sources_have_the_same_fingerprint_wherever_they_lie(copied):
    assert cache_of(copied).name == CACHE.name


@pytest.mark.parametrize("source", ["bounded.py", "mechanisms/channels.py", "numbers.py"])
def test_one_changed_letter_of_any_source_asks_for_fresh_code(copied, source):
    before = cache_of(copied)
    path = copied / "model" / source
    path.write_text(path.read_text().replace("share", "shore", 1))
    changed = cache_of(copied)
    assert changed != before
    assert changed.parent == before.parent


def test_a_renamed_source_asks_for_fresh_code(copied):
    before = cache_of(copied)
    (copied / "model" / "extra.py").write_text("")
    assert cache_of(copied) != before


def test_what_is_no_source_changes_nothing(copied):
    before = cache_of(copied)
    (copied / "model" / "scenarios" / "another.toml").write_text("name = 'another'\n")
    assert cache_of(copied) == before


def test_where_the_users_folder_is_closed_the_cache_lies_in_a_temporary_one(copied, tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.write_text("a file, not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(closed))
    monkeypatch.setenv("HOME", str(closed))
    if sys.platform == "linux":
        assert cache_of(copied).parent.name == "backchannel-compiled"


@pytest.mark.usefixtures("compiled")
def test_compiled_code_is_found_again():
    assert is_warm()
    if not is_plain():
        assert any(CACHE.rglob("*.nbi"))


def test_rules_and_phases_say_which_mechanisms_they_carry():
    @rule("M14")
    def doubled(amount):
        return 2.0 * amount

    @phase()
    def twice(amount):
        return doubled(amount)

    @kernel
    def entry(amount):
        return twice(amount)

    names = {name.rsplit(".", 1)[-1]: mechanisms for name, mechanisms in carried.items()}
    assert names["doubled"] == ("M14",)
    assert names["twice"] == ()
    assert "entry" not in names
    assert entry(2.0) == 4.0


@pytest.mark.skipif(is_plain(), reason="what is not compiled makes arrays as it likes")
def test_a_phase_counts_no_users_of_tables_and_cannot_make_an_array_unless_it_says_so():
    @phase()
    def first_of(table):
        return table[0]

    @phase()
    def second_of(table):
        return first_of(table[1:])

    @phase()
    def made_quietly(size):
        return np.zeros(size)[0]

    @phase(allocates=True)
    def made(size):
        return np.zeros(size)[0]

    @kernel
    def entry(table):
        return second_of(table) + made(3)

    @kernel
    def refused():
        return made_quietly(3)

    assert entry(np.ones(2)) == 1.0
    (compiled,) = second_of.inspect_llvm().values()
    assert "NRT_incref" not in compiled
    with pytest.raises(TypingError):
        refused()
