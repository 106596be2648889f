"""Experiments: what is asked of the model, from one history to a sweep, and how it is answered.

The names below are for scripts and notebooks; each is read from its file when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.analysis.questions import ask
    from experiments.claims.arms import claim_arms
    from experiments.claims.chapters import claim_section
    from experiments.claims.claim import list_claims, load_claim
    from experiments.claims.testing import try_claim
    from experiments.history import told_of
    from experiments.inside import list_mechanisms, look_inside
    from experiments.pictures import draw_endings, draw_fan, draw_history, draw_network, draw_track
    from experiments.sweeps.experiment import Experiment, list_experiments, load_experiment
    from experiments.sweeps.results import Results
    from experiments.sweeps.sweep import dry_run, run_sweep
    from experiments.trial import compare_strategies

__all__ = [
    "Experiment",
    "Results",
    "ask",
    "claim_arms",
    "claim_section",
    "compare_strategies",
    "draw_endings",
    "draw_fan",
    "draw_history",
    "draw_network",
    "draw_track",
    "dry_run",
    "list_claims",
    "list_experiments",
    "list_mechanisms",
    "load_claim",
    "load_experiment",
    "look_inside",
    "run_sweep",
    "told_of",
    "try_claim",
]

_FILES = {
    "Experiment": "sweeps.experiment",
    "Results": "sweeps.results",
    "ask": "analysis.questions",
    "claim_arms": "claims.arms",
    "claim_section": "claims.chapters",
    "compare_strategies": "trial",
    "draw_endings": "pictures",
    "draw_fan": "pictures",
    "draw_history": "pictures",
    "draw_network": "pictures",
    "draw_track": "pictures",
    "dry_run": "sweeps.sweep",
    "list_claims": "claims.claim",
    "list_experiments": "sweeps.experiment",
    "list_mechanisms": "inside",
    "load_claim": "claims.claim",
    "load_experiment": "sweeps.experiment",
    "look_inside": "inside",
    "run_sweep": "sweeps.sweep",
    "told_of": "history",
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
