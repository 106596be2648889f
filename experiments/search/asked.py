"""What is asked of a search, as an experiment file says it in its table ``[search]``: goals and budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StrictFloat, StrictInt, model_validator

from model.strategy_format import Table
from model.strategy_words import Text
from model.vocabulary import InputError

#: How the states of the world become one number, in a file's words.
Over = Literal["mean", "worst-tenth", "satisficing"]
#: From so many goals on, candidates are kept apart by directions and not by crowding.
MANY = 3


class Target(Table):
    """One goal of a search: an outcome, and how its states of the world become one number."""

    outcome: Text = Field(description="an outcome of a run, or legitimacy, the mean of both sides'")
    over: Over = Field(
        "mean",
        description="over the states of the world: their mean, the mean of the worst tenth, or the share of "
        "them that meets the threshold (satisficing)",
    )
    threshold: StrictInt | StrictFloat | None = Field(
        None, description="what is good enough, for satisficing; that of [thresholds] by default"
    )

    @model_validator(mode="before")
    @classmethod
    def _named(cls, said: Any) -> Any:
        return {"outcome": said} if isinstance(said, str) else said


def _usual() -> tuple[Target, ...]:
    from experiments.analysis.states import GOALS

    return tuple(Target.model_validate(name) for name in GOALS)


class Search(Table):
    """What is sought, and how long."""

    goals: tuple[Target, ...] = Field(
        default_factory=_usual,
        description="outcomes, each by its name or as a table of outcome, over and threshold; by default "
        "durability, speed, hardship and legitimacy",
    )
    algorithm: Literal["nsga2", "nsga3"] | None = Field(
        None, description="how the next candidates are bred; nsga3 from three goals on, else nsga2"
    )
    population: Annotated[StrictInt, Field(ge=8, le=2000)] = Field(
        48, description="candidates of a generation"
    )
    generations: Annotated[StrictInt, Field(ge=1)] = Field(20, description="generations, at most")
    evaluations: Annotated[StrictInt, Field(ge=1)] | None = Field(
        None, description="no further generation once so many different candidates were run"
    )
    enumerate: StrictBool | None = Field(
        None,
        description="true: run every candidate as well, to know the true front; false: only search; by "
        "default every candidate is run instead of a search where there are few",
    )
    enumerate_up_to: Annotated[StrictInt, Field(ge=1)] = Field(
        200, description="as many candidates are few enough to run every one"
    )
    fresh: Annotated[StrictInt, Field(ge=0)] | None = Field(
        None,
        description="draws on which the front is run again (replicates, where nothing is drawn); as many as "
        "the search has by default; 0: it is not",
    )
    fresh_seed: Annotated[StrictInt, Field(ge=0)] | None = Field(
        None, description="of the luck and the draws of that; the experiment's and one by default"
    )

    @property
    def breeding(self) -> str:
        """The algorithm that is asked for, or fits the number of goals."""
        return self.algorithm or ("nsga3" if len(self.goals) >= MANY else "nsga2")


def faults_of(said: Search, thresholds: Mapping[str, float]) -> Iterator[str]:
    """Yield what is wrong with a search whose every key is well formed by itself."""
    from experiments.analysis import states, units

    if len(said.goals) < 2:
        yield "search.goals: a front is of two goals at least; name another"
    seen = set()
    for place, target in enumerate(said.goals, 1):
        at = f"search.goals[{place}]"
        try:
            goal = states.goal(target.outcome)
        except InputError as fault:
            yield f"{at}: {fault}"
            continue
        for column in goal.columns:
            if where := units.conditional(column):
                yield f"{at}: {column} applies only {where}; a goal has to apply to every run"
        if target.over == "satisficing" and threshold_of(target, thresholds) is None:
            yield f"{at}.threshold: missing: how much of {target.outcome} is good enough?"
        if target.over != "satisficing" and target.threshold is not None:
            yield f"{at}.threshold: is for over = 'satisficing' only"
        if (target.outcome, target.over) in seen:
            yield f"{at}: {target.outcome} is named twice"
        seen.add((target.outcome, target.over))
    if said.fresh_seed is not None and said.fresh == 0:
        yield "search.fresh_seed: says nothing where fresh is 0"


def threshold_of(target: Target, thresholds: Mapping[str, float]) -> float | None:
    """Return what is good enough: as the goal says it, or the experiment."""
    return target.threshold if target.threshold is not None else thresholds.get(target.outcome)
