"""What a search is to do: an experiment with its files read, the space, the ground, and what of it is run."""

from __future__ import annotations

from dataclasses import dataclass

import model
from experiments.search import ground as grounds
from experiments.search.asked import Search
from experiments.search.goals import Aim, aims_of
from experiments.search.ground import Ground
from experiments.search.space import Space
from experiments.sweeps.experiment import Experiment
from experiments.sweeps.grid import digest
from model.vocabulary import InputError


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
