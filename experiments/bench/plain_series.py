"""What the plain Mesa model (plain_mesa.py) collects every month: what its reader would judge a run by.

The real month adds up some eighty such sums, and counts its events; these are the ones that the plain model
has anything to say about, and no columns of single agents.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from experiments.bench.plain_states import SECTORS

if TYPE_CHECKING:
    from experiments.bench.plain_mesa import PlainModel


def legal_level(model: PlainModel) -> float:
    """Return the mean level of the measures in force."""
    members = [sender for sender in model.senders if sender.member]
    levels = [sum(sender.imposed) - sum(sender.relieved) for sender in members]
    return sum(levels) / len(levels) / len(SECTORS) if levels and model.imposed else 0.0


def spread(model: PlainModel) -> float:
    """Return how unevenly the members press: the distance between the one that presses most and the least."""
    levels = [sum(sender.imposed) - sum(sender.relieved) for sender in model.senders if sender.member]
    return (max(levels) - min(levels)) / len(SECTORS) if levels else 0.0


def third_party_loss(model: PlainModel) -> float:
    """Return what states that take no part lose."""
    return sum(state.loss for state in model.states if not state.role)


#: How each monthly series is read from the model.
SERIES: dict[str, str | Callable[[Any], Any]] = {
    "month": "month",
    "pressure_legal": legal_level,
    "pressure_felt": lambda model: sum(model.felt),
    "relief": "share_lifted",
    "evasion": lambda model: sum(model.diverted) / len(SECTORS),
    "spread": spread,
    "third_party_loss": third_party_loss,
    "compliance_true": lambda model: model.talks.share(model.talks.done),
    "compliance_reported": lambda model: model.talks.share(model.talks.reported),
    "compliance_observed": lambda model: model.talks.share(model.talks.observed),
    "agreement": lambda model: model.talks.agreement,
    "standing": lambda model: model.talks.standing,
    "conduct": lambda model: model.talks.conduct,
    "tension": "tension",
    "publicity": "publicity",
    "uncertainty": "uncertainty",
    "channels_open": lambda model: sum(mediator.is_open for mediator in model.mediators),
    "members": lambda model: sum(sender.member for sender in model.senders),
    "neighbours_engaged": lambda model: sum(state.engagement > 0.5 for state in model.neighbours),
    "trust_sender_in_target": lambda model: model.lead.trust_in(model.target),
    "trust_target_in_sender": lambda model: model.target.trust_in(model.lead),
    "misreading": lambda model: 0.5 * (model.lead.misreading + model.target.misreading),
    "threat": lambda model: 0.5 * (model.lead.threat + model.target.threat),
    "suspicion": lambda model: 0.5 * (model.lead.suspicion + model.target.suspicion),
    "hardship": lambda model: model.target.hardship,
    "output": lambda model: model.target.output,
    "expectation": lambda model: model.target.expectation,
    "resentment": lambda model: model.target.resentment,
    "support_sender": lambda model: model.lead.support,
    "support_target": lambda model: model.target.support,
    "hardliners_sender": lambda model: model.lead.hardliners,
    "hardliners_target": lambda model: model.target.hardliners,
    "legitimacy_sender": lambda model: model.lead.legitimacy,
    "legitimacy_target": lambda model: model.target.legitimacy,
    "rhetoric": lambda model: max(model.lead.rhetoric, model.target.rhetoric),
    "worst_grievance": lambda model: max(group.grievance for group in model.groups),
}
