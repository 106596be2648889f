"""The folder of a search: made whole, grown by whole generations, and checked before it is gone on with.

    manifest.json        what made it: inputs with their digests, versions, goals, budget, started, finished
    experiment.toml      the experiment, as it was read
    scenarios/*.toml     the scenarios, as they were read
    tried/*.parquet      what was tried: a file a generation, a row a candidate and state of the world
    fresh/*.parquet      the front and the bases again, on draws and luck of another seed
    candidates.parquet   every candidate that was tried: what it was made of, and its text

What was tried, here and on fresh ground, is the record; all else follows from it and from the experiment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import tomli_w

from experiments import manifest, store
from experiments.search.course import Course
from experiments.search.plan import Plan
from experiments.search.results import FRESH, TRIED
from experiments.search.space import Candidate, is_fine
from experiments.sweeps import folder as shelf
from experiments.sweeps.draws import sampling_of
from experiments.sweeps.grid import digest


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
        said = plan.experiment.model_dump(mode="json", exclude_unset=True, exclude_none=True)
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
            manifest.source_of(scenario)
            | {"dispute": scenario.disputes[0], "disputes": len(scenario.disputes)}
            for scenario in ground.scenarios
        ],
        "bases": [base.name for base in plan.space.bases],
        "before": [list(pairs) for pairs, _ in plan.space.rules],
        "levers": [lever.name for lever in plan.space.said.levers],
        "ranges": [lever.name for lever in plan.space.said.levers if is_fine(lever)],
        "outcomes": ground.names,
        "kind of state": ground.kind,
        "sampling": sampling_of(experiment, ground.draws),
        "fresh": None
        if plan.fresh is None
        else sampling_of(plan.fresh.experiment, plan.fresh.draws) | {"seed": plan.fresh.experiment.seed},
        "without": list(experiment.without),
    }


def table_of(
    plan: Plan, found: Mapping[str, Candidate], course: Course, standing: Sequence[Candidate]
) -> pd.DataFrame:
    """Return what was tried, a row a candidate, then the bases as they stand."""
    titles = {base.name: [stage.title for stage in base.stages] for base in plan.space.bases}
    rows = []
    for candidate, stands in [
        *((each, False) for each in found.values()),
        *((each, True) for each in standing),
    ]:
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
