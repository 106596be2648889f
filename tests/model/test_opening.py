"""The world on its first day."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.network import LAYOUT
from model.scenario import list_scenarios, load_scenario
from model.vocabulary import DisputeStatus, Role, Standing
from model.world import TABLES, TRACKS

IRAN = dict(load_scenario("iran-2012").raw)


def assert_in_range(table: Any, columns: list[Any], name: str) -> None:
    for column in columns:
        values = np.asarray(table[column.name], dtype=float)
        low = -1.0 if column.name == "bias" else column.low
        assert np.isfinite(values).all(), f"{name}.{column.name}"
        assert (values >= low).all(), f"{name}.{column.name}"
        assert (values <= column.high).all(), f"{name}.{column.name}"


def assert_valid(scenario: Any) -> None:
    world, network = scenario.opening()
    for name, columns in TABLES.items():
        assert_in_range(getattr(world, name), columns, name)
    for name, columns in LAYOUT.items():
        assert_in_range(getattr(network, name), columns, name)


@pytest.mark.parametrize("name", list_scenarios())
def test_every_bundled_scenario_opens_with_every_value_in_range(name):
    assert_valid(load_scenario(name))


@pytest.mark.parametrize("name", list_scenarios())
def test_costs_and_worth_of_a_dispute_are_of_the_order_of_three_to_six_points(name):
    world, _ = load_scenario(name).opening()
    assert ((world.disputes.cost.sum(axis=1) > 2.9) & (world.disputes.cost.sum(axis=1) < 6.1)).all()
    assert ((world.disputes.worth.sum(axis=1) > 2.9) & (world.disputes.worth.sum(axis=1) < 6.1)).all()


@settings(max_examples=30, deadline=None)
@given(
    generator=st.sampled_from(["small-world", "scale-free", "core-periphery", "random-geometric"]),
    seed=st.integers(0, 2**31 - 1),
    states=st.integers(12, 50),
    disputes=st.integers(1, 4),
    status=st.sampled_from(["threatened", "imposed"]),
)
def test_every_seed_of_every_generator_opens_a_valid_world(generator, seed, states, disputes, status):
    grow = {"generator": generator, "seed": seed, "states": states, "disputes": disputes, "status": status}
    scenario = load_scenario("stylised-region", grow=grow)
    assert_valid(scenario)
    world, _ = scenario.opening()
    assert (world.parties[world.disputes.target].trade_tie == -1).all()
    senders = np.isin(world.parties.role, (Role.LEAD_SENDER, Role.SENDER))
    assert (world.parties[senders].trade_tie >= 0).all()
    assert (world.parties[senders].imposed.max(axis=1) > 0.0).all()
    assert len(set(world.disputes.target_state)) == disputes


def test_parties_stand_target_first_then_lead_then_the_others_by_role():
    world, _ = load_scenario("iran-2012").opening()
    roles = list(world.parties.role)
    assert roles[:2] == [Role.TARGET, Role.LEAD_SENDER]
    assert roles == sorted(roles)
    row = world.disputes[0]
    assert (row.first_party, row.target, row.lead, row.parties) == (0, 0, 1, len(world.parties))


def test_veto_players_know_whose_moves_they_block():
    scenario = load_scenario("iran-2012")
    world, _ = scenario.opening()
    blocks = {
        scenario.actors[player.state]: scenario.actors[world.parties[player.veto_of].state]
        for player in world.parties
        if player.role == Role.VETO_PLAYER
    }
    assert blocks == {"us-congress": "united-states", "supreme-leader": "iran"}
    others = world.parties[world.parties.role != Role.VETO_PLAYER]
    assert (others.veto_of == -1).all()
    assert (others.veto == 0.0).all()


def test_only_veto_players_hold_a_veto_and_only_the_coalition_takes_part():
    world, _ = load_scenario("iran-2012").opening()
    assert (world.parties.member == (world.parties.role <= Role.VETO_PLAYER)).all()


def test_what_has_not_happened_is_never():
    world, _ = load_scenario("stylised-region").opening()
    for name in ("imposed_at", "ended_at", "agreement_at", "last_leak", "last_attack", "last_progress"):
        assert (world.disputes[name] == -1).all()
    assert (world.tallies.first_relief_at == -1).all()
    assert (world.channels.opened_at == -1).all()
    assert (world.processes.agreed_at == -1).all()


def test_every_dispute_has_a_process_for_every_track():
    world, _ = load_scenario("stylised-region", grow={"disputes": 3}).opening()
    assert len(world.processes) == 3 * TRACKS
    for place, process in enumerate(world.processes):
        assert (process.dispute, process.track) == divmod(place, TRACKS)
        assert process.standing == Standing.WAITING


def test_parties_and_channels_of_a_dispute_stand_together():
    world, _ = load_scenario("stylised-region", grow={"disputes": 3}).opening()
    for number, row in enumerate(world.disputes):
        assert (world.parties.dispute[row.first_party :][: row.parties] == number).all()
        assert (world.channels.dispute[row.first_channel :][: row.channels] == number).all()
        assert world.parties[row.target].state == row.target_state
        assert world.parties[row.lead].state == row.lead_state


def test_a_sanctioned_target_resents_it_and_a_threatened_one_not_yet():
    grown = {
        status: load_scenario("stylised-region", grow={"status": status})
        for status in ("threatened", "imposed")
    }
    resentment = {}
    for status, scenario in grown.items():
        world, _ = scenario.opening()
        resentment[status] = world.states[world.disputes[0].target_state].resentment
        assert world.disputes[0].status == DisputeStatus[status.upper()]
    assert resentment["imposed"] > resentment["threatened"]


def test_public_language_is_hotter_where_tension_is_higher():
    calm, tense = copy.deepcopy(IRAN), copy.deepcopy(IRAN)
    calm["disputes"][0]["tension"], tense["disputes"][0]["tension"] = 0.1, 0.8
    heat = [load_scenario(raw).opening()[0].states.rhetoric for raw in (calm, tense)]
    assert (heat[1] >= heat[0]).all()
    assert heat[1].max() > heat[0].max()


def test_every_opening_is_a_world_of_its_own():
    scenario = load_scenario("iran-2012")
    first, _ = scenario.opening()
    first.states.support[:] = 0.0
    second, _ = scenario.opening()
    assert second.states.support.min() > 0.0


def test_an_actor_without_ties_changes_nobody_else():
    raw = copy.deepcopy(IRAN)
    raw["states"].insert(3, {"name": "atlantis", "size": 1.0})
    raw["bodies"].insert(1, {"name": "academy", "kind": "coalition"})
    raw["mediators"].insert(0, {"name": "nemo", "kind": "private"})
    raw["civil_society"].insert(2, {"name": "divers", "kind": "watchdog"})
    before, ties_before = load_scenario("iran-2012").opening()
    after, ties_after = load_scenario(raw).opening()
    added = {"states": 3, "bodies": 1, "mediators": 0, "civil": 2}
    for name, columns in TABLES.items():
        table = getattr(after, name)
        kept = np.delete(table, added[name]) if name in added else table
        for column in columns:
            if column.unit != "row":
                assert (kept[column.name] == getattr(before, name)[column.name]).all(), (
                    f"{name}.{column.name}"
                )
    assert (ties_after.word == ties_before.word).all()
    assert [len(table) for table in ties_after] == [len(table) for table in ties_before]


def test_luck_belongs_to_names_and_not_to_places():
    raw = copy.deepcopy(IRAN)
    raw["states"].reverse()
    before, after = (load_scenario(source).opening()[0] for source in ("iran-2012", raw))
    assert (after.states.luck[::-1] == before.states.luck).all()
    assert set(after.parties.luck) == set(before.parties.luck)
    assert (
        len({*before.states.luck, *before.parties.luck, *before.channels.luck, *before.processes.luck}) == 47
    )
