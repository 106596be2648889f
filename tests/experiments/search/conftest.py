"""A pretended model in which it is known what every candidate is worth, so that the true front is known."""

import itertools

import numpy as np
import pytest

from experiments.sweeps.experiment import CATALOGUE

FIVE_STEPS = str(CATALOGUE / "strategies" / "five-steps.toml")
SECRET = {"name": "secret", "key": "talks.secrecy_months", "low": 10, "high": 19}


#: Population and generations that find the true front of the pretended model.
BUDGET = {
    "goals": ["settled_and_lasted", "hardship"],
    "population": 16,
    "generations": 6,
    "enumerate": False,
}


def experiment(search=None, **changes):
    said = {
        "name": "a-search",
        "title": "Which order is best?",
        "scenarios": ["iran-2012"],
        "strategies": [FIVE_STEPS],
        "uncertain": {"points": 20},
        "generate": {
            "order": {"before": [["Inspectors return", "Medicine flows"], ["Medicine flows", "Oil flows"]]},
            "levers": [SECRET],
        },
        "search": BUDGET | (search or {}),
    }
    return said | changes


def disorder(order):
    """The share of pairs of steps that stand the other way round than in the file."""
    pairs = list(itertools.combinations(order, 2))
    return sum(first > second for first, second in pairs) / len(pairs)


class Pretended:
    """Secrecy settles and hurts, in equal measure; disorder of the steps hurts less. Luck is common to all.

    So the true front is the most disordered order, at every level of secrecy. With `luck`, what is seen of
    each candidate is also its own luck, anew on every ground.
    """

    def __init__(self, luck=0.0, stop_after=None):
        self.luck, self.stop_after = luck, stop_after
        self.calls, self.tried = 0, []

    def __call__(self, candidates, ground):
        if self.calls == self.stop_after:
            raise KeyboardInterrupt
        self.calls += 1
        self.tried += [candidate.key for candidate in candidates]
        return np.array([self.one(candidate, ground) for candidate in candidates])

    def one(self, candidate, ground):
        secrecy = candidate.levels.get("secret", 12) / 19
        order = candidate.order or (0, 1, 2, 3, 4)
        known = {"settled_and_lasted": secrecy, "hardship": 0.5 * secrecy + 0.4 * (1 - disorder(order))}
        plain = np.array([known[name] for name in ground.names])
        weather = np.random.default_rng(ground.experiment.seed).normal(0, 0.05, (len(ground.states), 1))
        own = np.random.default_rng([ground.experiment.seed, int(candidate.key, 16) % 2**32])
        luck = self.luck if candidate.levels else 0.0  # bases as they stand have none of their own
        return plain + weather + own.normal(0, 1, (len(ground.states), len(plain))) * luck


@pytest.fixture(scope="session")
def asked():
    """Returns an experiment; its table of the search and its keys can be changed."""
    return experiment


@pytest.fixture(scope="session")
def pretended():
    """Makes a pretended model."""
    return Pretended
