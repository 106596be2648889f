import copy
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from model.agents import CivilSociety, Mediator, RegionalBody, State
from model.compiled import is_plain
from model.model import SanctionsModel
from model.parameters import number_of
from model.scenario import load_scenario
from model.series import SERIES
from model.vocabulary import InputError, Role
from model.world import World

pytestmark = pytest.mark.usefixtures("compiled")


def same_world(one, other):
    return all(
        getattr(one.world, name).tobytes() == getattr(other.world, name).tobytes() for name in World._fields
    )


# --- living ---


def test_a_run_ends_at_the_horizon_and_stays_as_it_is():
    model = SanctionsModel(months=3)
    assert (model.month, model.date, model.running) == (0, "2012-01", True)
    model.run()
    assert (model.month, model.date, model.running) == (3, "2012-04", False)
    before = model.outcome()
    model.step()
    assert model.month == 3
    assert pd.Series(model.outcome()).equals(pd.Series(before))


def test_the_horizon_is_the_scenario_s_own_unless_another_is_given():
    assert SanctionsModel("stylised-region").horizon == load_scenario("stylised-region").months
    assert SanctionsModel(months=7).horizon == 7


def test_mesa_runs_the_model_as_any_other():
    model = SanctionsModel(months=4)
    model.run_model()
    assert model.month == 4


def test_one_row_a_month_is_collected_and_named_by_its_month():
    series = SanctionsModel(months=5).run().datacollector.get_model_vars_dataframe()
    assert list(series.columns) == list(SERIES)
    assert list(series["month"]) == [0, 1, 2, 3, 4]
    assert list(series["date"]) == ["2012-01", "2012-02", "2012-03", "2012-04", "2012-05"]
    assert series.drop(columns="date").notna().all(axis=None)


def test_shares_in_the_series_are_shares():
    shares = [name for name, series in SERIES.items() if series.unit == "share"]
    series = SanctionsModel(strategy="big-bang", replicate=1, months=60).run()
    frame = series.datacollector.get_model_vars_dataframe()[shares].astype(float)
    assert (frame >= -1e-12).all(axis=None)
    assert (frame <= 1.0 + 1e-12).all(axis=None)


def test_nothing_is_collected_where_nothing_is_asked_for():
    model = SanctionsModel(months=3, collect=False).run()
    assert model.datacollector.get_model_vars_dataframe().empty


def test_columns_of_agents_are_collected_where_that_is_asked_for():
    model = SanctionsModel(months=2, collect_agents=True).run()
    states = model.datacollector.get_agenttype_vars_dataframe(State)
    assert len(states) == 2 * len(model.agents_by_type[State])
    assert states["support"].between(0, 1).all()


# --- what is changed by hand ---


def test_what_is_changed_before_the_first_month_counts():
    changed, untouched = SanctionsModel(months=1), SanctionsModel(months=1)
    changed.actor("iran").support = 0.9
    changed.run(), untouched.run()
    assert changed.actor("iran").support - untouched.actor("iran").support > 0.2


def test_a_phase_of_one_s_own_is_lived_through_every_month():
    seen = []

    def calm(world, given, month):
        seen.append((month, float(given.parameters.stranger)))
        world.disputes[0].tension = 0.0

    model = SanctionsModel(months=4, phases=[calm]).run()
    assert [month for month, _ in seen] == [0, 1, 2, 3]
    assert model.dispute.tension == 0.0
    assert list(model.datacollector.get_model_vars_dataframe()["tension"]) == [0.0] * 4


def test_a_phase_that_does_nothing_changes_nothing():
    plain, phased = SanctionsModel(months=12).run(), SanctionsModel(months=12, phases=[lambda *_: None]).run()
    assert same_world(plain, phased)


def test_a_model_that_failed_does_not_pretend_to_go_on():
    def fail(world, given, month):
        if month == 2:
            raise ZeroDivisionError("no such luck")

    model = SanctionsModel(months=6, phases=[fail])
    with pytest.raises(ZeroDivisionError):
        model.run()
    assert (model.month, model.running) == (2, False)
    for go_on in (model.step, model.run, model.branch().step):
        with pytest.raises(RuntimeError, match=r"month 2 failed .*no such luck.* cannot go on"):
            go_on()


# --- the ledger ---


