"""Every how-to page can be followed: what it says to type runs, and answers what it says."""

from pathlib import Path

import pytest

from experiments.report import LABEL
from tests import living

PAGES = [
    "docs/conditions.md",
    *sorted(f"docs/howto/{page.name}" for page in (living.ROOT / "docs" / "howto").glob("*.md")),
]


def reports_are_labelled(folder: Path) -> None:
    """Both reports, and the findings of every question, say what they are not."""
    reports = [folder / "results" / name / "report.html" for name in ("read", "swept")]
    findings = sorted((folder / "results" / "swept" / "analysis").glob("*/findings.txt"))
    assert len(findings) >= 5
    for place in (*reports, *findings):
        assert LABEL in place.read_text(encoding="utf-8"), place.name


#: What is looked at besides, where a page has been lived.
LEFT_BEHIND = {"docs/howto/read-the-report.md": reports_are_labelled}


@pytest.mark.slow
@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_followed(page):
    """What changes the model runs uncompiled here: to compile it anew is for the test below."""
    with living.lived(page, compiled=False) as life:
        life.check()
        LEFT_BEHIND.get(page, lambda folder: None)(life.folder)


@pytest.mark.anew
@pytest.mark.parametrize("page", [page for page in PAGES if living.changes_model(page)])
def test_a_model_that_a_page_has_changed_compiles_and_answers_as_it_says(page):
    with living.lived(page) as life:
        life.check()


def test_an_answer_with_something_left_out_is_still_that_answer():
    assert living.says("one\n...\nfour 4\n", "one\ntwo\n\nthree\nfour   4\n")
    assert living.says("took ... s", "took 3.4 s")
    assert living.says("...\ntwo", "one\ntwo")
    assert not living.says("one\nfour 4\n", "one\ntwo\nfour 4\n")
    assert not living.says("one\n...\nfour 5\n", "one\ntwo\nfour 4\n")


def test_an_answer_is_abridged_as_it_was_before():
    now = "a share of 31%\nanother line\nin 12 months\nthe end"
    assert living.abridged(now, "a share of 26%\n...\nin 9 months\n") == "a share of 31%\n...\nin 12 months\n"


def test_a_file_is_saved_only_where_the_page_says_so():
    (block,) = living.blocks_of("Save this as `a/b.toml`:\n\n```toml\nx = 1\n```\n")
    assert living.SAVED.search(block.before)[1] == "a/b.toml"
    (block,) = living.blocks_of("Save this as `a.toml`. Then look.\n\nIt says:\n\n```toml\nx = 1\n```\n")
    assert not living.SAVED.search(block.before)
