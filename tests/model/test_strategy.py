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
from model.strategy import Strategy, list_strategies, load_strategy, stack, toml_of
from model.vocabulary import (
    MILESTONES,
    Confidence,
    InputError,
    Milestone,
    RegionalRole,
    Release,
    Role,
    Sector,
    Then,
    Tool,
    When,
    words_of,
)
from model.world import TRACKS, World, blank_world


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
        world.bodies.can_sponsor[:] = 0.5
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
    assert (row.until_trust, row.only_sender) == (0.5, 3)


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
    plans = stack([load_strategy("pause-for-relief")], Duel())
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
        "region": {"role": "host", "neighbours": ["repository", "messages"]},
        "talks": {
            "technical_track": "parallel",
            "regulators": True,
            "envoy": 0.5,
            "rehearsals": 0.25,
            "oversight": "audit",
            "oversight_every": 2,
        },
        "review": {"every": 4},
        "idle": 7.5,
    }
    verify = {"number": 2, "tools": ["audits"], "every": 3}
    strategy = load_strategy(script({"confidence": ["hotline"], "dwell": 6, "verify": verify}, **header))
    amounts = amounts_of(strategy)
    assert months_of(strategy) == 6
    assert amounts.keys() == PRICES.keys()
    assert (amounts["channel"], amounts["meetings"], amounts["confidence"]) == (6, 6, 1)
    assert (amounts["verifiers"], amounts["inspections"]) == (12, 4)
    assert (amounts["seats"], amounts["region"], amounts["neighbours"]) == (24, 6, 12)
    assert (amounts["technical"], amounts["envoys"], amounts["rehearsals"]) == (12, 3, 1.5)
    assert (amounts["oversight"], amounts["reviews"], amounts["idle"]) == (3, 1, 7.5)
    assert amounts["sponsor"] == pytest.approx(0.8 * 6 + (0.8 + 0.2) / 2 * 4)
    prices = sum(PRICES[means].envoy_months * amount for means, amount in amounts.items())
    assert effort_of(strategy) == pytest.approx(prices)


def test_what_nobody_does_takes_no_effort():
    talks = {"track": "public", "oversight": "audit"}
    amounts = amounts_of(load_strategy(script({}, talks=talks)))
    assert (amounts["oversight"], amounts["technical"], amounts["reviews"]) == (0, 0, 0)


# --- variants ---


def variant(base="step-for-step", **changes):
    """Return what a file says that varies another."""
    own = {"varies": base, "name": "mine", "title": "Mine", "description": "One. Two.", "source": "a test"}
    return own | changes


def written(place, content):
    """Write what a small file says, in TOML, and return where it stands."""
    place.write_text(toml_of(content), encoding="utf-8")
    return place


def test_a_variant_takes_what_it_does_not_say_from_the_strategy_it_varies():
    base, mine = load_strategy("quiet-ladder"), load_strategy(variant("quiet-ladder", talks={"envoy": 0.5}))
    assert mine.talks == base.talks.model_copy(update={"envoy": 0.5})
    assert mine.stages == base.stages
    assert (mine.name, mine.archetype, mine.varies) == ("mine", "ST04", "quiet-ladder")
    assert base.varies is None


def test_stages_and_rules_of_a_variant_replace_those_it_would_take_over():
    stages = [{"title": "Only", "release": "calendar"}]
    mine = load_strategy(variant("pause-for-relief", stages=stages, rules=[]))
    assert [stage.title for stage in mine.stages] == ["Only"]
    assert mine.rules == ()
    assert load_strategy("pause-for-relief").rules != ()


def test_what_is_said_of_every_stage_is_said_of_each_stage_taken_over():
    everywhere = {"dwell": 7, "verify": {"number": 4}, "relief": {"energy": 0.1}}
    base = load_strategy("published-roadmap")
    mine = load_strategy(variant("published-roadmap", every_stage=everywhere))
    for before, after in zip(base.stages, mine.stages, strict=True):
        assert (after.title, after.deadline, after.asks) == (before.title, before.deadline, before.asks)
        assert (after.dwell, after.verify.number, after.verify.every) == (7, 4, before.verify.every)
        assert dict(after.relief) == {"energy": 0.1}


def test_what_is_taken_over_and_can_no_longer_act_is_left_out():
    base = variant("guaranteed-and-tapered", talks={"memorandum": "full", "track": "private"})
    base["rules"] = [{"when": "leak", "then": "disclose"}, {"when": "stall", "within": 6, "then": "advance"}]
    private = load_strategy(base)
    assert (private.sponsor.final, private.sponsor.months, len(private.rules)) == (0.1, 24, 2)
    public = private.derived(
        "loud", "It is loud.", {"talks": {"track": "public"}, "sponsor": {"taper": "constant"}}
    )
    assert (public.talks.memorandum.name, public.sponsor.final, public.sponsor.months) == ("SCOPE", 0.0, 0)
    assert [rule.when for rule in public.rules] == [When.STALL]
    stages = [{"title": "Only", "release": "verified", "asks": {"all": 1.0}, "paired": True}]
    asked = load_strategy(variant(stages=stages)).derived("idle", "It asks less.", {})
    assert asked.stages[0].paired


