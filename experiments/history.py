"""One history, told month by month from the ledger, pictured, and replayed from any row of any result."""

from __future__ import annotations

import shlex
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import model
from experiments import figures, manifest, portrait, store
from model import chronicle
from model.vocabulary import InputError

Progress = Callable[[str, int, int], None]

#: Outcomes told at the end of a history, in this order, where the model gives them.
CLOSING = (
    "months_to_first_relief", "months_to_agreement", "agreement_months", "true_compliance", "report_gap",
    "reversals", "leaks", "escalations", "hardship", "spillover", "leverage_left", "channel_trust",
)  # fmt: skip


@dataclass(frozen=True)
class Life:
    """Which history: everything that decides it, so that the same life is lived again.

    Of several disputes, ``dispute`` is the one that is told of; None is the first.
    """

    scenario: Any
    strategy: Any
    seed: int = 7
    replicate: int = 0
    months: int | None = None
    parameters: dict[str, float] | None = None
    command: str = ""
    dispute: str | None = None
    without: tuple[str, ...] = ()

    @property
    def told(self) -> str | None:
        """The dispute that is told of, where there are several."""
        disputes = self.scenario.disputes
        return (self.dispute or disputes[0]) if len(disputes) > 1 else None

    def title(self) -> str:
        """Return which history this is, in a line."""
        luck = f"seed {self.seed}, replicate {self.replicate}"
        return f"{self.scenario.title} under {self.strategy.name} ({luck})"


def live(life: Life, progress: Progress | None = None) -> model.SanctionsModel:
    """Return the watched model of `life`, run to its end."""
    watched = model.SanctionsModel(
        scenario=life.scenario,
        strategy=life.strategy,
        seed=life.seed,
        replicate=life.replicate,
        parameters=life.parameters,
        months=life.months,
        progress=progress,
        without=life.without,
    )
    watched.run()
    return watched


def told(events: pd.DataFrame, width: int = 100) -> list[str]:
    """Return the ledger as lines: the date where something happened, quiet months skipped.

    What is said more than once in a month, of several sectors for instance, is told once and counted.
    """
    lines: list[str] = []
    for date, month in events.groupby(events["date"].astype(str).str[:7], sort=False):
        opening = f"{date}  "
        for sentence, times in Counter(month["sentence"].astype(str)).items():
            text = sentence if times == 1 else f"{sentence} ({times} times)"
            lines += _wrapped(text, opening, width)
            opening = " " * len(opening)
    return lines or ["Nothing happened that the ledger records."]


def told_of(watched: Any, width: int = 100, dispute: str | None = None) -> list[str]:
    """Return a lived history as merged lines, without the elections of bystanders.

    Of several disputes it tells all together, or the ``dispute`` that is named.
    """
    return told(chronicle.told(*ledger_of(watched.events(), watched.case, dispute)), width)


def ledger_of(
    events: pd.DataFrame, scenario: Any, dispute: str | None = None
) -> tuple[pd.DataFrame, Sequence[str]]:
    """Return what happened in a dispute, and who its principals are; where none is named, of all together.

    What belongs to no dispute, such as an election, belongs to each.
    """
    if dispute is None:
        return events, scenario.principals
    others = [name for name in scenario.disputes if name != dispute]
    sides = [
        side for each in scenario.text.disputes if each.name == dispute for side in (each.target, each.lead)
    ]
    return events[~events["dispute"].isin(others)], sides


def _wrapped(text: str, opening: str, width: int) -> list[str]:
    margin = " " * len(opening)
    return textwrap.wrap(
        text, width, initial_indent=opening, subsequent_indent=margin, break_on_hyphens=False
    )


def endings(life: Life, watched: Any) -> list[str]:
    """Return how a lived history ended, as lines: in full for the dispute that is told of, others in one."""
    if life.told is None:
        return closing(watched.outcome())
    others = [name for name in life.scenario.disputes if name != life.told]
    return [
        *closing(watched.outcome(life.told), life.told),
        *(closing(watched.outcome(name), name)[0] for name in others),
    ]


def closing(outcome: Mapping[str, Any], dispute: str = "") -> list[str]:
    """Return how the history, or the `dispute` that is named, ended, and what it is judged by, as lines."""
    subject = f"How {dispute or 'it'} ended"
    lines = [f"{subject}: {outcome['label']} (sanctions: {outcome.get('ending', 'not told')})"]
    for name in CLOSING:
        if name in outcome:
            lines.append(f"  {name.replace('_', ' '):<24} {amount(outcome[name], name)}{meaning(name)}")
    return lines


def amount(value: Any, name: str = "months") -> str:
    """Return the outcome `name` for the reader: "never" for a month that did not come."""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    absent = "never" if name.startswith("months") else "does not apply"
    return absent if np.isnan(value) else f"{float(value):.4g}"


