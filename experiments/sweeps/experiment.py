"""An experiment is a text file: which strategies, in which scenarios, over which uncertainty, how often.

Its tables are what an analyst writes; each key says of itself what it means. What is not said keeps a
default that is stated here. ``levers`` and ``orders`` make strategies of it, ``sampling`` draws its numbers,
``grid`` lays them out as runs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, StrictInt, ValidationError, model_validator

from experiments.search.asked import Search
from experiments.sweeps.faults import faults_of
from experiments.sweeps.values import Level, Number, Pair, Span
from model.strategy_faults import translated
from model.strategy_format import Table
from model.strategy_words import Text
from model.vocabulary import InputError, nearest

#: Where the bundled experiments are kept.
CATALOGUE = Path(__file__).parent.parent / "catalogue"
#: How points are laid into ranges, in a file's words.
Design = Literal["factorial", "latin-hypercube", "sobol", "saltelli", "morris"]
Name = Annotated[Text, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Lever(Table):
    """One thing about a strategy that is varied, and its levels."""

    name: Name = Field(description="what it is called in tables and in the names of strategies")
    key: Text | None = Field(
        None,
        description="a key of the header, such as talks.secrecy_months, or of every stage: every_stage.dwell",
    )
    dimension: Text | None = Field(None, description="a dimension of design or institution, D01 to I20")
    about: Text | None = Field(None, description="which question of the dimension, where it asks several")
    transform: Literal["steps", "profile", "sectors", "talks"] | None = Field(
        None, description="cut into so many steps (D03), relief early or late (D04), sectors first (D07)"
    )
    levels: tuple[Level, ...] = Field((), description="its levels; of a dimension, all by default")
    low: Number | None = Field(None, description="lower end of a range, instead of levels")
    high: Number | None = Field(None, description="upper end of the range; whole where both are whole")
    count: Annotated[StrictInt, Field(ge=2)] = Field(
        3, description="even levels of the range, in a factorial"
    )


class Orders(Table):
    """The stages of each strategy in other orders."""

    before: tuple[Pair, ...] = Field(
        (), description="pairs of stage titles: the first has to come before the second"
    )
    sample: Annotated[StrictInt, Field(ge=2)] | None = Field(
        None, description="how many valid orders are drawn, the file's own among them; all by default"
    )
    at_most: Annotated[StrictInt, Field(ge=2)] = Field(
        1000, description="more valid orders than this are refused, unless a sample is named"
    )


class Generate(Table):
    """Strategies that are made from those named, by levers and by orders."""

    design: Design = Field("factorial", description="how levels are combined")
    points: Annotated[StrictInt, Field(ge=1)] | None = Field(
        None, description="how many combinations: rows of a hypercube, N of Saltelli, trajectories of Morris"
    )
    levers: tuple[Lever, ...] = Field((), description="what is varied")
    order: Orders | None = Field(None, description="in which orders the stages stand")


class Uncertain(Table):
    """The numbers that nobody knows, and how they are drawn."""

    design: Literal["none", "factorial", "latin-hypercube", "sobol", "saltelli", "morris", "posterior"] = (
        Field("latin-hypercube", description="how draws fill the ranges; none: all at their defaults")
    )
    points: Annotated[StrictInt, Field(ge=1)] = Field(
        100, description="draws of a hypercube, N of Sobol and Saltelli, trajectories of Morris"
    )
    numbers: tuple[Text, ...] = Field((), description="which are drawn; all that are uncertain by default")
    ranges: dict[str, Span] = Field(
        default_factory=dict, description="narrower ranges than those declared, as [low, high]"
    )
    levels: dict[str, tuple[Number, ...]] = Field(
        default_factory=dict, description="the values of each number, in a factorial"
    )
    posterior: Text | None = Field(
        None, description="a CSV or Parquet file of draws, a column a number; a column weight may weigh them"
    )
    luck: Literal["fresh", "common"] | None = Field(
        None,
        description="whether each draw has luck of its own, or all share that of their replicates; "
        "common by default in saltelli, morris and factorial designs, else fresh",
    )


class Experiment(Table):
    """An experiment without faults, as its file says it; `load_experiment` reads one.

    Two experiments are equal that say the same, wherever they were read from.
    """

    name: Name = Field(description="also the beginning of its results folder's name")
    title: Text = Field(description="the question, as a heading")
    description: Text = Field("", description="what is asked, and why")
    scenarios: tuple[Text, ...] = Field(
        title="list of scenarios", description="names of bundled ones, or paths from this file"
    )
    strategies: tuple[Text, ...] = Field(title="list of strategies", description="likewise")
    replicates: Annotated[StrictInt, Field(ge=1)] = Field(1, description="runs of each strategy and draw")
    seed: Annotated[StrictInt, Field(ge=0)] = Field(7, description="of all luck, and of all that is drawn")
    months: Annotated[StrictInt, Field(ge=1, le=1200)] | None = Field(
        None, description="length of a run; the scenario's own by default"
    )
    outcome: Text = Field("settled_and_lasted", description="the outcome that its questions are about")
    outcomes: tuple[Text, ...] = Field((), description="which outcomes are kept; all by default")
    without: tuple[Text, ...] = Field((), description="mechanisms that are switched off")
    thresholds: dict[str, Number] = Field(
        default_factory=dict, description="by outcome, what is good enough (robustness)"
    )
    uncertain: Uncertain = Field(
        default_factory=lambda: Uncertain.model_validate({}), description="the numbers that are drawn"
    )
    generate: Generate | None = Field(None, description="strategies made from those named")
    search: Search | None = Field(None, description="goals and budget of backchannel search")

    _home: Path = PrivateAttr(Path())

    @model_validator(mode="after")
    def _faultless(self) -> Self:
        if faults := [*faults_of(self)]:
            raise InputError("\n".join(faults))
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Experiment) and dict(self) == dict(other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def home(self) -> Path:
        """The folder from which its paths are seen."""
        return self._home

    def place(self, named: str) -> str:
        """Return a name as it is, and a path as seen from the experiment's folder."""
        return str(self._home / named) if named.endswith(".toml") else named


def list_experiments() -> list[str]:
    """Return the names of the bundled experiments in alphabetical order."""
    return sorted(path.stem for path in CATALOGUE.glob("*.toml"))


def load_experiment(source: str | Path | Mapping[str, Any] | Experiment) -> Experiment:
    """Return the experiment of that name, in that file, or said by that mapping.

    Raises
    ------
    InputError
        If there is none, or it has faults: all of them, one a line.
    """
    if isinstance(source, Experiment):
        return source
    if isinstance(source, Mapping):
        return _read(source, f"experiment '{source.get('name', 'without a name')}'", Path())
    named = CATALOGUE / f"{source}.toml"
    path = named if named.is_file() and not Path(source).is_file() else Path(source)
    if not path.is_file():
        bundled = list_experiments()
        hint = nearest(path.stem, bundled)
        raise InputError(
            f"{source}: there is no such experiment; a path or one of {', '.join(bundled)}{hint}"
        )
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InputError(f"{path}: is not a TOML file: {fault}") from fault
    return _read(content, str(path), path.parent)


def _read(content: Mapping[str, Any], label: str, home: Path) -> Experiment:
    try:
        experiment = Experiment.model_validate(dict(content))
    except ValidationError as error:
        faults = translated(error, Experiment)
        raise InputError("\n".join(f"{label}: {fault}" for fault in faults)) from None
    experiment._home = home
    return experiment
