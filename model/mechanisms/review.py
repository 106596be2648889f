"""Review: when the strategy looks at itself, and what may change.

At the agreed interval the step size is adapted to measured progress, in both directions, or to the state
of trust and tension:

    step' = step x (1 + change x (1 + lessons)) where it goes well, up to 1 + change,
    step' = step / (1 + change x (1 + lessons)) where it does not, unless the script is loose

Relief whose sunset has come lapses unless it is renewed; lessons are kept (M81, M99, M104).
"""

from __future__ import annotations

from typing import Any

from model.bounded import pushed
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.experience import trust_along
from model.ledger import note
from model.process import ease_back
from model.vocabulary import SECTORS, Adaptivity, DisputeStatus, Event, Learning, Renewal, Stream


@rule("M99")
def step_after_review(
    scale: float, going_well: bool, adaptivity: int, change: float, lessons: float
) -> float:
    """Return the size of the next step after a review, as a multiple of the script's (D20)."""
    if adaptivity == Adaptivity.SCRIPT:
        return scale
    if going_well:
        return min(1.0 + change, scale * (1.0 + change * (1.0 + lessons)))
    if adaptivity == Adaptivity.LOOSE:
        return scale
    return scale / (1.0 + change * (1.0 + lessons))


@phase("M99", "M104")
def adapt(world: Any, given: Any, dispute: int, month: int) -> None:
    """Hold a review: adapt the step size to measured progress and keep the lesson."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    if header.learning == Learning.BETWEEN_CYCLES:
        row.lessons = pushed(row.lessons, given.on.m104 * numbers.learning, 0.0)
    going_well = month - row.last_progress <= header.review_every and row.violations == 0
    if header.adaptivity == Adaptivity.FEEDBACK:
        trust = trust_along(world.trust, world.parties[row.lead].tie_to, numbers.stranger)
        going_well = trust > numbers.trusted and row.tension < numbers.calm_enough
    row.step_scale = step_after_review(
        row.step_scale, going_well, header.adaptivity, given.on.m99 * numbers.review_step, row.lessons
    )
    row.violations = 0 if going_well else row.violations
    note(world, month, Event.REVIEWED, dispute, row.lead_state, row.target_state, amount=row.step_scale)


@phase("M81")
def let_lapse(world: Any, given: Any, dispute: int, month: int) -> None:
    """At a sunset, renew the relief or let it lapse, as was agreed and as the lead sender is minded."""
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    lead = world.parties[row.lead]
    minded = lead.delivering == 1
    if header.renewal == Renewal.RENEW:
        draw = uniform(stream_of(given.luck, Stream.REVIEW, month), row.luck)
        minded = minded or draw < given.parameters.inertia
    if not minded:
        ease_back(world, given, dispute, (1 << SECTORS) - 1, 1.0, month)


@phase("M81", "M99", "M104")
def take_stock(world: Any, given: Any, month: int) -> None:
    """Hold reviews and sunsets when they fall due; disputes in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status != DisputeStatus.IMPOSED or given.on.m81 == 0.0:
            continue
        header = given.plans.headers[row.plan]
        age = month - row.imposed_at
        if header.review_every > 0 and age > 0 and age % header.review_every == 0:
            adapt(world, given, dispute, month)
        since = row.agreement_at
        fallen = header.sunset > 0 and month > since and (month - since) % max(header.sunset, 1) == 0
        if fallen and row.agreement == 1:
            let_lapse(world, given, dispute, month)
