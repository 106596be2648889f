"""The monthly series of a dispute: what each is, and the one reader that writes a month of them.

Compiled, and the same for the watched model and for an ensemble that is traced. Series of one side end in
``_target`` or ``_sender``, which is the lead sender.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from model.compiled import phase
from model.experience import trust_along
from model.packages import depth_share, pressure_felt
from model.readings import measures_imposed, true_share
from model.records import record_dtype
from model.vocabulary import SECTORS


class Series(NamedTuple):
    """One monthly series: its name, its unit, and what it means."""

    name: str
    unit: str
    meaning: str

    @property
    def kind(self) -> type:
        """What one of its values is: a yes or no, a whole number or a number."""
        return {"yes or no": bool, "count": int}.get(self.unit, float)


#: The monthly series of a dispute, by name.
SERIES: dict[str, Series] = {
    series.name: series
    for series in (
        Series("month", "month", "the month that the row tells of"),
        Series("date", "date", "its date"),
        Series("pressure_legal", "share", "mean level in force of all measures ever taken"),
        Series("pressure_felt", "points a year", "felt by the target"),
        Series("relief", "share", "share of the measures relieved"),
        Series("compliance_true", "share", "true conduct, of the demand"),
        Series("compliance_reported", "share", "conduct as the target reports it"),
        Series("compliance_observed", "share", "conduct as the senders believe it"),
        Series("trust_sender_in_target", "share", "lead's belief that the target keeps its word"),
        Series("trust_target_in_sender", "share", "target's belief that the lead keeps its word"),
        Series("tension", "share", "danger of violence"),
        Series("hardship", "share", "civilian hardship in the target"),
        Series("output", "multiple", "the target's output against no sanctions"),
        Series("support_sender", "share", "support of the lead"),
        Series("support_target", "share", "support of the target"),
        Series("hardliners_sender", "share", "hardliners in the lead"),
        Series("hardliners_target", "share", "hardliners in the target"),
        Series("suspicion", "share", "belief that something is hidden, mean of both sides"),
        Series("legitimacy_sender", "share", "the process in the lead's eyes"),
        Series("legitimacy_target", "share", "the process in the target's eyes"),
        Series("rhetoric_sender", "share", "heat of the lead's public language"),
        Series("rhetoric_target", "share", "heat of the target's public language"),
        Series("resentment_target", "share", "resentment of outside tutelage in the target"),
        Series("ownership_target", "share", "sense in the target that the process is its own"),
        Series("misreading", "points a year", "misreading of the other's red line, mean of both sides"),
        Series("expectation", "share", "relief the target's public expects, of the pressure"),
        Series("publicity", "share", "how public the matter is"),
        Series("channels_open", "count", "open back channels"),
        Series("agreement", "yes or no", "an agreement is alive"),
    )
}

#: Those that are read from the world; the month is known, and its date follows from it.
READ = tuple(name for name in SERIES if name not in ("month", "date"))

#: One month of one dispute: a number for each of these, in this order.
DTYPE = record_dtype([(name, "f8") for name in READ])


@phase()
def level_in_force(parties: Any, row: Any) -> float:
    """Return the mean level in force of all measures ever taken; those of senders that left are at 0."""
    level = 0.0
    measures = 0
    for party in range(row.lead, row.lead + row.senders):
        seat = parties[party]
        for sector in range(SECTORS):
            if seat.imposed[sector] > 0.0:
                level += seat.member * (seat.imposed[sector] - seat.relieved[sector])
                measures += 1
    return level / measures if measures > 0 else 0.0


@phase()
def share_relieved(parties: Any, row: Any) -> float:
    """Return the share of all measures ever taken that stands relieved, whoever has left since."""
    relieved = 0.0
    for party in range(row.lead, row.lead + row.senders):
        for sector in range(SECTORS):
            relieved += parties[party].relieved[sector]
    imposed = measures_imposed(parties, row)
    return relieved / imposed if imposed > 0.0 else 0.0


@phase()
def channels_open(channels: Any, row: Any) -> int:
    """Return how many back channels of dispute ``row`` are open."""
    number = 0
    for channel in range(row.first_channel, row.first_channel + row.channels):
        number += channels[channel].open
    return number


@phase()
def read_dispute(series: Any, row: Any, parties: Any, channels: Any) -> None:
    """Read what is imposed, done and believed in dispute ``row``."""
    series.pressure_legal = level_in_force(parties, row)
    series.pressure_felt = pressure_felt(row)
    series.relief = share_relieved(parties, row)
    series.compliance_true = true_share(row)
    series.compliance_reported = depth_share(row.reported, row.asked)
    series.compliance_observed = depth_share(row.observed, row.asked)
    series.tension = row.tension
    series.publicity = row.publicity
    series.channels_open = channels_open(channels, row)
    series.agreement = row.agreement


@phase()
def read_publics(series: Any, lead: Any, target: Any) -> None:
    """Read how the two principals, ``lead`` and ``target``, fare at home."""
    series.hardship = target.hardship
    series.output = target.output
    series.support_sender = lead.support
    series.support_target = target.support
    series.hardliners_sender = lead.hardliners
    series.hardliners_target = target.hardliners
    series.suspicion = 0.5 * (lead.suspicion + target.suspicion)
    series.legitimacy_sender = lead.legitimacy
    series.legitimacy_target = target.legitimacy
    series.rhetoric_sender = lead.rhetoric
    series.rhetoric_target = target.rhetoric
    series.resentment_target = target.resentment
    series.ownership_target = target.ownership
    series.expectation = target.expectation


@phase()
def read_month(world: Any, numbers: Any, dispute: int, series: Any) -> None:
    """Write the series of one dispute, as the world stands, into one row."""
    row = world.disputes[dispute]
    lead = world.parties[row.lead]
    target = world.parties[row.target]
    read_dispute(series, row, world.parties, world.channels)
    read_publics(series, world.states[row.lead_state], world.states[row.target_state])
    series.trust_sender_in_target = trust_along(world.trust, lead.tie_to, numbers.stranger)
    series.trust_target_in_sender = trust_along(world.trust, target.tie_to, numbers.stranger)
    series.misreading = 0.5 * (lead.misreading + target.misreading)


def blank_months(rows: int, months: int) -> Any:
    """Return a record array with a month of series for each row and month, all zero."""
    return np.zeros((rows, months), DTYPE).view(np.recarray)
