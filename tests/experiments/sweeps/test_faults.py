"""Every fault of an experiment file is told at its place, with what is allowed."""

import pytest

from experiments.sweeps.experiment import load_experiment
from experiments.sweeps.grid import grid_of
from model.vocabulary import InputError

SAID = {"name": "x", "title": "T", "scenarios": ["iran-2012"], "strategies": ["step-for-step"]}
WHOLE = {"name": "l", "key": "talks.insiders", "levels": [1, 2]}


def faults(said):
    with pytest.raises(InputError) as fault:
        load_experiment(SAID | said)
    return [line.removeprefix("experiment 'x': ") for line in str(fault.value).splitlines()]


def uncertain(**said):
    return {"uncertain": said}


def levers(*said, **generate):
    return {"generate": {"levers": [{"name": "l"} | lever for lever in said]} | generate}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"scenario": []}, ["scenario: unknown key; one of name,", "did you mean 'scenarios'?"]),
        ({"name": "X y"}, ["name: should be lower-case words joined by hyphens, not 'X y'"]),
        ({"scenarios": "iran-2012"}, ["scenarios: should be a list, not 'iran-2012'"]),
        ({"scenarios": []}, ["scenarios: none named"]),
        ({"strategies": []}, ["strategies: none named"]),
        ({"replicates": 2.5}, ["replicates:", "not 2.5"]),
        ({"months": 1201}, ["months:", "1200"]),
        ({"outcome": "setled"}, ["outcome: 'setled' is no outcome", "did you mean 'settled'?"]),
        ({"outcome": "ending"}, ["outcome: 'ending' is no outcome"]),
        ({"outcomes": ["settled", "xyz"]}, ["outcomes: 'xyz' is no outcome", "docs/outcomes.md"]),
        ({"thresholds": {"hardshp": 1}}, ["thresholds: 'hardshp' is no outcome", "'hardship'"]),
        ({"thresholds": {"hardship": "high"}}, ["thresholds.hardship: should be a number, not 'high'"]),
        ({"without": ["M999"]}, ["without: mechanism 'M999'", "M01 to"]),
        (uncertain(point=3), ["uncertain.point: unknown key", "did you mean 'points'?"]),
        (uncertain(design="latin"), ["uncertain.design: should be 'none', ", "not 'latin'"]),
        (uncertain(points=0), ["uncertain.points:", "not 0"]),
        (uncertain(numbers=["leak_bas"]), ["uncertain.numbers:", "did you mean 'leak_base'?"]),
        (uncertain(numbers=["patience"] * 2), ["uncertain.numbers: 'patience' is named twice"]),
        (uncertain(numbers=["majority"]), ["uncertain.numbers: 'majority' cannot be drawn"]),
        (uncertain(numbers=["civilian"]), ["uncertain.numbers: 'civilian' cannot be drawn"]),
        (uncertain(ranges={"leak_base": [0.004, 9]}), ["ranges.leak_base: 9 is outside", "0.003 to 0.012"]),
        (uncertain(ranges={"leak_base": [0.01, 0.004]}), ["ranges.leak_base:", "the lower end first"]),
        (uncertain(ranges={"leak_base": [0.004]}), ["uncertain.ranges.leak_base:", "a range such as"]),
        (
            uncertain(numbers=["patience"], ranges={"leak_base": [0.004, 0.01]}),
            ["uncertain.ranges.leak_base: is not among the numbers that are drawn"],
        ),
        (
            uncertain(design="none", ranges={"leak_base": [0.004, 0.01]}),
            ["uncertain.ranges: the design none has no use for it; latin-hypercube"],
        ),
        (uncertain(design="none", points=3), ["uncertain.points: the design none has no use for it"]),
        (uncertain(design="factorial"), ["uncertain.levels: missing: the design factorial needs"]),
        (
            uncertain(levels={"leak_base": [0.01]}),
            ["uncertain.levels: the design latin-hypercube has no use"],
        ),
        (
            uncertain(design="factorial", levels={"leak_base": []}),
            ["uncertain.levels.leak_base: none named"],
        ),
        (
            uncertain(design="factorial", levels={"leak_base": [0.01, 0.01]}),
            ["uncertain.levels.leak_base: 0.01 is named twice"],
        ),
        (
            uncertain(design="factorial", levels={"leak_base": [0.01, 1]}),
            ["uncertain.levels.leak_base: 1 is outside what is declared"],
        ),
        (uncertain(design="posterior"), ["uncertain.posterior: missing: ", "CSV or Parquet"]),
        (uncertain(posterior="a.csv"), ["uncertain.posterior: the design latin-hypercube has no use for it"]),
        ({"generate": {}}, ["generate: says neither levers nor an order"]),
        (levers(WHOLE, points=3), ["generate.points: a factorial has none"]),
        (levers(WHOLE, design="sobol"), ["generate.points: missing", "sobol"]),
        (levers(WHOLE, WHOLE), ["generate.levers: 'l' is named twice"]),
        (levers(WHOLE | {"name": "order"}), ["levers[1].name: 'order' is the name of another column"]),
        (levers({}), ["generate.levers[1]: says exactly one of key, dimension and transform"]),
        (levers(WHOLE | {"dimension": "D01"}), ["generate.levers[1]: says exactly one of"]),
        (levers(WHOLE | {"levels": []}), ["generate.levers[1].levels: missing: what does 'l' vary between?"]),
        (levers(WHOLE | {"levels": [1]}), ["generate.levers[1].levels: one only", "two or more"]),
        (levers(WHOLE | {"levels": [1, 1]}), ["generate.levers[1].levels: 1 is named twice"]),
        (levers(WHOLE | {"levels": [[1]]}), ["generate.levers[1].levels[1]: should be a number, a word"]),
        (levers(WHOLE | {"about": "Who"}), ["generate.levers[1].about: is said beside a dimension only"]),
        (levers(WHOLE | {"count": 5}), ["generate.levers[1].count: counts the even levels of a range"]),
        (levers(WHOLE | {"low": 1, "high": 3}), ["generate.levers[1]: a range is for a key"]),
        (levers({"key": "a.b", "low": 1}), ["generate.levers[1].high: missing: a range needs low and high"]),
        (
            levers({"key": "a.b", "low": 3, "high": 1}),
            ["generate.levers[1].low: 3: should be less than high"],
        ),
        (levers({"key": "a.b", "low": "a", "high": 1}), ["generate.levers[1].low: should be a number"]),
        (levers({"transform": "step", "levels": [1, 2]}), ["levers[1].transform: should be 'steps'"]),
        (levers({"dimension": "D77"}), ["generate.levers[1]: 'D77' is no dimension", "D01 to D46 and I01"]),
        (levers({"dimension": "D09"}), ["generate.levers[1]: D09 asks", "say which (about)"]),
        (levers({"dimension": "D22", "levels": ["a", "b"]}), ["generate.levers[1]: D22 has not all of"]),
        ({"generate": {"order": {"before": [["a"]]}}}, ["generate.order.before[1]: should be two titles"]),
    ],
)
def test_one_fault_is_one_line_that_names_its_place_and_what_is_allowed(said, told):
    (line,) = faults(said)
    assert all(words in line for words in told), line


