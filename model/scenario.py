"""Scenarios: validated text files that say who is in the world, how they are tied, and what is known.

`load_scenario` reads a bundled name, a path or a mapping; every fault of a file is named with its key
and what is allowed there. `Scenario.opening` hands the month its world and network.
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from model.growth import GROWTH, Growth
from model.network import Network, Ties
from model.opening import opening_of
from model.region import GROWN_TABLES, grown
from model.scenario_faults import checked, told
from model.scenario_format import ScenarioText
from model.scenario_names import ACTOR_TABLES, date_after, is_date
from model.ties import network_of
from model.vocabulary import InputError, Kind, label_of_file, nearest
from model.world import World, copy_of

#: Where the bundled scenarios stand.
FOLDER = Path(__file__).parent / "scenarios"


@dataclass(frozen=True, eq=False)
class Scenario:
    """One scenario: a validated text, and the arrays made from it.

    Attributes
    ----------
    text : ScenarioText
        What the file says, validated.
    raw : mapping
        The same as plain tables; written back by `write`.
    path : Path or None
        Where it was read from.
    """

    text: ScenarioText
    raw: Mapping[str, Any]
    path: Path | None = None

    @property
    def name(self) -> str:
        """Name by which results refer to the scenario."""
        return self.text.name

    @property
    def title(self) -> str:
        """Title for a page or a figure."""
        return self.text.title

    @property
    def description(self) -> str:
        """What the scenario is about, in a few sentences."""
        return self.text.description

    @property
    def months(self) -> int:
        """Horizon in months."""
        return self.text.months

    @property
    def start(self) -> str:
        """Month 0, as in 2012-01."""
        return self.text.start

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the figures come from."""
        return tuple(self.text.sources)

    @cached_property
    def kind_of(self) -> dict[str, Kind]:
        """The kind of every actor, by name."""
        return {
            entry.name: kind for table, kind in ACTOR_TABLES.items() for entry in getattr(self.text, table)
        }

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """Names of all actors by number: states, bodies, mediators, civil society."""
        return tuple(self.kind_of)

    @cached_property
    def disputes(self) -> tuple[str, ...]:
        """Names of the disputes by row."""
        return tuple(dispute.name for dispute in self.text.disputes)

    def place_of(self, dispute: str | None) -> int:
        """Return the row of the dispute called so, or of the first one where none is named.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        if dispute is None:
            return 0
        if dispute not in self.disputes:
            names = ", ".join(self.disputes)
            raise InputError(
                f"'{dispute}' is no dispute of {self.name}; there is {names}{nearest(dispute, self.disputes)}"
            )
        return self.disputes.index(dispute)

    @cached_property
    def parties(self) -> tuple[tuple[str, str], ...]:
        """Dispute and state of every party by row."""
        return tuple(
            (dispute.name, party.state) for dispute in self.text.disputes for party in dispute.everyone
        )

    @cached_property
    def principals(self) -> tuple[str, ...]:
        """Names of the targets and lead senders, each once."""
        pairs = [name for dispute in self.text.disputes for name in (dispute.target, dispute.lead)]
        return tuple(dict.fromkeys(pairs))

    def date_of(self, month: int) -> str:
        """Return the date of ``month``, as in 2013-09."""
        return date_after(self.start, month)

    @cached_property
    def _first_day(self) -> tuple[World, Network]:
        network = network_of(self.text)
        return opening_of(self.text, network), network

    def opening(self) -> tuple[World, Network]:
        """Return a fresh copy of the opening world, its ledger empty, and the read-only network."""
        world, network = self._first_day
        return copy_of(world), network

    def with_ties(self, ties: Ties) -> Scenario:
        """Return the same scenario with these ties and no others.

        Raises
        ------
        InputError
            If a tie is not valid; the message names every fault.
        """
        raw = copy.deepcopy(dict(self.raw))
        channels = ties["channels"]
        raw |= {name: entries for name, entries in ties.items() if name != "channels"}
        raw["acquaintance"] = {**raw.get("acquaintance", {}), "layers": []}
        faults = [
            f"graph: back channel of '{channel['mediator']}': unknown dispute '{channel['dispute']}'"
            for channel in channels
            if channel["dispute"] not in self.disputes
        ]
        if faults:
            raise InputError("\n".join(faults))
        for dispute in raw["disputes"]:
            own = [channel for channel in channels if channel["dispute"] == dispute["name"]]
            dispute["channels"] = [
                {key: value for key, value in channel.items() if key != "dispute"} for channel in own
            ]
        return Scenario(checked(raw, "graph"), raw)

    def write(self, path: Path) -> None:
        """Write the scenario as TOML; a grown one is written out in full."""
        import tomli_w

        path.write_text(tomli_w.dumps(self.raw), encoding="utf-8")


def list_scenarios() -> list[str]:
    """Return the names of the bundled scenarios."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_scenario(source: str | Path | Mapping[str, Any], grow: Mapping[str, Any] | None = None) -> Scenario:
    """Return the scenario that ``source`` names, validated.

    Parameters
    ----------
    source : str, Path or mapping
        The name of a bundled scenario, the path of a TOML file, or the tables of one.
    grow : mapping, optional
        Keys that replace those of the table ``[grow]``, such as ``{"states": 80, "seed": 3}``; of its
        ranges only those that are named.

    Raises
    ------
    InputError
        If there is no such scenario, or if it has faults; the message names every one, a line each.
    """
    raw, where, path = _read(source)
    if grow is not None and "grow" not in raw:
        raise InputError(f"{where}: grow: this scenario lists its actors; only one with a table [grow] grows")
    if "grow" in raw:
        raw = _grown(raw, where, grow or {})
    return Scenario(checked(raw, where), raw, path)