def meaning(name: str) -> str:
    """Return unit and meaning of the outcome `name` where the model tells them."""
    from model.outcomes import OUTCOMES

    record = OUTCOMES.get(name)
    return "" if record is None else f"   {record.unit}: {record.meaning}"


def recorded(results: Path, row: int) -> tuple[Life, dict[str, Any], list[str]]:
    """Return the life behind row `row` of a results folder, its stored outcome, and warnings.

    Raises
    ------
    InputError
        If the results are missing or damaged, keep no rows of runs, or there is no such row.
    """
    account = manifest.read_manifest(results)
    if account.get("kind") == "sweep":
        return swept(results, row)
    if account.get("kind") is not None:
        raise InputError(
            f"'{results}' (--from) holds a {account['kind']}, which keeps no rows of single runs: name the "
            "folder of a comparison or a sweep"
        )
    runs = store.read_runs(results)
    if not 0 <= row < len(runs):
        raise InputError(f"--row {row} is not in '{results}': it holds rows 0 to {len(runs) - 1}")
    stored = {str(name): value for name, value in runs.iloc[row].to_dict().items()}
    scenario, strategy, changed = _read_again(results, account, stored)
    parameters = {
        name.removeprefix("p_"): float(value) for name, value in stored.items() if name.startswith("p_")
    }
    command = shlex.join(["backchannel", "run", "--from", str(results), "--row", str(row)])
    luck = int(stored["seed"]), int(stored["replicate"])
    judged = str(stored["dispute"]) if len(scenario.disputes) > 1 else None
    life = Life(scenario, strategy, *luck, account["months"], parameters or None, command, judged)
    return life, stored, changed


def swept(results: Path, row: int) -> tuple[Life, dict[str, Any], list[str]]:
    """Return the life behind row `row` of a sweep, its stored outcome, and warnings."""
    from experiments.sweeps.results import Results

    sweep = Results(results)
    stored = sweep.row(row)
    scenario, strategy = sweep.scenario(str(stored["scenario"])), sweep.strategy(str(stored["strategy"]))
    numbers = {str(name): float(value) for name, value in sweep.draws().loc[stored["draw"]].items()}
    command = shlex.join(["backchannel", "run", "--from", str(results), "--row", str(row)])
    judged = str(stored["dispute"]) if len(scenario.disputes) > 1 else None
    months = sweep.months[scenario.name]
    luck = int(stored["seed"]), int(stored["replicate"])
    without = tuple(sweep.account["without"])
    life = Life(scenario, strategy, *luck, months, numbers or None, command, judged, without)
    return life, stored, sweep.changed()


def _read_again(
    results: Path, account: Mapping[str, Any], stored: Mapping[str, Any]
) -> tuple[Any, Any, list[str]]:
    planned = {entry["name"]: entry for entry in account["strategies"]}
    sources = account["scenario"], planned[str(stored["strategy"])]
    kept = store.kept_strategy(results, str(stored["strategy"]))
    strategy = model.load_strategy(str(kept) if kept.is_file() else _place(sources[1]))
    read: tuple[Any, Any] = model.load_scenario(_place(sources[0])), strategy
    changed = [
        f"The file of {entry.name} has changed since these results were made"
        for entry, source in zip(read, sources, strict=True)
        if manifest.source_of(entry)["sha256"] != source["sha256"]
    ]
    return *read, changed


def _place(source: Mapping[str, Any]) -> str:
    path = source.get("path")
    return str(path) if path and Path(path).is_file() else str(source["name"])


def departures(outcome: Mapping[str, Any], stored: Mapping[str, Any]) -> list[str]:
    """Return the names of outcomes that differ from the stored row, to the last bit."""
    return [name for name, value in outcome.items() if name in stored and not _equal(value, stored[name])]


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return str(one) == str(other)
    one, other = (np.nan if value is None or value is pd.NA else float(value) for value in (one, other))
    return bool(one == other or (np.isnan(one) and np.isnan(other)))


def keep(life: Life, watched: model.SanctionsModel, folder: Path, started: str, figure: bool) -> None:
    """Write a history into `folder`: ledger, monthly series, manifest and, if asked for, its picture.

    The ledger is that of all disputes; series and picture are of the one that is told of.
    """
    series = watched.series(life.dispute)
    watched.events().to_csv(folder / "ledger.csv", index=False)
    series.to_csv(folder / "months.csv", index=False)
    if figure:
        label = watched.outcome(life.dispute)["label"]
        title = ", ".join(filter(None, [life.title(), life.told]))
        shown = portrait.between(*ledger_of(watched.events(), watched.case, life.told))
        figures.save(portrait.portrait(series, shown, f"{title}: {label}"), folder / "history.png")
    settings = {
        "seed": life.seed,
        "replicate": life.replicate,
        "months": life.months,
        "parameters": life.parameters,
        "dispute": life.dispute,
        "without": list(life.without),
    }
    account = manifest.describe(life.command, life.scenario, [life.strategy], started, settings)
    manifest.write_manifest(folder, account)
