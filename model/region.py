"""Synthetic regions: a map from a named generator, and everybody on it drawn from stated ranges.

Economies are heavy-tailed, trade follows gravity (size, and nearness), and civil society gathers where
the disputes are. What comes out is a scenario's text like any other, to be read, edited and kept.
"""

from __future__ import annotations

from itertools import cycle, islice
from typing import Any

import numpy as np

from model.growth import About, Growth, Luck
from model.region_map import Cast, Land, casts_of, land_of
from model.scenario_names import ACTOR_TABLES, date_after
from model.vocabulary import SECTORS, BodyKind, CivilKind, MediatorKind, Role, Sector, word_of, words_of

#: One entry of a scenario file.
Row = dict[str, Any]

#: The lists of a scenario file that a region fills.
GROWN_TABLES = {*ACTOR_TABLES, "trade", "members", "constituencies", "transnational", "proximity", "trust"}
GROWN_TABLES |= {"disputes"}

#: What disputes are about, in turn, and what is asked in each.
ISSUES = {
    "security": ("disarmament", "inspections", "test-halt", "financial-transparency"),
    "governance": ("rights", "rule-of-law", "press-freedom", "judicial-independence"),
    "conflict": ("ceasefire", "withdrawal", "humanitarian-deliveries", "inspections"),
}

#: How trade-dependent output splits over the sectors on average, and how far measures reach in each.
TRADE_MIX = (4.0, 2.0, 2.5, 2.5, 0.3, 0.7)
REACH = {Sector.ESSENTIAL: 0.15, Sector.TRAVEL: 0.6}

BODY_KINDS = (BodyKind.REGIONAL_ORGANISATION, BodyKind.VERIFIER, BodyKind.INTERNATIONAL_ORGANISATION)
HOSTS = (MediatorKind.NEUTRAL_STATE, MediatorKind.FORMER_OFFICIAL, MediatorKind.GUARANTOR)
CIVIL_KINDS = (
    CivilKind.BUSINESS,
    CivilKind.MEDIA,
    CivilKind.HARDLINE_MOVEMENT,
    CivilKind.WATCHDOG,
    CivilKind.COMMUNITY,
    CivilKind.OPPOSITION,
    CivilKind.HUMANITARIAN,
    CivilKind.DIASPORA,
)
MEMBERS_OF_A_BODY = 8

#: How much more two neighbours trade than the same two states far apart.
BORDER_PULL = 2.5

#: Parts from which a target expects little, and they little from it.
HOSTILE = (Role.SENDER, Role.SPOILER)


def grown(growth: Growth, start: str) -> dict[str, list[Row]]:
    """Return the lists of a scenario file that starts in ``start``, for a region grown as asked."""
    land = land_of(growth)
    casts = casts_of(growth, land)
    bodies = [f"body-{row + 1}" for row in range(growth.bodies)]
    civil = _civil(growth, land, casts)
    return {
        "states": [_state(growth, land, row, start) for row in range(growth.states)],
        "bodies": [{"name": name, "kind": word_of(_body_kind(row))} for row, name in enumerate(bodies)],
        "mediators": _mediators(growth, land, casts),
        "civil_society": [entry for entry, _ in civil],
        "trade": [tie for row in range(growth.states) for tie in _trade(growth, land, casts, row)],
        "members": _members(growth, land, casts),
        "constituencies": [_reach(growth, row, *pair) for row, pair in enumerate(civil)],
        "transnational": _transnational(growth, civil),
        "proximity": _proximity(growth, land),
        "trust": _trust(growth, land, casts),
        "disputes": [_dispute(growth, land, row, cast) for row, cast in enumerate(casts)],
    }


def _state(growth: Growth, land: Land, row: int, start: str) -> Row:
    luck, ranges = Luck(growth.seed, About.STATE, row), growth.ranges
    state: Row = {"name": land.names[row], "size": land.sizes[row]}
    for name in ("accountability", "coherence", "support", "hardliners"):
        state[name] = luck.between(getattr(ranges, name))
    exposure = luck.parts(luck.between(ranges.exposure), list(TRADE_MIX))
    state["exposure"] = dict(zip(words_of(Sector), exposure, strict=True))
    state["hardship"] = luck.between([0.05, 0.2])
    state["leader_since"] = date_after(start, -luck.whole(1, 120))
    next_election, term = luck.whole(1, 48), 48 if luck.chance(0.6) else 60
    if state["accountability"] > 0.45:
        state |= {"next_election": date_after(start, next_election), "term": term}
    return state