def test_a_key_that_must_be_there_is_missed_in_words():
    with pytest.raises(InputError, match="scenarios: missing: every experiment needs a list of scenarios"):
        load_experiment({"name": "x", "title": "T", "strategies": ["step-for-step"]})


def test_levels_that_are_not_quite_the_same_are_two():
    twins = WHOLE | {"key": "framing.dashboard", "levels": [True, 1]}
    assert load_experiment(SAID | levers(twins)).generate.levers[0].levels == (True, 1)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (uncertain(design="sobol", points=100), r"^uncertain\.points: .*powers of two.*64 and 128"),
        (
            levers({"key": "talks.insiders", "low": 1, "high": 9}, design="saltelli", points=9),
            r"^generate\.points: .*8 and 16",
        ),
        ({"scenarios": ["iran"]}, "iran: no such scenario.*iran-2012"),
        ({"strategies": ["stepforstep"]}, "no such strategy.*did you mean 'step-for-step'"),
        ({"strategies": ["big-bang", "big-bang"]}, "strategies: 'big-bang' is named twice"),
        (
            {"generate": {"order": {"before": [["First", "Last step"]]}}},
            "generate.order: .*'First' is the title",
        ),
        (uncertain(design="posterior", posterior="none.csv"), "uncertain.posterior: there is no file"),
    ],
)
def test_what_only_the_other_files_show_is_told_before_anything_is_run(said, told):
    with pytest.raises(InputError, match=told):
        grid_of(load_experiment(SAID | said))
