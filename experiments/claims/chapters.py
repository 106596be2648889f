"""The claims as chapters: on the terminal, in the report of a results folder, and in the handbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments import report, store
from experiments.analysis import page, spoken
from experiments.analysis.section import Section
from experiments.claims import figures, tabled, told
from experiments.claims.cases import FAMILIES, REAL
from experiments.claims.judging import Judgement
from experiments.claims.record import Record

REPORT = "report.html"
TITLE = "Claims put to the model"

#: How a verdict is reached, a sentence each.
HOW = (
    f"Each claim is tried in the real case, {REAL}, and in regions grown by four kinds of network "
    f"({', '.join(FAMILIES)}); each world has a draw of all uncertain numbers and luck of its own, and all "
    "arms of a claim live through the same.",
    "Hidden characters of governments are part of the luck; strategies see only what can be observed.",
    "Arms have equal means as far as their claim allows; what each plans to spend is in the tables.",
    "Half of the worlds choose: which of several doses is best, and where the space is cut. The other half "
    "measures: every effect and every share of the space is from worlds that chose nothing, and, of grown "
    "regions, from regions in which nothing was chosen.",
    "Worlds of one region are more alike than those of several, and intervals allow for that: what they take "
    "as sampled are regions (errors clustered by region, after Liang and Zeger). So they speak for regions "
    "that could be grown in these ways, not only for those that were; and, of the real case, for it alone. "
    "That all groups have their share of worlds by design is not made use of, so they are rather too wide.",
    "A contrast holds if its effect is at least the least effect of interest, which its file fixes "
    "beforehand, and its 95 % interval excludes 0; it fails if that is so the other way round, or, where the "
    "file says so, if the interval lies within the least effect on either side. Otherwise it is not told "
    "apart.",
    "Every run ends with its scenario's months, and most claims are judged by what stands then: an arm that "
    "begins later or waits longer has less time to be seen to last. Verdicts on patience and on order are "
    "about these months; --span 2 looks at twice as many.",
    "A claim is confirmed if all contrasts that it needs hold over all worlds, and in the share of the space "
    "that its file demands, and it fails in no group of cases. It is refuted if it fails in the share that "
    "its file names. It holds in part if it holds in a part that was found or in a group of cases: an "
    "effect of interest was found there, which is not to say that it differs from elsewhere.",
    "The space is cut by a small tree grown on the choosing half, as many parts as cross-validation bears. "
    "Intervals in parts, groups and thirds are widened for there being several (Bonferroni).",
    "A contrast that asks only for no worse holds if its interval excludes being behind by the least effect.",
    "The share of the space is that of worlds. Where the space was not cut, all of it has the state of the "
    "mean over all worlds; that is not to say that the claim holds in each.",
    "Intervals are not widened for there being several contrasts, nor for ten claims. One contrast can "
    "refute a claim and all have to hold, so that a claim is refuted more easily than confirmed.",
    "An ablation runs the same worlds without a mechanism. If the effect stays, that mechanism is not needed "
    "for it, though another may stand in. If the arms come to the same without it, it is what they differ "
    "in: that their difference goes then says nothing about why it was there.",
    "A placebo is told beside the verdict, and does not decide it.",
)


def summary(judgements: Sequence[Judgement]) -> Section:
    """Return the scoreboard of several claims as a chapter."""
    return Section(
        "scoreboard",
        "Which claims hold in this model?",
        figures.title_of(judgements),
        tables={"scoreboard": tabled.scoreboard(judgements)},
        figures={"scoreboard": figures.scoreboard(judgements)},
    )


def claim_section(judged: Judgement) -> Section:
    """Return a claim and what became of it as a section: its verdict, sentences, tables and figure."""
    claim = judged.claim
    return Section(
        claim.id,
        f"{claim.id}: {claim.title}",
        told.verdict(judged),
        [f"The claim: {claim.says}", *told.sentences(judged)],
        tabled.tables(judged),
        {claim.id: figures.claim(judged)},
        [told.origin(claim)],
    )


def sections(judgements: Sequence[Judgement]) -> list[Section]:
    """Return the scoreboard, where there are several claims, and a chapter for each."""
    board = [summary(judgements)] if len(judgements) > 1 else []
    return [*board, *map(claim_section, judgements)]


def write(record: Record, command: str, folder: Path) -> list[Section]:
    """Write the report of a record into a folder, and figures and tables beside it; return its chapters.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    found = sections(list(record.judgements.values()))
    text = (
        report.templates()
        .get_template("claims.html")
        .render(
            title=TITLE,
            label=report.LABEL,
            where=scope(record),
            chapters=[told_as(section) for section in found],
            command=command,
            how=HOW,
            made=made(record),
        )
    )
    for section in found:
        spoken.write(section, folder)
    with store.refusals_explained(folder):
        (folder / REPORT).write_text(text, encoding="utf-8")
    return found


def told_as(section: Section) -> dict[str, Any]:
    """Return a chapter as the template has it."""
    return page.told_as(page.Chapter(section.key, None, section), section, "")


def scope(record: Record) -> str:
    """Return in how many worlds the claims were tried."""
    groups = 1 + len(FAMILIES)
    smoke = "A smoke run, too small for verdicts: " if record.scale == "fast" else ""
    long = f"Runs last {record.span} times the scenario's months. " if record.span > 1 else ""
    each = record.worlds // groups
    where = f"{record.worlds:,} worlds a claim: {each:,} in {REAL} and as many in regions of each of "
    where += f"{len(FAMILIES)} kinds of network; half of them choose, half measure."
    return smoke + long + where


def made(record: Record) -> str:
    """Return when a record was made, of which commit, with which versions."""
    versions = ", ".join(f"{name} {version}" for name, version in record.versions.items())
    commit = record.commit or "unknown"
    return f"Made {record.made}, commit {commit}, seed {record.seed}, scale {record.scale}. {versions}."