def _trade(growth: Growth, land: Land, casts: list[Cast], row: int) -> list[Row]:
    """Return the ties of one reporter: its strongest by gravity, and those that a dispute turns on."""
    luck = Luck(growth.seed, About.TRADE, row)
    pull = np.array(land.sizes) ** 0.8 * np.exp(0.4 * luck.generator.normal(size=growth.states))
    pull[land.beside(row)] *= BORDER_PULL
    pull[row] = 0.0
    partners = set(np.argsort(-pull)[: growth.trade_partners].tolist())
    for cast in casts:
        if row == cast.target:
            partners.update(cast.everyone)
        elif row in cast.everyone:
            partners.add(cast.target)
    places = sorted(partners - {row})
    weights = pull[places][:, None] * np.exp(0.4 * luck.generator.normal(size=(len(places), SECTORS)))
    shares = luck.between(growth.ranges.covered_trade) * weights / weights.sum(axis=0)
    return [
        {
            "from": land.names[row],
            "to": land.names[partner],
            "shares": {
                sector: round(float(part), 4) for sector, part in zip(words_of(Sector), parts, strict=True)
            },
        }
        for partner, parts in zip(places, shares, strict=True)
    ]


def _body_kind(row: int) -> BodyKind:
    return BODY_KINDS[row % len(BODY_KINDS)]


