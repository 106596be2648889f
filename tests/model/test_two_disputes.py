"""One world, two disputes: what they share, and how what happens in one reaches the other."""

import copy
import functools

import numpy as np
import pytest

from model.chronicle import told
from model.compiled import is_plain
from model.model import SanctionsModel
from model.scenario import load_scenario
from model.strategy import list_strategies, load_strategy
from model.vocabulary import Conduct, DisputeStatus, Kind, Role, Standing
from model.world import TRACKS

pytestmark = pytest.mark.usefixtures("compiled")
many_runs = pytest.mark.skipif(is_plain(), reason="many whole runs: compiled only")

FIRST, SECOND = "tarvian-missiles", "oskarian-border"
TARGETS = ("tarvia", "oskaria")
LEAD, SHARED = "aldermark", "prince-of-lumen"
SCENARIO = load_scenario("two-disputes")


def tie(who, whom):
    """Return the row of the trust tie from one actor to another."""
    ties = SCENARIO.opening()[1].trust_ties
    numbers = [SCENARIO.actors.index(name) for name in (who, whom)]
    found = np.flatnonzero((ties.who == numbers[0]) & (ties.whom == numbers[1]))
    assert len(found) == 1
    return int(found[0])


# --- the opening -------------------------------------------------------------------------------------------


def test_two_neighbours_are_pressed_by_the_same_capital():
    world, network = SCENARIO.opening()
    states = [SCENARIO.actors.index(name) for name in TARGETS]
    assert SCENARIO.disputes == (FIRST, SECOND)
    assert list(world.disputes.target_state) == states
    assert set(world.disputes.lead_state) == {SCENARIO.actors.index(LEAD)}
    assert {tuple(sorted(states))} <= {(int(tie.first), int(tie.second)) for tie in network.proximity}
    assert (world.disputes.status == DisputeStatus.IMPOSED).all()


def test_the_world_is_small_enough_to_read_and_large_enough_to_matter():
    kinds = list(SCENARIO.kind_of.values())
    assert 15 <= len(kinds) <= 30
    assert kinds.count(Kind.MEDIATOR) == 2
    assert kinds.count(Kind.CIVIL_SOCIETY) >= 8
    assert 90 <= SCENARIO.months <= 110


def test_the_two_disputes_share_their_body_and_both_mediators_one_channel_each():
    world, _ = SCENARIO.opening()
    assert len(set(world.disputes.body)) == 1
    assert world.disputes.body[0] >= 0
    wanted = [set(world.channels.mediator[world.channels.dispute == number]) for number in (0, 1)]
    assert wanted[0] == wanted[1] == {0, 1}
    assert (world.mediators.capacity == 1).all()


def test_each_dispute_has_somebody_who_would_lose_by_a_settlement():
    world, _ = SCENARIO.opening()
    spoilers = world.parties[world.parties.role == Role.SPOILER]
    assert set(spoilers.dispute) == {0, 1}
    assert (spoilers.stake > 0.5).all()


def test_word_of_the_lead_sender_travels_from_each_target_to_the_other():
    _, network = SCENARIO.opening()
    paths = {(int(row.tie), int(row.through), int(row.source)) for row in network.word}
    for own, other in (TARGETS, TARGETS[::-1]):
        assert (tie(own, LEAD), tie(own, other), tie(other, LEAD)) in paths


def test_measures_open_at_about_the_pressure_at_which_they_settle():
    """Nothing jumps in the first month: the opening is a world in which the measures are not new."""
    model = SanctionsModel(SCENARIO, "step-for-step", months=1, collect=False)
    before = model.world.disputes.felt.sum(axis=1).copy()
    model.run()
    after = model.world.disputes.felt.sum(axis=1)
    assert np.allclose(before, after, rtol=0.15)


# --- both are lived ----------------------------------------------------------------------------------------


@functools.cache
def story(strategy, replicate):
    """Return the ledger of one whole run."""
    return SanctionsModel(SCENARIO, strategy, replicate=replicate, collect=False).run().events()


def test_a_run_plays_both_disputes():
    events = story("step-for-step", 0)
    for name in (FIRST, SECOND):
        own = set(events.loc[events.dispute == name, "kind"])
        assert {"talks-opened", "tabled", "channel-opened"} <= own


def test_an_incident_of_the_calendar_is_told_though_nobody_is_named_for_it():
    """The ledger has no actor for it; the history has a sentence all the same."""
    lines = told(story("step-for-step", 0))
    incidents = lines[(lines.kind == "incident") & (lines.date == "2003-10")]
    assert list(incidents.dispute) == [FIRST]
    assert "between Aldermark and Tarvia" in incidents.sentence.item()


@pytest.mark.parametrize("strategy", list_strategies())
def test_every_bundled_strategy_is_at_work_in_both(strategy):
    tabled = [story(strategy, replicate).query("kind == 'tabled'").dispute for replicate in range(3)]
    assert {name for column in tabled for name in column} == {FIRST, SECOND}


