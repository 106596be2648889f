"""What a reader takes away: the files of a run, its tables, its figures, and all of it at once.

A run is taken away whole, however far it is lived on the page, so that the same settings always give the
same files, equal to those of ``backchannel run``.
"""

from __future__ import annotations

import hashlib
import io
import json
import shlex
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from browser.exchange import pictures, tables, uploads
from browser.exchange.byhand import changes
from browser.exchange.links import Link
from browser.exchange.tables import TABLES, Asked, as_csv, as_parquet
from experiments import history, manifest
from experiments.report import LABEL
from model.vocabulary import InputError

#: What files are, as browsers say it, by their endings.
TYPES = {
    "toml": "application/toml",
    "json": "application/json",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class Parcel:
    """A file to take away: its name and what it holds."""

    name: str
    data: bytes

    @property
    def type(self) -> str:
        """What it is, as browsers say it."""
        return TYPES[self.name.rpartition(".")[2]]


# --- files that can be run again ---------------------------------------------------------------------------


def scenario_file(asked: Asked) -> Parcel:
    """Return the scenario: as it was written or, where it was made to grow otherwise, written out in full."""
    import tomli_w

    settings = asked.settings
    case, own = settings.case(), dict(settings.scenarios)
    if settings.grow:
        text = tomli_w.dumps(case.raw)
    elif settings.scenario in own:
        text = own[settings.scenario]
    else:
        text = case.path.read_text(encoding="utf-8") if case.path is not None else tomli_w.dumps(case.raw)
    return Parcel(f"{case.name}.toml", text.encode())


def strategy_file(asked: Asked, place: int = 0) -> Parcel:
    """Return a strategy, written out whole at the levels that it is taken to."""
    strategy = asked.settings.strategy(place)
    return Parcel(f"{strategy.name}.toml", strategy.text().encode())


def settings_file(asked: Asked) -> Parcel:
    """Return the settings, with the link that shows them again."""
    settings = asked.settings
    said = {
        "made by": f"Backchannel {metadata.version('backchannel')}",
        "scenario": settings.scenario,
        "plans": [{"strategy": plan.strategy, "levels": plan.levels} for plan in settings.plans],
        "dispute": settings.case().disputes[settings.place_of_dispute()],
        "seed": settings.seed,
        "replicate": settings.replicate,
        "months": settings.span(),
        "parameters": dict(settings.parameters),
        "grow": dict(settings.grow),
        "without": settings.without,
        "uncertain": settings.uncertain,
        "link": Link(settings, asked.month, asked.tab, asked.look).query(uploads.LARGEST[uploads.STATE]),
    }
    return Parcel("settings.json", (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode())


# --- figures -----------------------------------------------------------------------------------------------


def named(asked: Asked, place: int) -> tuple[str, str]:
    """Return by which names the scenario and a strategy are found again: bundled, or those of their files."""
    settings, plan = asked.settings, asked.settings.plans[place]
    is_own = settings.scenario in dict(settings.scenarios) or bool(settings.grow)
    scenario = scenario_file(asked).name if is_own else settings.scenario
    is_changed = plan.strategy in dict(settings.strategies) or bool(plan.levels)
    return scenario, strategy_file(asked, place).name if is_changed else plan.strategy


def life_of(asked: Asked, place: int) -> history.Life:
    """Return which history the plan at ``place`` is, as the command line names one."""
    settings = asked.settings
    case, strategy = settings.case(), settings.strategy(place)
    words = ["backchannel", "run", *named(asked, place)]
    words.insert(3, "--strategy")
    words += ["--seed", str(settings.seed), "--replicate", str(settings.replicate)]
    words += ["--months", str(settings.months)] if settings.months else []
    return history.Life(
        case,
        strategy,
        settings.seed,
        settings.replicate,
        settings.months,
        dict(settings.parameters) or None,
        shlex.join(words),
        case.disputes[settings.place_of_dispute()],
        settings.without,
    )


def history_figure(asked: Asked, place: int = 0) -> Figure:
    """Return the picture of a history."""
    chapter, life = asked.chapters[place], life_of(asked, place)
    dispute = f", {life.dispute}" if len(life.scenario.disputes) > 1 else ""
    by_hand = changes(asked.settings, [place], of_runs=False)
    return pictures.history(chapter, f"{life.title()}{dispute}: {chapter.outcome['label']}", by_hand)


def fans_figure(asked: Asked) -> Figure:
    """Return the months of the ensemble, with the histories."""
    title = f"{asked.settings.case().title}, month by month"
    return pictures.fans(asked.ensemble(), asked.chapters, asked.sides, title)


def endings_figure(asked: Asked) -> Figure:
    """Return how the runs of the ensemble ended."""
    return pictures.endings(asked.ensemble(), asked.sides)


FIGURES: dict[str, Callable[[Asked], Figure]] = {
    "history": history_figure,
    "history-b": lambda asked: history_figure(asked, 1),
    "fans": fans_figure,
    "endings": endings_figure,
}
FILES: dict[str, Callable[[Asked], Parcel]] = {
    "scenario.toml": scenario_file,
    "strategy.toml": strategy_file,
    "strategy-b.toml": lambda asked: strategy_file(asked, 1),
    "settings.json": settings_file,
}
#: In which kinds of file a table and a figure can be taken away.
TABLE_KINDS: dict[str, Callable[[pd.DataFrame], bytes]] = {"csv": as_csv, "parquet": as_parquet}
FIGURE_KINDS = ("png", "svg")
#: What is made from the ensemble, and what there is only of a second plan.
OF_THE_ENSEMBLE = (*tables.OF_THE_ENSEMBLE, "fans", "endings")
OF_THE_SECOND = ("strategy-b.toml", "history-b")
#: The key of the file that holds all others.
ALL = "everything.zip"


# --- all at once -------------------------------------------------------------------------------------------


def parcel_of(key: str, asked: Asked) -> Parcel:
    """Return the file that a key names, such as "months.csv", "history.svg" or "strategy-b.toml".

    Raises
    ------
    InputError
        If there is no such file, or it cannot be made yet.
    """
    stem, _, kind = key.rpartition(".")
    if len(asked.settings.plans) == 1 and (key in OF_THE_SECOND or stem in OF_THE_SECOND):
        raise InputError("there is one strategy only: nothing is compared")
    if key == ALL:
        return everything(asked)
    if key in FILES:
        return FILES[key](asked)
    if stem in TABLES and kind in TABLE_KINDS:
        return Parcel(key, TABLE_KINDS[kind](TABLES[stem](asked)))
    if stem in FIGURES and kind in FIGURE_KINDS:
        return Parcel(key, pictures.drawn(FIGURES[stem](asked), kind))
    raise InputError(f"there is no file '{key[:40]}' to take away")


def parcels(asked: Asked) -> Iterator[Parcel]:
    """Yield all files but the one that holds them all, those of the ensemble if there is one."""
    left_out: tuple[str, ...] = () if asked.has_runs else OF_THE_ENSEMBLE
    left_out += OF_THE_SECOND if len(asked.settings.plans) == 1 else ()
    yield from (made(asked) for key, made in FILES.items() if key not in left_out)
    for stem, table in TABLES.items():
        if stem not in left_out:
            held = table(asked)
            yield from (Parcel(f"{stem}.{kind}", write(held)) for kind, write in TABLE_KINDS.items())
    for stem, figure in FIGURES.items():
        if stem not in left_out:
            picture = figure(asked)
            yield from (Parcel(f"{stem}.{kind}", pictures.drawn(picture, kind)) for kind in FIGURE_KINDS)


def everything(asked: Asked) -> Parcel:
    """Return all files in one, with a manifest and how to make the same run again."""
    started, content = manifest.now(), io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {parcel.name: parcel.data for parcel in parcels(asked)}.items():
            packed.writestr(name, data)
        packed.writestr("README.txt", read_me(asked))
        told = json.dumps(account(asked, started), indent=2, ensure_ascii=False)
        packed.writestr(manifest.MANIFEST, f"{told}\n")
    return Parcel("backchannel.zip", content.getvalue())


def account(asked: Asked, started: str) -> dict[str, Any]:
    """Return the manifest: what made the files; where anything lies on this machine is left out."""
    settings, life = asked.settings, life_of(asked, 0)
    places = range(len(settings.plans))
    details = {
        "seed": settings.seed,
        "replicate": settings.replicate,
        "months": settings.span(),
        "dispute": life.dispute,
        "parameters": dict(settings.parameters),
        "grow": dict(settings.grow),
        "without": list(settings.without),
        "uncertain": settings.uncertain,
        "label": LABEL,
    }
    strategies = [settings.strategy(place) for place in places]
    told = manifest.describe(life.command, life.scenario, strategies, started, details)
    told["scenario"] = described(life.scenario, scenario_file(asked))
    told["strategies"] = [
        described(strategy, strategy_file(asked, place)) for place, strategy in enumerate(strategies)
    ]
    return told


def described(entry: Any, parcel: Parcel) -> dict[str, str]:
    """Return the name of a scenario or strategy, and the file that holds it here."""
    return {"name": entry.name, "path": parcel.name, "sha256": hashlib.sha256(parcel.data).hexdigest()}


def read_me(asked: Asked) -> str:
    """Return what the files are, and how to make the same run again."""
    lines = [f"{asked.settings.case().title}. {LABEL}.", ""]
    for place, side in enumerate(asked.sides):
        lines += [f"The history under {side.name} is made again, where these files are, by", ""]
        lines += [f"    {line}" for line in again(asked, place)] + [""]
    lines += [
        "months, ledger, outcome: the history, whole. runs, bands: the ensemble on the same settings, a row",
        "a run, and the quantiles of its months. settings.json and the .toml files can be uploaded again.",
    ]
    return "\n".join(lines) + "\n"


def again(asked: Asked, place: int) -> list[str]:
    """Return the lines that make a history again: a command or, where it has no words for it, Python."""
    life = life_of(asked, place)
    if not life.parameters and not life.without:
        return [life.command]
    scenario, strategy = named(asked, place)
    said: dict[str, Any] = {
        "scenario": scenario,
        "strategy": strategy,
        "seed": life.seed,
        "replicate": life.replicate,
        "months": life.months,
        "parameters": life.parameters,
        "without": life.without,
    }
    return [
        "from model import SanctionsModel",
        "history = SanctionsModel(",
        *(f"    {name}={value!r}," for name, value in said.items() if value),
        ").run()",
    ]
