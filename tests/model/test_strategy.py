"""What a strategy file may say, what is said back when it is wrong, and what the month then reads."""

import pickle
import tomllib
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as any_

from model.means import PRICES, amounts_of, effort_of, months_of
from model.network import LAYOUT, Network
from model.plan import HEADERS, RULES, STAGES
from model.records import blank
from model.scenario import list_scenarios, load_scenario
from model.strategy import BUNDLED, Strategy, list_strategies, load_strategy, stack
from model.vocabulary import (
    MILESTONES,
    Confidence,
    InputError,
    Milestone,
    PressurePhase,
    RegionalRole,
    Release,
    Role,
    Sector,
    Then,
    Tool,
    Track,
    When,
    words_of,
)
from model.world import TRACKS, World, blank_world

ARCHETYPES = {
    "big-bang": "ST01",
    "maximum-pressure": "ST02",
    "published-roadmap": "ST03",
    "quiet-ladder": "ST04",
    "deep-secret": "ST05",
    "pilot-then-scale": "ST06",
    "humanitarian-first": "ST07",
    "confidence-first": "ST08",
    "goodwill-snapback": "ST09",
    "leverage-reserve": "ST10",
    "regional-choreography": "ST11",
    "step-for-step": None,
}


@dataclass
class Duel:
    """A target in dispute with two senders that demand disarmament and inspections."""

    name: str = "duel"
    actors: tuple[str, ...] = ("Target", "Lead Sender", "Second Sender", "A body")
    body: int = 0
    idle: set[Sector] = field(default_factory=set)

    def opening(self) -> tuple[World, Network]:
        world = blank_world({"states": 3, "bodies": 1, "parties": 3, "disputes": 1})
        network = Network(**{name: blank(columns, 2) for name, columns in LAYOUT.items()})
        world.states.exposure[0] = 0.1
        world.parties.state = [0, 1, 2]
        world.parties.role = [Role.TARGET, Role.LEAD_SENDER, Role.SENDER]
        world.parties.trade_tie = [-1, 0, 1]
        world.parties.imposed[1:] = 0.5
        network.trade.share[0] = 0.4
        network.trade.share[1] = 0.2
        for sector in self.idle:
            network.trade.share[:, sector] = 0.0
        dispute = world.disputes[0]
        dispute.parties, dispute.body = 3, self.body
        dispute.asked[Milestone.DISARMAMENT] = 0.8
        dispute.asked[Milestone.INSPECTIONS] = 1.0
        return world, network


def script(*stages, **header):
    """Return what a small strategy file says; stages are verified unless they say otherwise."""
    said = {"name": "mine", "title": "Mine", "description": "One. Two.", "source": "a test"}
    steps = [
        {"title": f"Step {place}", "release": "verified"} | stage for place, stage in enumerate(stages, 1)
    ]
    return said | {"stages": steps} | header


def faults_of(*stages, **header):
    with pytest.raises(InputError) as error:
        load_strategy(script(*stages, **header))
    return str(error.value).replace("strategy 'mine': ", "").splitlines()


bundled = pytest.mark.parametrize("name", ARCHETYPES)


# --- the battery that every bundled strategy passes ---


def test_the_catalogue_lists_every_bundled_strategy():
    assert list_strategies() == sorted(ARCHETYPES)


@bundled
def test_a_bundled_strategy_carries_the_name_of_its_file_and_its_archetype(name):
    strategy = load_strategy(name)
    assert (strategy.name, strategy.archetype) == (name, ARCHETYPES[name])
    assert strategy.path == BUNDLED / f"{name}.toml"


@bundled
def test_a_bundled_strategy_says_in_two_sentences_what_it_is_and_where_it_comes_from(name):
    strategy = load_strategy(name)
    assert strategy.description.count(". ") == 1
    assert strategy.description.endswith(".")
    assert "seeds" in strategy.source


@bundled
def test_a_bundled_strategy_writes_back_to_the_same_file(name, tmp_path):
    strategy = load_strategy(name)
    strategy.write(tmp_path / "copy.toml")
    assert (tmp_path / "copy.toml").read_bytes() == (BUNDLED / f"{name}.toml").read_bytes()
    assert load_strategy(tmp_path / "copy.toml") == strategy


