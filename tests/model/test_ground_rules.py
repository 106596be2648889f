"""The ground rules of the model, as far as its sources can be asked: no outcome written, no truth leaked."""

import ast
from pathlib import Path

import pytest

import model

MODEL = Path(model.__file__).parent
MECHANISMS = sorted((MODEL / "mechanisms").glob("[a-z]*.py"))
SHARED = [
    MODEL / f"{name}.py"
    for name in ("answers", "bounded", "experience", "lines", "monitoring", "packages", "process")
]
#: Halves and doubles are no estimates; everything else that a rule multiplies by has a name and a range.
PLAIN = {0, 1, 2, 0.5}
#: What nobody but its owner knows.
HIDDEN = {"done", "character", "red_line"}
#: Where the truth may be read: who chooses to do it, what monitors look at, and the record.
KNOWING = {"compliance", "verification", "record", "turnover"}


def functions(path):
    """Return the rules and phases of a file."""
    return [
        node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
    ]


def written(function):
    """Return, for each column that a function assigns to, the values it gives it, as they are written."""
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                place = target.value if isinstance(target, ast.Subscript) else target
                if isinstance(place, ast.Attribute):
                    found.append((place.attr, ast.unparse(node.value)))
    return found


def writers(column, values=None):
    """Return the functions of the month that write a column, with one of some values where they are given."""
    return {
        f"{path.stem}.{function.name}"
        for path in (*MECHANISMS, *SHARED)
        for function in functions(path)
        for name, value in written(function)
        if name == column and (values is None or value in values)
    }


# --- outcomes are never written, only chosen ---


def test_true_conduct_moves_only_where_the_target_carries_out_what_it_chose():
    assert writers("done") == {"compliance.carry_out"}


def test_an_agreement_comes_only_of_a_last_stage_done_or_of_a_target_that_gives_way():
    assert writers("agreement", {"1"}) == {"stages.conclude", "episode.give_way"}


def test_an_agreement_ends_only_where_a_process_falls_apart():
    assert writers("agreement", {"0"}) == {"process.fall_apart"}


def test_a_promise_is_made_only_at_the_table_or_by_giving_way():
    raised = writers("agreed") - writers("agreed", {"0.0"})
    assert raised == {"bargaining.agree", "episode.give_way"}


@pytest.mark.parametrize("path", MECHANISMS, ids=lambda path: path.stem)
def test_no_mechanism_knows_how_a_run_is_judged(path):
    imported = {
        node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    assert imported.isdisjoint({"model.outcomes", "model.labels", "model.verdict"})


# --- types and true conduct are hidden ---


@pytest.mark.parametrize(
    "path", [path for path in MECHANISMS if path.stem not in KNOWING], ids=lambda path: path.stem
)
def test_strategies_and_bystanders_act_on_what_can_be_observed(path):
    read = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    own = {"episode": {"character", "red_line"}, "reversal": {"character"}}
    assert read & HIDDEN <= own.get(path.stem, set())


# --- no bare constants in rules ---


@pytest.mark.parametrize("path", [*MECHANISMS, *SHARED], ids=lambda path: path.stem)
def test_no_rule_holds_a_number_without_a_name(path):
    bare = {
        f"{function.name}: {node.value!r}"
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value not in PLAIN
    }
    assert bare == set()


# --- the month can be read ---


@pytest.mark.parametrize("path", MECHANISMS, ids=lambda path: path.stem)
def test_a_mechanism_is_a_page_or_three_and_says_what_it_is_about_first(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    first = (ast.get_docstring(ast.parse(text)) or "").splitlines()[0]
    assert ":" in first
    assert first.endswith(".")


def test_the_calendar_fits_on_a_page():
    assert len((MODEL / "calendar.py").read_text(encoding="utf-8").splitlines()) <= 100
