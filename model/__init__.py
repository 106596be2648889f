"""Backchannel: an agent-based policy simulation of sanctions diplomacy.

The names below are the public interface; each is read from its file when it is first asked for, so that
importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.agents import CivilSociety, Mediator, RegionalBody, State
    from model.ensemble import run_ensemble, stream_ensemble
    from model.model import SanctionsModel
    from model.parameters import Parameters
    from model.scenario import list_scenarios, load_scenario
    from model.strategy import list_strategies, load_strategy
    from model.traces import trace_ensemble
    from model.vocabulary import InputError

__all__ = [
    "CivilSociety",
    "InputError",
    "Mediator",
    "Parameters",
    "RegionalBody",
    "SanctionsModel",
    "State",
    "list_scenarios",
    "list_strategies",
    "load_scenario",
    "load_strategy",
    "run_ensemble",
    "stream_ensemble",
    "trace_ensemble",
]

_FILES = {
    "CivilSociety": "agents",
    "InputError": "vocabulary",
    "Mediator": "agents",
    "Parameters": "parameters",
    "RegionalBody": "agents",
    "SanctionsModel": "model",
    "State": "agents",
    "list_scenarios": "scenario",
    "list_strategies": "strategy",
    "load_scenario": "scenario",
    "load_strategy": "strategy",
    "run_ensemble": "ensemble",
    "stream_ensemble": "ensemble",
    "trace_ensemble": "traces",
}


def __getattr__(name: str) -> Any:
    if name not in _FILES:
        raise AttributeError(f"module 'model' has no attribute '{name}'")
    value = getattr(import_module(f"model.{_FILES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
