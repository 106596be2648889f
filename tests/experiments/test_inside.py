import numpy as np
import pytest

from experiments import list_mechanisms, look_inside
from experiments.inside import MOVED, lived, phases_of
from model import SanctionsModel
from model.calendar import advance
from model.world import TABLES, World

pytestmark = pytest.mark.usefixtures("compiled")


def same_world(one, other):
    return all(
        getattr(one.world, name).tobytes() == getattr(other.world, name).tobytes() for name in World._fields
    )


@pytest.mark.parametrize("scenario", ["iran-2012", "two-disputes"])
@pytest.mark.parametrize("month", [0, 7])
def test_a_month_lived_phase_by_phase_is_the_month_that_is_lived(scenario, month):
    model = SanctionsModel(scenario, "quiet-ladder", seed=3)
    for _ in range(month):
        model.step()
    inside = model.branch()
    list(lived(inside))
    model.step()
    assert same_world(inside, model)


def test_looking_inside_moves_nothing():
    model = SanctionsModel(seed=3, months=4)
    before = model.branch()
    look_inside(model)
    assert model.month == 0
    assert same_world(model, before)


def test_the_phases_come_in_the_order_of_the_calendar():
    looks = look_inside(SanctionsModel(seed=3, months=4))
    assert [look.name for look in looks] == [phase.__name__ for phase in phases_of(advance)]
    assert (looks[0].name, looks[-1].name) == ("keep_dates", "record")
    assert all(look.says.endswith(".") for look in looks)


def test_a_rule_of_one_s_own_stands_at_the_end():
    def calm(world, given, month):
        """Let everybody breathe."""
        world.disputes[0].tension *= 0.5

    last = look_inside(SanctionsModel(seed=3, months=4, phases=(calm,)))[-1]
    assert (last.name, last.reads) == ("calm", ("disputes.tension",))
    assert last.moved["column"].tolist() == ["tension"]
    assert last.moved["after"].item() == 0.5 * last.moved["before"].item()


def test_what_is_said_to_be_read_and_moved_are_columns_of_the_world():
    known = {f"{table}.{column.name}" for table, columns in TABLES.items() for column in columns}
    looks = look_inside(SanctionsModel("two-disputes", seed=3, months=4))
    assert set().union(*(look.reads for look in looks)) <= known
    assert any(look.events for look in looks)
    for look in looks:
        assert list(look.moved.columns) == list(MOVED)
        assert not np.any(look.moved["before"] == look.moved["after"])


def test_pressure_moves_losses_and_reads_the_measures():
    press = next(look for look in look_inside(SanctionsModel(seed=3, months=4)) if look.name == "press")
    assert "parties.imposed" in press.reads
    assert {"loss", "felt (energy)"} <= set(press.moved["column"])


def test_every_mechanism_that_is_listed_can_be_switched_off():
    said = list_mechanisms()
    assert len(said) > 50
    assert all(words for words in said.values())
    SanctionsModel(months=1, without=tuple(said))
