"""Civil society: who watches, who lives with it, who is heard.

Every group holds a grievance and an outlook on the settlement; what it says weighs with its reach, and
travels to those it listens to abroad:

    voice' = voice + rate x (stirred - voice),   stirred = grievance or benefit, by kind
    outlook' = outlook + rate x (ties to other groups' outlook)

Watchdogs raise the chance that conduct is seen for what it is, communities live the benefits or the wait,
business wants trade and invests where it hopes, media heat or cool, an opposition without a seat attacks,
hardline movements mobilise against visible concessions; redress heals grievances, and seats as evaluators
sharpen the watch (M37, M45, M48, M50-M53, M105, M114).
"""

from __future__ import annotations

from typing import Any

from model.bounded import drawn_to, pushed, saturating
from model.compiled import phase, rule
from model.draws import stream_of, uniform
from model.ledger import civil_actor, note
from model.packages import seated
from model.process import leave_sides, take_sides
from model.vocabulary import (
    FULL_SEAT,
    CivilKind,
    DisputeStatus,
    Event,
    Redress,
    RegionalRole,
    Seat,
    Stream,
)
from model.world import TRACKS


@rule("M45", "M48", "M52")
def stirred(
    kind: int, hardship: float, gain: float, visible: float, tension: float, grievance: float
) -> float:
    """Return how much a group of this kind has to say this month, 0-1."""
    if kind == CivilKind.HARDLINE_MOVEMENT or kind == CivilKind.OPPOSITION:
        return visible + (1.0 - visible) * grievance
    if kind == CivilKind.BUSINESS or kind == CivilKind.DIASPORA:
        return gain + (1.0 - gain) * hardship
    if kind == CivilKind.MEDIA:
        return visible + (1.0 - visible) * tension
    return hardship + (1.0 - hardship) * grievance


@rule("M48", "M53")
def leaning(kind: int) -> float:
    """Return which way a group of this kind pulls its government: 1 for a settlement, -1 against."""
    if kind == CivilKind.HARDLINE_MOVEMENT:
        return -1.0
    if kind == CivilKind.OPPOSITION or kind == CivilKind.MEDIA or kind == CivilKind.WATCHDOG:
        return 0.0
    return 1.0


@phase("M37", "M45", "M50", "M53")
def speak(
    world: Any, given: Any, dispute: int, tie: int, visible: float, sitting: float, draw: float, month: int
) -> None:
    """Let one group weigh on the state of its constituency ``tie``, as its kind does."""
    numbers = given.parameters
    on = given.on
    row = world.disputes[dispute]
    link = given.network.constituency[tie]
    group = world.civil[link.civil]
    state = world.states[link.state]
    weight = link.reach * group.voice
    pull = leaning(group.kind)
    if pull < 0.0 and draw < weight * visible:
        state.hardliners = pushed(state.hardliners, numbers.mobilising * weight, 0.0)
        actor = civil_actor(world, link.civil)
        note(world, month, Event.MOBILISED, dispute, actor, link.state, amount=weight)
    elif pull > 0.0:
        state.hardliners = pushed(state.hardliners, 0.0, on.m53 * numbers.lobbying * weight)
    if group.kind == CivilKind.BUSINESS:
        row.risk = pushed(row.risk, 0.0, numbers.investing * weight * group.outlook)
    elif group.kind == CivilKind.MEDIA:
        state.rhetoric = pushed(state.rhetoric, on.m37 * numbers.amplifying * weight * row.tension, 0.0)
    elif group.kind == CivilKind.OPPOSITION:
        slipping = on.m50 * saturating(float(world.parties[row.lead].withheld), numbers.overdue)
        seat = sitting * given.plans.headers[row.plan].civil_society / FULL_SEAT
        attack = (visible + (1.0 - visible) * slipping) * (1.0 - seat)
        state.support = pushed(state.support, 0.0, numbers.opposing * weight * attack)


@phase("M37", "M45", "M48", "M51", "M52", "M53", "M105", "M114")
def be_heard(world: Any, given: Any, dispute: int, month: int) -> None:
    """Let every group with a constituency in a party to the dispute weigh on that state; ties in turn."""
    numbers = given.parameters
    row = world.disputes[dispute]
    header = given.plans.headers[row.plan]
    visible = row.attention * row.publicity
    sitting = seated(world.processes[dispute * TRACKS].stage, header.entry_stage)
    evaluating = given.on.m114 * sitting * (header.civil_society >= Seat.EVALUATOR)
    redress = given.on.m51 * numbers.redressing * (header.redress == Redress.COMMUNITY)
    watch = 0.0
    if row.body >= 0 and header.regional_role >= RegionalRole.EVALUATOR:
        watch = given.on.m105 * numbers.evaluating * world.bodies[row.body].can_evaluate
    rallies = stream_of(given.luck, Stream.MOBILISATION, month)
    for tie in range(len(given.network.constituency)):
        link = given.network.constituency[tie]
        state = world.states[link.state]
        if state.side < 0 or state.side >= row.lead + row.deciders:
            continue
        group = world.civil[link.civil]
        gain = saturating(state.gain, numbers.gain_half)
        group.grievance = pushed(
            group.grievance,
            numbers.grieving * state.hardship,
            numbers.grieving * (gain + state.legitimacy) + redress,
        )
        group.trust_in_government = pushed(
            group.trust_in_government, numbers.grieving * state.legitimacy, numbers.grieving * state.suspicion
        )
        goal = stirred(group.kind, state.hardship, gain, given.on.m45 * visible, row.tension, group.grievance)
        group.voice = drawn_to(
            group.voice, goal * drawn_to(numbers.voice_floor, 1.0, group.outlook), numbers.stirring
        )
        speak(world, given, dispute, tie, visible, sitting, uniform(rallies, group.luck), month)
        if group.kind == CivilKind.WATCHDOG or group.kind == CivilKind.MEDIA:
            if link.state == row.target_state:
                seat = sitting * header.civil_society / FULL_SEAT
                access = group.access_base + (1.0 - group.access_base) * seat
                access += (1.0 - access) * numbers.evaluating * evaluating
                watch = watch + (1.0 - watch) * given.on.m52 * link.reach * access
        if group.kind == CivilKind.HUMANITARIAN and link.state == row.target_state:
            state.hardship = pushed(state.hardship, 0.0, numbers.relief_work * link.reach * group.access_base)
    row.watch = watch


@phase("M21")
def spread_outlook(world: Any, given: Any) -> None:
    """Let outlooks travel between societies along the transnational layer; ties in turn."""
    rate = given.on.m21 * given.parameters.advocacy
    for tie in range(len(given.network.transnational)):
        link = given.network.transnational[tie]
        first = world.civil[link.first]
        second = world.civil[link.second]
        shift = 0.5 * rate * link.weight * (second.outlook - first.outlook)
        first.outlook += shift
        second.outlook -= shift


@phase("M37", "M45", "M48", "M51", "M52", "M53", "M105", "M114")
def speak_up(world: Any, given: Any, month: int) -> None:
    """Let civil society be heard in every dispute, and across borders."""
    spread_outlook(world, given)
    for dispute in range(len(world.disputes)):
        if world.disputes[dispute].status != DisputeStatus.ENDED:
            take_sides(world, dispute)
            be_heard(world, given, dispute, month)
            leave_sides(world, dispute)
