"""What a package is worth, to whom: the one place where a stage on the table is valued.

To the target, relief is worth the pressure it lifts, sector by sector, weighted by whom its government
answers to and by how soon it will be felt,

    b = sum over sectors of felt x share offered x weight x speed,

and a milestone costs what it costs at home, more in public before an angry audience:

    c = cost x character x (1 + publicity x accountability x (hardliners + nearness of election)).

To a sender, conduct is worth what it asked for, and relief spends leverage (M41, M45, M46, M74).
"""

from __future__ import annotations

from typing import Any

from model.bounded import drawn_to
from model.compiled import phase, rule
from model.vocabulary import (
    FULL_SEAT,
    INSPECTION_BIT,
    MILESTONES,
    SECTORS,
    STOCKPILE_BIT,
    Announcement,
    Character,
    Criteria,
    Release,
    Response,
    Sector,
)

#: Groups outside government that a strategy can give seats to.
GROUPS = 3.0


@rule("M46")
def nearness_of(election: int, month: int, horizon: float) -> float:
    """Return how near the next election is: 1 in its month, 0 from ``horizon`` months away."""
    if election < month:
        return 0.0
    return max(0.0, 1.0 - (election - month) / horizon)


@rule("M04", "M45", "M46")
def audience_of(publicity: float, accountability: float, hardliners: float, nearness: float) -> float:
    """Return how much more a concession costs before one's own audience than in private."""
    return publicity * accountability * (hardliners + nearness)


@rule("M41")
def worth_in_time(speed: float, impatience: float) -> float:
    """Return the share of a benefit that counts, given the ``speed`` (share a month) at which it is felt."""
    return speed / (speed + impatience)


@rule()
def recovery_of(sector: int, finance: float, goods: float) -> float:
    """Return the monthly share at which relief in ``sector`` comes to be felt (F34)."""
    return finance if sector == Sector.FINANCE or sector == Sector.TECHNOLOGY else goods


@phase()
def stage_row(header: Any, track: int, place: int) -> int:
    """Return the row of the stage at ``place`` on ``track``; past the end, the last one's."""
    return header.track_first[track] + min(place, header.track_stages[track] - 1)


@phase()
def stage_of(stages: Any, header: Any, track: int, place: int) -> Any:
    """Return the stage at ``place`` on ``track``; past the end, the last one."""
    return stages[stage_row(header, track, place)]


@phase()
def stage_at_hand(world: Any, given: Any, process: int) -> int:
    """Return the row of the stage that a track has on the table, as the ledger names it."""
    track = world.processes[process]
    return stage_row(given.plans.headers[world.disputes[track.dispute].plan], track.track, track.stage)


@phase("M04", "M46")
def audience(state: Any, numbers: Any, on: Any, publicity: float, month: int) -> float:
    """Return the audience factor of a state's leader this month."""
    nearness = nearness_of(state.next_election, month, numbers.election_horizon)
    heard = drawn_to(1.0, publicity, on.m04)
    return audience_of(heard, state.accountability, state.hardliners, on.m46 * nearness)


@phase("M41", "M72")
def relief_to_target(row: Any, voice: float, numbers: Any, stage: Any) -> float:
    """Return what the stage's relief is worth to the target once delivered, points a year.

    ``voice`` is how far its government answers to the many rather than to the few.
    """
    total = worth_of_shares(row, voice, numbers, stage.relief)
    if stage.only_sender > 0:
        total *= numbers.one_sender_share
    return total * row.step_scale


@phase("M121")
def relief_to_come(row: Any, voice: float, numbers: Any, stage: Any) -> float:
    """Return what the stages after this one hold out to a target that goes on, points a year."""
    return numbers.horizon * worth_of_shares(row, voice, numbers, stage.later) * row.step_scale


@phase("M41", "M72")
def worth_of_shares(row: Any, voice: float, numbers: Any, shares: Any) -> float:
    """Return what giving back these ``shares`` of each sector's measures is worth, points a year."""
    total = 0.0
    for sector in range(SECTORS):
        if shares[sector] > 0.0:
            weight = voice * numbers.civilian[sector] + (1.0 - voice) * numbers.elite[sector]
            speed = recovery_of(sector, numbers.recovery_finance, numbers.recovery_goods)
            soon = worth_in_time(speed, numbers.impatience)
            total += row.unrelieved[sector] * shares[sector] * weight * soon
    return total


