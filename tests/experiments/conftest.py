"""A pretended model: strategies of known worth, so that what is tested is the telling and not the told."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import model
from model.vocabulary import InputError, Kind

CASES = ["a-case", "a-quiet-case", "a-double-case"]
WORTH = {"patient-talks": 1.2, "quiet-talks": 1.0, "loud-talks": -1.0}


@dataclass
class Entry:
    name: str
    title: str = "A title"
    description: str = "What it is. And where it comes from."
    archetype: str = "ST00"
    months: int = 48
    start: str = "2012-01"
    path: str | None = None
    varies: str | None = None

    source: str = "made up"
    disputes: tuple = ("the-dispute",)
    principals: tuple = ("Targetland", "Senderland")
    stages: tuple = (
        SimpleNamespace(title="Talk", track="main"),
        SimpleNamespace(title="Agree", track="main"),
    )
    tracks: tuple = ("main",)

    def text(self):
        return f'title = "{self.title}"\ndescription = "{self.description}"\n'

    @property
    def label(self):
        return f"strategy '{self.name}'"

    @property
    def kind_of(self):
        return dict.fromkeys(self.principals, Kind.STATE)

    def check(self, scenario):
        if (self.name, scenario.name) == ("loud-talks", "a-quiet-case"):
            raise InputError("strategy 'loud-talks': there is nobody to shout at")

    def place_of(self, dispute):
        if dispute is not None and dispute not in self.disputes:
            raise InputError(f"'{dispute}' is no dispute; there is {', '.join(self.disputes)}")
        return self.disputes.index(dispute or self.disputes[0])

    def totals(self, scenario):
        return SimpleNamespace(relief=0.2, pressure=12.0, effort=90.0 + 30 * (self.name == "loud-talks"))


def one_run(strategy, seed, replicate, knob, months, dispute=0):
    common, own = (
        np.random.default_rng([seed, replicate]),
        np.random.default_rng([seed, replicate, len(strategy)]),
    )
    luck = common.normal() + 0.2 * own.normal() + WORTH[strategy] + knob - 2.0 * dispute
    lasted = bool(luck > 0.5)
    return {
        "settled": bool(luck > 0),
        "settled_and_lasted": lasted,
        "months_to_first_relief": float(int(min(20 / (1 + max(luck, 0)), months))) if luck > -0.5 else np.nan,
        "months_to_agreement": 24.0 if luck > 0 else np.nan,
        "hardship": float(1 / (1 + np.exp(luck))),
        "reversals": int(luck < 0),
        "leaks": int(common.poisson(1.0)),
        "label": "settled and durable" if lasted else "stalled" if luck > 0 else "never started",
        "ending": "lifted" if lasted else "continuing",
    }


def pretended_ensemble(
    scenario, strategies, *, replicates=200, seed=7, parameters=None, months=None, workers=None, progress=None
):
    rows = []
    for strategy in strategies:
        for replicate in range(replicates):
            knob = 0.0 if parameters is None else float(parameters.loc[replicate, "knob"])
            varied = {"draw": 0} if parameters is None else {"draw": replicate, "p_knob": knob}
            for place, dispute in enumerate(scenario.disputes):
                named = {
                    "scenario": scenario.name,
                    "strategy": strategy.name,
                    "dispute": dispute,
                    "seed": seed,
                    "replicate": replicate,
                }
                rows.append(named | varied | one_run(strategy.name, seed, replicate, knob, months, place))
    runs = pd.DataFrame(rows)
    if progress is not None:
        progress("compiling", 0, 1)
        progress("running", len(runs), len(runs))
    return runs.astype(dict.fromkeys(["scenario", "strategy", "dispute", "label", "ending"], "category"))


class PretendedModel:
    def __init__(
        self,
        *,
        scenario,
        strategy,
        seed=7,
        replicate=0,
        parameters=None,
        months=None,
        progress=None,
        without=(),
    ):
        sides = {"target": "targetland", "lead": "senderland"}
        matters = [SimpleNamespace(name=name, **sides) for name in scenario.disputes]
        self.case = SimpleNamespace(
            principals=("senderland", "targetland"),
            disputes=scenario.disputes,
            text=SimpleNamespace(disputes=matters),
        )
        self.place_of = scenario.place_of
        self.lived = (strategy.name, seed, replicate, (parameters or {}).get("knob", 0.0), months or 48)

    def series(self, dispute=None):
        dates = pd.period_range("2012-01", periods=6, freq="M").astype(str)
        hardship = 0.3 + 0.1 * self.place_of(dispute)
        return pd.DataFrame({"date": dates, "hardship": hardship, "relief": 0.1})

    def run(self):
        self.events_told = [
            (0, "2012-01", "talks-opened", "the-dispute", "Senderland opens talks with Targetland."),
            (0, "2012-01", "leak", "the-dispute", "The talks leak."),
            (2, "2012-03", "leak", "one-matter", "One matter leaks."),
            (2, "2012-03", "leak", "another", "Another matter leaks."),
            (3, "2012-04", "election", "", "Senderland votes."),
            (4, "2012-05", "concluded", "the-dispute", "Senderland and Targetland agree."),
        ]

    def events(self):
        columns = ["month", "date", "kind", "dispute", "sentence"]
        return pd.DataFrame(self.events_told, columns=columns).assign(
            who="senderland", whom="targetland", subject="", amount=0.0, why=""
        )

    def outcome(self, dispute=None):
        return one_run(*self.lived, self.place_of(dispute))


def _load(known):
    def load(name):
        if name not in known:
            raise InputError(f"'{name}' is unknown; allowed: {', '.join(known)}")
        return Entry(name, disputes=("one-matter", "another")) if name == "a-double-case" else Entry(name)

    return load


def knobs():
    columns = ["default", "low", "high", "unit", "source", "meaning", "uncertain"]
    rows = [
        (0.0, -0.5, 0.5, "1", "judgement", "a knob", True),
        (1.0, 1.0, 1.0, "1", "judgement", "no knob", False),
    ]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(["knob", "fixed"], name="name"))


@pytest.fixture
def pretended(monkeypatch, tmp_path):
    """Put the pretended model in the place of the real one, and work in an empty folder."""
    for name, value in {
        "list_scenarios": lambda: CASES,
        "list_strategies": lambda variants=True: list(WORTH),
        "load_scenario": _load(CASES),
        "load_strategy": _load(list(WORTH)),
        "run_ensemble": pretended_ensemble,
        "SanctionsModel": PretendedModel,
        "Parameters": lambda: SimpleNamespace(table=knobs),
    }.items():
        monkeypatch.setitem(vars(model), name, value)  # without loading the real one
    monkeypatch.setattr("experiments.history.meaning", lambda name: "")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def runs(pretended):
    """Return forty runs of each strategy, prepared for the findings."""
    from experiments import findings

    entries = [Entry(name) for name in WORTH]
    return findings.prepared(
        pretended_ensemble(Entry("a-case"), entries, replicates=40, seed=3, months=48), 48
    )
