"""Luck with an address."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.draws import identity_of, luck_of_run, normal, occasion_of, pair_of, stream_of, uniform
from model.vocabulary import Stream

WHO = st.text(min_size=1, max_size=12).map(identity_of)
MONTH = st.integers(-1, 600)
STREAM = st.sampled_from(list(Stream))
SEED = st.integers(0, 2**31 - 1)


@given(SEED, st.integers(0, 10_000), STREAM, MONTH, WHO)
def test_a_draw_is_a_share_and_always_the_same(seed, replicate, stream, month, who):
    key = stream_of(luck_of_run(seed, replicate), stream, month)
    draw = uniform(key, who)
    assert 0.0 <= draw < 1.0
    assert uniform(stream_of(luck_of_run(seed, replicate), stream, month), who) == draw


def test_every_part_of_a_draws_address_matters():
    run, who = luck_of_run(7, 0), identity_of("oman")
    draws = [
        uniform(stream_of(run, Stream.LEAK, 3), who),
        uniform(stream_of(run, Stream.LEAK, 4), who),
        uniform(stream_of(run, Stream.MEETING, 3), who),
        uniform(stream_of(run, Stream.LEAK, 3), identity_of("qatar")),
        uniform(stream_of(luck_of_run(7, 1), Stream.LEAK, 3), who),
        uniform(stream_of(luck_of_run(8, 0), Stream.LEAK, 3), who),
    ]
    assert len(set(draws)) == len(draws)


def test_draws_of_one_stream_spread_evenly():
    stream = stream_of(luck_of_run(7, 0), Stream.INCIDENT, 0)
    draws = np.array([uniform(stream, np.uint64(who)) for who in range(4000)])
    counts, _ = np.histogram(draws, bins=10, range=(0.0, 1.0))
    assert ((counts > 320) & (counts < 480)).all()


def test_draws_of_neighbouring_months_are_unrelated():
    run, who = luck_of_run(7, 0), identity_of("iran")
    draws = [uniform(stream_of(run, Stream.ELECTION, month), who) for month in range(2000)]
    assert abs(np.corrcoef(draws[:-1], draws[1:])[0, 1]) < 0.07


def test_normal_draws_have_no_leaning_and_unit_spread():
    stream = stream_of(luck_of_run(7, 0), Stream.RED_LINE, -1)
    draws = [normal(stream, np.uint64(who)) for who in range(4000)]
    assert np.mean(draws) == pytest.approx(0.0, abs=0.06)
    assert np.std(draws) == pytest.approx(1.0, abs=0.05)
    assert all(math.isfinite(draw) for draw in draws)


def test_an_occasion_is_never_mistaken_for_a_month_or_for_another_attempt():
    months = set(range(1200))
    occasions = {occasion_of(attempt, since) for attempt in range(5) for since in range(200)}
    assert len(occasions) == 1000
    assert not occasions & months


@pytest.mark.parametrize("since", [-400, -37, -1])
def test_the_occasion_of_a_leader_long_in_office_is_not_a_month_of_the_run(since):
    assert occasion_of(0, since) >= 600


def test_a_pair_has_a_direction():
    first, second = identity_of("iran"), identity_of("oman")
    assert pair_of(first, second) != pair_of(second, first)
    assert pair_of(first, second) != first
