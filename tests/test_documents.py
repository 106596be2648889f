"""What the documents say is true: commands exist, files exist, examples run, made pages are current."""

import re
import shlex
import subprocess
import sys
import tomllib
from difflib import unified_diff
from pathlib import Path

import pytest

import model
from experiments import pages
from tests.living import blocks, text_of

ROOT = Path(__file__).parent.parent
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("docs/**/*.md")),
]
HOWTO = [page for page in PAGES if page.startswith("docs/howto/")]
REFRESH = "stale: run .venv/bin/python -m experiments.pages"
#: Folders that a run makes.
TO_BE_MADE = {"results/"}
#: What a comparison writes into its folder.
WRITTEN = {"runs.parquet", "report.html", "manifest.json", "experiment.toml"}


def commands(page):
    """Return the command lines of a page, from its shell blocks and from its running text."""
    typed = [block.replace("\\\n", " ") for block in blocks(page, "sh")]
    lines = [line for block in typed for line in block.splitlines()]
    prose = re.sub(r"^ *```.*?^ *```", "", text_of(page), flags=re.DOTALL | re.MULTILINE)
    lines += [" ".join(words.split()) for words in re.findall(r"`([^`]+)`", prose)]
    known = r"(NUMBA_DISABLE_JIT=1 )?(make \w+|(\.venv/bin/)?(backchannel|python|pytest)) ?"
    return [line for line in (line.split("#")[0].strip() for line in lines) if re.match(known, line)]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page):
    for place in re.findall(r"\]\((?!https?:|#)([^)#]+)", text_of(page)):
        assert ((ROOT / page).parent / place).exists(), place


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_file_that_is_named_exists(page):
    named = re.findall(
        r"`((?:[\w.-]+/)*[\w.-]+(?:\.(?:py|toml|md|ipynb|parquet|html|json)|/))`", text_of(page)
    )
    assert named
    for place in set(named) - TO_BE_MADE - WRITTEN:
        assert (ROOT / place).exists(), place


@pytest.mark.parametrize("page", PAGES)
def test_no_page_carries_a_path_of_somebodys_machine(page):
    assert not re.search(r"(?<![\w.])/(home|Users|work|tmp|root|var|mnt)/", text_of(page))


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/design.md", "docs/index.md", *HOWTO])
def test_every_make_target_exists(page):
    targets = set(re.findall(r"^([a-z]+):.*##", text_of("Makefile"), re.MULTILINE))
    assert {line.split()[1] for line in commands(page) if line.startswith("make ")} <= targets


def verbs_and_options(line):
    words = shlex.split(line.removeprefix(".venv/bin/"))
    return words[1] if len(words) > 1 else "", [word for word in words if word.startswith("--")]


@pytest.mark.parametrize(
    "page", ["README.md", "docs/design.md", "docs/index.md", "docs/parameters.md", *HOWTO]
)
def test_every_verb_and_option_exists(page):
    from typer.testing import CliRunner

    from experiments.command import main

    lines = [line for line in commands(page) if re.match(r"(\.venv/bin/)?backchannel ", line)]
    for line in lines:
        verb, options = verbs_and_options(line)
        answer = CliRunner().invoke(main, [verb, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"})
        assert answer.exit_code == 0, line
        for option in options:
            assert option in re.sub(r"\x1b\[[\d;]*m", "", answer.stdout), line


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_module_and_every_test_that_is_named_is_there(page):
    for line in commands(page):
        for module in re.findall(r"python -m ([\w.]+)", line):
            assert (ROOT / (module.replace(".", "/") + ".py")).exists(), line
        for place in re.findall(r"pytest ([\w/. -]+)", line):
            assert all((ROOT / word).exists() for word in place.split()), line


def test_a_page_maker_explains_itself():
    words = [sys.executable, "-m", "experiments.pages", "--help"]
    answer = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "--runs" in answer.stdout


def test_the_mechanism_of_the_recipe_is_not_in_the_model_yet():
    assert "M122" not in pages.carriers()


def test_every_bundled_strategy_is_named_where_strategies_are_written():
    for name in model.list_strategies():
        assert f"`{name}`" in text_of("docs/howto/own-strategy.md"), name


@pytest.mark.usefixtures("compiled")
def test_the_sweep_in_python_runs(tmp_path, monkeypatch, capsys):
    (example,) = blocks("docs/experiments.md", "python")
    monkeypatch.chdir(tmp_path)
    exec(compile(example.replace('"points": 100', '"points": 20'), "experiments.md", "exec"), {})
    assert "step-for-step" in capsys.readouterr().out
    assert (tmp_path / "results" / "two-ways" / "manifest.json").is_file()


def test_every_page_made_from_the_code_is_current():
    stale = {
        place.relative_to(ROOT).as_posix(): "\n".join(unified_diff(kept.splitlines(), text.splitlines()))
        for place, text in pages.pages().items()
        if (kept := place.read_text(encoding="utf-8")) != text
    }
    assert stale == {}, REFRESH


def test_every_mechanism_is_said_in_a_line():
    assert all(pages.said().values())
    assert set(pages.carriers()) <= set(pages.said())


def test_every_source_of_a_number_is_explained():
    labels = {
        label
        for source in model.Parameters.table()["source"]
        for label in re.findall(r"\b[FH]\d\d\b", source)
    }
    explained = set(re.findall(r"^\| ([FH]\d\d) \|", text_of("docs/sources.md"), re.MULTILINE))
    assert labels <= explained


@pytest.mark.usefixtures("compiled")
def test_the_history_that_the_readme_tells_is_what_a_run_tells():
    told = pages.between(text_of("README.md"), "a history").group(1)
    assert told.strip() == f"```text\n{pages.excerpt(pages.history())}\n```", f"{REFRESH} --runs"


def test_the_citation_names_the_package_as_it_is():
    package = tomllib.loads(text_of("pyproject.toml"))["project"]
    said = dict(re.findall(r"^([a-z-]+): (.+)$", text_of("CITATION.cff"), re.MULTILINE))
    assert (said["version"], said["license"]) == (package["version"], package["license"])
    listed = re.findall(r"^  - ([a-z -]+)$", text_of("CITATION.cff"), re.MULTILINE)
    assert listed == package["keywords"]


def test_the_catalogue_of_mechanisms_is_plain_data():
    assert tomllib.loads(text_of("model/mechanisms.toml"))
