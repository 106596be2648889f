"""Showing that a mechanism does what it says: the same luck lived through twice, with it and without it.

A showing sets a scene in which one mechanism can act, names the quantity it is said to move, and the
direction. All cases start from a small region with everybody in it and a plain strategy of four even,
verified stages; each says only what it changes.
"""

import copy
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pytest

from model.compiled import is_plain
from model.ensemble import blank_outcomes, call_kernel, designs_of, setting_of, table_of
from model.scenario import load_scenario
from model.strategy import load_strategy
from model.world import World, blank_world, copy_of

REGION = load_scenario(Path(__file__).parent.parent / "model" / "region.toml").raw
EVEN = (0.25, 0.25, 0.25, 0.25)
SEED = 7
#: Events that the ledger of a run has room for; a quantity may read them.
ROOM = 4000
#: Standard errors that a mean difference must be away from nothing.
ERRORS = 3.0

#: What the files of showings carry: compiled once, and only compiled.
runs_thousands = [
    pytest.mark.usefixtures("compiled"),
    pytest.mark.skipif(is_plain(), reason="thousands of runs: compiled only"),
]


NOTHING: Mapping[str, Any] = MappingProxyType({})

#: What is otherwise in the region: by table, entry and key; or a function that changes the raw tables.
Changes = Mapping[str, Any] | Callable[[dict[str, Any]], Any]


class Showing(NamedTuple):
    """One mechanism, the scene that exposes it, and what it is said to do there.

    Attributes
    ----------
    mechanism : str
        Which one, as in ``"M14"``.
    claim : str
        What it does, in a sentence; told when the test fails.
    quantity : str or callable
        What it moves: an outcome by name, or a function of a finished world (with its ledger).
    sign : int
        1 where the mechanism raises the quantity, -1 where it lowers it.
    strategy : mapping
        What the strategy says beside four even verified stages, as the tables of a file; ``every_stage``,
        ``first_stage`` and ``last_stage`` are laid over the stages, ``relief_by_stage`` spreads the relief,
        ``stages`` replaces them.
    region : mapping or callable
        What is otherwise in the region: ``{"states": {"target": {"support": 0.2}}}``, a table, whom in it,
        what of him (``None`` instead removes him); or a function that changes the raw tables.
    numbers : mapping
        Numbers of the model set for the showing, within their ranges.
    months, replicates : int
        How long, and how often.
    """

    mechanism: str
    claim: str
    quantity: str | Callable[[World], float]
    sign: int
    strategy: Mapping[str, Any] = NOTHING
    region: Changes = NOTHING
    numbers: Mapping[str, float] = NOTHING
    months: int = 48
    replicates: int = 200


# --- the scene ---


def merged(first: Any, second: Any) -> Any:
    """Return what two tables say together: the second over the first, key by key."""
    if not isinstance(first, Mapping) or not isinstance(second, Mapping):
        return second
    return {**first, **{key: merged(first.get(key), value) for key, value in second.items()}}


