"""What a run is called, on worlds made by hand."""

import functools

import numpy as np
import pytest

from model.compiled import is_plain
from model.ensemble import call_kernel, designs_of, run_ensemble, setting_of
from model.outcomes import COUNTS, DTYPE, EPISODE, LABELS, OUTCOMES, YES_OR_NO
from model.scenario import list_scenarios, load_scenario
from model.strategy import list_strategies, load_strategy
from model.vocabulary import Cause, Conduct, DisputeStatus, Ending, Event, Label, Standing
from model.world import copy_of

pytestmark = pytest.mark.usefixtures("compiled")


@functools.cache
def lived(scenario):
    """Return every bundled strategy in one bundled scenario."""
    return run_ensemble(scenario, list_strategies(), replicates=1 if is_plain() else 40)


@pytest.fixture(scope="module")
def setting():
    return setting_of(load_scenario("iran-2012"), [load_strategy("step-for-step")])


@pytest.fixture
def world(setting):
    """Return a world as the scenario opens it, to be changed by hand."""
    return copy_of(setting.opening)


def judged(setting, world):
    """Return the outcomes of ``world`` as it stands: no month is lived."""
    outcomes = np.zeros(1, DTYPE).view(np.recarray)
    call_kernel(setting, world, designs_of(1, 1, 1, 7, [0]), range(1), range(1, 1), outcomes)
    return outcomes[0]


def settle(world, done=1.0):
    """Let an agreement on the whole demand be alive, and truly done to the share ``done``."""
    row = world.disputes[0]
    row.agreement, row.agreement_at = 1, 20
    row.agreed[:] = row.asked
    row.done[:] = done * row.asked
    world.tallies[0].first_agreement_at = 20
    world.processes[0].standing = Standing.CONCLUDED
    world.processes[0].agreed_at = 10


def test_a_world_in_which_nothing_happened_never_started(setting, world):
    outcome = judged(setting, world)
    assert outcome.label == Label.NEVER_STARTED
    assert outcome.settled == outcome.settled_and_lasted == 0.0
    assert np.isnan(outcome.months_to_agreement)
    assert np.isnan(outcome.months_to_first_relief)
    assert outcome.leverage_left == 1.0


def test_a_living_agreement_that_is_kept_is_durable(setting, world):
    settle(world)
    outcome = judged(setting, world)
    assert outcome.label == Label.SETTLED_AND_DURABLE
    assert outcome.settled == outcome.settled_and_lasted == 1.0
    assert outcome.months_to_agreement == 20.0
    assert outcome.compliance_at_end == pytest.approx(1.0)


@pytest.mark.parametrize(("done", "conduct"), [(0.3, Conduct.COMPLYING), (0.9, Conduct.SHAMMING)])
def test_a_living_agreement_that_is_hollow_or_feigned_is_a_sham(setting, world, done, conduct):
    settle(world, done)
    world.disputes[0].conduct = conduct
    outcome = judged(setting, world)
    assert outcome.label == Label.SETTLED_BUT_SHAM
    assert outcome.settled == 1.0
    assert outcome.settled_and_lasted == 0.0


def test_a_target_that_gave_way_and_keeps_its_word_yielded(setting, world):
    settle(world)
    world.disputes[0].yielded = 1
    outcome = judged(setting, world)
    assert outcome.label == Label.TARGET_YIELDED
    assert outcome.settled_and_lasted == 1.0


@pytest.mark.parametrize("ending", [Ending.SENDER_GAVE_UP, Ending.THREAT_DROPPED])
def test_a_sender_that_lets_go_gave_up(setting, world, ending):
    world.disputes[0].ending = ending
    world.disputes[0].status = DisputeStatus.ENDED
    world.processes[0].standing = Standing.BROKEN
    assert judged(setting, world).label == Label.SENDER_GAVE_UP


def test_a_demand_dropped_after_an_agreement_died_was_given_up(setting, world):
    world.disputes[0].ending = Ending.ACQUIESCED_FULLY
    world.disputes[0].status = DisputeStatus.ENDED
    world.disputes[0].cause = Cause.TURNOVER
    world.processes[0].standing = Standing.BROKEN
    assert judged(setting, world).label == Label.SENDER_GAVE_UP


def test_every_label_is_explained():
    assert set(LABELS) == set(Label)


