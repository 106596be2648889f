"""The bundled strategies: one battery that all pass, and what each says that the others do not."""

import functools
import math
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from model.compiled import is_plain
from model.means import relief_of
from model.model import SanctionsModel
from model.scenario import list_scenarios, load_scenario
from model.strategy import BUNDLED, list_strategies, load_strategy, stack
from model.strategy_fit import ground_of
from model.strategy_format import MAIN, Script, Stage
from model.vocabulary import CONFIDENCE_MEASURES, SECTORS, RegionalRole, Sector, Standing
from model.world import TRACKS

NAMES = list_strategies()
SCENARIOS = list_scenarios()
#: Months that a test lives through; the uncompiled month is a thousand times slower.
SPAN = 12 if is_plain() else 48

bundled = pytest.mark.parametrize("name", NAMES)
in_each = pytest.mark.parametrize("scenario", SCENARIOS)
lived = pytest.mark.usefixtures("compiled")


@functools.cache
def place(scenario):
    return load_scenario(scenario)


# --- the files ---------------------------------------------------------------------------------------------


@bundled
def test_a_strategy_carries_the_name_of_its_file(name):
    strategy = load_strategy(name)
    assert strategy.name == name
    assert strategy.path == BUNDLED / f"{name}.toml"


@bundled
def test_a_strategy_says_in_two_sentences_what_it_is_and_where_it_comes_from(name):
    strategy = load_strategy(name)
    assert strategy.description.count(". ") == 1
    assert strategy.description.endswith(".")
    assert "seeds" in strategy.source


@bundled
def test_a_strategy_writes_back_to_an_equal_file(name, tmp_path):
    strategy, copy = load_strategy(name), tmp_path / "copy.toml"
    strategy.write(copy)
    assert load_strategy(copy) == strategy
    if strategy.varies is None:
        assert copy.read_bytes() == (BUNDLED / f"{name}.toml").read_bytes()


@bundled
def test_a_strategy_is_hashable_and_survives_a_pickle(name):
    strategy = load_strategy(name)
    again = pickle.loads(pickle.dumps(strategy))
    assert again == strategy
    assert hash(again) == hash(strategy)
    assert (again.path, again.varies) == (strategy.path, strategy.varies)


def test_every_archetype_is_bundled_and_nothing_else_but_the_neutral_ladder_and_variants():
    originals = {load_strategy(name).archetype for name in list_strategies(variants=False)}
    assert originals == {None, *(f"ST{number:02d}" for number in range(1, 15))}
    assert load_strategy("step-for-step").archetype is None
    assert len(list_strategies(variants=False)) == len(originals)


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(list_strategies(variants=False))))
def test_a_variant_is_of_the_archetype_of_what_it_varies(name):
    variant = load_strategy(name)
    base = load_strategy(variant.varies)
    assert variant.archetype == base.archetype
    assert base.varies is None
    assert variant != base


# --- their means -------------------------------------------------------------------------------------------


@bundled
@in_each
def test_a_strategy_fits_every_scenario_that_has_a_body_for_it(name, scenario):
    strategy = load_strategy(name)
    bodies = place(scenario).opening()[0].disputes.body
    assert strategy.region.role is RegionalRole.NONE or any(bodies >= 0)
    assert len(stack([strategy], place(scenario)).headers) == 1


@bundled
@in_each
def test_totals_are_finite_and_not_negative(name, scenario):
    totals = load_strategy(name).totals(place(scenario))
    assert all(math.isfinite(total) and total >= 0.0 for total in totals)
    assert totals.relief > 0.0
    assert totals.effort > 0.0


@bundled
@in_each
def test_strategies_give_back_the_same_in_all_and_only_maximum_pressure_presses_first(name, scenario):
    totals = load_strategy(name).totals(place(scenario))
    assert totals.relief == pytest.approx(load_strategy("step-for-step").totals(place(scenario)).relief)
    assert (totals.pressure > 0.0) == (name == "maximum-pressure")
    assert load_strategy(name).idle == 0.0


@bundled
def test_a_strategy_gives_everything_back_by_its_last_stage_but_most_of_the_arms_embargo(name):
    given = np.sum([shares(stage) for stage in load_strategy(name).stages], axis=0)
    assert given == pytest.approx([0.2 if sector is Sector.ARMS else 1.0 for sector in Sector])