def stages_of(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the stages that a fragment says, those not said being four even verified ones."""
    shares = said.get("relief_by_stage", EVEN)
    even = [
        {"relief": {"all": share}, "asks": {"all": place / len(shares)}}
        for place, share in enumerate(shares, 1)
    ]
    plain = {"release": "verified", **said.get("every_stage", {})}
    stages = [
        merged({"title": f"Step {place}", **plain}, stage)
        for place, stage in enumerate(said.get("stages", even), 1)
    ]
    stages[0] = merged(stages[0], said.get("first_stage", {}))
    stages[-1] = merged(stages[-1], said.get("last_stage", {}))
    return stages


def strategy_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the strategy file that says this beside four even verified stages."""
    shorthands = ("every_stage", "first_stage", "last_stage", "relief_by_stage", "stages")
    header = {key: value for key, value in said.items() if key not in shorthands}
    names = {"name": "shown", "title": "Shown", "description": "A scene. Nothing else.", "source": "a test"}
    return {**names, **header, "stages": stages_of(said)}


#: By what an entry of a table is called; an entry of the other tables has a name.
NAMED_BY = {"parties": "state", "channels": "mediator"}
#: Tables that stand inside the region's dispute.
OF_THE_DISPUTE = ("parties", "milestones", "channels")


def region_of(changed: Changes) -> dict[str, Any]:
    """Return the tables of the region, so changed."""
    raw: dict[str, Any] = copy.deepcopy(dict(REGION))
    if callable(changed):
        changed(raw)
        return raw
    for table, entries in changed.items():
        holder = raw["disputes"][0] if table in OF_THE_DISPUTE else raw
        if not isinstance(holder[table], list):
            holder[table] = merged(holder[table], entries)
            continue
        key = NAMED_BY.get(table, "name")
        unknown = set(entries) - {entry[key] for entry in holder[table]}
        assert not unknown, f"{table}: {unknown} not in the region"
        holder[table] = [
            merged(entry, entries.get(entry[key], {}))
            for entry in holder[table]
            if entries.get(entry[key], {}) is not None
        ]
    return raw


# --- the lives ---


def lived(case: Showing, without: tuple[str, ...]) -> np.ndarray:
    """Return the quantity of each replicate, without some mechanisms."""
    scenario = load_scenario(region_of(case.region))
    numbers, _, _ = table_of(dict(case.numbers) if case.numbers else None)
    setting = setting_of(scenario, [load_strategy(strategy_of(case.strategy))], numbers, without)
    setting = setting._replace(opening=setting.opening._replace(ledger=blank_world({"ledger": ROOM}).ledger))
    designs = designs_of(1, 1, case.replicates, SEED, None)
    outcomes = blank_outcomes(setting, designs)
    world = copy_of(setting.opening)
    values = np.zeros(case.replicates)
    for run in range(case.replicates):
        call_kernel(setting, world, designs, range(run, run + 1), range(case.months), outcomes)
        assert world.written < ROOM, "the ledger was too short"
        values[run] = outcomes[run][case.quantity] if isinstance(case.quantity, str) else case.quantity(world)
    return values


class Shown(NamedTuple):
    """What a showing found: the means with the mechanism and without, and how sure the difference is."""

    whole: float
    without: float
    difference: float
    errors: float
    pairs: int
    moved: int


def shown(case: Showing) -> Shown:
    """Return what the case shows: each replicate with the mechanism against the same one without."""
    whole, without = lived(case, ()), lived(case, (case.mechanism,))
    both = ~(np.isnan(whole) | np.isnan(without))
    change = (whole - without)[both]
    mean = float(change.mean()) if len(change) else 0.0
    error = float(change.std(ddof=1)) / math.sqrt(len(change)) if len(change) > 1 else 0.0
    errors = mean / error if error > 0.0 else math.copysign(math.inf, mean) if mean else 0.0
    return Shown(
        float(whole[both].mean()) if len(change) else math.nan,
        float(without[both].mean()) if len(change) else math.nan,
        mean,
        errors,
        len(change),
        int((change != 0.0).sum()),
    )


def assert_shown(case: Showing) -> None:
    """Fail unless the mechanism moves its quantity in its direction, beyond chance."""
    found = shown(case)
    told = (
        f"{case.mechanism}: {case.claim} With it {found.whole:.5g}, without {found.without:.5g}: "
        f"{found.difference:+.3g}, {found.errors:+.1f} standard errors, "
        f"{found.moved} of {found.pairs} replicates moved"
    )
    assert found.moved > 0, told
    assert case.sign * found.difference > 0.0, told
    assert case.sign * found.errors > ERRORS, told


# --- what several scenes share ---


def dearer(factor: float) -> dict[str, Any]:
    """Return the region's milestones, each costing the target ``factor`` times as much."""
    entries = REGION["disputes"][0]["milestones"]
    return {"milestones": {entry["name"]: {"cost": factor * entry["cost"]} for entry in entries}}


def strangers(misreading: float) -> dict[str, Any]:
    """Return the two principals, each misreading the other by so many points."""
    return {state: {"misreading": misreading} for state in ("target", "lead")}


def minded(character: str) -> dict[str, Any]:
    """Return a party that is of this hidden character for sure."""
    return {"prior": {each: float(each == character) for each in ("sincere", "opportunist", "hardline")}}


def trusted(belief: float) -> Callable[[dict[str, Any]], None]:
    """Return a change of the region: how far the principals believe each other at first."""

    def change(raw: dict[str, Any]) -> None:
        for tie in raw["trust"]:
            if {tie["from"], tie["to"]} == {"lead", "target"}:
                tie["belief"] = belief

    return change


#: Measures stand, and nobody talks: what they do by themselves.
NO_TALKS = {"talks": {"track": "public"}, "pressure": {"phase": "hold", "months": 120}}
#: Measures are raised to the utmost, and nobody talks.
PRESSED = {
    "talks": {"track": "public"},
    "pressure": {"phase": "maximum", "level": 1.0, "months": 120, "openings": 0.0},
}
#: All relief at once, whatever is done for it.
ALL_AT_ONCE = [{"relief": {"all": 1.0}, "asks": {"all": 1.0}, "release": "unconditional"}]
#: One inspector, whose first bad report counts.
STRICT = {"number": 1, "consecutive": 1, "grace": 0, "tolerance": 0.0}
#: What failed is answered in the same month, before a better report could come.
AT_ONCE = {"speed": 0}


# --- what a quantity may ask of a finished world ---


def tension(world: World) -> float:
    """Return the danger of violence, on average."""
    return float(world.tallies[0].total_tension / world.tallies[0].months)


def risk(world: World) -> float:
    """Return the price of uncertainty to those who would trade and invest."""
    return float(world.disputes[0].risk)


def times(*kinds: int) -> Callable[[World], float]:
    """Return a quantity: how often events of these kinds happened."""
    return lambda world: float(sum(world.seen.times[:, kind].sum() for kind in kinds))


def months_until(kind: int) -> Callable[[World], float]:
    """Return a quantity: the month of the first event of this kind, or the last month where there is none."""

    def first(world: World) -> float:
        found = events(world, kind).month
        return float(found[0] if len(found) else world.tallies[0].months)

    return first


def events(world: World, event: int) -> Any:
    """Return the entries of the ledger about ``event``, in order."""
    ledger = world.ledger[: world.written]
    return ledger[ledger.event == event]


def target(world: World) -> Any:
    """Return the target's row of states."""
    return world.states[world.disputes[0].target_state]


def lead(world: World) -> Any:
    """Return the lead sender's row of states."""
    return world.states[world.disputes[0].lead_state]


def target_party(world: World) -> Any:
    """Return the target's row of parties."""
    return world.parties[world.disputes[0].target]


def lead_party(world: World) -> Any:
    """Return the lead sender's row of parties."""
    return world.parties[world.disputes[0].lead]


def trust_of(world: World, party: Any) -> float:
    """Return the belief of a party that its counterpart keeps its word."""
    return float(world.trust[party.tie_to].belief)
