"""What a scenario file may say: its tables, their keys, and what each key may hold.

Flows are in points (one per cent of a year's output, a year), levels in shares. What an analyst may
leave out has its default here.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, field_validator, model_validator

from model.dispute_format import (
    CalendarEntry,
    ChannelEntry,
    DisputeEntry,
    MilestoneEntry,
    PartyEntry,
    PriorEntry,
)
from model.scenario_names import (
    ActorName,
    Amount,
    BodyName,
    CivilName,
    Date,
    Entry,
    LaterDate,
    Levels,
    Months,
    Name,
    Share,
    StateName,
    repeated,
    together,
    word,
)
from model.vocabulary import BodyKind, CivilKind, DecisionRule, MediatorKind, Sector, words_of


class StateEntry(Entry):
    """A state; what is left out of its opening follows from its part in the disputes."""

    name: Name
    accountability: Share = 0.5
    coherence: Share = 0.6
    support: Share = 0.5
    hardliners: Share = 0.25
    size: Amount = 0.0
    exposure: Levels = Field(default_factory=dict)
    next_election: LaterDate | None = None
    term: Months = 0
    leader_since: Date | None = None
    hardship: Share = 0.1
    elite_pain: Share = 0.05
    legitimacy: Share = 0.5
    suspicion: Share = 0.2
    expectation: Share = 0.1
    ownership: Share = 0.2
    resentment: Share | None = None
    rhetoric: Share | None = None
    engagement: Share | None = None


class BodyEntry(Entry):
    """A regional or international body."""

    name: Name
    kind: Annotated[BodyKind, word(BodyKind)]
    rule: Annotated[DecisionRule, word(DecisionRule)] = DecisionRule.UNANIMITY
    pull: Share = 0.3
    can_host: Share = 0.5
    can_evaluate: Share = 0.3
    can_sponsor: Share = 0.2
    cohesion: Share = 0.6


class MediatorEntry(Entry):
    """A mediator; bias runs from -1 (with the senders) to 1 (with the target)."""

    name: Name
    kind: Annotated[MediatorKind, word(MediatorKind)]
    home: StateName | None = None
    skill: Share = 0.6
    discretion: Share = 0.6
    bias: Annotated[float, Field(ge=-1.0, le=1.0)] = 0.0
    capacity: Annotated[int, Field(ge=1)] = 2
    credibility: Share = 0.6


class CivilEntry(Entry):
    """A civil society actor."""

    name: Name
    kind: Annotated[CivilKind, word(CivilKind)]
    access: Share = 0.2
    voice: Share = 0.3
    grievance: Share = 0.2
    trust_in_government: Share = 0.5
    outlook: Share = 0.5


class Tie(Entry):
    """A tie between two different actors."""

    @model_validator(mode="after")
    def _not_to_itself(self) -> Self:
        ends = list(dict(self).values())[:2]
        if ends[0] == ends[1]:
            raise ValueError(f"ties '{ends[0]}' to itself")
        return self


class TradeEntry(Tie):
    """Shares of the first state's trade that it has with the second: one for all sectors, or by sector."""

    who: StateName = Field(alias="from")
    whom: StateName = Field(alias="to")
    share: Share = 0.0
    shares: Levels = Field(default_factory=dict)

    def by_sector(self) -> dict[str, float]:
        """Return the share in every sector."""
        return dict.fromkeys(words_of(Sector), self.share) | self.shares


class MemberEntry(Entry):
    """A state's membership of a body."""

    state: StateName
    body: BodyName
    vote: Amount = 1.0


class ConstituencyEntry(Entry):
    """How far a civil society actor reaches into a state."""

    civil_society: CivilName
    state: StateName
    reach: Share = 0.5


class TransnationalEntry(Tie):
    """A tie between two civil society actors."""

    first: CivilName
    second: CivilName
    weight: Share = 0.5


class ProximityEntry(Tie):
    """How close two states lie: 1 for a long common border."""

    first: StateName
    second: StateName
    weight: Share = 0.5


class TrustEntry(Tie):
    """How far the first actor believes that the second keeps its word, and on how much evidence."""

    who: ActorName = Field(alias="from")
    whom: ActorName = Field(alias="to")
    belief: Share
    evidence: Amount = 2.0


