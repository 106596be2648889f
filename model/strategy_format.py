"""The file format of a strategy: the tables that an analyst writes, and what each may hold.

A file is a header in named tables (talks, pressure, senders, ...), an ordered list of stages and a list of
rules. A key that is left out keeps its **neutral default**, so that two strategies differ only in what they
say: talks on both tracks, verification by a third party, a graduated response in the same sector, no
pressure phase, no sponsor, no oversight, no seats, promises that are exact. Only the trigger of a stage has
no default: it must be said. A file may also say only how it varies another (``strategy_variants``).

Each key fills one column of ``model.plan``; the column's meaning and its dimension (D01-D46) are the
key's description, so neither is written down twice.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat

from model.plan import HEADERS, RULES, STAGES
from model.records import Column
from model.strategy_words import Asks, Count, Months, Relief, Share, Text, Word
from model.vocabulary import (
    Adaptivity,
    Announcement,
    Cadence,
    ChannelTiming,
    Confidence,
    Coordination,
    Criteria,
    DecisionRule,
    Disclosure,
    DisputeHandling,
    ElectoralTiming,
    Enforcement,
    Extent,
    FirstMover,
    Humanitarian,
    IssueScope,
    Learning,
    NeighbourEngagement,
    Oversight,
    PressurePhase,
    Reach,
    Redress,
    RegionalRole,
    Release,
    Renewal,
    Response,
    Seat,
    Sector,
    Setback,
    Taper,
    TechnicalTrack,
    Then,
    Tool,
    Track,
    Verifier,
    When,
)

#: The track of a stage that names none.
MAIN = "main"


def key_to(columns: list[Column], name: str, default: Any, title: str | None = None) -> Any:
    """Return a key for the column ``name``, which says of itself what the column says."""
    meaning = next(column.meaning for column in columns if column.name == name)
    return Field(default, title=title, description=meaning, json_schema_extra={"column": name})


def header_key(name: str, default: Any) -> Any:
    """Return a key of the header."""
    return key_to(HEADERS, name, default)


def stage_key(name: str, default: Any = ..., title: str | None = None) -> Any:
    """Return a key of a stage."""
    return key_to(STAGES, name, default, title)


def rule_key(name: str, default: Any = ...) -> Any:
    """Return a key of a conditional rule."""
    return key_to(RULES, name, default)


class Table(BaseModel):
    """One table of a strategy file: nothing unknown, nothing infinite, nothing changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    def columns(self) -> dict[str, Any]:
        """Return what this table's keys say, by the columns of a plan that they fill."""
        extras = {key: field.json_schema_extra for key, field in type(self).model_fields.items()}
        said = {key: extra for key, extra in extras.items() if isinstance(extra, dict)}
        return {str(extra["column"]): getattr(self, key) for key, extra in said.items()}


class Talks(Table):
    """How the two sides talk, who knows, and who is told."""

    first_mover: Word[FirstMover] = header_key("first_mover", FirstMover.TOGETHER)
    track: Word[Track] = header_key("track", Track.DUAL)
    criteria: Word[Criteria] = header_key("criteria", Criteria.PRIVATE)
    channel_timing: Word[ChannelTiming] = header_key("channel_timing", ChannelTiming.DURING_PRESSURE)
    keep_channel: StrictBool = header_key("keep_channel", False)
    envoy: Share = header_key("envoy", 0.0)
    red_lines: Share = header_key("red_lines", 0.0)
    rehearsals: Share = header_key("rehearsals", 0.0)
    secrecy: Share = header_key("secrecy", 0.5)
    secrecy_months: Months = header_key("secrecy_months", 12)
    insiders: Count = header_key("insiders", 8)
    memorandum: Word[Extent] = header_key("memorandum", Extent.SCOPE)
    disclosure: Word[Disclosure] = header_key("disclosure", Disclosure.AT_MILESTONES)
    disclosure_depth: Share = header_key("disclosure_depth", 0.5)
    oversight: Word[Oversight] = header_key("oversight", Oversight.NONE)
    oversight_every: Months = header_key("oversight_every", 6)
    technical_track: Word[TechnicalTrack] = header_key("technical_track", TechnicalTrack.NONE)
    regulators: StrictBool = header_key("regulators", False)
    issue_scope: Word[IssueScope] = header_key("issue_scope", IssueScope.NARROW)
    electoral_timing: Word[ElectoralTiming] = header_key("electoral_timing", ElectoralTiming.IGNORE)
    electoral_window: Months = header_key("electoral_window", 3)