@bundled
@in_each
def test_a_strategy_asks_the_full_demand_step_by_step(name, scenario):
    plans = stack([load_strategy(name)], place(scenario))
    main = plans.stages[plans.stages.track == 0]
    assert np.all(main.asks[-1] == 1.0)
    assert np.all(np.diff(main.asks, axis=0) >= 0.0)


# --- their lives -------------------------------------------------------------------------------------------

ALL_SECTORS = ["energy", "finance", "technology", "essential", "arms", "travel"]
GENTLE = {"coherence": 0.95, "legitimacy": 0.9, "hardliners": 0.02, "suspicion": 0.02, "rhetoric": 0.02}
SIDE = {"prior": {"sincere": 1.0}, "noise": 0.05, "misreading": 0.0}

#: Two states that trust each other, a demand that costs little and is worth much, and nobody in the way.
ACCORD = {
    "name": "accord",
    "title": "Accord",
    "description": "Everybody would say yes.",
    "start": "2000-01",
    "months": 180,
    "states": [
        {"name": "askers", "accountability": 0.3, "size": 1.0, **GENTLE},
        {
            "name": "asked",
            "accountability": 0.3,
            "size": 1.0,
            "resentment": 0.02,
            "exposure": dict.fromkeys(ALL_SECTORS, 0.1),
            **GENTLE,
        },
    ],
    "bodies": [{"name": "league", "kind": "regional-organisation", "can_evaluate": 0.9, "can_sponsor": 0.9}],
    "members": [{"state": state, "body": "league"} for state in ("askers", "asked")],
    "mediators": [{"name": "elder", "kind": "envoy", "skill": 0.95, "discretion": 0.95, "credibility": 0.95}],
    "trade": [{"from": "asked", "to": "askers", "share": 0.6}],
    "trust": [
        {"from": one, "to": other, "belief": 0.95, "evidence": 50.0}
        for one, other in (("askers", "asked"), ("asked", "askers"))
    ],
    "disputes": [
        {
            "name": "matter",
            "target": "asked",
            "lead": "askers",
            "body": "league",
            "verifier": "league",
            "tension": 0.01,
            "salience": 0.1,
            "enforced_peace": 0.9,
            "parties": [
                {"state": "asked", **SIDE},
                {"state": "askers", "imposed": dict.fromkeys(ALL_SECTORS, 0.5), **SIDE},
            ],
            "milestones": [
                {"name": "disarmament", "cost": 0.05, "worth": 60.0, "difficulty": 0.2, "verifiability": 0.95}
            ],
            "channels": [{"mediator": "elder", "access_target": 0.95, "access_lead": 0.95}],
        }
    ],
}
#: Replicates among which there is one in which nothing comes between.
TRIES = 5


def completed(name, replicate):
    """Return whether every stage of every track is gone through where everybody says yes."""
    # Without M61 the target does not simply give way before the stages are through.
    model = SanctionsModel(ACCORD, name, replicate=replicate, without=("M61",), collect=False)
    lengths = [len(track) for track in load_strategy(name).tracks.values()]
    tracks = model.world.processes[:TRACKS][: len(lengths)]
    while model.month < model.horizon:
        model.step()
        if list(tracks.stage) == lengths and np.all(tracks.standing == Standing.CONCLUDED):
            return True
    return False


@lived
@bundled
def test_every_stage_is_reached_where_everybody_says_yes(name):
    assert any(completed(name, replicate) for replicate in range(TRIES))


def life(name, months, replicate=3):
    return SanctionsModel("iran-2012", name, replicate=replicate, months=months).run()


