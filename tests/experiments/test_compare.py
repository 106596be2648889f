import json
from types import SimpleNamespace

import pytest

from experiments import compare, store
from model.vocabulary import InputError


def test_a_comparison_leaves_runs_figures_report_and_manifest(pretended):
    compare.compare(compare.prepare(compare.Order("a-case", replicates=10)), pretended / "out")
    found = {
        str(path.relative_to(pretended / "out")) for path in (pretended / "out").rglob("*") if path.is_file()
    }
    drawn = {f"figures/{name}.png" for name in ("shares", "endings", "waits", "contrasts")}
    assert found == {"runs.parquet", "manifest.json", "report.html"} | drawn
    assert len(store.read_runs(pretended / "out")) == 30


def test_every_strategy_meets_the_same_draw_on_the_same_replicate(pretended):
    runs = compare.simulate(compare.prepare(compare.Order("a-case", replicates=10)))
    assert (runs.groupby("replicate")["p_knob"].nunique() == 1).all()
    assert runs["p_knob"].nunique() == 10


def test_the_manifest_holds_what_makes_the_numbers_again(pretended):
    order = compare.Order("a-case", ("quiet-talks", "loud-talks"), replicates=6, seed=3, months=24)
    compare.compare(compare.prepare(order), pretended / "out")
    made = json.loads((pretended / "out" / "manifest.json").read_text())
    assert made["command"] == (
        "backchannel compare a-case --strategy quiet-talks --strategy loud-talks "
        "--replicates 6 --seed 3 --months 24"
    )
    assert (made["seed"], made["replicates"], made["months"]) == (3, 6, 24)
    assert made["parameter_ranges"]["knob"]["low"] == -0.5


def test_what_is_matched_and_shuffled_is_part_of_the_command():
    order = compare.Order("a-case", matched=("relief", "effort"), placebo=2)
    assert order.command().endswith("--seed 7 --matched relief,effort --placebo 2")


def test_a_strategy_named_twice_is_refused(pretended):
    with pytest.raises(InputError, match=r"'quiet-talks'.*twice"):
        compare.prepare(compare.Order("a-case", ("quiet-talks", "quiet-talks")))


def test_fixed_parameters_leave_only_luck(pretended):
    comparison = compare.prepare(compare.Order("a-case", fixed=True))
    assert comparison.draws is None
    assert comparison.ranges.empty


def test_a_bundled_strategy_that_does_not_fit_is_left_out_and_a_named_one_is_refused(pretended):
    comparison = compare.prepare(compare.Order("a-quiet-case"))
    assert [strategy.name for strategy in comparison.strategies] == ["patient-talks", "quiet-talks"]
    assert comparison.misfits == ["loud-talks is left out: there is nobody to shout at."]
    with pytest.raises(InputError, match="nobody to shout at"):
        compare.prepare(compare.Order("a-quiet-case", ("loud-talks",)))


@pytest.mark.parametrize("label", ["strategies/loud-talks.toml", "strategy 'loud-talks'"])
def test_why_one_is_left_out_is_told_without_where_its_file_lies(label):
    misfit = InputError(f"{label}: stages: there is nobody: no body at all\n{label}: another reason")
    strategy = SimpleNamespace(name="loud-talks", label=label)
    assert compare.reason(misfit, strategy) == "stages: there is nobody: no body at all"


def test_the_first_dispute_is_compared_unless_another_is_named(pretended):
    briefs = {
        name: compare.compare(
            compare.prepare(compare.Order("a-double-case", replicates=40, dispute=name)),
            pretended / str(name),
        )
        for name in (None, "one-matter", "another")
    }
    assert briefs[None].finding == briefs["one-matter"].finding
    assert briefs["another"].table.share.max() < briefs["one-matter"].table.share.max()
    assert len(store.read_runs(pretended / "another")) == 2 * 3 * 40
    assert "this is about another, not one-matter" in briefs["another"].about
    assert briefs["another"].about in (pretended / "another" / "report.html").read_text()
    assert "--dispute another" in briefs["another"].manifest["command"]


def test_where_there_is_one_dispute_nobody_speaks_of_it(pretended):
    order = compare.Order("a-case", replicates=4)
    assert compare.compare(compare.prepare(order), pretended / "out").about == ""
    assert "--dispute" not in order.command()


def test_a_dispute_that_is_not_there_is_refused_with_those_that_are(pretended):
    with pytest.raises(InputError, match="there is one-matter, another"):
        compare.prepare(compare.Order("a-double-case", dispute="a-third"))


def test_two_strategies_are_compared_in_a_sentence_not_in_a_matrix(pretended):
    order = compare.Order("a-case", ("quiet-talks", "loud-talks"), replicates=40)
    brief = compare.compare(compare.prepare(order), pretended / "out")
    assert set(brief.figures) == {"shares", "endings", "waits"}
    assert brief.verdicts[0].endswith("points under loud-talks.")
