import re

import pandas as pd
import pytest
from PIL import Image

from experiments import Results, run_sweep
from experiments.analysis import page
from experiments.report import LABEL
from model.vocabulary import InputError
from tests.experiments.analysis.conftest import SWEPT


@pytest.fixture(scope="module")
def written(swept):
    path, sections = page.write(swept, lambda *_: None)
    return path.read_text(encoding="utf-8"), [section for _, section in sections]


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


@pytest.fixture(scope="module")
def disputed(tmp_path_factory, compiled):
    """Return the results of a sweep in one scenario of two disputes and one of a single dispute."""
    said = SWEPT | {"scenarios": ["two-disputes", "iran-2012"], "months": 12, "uncertain": {"points": 8}}
    return run_sweep(said, tmp_path_factory.mktemp("disputed") / "out")


@pytest.fixture
def asked_twice(monkeypatch):
    """Have a report ask two questions: one of each scenario, one of all together."""
    asked = [("differences", "two-disputes"), ("differences", "iran-2012"), ("robustness", None)]
    monkeypatch.setattr(page.questions, "askable", lambda _: asked)


@pytest.mark.usefixtures("asked_twice")
def test_the_page_names_the_dispute_that_it_is_about_and_that_there_are_others(disputed):
    path, sections = page.write(disputed, lambda *_: None)
    assert path == disputed.folder / page.REPORT
    assert [where for where, _ in sections] == [
        "In two-disputes. The scenario holds 2 disputes; this is about tarvian-missiles, not oskarian-border "
        "(report --dispute names another).",
        "In iran-2012.",
        "Of several disputes, this is about tarvian-missiles of two-disputes "
        "(report --dispute names another).",
    ]
    text = path.read_text(encoding="utf-8")
    assert all(where in text for where, _ in sections)


@pytest.mark.usefixtures("asked_twice")
def test_another_dispute_has_a_page_of_its_own_over_the_scenarios_that_hold_it(disputed):
    path, sections = page.write(disputed, lambda *_: None, "oskarian-border")
    assert path.name == "report-oskarian-border.html"
    assert [section.key for _, section in sections] == ["differences", "robustness"]
    assert all("about oskarian-border" in where for where, _ in sections)
    runs = disputed.runs(["settled"], "two-disputes", "oskarian-border")
    expected = runs.groupby("strategy")["settled"].mean().sort_index()
    kept = disputed.folder / "analysis" / "differences-two-disputes-oskarian-border" / "ranking.csv"
    found = pd.read_csv(kept).query("outcome == 'settled'").set_index("strategy")["mean"].sort_index()
    assert found.tolist() == pytest.approx(expected.tolist())


def test_a_dispute_that_no_scenario_holds_is_refused_with_those_that_are(disputed):
    with pytest.raises(InputError, match=r"there is tarvian-missiles, oskarian-border and nuclear-programme"):
        page.write(disputed, lambda *_: None, "peace")
    assert not (disputed.folder / "report-peace.html").exists()


def test_a_question_without_an_answer_is_told_as_not_asked(swept, monkeypatch):
    monkeypatch.setattr(
        page.questions, "askable", lambda _: [("orders", "iran-2012"), ("survival", "iran-2012")]
    )
    path, sections = page.write(swept, lambda *_: None)
    assert [section.key for _, section in sections] == ["survival"]
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
