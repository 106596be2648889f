"""From a scenario's text to the arrays of its network: ties by row, sorted, and read-only.

Trust ties that a scenario does not list arise where a dispute or a body needs them, and along the
layers on which actors watch one another, so that word of mouth has paths to travel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np

from model.dispute_format import DisputeEntry, PartyEntry
from model.network import LAYOUT, Network
from model.records import blank
from model.scenario_format import ScenarioText, StateEntry, TradeEntry
from model.scenario_names import month_of
from model.vocabulary import DateKind, Role, Sector, words_of

#: A belief about another: how far it keeps its word, and on how much evidence.
Belief = tuple[float, float]


def names_of(text: ScenarioText) -> list[list[str]]:
    """Return the names of all actors, by kind."""
    return [
        [state.name for state in text.states],
        [body.name for body in text.bodies],
        [mediator.name for mediator in text.mediators],
        [civil.name for civil in text.civil_society],
    ]


def rows_of(text: ScenarioText) -> dict[str, int]:
    """Return the row of every actor in the table of its kind."""
    return {name: row for names in names_of(text) for row, name in enumerate(names)}


def numbers_of(text: ScenarioText) -> dict[str, int]:
    """Return the number of every actor among all: states, bodies, mediators, civil society."""
    return {name: number for number, name in enumerate(chain(*names_of(text)))}


def by_sector(levels: dict[str, float]) -> list[float]:
    """Return ``levels`` as a row with a place for every sector."""
    return [levels.get(sector, 0.0) for sector in words_of(Sector)]


def counterpart_of(dispute: DisputeEntry, party: PartyEntry) -> str:
    """Return whom ``party`` has to believe: the target, or the lead sender for the target's own side."""
    own_side = dispute.target in (party.state, party.veto_of)
    return dispute.lead if own_side else dispute.target


def _table(name: str, rows: Iterable[Sequence[Any]]) -> Any:
    """Return the table ``name`` of a network with these ``rows``, sorted by their first two fields."""
    ordered = sorted(rows, key=lambda row: tuple(row[:2]))
    table = blank(LAYOUT[name], len(ordered))
    for place, row in enumerate(ordered):
        table[place] = tuple(row)
    return table


def _weight(tie: TradeEntry, reporter: StateEntry) -> float:
    """Return the share of ``tie`` in all the reporter's trade, weighted by its exposure."""
    exposure = np.array(by_sector(reporter.exposure))
    weights = exposure if exposure.any() else np.ones(len(exposure))
    return float(np.average(by_sector(tie.by_sector()), weights=weights))


def _weights(text: ScenarioText) -> list[float]:
    states = {state.name: state for state in text.states}
    return [_weight(tie, states[tie.who]) for tie in text.trade]


def beliefs_of(text: ScenarioText) -> dict[tuple[str, str], Belief]:
    """Return the opening belief of every trust tie, listed or needed, sorted by who and whom."""
    beliefs = {(tie.who, tie.whom): (tie.belief, tie.evidence) for tie in text.trust}
    unlisted = (text.acquaintance.belief, text.acquaintance.evidence)
    for pair in (*_needed(text), *_watched(text)):
        if pair[0] != pair[1]:
            beliefs.setdefault(pair, unlisted)
    numbers = numbers_of(text)
    ordered = sorted(beliefs, key=lambda pair: (numbers[pair[0]], numbers[pair[1]]))
    return {pair: beliefs[pair] for pair in ordered}


