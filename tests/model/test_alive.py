"""Whether the model is alive: luck matters, strategies matter, and every rule acts."""

import functools
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from model.compiled import is_plain
from model.ensemble import run_ensemble
from model.model import SanctionsModel
from model.outcomes import OUTCOMES
from model.parameters import uncertain_numbers
from model.scenario import list_scenarios
from model.strategy import list_strategies, load_strategy
from model.vocabulary import Event

pytestmark = [
    pytest.mark.usefixtures("compiled"),
    pytest.mark.skipif(is_plain(), reason="thousands of runs: compiled only"),
]

REPLICATES = 100
SCENARIOS = list_scenarios()
#: Without variants, which may be the same history as what they vary until late, or count a design twice.
STRATEGIES = list_strategies(variants=False)

#: Corners of the knob space: every uncertain number at one end of its range, by the toss of a coin.
CORNERS = 5
RUNS_OF_A_CORNER = 30


@functools.cache
def runs(scenario):
    """Return every bundled strategy in a bundled scenario, judged in its first dispute, on the same luck."""
    return first_dispute(run_ensemble(scenario, STRATEGIES, replicates=REPLICATES))


def first_dispute(table):
    """Return the rows of the first dispute of a scenario."""
    return table[table.dispute == table.dispute.iloc[0]]


@functools.cache
def ablated(scenario, strategies, without, replicates=60):
    """Return runs of ``strategies`` without some mechanisms."""
    plans = [INSPECTED if name == "inspected" else load_strategy(name) for name in strategies]
    return run_ensemble(scenario, plans, replicates=replicates, without=without)


def with_tools(name):
    """Return a bundled strategy whose stages are verified with every tool."""
    text = load_strategy(name).model_dump(exclude_unset=True)
    tools = ["satellite", "financial-traces", "audits", "on-site", "databases"]
    stages = [{**stage, "verify": {**stage.get("verify", {}), "tools": tools}} for stage in text["stages"]]
    return load_strategy({**text, "name": "inspected", "stages": stages})


INSPECTED = with_tools("step-for-step")


# --- luck and policy ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_two_replicates_are_the_same_history(scenario, strategy):
    own = runs(scenario).query("strategy == @strategy").set_index(["replicate", "dispute"])
    histories = own[list(OUTCOMES)].unstack("dispute")
    assert len(histories.drop_duplicates()) == len(histories) == REPLICATES


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_two_strategies_make_a_difference_on_the_same_luck(scenario):
    table = runs(scenario)
    imposed = set(table.replicate) - set(table.replicate[table.imposed_at.isna()])
    lived = table[table.replicate.isin(imposed)]
    told = {
        strategy: own[list(OUTCOMES)].to_numpy(float)
        for strategy, own in lived.groupby("strategy", observed=True)
    }
    for first, second in combinations(told.values(), 2):
        differs = ~np.isclose(first, second, equal_nan=True).all(axis=1)
        assert differs.mean() > 0.5


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_strategies_differ_in_what_they_settle(scenario):
    settled = runs(scenario).groupby("strategy", observed=True).settled_and_lasted.mean()
    assert settled.max() - settled.min() > 0.1


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_every_strategy_can_end_in_several_ways(strategy):
    assert runs("iran-2012").query("strategy == @strategy").label.nunique() >= 3


# --- no free lunch -----------------------------------------------------------------------------------------


def corners():
    """Return draws in which every uncertain number stands at one end of its range."""
    luck = np.random.default_rng(7)
    columns = {
        number.name: np.where(luck.uniform(size=CORNERS) < 0.5, number.low, number.high)
        for number in uncertain_numbers()
    }
    return pd.DataFrame(columns)


@functools.cache
def settled_by_corner():
    """Return, by scenario and corner, what each strategy settled for good: replicates by strategies."""
    cells = {}
    for scenario in SCENARIOS:
        table = first_dispute(
            run_ensemble(scenario, STRATEGIES, replicates=RUNS_OF_A_CORNER, parameters=corners())
        )
        for draw, cell in table.groupby("draw"):
            cells[scenario, draw] = cell.pivot_table(
                index="replicate", columns="strategy", values="settled_and_lasted", observed=True
            ).astype(float)
        cells[scenario, "default"] = (
            runs(scenario)
            .pivot_table(index="replicate", columns="strategy", values="settled_and_lasted", observed=True)
            .astype(float)
        )
    return cells


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_strategy_is_best_everywhere(strategy):
    beaten = []
    for cell in settled_by_corner().values():
        lead = cell.sub(cell[strategy], axis=0)
        error = (lead.std() / np.sqrt(len(cell))).clip(lower=1e-9)
        beaten.append(bool((lead.mean() > 2.0 * error).any()))
    assert any(beaten)


# --- every rule acts ---------------------------------------------------------------------------------------

PUBLIC = ("published-roadmap", "maximum-pressure", "big-bang")
QUIET = ("quiet-ladder", "deep-secret")
SEATED = ("regional-choreography", "humanitarian-first")
HOTLINED = ("pause-for-relief", "confidence-first")
STEPWISE = ("step-for-step", "confidence-first", "quiet-ladder")

