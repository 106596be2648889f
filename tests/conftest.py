"""What all tests share."""

import pytest

from model.ensemble import run_ensemble


@pytest.fixture(scope="session")
def compiled():
    """Compile the month once, so that no single test is charged with it."""
    run_ensemble("iran-2012", "step-for-step", replicates=1, months=1)
