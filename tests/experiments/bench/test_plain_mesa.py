"""The plain Mesa model is a model: it lives in the same region, stays within its bounds, and luck decides."""

from collections import Counter

import pytest

import model
from experiments.bench.plain_mesa import PlainModel, numbers_of_the_month
from experiments.bench.plain_talks import Talks
from model.network import graph_of

SHARES = (
    "support",
    "hardliners",
    "legitimacy",
    "suspicion",
    "rhetoric",
    "resentment",
    "hardship",
    "engagement",
)


@pytest.fixture(scope="module")
def region():
    return graph_of(model.load_scenario("stylised-region"))


@pytest.fixture(scope="module")
def numbers():
    return numbers_of_the_month()


def lived(region, numbers, seed, months=120):
    life = PlainModel(region, numbers, months, rng=seed)
    while life.running:
        life.step()
    return life


@pytest.fixture(scope="module")
def lives(region, numbers):
    return [lived(region, numbers, seed) for seed in range(12)]


def test_it_has_the_agents_and_ties_of_the_region(region, numbers):
    life = PlainModel(region, numbers, rng=1)
    assert len(life.agents) == region.number_of_nodes() == 60
    layers = (life.trade, life.membership, life.proximity, life.constituency, life.transnational)
    beliefs = sum(len(actor.beliefs) for actor in life.agents)
    channels = 2 * sum(mediator.access > 0 for mediator in life.mediators)
    assert sum(layer.number_of_edges() for layer in layers) + beliefs + channels == region.number_of_edges()


def test_shares_stay_within_their_bounds(lives):
    for life in lives:
        for state in life.states:
            assert all(0.0 <= getattr(state, name) <= 1.0 for name in SHARES)
            assert 0.0 < state.output <= 1.0
            assert all(
                0.0 <= lifted <= level for lifted, level in zip(state.relieved, state.imposed, strict=True)
            )
        for actor in life.agents:
            assert all(0.0 <= belief <= 1.0 for belief in actor.beliefs.values())
        assert 0.0 <= life.tension <= 1.0
        assert 0.0 <= life.share_lifted <= 1.0


def test_nothing_is_done_beyond_what_was_asked(lives):
    for life in lives:
        talks: Talks = life.talks
        for asked, agreed, done in zip(talks.asked, talks.agreed, talks.done, strict=True):
            assert 0.0 <= agreed <= asked + 1e-12
            assert 0.0 <= done <= asked + 1e-12


def test_every_month_is_collected(lives):
    for life in lives:
        series = life.datacollector.get_model_vars_dataframe()
        assert series["month"].tolist() == list(range(120))
        assert series["pressure_felt"].max() > 0.0 or not life.imposed
    ledger = lives[0].datacollector.get_table_dataframe("ledger")
    assert ledger["month"].is_monotonic_increasing


def test_outcomes_vary_with_the_seed_and_with_nothing_else(region, numbers, lives):
    endings = Counter(life.outcome()["ending"] for life in lives)
    assert len(endings) >= 3
    assert lived(region, numbers, 5).outcome() == lives[5].outcome()


def test_measures_are_felt_and_wear_on_the_target(lives):
    pressed = [life for life in lives if life.datacollector.model_vars["pressure_felt"][60] > 1.0]
    assert pressed
    for life in pressed:
        assert life.datacollector.model_vars["hardship"][60] > life.datacollector.model_vars["hardship"][0]
        assert life.datacollector.model_vars["output"][60] < 1.0