class Pressure(Table):
    """What comes before relief, and what is enforced beside it."""

    phase: Word[PressurePhase] = header_key("pressure_phase", PressurePhase.NONE)
    level: Share = header_key("pressure_level", 0.0)
    months: Months = header_key("pressure_months", 0)
    beside: StrictBool = header_key("pressure_beside", False)
    begins: Months = header_key("pressure_begins", 0)
    openings: Share = header_key("openings", 0.5)
    enforcement: Word[Enforcement] = header_key("enforcement", Enforcement.CONSTANT)


class Senders(Table):
    """How the senders act together."""

    coordination: Word[Coordination] = header_key("coordination", Coordination.AD_HOC)
    release_rule: Word[DecisionRule] = header_key("release_rule", DecisionRule.LEAD)
    synchronised: StrictBool = header_key("synchronised", False)


class Region(Table):
    """What the region does, and what is done for it."""

    role: Word[RegionalRole] = header_key("regional_role", RegionalRole.NONE)
    neighbours: tuple[Word[NeighbourEngagement], ...] = header_key("neighbours", ())


class Sponsor(Table):
    """How an outside sponsor comes and goes."""

    intensity: Share = header_key("sponsor", 0.0)
    final: Share = header_key("sponsor_final", 0.0)
    months: Months = header_key("sponsor_months", 0)
    taper: Word[Taper] = header_key("taper", Taper.CONSTANT)
    guarantee: StrictBool = header_key("guarantee", False)


class Civilians(Table):
    """How those outside government are protected, seated and made good."""

    humanitarian: Word[Humanitarian] = header_key("humanitarian", Humanitarian.EXEMPTIONS)
    business: Word[Seat] = header_key("business", Seat.NONE)
    civil_society: Word[Seat] = header_key("civil_society", Seat.NONE)
    communities: Word[Seat] = header_key("communities", Seat.NONE)
    entry_stage: Count = header_key("entry_stage", 0)
    redress: Word[Redress] = header_key("redress", Redress.NONE)


class Hostilities(Table):
    """How relief and violence are linked."""

    ceasefire_first: StrictBool = header_key("ceasefire_first", False)
    pause_relief: Share = header_key("pause_relief", 0.0)
    pause_months: Months = header_key("pause_months", 0)


class Findings(Table):
    """Who settles a disputed finding, and how soon."""

    handling: Word[DisputeHandling] = header_key("dispute_handling", DisputeHandling.PROCEDURE)
    deadline: Months = header_key("dispute_deadline", 6)


class Framing(Table):
    """What is said of it all in public."""

    domination: Share = header_key("domination", 0.2)
    targeted: StrictBool = header_key("targeted", False)
    common_security: StrictBool = header_key("common_security", False)
    cadence: Word[Cadence] = header_key("cadence", Cadence.MILESTONES)
    setback: Word[Setback] = header_key("setback", Setback.SPIN)
    dashboard: StrictBool = header_key("dashboard", False)
    promise: Annotated[StrictFloat, Field(gt=0, le=3)] = header_key("promise", 1.0)


class Review(Table):
    """When the strategy looks at itself, and what may change."""

    every: Months = header_key("review_every", 0)
    sunset: Months = header_key("sunset", 0)
    renewal: Word[Renewal] = header_key("renewal", Renewal.RENEW)
    adaptivity: Word[Adaptivity] = header_key("adaptivity", Adaptivity.SCRIPT)
    learning: Word[Learning] = header_key("learning", Learning.NONE)


