import re

import pandas as pd
import pytest
from PIL import Image

from experiments import Results
from experiments.analysis import page
from experiments.report import LABEL


@pytest.fixture(scope="module")
def written(swept):
    path, sections = page.write(swept, lambda *_: None)
    return path.read_text(encoding="utf-8"), sections


def test_the_page_opens_with_its_label_its_title_and_the_answer(written, swept):
    text, sections = written
    places = [text.index(part) for part in (LABEL, f"<h1>{swept.title}", 'class="finding"', "<img")]
    assert places == sorted(places)
    assert len(sections) == 5


def test_every_figure_is_inside_and_nothing_is_fetched(written):
    text, sections = written
    figures = sum(len(section.figures) for section in sections)
    assert text.count('src="data:image/png;base64,') == figures
    assert not re.search(r'(src|href)="(?!data:|#)', text)


def test_beside_every_table_and_in_every_figure_it_says_that_it_is_no_forecast(written, swept):
    tables, figures = (list(swept.folder.rglob(f"*.{kind}")) for kind in ("csv", "png"))
    assert len(tables) > 5
    assert len(figures) > 5
    for path in tables:
        assert LABEL in (path.parent / "findings.txt").read_text(encoding="utf-8")
    for path in figures:
        assert Image.open(path).text["Description"] == LABEL
    for section in written[1]:
        for figure in section.figures.values():
            assert figure.get_supxlabel().count(LABEL) == 1


def test_it_says_what_was_run_and_how_to_run_it_again(written, swept):
    text, _ = written
    for told in (
        "backchannel sweep asked.toml",
        "Latin hypercube of 2 uncertain numbers: 64 draws",
        "128 runs",
    ):
        assert told in text
    assert f"--from {swept.folder}" in text


def test_chapters_stand_in_the_order_of_the_contents(written):
    text, _ = written
    anchors = re.findall(r'<li><a href="#([^"]+)"', text)
    assert anchors == re.findall(r'<h2 id="([^"]+)"', text)


def test_a_question_without_an_answer_is_told_as_not_asked(swept, monkeypatch):
    monkeypatch.setattr(
        page.questions, "askable", lambda _: [("orders", "iran-2012"), ("survival", "iran-2012")]
    )
    path, sections = page.write(swept, lambda *_: None)
    assert [section.key for section in sections] == ["survival"]
    assert "What was not asked" in path.read_text(encoding="utf-8")


def test_orders_that_were_run_are_told_of_those_that_are_valid(ordered):
    assert "Of 720 valid orders of confidence-first, 4 were run." in page.ran(ordered)
    assert "All numbers at their defaults; 16 replicates" in " ".join(page.ran(ordered))


def test_runs_that_failed_are_told(swept, monkeypatch):
    failed = pd.DataFrame({"reason": ["ValueError: no", "ValueError: again"]})
    monkeypatch.setattr(Results, "failures", lambda _: failed)
    assert "2 runs failed and are in no number; the first with: ValueError: no" in page.ran(swept)


def test_a_table_shows_its_head_and_says_how_long_it_is():
    table = page.cells(pd.DataFrame({"number": range(page.MOST_ROWS + 5)}))
    assert len(table["rows"]) == page.MOST_ROWS
    assert table["all"] == page.MOST_ROWS + 5