@bundled
def test_every_bundled_strategy_offers_nearly_everything_by_its_last_stage(name):
    strategy = load_strategy(name)
    given_back = np.sum([stage.relief.spread([0.0] * len(Sector)) for stage in strategy.stages], axis=0)
    assert given_back[Sector.ARMS] <= 0.3
    others = np.delete(given_back, Sector.ARMS)
    assert np.all((others >= 0.9) & (others <= 1.0 + 1e-9))


@bundled
def test_every_bundled_strategy_asks_the_full_demand_by_its_last_stage(name):
    plans = stack([load_strategy(name)], Duel())
    main = plans.stages[plans.stages.track == 0]
    assert np.all(main.asks[-1] == 1.0)
    assert np.all(np.diff(main.asks, axis=0) >= 0.0)


@bundled
def test_bundled_strategies_differ_in_order_not_in_what_they_give_back(name):
    totals = load_strategy(name).totals(Duel())
    assert totals.relief == pytest.approx(load_strategy("step-for-step").totals(Duel()).relief)
    assert totals.effort > 0.0
    assert (totals.pressure > 0.0) == (name == "maximum-pressure")


@bundled
def test_every_stage_of_a_bundled_strategy_can_be_reached(name):
    strategy = load_strategy(name)
    plans = stack([strategy], Duel())
    header = plans.headers[0]
    reached = [
        header.track_first[track] + place
        for track in range(header.tracks)
        for place in range(header.track_stages[track])
    ]
    assert reached == list(range(len(strategy.stages)))
    assert all(stage.deadline >= max(stage.dwell, stage.verify.every) for stage in strategy.stages)


@bundled
def test_a_bundled_strategy_is_hashable_and_survives_a_pickle(name):
    strategy = load_strategy(name)
    again = pickle.loads(pickle.dumps(strategy))
    assert again == strategy
    assert hash(again) == hash(strategy)
    assert again.path == strategy.path


# --- what the archetypes are ---


def test_big_bang_is_one_unconditional_stage_with_vague_criteria_and_an_inflated_promise():
    strategy = load_strategy("big-bang")
    assert [stage.release for stage in strategy.stages] == [Release.UNCONDITIONAL]
    assert strategy.framing.promise == 1.4
    assert strategy.talks.criteria.name == "VAGUE"
    assert strategy.framing.cadence.name == "EVERY_STEP"


def test_maximum_pressure_spends_a_year_at_full_level_in_public_and_keeps_most_relief_to_the_last():
    strategy = load_strategy("maximum-pressure")
    assert strategy.totals(Duel()).pressure == 12.0
    assert strategy.pressure.phase is PressurePhase.MAXIMUM
    assert strategy.talks.track is Track.PUBLIC
    assert dict(strategy.stages[-1].relief)["all"] == 0.6
    assert len(strategy.stages) == 3


def test_the_quiet_ladder_climbs_from_shallow_to_deep_confidence():
    depths = stack([load_strategy("quiet-ladder")], Duel()).stages.confidence_depth
    assert np.all(np.diff(depths) > 0.0)


def test_humanitarian_relief_has_a_clock_of_its_own_that_asks_nothing():
    plans = stack([load_strategy("humanitarian-first")], Duel())
    own = plans.stages[plans.stages.track == 1]
    assert np.all(own.release == Release.CALENDAR)
    assert own.relief[:, Sector.ESSENTIAL].sum() == 1.0
    assert own.asks.sum() == 0.0


def test_goodwill_comes_first_and_failure_brings_everything_back():
    stages = stack([load_strategy("goodwill-snapback")], Duel()).stages
    assert stages.relief[0, Sector.ENERGY] == 0.5
    assert np.all(stages.release == Release.BEFORE)


def test_a_leverage_reserve_holds_more_than_half_of_the_core_to_the_last_stage():
    relief = stack([load_strategy("leverage-reserve")], Duel()).stages.relief
    assert relief[-1, Sector.ENERGY] == relief[-1, Sector.FINANCE] == 0.6


def test_confidence_before_relief_gives_nothing_back_until_trust_was_worked_on():
    stages = stack([load_strategy("confidence-first")], Duel()).stages
    assert np.all(stages.relief[:3] == 0.0)
    assert np.all(stages.confidence_steps[:3] > 0)


# --- the rows say what the file says ---


