"""The multilayer graph of a person, and the same ties in the arrays of the month."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.network import (
    GENERATORS,
    LAYERS,
    borders,
    graph_of,
    positions,
    read_graph,
    scenario_from_graph,
    write_graph,
)
from model.scenario import Scenario, list_scenarios, load_scenario
from model.vocabulary import InputError, Sector, words_of


def assert_same(first: Scenario, second: Scenario) -> None:
    for mine, its in zip(first.opening(), second.opening(), strict=True):
        for name, one, other in zip(mine._fields, mine, its, strict=True):
            assert one.dtype == other.dtype
            assert len(one) == len(other), name
            assert (one == other).all(), name


def beliefs(scenario: Scenario) -> dict[tuple[str, str], float]:
    world, network = scenario.opening()
    return {
        (scenario.actors[tie.who], scenario.actors[tie.whom]): float(trust.belief)
        for tie, trust in zip(network.trust_ties, world.trust, strict=True)
    }


def without(scenario: Scenario, layer: str) -> Scenario:
    graph = graph_of(scenario)
    graph.remove_edges_from([edge for edge in graph.edges(keys=True) if graph.edges[edge]["layer"] == layer])
    return scenario_from_graph(graph, scenario)


@pytest.mark.parametrize("name", list_scenarios())
def test_every_tie_is_an_edge_that_names_its_layer(name):
    scenario = load_scenario(name)
    world, network = scenario.opening()
    graph = graph_of(scenario)
    layers = [layer for _, _, layer in graph.edges(data="layer")]
    assert set(layers) == set(LAYERS)
    assert layers.count("trade") == len(network.trade)
    assert layers.count("trust") == len(network.trust_ties)
    assert layers.count("back channel") == 2 * len(world.channels)
    assert all(key.split(":")[0] == layer for _, _, key, layer in graph.edges(keys=True, data="layer"))
    assert tuple(graph) == scenario.actors


def test_a_node_says_what_an_actor_is_to_the_dispute():
    graph = graph_of(load_scenario("iran-2012"))
    assert graph.nodes["iran"] == {"kind": "state", "role": "target"}
    assert graph.nodes["iaea"] == {"kind": "body", "role": ""}


@pytest.mark.parametrize("suffix", [".graphml", ".json"])
@pytest.mark.parametrize("name", list_scenarios())
def test_ties_survive_the_way_through_a_file(tmp_path, name, suffix):
    scenario = load_scenario(name)
    write_graph(graph_of(scenario), tmp_path / f"ties{suffix}")
    graph = read_graph(tmp_path / f"ties{suffix}")
    written = graph_of(scenario)
    assert dict(graph.nodes(data=True)) == dict(written.nodes(data=True))
    assert {edge: graph.edges[edge] for edge in graph.edges} == {
        edge: written.edges[edge] for edge in written.edges
    }
    assert_same(scenario, scenario_from_graph(graph, scenario))


@settings(max_examples=15, deadline=None)
@given(
    generator=st.sampled_from(list(GENERATORS)),
    seed=st.integers(0, 10_000),
    disputes=st.integers(1, 3),
)
def test_a_graph_and_its_scenario_hold_the_same_ties(generator, seed, disputes):
    grow = {"generator": generator, "seed": seed, "disputes": disputes}
    scenario = load_scenario("stylised-region", grow=grow)
    assert_same(scenario, scenario_from_graph(graph_of(scenario), scenario))


def test_a_rewired_graph_moves_trade():
    scenario = load_scenario("iran-2012")
    graph = graph_of(scenario)
    graph.remove_edge("iran", "china", key="trade")
    graph.add_edge("iran", "saudi-arabia", key="trade", layer="trade", energy=0.2)
    _, network = scenario_from_graph(graph, scenario).opening()
    iran, china, saudi = (scenario.actors.index(name) for name in ("iran", "china", "saudi-arabia"))
    partners = {int(tie.partner): tie for tie in network.trade if tie.reporter == iran}
    assert china not in partners
    assert partners[saudi].share[Sector.ENERGY] == 0.2
    assert partners[saudi].share[Sector.FINANCE] == 0.0


@pytest.mark.parametrize("layer", ["trade", "membership", "constituency", "transnational", "proximity"])
def test_a_layer_can_be_cut_and_the_others_stay(layer):
    scenario = load_scenario("iran-2012")
    _, before = scenario.opening()
    _, after = without(scenario, layer).opening()
    assert len(getattr(after, layer)) == 0
    for name in {"trade", "membership", "constituency", "transnational", "proximity"} - {layer}:
        assert len(getattr(after, name)) == len(getattr(before, name))
    assert len(after.trust_ties) == len(before.trust_ties)


def test_without_back_channels_there_is_nobody_to_carry():
    world, _ = without(load_scenario("iran-2012"), "back channel").opening()
    assert len(world.channels) == 0
    assert world.disputes[0].channels == 0


def test_without_trust_the_parties_keep_what_they_need_at_the_default():
    scenario = load_scenario("iran-2012")
    held = beliefs(without(scenario, "trust"))
    assert held["iran", "united-states"] == scenario.text.acquaintance.belief
    assert len(held) < len(beliefs(scenario))


def test_an_edge_without_a_known_layer_is_refused():
    scenario = load_scenario("iran-2012")
    graph = graph_of(scenario)
    graph.add_edge("iran", "oman", layer="trde")
    told = r"graph: edge from 'iran' to 'oman': unknown layer 'trde' \(did you mean 'trade'\?\)"
    with pytest.raises(InputError, match=told):
        scenario_from_graph(graph, scenario)


def test_an_edge_without_its_number_is_refused():
    scenario = load_scenario("iran-2012")
    graph = graph_of(scenario)
    graph.add_edge("iran", "oman", layer="proximity")
    with pytest.raises(InputError, match="edge from 'iran' to 'oman': no attribute 'weight'"):
        scenario_from_graph(graph, scenario)


def test_a_tie_to_a_stranger_is_refused():
    scenario = load_scenario("iran-2012")
    graph = graph_of(scenario)
    graph.add_edge("iran", "atlantis", layer="trust", weight=0.5, evidence=1.0)
    with pytest.raises(InputError, match=r"graph: trust\[\d+\].to: unknown actor 'atlantis'"):
        scenario_from_graph(graph, scenario)


def test_a_back_channel_of_no_dispute_is_refused():
    scenario = load_scenario("iran-2012")
    graph = graph_of(scenario)
    graph.edges["iran", "sultan-of-oman", "back channel: nuclear-programme"]["dispute"] = "trade"
    with pytest.raises(InputError, match="back channel of 'sultan-of-oman': unknown dispute 'trade'"):
        scenario_from_graph(graph, scenario)


@pytest.mark.parametrize("suffix", [".graphml", ".json"])
def test_a_file_that_holds_no_graph_is_told_so(tmp_path, suffix):
    path = tmp_path / f"ties{suffix}"
    path.write_text("not a graph", encoding="utf-8")
    with pytest.raises(InputError, match="no graph can be read here"):
        read_graph(path)
    with pytest.raises(InputError, match="no graph can be read here"):
        read_graph(tmp_path / f"none{suffix}")


def test_a_graph_is_written_in_two_formats_only(tmp_path):
    with pytest.raises(InputError, match=r"a graph is a \.graphml or a \.json file, not '\.gexf'"):
        write_graph(graph_of(load_scenario("iran-2012")), tmp_path / "ties.gexf")


def test_a_layout_has_a_place_for_everybody_and_the_same_one_for_the_same_seed():
    graph = graph_of(load_scenario("iran-2012"))
    assert positions(graph, 3) == positions(graph, 3)
    assert positions(graph, 3) != positions(graph, 4)
    assert positions(graph, 3).keys() == set(graph)


@settings(max_examples=40, deadline=None)
@given(generator=st.sampled_from(list(GENERATORS)), states=st.integers(6, 90), seed=st.integers(0, 10_000))
def test_every_generated_map_is_in_one_piece_and_the_same_for_the_same_seed(generator, states, seed):
    pairs = borders(generator, states, seed)
    assert pairs == borders(generator, states, seed)
    assert all(0 <= first < second < states for first, second in pairs)
    graph = nx.Graph(pairs)
    assert len(graph) == states
    assert nx.is_connected(graph)


def test_an_unknown_generator_is_refused_with_the_nearest():
    with pytest.raises(InputError, match=r"unknown generator 'scalefree' \(did you mean 'scale-free'\?\)"):
        borders("scalefree", 20, 1)


def test_sectors_of_trade_are_attributes_of_their_own():
    graph = graph_of(load_scenario("iran-2012"))
    assert graph.edges["iran", "china", "trade"].keys() == {"layer", "weight", *words_of(Sector)}
