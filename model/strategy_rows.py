"""Strategies as the month reads them: every key of a file in the column that it fills."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from model.plan import Plans, blank_plans
from model.strategy_fit import Setting, place_of
from model.strategy_format import Rule, Script, Stage
from model.vocabulary import CONFIDENCE_MEASURES, MILESTONES, REFORMS, SECTORS, Sector
from model.world import TRACKS


def rows_of(scripts: Sequence[Script], scenario: Setting) -> Plans:
    """Return one header a script, and the stages and rules that the headers point to; all read-only."""
    plans = blank_plans(
        len(scripts),
        sum(len(script.stages) for script in scripts),
        sum(len(script.rules) for script in scripts),
    )
    stage, rule = 0, 0
    for row, script in enumerate(scripts):
        fill(plans.headers, row, header_columns(script, stage, rule))
        for track, stages in enumerate(script.tracks.values()):
            for columns in track_columns(track, stages, scenario):
                fill(plans.stages, stage, columns)
                stage += 1
        for each in script.rules:
            fill(plans.rules, rule, rule_columns(each))
            rule += 1
    for table in plans:
        table.flags.writeable = False
    return plans


def fill(table: Any, row: int, columns: dict[str, Any]) -> None:
    """Write ``columns`` into one row of a table."""
    for name, value in columns.items():
        table[name][row] = value


def header_columns(script: Script, stage: int, rule: int) -> dict[str, Any]:
    """Return the columns of a header whose first stage and rule have the rows ``stage`` and ``rule``."""
    columns = {name: value for part in script.header for name, value in part.columns().items()}
    lengths = [len(stages) for stages in script.tracks.values()]
    spare = TRACKS - len(lengths)
    columns["neighbours"] = bits(script.region.neighbours)
    columns |= {"first_stage": stage, "stages": len(script.stages), "tracks": len(lengths)}
    columns |= {"first_rule": rule if script.rules else -1, "rules": len(script.rules)}
    columns["track_stages"] = lengths + [0] * spare
    columns["track_first"] = [stage + sum(lengths[:track]) for track in range(len(lengths))] + [-1] * spare
    return columns


def track_columns(track: int, stages: Iterable[Stage], scenario: Setting) -> Iterable[dict[str, Any]]:
    """Yield the columns of each stage of a track; a depth once asked stands until more is asked.

    What a stage says by names (sectors, milestones, tools, ...) is replaced by its numbers.
    """
    asked = [0.0] * MILESTONES
    stages = list(stages)
    for place, stage in enumerate(stages):
        asked, before = stage.asks.spread(asked), asked
        deepest = max(stage.confidence, default=-1)
        yield (
            stage.columns()
            | stage.verify.columns()
            | stage.on_failure.columns()
            | {
                "track": track,
                "relief": stage.relief.spread([0.0] * SECTORS),
                "later": later_than(place, stages),
                "asks": asked,
                "reform": reform_in(asked, before),
                "confidence": bits(stage.confidence),
                "confidence_depth": (deepest + 1) / CONFIDENCE_MEASURES,
                "confidence_steps": len(stage.confidence),
                "tools": bits(stage.verify.tools),
                "only_sender": place_of(stage.only_sender, scenario),
            }
        )


def later_than(place: int, stages: Sequence[Stage]) -> list[float]:
    """Return the share of each sector's measures that the stages after ``place`` give back."""
    rest = [stage.relief.spread([0.0] * SECTORS) for stage in stages[place + 1 :]]
    return [min(1.0, sum(shares)) for shares in zip(*rest, strict=True)] or [0.0] * SECTORS


def reform_in(asked: Sequence[float], before: Sequence[float]) -> float:
    """Return the share of what a stage adds to the demand that is reform of government at home."""
    added = [now - then for now, then in zip(asked, before, strict=True)]
    return sum(added[milestone] for milestone in REFORMS) / sum(added) if any(added) else 0.0


def rule_columns(rule: Rule) -> dict[str, Any]:
    """Return the columns of a rule; a number of months is its threshold too, no sectors are all of them."""
    within = rule.within or 0
    return rule.columns() | {
        "threshold": float(within) if rule.threshold is None else rule.threshold,
        "within": within,
        "amount": float(rule.months or rule.share or 0),
        "sectors": bits(rule.sectors or Sector),
    }


def bits(members: Iterable[IntEnum]) -> int:
    """Return a set of ``members`` as a whole number with one bit for each."""
    return sum(1 << member for member in members)
