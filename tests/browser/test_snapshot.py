"""A snapshot keeps a month of a world as it was, whatever becomes of the world."""

import numpy as np
import pytest

from browser.scene.snapshot import KEPT, snapshot_of
from model import SanctionsModel
from model.world import World


@pytest.fixture
def model():
    return SanctionsModel(months=14)


def test_it_holds_every_column_of_what_it_keeps(model):
    snapshot = snapshot_of(model)
    assert set(KEPT) < set(World._fields)
    assert tuple(snapshot.tables) == KEPT
    for name, table in snapshot.tables.items():
        np.testing.assert_array_equal(table, np.asarray(getattr(model.world, name)))
        assert table.dtype.names == getattr(model.world, name).dtype.names


def test_it_stays_as_it_was_while_the_model_lives_on(model):
    opening = snapshot_of(model)
    kept = {name: table.copy() for name, table in opening.tables.items()}
    model.run()
    later = snapshot_of(model)
    for name, table in opening.tables.items():
        np.testing.assert_array_equal(table, kept[name])
    moved = [name for name in KEPT if (opening.tables[name] != later.tables[name]).any()]
    assert {"states", "parties", "disputes", "trust"} <= set(moved)


def test_it_shares_no_memory_with_the_world(model):
    snapshot = snapshot_of(model)
    assert not any(np.shares_memory(snapshot.tables[name], getattr(model.world, name)) for name in KEPT)


@pytest.mark.parametrize("name", KEPT)
def test_no_table_of_it_can_be_written(model, name):
    table = snapshot_of(model).tables[name]
    with pytest.raises(ValueError, match="read-only"):
        table[table.dtype.names[0]] = 0


def test_a_row_is_read_by_its_columns(model):
    snapshot = snapshot_of(model)
    assert snapshot.row("states", 1)["hardship"] == model.world.states["hardship"][1]


def test_it_has_the_date_of_the_month_that_was_lived_last(model):
    dates = [snapshot_of(model).date]
    for _ in range(3):
        model.step()
        dates.append(snapshot_of(model).date)
    assert dates == [model.case.date_of(month) for month in (0, 0, 1, 2)]
    assert snapshot_of(model).month == 3
