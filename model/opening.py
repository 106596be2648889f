"""From a scenario's text to the world on its first day.

What a scenario leaves out follows from a state's part in the disputes: a target that has long been
sanctioned resents it, and public language is as hot as the disputes are tense. Hidden characters and
red lines are drawn when a run starts, not here.
"""

from __future__ import annotations

from typing import Any

from model.dispute_format import DisputeEntry, PartyEntry, PriorEntry
from model.draws import identity_of
from model.network import Network
from model.records import Column
from model.scenario_format import ScenarioText, StateEntry
from model.scenario_names import month_of
from model.ties import beliefs_of, by_sector, counterpart_of, numbers_of, rows_of
from model.vocabulary import DisputeStatus, Milestone, Role
from model.world import DISPUTES, PROCESSES, TALLIES, TRACKS, World, blank_world

#: Prior chances of the hidden characters where a scenario gives none: sincere, opportunist, hardline.
TARGET_PRIOR = (0.35, 0.40, 0.25)
SENDER_PRIOR = (0.70, 0.30, 0.00)

#: Resentment of a target under sanctions, and of everybody else.
RESENTMENT = {True: 0.3, False: 0.1}

#: Normal dealings with the target that a neighbour or an ally has from the start.
ENGAGEMENT = {Role.ALLY: 0.5, Role.NEIGHBOUR: 0.3}

#: Rhetoric is this in quiet times, and rises by this much with a dispute's full tension.
QUIET_RHETORIC, HEATED_RHETORIC = 0.1, 0.6

OPEN_MILESTONE = {"difficulty": 1.0, "verifiability": 0.5}


def opening_of(text: ScenarioText, network: Network) -> World:
    """Return the world of ``text`` on its first day, with an empty ledger."""
    parties = [len(dispute.everyone) for dispute in text.disputes]
    world = blank_world(
        {
            "states": len(text.states),
            "bodies": len(text.bodies),
            "mediators": len(text.mediators),
            "civil": len(text.civil_society),
            "parties": sum(parties),
            "disputes": len(text.disputes),
            "processes": len(text.disputes) * TRACKS,
            "channels": sum(len(dispute.channels) for dispute in text.disputes),
            "trust": len(network.trust_ties),
            "tallies": len(text.disputes),
        }
    )
    _open_states(world, text, network)
    _open_others(world, text)
    world.trust.belief, world.trust.evidence = _columns(list(beliefs_of(text).values()))
    first_party = first_channel = 0
    for number, dispute in enumerate(text.disputes):
        _open_parties(world, text, network, number, first_party)
        _open_dispute(world.disputes[number], text, number, first_party, first_channel)
        _open_channels(world, text, network, number, first_channel)
        _open_processes(world, dispute, number)
        first_party += len(dispute.everyone)
        first_channel += len(dispute.channels)
    for column in _months(TALLIES):
        world.tallies[column] = -1
    return world


