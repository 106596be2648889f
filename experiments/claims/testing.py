"""Putting claims to the model: one call from a claim to its judgement."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from experiments.claims.cases import SCALES, Scale, cases
from experiments.claims.claim import Claim, load_claim
from experiments.claims.judging import Judgement, judged
from experiments.claims.trial import Progress, tried
from model.ensemble import counted
from model.vocabulary import InputError, nearest

#: Of all draws and all luck, unless another is named.
SEED = 7


def try_claim(
    claim: Claim | str | Path,
    scale: str = "plain",
    seed: int = SEED,
    out: str | Path | None = None,
    progress: Progress | None = None,
    span: int = 1,
) -> Judgement:
    """Put a claim to the model and return what became of it.

    Parameters
    ----------
    claim : Claim, str or Path
        A claim, the id of a bundled one ("C61"), or a file.
    scale : str
        How many worlds in the real case, and in each of four families of networks: "fast" (24), "plain"
        (400) or "full" (2,000).
    seed : int
        Of all draws of the uncertain numbers, and of all luck.
    out : str or Path, optional
        A folder in which runs are kept; what is there already is not run again.
    progress : callable, optional
        Called with (doing, runs done, runs in all).
    span : int
        How many times its scenario's months a run lasts, from 1 on: an arm that begins later or waits longer
        has less time to be seen to last.

    Returns
    -------
    Judgement
        The verdict by the claim's own rule, and all that it rests on; `experiments.claims.told` and
        `experiments.claims.figures` say and draw it.

    Raises
    ------
    InputError
        If there is no such claim or scale, seed or span is no whole number or too small, or the folder cannot
        be written.
    """
    counted("seed", seed, 0)
    counted("span", span, 1)
    asked = claim if isinstance(claim, Claim) else load_claim(claim)
    place = Path(out) if out is not None else None
    return judged(tried(asked, cases(scale_of(scale), seed, span), place, progress or silent))


def try_claims(
    claims: Sequence[Claim], scale: Scale, seed: int, place: Path | None, progress: Progress, span: int = 1
) -> list[Judgement]:
    """Put several claims to the model, in the same worlds; progress is told claim after claim."""
    grounds = cases(scale, seed, span)
    return [judged(tried(claim, grounds, place, progress)) for claim in claims]


def scale_of(name: str) -> Scale:
    """Return the scale of that name.

    Raises
    ------
    InputError
        If there is none.
    """
    if name not in SCALES:
        raise InputError(f"'{name}' is no scale; one of {', '.join(SCALES)}{nearest(name, SCALES)}")
    return SCALES[name]


def silent(doing: str, done: int, total: int) -> None:
    """Tell nobody."""