def test_every_column_of_a_plan_is_filled_from_a_key_of_the_file():
    parts = load_strategy("step-for-step")
    header = {column for part in parts.header for column in part.columns()}
    rows = {"first_stage", "stages", "first_rule", "rules", "tracks", "track_stages", "track_first"}
    assert header | rows == {column.name for column in HEADERS}
    stage = parts.stages[0]
    simple = stage.columns().keys() | stage.verify.columns().keys() | stage.on_failure.columns().keys()
    counted = {"track", "relief", "asks", "confidence", "confidence_depth", "confidence_steps"}
    derived = {"tools", "only_sender", "later", "reform"}
    assert simple | counted | derived == {column.name for column in STAGES}
    assert len(RULES) == 6


def test_a_stage_row_is_what_the_file_says():
    stage = {
        "relief": {"all": 0.2, "energy": 0.5},
        "asks": {"disarmament": 0.3},
        "confidence": ["hotline", "technical-workshop"],
        "dwell": 4,
        "deadline": 9,
        "verify": {"by": "bilateral", "number": 2, "tools": ["satellite"], "every": 3, "second_look": True},
        "on_failure": {"response": "full", "reach": "all-sectors", "speed": 1},
        "until_trust": 0.5,
        "only_sender": "second-sender",
    }
    row = stack([load_strategy(script(stage))], Duel()).stages[0]
    assert list(row.relief) == [0.5, 0.2, 0.2, 0.2, 0.2, 0.2]
    assert row.asks[Milestone.DISARMAMENT] == 0.3
    assert row.asks.sum() == 0.3
    assert row.confidence == 1 << Confidence.HOTLINE | 1 << Confidence.TECHNICAL_WORKSHOP
    assert row.confidence_depth == (Confidence.HOTLINE + 1) / len(Confidence)
    assert (row.confidence_steps, row.dwell, row.deadline, row.interval) == (2, 4, 9, 3)
    assert (row.verifier, row.verifiers, row.tools) == (1, 2, 1 << Tool.SATELLITE)
    assert (row.second_look, row.response, row.reach, row.speed) == (1, 3, 1, 1)
    assert (row.until_trust, row.only_sender) == (0.5, 2)


def test_a_depth_once_asked_stands_until_more_is_asked():
    stages = ({"asks": {"disarmament": 0.5}}, {"asks": {"inspections": 0.4}}, {"asks": {"all": 0.6}})
    asks = stack([load_strategy(script(*stages))], Duel()).stages.asks
    assert list(asks[:, Milestone.DISARMAMENT]) == [0.5, 0.5, 0.6]
    assert list(asks[:, Milestone.INSPECTIONS]) == [0.0, 0.4, 0.6]


def test_tracks_stand_one_after_another_and_the_main_one_first():
    stages = ({"track": "aid", "dwell": 1}, {"dwell": 2}, {"track": "aid", "dwell": 3}, {"dwell": 4})
    plans = stack([load_strategy("step-for-step"), load_strategy(script(*stages))], Duel())
    header = plans.headers[1]
    assert list(plans.stages.dwell[5:]) == [2, 4, 1, 3]
    assert (header.first_stage, header.stages, header.tracks) == (5, 4, 2)
    assert list(header.track_first) == [5, 7] + [-1] * (TRACKS - 2)
    assert list(header.track_stages) == [2, 2] + [0] * (TRACKS - 2)


def test_a_rule_row_is_what_the_file_says():
    rules = [
        {"when": "leak", "then": "pause", "months": 3},
        {"when": "election-within", "within": 6, "then": "tighten", "share": 0.5},
        {"when": "violation", "threshold": 2, "then": "snap-back", "sectors": ["finance"]},
    ]
    plans = stack([load_strategy("big-bang"), load_strategy(script({}, rules=rules))], Duel())
    assert list(plans.headers.first_rule) == [-1, 0]
    assert list(plans.headers.rules) == [0, 3]
    assert list(plans.rules.when) == [When.LEAK, When.ELECTION_WITHIN, When.VIOLATION]
    assert list(plans.rules.then) == [Then.PAUSE, Then.TIGHTEN, Then.SNAP_BACK]
    assert list(plans.rules.threshold) == [0.0, 6.0, 2.0]
    assert list(plans.rules.within) == [0, 6, 0]
    assert list(plans.rules.amount) == [3.0, 0.5, 0.0]
    assert list(plans.rules.sectors) == [63, 63, 1 << Sector.FINANCE]


def test_a_plan_cannot_be_written_to():
    plans = stack([load_strategy("quiet-ladder")], Duel())
    for table in plans:
        with pytest.raises(ValueError, match="read-only"):
            table[0] = table[0]


# --- means ---