def test_no_event_is_lost_however_long_the_ledger_grows():
    model = SanctionsModel(strategy="big-bang", replicate=1, months=60)
    model._make_room()
    opening = len(model.world.ledger)
    model.run()
    assert len(model.events()) == model.world.seen.times.sum() > 50
    shorter = SanctionsModel(strategy="big-bang", replicate=1, months=60)
    for _ in range(60):
        written = shorter.world.written
        shorter.world = shorter.world._replace(ledger=shorter.world.ledger[:written].copy())
        shorter.step()
        assert len(shorter.world.ledger) >= opening - written
    pd.testing.assert_frame_equal(shorter.events(), model.events())


@pytest.mark.parametrize("scenario", ["iran-2012", "stylised-region"])
@pytest.mark.parametrize("strategy", ["step-for-step", "big-bang", "humanitarian-first", "goodwill-snapback"])
@pytest.mark.parametrize("replicate", [1, 6, 11])
def test_relief_in_the_ledger_adds_up_to_the_relief_in_force(scenario, strategy, replicate):
    model = SanctionsModel(scenario, strategy, replicate=replicate, collect=False)
    model.horizon = 18 if is_plain() else model.horizon
    events = model.run().events()
    eased = events[events["kind"].isin(["relief", "relief-expired", "stepped-back", "snapped-back"])]
    total = eased.groupby(["dispute", "who", "subject"])["amount"].sum()
    for dispute, state in model.case.parties:
        part = model.actor(state).parts[dispute]
        for sector, level in zip(SECTOR_WORDS, part.relieved, strict=True):
            assert total.get((dispute, state, sector), 0.0) == pytest.approx(level, abs=1e-9)


SECTOR_WORDS = ["energy", "finance", "technology", "essential", "arms", "travel"]


# --- branches ---


@pytest.mark.parametrize("month", [0, 1, 17])
def test_a_branch_goes_on_as_the_original_does(month):
    model = SanctionsModel(strategy="quiet-ladder", replicate=9, months=40)
    for _ in range(month):
        model.step()
    branches = [model.branch(), copy.deepcopy(model)]
    model.run()
    for branch in branches:
        assert branch.month == month
        branch.run()
        assert same_world(branch, model)
        pd.testing.assert_frame_equal(branch.events(), model.events())
        series = [one.datacollector.get_model_vars_dataframe() for one in (branch, model)]
        pd.testing.assert_frame_equal(*series)


def test_branches_are_independent_of_each_other():
    model = SanctionsModel(months=20)
    for _ in range(5):
        model.step()
    left, right = model.branch(), model.branch()
    left.actor("iran").hardliners = 0.95
    assert left.actor("iran").hardliners == 0.95
    assert left.actor("iran").model is left
    assert same_world(model, right)
    left.run()
    assert same_world(model, right)
    assert len(model.datacollector.get_model_vars_dataframe()) == 5
    assert {id(agent) for agent in left.agents}.isdisjoint({id(agent) for agent in right.agents})


# --- agents, network ---

TWO_STATES = {
    "name": "two-states",
    "title": "Two states and nobody else",
    "start": "2020-01",
    "months": 12,
    "states": [{"name": "first"}, {"name": "second", "exposure": {"energy": 0.3}}],
    "trade": [{"from": "second", "to": "first", "share": 0.5}],
    "disputes": [
        {
            "name": "matter",
            "target": "second",
            "lead": "first",
            "parties": [{"state": "first", "imposed": {"energy": 0.5}}],
            "milestones": [{"name": "rights", "asked": 1.0, "cost": 2.0, "worth": 2.0}],
        }
    ],
}
TALK = {
    "name": "talk",
    "title": "Talk",
    "description": "Talk.",
    "source": "none",
    "stages": [{"title": "All", "relief": {"energy": 1.0}, "asks": {"all": 1.0}, "release": "verified"}],
}


def test_every_kind_of_agent_can_be_asked_for_even_where_there_is_none():
    model = SanctionsModel(TWO_STATES, TALK).run()
    sizes = {kind: len(agents) for kind, agents in model.agents_by_type.items()}
    assert sizes == {State: 2, RegionalBody: 0, Mediator: 0, CivilSociety: 0}
    assert model.outcome()["leaks"] == 0


