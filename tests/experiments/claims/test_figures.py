"""Every kind of outcome is drawn, of one claim and of ten, and no mark lies outside its sheet."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from experiments.claims import figures
from experiments.claims.claim import list_claims, load_claim
from experiments.claims.judging import judged

COMPLIANCE = "true_compliance"


@pytest.fixture(scope="module")
def judgements(claimed, pretended_trial, luck):
    """One of each verdict."""
    drawn = pretended_trial(claimed(), {}).draws["patience"].to_numpy()
    flip = np.where(drawn > 0.7, 0.4, np.where(drawn > 0.4, 0.0, -0.4))
    effects = [0.3, -0.3, 0.0, flip, luck(5, spread=0.9), 9.0]
    effects += [np.where(np.arange(200) < unknown, np.nan, 0.3) for unknown in (39, 40, 200)]
    made = []
    for effect in effects:
        claim = claimed(
            arms=[{"name": "mild"}, {"name": "firm and a rather long name of an arm"}],
            contrast={"better": ["firm and a rather long name of an arm"], "refuted_by": ["worse"]},
            bands=[{"number": "patience"}],
            placebo={"arm": "mild"},
        )
        worth = {
            "firm and a rather long name of an arm": effect + luck(2, spread=0.1),
            "mild shuffled 1": 0.2,
        }
        made.append(judged(pretended_trial(claim, {COMPLIANCE: worth | {"mild": 0.0}})))
    return made


def drawn(figure):
    """Draw a figure, and return what is written on it."""
    FigureCanvasAgg(figure).draw()
    return [text.get_text() for axes in figure.axes for text in axes.texts] + [
        label.get_text()
        for axes in figure.axes
        for label in (*axes.get_yticklabels(), *axes.get_xticklabels())
    ]


def test_there_is_one_of_each_verdict(judgements):
    assert {each.verdict for each in judgements} == {
        "confirmed",
        "refuted",
        "holds in part of the space",
        "not told apart",
    }


@pytest.mark.parametrize("number", [1, 9])
def test_claims_are_drawn_on_one_sheet(judgements, number):
    figure = figures.scoreboard(judgements[:number])
    said = drawn(figure)
    assert sum(label.startswith("C01") for label in said) == number
    assert sum(label.endswith("%") or label == "not cut" for label in said) >= number


def test_ten_claims_are_drawn_with_all_their_contrasts_and_riders(judgements):
    bundled = []
    for name in list_claims():
        claim, pattern = load_claim(name), judgements[0]
        [finding] = pattern.whole.findings
        findings = [replace(finding, contrast=contrast.name) for contrast in claim.contrasts]
        whole = replace(pattern.whole, findings=findings)
        bundled.append(replace(pattern, claim=claim, whole=whole, subspaces=[whole]))
    figure = figures.scoreboard(bundled)
    assert sum(label[:3] in list_claims() for label in drawn(figure)) == 10
    marks = [line for line in figure.axes[0].lines if line.get_marker() in ("o", ">", "<")]
    contrasts = [contrast for each in bundled for contrast in each.claim.contrasts]
    assert len(marks) == len(contrasts)
    assert sum(mark.get_markerfacecolor() == "white" for mark in marks) == sum(
        each.rider for each in contrasts
    )


def test_an_effect_beyond_the_edge_is_an_arrowhead_that_points_there(judgements):
    [finding] = judgements[0].whole.findings
    least = float(judgements[0].claim.contrasts[0].least)
    for size, marker in ((0.5, "o"), (2 * figures.EDGE, ">"), (-2 * figures.EDGE, "<")):
        whole = replace(judgements[0].whole, findings=[replace(finding, effect=size * least)])
        lines = figures.scoreboard([replace(judgements[0], whole=whole)]).axes[0].lines
        assert marker in [line.get_marker() for line in lines]


def test_an_effect_beyond_the_sheet_is_drawn_at_its_edge(judgements):
    figure = figures.scoreboard(judgements)
    low, high = figure.axes[0].get_xlim()
    for line in figure.axes[0].lines[1:]:
        assert not ((line.get_xdata() < low) | (line.get_xdata() > high)).any()


def test_what_a_claim_rests_on_is_drawn_whatever_its_verdict(judgements):
    for judgement in judgements:
        figure = figures.claim(judgement)
        said = drawn(figure)
        assert {"everywhere", "iran-2012", "all mechanisms", "without M78"} <= {*said}
        assert "against itself\nshuffled" in said
        numbered = len(judgement.subspaces) if len(judgement.subspaces) > 1 else 0
        assert sum(label.startswith("part ") for label in said) == numbered


def test_the_title_counts_verdicts(judgements):
    assert figures.title_of(judgements[:1]).endswith(" put to the model: 1 confirmed")
    begin, counts = figures.title_of(judgements).split(" put to the model: ")
    assert begin == f"{len(judgements)} claims"
    verdicts = counts.replace("(", "").split(", ")
    assert sum(int(said.split()[0]) for said in verdicts) == len(judgements)
