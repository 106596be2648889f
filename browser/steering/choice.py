"""What is always in sight of the controls: the crisis, the strategies, the dispute and the luck."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from browser.reading.codes import where
from browser.scene.settings import Plan, Settings, content_of
from browser.steering.controls import WHOLE, Control, Group, Option
from model import list_scenarios, list_strategies
from model.network import Network
from model.scenario import FOLDER, Scenario
from model.strategy import Strategy
from model.strategy_fit import misfits
from model.vocabulary import InputError
from model.world import World


class Ground(NamedTuple):
    """A scenario whose opening is made only once, to be looked at and never changed."""

    name: str
    actors: tuple[str, ...]
    first_day: tuple[World, Network]

    def opening(self) -> tuple[World, Network]:
        """Return the opening world and its network."""
        return self.first_day


def top(settings: Settings) -> Group:
    """Return what is chosen first; the dispute only if there are several."""
    usual = Settings()
    case = case_of(settings)
    strategies = tuple(_strategies(settings, case))
    several = case.disputes if case is not None and len(case.disputes) > 1 else ()
    controls = (
        Control(
            "scenario", "select", "Scenario", usual.scenario, options=tuple(_scenarios(settings)),
            source="model/scenarios",
        ),
        Control(
            "strategy", "select", "Strategy", usual.plans[0].strategy, options=strategies,
            source="model/strategies",
        ),
        Control(
            "compare", "select", "Compare with", None,
            options=(Option(None, "nothing"), *(replace(each, about="") for each in strategies)),
            meaning="A second strategy on the same luck.", source="model/strategies",
        ),
        *_dispute(several),
        Control(
            "seed", "whole", "Seed of the luck", usual.seed, "", 0, WHOLE, 1.0,
            meaning="The ensemble begins with it too.", source="convention",
        ),
        Control(
            "replicate", "whole", "Replicate", usual.replicate, "", 0, WHOLE, 1.0,
            meaning="Which run of that seed is watched.", source="convention",
        ),
    )  # fmt: skip
    return Group("top", "Crisis, strategy and luck", controls)


def case_of(settings: Settings) -> Scenario | None:
    """Return the scenario, if there can be one."""
    try:
        return settings.case()
    except InputError:
        return None


def grow_table(settings: Settings) -> Mapping[str, Any] | None:
    """Return the table ``[grow]`` of the scenario's file; None if the file lists its actors itself."""
    own = dict(settings.scenarios)
    if settings.scenario in own:
        said = content_of(own[settings.scenario], "scenario")
    elif settings.scenario in list_scenarios():
        said = tomllib.loads((FOLDER / f"{settings.scenario}.toml").read_text(encoding="utf-8"))
    else:
        return None
    table = said.get("grow")
    return table if isinstance(table, Mapping) else None


def _scenarios(settings: Settings) -> list[Option]:
    own = [name for name, _ in settings.scenarios]
    bundled = [name for name in list_scenarios() if name not in own]
    return [
        Option(name, case.title, " ".join(case.description.split()), group=group)
        for group, names in (("Your own", own), ("Bundled", bundled))
        for name in names
        if (case := case_of(Settings(name, scenarios=settings.scenarios))) is not None
    ]


def _strategies(settings: Settings, case: Scenario | None) -> list[Option]:
    """Return all strategies: one's own, then archetype by archetype, each followed by its variants."""
    texts = dict(settings.strategies)
    bundled = {name: strategy_of(settings, name) for name in list_strategies() if name not in texts}
    first = [entry for entry in bundled.values() if entry.varies not in bundled]
    ordered = []
    for entry in sorted(first, key=lambda entry: (entry.archetype or "", entry.name)):
        variants = (other for other in bundled.values() if other.varies == entry.name)
        ordered += [(entry, "Bundled"), *((other, "Bundled") for other in variants)]
    ordered = [*((strategy_of(settings, name), "Your own") for name in texts), *ordered]
    reasons = reasons_of(case, tuple(entry for entry, _ in ordered)) if case is not None else {}
    return [_option(entry, group, entry.varies in bundled, reasons) for entry, group in ordered]


def _option(entry: Strategy, group: str, is_variant: bool, reasons: Mapping[str, str]) -> Option:
    indent = "\u2013 " if is_variant and group == "Bundled" else ""
    archetype = f" ({entry.archetype})" if entry.archetype else ""
    listed = entry.archetype and f"Archetype {where(entry.archetype)}."
    about = " ".join(filter(None, (entry.description, listed, entry.source and f"Source: {entry.source}.")))
    return Option(entry.name, f"{indent}{entry.title}{archetype}", about, reasons.get(entry.name, ""), group)


def strategy_of(settings: Settings, name: str) -> Strategy:
    """Return a strategy of that name as its file says it."""
    return Settings(plans=(Plan(name),), strategies=settings.strategies).strategy()


@lru_cache(maxsize=32)
def reasons_of(case: Scenario, strategies: tuple[Strategy, ...]) -> dict[str, str]:
    """Return why each of the strategies does not fit the scenario; those that do are left out."""
    ground = Ground(case.name, case.actors, case.opening())
    found = {strategy.name: "; ".join(misfits(strategy, ground)) for strategy in strategies}
    return {name: reason for name, reason in found.items() if reason}


def _dispute(names: tuple[str, ...]) -> tuple[Control, ...]:
    options = tuple(Option(name, name.replace("-", " ")) for name in names)
    if not options:
        return ()
    return (Control("dispute", "select", "Dispute", names[0], options=options, source="the scenario"),)