@pytest.mark.parametrize(
    ("cause", "label"),
    [
        (Cause.LEAK, Label.LEAKED_TO_DEATH),
        (Cause.NOISE, Label.REVERSED_BY_NOISE),
        (Cause.SPOILER, Label.KILLED_BY_SPOILER),
        (Cause.TURNOVER, Label.KILLED_BY_TURNOVER),
        (Cause.SHOCK, Label.KILLED_BY_SHOCK),
        (Cause.SPONSOR_EXIT, Label.SPONSOR_EXIT),
        (Cause.BLOC_FRACTURE, Label.BLOC_FRACTURE),
        (Cause.CHEATING, Label.CAUGHT_CHEATING),
        (Cause.REFUSAL, Label.WALKED_OUT),
        (Cause.DEFIANCE, Label.WALKED_OUT),
        (Cause.STALLED, Label.STALLED),
    ],
)
def test_a_broken_process_is_called_by_what_broke_it(setting, world, cause, label):
    world.processes[0].agreed_at = 5
    world.processes[0].standing = Standing.BROKEN
    world.disputes[0].cause = cause
    assert judged(setting, world).label == label


def test_talks_that_began_and_go_on_at_the_end_stalled(setting, world):
    world.processes[0].agreed_at = 5
    world.processes[0].standing = Standing.PERFORMING
    assert judged(setting, world).label == Label.STALLED


def test_an_agreement_that_died_is_settled_but_did_not_last(setting, world):
    settle(world)
    world.disputes[0].agreement = 0
    world.disputes[0].cause = Cause.TURNOVER
    world.processes[0].standing = Standing.BROKEN
    world.tallies[0].agreements_ended = 1
    outcome = judged(setting, world)
    assert outcome.label == Label.KILLED_BY_TURNOVER
    assert (outcome.settled, outcome.settled_and_lasted, outcome.agreement_ended) == (1.0, 0.0, 1.0)


def test_events_are_counted_as_the_ledger_saw_them(setting, world):
    world.seen[Event.LEAK], world.seen[Event.ESCALATION], world.seen[Event.LEFT] = 3, 2, 1
    outcome = judged(setting, world)
    assert (outcome.leaks, outcome.escalations, outcome.defections) == (3, 2, 1)


def test_means_are_taken_over_the_months_that_were_lived(setting, world):
    tally = world.tallies[0]
    tally.months, tally.total_hardship, tally.sham_months, tally.months_at_bound = 10, 4.0, 5, 20
    outcome = judged(setting, world)
    assert outcome.hardship == pytest.approx(0.4)
    assert outcome.sham_share == pytest.approx(0.5)
    assert outcome.bound_share == pytest.approx(0.2)


def test_leverage_left_is_what_has_not_been_relieved(setting, world):
    world.parties.relieved[:] = 0.25 * world.parties.imposed
    assert judged(setting, world).leverage_left == pytest.approx(0.75)


@pytest.mark.parametrize("scenario", list_scenarios())
def test_only_months_that_never_came_are_missing(scenario):
    runs = lived(scenario)
    missing = {name for name in (*OUTCOMES, *EPISODE) if name in runs and runs[name].isna().any()}
    assert missing <= {"months_to_first_relief", "months_to_agreement", "imposed_at", "ended_at"}
    assert (runs.months_to_agreement.isna() == ~runs.settled).all()
    assert (runs.ended_at.isna() == (runs.ending == "ongoing")).all()


@pytest.mark.parametrize("scenario", list_scenarios())
def test_outcomes_agree_with_one_another(scenario):
    runs = lived(scenario)
    assert (runs.settled | ~runs.settled_and_lasted).all()
    assert (runs.settled | (runs.agreement_months == 0)).all()
    assert (runs.wrongful_reversals <= runs.reversals).all()
    assert ((runs.reversals > 0) | (runs.largest_reversal == 0.0)).all()
    assert (runs.months_to_agreement.fillna(0) < load_scenario(scenario).months).all()


@pytest.mark.parametrize("scenario", list_scenarios())
def test_what_was_settled_holds_at_least_until_the_months_end(scenario):
    runs = lived(scenario)
    broken_at_once = runs[runs.settled & (runs.agreement_months == 0)]
    assert broken_at_once[["strategy", "replicate", "months_to_agreement", "ending"]].values.tolist() == []


@pytest.mark.parametrize("scenario", list_scenarios())
def test_outcomes_that_are_shares_are_shares(scenario):
    runs = lived(scenario)
    for name, outcome in OUTCOMES.items():
        if outcome.unit == "share":
            assert runs[name].between(0.0, 1.0 + 1e-12).all(), name
        elif outcome.unit in ("count", "months", "envoy-months", "point-months", "share-months"):
            assert (runs[name].dropna() >= 0).all(), name


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_outcome_says_its_unit_its_direction_and_what_it_means(name):
    outcome = OUTCOMES[name]
    assert outcome.name == name
    assert outcome.unit
    assert outcome.meaning
    assert outcome.good in ("up", "down")
    assert outcome.metric == "" or outcome.metric[0] == "K"


def test_kinds_of_outcomes_do_not_overlap():
    assert not set(YES_OR_NO) & set(COUNTS)
    assert not set(OUTCOMES) & set(EPISODE)
