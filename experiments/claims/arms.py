"""The arms of a claim in a scenario: strategies that differ in one thing, at equal means.

An arm may also stand in a milder version of the scenario, in which only a part of the measures is in force
or threatened; actors, ties and luck are the same.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import model
from experiments.claims.claim import Arm, Claim
from experiments.controls import shuffled_copies
from model import dimensions, transforms
from model.means import Totals
from model.vocabulary import InputError

#: What stands between the name of an arm and the number of its shuffled copy.
SHUFFLED = " shuffled "


@dataclass(frozen=True)
class Armed:
    """An arm ready to run: its strategies by name (itself, and shuffled copies), its scenario, its means."""

    arm: str
    strategies: dict[str, Any]
    scenario: Any
    totals: Totals


def claim_arms(claim: Claim, scenario: Any) -> list[Armed]:
    """Return the arms of a claim in a scenario, with their means made equal as the claim says.

    Raises
    ------
    InputError
        If an arm cannot be made or does not fit; it names claim, arm and scenario.
    """
    try:
        base = model.load_strategy(claim.base)
        made = [strategy_of(base, arm) for arm in claim.arms]
        equal = transforms.matched_all(made, scenario, claim.matched) if claim.matched else made
        for strategy in equal:
            strategy.check(scenario)
    except InputError as fault:
        raise InputError(f"claim {claim.id} in {scenario.name}: {fault}") from None
    shares = [claim.measures * (1.0 if arm.measures is None else arm.measures) for arm in claim.arms]
    grounds = {share: milder(scenario, share) for share in set(shares)}
    return [
        Armed(
            arm.name,
            {arm.name: strategy, **dict(copies_of(claim, arm, strategy))},
            grounds[share],
            strategy.totals(grounds[share]),
        )
        for arm, share, strategy in zip(claim.arms, shares, equal, strict=True)
    ]


def strategy_of(base: Any, arm: Arm) -> Any:
    """Return the base strategy as an arm has it."""
    strategy = base if arm.steps is None else transforms.in_steps(base, arm.steps)
    if arm.says:
        strategy = dimensions.at_level(strategy, dimensions.Choice("arm", "", {arm.name: arm.says}), arm.name)
    return strategy.model_copy(update={"name": dimensions.suffix_of(arm.name), "title": arm.name})


def copies_of(claim: Claim, arm: Arm, strategy: Any) -> Iterator[tuple[str, Any]]:
    """Yield the shuffled copies of an arm, if it is the one that the placebo is made of."""
    if claim.placebo is not None and claim.placebo.arm == arm.name:
        for number, made in enumerate(shuffled_copies(strategy, claim.placebo.copies), 1):
            yield f"{arm.name}{SHUFFLED}{number}", made


def milder(scenario: Any, share: float) -> Any:
    """Return the scenario with ``share`` of its measures: in force, threatened, felt, and on the calendar."""
    if share == 1.0:
        return scenario
    said = copy.deepcopy(scenario.raw)
    for dispute in said["disputes"]:
        for party in dispute.get("parties", ()):
            party["imposed"] = {sector: level * share for sector, level in party.get("imposed", {}).items()}
        dispute["felt"] = {sector: points * share for sector, points in dispute.get("felt", {}).items()}
    for date in said.get("calendar", ()):
        if date["kind"] == "measure":
            date["amount"] *= share
    return model.load_scenario(said)
