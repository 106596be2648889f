"""Every mechanism has one switch, one reader of it, and one scene that shows what it does."""

import ast
import functools
import importlib.util
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from showing import Showing, assert_shown, runs_thousands, shown

from model.parameters import CARRIED_BY, SWITCHABLE

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SAID = tomllib.loads((ROOT / "model" / "mechanisms.toml").read_text(encoding="utf-8"))


def cases_of(path):
    """Return the showings of a file of tests."""
    spec = importlib.util.spec_from_file_location(f"showings_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.CASES


SHOWN = Counter(
    case.mechanism for path in HERE.glob("test_*.py") if path != Path(__file__) for case in cases_of(path)
)


@functools.cache
def switches_read():
    """Return the mechanisms whose switch is read somewhere in the model."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "model").rglob("*.py")]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    return {node.attr.upper() for node in nodes if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("mechanism", SAID)
def test_every_mechanism_is_shown_once(mechanism):
    assert SHOWN[mechanism] == 1


def test_nothing_is_shown_that_is_no_mechanism():
    assert set(SHOWN) <= set(SAID)


@pytest.mark.parametrize("number", SWITCHABLE)
def test_every_switch_is_read(number):
    assert f"M{number:02d}" in switches_read()


def test_what_has_no_switch_is_carried_by_what_has_one():
    switched = {f"M{number:02d}" for number in SWITCHABLE}
    assert set(SAID) - switched == set(CARRIED_BY)
    assert {carrier for carriers in CARRIED_BY.values() for carrier in carriers} <= switched


UNBOUND = Showing(
    mechanism="M25",
    claim="A memorandum keeps leaks rarer.",
    quantity="leaks",
    sign=-1,
    strategy={"talks": {"track": "private", "insiders": 12, "memorandum": "none"}},
    replicates=50,
)


@runs_thousands[0]
@runs_thousands[1]
def test_a_scene_in_which_a_mechanism_cannot_act_shows_nothing():
    assert shown(UNBOUND).moved == 0
    with pytest.raises(AssertionError, match="0 of 50 replicates moved"):
        assert_shown(UNBOUND)


@runs_thousands[0]
@runs_thousands[1]
def test_a_mechanism_that_works_the_other_way_is_not_shown():
    bound = UNBOUND._replace(strategy={"talks": UNBOUND.strategy["talks"] | {"memorandum": "full"}})
    with pytest.raises(AssertionError, match=r"M25: A memorandum keeps leaks rarer\."):
        assert_shown(bound._replace(sign=1))
