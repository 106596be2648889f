"""The record: what was found when everything was run, when, of which commit, and whether it still is so.

A record also keeps the numbers of a fast run. Whoever has the code can repeat that in half a minute, and
see to the last digits whether the verdicts are those of the model as it is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from experiments import manifest, store
from experiments.claims import deciding
from experiments.claims.judging import Judgement
from model.vocabulary import InputError

#: Where the record of a checkout is kept.
KEPT = Path(__file__).resolve().parents[2] / "docs" / "claims"
RECORD = "record.json"
#: How far numbers may lie apart that are the same: libraries of other machines differ in the last digits.
CLOSE = 1e-9


@dataclass(frozen=True)
class Record:
    """What was found.

    Attributes
    ----------
    made : str
        Day and time, UTC.
    commit : str or None
        Of the checkout, with a plus sign if it had changes that were not committed.
    sources : str
        Digest of all that decides a verdict: the model, the claims, and what judges them.
    scale : str
    worlds, seed : int
        Worlds that each claim was tried in; of all draws and luck.
    span : int
        How many times its scenario's months a run lasted.
    versions : dict of str to str
    judgements : dict of str to Judgement
        By the id of the claim.
    fast : dict of str to list of float
        By the id of the claim: numbers of a fast run.
    """

    made: str
    commit: str | None
    sources: str
    scale: str
    worlds: int
    seed: int
    versions: dict[str, str]
    judgements: dict[str, Judgement]
    fast: dict[str, list[float]]
    span: int = 1

    @property
    def is_of_these_sources(self) -> bool:
        """Whether nothing that decides a verdict was changed since."""
        return self.sources == deciding.of_all()


_FORMAT = TypeAdapter(Record)


def recorded(
    judgements: Mapping[str, Judgement],
    fast: Mapping[str, list[float]],
    scale: str,
    worlds: int,
    seed: int,
    span: int = 1,
) -> Record:
    """Return the record of judgements that were just made."""
    source = manifest.source_commit()
    commit = source["commit"] and source["commit"] + ("+" if source["dirty"] else "")
    return Record(
        manifest.now(),
        commit,
        deciding.of_all(),
        scale,
        worlds,
        seed,
        manifest.versions(),
        dict(judgements),
        dict(fast),
        span,
    )


def numbers(judgement: Judgement) -> list[float]:
    """Return the numbers by which two runs are told to be the same: every response and every effect."""
    return [*_numbers(judgement)]


def _numbers(judgement: Judgement) -> Iterator[float]:
    for response in judgement.responses:
        yield response.mean
    for finding in judgement.whole.findings:
        yield finding.effect
    for explained in judgement.explained:
        yield explained.left


def differing(record: Record, fast: Mapping[str, list[float]]) -> list[str]:
    """Return the claims whose numbers, in a fast run, are not those of the record."""
    return [id for id, found in fast.items() if not same(found, record.fast.get(id, []))]


def same(one: list[float], other: list[float]) -> bool:
    """Return whether two runs gave the same numbers; what does not apply is the same as itself."""
    return len(one) == len(other) and all(
        math.isclose(first, second, rel_tol=CLOSE, abs_tol=CLOSE)
        or (math.isnan(first) and math.isnan(second))
        for first, second in zip(one, other, strict=True)
    )


def write(record: Record, folder: Path) -> Path:
    """Write a record into a folder, in place of an earlier one, and return where it is.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    path, unfinished = folder / RECORD, folder / f".{RECORD}.unfinished"
    with store.refusals_explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        said = json.dumps(_FORMAT.dump_python(record, mode="json", exclude_defaults=True), ensure_ascii=False)
        unfinished.write_text(said + "\n", encoding="utf-8")
        unfinished.replace(path)
    return path


def read(folder: Path = KEPT) -> Record:
    """Return the record in a folder, by default that of this checkout.

    Raises
    ------
    InputError
        If there is none, or it is damaged.
    """
    path = folder / RECORD
    if not path.is_file():
        raise InputError(
            f"there is no record in '{folder}': backchannel claims --full --out FOLDER makes one"
        )
    try:
        return _FORMAT.validate_python(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise InputError(f"'{path}' is damaged: {str(error).splitlines()[0]}") from error