# --- one mediator, two who call ----------------------------------------------------------------------------


def most_open(scenario, replicates=8):
    """Return the most channels that the shared mediator ever keeps at once, over some runs."""
    row = [name for name, kind in scenario.kind_of.items() if kind == Kind.MEDIATOR].index(SHARED)
    most = 0
    for replicate in range(replicates):
        model = SanctionsModel(scenario, "quiet-ladder", replicate=replicate, months=48, collect=False)
        while model.running:
            model.step()
            channels = model.world.channels
            most = max(most, int(channels.open[channels.mediator == row].sum()))
    return most


def with_room_for(capacity):
    """Return the scenario with a shared mediator who can keep so many channels."""
    raw = copy.deepcopy(dict(SCENARIO.raw))
    next(one for one in raw["mediators"] if one["name"] == SHARED)["capacity"] = capacity
    return load_scenario(raw)


@many_runs
def test_a_mediator_of_one_channel_never_keeps_two():
    assert most_open(SCENARIO) == 1


@many_runs
def test_with_room_for_two_both_disputes_come_to_the_same_mediator():
    assert most_open(with_room_for(2)) == 2


# --- the lead's attention ----------------------------------------------------------------------------------


def alone():
    """Return the scenario with its second dispute cut away, and nothing else."""
    raw = copy.deepcopy(dict(SCENARIO.raw))
    raw["disputes"] = raw["disputes"][:1]
    raw["calendar"] = [fact for fact in raw["calendar"] if fact.get("dispute") != SECOND]
    return load_scenario(raw)


def course(scenario, strategy, replicate):
    """Return how the first dispute went: its own columns and sums when the run is over."""
    world = SanctionsModel(scenario, strategy, replicate=replicate, collect=False).run().world
    first = world.tallies[0], world.disputes[0]
    return [float(first[0][name]) for name in ("total_felt", "total_compliance", "total_channel_trust")] + [
        int(first[1].ended_at),
        int(first[1].agreement_at),
    ]


@many_runs
def test_without_the_second_dispute_the_first_goes_another_way_on_the_same_luck():
    differ = [
        course(SCENARIO, strategy, replicate) != course(alone(), strategy, replicate)
        for strategy in ("step-for-step", "quiet-ladder")
        for replicate in range(6)
    ]
    assert all(differ)


@many_runs
def test_a_lead_sender_with_one_case_meets_more_often_in_it():
    """Two cases at once take attention from each other: fewer meetings in the first."""
    meetings = [
        sum(
            (
                SanctionsModel(case, "quiet-ladder", replicate=replicate, months=36, collect=False)
                .run()
                .events()
            )
            .query("kind == 'meeting' and dispute == @FIRST")
            .shape[0]
            for replicate in range(20)
        )
        for case in (alone(), SCENARIO)
    ]
    assert meetings[0] > meetings[1]


# --- a promise broken in one, seen in the other ------------------------------------------------------------


def told_apart(model):
    """Return two branches of a run in the next month: one goes on, in the other relief is taken back."""
    kept, broken = model.branch(), model.branch()
    world = broken.world
    first = world.processes[:TRACKS]
    first.failing[first.standing != Standing.WAITING] = 1
    world.disputes[0].violations = 99
    for branch in (kept, broken):
        branch.world.disputes[0].conduct = Conduct.COMPLYING
        branch.step()
    return kept, broken


def relieved(model, dispute):
    row = model.world.disputes[dispute]
    return float(model.world.parties.relieved[row.lead : row.lead + row.senders].sum())


@functools.cache
def reversals(without=()):
    """Return, for some forced reversals, the other target's belief in the lead: as it was, and after."""
    strategy = load_strategy("big-bang").model_dump(exclude_unset=True)
    strategy["stages"][0]["on_failure"] = {"response": "full", "reach": "all-sectors", "speed": 0}
    row, found = tie(TARGETS[1], LEAD), []
    for replicate in range(40):
        model = SanctionsModel(SCENARIO, strategy, replicate=replicate, without=without, collect=False)
        while model.running and relieved(model, 0) == 0.0:
            model.step()
        if model.running:
            kept, broken = told_apart(model)
            if relieved(broken, 0) == 0.0 < relieved(kept, 0):
                found.append([float(branch.world.trust.belief[row]) for branch in (kept, broken)])
    return np.array(found)


@many_runs
def test_relief_taken_back_in_one_dispute_costs_the_lead_sender_trust_in_the_other():
    found = reversals()
    assert len(found) >= 5
    assert (found[:, 1] < found[:, 0]).all()


@many_runs
def test_where_no_word_travels_the_other_target_does_not_hear_of_it():
    found = reversals(("M21",))
    assert len(found) >= 5
    assert (found[:, 1] == found[:, 0]).all()
