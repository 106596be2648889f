"""The verb that puts claims to the model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def claims(
    *,
    only: Annotated[
        list[str] | None, typer.Option(help="One claim, such as C13; repeat it; default: all ten.")
    ] = None,
    fast: Annotated[bool, typer.Option("--fast", help="A smoke run: too few worlds for a verdict.")] = False,
    full: Annotated[bool, typer.Option("--full", help="As many worlds as the record has.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Names all draws and all luck.")] = 7,
    out: Annotated[Path | None, typer.Option(help="Folder; the same one goes on where it stopped.")] = None,
    span: Annotated[
        int, typer.Option(min=1, max=10, help="How many times its scenario's months a run lasts.")
    ] = 1,
    record: Annotated[bool, typer.Option("--record", help="Keep it in docs/claims, as the record.")] = False,
) -> None:
    """Put ten claims about sequencing to the model: which hold, where, and why."""
    from experiments.claims.aloud import Asked, claims_aloud

    if fast and full:
        raise typer.BadParameter("--fast and --full: one of them, or neither")
    scale = "fast" if fast else "full" if full else "plain"
    claims_aloud(Asked(tuple(only or ()), scale, seed, out, span), record)


def add_to(main: typer.Typer) -> None:
    """Add the verb to the command line."""
    main.command()(claims)