#: What happens to an outcome when a mechanism is switched off, as its definition has it.
DIRECTIONS = [
    ("M01", QUIET, "effort", "down", "a channel lets options be explored out of sight"),
    ("M02", STEPWISE, "misreading", "up", "private exchange of red lines narrows misreading"),
    ("M14", QUIET, "leaks", "down", "channels leak"),
    ("M15", STEPWISE, "escalations", "up", "an open line survives shocks"),
    ("M16", HOTLINED, "escalations", "up", "a hotline keeps incidents from escalating"),
    ("M21", STEPWISE, "channel_trust", "changes", "word travels"),
    ("M25", QUIET, "leaks", "up", "a memorandum lowers the leak hazard"),
    ("M30", QUIET, "suspicion", "down", "long secrecy breeds suspicion"),
    ("M45", PUBLIC, "hardliners_target", "down", "visible concessions embolden opponents"),
    ("M46", PUBLIC + STEPWISE, "agreement_ended", "down", "new leaders reset policy"),
    ("M53", PUBLIC, "hardliners_target", "up", "benefits that reach many widen the stake in a deal"),
    ("M55", PUBLIC, "spoiler_attacks", "down", "spoilers strike at progress"),
    ("M57", PUBLIC, "hardliners_target", "down", "pressure takes political space"),
    ("M61", PUBLIC, "settled", "down", "pressure makes a target reconsider"),
    ("M62", PUBLIC, "hardliners_target", "down", "pressure felt as punishment hardens"),
    ("M66", PUBLIC, "hardship", "up", "openings spare people"),
    ("M67", PUBLIC, "hardship", "up", "exemptions spare people"),
    ("M68", PUBLIC, "spillover", "down", "losses travel along trade"),
    ("M69", PUBLIC, "pressure_months", "up", "circumvention takes pressure off"),
    ("M74", STEPWISE, "settled", "up", "relief spends leverage"),
    ("M80", PUBLIC, "true_compliance", "down", "snapback takes away what cheating wins"),
    ("M82", STEPWISE, "disputes", "down", "false alarms cause disputes"),
    ("M83", PUBLIC, "sham_share", "down", "weak detection invites misreporting"),
    ("M84", ("inspected",), "true_compliance", "down", "cross-checks make it pay to do, not to feign"),
    ("M97", ("confidence-first", "quiet-ladder"), "misreading", "up", "small steps teach"),
    ("M105", PUBLIC, "defections", "up", "a platform holds the coalition"),
    ("M109", PUBLIC, "ripple", "down", "neighbours follow what they see verified"),
    ("M113", SEATED, "ownership", "down", "co-design makes owners"),
]


@pytest.mark.parametrize(("mechanism", "strategies", "outcome", "direction", "why"), DIRECTIONS)
def test_a_mechanism_switched_off_is_missed(mechanism, strategies, outcome, direction, why):
    changes = []
    for scenario in SCENARIOS:
        whole = ablated(scenario, strategies, ())[outcome].to_numpy(float)
        without = ablated(scenario, strategies, (mechanism,))[outcome].to_numpy(float)
        changes.append(without - whole)
    change = np.concatenate(changes)
    change = change[~np.isnan(change)]  # an outcome that does not apply on either side says nothing
    assert (change != 0.0).any(), f"{mechanism} ({why}): switching it off changes nothing"
    if direction != "changes":
        sign = 1.0 if direction == "up" else -1.0
        assert sign * change.mean() > 0.0, f"{mechanism} ({why}): {outcome} should go {direction}"


def with_a_seat(name):
    """Return a bundled strategy in which civil society has a seat, and so its watchdogs have access."""
    text = load_strategy(name).model_dump(exclude_unset=True)
    civilians = {**text.get("civilians", {}), "civil_society": "co-designer"}
    return load_strategy({**text, "name": f"seated-{name}", "civilians": civilians})


def test_without_watchdogs_more_relief_stands_for_conduct_that_is_not_there():
    """M52: watchdogs with a seat find gaps; a gap that nobody finds goes on being rewarded."""
    plans = [with_a_seat(name) for name in ("step-for-step", "published-roadmap", "quiet-ladder")]
    changes = []
    for scenario in SCENARIOS:
        watched = run_ensemble(scenario, plans, replicates=800)
        unwatched = run_ensemble(scenario, plans, replicates=800, without=("M52",))
        changes.append((unwatched.wrong_relief - watched.wrong_relief).astype(float))
    change = pd.concat(changes)
    assert change.mean() > 2.0 * change.sem()


def months_in_dispute(without):
    """Return how long disputed findings stayed open, month by month, under a panel with a short deadline."""
    text = load_strategy("step-for-step").model_dump(exclude_unset=True)
    panel = {**text, "name": "panel", "findings": {"handling": "panel", "deadline": 2}}
    spans = []
    for replicate in range(20):
        model = SanctionsModel("stylised-region", panel, replicate=replicate, without=without, collect=False)
        ledger = model.run().world.ledger[: model.world.written]
        opened = ledger.month[ledger.event == Event.DISPUTED]
        settled = ledger.month[ledger.event == Event.DISPUTE_SETTLED]
        places = np.searchsorted(settled, opened, side="right")
        spans += [
            int(settled[place] - start)
            for place, start in zip(places, opened, strict=True)
            if place < len(settled)
        ]
    return spans


def test_without_a_panel_findings_stay_disputed_for_longer():
    """M86: an escalation procedure with a panel shortens disputes; switched off, politics takes its time."""
    with_panel, without = months_in_dispute(()), months_in_dispute(("M86",))
    assert len(with_panel) > 5
    assert np.mean(without) > np.mean(with_panel)
