"""What runs over the ties of a network in a month, read from the world and told in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from model.chronicle import SECTORS_TOLD, display_name, joined, sentence_of
from model.vocabulary import Role, Sector, word_of

if TYPE_CHECKING:
    from browser.scene.cast import Cast, Tie
    from browser.scene.snapshot import Snapshot

#: Change of a belief in a month from which on it is drawn, and how many at most.
MOVED, MOST_MOVED = 0.004, 24


class Pressure(NamedTuple):
    """The measures of one sender: on whom, in which sectors, and their mean level there."""

    sender: str
    target: str
    dispute: str
    sectors: tuple[str, ...]
    level: float
    relieved: float

    @property
    def sentence(self) -> str:
        """What it is, in a sentence."""
        who, whom = display_name(self.sender), display_name(self.target)
        told = f"level {self.level:.2f} in force, {self.relieved:.2f} relieved"
        return sentence_of(f"{who} presses {whom} in {joined(self.sectors)}: {told}")


def pressures(cast: Cast, now: Snapshot) -> list[Pressure]:
    """Return the measures of every sender that takes part, in every dispute."""
    parties, disputes = now.tables["parties"], now.tables["disputes"]
    states = cast.scenario.parties
    found = []
    for row, (dispute, state) in enumerate(states):
        party = parties[row]
        has_measures = [float(level) > 0 for level in party["imposed"]]
        if int(party["role"]) in (Role.LEAD_SENDER, Role.SENDER) and party["member"] and any(has_measures):
            number = sum(has_measures)
            relieved = float(party["relieved"].sum()) / number
            found.append(
                Pressure(
                    state,
                    states[int(disputes[int(party["dispute"])]["target"])][1],
                    dispute,
                    tuple(
                        sector_told(Sector(place)) for place, is_there in enumerate(has_measures) if is_there
                    ),
                    max(float(party["imposed"].sum()) / number - relieved, 0.0),
                    relieved,
                )
            )
    return found


def sector_told(sector: Sector) -> str:
    """Return the name of a sector as a sentence has it."""
    return SECTORS_TOLD.get(sector, word_of(sector))


def channel_sentence(cast: Cast, tie: Tie, channel: Any) -> str:
    """Return how one side stands to a possible back channel."""
    keeper, side = cast.members[tie.end].title, cast.members[tie.source].title
    if not channel["open"]:
        return f"No back channel of {keeper} with {side} now; access {tie.weight:.2f}"
    opened, trust = int(channel["opened_at"]), float(channel[f"trust_{tie.more['side']}"])
    since = f" since {cast.scenario.date_of(opened)}" if opened >= 0 else ""
    told = f"{int(channel['meetings'])} meetings, trust of {side} in it {trust:.2f}"
    return f"Back channel of {keeper} with {side}{since}: {told}, {int(channel['insiders'])} insiders"


class Move(NamedTuple):
    """A belief that moved: whose, in whom, from where to where."""

    who: str
    whom: str
    before: float
    now: float

    @property
    def sentence(self) -> str:
        """What it is, in a sentence."""
        how = "rose" if self.now > self.before else "fell"
        who, whom = display_name(self.who), display_name(self.whom)
        return f"Trust of {who} in {whom} {how}: {self.before:.3f} → {self.now:.3f}"


def trust_moves(cast: Cast, now: Snapshot, before: Snapshot) -> list[Move]:
    """Return the beliefs that moved most in the month, those that moved further first."""
    beliefs = zip(
        cast.layer("trust"),
        before.tables["trust"]["belief"].tolist(),
        now.tables["trust"]["belief"].tolist(),
        strict=True,
    )
    moved = [Move(tie.source, tie.end, old, new) for tie, old, new in beliefs if abs(new - old) >= MOVED]
    return sorted(moved, key=lambda move: -abs(move.now - move.before))[:MOST_MOVED]


#: What a tie of a lasting layer says: of whom, of whom, how strong.
SAID = {
    "trade": "trade of {0} with {1}: {2:.0%} of all its trade",
    "membership": "{0} in {1}: weight of its vote {2:.2g}",
    "constituency": "reach of {0} into {1}: {2:.2f}",
    "transnational": "tie of {0} with {1}: {2:.2f}",
    "proximity": "closeness of {0} and {1}: {2:.2f}",
}


def tie_sentence(cast: Cast, tie: Tie) -> str:
    """Return what a tie of a lasting layer is, in a sentence."""
    who, whom = cast.members[tie.source].title, cast.members[tie.end].title
    return sentence_of(SAID[tie.layer].format(who, whom, tie.weight))
