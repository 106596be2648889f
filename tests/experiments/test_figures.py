import io
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from experiments import figures, findings, palette, portrait, statistics
from experiments.label import LABEL


@pytest.fixture
def drawn(runs):
    table = findings.summary(runs)
    order = [str(name) for name in table.index]
    return table, order, palette.strategy_marks(order, order)


def test_shares_show_every_strategy_best_on_top(drawn):
    table, order, marks = drawn
    axes = figures.shares(table, marks, "title").axes[0]
    shown = [
        label.get_text() for _, label in sorted(zip(axes.get_yticks(), axes.get_yticklabels(), strict=True))
    ]
    assert shown[::-1] == order
    assert "share" in axes.get_xlabel()


def test_endings_of_a_strategy_add_up_to_all_its_runs(runs, drawn):
    axes = figures.endings(runs, drawn[1], "title").axes[0]
    total = sum(bar.get_width() for bars in axes.containers for bar in bars)
    assert total == pytest.approx(len(drawn[1]))


def test_pairs_that_are_not_told_apart_are_marked(runs, drawn):
    pairs = statistics.differences(runs, "settled_and_lasted")
    figure = figures.contrasts(pairs, drawn[1], "title")
    rings = [text for text in figure.axes[0].texts if text.get_text() == "○"]
    assert len(rings) == 2 * int((~pairs["apart"]).sum())


def test_a_median_that_is_never_reached_points_beyond_the_axis(runs, drawn, tmp_path):
    table, _, marks = drawn
    table["agreement"] = table["agreement_high"] = np.inf
    figure = figures.waits(table, 48, marks, "title")
    figures.save(figure, tmp_path / "waits.png")
    assert figure.axes[1].get_xticklabels()[-1].get_text() == "never"
    assert (tmp_path / "waits.png").stat().st_size > 10_000


def test_a_portrait_leaves_out_what_the_model_does_not_record(tmp_path):
    series = pd.DataFrame({"date": ["2012-12", "2013-01"], "hardship": [0.1, 0.2]})
    events = pd.DataFrame({"month": [1], "kind": ["SNAPPED_BACK"], "date": "2013-01", "sentence": "x"})
    figure = portrait.portrait(series, events, "title")
    figures.save(figure, tmp_path / "portrait.png")
    assert len(figure.axes) == 2
    assert portrait.kinds(events).tolist() == ["snapped-back"]


def test_only_the_principals_changes_of_government_are_pictured():
    events = pd.DataFrame({"kind": ["election", "leak", "election"], "who": ["iran", "france", "france"]})
    assert portrait.between(events, ("iran",)).index.tolist() == [0, 1]


def test_what_all_long_names_begin_with_is_left_out():
    names = [f"a-ladder-with-a-long-name-wait-{wait}-talks-private" for wait in (2, 6)]
    assert list(figures.shortened(names).values()) == ["…2-talks-private", "…6-talks-private"]
    assert figures.shortened(["one-way", "one-other"]) == {"one-way": "one-way", "one-other": "one-other"}


@pytest.mark.parametrize("note", ["", "A note.", f"{LABEL}. A note.", "A note of many words. " * 20])
def test_every_figure_says_once_that_it_is_no_forecast(note):
    said = figures.sheet(1.0, "A title", note).get_supxlabel()
    assert said.startswith(LABEL)
    assert said.count(LABEL) == 1
    assert max(map(len, said.splitlines())) <= figures.LETTERS


def test_the_label_stands_in_the_file_of_a_figure(tmp_path):
    figure = figures.sheet(1.0, "A title")
    figures.save(figure, tmp_path / "figure.png")
    told = Image.open(tmp_path / "figure.png").text
    assert (told["Title"], told["Description"]) == ("A title", LABEL)
    drawn = io.BytesIO()
    figures.save(figure, drawn, "svg")
    assert f"<dc:description>{LABEL}</dc:description>" in drawn.getvalue().decode()


@pytest.mark.parametrize("lines", [1, 2, 5])
def test_plot_key_and_small_print_stand_one_below_the_other(runs, drawn, lines):
    figure = figures.endings(runs, drawn[1], "title")
    figures.print_small(figure, *(f"Line {line}." for line in range(lines)))
    for _ in range(2):  # it stays so, however often it is drawn
        figure.draw_without_rendering()
        parts = [figure.axes[0], figure.legends[0], figure._supxlabel]
        boxes = [part.get_tightbbox() for part in parts]
        assert all(upper.ymin > lower.ymax for upper, lower in pairwise(boxes))
        assert boxes[-1].ymin > 0


def test_a_figure_shows_itself_in_a_notebook_in_its_own_colours():
    figure = figures.sheet(1.0, "A title")
    figure.subplots().fill_between([0, 1], [1, 1], color="#0072B2")
    shown = Image.open(io.BytesIO(figure._repr_png_()))
    assert shown.mode == "P"
    colours = {colour for _, colour in shown.convert("RGB").getcolors(100_000)}
    assert {(255, 255, 255), (0x00, 0x72, 0xB2)} <= colours
