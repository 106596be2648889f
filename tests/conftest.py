"""What all tests share."""

import sys
from itertools import chain, groupby

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


def pytest_collection_modifyitems(config, items):
    """Let two workers begin with what is slow, file by file in turns, so that none is left alone with it."""
    if not hasattr(config, "workerinput"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    rest = [item for item in items if not item.get_closest_marker("slow")]
    files = [list(each) for _, each in groupby(slow, key=lambda item: item.path)]
    half = len(items) // 2
    first, second = chain(*files[0::2]), chain(*files[1::2])
    ordered = [*first, *rest]
    ordered[half:half] = second
    items[:] = ordered


@pytest.fixture(scope="session")
def compiled():
    """Have the month compiled before a test, so that no single test is charged with it."""
    compile_once()