def _grown(raw: dict[str, Any], where: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``raw`` with the actors and ties that its table ``[grow]``, so changed, grows."""
    listed_too = sorted(raw.keys() & GROWN_TABLES)
    if listed_too:
        raise InputError(f"{where}: {listed_too[0]}: grown by [grow]; leave one of the two out")
    table = raw["grow"]
    if not isinstance(table, dict):
        raise InputError(f"{where}: grow: a table is needed")
    try:
        plan = Growth.model_validate(_changed(table, changes))
    except ValidationError as invalid:
        raise InputError("\n".join(f"{where}: {fault}" for fault in told(invalid, GROWTH, "grow"))) from None
    start = raw.get("start")
    header = {key: value for key, value in raw.items() if key != "grow"}
    return header | grown(plan, str(start) if is_date(start) else "2000-01")


def _changed(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table ``[grow]`` with its keys changed; of its ranges only those that are named."""
    changed = {**table, **changes}
    both = [keys.get("ranges") for keys in (table, changes)]
    if all(isinstance(ranges, Mapping) for ranges in both):
        changed["ranges"] = {name: bounds for ranges in both if ranges for name, bounds in ranges.items()}
    return changed


def _read(source: str | Path | Mapping[str, Any]) -> tuple[dict[str, Any], str, Path | None]:
    """Return the tables of ``source``, how faults refer to it, and its path."""
    if isinstance(source, Mapping):
        return copy.deepcopy(dict(source)), "scenario", None
    path = FOLDER / f"{source}.toml" if str(source) in list_scenarios() else Path(source)
    where = label_of_file(path)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), where, path
    except (FileNotFoundError, IsADirectoryError):
        names = list_scenarios()
        near = nearest(path.stem, names)
        bundled = f"bundled are {', '.join(names)}"
        raise InputError(
            f"{source}: no such scenario{near}; {bundled}, or give the path of a TOML file"
        ) from None
    except UnicodeDecodeError as fault:
        raise InputError(f"{where}: not a text file in UTF-8: {fault.reason}") from None
    except tomllib.TOMLDecodeError as fault:
        raise InputError(f"{where}: not valid TOML: {fault}") from None
