"""Scenarios: what is bundled, and how files are found, read and written."""

from __future__ import annotations

import numpy as np
import pytest

from model.scenario import list_scenarios, load_scenario
from model.vocabulary import DateKind, InputError, Kind, Sector


@pytest.mark.parametrize("name", list_scenarios())
def test_every_bundled_scenario_says_where_its_figures_come_from(name):
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.title
    assert scenario.description
    assert scenario.sources


def test_actors_are_numbered_by_kind():
    scenario = load_scenario("iran-2012")
    kinds = [scenario.kind_of[name] for name in scenario.actors]
    assert kinds == sorted(kinds)
    assert kinds.count(Kind.MEDIATOR) == 3


def test_principals_are_the_target_and_the_lead_sender():
    assert load_scenario("iran-2012").principals == ("iran", "united-states")


def test_months_are_told_as_dates():
    scenario = load_scenario("iran-2012")
    assert scenario.date_of(0) == scenario.start == "2012-01"
    assert scenario.date_of(20) == "2013-09"
    assert scenario.date_of(scenario.months) == "2020-01"
    assert scenario.date_of(-1) == "2011-12"


def test_the_union_stops_buying_oil_in_july_2012():
    scenario = load_scenario("iran-2012")
    world, network = scenario.opening()
    embargo = next(date for date in network.dates if scenario.actors[date.state] == "european-union")
    assert scenario.date_of(int(embargo.month)) == "2012-07"
    assert embargo.kind == DateKind.MEASURE
    assert embargo.sectors == 1 << Sector.ENERGY
    assert world.parties[embargo.party].state == embargo.state
    assert world.parties[embargo.party].imposed[Sector.ENERGY] < embargo.amount


def test_facts_of_the_calendar_stand_in_order():
    _, network = load_scenario("iran-2012").opening()
    assert (np.diff(network.dates.month) >= 0).all()


def test_iran_sells_more_oil_to_asia_than_to_europe():
    scenario = load_scenario("iran-2012")
    _, network = scenario.opening()
    iran = scenario.actors.index("iran")
    share = {
        scenario.actors[tie.partner]: tie.share[Sector.ENERGY]
        for tie in network.trade
        if tie.reporter == iran
    }
    asia = sum(share[name] for name in ("china", "japan", "india", "south-korea"))
    europe = sum(share[name] for name in ("european-union", "france", "germany", "united-kingdom"))
    assert 0.15 < europe < asia < 0.65


def test_a_missing_scenario_names_the_nearest_that_is_bundled():
    with pytest.raises(InputError) as refused:
        load_scenario("iran-2021")
    assert str(refused.value) == (
        "iran-2021: no such scenario (did you mean 'iran-2012'?); bundled are "
        f"{', '.join(list_scenarios())}, or give the path of a TOML file"
    )


def test_a_fault_names_the_file_it_stands_in(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\nmonths = 12\n', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_scenario(path)
    assert str(refused.value).splitlines()[0] == f"{path}: title: missing"


def test_a_date_needs_quotes(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("start = 2012-01-01\n", encoding="utf-8")
    with pytest.raises(InputError, match='start: write the month in quotes, as in "2012-01"'):
        load_scenario(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"name = ", "not valid TOML: Invalid value"), (b"\xff\xfe", "not a text file in UTF-8")],
    ids=["broken", "binary"],
)
def test_a_file_that_is_no_toml_is_told_so(tmp_path, content, told):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        load_scenario(str(path))
    assert str(refused.value).startswith(f"{path}: {told}")


def test_a_scenario_survives_being_written(tmp_path):
    pytest.importorskip("tomli_w")
    for name in list_scenarios():
        scenario = load_scenario(name)
        scenario.write(tmp_path / f"{name}.toml")
        again = load_scenario(tmp_path / f"{name}.toml")
        for mine, its in zip(scenario.opening(), again.opening(), strict=True):
            assert all((one == other).all() for one, other in zip(mine, its, strict=True))
        assert again.path == tmp_path / f"{name}.toml"
