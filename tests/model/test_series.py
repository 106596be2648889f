"""The monthly series: one reader, whether a run is watched or one of an ensemble that is traced."""

import numpy as np
import pandas as pd
import pytest

import model
from model.compiled import is_plain
from model.ensemble import blank_outcomes, call_kernel, designs_of, run_ensemble, setting_of
from model.model import SanctionsModel
from model.scenario import load_scenario
from model.series import READ, SERIES, blank_months, read_month
from model.strategy import load_strategy
from model.traces import trace_ensemble
from model.vocabulary import InputError, Role
from model.world import copy_of

pytestmark = pytest.mark.usefixtures("compiled")

#: Months that a test lives through; the uncompiled month is a thousand times slower.
SPAN = 8 if is_plain() else 96
SCENARIOS = ["iran-2012", "two-disputes"]
STRATEGIES = ["step-for-step", "big-bang"]


# --- the oracle: what each series means, in plain NumPy ---


def parts_of(world, dispute, *roles):
    """Return the parts that states with one of these roles have in a dispute."""
    row = world.disputes[dispute]
    parties = np.asarray(world.parties)[row.first_party : row.first_party + row.parties]
    return parties[np.isin(parties["role"], roles)]


def share_of_demand(row, depths):
    return np.minimum(depths, row.asked).sum() / row.asked.sum()


def belief_of(world, given, part):
    return world.trust.belief[part["tie_to"]] if part["tie_to"] >= 0 else given.parameters.stranger


def expected(world, given, dispute):
    """Return every series of one dispute as the tables of a world stand."""
    row = world.disputes[dispute]
    (target,), (lead,) = parts_of(world, dispute, Role.TARGET), parts_of(world, dispute, Role.LEAD_SENDER)
    senders = parts_of(world, dispute, Role.LEAD_SENDER, Role.SENDER)
    levels = (senders["imposed"] - senders["relieved"]) * senders["member"][:, None]
    ever = senders["imposed"] > 0.0
    at_home, abroad = world.states[target["state"]], world.states[lead["state"]]
    values = {
        "pressure_legal": levels[ever].mean() if ever.any() else 0.0,
        "pressure_felt": row.felt.sum(),
        "relief": senders["relieved"].sum() / senders["imposed"].sum() if ever.any() else 0.0,
        "compliance_true": share_of_demand(row, row.done),
        "compliance_reported": share_of_demand(row, row.reported),
        "compliance_observed": share_of_demand(row, row.observed),
        "trust_sender_in_target": belief_of(world, given, lead),
        "trust_target_in_sender": belief_of(world, given, target),
        "suspicion": (at_home.suspicion + abroad.suspicion) / 2,
        "misreading": (target["misreading"] + lead["misreading"]) / 2,
        "channels_open": world.channels.open[world.channels.dispute == dispute].sum(),
    }
    values |= {name: row[name] for name in ("tension", "publicity", "agreement")}
    values |= {name: at_home[name] for name in ("hardship", "output", "expectation")}
    for name in READ:
        column, _, side = name.rpartition("_")
        if name not in values and side in ("sender", "target"):
            values[name] = (at_home if side == "target" else abroad)[column]
    return pd.Series(values)[list(READ)].astype(float)


@pytest.mark.parametrize("scenario", [*SCENARIOS, "stylised-region"])
def test_every_series_is_what_its_definition_says(scenario):
    watched = SanctionsModel(scenario, "big-bang", replicate=1, months=SPAN)
    names = watched.case.disputes
    told = {name: [] for name in names}
    while watched.running:
        watched.step()
        for place, name in enumerate(names):
            told[name].append(expected(watched.world, watched.terms.given, place))
    for name in names:
        series, oracle = watched.series(name)[list(READ)].astype(float), pd.DataFrame(told[name])
        pd.testing.assert_frame_equal(series, oracle, rtol=1e-13, atol=1e-15)
        assert (series["relief"].max() > 0.0) or is_plain()


def read_of(world, given, dispute=0):
    rows = blank_months(1, 1)
    read_month(world, given.parameters, dispute, rows[0, 0])
    return {name: float(rows[name][0, 0]) for name in READ}


def test_measures_of_a_sender_that_left_are_not_in_force_but_were_taken(history):
    history.party(1, relieved=0.0, member=1)
    whole = read_of(history.world, history.given)
    assert whole["pressure_legal"] == pytest.approx((0.6 + 0.2) / 2)
    assert whole["relief"] == 0.0
    history.party(2, member=0)
    assert read_of(history.world, history.given)["pressure_legal"] == pytest.approx(0.6 / 2)
    history.relieves(0.25)
    eased = read_of(history.world, history.given)
    assert eased["relief"] == pytest.approx(0.25)
    assert eased["pressure_legal"] == pytest.approx(0.75 * 0.6 / 2)


def test_where_nothing_was_ever_imposed_nothing_is_in_force_or_relieved(bare):
    read = read_of(bare.world, bare.given)
    assert read["pressure_legal"] == read["relief"] == 0.0


def test_those_without_a_tie_trust_each_other_as_strangers_do(bare):
    bare.world.parties.tie_to = -1
    read = read_of(bare.world, bare.given)
    stranger = bare.given.parameters.stranger
    assert read["trust_sender_in_target"] == read["trust_target_in_sender"] == stranger


def test_all_series_have_a_unit_and_a_meaning_and_all_but_the_calendar_are_read():
    assert all(series.unit and series.meaning and series.name == name for name, series in SERIES.items())
    assert tuple(SERIES) == ("month", "date", *READ)


