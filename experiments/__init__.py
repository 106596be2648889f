"""Experiments: what is asked of the model, from one history to a sweep, and how it is answered.

The names below are for scripts and notebooks; each is read from its file when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.analysis.questions import ask
    from experiments.claims.chapters import claim_section
    from experiments.claims.claim import list_claims, load_claim
    from experiments.claims.testing import try_claim
    from experiments.sweeps.experiment import Experiment, list_experiments, load_experiment
    from experiments.sweeps.results import Results
    from experiments.sweeps.sweep import dry_run, run_sweep

__all__ = [
    "Experiment",
    "Results",
    "ask",
    "claim_section",
    "dry_run",
    "list_claims",
    "list_experiments",
    "load_claim",
    "load_experiment",
    "run_sweep",
    "try_claim",
]

_FILES = {
    "Experiment": "sweeps.experiment",
    "Results": "sweeps.results",
    "ask": "analysis.questions",
    "claim_section": "claims.chapters",
    "dry_run": "sweeps.sweep",
    "list_claims": "claims.claim",
    "list_experiments": "sweeps.experiment",
    "load_claim": "claims.claim",
    "load_experiment": "sweeps.experiment",
    "run_sweep": "sweeps.sweep",
    "try_claim": "claims.testing",
}


def __getattr__(name: str) -> Any:
    if name not in _FILES:
        raise AttributeError(f"module 'experiments' has no attribute '{name}'")
    value = getattr(import_module(f"experiments.{_FILES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
