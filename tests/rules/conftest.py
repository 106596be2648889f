"""Rules have no Python wrapper once compiled: their tests run uncompiled, or not at all."""

import numpy as np
import pytest
from hypothesis import settings

from model.compiled import is_plain

COMPILED = "rules can only be called uncompiled; run: NUMBA_DISABLE_JIT=1 pytest tests/rules"

# Formulas are smooth: forty examples find what a hundred do, and a slow machine is no failure.
settings.register_profile("rules", max_examples=40, deadline=None, derandomize=True)
settings.load_profile("rules")


def pytest_pycollect_makemodule(module_path, parent):
    """Refuse to collect where the rules are compiled: a run that cannot call them must not pass."""
    if not is_plain():
        raise parent.CollectError(f"{module_path.name}: {COMPILED}")


@pytest.fixture(autouse=True)
def _hashes_may_wrap():
    with np.errstate(over="ignore"):
        yield
