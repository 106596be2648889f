"""The monthly series of a watched model: what is kept of every month, with unit and meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from model.agents import CLASSES, Actor, Part
from model.vocabulary import Role

if TYPE_CHECKING:
    from model.model import SanctionsModel


class Series(NamedTuple):
    """One monthly series: its name, its unit, what it means, and how it is read from the model."""

    name: str
    unit: str
    meaning: str
    read: Callable[[SanctionsModel], Any]


def month_told(model: SanctionsModel) -> int:
    """Return the month that was lived last."""
    return int(model.month) - 1


def date_told(model: SanctionsModel) -> str:
    """Return the date of the month that was lived last."""
    return model.case.date_of(int(model.month) - 1)


def _measures(model: SanctionsModel) -> tuple[Any, Any]:
    """Return the senders' parts in the first dispute, and the levels they imposed, senders by sectors."""
    dispute = model.dispute.rows[0]
    first = dispute["first_party"]
    parties = model.world.parties.view(np.ndarray)[first : first + dispute["parties"]]
    senders = parties[(parties["role"] == Role.LEAD_SENDER) | (parties["role"] == Role.SENDER)]
    return senders, senders["imposed"]


def legal_level(model: SanctionsModel) -> float:
    """Return the mean level in force of all measures ever taken; those of senders that left are at 0."""
    senders, imposed = _measures(model)
    in_force = ((imposed - senders["relieved"]) * senders["member"][:, None])[imposed > 0.0]
    return float(in_force.mean()) if len(in_force) else 0.0


def share_relieved(model: SanctionsModel) -> float:
    """Return the share of what was imposed that stands relieved."""
    senders, imposed = _measures(model)
    return float(senders["relieved"].sum() / imposed.sum()) if imposed.any() else 0.0


def share_of_demand(depths: Any, asked: Any) -> float:
    """Return the share of the whole demand that ``depths`` reach."""
    return float(np.minimum(depths, asked).sum() / asked.sum()) if asked.any() else 0.0


def trust_of(model: SanctionsModel, part: Part) -> float:
    """Return how far a principal believes that the other side keeps its word."""
    tie = part.tie_to
    return (
        float(model.world.trust["belief"][tie]) if tie >= 0 else float(model.terms.given.parameters.stranger)
    )


def open_channels(model: SanctionsModel) -> int:
    """Return how many back channels of the first dispute are open."""
    dispute = model.dispute.rows[0]
    first = dispute["first_channel"]
    return int(model.world.channels.view(np.ndarray)["open"][first : first + dispute["channels"]].sum())


def _sides(model: SanctionsModel) -> tuple[Part, Part]:
    """Return the parts of the target and the lead sender in the first dispute."""
    return Part(model, model.dispute.target), Part(model, model.dispute.lead)


def _conduct(column: str) -> Callable[[SanctionsModel], float]:
    return lambda model: share_of_demand(getattr(model.dispute, column), model.dispute.asked)


#: The monthly series of the first dispute, by name.
SERIES: dict[str, Series] = {
    series.name: series
    for series in (
        Series("month", "month", "the month that the row tells of", month_told),
        Series("date", "date", "its date", date_told),
        Series("pressure_legal", "share", "mean level of the measures in force", legal_level),
        Series(
            "pressure_felt",
            "points a year",
            "felt by the target",
            lambda model: float(model.dispute.felt.sum()),
        ),
        Series("relief", "share", "share of the measures relieved", share_relieved),
        Series("compliance_true", "share", "true conduct, of the demand", _conduct("done")),
        Series("compliance_reported", "share", "conduct as the target reports it", _conduct("reported")),
        Series("compliance_observed", "share", "conduct as the senders believe it", _conduct("observed")),
        Series(
            "trust_sender_in_target", "share", "lead's trust", lambda model: trust_of(model, _sides(model)[1])
        ),
        Series(
            "trust_target_in_sender",
            "share",
            "target's trust",
            lambda model: trust_of(model, _sides(model)[0]),
        ),
        Series("tension", "share", "danger of violence", lambda model: model.dispute.tension),
        Series("hardship", "share", "civilian hardship in the target", lambda model: model.target.hardship),
        Series("output", "multiple", "the target's output", lambda model: model.target.output),
        Series("support_sender", "share", "support of the lead", lambda model: model.lead.support),
        Series("support_target", "share", "support of the target", lambda model: model.target.support),
        Series("hardliners_sender", "share", "hardliners in the lead", lambda model: model.lead.hardliners),
        Series(
            "hardliners_target", "share", "hardliners in the target", lambda model: model.target.hardliners
        ),
        Series(
            "suspicion",
            "share",
            "mean of both sides",
            lambda m: 0.5 * (m.lead.suspicion + m.target.suspicion),
        ),
        Series("legitimacy_sender", "share", "the process in the lead's eyes", lambda m: m.lead.legitimacy),
        Series(
            "legitimacy_target", "share", "the process in the target's eyes", lambda m: m.target.legitimacy
        ),
        Series(
            "misreading",
            "points a year",
            "misreading of the other's red line, mean of both sides",
            lambda model: 0.5 * sum(side.misreading for side in _sides(model)),
        ),
        Series("expectation", "share", "relief the target's public expects", lambda m: m.target.expectation),
        Series("publicity", "share", "how public the matter is", lambda model: model.dispute.publicity),
        Series("channels_open", "count", "open back channels", open_channels),
        Series("agreement", "yes or no", "an agreement is alive", lambda model: model.dispute.agreement),
    )
}

#: What is kept of agents where that is asked for: every single number that a mechanism moves.
AGENT_SERIES: dict[type[Actor], dict[str, str]] = {
    kind: {name: name for name, column in kind.columns.items() if column.is_state and column.shape == 1}
    for kind in CLASSES.values()
}
