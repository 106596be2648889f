"""The means of a strategy: what it gives back, what pressure it spends, what diplomacy it takes.

Strategies are comparable only at equal means. All three totals are those of the script
carried through from its first stage to its last, without luck, rules or failure:

    relief   = sum over stages, sectors, senders of share x exposure x imposed level x share of trade x 100,
    pressure = level x months,
    effort   = sum over the means below of weight x amount.

Exposure is the share of the target's output that hangs on trade in a sector, so that relief is in per cent
of a year's output, a year: points. Relief lent for a pause in hostilities lapses by itself and is not in the
total. No source states the prices of diplomatic effort; they are judgements.
"""

from __future__ import annotations

from typing import NamedTuple

from model.strategy_fit import Ground, Setting, ground_of, spelt
from model.strategy_format import Script, Stage
from model.vocabulary import SECTORS, Oversight, Taper, TechnicalTrack, Track, Verifier


class Totals(NamedTuple):
    """The means of one strategy in one scenario.

    Attributes
    ----------
    relief : float
        Points a year given back in all, over every dispute of the scenario, if carried through.
    pressure : float
        Pressure-months planned before relief: level (0-1) times months.
    effort : float
        Envoy-months of diplomacy that the script takes.
    """

    relief: float
    pressure: float
    effort: float


class Price(NamedTuple):
    """What one unit of a diplomatic means takes, in envoy-months."""

    envoy_months: float
    unit: str
    source: str


PRICES = {
    "channel": Price(1.0, "month of a back channel", "judgement"),
    "meetings": Price(0.5, "month of public talks", "judgement"),
    "verifiers": Price(0.5, "verifier and month", "judgement"),
    "inspections": Price(0.25, "report, verifier and tool", "judgement"),
    "sponsor": Price(1.0, "month of a sponsor at full intensity", "judgement"),
    "seats": Price(0.1, "month of a seat, times its rank from observer (1) to co-designer (3)", "judgement"),
    "confidence": Price(2.0, "confidence measure", "judgement"),
    "region": Price(0.25, "month of a regional role, times its rank from host (1) to lead (4)", "judgement"),
    "neighbours": Price(
        0.1, "month, times the rank of what is done, messages (1) to standards (4)", "judgement"
    ),
    "technical": Price(0.5, "month of a technical track, twice with regulators in it", "judgement"),
    "envoys": Price(0.5, "month of envoys who speak for the leader", "judgement"),
    "rehearsals": Price(0.25, "month in which decisions are rehearsed throughout", "judgement"),
    "oversight": Price(0.5, "briefing or audit of the back channel", "judgement"),
    "reviews": Price(1.0, "review", "judgement"),
    "idle": Price(1.0, "envoy-month that acts on nothing", "by definition"),
}


def totals_of(script: Script, scenario: Setting) -> Totals:
    """Return the means of a strategy in a scenario, carried through."""
    ground = ground_of(scenario)
    relief = sum(relief_of(stage, ground) for stage in script.stages)
    pressure = script.pressure.level * script.pressure.months
    return Totals(relief, pressure, effort_of(script))


def relief_of(stage: Stage, ground: Ground) -> float:
    """Return the points a year that a stage gives back, over every dispute and every sender that gives."""
    return sum(relief_by_sector(stage, ground))


def relief_by_sector(stage: Stage, ground: Ground) -> list[float]:
    """Return the points a year that a stage gives back in each sector."""
    shares = stage.relief.spread([0.0] * SECTORS)
    worth = [
        worth_of(dispute, party, ground)
        for dispute in ground.disputes
        for party in ground.coalition(dispute)
        if stage.only_sender is None or spelt(stage.only_sender) == ground.name_of(party)
    ]
    return [share * sum(each[sector] for each in worth) for sector, share in enumerate(shares)]


def worth_of(dispute: int, party: int, ground: Ground) -> list[float]:
    """Return what a sender's measures cost the target at the opening, by sector, in points a year."""
    levels = ground.world.parties[party].imposed
    coverage = ground.coverage(dispute, party)
    return [value * float(level) for value, level in zip(coverage, levels, strict=True)]


def months_of(script: Script) -> int:
    """Return the least months from the opening to the end of the longest track."""
    longest = max(sum(months_in(stage) for stage in track) for track in script.tracks.values())
    pressure = script.pressure
    return max(longest, pressure.begins + pressure.months) if pressure.beside else pressure.months + longest


def months_in(stage: Stage) -> int:
    """Return the least months that a stage takes: its dwell, and time for one report."""
    return max(stage.dwell, stage.verify.every)


def effort_of(script: Script) -> float:
    """Return the envoy-months that a script takes, carried through without failure."""
    amounts = amounts_of(script)
    return sum(PRICES[means].envoy_months * amount for means, amount in amounts.items())


def amounts_of(script: Script) -> dict[str, float]:
    """Return how much of each diplomatic means a script uses, in the units of its price."""
    months = months_of(script)
    inspected = [stage for stage in script.stages if stage.verify.by is not Verifier.SELF_REPORT]
    civilians, talks = script.civilians, script.talks
    return {
        "channel": float(months * (talks.track is not Track.PUBLIC)),
        "meetings": float(months * (talks.track is not Track.PRIVATE)),
        "verifiers": float(sum(stage.verify.number * months_in(stage) for stage in inspected)),
        "inspections": sum(inspections_of(stage) for stage in inspected),
        "sponsor": sponsor_months(script, months),
        "seats": float(months * (civilians.business + civilians.civil_society + civilians.communities)),
        "confidence": float(sum(len(stage.confidence) for stage in script.stages)),
        "region": float(months * script.region.role),
        "neighbours": float(months * len(script.region.neighbours)),
        "technical": technical_months(script, months),
        "envoys": talks.envoy * months,
        "rehearsals": talks.rehearsals * months,
        "oversight": briefings(script, months),
        "reviews": float(months // script.review.every) if script.review.every else 0.0,
        "idle": script.idle,
    }


def technical_months(script: Script, months: int) -> float:
    """Return the months of the technical track; those with regulators in it count twice."""
    if script.talks.technical_track is TechnicalTrack.NONE:
        return 0.0
    return float(months * (1 + script.talks.regulators))


def briefings(script: Script, months: int) -> float:
    """Return how many briefings or audits of the back channel its overseers are given (D27)."""
    talks = script.talks
    watched = talks.oversight is not Oversight.NONE and talks.track is not Track.PUBLIC
    return months / max(talks.oversight_every, 1) if watched else 0.0


def inspections_of(stage: Stage) -> float:
    """Return how many reports a stage takes, counted once for each verifier and tool."""
    reports = months_in(stage) / stage.verify.every
    return reports * stage.verify.number * len(stage.verify.tools)


def sponsor_months(script: Script, months: int) -> float:
    """Return the sponsor's intensity summed over the script and, after the agreement, until it has left."""
    sponsor = script.sponsor
    carried = sponsor.intensity * months
    if sponsor.taper is Taper.CONSTANT:
        return carried
    last = sponsor.intensity if sponsor.taper is Taper.HARD_EXIT else sponsor.final
    return carried + sponsor.months * (sponsor.intensity + last) / 2.0
