"""The ledger of a run: who did what to whom, how much and why, written from inside the phases.

Every event is counted for its dispute; it is also written down where the ledger has room, so that a
watched run keeps its whole story and an ensemble keeps only the counts.
"""

from __future__ import annotations

from typing import Any

from model.compiled import phase

NOBODY = -1


@phase()
def note(
    world: Any,
    month: int,
    event: int,
    dispute: int,
    who: int,
    whom: int,
    subject: int = NOBODY,
    amount: float = 0.0,
    why: int = NOBODY,
) -> None:
    """Count one event of a dispute, or of none, and write it down where there is room."""
    seen = world.seen[dispute]
    seen.times[event] += 1
    seen.latest[event] = month
    seen.amounts[event] += amount
    book = world.seen[NOBODY]
    written = book.written
    if written < len(world.ledger):
        row = world.ledger[written]
        row.month = month
        row.event = event
        row.dispute = dispute
        row.who = who
        row.whom = whom
        row.subject = subject
        row.amount = amount
        row.why = why
        book.written = written + 1


@phase()
def body_actor(world: Any, body: int) -> int:
    """Return the actor number of a body."""
    return len(world.states) + body


@phase()
def mediator_actor(world: Any, mediator: int) -> int:
    """Return the actor number of a mediator."""
    return len(world.states) + len(world.bodies) + mediator


@phase()
def civil_actor(world: Any, civil: int) -> int:
    """Return the actor number of a civil society agent."""
    return len(world.states) + len(world.bodies) + len(world.mediators) + civil