@lived
@bundled
def test_the_same_seed_is_the_same_history_and_a_shorter_one_is_its_beginning(name):
    long, again, short = (life(name, months) for months in (SPAN, SPAN, SPAN // 2))
    pd.testing.assert_frame_equal(long.events(), again.events(), check_exact=True)
    assert pd.Series(long.outcome()).equals(pd.Series(again.outcome()))
    series, first = (model.datacollector.get_model_vars_dataframe() for model in (long, short))
    pd.testing.assert_frame_equal(series.head(len(first)), first, check_exact=True)
    events = long.events()
    early = events[events["month"] < SPAN // 2].reset_index(drop=True)
    pd.testing.assert_frame_equal(early, short.events(), check_exact=True)


# --- what each says ----------------------------------------------------------------------------------------


def shares(stage):
    """Return the share of each sector's measures that a stage gives back."""
    return stage.relief.spread([0.0] * SECTORS)


def value(strategy, scenario):
    """Return the share of a strategy's relief that each stage gives, by what it is worth."""
    given = [relief_of(stage, ground_of(place(scenario))) for stage in strategy.stages]
    return np.array(given) / sum(given)


def kept_to_the_last(least, most):
    """Claim that the last stage holds a share of all relief between two bounds (D08)."""
    return lambda strategy: all(least <= value(strategy, each)[-1] <= most + 1e-9 for each in SCENARIOS)


def given_early(least, most):
    """Claim that the first third of the way gives a share of all relief between two bounds (D04)."""

    def holds(strategy):
        for scenario in SCENARIOS:
            path = [0.0, *np.cumsum(value(strategy, scenario))]
            early = np.interp(1 / 3, np.linspace(0.0, 1.0, len(path)), path)
            if not least <= early <= most:
                return False
        return True

    return holds


def in_stages(least, most):
    """Claim that the main track has so many stages (D03)."""
    return lambda strategy: least <= len(strategy.tracks[MAIN]) <= most


def deepens(strategy):
    """Claim that confidence measures go from shallow to deep (D12)."""
    depths = [max(stage.confidence, default=CONFIDENCE_MEASURES) for stage in strategy.stages]
    return depths == sorted(set(depths))


def nothing_before_confidence(strategy):
    """Claim that all confidence measures come before any relief and any demand (D10)."""
    with_measures = [bool(stage.confidence) for stage in strategy.stages]
    empty = [not stage.relief and not stage.asks for stage in strategy.stages]
    return with_measures == empty == sorted(empty, reverse=True) and sum(empty) >= 2


def pilot_first(strategy):
    """Claim that a small pilot comes first, and then four stages by sector (D09, D03)."""
    pilots = [stage.pilot for stage in strategy.stages]
    small = all(value(strategy, scenario)[0] <= 0.1 for scenario in SCENARIOS)
    return pilots == [True, False, False, False, False] and small


def essentials_apart(strategy):
    """Claim that essential trade comes first, on a calendar of its own that asks nothing (D07, D33)."""
    first = strategy.tracks["humanitarian"]
    essential = [shares(stage)[Sector.ESSENTIAL] for stage in first]
    alone = all(sum(shares(stage)) == shares(stage)[Sector.ESSENTIAL] and not stage.asks for stage in first)
    return sum(essential) == 1.0 and alone and strategy.stages[0] is first[0]


def core_last(strategy):
    """Claim that most of energy and finance comes in the last stage, and none in the first two (D07)."""
    core = [shares(stage)[sector] for sector in (Sector.ENERGY, Sector.FINANCE) for stage in strategy.stages]
    energy, finance = core[: len(strategy.stages)], core[len(strategy.stages) :]
    return all(each[-1] >= 0.6 and each[0] == each[1] == 0.0 for each in (energy, finance))


def hands_over_on_the_way(strategy):
    """Claim that the region takes over before the last stage (D31)."""
    return 0 < strategy.handover.after_stages < len(strategy.stages)


def lapses_by_itself(strategy):
    """Claim that all relief but the last lapses unless it is earned again (D35)."""
    expiries = [stage.expires for stage in strategy.stages]
    return all(expiries[:-1]) and expiries[-1] == 0


@dataclass
class Row:
    """What an archetype says: header keys and stage keys that are not neutral, and claims on its stages.

    A stage key holds the one value that every stage has, or a set of all the values that stages have.
    """

    header: dict[str, object] = field(default_factory=dict)
    stages: dict[str, object] = field(default_factory=dict)
    claims: tuple[Callable, ...] = ()


#: What a stage of the neutral ladder says, beside what it gives and asks.
NEUTRAL = {"dwell": 3, "deadline": 9, "release": "verified"}
#: Stage keys that every strategy fills in its own way.
FREE = ("title", "relief", "asks")
SNAPBACK = {"on_failure.response": "full", "on_failure.reach": "all-sectors", "on_failure.speed": 1}

ROWS = {
    "step-for-step": Row(
        {},
        {"paired": True, "confidence": {("technical-workshop",), ("information-protocol",), ()}},
        (in_stages(5, 5), given_early(0.33, 0.34)),
    ),
    "big-bang": Row(
        {"talks.criteria": "vague", "framing.cadence": "every-step", "framing.promise": 1.4},
        {"release": "unconditional", "announce": "before-verification", "dwell": 6, "deadline": 24},
        (in_stages(1, 1),),
    ),
    "maximum-pressure": Row(
        {
            "talks.track": "public",
            "pressure.phase": "maximum",
            "pressure.level": 1.0,
            "pressure.months": 12,
            "pressure.openings": 0.0,
            "civilians.humanitarian": "none",
        },
        {"deadline": 12},
        (kept_to_the_last(0.6, 0.65), given_early(0.0, 0.15)),
    ),
    "published-roadmap": Row(
        {"talks.criteria": "published", "framing.cadence": "measured", "framing.dashboard": True},
        {"verify.every": 3},
        (in_stages(4, 8),),
    ),
    "quiet-ladder": Row(
        {
            "talks.track": "private-then-public",
            "talks.memorandum": "full",
            "talks.disclosure": "after-the-fact",
            "talks.oversight": "legislature",
        },
        {
            "dwell": 4,
            "confidence": {
                ("academic-exchange",),
                ("technical-workshop",),
                ("hotline",),
                ("joint-risk-assessment",),
                ("stockpile-declaration", "inspection"),
            },
        },
        (deepens,),
    ),
    "deep-secret": Row(
        {
            "talks.track": "private",
            "talks.secrecy": 1.0,
            "talks.secrecy_months": 0,
            "talks.insiders": 4,
            "talks.memorandum": "none",
            "talks.disclosure": "none",
            "talks.disclosure_depth": 0.0,
            "talks.oversight": "none",
            "framing.cadence": "silent",
        },
        {"announce": "quiet"},
    ),
    "pilot-then-scale": Row(
        {}, {"verify.second_look": True, "pilot": {True, False}}, (pilot_first, in_stages(5, 5))
    ),
    "humanitarian-first": Row(
        {"civilians.humanitarian": "priority", "civilians.communities": "evaluator"},
        {
            "track": {"main", "humanitarian"},
            "release": {"verified", "calendar"},
            "confidence": {("humanitarian-corridor",), ()},
            "deadline": {6, 9},
        },
        (essentials_apart,),
    ),
    "confidence-first": Row(
        {},
        {
            "confidence": {
                ("technical-workshop", "hotline"),
                ("joint-risk-assessment",),
                ("military-data",),
                (),
            }
        },
        (nothing_before_confidence, kept_to_the_last(0.5, 0.6)),
    ),
    "goodwill-snapback": Row(
        {"talks.first_mover": "goodwill"},
        {"release": "before", "deadline": 12, **SNAPBACK},
        (given_early(0.45, 0.6),),
    ),
    "leverage-reserve": Row(
        {}, {"paired": True}, (kept_to_the_last(0.4, 0.6), given_early(0.0, 0.2), core_last)
    ),
    "regional-choreography": Row(
        {
            "senders.coordination": "unified",
            "senders.synchronised": True,
            "region.role": "co-owner",
            "region.neighbours": ("repository", "compensation"),
        },
        {"verify.by": "multilateral", "verify.number": 3, "verify.every": 3},
    ),
    "guaranteed-and-tapered": Row(
        {
            "region.role": "host",
            "sponsor.intensity": 0.7,
            "sponsor.final": 0.1,
            "sponsor.months": 24,
            "sponsor.taper": "taper",
            "sponsor.guarantee": True,
            "review.learning": "between-stages",
            "handover.after_stages": 4,
        },
        {},
        (hands_over_on_the_way,),
    ),
    "pause-for-relief": Row(
        {
            "hostilities.pause_relief": 0.2,
            "hostilities.pause_months": 3,
            "review.every": 3,
            "review.adaptivity": "feedback",
        },
        {
            "confidence": {("hotline", "tactical-pause"), ()},
            "verify.number": 2,
            "on_failure.reach": "same-sector",
            "expires": {6, 0},
        },
        (lapses_by_itself,),
    ),
    "adaptive-patient": Row(
        {
            "civilians.business": "co-designer",
            "civilians.civil_society": "co-designer",
            "civilians.communities": "co-designer",
            "civilians.redress": "community",
            "findings.handling": "panel",
            "framing.setback": "candid",
            "review.every": 6,
            "review.sunset": 24,
            "review.adaptivity": "both-ways",
            "review.learning": "between-stages",
        },
        {"dwell": 8, "deadline": 12},
    ),
}

#: What a variant says differently from the strategy that it varies.
DIFFERENCES = {
    "published-roadmap-calendar": Row({}, {"release": "calendar"}),
    "goodwill-second-look": Row(
        {"findings.handling": "panel"},
        {"verify.second_look": True, "verify.grace": 3, "verify.consecutive": 3},
    ),
    "goodwill-hair-trigger": Row({"findings.handling": "none"}, {"verify.grace": 0, "verify.consecutive": 1}),
    "guaranteed-constant": Row({"sponsor.final": 0.0, "sponsor.months": 0, "sponsor.taper": "constant"}),
    "guaranteed-hard-exit": Row({"sponsor.final": 0.0, "sponsor.taper": "hard-exit"}),
    "adaptive-patient-reform": Row({"talks.issue_scope": "reform"}),
    "pilot-elite-first": Row(),
}


def header_of(strategy):
    """Return what a strategy's header says, by table and key, in the words of a file."""
    tables = {name: table for name, table in strategy.model_dump().items() if isinstance(table, dict)}
    return {f"{name}.{key}": value for name, table in tables.items() for key, value in table.items()}


def stages_of(strategy):
    """Return what a strategy's stages say by key, in the words of a file: one value for all, or a set."""
    told = {}
    for stage in strategy.stages:
        for key, entry in stage.model_dump().items():
            inner = entry.items() if key in ("verify", "on_failure") else [("", entry)]
            for name, value in [] if key in FREE else inner:
                told.setdefault(f"{key}.{name}".rstrip("."), set()).add(value)
    return {key: next(iter(values)) if len(values) == 1 else values for key, values in told.items()}


def unlike(told, neutral):
    """Return the keys at which what is told differs from what is neutral."""
    return {key for key, value in told.items() if value != neutral[key]}


NEUTRAL_HEADER = header_of(Script.model_construct())
NEUTRAL_STAGE = stages_of(
    Script.model_construct(stages=(Stage(title="any", **NEUTRAL),))  # type: ignore[arg-type]
)


@pytest.mark.parametrize("name", ROWS)
def test_an_archetype_says_what_its_row_says(name):
    strategy, row = load_strategy(name), ROWS[name]
    header, stages = header_of(strategy), stages_of(strategy)
    assert {key: header[key] for key in row.header} == row.header
    assert {key: stages[key] for key in row.stages} == row.stages
    for claim in row.claims:
        assert claim(strategy), f"{name}: {(claim.__doc__ or claim.__qualname__).strip()}"


@pytest.mark.parametrize("name", ROWS)
def test_an_archetype_is_neutral_wherever_its_row_says_nothing(name):
    strategy, row = load_strategy(name), ROWS[name]
    assert unlike(header_of(strategy), NEUTRAL_HEADER) <= set(row.header)
    assert unlike(stages_of(strategy), NEUTRAL_STAGE) <= set(row.stages)
    assert bool(strategy.rules) == (name == "pause-for-relief")


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_variant_differs_from_what_it_varies_as_it_says_and_in_nothing_else(name):
    variant, row = load_strategy(name), DIFFERENCES[name]
    base = load_strategy(variant.varies)
    header, stages = header_of(variant), stages_of(variant)
    assert {key: header[key] for key in unlike(header, header_of(base))} == row.header
    assert {key: stages[key] for key in unlike(stages, stages_of(base))} == row.stages
    assert variant.rules == base.rules
    if name != "pilot-elite-first":
        assert [shares(stage) for stage in variant.stages] == [shares(stage) for stage in base.stages]


def test_the_sectors_of_the_few_come_first_at_the_pace_of_the_pilot_that_is_varied():
    few, many = load_strategy("pilot-elite-first"), load_strategy("pilot-then-scale")
    for one, other in zip(few.stages, many.stages, strict=True):
        assert sum(shares(one)) == pytest.approx(sum(shares(other)))
        assert one.asks == other.asks
    given = np.cumsum([shares(stage) for stage in few.stages], axis=0)
    halfway = given[1]
    assert min(halfway[Sector.FINANCE], halfway[Sector.TRAVEL]) == pytest.approx(1.0)
    assert max(given[3][Sector.ESSENTIAL], halfway[Sector.ENERGY]) == 0.0


def test_every_bundled_strategy_has_its_row():
    assert sorted(NAMES) == sorted([*ROWS, *DIFFERENCES])
