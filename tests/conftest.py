"""What all tests share."""

import sys

import pytest

from model.compiled import is_plain, is_warm
from model.ensemble import run_ensemble


def compile_once():
    """Compile the month, or load what was compiled before."""
    run_ensemble("iran-2012", "step-for-step", replicates=1, months=1)


def pytest_configure(config):
    """Compile in the one process that starts the workers, so that they need not all do it at once."""
    if not hasattr(config, "workerinput") and not is_plain() and not is_warm():
        print("Compiling the month once for all tests (about a minute) ...", file=sys.stderr, flush=True)
        compile_once()


@pytest.fixture(scope="session")
def compiled():
    """Have the month compiled before a test, so that no single test is charged with it."""
    compile_once()