@phase()
def steps_asked(row: Any, stage: Any) -> float:
    """Return the share of the whole demand that this stage adds to what is already promised."""
    added = 0.0
    demand = 0.0
    for milestone in range(MILESTONES):
        demand += row.asked[milestone]
        added += max(0.0, stage.asks[milestone] * row.asked[milestone] - row.agreed[milestone])
    return added / demand if demand > 0.0 else 0.0


@phase()
def asks_anything(stage: Any) -> bool:
    """Return whether a stage asks for any conduct, by itself or with those before it on its track."""
    for milestone in range(MILESTONES):
        if stage.asks[milestone] > 0.0:
            return True
    return False


@phase("M41")
def cost_to_target(row: Any, stage: Any) -> float:
    """Return what the stage's added asks cost the target, before character and audience, points a year."""
    total = 0.0
    for milestone in range(MILESTONES):
        added = max(0.0, stage.asks[milestone] * row.asked[milestone] - row.agreed[milestone])
        total += added * row.cost[milestone] * row.difficulty[milestone]
    return total


@phase()
def cost_of_keeping(row: Any) -> float:
    """Return what everything promised so far costs the target while it is kept, points a year."""
    total = 0.0
    for milestone in range(MILESTONES):
        total += row.agreed[milestone] * row.cost[milestone] * row.difficulty[milestone]
    return total


@phase("M41")
def worth_to_sender(row: Any, stage: Any) -> float:
    """Return what the stage's added asks are worth to the lead sender if done, points a year."""
    total = 0.0
    for milestone in range(MILESTONES):
        added = max(0.0, stage.asks[milestone] * row.asked[milestone] - row.agreed[milestone])
        total += added * row.worth[milestone]
    return total


@rule("M41")
def worth_of_conduct(observed: float, agreed: float, credit: float) -> float:
    """Return the depth a sender counts on: what it has seen, and of the rest what it gives credit for."""
    return observed + credit * max(0.0, agreed - observed)


@phase("M41")
def worth_expected(row: Any, credit: float) -> float:
    """Return what the conduct promised so far is worth to the lead sender, points a year."""
    total = 0.0
    for milestone in range(MILESTONES):
        depth = worth_of_conduct(row.observed[milestone], row.agreed[milestone], credit)
        total += depth * row.worth[milestone]
    return total


@phase()
def relief_in_force(parties: Any, row: Any) -> float:
    """Return the share of the coalition's measures that stands relieved, 0-1."""
    imposed = 0.0
    relieved = 0.0
    for party in range(row.lead, row.lead + row.senders):
        sender = parties[party]
        for sector in range(SECTORS):
            imposed += sender.member * sender.imposed[sector]
            relieved += sender.member * sender.relieved[sector]
    return relieved / imposed if imposed > 0.0 else 0.0


@phase("M95")
def temporary_relief(parties: Any, row: Any) -> float:
    """Return the pressure that relief for a pause in hostilities keeps off the target, points a year."""
    total = 0.0
    for sector in range(SECTORS):
        imposed = 0.0
        lent = 0.0
        for party in range(row.lead, row.lead + row.senders):
            imposed += parties[party].member * parties[party].imposed[sector]
            lent += parties[party].member * parties[party].temporary[sector]
        if imposed > 0.0:
            total += row.unrelieved[sector] * lent / imposed
    return total


@phase()
def relief_bargained(parties: Any, row: Any, shielded: bool) -> float:
    """Return the share of the measures relieved in exchange for conduct: not what is only lent, 0-1.

    Where civilians have a calendar of their own, essential goods are ``shielded`` and no part of a bargain.
    """
    imposed = 0.0
    relieved = 0.0
    for party in range(row.lead, row.lead + row.senders):
        sender = parties[party]
        for sector in range(SECTORS):
            imposed += sender.member * sender.imposed[sector]
            if not (shielded and sector == Sector.ESSENTIAL):
                relieved += sender.member * (sender.relieved[sector] - sender.temporary[sector])
    return relieved / imposed if imposed > 0.0 else 0.0


