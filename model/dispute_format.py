"""What a scenario file may say about disputes: who is party to them, what is asked, and known dates."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, ValidationInfo, model_validator

from model.scenario_names import (
    Amount,
    BodyName,
    DisputeName,
    Entry,
    Flows,
    LaterDate,
    Levels,
    MediatorName,
    Name,
    SectorWord,
    Share,
    StateName,
    known_in,
    listed,
    repeated,
    together,
    word,
)
from model.vocabulary import DateKind, DisputeStatus, Milestone, Role, Sector, word_of, words_of


class MilestoneEntry(Entry):
    """What is asked of a target; cost and worth in points at full depth."""

    name: Annotated[Milestone, word(Milestone)]
    asked: Share = 1.0
    cost: Amount
    worth: Amount
    difficulty: Amount = 1.0
    verifiability: Share = 0.6


class PriorEntry(Entry):
    """The prior chance of each hidden character."""

    sincere: Share = 0.0
    opportunist: Share = 0.0
    hardline: Share = 0.0

    @model_validator(mode="after")
    def _sums_to_one(self) -> Self:
        total = self.sincere + self.opportunist + self.hardline
        if abs(total - 1.0) > 1e-6:
            raise ValueError(f"the chances of sincere, opportunist and hardline sum to {total:g}, not to 1")
        return self


class PartyEntry(Entry):
    """A state's part in a dispute; the roles of target and lead sender need not be written."""

    state: StateName
    role: Annotated[Role, word(Role)] | None = None
    veto_of: StateName | None = None
    stake: Amount = 0.0
    weight: Amount = 1.0
    veto: Share = 0.5
    secondary: Share = 0.0
    enforcement: Share = 0.6
    imposed: Levels = Field(default_factory=dict)
    prior: PriorEntry | None = None
    noise: Annotated[float, Field(gt=0.0)] = 0.9
    misreading: Amount = 1.5


class ChannelEntry(Entry):
    """A possible back channel: who would keep it, and its access to either side."""

    mediator: MediatorName
    access_target: Share = 0.5
    access_lead: Share = 0.5


class DisputeEntry(Entry):
    """A coalition of senders, a target and an issue."""

    name: Name
    issue: str = ""
    target: StateName
    lead: StateName
    body: BodyName | None = None
    verifier: BodyName | None = None
    io_backed: bool = False
    status: Annotated[DisputeStatus, word(DisputeStatus)] = DisputeStatus.IMPOSED
    tension: Share = 0.3
    salience: Share = 0.5
    commitment: Share = 0.6
    enforced_peace: Share = 0.2
    felt: Flows = Field(default_factory=dict)
    parties: list[PartyEntry] = Field(default_factory=list)
    milestones: Annotated[list[MilestoneEntry], Field(min_length=1)]
    channels: list[ChannelEntry] = Field(default_factory=list)

    @property
    def everyone(self) -> list[PartyEntry]:
        """The parties in the order of their rows: target, lead sender, and the others by role."""
        written = {party.state for party in self.parties}
        implied = [
            PartyEntry.model_construct(state=state)
            for state in (self.target, self.lead)
            if state not in written
        ]
        return sorted([*implied, *self.parties], key=self.role_of)

    def role_of(self, party: PartyEntry) -> Role:
        """Return the role of ``party``, which the target and the lead sender need not write."""
        principals = {self.target: Role.TARGET, self.lead: Role.LEAD_SENDER}
        return principals.get(party.state, Role.BYSTANDER if party.role is None else party.role)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        faults = [f"'{self.target}' is both target and lead sender"] if self.target == self.lead else []
        faults += [*self._misplaced(), *self._vetoes()]
        faults += repeated([party.state for party in self.parties], "party")
        faults += repeated([word_of(milestone.name) for milestone in self.milestones], "milestone")
        faults += repeated([channel.mediator for channel in self.channels], "channel of")
        return self if not faults else together(faults)

    def _misplaced(self) -> list[str]:
        faults = []
        for place, party in enumerate(self.parties, start=1):
            role = self.role_of(party)
            if party.state in (self.target, self.lead):
                if party.role not in (None, role):
                    faults.append(f"parties[{place}].role: '{party.state}' is the {word_of(role)} already")
            elif party.role is None:
                allowed = ", ".join(words_of(Role)[2:])
                faults.append(f"parties[{place}].role: missing for '{party.state}'; one of {allowed}")
            elif role in (Role.TARGET, Role.LEAD_SENDER):
                key = "target" if role == Role.TARGET else "lead"
                faults.append(f"parties[{place}].role: the {word_of(role)} is named by the key '{key}'")
        return faults

    def _vetoes(self) -> list[str]:
        states = [self.target, self.lead, *(party.state for party in self.parties)]
        faults = []
        for place, party in enumerate(self.parties, start=1):
            is_veto_player = self.role_of(party) == Role.VETO_PLAYER
            if is_veto_player and party.veto_of not in {*states} - {party.state}:
                given = party.veto_of or ""
                others = list(dict.fromkeys(state for state in states if state != party.state))
                near = listed(others, given, "the parties")
                wrong = f"'{given}' is no other party" if given else "missing for a veto player"
                faults.append(f"parties[{place}].veto_of: {wrong}{near}")
            elif party.veto_of is not None and not is_veto_player:
                faults.append(f"parties[{place}].veto_of: only a veto-player has one")
        return faults


class CalendarEntry(Entry):
    """A known fact with a date: an election out of turn, measures raised to a level, or an incident."""

    date: LaterDate
    kind: Annotated[DateKind, word(DateKind)]
    dispute: DisputeName | None = None
    state: StateName | None = None
    sectors: list[SectorWord] = Field(default_factory=list)
    amount: Share = 0.0
    note: str = ""

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> Self:
        disputes = known_in(info).disputes
        faults = []
        if self.kind != DateKind.ELECTION and self.dispute is None and len(disputes) > 1:
            faults.append(f"dispute: missing; one of {', '.join(disputes)}")
        if self.kind != DateKind.INCIDENT and self.state is None:
            faults.append(f"state: missing; {word_of(self.kind)}s are somebody's")
        if self.kind == DateKind.MEASURE:
            parties = disputes.get(self.dispute or next(iter(disputes), ""), [])
            if disputes and self.state is not None and self.state not in parties:
                near = listed(parties, self.state, "the parties")
                faults.append(f"state: '{self.state}' is no party to the dispute{near}")
            if not self.sectors:
                faults.append(f"sectors: missing; some of {', '.join(words_of(Sector))}")
        return self if not faults else together(faults)
