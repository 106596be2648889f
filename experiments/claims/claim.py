"""A claim is a text file: what is done, against what, on which outcome, and what would refute it.

All of it is fixed before anything is run: the arms, the outcome, the least effect that would interest
anybody, which ablations would explain it, which placebo is told beside it. The verdict is then computed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool, StrictInt, ValidationError, model_validator

from experiments import measures
from experiments.sweeps.faults import faults_in, number_faults, repeated
from experiments.sweeps.values import Number
from model.matching import MEANS
from model.parameters import switches_without
from model.strategy_faults import translated
from model.strategy_format import Table
from model.strategy_words import Share, Text
from model.vocabulary import InputError, nearest

#: Where the claims are kept.
CATALOGUE = Path(__file__).parent
#: What became of a contrast: the least effect is reached, reached the wrong way, excluded, or none of these.
Found = Literal["holds", "worse", "same", "open"]
Positive = Annotated[Number, Field(gt=0)]


class Arm(Table):
    """One way of doing it: the base strategy with something changed, under all or some of the measures."""

    name: Text
    says: dict[str, Any] = Field(
        default_factory=dict, description="what it says over the base, as a level of docs/designs.md does"
    )
    steps: Annotated[StrictInt, Field(ge=1)] | None = Field(None, description="cut into so many steps (D03)")
    measures: Annotated[Share, Field(gt=0)] | None = Field(
        None, description="share of the scenario's measures that are in force or threatened"
    )


class Contrast(Table):
    """What has to be better than what, by how much, and what would speak against the claim."""

    name: Text
    better: tuple[Text, ...] = Field(min_length=1, description="arms, of which the best is meant")
    than: tuple[Text, ...] = Field(min_length=1, description="arms, of which the best is meant")
    outcome: Text
    least: Positive = Field(description="minimum effect of interest, in the unit of the outcome")
    kind: Literal["better", "no worse"] = Field(
        "better", description="no worse: it must not be behind by the least effect"
    )
    refuted_by: tuple[Literal["worse", "same"], ...] = Field((), description="what would refute the claim")
    rider: StrictBool = Field(False, description="told beside the verdict, and not a part of it")


class Also(Table):
    """Outcomes that are told beside it, and judged by nothing."""

    outcomes: tuple[Text, ...] = ()


class Band(Table):
    """A number that is said to decide: the claim is looked at in thirds of its range."""

    number: Text


class Ablation(Table):
    """Mechanisms without which the effect should go, if they are why."""

    without: tuple[Text, ...] = Field(min_length=1)
    says: Text


class Placebo(Table):
    """An arm whose stages are shuffled: what is left then is not owed to their order."""

    arm: Text
    copies: Annotated[StrictInt, Field(ge=1, le=20)] = 3


class Rule(Table):
    """From which share of the space on the claim is confirmed, or refuted."""

    confirmed: Share
    refuted: Share


class Claim(Table):
    """A claim without faults, as its file says it."""

    id: Annotated[Text, Field(pattern=r"^C\d\d$|^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Text
    says: Text
    seeds: tuple[Text, ...]
    status: Text
    base: Text
    matched: tuple[Text, ...] = Field((), description="which of relief, pressure and effort are made equal")
    measures: Annotated[Share, Field(gt=0)] = Field(1.0, description="as in an arm, for all of them")
    arms: tuple[Arm, ...] = Field(min_length=2)
    contrasts: tuple[Contrast, ...] = Field(min_length=1)
    also: Also = Also()
    bands: tuple[Band, ...] = ()
    ablations: tuple[Ablation, ...] = Field(min_length=1)
    placebo: Placebo | None = None
    verdict: Rule
    caveats: tuple[Text, ...] = Field((), description="what a reader of the verdict has to know")

    @property
    def needed(self) -> list[Contrast]:
        """The contrasts that the verdict rests on."""
        return [contrast for contrast in self.contrasts if not contrast.rider]

    @property
    def outcomes(self) -> list[str]:
        """Every outcome that is looked at, the first contrast's first."""
        judged = [contrast.outcome for contrast in self.contrasts]
        return list(dict.fromkeys([*judged, *self.also.outcomes]))

    @model_validator(mode="after")
    def _faultless(self) -> Self:
        if faults := [*self.faults()]:
            raise InputError("\n".join(faults))
        return self

    def faults(self) -> list[str]:
        """Return what is wrong with it, one a line."""
        names = [arm.name for arm in self.arms]
        twice = sorted({name for name in names if names.count(name) > 1})
        found = [f"arms: '{name}' is there twice" for name in twice]
        for place, contrast in enumerate(self.contrasts, 1):
            at = f"contrasts[{place}]"
            for name in (*contrast.better, *contrast.than):
                if name not in names:
                    found.append(f"{at}: '{name}' is no arm; one of {', '.join(names)}{nearest(name, names)}")
            if both := sorted({*contrast.better} & {*contrast.than}):
                found.append(f"{at}: '{both[0]}' is on both sides")
        if not self.needed:
            found.append("contrasts: all are riders; the verdict rests on one at least")
        if self.placebo is not None and self.placebo.arm not in names:
            found.append(f"placebo.arm: '{self.placebo.arm}' is no arm; one of {', '.join(names)}")
        found += [
            f"matched: '{name}'; of relief, pressure, effort" for name in self.matched if name not in MEANS
        ]
        return [
            *found,
            *repeated("contrasts", [contrast.name for contrast in self.contrasts]),
            *self._words(),
        ]

    def _words(self) -> Iterator[str]:
        """Yield each outcome, number and mechanism that there is not, with its place."""
        for place, contrast in enumerate(self.contrasts, 1):
            yield from faults_in(f"contrasts[{place}].outcome", measures.measure_of, contrast.outcome)
        for outcome in self.also.outcomes:
            yield from faults_in("also.outcomes", measures.measure_of, outcome)
        for place, band in enumerate(self.bands, 1):
            yield from number_faults(f"bands[{place}].number", band.number, ())
        for place, ablation in enumerate(self.ablations, 1):
            yield from faults_in(f"ablations[{place}].without", switches_without, list(ablation.without))


def list_claims() -> list[str]:
    """Return the ids of the claims that can be tested, in order."""
    return sorted(path.stem for path in CATALOGUE.glob("C[0-9][0-9].toml"))


def load_claim(source: str | Path) -> Claim:
    """Return the claim of that id, or in that file.

    Raises
    ------
    InputError
        If there is none, or it has faults: all of them, one a line.
    """
    bundled = CATALOGUE / f"{str(source).upper()}.toml"
    path = bundled if bundled.is_file() else Path(source)
    if path.suffix != ".toml" or not path.is_file():
        known = list_claims()
        raise InputError(
            f"'{source}' is no claim; one of {', '.join(known)}{nearest(str(source), known)}, or a file"
        )
    try:
        return Claim.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InputError(f"{path}: is not a TOML file: {fault}") from fault
    except ValidationError as error:
        raise InputError("\n".join(f"{path}: {fault}" for fault in translated(error, Claim))) from None