@phase()
def pressure_lifted(row: Any) -> float:
    """Return the pressure that relief in force keeps off the target, points a year."""
    total = 0.0
    for sector in range(SECTORS):
        total += max(0.0, row.unrelieved[sector] - row.felt[sector])
    return total


@phase("M53")
def reach_of_relief(row: Any, numbers: Any) -> float:
    """Return how far the pressure lifted reaches the many, 0-1, against all that it is worth to anybody."""
    many = 0.0
    few = 0.0
    for sector in range(SECTORS):
        lifted = max(0.0, row.unrelieved[sector] - row.felt[sector])
        many += lifted * numbers.civilian[sector]
        few += lifted * numbers.elite[sector]
    return many / (many + few) if many > 0.0 else 0.0


@phase("M42")
def promised_not_felt(target: Any, row: Any) -> float:
    """Return how far the expectation of a target's public exceeds the share of pressure it feels lifted."""
    unrelieved = 0.0
    for sector in range(SECTORS):
        unrelieved += row.unrelieved[sector]
    share = min(1.0, target.gain / unrelieved) if unrelieved > 0.0 else 0.0
    return max(0.0, target.expectation - share)


@phase()
def pressure_felt(row: Any) -> float:
    """Return the pressure the target feels, points a year."""
    total = 0.0
    for sector in range(SECTORS):
        total += row.felt[sector]
    return total


@phase()
def promised_depth(row: Any) -> float:
    """Return the share of the whole demand that has been promised, 0-1."""
    demand = 0.0
    promised = 0.0
    for milestone in range(MILESTONES):
        demand += row.asked[milestone]
        promised += row.agreed[milestone]
    return promised / demand if demand > 0.0 else 0.0


@phase()
def fulfilment(row: Any) -> float:
    """Return the share of what was promised that is truly done, 0-1; 1 where nothing was promised."""
    promised = 0.0
    done = 0.0
    for milestone in range(MILESTONES):
        promised += row.agreed[milestone]
        done += min(row.done[milestone], row.agreed[milestone])
    return done / promised if promised > 0.0 else 1.0


@rule("M92")
def clearness(criteria: int, private: float) -> float:
    """Return how clear both sides are on what is asked: published, agreed in ``private``, or vague (D14)."""
    if criteria == Criteria.PUBLISHED:
        return 1.0
    return private if criteria == Criteria.PRIVATE else 0.0


@rule("M39")
def news_of(announce: int, confirming: float, hush: float) -> float:
    """Return how much of a stir a step makes: less where it confirms what is seen, or is hushed up."""
    if announce == Announcement.QUIET:
        return 1.0 - hush
    return 1.0 - confirming if announce == Announcement.AFTER_VERIFICATION else 1.0


@rule("M32")
def seats_taken(business: int, civil_society: int, communities: int) -> float:
    """Return the share of possible seats that those outside government hold (D29)."""
    return (business + civil_society + communities) / (GROUPS * FULL_SEAT)


@rule("M32")
def seated(behind: int, entry: int) -> float:
    """Return 1 once enough stages lie ``behind`` for those outside government to take their seats."""
    return 1.0 if behind >= entry else 0.0


@phase("M84")
def plainness(row: Any, opened: float) -> float:
    """Return how plainly conduct on what was promised shows, 0-1; declared stocks and access help."""
    promised = 0.0
    plain = 0.0
    for milestone in range(MILESTONES):
        promised += row.agreed[milestone]
        plain += row.agreed[milestone] * row.verifiability[milestone]
    shown = plain / promised if promised > 0.0 else 1.0
    for bit in (STOCKPILE_BIT, INSPECTION_BIT):
        if row.measures & bit > 0:
            shown += (1.0 - shown) * opened
    return shown


