"""Ties as arrays: who trades with whom, who trusts whom, and along which paths word travels."""

from __future__ import annotations

import copy
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.scenario import Scenario, list_scenarios, load_scenario
from model.vocabulary import Kind, Role


def beliefs(scenario: Scenario) -> dict[tuple[str, str], float]:
    world, network = scenario.opening()
    return {
        (scenario.actors[tie.who], scenario.actors[tie.whom]): float(trust.belief)
        for tie, trust in zip(network.trust_ties, world.trust, strict=True)
    }


def test_phases_cannot_write_into_the_network():
    _, network = load_scenario("iran-2012").opening()
    for table in network:
        with pytest.raises(ValueError, match="read-only"):
            table[table.dtype.names[0]] = 0


@pytest.mark.parametrize("name", list_scenarios())
def test_a_state_finds_its_own_trade_and_nobody_elses(name):
    world, network = load_scenario(name).opening()
    for row, state in enumerate(world.states):
        own = network.trade[state.first_trade : state.first_trade + state.trade_ties]
        assert (own.reporter == row).all()
        assert len(own) == (network.trade.reporter == row).sum()


@pytest.mark.parametrize("name", list_scenarios())
def test_nobody_trades_more_than_all_its_trade(name):
    world, network = load_scenario(name).opening()
    for state in world.states:
        own = network.trade[state.first_trade : state.first_trade + state.trade_ties]
        assert (own.share.sum(axis=0) <= 1.0 + 1e-9).all()


def test_the_weight_of_a_trade_tie_counts_sectors_by_exposure():
    scenario = load_scenario("iran-2012")
    world, network = scenario.opening()
    iran, china = (scenario.actors.index(name) for name in ("iran", "china"))
    tie = network.trade[(network.trade.reporter == iran) & (network.trade.partner == china)][0]
    exposure = world.states[iran].exposure
    assert tie.weight == pytest.approx((tie.share * exposure).sum() / exposure.sum())


def test_parties_know_their_ties_to_their_counterpart():
    scenario = load_scenario("iran-2012")
    world, network = scenario.opening()
    row = world.disputes[0]
    for party in world.parties:
        own_side = party.role == Role.TARGET or party.veto_of == row.target
        counterpart = row.lead_state if own_side else row.target_state
        assert tuple(network.trust_ties[party.tie_to]) == (party.state, counterpart)
        assert tuple(network.trust_ties[party.tie_from]) == (counterpart, party.state)
        if party.trade_tie >= 0:
            tie = network.trade[party.trade_tie]
            assert (tie.reporter, tie.partner) == (row.target_state, party.state)


def test_principals_have_a_belief_about_every_mediator_with_access_and_it_about_them():
    scenario = load_scenario("stylised-region", grow={"disputes": 2})
    held = beliefs(scenario)
    for dispute in scenario.text.disputes:
        for principal, channel in product((dispute.target, dispute.lead), dispute.channels):
            assert {(principal, channel.mediator), (channel.mediator, principal)} <= held.keys()


def test_members_and_bodies_watch_one_another():
    scenario = load_scenario("iran-2012")
    held = beliefs(scenario)
    for member in scenario.text.members:
        assert {(member.state, member.body), (member.body, member.state)} <= held.keys()


def test_trust_that_is_not_listed_begins_at_the_stated_default():
    raw = copy.deepcopy(dict(load_scenario("iran-2012").raw))
    raw["acquaintance"]["belief"] = 0.42
    held = beliefs(load_scenario(raw))
    assert held["iran", "united-states"] == 0.25
    assert held["oman", "gulf-cooperation-council"] == 0.42


def test_cutting_the_layers_of_acquaintance_leaves_only_trust_that_is_needed():
    raw = copy.deepcopy(dict(load_scenario("iran-2012").raw))
    raw["acquaintance"]["layers"] = []
    few, many = beliefs(load_scenario(raw)), beliefs(load_scenario("iran-2012"))
    assert few.items() < many.items()
    assert ("iran", "united-states") in few
    assert ("us-media", "united-states") not in few


def test_channels_know_the_trust_of_either_side_in_their_keeper():
    scenario = load_scenario("iran-2012")
    world, network = scenario.opening()
    keepers = [name for name in scenario.actors if scenario.kind_of[name] == Kind.MEDIATOR]
    for channel in world.channels:
        number = scenario.actors.index(keepers[channel.mediator])
        dispute = world.disputes[channel.dispute]
        assert tuple(network.trust_ties[channel.tie_target]) == (dispute.target_state, number)
        assert tuple(network.trust_ties[channel.tie_lead]) == (dispute.lead_state, number)
        assert channel.trust_target == world.trust.belief[channel.tie_target]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), disputes=st.integers(1, 3))
def test_word_walks_from_one_who_knows_to_one_who_listens(seed, disputes):
    scenario = load_scenario("stylised-region", grow={"seed": seed, "disputes": disputes})
    world, network = scenario.opening()
    ties, word = network.trust_ties, network.word
    assert (ties.who[word.tie] == ties.who[word.through]).all()
    assert (ties.whom[word.through] == ties.who[word.source]).all()
    assert (ties.whom[word.tie] == ties.whom[word.source]).all()
    assert (ties.whom[word.through] != ties.whom[word.tie]).all()
    assert (ties.who[word.tie] != ties.whom[word.through]).all()
    assert (np.diff(word.tie) >= 0).all()
    keepers = [
        number for number, name in enumerate(scenario.actors) if scenario.kind_of[name] == Kind.MEDIATOR
    ]
    talked_about = {*world.disputes.target_state, *world.disputes.lead_state, *keepers}
    pairs = {(int(tie.who), int(tie.whom)) for tie in ties}
    expected = sum(
        (who, through) in pairs and (through, whom) in pairs
        for who, whom in pairs
        if whom in talked_about
        for through in range(len(scenario.actors))
        if through not in (who, whom)
    )
    assert len(word) == expected


def test_a_mediator_carries_word_between_the_principals():
    scenario = load_scenario("iran-2012")
    _, network = scenario.opening()
    number = scenario.actors.index
    ties = network.trust_ties
    paths = {
        (int(ties.who[row.tie]), int(ties.whom[row.through]), int(ties.whom[row.tie])) for row in network.word
    }
    assert (number("united-states"), number("sultan-of-oman"), number("iran")) in paths
    assert (number("iran"), number("sultan-of-oman"), number("united-states")) in paths


def test_nobody_gossips_about_bystanders():
    scenario = load_scenario("iran-2012")
    _, network = scenario.opening()
    ties = network.trust_ties
    about = {scenario.actors[ties.whom[row.tie]] for row in network.word}
    assert about == {
        "iran",
        "united-states",
        "sultan-of-oman",
        "swiss-protecting-power",
        "eu-high-representative",
    }
