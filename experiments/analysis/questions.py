"""The questions that can be put to a sweep: one way to ask them, for the verbs, the report and notebooks."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from experiments.analysis.section import Section
from experiments.sweeps.draws import POINTWISE
from experiments.sweeps.results import Results
from model.vocabulary import InputError, nearest

#: Where each question is answered, by its verb.
ANSWERS = {
    "differences": "differences_told",
    "orders": "order_effects_told",
    "survival": "survival_told",
    "robustness": "robustness_told",
    "drivers": "drivers_told",
    "conditions": "conditions_told",
}
#: Questions that are asked of several outcomes at once.
SEVERAL = ("differences", "robustness")
#: Designs whose points tell what drives an outcome, and little else.
SCREENING = ("morris", "saltelli")


def ask(results: Results | str | Path, verb: str, **options: Any) -> Section:
    """Return the answer of a sweep to one question.

    Parameters
    ----------
    results : Results, str or Path
        A sweep, or its folder.
    verb : str
        One of "differences", "orders", "survival", "robustness", "drivers" and "conditions".
    **options
        Of the question, as its verb has them on the command line: scenario, dispute, outcome, strategy,
        against, ... What is None or left out is what the experiment says, or else the first there is.

    Returns
    -------
    Section
        The finding, sentences, tables and figures.

    Raises
    ------
    InputError
        If there is no such question, or the sweep cannot answer it; the message says why.
    """
    read = results if isinstance(results, Results) else Results(results)
    if verb not in ANSWERS:
        raise InputError(f"'{verb}' is no question; one of {', '.join(ANSWERS)}{nearest(verb, ANSWERS)}")
    said = usual(read, verb) | {name: value for name, value in options.items() if value is not None}
    if verb in SEVERAL and "outcome" in said:
        named = said.pop("outcome")
        said["outcomes"] = [named] if isinstance(named, str) else list(named)
    section: Section = import_module(f"experiments.analysis.{ANSWERS[verb]}").section(read, **said)
    return section


def usual(results: Results, verb: str) -> dict[str, Any]:
    """Return the options of a question that the experiment decides."""
    if verb in ("orders", "drivers"):
        return {"outcome": results.outcome}
    if verb == "conditions":
        return {"outcome": results.outcome, "strategy": results.strategy_of(None)}
    if verb == "robustness":
        return {"thresholds": dict(results.account["thresholds"]) or None}
    return {}


def askable(results: Results) -> list[tuple[str, str | None]]:
    """Return the questions that a sweep can answer, with the scenario of each, what it was made for first.

    A scenario of None stands for all together.
    """
    several, varied = len(results.strategies()) > 1, bool(results.sampling()["numbers"])
    pointwise = results.sampling()["design"] in POINTWISE  # points of a design are no states of the world
    each = {
        "orders": bool(results.account["orders"]),
        "differences": several,
        "survival": True,
        "drivers": varied or bool(results.account["levers"]),
        "conditions": varied and several,
    }
    asked: list[tuple[str, str | None]] = []
    for verb in ("orders", "differences", "robustness", "survival", "drivers", "conditions"):
        if verb == "robustness":
            asked += [(verb, None)] if several and not pointwise else []
        elif each[verb]:
            asked += [(verb, scenario) for scenario in results.scenarios]
    if results.sampling()["design"] in SCREENING:
        asked.sort(key=lambda question: question[0] != "drivers")
    return asked
