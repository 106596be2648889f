"""How a run ended, in a word: settled and durable, a sham, or what it was that ended it."""

from __future__ import annotations

from typing import Any

from model.compiled import phase, rule
from model.packages import fulfilment, promised_depth
from model.vocabulary import Cause, Conduct, DisputeStatus, Label, Standing
from model.world import TRACKS

#: What each label of a run means, in a reader's words.
LABELS: dict[Label, str] = {
    Label.SETTLED_AND_DURABLE: "agreed, alive at the end, and half of the demand or more is truly done",
    Label.SETTLED_BUT_SHAM: "agreed, alive at the end, but conduct is feigned or under half of the demand",
    Label.NEVER_STARTED: "no stage was ever agreed, and nothing broke the talks",
    Label.STALLED: "talks or stages came to a standstill",
    Label.LEAKED_TO_DEATH: "the process broke within months of a leak",
    Label.REVERSED_BY_NOISE: "it broke over a finding that was wrong",
    Label.KILLED_BY_SPOILER: "it broke within months of a spoiler's attack",
    Label.KILLED_BY_TURNOVER: "it broke within months of a new leader, or a new leader left it",
    Label.KILLED_BY_SHOCK: "it broke within months of an incident",
    Label.SPONSOR_EXIT: "it broke within months of the sponsor's leaving",
    Label.BLOC_FRACTURE: "it broke within months of a sender's leaving the coalition",
    Label.CAUGHT_CHEATING: "it broke over conduct that was feigned, and found out",
    Label.WALKED_OUT: "a side left the table, or broke its word in the open",
    Label.TARGET_YIELDED: "the target gave way to the whole demand outside the talks, and keeps to it",
    Label.SENDER_GAVE_UP: "the lead sender dropped its demand, with nothing in return",
}


@rule()
def label_of_cause(cause: int) -> int:
    """Return the label of a run whose process broke for ``cause``."""
    if cause == Cause.LEAK:
        return Label.LEAKED_TO_DEATH
    if cause == Cause.NOISE:
        return Label.REVERSED_BY_NOISE
    if cause == Cause.SPOILER:
        return Label.KILLED_BY_SPOILER
    if cause == Cause.TURNOVER:
        return Label.KILLED_BY_TURNOVER
    if cause == Cause.SHOCK:
        return Label.KILLED_BY_SHOCK
    if cause == Cause.SPONSOR_EXIT:
        return Label.SPONSOR_EXIT
    if cause == Cause.BLOC_FRACTURE:
        return Label.BLOC_FRACTURE
    if cause == Cause.CHEATING:
        return Label.CAUGHT_CHEATING
    if cause == Cause.REFUSAL or cause == Cause.DEFIANCE:
        return Label.WALKED_OUT
    return Label.STALLED


@phase()
def ever_agreed(world: Any, dispute: int) -> bool:
    """Return whether a stage was ever agreed, on any track."""
    for process in range(dispute * TRACKS, dispute * TRACKS + TRACKS):
        if world.processes[process].agreed_at >= 0:
            return True
    return False


@phase()
def label_run(world: Any, given: Any, dispute: int) -> int:
    """Return the label of a finished run in one dispute."""
    row = world.disputes[dispute]
    main = world.processes[dispute * TRACKS]
    if row.agreement == 1:
        done = fulfilment(row) * promised_depth(row)
        if row.conduct == Conduct.SHAMMING or done < given.parameters.sham_bar:
            return Label.SETTLED_BUT_SHAM
        return Label.TARGET_YIELDED if row.yielded == 1 else Label.SETTLED_AND_DURABLE
    if row.status == DisputeStatus.ENDED:
        return Label.SENDER_GAVE_UP
    if main.standing == Standing.BROKEN or (main.standing == Standing.TABLED and main.restarts > 0):
        return label_of_cause(row.cause)
    return Label.STALLED if ever_agreed(world, dispute) else Label.NEVER_STARTED