def test_agents_are_those_of_the_scenario_in_their_order():
    model = SanctionsModel()
    assert [agent.name for agent in model.agents] == list(model.case.actors)
    assert [agent.number for agent in model.agents] == list(range(len(model.case.actors)))
    assert model.target.name == "iran"
    assert model.lead.roles == {"nuclear-programme": Role.LEAD_SENDER}


def test_every_dispute_is_judged_and_an_unknown_one_is_refused_with_those_there_are():
    region = load_scenario("stylised-region", grow={"disputes": 2, "states": 14})
    model = SanctionsModel(region, months=24).run()
    first, second = (model.outcome(name) for name in region.disputes)
    assert pd.Series(model.outcome()).equals(pd.Series(first))
    assert first["hardship"] != second["hardship"]
    with pytest.raises(InputError, match=r"'dispute-3' is no dispute of .*; there is dispute-1, dispute-2"):
        model.outcome("dispute-3")


def test_an_unknown_actor_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match=r"'iraan' is no actor of iran-2012 \(did you mean 'iran'\?\)"):
        SanctionsModel().actor("iraan")


def test_the_network_shows_trust_and_channels_as_they_stand():
    model = SanctionsModel(replicate=11, months=30)
    before = model.network.edges["united-states", "iran", "trust"]["weight"]
    model.run()
    edge = model.network.edges["united-states", "iran", "trust"]
    assert edge["weight"] == pytest.approx(
        model.datacollector.get_model_vars_dataframe()["trust_sender_in_target"].iloc[-1]
    )
    assert edge["weight"] != before
    lines = [tie["open"] for *_, tie in model.network.edges(data=True) if tie["layer"] == "back channel"]
    assert sum(lines) == 2 * int(model.world.channels["open"].sum())


# --- input ---

WRONG = {
    "seed": ({"seed": -1}, "seed is -1"),
    "seed that is no number": ({"seed": "7"}, "seed is '7'"),
    "replicate": ({"replicate": -1}, "replicate is -1"),
    "months": ({"months": 0}, "months is 0"),
    "scenario": ({"scenario": "iran-2013"}, "iran-2013: no such scenario"),
    "strategy": ({"strategy": "big-bong"}, "big-bong: there is no such strategy"),
    "parameter": ({"parameters": {"leek_base": 1.0}}, "leek_base.*did you mean 'leak_base'"),
    "value": ({"parameters": {"leak_base": -1.0}}, "leak_base' is -1; allowed is"),
    "rows": ({"parameters": pd.DataFrame({"leak_base": [0.01, 0.02]})}, "2 rows; a watched run has one"),
    "mechanism": ({"without": ("M999",)}, "mechanism 'M999' is not one of those of the seeds, M01 to M"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_wrong_input_is_refused_with_what_is_allowed(arguments, message):
    with pytest.raises(InputError, match=message):
        SanctionsModel(**arguments)


def test_parameters_are_taken_as_a_mapping_or_a_table_of_one_row():
    high = number_of("leak_base").high
    mapping, table = (
        SanctionsModel(parameters=numbers, months=2)
        for numbers in ({"leak_base": high}, pd.DataFrame({"leak_base": [high]}))
    )
    assert mapping.terms.given.parameters.leak_base == table.terms.given.parameters.leak_base == high
    assert SanctionsModel(parameters={}, months=2).terms.given.parameters.leak_base != high


# --- costs ---


@pytest.mark.skipif(is_plain(), reason="the uncompiled month takes a thousand times as long")
@pytest.mark.parametrize("scenario", ["iran-2012", "stylised-region"])
def test_a_watched_step_takes_less_than_a_fraction_of_a_millisecond(scenario):
    best = np.inf
    for _ in range(5):
        model = SanctionsModel(scenario, collect=False)
        started = time.perf_counter()
        model.run()
        best = min(best, (time.perf_counter() - started) / model.horizon)
    assert best < 500e-6  # about 50 on an idle core; see make bench


def test_importing_the_package_imports_nothing_heavy():
    told = "import sys, model; print(sorted({'mesa', 'numba', 'numpy', 'pandas'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_every_public_name_can_be_read():
    import model

    assert all(getattr(model, name) is not None for name in model.__all__)
    assert set(model.__all__) <= set(dir(model))
    with pytest.raises(AttributeError, match="no attribute 'SanctionModel'"):
        model.SanctionModel  # noqa: B018
