"""Confidence: what small, verifiable measures do once they are agreed.

Each measure shows good faith, calms, and prepares a deeper one; beside that each kind does its own work:
workshops and shared risk assessments lower the sense of threat, validated military data show that both are
vulnerable, protocols make data that can be relied on, work on neighbouring issues wins trust for the core:

    trust: a kept promise per measure;   tension' and threat' = pushed down by depth and kind

(M10, M16-M18, M85, M97, M98; F54.)
"""

from __future__ import annotations

from typing import Any

from model.bounded import pushed
from model.compiled import phase, rule
from model.experience import witness
from model.ledger import note
from model.packages import stage_of
from model.vocabulary import (
    CORRIDOR_BIT,
    CYBER_BIT,
    HOTLINE_BIT,
    MILITARY_BIT,
    PAUSE_BIT,
    PROTOCOL_BIT,
    RISK_BIT,
    STANDARDS_BIT,
    STOCKPILE_BIT,
    TERRORISM_BIT,
    WORKSHOP_BIT,
    Event,
    Standing,
)
from model.world import TRACKS


@rule()
def held(measures: int, bit: int) -> float:
    """Return 1 where a row of ``measures`` holds the one of this ``bit``, else 0."""
    return 1.0 if measures & bit > 0 else 0.0


@rule("M17")
def shared_view(measures: int) -> float:
    """Return how many of these measures let both sides look at risks together."""
    return held(measures, WORKSHOP_BIT) + held(measures, RISK_BIT)


@rule("M18")
def mutual_vulnerability(measures: int) -> float:
    """Return how many of these measures show that both sides are vulnerable, or have needs in common."""
    return held(measures, MILITARY_BIT) + held(measures, STOCKPILE_BIT) + held(measures, CORRIDOR_BIT)


@rule("M98")
def adjacent_work(measures: int) -> float:
    """Return how many of these measures are work on a neighbouring issue."""
    return held(measures, CYBER_BIT) + held(measures, TERRORISM_BIT)


@rule("M10", "M85")
def data_shared(measures: int) -> float:
    """Return how many of these measures set up data that both sides can rely on."""
    return held(measures, PROTOCOL_BIT) + held(measures, MILITARY_BIT) + held(measures, STANDARDS_BIT)


@phase("M10", "M16", "M17", "M18", "M85", "M97", "M98")
def carry_out_measures(world: Any, given: Any, dispute: int, stage: Any, month: int) -> None:
    """Carry out a stage's confidence measures: they calm, inform and show good faith."""
    numbers = given.parameters
    on = given.on
    row = world.disputes[dispute]
    taken = stage.confidence
    row.measures = row.measures | taken
    depth = on.m97 * stage.confidence_depth
    pause = numbers.tactical * held(taken, PAUSE_BIT)
    row.confidence = pushed(row.confidence, numbers.confidence_gain * depth, 0.0)
    row.tension = pushed(row.tension, 0.0, numbers.confidence_gain * depth + pause)
    row.shared_data = pushed(row.shared_data, numbers.data_shared * data_shared(taken), 0.0)
    if taken & HOTLINE_BIT > 0:
        row.hotline = 1
    safer = on.m17 * numbers.shared_view * shared_view(taken)
    safer += on.m18 * numbers.mutual_vulnerability * mutual_vulnerability(taken)
    steps = stage.confidence_steps + on.m98 * numbers.adjacent * adjacent_work(taken)
    for party in (row.target, row.lead):
        seat = world.parties[party]
        seat.misreading *= 1.0 - numbers.insight * depth
        seat.threat = pushed(seat.threat, 0.0, safer)
        weight = on.m97 * numbers.small_step_seen * steps
        witness(world.trust, seat.tie_to, 1.0, weight, numbers.loss_aversion)
    world.tallies[dispute].confidence_steps += stage.confidence_steps
    amount = float(stage.confidence_steps)
    note(world, month, Event.CONFIDENCE_STEP, dispute, row.target_state, row.lead_state, amount=amount)


@phase("M10", "M16", "M17", "M18", "M85", "M97", "M98")
def build_confidence(world: Any, given: Any, month: int) -> None:
    """Carry out the measures of every stage agreed this month; disputes in turn, tracks in turn."""
    for dispute in range(len(world.disputes)):
        header = given.plans.headers[world.disputes[dispute].plan]
        for process in range(dispute * TRACKS, dispute * TRACKS + header.tracks):
            track = world.processes[process]
            if track.standing == Standing.PERFORMING and track.agreed_at == month:
                stage = stage_of(given.plans.stages, header, track.track, track.stage)
                if stage.confidence_steps > 0:
                    carry_out_measures(world, given, dispute, stage, month)
