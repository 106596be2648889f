"""A search run, or gone on with: its course, every candidate where there are few, fresh ground at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments import manifest, store
from experiments.search.course import Course, searched
from experiments.search.folder import account_of, default_folder, opened, table_of
from experiments.search.ground import Evaluate
from experiments.search.judging import front_of, scored
from experiments.search.plan import Plan, plan_of
from experiments.search.record import Record
from experiments.search.results import CANDIDATES, FRESH, TRIED, SearchResults
from experiments.search.simulation import Simulation
from experiments.search.space import Candidate
from experiments.sweeps import folder as shelf
from experiments.sweeps.crews import check_cluster, crew_of
from experiments.sweeps.experiment import Experiment, load_experiment
from experiments.sweeps.sweep import Progress, silent

Floats = NDArray[np.float64]


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
    if cluster is not None and evaluate is None:
        check_cluster(cluster)
    opened(folder, plan, command)
    with shelf.locked(folder), store.refusals_explained(folder):
        manifest.write_manifest(folder, account_of(plan, command, folder))
        if evaluate is not None:
            _run(plan, folder, evaluate)
        else:
            with opens() as crew:
                _run(plan, folder, Simulation(crew, progress or silent, plan.runs))
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