#: The layers along which actors may come to watch one another.
Followed = Literal["trade", "proximity", "constituency", "transnational"]


class AcquaintanceEntry(Entry):
    """Trust where none is listed: its value, and the layers along which actors watch one another."""

    belief: Share = 0.5
    evidence: Amount = 2.0
    layers: list[Followed] = Field(default_factory=lambda: [*get_args(Followed)])
    least_trade: Share = 0.05


class ScenarioText(Entry):
    """A whole scenario file."""

    name: Name
    title: str
    description: str = ""
    start: Date
    months: Annotated[int, Field(ge=1, le=1200)]
    sources: list[str] = Field(default_factory=list)
    acquaintance: AcquaintanceEntry = Field(default_factory=AcquaintanceEntry)
    states: Annotated[list[StateEntry], Field(min_length=2)]
    bodies: list[BodyEntry] = Field(default_factory=list)
    mediators: list[MediatorEntry] = Field(default_factory=list)
    civil_society: list[CivilEntry] = Field(default_factory=list)
    trade: list[TradeEntry] = Field(default_factory=list)
    members: list[MemberEntry] = Field(default_factory=list)
    constituencies: list[ConstituencyEntry] = Field(default_factory=list)
    transnational: list[TransnationalEntry] = Field(default_factory=list)
    proximity: list[ProximityEntry] = Field(default_factory=list)
    trust: list[TrustEntry] = Field(default_factory=list)
    disputes: Annotated[list[DisputeEntry], Field(min_length=1)]
    calendar: list[CalendarEntry] = Field(default_factory=list)

    @field_validator("trade")
    @classmethod
    def _trade_adds_up(cls, ties: list[TradeEntry]) -> list[TradeEntry]:
        faults = repeated([f"{tie.who} to {tie.whom}" for tie in ties], "tie from")
        totals: dict[tuple[str, str], float] = {}
        for tie in ties:
            for sector, share in tie.by_sector().items():
                totals[tie.who, sector] = totals.get((tie.who, sector), 0.0) + share
        for (state, sector), total in totals.items():
            if total > 1.0 + 1e-9:
                faults.append(f"the shares of '{state}' in {sector} sum to {total:g}; at most 1")
        return ties if not faults else together(faults)

    @field_validator("members")
    @classmethod
    def _members_once(cls, ties: list[MemberEntry]) -> list[MemberEntry]:
        faults = repeated([f"{tie.state} in {tie.body}" for tie in ties], "membership of")
        return ties if not faults else together(faults)

    @field_validator("constituencies")
    @classmethod
    def _constituencies_once(cls, ties: list[ConstituencyEntry]) -> list[ConstituencyEntry]:
        faults = repeated([f"{tie.civil_society} to {tie.state}" for tie in ties], "tie from")
        return ties if not faults else together(faults)

    @field_validator("transnational", "proximity")
    @classmethod
    def _neighbours_once(
        cls, ties: list[TransnationalEntry] | list[ProximityEntry]
    ) -> list[TransnationalEntry] | list[ProximityEntry]:
        faults = repeated([" and ".join(sorted((tie.first, tie.second))) for tie in ties], "tie between")
        return ties if not faults else together(faults)

    @field_validator("trust")
    @classmethod
    def _trust_once(cls, ties: list[TrustEntry]) -> list[TrustEntry]:
        faults = repeated([f"{tie.who} to {tie.whom}" for tie in ties], "tie from")
        return ties if not faults else together(faults)


#: The entry at every place of a scenario file that holds one, by its path.
ENTRIES: dict[str, type[Entry]] = {
    "": ScenarioText,
    "acquaintance": AcquaintanceEntry,
    "states": StateEntry,
    "bodies": BodyEntry,
    "mediators": MediatorEntry,
    "civil_society": CivilEntry,
    "trade": TradeEntry,
    "members": MemberEntry,
    "constituencies": ConstituencyEntry,
    "transnational": TransnationalEntry,
    "proximity": ProximityEntry,
    "trust": TrustEntry,
    "disputes": DisputeEntry,
    "disputes.parties": PartyEntry,
    "disputes.parties.prior": PriorEntry,
    "disputes.milestones": MilestoneEntry,
    "disputes.channels": ChannelEntry,
    "calendar": CalendarEntry,
}