def test_what_a_variant_says_itself_to_no_effect_is_told():
    with pytest.raises(InputError, match=r"sponsor\.final: 0\.5: only a taper comes to it") as error:
        load_strategy(variant("guaranteed-and-tapered", sponsor={"taper": "hard-exit", "final": 0.5}))
    assert len(str(error.value).splitlines()) == 1
    with pytest.raises(InputError, match=r"every_stage\.on_failure\.reach: 'all-sectors': nothing follows"):
        load_strategy(variant(every_stage={"on_failure": {"response": "none", "reach": "all-sectors"}}))
    silent = load_strategy(variant("goodwill-snapback", every_stage={"on_failure": {"response": "none"}}))
    assert {"reach", "speed"}.isdisjoint(silent.stages[0].on_failure.model_fields_set)


def test_a_variant_may_vary_a_variant_and_paths_are_seen_from_the_file(tmp_path):
    (tmp_path / "below").mkdir()
    written(tmp_path / "first.toml", variant(talks={"envoy": 0.5}))
    second = written(tmp_path / "below" / "second.toml", variant("../first.toml", review={"every": 3}))
    mine = load_strategy(second)
    assert (mine.talks.envoy, mine.review.every, len(mine.stages)) == (0.5, 3, 5)


def test_a_variant_is_written_out_whole_and_reads_back_equal(tmp_path):
    mine = load_strategy(variant("goodwill-snapback", every_stage={"verify": {"grace": 3}}, idle=2.5))
    mine.write(tmp_path / "whole.toml")
    again = load_strategy(tmp_path / "whole.toml")
    assert again == mine
    assert again.varies is None
    assert pickle.loads(pickle.dumps(mine)).varies == "goodwill-snapback"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (variant("step-for-stop"), "varies: step-for-stop: there is no such strategy; a path or one of"),
        (variant("step-for-stop"), "did you mean 'step-for-step'"),
        (variant(7), "varies: should be the name or the path of the strategy that is varied, not 7"),
        (variant(every_stage=3), "every_stage: should be a table, not 3"),
        (variant(every_stage={}, stages=[]), "every_stage: only stages taken over are changed by it"),
        (variant(every_stage={"dwel": 3}), "every_stage.dwel: unknown key; one of title"),
        (variant(every_stage={"release": "soon"}), "every_stage.release: 'soon' is not one of before"),
        (variant(every_stage={"relief": {"all": 0.3}}), "stages: relief of energy adds up to 1.5"),
        (variant(talks={"trak": "dual"}), "talks.trak: unknown key"),
        (variant(talks=3), "talks: should be a table, not 3"),
        ({"varies": "step-for-step"}, "name: missing: every strategy needs a name"),
        (script({}, every_stage={"dwell": 3}), "varies: should be the name or the path"),
        (script({}, varied="step-for-step"), "did you mean 'varies'"),
    ],
)
def test_a_fault_of_a_variant_is_told_once_and_in_its_own_words(content, fault):
    with pytest.raises(InputError) as error:
        load_strategy(content)
    told = str(error.value).splitlines()
    assert sum(fault in line for line in told) == 1


def test_a_faulty_base_is_named_with_the_file_that_varies_it(tmp_path):
    base = written(tmp_path / "base.toml", script({"dwell": -1}))
    mine = written(tmp_path / "mine.toml", variant("base.toml"))
    with pytest.raises(InputError) as error:
        load_strategy(mine)
    told = "stages[1].dwell: should be greater than or equal to 0, not -1"
    assert str(error.value) == f"{mine}: varies: {base}: {told}"


@pytest.mark.parametrize("ring", [("a",), ("a", "b"), ("a", "b", "c")])
def test_a_strategy_cannot_vary_itself(ring, tmp_path):
    for name, base in zip(ring, [*ring[1:], ring[0]], strict=True):
        written(tmp_path / f"{name}.toml", variant(f"{base}.toml"))
    with pytest.raises(InputError, match=r"a\.toml: varies itself, by way of") as error:
        load_strategy(tmp_path / "a.toml")
    assert len(str(error.value).splitlines()) == 1


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


def test_one_sender_may_stand_at_different_places_in_different_coalitions():
    strategy = load_strategy(script({"relief": {"all": 0.1}, "only_sender": "second-sender"}))
    (place,) = stack([strategy], Feud()).stages.only_sender
    assert place == stack([strategy], Duel()).stages.only_sender[0]


def test_totals_add_up_over_disputes():
    strategy = load_strategy("step-for-step")
    assert strategy.totals(Feud()).relief == pytest.approx(2.0 * strategy.totals(Duel()).relief)


def test_a_region_cannot_own_what_no_body_is_there_to_own():
    strategy = load_strategy("regional-choreography")
    assert strategy.region.role is RegionalRole.CO_OWNER
    with pytest.raises(InputError, match=r"region\.role: 'co-owner': no dispute of duel has a regional body"):
        strategy.check(Duel(body=-1))


def test_a_fault_of_a_bundled_file_does_not_tell_where_the_package_lies():
    with pytest.raises(InputError) as error:
        load_strategy("regional-choreography").check(Duel(body=-1))
    assert str(error.value).startswith("strategies/regional-choreography.toml: region.role: ")


@pytest.mark.parametrize("name", list_strategies())
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