def test_relief_is_share_times_exposure_times_level_times_trade():
    strategy = load_strategy(script({"relief": {"energy": 0.5}}))
    assert strategy.totals(Duel()).relief == pytest.approx(0.5 * 100 * 0.1 * 0.5 * (0.4 + 0.2))


def test_relief_from_one_sender_is_worth_that_senders_trade():
    strategy = load_strategy(script({"relief": {"energy": 0.5}, "only_sender": "second-sender"}))
    assert strategy.totals(Duel()).relief == pytest.approx(0.5 * 100 * 0.1 * 0.5 * 0.2)


def test_effort_is_the_sum_of_its_parts():
    header = {
        "sponsor": {"intensity": 0.8, "final": 0.2, "months": 4, "taper": "taper"},
        "civilians": {"business": "observer", "communities": "co-designer"},
        "region": {"role": "host"},
    }
    verify = {"number": 2, "tools": ["audits"], "every": 3}
    strategy = load_strategy(script({"confidence": ["hotline"], "dwell": 6, "verify": verify}, **header))
    amounts = amounts_of(strategy)
    assert months_of(strategy) == 6
    assert amounts.keys() == PRICES.keys()
    assert (amounts["channel"], amounts["meetings"], amounts["confidence"]) == (6, 6, 1)
    assert (amounts["verifiers"], amounts["inspections"]) == (12, 4)
    assert (amounts["seats"], amounts["region"]) == (24, 6)
    assert amounts["sponsor"] == pytest.approx(0.5 * 4 + 0.2 * 2)
    prices = sum(PRICES[means].envoy_months * amount for means, amount in amounts.items())
    assert effort_of(strategy) == pytest.approx(prices)


# --- what is said back ---


def test_a_misspelt_name_is_answered_with_the_bundled_names_and_the_nearest():
    with pytest.raises(
        InputError, match=r"quiet-lader: there is no such strategy.*did you mean 'quiet-ladder'"
    ):
        load_strategy("quiet-lader")


def test_a_file_that_is_not_there_is_answered_with_the_nearest_bundled_name(tmp_path):
    with pytest.raises(InputError, match=r"big-bung\.toml: there is no such.*did you mean 'big-bang'"):
        load_strategy(tmp_path / "big-bung.toml")


@pytest.mark.parametrize("content", [b"title = ", b"title = '\xff'"])
def test_a_file_that_is_no_toml_is_named(content, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"mine\.toml: is not a TOML file"):
        load_strategy(path)


