"""The world as columns: declared once, and moved by whom they say."""

import ast
import functools
import math
import re
from pathlib import Path

import numpy as np
import pytest

import model
from model import calendar
from model.outcomes import OUTCOMES
from model.parameters import number_of
from model.records import FLOAT, LUCK, WHOLE, Column, blank, dtype_of, share
from model.scenario import list_scenarios, load_scenario
from model.tallies import LOOKBACK, OCCASIONS, SUMS, TALLIES
from model.vocabulary import EVENTS, Role
from model.world import TABLES, World, blank_world, copy_of

COLUMNS = [(table, column) for table, columns in TABLES.items() for column in columns]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda value: getattr(value, "name", value))
def test_every_column_says_what_it_holds_and_within_which_bounds(table, column):
    assert column.meaning
    assert column.unit
    assert column.dtype in (FLOAT, WHOLE, LUCK)
    assert column.shape >= 1
    assert column.low <= column.high
    assert not math.isnan(column.low)


# --- who moves what ---

MODEL = Path(model.__file__).parent
#: Modules whose functions write into the world on behalf of the mechanism that calls them.
SHARED = ("process", "lines", "experience")
#: Files that the calendar calls by another name.
CALLED = {"civil": "civil society", "record": "ledger"}
PHASES = re.findall(r"^[ \d]{2}[. ] (\w+(?: \w+)?)  ", calendar.__doc__ or "", re.MULTILINE)


def functions_of(path):
    """Return, by name, what each function of a file assigns to and which functions it calls."""
    found = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            inside = list(ast.walk(node))
            targets = [target for each in inside if isinstance(each, ast.Assign) for target in each.targets]
            targets += [each.target for each in inside if isinstance(each, ast.AugAssign)]
            plain = [target.value if isinstance(target, ast.Subscript) else target for target in targets]
            named = [each.func for each in inside if isinstance(each, ast.Call)]
            calls = [function.id for function in named if isinstance(function, ast.Name)]
            found[node.name] = ({each.attr for each in plain if isinstance(each, ast.Attribute)}, set(calls))
    return found


@functools.cache
def movers():
    """Return, by column, the mechanisms that write it, themselves or through what they share."""
    shared = {name: each for file in SHARED for name, each in functions_of(MODEL / f"{file}.py").items()}

    def written(name):
        assigned, calls = shared.get(name, (set(), set()))
        return assigned.union(*(written(call) for call in calls - {name}))

    found = {}
    for path in sorted((MODEL / "mechanisms").glob("*.py")):
        for assigned, calls in functions_of(path).values():
            for column in assigned.union(*map(written, calls)):
                found.setdefault(column, set()).add(CALLED.get(path.stem, path.stem))
    return found


MOVED = [(table, column) for table, column in COLUMNS if table not in ("tallies", "ledger", "seen")]


@pytest.mark.parametrize(("table", "column"), MOVED, ids=lambda value: getattr(value, "name", value))
def test_a_column_names_exactly_those_who_move_it_in_the_order_of_the_month(table, column):
    told = [mover.strip() for mover in column.moved_by.split(",") if mover]
    assert told == [phase for phase in PHASES if phase in movers().get(column.name, set())]


@pytest.mark.parametrize("table", TABLES)
def test_no_table_names_a_column_twice(table):
    names = [column.name for column in TABLES[table]]
    assert len(names) == len(set(names))


def test_a_world_has_the_declared_tables_and_counts_events_by_dispute_and_apart_from_all():
    assert World._fields == tuple(TABLES)
    world = blank_world({"states": 3, "disputes": 2})
    assert len(world.states) == 3
    assert len(world.parties) == 0
    assert world.seen.times.shape == (2 + 1, EVENTS)
    assert (world.seen.latest == -1).all()
    assert world.written == 0
    for name, columns in TABLES.items():
        assert getattr(world, name).dtype == dtype_of(columns)


def test_every_sum_has_a_column():
    totals = {column.name for column in TALLIES}
    assert {f"total_{name}" for name in (*SUMS, *OCCASIONS)} <= totals


def test_tallies_remember_more_months_than_are_looked_back():
    assert number_of("long_look").high + 1 < LOOKBACK


@pytest.mark.parametrize("scenario", list_scenarios())
def test_a_copy_of_a_world_goes_its_own_way(scenario):
    world, _ = load_scenario(scenario).opening()
    copy = copy_of(world)
    copy.states.support[:] = 0.123
    copy.seen.times[:] = 9
    assert not (world.states.support == 0.123).any()
    assert (world.seen.times == 0).all()


@pytest.mark.parametrize("scenario", list_scenarios())
def test_every_opening_is_a_fresh_one(scenario):
    place = load_scenario(scenario)
    first, _ = place.opening()
    before = first.disputes.tension[0]
    first.disputes.tension[:] = 0.999
    assert place.opening()[0].disputes.tension[0] == before


@pytest.mark.parametrize("scenario", [*list_scenarios(), "many"])
def test_the_parties_of_a_dispute_stand_in_the_order_that_the_month_walks(scenario):
    grow = {"disputes": 3, "states": 50, "seed": 5} if scenario == "many" else None
    world, _ = load_scenario("stylised-region" if scenario == "many" else scenario, grow=grow).opening()
    for row in world.disputes:
        roles = [world.parties[party].role for party in range(row.first_party, row.first_party + row.parties)]
        assert roles[0] == Role.TARGET
        assert roles[1] == Role.LEAD_SENDER
        assert roles.count(Role.TARGET) == roles.count(Role.LEAD_SENDER) == 1
        assert set(roles[1 : 1 + row.senders]) <= {Role.LEAD_SENDER, Role.SENDER}
        assert set(roles[1 + row.senders : 1 + row.deciders]) <= {Role.VETO_PLAYER}
        assert not set(roles[1 + row.deciders :]) & {Role.LEAD_SENDER, Role.SENDER, Role.VETO_PLAYER}


def test_rows_read_as_attributes():
    table = blank([share("support", "public support"), share("felt", "by sector", shape=6)], 2)
    table[0].support = 0.4
    assert table[0].support == table.support[0] == 0.4
    assert table[1].felt.shape == (6,)


def test_a_column_without_a_mover_is_no_state():
    assert share("support", "public support", "domestic").is_state
    assert not share("support", "public support").is_state
    assert Column("x", FLOAT, 1, "u", 0.0, 1.0, "m", "") == Column("x", FLOAT, 1, "u", 0.0, 1.0, "m", "")


def test_what_a_run_is_judged_by_is_no_column_of_the_world_by_another_name():
    for name in ("total_hardship", "months_at_bound", "sham_months"):
        assert name in {column.name for column in TALLIES}
    assert {"hardship", "bound_share", "sham_share"} <= set(OUTCOMES)


def test_a_blank_table_is_all_zero():
    world = blank_world({"disputes": 2, "tallies": 2})
    assert not np.frombuffer(world.disputes.tobytes(), np.uint8).any()
