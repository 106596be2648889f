"""A search run, or gone on with: its course, every candidate where there are few, and fresh ground at the end.

The folder of a search holds

    manifest.json        what made it: inputs with their digests, versions, goals, budget, started, finished
    experiment.toml      the experiment, as it was read
    scenarios/*.toml     the scenarios, as they were read
    tried/*.parquet      what was tried: a file a generation, a row a candidate and state of the world
    fresh/*.parquet      the front and the bases again, on draws and luck of another seed
    candidates.parquet   every candidate that was tried: what it was made of, and its text

The first two kinds of tables are the record; all else follows from it and from the experiment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import tomli_w
from numpy.typing import NDArray

import model
from experiments import manifest, store
from experiments.search import ground as grounds
from experiments.search.asked import Search
from experiments.search.course import Course, searched
from experiments.search.goals import Aim, aims_of
from experiments.search.ground import Evaluate, Ground
from experiments.search.judging import front_of, scored
from experiments.search.record import Record
from experiments.search.results import CANDIDATES, FRESH, TRIED, SearchResults
from experiments.search.simulation import Simulation
from experiments.search.space import Candidate, Space, is_fine
from experiments.sweeps import folder as shelf
from experiments.sweeps.crews import crew_of
from experiments.sweeps.draws import sampling_of
from experiments.sweeps.experiment import Experiment, load_experiment
from experiments.sweeps.grid import digest
from experiments.sweeps.sweep import Progress
from model.vocabulary import InputError

Floats = NDArray[np.float64]


@dataclass
class Plan:
    """A search with its files read: nothing is left that could be mistyped.

    Attributes
    ----------
    experiment : Experiment
    said : Search
    space : Space
    ground, fresh : Ground
        What candidates are tried on, and the front again; None where it is not.
    aims : list of Aim
    is_searched, is_enumerated : bool
        Whether there is a search, and whether every candidate is run.
    """

    experiment: Experiment
    said: Search
    space: Space
    ground: Ground
    fresh: Ground | None
    aims: list[Aim]
    is_searched: bool
    is_enumerated: bool

    @property
    def runs(self) -> int:
        """Runs that it takes, at most."""
        bred = self.said.population * self.said.generations if self.is_searched else 0
        tried = self.space.size if self.is_enumerated else min(self.space.size, bred)
        return (tried + len(self.space.bases)) * self.ground.runs

    @property
    def identity(self) -> dict[str, str]:
        """Digests of all that decides what a candidate is worth in a state, by what it is."""
        from model.compiled import CACHE

        said = self.ground.experiment.model_dump(mode="json", exclude={"thresholds", "title", "description"})
        fresh = self.fresh.experiment if self.fresh is not None else None
        again = None if fresh is None else [fresh.seed, fresh.replicates, fresh.uncertain.points]
        return {
            "experiment": digest([said, self.space.said.model_dump(mode="json"), again]),
            "scenarios": digest([scenario.raw for scenario in self.ground.scenarios]),
            "strategies": digest([base.text() for base in self.space.bases]),
            "draws": digest({str(name): column.tolist() for name, column in self.ground.draws.items()}),
            "model": CACHE.name,
        }


def plan_of(experiment: Experiment, enumerate: bool | None = None) -> Plan:
    """Return what a search is to do.

    Raises
    ------
    InputError
        If the experiment varies nothing, or there are more candidates than may all be run.
    """
    said = experiment.search or Search.model_validate({})
    if experiment.generate is None:
        raise InputError("generate: missing: a search goes through the orders and levers that it says")
    bases = [model.load_strategy(experiment.place(name)) for name in experiment.strategies]
    ground = grounds.ground_of(experiment, said)
    space = Space(experiment.generate, bases, ground.scenarios)
    asked = said.enumerate if enumerate is None else enumerate
    few = space.size <= said.enumerate_up_to
    if asked and not few:
        raise InputError(
            f"search.enumerate: there are {space.size:,} candidates, more than enumerate_up_to "
            f"({said.enumerate_up_to:,}): name fewer levels or orders, or a higher enumerate_up_to"
        )
    is_searched = asked is not None or not few
    is_enumerated = few if asked is None else asked
    fresh = grounds.fresh_ground(ground, said)
    aims = aims_of(said, experiment.thresholds)
    return Plan(experiment, said, space, ground, fresh, aims, is_searched, is_enumerated)


def run_search(
    experiment: Experiment | str | Path | Mapping[str, Any],
    out: str | Path | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    enumerate: bool | None = None,
    evaluate: Evaluate | None = None,
    command: str = "",
) -> SearchResults:
    """Search for strategies that no other beats at every goal, or go on with it, and return what was found.

    Parameters
    ----------
    experiment : Experiment, str, Path or mapping
        An experiment, the name of a bundled one, a file, or what such a file holds: with a table
        ``generate`` that says what is varied and, where the usual goals do not do, a table ``search``.
    out : str or Path, optional
        The results folder: new, empty, or one in which this search was begun; then it goes on there, also
        with other goals of the same outcomes or more generations. By default
        ``results/<name>-search-<digest>``.
    workers : int, optional
        That many processes; threads of this process by default, one a processor.
    cluster : str, optional
        Address of a running Dask scheduler, instead.
    progress : callable, optional
        Called with (doing, runs done, runs at most, runs failed).
    enumerate : bool, optional
        Whether every candidate is run beside the search; as the experiment says by default.
    evaluate : callable, optional
        What tries candidates, instead of the model.

    Returns
    -------
    SearchResults

    Raises
    ------
    InputError
        If something that the experiment names is not usable, or the folder holds something else or cannot be
        written. What was tried before stays.
    KeyboardInterrupt
        If it is stopped; generations that were done are kept.
    """
    plan = plan_of(load_experiment(experiment), enumerate)
    folder = Path(out) if out is not None else default_folder(plan)
    opens = crew_of(workers, cluster)
    opened(folder, plan, command)
    with shelf.locked(folder), store.refusals_explained(folder):
        manifest.write_manifest(folder, account_of(plan, command, folder))
        if evaluate is not None:
            _run(plan, folder, evaluate)
        else:
            with opens() as crew:
                _run(plan, folder, Simulation(crew, progress or _silent, plan.runs))
        shelf.finish(folder, manifest.now())
    return SearchResults(folder)


def _run(plan: Plan, folder: Path, evaluate: Evaluate) -> None:
    tried = Record(folder / TRIED, plan.ground, evaluate)

    def scores(candidates: Sequence[Candidate]) -> Floats:
        return scored(tried.values(candidates), plan.ground.names, plan.aims)

    standing = plan.space.standing()
    tried.values(standing)
    course = Course()
    if plan.is_searched:
        course = searched(plan.space, plan.said, scores, plan.experiment.seed)
    found = dict(course.found)
    if plan.is_enumerated:
        every = list(plan.space.every())
        tried.values(every)
        found = {candidate.key: candidate for candidate in every} | found
    table = table_of(plan, found, course, standing)
    if plan.fresh is not None:
        candidates = list(found.values())
        chosen = [candidates[place] for place in np.flatnonzero(front_of(scores(candidates)))]
        Record(folder / FRESH, plan.fresh, evaluate).values([*chosen, *standing])
    store.write_runs(table, folder / CANDIDATES)
    account = manifest.read_manifest(folder) | {
        "impossible": len(course.impossible),
        "reason": next(iter(course.impossible.values()), ""),
    }
    manifest.write_manifest(folder, account)


def table_of(
    plan: Plan, found: Mapping[str, Candidate], course: Course, standing: Sequence[Candidate]
) -> pd.DataFrame:
    """Return what was tried, a row a candidate, then the bases as they stand."""
    titles = {base.name: [stage.title for stage in base.stages] for base in plan.space.bases}
    rows = []
    for candidate, stands in [*((each, False) for each in found.values()), *((each, True) for each in standing)]:
        named = candidate.strategy
        rows.append(
            {
                "strategy": candidate.name,
                "key": candidate.key,
                "stands": stands,
                "generation": float(course.generation.get(candidate.key, np.nan)),
                "base": candidate.base,
                "order": None if candidate.order is None else json.dumps(candidate.order),
                "steps": None if candidate.order is None else json.dumps(titles[candidate.base]),
                "levels": json.dumps(candidate.levels),
                "text": named.text() if named is not None else "",
            }
        )
    return pd.DataFrame(rows)


# --- the folder --------------------------------------------------------------------------------------------


def default_folder(plan: Plan) -> Path:
    """Return ``results/<experiment>-search-<digest>``, the same for the same experiment and model."""
    return Path("results") / f"{plan.experiment.name}-search-{digest(plan.identity)[:8]}"


def opened(folder: Path, plan: Plan, command: str) -> None:
    """Make the folder of a search, or check that the one that is there is this search's.

    Raises
    ------
    InputError
        If it holds something else, or another search, or cannot be written.
    """
    if (folder / manifest.MANIFEST).is_file():
        shelf.check_same(folder, plan.identity, "search")
        return
    with store.results_folder(folder) as staging:
        for name in (TRIED, FRESH, "scenarios"):
            (staging / name).mkdir()
        said = plan.experiment.model_dump(mode="json", exclude_unset=True)
        (staging / shelf.EXPERIMENT).write_text(tomli_w.dumps(said), encoding="utf-8")
        for scenario in plan.ground.scenarios:
            scenario.write(staging / "scenarios" / f"{scenario.name}.toml")
        manifest.write_manifest(staging, account_of(plan, command))


def account_of(plan: Plan, command: str, folder: Path | None = None) -> dict[str, Any]:
    """Return the manifest of a search that begins, or goes on in a folder."""
    experiment, ground = plan.experiment, plan.ground
    begun = manifest.read_manifest(folder) if folder is not None else {}
    return {
        "command": command or begun.get("command", ""),
        "kind": "search",
        "name": experiment.name,
        "title": experiment.title,
        "description": experiment.description,
        "started": begun.get("started", manifest.now()),
        "finished": None,
        "versions": manifest.versions(),
        "source": manifest.source_commit(),
        "identity": plan.identity,
        "seed": experiment.seed,
        "replicates": experiment.replicates,
        "search": plan.said.model_dump(mode="json"),
        "algorithm": plan.said.breeding,
        "thresholds": dict(experiment.thresholds),
        "size": plan.space.size,
        "is_searched": plan.is_searched,
        "is_enumerated": plan.is_enumerated,
        "scenarios": [
            manifest.source_of(scenario) | {"dispute": scenario.disputes[0], "disputes": len(scenario.disputes)}
            for scenario in ground.scenarios
        ],
        "bases": [base.name for base in plan.space.bases],
        "levers": [lever.name for lever in plan.space.said.levers],
        "ranges": [lever.name for lever in plan.space.said.levers if is_fine(lever)],
        "outcomes": ground.names,
        "kind of state": ground.kind,
        "sampling": sampling_of(experiment, ground.draws),
        "fresh": None if plan.fresh is None else sampling_of(plan.fresh.experiment, plan.fresh.draws)
        | {"seed": plan.fresh.experiment.seed},
        "without": list(experiment.without),
    }


def _silent(doing: str, done: int, total: int, failed: int) -> None:
    """Tell nobody."""
