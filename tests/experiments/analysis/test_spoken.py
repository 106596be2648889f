import io

import pandas as pd
import pytest
from matplotlib.figure import Figure
from rich.console import Console

from experiments.analysis import spoken
from experiments.analysis.section import Section
from experiments.report import LABEL
from model.vocabulary import InputError

NARROW = pd.DataFrame({"share": [0.25, float("nan")], "apart": [True, False]}, index=["one", "two"])
WIDE = pd.DataFrame({f"a rather long heading {place}": [1.0] for place in range(12)})


@pytest.fixture
def section():
    return Section(
        "survival",
        "How long does it last?",
        "Twice as long under one as under two",
        ["A sentence."],
        {"by-strategy": NARROW.rename_axis("strategy"), "all": WIDE},
        {"curve": Figure(figsize=(2, 1))},
        ["How it was done."],
    )


def said(section, width=100):
    screen = Console(file=io.StringIO(), width=width)
    spoken.say(section, screen)
    return screen.file.getvalue()


def test_a_section_is_said_as_question_answer_sentences_and_notes(section):
    text = said(section)
    parts = ["How long does it last?", "Twice as long under one as under two.", "- A sentence.", "How it was"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_a_table_too_wide_for_the_terminal_is_left_to_its_file(section):
    text = said(section)
    assert "By strategy" in text
    assert "rather long heading" not in text


def test_only_the_head_of_a_long_table_is_shown(section):
    long = pd.DataFrame({"number": range(40)})
    text = said(Section("k", "Q?", "F", tables={"long": long}))
    assert f"... {40 - spoken.MOST_ROWS} more rows" in text


@pytest.mark.parametrize(
    ("value", "shown"),
    [(True, "yes"), (False, "no"), (None, "–"), (float("nan"), "–"), (0.123456, "0.123"), ((1, 2), "1, 2")],
)
def test_a_cell_reads_as_a_reader_wants_it(value, shown):
    assert spoken.cell(value) == shown


def test_a_section_is_kept_with_its_figures_tables_and_words_in_place_of_the_last_one(section, tmp_path):
    (tmp_path / spoken.FOLDER / "survival").mkdir(parents=True)
    (tmp_path / spoken.FOLDER / "survival" / "of-yesterday.csv").write_text("old")
    place = spoken.write(section, tmp_path)
    assert sorted(path.name for path in place.iterdir()) == [
        "all.csv",
        "by-strategy.csv",
        "curve.png",
        "findings.txt",
    ]
    assert pd.read_csv(place / "by-strategy.csv")["strategy"].tolist() == ["one", "two"]
    assert LABEL in (place / "findings.txt").read_text()


def test_a_place_that_cannot_be_written_is_told(section, tmp_path):
    (tmp_path / spoken.FOLDER).write_text("a file where the folder should be")
    with pytest.raises(InputError, match="cannot write results"):
        spoken.write(section, tmp_path)