@phase("M47")
def unbound(home: Any, on: Any) -> float:
    """Return how little a new government feels bound by a predecessor's word, 0-1.

    Legitimacy of the process, and broad support for the policy, each bind it.
    """
    return (1.0 - home.legitimacy) * (1.0 - on.m47 * home.support * (1.0 - home.hardliners))


@rule("M63")
def burden_of(character: int, sincere: float, opportunist: float, hardline: float) -> float:
    """Return how much heavier a target of this character bears a concession."""
    if character == Character.SINCERE:
        return sincere
    if character == Character.OPPORTUNIST:
        return opportunist
    return hardline


@rule("M78", "M111")
def exchange(trust: float, won: float, paid: float, exposure: float) -> float:
    """Return what an exchange is worth to a side that trusts the other to keep its half with a chance.

    If the other keeps its half, one wins ``won`` and goes on paying; if not, one has paid for the share
    ``exposure`` of a year before one can stop. Order and verification decide who is exposed, and how long.
    """
    return trust * (won - paid) - (1.0 - trust) * paid * exposure


@rule("M78", "M111")
def trust_with_guarantee(trust: float, guarantee: float) -> float:
    """Return the chance that the other's half comes, counting a guarantor who would make it good."""
    return trust + (1.0 - trust) * guarantee


@rule("M78", "M84", "M100")
def exposure_of_target(release: int, waiting: float, dwell: float) -> float:
    """Return the share of a year for which the target has performed before it can know of the relief."""
    if release == Release.BEFORE or release == Release.UNCONDITIONAL:
        return 0.0
    if release == Release.TOGETHER:
        return min(1.0, waiting / 2.0)
    if release == Release.CALENDAR:
        return min(1.0, dwell)
    return min(1.0, waiting)


@rule("M74", "M78", "M80", "M84")
def exposure_of_sender(release: int, waiting: float, unseen: float, lasting: float) -> float:
    """Return the share of a year for which the sender has given before it can know of, and answer, a default.

    ``unseen`` is the chance that a default passes verification, ``lasting`` the share of relief that the
    response to a default would not take back.
    """
    if release == Release.VERIFIED or release == Release.HYBRID:
        return unseen * (waiting + (1.0 - waiting) * lasting)
    if release == Release.TOGETHER:
        return waiting / 2.0 + (1.0 - waiting / 2.0) * lasting
    return waiting + (1.0 - waiting) * lasting


@rule("M80")
def severity_of(response: int, warning: float, graduated: float, full: float) -> float:
    """Return the share of relief that a response to failure is believed to take back."""
    if response == Response.NONE:
        return 0.0
    if response == Response.WARNING:
        return warning
    if response == Response.FULL:
        return full
    return graduated


@phase()
def has_promised(row: Any) -> bool:
    """Return whether the target has promised anything yet."""
    for milestone in range(MILESTONES):
        if row.agreed[milestone] > 0.0:
            return True
    return False


@phase("M41")
def demand_cost(row: Any) -> float:
    """Return what the whole demand would cost the target, before character and audience, points a year."""
    total = 0.0
    for milestone in range(MILESTONES):
        total += row.asked[milestone] * row.cost[milestone] * row.difficulty[milestone]
    return total


@phase("M41")
def demand_worth(row: Any) -> float:
    """Return what the whole demand is worth to the lead sender, points a year."""
    total = 0.0
    for milestone in range(MILESTONES):
        total += row.asked[milestone] * row.worth[milestone]
    return total


@phase()
def reported_share(row: Any) -> float:
    """Return the share of what was promised that the target itself reports as done."""
    promised = 0.0
    reported = 0.0
    for milestone in range(MILESTONES):
        promised += row.agreed[milestone]
        reported += min(row.agreed[milestone], row.reported[milestone])
    return reported / promised if promised > 0.0 else 1.0


@phase()
def depth_share(depths: Any, asked: Any) -> float:
    """Return the share of the whole demand that ``depths`` reach, 0-1."""
    reached = 0.0
    demand = 0.0
    for milestone in range(MILESTONES):
        demand += asked[milestone]
        reached += min(asked[milestone], depths[milestone])
    return reached / demand if demand > 0.0 else 0.0