class Handover(Table):
    """When the region takes over."""

    after_stages: Count = header_key("handover", 0)


class Verify(Table):
    """How a stage is verified."""

    by: Word[Verifier] = stage_key("verifier", Verifier.THIRD_PARTY)
    number: Count = stage_key("verifiers", 1)
    tools: tuple[Word[Tool], ...] = stage_key("tools", (Tool.AUDITS, Tool.ON_SITE))
    every: Annotated[Months, Field(ge=1)] = stage_key("interval", 1)
    tolerance: Share = stage_key("tolerance", 0.1)
    second_look: StrictBool = stage_key("second_look", False)
    grace: Months = stage_key("grace", 1)
    consecutive: Annotated[Count, Field(ge=1)] = stage_key("consecutive", 2)


class OnFailure(Table):
    """What follows a stage that failed."""

    response: Word[Response] = stage_key("response", Response.GRADUATED)
    reach: Word[Reach] = stage_key("reach", Reach.SAME_SECTOR)
    speed: Months = stage_key("speed", 2)


class Stage(Table):
    """One step: what is given back, what must be done for it, how it is checked and what if it fails."""

    title: Text
    track: Text = stage_key("track", MAIN)
    relief: Relief = stage_key("relief", Relief())
    asks: Asks = stage_key("asks", Asks())
    confidence: tuple[Word[Confidence], ...] = stage_key("confidence", ())
    dwell: Months = stage_key("dwell", 2)
    deadline: Annotated[Months, Field(ge=1)] = stage_key("deadline", 6)
    release: Word[Release] = stage_key("release", title="trigger")
    verify: Verify = Verify()
    on_failure: OnFailure = OnFailure()
    paired: StrictBool = stage_key("paired", False)
    escrow: StrictBool = stage_key("escrow", False)
    pilot: StrictBool = stage_key("pilot", False)
    announce: Word[Announcement] = stage_key("announce", Announcement.AFTER_VERIFICATION)
    expires: Months = stage_key("expires", 0)
    until_trust: Share = stage_key("until_trust", 0.0)
    only_sender: Text | None = stage_key("only_sender", None)


class Rule(Table):
    """When this happens, then do that."""

    when: Word[When] = rule_key("when")
    threshold: Annotated[StrictFloat, Field(ge=0)] | None = Field(
        None, description="above or below which share, or how many findings or points a year"
    )
    within: Months | None = Field(None, description="months ahead of an election, or without a step")
    then: Word[Then] = rule_key("then")
    months: Annotated[Months, Field(ge=1)] | None = Field(None, description="months of the pause")
    share: Share | None = Field(None, description="share of the way to full measures")
    sectors: tuple[Word[Sector], ...] = Field((), description="sectors taken back; left out, all of them")


class Script(Table):
    """A whole strategy file."""

    name: Annotated[Text, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Text
    description: Text
    archetype: Text | None = Field(None, description="archetype ST01-ST14 of the seeds that it is or varies")
    source: Text
    idle: Annotated[StrictFloat, Field(ge=0)] = Field(
        0.0, description="envoy-months that act on nothing: they only make its effort that of another"
    )
    talks: Talks = Talks()
    pressure: Pressure = Pressure()
    senders: Senders = Senders()
    region: Region = Region()
    sponsor: Sponsor = Sponsor()
    civilians: Civilians = Civilians()
    hostilities: Hostilities = Hostilities()
    findings: Findings = Findings()
    framing: Framing = Framing()
    review: Review = Review()
    handover: Handover = Handover()
    stages: tuple[Stage, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def header(self) -> list[Table]:
        """The tables of the header."""
        return [part for _, part in self if isinstance(part, Table)]

    @property
    def tracks(self) -> dict[str, list[Stage]]:
        """The stages of each track: the main track first, then as the file first names them."""
        names = sorted(dict.fromkeys(stage.track for stage in self.stages), key=lambda name: name != MAIN)
        return {name: [stage for stage in self.stages if stage.track == name] for name in names}
