"""A sweep of the real model, small, for what is asked of results folders as they are."""

import pytest

from experiments import run_sweep

SWEPT = {
    "name": "asked",
    "title": "Which of two holds up?",
    "description": "Two strategies on the same luck.",
    "scenarios": ["iran-2012"],
    "strategies": ["step-for-step", "big-bang"],
    "months": 30,
    "uncertain": {"points": 64, "numbers": ["hardship_half", "patience"]},
    "thresholds": {"hardship": 0.3},
}


@pytest.fixture(scope="session")
def swept(tmp_path_factory, compiled):
    """Return the results of a sweep over two numbers."""
    return run_sweep(SWEPT, tmp_path_factory.mktemp("swept") / "out", command="backchannel sweep asked.toml")


@pytest.fixture(scope="session")
def ordered(tmp_path_factory, compiled):
    """Return the results of a sweep over the orders of a strategy, at the default numbers."""
    said = SWEPT | {
        "name": "ordered",
        "strategies": ["confidence-first"],
        "replicates": 16,
        "uncertain": {"design": "none"},
        "generate": {"order": {"sample": 4}},
    }
    return run_sweep(said, tmp_path_factory.mktemp("ordered") / "out")
