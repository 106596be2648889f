"""One history, however it is lived: watched or in an ensemble, compiled or not, on one worker or three."""

import copy
import hashlib
import json
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from model.compiled import is_plain
from model.ensemble import run_ensemble
from model.model import ADDRESS, SanctionsModel
from model.parameters import number_of
from model.scenario import load_scenario
from model.strategy import list_strategies, load_strategy
from model.world import TABLES

pytestmark = pytest.mark.usefixtures("compiled")

#: Months that a test lives through; the uncompiled month is a thousand times slower.
SPAN = 24 if is_plain() else 96

HISTORIES = [
    ("iran-2012", "step-for-step", 7, 0),
    ("iran-2012", "big-bang", 7, 1),
    ("iran-2012", "quiet-ladder", 7, 9),
    ("iran-2012", "humanitarian-first", 2, 3),
    ("stylised-region", "deep-secret", 7, 1),
    ("stylised-region", "maximum-pressure", 12345678901, 4),
]

LIVES = """
import hashlib, json, sys
import numpy as np
from model.model import SanctionsModel
for scenario, strategy, seed, replicate, months in json.loads(sys.argv[1]):
    model = SanctionsModel(scenario, strategy, seed, replicate, months=months, collect=False).run()
    tables = b"".join(np.ascontiguousarray(table).tobytes() for table in model.world)
    outcome = model.outcome()
    exact = {name: value if isinstance(value, str) else float(value).hex() for name, value in outcome.items()}
    print(json.dumps([hashlib.sha256(tables).hexdigest(), exact]))
"""


def fingerprint(model):
    """Return what LIVES prints of a model: a hash of every table, and the outcome to the last bit."""
    tables = b"".join(np.ascontiguousarray(table).tobytes() for table in model.world)
    outcome = model.outcome()
    exact = {name: value if isinstance(value, str) else float(value).hex() for name, value in outcome.items()}
    return [hashlib.sha256(tables).hexdigest(), exact]


def lived_elsewhere(months, plain):
    """Return the fingerprints of HISTORIES from a process of its own."""
    environment = os.environ | {"NUMBA_DISABLE_JIT": str(int(plain))}
    lives = json.dumps([[*history, months] for history in HISTORIES])
    command = [sys.executable, "-W", "error", "-c", LIVES, lives]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return [json.loads(line) for line in told.stdout.splitlines()]


def lived_here(months):
    return [
        fingerprint(SanctionsModel(*history, months=months, collect=False).run()) for history in HISTORIES
    ]


@pytest.mark.parametrize(("scenario", "strategy", "seed", "replicate"), HISTORIES)
def test_a_watched_run_is_its_row_of_the_ensemble(scenario, strategy, seed, replicate):
    others = [name for name in ("published-roadmap", "step-for-step") if name != strategy]
    runs = run_ensemble(scenario, [*others, strategy], replicates=replicate + 1, seed=seed, months=SPAN)
    row = runs.query("strategy == @strategy and replicate == @replicate").drop(columns=ADDRESS)
    watched = SanctionsModel(scenario, strategy, seed, replicate, months=SPAN).run().outcome()
    assert list(watched) == list(row.columns)
    for name, stored in row.iloc[0].items():
        assert type(watched[name]) in (bool, int, float, str)
        assert watched[name] == stored or (pd.isna(watched[name]) and pd.isna(stored)), name


def test_a_watched_run_with_parameters_and_without_a_mechanism_is_its_row():
    low, high = number_of("leak_base").low, number_of("leak_base").high
    draws = pd.DataFrame({"leak_base": [low, high], "replicate": [0, 2]})
    runs = run_ensemble("iran-2012", "quiet-ladder", parameters=draws, without=("M05",), months=SPAN)
    row = runs[runs["draw"] == 1].drop(columns=[*ADDRESS, "p_leak_base"]).iloc[0].to_dict()
    watched = SanctionsModel(
        strategy="quiet-ladder", replicate=2, parameters={"leak_base": high}, without=("M05",), months=SPAN
    )
    assert pd.Series(watched.run().outcome()).equals(pd.Series(row))


