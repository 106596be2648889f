"""The network decides: what each layer carries, and what stops when it is cut."""

import copy
import functools

import numpy as np
import pytest

from model.ensemble import blank_outcomes, call_kernel, designs_of, run_ensemble, setting_of
from model.records import blank
from model.scenario import load_scenario
from model.strategy import load_strategy
from model.vocabulary import Event
from model.world import LEDGER, copy_of

pytestmark = pytest.mark.usefixtures("compiled")

REPLICATES = range(12)
MONTHS = 96
IRAN = load_scenario("iran-2012").raw

#: Asks, and offers nothing: it fits a world in which nobody trades with the target.
DEMANDS_ONLY = {
    "name": "demands-only",
    "title": "Demands only",
    "description": "Everything is demanded at once and nothing offered.",
    "source": "made up for these tests",
    "stages": [{"title": "All of it", "asks": {"all": 1.0}, "release": "verified"}],
}


@functools.cache
def iran():
    """Return the bundled case."""
    return load_scenario("iran-2012")


def changed(**tables):
    """Return the bundled case with some of its tables replaced."""
    return load_scenario({**copy.deepcopy(dict(IRAN)), **tables})


def edited(edit):
    """Return the bundled case after ``edit`` has been made to every dispute."""
    raw = copy.deepcopy(dict(IRAN))
    for dispute in raw["disputes"]:
        edit(dispute)
    return load_scenario(raw)


def lives(scenario, strategy="step-for-step", replicates=REPLICATES, without=()):
    """Yield the setting and the world of each replicate, lived to the end, with its ledger."""
    setting = setting_of(scenario, [load_strategy(strategy)], None, without)
    for replicate in replicates:
        world = copy_of(setting.opening)._replace(ledger=blank(LEDGER, 20_000))
        designs = designs_of(1, 1, 1, 7, [replicate])
        outcomes = blank_outcomes(setting, designs)
        call_kernel(setting, world, designs, range(1), range(MONTHS), outcomes)
        assert world.written < len(world.ledger)
        yield setting, world


def events(scenario, event, strategy="step-for-step"):
    """Return how often something happened over all replicates."""
    return sum(int(world.seen.times[:, event].sum()) for _, world in lives(scenario, strategy))


# --- trade -------------------------------------------------------------------------------------------------


def no_secondary(dispute):
    for party in dispute["parties"]:
        party["secondary"] = 0.0


def pressures(scenario):
    """Return the pressure that each replicate's target felt, summed over the months."""
    return [float(world.tallies.total_felt[0]) for _, world in lives(scenario, DEMANDS_ONLY)]


def untraded(scenario):
    """Return ``scenario`` without its trade, and without the pressure there was before it began."""
    raw = copy.deepcopy(dict(scenario.raw)) | {"trade": []}
    for dispute in raw["disputes"]:
        dispute.pop("felt", None)
    return load_scenario(raw)


def test_without_trade_there_is_no_pressure():
    own_measures_only = edited(no_secondary)
    assert min(pressures(own_measures_only)) > 10.0
    assert max(pressures(untraded(own_measures_only))) == 0.0


def test_without_trade_nothing_spills_over():
    def spilt(scenario):
        return sum(float(world.tallies.total_spillover[0]) for _, world in lives(scenario, DEMANDS_ONLY))

    assert spilt(iran()) > 1.0
    assert spilt(untraded(iran())) == 0.0


# --- back channels -----------------------------------------------------------------------------------------


@functools.cache
def silent():
    """Return the bundled case without its back channels."""
    return edited(lambda dispute: dispute.update(channels=[]))


def test_without_back_channels_nobody_meets_in_private():
    for event in (Event.CHANNEL_OPENED, Event.MEETING):
        assert events(iran(), event, "quiet-ladder") > 0
        assert events(silent(), event, "quiet-ladder") == 0


def test_without_back_channels_a_private_strategy_has_nowhere_to_talk():
    for event in (Event.TABLED, Event.AGREED):
        assert events(iran(), event, "deep-secret") > 0
        assert events(silent(), event, "deep-secret") == 0


def test_without_back_channels_public_talks_go_on():
    assert events(silent(), Event.TABLED, "maximum-pressure") > 0
    assert events(silent(), Event.AGREED, "published-roadmap") > 0


