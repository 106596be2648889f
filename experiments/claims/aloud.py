"""Claims on the terminal: progress while they run, the scoreboard, where the report is, and the record."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from experiments import briefing, progress, report, store
from experiments.analysis import spoken
from experiments.claims import chapters, record, tabled
from experiments.claims.cases import GROUPS, SCALES, Scale
from experiments.claims.claim import Claim, list_claims, load_claim
from experiments.claims.judging import Judgement
from experiments.claims.testing import SEED, try_claims
from experiments.sweeps.aloud import STOPPED
from model.vocabulary import InputError

#: Where the runs of claims are kept in a results folder.
RUNS = "runs"


class Asked(NamedTuple):
    """What was asked for: which claims (all, if none is named), how much, which luck, whereto, how long."""

    only: Sequence[str]
    scale: str
    seed: int
    out: Path | None
    span: int = 1

    @property
    def folder(self) -> Path:
        """The results folder."""
        long = [f"span-{self.span}"] if self.span > 1 else []
        named = "-".join(["claims", *(Path(id).stem for id in self.only), self.scale, *long])
        return self.out or Path("results") / (named if self.seed == SEED else f"{named}-seed-{self.seed}")

    @property
    def command(self) -> str:
        """The command line that gives the same numbers again."""
        words = ["backchannel", "claims", *(word for id in self.only for word in ("--only", id))]
        words += [f"--{self.scale}"] if self.scale != "plain" else []
        words += ["--seed", str(self.seed)] if self.seed != SEED else []
        words += ["--span", str(self.span)] if self.span > 1 else []
        return shlex.join([*words, *(["--out", str(self.out)] if self.out else [])])


def claims_aloud(asked: Asked, keep: bool) -> None:
    """Put claims to the model, print the scoreboard, and write the report; ``keep`` it as the record.

    Raises
    ------
    InputError
        If a claim is not known, or something cannot be written.
    """
    refuse_half_a_record(asked, keep)
    refuse_another(asked.folder)
    claims = [load_claim(id) for id in asked.only or list_claims()]
    refuse_twice([claim.id for claim in claims])
    judgements = ran(asked, claims, SCALES[asked.scale])
    fast = judgements if asked.scale == "fast" else ran(asked, claims, SCALES["fast"])
    found = record.recorded(
        {each.claim.id: each for each in judgements},
        {each.claim.id: record.numbers(each) for each in fast},
        asked.scale,
        SCALES[asked.scale].worlds * len(GROUPS),
        asked.seed,
        asked.span,
    )
    record.write(found, asked.folder)
    sections = chapters.write(found, asked.command, asked.folder)
    screen = briefing.console()
    if asked.scale == "fast":
        screen.print("\nA smoke run: it has too few worlds for verdicts.", style="bold", highlight=False)
    if len(judgements) > 1:
        say(judgements, screen)
    else:
        spoken.say(sections[0], screen)
    for line in [kept(found)] if keep else standing(asked, judgements, fast):
        screen.print(line, highlight=False, markup=False)
    screen.print(
        f"\n{report.LABEL}. Written to {asked.folder / chapters.REPORT}",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


def refuse_half_a_record(asked: Asked, keep: bool) -> None:
    """Raise if what is asked for cannot be the record: that is of all claims, in full, on the usual luck."""
    if keep and (asked.only or asked.scale != "full" or asked.seed != SEED or asked.span != 1):
        raise InputError(
            f"--record keeps all claims, in full, over the scenarios' months, on the luck of seed {SEED}: "
            "--full --record"
        )


def refuse_another(folder: Path) -> None:
    """Raise if a folder holds something, but nothing of claims: what is there might be taken for theirs."""
    if not folder.is_dir():
        return
    with store.refusals_explained(folder):
        held = {path.name for path in folder.iterdir()}
    if held and not held & {RUNS, record.RECORD}:
        raise InputError(f"--out: '{folder}' holds something else than claims; name a new or an empty folder")


def refuse_twice(ids: Sequence[str]) -> None:
    """Raise if two claims have one id, so that one would stand in for the other."""
    for id in ids:
        if ids.count(id) > 1:
            raise InputError(f"--only: two claims are called '{id}': give each an id of its own")


def ran(asked: Asked, claims: Sequence[Claim], scale: Scale) -> list[Judgement]:
    """Return the judgements of claims at a scale, with progress shown; what is kept is not run again."""
    place, found = asked.folder / RUNS, []
    for claim in claims:
        with progress.Progressing(f"{claim.id}, {scale.name}") as board:
            try:
                found += try_claims([claim], scale, asked.seed, place, board, asked.span)
            except KeyboardInterrupt:
                said = f"what was run is kept in {place}. To go on: {asked.command}"
                typer.echo(f"backchannel: stopped; {said}", err=True)
                raise typer.Exit(STOPPED) from None
    return found


def say(judgements: Sequence[Judgement], screen: Console) -> None:
    """Print the scoreboard: of each claim verdict, effect, share of the space, where it flips, and why."""
    from experiments.claims.figures import title_of

    screen.print(f"\n{title_of(judgements)}.\n", style="bold", highlight=False, markup=False)
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 1, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    board = tabled.scoreboard(judgements)
    for id, row in board.iterrows():
        lines = [
            f"[bold]{row['says']}[/]",
            f"[bold]{row['verdict']}[/]: {row['effect']}",
            f"of the space it holds in {row['holds in']}, fails in {row['fails in']}; "
            f"{row['where it flips']}",
            f"{row['why']}",
        ]
        table.add_row(str(id), "\n".join(lines))
    screen.print(table, highlight=False)


def standing(asked: Asked, judgements: Sequence[Judgement], fast: Sequence[Judgement]) -> list[str]:
    """Return whether the record of this checkout is that of its code, by the numbers of the fast run."""
    try:
        known = record.read()
    except InputError:
        return ["There is no record of a full run here."]
    recorded = {id: each.claim for id, each in known.judgements.items()}
    own = {each.claim.id: each for each in fast if recorded.get(each.claim.id) == each.claim}
    if (asked.seed, asked.span) != (known.seed, known.span) or not own:  # or claims of the user's own
        return []
    moved = record.differing(known, {id: record.numbers(each) for id, each in own.items()})
    if moved:
        said = f"OUT OF DATE for {', '.join(moved)}: the model gives other numbers now"
        return [f"The record of {known.made[:10]} is {said} (backchannel claims --full --record)."]
    in_full = {id: each.verdict for id, each in known.judgements.items()}
    others = [each.claim.id for each in judgements if each.verdict != in_full.get(each.claim.id)]
    told_in_full = ", ".join(f"{id} {in_full[id]}" for id in others if id in own)
    note = f"; verdicts differ from these: in full, {told_in_full}" if told_in_full else ""
    return [f"The record of {known.made[:10]} (full run) is of this model, to the last digits{note}."]


def kept(found: record.Record) -> str:
    """Keep a record as that of this checkout, its figures beside it, and say so."""
    from experiments import figures as drawing

    path = record.write(found, record.KEPT)
    for section in chapters.sections(list(found.judgements.values())):
        for name, figure in section.figures.items():
            drawing.save(figure, record.KEPT / f"{name}.png")
    tabled.scoreboard(list(found.judgements.values())).to_csv(record.KEPT / "scoreboard.csv")
    return f"Kept as the record of this checkout in {path.parent}; python -m experiments.pages tells it."