def test_faults_name_the_file_they_stand_in(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\ntitle = "Mine"\ndescription = "One."\nsource = "a test"\n')
    with pytest.raises(InputError) as error:
        load_strategy(path)
    assert str(error.value) == f"{path}: stages: missing: a strategy needs at least one stage"


def test_a_stage_without_a_trigger_is_told_the_triggers():
    allowed = ", ".join(words_of(Release))
    stages = [{"title": "First", "release": "before"}, {"title": "Second"}]
    with pytest.raises(InputError) as error:
        load_strategy(script() | {"stages": stages})
    told = f"stages[2].release: missing: every stage needs a trigger; one of {allowed}"
    assert str(error.value) == f"strategy 'mine': {told}"


def test_all_faults_are_told_at_once_one_a_line():
    faults = faults_of(
        {"dwell": -1, "relief": {"enrgy": 0.1}}, talks={"trak": "dual"}, framing={"promise": 0}
    )
    assert len(faults) == 4


@pytest.mark.parametrize(
    ("stages", "header", "fault"),
    [
        ([{}], {"titel": "x"}, "titel: unknown key; one of name, title"),
        (
            [{}],
            {"name": "My strategy"},
            "name: should be lower-case words joined by hyphens, not 'My strategy'",
        ),
        ([{}], {"talks": {"trak": "dual"}}, "talks.trak: unknown key"),
        ([{}], {"talks": {"trak": "dual"}}, "(did you mean 'track'?)"),
        ([{}], {"talks": {"track": "duel"}}, "talks.track: 'duel' is not one of public, private, dual"),
        ([{}], {"talks": {"track": 2}}, "talks.track: 2 is not a word; one of public"),
        ([{}], {"talks": "dual"}, "talks: should be a table, not 'dual'"),
        ([{}], {"pressure": {"level": float("nan")}}, "pressure.level: should be a finite number"),
        ([{}], {"senders": {"synchronised": 1}}, "senders.synchronised: should be a valid boolean, not 1"),
        (
            [{"relief": {"energy": 1.2}}],
            {},
            "stages[1].relief.energy: should be less than or equal to 1, not 1.2",
        ),
        ([{"relief": {"enrgy": 0.2}}], {}, "stages[1].relief.enrgy: 'enrgy' is not one of energy, finance"),
        ([{"relief": 0.2}], {}, "stages[1].relief: 0.2 is not a table such as {all = 0.2}"),
        ([{"asks": {"disarm": 0.2}}], {}, "(did you mean 'disarmament'?)"),
        ([{}, {"dwell": -2}], {}, "stages[2].dwell: should be greater than or equal to 0, not -2"),
        ([{"dwell": 1.5}], {}, "stages[1].dwell: should be a valid integer, not 1.5"),
        ([{"verify": {"tools": "audits"}}], {}, "stages[1].verify.tools: should be a list, not 'audits'"),
        (
            [{"verify": {"tools": ["audit"]}}],
            {},
            "stages[1].verify.tools[1]: 'audit' is not one of satellite",
        ),
        (
            [{"confidence": ["hotline", "hotline"]}],
            {},
            "stages[1].confidence: 'hotline' is named more than once",
        ),
        (
            [{"relief": {"all": 0.6}}, {"track": "aid", "relief": {"energy": 0.5}}],
            {},
            "stages: relief of energy adds up to 1.1; at most 1",
        ),
        (
            [{"relief": {"all": 0.6}, "only_sender": "a"}, {"relief": {"all": 0.5}}],
            {},
            "stages: relief of energy adds up to 1.1; at most 1",
        ),
        (
            [{"asks": {"disarmament": 0.5}}, {"asks": {"disarmament": 0.3}}],
            {},
            "stages[2].asks.disarmament: 0.3: an earlier stage asks 0.5 of disarmament",
        ),
        (
            [{"asks": {"rights": 0.5}}, {"asks": {"all": 0.3}}],
            {},
            "stages[2].asks.all: 0.3: an earlier stage",
        ),
        (
            [{"deadline": 2, "verify": {"every": 3}}],
            {},
            "stages[1].deadline: 2: the first report comes after 3",
        ),
        ([{"until_trust": 1.0}], {}, "stages[1].until_trust: 1: trust never exceeds 1"),
        (
            [{"verify": {"number": 0}}],
            {},
            "stages[1].verify.number: 0: 'third-party' needs somebody to report",
        ),
        (
            [{"track": name} for name in "abcde"],
            {},
            "stages: 5 tracks (a, b, c, d, e); at most 4 are allowed",
        ),
        ([{}], {"handover": {"after_stages": 2}}, "handover.after_stages: 2: is never reached; at most 1"),
        ([{}], {"pressure": {"phase": "hold"}}, "pressure.months: missing: how long does 'hold' last?"),
        ([{}], {"pressure": {"months": 3}}, "pressure.phase: none: has no months"),
        ([{}], {"sponsor": {"taper": "taper"}}, "sponsor.months: missing: 'taper' needs the month"),
        (
            [{}],
            {"rules": [{"when": "leak"}]},
            "rules[1].then: missing: every rule needs a then; one of pause",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_is_allowed(stages, header, fault):
    assert any(fault in line for line in faults_of(*stages, **header))


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ({"when": "trust-below", "then": "disclose"}, "threshold: missing: 'trust-below' needs a number"),
        (
            {"when": "election-within", "then": "disclose"},
            "within: missing: 'election-within' needs a number",
        ),
        ({"when": "leak", "threshold": 0.5, "then": "disclose"}, "threshold: 'leak' takes no number"),
        ({"when": "stall", "threshold": 3, "then": "disclose"}, "threshold: 'stall' takes within"),
        (
            {"when": "trust-above", "threshold": 3, "then": "advance"},
            "threshold: 3: 'trust-above' compares with",
        ),
        ({"when": "leak", "then": "pause"}, "months: missing: 'pause' needs a number: months of the pause"),
        ({"when": "leak", "then": "pause", "months": 0}, "months: should be greater than or equal to 1"),
        ({"when": "leak", "then": "disclose", "months": 3}, "months: 'disclose' takes no number"),
        ({"when": "leak", "then": "tighten", "months": 1}, "share: missing: 'tighten' needs a number"),
        ({"when": "leak", "then": "tighten", "share": 1, "months": 1}, "months: 'tighten' takes share"),
        ({"when": "leak", "then": "disclose", "sectors": ["arms"]}, "sectors: 'disclose' takes none"),
    ],
)
def test_a_rule_is_told_which_number_it_needs(rule, fault):
    assert any(f"rules[1].{fault}" in line for line in faults_of({}, rules=[rule]))


# --- does it fit the scenario ---


@pytest.mark.parametrize(
    ("stage", "fault"),
    [
        (
            {"asks": {"rights": 0.3}},
            "stages[1].asks.rights: is not demanded in the dispute; one of disarmament",
        ),
        (
            {"relief": {"all": 0.1}, "only_sender": "second"},
            "stages[1].only_sender: 'second' is no sender; one of lead-sender, second",
        ),
        ({"relief": {"all": 0.1}, "only_sender": "target"}, "stages[1].only_sender: 'target' is no sender"),
        (
            {"relief": {"arms": 0.3}},
            "stages[1].relief: no sender trades in arms with the target; sectors here: e",
        ),
    ],
)
def test_a_strategy_that_does_not_fit_a_scenario_says_why(stage, fault):
    strategy = load_strategy(script(stage))
    with pytest.raises(InputError) as error:
        strategy.check(Duel(idle={Sector.ARMS}))
    assert str(error.value).startswith(f"strategy 'mine': {fault}")
    with pytest.raises(InputError):
        stack([strategy], Duel(idle={Sector.ARMS}))


@dataclass
class Feud(Duel):
    """A second dispute with the same target, in which the senders stand in the other order."""

    def opening(self) -> tuple[World, Network]:
        world, network = super().opening()
        twice = blank_world({"states": 3, "bodies": 1, "parties": 6, "disputes": 2})
        twice.states[:] = world.states
        twice.parties[:3], twice.parties[3:] = world.parties, world.parties[[0, 2, 1]]
        twice.disputes[:] = world.disputes[0]
        twice.disputes.first_party = [0, 3]
        return twice, network


def test_one_sender_must_hold_one_place_in_every_coalition():
    strategy = load_strategy(script({"relief": {"all": 0.1}, "only_sender": "second-sender"}))
    with pytest.raises(
        InputError, match="only_sender: 'second-sender' is number 1 and 2 in different coalitions"
    ):
        strategy.check(Feud())


def test_totals_add_up_over_disputes():
    strategy = load_strategy("step-for-step")
    assert strategy.totals(Feud()).relief == pytest.approx(2.0 * strategy.totals(Duel()).relief)


def test_a_region_cannot_own_what_no_body_is_there_to_own():
    strategy = load_strategy("regional-choreography")
    assert strategy.region.role is RegionalRole.CO_OWNER
    with pytest.raises(InputError, match=r"region\.role: 'co-owner': no dispute of duel has a regional body"):
        strategy.check(Duel(body=-1))


@bundled
@pytest.mark.parametrize("scenario", list_scenarios())
def test_a_bundled_strategy_fits_every_bundled_scenario_that_has_a_body_for_it(name, scenario):
    setting, strategy = load_scenario(scenario), load_strategy(name)
    bodies = setting.opening()[0].disputes.body
    if strategy.region.role is RegionalRole.NONE or any(bodies >= 0):
        assert len(stack([strategy], setting).headers) == 1
        assert strategy.totals(setting).relief >= 0.0


@bundled
def test_a_bundled_strategy_fits_a_dispute_over_anything(name):
    load_strategy(name).check(Duel(idle={Sector.ARMS, Sector.TRAVEL}))


def test_all_stands_for_every_milestone():
    asks = stack([load_strategy(script({"asks": {"all": 0.25}}))], Duel()).stages.asks
    assert np.array_equal(asks, np.full((1, MILESTONES), 0.25))


# --- text ---


@given(title=any_.text(min_size=1), share=any_.floats(0, 1), months=any_.integers(0, 1200))
def test_whatever_a_file_says_is_read_back_equal(title, share, months):
    stage = {"title": title, "relief": {"all": share}, "dwell": months}
    strategy = load_strategy(script(stage, talks={"secrecy": share}))
    assert load_strategy(tomllib.loads(strategy.text())) == strategy


def test_strategies_are_equal_that_say_the_same_wherever_they_were_read_from(tmp_path):
    here = load_strategy(script({}))
    here.write(tmp_path / "mine.toml")
    there = load_strategy(tmp_path / "mine.toml")
    assert there == here
    assert there.path != here.path
    assert load_strategy(there) is there
    assert isinstance(there, Strategy)
    assert there != load_strategy("big-bang")