# --- watched and traced ---


@pytest.fixture(scope="module", params=SCENARIOS)
def traced(request):
    """Return a scenario and a trace of some runs of it."""
    return request.param, trace_ensemble(request.param, STRATEGIES, 3, months=SPAN, workers=1)


def test_a_trace_has_every_month_of_every_row_and_its_rows_are_those_of_the_ensemble(traced):
    scenario, traces = traced
    disputes = len(load_scenario(scenario).disputes)
    assert traces.names == READ
    assert traces.series.dtype == np.float64
    assert traces.series.shape == (2 * 3 * disputes, SPAN, len(READ))
    assert np.isfinite(traces.series).all()
    runs = run_ensemble(scenario, STRATEGIES, 3, months=SPAN)
    pd.testing.assert_frame_equal(traces.runs, runs, check_exact=True)


def test_a_watched_run_has_the_series_of_its_row_to_the_last_bit(traced):
    scenario, traces = traced
    for strategy, replicate in (("step-for-step", 2), ("big-bang", 1)):
        watched = SanctionsModel(scenario, strategy, replicate=replicate, months=SPAN).run()
        for dispute in watched.case.disputes:
            here = (
                (traces.runs["strategy"] == strategy)
                & (traces.runs["replicate"] == replicate)
                & (traces.runs["dispute"] == dispute)
            )
            series = watched.series(dispute)[list(READ)].to_numpy(float)
            assert series.tobytes() == traces.series[here.to_numpy()][0].tobytes()


def test_what_is_traced_does_not_depend_on_the_number_of_workers():
    replicates = 3 if is_plain() else 150
    one, two = (
        trace_ensemble("two-disputes", "quiet-ladder", replicates, months=SPAN // 4, workers=workers)
        for workers in (1, 2)
    )
    assert one.series.tobytes() == two.series.tobytes()
    pd.testing.assert_frame_equal(one.runs, two.runs, check_exact=True)


def test_draws_and_mechanisms_switched_off_are_traced_as_they_are_run():
    draws = pd.DataFrame({"leak_base": [0.004, 0.011], "replicate": [0, 2]})
    asked = {"parameters": draws, "without": ("M05",), "months": SPAN, "seed": 3}
    traces, runs = (run("iran-2012", "quiet-ladder", **asked) for run in (model.trace_ensemble, run_ensemble))
    pd.testing.assert_frame_equal(traces.runs, runs, check_exact=True)
    watched = SanctionsModel(
        "iran-2012", "quiet-ladder", 3, 2, parameters={"leak_base": 0.011}, without=("M05",), months=SPAN
    )
    series = watched.run().series()[list(READ)].to_numpy(float)
    assert series.tobytes() == traces.series[1].tobytes()


@pytest.mark.parametrize(
    ("asked", "message"),
    [({"replicates": 0}, "replicates is 0"), ({"workers": 0}, "workers is 0"), ({"months": -1}, "months is")],
)
def test_wrong_input_is_refused_as_by_the_ensemble(asked, message):
    with pytest.raises(InputError, match=message):
        trace_ensemble("iran-2012", "step-for-step", **asked)


@pytest.mark.parametrize("shape", [(1, 2), (2, 1)])
def test_a_trace_that_has_no_room_for_every_dispute_and_month_is_refused(shape):
    setting = setting_of(load_scenario("two-disputes"), [load_strategy("step-for-step")])
    designs = designs_of(1, 1, 1, 7, None)
    outcomes, world = blank_outcomes(setting, designs), copy_of(setting.opening)
    with pytest.raises(ValueError, match=r"a trace of .* for 2 rows and 2 months"):
        call_kernel(setting, world, designs, range(1), range(2), outcomes, blank_months(*shape))


# --- what a watched model keeps ---


def test_the_collected_series_are_those_of_the_first_dispute():
    watched = SanctionsModel("two-disputes", months=3).run()
    collected = watched.datacollector.get_model_vars_dataframe()
    pd.testing.assert_frame_equal(collected, watched.series())
    pd.testing.assert_frame_equal(collected, watched.series(watched.case.disputes[0]))
    assert not watched.series(watched.case.disputes[1])["hardship"].equals(collected["hardship"])
    later = watched.series(first=2)
    pd.testing.assert_frame_equal(later, collected[2:].reset_index(drop=True), check_exact=True)
    kinds = {name: type(values[0]) for name, values in watched.datacollector.model_vars.items()}
    assert (kinds["month"], kinds["channels_open"], kinds["agreement"]) == (int, int, bool)
    with pytest.raises(InputError, match="'nowhere' is no dispute of two-disputes"):
        watched.series("nowhere")


def test_where_nothing_is_collected_the_series_have_no_months():
    series = SanctionsModel(months=2, collect=False).run().series()
    assert list(series.columns) == list(SERIES)
    assert series.empty


def test_a_branch_carries_its_series_along():
    watched = SanctionsModel("two-disputes", months=6)
    watched.step()
    branch = watched.branch()
    second = watched.case.disputes[1]
    branch.run()
    assert len(watched.series(second)) == 1
    watched.run()
    pd.testing.assert_frame_equal(branch.series(second), watched.series(second), check_exact=True)


def test_series_show_what_a_phase_of_one_s_own_did_to_any_dispute():
    def calm(world, given, month):
        world.disputes[1].tension = 0.25

    watched = SanctionsModel("two-disputes", months=2, phases=[calm]).run()
    assert list(watched.series(watched.case.disputes[1])["tension"]) == [0.25, 0.25]
