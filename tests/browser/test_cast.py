"""The cast of a scenario: every actor in its row of the world, every tie in its place."""

import numpy as np
import pytest

from browser.scene.cast import TABLES, cast_of
from browser.scene.settings import bundled_scenario
from model import list_scenarios
from model.network import LAYERS, graph_of
from model.vocabulary import Kind, Role, word_of

GROWN = (("bodies", 4), ("civil_society", 12), ("disputes", 3), ("mediators", 5), ("states", 60))
CASES = {**dict.fromkeys(list_scenarios(), ()), "grown": GROWN}


@pytest.fixture(params=CASES, scope="module")
def cast(request):
    name = "stylised-region" if request.param == "grown" else request.param
    return cast_of(bundled_scenario(name, CASES[request.param]))


def test_every_actor_is_a_member_in_the_order_of_its_number(cast):
    assert tuple(cast.members) == cast.scenario.actors
    assert [member.number for member in cast.members.values()] == list(range(len(cast.members)))
    assert all(member.name == name and member.title for name, member in cast.members.items())


def test_the_members_of_a_kind_fill_the_rows_of_its_table(cast):
    world, _ = cast.scenario.opening()
    assert set(TABLES) == set(Kind)
    for kind, table in TABLES.items():
        rows = [member.row for member in cast.members.values() if member.kind == kind]
        assert rows == list(range(len(getattr(world, table))))
    assert all(member.table == TABLES[member.kind] for member in cast.members.values())


def test_a_part_in_a_dispute_is_that_of_its_row(cast):
    world, _ = cast.scenario.opening()
    seats = {
        (dispute, member.name): row
        for member in cast.members.values()
        for dispute, row in member.parties.items()
    }
    assert seats == {pair: row for row, pair in enumerate(cast.scenario.parties)}
    for (dispute, name), row in seats.items():
        party, member = world.parties[row], cast.members[name]
        assert member.row == party.state
        assert member.roles[dispute] == word_of(Role(int(party.role)))
        assert cast.scenario.disputes[party.dispute] == dispute


def test_targets_and_leads_have_their_roles(cast):
    for dispute in cast.scenario.text.disputes:
        assert cast.members[dispute.target].roles[dispute.name] == word_of(Role.TARGET)
        assert cast.members[dispute.lead].roles[dispute.name] == word_of(Role.LEAD_SENDER)


def test_it_has_every_tie_of_the_graph_and_no_other(cast):
    graph = graph_of(cast.scenario)

    def spelt(source, end, more):
        return (source, end, *sorted((key, str(value)) for key, value in more.items()))

    ties = sorted(spelt(tie.source, tie.end, tie.more) for tie in cast.ties)
    assert ties == sorted(spelt(*edge) for edge in graph.edges(data=True))
    assert sum(len(cast.layer(name)) for name in LAYERS) == len(cast.ties)
    assert all(tie.more["weight"] == tie.weight for tie in cast.ties)


def test_ties_of_trust_stand_in_the_rows_of_their_table(cast):
    world, network = cast.scenario.opening()
    ties, numbers = cast.layer("trust"), {name: member.number for name, member in cast.members.items()}
    assert [numbers[tie.source] for tie in ties] == list(network.trust_ties["who"])
    assert [numbers[tie.end] for tie in ties] == list(network.trust_ties["whom"])
    np.testing.assert_array_equal([tie.weight for tie in ties], world.trust["belief"])


def test_ties_of_back_channels_stand_two_by_two_in_the_rows_of_their_table(cast):
    world, _ = cast.scenario.opening()
    ties = cast.layer("back channel")
    assert len(ties) == 2 * len(world.channels) > 0
    for row, channel in enumerate(world.channels):
        pair, dispute = ties[2 * row : 2 * row + 2], cast.scenario.text.disputes[channel.dispute]
        assert [tie.source for tie in pair] == [dispute.target, dispute.lead]
        assert [tie.weight for tie in pair] == [channel.access_target, channel.access_lead]
        assert {tie.more["dispute"] for tie in pair} == {dispute.name}
        assert {cast.members[tie.end].row for tie in pair} == {int(channel.mediator)}


def test_the_same_scenario_has_the_same_cast():
    scenario = bundled_scenario("iran-2012", ())
    assert cast_of(scenario) is cast_of(bundled_scenario("iran-2012", ()))