def test_without_back_channels_the_two_sides_misread_each_other_more():
    kept = run_ensemble(iran(), "quiet-ladder", replicates=60).misreading.mean()
    cut = run_ensemble(silent(), "quiet-ladder", replicates=60).misreading.mean()
    assert cut > kept


# --- membership --------------------------------------------------------------------------------------------


def test_without_members_no_body_finds_a_common_line_and_coalitions_break_no_less():
    alone = changed(members=[])
    assert events(iran(), Event.COMMON_LINE) > 0
    assert events(alone, Event.COMMON_LINE) == 0
    kept = run_ensemble(iran(), "step-for-step", replicates=200).defections.mean()
    cut = run_ensemble(alone, "step-for-step", replicates=200).defections.mean()
    assert cut > kept


# --- constituency ------------------------------------------------------------------------------------------


def watched(scenario):
    """Return how closely conduct is watched at the end of each replicate."""
    return [float(world.disputes.watch[0]) for _, world in lives(scenario)]


def test_without_constituencies_civil_society_is_silent():
    alone = changed(constituencies=[])
    assert min(watched(iran())) > 0.0
    assert max(watched(alone)) == 0.0
    assert events(iran(), Event.MOBILISED) > 0
    assert events(alone, Event.MOBILISED) == 0


def test_without_constituencies_grievances_and_voices_stay_as_they_were():
    for scenario, moves in ((iran(), True), (changed(constituencies=[]), False)):
        for setting, world in lives(scenario, replicates=range(2)):
            for column in ("grievance", "voice", "trust_in_government"):
                same = np.array_equal(world.civil[column], setting.opening.civil[column])
                assert same is not moves


# --- transnational -----------------------------------------------------------------------------------------


def test_without_ties_abroad_outlooks_do_not_travel():
    for scenario, travels in ((iran(), True), (changed(transnational=[]), False)):
        for setting, world in lives(scenario, replicates=range(2)):
            same = np.array_equal(world.civil.outlook, setting.opening.civil.outlook)
            assert same is not travels


def test_ties_abroad_bring_outlooks_together():
    for setting, world in lives(iran(), replicates=range(2)):
        assert world.civil.outlook.std() < setting.opening.civil.outlook.std()
        assert world.civil.outlook.mean() == pytest.approx(setting.opening.civil.outlook.mean())


# --- proximity ---------------------------------------------------------------------------------------------


def test_without_neighbours_nobody_takes_up_dealings_with_the_target():
    alone = changed(proximity=[])
    assert events(iran(), Event.NEIGHBOUR_ENGAGED) > 0
    assert events(alone, Event.NEIGHBOUR_ENGAGED) == 0
    for scenario, engages in ((iran(), True), (alone, False)):
        for setting, world in lives(scenario, replicates=range(2)):
            same = np.array_equal(world.states.engagement, setting.opening.states.engagement)
            assert same is not engages


def test_without_neighbours_there_is_no_regional_peace_to_build():
    assert max(float(world.disputes.enforced_peace[0]) for _, world in lives(iran())) > 0.0
    start = float(iran().opening()[0].disputes.enforced_peace[0])
    for _, world in lives(changed(proximity=[])):
        assert world.disputes.enforced_peace[0] <= start


# --- trust -------------------------------------------------------------------------------------------------


def outsiders_who_heard(setting, world):
    """Return how many civil society actors changed their belief about somebody by word of mouth."""
    first = len(world.states) + len(world.bodies) + len(world.mediators)
    outside = setting.network.trust_ties.who >= first
    moved = world.trust.belief != setting.opening.trust.belief
    return int((outside & moved).sum())


def test_without_acquaintances_word_does_not_reach_those_outside():
    alone = changed(acquaintance={**IRAN["acquaintance"], "layers": []})
    for setting, world in lives(iran(), replicates=range(3)):
        assert outsiders_who_heard(setting, world) > 0
    for setting, world in lives(alone, replicates=range(3)):
        assert outsiders_who_heard(setting, world) == 0


def test_acquaintances_carry_word_to_the_principals_themselves():
    alone = changed(acquaintance={**IRAN["acquaintance"], "layers": []})
    kept = run_ensemble(iran(), "step-for-step", replicates=20).channel_trust
    cut = run_ensemble(alone, "step-for-step", replicates=20).channel_trust
    assert (kept - cut).abs().max() > 0.001