def _members(growth: Growth, land: Land, casts: list[Cast]) -> list[Row]:
    ties = []
    for row in range(growth.bodies):
        luck, kind = Luck(growth.seed, About.MEMBER, row), _body_kind(row)
        cast = casts[row // len(BODY_KINDS) % len(casts)]
        if kind == BodyKind.REGIONAL_ORGANISATION:
            members = land.around(cast.target)[:MEMBERS_OF_A_BODY]
        elif kind == BodyKind.VERIFIER:
            members = [state for one in casts for state in (one.target, one.lead)]
        else:
            members = [*land.by_size[:MEMBERS_OF_A_BODY], *(one.target for one in casts)]
        ties += [
            {"state": land.names[state], "body": f"body-{row + 1}", "vote": luck.between([0.5, 2.0])}
            for state in dict.fromkeys(members)
        ]
    return ties


def _mediators(growth: Growth, land: Land, casts: list[Cast]) -> list[Row]:
    busy = {state for cast in casts for state in cast.everyone}
    free = [state for state in range(growth.states) if state not in busy] or list(range(growth.states))
    mediators = []
    for row, kind in zip(range(growth.mediators), cycle(MediatorKind), strict=False):
        luck = Luck(growth.seed, About.MEDIATOR, row)
        home = free[luck.whole(0, len(free) - 1)]
        mediator: Row = {"name": f"mediator-{row + 1}", "kind": word_of(kind)}
        if kind in HOSTS:
            mediator["home"] = land.names[home]
        for name in ("skill", "discretion", "credibility"):
            mediator[name] = luck.between(getattr(growth.ranges, name))
        mediators.append(mediator | {"bias": luck.between([-0.4, 0.4]), "capacity": luck.whole(1, 3)})
    return mediators


def _civil(growth: Growth, land: Land, casts: list[Cast]) -> list[tuple[Row, str]]:
    """Return civil society with its states: about half in the targets, then leads, then the others."""
    seats = [
        state
        for cast in casts
        for state in (
            cast.target,
            cast.lead,
            cast.target,
            cast.lead,
            cast.target,
            *islice(cast.everyone, 2, 4),
        )
    ]
    homes = list(islice(cycle(seats), growth.civil_society))
    civil = []
    for row, home in enumerate(homes):
        luck = Luck(growth.seed, About.CIVIL, row)
        kind = CIVIL_KINDS[homes[:row].count(home) % len(CIVIL_KINDS)]
        bounds = {"access": [0.1, 0.5], "voice": [0.2, 0.5], "grievance": [0.1, 0.4]}
        bounds |= {"trust_in_government": [0.3, 0.6], "outlook": [0.3, 0.7]}
        if kind == CivilKind.HARDLINE_MOVEMENT:
            bounds["outlook"] = [0.1, 0.25]
        entry = {"name": f"civil-{row + 1:02d}", "kind": word_of(kind)}
        civil.append((entry | {name: luck.between(pair) for name, pair in bounds.items()}, land.names[home]))
    return civil


def _reach(growth: Growth, row: int, entry: Row, home: str) -> Row:
    reach = Luck(growth.seed, About.CIVIL, row, 1).between([0.2, 0.6])
    return {"civil_society": entry["name"], "state": home, "reach": reach}


def _transnational(growth: Growth, civil: list[tuple[Row, str]]) -> list[Row]:
    """Return ties between societies: each actor knows one that came before it, abroad."""
    ties = []
    for row, (entry, home) in enumerate(civil):
        luck = Luck(growth.seed, About.TRANSNATIONAL, row)
        abroad = [other["name"] for other, place in civil[:row] if place != home]
        if abroad:
            first = abroad[luck.whole(0, len(abroad) - 1)]
            ties.append({"first": first, "second": entry["name"], "weight": luck.between([0.2, 0.6])})
    return ties


def _proximity(growth: Growth, land: Land) -> list[Row]:
    return [
        {
            "first": land.names[first],
            "second": land.names[second],
            "weight": Luck(growth.seed, About.BORDER, first, second).between([0.4, 1.0]),
        }
        for first, second in land.borders
    ]


def _trust(growth: Growth, land: Land, casts: list[Cast]) -> list[Row]:
    """Return the listed beliefs: low across each dispute, higher between a target and its friends."""
    beliefs: dict[tuple[int, int], list[float]] = {}
    for cast in casts:
        for state in (cast.lead, *(state for state, role in cast.others if role in HOSTILE)):
            beliefs[state, cast.target] = beliefs[cast.target, state] = growth.ranges.hostile_belief
        for state in (state for state, role in cast.others if role == Role.ALLY):
            beliefs.setdefault((cast.target, state), growth.ranges.belief)
    ties = []
    for (who, whom), bounds in beliefs.items():
        luck = Luck(growth.seed, About.TRUST, who, whom)
        belief = {"belief": luck.between(bounds), "evidence": luck.between([2.0, 6.0])}
        ties.append({"from": land.names[who], "to": land.names[whom]} | belief)
    return ties


def _dispute(growth: Growth, land: Land, row: int, cast: Cast) -> Row:
    luck, ranges = Luck(growth.seed, About.DISPUTE, row, 1), growth.ranges
    issue = list(ISSUES)[row % len(ISSUES)]
    regional = [body for body in range(growth.bodies) if _body_kind(body) == BodyKind.REGIONAL_ORGANISATION]
    verifiers = [body for body in range(growth.bodies) if _body_kind(body) == BodyKind.VERIFIER]
    mediators = luck.generator.permutation(growth.mediators)[: growth.channels]
    return {
        "name": f"dispute-{row + 1}",
        "issue": issue,
        "target": land.names[cast.target],
        "lead": land.names[cast.lead],
        "body": f"body-{regional[row % len(regional)] + 1}",
        "verifier": f"body-{verifiers[row % len(verifiers)] + 1}",
        "io_backed": luck.chance(growth.io_backed),
        "status": growth.status,
        "tension": luck.between(ranges.tension),
        "salience": luck.between(ranges.salience),
        "commitment": Luck(growth.seed, About.COMMITMENT, row).between(ranges.commitment),
        "milestones": _milestones(growth, issue, luck),
        "parties": [_party(growth, land, row, *part) for part in cast.parts],
        "channels": [
            {
                "mediator": f"mediator-{mediator + 1}",
                "access_target": luck.between(ranges.access),
                "access_lead": luck.between(ranges.access),
            }
            for mediator in sorted(mediators.tolist())
        ],
    }


def _milestones(growth: Growth, issue: str, luck: Luck) -> list[Row]:
    names = ISSUES[issue]
    costs = luck.parts(luck.between(growth.ranges.cost), [4.0] * len(names))
    worths = luck.parts(luck.between(growth.ranges.worth), [4.0] * len(names))
    return [
        {
            "name": name,
            "asked": luck.between([0.6, 1.0]),
            "cost": cost,
            "worth": worth,
            "difficulty": luck.between([0.8, 1.4]),
            "verifiability": luck.between([0.5, 0.9]),
        }
        for name, cost, worth in zip(names, costs, worths, strict=True)
    ]


def _party(growth: Growth, land: Land, dispute: int, state: int, role: Role) -> Row:
    luck, ranges = Luck(growth.seed, About.PARTY, dispute, state), growth.ranges
    party: Row = {"state": land.names[state], "role": word_of(role)}
    party |= {"noise": luck.between(ranges.noise), "misreading": luck.between(ranges.misreading)}
    if role == Role.SPOILER:
        party["stake"] = luck.between(ranges.stake)
    if role in (Role.LEAD_SENDER, Role.SENDER):
        level = luck.between(ranges.threat)
        reach = {sector: REACH.get(sector, luck.between([0.6, 1.0])) for sector in Sector}
        party["imposed"] = {word_of(sector): round(level * part, 3) for sector, part in reach.items()}
        party["enforcement"] = luck.between(ranges.enforcement)
    if role == Role.LEAD_SENDER:
        party["secondary"] = luck.between(ranges.secondary)
    elif role == Role.SENDER:
        party["weight"] = luck.between([0.6, 1.1])
    return party