def _both(first: str, second: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (first, second), (second, first)


def _needed(text: ScenarioText) -> Iterator[tuple[str, str]]:
    """Yield the pairs whose trust the month reads: parties, mediators, bodies and their members."""
    for dispute in text.disputes:
        principals = (dispute.target, dispute.lead)
        for party in dispute.everyone:
            yield from _both(party.state, counterpart_of(dispute, party))
            if dispute.role_of(party) == Role.SENDER:
                yield from _both(party.state, dispute.lead)
        keepers = [channel.mediator for channel in dispute.channels]
        watchers = [body for body in (dispute.body, dispute.verifier) if body is not None]
        for principal in principals:
            for other in (*keepers, *watchers):
                yield from _both(principal, other)
    for mediator in text.mediators:
        if mediator.home is not None:
            yield from _both(mediator.name, mediator.home)
    for member in text.members:
        yield from _both(member.state, member.body)


def _watched(text: ScenarioText) -> Iterator[tuple[str, str]]:
    """Yield the pairs that watch one another along the layers that the scenario names."""
    layers, least = text.acquaintance.layers, text.acquaintance.least_trade
    if "trade" in layers:
        for tie, weight in zip(text.trade, _weights(text), strict=True):
            if weight >= least:
                yield (tie.who, tie.whom)
    if "proximity" in layers:
        for near in text.proximity:
            yield from _both(near.first, near.second)
    if "constituency" in layers:
        for tie_home in text.constituencies:
            yield from _both(tie_home.civil_society, tie_home.state)
    if "transnational" in layers:
        homes: dict[str, list[str]] = {}
        for tie_home in text.constituencies:
            homes.setdefault(tie_home.civil_society, []).append(tie_home.state)
        for abroad in text.transnational:
            for near_end, far_end in _both(abroad.first, abroad.second):
                yield (near_end, far_end)
                yield from ((near_end, home) for home in homes.get(far_end, []))


def word_triads(trust_ties: Any, subjects: Iterable[int]) -> Any:
    """Return the triads along which word about ``subjects`` travels, sorted by the tie that may move.

    Parameters
    ----------
    trust_ties : record array
        Rows of who and whom.
    subjects : iterable of int
        Numbers of the actors that are talked about: targets, lead senders and mediators.
    """
    row = {(int(tie.who), int(tie.whom)): place for place, tie in enumerate(trust_ties)}
    heard: dict[int, list[int]] = {}
    for who, whom in row:
        heard.setdefault(who, []).append(whom)
    about = set(subjects)
    triads = [
        (row[i, j], row[i, m], row[m, j])
        for i, j in row
        if j in about
        for m in heard[i]
        if m != j and (m, j) in row
    ]
    return _table("word", triads)


def subjects_of(text: ScenarioText) -> list[int]:
    """Return the numbers of those whom word is about: targets, lead senders and mediators."""
    numbers = numbers_of(text)
    principals = [name for dispute in text.disputes for name in (dispute.target, dispute.lead)]
    return sorted({numbers[name] for name in (*principals, *(mediator.name for mediator in text.mediators))})


def _dates(text: ScenarioText) -> list[tuple[Any, ...]]:
    rows, sectors = rows_of(text), words_of(Sector)
    disputes = [dispute.name for dispute in text.disputes]
    parties = [(dispute.name, party.state) for dispute in text.disputes for party in dispute.everyone]
    dates = []
    for fact in text.calendar:
        dispute = fact.dispute or (disputes[0] if fact.kind != DateKind.ELECTION else None)
        pair = (dispute, fact.state)
        dates.append(
            (
                month_of(fact.date, text.start),
                fact.kind,
                -1 if fact.state is None else rows[fact.state],
                -1 if dispute is None else disputes.index(dispute),
                parties.index(pair) if pair in parties else -1,
                sum(1 << sectors.index(sector) for sector in set(fact.sectors)),
                fact.amount,
            )
        )
    return sorted(dates, key=lambda row: row[0])


def network_of(text: ScenarioText) -> Network:
    """Return the network of a scenario: every table sorted, and read-only."""
    rows, numbers = rows_of(text), numbers_of(text)
    trade = [
        (rows[tie.who], rows[tie.whom], by_sector(tie.by_sector()), weight)
        for tie, weight in zip(text.trade, _weights(text), strict=True)
    ]
    ties = _table("trust_ties", [(numbers[who], numbers[whom]) for who, whom in beliefs_of(text)])
    members = [(rows[tie.state], rows[tie.body], tie.vote) for tie in text.members]
    reaches = [(rows[tie.civil_society], rows[tie.state], tie.reach) for tie in text.constituencies]
    network = Network(
        trade=_table("trade", trade),
        membership=_table("membership", members),
        constituency=_table("constituency", reaches),
        transnational=_table("transnational", [_ordered(rows, tie) for tie in text.transnational]),
        proximity=_table("proximity", [_ordered(rows, tie) for tie in text.proximity]),
        trust_ties=ties,
        word=word_triads(ties, subjects_of(text)),
        dates=_table("dates", _dates(text)),
    )
    for table in network:
        table.flags.writeable = False
    return network


def _ordered(rows: dict[str, int], tie: Any) -> tuple[int, int, float]:
    """Return a tie without a direction, with the lower row first."""
    first, second = sorted((rows[tie.first], rows[tie.second]))
    return first, second, tie.weight