@pytest.mark.skipif(is_plain(), reason="nothing is compiled here")
def test_an_uncompiled_run_is_the_compiled_one_to_the_last_bit():
    assert lived_elsewhere(24, plain=True) == lived_here(24)


def test_the_same_history_is_lived_in_a_fresh_process():
    assert lived_elsewhere(SPAN, plain=is_plain()) == lived_here(SPAN)


def test_rows_do_not_depend_on_the_number_of_workers():
    one, three = (
        run_ensemble(
            "stylised-region", list_strategies()[:3], replicates=50, months=SPAN // 4, workers=workers
        )
        for workers in (1, 3)
    )
    pd.testing.assert_frame_equal(one, three, check_exact=True)


def test_rows_do_not_depend_on_how_many_replicates_are_run():
    few, many = (
        run_ensemble("iran-2012", "big-bang", replicates=count, months=SPAN // 2) for count in (3, 9)
    )
    pd.testing.assert_frame_equal(few, many.head(3), check_exact=True)


def same_world(one, other):
    """Return whether all tables of two worlds are equal, byte for byte, as far as the ledger is written."""
    return all(
        getattr(one, name)[: one.written if name == "ledger" else None].tobytes()
        == getattr(other, name)[: other.written if name == "ledger" else None].tobytes()
        for name in TABLES
    )


#: A target that looks ahead sees the later stages of a strategy; without this it lives from stage to stage.
BLIND = ("M121",)


@pytest.mark.parametrize("replicate", [0, 3, 9, 11])
@pytest.mark.parametrize("stage", [1, 2])
def test_strategies_share_the_world_until_the_stage_in_which_they_first_differ(replicate, stage):
    script = load_strategy("step-for-step").model_dump(exclude_unset=True)
    changed = copy.deepcopy(script)
    changed["name"] = "another"
    changed["stages"][stage]["dwell"] += 2
    changed["stages"][stage]["relief"] = {"all": 0.05}
    one, other = (
        SanctionsModel(strategy=text, replicate=replicate, collect=False, without=BLIND)
        for text in (script, changed)
    )
    for _ in range(SPAN):
        if one.world.processes[0].stage >= stage:
            break
        assert same_world(one.world, other.world)
        one.step()
        other.step()
        if one.world.processes[0].stage < stage:
            assert same_world(one.world, other.world)


@pytest.mark.parametrize("replicate", [0, 1, 2])
def test_every_strategy_meets_the_same_characters_and_the_same_market_shocks(replicate):
    met = []
    for strategy in ("step-for-step", "maximum-pressure", "deep-secret"):
        model = SanctionsModel(strategy=strategy, replicate=replicate, collect=False)
        people = model.world.parties[["character", "red_line"]].tobytes()
        events = model.run().events()
        met.append((people, list(events.loc[events["kind"] == "economic-shock", "month"])))
    assert met[0] == met[1] == met[2]


@pytest.mark.parametrize("place", [0, 7, 20])
def test_an_added_actor_without_ties_changes_nobody_else_s_history(place):
    scenario = load_scenario("iran-2012")
    wider = copy.deepcopy(dict(scenario.raw))
    wider["states"].insert(place, {"name": "atlantis"})
    alone, joined = (
        SanctionsModel(case, "quiet-ladder", 7, 9, months=SPAN).run() for case in (scenario, wider)
    )
    pd.testing.assert_frame_equal(alone.events(), joined.events(), check_exact=True)
    series = [model.datacollector.get_model_vars_dataframe() for model in (alone, joined)]
    pd.testing.assert_frame_equal(*series, check_exact=True)
    assert pd.Series(alone.outcome()).equals(pd.Series(joined.outcome()))
    for name in scenario.actors:
        theirs = [
            {key: str(value) for key, value in model.actor(name).record().items()}
            for model in (alone, joined)
        ]
        moved = {key for key in theirs[0] if theirs[0][key] != theirs[1][key]}
        assert moved <= {"first_trade", "home"}
