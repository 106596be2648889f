"""Every uncertain number is declared once, with what is known about it, and is used."""

import math
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

import model
from model import calendar
from model.compiled import carried
from model.numbers import NUMBERS
from model.parameters import (
    CARRIED_BY,
    DTYPE,
    SWITCHABLE,
    SWITCHES,
    Parameters,
    checked,
    defaults,
    number_of,
    switches_without,
    uncertain_numbers,
)
from model.vocabulary import InputError

ALL = [number for group in NUMBERS.values() for number in group]
SAID = tomllib.loads((Path(model.__file__).parent / "mechanisms.toml").read_text(encoding="utf-8"))
SOURCES = {path: path.read_text() for path in sorted(Path(model.__file__).parent.rglob("*.py"))}
READ = set(re.findall(r"\b(?:numbers|parameters)\.([a-z_]+)\b", "\n".join(SOURCES.values())))
SWITCHED = set(re.findall(r"\bon\.(m\d+)\b", "\n".join(SOURCES.values())))


@pytest.mark.parametrize("number", ALL, ids=lambda number: number.name)
def test_every_number_says_what_is_known_about_it(number):
    assert number.unit
    assert number.source
    assert number.meaning
    assert math.isfinite(number.low)
    assert number.low <= number.high
    assert (np.asarray(number.default) >= number.low).all()
    assert (np.asarray(number.default) <= number.high).all()


@pytest.mark.parametrize("number", ALL, ids=lambda number: number.name)
def test_every_source_is_a_fact_a_hint_a_convention_or_a_judgement(number):
    named = re.split(r",\s*", number.source)
    assert all(re.fullmatch(r"[FHT]\d+|judgement|convention|.*\d{4}.*", source) for source in named)


@pytest.mark.parametrize("number", ALL, ids=lambda number: number.name)
def test_what_is_not_a_convention_has_room_for_doubt(number):
    if not isinstance(number.default, tuple):
        assert number.is_uncertain is (number.source != "convention")


@pytest.mark.parametrize("number", ALL, ids=lambda number: number.name)
def test_what_a_number_means_is_said_without_its_neighbours(number):
    leaning = (
        r"^(the same|part of it)\b|^how \w+ (it|either|they)\b|\bhalf of (it|that)\b|\b(it|that|that speed)$"
    )
    assert not re.search(leaning, number.meaning)
    assert sum(other.meaning == number.meaning for other in ALL) == 1


def test_no_number_is_declared_twice():
    names = [number.name for number in ALL]
    assert len(names) == len(set(names))


def test_every_number_is_read_by_some_rule_or_phase():
    assert {number.name for number in ALL} - READ == set()


def test_every_switch_that_is_read_belongs_to_a_mechanism_that_some_rule_carries():
    names = {mechanism.lower() for mechanisms in carried.values() for mechanism in mechanisms}
    assert calendar.__doc__
    assert SWITCHED - names == set()


def test_a_switch_exists_for_exactly_those_mechanisms_whose_switch_is_read():
    assert set(SWITCHES.names or ()) == SWITCHED
    assert {f"m{number:02d}" for number in SWITCHABLE} == SWITCHED


def test_the_defaults_are_the_declared_ones():
    row = defaults()[0]
    assert set(DTYPE.names or ()) == {number.name for number in ALL}
    for number in ALL:
        assert np.array_equal(row[number.name], number.default)


def test_the_table_shows_every_number_once():
    table = Parameters.table()
    assert sorted(table.index) == sorted(number.name for number in ALL)
    assert {"default", "low", "high", "unit", "source", "meaning", "uncertain", "file"} <= set(table.columns)
    assert table.notna().all().all()
    assert set(table.index[table.uncertain]) == {number.name for number in uncertain_numbers()}


@pytest.mark.parametrize("number", uncertain_numbers(), ids=lambda number: number.name)
def test_an_uncertain_number_may_have_any_value_of_its_range_and_no_other(number):
    assert checked(number.name, number.low) == number.low
    assert checked(number.name, number.high) == number.high
    for value in (number.low - 1.0, number.high + 1.0, math.nan, math.inf):
        with pytest.raises(InputError, match=f"'{number.name}'.*allowed is"):
            checked(number.name, value)


def test_a_misspelt_number_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="did you mean 'forgetting'"):
        number_of("forgeting")


def test_a_table_of_weights_cannot_be_drawn():
    table = next(number for number in ALL if isinstance(number.default, tuple))
    with pytest.raises(InputError, match="table of weights"):
        checked(table.name, 0.5)


def test_all_mechanisms_are_on_unless_switched_off():
    row = switches_without()[0]
    assert [row[name] for name in row.dtype.names] == [1.0] * len(SWITCHABLE)
    off = switches_without(["M14", "m105"])[0]
    assert {name for name in off.dtype.names if off[name] == 0.0} == {"m14", "m105"}


@pytest.mark.parametrize("number", SWITCHABLE)
def test_every_switch_switches_off_its_own_mechanism_and_no_other(number):
    off = switches_without([f"M{number:02d}"])[0]
    assert {name for name in off.dtype.names if off[name] == 0.0} == {f"m{number:02d}"}


@pytest.mark.parametrize("name", [f"M{len(SAID) + 1}", "M0", "leaks"])
def test_what_the_seeds_do_not_name_cannot_be_switched_off(name):
    told = f"mechanism '{name}' is not one of those of the seeds, M01 to M{len(SAID)}"
    with pytest.raises(InputError, match=told):
        switches_without([name])


@pytest.mark.parametrize(("name", "carriers"), CARRIED_BY.items())
def test_a_mechanism_that_others_carry_is_switched_off_with_them(name, carriers):
    assert set(carriers) <= {f"M{number:02d}" for number in SWITCHABLE}
    off = switches_without([name])[0]
    assert {switch.upper() for switch in off.dtype.names if off[switch] == 0.0} == set(carriers)


def test_every_mechanism_of_the_seeds_has_a_switch_of_its_own_or_carriers():
    own = {f"M{number:02d}" for number in SWITCHABLE}
    assert own.isdisjoint(CARRIED_BY)
    assert own | set(CARRIED_BY) == set(SAID)


def test_mechanisms_are_numbered_without_a_gap():
    assert list(SAID) == [f"M{number:02d}" for number in range(1, len(SAID) + 1)]
