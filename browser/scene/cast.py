"""The cast of a scenario: who is in it, where each stands on the map, and which ties there are; it stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from model.chronicle import display_name
from model.network import graph_of
from model.scenario import Scenario
from model.vocabulary import Kind, Role, word_of

#: The table of the world in which actors of a kind have their rows.
TABLES = {
    Kind.STATE: "states",
    Kind.BODY: "bodies",
    Kind.MEDIATOR: "mediators",
    Kind.CIVIL_SOCIETY: "civil",
}
#: Roles of those whose dispute it is.
PRINCIPALS = frozenset({"target", "lead-sender"})


@dataclass(frozen=True)
class Member:
    """One actor, as far as it stays the same.

    Attributes
    ----------
    name, title : as the scenario spells it, and as a sentence has it
    kind : its kind
    number, row : its number among all actors, and its row in the table of its kind
    roles : its role in each dispute, by the dispute's name; empty for those that are no party
    parties : its row in the table of parties in each dispute, by the dispute's name
    """

    name: str
    title: str
    kind: Kind
    number: int
    row: int
    roles: Mapping[str, str]
    parties: Mapping[str, int]

    @property
    def table(self) -> str:
        """The table of the world that holds its row."""
        return TABLES[self.kind]

    @property
    def is_principal(self) -> bool:
        """Whether some dispute is its own: it is the target or leads the senders."""
        return not PRINCIPALS.isdisjoint(self.roles.values())


@dataclass(frozen=True)
class Tie:
    """One tie: its layer, who to whom, its weight at the opening, and what else the layer holds."""

    layer: str
    source: str
    end: str
    weight: float
    more: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Cast:
    """Who is in a scenario and how they are tied.

    Attributes
    ----------
    scenario : the scenario
    members : every actor by name, in the order of their numbers
    ties : every tie, layer by layer; ties of trust in the order of the world's table "trust",
        of back channels two by two (target's side, lead's side) in the order of its table "channels"
    places : where each stands on the map, x and y, 0 to 1
    """

    scenario: Scenario
    members: Mapping[str, Member]
    ties: tuple[Tie, ...]
    places: Mapping[str, tuple[float, float]]

    def layer(self, name: str) -> list[Tie]:
        """Return the ties of one layer."""
        return [tie for tie in self.ties if tie.layer == name]


@lru_cache(maxsize=8)
def cast_of(scenario: Scenario) -> Cast:
    """Return the cast of a scenario, the same object for the same scenario."""
    from browser.scene.layout import places_of

    graph = graph_of(scenario)
    ties = tuple(
        Tie(str(edge["layer"]), source, end, float(edge["weight"]), dict(edge))
        for source, end, edge in graph.edges(data=True)
    )
    members = _members(scenario)
    ordered = _ordered(ties, scenario)
    return Cast(scenario, members, ordered, places_of(scenario, members, ordered))


def _members(scenario: Scenario) -> dict[str, Member]:
    world, _ = scenario.opening()
    roles: dict[str, dict[str, str]] = {}
    seats: dict[str, dict[str, int]] = {}
    for row, (dispute, state) in enumerate(scenario.parties):
        roles.setdefault(state, {})[dispute] = word_of(Role(int(world.parties[row].role)))
        seats.setdefault(state, {})[dispute] = row
    counts = dict.fromkeys(Kind, 0)
    members = {}
    for number, (name, kind) in enumerate(scenario.kind_of.items()):
        members[name] = Member(
            name, display_name(name), kind, number, counts[kind], roles.get(name, {}), seats.get(name, {})
        )
        counts[kind] += 1
    return members


def _ordered(ties: tuple[Tie, ...], scenario: Scenario) -> tuple[Tie, ...]:
    """Return the ties with those of trust, and of back channels, in the order of the world's tables."""
    world, network = scenario.opening()
    names = scenario.actors
    mediators = [name for name in names if scenario.kind_of[name] == Kind.MEDIATOR]
    trust = {(tie.source, tie.end): tie for tie in ties if tie.layer == "trust"}
    sides = {
        (tie.more["dispute"], tie.end, tie.more["side"]): tie for tie in ties if tie.layer == "back channel"
    }
    return (
        *(tie for tie in ties if tie.layer not in ("trust", "back channel")),
        *(trust[names[tie.who], names[tie.whom]] for tie in network.trust_ties),
        *(
            sides[scenario.disputes[channel.dispute], mediators[channel.mediator], side]
            for channel in world.channels
            for side in ("target", "lead")
        ),
    )
