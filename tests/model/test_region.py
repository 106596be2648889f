"""Synthetic regions: as many of each kind as asked, from stated ranges, by seed."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from model.scenario import load_scenario
from model.vocabulary import InputError, Role


def test_a_stylised_region_has_sixty_agents_and_about_five_hundred_ties():
    scenario = load_scenario("stylised-region")
    world, network = scenario.opening()
    layers = [network.trade, network.membership, network.constituency, network.transnational]
    ties = sum(map(len, [*layers, network.proximity, network.trust_ties])) + 2 * len(world.channels)
    assert len(scenario.actors) == 60
    assert 450 <= ties <= 550


@pytest.mark.parametrize("disputes", [1, 2, 5])
def test_a_region_grows_as_many_disputes_as_asked(disputes):
    scenario = load_scenario("stylised-region", grow={"disputes": disputes})
    assert len(scenario.disputes) == disputes
    assert len(scenario.parties) == disputes * 9
    assert len(set(scenario.principals)) == 2 * disputes


def test_the_same_seed_grows_the_same_region_and_another_seed_another():
    first, again, other = (load_scenario("stylised-region", grow={"seed": seed}).raw for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_more_civil_society_leaves_states_and_disputes_as_they_were():
    few, many = (load_scenario("stylised-region", grow={"civil_society": number}).raw for number in (16, 40))
    for table in ("states", "trade", "bodies", "members", "mediators", "proximity", "trust", "disputes"):
        assert few[table] == many[table]
    assert many["civil_society"][:16] == few["civil_society"]


def coalitions(grow):
    """Return how many send measures in each of many disputes."""
    scenario = load_scenario("stylised-region", grow={"disputes": 15, **grow})
    return [int(row.senders) for row in scenario.opening()[0].disputes]


def test_coalitions_of_a_region_are_drawn_between_the_fewest_and_the_most():
    assert set(coalitions({})) == {4}
    assert set(coalitions({"fewest_senders": 1})) == {1, 2, 3, 4}


@pytest.mark.parametrize(("chance", "backed"), [(0.0, {False}), (1.0, {True}), (0.5, {False, True})])
def test_organisations_back_as_many_disputes_as_their_chance_says(chance, backed):
    scenario = load_scenario("stylised-region", grow={"disputes": 15, "io_backed": chance})
    assert {dispute.io_backed for dispute in scenario.text.disputes} == backed


def test_commitment_is_drawn_without_moving_any_other_draw():
    said, drawn = (
        copy.deepcopy(load_scenario("stylised-region", grow=grow).raw)
        for grow in ({}, {"ranges": {"commitment": [0.1, 0.3]}})
    )
    commitments = [scenario["disputes"][0].pop("commitment") for scenario in (said, drawn)]
    assert commitments[0] == 0.6
    assert 0.1 <= commitments[1] <= 0.3
    assert said == drawn


def test_a_range_that_is_not_named_stays_as_the_file_has_it():
    grown = [load_scenario("stylised-region", grow=grow) for grow in ({}, {"ranges": {"cost": [3.0, 3.0]}})]
    kept, changed = (scenario.raw["disputes"][0] for scenario in grown)
    assert kept["parties"] == changed["parties"]
    assert kept["milestones"] != changed["milestones"]


def test_figures_of_a_region_come_from_the_stated_ranges():
    ranges = {"cost": [3.0, 3.5], "exposure": [0.25, 0.3], "support": [0.5, 0.5]}
    world, _ = load_scenario("stylised-region", grow={"ranges": ranges, "states": 60}).opening()
    assert 2.99 < world.disputes.cost.sum() < 3.51
    assert ((world.states.exposure.sum(axis=1) > 0.249) & (world.states.exposure.sum(axis=1) < 0.301)).all()
    assert (world.states.support == 0.5).all()


def test_states_of_a_region_differ():
    world, _ = load_scenario("stylised-region").opening()
    for name in ("accountability", "support", "size", "hardliners"):
        assert len(set(world.states[name])) > 30
    assert world.states["size"].max() > 10 * np.median(world.states["size"])


def test_neighbours_of_a_region_lie_next_to_the_target():
    scenario = load_scenario("stylised-region")
    world, network = scenario.opening()
    target = world.disputes[0].target_state
    near = {
        int(tie.second if tie.first == target else tie.first)
        for tie in network.proximity
        if target in (tie.first, tie.second)
    }
    beside = world.parties[world.parties.role == Role.NEIGHBOUR].state
    assert len(beside) == 2
    assert set(map(int, beside)) <= near


@pytest.mark.parametrize(
    ("grow", "told"),
    [
        ({"states": 6, "senders": 9}, "grow.states: 6 are too few for 14 parties to a dispute"),
        ({"disputes": 30}, "grow.disputes: 30 need twice as many states, not 36"),
        ({"fewest_senders": 5}, "grow.fewest_senders: 5 are more than senders, 4"),
        ({"channels": 6}, "grow.channels: 6 need as many mediators, not 5"),
        ({"sed": 3}, "grow.sed: unknown key (did you mean 'seed'?)"),
        (
            {"generator": "smallworld"},
            "grow.generator: 'smallworld' is not one of small-world, scale-free, core-periphery, "
            "random-geometric (did you mean 'small-world'?)",
        ),
        ({"ranges": {"cost": [6.0, 3.0]}}, "grow.ranges.cost: from 6 to 3: the lower bound comes first"),
        ({"ranges": {"costs": [3.0, 6.0]}}, "grow.ranges.costs: unknown key (did you mean 'cost'?)"),
    ],
)
def test_a_region_that_cannot_be_grown_is_told_why(grow, told):
    with pytest.raises(InputError) as refused:
        load_scenario("stylised-region", grow=grow)
    assert str(refused.value) == f"scenarios/stylised-region.toml: {told}"


def test_a_scenario_that_lists_its_actors_does_not_grow():
    with pytest.raises(InputError, match=r"iran-2012.toml: grow: this scenario lists its actors"):
        load_scenario("iran-2012", grow={"seed": 1})


def test_what_is_grown_cannot_be_listed_too():
    header = {"name": "x", "title": "x", "start": "2000-01", "months": 12, "grow": {}}
    with pytest.raises(InputError, match=r"scenario: states: grown by \[grow\]; leave one of the two out"):
        load_scenario(header | {"states": []})
