"""What a sweep has to say of survival, counted once for words, tables and figures alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from experiments.analysis import differences, lives, survival, units
from experiments.analysis.differences import Contrasts
from experiments.analysis.survival import Followed
from experiments.measures import Measure
from experiments.statistics import Interval

#: Outcomes that have to have been kept.
NEEDED = (
    *("months_to_first_relief", "months_to_agreement", "agreement_survival", "agreement_ended"),
    *("agreement_months", "agreement_cause", "label"),
)
#: After so many months curves are read off, in tables and words.
MONTHS = (12, 24, 60)
#: With more strategies than these, the lives of agreements are compared with the longest only.
MOST_PAIRED = 60
#: What a first agreement died of, in words.
DEATHS = {
    "never started": "talks that never began",
    "stalled": "stalled progress",
    "leak": "a leak",
    "noise": "a false alarm",
    "spoiler": "a spoiler's attack",
    "turnover": "a change of leaders",
    "shock": "an incident",
    "sponsor exit": "its sponsor's leaving",
    "bloc fracture": "a split coalition",
    "cheating": "feigned conduct found out",
    "refusal": "a side's second thoughts",
    "defiance": "open defiance",
}
UNDER = Measure("agreement_months", "months under an agreement, mean over all runs", "months", True, 1)


@dataclass(frozen=True)
class Study:
    """The survival of agreements in one dispute.

    Attributes
    ----------
    runs : DataFrame
        Those that are counted: of units in which no strategy lacks a run.
    months : int
        The horizon.
    column, unit : str
        The column of `runs` that names the independent unit, and what it is called.
    under : Contrasts
        Months under any agreement, over all runs, compared on the same luck.
    agreements : dict of str to Followed
        Lives of first agreements, longest first, under strategies with enough of them.
    few : dict of str to int
        How many agreements the others had.
    whole : Followed or None
        All first agreements of all strategies; None where there is none.
    until : int
        Months over which mean lives are taken: as many years as all of `agreements` were followed.
    pairs : DataFrame
        `agreements` compared, see `survival.compared`.
    relief, settled : dict of str to Followed
        Waits until the first relief and the first agreement, of all runs.
    ends : dict of str to Followed
        How all runs ended.
    living : DataFrame
        See `survival.living`.
    """

    runs: pd.DataFrame
    months: int
    column: str
    unit: str
    under: Contrasts
    agreements: dict[str, Followed]
    few: dict[str, int]
    whole: Followed | None
    until: int
    pairs: pd.DataFrame
    relief: dict[str, Followed]
    settled: dict[str, Followed]
    ends: dict[str, Followed]
    living: pd.DataFrame

    @property
    def order(self) -> list[str]:
        """The strategies, those with most months under an agreement first."""
        return [str(name) for name in self.under.table.index]

    @property
    def read(self) -> list[int]:
        """The months of `MONTHS` that lie within the horizon."""
        return [month for month in MONTHS if month < self.months]


def studied(runs: pd.DataFrame, sampling: Mapping[str, Any], months: int) -> Study:
    """Return the survival of agreements in the runs of one scenario and dispute.

    Parameters
    ----------
    runs : DataFrame
        A row a run: scenario, strategy, replicate, draw and the outcomes `NEEDED`.
    sampling : mapping
        How the numbers were drawn, as `Results.sampling` tells it.
    months : int
        The horizon.

    Raises
    ------
    InputError
        If no unit has all of its runs under every strategy yet.
    """
    spans = {str(name): months for name in runs["scenario"].unique()}
    under = replace(differences.compared(runs, UNDER.column, sampling, spans), measure=UNDER)
    counted, plan = differences.independent(runs, sampling)
    kept, _ = units.complete_runs(counted, plan)
    column = units.unit_of(plan, kept["draw"].nunique())
    told = lives.lives_of(kept, column, months)
    enough = {name: each for name, each in told.items() if len(each) >= survival.FEWEST}
    found = {name: survival.follow(each) for name, each in enough.items()}
    until = _until(list(found.values()), months)
    best_first = sorted(found, key=lambda name: -found[name].mean(until).estimate)
    found = {name: found[name] for name in best_first}
    against = best_first[0] if len(best_first) > MOST_PAIRED else None
    whole = lives.pooled(list(told.values()))
    return Study(
        runs=kept,
        months=months,
        column=column,
        unit=under.unit,
        under=under,
        agreements=found,
        few={name: len(each) for name, each in told.items() if name not in found},
        whole=survival.follow(whole) if len(whole) else None,
        until=until,
        pairs=survival.compared(found, until, against),
        relief=_all(lives.waits_of(kept, column, months, "months_to_first_relief")),
        settled=_all(lives.waits_of(kept, column, months, "months_to_agreement")),
        ends=_all(lives.ends_of(kept, column)),
        living=survival.living(kept, column, months),
    )


def _all(told: Mapping[str, lives.Lives]) -> dict[str, Followed]:
    return {name: survival.follow(each) for name, each in told.items()}


def _until(found: Sequence[Followed], months: int) -> int:
    """Return for how many whole years all were followed; months where it is less than one."""
    shortest = min((each.months for each in found), default=months)
    return max(shortest - shortest % 12 if shortest >= 12 else shortest, 1)


# --- tables ------------------------------------------------------------------------------------------------


def tables(study: Study) -> dict[str, pd.DataFrame]:
    """Return everything that was counted, as tables by short name."""
    pairs = study.pairs.rename(columns={"p": "p log-rank", "corrected": "p corrected"})
    return {
        "agreements": agreements(study),
        "under-agreement": study.under.table.reset_index(),
        "deaths": deaths(study),
        "waits": waits(study),
        "endings": endings(study),
        "lives-compared": pairs.rename(columns={"estimate": f"longer by, of {study.until} months"}),
        "under-agreement-compared": study.under.pairs.drop(columns="unpaired"),
        "curves": curves(study),
        "by-month": pd.concat(
            [
                table.reset_index().assign(strategy=name, event=event)[
                    ["event", "strategy", "month", "share", "low", "high"]
                ]
                for event, found in by_month(study).items()
                for name, table in found.items()
            ],
            ignore_index=True,
        ),
    }


def agreements(study: Study) -> pd.DataFrame:
    """Return a row a strategy: agreements and deaths, mean and median life, the share alive after years."""
    sizes = study.runs.groupby("strategy")["agreement_survival"].agg(["size", "count"])
    died = (study.runs["agreement_ended"] == 1).groupby(study.runs["strategy"]).sum()
    rows = []
    for name in study.order:
        row: dict[str, Any] = {"strategy": name, "runs": sizes.at[name, "size"]}
        row |= {"agreements": sizes.at[name, "count"], "died": died[name]}
        found = study.agreements.get(name)
        if found is not None:
            mean = found.mean(study.until)
            row |= {f"mean life of {study.until} months": mean.estimate, "low": mean.low, "high": mean.high}
            row |= {"median life": found.median().estimate}
            row |= {f"alive after {month}": found.at(month).estimate for month in study.read}
            row |= {"months followed": found.months}
        rows.append(row)
    return pd.DataFrame(rows)


def curves(study: Study) -> pd.DataFrame:
    """Return Kaplan and Meier's curve of each strategy's first agreements, as far as it was followed."""
    columns = ["strategy", "month", "survival", "low", "high", "at_risk", "ended"]
    parts = [
        each.curve.iloc[: each.months].reset_index().assign(strategy=name)[columns]
        for name, each in study.agreements.items()
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def deaths(study: Study) -> pd.DataFrame:
    """Return the share of first agreements that died in each way: strategy, month, way, share, low, high."""
    columns = ["strategy", "month", "way", "share", "low", "high"]
    parts = []
    for name, each in study.agreements.items():
        known = [month for month in study.read if month < each.months]
        parts.append(survival.aalen_johansen(each, known).assign(strategy=name)[columns])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def endings(study: Study) -> pd.DataFrame:
    """Return the share of runs that ended in each way: strategy, label, share, low, high."""
    parts = [
        survival.aalen_johansen(study.ends[name], [0]).assign(strategy=name).rename(columns={"way": "label"})
        for name in study.order
    ]
    return pd.concat(parts, ignore_index=True)[["strategy", "label", "share", "low", "high"]]


def waits(study: Study) -> pd.DataFrame:
    """Return a row a strategy and event: its median month (infinite: never), and its share by some months."""
    rows = []
    for event, found in (("first relief", study.relief), ("agreement", study.settled)):
        for name in study.order:
            median = found[name].median()
            row: dict[str, Any] = {"strategy": name, "until": event, "median month": median.estimate}
            row |= {"low": median.low, "high": median.high}
            within = (*study.read, study.months)
            row |= {f"came within {month}": came(found[name], month).estimate for month in within}
            rows.append(row)
    return pd.DataFrame(rows)


def came(found: Followed, months: int) -> Interval:
    """Return the share of runs in which it came in the first `months` months."""
    survived, low, high = map(float, found.curve.loc[months - 1, ["survival", "low", "high"]])
    return Interval(1.0 - survived, 1.0 - high, 1.0 - low)


def by_month(study: Study) -> dict[str, dict[str, pd.DataFrame]]:
    """Return, by event and strategy, the share of all runs by month: index month; share, low and high."""
    events = {"relief has begun": study.relief, "an agreement was concluded": study.settled}
    result = {
        event: {name: 1 - _as_share(each.curve) for name, each in found.items()}
        for event, found in events.items()
    }
    alive = {name: own.set_index("month") for name, own in study.living.groupby("strategy", sort=False)}
    result["the first agreement is alive"] = {
        str(name): own[["share", "low", "high"]] for name, own in alive.items()
    }
    return result


def _as_share(curve: pd.DataFrame) -> pd.DataFrame:
    """Return a survival curve with its ends exchanged, so that one minus it is a share with its interval."""
    return pd.DataFrame({"share": curve["survival"], "low": curve["high"], "high": curve["low"]})
