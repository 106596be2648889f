"""The multilayer graph: who trades with, listens to, belongs to and lies next to whom.

Pressure, trust, news and example travel along weighted ties. The month reads the ties as read-only
arrays; a person draws, edits and saves them as a networkx graph, and gets the same arrays back.

Word of mouth walks on triads: i hears from m about j where i trusts m, m trusts j, and i has a belief
about j that can move (trust.py). This is the only module that knows networkx.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self

import networkx as nx

from model.records import FLOAT, WHOLE, Column, index, month, number, share, word
from model.vocabulary import SECTORS, InputError, Kind, Role, Sector, nearest, word_of, words_of
from model.world import World

TRADE = [
    index("reporter", "state whose trade it is"),
    index("partner", "state it trades with"),
    share("share", "share of the reporter's trade in the sector, by sector", shape=SECTORS),
    share("weight", "that share over all sectors, weighted by the reporter's exposure"),
]

MEMBERSHIP = [
    index("state", "member"),
    index("body", "body it belongs to"),
    number("vote", "votes", "weight of its vote"),
]

CONSTITUENCY = [
    index("civil", "civil society actor"),
    index("state", "state it reaches into"),
    share("reach", "how far it reaches"),
]

TRANSNATIONAL = [
    index("first", "civil society actor"),
    index("second", "civil society actor"),
    share("weight", "strength of the tie"),
]

PROXIMITY = [
    index("first", "state"),
    index("second", "state"),
    share("weight", "closeness: 1 for a long common border"),
]

TRUST_TIES = [
    index("who", "actor who believes, by its number among all actors"),
    index("whom", "actor it has a belief about, by its number among all actors"),
]

WORD = [
    index("tie", "trust tie that may move, from i to j"),
    index("through", "trust tie from i to the one it listens to, m"),
    index("source", "trust tie from m to j"),
]

DATES = [
    month("month", "when"),
    word("kind", "DateKind", "what"),
    index("state", "whose; -1 where it is nobody's"),
    index("dispute", "in which dispute; -1 for an election"),
    index("party", "that state's part in the dispute; -1 where it has none"),
    Column("sectors", WHOLE, 1, "bits", 0, 2**SECTORS - 1, "which sectors, one bit each", ""),
    Column("amount", FLOAT, 1, "share", 0, 1, "level the measures are brought to, or severity", ""),
]


class Network(NamedTuple):
    """All ties of one scenario, and its calendar of known facts: read-only record arrays."""

    trade: Any
    membership: Any
    constituency: Any
    transnational: Any
    proximity: Any
    trust_ties: Any
    word: Any
    dates: Any


#: The columns of each table of a network, by the table's name.
LAYOUT: dict[str, list[Column]] = dict(
    zip(
        Network._fields,
        (TRADE, MEMBERSHIP, CONSTITUENCY, TRANSNATIONAL, PROXIMITY, TRUST_TIES, WORD, DATES),
        strict=True,
    )
)

LAYERS = ("trade", "back channel", "trust", "membership", "constituency", "transnational", "proximity")

#: Ties as a scenario file lists them, by the name of the list; back channels name their dispute.
Ties = dict[str, list[dict[str, Any]]]


class Setting(Protocol):
    """What the graph needs of a scenario; `model.scenario.Scenario` has it."""

    @property
    def name(self) -> str:
        """Name of the scenario."""

    @property
    def actors(self) -> tuple[str, ...]:
        """Names of all actors by number."""

    @property
    def kind_of(self) -> Mapping[str, Kind]:
        """Kind of every actor by name."""

    @property
    def disputes(self) -> tuple[str, ...]:
        """Names of the disputes by row."""

    def opening(self) -> tuple[World, Network]:
        """Return the opening world and the network."""

    def with_ties(self, ties: Ties) -> Self:
        """Return the scenario with these ties and no others."""


def graph_of(scenario: Setting) -> Any:
    """Return the ties of ``scenario`` as a networkx MultiDiGraph.

    Nodes are names, with the attributes ``kind`` and, for parties to a dispute, ``role``. Every edge
    has a ``layer``, which is also its key (a back channel's key adds its dispute), a ``weight`` and
    what else the layer holds: the sectors of trade, the evidence behind trust, the dispute and side of
    a back channel. Ties without a direction stand there once.
    """
    graph = nx.MultiDiGraph(scenario=scenario.name)
    world, _ = scenario.opening()
    roles: dict[int, list[str]] = {}
    for party in world.parties:
        roles.setdefault(int(party.state), []).append(word_of(Role(party.role)))
    for number_of, name in enumerate(scenario.actors):
        graph.add_node(name, kind=word_of(scenario.kind_of[name]), role=", ".join(roles.get(number_of, [])))
    for source, end, layer, attributes in _edges(scenario):
        key = f"{layer}: {attributes['dispute']}" if layer == "back channel" else layer
        graph.add_edge(source, end, key=key, layer=layer, **attributes)
    return graph


def _edges(scenario: Setting) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield every tie as source, end, layer and attributes."""
    world, network = scenario.opening()
    everyone = scenario.actors
    names = {kind: [name for name in everyone if scenario.kind_of[name] == kind] for kind in Kind}
    states, civil = names[Kind.STATE], names[Kind.CIVIL_SOCIETY]
    for tie in network.trade:
        shares = dict(zip(words_of(Sector), map(float, tie.share), strict=True))
        yield states[tie.reporter], states[tie.partner], "trade", {"weight": float(tie.weight), **shares}
    for channel in world.channels:
        dispute = world.disputes[channel.dispute]
        mediator = names[Kind.MEDIATOR][channel.mediator]
        for side in ("target", "lead"):
            access = {"weight": float(channel[f"access_{side}"]), "side": side}
            access["dispute"] = scenario.disputes[channel.dispute]
            yield states[dispute[f"{side}_state"]], mediator, "back channel", access
    for tie, trust in zip(network.trust_ties, world.trust, strict=True):
        belief = {"weight": float(trust.belief), "evidence": float(trust.evidence)}
        yield everyone[tie.who], everyone[tie.whom], "trust", belief
    for tie in network.membership:
        yield states[tie.state], names[Kind.BODY][tie.body], "membership", {"weight": float(tie.vote)}
    for tie in network.constituency:
        yield civil[tie.civil], states[tie.state], "constituency", {"weight": float(tie.reach)}
    for tie in network.transnational:
        yield civil[tie.first], civil[tie.second], "transnational", {"weight": float(tie.weight)}
    for tie in network.proximity:
        yield states[tie.first], states[tie.second], "proximity", {"weight": float(tie.weight)}


def scenario_from_graph[Place: Setting](graph: Any, scenario: Place) -> Place:
    """Return ``scenario`` with the ties of ``graph`` and no others.

    Pairs that a dispute or a body needs keep a trust tie at the scenario's unlisted belief.

    Raises
    ------
    InputError
        If an edge has no known layer, lacks a number, or ties actors that the scenario does not have.
    """
    return scenario.with_ties(ties_of(graph))


def ties_of(graph: Any) -> Ties:
    """Return the ties of ``graph`` as a scenario file lists them."""
    lists = ("trade", "trust", "members", "constituencies", "transnational", "proximity", "channels")
    ties: Ties = {name: [] for name in lists}
    channels: dict[tuple[str, str], dict[str, Any]] = {}
    for source, end, attributes in graph.edges(data=True):
        try:
            name, tie = _tie_of(source, end, attributes)
        except KeyError as missing:
            fault = f"no attribute {missing}, which a tie of its layer needs"
            raise InputError(f"graph: edge from '{source}' to '{end}': {fault}") from None
        if name == "channels":
            channels.setdefault((tie["dispute"], end), {"access_target": 0.0, "access_lead": 0.0}).update(tie)
        else:
            ties[name].append(tie)
    ties["channels"] = list(channels.values())
    return ties


def _tie_of(source: str, end: str, edge: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the list of a scenario file that an edge belongs to, and its entry there."""
    layer = edge.get("layer", "")
    match layer:
        case "trade":
            shares = {sector: edge.get(sector, 0.0) for sector in words_of(Sector)}
            return "trade", {"from": source, "to": end, "shares": shares}
        case "trust":
            return "trust", {
                "from": source,
                "to": end,
                "belief": edge["weight"],
                "evidence": edge["evidence"],
            }
        case "membership":
            return "members", {"state": source, "body": end, "vote": edge["weight"]}
        case "constituency":
            return "constituencies", {"civil_society": source, "state": end, "reach": edge["weight"]}
        case "transnational" | "proximity":
            return layer, {"first": source, "second": end, "weight": edge["weight"]}
        case "back channel":
            access = {f"access_{edge['side']}": edge["weight"]}
            return "channels", {"dispute": edge["dispute"], "mediator": end} | access
    near = nearest(str(layer), LAYERS) or f"; the layers are {', '.join(LAYERS)}"
    raise InputError(f"graph: edge from '{source}' to '{end}': unknown layer '{layer}'{near}")


def write_graph(graph: Any, path: Path) -> None:
    """Write ``graph`` as GraphML (.graphml) or node-link JSON (.json)."""
    if _is_graphml(path):
        nx.write_graphml(graph, path)
    else:
        text = json.dumps(nx.node_link_data(graph, edges="edges"), indent=1)
        path.write_text(text, encoding="utf-8")


def read_graph(path: Path) -> Any:
    """Return the graph that `write_graph` wrote to ``path``, or that a person edited there."""
    is_graphml = _is_graphml(path)
    try:
        if is_graphml:
            return nx.read_graphml(path, force_multigraph=True)
        return nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    except (OSError, ValueError, KeyError, TypeError, SyntaxError, nx.NetworkXError) as fault:
        raise InputError(f"{path}: no graph can be read here: {fault}") from None


def _is_graphml(path: Path) -> bool:
    if path.suffix not in (".graphml", ".json"):
        raise InputError(f"{path}: a graph is a .graphml or a .json file, not '{path.suffix}'")
    return path.suffix == ".graphml"


def positions(
    graph: Any, seed: int, begin: Mapping[str, Any] | None = None, held: Sequence[str] = (), rounds: int = 50
) -> dict[str, tuple[float, float]]:
    """Return a place in the plane for every node; costs seconds at a thousand nodes, so call it once.

    With ``begin`` nodes set out from there; those ``held`` stay there, others move for so many ``rounds``.
    """
    simple = nx.Graph(graph.to_undirected())
    layout = nx.spring_layout(simple, pos=begin, fixed=list(held) or None, iterations=rounds, seed=seed)
    return {name: (float(place[0]), float(place[1])) for name, place in layout.items()}


def _core_periphery(states: int, seed: int) -> Any:
    core = max(3, states // 5)
    chances = [[0.8, 0.25], [0.25, 0.03]]
    return nx.stochastic_block_model([core, states - core], chances, seed=seed)


#: Who borders whom in a synthetic region, by the generator's name.
GENERATORS: dict[str, Callable[[int, int], Any]] = {
    "small-world": lambda states, seed: nx.connected_watts_strogatz_graph(states, 4, 0.2, 200, seed),
    "scale-free": lambda states, seed: nx.barabasi_albert_graph(states, 2, seed),
    "core-periphery": _core_periphery,
    "random-geometric": lambda states, seed: nx.random_geometric_graph(
        states, math.sqrt(5.0 / (math.pi * states)), seed=seed
    ),
}


def borders(generator: str, states: int, seed: int) -> list[tuple[int, int]]:
    """Return who borders whom in a connected region of ``states`` states, as sorted pairs of rows.

    Parts that the generator leaves apart are joined by a border between their first states.
    """
    if generator not in GENERATORS:
        near = nearest(generator, GENERATORS) or f"; the generators are {', '.join(GENERATORS)}"
        raise InputError(f"unknown generator '{generator}'{near}")
    graph = GENERATORS[generator](states, seed)
    parts = sorted(min(part) for part in nx.connected_components(graph))
    return sorted({(min(pair), max(pair)) for pair in [*graph.edges(), *pairwise(parts)]})
