import inspect

import numpy as np
import pytest

from model.agents import CLASSES, CivilSociety, Dispute, Live, Mediator, Part, RegionalBody, State, told
from model.model import SanctionsModel
from model.network import LAYERS
from model.vocabulary import BodyKind, Character, DisputeStatus, InputError, Kind, MediatorKind, Role, Sector
from model.world import TABLES

pytestmark = pytest.mark.usefixtures("compiled")


@pytest.fixture
def model():
    return SanctionsModel(months=24)


WINDOWS = [*CLASSES.values(), Part, Dispute]


@pytest.mark.parametrize("window", WINDOWS)
def test_every_column_is_an_attribute_and_tells_what_it_is(window):
    for column in TABLES[window.table]:
        attribute = inspect.getattr_static(window, column.name)
        assert isinstance(attribute, Live)
        assert column.meaning[1:] in attribute.__doc__
        assert told(column) in window.__doc__


@pytest.mark.parametrize("kind", CLASSES.values())
def test_what_is_read_is_what_stands_in_the_row(model, kind):
    for agent in model.agents_by_type[kind]:
        for name, column in kind.columns.items():
            assert np.array_equal(np.asarray(getattr(agent, name)), agent.rows[agent.row][name]), column


def test_an_agent_is_as_alive_as_its_row(model):
    iran = model.actor("iran")
    before = iran.hardship
    model.run()
    assert iran.hardship != before
    assert iran.hardship == model.world.states[iran.row].hardship


def test_what_is_written_stands_in_the_row(model):
    iran, eu = model.actor("iran"), model.actor("european-union")
    iran.hardliners = 0.75
    iran.exposure = np.linspace(0.0, 0.5, 6)
    eu.exposure[Sector.ENERGY] = 0.125
    assert model.world.states["hardliners"][iran.row] == 0.75
    assert list(model.world.states["exposure"][iran.row]) == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
    assert model.world.states["exposure"][eu.row][Sector.ENERGY] == 0.125


def test_words_are_read_as_words_and_written_as_either(model):
    assert model.actor("iaea").kind is BodyKind.VERIFIER
    assert model.actor("sultan-of-oman").kind is MediatorKind.NEUTRAL_STATE
    part = model.target.parts["nuclear-programme"]
    part.character = "hardline"
    assert part.character is Character.HARDLINE
    part.character = Character.SINCERE
    assert part.character is Character.SINCERE
    assert model.dispute.status is DisputeStatus.IMPOSED
    assert part.member is True


REFUSED = {
    "beyond the range": ("hardliners", 1.2, r"state 'iran': hardliners is 1.2; allowed is 0 to 1 \(share\)"),
    "not a number": ("support", float("nan"), "it holds a number"),
    "a text": ("support", "high", "it holds a number"),
    "a part of a month": ("next_election", 1.5, "it holds a whole number"),
    "too few": ("exposure", [0.1, 0.2], "it holds 6 numbers, or one for all"),
    "a row": ("first_trade", 0, "fixed by the scenario"),
    "an identity": ("luck", 1, "fixed by the scenario"),
    "a count of rows": ("trade_ties", 500, "fixed by the scenario"),
}


@pytest.mark.parametrize(("column", "value", "message"), REFUSED.values(), ids=REFUSED)
def test_what_a_row_cannot_hold_is_refused(model, column, value, message):
    iran = model.actor("iran")
    before = iran.record()
    with pytest.raises(InputError, match=message):
        setattr(iran, column, value)
    assert str(iran.record()) == str(before)


def test_a_word_that_does_not_exist_is_refused(model):
    part = model.target.parts["nuclear-programme"]
    with pytest.raises(InputError, match="did you mean 'hardline'"):
        part.character = "hardlin"
    with pytest.raises(InputError, match="allowed is one of sincere, opportunist, hardline"):
        part.character = 7


def test_a_state_knows_its_role_in_every_dispute(model):
    assert model.actor("us-congress").roles == {"nuclear-programme": Role.VETO_PLAYER}
    assert model.actor("israel").roles == {"nuclear-programme": Role.SPOILER}
    part = model.lead.parts["nuclear-programme"]
    assert part.imposed.max() > 0.0
    assert repr(part) == "part 'united-states in nuclear-programme'"
    assert repr(model.lead) == "state 'united-states'"


def test_trade_is_tied_from_the_one_whose_trade_it_is(model):
    ties = model.actor("iran").ties("trade")
    network = model.terms.setting.network
    shares = {
        int(tie.partner): float(tie.weight) for tie in network.trade if tie.reporter == model.target.row
    }
    assert {agent.number: weight for agent, weight in ties} == shares
    assert all(isinstance(agent, State) for agent, _ in ties)


def test_ties_without_a_direction_are_seen_from_both_ends(model):
    for layer in set(LAYERS) - {"trade", "trust"}:
        for agent in model.agents:
            for other, weight in agent.ties(layer):
                assert (agent, weight) in other.ties(layer)


def test_layers_tie_the_kinds_they_are_about(model):
    assert {type(agent) for agent, _ in model.actor("european-union").ties("membership")} == {RegionalBody}
    assert {type(agent) for agent, _ in model.actor("iran").ties("back channel")} == {Mediator}
    assert CivilSociety in {type(agent) for agent, _ in model.actor("iran").ties("constituency")}


def test_an_unknown_layer_is_refused(model):
    with pytest.raises(InputError, match=r"'trad' is not one of .* \(did you mean 'trade'\?\)"):
        model.actor("iran").ties("trad")


def test_agents_can_be_asked_as_a_set(model):
    anxious = model.agents_by_type[State].select(lambda state: state.hardliners > 0.45)
    assert {"israel", "saudi-arabia"} <= {state.name for state in anxious}
    assert len(model.agents_by_type[State].get("support")) == 20
    assert [CLASSES[kind].kind_of_actor for kind in Kind] == list(Kind)
