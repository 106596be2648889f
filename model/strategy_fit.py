"""Whether a strategy fits a scenario: what the disputes demand, who sends, who trades, who could host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from model.network import Network
from model.strategy_format import Script, Stage
from model.vocabulary import SECTORS, Milestone, RegionalRole, Role, Sector, nearest, word_of
from model.world import World


class Setting(Protocol):
    """What a strategy needs to know of a scenario."""

    @property
    def name(self) -> str:
        """The name of the scenario."""
        ...

    @property
    def actors(self) -> tuple[str, ...]:
        """The names of its actors by number, states first."""
        ...

    def opening(self) -> tuple[World, Network]:
        """Return the opening world and its network."""
        ...


class Ground(NamedTuple):
    """The opening of a scenario: its world, its ties and the names of its states."""

    world: World
    network: Network
    states: list[str]

    @property
    def disputes(self) -> range:
        """The rows of the disputes."""
        return range(len(self.world.disputes))

    def coalition(self, dispute: int) -> list[int]:
        """Return the party rows of a dispute's senders, in the order of their places in the coalition."""
        row = self.world.disputes[dispute]
        parties = range(row.first_party, row.first_party + row.parties)
        senders = (Role.LEAD_SENDER, Role.SENDER)
        return [party for party in parties if self.world.parties[party].role in senders]

    def name_of(self, party: int) -> str:
        """Return the name of a party's state."""
        return self.states[self.world.parties[party].state]

    def senders(self, dispute: int) -> list[str]:
        """Return the names of a dispute's senders, in the order of their places in the coalition."""
        return [self.name_of(party) for party in self.coalition(dispute)]

    def coverage(self, dispute: int, party: int) -> list[float]:
        """Return what the target's trade with a sender is worth to it, by sector, in points a year."""
        tie = self.world.parties[party].trade_tie
        if tie < 0:
            return [0.0] * SECTORS
        exposure = self.world.states[self.world.disputes[dispute].target_state].exposure
        shares = self.network.trade[tie].share
        return [100.0 * float(exposure[sector] * shares[sector]) for sector in Sector]


def ground_of(scenario: Setting) -> Ground:
    """Return the ground on which a strategy would stand in ``scenario``."""
    world, network = scenario.opening()
    return Ground(world, network, [spelt(name) for name in scenario.actors[: len(world.states)]])


def spelt(name: str) -> str:
    """Return a name of a scenario as a strategy spells it: in lower case, with hyphens for blanks."""
    return name.lower().replace(" ", "-")


def misfits(script: Script, scenario: Setting) -> list[str]:
    """Return what a strategy asks, offers or relies on that the scenario does not have, one line each."""
    ground = ground_of(scenario)
    faults = [
        fault
        for place, stage in enumerate(script.stages, 1)
        for check in (unasked, worthless, unsent)
        for fault in check(f"stages[{place}]", stage, ground)
    ]
    if script.region.role is not RegionalRole.NONE and all(ground.world.disputes.body < 0):
        role, none = word_of(script.region.role), word_of(RegionalRole.NONE)
        faults.append(
            f"region.role: '{role}': no dispute of {scenario.name} has a regional body; only '{none}'"
        )
    faults += [f"sponsor.intensity: {fault}" for fault in unsponsored(script, ground)]
    return list(dict.fromkeys(faults))


def unsponsored(script: Script, ground: Ground) -> Iterator[str]:
    """Yield a fault where a strategy relies on a sponsor and no body concerned with a dispute can be one."""
    bodies = [row.body for row in ground.world.disputes if row.body >= 0]
    able = any(ground.world.bodies[body].can_sponsor > 0.0 for body in bodies)
    if script.sponsor.intensity > 0.0 and not able:
        yield f"{script.sponsor.intensity:g}: no body concerned with a dispute can sponsor here; only 0"


def unasked(key: str, stage: Stage, ground: Ground) -> Iterator[str]:
    """Yield each milestone that a stage names and a dispute does not demand."""
    for dispute in ground.disputes:
        asked = ground.world.disputes[dispute].asked
        allowed = [word_of(each) for each in Milestone if asked[each] > 0.0]
        for name in stage.asks.named:
            if name not in allowed:
                hint = nearest(name, allowed)
                yield f"{key}.asks.{name}: is not demanded in the dispute; one of {', '.join(allowed)}{hint}"


def worthless(key: str, stage: Stage, ground: Ground) -> Iterator[str]:
    """Yield a fault where a stage gives relief only in sectors that no sender trades in with the target."""
    allowed = traded(ground)
    given = [word_of(sector) for sector in Sector if stage.relief.spread([0.0] * SECTORS)[sector] > 0.0]
    if given and not set(given) & set(allowed):
        sectors = ", ".join(allowed) or "none"
        yield f"{key}.relief: no sender trades in {', '.join(given)} with the target; sectors here: {sectors}"


def traded(ground: Ground) -> list[str]:
    """Return the sectors in which some sender trades with the target of its dispute."""
    worth = [
        ground.coverage(dispute, party) for dispute in ground.disputes for party in ground.coalition(dispute)
    ]
    return [word_of(sector) for sector in Sector if any(each[sector] > 0.0 for each in worth)]


def unsent(key: str, stage: Stage, ground: Ground) -> Iterator[str]:
    """Yield a fault where the one sender of a stage is none in some dispute."""
    if stage.only_sender is None:
        return
    sender = spelt(stage.only_sender)
    for allowed in [ground.senders(dispute) for dispute in ground.disputes]:
        if sender not in allowed:
            hint = nearest(sender, allowed)
            yield f"{key}.only_sender: '{sender}' is no sender; one of {', '.join(allowed)}{hint}"


def place_of(sender: str | None, scenario: Setting) -> int:
    """Return 1 + the row of the state of a ``sender`` that fits the scenario, or 0 for all senders."""
    if sender is None:
        return 0
    return 1 + ground_of(scenario).states.index(spelt(sender))
