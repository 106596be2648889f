import re
from pathlib import Path

import numba
import numpy as np
import pytest
from scipy import stats

import model
from model.draws import identity_of, luck_of_run, normal, pair_of, stream_of, uniform
from model.vocabulary import Stream

MANY = 20_000
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in Path(model.__file__).parent.rglob("*.py"))


@numba.njit
def fill(luck, streams, months, people, shape, out):
    for place in range(len(out)):
        stream = stream_of(luck, streams[place], months[place])
        out[place] = uniform(stream, people[place]) if shape == 0 else normal(stream, people[place])


@numba.njit
def key(seed, replicate):
    return luck_of_run(seed, replicate)


@numba.njit
def pair(first, second):
    return pair_of(first, second)


def drawn(seed=7, replicate=0, stream=Stream.LEAK, month=3, who=1, shape=0):
    """Return draws of which one part of the address varies: the one given as an array."""
    parts = np.broadcast_arrays(np.asarray(stream), np.asarray(month), np.asarray(who))
    streams, months = (np.ascontiguousarray(part, np.int64) for part in parts[:2])
    out = np.zeros(len(streams))
    with np.errstate(over="ignore"):
        fill(
            np.uint64(key(seed, replicate)),
            streams,
            months,
            np.ascontiguousarray(parts[2], np.uint64),
            shape,
            out,
        )
    return out


EVERYBODY = np.arange(MANY)
ALONG = {"people": {"who": EVERYBODY}, "months": {"month": EVERYBODY}, "streams": {"stream": EVERYBODY}}


@pytest.mark.parametrize("address", ALONG.values(), ids=ALONG)
def test_draws_are_uniform_along_every_part_of_their_address(address):
    draws = drawn(**address)
    assert (draws >= 0.0).all()
    assert (draws < 1.0).all()
    assert stats.kstest(draws, "uniform").pvalue > 0.001


@pytest.mark.parametrize("address", ALONG.values(), ids=ALONG)
def test_normal_draws_are_normal(address):
    assert stats.kstest(drawn(**address, shape=1), "norm").pvalue > 0.001


def test_draws_of_many_seeds_and_replicates_are_uniform():
    first = [drawn(seed=seed, who=EVERYBODY[:1])[0] for seed in range(2000)]
    second = [drawn(replicate=replicate, who=EVERYBODY[:1])[0] for replicate in range(2000)]
    assert stats.kstest(first, "uniform").pvalue > 0.001
    assert stats.kstest(second, "uniform").pvalue > 0.001
    assert abs(stats.pearsonr(first, second).statistic) < 0.08


OTHERS = {
    "stream": {"stream": Stream.MEETING},
    "month": {"month": 4},
    "seed": {"seed": 8},
    "replicate": {"replicate": 1},
    "neighbouring person": {"who": EVERYBODY + 1},
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_another_address_draws_independently(other):
    here, there = drawn(who=EVERYBODY), drawn(**{"who": EVERYBODY} | other)
    assert abs(stats.pearsonr(here, there).statistic) < 0.03
    assert stats.kstest((here + there) % 1.0, "uniform").pvalue > 0.001


def test_all_pairs_of_streams_are_uncorrelated():
    draws = np.array([drawn(stream=stream, who=EVERYBODY) for stream in Stream])
    correlations = np.corrcoef(draws)[np.triu_indices(len(draws), 1)]
    assert np.abs(correlations).max() < 0.04
    assert np.abs(correlations).mean() < 1.1 * np.sqrt(2 / np.pi / MANY)


@pytest.mark.parametrize("stream", Stream, ids=lambda stream: stream.name)
def test_something_is_drawn_from_every_stream(stream):
    assert re.search(rf"\bStream\.{stream.name}\b", SOURCES)


def test_the_same_address_always_draws_the_same():
    assert np.array_equal(drawn(who=EVERYBODY), drawn(who=EVERYBODY))


def test_uniform_and_normal_draws_of_one_address_are_not_tied_in_sign():
    halves = drawn(who=EVERYBODY) < 0.5
    assert abs(np.mean(drawn(who=EVERYBODY, shape=1)[halves] < 0.0) - 0.5) < 0.02


def test_a_pair_of_actors_has_an_order():
    first, second = identity_of("oman"), identity_of("iran")
    with np.errstate(over="ignore"):
        assert pair(first, second) != pair(second, first)


def test_an_identity_depends_on_the_name_alone():
    assert identity_of("oman") == np.uint64(0xC245B2306AA783E8)
    assert len({int(identity_of(f"state {number}")) for number in range(1000)}) == 1000