def _columns(pairs: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [first for first, _ in pairs], [second for _, second in pairs]


def _months(columns: list[Column]) -> list[str]:
    """Return the columns that hold a month, in which -1 stands for never."""
    return [column.name for column in columns if column.unit == "month"]


def _month(date: str | None, text: ScenarioText) -> int:
    return -1 if date is None else month_of(date, text.start)


def _open_states(world: World, text: ScenarioText, network: Network) -> None:
    reporters = network.trade.reporter
    for row, entry in enumerate(text.states):
        state = world.states[row]
        state.luck = identity_of(entry.name)
        state.support_base = state.support = entry.support
        state.hardliner_base = state.hardliners = entry.hardliners
        state.exposure[:] = by_sector(entry.exposure)
        state.first_trade = int(reporters.searchsorted(row))
        state.trade_ties = int((reporters == row).sum())
        state.next_election = _month(entry.next_election, text)
        state.last_election = -1
        state.leader_since = _month(entry.leader_since, text)
        state.output = 1.0
        state.side = -1
        for name in ("accountability", "coherence", "size", "term", "hardship", "elite_pain"):
            state[name] = getattr(entry, name)
        for name in ("legitimacy", "suspicion", "expectation", "ownership"):
            state[name] = getattr(entry, name)
        state.resentment, state.rhetoric, state.engagement = _mood(entry, text)


def _mood(entry: StateEntry, text: ScenarioText) -> tuple[float, float, float]:
    """Return a state's resentment, rhetoric and engagement as its part in the disputes implies them."""
    sanctioned, rhetoric, engagement = False, QUIET_RHETORIC, 0.0
    for dispute in text.disputes:
        for party in dispute.everyone:
            if party.state == entry.name:
                role = dispute.role_of(party)
                sanctioned |= role == Role.TARGET and dispute.status == DisputeStatus.IMPOSED
                heat = HEATED_RHETORIC if role <= Role.VETO_PLAYER else HEATED_RHETORIC / 2
                rhetoric = max(rhetoric, QUIET_RHETORIC + heat * dispute.tension)
                engagement = max(engagement, ENGAGEMENT.get(role, 0.0))
    implied = (RESENTMENT[sanctioned], rhetoric, engagement)
    given = (entry.resentment, entry.rhetoric, entry.engagement)
    resentment, rhetoric, engagement = (
        rest if said is None else said for said, rest in zip(given, implied, strict=True)
    )
    return resentment, rhetoric, engagement


def _open_others(world: World, text: ScenarioText) -> None:
    rows = rows_of(text)
    for row, body in enumerate(text.bodies):
        record = world.bodies[row]
        record.luck = identity_of(body.name)
        for name in ("kind", "rule", "pull", "can_host", "can_evaluate", "can_sponsor", "cohesion"):
            record[name] = getattr(body, name)
    for row, mediator in enumerate(text.mediators):
        record = world.mediators[row]
        record.luck = identity_of(mediator.name)
        record.home = -1 if mediator.home is None else rows[mediator.home]
        for name in ("kind", "skill", "discretion", "bias", "capacity", "credibility"):
            record[name] = getattr(mediator, name)
    for row, civil in enumerate(text.civil_society):
        record = world.civil[row]
        record.luck = identity_of(civil.name)
        record.access_base = civil.access
        for name in ("kind", "voice", "grievance", "trust_in_government", "outlook"):
            record[name] = getattr(civil, name)


def _tie(network: Network, who: int, whom: int) -> int:
    """Return the row of the trust tie from ``who`` to ``whom``, by their numbers."""
    ties = network.trust_ties
    return int(((ties.who == who) & (ties.whom == whom)).argmax())


def _open_parties(world: World, text: ScenarioText, network: Network, number: int, first: int) -> None:
    dispute, rows, numbers = text.disputes[number], rows_of(text), numbers_of(text)
    states = [entry.state for entry in dispute.everyone]
    trade, target = network.trade, rows[dispute.target]
    for place, entry in enumerate(dispute.everyone):
        party = world.parties[first + place]
        party.luck = identity_of(f"{dispute.name}/{entry.state}")
        party.state, party.dispute, party.role = rows[entry.state], number, dispute.role_of(entry)
        party.veto_of = -1 if entry.veto_of is None else first + states.index(entry.veto_of)
        ties = (trade.reporter == target) & (trade.partner == party.state)
        party.trade_tie = int(ties.argmax()) if ties.any() else -1
        own, other = numbers[entry.state], numbers[counterpart_of(dispute, entry)]
        party.tie_to, party.tie_from = _tie(network, own, other), _tie(network, other, own)
        party.prior[:] = _prior(dispute, entry)
        party.veto = entry.veto if party.role == Role.VETO_PLAYER else 0.0
        party.member = int(party.role <= Role.VETO_PLAYER)
        party.imposed[:] = by_sector(entry.imposed)
        for name in ("noise", "stake", "weight", "secondary", "enforcement", "misreading"):
            party[name] = getattr(entry, name)
        party.threat = dispute.tension if party.role <= Role.LEAD_SENDER else 0.0


def _prior(dispute: DisputeEntry, entry: PartyEntry) -> tuple[float, float, float]:
    given: PriorEntry | None = entry.prior
    if given is not None:
        return given.sincere, given.opportunist, given.hardline
    own_side = dispute.target in (entry.state, entry.veto_of)
    return TARGET_PRIOR if own_side else SENDER_PRIOR


def _open_dispute(record: Any, text: ScenarioText, number: int, first_party: int, first_channel: int) -> None:
    dispute, rows = text.disputes[number], rows_of(text)
    for column in _months(DISPUTES):
        record[column] = -1
    record.luck = identity_of(dispute.name)
    record.first_party, record.parties = first_party, len(dispute.everyone)
    record.target, record.lead = first_party, first_party + 1
    roles = [dispute.role_of(party) for party in dispute.everyone]
    record.senders = sum(role in (Role.LEAD_SENDER, Role.SENDER) for role in roles)
    record.deciders = record.senders + roles.count(Role.VETO_PLAYER)
    record.target_state, record.lead_state = rows[dispute.target], rows[dispute.lead]
    record.first_channel, record.channels = first_channel, len(dispute.channels)
    record.body = -1 if dispute.body is None else rows[dispute.body]
    record.verifier = -1 if dispute.verifier is None else rows[dispute.verifier]
    for name in ("io_backed", "status", "tension", "salience", "commitment", "enforced_peace"):
        record[name] = getattr(dispute, name)
    for name, value in OPEN_MILESTONE.items():
        record[name][:] = value
    for milestone in dispute.milestones:
        for name in ("asked", "cost", "worth", "difficulty", "verifiability"):
            record[name][Milestone(milestone.name)] = getattr(milestone, name)
    record.felt[:] = record.unrelieved[:] = by_sector(dispute.felt)
    record.threatened_at = 0
    record.imposed_at = 0 if dispute.status == DisputeStatus.IMPOSED else -1
    record.uncertainty = dispute.tension
    record.step_scale = 1.0


def _open_channels(world: World, text: ScenarioText, network: Network, number: int, first: int) -> None:
    dispute, rows, numbers = text.disputes[number], rows_of(text), numbers_of(text)
    target, lead = numbers[dispute.target], numbers[dispute.lead]
    entries = sorted(dispute.channels, key=lambda channel: rows[channel.mediator])
    for place, entry in enumerate(entries):
        channel, mediator = world.channels[first + place], numbers[entry.mediator]
        channel.luck = identity_of(f"{dispute.name}/{entry.mediator}")
        channel.dispute, channel.mediator = number, rows[entry.mediator]
        channel.opened_at = channel.met_at = -1
        channel.access_target, channel.access_lead = entry.access_target, entry.access_lead
        channel.tie_target, channel.tie_lead = _tie(network, target, mediator), _tie(network, lead, mediator)
        channel.trust_target = world.trust.belief[channel.tie_target]
        channel.trust_lead = world.trust.belief[channel.tie_lead]


def _open_processes(world: World, dispute: DisputeEntry, number: int) -> None:
    for track in range(TRACKS):
        process = world.processes[number * TRACKS + track]
        for column in _months(PROCESSES):
            process[column] = -1
        process.luck = identity_of(f"{dispute.name}/track {track}")
        process.dispute, process.track, process.since = number, track, 0
