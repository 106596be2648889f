"""Stages: when a step is proven, when the next one begins, and how a track of a strategy ends.

A stage that has been released rests for its dwell, is proven by the record, may be repeated until trust is
high enough, and then gives way to the next one:

    over = proven, and month - released >= dwell, and trust > what is waited for

Useful pauses give verification time, and waiting has a
price of its own (compliance.py, domestic.py). The last stage of the main track concludes the agreement
(M24, M99, M100, M104).
"""

from __future__ import annotations

from typing import Any

from model.bounded import pushed
from model.compiled import phase, rule
from model.experience import trust_along
from model.ledger import NOBODY, note
from model.packages import asks_anything, depth_share, has_promised, stage_at_hand, stage_of
from model.process import end_episode
from model.vocabulary import Cause, DisputeStatus, Ending, Event, IssueScope, Learning, Release, Standing
from model.world import TRACKS


@rule("M100")
def rested(since: int, month: int, dwell: int, patience: float) -> bool:
    """Return whether a stage released in month ``since`` has had its ``dwell``; ``patience`` is 0 or 1."""
    return month - since >= int(patience * dwell)


@rule()
def ending_of(share: float, full: float, part: float) -> int:
    """Return how a coder would record a concluded episode, by the ``share`` of the demand seen to be met."""
    if share >= full:
        return Ending.ACQUIESCED_FULLY
    if share >= part:
        return Ending.ACQUIESCED_PARTLY
    return Ending.NEGOTIATED


@phase("M100")
def conclude(world: Any, given: Any, process: int, month: int) -> None:
    """Close a track whose last stage is done; the main one concludes the agreement."""
    numbers = given.parameters
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    track.standing = Standing.CONCLUDED
    track.since = month
    if track.track == 0 and row.agreement == 0:
        row.agreement = 1
        row.agreement_at = month
        row.agreement_ended_at = NOBODY
        row.violations = 0
        row.cause = Cause.NONE
        tally = world.tallies[dispute]
        if tally.first_agreement_at < 0:
            tally.first_agreement_at = month
        at_hand = stage_at_hand(world, given, process)
        note(world, month, Event.CONCLUDED, dispute, row.target_state, row.lead_state, subject=at_hand)
        met = depth_share(row.observed, row.asked)
        end_episode(world, dispute, month, ending_of(met, numbers.coded_full, numbers.coded_part))


@phase("M24", "M104")
def keep_gains(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let a completed stage leave a lesson, and standing cooperation where other fields are on the agenda."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    world.tallies[dispute].steps += 1
    row.last_progress = month
    if header.learning == Learning.BETWEEN_STAGES:
        row.lessons = pushed(row.lessons, given.on.m104 * numbers.learning, 0.0)
    bundled = given.on.m24 * numbers.linking * (header.issue_scope == IssueScope.BUNDLE)
    row.linkage = pushed(row.linkage, bundled, 0.0)


@phase("M99", "M100")
def move_on(world: Any, given: Any, process: int, stage: Any, month: int) -> None:
    """Take a track to its next stage once the dwell is over and the stage is proven."""
    track = world.processes[process]
    dispute = track.dispute
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    if not rested(track.released_at, month, stage.dwell, given.on.m100):
        return
    free = (
        stage.release == Release.UNCONDITIONAL
        or stage.release == Release.OPTICS
        or stage.release == Release.CALENDAR
    )
    if not free and track.positives == 0 and has_promised(row) and asks_anything(stage):
        if month - track.released_at > stage.deadline:
            track.failing = max(track.failing, 1)
        return
    trust = trust_along(world.trust, world.parties[row.lead].tie_to, given.parameters.stranger)
    if stage.until_trust > trust and track.repeats < given.parameters.most_repeats:
        track.repeats += 1
        track.standing = Standing.TABLED
        track.since = month
        return
    track.stage += 1
    track.repeats = 0
    keep_gains(world, given, dispute, month)
    if track.stage >= header.track_stages[track.track]:
        conclude(world, given, process, month)
    else:
        track.standing = Standing.TABLED
        track.since = month


@phase("M24", "M99", "M100", "M104")
def proceed(world: Any, given: Any, month: int) -> None:
    """Take every track that rests to its next stage when it is time; disputes in turn, tracks in turn."""
    for dispute in range(len(world.disputes)):
        row = world.disputes[dispute]
        if row.status == DisputeStatus.IMPOSED and row.yielded == 0:
            header = given.plans.headers[row.plan]
            for process in range(dispute * TRACKS, dispute * TRACKS + header.tracks):
                track = world.processes[process]
                if track.standing == Standing.DWELLING and track.released_at < month:
                    stage = stage_of(given.plans.stages, header, track.track, track.stage)
                    move_on(world, given, process, stage, month)
